//! `tickmark demo`: the example company with a scripted year of history.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;

use super::UsageError;
use crate::{
    assets,
    git::{self, At, script, script::ScriptReport},
    id::{ObjectId, RepoPath},
    tree::MemoryTree,
};

/// The instant at which the example is assessed unless another is given: its story ends the day before.
pub const DEMO_AS_OF: &str = "2026-10-06T09:00:00+02:00";

/// What the demo wrote.
#[derive(Clone, Debug)]
pub struct DemoReport {
    /// The repository.
    pub dir: PathBuf,
    /// Its tip: the same on every machine.
    pub tip: ObjectId,
    /// How many commits the script made; `None` when the repository was there already.
    pub commits: Option<usize>,
}

/// Writes the example company's repository, or takes the one that is there when it is the same.
///
/// # Errors
/// When the folder holds something else, or cannot be written.
pub fn demo(dir: &Path) -> anyhow::Result<DemoReport> {
    if dir.exists() && fs::read_dir(dir).with_context(|| format!("cannot list {}", dir.display()))?.next().is_some() {
        return existing(dir);
    }
    let script = assets::read_text("demo/history.txt").context("the example's history is missing from this binary")?;
    let report = script::replay(&script, &company(), dir).context("cannot replay the example's history")?;
    Ok(DemoReport { dir: dir.to_path_buf(), tip: main_tip(&report)?, commits: Some(report.commits.len()) })
}

/// The example's ready documents, as the script takes them.
fn company() -> MemoryTree {
    const FOLDER: &str = "demo/company";
    MemoryTree::new(assets::list(FOLDER).into_iter().filter_map(|asset| {
        let bytes = assets::read(&asset)?.into_owned();
        Some((RepoPath::new(asset[FOLDER.len() + 1..].to_owned()), bytes))
    }))
}

/// A folder that is not empty is taken only when its history begins as the example's does.
fn existing(dir: &Path) -> anyhow::Result<DemoReport> {
    let scratch = tempfile::tempdir().context("cannot make a temporary folder")?;
    let script = assets::read_text("demo/history.txt").context("the example's history is missing from this binary")?;
    let fresh = script::replay(&script, &company(), &scratch.path().join("demo")).context("cannot replay the example's history")?;
    let opened = git::open(dir)?;
    let tip = match &opened.repository {
        Some(repository) if repository.workdir().is_some_and(|workdir| same_folder(workdir, dir)) => {
            repository.resolve(At::Branch(None))?
        }
        _ => None,
    };
    match tip {
        Some(tip) if tip.id == main_tip(&fresh)? => Ok(DemoReport { dir: dir.to_path_buf(), tip: tip.id, commits: None }),
        _ => Err(UsageError::because(
            format!("{} is not empty and does not hold this version's example", dir.display()),
            "name an empty folder: tickmark demo DIR; or remove this one",
        )),
    }
}

fn main_tip(report: &ScriptReport) -> anyhow::Result<ObjectId> {
    report.branches.get("main").copied().context("the example's history has nothing on main")
}

fn same_folder(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}
