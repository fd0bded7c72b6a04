//! Other formats of the programme and of its assessment. A format is a file here and a line in [`EXPORTERS`].
//!
//! An exporter takes what was assessed and gives documents: paths relative to an output folder, and bytes. It writes
//! nothing; the same input gives the same bytes. What it leaves out it says in the notes.

mod csv;
mod json;
mod oscal;
mod plain;

pub use csv::population_csv;
pub use json::{AssessmentDocument, Parts, assessment_document, assessment_schema};

use crate::id::FrameworkId;

/// One format.
#[derive(Clone, Copy)]
pub struct Exporter {
    /// The name on the command line.
    pub name: &'static str,
    /// What it is, one line for `--help`.
    pub about: &'static str,
    /// The ending of its files, without the dot.
    pub ending: &'static str,
    /// Whether frameworks can be chosen.
    pub by_framework: bool,
    /// How to get a single document where there are several, as the end of a hint.
    pub single: &'static str,
    /// Makes the documents. A choice that gives none is a [`Refusal`]; any other error means that the world failed.
    pub run: fn(&Parts<'_>, &Choice) -> anyhow::Result<Exported>,
}

/// The formats, in the order of `--help`.
pub const EXPORTERS: &[Exporter] =
    &[plain::JSON, plain::CSV, oscal::CATALOG, oscal::COMPONENT_DEFINITION, oscal::MAPPING_COLLECTION, oscal::ALL];

/// Which frameworks are exported.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Only this one; `None`: those in scope.
    pub framework: Option<FrameworkId>,
    /// Those out of scope too.
    pub all: bool,
}

/// What an exporter made.
#[derive(Clone, Debug, Default)]
pub struct Exported {
    /// The documents.
    pub documents: Vec<Document>,
    /// What was left out, and why.
    pub notes: Vec<String>,
}

/// One document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its path in an output folder, with `/` between parts.
    pub path: String,
    /// Its bytes, with a final newline.
    pub bytes: Vec<u8>,
}

/// Why a choice gives no document.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// What is wrong, lower case.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl Refusal {
    fn because(message: impl Into<String>, hint: impl Into<String>) -> anyhow::Error {
        Self { message: message.into(), hint: hint.into() }.into()
    }
}
