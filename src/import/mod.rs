//! Bringing in what is kept in another format: a folder of theirs becomes records of ours, as texts to be written.
//!
//! An importer is a file here and a line in [`IMPORTERS`]. It reads a [`Source`], which follows no link and reads no file
//! beyond a size, and gives an [`Imported`]: files, moves, and for each kind of thing how many were taken and which were
//! left, why. Nothing is claimed: what comes in is drafted, has no owner, and is in place only when its people say so.
//! Nothing here writes, fetches or runs anything.

mod auditree;
mod catalogue;
mod ciso;
mod comply;
mod cron;
mod dates;
mod documents;
mod draft;
mod front_matter;
mod imported;
mod json;
mod known;
mod lines;
mod names;
mod node;
mod opencontrol;
mod oscal;
mod plan;
mod source;
mod table;
mod walks;

pub use imported::{Imported, Left, Move, NewFile, Tally};
use imported::{counted, counts};
pub(crate) use names::{Names, file_slug};
pub(crate) use oscal::{OSCAL_NAMESPACE, Tokens, token};
use source::framework_path;
pub use source::{ImportOptions, Source};

use std::collections::BTreeMap;

/// One format that can be brought in.
#[derive(Clone, Copy)]
pub struct Importer {
    /// The name on the command line.
    pub name: &'static str,
    /// What it is, one line for `--help`.
    pub about: &'static str,
    /// What a folder of this format holds, as the end of a sentence that begins with "looked for".
    pub looks_for: &'static str,
    /// Whether a folder looks like this format. Cheap: names of files, and the first of a few.
    pub recognise: fn(&Source<'_>) -> bool,
    /// Reads the folder. Bad input is left with a reason; an error means that the world failed.
    pub run: fn(&Source<'_>) -> anyhow::Result<Imported>,
}

/// The formats, in the order in which a folder is tried against them: the most particular ones first.
pub const IMPORTERS: &[Importer] = &[
    comply::COMPLY,
    auditree::AUDITREE,
    opencontrol::OPENCONTROL,
    oscal::OSCAL,
    ciso::CISO_ASSISTANT,
    front_matter::FRONT_MATTER,
    table::CSV,
];

/// A mistake in how an import was called: what is wrong, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Misuse {
    /// What is wrong, lower case.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl Misuse {
    /// A misuse as an `anyhow` error.
    pub(crate) fn because(message: impl Into<String>, hint: impl Into<String>) -> anyhow::Error {
        Self { message: message.into(), hint: hint.into() }.into()
    }
}

/// Runs an importer, and says besides what lay in the folder and was not read at all.
///
/// # Errors
/// When the importer's world failed.
pub fn import(importer: &Importer, source: &Source<'_>) -> anyhow::Result<Imported> {
    // Looking whether the folder is of the format is no reading of it.
    source.untouch();
    let mut imported = (importer.run)(source)?;
    for (path, why) in source.unasked() {
        imported.leave("entries", path, why);
    }
    if let Some(rest) = not_looked_at(source) {
        imported.note(rest);
    }
    Ok(imported)
}

/// Files that the importer did not look at, counted by their first folder; `None` when there are none.
fn not_looked_at(source: &Source<'_>) -> Option<String> {
    let mut folders: BTreeMap<String, usize> = BTreeMap::new();
    for path in source.untouched() {
        let first = path.as_str().split_once('/').map_or_else(|| path.as_str().to_owned(), |(folder, _)| format!("{folder}/"));
        *folders.entry(first).or_default() += 1;
    }
    const MOST_NAMED: usize = 20;
    let total: usize = folders.values().sum();
    let mut named: Vec<String> = folders
        .iter()
        .take(MOST_NAMED)
        .map(|(name, count)| if name.ends_with('/') { format!("{name} ({count})") } else { name.clone() })
        .collect();
    if folders.len() > MOST_NAMED {
        named.push(format!("{} more", folders.len() - MOST_NAMED));
    }
    let (files, were) = if total == 1 { ("file of the folder holds", "was") } else { ("files of the folder hold", "were") };
    (total > 0).then(|| format!("{total} {files} nothing of this format and {were} not looked at: {}", named.join(", ")))
}
