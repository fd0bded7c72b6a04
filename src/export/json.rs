//! The assessment as one JSON document: what `check --format json` prints and `build` writes to `data/assessment.json`.
//!
//! Its keys are a contract, published as a JSON Schema by `tickmark schema assessment`. Keys are added, never renamed.
//! Every struct here is taken from the assessment by naming each field, so that nothing enters the contract by accident.

mod documents;
mod requirements;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use self::{
    documents::{DocumentView, document_view},
    requirements::{RequirementView, requirement_view},
};
use crate::{
    assess::{Assessment, ControlAssessment, Freshness, Gap, Obligation, Performance, Population, Recoverable},
    date::{Date, Zone},
    diag::Finding,
    id::ControlId,
    model::{EvidenceResult, History, Programme, Timelines},
    proof::Proof,
};

/// The schema's name; its number rises only when a key is renamed or removed.
const SCHEMA: &str = "tickmark/assessment/1";

/// The whole document.
#[derive(Serialize, JsonSchema)]
pub struct AssessmentDocument {
    /// `tickmark/assessment/1`.
    schema: &'static str,
    /// What made it.
    tool: Tool,
    /// The commit assessed; null when there is none.
    tip: Option<String>,
    /// The branch it was read from; empty when the tip was named otherwise.
    branch: String,
    /// Whether every record was read from the tip; false when the working directory was read.
    committed: bool,
    /// The instant of the assessment, with the organization's offset.
    as_of: String,
    /// The organization's zone, an IANA name.
    timezone: String,
    /// The window, both days included.
    window: WindowView,
    /// What was seen of the history.
    history: HistoryView,
    /// Controls, by id.
    controls: Vec<ControlView>,
    /// Requirements in scope.
    requirements: Vec<RequirementView>,
    /// Documents, by id.
    policies: Vec<DocumentView>,
    /// Numbered lists: rule, count, digest, command.
    populations: Vec<PopulationView>,
    /// Findings, gravest first.
    findings: Vec<FindingView>,
    /// Findings that are work, ranked.
    gaps: Vec<GapView>,
}

#[derive(Serialize, JsonSchema)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct WindowView {
    start: String,
    end: String,
    report: String,
}

#[derive(Serialize, JsonSchema)]
struct HistoryView {
    /// Whether everything behind the tip was seen.
    complete: bool,
    /// Why not, each with the command that mends it.
    reasons: Vec<ReasonView>,
    /// Commits behind the tip.
    commits: usize,
    /// Commits on the first-parent chain.
    mainline: usize,
    /// What was met and left out.
    skipped: Vec<SkippedView>,
}

#[derive(Serialize, JsonSchema)]
struct ReasonView {
    kind: &'static str,
    message: String,
    command: String,
}

#[derive(Serialize, JsonSchema)]
struct SkippedView {
    what: String,
    why: String,
}

