//! The programme: everything one organization keeps in one repository, loaded and resolved.

use std::collections::BTreeMap;

use super::{
    Applicability, Config, Control, Crosswalk, Decision, Deviation, Document, Evidence, Framework, Incident, Need, People, Requirement,
    Risk, TrustPage, Vendor, Verdict, Waiver,
};
use crate::{
    id::{
        ControlId, DeviationId, DocumentId, EvidenceId, FrameworkId, IncidentId, ObjectId, RepoPath, RequirementId, RiskId, VendorId,
        WaiverId,
    },
    source::Place,
};

/// Where a record stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub path: RepoPath,
    /// The line on which the record begins, from 1.
    pub line: u32,
    /// The file's blob in the tree that was read.
    pub blob: ObjectId,
}

impl Origin {
    /// The record's place, for a finding about it as a whole.
    pub fn place(&self) -> Place {
        Place { path: self.path.clone(), line: self.line, column: 0, excerpt: String::new(), width: 0 }
    }
}

/// Every record of the programme. What could not be read is in the findings that came with it, and in `unread`.
#[derive(Clone, Debug)]
pub struct Programme {
    /// `tickmark.yaml`, or the fallback when there is none.
    pub config: Config,
    /// Whether `tickmark.yaml` was there and could be read.
    pub configured: bool,
    /// The frameworks: the built-in ones and the user's own.
    pub frameworks: BTreeMap<FrameworkId, Framework>,
    /// Controls.
    pub controls: BTreeMap<ControlId, Control>,
    /// Policies, procedures and the system description.
    pub documents: BTreeMap<DocumentId, Document>,
    /// Evidence manifests.
    pub evidence: BTreeMap<EvidenceId, Evidence>,
    /// People and teams.
    pub people: People,
    /// Waivers.
    pub waivers: BTreeMap<WaiverId, Waiver>,
    /// Deviations.
    pub deviations: BTreeMap<DeviationId, Deviation>,
    /// Incidents.
    pub incidents: BTreeMap<IncidentId, Incident>,
    /// Risks.
    pub risks: BTreeMap<RiskId, Risk>,
    /// Vendors.
    pub vendors: BTreeMap<VendorId, Vendor>,
    /// The trust page; `None` when `content/trust/trust.yaml` is absent or unreadable.
    pub trust: Option<TrustPage>,
    /// Decisions about single requirements.
    pub decisions: BTreeMap<(FrameworkId, RequirementId), Decision>,
    /// The repository's own crosswalks, by id.
    pub crosswalks: BTreeMap<String, Crosswalk>,
    /// Records that stand in the tree but could not be read: what they would have said is unknown.
    pub unread: Vec<UnreadRecord>,
    /// Every file under the programme's folders, so that pages can show artifacts and name what was not used.
    pub files: Files,
}

/// What somebody stated about a requirement, whether or not the framework allows it.
#[derive(Clone, Copy, Debug)]
pub struct Stated<'a> {
    /// What.
    pub verdict: &'a Verdict,
    /// Why.
    pub reason: &'a str,
    /// The record; `None` where `scope.not_applicable` states it.
    pub decision: Option<&'a Decision>,
}

/// How a requirement stands before any control is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// It applies.
    Applies,
    /// It does not apply: why.
    NotApplicable(&'a str),
    /// It is addressable, and something else is done in its place: what, and why.
    Alternative(&'a str, &'a str),
}

impl Programme {
    /// What was stated about a line: by a decision, else by `scope.not_applicable`.
    pub fn stated(&self, framework: &FrameworkId, line: &RequirementId) -> Option<Stated<'_>> {
        if let Some(decision) = self.decisions.get(&(framework.clone(), line.clone())) {
            return Some(Stated { verdict: &decision.verdict, reason: &decision.reason, decision: Some(decision) });
        }
        let mut entries = self.config.scope.not_applicable.iter();
        let entry = entries.find(|entry| entry.framework == *framework && entry.id == *line)?;
        Some(Stated { verdict: &Verdict::Excluded, reason: &entry.reason, decision: None })
    }

    /// How a line of a framework stands by what was stated. What the framework does not allow changes nothing: a line that
    /// always applies is never excluded, and only an addressable specification has an alternative.
    pub fn standing(&self, framework: &Framework, line: &Requirement) -> Standing<'_> {
        match self.stated(&framework.id, &line.id) {
            Some(Stated { verdict: Verdict::Excluded, reason, .. }) if framework.applicability_of(line) != Applicability::Always => {
                Standing::NotApplicable(reason)
            }
            Some(Stated { verdict: Verdict::Alternative(what), reason, .. }) if line.need == Some(Need::Addressable) => {
                Standing::Alternative(what, reason)
            }
            _ => Standing::Applies,
        }
    }
}

/// Files of the tree that was read: path, blob and size in bytes.
pub type Files = BTreeMap<RepoPath, (ObjectId, u64)>;

/// A record that could not be read. An obligation it might have answered is `unknown`, never `missed`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadRecord {
    /// The file.
    pub path: RepoPath,
    /// The controls it names, as far as that could be read; empty: any control.
    pub controls: Vec<ControlId>,
}
