//! Repositories: the only door to git2. Opens one, says what cannot be seen, walks its history once, reads its trees
//! and blobs, and makes repositories from history scripts.
//!
//! Plain data of [`crate::model`] comes out. Nothing here judges what it reads, and nothing in a repository is run: no
//! hook, no filter, no configured program.

mod assemble;
mod commit;
mod compare;
mod graph;
mod mailmap;
mod open;
mod raw;
mod renames;
mod repository;
pub mod script;
mod tree;
mod walk;
mod wanted;

pub use open::{Opened, open};
pub use repository::{At, Repository, Tip};
pub use script::ScriptReport;
pub use tree::CommitTree;
pub use wanted::Wanted;

use crate::diag::Code;

/// The codes of findings made here: none. What cannot be seen is data ([`crate::model::MissingSight`]), judged elsewhere.
pub const CODES: &[Code] = &[];
