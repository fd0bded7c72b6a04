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
    /// How a line of a framework stands by what was decided. A decision that the framework does not allow changes nothing:
    /// what always applies is never excluded, and only an addressable specification has an alternative.
    pub fn standing(&self, framework: &Framework, line: &Requirement) -> Standing<'_> {
        if framework.applicability_of(line) == Applicability::Always {
            return Standing::Applies;
        }
        match self.decisions.get(&(framework.id.clone(), line.id.clone())) {
            Some(Decision { verdict: Verdict::Excluded, reason, .. }) => return Standing::NotApplicable(reason),
            Some(Decision { verdict: Verdict::Alternative(what), reason, .. }) if line.need == Some(Need::Addressable) => {
                return Standing::Alternative(what, reason);
            }
            _ => {}
        }
        let mut stated = self.config.scope.not_applicable.iter();
        let stated = stated.find(|entry| entry.framework == framework.id && entry.id == line.id);
        stated.map_or(Standing::Applies, |entry| Standing::NotApplicable(&entry.reason))
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
