//! `evidence-early`: a record was made before its period began (GT-12).

use super::{Facts, Rule};
use crate::{
    assess::Unmatched,
    diag::{Code, Finding, Severity, Subject},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "evidence-early",
        severity: Severity::Warning,
        title: "a record was made before its period began",
        explanation: r#"**Facts.** The day of the performance, the landing, and the first day of the period that the record declares.

**Rule.** The record was performed, or landed, before the first day of its period. It does not count for the period.

**What could fool it.** A wrong period in the record.

**What mends it.** Correct the period by a superseding record, or perform the control within its period."#,
    },
    gt: &["GT-12"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for control in &facts.controls {
        for early in control.unmatched.iter().filter(|record| record.kind == Unmatched::Early) {
            let message = format!("{} does not count: {}", facts.record_name(&early.evidence), early.reason);
            findings.push(
                Finding::new(&RULE.code, Subject::Evidence(early.evidence.clone()), message)
                    .hint("perform the control within its period, or correct the period by a superseding record")
                    .at(facts.evidence_place(&early.evidence)),
            );
        }
    }
}
