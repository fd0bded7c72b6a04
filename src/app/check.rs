//! `tickmark check`: load and assess, and say what was found.

use super::{Assessed, Source, Watch, assessed};
use crate::{
    diag::Severity,
    export::{AssessmentDocument, Parts, assessment_document},
};

/// What a check found.
pub struct Checked {
    /// All of it.
    pub assessed: Assessed,
}

impl Checked {
    /// The document of `--format json`.
    pub fn document(&self) -> AssessmentDocument {
        document(&self.assessed)
    }

    /// Whether any finding is at least this grave.
    pub fn has(&self, severity: Severity) -> bool {
        self.assessed.assessment.findings.iter().any(|finding| finding.severity >= severity)
    }
}

/// Loads and assesses.
///
/// # Errors
/// As [`assessed`].
pub fn check(source: &Source, watch: &dyn Watch) -> anyhow::Result<Checked> {
    Ok(Checked { assessed: assessed(source, watch)? })
}

/// The JSON document of an assessment.
pub(super) fn document(assessed: &Assessed) -> AssessmentDocument {
    assessment_document(&parts(assessed))
}

/// What other formats are made from.
pub(super) fn parts(assessed: &Assessed) -> Parts<'_> {
    Parts {
        programme: &assessed.programme,
        history: &assessed.history,
        timelines: &assessed.timelines,
        assessment: &assessed.assessment,
        committed: assessed.committed,
    }
}
