//! `requirement-uncovered`: a requirement in scope is served by no control in place (GT-50).

use super::{Facts, Rule};
use crate::{
    assess::Coverage,
    diag::{Code, Finding, Severity, Subject},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "requirement-uncovered",
        severity: Severity::Warning,
        title: "a requirement in scope is served by no control in place",
        explanation: r#"**Facts.** The requirements in scope, and the controls that claim them.

**Rule.** No control that is in place and effective at the as-of claims it, and it is not declared not applicable with
a reason. Policies alone and drafts do not serve it.

**What could fool it.** A control that claims more than it does.

**What mends it.** Put a control in place that serves it, or declare it not applicable with a reason."#,
    },
    gt: &["GT-50"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for line in facts.requirements.iter().filter(|line| line.coverage == Coverage::Uncovered) {
        let claimed: Vec<&str> = line.controls.iter().map(|id| id.as_str()).collect();
        let (message, hint) = if claimed.is_empty() {
            (
                format!("no control serves {} ({})", line.id, line.title),
                "add a control that serves it, or declare it not applicable".to_owned(),
            )
        } else {
            let ids = claimed.join(", ");
            (format!("no control in place serves {} ({})", line.id, line.title), format!("put {ids} in place"))
        };
        findings.push(Finding::new(&RULE.code, Subject::Requirement(line.framework.clone(), line.id.clone()), message).hint(hint));
    }
}
