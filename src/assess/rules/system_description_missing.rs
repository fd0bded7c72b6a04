//! `system-description-missing`: sections of the system description are missing (GT-50).

use super::{Facts, Rule};
use crate::{
    assess::description::{describes_system, sections},
    diag::{Code, Finding, Severity, Subject},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "system-description-missing",
        severity: Severity::Warning,
        title: "sections of the system description are missing",
        explanation: r#"**Facts.** `section` of the approved documents in `content/system/`, when SOC 2 is in scope.

**Rule.** A section from DC1 to DC9 is answered by no document in force; DC9 is asked for a type 2 window only.

**What could fool it.** A document that answers more than the section that it names.

**What mends it.** Write the section. Management writes the description; an auditor evaluates it."#,
    },
    gt: &["GT-50"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let programme = facts.ground.programme;
    if !programme.config.scope.frameworks.keys().any(describes_system) {
        return;
    }
    for section in sections(programme, &facts.documents).iter().filter(|section| section.asked && !section.is_answered()) {
        let state = if section.documents.is_empty() { "is missing" } else { "is still a draft" };
        let message = format!("section {} of the system description ({}) {state}", section.id, section.tells);
        let hint = format!("write it in content/system/ with section: {}", section.id);
        findings.push(Finding::new(&RULE.code, Subject::Programme, message).hint(hint));
    }
}
