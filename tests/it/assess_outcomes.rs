//! What history says about obligations: one block a case, with the outcomes of AC-01 by period.

use crate::assess_world::assessed;

/// Blocks begin with `# title`; `= PERIOD OUTCOME` lines are all obligations that are expected up to the last one named;
/// `= END` says that no other follows.
const CASES: &str = "
# a record that lands on the due day is on time
control AC-01 frequency quarterly grace P10D
record R1 period 2026-Q1 performed 2026-03-30 at 2026-03-31T23:59:59Z
as-of 2026-06-01T12:00:00Z
= 2026-Q1 on_time
= 2026-Q2 due_soon
= 2026-Q3 not_yet_due
= 2026-Q4 not_yet_due

# the day ends at local midnight of the organization
zone Europe/Berlin
control AC-01 frequency quarterly grace P10D
record R1 period 2026-Q1 performed 2026-03-30 at 2026-03-31T22:00:00Z
= 2026-Q1 late

# the last second before local midnight is in time
zone Europe/Berlin
control AC-01 frequency quarterly grace P10D
record R1 period 2026-Q1 performed 2026-03-30 at 2026-03-31T21:59:59Z
= 2026-Q1 on_time

# a landing within grace is late
control AC-01 frequency quarterly grace P10D
record R1 period 2026-Q1 performed 2026-04-02 at 2026-04-10T12:00:00Z
= 2026-Q1 late

# a landing after grace is a deviation though performed
control AC-01 frequency quarterly grace P10D
record R1 period 2026-Q1 performed 2026-03-30 at 2026-04-11T00:00:00Z
= 2026-Q1 late_beyond_grace

# no record after grace is a miss
control AC-01 frequency quarterly grace P10D
= 2026-Q1 missed

# no record within grace is due soon
control AC-01 frequency quarterly grace P10D
as-of 2026-04-05T00:00:00Z
= 2026-Q1 due_soon

# without grace the day after the due day is a miss
control AC-01 frequency quarterly
as-of 2026-04-01T00:00:00Z
= 2026-Q1 missed

# on the due day itself nothing is missed
control AC-01 frequency quarterly
as-of 2026-03-31T23:59:59Z
= 2026-Q1 due_soon

# grace in business days skips the weekend and holidays
holiday 2026-04-03
control AC-01 frequency quarterly grace 3bd
record R1 period 2026-Q1 performed 2026-03-30 at 2026-04-06T10:00:00Z
= 2026-Q1 late

# a due offset counts from the period's last day
control AC-01 frequency quarterly due P15D
record R1 period 2026-Q1 performed 2026-04-10 at 2026-04-15T10:00:00Z
= 2025-Q4 missed
= 2026-Q1 on_time

# fully contained leaves out the period before the window
edge fully_contained
control AC-01 frequency quarterly due P15D
= 2026-Q1 missed
= 2026-Q2 not_yet_due
= 2026-Q3 not_yet_due
= 2026-Q4 not_yet_due

# fiscal quarters follow the fiscal year
fiscal 2
control AC-01 frequency quarterly
record R1 period 2025-Q4 performed 2026-01-20 at 2026-01-21T10:00:00Z
= 2025-Q4 on_time
= 2026-Q1 missed

# ISO weeks have a fifty-third
window 2026-12-21..2027-01-10
control AC-01 frequency weekly
record R1 period 2026-W53 performed 2027-01-02 at 2027-01-03T10:00:00Z
as-of 2027-01-11T12:00:00Z
= 2026-W52 missed
= 2026-W53 on_time
= 2027-W01 missed

# a monthly control is due on the last day of February
window 2026-02-01..2026-03-31
control AC-01 frequency monthly
record R1 period 2026-02 performed 2026-02-28 at 2026-03-01T00:00:00Z
= 2026-02 late_beyond_grace
= 2026-03 missed

# the declared period wins over the day of the performance
control AC-01 frequency quarterly grace P30D
record R1 period 2026-Q1 performed 2026-04-20 at 2026-04-21T10:00:00Z
as-of 2026-05-10T00:00:00Z
= 2026-Q1 late
= 2026-Q2 not_yet_due

# without a declared period the day of the performance decides
control AC-01 frequency quarterly grace P30D
record R1 performed 2026-04-20 at 2026-04-21T10:00:00Z
as-of 2026-05-10T00:00:00Z
= 2026-Q1 missed
= 2026-Q2 on_time

# a period given as a range is the quarter with the same days
control AC-01 frequency quarterly
record R1 period 2026-01-01..2026-03-31 performed 2026-03-30 at 2026-03-30T10:00:00Z
= 2026-Q1 on_time

# a period of another length answers nothing
control AC-01 frequency quarterly
record R1 period 2026-03 performed 2026-03-30 at 2026-03-30T10:00:00Z
= 2026-Q1 missed

