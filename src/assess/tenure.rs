//! Tenure: which version of a control ruled which days, and on which days the mainline held it as in place.
//!
//! A version rules from the day on which it landed; of several on one day the last one rules. A date in a file that lies
//! before its landing changes nothing about the days before: `effective_from` and `retired_on` cannot reach into the past.

use super::ground::Ground;
use crate::{
    date::{Date, DateRange, Instant, add_days, long_date},
    model::{CommitIx, Control, ControlStatus, Timeline},
};

/// One version of a control and the days it ruled.
#[derive(Clone, Copy)]
pub struct Segment<'a> {
    /// The first day; for the first version the day it landed.
    pub first: Date,
    /// The last day; the calendar's end for the version that still rules.
    pub last: Date,
    /// The control as this version states it.
    pub control: &'a Control,
}

/// A control through time.
pub struct Tenure<'a> {
    /// Its versions in order; at least one. Versions that cannot be read change nothing.
    pub segments: Vec<Segment<'a>>,
    /// The days on which it was in place and effective, merged and in order; open ends reach to the calendar's end.
    pub in_place: Vec<DateRange>,
    /// Whether the first landing is the true one; if not, the control may have been in place before.
    pub sure: bool,
}

impl<'a> Tenure<'a> {
    /// Reads a control's versions. `tip` stands for a control that has no timeline: it counts from the as-of.
    pub fn read(ground: &Ground<'a>, timeline: Option<&'a Timeline<Control>>, tip: &'a Control) -> Self {
        let versions = timeline.map_or(&[][..], |timeline| &timeline.versions);
        let mut landed: Vec<(Instant, Option<CommitIx>, &Control)> = versions
            .iter()
            .filter_map(|version| version.record.as_ref().map(|control| (version.landed, version.landed_in, control)))
            .collect();
        if landed.is_empty() {
            landed.push((ground.as_of, None, tip));
        }
        let sure = ground.landing_is_sure(landed[0].1);
        let end = timeline.and_then(|timeline| timeline.removed).map_or(Date::MAX, |(removed, _)| add_days(ground.day(removed), -1));
        let mut segments: Vec<Segment<'_>> = Vec::with_capacity(landed.len());
        for (at, _, control) in landed {
            let first = ground.day(at);
            while segments.last().is_some_and(|before| before.first >= first) {
                segments.pop();
            }
            if let Some(before) = segments.last_mut() {
                before.last = add_days(first, -1);
            }
            segments.push(Segment { first, last: end.max(first), control });
        }
        let in_place = merged(segments.iter().filter_map(in_place_days).collect());
        Self { segments, in_place, sure }
    }

    /// The version that ruled a day; before the first landing the first one.
    pub fn ruling(&self, day: Date) -> &Segment<'a> {
        self.segments.iter().rev().find(|segment| segment.first <= day).unwrap_or(&self.segments[0])
    }

    /// Whether the control was in place on a day.
    pub fn in_place_on(&self, day: Date) -> bool {
        self.in_place.iter().any(|days| days.contains(day))
    }

    /// The first day from which the control is in place on or after `day`, itself included.
    pub fn in_place_from(&self, day: Date) -> Option<Date> {
        self.in_place.iter().find(|days| days.last >= day).map(|days| days.first.max(day))
    }

    /// Whether the control was in place on any day of a range.
    pub fn touches(&self, range: DateRange) -> bool {
        self.in_place.iter().any(|days| days.intersection(range).is_some())
    }

    /// Why the control was not in place on a day, as a part of a sentence.
    pub fn absence(&self, ground: &Ground<'_>, day: Date) -> String {
        let first = &self.segments[0];
        if day < first.first {
            let begun = ground.first_landing_day().filter(|begun| ground.window.range.contains(*begun) && *begun == first.first);
            return match begun {
                Some(begun) => format!(
                    "the history of this programme begins on {}, inside the window: what was done before cannot be seen here",
                    long_date(begun)
                ),
                None => format!("the mainline did not hold the control before {}", long_date(first.first)),
            };
        }
        let segment = self.ruling(day);
        if day > segment.last {
            return format!("the control was removed after {}", long_date(segment.last));
        }
        let control = segment.control;
        match (control.status, control.effective_from, control.retired_on) {
            (ControlStatus::InPlace, Some(from), _) if day < from => format!("the control takes effect on {}", long_date(from)),
            (ControlStatus::InPlace, _, Some(retired)) if day >= retired => format!("the control is retired from {}", long_date(retired)),
            (ControlStatus::Retired, ..) => format!("the control stood as retired on {}", long_date(day)),
            (ControlStatus::Drafted, ..) => format!("the control stood as drafted on {}", long_date(day)),
            _ => format!("the control stood as approved, not yet in place, on {}", long_date(day)),
        }
    }
}

fn in_place_days(segment: &Segment<'_>) -> Option<DateRange> {
    let control = segment.control;
    if control.status != ControlStatus::InPlace || control.not_applicable.is_some() {
        return None;
    }
    let first = control.effective_from.map_or(segment.first, |from| from.max(segment.first));
    let last = control.retired_on.map_or(segment.last, |retired| segment.last.min(add_days(retired, -1)));
    DateRange::new(first, last)
}

/// Joins ranges that touch or overlap; the result is in order.
pub fn merged(mut ranges: Vec<DateRange>) -> Vec<DateRange> {
    ranges.sort();
    let mut joined: Vec<DateRange> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(before) if range.first <= add_days(before.last, 1) => before.last = before.last.max(range.last),
            _ => joined.push(range),
        }
    }
    joined
}

/// The days of `whole` that no range of `parts` (merged, in order) holds.
pub fn without(whole: DateRange, parts: &[DateRange]) -> Vec<DateRange> {
    let mut rest = Vec::new();
    let mut next = whole.first;
    for part in parts.iter().filter_map(|part| part.intersection(whole)) {
        rest.extend(DateRange::new(next, add_days(part.first, -1)));
        next = next.max(add_days(part.last, 1));
        if part.last == Date::MAX {
            return rest;
        }
    }
    rest.extend(DateRange::new(next, whole.last));
    rest
}
