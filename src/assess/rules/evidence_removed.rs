//! `evidence-removed`: evidence was removed (GT-27).

use super::{Facts, Rule};
use crate::{
    diag::{Code, Finding, Severity, Subject},
    id::{EvidenceId, RepoPath},
    model::{ArtifactTarget, Evidence, Timeline},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "evidence-removed",
        severity: Severity::Error,
        title: "evidence was removed",
        explanation: r#"**Facts.** Records and artifacts that the mainline held and that the tip lacks.

**Rule.** A record was removed inside the window, no record supersedes it, and its content lives on in no other file;
or an artifact of a record was removed after it landed.

**What could fool it.** A record that was moved and reworded in one commit; an erasure that the law asks for.

**What mends it.** Bring it back, or add a record that `supersedes` it and says in its notes who removed it, when, and
under which retention rule."#,
    },
    gt: &["GT-27"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let ground = &facts.ground;
    for (id, timeline) in &ground.timelines.evidence {
        let Some((removed, removed_in)) = timeline.removed else { continue };
        let inside = ground.window.range.contains(ground.day(removed)) && removed <= ground.as_of;
        let superseded = facts.records.all.iter().any(|record| record.corrects.contains(&id));
        if inside && !superseded && facts.evidence(id).is_none() && !facts.records.lives_on(timeline) {
            let message = format!("{} was removed on {}", name(id, timeline), ground.when(removed));
            findings.push(
                Finding::new(&RULE.code, Subject::Evidence(id.clone()), message)
                    .hint("bring it back, or supersede it by a record that says who removed it and why")
                    .commits([facts.commit_id(removed_in)]),
            );
        }
    }
    for record in facts.ground.programme.evidence.values() {
        for path in removed_artifacts(facts, record) {
            let message = format!("the artifact {path} of {} was removed after it landed", record.name());
            findings.push(
                Finding::new(&RULE.code, Subject::Evidence(record.id.clone()), message)
                    .hint("bring the file back, or supersede the record")
                    .at(record.origin.place()),
            );
        }
    }
}

fn name(id: &EvidenceId, timeline: &Timeline<Evidence>) -> String {
    let last = timeline.versions.iter().rev().find_map(|version| version.record.as_ref());
    last.map_or_else(|| id.to_string(), Evidence::name)
}

fn removed_artifacts<'a>(facts: &Facts<'a>, record: &'a Evidence) -> impl Iterator<Item = &'a RepoPath> {
    let (files, past) = (&facts.ground.programme.files, &facts.ground.timelines.files);
    record.artifacts.iter().filter_map(move |artifact| match &artifact.target {
        ArtifactTarget::File(path) if !files.contains_key(path) => {
            past.get(path).is_some_and(|contents| contents.iter().any(|(_, blob)| blob.is_some())).then_some(path)
        }
        _ => None,
    })
}
