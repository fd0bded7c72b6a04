//! `evidence-bunched`: records for several periods landed together (GT-16).

use std::collections::BTreeSet;

use super::{Facts, Rule};
use crate::{
    assess::{ControlAssessment, Obligation, Performance},
    date::{DateRange, add_days, long_date},
    diag::{Code, Finding, Severity, Subject},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "evidence-bunched",
        severity: Severity::Warning,
        title: "records for several periods landed together",
        explanation: r#"**Facts.** The landings of the records that answer obligations of controls with periods of a week or longer.

**Rule.** Records of one control for two or more periods landed within 48 hours; or more than 40 of 100 of the
window's records (10 at least) landed in its last tenth. A commit with an `import:` trailer is left out.

**What could fool it.** A migration of older records; say so with an `import:` trailer.

**What mends it.** Record each performance when it is done; explain a migration."#,
    },
    gt: &["GT-16"],
    run,
};

/// Landings nearer to each other than this stand together, in seconds.
const TOGETHER: i64 = 48 * 3_600;

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for control in &facts.controls {
        let mut landed: Vec<(&Obligation, &Performance)> = control
            .obligations
            .iter()
            .filter(|slot| slot.range.days() >= 7)
            .filter_map(|slot| slot.record.as_ref().map(|record| (slot, record)))
            .filter(|(_, record)| !is_import(facts, record))
            .collect();
        landed.sort_by_key(|(slot, record)| (record.landed_at, slot.range));
        for bunch in landed.chunk_by(|a, b| (b.1.landed_at - a.1.landed_at).num_seconds() <= TOGETHER) {
            let ranges: BTreeSet<DateRange> = bunch.iter().map(|(slot, _)| slot.range).collect();
            if ranges.len() >= 2 && bunch.iter().all(|(_, record)| record.landed_in.is_some()) {
                findings.push(report(facts, control, bunch));
            }
        }
    }
    findings.extend(late_in_the_window(facts));
}

fn report(facts: &Facts<'_>, control: &ControlAssessment, bunch: &[(&Obligation, &Performance)]) -> Finding {
    let periods: Vec<String> = bunch.iter().map(|(slot, _)| slot.period.to_string()).collect();
    let when = facts.ground.when(bunch[0].1.landed_at);
    let message = format!("{} records of {} landed within 48 hours from {when}: {}", bunch.len(), control.id, periods.join(", "));
    Finding::new(&RULE.code, facts.about(control), message)
        .hint("record each performance when it is done; mark a migration with an `import:` trailer")
        .at(facts.control_place(&control.id))
        .commits(bunch.iter().filter_map(|(_, record)| record.landed_in).map(|at| facts.commit_id(at)))
}

fn is_import(facts: &Facts<'_>, record: &Performance) -> bool {
    let commit = record.landed_in.and_then(|at| facts.ground.history.commits.get(&at));
    commit.is_some_and(|commit| commit.trailers.iter().any(|trailer| trailer.key.eq_ignore_ascii_case("import")))
}

fn late_in_the_window(facts: &Facts<'_>) -> Option<Finding> {
    let window = facts.ground.window.range;
    let tail = add_days(window.last, -(window.days() / 10));
    if facts.ground.today < tail {
        return None;
    }
    let days: Vec<_> = facts
        .counted()
        .filter(|(_, _, record)| !is_import(facts, record))
        .map(|(_, _, record)| facts.ground.day(record.landed_at))
        .collect();
    let late = days.iter().filter(|day| **day >= tail).count();
    (days.len() >= 10 && late * 100 > days.len() * 40).then(|| {
        let message = format!("{late} of {} records of the window landed in its last tenth, from {}", days.len(), long_date(tail));
        Finding::new(&RULE.code, Subject::History, message).hint("record each performance when it is done")
    })
}
