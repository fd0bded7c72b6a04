//! Where files come from: a commit, a directory or memory, behind one trait, so that loading never knows.

mod directory;
mod memory;

pub use directory::DirectoryTree;
pub use memory::MemoryTree;

use sha2::{Digest, Sha256};

use crate::{
    id::{ObjectId, RepoPath},
    model::Skipped,
};

/// One entry of a tree listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path.
    pub path: RepoPath,
    /// What it is.
    pub kind: EntryKind,
    /// Its Git object id: the blob's, also for a file that is not committed; the commit's for a submodule.
    pub id: ObjectId,
    /// Its size in bytes; zero for a link or a submodule.
    pub size: u64,
}

/// What a tree entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A symbolic link with its target, which is named and never followed out of the tree.
    Link(String),
    /// Another repository's commit.
    Submodule,
}

/// A readable tree of files. Names keep the spelling of the tree; order is by path.
pub trait Tree: Sync {
    /// Every entry below a folder ("" for all), in path order, with whatever was met and could not be listed.
    ///
    /// # Errors
    /// When the tree itself cannot be read (a damaged object database, an unreadable root).
    fn list(&self, folder: &str) -> anyhow::Result<(Vec<Entry>, Vec<Skipped>)>;

    /// A file's bytes; `None` when there is no such file.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    fn read(&self, path: &RepoPath) -> anyhow::Result<Option<Vec<u8>>>;
}

/// Reads objects by id, wherever they stand in history.
pub trait Blobs: Sync {
    /// A blob's bytes; `None` when the object is missing here (a partial clone).
    ///
    /// # Errors
    /// When the object database cannot be read.
    fn blob(&self, id: ObjectId) -> anyhow::Result<Option<Vec<u8>>>;
}

/// The SHA-256 of some bytes in lower case hexadecimal, as `sha256sum` prints it.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The id Git would give these bytes as a blob (SHA-1 of `blob LENGTH NUL bytes`).
pub fn blob_id(bytes: &[u8]) -> ObjectId {
    use sha1::Digest as _;
    let mut hasher = sha1::Sha1::new();
    hasher.update(format!("blob {}\0", bytes.len()));
    hasher.update(bytes);
    ObjectId(hasher.finalize().into())
}
