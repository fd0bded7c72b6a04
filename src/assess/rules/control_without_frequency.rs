//! `control-without-frequency`: a control does not say how often it is performed (GT-50).

use super::{Facts, Rule};
use crate::{
    assess::Design,
    diag::{Code, Finding, Severity},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "control-without-frequency",
        severity: Severity::Warning,
        title: "a control does not say how often it is performed",
        explanation: r#"**Facts.** `frequency` of controls that are approved or in place.

**Rule.** It is missing, so that nothing is expected and nothing can be missed.

**What could fool it.** Nothing.

**What mends it.** State a frequency; `continuous` and `per_event` are frequencies too."#,
    },
    gt: &["GT-50"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for control in facts.controls.iter().filter(|control| matches!(control.design, Design::Approved | Design::InPlace)) {
        if facts.control(&control.id).is_some_and(|control| control.frequency.is_none()) {
            findings.push(
                Finding::new(&RULE.code, facts.about(control), format!("{} has no frequency, so nothing is expected of it", control.id))
                    .hint("state a frequency; continuous and per_event are frequencies too")
                    .at(facts.control_place(&control.id)),
            );
        }
    }
}
