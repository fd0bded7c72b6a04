//! A tree read from the working directory. Links are named, never followed; `.git` and build output are not part of it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;

use super::{Entry, EntryKind, Tree};
use crate::{
    id::{ObjectId, RepoPath},
    model::Skipped,
};

/// The files under a directory.
#[derive(Clone, Debug)]
pub struct DirectoryTree {
    root: PathBuf,
}

impl DirectoryTree {
    /// A tree rooted at a directory, which must exist.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    fn walk(&self, folder: &Path, inside: &str, found: &mut Vec<Entry>, skipped: &mut Vec<Skipped>) -> anyhow::Result<()> {
        let listing = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
        for item in listing {
            let item = item.with_context(|| format!("cannot list {}", folder.display()))?;
            let name = item.file_name();
            let name = name.to_string_lossy();
            let path = if inside.is_empty() { name.to_string() } else { format!("{inside}/{name}") };
            if name == ".git" {
                if !inside.is_empty() {
                    found.push(Entry { path: RepoPath::new(inside), kind: EntryKind::Submodule, id: ObjectId([0; 20]), size: 0 });
                }
                continue;
            }
            let kind = item.file_type().with_context(|| format!("cannot look at {path}"))?;
            if kind.is_dir() {
                match fs::read_dir(item.path()) {
                    Ok(_) => self.walk(&item.path(), &path, found, skipped)?,
                    Err(error) => skipped.push(Skipped { what: path, why: format!("the folder cannot be listed: {error}") }),
                }
            } else if kind.is_symlink() {
                let target = fs::read_link(item.path()).with_context(|| format!("cannot read the link {path}"))?;
                let kind = EntryKind::Link(target.to_string_lossy().into_owned());
                found.push(Entry { path: RepoPath::new(path), kind, id: ObjectId([0; 20]), size: 0 });
            } else if kind.is_file() {
                let bytes = fs::read(item.path()).with_context(|| format!("cannot read {path}"))?;
                let id = super::blob_id(&bytes);
                found.push(Entry { path: RepoPath::new(path), kind: EntryKind::File, id, size: bytes.len() as u64 });
            } else {
                skipped.push(Skipped { what: path, why: "neither a file, a folder nor a link".to_owned() });
            }
        }
        Ok(())
    }
}

impl Tree for DirectoryTree {
    fn list(&self, folder: &str) -> anyhow::Result<(Vec<Entry>, Vec<Skipped>)> {
        let (mut found, mut skipped) = (Vec::new(), Vec::new());
        let start = self.root.join(folder);
        if start.is_dir() {
            self.walk(&start, folder, &mut found, &mut skipped)?;
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok((found, skipped))
    }

    fn read(&self, path: &RepoPath) -> anyhow::Result<Option<Vec<u8>>> {
        let full = self.root.join(path.as_str());
        match fs::symlink_metadata(&full) {
            Ok(meta) if meta.is_file() => fs::read(&full).map(Some).with_context(|| format!("cannot read {path}")),
            Ok(_) => Ok(None),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot look at {path}")),
        }
    }
}
