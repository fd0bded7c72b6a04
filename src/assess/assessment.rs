//! The assessment: what is judged, as data. Everything that pages, exports and reviews show comes from here.

use serde::Serialize;

use crate::{
    date::{Date, DateRange, Instant, Period},
    diag::{Finding, Subject},
    id::{ControlId, DocumentId, EvidenceId, FrameworkId, ObjectId, PersonId, RepoPath, RequirementId, WaiverId},
    model::{CommitIx, EvidenceResult, OwnerRef, Window},
    proof::Proof,
};

/// One assessment of one programme at one instant.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The instant.
    pub as_of: Instant,
    /// The day of that instant in the organization's zone.
    pub today: Date,
    /// The window.
    pub window: Window,
    /// Controls, by id.
    pub controls: Vec<ControlAssessment>,
    /// Requirements in scope, by framework and id.
    pub requirements: Vec<RequirementAssessment>,
    /// Documents, by id.
    pub documents: Vec<DocumentAssessment>,
    /// Numbered lists, by id.
    pub populations: Vec<Population>,
    /// Everything reported: loading, history and rules, in the order of [`Finding::sort`].
    pub findings: Vec<Finding>,
    /// Findings that are work, ranked.
    pub gaps: Vec<Gap>,
}

impl Assessment {
    /// A control's assessment.
    pub fn control(&self, id: &ControlId) -> Option<&ControlAssessment> {
        self.controls.iter().find(|control| control.id == *id)
    }

    /// A document's assessment.
    pub fn document(&self, id: &DocumentId) -> Option<&DocumentAssessment> {
        self.documents.iter().find(|document| document.id == *id)
    }
}

/// What history says about one obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A record landed by the end of the due day.
    OnTime,
    /// A record landed after the due day, within grace.
    Late,
    /// A record landed after grace: a deviation, even though performed.
    LateBeyondGrace,
    /// Grace is over and no record landed.
    Missed,
    /// No record yet; the due day is near, or past and within grace.
    DueSoon,
    /// No record yet; the due day is far.
    NotYetDue,
    /// The control was not in place for the period.
    NotInPlace,
    /// Nothing occurred, and a nil return says so.
    NoOccurrence,
    /// Waived before the fact.
    Waived,
    /// The control does not apply.
    NotApplicable,
    /// It cannot be seen.
    Unknown,
}

impl Outcome {
    /// All outcomes, in the order in which they are explained.
    pub const ALL: [Outcome; 11] = [
        Outcome::OnTime,
        Outcome::Late,
        Outcome::LateBeyondGrace,
        Outcome::Missed,
        Outcome::DueSoon,
        Outcome::NotYetDue,
        Outcome::NotInPlace,
        Outcome::NoOccurrence,
        Outcome::Waived,
        Outcome::NotApplicable,
        Outcome::Unknown,
    ];

    /// The name in data and CSS (`late_beyond_grace`).
    pub fn name(self) -> &'static str {
        match self {
            Self::OnTime => "on_time",
            Self::Late => "late",
            Self::LateBeyondGrace => "late_beyond_grace",
            Self::Missed => "missed",
            Self::DueSoon => "due_soon",
            Self::NotYetDue => "not_yet_due",
            Self::NotInPlace => "not_in_place",
            Self::NoOccurrence => "no_occurrence",
            Self::Waived => "waived",
            Self::NotApplicable => "not_applicable",
            Self::Unknown => "unknown",
        }
    }

    /// The words for people (`late beyond grace`).
    pub fn words(self) -> String {
        self.name().replace('_', " ")
    }

    /// Whether it is a deviation: a fact that remediation does not erase.
    pub fn is_deviation(self) -> bool {
        matches!(self, Self::LateBeyondGrace | Self::Missed)
    }
}

/// A control's design status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Design {
    /// Written down.
    Drafted,
    /// Agreed.
    Approved,
    /// Working, as its file says.
    InPlace,
    /// No longer done.
    Retired,
    /// Does not apply.
    NotApplicable,
}

/// A control's operation in the window so far: the worst thing history shows, by this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// At least one obligation was missed.
    Missed,
    /// At least one was performed after grace, or a record reports failure.
    DeviationNoted,
    /// At least one cannot be judged.
    Unknown,
    /// At least one was late within grace; nothing worse.
    Late,
    /// One is due soon and nothing else speaks against the control.
    DueSoon,
    /// Everything due so far was on time.
    EffectiveSoFar,
    /// Nil returns only.
    NoOccurrence,
    /// Waived throughout.
    Waived,
    /// Nothing was due yet.
    NotYetDue,
    /// Not in place.
    NotInPlace,
    /// It gives no obligations (continuous, per event without a record) and has no evidence.
    NoObligations,
    /// Does not apply.
    NotApplicable,
}

