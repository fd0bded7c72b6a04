//! `policy-effective-before-landing`: a text claims to bind before it landed (GT-14, GT-17).

use super::{Facts, Rule};
use crate::{
    date::long_date,
    diag::{Code, Finding, Severity, Subject},
    model::{Document, DocumentStatus},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "policy-effective-before-landing",
        severity: Severity::Note,
        title: "a text claims to bind before it landed",
        explanation: r#"**Facts.** `effective_from` and the landing of every approved version whose text changed or that is the first.

**Rule.** The claimed first day lies before the day of the landing. The text counts from its landing: nobody can
follow a text that is not there. For a text that replaced another inside the window it is a warning.

**What could fool it.** A document that was kept elsewhere before it came into this repository.

**What mends it.** Land a text before it binds; for an adopted document say in its history where it was kept before."#,
    },
    gt: &["GT-14", "GT-17"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let ground = &facts.ground;
    for document in ground.programme.documents.values() {
        let Some(timeline) = ground.timelines.documents.get(&document.id) else { continue };
        let mut before: Option<&Document> = None;
        for version in &timeline.versions {
            let Some(said) = &version.record else { continue };
            let landed = ground.day(version.landed);
            let changed = before.is_none_or(|before| before.body != said.body && before.effective_from != said.effective_from);
            let early = said.effective_from.filter(|from| *from < landed && said.status == DocumentStatus::Approved && changed);
            let seen = ground.window.range.contains(landed) && ground.landing_is_sure(version.landed_in);
            if let Some(from) = early.filter(|_| seen) {
                let message = format!("{} says it binds from {}, but it landed on {}", document.id, long_date(from), long_date(landed));
                let mut finding = Finding::new(&RULE.code, Subject::Document(document.id.clone()), message)
                    .hint("the text counts from its landing; land a text before it binds")
                    .at(document.origin.place())
                    .commits(version.landed_in.map(|at| facts.commit_id(at)));
                if before.is_some() {
                    finding.severity = Severity::Warning;
                }
                findings.push(finding);
            }
            before = Some(said);
        }
    }
}
