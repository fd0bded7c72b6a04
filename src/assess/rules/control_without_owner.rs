//! `control-without-owner`: a control has no owner (GT-33).

use super::{Facts, Rule};
use crate::{
    assess::Design,
    diag::{Code, Finding, Severity},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "control-without-owner",
        severity: Severity::Warning,
        title: "a control has no owner",
        explanation: r#"**Facts.** `owner` of the control.

**Rule.** Nobody is named, or a name that is neither a person nor a team.

**What could fool it.** Nothing.

**What mends it.** Name a person or a team of `content/people.yaml`."#,
    },
    gt: &["GT-33"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for control in &facts.controls {
        let ownerless = facts.control(&control.id).is_some_and(|control| control.owner.is_none());
        if ownerless && !matches!(control.design, Design::Retired | Design::NotApplicable) {
            findings.push(
                Finding::new(&RULE.code, facts.about(control), format!("{} has no owner", control.id))
                    .hint("name a person or a team from content/people.yaml as owner")
                    .at(facts.control_place(&control.id)),
            );
        }
    }
}
