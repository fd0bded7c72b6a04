//! `requirement-uncovered`: a requirement in scope is served by no control in place (GT-50).

use super::{Facts, Rule};
use crate::{
    assess::Coverage,
    diag::{Code, Finding, Severity, Subject},
    model::{Applicability, Framework, Need, Requirement},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "requirement-uncovered",
        severity: Severity::Warning,
        title: "a requirement in scope is served by no control in place",
        explanation: r#"**Facts.** The requirements in scope, and the controls that claim them.

**Rule.** No control that is in place and effective at the as-of claims it, and it is not declared not applicable with
a reason. An addressable specification with an alternative is not uncovered either. Policies alone and drafts do not serve it,
and a crosswalk that suggests a control counts for nothing.

**What could fool it.** A control that claims more than it does.

**What mends it.** Put a control in place that serves it, or declare it not applicable with a reason where the framework
allows that. `tickmark map suggest` names controls whose other lines come near."#,
    },
    gt: &["GT-50"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for (framework, line) in facts.lines() {
        let Some(judged) = facts.requirement(&framework.id, &line.id).filter(|judged| judged.coverage == Coverage::Uncovered) else {
            continue;
        };
        let claimed: Vec<&str> = judged.controls.iter().map(|id| id.as_str()).collect();
        let (message, hint) = if claimed.is_empty() {
            (
                format!("no control serves {} ({})", line.id, line.title),
                format!("add a control that serves it{}", otherwise(framework, line)),
            )
        } else {
            (format!("no control in place serves {} ({})", line.id, line.title), format!("put {} in place", claimed.join(", ")))
        };
        findings.push(Finding::new(&RULE.code, Subject::Requirement(framework.id.clone(), line.id.clone()), message).hint(hint));
    }
}

/// What else would answer a line, by what its framework allows.
fn otherwise(framework: &Framework, line: &Requirement) -> &'static str {
    match (framework.applicability_of(line), line.need) {
        (Applicability::Always, _) => "",
        (_, Some(Need::Addressable)) => ", or record in content/applicability/ what is done in its place and why",
        (Applicability::Statement, _) => ", or exclude it with a reason in content/applicability/",
        (Applicability::Reasoned, _) => ", or declare it not applicable",
    }
}
