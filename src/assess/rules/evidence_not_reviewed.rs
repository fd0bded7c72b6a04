//! `evidence-not-reviewed`: fewer people reviewed than the control asks for (GT-19, GT-20).

use std::collections::BTreeSet;

use super::{Facts, Rule};
use crate::{
    assess::Performance,
    diag::{Code, Finding, Severity, Subject},
    id::PersonId,
    model::EvidenceResult,
    proof,
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "evidence-not-reviewed",
        severity: Severity::Warning,
        title: "fewer people reviewed than the control asks for",
        explanation: r#"**Facts.** `approvals` of the control; `reviewed_by` of the record and the review trailers of the commits that brought
it.

**Rule.** Fewer known people other than the performer and the author are named than the control asks for. What only a
forge knows is not seen.

**What could fool it.** A review that only the forge recorded; a trailer that somebody typed without one.

**What mends it.** Name the reviewer in the record or in a `Reviewed-by` trailer."#,
    },
    gt: &["GT-19", "GT-20"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for (control, _, record) in facts.counted() {
        let asked = facts.control(&control.id).map_or(0, |control| control.approvals) as usize;
        let named = reviewers(facts, record).len();
        let itself = record.reviewed_by.is_some() && record.reviewed_by == record.performed_by;
        if named < asked && !itself && record.result != EvidenceResult::Nil {
            let message = format!("{} names {named} of {asked} independent reviewers", facts.record_name(&record.evidence));
            findings.push(
                Finding::new(&RULE.code, Subject::Evidence(record.evidence.clone()), message)
                    .hint("name the reviewer in reviewed_by, or in a Reviewed-by trailer of the commit")
                    .at(facts.evidence_place(&record.evidence)),
            );
        }
    }
}

fn reviewers(facts: &Facts<'_>, record: &Performance) -> BTreeSet<PersonId> {
    let ground = &facts.ground;
    let made_by = record.commit.and_then(|commit| ground.commit_ix(commit));
    let performer = record.performed_by.as_deref().and_then(|name| ground.named(name));
    let makers: Vec<&PersonId> = performer.into_iter().chain(ground.author(made_by)).map(|person| &person.id).collect();
    let trailers = proof::reviewers(ground.history, made_by, record.landed_in);
    let named = record.reviewed_by.as_deref().and_then(|name| ground.named(name));
    named
        .into_iter()
        .chain(trailers.iter().filter_map(|trailer| ground.by_email(&trailer.email)))
        .filter(|person| proof::someone_else([*person], &makers))
        .map(|person| person.id.clone())
        .collect()
}
