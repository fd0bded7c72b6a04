//! A tree held in memory: for embedded programmes and for tests.

use std::collections::BTreeMap;

use super::{Entry, EntryKind, Tree};
use crate::{
    id::{ObjectId, RepoPath},
    model::Skipped,
};

/// Files in memory. Their object ids are made from their place in the order, not from their content: nothing that
/// is shown to a user comes from a memory tree.
#[derive(Clone, Debug, Default)]
pub struct MemoryTree {
    files: BTreeMap<RepoPath, Vec<u8>>,
}

impl MemoryTree {
    /// A tree of the given files.
    pub fn new(files: impl IntoIterator<Item = (RepoPath, Vec<u8>)>) -> Self {
        Self { files: files.into_iter().collect() }
    }
}

impl Tree for MemoryTree {
    fn list(&self, folder: &str) -> anyhow::Result<(Vec<Entry>, Vec<Skipped>)> {
        let entries = self
            .files
            .iter()
            .enumerate()
            .filter(|(_, (path, _))| folder.is_empty() || path.is_under(folder))
            .map(|(at, (path, bytes))| {
                let mut id = [0; 20];
                id[..8].copy_from_slice(&(at as u64 + 1).to_be_bytes());
                Entry { path: path.clone(), kind: EntryKind::File, id: ObjectId(id), size: bytes.len() as u64 }
            })
            .collect();
        Ok((entries, Vec::new()))
    }

    fn read(&self, path: &RepoPath) -> anyhow::Result<Option<Vec<u8>>> {
        Ok(self.files.get(path).cloned())
    }
}
