//! Writing a scripted repository's objects: into memory first, then all into one pack. A year of history is some
//! thousand small objects; a file for each would take longer than everything else together.

use std::{collections::HashSet, io::Write};

use anyhow::Context;
use git2::{Buf, Odb, Oid};

use super::state::{File, Files};
use crate::{git::raw, id::ObjectId};

/// Writes objects, each once.
pub struct Objects<'a> {
    odb: &'a Odb<'a>,
    written: HashSet<ObjectId>,
}

/// A file on its way into a tree: its path below the folder being written, its mode, its blob.
type Leaf<'f> = (&'f str, u32, ObjectId);

impl<'a> Objects<'a> {
    /// Writes into a database, which should hold its objects in memory.
    pub fn new(odb: &'a Odb<'a>) -> Self {
        Self { odb, written: HashSet::new() }
    }

    /// Writes a branch's files as a tree.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn tree(&mut self, files: &Files) -> anyhow::Result<Oid> {
        let mut leaves = Vec::with_capacity(files.len());
        for (path, file) in files {
            let (mode, bytes) = match file {
                File::Bytes(bytes) => (0o100644, &bytes[..]),
                File::Link(target) => (raw::LINK, target.as_bytes()),
            };
            let id = self.object(git2::ObjectType::Blob, bytes).with_context(|| format!("cannot write `{path}`"))?;
            leaves.push((path.as_str(), mode, id));
        }
        Ok(raw::to_git(self.folder(&leaves)?))
    }

    /// Writes a commit.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn commit(&mut self, bytes: &[u8]) -> anyhow::Result<Oid> {
        self.object(git2::ObjectType::Commit, bytes).map(raw::to_git)
    }

    /// Writes one folder from its files in path order, in which the files below one folder stand together.
    fn folder(&mut self, leaves: &[Leaf<'_>]) -> anyhow::Result<ObjectId> {
        let first_part = |path: &str| path.split_once('/').map(|(folder, _)| folder.len());
        let mut entries: Vec<(String, String)> = Vec::new();
        let mut ids = Vec::new();
        for group in leaves.chunk_by(|(a, ..), (b, ..)| first_part(a).is_some_and(|end| first_part(b) == Some(end) && a[..end] == b[..end]))
        {
            let (path, mode, id) = group[0];
            if let Some(end) = first_part(path) {
                let inner: Vec<Leaf<'_>> = group.iter().map(|(path, mode, id)| (&path[end + 1..], *mode, *id)).collect();
                entries.push((format!("{}/", &path[..end]), format!("40000 {}\0", &path[..end])));
                ids.push(self.folder(&inner)?);
            } else {
                entries.push((path.to_owned(), format!("{mode:o} {path}\0")));
                ids.push(id);
            }
        }
        // Git sorts a folder as if its name ended in a slash.
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by(|a, b| entries[*a].0.cmp(&entries[*b].0));
        let bytes: Vec<u8> = order.iter().flat_map(|&at| entries[at].1.bytes().chain(ids[at].0)).collect();
        self.object(git2::ObjectType::Tree, &bytes)
    }

    fn object(&mut self, kind: git2::ObjectType, bytes: &[u8]) -> anyhow::Result<ObjectId> {
        let id = raw::object_id(kind.str(), bytes);
        if self.written.insert(id) {
            self.odb.write(kind, bytes).context("cannot write an object")?;
        }
        Ok(id)
    }
}

/// Puts everything that was written into memory into one pack.
///
/// # Errors
/// When the pack cannot be written.
pub fn pack(repository: &git2::Repository, odb: &Odb<'_>, memory: &git2::Mempack<'_>) -> anyhow::Result<()> {
    let mut buffer = Buf::new();
    memory.dump(repository, &mut buffer).context("cannot pack the objects")?;
    let mut writer = odb.packwriter().context("cannot write a pack")?;
    writer.write_all(&buffer).context("cannot write a pack")?;
    writer.commit().context("cannot write a pack")?;
    Ok(())
}
