//! `evidence-unmatched`: a record answers no obligation (GT-12, GT-50).

use super::{Facts, Rule};
use crate::{
    assess::Unmatched,
    diag::{Code, Finding, Severity, Subject},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "evidence-unmatched",
        severity: Severity::Warning,
        title: "a record answers no obligation",
        explanation: r#"**Facts.** Records of a control, and the periods that its frequency gives.

**Rule.** The record is declared for a period that the control's frequency does not give, or it names neither a period
nor a day.

**What could fool it.** A frequency that was changed after the record was made.

**What mends it.** Declare the period by the control's frequency, or change the frequency."#,
    },
    gt: &["GT-12", "GT-50"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for control in &facts.controls {
        for record in control.unmatched.iter().filter(|record| matches!(record.kind, Unmatched::OtherPeriod | Unmatched::Undated)) {
            let message = format!("{} answers no obligation of {}: {}", facts.record_name(&record.evidence), control.id, record.reason);
            findings.push(
                Finding::new(&RULE.code, Subject::Evidence(record.evidence.clone()), message)
                    .hint("declare a period by the control's frequency")
                    .at(facts.evidence_place(&record.evidence)),
            );
        }
    }
}
