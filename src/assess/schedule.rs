//! Schedule: which performances of a control were expected in the window.
//!
//! A calendar period is expected under the version of the control that ruled the period's last day: its frequency, its due
//! offset, its grace. A relaxation in the middle of the window therefore never erases a period that had ended before it
//! landed, and never lengthens its grace. A rolling cadence (`P90D`) counts from the day of the performance before; the
//! first stretch from the last performance before the window, else from the first day in place, else from the window's
//! first day; after a stretch without a performance the next one counts from its end.
//!
//! Nothing was expected for a period that ended before the `effective_from`, or began after the `retired_on`, which the
//! mainline stated when the period's due day passed: such a period is no obligation at all. A period that a control claims
//! although the claim landed later, and one under a drafted or approved control, stay and are not in place.

use super::{
    ground::{Ground, LONGEST_WINDOW},
    tenure::{Segment, Tenure},
};
use crate::{
    date::{Cadence, Date, DateRange, Lapse, Period, add_days, days_between, long_date},
    model::{ControlStatus, EdgeRule, FirstPeriod},
};

/// One expected performance.
pub struct Expected {
    /// The period.
    pub period: Period,
    /// Its days.
    pub range: DateRange,
    /// The day it is due.
    pub due: Date,
    /// The last day of grace.
    pub grace_until: Date,
    /// What makes it expected, or not.
    pub standing: Standing,
    /// For a rolling cadence: from which day it counts, as a part of a sentence.
    pub basis: Option<String>,
    /// For a rolling cadence: the day of the performance that ends the stretch.
    pub performed: Option<Date>,
}

/// Whether a performance is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is.
    Expected,
    /// The period was already running when the control came into place, and `first_period` is `full`: a record in time
    /// counts, its absence does not. With the reason.
    Running(String),
    /// The control was not in place. With the reason.
    NotInPlace(String),
    /// The control may have been in place, but history does not reach back far enough. With the reason.
    Unseen(String),
    /// The control does not apply. With the reason.
    NotApplicable(String),
}

/// All obligations of a control in the window, by due day. `performed` holds the days of its performances, in order.
pub fn expected<'a>(ground: &Ground<'a>, tenure: &Tenure<'a>, performed: &[Date]) -> Vec<Expected> {
    if ground.window.range.days() > LONGEST_WINDOW {
        return Vec::new();
    }
    let mut list: Vec<Expected> = Vec::new();
    let mut anchor = None;
    for (at, segment) in tenure.segments.iter().enumerate() {
        anchor = match segment.control.frequency {
            Some(Cadence::Rolling(lapse)) => rolling(ground, tenure, at, lapse, performed, anchor, &mut list),
            Some(cadence) => {
                calendar(ground, tenure, at, cadence, &mut list);
                None
            }
            None => None,
        };
    }
    list.sort_by_key(|expected| (expected.due, expected.range));
    list
}

/// The days for which a version's terms hold: the first one is also asked about the days before it landed.
fn ruled_days(tenure: &Tenure<'_>, at: usize) -> DateRange {
    let segment = &tenure.segments[at];
    DateRange { first: if at == 0 { Date::MIN } else { segment.first }, last: segment.last }
}

fn calendar<'a>(ground: &Ground<'a>, tenure: &Tenure<'a>, at: usize, cadence: Cadence, list: &mut Vec<Expected>) {
    let window = ground.window.range;
    let segment = &tenure.segments[at];
    // A period due in the window may have ended before it: look back as far as the due offset reaches, with room for
    // months of different lengths and for holidays.
    let offset = days_between(window.first, segment.control.due.after(window.first, ground.calendar)).min(LONGEST_WINDOW);
    let reach = DateRange { first: add_days(window.first, -(offset + offset / 4 + 14)), last: window.last };
    let Some(reach) = reach.intersection(ruled_days(tenure, at)) else { return };
    for period in cadence.periods_in(reach, ground.calendar.fiscal_month) {
        let range = ground.range(period);
        let due = segment.control.due.after(range.last, ground.calendar);
        let asked = belongs(ground, range, due) && !lies_outside(tenure, range, due);
        if asked && ruled_days(tenure, at).contains(range.last) {
            let standing = standing(ground, tenure, segment, range, due);
            list.push(obligation(ground, segment, period, range, standing));
        }
    }
}

/// Whether a period lies wholly before or after the control's stated life. The statement that the mainline held on the due
/// day decides, so a later postponement reaches no period that was due, and a period with a day in place always stays.
fn lies_outside(tenure: &Tenure<'_>, range: DateRange, due: Date) -> bool {
    let ruling = tenure.ruling(due);
    let stated = ruling.control;
    if stated.not_applicable.is_some() || tenure.touches(range) {
        return false;
    }
    let before = stated.effective_from.is_some_and(|from| range.last < from);
    let after = stated.retired_on.is_some_and(|retired| retired <= range.first);
    match stated.status {
        ControlStatus::InPlace => before || after,
        ControlStatus::Retired => after || (stated.retired_on.is_none() && ruling.first <= range.first),
        ControlStatus::Drafted | ControlStatus::Approved => false,
    }
}

