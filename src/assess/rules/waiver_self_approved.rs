//! `waiver-self-approved`: a waiver was approved by nobody else (GT-34, GT-19).

use super::{Facts, Rule};
use crate::{
    assess::outcomes::is_approved,
    diag::{Code, Finding, Severity, Subject},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "waiver-self-approved",
        severity: Severity::Warning,
        title: "a waiver was approved by nobody else",
        explanation: r#"**Facts.** `requested_by` and `approved_by` of the waiver.

**Rule.** Nobody is named as approver, or the person who asked. It covers nothing.

**What could fool it.** One person under two names.

**What mends it.** Let somebody else decide, before the due day."#,
    },
    gt: &["GT-34", "GT-19"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for waiver in facts.ground.programme.waivers.values() {
        let message = match &waiver.approved_by {
            _ if is_approved(&facts.ground, waiver) => continue,
            Some(approver) => format!("{} was asked for and approved by {approver}", waiver.id),
            None => format!("{} names nobody who approved it", waiver.id),
        };
        findings.push(
            Finding::new(&RULE.code, Subject::Register("waiver", waiver.id.to_string()), message)
                .hint("let somebody else decide, before the due day")
                .at(waiver.origin.place()),
        );
    }
}
