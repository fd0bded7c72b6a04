//! `policy-approval-not-visible`: the history does not show who approved a document (GT-19, GT-20, GT-21).

use super::{Facts, Rule};
use crate::diag::{Code, Finding, Severity, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "policy-approval-not-visible",
        severity: Severity::Note,
        title: "the history does not show who approved a document",
        explanation: r#"**Facts.** The review trailers of the commit that made the text in force and of the merge that landed it, resolved to
people, and `approvers`.

**Rule.** No trailer names one of the approvers other than the author. Most forges keep approvals outside Git, so this
says what is not visible, not that nobody approved.

**What could fool it.** A trailer is text that somebody typed; a forge's approval is not in the history.

**What mends it.** Let the merge carry a `Reviewed-by` or `Approved-by` trailer, and keep the forge's record for the
auditor."#,
    },
    gt: &["GT-19", "GT-20", "GT-21"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for judged in facts.documents.iter().filter(|document| document.in_force.is_some() && !document.approval.independent) {
        let Some(document) = facts.ground.programme.documents.get(&judged.id) else { continue };
        let message = if judged.approval.named.is_empty() {
            format!("{}: {}", judged.id, judged.approval.basis)
        } else {
            format!("{}: trailers name {}, but no approver other than the author", judged.id, judged.approval.named.join(", "))
        };
        findings.push(
            Finding::new(&RULE.code, Subject::Document(judged.id.clone()), message)
                .hint("name the approver in an Approved-by trailer of the merge, and keep the forge's record")
                .at(document.origin.place()),
        );
    }
}