impl Operation {
    /// The words for people (`effective so far`).
    pub fn words(self) -> &'static str {
        match self {
            Self::Missed => "missed",
            Self::DeviationNoted => "deviation noted",
            Self::Unknown => "unknown",
            Self::Late => "late",
            Self::DueSoon => "due soon",
            Self::EffectiveSoFar => "on time so far",
            Self::NoOccurrence => "no occurrence",
            Self::Waived => "waived",
            Self::NotYetDue => "not yet due",
            Self::NotInPlace => "not in place",
            Self::NoObligations => "no obligations by the calendar",
            Self::NotApplicable => "not applicable",
        }
    }

    /// The outcome whose mark and colour stand for it.
    pub fn mark(self) -> Outcome {
        match self {
            Self::Missed => Outcome::Missed,
            Self::DeviationNoted => Outcome::LateBeyondGrace,
            Self::Unknown => Outcome::Unknown,
            Self::Late => Outcome::Late,
            Self::DueSoon => Outcome::DueSoon,
            Self::EffectiveSoFar => Outcome::OnTime,
            Self::NoOccurrence => Outcome::NoOccurrence,
            Self::Waived => Outcome::Waived,
            Self::NotYetDue | Self::NoObligations => Outcome::NotYetDue,
            Self::NotInPlace => Outcome::NotInPlace,
            Self::NotApplicable => Outcome::NotApplicable,
        }
    }
}

/// What is judged of one control.
#[derive(Clone, Debug)]
pub struct ControlAssessment {
    /// The control.
    pub id: ControlId,
    /// Its design.
    pub design: Design,
    /// Its operation in the window.
    pub operation: Operation,
    /// The weakest proof among the records that count; all zero when there are none.
    pub proof: Proof,
    /// Its obligations, by due day.
    pub obligations: Vec<Obligation>,
    /// Records of this control that answer no obligation, with the reason.
    pub unmatched: Vec<UnmatchedRecord>,
    /// Records inside the window of a control that gives no obligations by the calendar (continuous, per event).
    pub occurrences: Vec<Performance>,
    /// Freshness of its newest evidence at the as-of.
    pub freshness: Freshness,
    /// The stretches of the window in which the mainline held the control as in place and effective.
    pub in_place: Vec<DateRange>,
    /// The stretches of the window in which nobody behind its owner was with the organization, or it had no owner.
    pub without_owner: Vec<DateRange>,
    /// Changes of its wording, frequency or owner inside the window.
    pub changes: Vec<ControlChange>,
    /// What the window will show when nothing changes, when that is worth a warning.
    pub forecast: Option<String>,
}

/// One expected performance and what came of it.
#[derive(Clone, Debug)]
pub struct Obligation {
    /// The period.
    pub period: Period,
    /// The period's days.
    pub range: DateRange,
    /// The day it is due.
    pub due: Date,
    /// The last day of grace; the due day when there is none.
    pub grace_until: Date,
    /// What history says.
    pub outcome: Outcome,
    /// Why, as a sentence: the facts compared.
    pub reason: String,
    /// The record that answers it.
    pub record: Option<Performance>,
    /// The waiver that covers it.
    pub waiver: Option<WaiverId>,
}

/// A record of a performance, with the four times kept apart.
#[derive(Clone, Debug)]
pub struct Performance {
    /// The manifest.
    pub evidence: EvidenceId,
    /// Its file at the tip.
    pub path: RepoPath,
    /// The blob that was accepted: the first version that landed.
    pub blob: ObjectId,
    /// The commit that made it; `None` while it is not committed.
    pub commit: Option<ObjectId>,
    /// The mainline commit that landed it; `None` while it is not committed.
    pub landed_in: Option<CommitIx>,
    /// Claimed in the record.
    pub performed_on: Option<Date>,
    /// Author time of the commit, as recorded.
    pub author_time: Option<crate::date::GitTime>,
    /// Committer time of the commit, as recorded.
    pub committer_time: Option<crate::date::GitTime>,
    /// Landing time.
    pub landed_at: Instant,
    /// Who did it, as written.
    pub performed_by: Option<String>,
    /// Who reviewed it, as written.
    pub reviewed_by: Option<String>,
    /// What came of it, as the tip says.
    pub result: EvidenceResult,
    /// Whether the record, an earlier version of it, or a record that it corrects reports a failure.
    pub failed: bool,
    /// Whether the record or an artifact of it was changed after it landed.
    pub altered: bool,
    /// Its grades.
    pub proof: Proof,
}

/// A record that answers no obligation.
#[derive(Clone, Debug)]
pub struct UnmatchedRecord {
    /// The manifest.
    pub evidence: EvidenceId,
    /// Which kind of reason.
    pub kind: Unmatched,
    /// The reason as a sentence.
    pub reason: String,
}

/// Why a record answers no obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unmatched {
    /// An earlier record answers the obligation already.
    Additional,
    /// It was performed, or landed, before its period began.
    Early,
    /// Its period is not due in the window.
    OutsideWindow,
    /// Its period is none that the control's frequency gives.
    OtherPeriod,
    /// A later record corrects it.
    Superseded,
    /// It says neither a period nor a day.
    Undated,
    /// The mainline did not hold it at the as-of.
    Ahead,
    /// The control gives no obligations by the calendar; the record is outside the window.
    NoCalendar,
}