# a performance before its period is not in time
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2025-12-30 at 2026-01-02T10:00:00Z
= 2026-Q1 missed

# the earliest landed record answers
control AC-01 frequency quarterly grace P10D
record R2 period 2026-Q1 performed 2026-03-20 at 2026-04-05T10:00:00Z
record R1 period 2026-Q1 performed 2026-03-30 at 2026-03-30T10:00:00Z
= 2026-Q1 on_time

# a correction keeps the landing of what it corrects
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-03-29 at 2026-03-30T10:00:00Z
record R2 period 2026-Q1 performed 2026-03-30 supersedes R1 at 2026-05-02T10:00:00Z
= 2026-Q1 on_time

# a correction may tell of work done after the record it corrects had landed
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-03-25 at 2026-03-26T10:00:00Z
record R2 period 2026-Q1 performed 2026-03-30 supersedes R1 at 2026-03-31T10:00:00Z
= 2026-Q1 on_time

# a correction for another period does not
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-03-29 at 2026-03-30T10:00:00Z
record R2 period 2026-Q2 performed 2026-07-05 supersedes R1 at 2026-07-05T10:00:00Z
as-of 2026-07-06T00:00:00Z
= 2026-Q1 missed
= 2026-Q2 late_beyond_grace

# a record that is rewritten for another period loses the first one
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-03-29 at 2026-03-30T10:00:00Z
record R1 period 2026-Q2 performed 2026-05-29 at 2026-05-30T10:00:00Z
= 2026-Q1 unknown
= 2026-Q2 on_time

# a removed record leaves its period unknown
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-03-29 at 2026-03-30T10:00:00Z
remove R1 at 2026-05-01T10:00:00Z
= 2026-Q1 unknown

# a moved record keeps its landing
control AC-01 frequency quarterly
record old period 2026-Q1 performed 2026-03-29 at 2026-03-30T10:00:00Z
remove old at 2026-05-01T10:00:00Z
record new period 2026-Q1 performed 2026-03-29 at 2026-05-01T10:00:01Z
= 2026-Q1 on_time

# a form that is filled in later counts from then
control AC-01 frequency quarterly
record R1 period 2026-Q1 at 2026-01-02T10:00:00Z
record R1 period 2026-Q1 performed 2026-03-29 at 2026-03-30T10:00:00Z
= 2026-Q1 on_time

# a form that is filled in too late is late
control AC-01 frequency quarterly
record R1 period 2026-Q1 at 2025-12-02T10:00:00Z
record R1 period 2026-Q1 performed 2026-03-29 at 2026-04-02T10:00:00Z
= 2026-Q1 late_beyond_grace

# a nil return says that nothing occurred
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-03-30 result nil at 2026-03-30T10:00:00Z
= 2026-Q1 no_occurrence

# a nil return after grace clears no miss
control AC-01 frequency quarterly grace P5D
record R1 period 2026-Q1 performed 2026-05-30 result nil at 2026-05-30T10:00:00Z
= 2026-Q1 late_beyond_grace

# a failure in time is on time
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-03-30 result fail at 2026-03-30T10:00:00Z
= 2026-Q1 on_time

# a performance claimed after its landing cannot be judged
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-03-30 at 2026-03-02T10:00:00Z
= 2026-Q1 unknown

# a record that landed after the as-of leaves a past period unknown
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-03-30 at 2026-06-30T10:00:00Z
= 2026-Q1 unknown

# without the whole history a silence is unknown
missing partial
control AC-01 frequency quarterly
= 2026-Q1 unknown
= 2026-Q2 due_soon

# in a shallow clone a record that lands with the boundary may have been earlier
missing shallow
control AC-01 frequency quarterly at 2026-05-01T09:00:00Z
record R1 period 2026-Q1 performed 2026-03-30 at 2026-05-01T09:00:00Z
= 2026-Q1 unknown

# in a shallow clone a later landing is the true one
missing shallow
control AC-01 frequency quarterly at 2026-01-01T09:00:00Z
record R1 period 2026-Q1 performed 2026-03-30 at 2026-05-01T09:00:00Z
= 2026-Q1 late_beyond_grace

# in a shallow clone a control may have been in place before the boundary
missing shallow
control AC-01 frequency quarterly from 2025-01-01 at 2026-05-01T09:00:00Z
= 2026-Q1 unknown

# in a shallow clone a record that is seen in time is in time
missing shallow
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-03-30 at 2026-03-30T09:00:00Z
= 2026-Q1 on_time

# an unreadable record of this control may answer
unread content/evidence/x.yaml AC-01
control AC-01 frequency quarterly
= 2026-Q1 unknown

