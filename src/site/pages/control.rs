//! One control: what it is, the ledger of its periods, and what speaks for and against it.

use std::sync::Arc;

use serde::Serialize;

use super::{
    controls::{due_sentence, proof},
    elsewhere::{CouldServe, Serves, could_serve, serves},
    frame_under, page,
    policy::{link_map, prose},
};
use crate::{
    assess::{ControlAssessment, Freshness, Performance},
    date::{Date, DateRange, days_between, long_date},
    diag::Subject,
    id::{ControlId, EvidenceId},
    model::{Control, ControlKind},
    site::{
        Page,
        links::{At, days},
        nav::Frame,
        shelf::{Due, Shelf},
        view::{CommitView, FindingRow, GapRow, Link, Mark, ObligationRow, ProofView, Time, capitalised, counted, lapse_words, said},
    },
};

/// A control's page names no more records outside its ledger than this; the list of evidence has all.
const RECORDS_NAMED: usize = 200;

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct ControlPage {
    /// What stands around it.
    pub frame: Frame,
    /// The control's id.
    pub id: String,
    /// Whether it is key.
    pub key: bool,
    /// Done by people or by a machine.
    pub kind: &'static str,
    /// Who answers for it.
    pub owner: Option<Link>,
    /// How often, and the days around it, as a sentence.
    pub cadence: String,
    /// In place since, and until, as a sentence; empty when the file does not say.
    pub effective: String,
    /// How many independent people besides the performer.
    pub approvals: String,
    /// Its design.
    pub design: Mark,
    /// Its operation in the window.
    pub operation: Mark,
    /// `3 of 4 performed (1 not yet due, 0 unknown)`.
    pub due: String,
    /// The weakest proof among the records that count; `None` without any.
    pub proof: Option<ProofView>,
    /// How fresh its newest evidence is, as a sentence.
    pub freshness: String,
    /// Why it does not apply; empty when it does.
    pub not_applicable: String,
    /// The description, as safe HTML.
    pub description_html: String,
    /// The sentence that the trust page may show; empty when there is none.
    pub public: String,
    /// The requirements it serves, by framework.
    pub serves: Vec<Serves>,
    /// Lines that it could serve too, by the crosswalks.
    pub could_serve: Vec<CouldServe>,
    /// The documents that ask for it.
    pub policies: Vec<Link>,
    /// The risks it reduces.
    pub risks: Vec<Link>,
    /// The ledger: every obligation with its outcome.
    pub ledger: Vec<ObligationRow>,
    /// Records of a control that the calendar gives no obligations.
    pub occurrences: Vec<OccurrenceRow>,
    /// Records that answer no obligation, with the reason.
    pub unmatched: Vec<UnmatchedRow>,
    /// How many more records stand in the list of evidence only, as a link to it; `None` when all are named.
    pub more_records: Option<Link>,
    /// Changes of the control inside the window.
    pub changes: Vec<ChangeRow>,
    /// The window, drawn: where the control was in place.
    pub bar: Vec<BarPart>,
    /// The same as sentences.
    pub in_place: Vec<String>,
    /// Stretches without an owner, as sentences.
    pub without_owner: Vec<String>,
    /// What the window will show when nothing changes; safe HTML, empty when that is not worth a warning.
    pub forecast_html: String,
    /// Its gaps.
    pub gaps: Vec<GapRow>,
    /// Its findings.
    pub findings: Vec<FindingRow>,
    /// The file that holds it.
    pub file: String,
}

/// A record outside the calendar.
#[derive(Clone, Debug, Serialize)]
pub struct OccurrenceRow {
    /// The record.
    pub record: Link,
    /// When it landed.
    pub landed: Time,
    /// The mainline commit that landed it.
    pub commit: Option<CommitView>,
}

/// A record that answers no obligation.
#[derive(Clone, Debug, Serialize)]
pub struct UnmatchedRow {
    /// The record.
    pub record: Link,
    /// Why it answers none; safe HTML.
    pub reason_html: String,
}

/// A change of the control inside the window.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeRow {
    /// When it landed.
    pub landed: Time,
    /// What changed; safe HTML.
    pub what_html: String,
    /// Whether it loosens what is expected.
    pub loosens: bool,
    /// The mainline commit that brought it.
    pub commit: CommitView,
}

/// A part of the drawn window.
#[derive(Clone, Debug, Serialize)]
pub struct BarPart {
    /// Its start, from 0 to 1000.
    pub x: String,
    /// Its width, up to 1000.
    pub width: String,
}

/// Plans the pages.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    let ids: Vec<&'a ControlId> = shelf.input.assessment.controls.iter().map(|control| &control.id).collect();
    ids.into_iter()
        .filter_map(|id| {
            let path = shelf.routes.control(id)?.to_owned();
            Some(page(shelf, path, "control.html", move |at| Ok(control(at, at.shelf.controls[id]))))
        })
        .collect()
}

