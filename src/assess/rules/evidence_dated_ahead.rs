//! `evidence-dated-ahead`: a record names a day of performance after its landing (GT-15, GT-30).

use super::{Facts, Rule};
use crate::{
    date::{add_days, long_date},
    diag::{Code, Finding, Severity, Subject},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "evidence-dated-ahead",
        severity: Severity::Error,
        title: "a record names a day of performance after its landing",
        explanation: r#"**Facts.** `performed_on`, the landing of the record, and the as-of.

**Rule.** The day of the performance lies more than one day after the landing, or after the as-of. One day is left for
people in other time zones.

**What could fool it.** A mistyped year.

**What mends it.** Correct the day by a superseding record."#,
    },
    gt: &["GT-15", "GT-30"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let ground = &facts.ground;
    for record in &facts.records.all {
        let evidence = record.evidence;
        let (Some(performed), Some(control)) = (evidence.performed_on, evidence.controls.first()) else { continue };
        let landed = facts.records.accepted(ground, record, control).own_day;
        let (against, day) = if performed > add_days(landed, 1) {
            ("it landed", landed)
        } else if performed > add_days(ground.today, 1) {
            ("this assessment is", ground.today)
        } else {
            continue;
        };
        let message = format!("{} says it was performed on {}, but {against} on {}", evidence.name(), long_date(performed), long_date(day));
        findings.push(
            Finding::new(&RULE.code, Subject::Evidence(evidence.id.clone()), message)
                .hint("correct performed_on by a superseding record")
                .at(evidence.origin.place()),
        );
    }
}