fn belongs(ground: &Ground<'_>, range: DateRange, due: Date) -> bool {
    match ground.programme.config.assumptions.edge {
        EdgeRule::DueInWindow => ground.window.range.contains(due),
        EdgeRule::FullyContained => ground.window.range.covers(range),
    }
}

fn obligation<'a>(ground: &Ground<'a>, segment: &Segment<'a>, period: Period, range: DateRange, standing: Standing) -> Expected {
    let terms = segment.control;
    let due = terms.due.after(range.last, ground.calendar);
    let grace_until = terms.grace.after(due, ground.calendar);
    Expected { period, range, due, grace_until, standing, basis: None, performed: None }
}

fn standing(ground: &Ground<'_>, tenure: &Tenure<'_>, segment: &Segment<'_>, range: DateRange, due: Date) -> Standing {
    if let Some(reason) = &segment.control.not_applicable {
        return Standing::NotApplicable(reason.clone());
    }
    let (at_start, at_due) = (tenure.in_place_on(range.first), tenure.in_place_on(due));
    if at_start && at_due {
        return Standing::Expected;
    }
    if !tenure.sure && range.first < tenure.segments[0].first && may_have_been(tenure, range) {
        let seen = long_date(tenure.segments[0].first);
        return Standing::Unseen(format!("the history that is here shows the control only from {seen}"));
    }
    if !at_due {
        return Standing::NotInPlace(tenure.absence(ground, due));
    }
    if !tenure.touches(range) {
        return Standing::NotInPlace(tenure.absence(ground, range.last));
    }
    if segment.control.first_period == FirstPeriod::Partial {
        return Standing::Expected;
    }
    let from = tenure.in_place_from(range.first).map_or(String::new(), |from| format!(", in place from {}", long_date(from)));
    Standing::Running(format!("{}{from}; the first full period is expected", tenure.absence(ground, range.first)))
}

/// Whether the first version that is seen claims to have been in place for a period before it.
fn may_have_been(tenure: &Tenure<'_>, range: DateRange) -> bool {
    let first = &tenure.segments[0];
    tenure.in_place_on(first.first) && first.control.effective_from.is_none_or(|from| from <= range.first)
}

/// Where a rolling cadence counts from: the day, and how it came to be, as a part of a sentence.
type Anchor = (Date, String);

fn rolling<'a>(
    ground: &Ground<'a>,
    tenure: &Tenure<'a>,
    at: usize,
    lapse: Lapse,
    performed: &[Date],
    carried: Option<Anchor>,
    list: &mut Vec<Expected>,
) -> Option<Anchor> {
    let window = ground.window.range;
    let segment = &tenure.segments[at];
    let (mut anchor, mut basis) = first_anchor(ground, tenure, segment, lapse, performed, carried)?;
    loop {
        let end = lapse.after(anchor, ground.calendar);
        let range = DateRange::new(add_days(anchor, 1), end)?;
        if end > segment.last {
            return Some((anchor, basis));
        }
        let standing = rolling_standing(ground, tenure, segment, range);
        let mut next = obligation(ground, segment, Period::Range(range), range, standing);
        if range.last > window.last || (next.due > window.last && !belongs(ground, range, next.due)) {
            return Some((anchor, basis));
        }
        next.performed = performed.iter().find(|day| **day > anchor && **day <= next.grace_until).copied();
        next.basis = Some(basis);
        (anchor, basis) = match next.performed {
            Some(day) => (day, format!("counted from the performance on {}", long_date(day))),
            None => (end, format!("counted from {}, the end of a stretch without a performance", long_date(end))),
        };
        if belongs(ground, range, next.due) {
            list.push(next);
        }
    }
}

/// The day from which the first stretch under a version counts.
fn first_anchor(
    ground: &Ground<'_>,
    tenure: &Tenure<'_>,
    segment: &Segment<'_>,
    lapse: Lapse,
    performed: &[Date],
    carried: Option<Anchor>,
) -> Option<Anchor> {
    let begins = segment.first.max(ground.window.range.first);
    let in_place = tenure.in_place_from(begins).filter(|day| *day <= segment.last)?;
    let before = performed.iter().rev().find(|day| **day < begins);
    let counted = before.map(|day| (*day, format!("counted from the performance on {}", long_date(*day))));
    let anchor = carried.into_iter().chain(counted).max();
    match anchor {
        // A shorter frequency binds from its landing: what it would have asked for before is not asked.
        Some((day, _)) if segment.first > tenure.segments[0].first && lapse.after(day, ground.calendar) < segment.first => {
            Some((segment.first, format!("counted from {}, when this frequency landed", long_date(segment.first))))
        }
        Some(anchor) => Some(anchor),
        None => Some((in_place, format!("counted from {}, the first day in place in the window", long_date(in_place)))),
    }
}

fn rolling_standing(ground: &Ground<'_>, tenure: &Tenure<'_>, segment: &Segment<'_>, range: DateRange) -> Standing {
    match &segment.control.not_applicable {
        Some(reason) => Standing::NotApplicable(reason.clone()),
        None if tenure.in_place_on(range.last) => Standing::Expected,
        None => Standing::NotInPlace(tenure.absence(ground, range.last)),
    }
}
