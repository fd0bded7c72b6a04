//! Matching: which record answers which obligation. One record answers at most one obligation of a control, and one
//! obligation is answered by at most one record.
//!
//! The declared period decides; without one the day of the performance does. A record that was performed or landed before
//! its period began does not count. Of several the one that landed first answers; the rest are additional.

use std::collections::BTreeMap;

use super::{
    Unmatched, UnmatchedRecord,
    ground::Ground,
    records::{Accepted, Record, Records, is_dated_ahead},
    schedule::Expected,
};
use crate::{
    date::{Cadence, Date, DateRange, long_date},
    id::ControlId,
    model::{Control, Evidence},
};

/// A record with the landing at which it was accepted for one control.
pub struct Answer<'s, 'a> {
    /// The record.
    pub record: &'s Record<'a>,
    /// Its landing.
    pub accepted: Accepted,
}

/// What became of the records of one control.
pub struct Matched<'s, 'a> {
    /// For each obligation the record that answers it.
    pub answers: Vec<Option<Answer<'s, 'a>>>,
    /// For each obligation whether a record for it is there whose landing lies after the as-of.
    pub ahead: Vec<bool>,
    /// Records inside the window of a control without obligations by the calendar, by landing.
    pub occurrences: Vec<Answer<'s, 'a>>,
    /// Records that answer nothing, by id.
    pub unmatched: Vec<UnmatchedRecord>,
}

/// The records of a control, those that landed first in front.
pub fn candidates<'s, 'a>(ground: &Ground<'a>, records: &'s Records<'a>, control: &ControlId) -> Vec<Answer<'s, 'a>> {
    let mut found: Vec<Answer<'_, '_>> =
        records.of(control).map(|record| Answer { record, accepted: records.accepted(ground, record, control) }).collect();
    found.sort_by(|a, b| {
        (a.accepted.landed, a.accepted.landed_in, &a.record.evidence.id).cmp(&(
            b.accepted.landed,
            b.accepted.landed_in,
            &b.record.evidence.id,
        ))
    });
    found
}

/// The days of the performances that a rolling cadence counts from, in order.
pub fn performances(ground: &Ground<'_>, candidates: &[Answer<'_, '_>]) -> Vec<Date> {
    let mut days: Vec<Date> = candidates
        .iter()
        .filter(|answer| answer.record.corrected_by.is_none() && answer.accepted.landed <= ground.as_of)
        .filter(|answer| !is_dated_ahead(answer.record.evidence, &answer.accepted))
        .filter_map(|answer| answer.record.evidence.performed_on)
        .collect();
    days.sort();
    days.dedup();
    days
}

/// Matches the candidates of a control with its obligations. `control` is the control as the tip states it.
pub fn matched<'s, 'a>(ground: &Ground<'a>, control: &Control, expected: &[Expected], candidates: Vec<Answer<'s, 'a>>) -> Matched<'s, 'a> {
    let slots = Slots::new(expected);
    let mut result = Matched {
        answers: expected.iter().map(|_| None).collect(),
        ahead: vec![false; expected.len()],
        occurrences: Vec::new(),
        unmatched: Vec::new(),
    };
    for answer in candidates {
        match place(ground, control, expected, &slots, &answer) {
            Ok(Place::Occurrence) => result.occurrences.push(answer),
            Ok(Place::Obligation(at)) if answer.accepted.landed > ground.as_of => {
                result.ahead[at] = true;
                let landed = ground.when(answer.accepted.landed);
                let reason = format!("it landed on {landed}, after the instant of this assessment");
                result.unmatched.push(unmatched(&answer, Unmatched::Ahead, reason));
            }
            Ok(Place::Obligation(at)) => match &result.answers[at] {
                None => result.answers[at] = Some(answer),
                Some(first) => {
                    let reason = format!(
                        "the obligation for {} is answered by {}, which landed first",
                        expected[at].period,
                        first.record.evidence.name()
                    );
                    result.unmatched.push(unmatched(&answer, Unmatched::Additional, reason));
                }
            },
            Err((kind, reason)) => result.unmatched.push(unmatched(&answer, kind, reason)),
        }
    }
    result.unmatched.sort_by(|a, b| a.evidence.cmp(&b.evidence));
    result
}

fn unmatched(answer: &Answer<'_, '_>, kind: Unmatched, reason: String) -> UnmatchedRecord {
    UnmatchedRecord { evidence: answer.record.evidence.id.clone(), kind, reason }
}

/// Obligations by their days, so that a record finds its own without looking at all of them.
struct Slots {
    by_range: BTreeMap<DateRange, usize>,
    by_performance: BTreeMap<Date, usize>,
    by_first_day: BTreeMap<Date, usize>,
}

impl Slots {
    fn new(expected: &[Expected]) -> Self {
        let calendar = || expected.iter().enumerate().filter(|(_, slot)| slot.basis.is_none());
        Self {
            by_range: expected.iter().enumerate().map(|(at, slot)| (slot.range, at)).collect(),
            by_performance: expected.iter().enumerate().filter_map(|(at, slot)| slot.performed.map(|day| (day, at))).collect(),
            by_first_day: calendar().map(|(at, slot)| (slot.range.first, at)).collect(),
        }
    }

