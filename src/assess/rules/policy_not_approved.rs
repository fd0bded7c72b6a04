//! `policy-not-approved`: a document has no approved version in force (GT-14, GT-17).

use super::{Facts, Rule};
use crate::{
    date::long_date,
    diag::{Code, Finding, Severity, Subject},
    model::DocumentStatus,
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "policy-not-approved",
        severity: Severity::Warning,
        title: "a document has no approved version in force",
        explanation: r#"**Facts.** Every version of the document on the mainline, with its status and its first day.

**Rule.** No approved version is in force at the as-of, and the document is not retired.

**What could fool it.** Nothing.

**What mends it.** Approve the text: `status: approved` and `effective_from`, merged by somebody entitled."#,
    },
    gt: &["GT-14", "GT-17"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for judged in facts.documents.iter().filter(|document| document.in_force.is_none()) {
        let Some(document) = facts.ground.programme.documents.get(&judged.id) else { continue };
        let ahead = judged.versions.iter().filter_map(|version| version.from).find(|from| *from > facts.ground.today);
        let message = match (document.status, ahead) {
            (DocumentStatus::Retired, _) => continue,
            (_, Some(from)) => format!("{} {} takes effect only on {}", document.kind.word(), judged.id, long_date(from)),
            _ => format!("{} {} has no approved version", document.kind.word(), judged.id),
        };
        findings.push(
            Finding::new(&RULE.code, Subject::Document(judged.id.clone()), message)
                .hint("let an approver agree, then set status: approved and effective_from")
                .at(document.origin.place()),
        );
    }
}
