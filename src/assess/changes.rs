//! Changes of a control inside the window, and whether they loosen what is expected (GT-17).

use super::{ControlChange, ground::Ground};
use crate::{
    date::{Cadence, Calendar, Date, Lapse, days_between},
    model::{CommitIx, Control, ControlStatus, FirstPeriod, Mapping, Timeline},
};

/// The changes that landed in the window, in order. Versions that cannot be read and versions that are not committed are
/// left out: the first say nothing, the second have not landed.
pub fn control_changes(ground: &Ground<'_>, timeline: Option<&Timeline<Control>>) -> Vec<ControlChange> {
    let mut changes = Vec::new();
    let mut before: Option<&Control> = None;
    for version in timeline.map_or(&[][..], |timeline| &timeline.versions) {
        let Some(control) = &version.record else { continue };
        if let (Some(old), Some(landed_in)) = (before, version.landed_in)
            && ground.window.range.contains(ground.day(version.landed))
            && version.landed <= ground.as_of
        {
            differences(ground.calendar, old, control, landed_in, &mut changes);
        }
        before = Some(control);
    }
    changes
}

fn differences(calendar: &Calendar, old: &Control, new: &Control, landed_in: CommitIx, changes: &mut Vec<ControlChange>) {
    // What was not in place yet asked nothing of anybody, so drafting it in other words loosens nothing.
    let asked = old.status == ControlStatus::InPlace;
    let mut note = |what: String, loosens: bool| changes.push(ControlChange { landed_in, what, loosens: loosens && asked });
    let mut field = |name: &str, was: String, is: String, loosens: bool| {
        if was != is {
            note(format!("{name}: {was}, then {is}"), loosens);
        }
    };
    field("title", quoted(&old.title), quoted(&new.title), false);
    field("owner", shown(old.owner.as_ref()), shown(new.owner.as_ref()), false);
    let (was, is) = (old.status, new.status);
    let stepped_back = was == ControlStatus::InPlace && is != ControlStatus::InPlace;
    field("status", status_word(was).to_owned(), status_word(is).to_owned(), stepped_back);
    let later = new.effective_from > old.effective_from;
    field("effective_from", shown(old.effective_from.as_ref()), shown(new.effective_from.as_ref()), later);
    let sooner = new.retired_on.is_some_and(|day| old.retired_on.is_none_or(|before| day < before));
    field("retired_on", shown(old.retired_on.as_ref()), shown(new.retired_on.as_ref()), sooner);
    let rarer = pace(new.frequency, calendar) > pace(old.frequency, calendar);
    field("frequency", shown(old.frequency.as_ref()), shown(new.frequency.as_ref()), rarer);
    let first = new.first_period == FirstPeriod::Full && old.first_period == FirstPeriod::Partial;
    field("first_period", first_word(old.first_period).to_owned(), first_word(new.first_period).to_owned(), first);
    field("due", old.due.to_string(), new.due.to_string(), length(new.due, calendar) > length(old.due, calendar));
    field("grace", old.grace.to_string(), new.grace.to_string(), length(new.grace, calendar) > length(old.grace, calendar));
    let ttl = |lapse: Option<Lapse>| lapse.map_or(i64::MAX, |lapse| length(lapse, calendar));
    field("ttl", shown(old.ttl.as_ref()), shown(new.ttl.as_ref()), ttl(new.ttl) > ttl(old.ttl));
    field("approvals", old.approvals.to_string(), new.approvals.to_string(), new.approvals < old.approvals);
    field("key", yes(old.key), yes(new.key), old.key && !new.key);
    let excused = new.not_applicable.is_some() && old.not_applicable.is_none();
    field("not_applicable", shown(old.not_applicable.as_ref()), shown(new.not_applicable.as_ref()), excused);
    let lost = requirements(&old.satisfies).iter().any(|line| !requirements(&new.satisfies).contains(line));
    field("satisfies", requirements(&old.satisfies).join(" "), requirements(&new.satisfies).join(" "), lost);
    let policies = |control: &Control| control.policies.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    field("policies", policies(old), policies(new), false);
    if old.description != new.description {
        note("description: reworded".to_owned(), false);
    }
}

/// How rarely a cadence asks, in days; what never asks by the calendar is the rarest.
fn pace(cadence: Option<Cadence>, calendar: &Calendar) -> i64 {
    match cadence {
        Some(Cadence::Daily | Cadence::Continuous) => 1,
        Some(Cadence::Weekly) => 7,
        Some(Cadence::Monthly) => 31,
        Some(Cadence::Quarterly) => 92,
        Some(Cadence::Semiannual) => 184,
        Some(Cadence::Annual) => 366,
        Some(Cadence::Rolling(lapse)) => length(lapse, calendar),
        Some(Cadence::PerEvent) => i64::MAX - 1,
        None => i64::MAX,
    }
}

/// A lapse in days, counted from a fixed Monday so that two of them can be compared.
fn length(lapse: Lapse, calendar: &Calendar) -> i64 {
    let bare = Calendar { fiscal_month: calendar.fiscal_month, ..Calendar::default() };
    Date::from_ymd_opt(2024, 1, 1).map_or(0, |monday| days_between(monday, lapse.after(monday, &bare)))
}

fn requirements(satisfies: &Mapping) -> Vec<String> {
    satisfies.iter().flat_map(|(framework, ids)| ids.iter().map(move |id| format!("{framework}/{id}"))).collect()
}

fn shown(value: Option<&impl ToString>) -> String {
    value.map_or("none".to_owned(), ToString::to_string)
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

fn yes(flag: bool) -> String {
    if flag { "yes" } else { "no" }.to_owned()
}

/// A status for people.
pub fn status_word(status: ControlStatus) -> &'static str {
    match status {
        ControlStatus::Drafted => "drafted",
        ControlStatus::Approved => "approved",
        ControlStatus::InPlace => "in place",
        ControlStatus::Retired => "retired",
    }
}

fn first_word(first: FirstPeriod) -> &'static str {
    match first {
        FirstPeriod::Full => "full",
        FirstPeriod::Partial => "partial",
    }
}
