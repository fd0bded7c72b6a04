//! `evidence-recycled`: the same artifact stands for different periods (GT-31).

use std::collections::{BTreeMap, BTreeSet};

use super::{Facts, Rule};
use crate::{
    diag::{Code, Finding, Severity, Subject},
    id::ControlId,
    model::{Artifact, ArtifactTarget, Evidence},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "evidence-recycled",
        severity: Severity::Warning,
        title: "the same artifact stands for different periods",
        explanation: r#"**Facts.** The content (blob or stated SHA-256) of every artifact, and the periods of the records that name it.

**Rule.** Two records of one control for different periods name an artifact with the same content.

**What could fool it.** A configuration that did not change gives the same export; then the day of extraction and the
count still differ.

**What mends it.** Take the data out anew for each period, or say in the notes why it is the same."#,
    },
    gt: &["GT-31"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let mut users: BTreeMap<(&ControlId, String), Vec<&Evidence>> = BTreeMap::new();
    for (control, _, record) in facts.counted() {
        let Some(evidence) = facts.evidence(&record.evidence) else { continue };
        for content in evidence.artifacts.iter().filter_map(|artifact| content(facts, artifact)) {
            users.entry((&control.id, content)).or_default().push(evidence);
        }
    }
    for ((control, _), records) in users {
        let periods: BTreeSet<String> = records.iter().map(|record| period_of(record)).collect();
        let Some(last) = records.last().filter(|_| periods.len() > 1) else { continue };
        let periods: Vec<String> = periods.into_iter().collect();
        let message = format!("the same artifact stands for {} of {control}", periods.join(" and "));
        let ids: Vec<&str> = records.iter().map(|record| record.id.as_str()).collect();
        findings.push(
            Finding::new(&RULE.code, Subject::Evidence(last.id.clone()), message)
                .hint(format!("say in the notes of {} why the data is the same, or take it out anew", ids.join(", ")))
                .at(last.origin.place()),
        );
    }
}

fn period_of(record: &Evidence) -> String {
    let day = || record.performed_on.map_or_else(|| record.id.to_string(), |day| day.to_string());
    record.period.map_or_else(day, |period| period.to_string())
}

fn content(facts: &Facts<'_>, artifact: &Artifact) -> Option<String> {
    let blob = match &artifact.target {
        ArtifactTarget::File(path) => facts.ground.programme.files.get(path).map(|(blob, _)| blob.to_string()),
        ArtifactTarget::Uri(_) => None,
    };
    blob.or_else(|| artifact.sha256.clone())
}
