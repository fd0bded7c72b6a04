//! `decision-unused`: a decision about a line that is not asked (GT-50).

use super::{Facts, Rule};
use crate::{
    diag::{Code, Finding, Severity, Subject},
    model::LineKind,
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "decision-unused",
        severity: Severity::Note,
        title: "a decision is about a line that nothing asks about",
        explanation: r#"**Facts.** The decisions in `content/applicability/`, and the lines in scope.

**Rule.** A decision counts for a requirement in scope. About a line out of scope, a heading or background it changes nothing,
and is easily taken for more.

**What could fool it.** Nothing known.

**What mends it.** Take the decision out, or name the lines below the heading one by one."#,
    },
    gt: &["GT-50"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let programme = facts.ground.programme;
    for decision in programme.decisions.values() {
        // A framework or a line that is not known has a finding of its own, and so has a withdrawn line.
        let Some(framework) = programme.frameworks.get(&decision.framework) else { continue };
        let Some(line) = framework.requirements.get(&decision.id).filter(|line| !line.withdrawn) else { continue };
        let selection = programme.config.scope.frameworks.get(&framework.id);
        let why = match line.kind {
            LineKind::Heading => "a heading, which asks nothing by itself",
            LineKind::Context => "background, which is not counted",
            LineKind::Requirement if selection.is_some_and(|selection| framework.is_in_scope(line, selection)) => continue,
            LineKind::Requirement => "out of scope",
        };
        let message = format!("the decision about {} of {} changes nothing: the line is {why}", line.id, framework.name);
        let subject = Subject::Requirement(framework.id.clone(), line.id.clone());
        let finding = Finding::new(&RULE.code, subject, message).hint("take it out, or name a line in scope");
        findings.push(finding.at(decision.origin.place()));
    }
}
