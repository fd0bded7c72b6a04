//! `evidence-due-soon`: a control is due soon (GT-12, GT-18).

use super::{Facts, Rule};
use crate::{
    assess::wording::due_soon,
    date::long_date,
    diag::{Code, Finding, Severity},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "evidence-due-soon",
        severity: Severity::Note,
        title: "a control is due soon",
        explanation: r#"**Facts.** Obligations without a record, the as-of and `assessment.due_soon`.

**Rule.** The due day lies within the due-soon span (never further ahead than half the period is long), or it is past
and grace still runs. One finding a control: the obligation that is due first.

**What could fool it.** Nothing: it is a reminder.

**What mends it.** Perform the control and record it; `tickmark record` writes the manifest."#,
    },
    gt: &["GT-12", "GT-18"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for control in &facts.controls {
        let Some((first, message)) = due_soon(control) else { continue };
        let hint = format!("record it by {}: `tickmark record {} --period {}`", long_date(first.grace_until), control.id, first.period);
        findings.push(Finding::new(&RULE.code, facts.about(control), message).hint(hint).at(facts.control_place(&control.id)));
    }
}
