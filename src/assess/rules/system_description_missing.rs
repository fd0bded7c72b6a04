//! `system-description-missing`: sections of the system description are missing (GT-50).

use super::{Facts, Rule};
use crate::{
    diag::{Code, Finding, Severity, Subject},
    id::{DocumentId, FrameworkId},
    model::Report,
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

/// What each section of the description tells, in our own words.
const SECTIONS: [(&str, &str); 9] = [
    ("DC1", "the services"),
    ("DC2", "the commitments and requirements"),
    ("DC3", "the parts of the system"),
    ("DC4", "the significant incidents"),
    ("DC5", "the criteria and the controls that meet them"),
    ("DC6", "the controls that customers must have"),
    ("DC7", "the subservice organizations"),
    ("DC8", "the criteria that do not apply"),
    ("DC9", "the significant changes of the period"),
];

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let ground = &facts.ground;
    if !ground.programme.config.scope.frameworks.contains_key(&FrameworkId::from("soc2")) {
        return;
    }
    let asked = if ground.window.report == Report::Type2 { 9 } else { 8 };
    for (section, tells) in &SECTIONS[..asked] {
        let mut written = ground.programme.documents.values().filter(|document| document.section.as_deref() == Some(section));
        let drafted = written.clone().next().is_some();
        let in_force = |id: &DocumentId| facts.documents.iter().any(|document| document.id == *id && document.in_force.is_some());
        if written.any(|document| in_force(&document.id)) {
            continue;
        }
        let state = if drafted { "is still a draft" } else { "is missing" };
        let message = format!("section {section} of the system description ({tells}) {state}");
        findings.push(
            Finding::new(&RULE.code, Subject::Programme, message).hint(format!("write it in content/system/ with section: {section}")),
        );
    }
}
