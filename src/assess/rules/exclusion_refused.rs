//! `exclusion-refused`: a decision that the framework does not allow (GT-50).

use super::{Facts, Rule};
use crate::{
    diag::{Code, Finding, Severity, Subject},
    model::{Applicability, Decision, Need, Verdict},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "exclusion-refused",
        severity: Severity::Error,
        title: "a decision about a requirement is one that its framework does not allow",
        explanation: r#"**Facts.** The decisions in `content/applicability/`, `scope.not_applicable`, and what the catalogue says of the line:
`applicability: always` of its group, `need: addressable` of the line itself.

**Rule.** A line that always applies is never excluded: clauses 4 to 10 of ISO/IEC 27001 leave no choice. Only an addressable
specification of HIPAA may have an alternative in its place. Such a decision changes nothing, and the line counts as if it
were not there.

**What could fool it.** A catalogue that marks a group wrongly.

**What mends it.** Take the decision out and serve the line with a control; for a line that truly does not apply, ask who
publishes the framework."#,
    },
    gt: &["GT-50"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for (framework, line) in facts.lines() {
        let Some(stated) = facts.ground.programme.stated(&framework.id, &line.id) else { continue };
        let (id, word) = (&line.id, framework.word_of(line));
        let always = framework.applicability_of(line) == Applicability::Always;
        let (message, hint) = match stated.verdict {
            Verdict::Excluded if always => (
                format!("{id} is declared not applicable, and {} leaves no choice about this {word}", framework.name),
                "take the decision out, and serve it with a control".to_owned(),
            ),
            Verdict::Alternative(_) if line.need != Some(Need::Addressable) => (
                format!("{id} is given an alternative, and this {word} of {} is not addressable", framework.name),
                "serve it with a control, or exclude it with a reason where it does not apply".to_owned(),
            ),
            _ => continue,
        };
        let subject = Subject::Requirement(framework.id.clone(), id.clone());
        let place = stated.decision.map(|Decision { origin, .. }| origin.place());
        findings.push(Finding::new(&RULE.code, subject, message).hint(hint).at(place));
    }
}
