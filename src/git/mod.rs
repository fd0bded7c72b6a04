//! Repositories: the only door to git2. Opens one, says what cannot be seen, walks its history once, reads its trees
//! and blobs, and makes repositories from history scripts.
//!
//! Plain data of [`crate::model`] comes out. Nothing here judges what it reads, and nothing in a repository is run: no
//! hook, no filter, no configured program.

mod open;
mod raw;
mod repository;
pub mod script;
mod tree;

pub use open::{Opened, open};
pub use repository::{At, Repository, Tip};
pub use tree::CommitTree;

use crate::diag::Code;

/// Which files a walk looks for. Paths are given from the repository's root, without a trailing slash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Folders whose whole content is wanted; the empty path is the root.
    pub folders: Vec<String>,
    /// Single files.
    pub files: Vec<String>,
    /// Whether every Markdown file (`.md`, `.markdown`) is wanted wherever it stands.
    pub markdown_anywhere: bool,
}

/// The codes of findings made here: none. What cannot be seen is data ([`crate::model::MissingSight`]), judged elsewhere.
pub const CODES: &[Code] = &[];
