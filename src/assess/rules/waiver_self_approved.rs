//! `waiver-self-approved`: a waiver was approved by nobody else (GT-34, GT-19).

use super::{Facts, Rule};
use crate::diag::{Code, Finding, Severity, Subject};

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
        let known = |name: &Option<String>| name.as_deref().and_then(|name| facts.ground.named(name)).map(|person| &person.id);
        let message = match (&waiver.approved_by, &waiver.requested_by) {
            (None, _) => format!("{} names nobody who approved it", waiver.id),
            (Some(approver), requester)
                if Some(approver) == requester.as_ref()
                    || (known(&waiver.approved_by).is_some() && known(&waiver.approved_by) == known(requester)) =>
            {
                format!("{} was asked for and approved by {approver}", waiver.id)
            }
            _ => continue,
        };
        findings.push(
            Finding::new(&RULE.code, Subject::Register("waiver", waiver.id.to_string()), message)
                .hint("let somebody else decide, before the due day")
                .at(waiver.origin.place()),
        );
    }
}
