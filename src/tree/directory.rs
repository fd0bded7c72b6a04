//! A tree read from the working directory. Links are named, never followed; `.git` and build output are not part of it.

use std::{
    fs,
    io::ErrorKind,
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
    /// Whether a listing reads every file for its object id.
    identified: bool,
}

impl DirectoryTree {
    /// A tree rooted at a directory, which must exist.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), identified: true }
    }

    /// A tree whose listing reads no file: every object id is zero. For folders of others, whose files may be of any size.
    pub fn without_ids(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), identified: false }
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
            } else if item.file_name().to_str().is_none() {
                skipped.push(Skipped { what: path, why: "its name is not UTF-8".to_owned() });
            } else {
                self.look(&item.path(), kind, path, found, skipped)?;
            }
        }
        Ok(())
    }

    /// Lists what is no folder.
    fn look(
        &self,
        full: &Path,
        kind: fs::FileType,
        path: String,
        found: &mut Vec<Entry>,
        skipped: &mut Vec<Skipped>,
    ) -> anyhow::Result<()> {
        let nothing = ObjectId([0; 20]);
        if kind.is_symlink() {
            let target = fs::read_link(full).with_context(|| format!("cannot read the link {path}"))?;
            let kind = EntryKind::Link(target.to_string_lossy().into_owned());
            found.push(Entry { path: RepoPath::new(path), kind, id: nothing, size: 0 });
        } else if kind.is_file() {
            let seen = if self.identified {
                fs::read(full).map(|bytes| (super::blob_id(&bytes), bytes.len() as u64))
            } else {
                fs::symlink_metadata(full).map(|meta| (nothing, meta.len()))
            };
            match seen {
                Ok((id, size)) => found.push(Entry { path: RepoPath::new(path), kind: EntryKind::File, id, size }),
                Err(error) => skipped.push(Skipped { what: path, why: error.to_string() }),
            }
        } else {
            skipped.push(Skipped { what: path, why: "neither a file, a folder nor a link".to_owned() });
        }
        Ok(())
    }

    /// Whether a path is reached without a link on the way: what lies behind one may lie outside of the tree.
    fn is_reached(&self, path: &str) -> bool {
        let mut at = self.root.clone();
        path.rsplit_once('/').is_none_or(|(parents, _)| {
            parents.split('/').all(|part| {
                at.push(part);
                fs::symlink_metadata(&at).is_ok_and(|meta| meta.is_dir())
            })
        })
    }
}

/// What stands at a path itself, links not followed; `None` when nothing does.
fn kind_of(path: &Path) -> anyhow::Result<Option<fs::FileType>> {
    match fs::symlink_metadata(path) {
        Ok(meta) => Ok(Some(meta.file_type())),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot look at {}", path.display())),
    }
}

impl Tree for DirectoryTree {
    fn list(&self, folder: &str) -> anyhow::Result<(Vec<Entry>, Vec<Skipped>)> {
        let (mut found, mut skipped) = (Vec::new(), Vec::new());
        let start = self.root.join(folder);
        if folder.is_empty() || self.is_reached(folder) {
            match kind_of(&start)? {
                Some(kind) if kind.is_dir() => self.walk(&start, folder, &mut found, &mut skipped)?,
                // A link or a file in the folder's place is what there is to say of the folder.
                Some(kind) => self.look(&start, kind, folder.to_owned(), &mut found, &mut skipped)?,
                None => {}
            }
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok((found, skipped))
    }

    fn read(&self, path: &RepoPath) -> anyhow::Result<Option<Vec<u8>>> {
        let full = self.root.join(path.as_str());
        match kind_of(&full)? {
            Some(kind) if kind.is_file() && self.is_reached(path.as_str()) => {
                fs::read(&full).map(Some).with_context(|| format!("cannot read {path}"))
            }
            _ => Ok(None),
        }
    }
}
