//! Tickmark turns a Git repository of controls, policies and evidence into proof of audit readiness.
//!
//! The code map: data flows one way, and `app/build.rs` reads like it.
//! open ([`git`]) -> load ([`load`]) -> walk ([`git`]) -> assess ([`assess`]) -> plan ([`site`], [`trust`]) ->
//! render ([`render`]) -> emit ([`emit`]).
//!
//! The floors: a module imports only from lower floors, from modules to its left on its own floor, or from its own
//! folder. `tests/it/tidy.rs` holds this table.
//! ```text
//! 8  cli                             arguments, terminal, exit codes; the only place that prints
//! 7  app                             one file a command; the clock and the environment enter here
//! 6  emit                            the one writer
//! 5  render export                   Tera's only door; other formats
//! 4  site trust                      plans: typed contexts, routes
//! 3  proof language assess           pure judging
//! 2  tree git load import            the doors to files, repositories and records; other formats
//! 1  text model                      text in, safe HTML out; plain data
//! 0  id date source diag assets      names, days, places, findings, embedded files
//! ```
//!
//! What is absent, and held by the same test: nothing below `app` reads the clock or the environment; `std::fs` stands
//! only in `tree`, `emit`, `git`, `app` and `cli`; each foreign library stands only behind its door; printing happens only
//! in `cli`; no iteration order of a hash map reaches an output; no result is dropped in silence; `assess` and `proof` see
//! no bytes, disk or HTML; `trust` sees no assessment. Not here yet: verification of signatures and
//! the review of a change; they have floors of their own to come to (`proof`, `review`).

pub mod app;
pub mod assess;
pub mod assets;
pub mod cli;
pub mod date;
pub mod diag;
pub mod emit;
pub mod export;
pub mod git;
pub mod id;
pub mod import;
pub mod language;
pub mod load;
pub mod model;
pub mod proof;
pub mod render;
pub mod site;
pub mod source;
pub mod text;
pub mod tree;
pub mod trust;
