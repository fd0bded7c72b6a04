//! Records through history: every version that the mainline held, joined by id across renames.
//!
//! The passes: the programme's files that ever landed are read once each ([`versions`]); the landings are replayed in
//! order and give timelines; texts of adopted documents are followed through their renames ([`adopted`]); what stands in
//! the working directory only comes last ([`uncommitted`]).

mod adopted;
mod replay;
mod uncommitted;
mod versions;

use super::codes::HISTORY_UNREAD;
use crate::{
    date::Instant,
    diag::{Finding, Subject},
    model::{History, Programme, Timelines},
    tree::Blobs,
};

/// The timelines of a programme, and what could not be read of its past.
///
/// With `uncommitted`, records whose file differs from what the mainline last held get one more version that landed in no
/// commit at `as_of`.
///
/// # Errors
/// When the object database cannot be read.
pub fn trace(
    history: &History,
    programme: &Programme,
    blobs: &dyn Blobs,
    as_of: Instant,
    uncommitted: bool,
) -> anyhow::Result<(Timelines, Vec<Finding>)> {
    let versions = versions::read(history, programme, blobs)?;
    let mut findings = Vec::new();
    if versions.unreadable > 0 {
        let count = versions.unreadable;
        let message =
            format!("{count} earlier version{} of records cannot be read; what they said is unknown", if count == 1 { "" } else { "s" });
        findings.push(
            Finding::new(&HISTORY_UNREAD, Subject::History, message)
                .hint("nothing needs to be done: the versions that followed can be read"),
        );
    }
    let mut timelines = replay::replay(history, versions);
    adopted::follow(&mut timelines, history, blobs)?;
    if uncommitted {
        uncommitted::add(&mut timelines, history, programme, as_of);
    }
    Ok((timelines, findings))
}
