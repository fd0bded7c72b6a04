//! `key-control-without-policy`: a key control has no approved policy behind it (GT-50, GT-17).

use super::{Facts, Rule};
use crate::{
    assess::Design,
    diag::{Code, Finding, Severity},
    id::DocumentId,
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "key-control-without-policy",
        severity: Severity::Warning,
        title: "a key control has no approved policy behind it",
        explanation: r#"**Facts.** `policies` of key controls, and the versions of those documents.

**Rule.** The control names no document, or none that is in force at the as-of.

**What could fool it.** Nothing.

**What mends it.** Name the policy that asks for the control, and approve it."#,
    },
    gt: &["GT-50", "GT-17"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for control in facts.controls.iter().filter(|control| control.design == Design::InPlace) {
        let Some(record) = facts.control(&control.id).filter(|record| record.key) else { continue };
        let in_force = |id: &DocumentId| facts.documents.iter().any(|document| document.id == *id && document.in_force.is_some());
        let message = if record.policies.is_empty() {
            format!("{} is a key control, and no policy asks for it", control.id)
        } else if !record.policies.iter().any(in_force) {
            format!("{} is a key control, and none of its policies is in force", control.id)
        } else {
            continue;
        };
        findings.push(
            Finding::new(&RULE.code, facts.about(control), message)
                .hint("name the policy that asks for it, and approve it")
                .at(facts.control_place(&control.id)),
        );
    }
}
