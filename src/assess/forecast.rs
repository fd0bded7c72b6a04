//! Forecast: what the window will show of a control when nothing changes (GT-18). Design can be judged without an
//! occurrence, operation cannot, so a window without one is worth knowing months ahead.

use super::{Obligation, Outcome, Performance, ground::Ground, status::is_in_place_today, tenure::Tenure};
use crate::{
    date::{Cadence, Date, add_days, long_date},
    model::{Control, Report},
};

/// A warning about a control that a type 2 window will not show in operation; `None` when it will, or cannot be asked.
pub fn forecast(
    ground: &Ground<'_>,
    control: &Control,
    tenure: &Tenure<'_>,
    obligations: &[Obligation],
    occurrences: &[Performance],
    last_performed: Option<Date>,
) -> Option<String> {
    let window = ground.window;
    if window.report == Report::Type1 || !is_in_place_today(ground, control) {
        return None;
    }
    let performed = obligations.iter().any(|obligation| obligation.record.is_some()) || !occurrences.is_empty();
    let to_come = obligations
        .iter()
        .any(|obligation| !matches!(obligation.outcome, Outcome::NotInPlace | Outcome::NotApplicable | Outcome::Waived | Outcome::Missed));
    if performed || to_come || last_performed.is_some_and(|day| window.range.contains(day)) {
        return None;
    }
    let last = last_performed.map_or(String::new(), |day| format!("; it was last performed on {}", long_date(day)));
    match control.frequency? {
        Cadence::Continuous => None,
        Cadence::PerEvent => {
            Some(format!("no occurrence is recorded in the window so far{last}; a nil return would say that nothing happened"))
        }
        cadence => {
            let why = if obligations.is_empty() {
                match next_due(ground, control, tenure, cadence) {
                    Some(due) => format!("its next due day after the window's start is {}", long_date(due)),
                    None => "no due day falls into it".to_owned(),
                }
            } else {
                match tenure.in_place_from(window.range.first) {
                    Some(from) if from > window.range.first => format!("it is in place only from {}", long_date(from)),
                    _ => "none of its obligations can still be performed".to_owned(),
                }
            };
            Some(format!("the window will show no occurrence of this control: {why}{last}"))
        }
    }
}

/// The first due day after the window's first day on which the control is in place, by the control's own calendar.
fn next_due(ground: &Ground<'_>, control: &Control, tenure: &Tenure<'_>, cadence: Cadence) -> Option<Date> {
    let mut day = tenure.in_place_from(ground.window.range.first)?;
    for _ in 0..3 {
        let range = ground.range(cadence.period_of(day, ground.calendar.fiscal_month)?);
        let due = control.due.after(range.last, ground.calendar);
        if due >= ground.window.range.first {
            return Some(due);
        }
        day = add_days(range.last, 1);
    }
    None
}
