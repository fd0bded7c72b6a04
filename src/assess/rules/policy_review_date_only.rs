//! `policy-review-date-only`: a review was recorded by moving its date alone (GT-14, GT-13).

use super::{Facts, Rule};
use crate::{
    assess::documents::is_bare_review,
    diag::{Code, Finding, Severity, Subject},
    model::Document,
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "policy-review-date-only",
        severity: Severity::Warning,
        title: "a review was recorded by moving its date alone",
        explanation: r#"**Facts.** Versions that landed in the window: the text, `reviewed_on`, the author, and the review trailers.

**Rule.** Only metadata changed, `reviewed_on` among it, the author is not among the approvers (the owner, where none
are named), and no trailer names one. It does not count as a review.

**What could fool it.** An approver who reviewed and left the typing to somebody else, without a trailer.

**What mends it.** Let an approver commit the date, or name one in a `Reviewed-by` trailer."#,
    },
    gt: &["GT-14", "GT-13"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let ground = &facts.ground;
    for document in ground.programme.documents.values() {
        let Some(timeline) = ground.timelines.documents.get(&document.id) else { continue };
        let mut before: Option<&Document> = None;
        for version in &timeline.versions {
            let Some(said) = &version.record else { continue };
            let inside = ground.window.range.contains(ground.day(version.landed));
            if inside && before.is_some_and(|before| is_bare_review(ground, before, version)) {
                let landed = ground.when(version.landed);
                let message = format!("the review of {} was moved on {landed} by somebody who is not among its approvers", document.id);
                findings.push(
                    Finding::new(&RULE.code, Subject::Document(document.id.clone()), message)
                        .hint("let an approver commit the date, or name one in a Reviewed-by trailer")
                        .at(document.origin.place())
                        .commits(version.landed_in.map(|at| facts.commit_id(at))),
                );
            }
            before = Some(said);
        }
    }
}