# an unreadable record that names nobody may answer
unread content/evidence/x.yaml
control AC-01 frequency quarterly
= 2026-Q1 unknown

# an unreadable record of another control does not
unread content/evidence/x.yaml AC-02
control AC-01 frequency quarterly
= 2026-Q1 missed

# an unreadable policy does not
unread content/policies/x.md
control AC-01 frequency quarterly
= 2026-Q1 missed

# a waiver that lands before the due day ends waives
control AC-01 frequency quarterly
waiver W1 period 2026-Q1 approver lee at 2026-03-31T12:00:00Z
= 2026-Q1 waived

# a waiver that lands after the due day does not
control AC-01 frequency quarterly grace P10D
waiver W1 period 2026-Q1 approver lee at 2026-04-01T00:00:00Z
= 2026-Q1 missed

# a waiver approved by the one who asked does not
control AC-01 frequency quarterly
waiver W1 period 2026-Q1 by dana approver dana at 2026-03-01T12:00:00Z
= 2026-Q1 missed

# one person under two names is one person
control AC-01 frequency quarterly
waiver W1 period 2026-Q1 by dana approver dana@example.com at 2026-03-01T12:00:00Z
= 2026-Q1 missed

# a waiver approved only later does not
control AC-01 frequency quarterly
waiver W1 period 2026-Q1 approver nobody at 2026-03-01T12:00:00Z
waiver W1 period 2026-Q1 approver lee at 2026-05-01T12:00:00Z
= 2026-Q1 missed

# a waiver that has expired on the due day does not
control AC-01 frequency quarterly
waiver W1 period 2026-Q1 approver lee expires 2026-03-30 at 2026-03-01T12:00:00Z
= 2026-Q1 missed

# a waived control that is performed late is waived
control AC-01 frequency quarterly
waiver W1 period 2026-Q1 approver lee at 2026-03-01T12:00:00Z
record R1 period 2026-Q1 performed 2026-05-30 at 2026-05-30T10:00:00Z
= 2026-Q1 waived

# a date in the file does not reach back before its landing
commit base at 2025-06-01T09:00:00Z
control AC-01 frequency quarterly from 2025-10-01 at 2026-04-20T09:00:00Z
= 2026-Q1 not_in_place
= 2026-Q2 not_in_place
= 2026-Q3 not_yet_due

# a control that says in time when it takes effect owes nothing for what ended before
commit base at 2025-06-01T09:00:00Z
control AC-01 frequency monthly from 2026-05-01 at 2026-04-20T09:00:00Z
= 2026-05 missed
= 2026-06 not_yet_due

# nor for a period whose due day follows the day it takes effect
control AC-01 frequency monthly due P10D from 2026-05-01
= 2026-05 due_soon

# a claim to have been in place before it landed stays to be seen, from the claimed day
commit base at 2025-06-01T09:00:00Z
control AC-01 frequency monthly from 2026-03-01 at 2026-04-20T09:00:00Z
= 2026-03 not_in_place
= 2026-04 not_in_place
= 2026-05 missed

# a date stated while the control was only approved expects nothing and hides nothing
control AC-01 frequency monthly status approved from 2026-05-01
control AC-01 frequency monthly from 2026-05-01 at 2026-04-20T09:00:00Z
= 2026-01 not_in_place
= 2026-02 not_in_place
= 2026-03 not_in_place
= 2026-05 missed

# postponing a control never erases what was due
control AC-01 frequency monthly from 2026-03-01
control AC-01 frequency monthly from 2026-05-01 at 2026-04-20T09:00:00Z
= 2026-03 missed
= 2026-04 not_in_place
= 2026-05 missed

# postponing it before anything was due leaves nothing to erase
control AC-01 frequency monthly from 2026-03-01
control AC-01 frequency monthly from 2026-05-01 at 2026-02-20T09:00:00Z
= 2026-05 missed

# the running first period is expected when the control says so
control AC-01 frequency quarterly first partial at 2026-02-20T09:00:00Z
= 2026-Q1 missed

# a record in time counts for the running first period
control AC-01 frequency quarterly at 2026-02-20T09:00:00Z
record R1 period 2026-Q1 performed 2026-03-30 at 2026-03-30T10:00:00Z
= 2026-Q1 on_time

# a late one for it is no deviation
control AC-01 frequency quarterly at 2026-02-20T09:00:00Z
record R1 period 2026-Q1 performed 2026-03-30 at 2026-04-30T10:00:00Z
= 2026-Q1 not_in_place

# a drafted control owes nothing
control AC-01 frequency quarterly status drafted
= 2026-Q1 not_in_place

# a retired control owes nothing from its last day, and has no obligation once the period it was retired in is over
control AC-01 frequency quarterly retired 2026-06-01
as-of 2026-12-31T12:00:00Z
= 2026-Q1 missed
= 2026-Q2 not_in_place
= END

