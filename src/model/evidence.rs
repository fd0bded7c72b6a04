//! Evidence manifests: the record of one performance of a control.

use serde::Serialize;

use super::Origin;
use crate::{
    date::{Date, Instant, Period, long_date},
    id::{ControlId, EvidenceId, RepoPath},
};

/// One evidence manifest.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Its id, or its path where the file gives none.
    pub id: EvidenceId,
    /// The controls it shows.
    pub controls: Vec<ControlId>,
    /// The period it is declared for.
    pub period: Option<Period>,
    /// The day the work is claimed to have been done.
    pub performed_on: Option<Date>,
    /// Who did it, as written: a person's id, or text that resolves to nobody (a finding).
    pub performed_by: Option<String>,
    /// Who looked at it afterwards, as written.
    pub reviewed_by: Option<String>,
    /// What came of it.
    pub result: EvidenceResult,
    /// Where the data came from.
    pub source: Option<EvidenceSource>,
    /// The files.
    pub artifacts: Vec<Artifact>,
    /// How many items were looked at.
    pub items: Option<Items>,
    /// The record that this one corrects.
    pub supersedes: Option<EvidenceId>,
    /// Markdown.
    pub notes: String,
    /// Where it stands.
    pub origin: Origin,
}

impl Evidence {
    /// What the record is called in a sentence: `the record of AC-05 for 2026-02`, or `EV-7 of AC-05 for 2026-02` where it
    /// has an id of its own. A path is a place and no name.
    pub fn name(&self) -> String {
        let controls: Vec<&str> = self.controls.iter().map(ControlId::as_str).collect();
        let controls = controls.join(" and ");
        let when = match (self.period, self.performed_on) {
            (Some(period), _) => format!(" for {period}"),
            (None, Some(day)) => format!(" performed on {}", long_date(day)),
            (None, None) => String::new(),
        };
        format!("{} of {controls}{when}", self.short_name())
    }

    /// What the record is called where its control and period have just been named: its own id, else `the record`.
    pub fn short_name(&self) -> &str {
        if self.has_own_id() { self.id.as_str() } else { "the record" }
    }

    fn has_own_id(&self) -> bool {
        !self.id.as_str().starts_with(self.origin.path.as_str())
    }
}

/// What came of a performance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceResult {
    /// Nothing was found amiss.
    Pass,
    /// Something was found and noted.
    PassWithExceptions,
    /// The control failed.
    Fail,
    /// Nothing occurred in the period: a nil return.
    Nil,
}

/// Where evidence came from: the facts an auditor wants about any list (IPE, DOMAIN 2.3).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EvidenceSource {
    /// The system of record.
    pub system: Option<String>,
    /// Its environment.
    pub environment: Option<String>,
    /// The query, verbatim.
    pub query: Option<String>,
    /// When the data was taken out.
    pub extracted_at: Option<Instant>,
    /// Who took it out, as written.
    pub extracted_by: Option<String>,
    /// How many rows it had.
    pub count: Option<u64>,
}

/// One file of evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Artifact {
    /// Where it is.
    pub target: ArtifactTarget,
    /// Its SHA-256 as the manifest states it, in lower case hexadecimal.
    pub sha256: Option<String>,
    /// Its size in bytes as the manifest states it.
    pub size: Option<u64>,
}

/// Where an artifact is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArtifactTarget {
    /// A file of this repository.
    File(RepoPath),
    /// Something outside it, which is never fetched.
    Uri(String),
}

/// How many items were looked at, and how many of them were exceptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Items {
    /// Looked at.
    pub tested: u64,
    /// Exceptions among them.
    pub exceptions: u64,
}
