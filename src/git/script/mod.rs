//! History scripts: a repository with its whole history as one text (docs/formats.md, "History scripts").
//!
//! Made for the example company and for tests. The same script gives the same commit ids on every machine: times and
//! keys come from the script alone, and neither configuration nor hooks nor filters of the machine are used.

mod objects;
mod parse;
mod replay;
mod sign;
mod state;
#[cfg(test)]
mod tests;

pub use replay::{ScriptReport, replay};