# retiring in hindsight clears nothing
control AC-01 frequency quarterly
control AC-01 frequency quarterly status retired retired 2026-01-01 at 2026-05-10T09:00:00Z
= 2026-Q1 missed
= 2026-Q2 not_in_place

# declaring a control not applicable in hindsight clears nothing
control AC-01 frequency quarterly
control AC-01 frequency quarterly na reason at 2026-05-10T09:00:00Z
= 2026-Q1 missed
= 2026-Q2 not_applicable

# relaxing the frequency does not erase what had ended
control AC-01 frequency quarterly
control AC-01 frequency annual at 2026-05-10T09:00:00Z
= 2026-Q1 missed
= 2026 not_yet_due

# a longer grace does not reach a period that had ended
control AC-01 frequency quarterly
control AC-01 frequency quarterly grace P90D at 2026-04-10T09:00:00Z
= 2026-Q1 missed

# tightening the frequency asks from its landing
control AC-01 frequency quarterly
control AC-01 frequency monthly at 2026-04-10T09:00:00Z
= 2026-Q1 missed
= 2026-04 missed
= 2026-05 missed

# a rolling control counts from the last performance before the window
control AC-01 frequency P90D
record R0 performed 2025-11-01 at 2025-11-01T10:00:00Z
record R1 performed 2026-01-20 at 2026-01-20T10:00:00Z
= 2025-11-02..2026-01-30 on_time
= 2026-01-21..2026-04-20 missed
= 2026-04-21..2026-07-19 not_yet_due

# a rolling control without a performance counts from the window's first day
control AC-01 frequency P90D grace P5D
= 2026-01-02..2026-04-01 missed

# a performance within grace ends a rolling stretch
control AC-01 frequency P90D grace P5D
record R1 performed 2026-04-03 at 2026-04-03T10:00:00Z
= 2026-01-02..2026-04-01 late
= 2026-04-04..2026-07-02 not_yet_due

# one day of a daily control
window 2026-05-29..2026-06-02
control AC-01 frequency daily
record R1 performed 2026-05-30 at 2026-05-30T20:00:00Z
= 2026-05-29 missed
= 2026-05-30 on_time
= 2026-05-31 missed
= 2026-06-01 due_soon
= 2026-06-02 due_soon

# a control that is performed per event owes nothing by the calendar
control AC-01 frequency per_event
record R1 performed 2026-05-30 at 2026-05-30T20:00:00Z

# a clock that runs back does not make a landing earlier
control AC-01 frequency quarterly grace P10D
commit other at 2026-04-05T10:00:00Z
record R1 period 2026-Q1 performed 2026-03-30 committed 2026-03-30T10:00:00Z at 2026-04-06T10:00:00Z
= 2026-Q1 late
";

#[test]
fn every_case_has_its_outcomes() {
    let mut wrong = Vec::new();
    for block in CASES.split("\n# ").map(str::trim).filter(|block| !block.is_empty()) {
        let (title, rest) = block.split_once('\n').expect("a title and events");
        let (mut wanted, events): (Vec<&str>, Vec<&str>) = rest.lines().partition(|line| line.starts_with("= "));
        let whole = wanted.pop_if(|last| *last == "= END").is_some();
        let assessment = assessed(&events.join("\n"));
        let control = assessment.control(&"AC-01".into()).expect("the control");
        let shown = if whole { control.obligations.len() } else { wanted.len() };
        let found: Vec<String> =
            control.obligations.iter().map(|slot| format!("= {} {}", slot.period, slot.outcome.name())).take(shown).collect();
        if found != wanted || (wanted.is_empty() && !control.obligations.is_empty()) {
            let reasons: Vec<&str> = control.obligations.iter().map(|slot| slot.reason.as_str()).collect();
            wrong.push(format!("{title}\n  wanted {wanted:?}\n  found  {found:?}\n  {reasons:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_reason_names_the_facts() {
    let assessment = assessed(
        "zone Europe/Berlin
         control AC-01 frequency quarterly grace P10D
         record R1 period 2026-Q1 performed 2026-04-01 at 2026-04-02T07:12:00Z",
    );
    let slot = &assessment.controls[0].obligations[0];
    assert_eq!(slot.reason, "R1 landed on 2 April 2026, 09:12; due on 31 March 2026, late within grace until 10 April 2026");
}

#[test]
fn a_programme_that_begins_inside_the_window_says_so() {
    let assessment = assessed("control AC-01 frequency quarterly at 2026-04-20T09:00:00Z");
    let slot = &assessment.controls[0].obligations[0];
    assert_eq!(
        slot.reason,
        "the history of this programme begins on 20 April 2026, inside the window: what was done before cannot be seen here"
    );
}
