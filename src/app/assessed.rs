//! The first half of every command: open, load, walk, trace, assess.

use std::path::PathBuf;

use super::{AsOf, UsageError};
use crate::{
    assess::{self, Assessment},
    date::{Instant, Zone},
    diag::shell_word,
    git::{self, At, Repository, Tip, Wanted},
    id::RepoPath,
    language,
    load::{self, Loaded},
    model::{History, MissingSight, Programme, Timelines},
    site::Stamp,
    tree::{Blobs, DirectoryTree, EntryKind, Tree, blob_id},
    trust,
};

/// What is read, and when it is judged.
#[derive(Clone, Debug)]
pub struct Source {
    /// The repository, or a folder in it.
    pub repo: PathBuf,
    /// Which state of it.
    pub reading: Reading,
    /// The instant of the assessment.
    pub as_of: AsOf,
}

/// Which state of a repository is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The tip of the configured branch.
    Tip,
    /// A revision by name.
    Rev(String),
    /// The files of the working directory, with the history behind the commit that is checked out.
    Worktree,
}

/// Told how far a long stage has come. Called from several threads.
pub trait Watch: Sync {
    /// A stage ("reading history", "writing pages") has done `done` of `total`; `total` is zero while it is unknown.
    fn progress(&self, stage: &'static str, done: u64, total: u64);
}

/// Everything one assessment rests on.
pub struct Assessed {
    /// The programme.
    pub programme: Programme,
    /// Its history.
    pub history: History,
    /// Its records through history.
    pub timelines: Timelines,
    /// What was judged.
    pub assessment: Assessment,
    /// What every page says about itself.
    pub stamp: Stamp,
    /// Whether a commit was read, not the working directory.
    pub committed: bool,
    /// The folder that output paths are relative to.
    pub root: PathBuf,
    /// The files that were read.
    pub tree: Box<dyn Tree>,
    /// Objects by id; empty without a repository.
    pub blobs: Box<dyn Blobs>,
}

/// Opens, loads, walks, traces and assesses.
///
/// # Errors
/// When the place cannot be read, a revision does not exist, or the as-of cannot be understood.
pub fn assessed(source: &Source, watch: &dyn Watch) -> anyhow::Result<Assessed> {
    let place = open(source)?;
    let Loaded { programme, mut findings } = place.loaded;
    let as_of = source.as_of.resolve(programme.config.organization.zone)?;
    let wanted = wanted(&programme);
    let history = match (&place.repository, &place.tip) {
        (Some(repository), Some(tip)) => {
            with_missing(repository.walk(tip, &wanted, &|done, total| watch.progress("reading history", done, total))?, place.missing)
        }
        _ => History { missing: place.missing, ..History::default() },
    };
    let blobs: Box<dyn Blobs> = match place.repository {
        Some(repository) => Box::new(repository),
        None => Box::new(NoBlobs),
    };
    let (timelines, traced) = load::trace(&history, &programme, &*blobs, as_of, !place.committed)?;
    findings.extend(traced);
    findings.extend(load::artifact_digests(&programme, &*place.tree)?);
    findings.extend(trust::claims(&programme, as_of));
    findings.extend(language::check(&programme));
    let assessment = assess::assess(assess::Input { programme: &programme, history: &history, timelines: &timelines, as_of, findings });
    let stamp = stamp(&history, programme.config.organization.zone, as_of, place.committed);
    Ok(Assessed { programme, history, timelines, assessment, stamp, committed: place.committed, root: place.root, tree: place.tree, blobs })
}

/// A place that was opened and loaded.
struct Place {
    root: PathBuf,
    repository: Option<Repository>,
    tip: Option<Tip>,
    missing: Vec<MissingSight>,
    tree: Box<dyn Tree>,
    committed: bool,
    loaded: Loaded,
}

fn open(source: &Source) -> anyhow::Result<Place> {
    let repo = &source.repo;
    if !repo.is_dir() {
        return Err(UsageError::because(format!("there is no folder {}", repo.display()), "name a repository with --repo DIR"));
    }
    let today = super::now()?;
    let fallback_day = Zone::UTC.date_of(today);
    let opened = git::open(repo)?;
    let mut missing = opened.missing;
    let root = opened.repository.as_ref().and_then(Repository::workdir).unwrap_or(repo).to_path_buf();
    let head = match &opened.repository {
        Some(repository) => match &source.reading {
            Reading::Rev(rev) => repository.resolve(At::Rev(rev))?,
            Reading::Tip | Reading::Worktree => repository.resolve(At::Branch(None))?,
        },
        None => None,
    };
    if let (Reading::Rev(rev), None) = (&source.reading, &head) {
        return Err(UsageError::because(
            format!("`{rev}` cannot be read: {}", why_not(&missing)),
            "leave --at away to read the working directory",
        ));
    }
    if source.reading == Reading::Worktree || head.is_none() {
        let tree = Box::new(DirectoryTree::new(&root));
        let loaded = load::load(&*tree, fallback_day)?;
        // Opening the repository may have said so already.
        if opened.repository.is_some() && head.is_none() && !missing.iter().any(|sight| sight.kind == "unborn") {
            missing.push(no_commit());
        }
        let committed = match (&opened.repository, &head) {
            (Some(repository), Some(head)) => is_as_committed(&loaded.programme, &repository.tree(head.id)?)?,
            _ => false,
        };
        return Ok(Place { root, repository: opened.repository, tip: head, missing, tree, committed, loaded });
    }
    let (Some(repository), Some(head)) = (opened.repository, head) else {
        return Err(anyhow::anyhow!("the repository {} has no commit to read", repo.display()));
    };
    let mut tip = head;
    let mut tree = repository.tree(tip.id)?;
    let mut loaded = load::load(&tree, fallback_day)?;
    if source.reading == Reading::Tip
        && let Some(branch) = loaded.programme.config.history.branch.clone()
        && branch != tip.branch
    {
        match repository.resolve(At::Branch(Some(&branch))) {
            Ok(Some(configured)) => {
                tree = repository.tree(configured.id)?;
                loaded = load::load(&tree, fallback_day)?;
                tip = configured;
            }
            Ok(None) | Err(_) => missing.push(no_branch(&branch, &tip.branch)),
        }
    }
    Ok(Place { root, repository: Some(repository), tip: Some(tip), missing, tree: Box::new(tree), committed: true, loaded })
}

/// Whether the working directory holds just what a commit holds, as far as the programme reads it.
fn is_as_committed(programme: &Programme, commit: &dyn Tree) -> anyhow::Result<bool> {
    let (folders, files, _) = load::wanted(programme);
    let mut committed = 0;
    for folder in &folders {
        for entry in commit.list(folder)?.0.into_iter().filter(|entry| entry.kind == EntryKind::File) {
            if programme.files.get(&entry.path).is_none_or(|(blob, _)| *blob != entry.id) {
                return Ok(false);
            }
            committed += 1;
        }
    }
    let outside = |path: &RepoPath| !folders.iter().any(|folder| path.is_under(folder));
    for path in files.iter().map(|path| RepoPath::new(path.as_str())).filter(outside) {
        let here = programme.files.get(&path).map(|(blob, _)| *blob);
        if commit.read(&path)?.map(|bytes| blob_id(&bytes)) != here {
            return Ok(false);
        }
        committed += usize::from(here.is_some());
    }
    Ok(committed == programme.files.len())
}

fn why_not(missing: &[MissingSight]) -> String {
    missing.first().map_or_else(|| "there is no commit".to_owned(), |reason| reason.message.clone())
}

fn no_commit() -> MissingSight {
    MissingSight {
        kind: "unborn",
        message: "nothing is committed yet: history shows nothing".to_owned(),
        command: "git add --all && git commit".to_owned(),
    }
}

fn no_branch(wanted: &str, read: &str) -> MissingSight {
    MissingSight {
        kind: "branch_missing",
        message: format!("the configured branch `{wanted}` does not exist here; `{read}` was read in its place"),
        command: format!("git fetch origin {}", shell_word(&format!("{wanted}:{wanted}"))),
    }
}

fn wanted(programme: &Programme) -> Wanted {
    let (folders, files, markdown_anywhere) = load::wanted(programme);
    Wanted { folders, files, markdown_anywhere }
}

/// What opening found wanting stands before what the walk did.
fn with_missing(mut history: History, mut missing: Vec<MissingSight>) -> History {
    for reason in std::mem::take(&mut history.missing) {
        if !missing.contains(&reason) {
            missing.push(reason);
        }
    }
    history.missing = missing;
    history
}

fn stamp(history: &History, zone: Zone, as_of: Instant, committed: bool) -> Stamp {
    Stamp {
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        tip: history.tip,
        branch: history.branch.clone(),
        as_of_text: zone.text(as_of),
        committed,
    }
}

/// Stands for the objects of a repository that is not there.
struct NoBlobs;

impl Blobs for NoBlobs {
    fn blob(&self, _: crate::id::ObjectId) -> anyhow::Result<Option<Vec<u8>>> {
        Ok(None)
    }
}
