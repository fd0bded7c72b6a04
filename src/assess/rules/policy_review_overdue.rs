//! `policy-review-overdue`: a document's review is overdue (GT-14).

use super::{Facts, Rule};
use crate::{
    assess::documents::next_review,
    date::long_date,
    diag::{Code, Finding, Severity, Subject},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "policy-review-overdue",
        severity: Severity::Warning,
        title: "a document's review is overdue",
        explanation: r#"**Facts.** `review_every`, and the last review that counts: a `reviewed_on` that is not after its landing and that
somebody entitled recorded.

**Rule.** The next review lies before the as-of; where no review was ever recorded, the cycle counts from the first
day in force.

**What could fool it.** A date that was moved without a review.

**What mends it.** Review the text, and record it: a new `reviewed_on`, approved by one of the approvers. A review
that changes nothing is a review."#,
    },
    gt: &["GT-14"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let ground = &facts.ground;
    for judged in facts.documents.iter().filter(|document| document.in_force.is_some()) {
        let Some(document) = ground.programme.documents.get(&judged.id) else { continue };
        let first_day = judged.versions.iter().find_map(|version| version.from);
        let unreviewed = || document.review_every.zip(first_day).and_then(|(cycle, first)| next_review(ground, cycle, first));
        let Some(next) = judged.next_review.or_else(unreviewed).filter(|next| *next < ground.today) else { continue };
        let last = match judged.last_review {
            Some(last) => format!("last reviewed on {}", long_date(last)),
            None => "no review is recorded".to_owned(),
        };
        let message = format!("the review of {} was due on {}: {last}", judged.id, long_date(next));
        findings.push(
            Finding::new(&RULE.code, Subject::Document(judged.id.clone()), message)
                .hint("review the text and record it in reviewed_on, approved by one of the approvers")
                .at(document.origin.place()),
        );
    }
}