/// How fresh the newest evidence is, from `extracted_at` (or `performed_on`), never from a commit date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// The control sets no `ttl`.
    NotAsked,
    /// No evidence at all.
    Never,
    /// Fresh until the day.
    Fresh(Date),
    /// Fresh, and expiring within the due-soon span, on the day.
    Expiring(Date),
    /// Stale since the day.
    Stale(Date),
}

/// A change of a control inside the window.
#[derive(Clone, Debug)]
pub struct ControlChange {
    /// The mainline commit that brought it.
    pub landed_in: CommitIx,
    /// What changed, as a sentence (`frequency: quarterly, then annual`).
    pub what: String,
    /// Whether it loosens what is expected (a longer frequency, grace or ttl).
    pub loosens: bool,
}

/// Whether a requirement is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Coverage {
    /// At least one control in place serves it.
    Covered,
    /// No control in place serves it.
    Uncovered,
    /// An addressable specification that something else stands in place of, with a reason.
    Alternative,
    /// Declared not applicable, with a reason.
    NotApplicable,
}

/// What is judged of one requirement.
#[derive(Clone, Debug)]
pub struct RequirementAssessment {
    /// Its framework.
    pub framework: FrameworkId,
    /// Its id.
    pub id: RequirementId,
    /// Our title.
    pub title: String,
    /// Whether it is served.
    pub coverage: Coverage,
    /// The controls that claim it, in place or not.
    pub controls: Vec<ControlId>,
    /// The worst operation among its key controls (all of its controls where none is key); `None` without a control.
    pub operation: Option<Operation>,
}

/// What is judged of one document.
#[derive(Clone, Debug)]
pub struct DocumentAssessment {
    /// The document.
    pub id: DocumentId,
    /// The version in force at the as-of, if any: an index into its timeline's versions.
    pub in_force: Option<usize>,
    /// Its versions on the mainline, oldest first, each with the days it was in force.
    pub versions: Vec<DocumentVersion>,
    /// The last review that counts.
    pub last_review: Option<Date>,
    /// The day of the next review; `None` when no cycle is set or nothing was ever reviewed.
    pub next_review: Option<Date>,
    /// Who approved the version in force, and how that is known.
    pub approval: Approval,
}

/// One version of a document.
#[derive(Clone, Debug)]
pub struct DocumentVersion {
    /// Its index in the timeline.
    pub index: usize,
    /// The version as written; empty when none.
    pub label: String,
    /// The first day it was in force; `None` when it never was (a draft, or replaced before its day).
    pub from: Option<Date>,
    /// The last day it was in force; `None` while it still is.
    pub to: Option<Date>,
    /// Whether only metadata changed (the text is the same as before).
    pub text_unchanged: bool,
}

/// How an approval is known. What only a forge knows is not seen here.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Approval {
    /// People named by review or approval trailers of the commit that made the version or the merge that landed it.
    pub named: Vec<String>,
    /// Whether one of them is among the document's approvers and is not the author.
    pub independent: bool,
    /// How it is known, as a sentence.
    pub basis: String,
}

/// A numbered list with the means to re-perform it.
#[derive(Clone, Debug)]
pub struct Population {
    /// Its id (`changes`, `evidence`, `obligations`).
    pub id: String,
    /// Its title.
    pub title: String,
    /// The rule that makes it, as a sentence.
    pub rule: String,
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// The rows, numbered by their place from 1.
    pub rows: Vec<Vec<String>>,
    /// SHA-256 over the rows: cells joined by TAB, rows ended by LF.
    pub digest: String,
    /// The plain command that re-performs it and whose output has as many lines; empty when there is none.
    pub command: String,
}

/// Whether a gap can still be mended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "until", rename_all = "snake_case")]
pub enum Recoverable {
    /// It cannot be mended in this window: the deviation stays, and is to be explained.
    NotInWindow,
    /// It can, until the day.
    Until(Date),
    /// It can at any time.
    Anytime,
}

/// A finding that is work.
#[derive(Clone, Debug)]
pub struct Gap {
    /// Its rank, from 1.
    pub rank: usize,
    /// What it is about.
    pub subject: Subject,
    /// The code of the finding behind it.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// Why it ranks here (`key control, 34 days overdue, two criteria rest on it`).
    pub why: String,
    /// Who answers for it.
    pub owner: Option<OwnerRef>,
    /// The day it is due.
    pub due: Option<Date>,
    /// Whether it can still be mended.
    pub recoverable: Recoverable,
    /// What to do, as a sentence.
    pub action: String,
    /// The file to create or to change.
    pub file: Option<RepoPath>,
    /// A ready text for that file, when one is to be created.
    pub stub: Option<String>,
}

/// Who an e-mail or a written name belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// A known person.
    Known(PersonId),
    /// Nobody the programme knows, as written.
    Unknown(String),
}