    /// The calendar obligation whose period holds the day. Where periods of two frequencies overlap, the one that begins last.
    fn holding(&self, expected: &[Expected], day: Date) -> Option<usize> {
        self.by_first_day.range(..=day).rev().take(3).map(|(_, &at)| at).find(|&at| expected[at].range.contains(day))
    }
}

enum Place {
    Obligation(usize),
    Occurrence,
}

fn place(
    ground: &Ground<'_>,
    control: &Control,
    expected: &[Expected],
    slots: &Slots,
    answer: &Answer<'_, '_>,
) -> Result<Place, (Unmatched, String)> {
    let evidence = answer.record.evidence;
    if let Some(by) = answer.record.corrected_by {
        return Err((
            Unmatched::Superseded,
            format!("it is corrected by {}", ground.programme.evidence.get(by).map_or_else(|| by.to_string(), Evidence::name)),
        ));
    }
    let declared = evidence.period.map(|period| ground.range(period));
    let found = declared.and_then(|range| slots.by_range.get(&range).copied()).or_else(|| {
        let by_day = evidence.performed_on.and_then(|day| slots.by_performance.get(&day).copied());
        let held = || evidence.performed_on.filter(|_| declared.is_none()).and_then(|day| slots.holding(expected, day));
        by_day.or_else(held)
    });
    match found {
        Some(at) => {
            early(ground, evidence, &answer.accepted, &expected[at])?;
            Ok(Place::Obligation(at))
        }
        None if expected.is_empty() && is_without_calendar(control) => occurrence(ground, evidence, &answer.accepted, declared),
        None => Err(why_none(ground, control, evidence, declared)),
    }
}

fn is_without_calendar(control: &Control) -> bool {
    matches!(control.frequency, None | Some(Cadence::Continuous | Cadence::PerEvent))
}

fn early(ground: &Ground<'_>, evidence: &Evidence, accepted: &Accepted, slot: &Expected) -> Result<(), (Unmatched, String)> {
    let first = slot.range.first;
    if let Some(day) = evidence.performed_on.filter(|day| *day < first) {
        let reason = format!("it was performed on {}, before its period {} began on {}", long_date(day), slot.period, long_date(first));
        return Err((Unmatched::Early, reason));
    }
    // A rolling stretch begins the day after a performance; its own record may land on that day too.
    if slot.basis.is_none() && accepted.landed < ground.zone.start_of(first) {
        let landed = ground.when(accepted.landed);
        return Err((Unmatched::Early, format!("it landed on {landed}, before its period {} began on {}", slot.period, long_date(first))));
    }
    Ok(())
}

fn occurrence(
    ground: &Ground<'_>,
    evidence: &Evidence,
    accepted: &Accepted,
    declared: Option<DateRange>,
) -> Result<Place, (Unmatched, String)> {
    let window = ground.window.range;
    let inside = match (evidence.performed_on, declared) {
        (Some(day), _) => window.contains(day),
        (None, Some(range)) => range.intersection(window).is_some(),
        (None, None) => return Err((Unmatched::Undated, "it says neither a period nor the day of the performance".to_owned())),
    };
    if accepted.landed > ground.as_of {
        return Err((Unmatched::Ahead, format!("it landed on {}, after the instant of this assessment", ground.when(accepted.landed))));
    }
    if inside { Ok(Place::Occurrence) } else { Err((Unmatched::NoCalendar, "its days lie outside the window".to_owned())) }
}

fn why_none(ground: &Ground<'_>, control: &Control, evidence: &Evidence, declared: Option<DateRange>) -> (Unmatched, String) {
    let (window, fiscal) = (ground.window.range, ground.calendar.fiscal_month);
    let phrase = control.frequency.map_or("not at any interval".to_owned(), Cadence::phrase);
    match (evidence.period, declared, evidence.performed_on) {
        (Some(period), Some(range), _) => {
            let usual = control.frequency.and_then(|cadence| cadence.period_of(range.first, fiscal)).map(|usual| ground.range(usual));
            if let Some(from) = control.effective_from.filter(|from| range.last < *from) {
                let reason = format!("its period {period} ended before the control takes effect on {}", long_date(from));
                return (Unmatched::OutsideWindow, reason);
            }
            if usual.is_some_and(|usual| usual == range) {
                return (Unmatched::OutsideWindow, format!("its period {period} is not due in the window"));
            }
            if range.intersection(window).is_none() {
                return (Unmatched::OutsideWindow, format!("its period {period} lies outside the window"));
            }
            (Unmatched::OtherPeriod, format!("it is declared for {period}, but the control is expected {phrase}"))
        }
        (_, _, Some(day)) if window.contains(day) => {
            (Unmatched::OtherPeriod, format!("no obligation of the window holds the day {}", long_date(day)))
        }
        (_, _, Some(day)) => (Unmatched::OutsideWindow, format!("it was performed on {}, outside the window", long_date(day))),
        _ => (Unmatched::Undated, "it says neither a period nor the day of the performance".to_owned()),
    }
}
