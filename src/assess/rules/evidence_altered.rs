//! `evidence-altered`: evidence was changed after it landed (GT-26).

use super::{Facts, Rule};
use crate::diag::{Code, Finding, Severity, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "evidence-altered",
        severity: Severity::Warning,
        title: "evidence was changed after it landed",
        explanation: r#"**Facts.** Every version of the record and every content of its artifacts that the mainline held since the record was
accepted.

**Rule.** A fact of the record (control, period, day, people, result, source, artifacts, items) or the content of an
artifact differs from what first landed. Notes, and a reviewer named where none stood, are later steps of the same
work.

**What could fool it.** Line ends converted by a filter; a file that was encoded anew.

**What mends it.** Leave accepted evidence as it is and add a record that `supersedes` it."#,
    },
    gt: &["GT-26"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for record in &facts.records.all {
        let Some(what) = &record.altered else { continue };
        let id = &record.evidence.id;
        let commits = record.timeline.into_iter().flat_map(|timeline| &timeline.versions).filter_map(|version| version.landed_in);
        findings.push(
            Finding::new(
                &RULE.code,
                Subject::Evidence(id.clone()),
                format!("{} was changed after it landed: {what}", record.evidence.name()),
            )
            .hint("correct evidence by a new record that supersedes it; the first one stays as it was")
            .at(facts.evidence_place(id))
            .commits(commits.map(|at| facts.commit_id(at))),
        );
    }
}
