//! Mirrors of the files: one struct a record, one field a key, no judgement.
//!
//! The documentation of every field is the description in the published schema, so it speaks to the person who writes
//! the file. Everything is optional here, because a file with one wrong value must still give its other values;
//! what is required says so with `schemars(required)`, and a missing one is reported where shapes are checked.

#![allow(dead_code, reason = "a mirror holds every key of its file, also those that only editors and people read")]

mod applicability;
mod config;
mod control;
mod crosswalk;
mod document;
mod evidence;
mod framework;
mod language;
mod people;
mod registers;
mod texts;
mod trust;
mod vendor;

pub use applicability::*;
pub use config::*;
pub use control::*;
pub use crosswalk::*;
pub use document::*;
pub use evidence::*;
pub use framework::*;
pub use language::*;
pub use people::*;
pub use registers::*;
pub use texts::*;
pub use trust::*;
pub use vendor::*;