#[derive(Serialize, JsonSchema)]
struct ControlView {
    id: String,
    title: String,
    owner: Option<String>,
    design: String,
    operation: String,
    proof: ProofView,
    freshness: FreshnessView,
    /// Stretches of the window in which it was in place, both days included.
    in_place: Vec<[String; 2]>,
    forecast: Option<String>,
    obligations: Vec<ObligationView>,
    requirements: BTreeMap<String, Vec<String>>,
    policies: Vec<String>,
    /// Paths of the manifests that name it.
    evidence: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct ProofView {
    identity: u8,
    time: u8,
    review: u8,
    completeness: u8,
}

#[derive(Serialize, JsonSchema)]
struct FreshnessView {
    state: &'static str,
    day: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct ObligationView {
    period: String,
    due: String,
    grace_until: String,
    outcome: &'static str,
    reason: String,
    waiver: Option<String>,
    record: Option<RecordView>,
}

#[derive(Serialize, JsonSchema)]
struct RecordView {
    id: String,
    path: String,
    blob: String,
    /// The commit that made it; null while it is not committed.
    commit: Option<String>,
    performed_on: Option<String>,
    author_time: Option<String>,
    committer_time: Option<String>,
    landed_at: String,
    performed_by: Option<String>,
    reviewed_by: Option<String>,
    altered: bool,
    result: Option<&'static str>,
    proof: ProofView,
}

#[derive(Serialize, JsonSchema)]
struct PopulationView {
    id: String,
    rule: String,
    count: usize,
    digest: String,
    command: String,
}

#[derive(Serialize, JsonSchema)]
struct FindingView {
    code: &'static str,
    severity: String,
    subject: String,
    message: String,
    hint: String,
    place: Option<PlaceView>,
    commits: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct PlaceView {
    path: String,
    /// From 1; 0: the file as a whole.
    line: u32,
    /// From 1, in characters; 0: the line as a whole.
    column: u32,
}

#[derive(Serialize, JsonSchema)]
struct GapView {
    rank: usize,
    subject: String,
    /// The code of the finding behind it.
    finding: &'static str,
    message: String,
    why: String,
    owner: Option<String>,
    due: Option<String>,
    recoverable: RecoverableView,
    action: String,
    file: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct RecoverableView {
    /// `not_in_window`, `until` or `anytime`.
    kind: &'static str,
    until: Option<String>,
}

/// What the document is made from.
pub struct Parts<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// Its history.
    pub history: &'a History,
    /// Its records through history.
    pub timelines: &'a Timelines,
    /// What was judged.
    pub assessment: &'a Assessment,
    /// Whether the tip was read, not the working directory.
    pub committed: bool,
}

/// The document of one assessment.
pub fn assessment_document(parts: &Parts<'_>) -> AssessmentDocument {
    let Parts { programme, history, assessment, committed, .. } = parts;
    let zone = programme.config.organization.zone;
    let window = assessment.window;
    let manifests = manifests_of(programme);
    AssessmentDocument {
        schema: SCHEMA,
        tool: Tool { name: "tickmark", version: env!("CARGO_PKG_VERSION") },
        tip: history.tip.map(|tip| tip.to_string()),
        branch: history.branch.clone(),
        committed: *committed,
        as_of: zone.text(assessment.as_of),
        timezone: zone.name().to_owned(),
        window: WindowView { start: day(window.range.first), end: day(window.range.last), report: word(&window.report) },
        history: history_view(history),
        controls: assessment.controls.iter().map(|control| control_view(control, parts, zone, &manifests)).collect(),
        requirements: assessment.requirements.iter().map(|line| requirement_view(line, programme)).collect(),
        policies: assessment.documents.iter().map(|document| document_view(document, parts)).collect(),
        populations: assessment.populations.iter().map(population_view).collect(),
        findings: assessment.findings.iter().map(finding_view).collect(),
        gaps: assessment.gaps.iter().map(gap_view).collect(),
    }
}

/// The JSON Schema (draft-07) of the document.
pub fn assessment_schema() -> serde_json::Value {
    let generator = schemars::generate::SchemaSettings::draft07().into_generator();
    generator.into_root_schema_for::<AssessmentDocument>().into()
}

fn history_view(history: &History) -> HistoryView {
    HistoryView {
        complete: history.is_complete(),
        reasons: history
            .missing
            .iter()
            .map(|reason| ReasonView { kind: reason.kind, message: reason.message.clone(), command: reason.command.clone() })
            .collect(),
        commits: history.nodes.len(),
        mainline: history.mainline.len(),
        skipped: history.skipped.iter().map(|skipped| SkippedView { what: skipped.what.clone(), why: skipped.why.clone() }).collect(),
    }
}

/// The paths of the manifests that name each control, in the order of their ids.
fn manifests_of(programme: &Programme) -> BTreeMap<&ControlId, Vec<String>> {
    let mut found: BTreeMap<&ControlId, Vec<String>> = BTreeMap::new();
    for record in programme.evidence.values() {
        let once = record.controls.iter().enumerate().filter(|(at, id)| !record.controls[..*at].contains(id));
        once.for_each(|(_, id)| found.entry(id).or_default().push(record.origin.path.to_string()));
    }
    found
}

fn control_view(control: &ControlAssessment, parts: &Parts<'_>, zone: Zone, manifests: &BTreeMap<&ControlId, Vec<String>>) -> ControlView {
    let ControlAssessment { id, design, operation, proof, obligations, freshness, in_place, forecast, .. } = control;
    let stated = parts.programme.controls.get(id);
    ControlView {
        id: id.to_string(),
        title: stated.map(|control| control.title.clone()).unwrap_or_default(),
        owner: stated.and_then(|control| control.owner.as_ref()).map(ToString::to_string),
        design: word(design),
        operation: word(operation),
        proof: proof_view(*proof),
        freshness: freshness_view(freshness),
        in_place: in_place.iter().map(|range| [day(range.first), day(range.last)]).collect(),
        forecast: forecast.clone(),
        obligations: obligations.iter().map(|obligation| obligation_view(obligation, parts.programme, zone)).collect(),
        requirements: stated.map(|control| requirements_of(&control.satisfies)).unwrap_or_default(),
        policies: stated.map(|control| texts(&control.policies)).unwrap_or_default(),
        evidence: manifests.get(id).cloned().unwrap_or_default(),
    }
}

fn requirements_of(satisfies: &crate::model::Mapping) -> BTreeMap<String, Vec<String>> {
    satisfies.iter().map(|(framework, ids)| (framework.to_string(), texts(ids))).collect()
}

fn obligation_view(obligation: &Obligation, programme: &Programme, zone: Zone) -> ObligationView {
    let Obligation { period, due, grace_until, outcome, reason, record, waiver, range: _ } = obligation;
    ObligationView {
        period: period.to_string(),
        due: day(*due),
        grace_until: day(*grace_until),
        outcome: outcome.name(),
        reason: reason.clone(),
        waiver: waiver.as_ref().map(ToString::to_string),
        record: record.as_ref().map(|record| record_view(record, programme, zone)),
    }
}

fn record_view(record: &Performance, programme: &Programme, zone: Zone) -> RecordView {
    RecordView {
        id: record.evidence.to_string(),
        path: record.path.to_string(),
        blob: record.blob.to_string(),
        commit: record.commit.map(|commit| commit.to_string()),
        performed_on: record.performed_on.map(day),
        author_time: record.author_time.map(|time| time.text()),
        committer_time: record.committer_time.map(|time| time.text()),
        landed_at: zone.text(record.landed_at),
        performed_by: record.performed_by.clone(),
        reviewed_by: record.reviewed_by.clone(),
        altered: record.altered,
        result: programme.evidence.get(&record.evidence).map(|evidence| match evidence.result {
            EvidenceResult::Pass => "pass",
            EvidenceResult::PassWithExceptions => "pass_with_exceptions",
            EvidenceResult::Fail => "fail",
            EvidenceResult::Nil => "nil",
        }),
        proof: proof_view(record.proof),
    }
}

fn proof_view(proof: Proof) -> ProofView {
    let Proof { identity, time, review, completeness } = proof;
    ProofView { identity, time, review, completeness }
}

fn freshness_view(freshness: &Freshness) -> FreshnessView {
    let (state, date) = match freshness {
        Freshness::NotAsked => ("not_asked", None),
        Freshness::Never => ("never", None),
        Freshness::Fresh(date) => ("fresh", Some(*date)),
        Freshness::Expiring(date) => ("expiring", Some(*date)),
        Freshness::Stale(date) => ("stale", Some(*date)),
    };
    FreshnessView { state, day: date.map(day) }
}

fn population_view(population: &Population) -> PopulationView {
    PopulationView {
        id: population.id.clone(),
        rule: population.rule.clone(),
        count: population.rows.len(),
        digest: population.digest.clone(),
        command: population.command.clone(),
    }
}

fn finding_view(finding: &Finding) -> FindingView {
    FindingView {
        code: finding.code,
        severity: finding.severity.word().to_owned(),
        subject: finding.subject.to_string(),
        message: finding.message.clone(),
        hint: finding.hint.clone(),
        place: finding.place.as_ref().map(|place| PlaceView { path: place.path.to_string(), line: place.line, column: place.column }),
        commits: finding.commits.iter().map(ToString::to_string).collect(),
    }
}

fn gap_view(gap: &Gap) -> GapView {
    let (kind, until) = match &gap.recoverable {
        Recoverable::NotInWindow => ("not_in_window", None),
        Recoverable::Until(date) => ("until", Some(day(*date))),
        Recoverable::Anytime => ("anytime", None),
    };
    GapView {
        rank: gap.rank,
        subject: gap.subject.to_string(),
        finding: gap.code,
        message: gap.message.clone(),
        why: gap.why.clone(),
        owner: gap.owner.as_ref().map(ToString::to_string),
        due: gap.due.map(day),
        recoverable: RecoverableView { kind, until },
        action: gap.action.clone(),
        file: gap.file.as_ref().map(ToString::to_string),
    }
}

fn day(date: Date) -> String {
    date.to_string()
}

fn texts<T: ToString>(ids: &[T]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

/// The serialized name of a unit variant (`in_place`); every enum here is one.
fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
