//! One control judged: its obligations with their outcomes, its operation so far, its freshness, its owner, its changes.

use super::{
    ControlAssessment, Freshness, Obligation, Operation, Outcome, Performance,
    changes::control_changes,
    forecast,
    ground::Ground,
    matching::{Answer, candidates, matched, performances},
    outcomes::{Case, judge, performance},
    owners, records,
    records::{Record, Records},
    schedule::{self, Expected},
    status,
    tenure::Tenure,
};
use crate::{
    date::{Cadence, Date, DateRange, add_days},
    id::ControlId,
    model::{Control, EvidenceResult, Timeline},
    proof::Proof,
};

/// Judges one control as the tip states it, or as its last version stated it where the tip no longer has it.
pub fn judge_control<'a>(
    ground: &Ground<'a>,
    records: &Records<'a>,
    id: &'a ControlId,
    timeline: Option<&'a Timeline<Control>>,
    tip: &'a Control,
) -> ControlAssessment {
    let tenure = Tenure::read(ground, timeline, tip);
    let found = candidates(ground, records, id);
    let freshness = freshness(ground, tip, &found);
    let last_performed = performances(ground, &found).last().copied();
    let expected = schedule::expected(ground, &tenure, &performances(ground, &found));
    let matched = matched(ground, tip, &expected, found);
    let obligations: Vec<Obligation> = expected
        .iter()
        .enumerate()
        .map(|(at, slot)| {
            let case = Case { control: id, expected: slot, answer: matched.answers[at].as_ref(), ahead: matched.ahead[at] };
            obligation(ground, records, &case)
        })
        .collect();
    let occurrences: Vec<Performance> = matched.occurrences.iter().map(|answer| performance(ground, answer)).collect();
    let in_place = ground.window_so_far().map_or(Vec::new(), |so_far| within(&tenure.in_place, so_far));
    let counted = || obligations.iter().filter_map(|obligation| obligation.record.as_ref()).chain(&occurrences);
    ControlAssessment {
        id: id.clone(),
        design: status::design(tip),
        operation: operation(tip, &obligations, &occurrences, &in_place),
        proof: counted().map(|record| record.proof).reduce(Proof::weaker).unwrap_or_default(),
        forecast: forecast::forecast(ground, tip, &tenure, &obligations, &occurrences, last_performed),
        unmatched: matched.unmatched,
        freshness,
        without_owner: owners::without_owner(ground, &tenure),
        changes: control_changes(ground, timeline),
        in_place,
        obligations,
        occurrences,
    }
}

fn obligation<'a>(ground: &Ground<'a>, records: &Records<'a>, case: &Case<'_, 'a>) -> Obligation {
    let verdict = judge(ground, records, case);
    let Expected { period, range, due, grace_until, .. } = case.expected;
    Obligation {
        period: *period,
        range: *range,
        due: *due,
        grace_until: *grace_until,
        outcome: verdict.outcome,
        reason: verdict.reason,
        record: case.answer.map(|answer| performance(ground, answer)),
        waiver: verdict.waiver,
    }
}

/// The worst thing history shows, by the order of [`Operation`].
fn operation(control: &Control, obligations: &[Obligation], occurrences: &[Performance], in_place: &[DateRange]) -> Operation {
    let of_obligations = obligations.iter().map(|obligation| {
        let failed = obligation.record.as_ref().is_some_and(|record| record.failed);
        by_outcome(obligation.outcome).min(if failed { Operation::DeviationNoted } else { Operation::NotApplicable })
    });
    let of_occurrences = occurrences.iter().map(|record| match record {
        record if record.failed => Operation::DeviationNoted,
        record if record.result == EvidenceResult::Nil => Operation::NoOccurrence,
        _ => Operation::EffectiveSoFar,
    });
    let none = if control.not_applicable.is_some() {
        Operation::NotApplicable
    } else if in_place.is_empty() {
        Operation::NotInPlace
    } else if matches!(control.frequency, None | Some(Cadence::Continuous | Cadence::PerEvent)) {
        Operation::NoObligations
    } else {
        Operation::NotYetDue
    };
    of_obligations.chain(of_occurrences).min().unwrap_or(none)
}

fn by_outcome(outcome: Outcome) -> Operation {
    match outcome {
        Outcome::Missed => Operation::Missed,
        Outcome::LateBeyondGrace => Operation::DeviationNoted,
        Outcome::Unknown => Operation::Unknown,
        Outcome::Late => Operation::Late,
        Outcome::DueSoon => Operation::DueSoon,
        Outcome::OnTime => Operation::EffectiveSoFar,
        Outcome::NoOccurrence => Operation::NoOccurrence,
        Outcome::Waived => Operation::Waived,
        Outcome::NotYetDue => Operation::NotYetDue,
        Outcome::NotInPlace => Operation::NotInPlace,
        Outcome::NotApplicable => Operation::NotApplicable,
    }
}

/// How fresh the newest evidence is, from the day its data was taken out, else the day of the performance (GT-13).
fn freshness(ground: &Ground<'_>, control: &Control, found: &[Answer<'_, '_>]) -> Freshness {
    let Some(ttl) = control.ttl else { return Freshness::NotAsked };
    let newest = found
        .iter()
        .filter(|answer| answer.accepted.landed <= ground.as_of)
        .filter_map(|answer| refreshed_on(ground, answer.record))
        .filter(|day| *day <= add_days(ground.today, 1))
        .max();
    let Some(newest) = newest else { return Freshness::Never };
    let until = ttl.after(newest, ground.calendar);
    let warn = ground.programme.config.assumptions.due_soon.after(ground.today, ground.calendar);
    if ground.today > until {
        Freshness::Stale(add_days(until, 1))
    } else if until <= warn {
        Freshness::Expiring(until)
    } else {
        Freshness::Fresh(until)
    }
}

/// The day a record's data is from. A version that changes only dates keeps the day of the version before.
fn refreshed_on(ground: &Ground<'_>, record: &Record<'_>) -> Option<Date> {
    let versions: Vec<_> = record
        .timeline
        .map_or(&[][..], |timeline| &timeline.versions)
        .iter()
        .filter(|version| version.landed <= ground.as_of)
        .filter_map(|version| version.record.as_ref())
        .collect();
    let mut day = None;
    for (at, version) in versions.iter().enumerate() {
        if at == 0 || !records::only_dates_differ(versions[at - 1], version) {
            let extracted = version.source.as_ref().and_then(|source| source.extracted_at);
            day = extracted.map(|instant| ground.day(instant)).or(version.performed_on);
        }
    }
    let tip = record.evidence;
    let said = || tip.source.as_ref().and_then(|source| source.extracted_at).map(|instant| ground.day(instant)).or(tip.performed_on);
    if versions.is_empty() { said() } else { day }
}

/// The parts of merged ranges that lie in a range.
fn within(ranges: &[DateRange], whole: DateRange) -> Vec<DateRange> {
    ranges.iter().filter_map(|range| range.intersection(whole)).collect()
}
