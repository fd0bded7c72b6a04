//! `evidence-self-reviewed`: a record was reviewed by the person who performed it (GT-19).

use super::{Facts, Rule};
use crate::diag::{Code, Finding, Severity, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "evidence-self-reviewed",
        severity: Severity::Warning,
        title: "a record was reviewed by the person who performed it",
        explanation: r#"**Facts.** `performed_by` and `reviewed_by` of the records that count, resolved to people.

**Rule.** Both name the same person.

**What could fool it.** One person under two names; a shared account.

**What mends it.** Let somebody else review, and record it. In a team of one, say what compensates."#,
    },
    gt: &["GT-19"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for (_, _, record) in facts.counted() {
        let (Some(performer), Some(reviewer)) = (&record.performed_by, &record.reviewed_by) else { continue };
        let known = |name: &str| facts.ground.named(name).map(|person| &person.id);
        let same = performer == reviewer || (known(performer).is_some() && known(performer) == known(reviewer));
        if same {
            let message = format!("{} was performed and reviewed by {performer}", facts.record_name(&record.evidence));
            findings.push(
                Finding::new(&RULE.code, Subject::Evidence(record.evidence.clone()), message)
                    .hint("let somebody else review it")
                    .at(facts.evidence_place(&record.evidence)),
            );
        }
    }
}
