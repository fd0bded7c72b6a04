//! `mapping-inflated`: one control claims very many requirements (GT-50).

use super::{Facts, Rule};
use crate::diag::{Code, Finding, Severity, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "mapping-inflated",
        severity: Severity::Note,
        title: "one control claims very many requirements",
        explanation: r#"**Facts.** `satisfies` of the control, by framework.

**Rule.** More than 8 requirements of one framework. An auditor tests what a control does, not what it is mapped to.

**What could fool it.** A control that is truly broad.

**What mends it.** Split the control, or leave out what it does not serve."#,
    },
    gt: &["GT-50"],
    run,
};

/// More requirements of one framework than this are worth a second look.
const MANY: usize = 8;

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for control in facts.ground.programme.controls.values() {
        for (framework, ids) in control.satisfies.iter().filter(|(_, ids)| ids.len() > MANY) {
            let message = format!("{} claims {} requirements of {framework}", control.id, ids.len());
            findings.push(
                Finding::new(&RULE.code, Subject::Control(control.id.clone()), message)
                    .hint("split it, or leave out what it does not serve")
                    .at(control.origin.place()),
            );
        }
    }
}