fn control<'a>(at: At<'_, 'a>, judged: &'a ControlAssessment) -> ControlPage {
    let programme = at.shelf.input.programme;
    let record = programme.controls.get(&judged.id);
    let window = at.shelf.input.assessment.window.range;
    let subject = Subject::Control(judged.id.clone());
    let title = record.map_or_else(|| format!("Control {}", judged.id), |control| control.title.clone());
    let from_record = |text: fn(&Control) -> String| record.map_or_else(String::new, text);
    ControlPage {
        frame: frame_under(at, "controls.html", "Controls", title),
        id: judged.id.to_string(),
        key: record.is_some_and(|control| control.key),
        kind: record.map_or("", |control| match control.kind {
            ControlKind::Manual => "done by people",
            ControlKind::Automated => "done by a machine",
        }),
        owner: record.and_then(|control| control.owner.as_ref()).map(|owner| at.owner(owner)),
        cadence: from_record(cadence),
        effective: from_record(effective),
        approvals: from_record(|control| control.approvals.to_string()),
        design: Mark::design(judged.design),
        operation: Mark::operation(judged.operation),
        due: due_sentence(judged),
        proof: proof(judged),
        freshness: freshness(at, &judged.freshness),
        not_applicable: from_record(|control| control.not_applicable.clone().unwrap_or_default()),
        description_html: record.map_or_else(String::new, |control| prose(&control.description, "about-", 3, &link_map(at, &control.origin.path)).html),
        public: from_record(|control| control.public.clone().unwrap_or_default()),
        serves: record.map_or_else(Vec::new, |control| serves(at, &control.satisfies)),
        could_serve: record.map_or_else(Vec::new, |control| could_serve(at, control)),
        policies: record.map_or_else(Vec::new, |control| control.policies.iter().map(|id| at.document(id)).collect()),
        risks: risks(at, &judged.id),
        ledger: judged.obligations.iter().map(|obligation| at.obligation(Due { control: judged, obligation })).collect(),
        occurrences: judged.occurrences.iter().take(RECORDS_NAMED).map(|record| occurrence(at, record)).collect(),
        unmatched: judged.unmatched.iter().take(RECORDS_NAMED).map(|record| unmatched(at, &record.evidence, &record.reason)).collect(),
        more_records: more_records(at, judged),
        changes: judged.changes.iter().map(|change| self::change(at, change)).collect(),
        bar: judged.in_place.iter().filter_map(|part| bar_part(window, *part)).collect(),
        in_place: judged.in_place.iter().map(|part| days(*part)).collect(),
        without_owner: judged.without_owner.iter().map(|part| days(*part)).collect(),
        forecast_html: judged.forecast.as_deref().map(said).unwrap_or_default(),
        gaps: at.gaps_about(&subject),
        findings: at.findings_about(&subject),
        file: record.map_or_else(String::new, |control| format!("{}, line {}", control.origin.path, control.origin.line)),
    }
}

fn cadence(control: &Control) -> String {
    let Some(frequency) = control.frequency else { return String::new() };
    let mut words = capitalised(&frequency.phrase());
    if control.due != crate::date::Lapse::ZERO {
        words.push_str(&format!(", due {} after the period", lapse_words(control.due)));
    }
    if control.grace != crate::date::Lapse::ZERO {
        words.push_str(&format!(", {} of grace", lapse_words(control.grace)));
    }
    words
}

fn effective(control: &Control) -> String {
    match (control.effective_from, control.retired_on) {
        (Some(from), Some(to)) => format!("From {} until {}", long_date(from), long_date(to)),
        (Some(from), None) => format!("From {}", long_date(from)),
        (None, Some(to)) => format!("Until {}", long_date(to)),
        (None, None) => String::new(),
    }
}

fn freshness(at: At<'_, '_>, freshness: &Freshness) -> String {
    let day = |words: &str, day: &Date| format!("{words} {} ({})", long_date(*day), at.distance(*day));
    match freshness {
        Freshness::NotAsked => String::new(),
        Freshness::Never => "none yet".to_owned(),
        Freshness::Fresh(until) => day("Fresh until", until),
        Freshness::Expiring(until) => day("Fresh, but only until", until),
        Freshness::Stale(since) => day("Stale since", since),
    }
}

fn risks(at: At<'_, '_>, id: &ControlId) -> Vec<Link> {
    let risks = at.shelf.input.programme.risks.values().filter(|risk| risk.controls.contains(id));
    risks.map(|risk| at.subject(&Subject::Register("risk", risk.id.to_string()))).collect()
}

fn occurrence(at: At<'_, '_>, record: &Performance) -> OccurrenceRow {
    OccurrenceRow { record: at.evidence(&record.evidence), landed: at.instant(record.landed_at), commit: at.landing_commit(record) }
}

fn unmatched(at: At<'_, '_>, id: &EvidenceId, reason: &str) -> UnmatchedRow {
    UnmatchedRow { record: at.evidence(id), reason_html: said(reason) }
}

fn more_records(at: At<'_, '_>, judged: &ControlAssessment) -> Option<Link> {
    let beyond = |count: usize| count.saturating_sub(RECORDS_NAMED);
    let more = beyond(judged.occurrences.len()) + beyond(judged.unmatched.len());
    (more > 0).then(|| at.to("evidence.html", format!("{} in the list of evidence", counted(more, "more record", "more records"))))
}

fn change(at: At<'_, '_>, change: &crate::assess::ControlChange) -> ChangeRow {
    ChangeRow {
        landed: at.instant(at.shelf.input.history.landed(change.landed_in)),
        what_html: said(&change.what),
        loosens: change.loosens,
        commit: at.commit(change.landed_in),
    }
}

fn bar_part(window: DateRange, part: DateRange) -> Option<BarPart> {
    let shared = window.intersection(part)?;
    let permille = |days: i64| days * 1000 / window.days();
    let x = permille(days_between(window.first, shared.first));
    let end = permille(days_between(window.first, shared.last) + 1);
    Some(BarPart { x: x.to_string(), width: (end - x).max(1).to_string() })
}
