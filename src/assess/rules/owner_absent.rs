//! `owner-absent`: nobody answered for a control on some days of the window (GT-33).

use super::{Facts, Rule};
use crate::{
    assess::Design,
    date::long_date,
    diag::{Code, Finding, Severity},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "owner-absent",
        severity: Severity::Warning,
        title: "nobody answered for a control on some days of the window",
        explanation: r#"**Facts.** The owner in every version of the control, and `from` and `to` of the people behind it.

**Rule.** On a day of the window so far nobody behind the owner was with the organization, or there was no owner.

**What could fool it.** A people file that is not kept up to date.

**What mends it.** Hand the control over before its owner leaves. Days that are past stay."#,
    },
    gt: &["GT-33"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for control in &facts.controls {
        let owned = facts.control(&control.id).is_some_and(|control| control.owner.is_some());
        if !owned || control.without_owner.is_empty() || matches!(control.design, Design::Drafted | Design::NotApplicable) {
            continue;
        }
        let spans: Vec<String> =
            control.without_owner.iter().map(|days| format!("{} to {}", long_date(days.first), long_date(days.last))).collect();
        let message = format!("nobody answered for {} from {}", control.id, spans.join(", and from "));
        findings.push(
            Finding::new(&RULE.code, facts.about(control), message)
                .hint("name an owner who is with the organization, or correct from and to in content/people.yaml")
                .at(facts.control_place(&control.id)),
        );
    }
}
