//! `evidence-after-the-fact`: a record was made long after the work (GT-15).

use super::{Facts, Rule};
use crate::{
    date::days_between,
    diag::{Code, Finding, Severity, Subject},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "evidence-after-the-fact",
        severity: Severity::Note,
        title: "a record was made long after the work",
        explanation: r#"**Facts.** The landing of the records that count, and the day of the performance that they claim.

**Rule.** The record landed later than `assessment.contemporaneous` after the claimed day; later than 30 days it is a
warning.

**What could fool it.** The claimed day is only a claim.

**What mends it.** Record the work when it is done."#,
    },
    gt: &["GT-15"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let ground = &facts.ground;
    for (_, _, record) in facts.counted() {
        let Some(performed) = record.performed_on else { continue };
        let landed = ground.day(record.landed_at);
        if landed <= ground.programme.config.assumptions.contemporaneous.after(performed, ground.calendar) {
            continue;
        }
        let days = days_between(performed, landed);
        let message = format!("{} landed {days} days after the work was performed", facts.record_name(&record.evidence));
        let mut finding = Finding::new(&RULE.code, Subject::Evidence(record.evidence.clone()), message)
            .hint("record the work when it is done")
            .at(facts.evidence_place(&record.evidence))
            .commits(record.landed_in.map(|at| facts.commit_id(at)));
        if days > 30 {
            finding.severity = Severity::Warning;
        }
        findings.push(finding);
    }
}
