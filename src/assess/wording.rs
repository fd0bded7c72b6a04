//! Wording: the sentences that a rule and the gap made from it share.

use super::{ControlAssessment, Obligation, Outcome};
use crate::date::long_date;

/// What a finding says about an obligation; `None` where an outcome needs no finding.
pub fn about_obligation(control: &ControlAssessment, slot: &Obligation) -> Option<String> {
    let said = match slot.outcome {
        Outcome::Missed => "was not performed for",
        Outcome::LateBeyondGrace => "was performed too late for",
        Outcome::Late => "was performed late for",
        Outcome::Unknown => "cannot be judged for",
        _ => return None,
    };
    Some(format!("{} {said} {}: {}", control.id, slot.period, slot.reason))
}

/// The first few of a list of ids, and how many follow: `A.5.1, A.5.2, A.5.3 and 90 more`.
pub fn first_few(ids: &[&str]) -> String {
    const FEW: usize = 5;
    match ids.len().saturating_sub(FEW) {
        // One id is shorter than its count.
        0 | 1 => ids.join(", "),
        more => format!("{} and {more} more", ids[..FEW].join(", ")),
    }
}

/// A number of days: `1 day`, `12 days`.
pub fn days(count: i64) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}

/// What is said about the first obligation that is due soon, and how many follow it; `None` when none is.
pub fn due_soon(control: &ControlAssessment) -> Option<(&Obligation, String)> {
    let mut due = control.obligations.iter().filter(|slot| slot.outcome == Outcome::DueSoon);
    let first = due.next()?;
    let more = match due.count() {
        0 => String::new(),
        more => format!(", and {more} more after it"),
    };
    Some((first, format!("{} is due for {} on {}{more}", control.id, first.period, long_date(first.due))))
}
