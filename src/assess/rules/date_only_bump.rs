//! `date-only-bump`: a record was refreshed in its dates alone (GT-13).

use super::{Facts, Rule};
use crate::{
    assess::records::only_dates_differ,
    diag::{Code, Finding, Severity, Subject},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "date-only-bump",
        severity: Severity::Warning,
        title: "a record was refreshed in its dates alone",
        explanation: r#"**Facts.** Two versions of a record, one after the other.

**Rule.** Only `performed_on`, `period` or `source.extracted_at` differ, and a date stood there before. It is not a
refresh: freshness counts from the version before.

**What could fool it.** Data that is really the same on the new day.

**What mends it.** Write a new record with data taken out anew."#,
    },
    gt: &["GT-13"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let ground = &facts.ground;
    for record in &facts.records.all {
        let versions: Vec<_> = record
            .timeline
            .map_or(&[][..], |timeline| &timeline.versions)
            .iter()
            .filter_map(|version| version.record.as_ref().map(|said| (version, said)))
            .collect();
        for pair in versions.windows(2) {
            let (version, said) = pair[1];
            if ground.window.range.contains(ground.day(version.landed)) && only_dates_differ(pair[0].1, said) {
                let id = &record.evidence.id;
                let message = format!("{} was changed in its dates alone on {}", record.evidence.name(), ground.when(version.landed));
                findings.push(
                    Finding::new(&RULE.code, Subject::Evidence(id.clone()), message)
                        .hint("write a new record with data taken out anew")
                        .at(record.evidence.origin.place())
                        .commits(version.landed_in.map(|at| facts.commit_id(at))),
                );
            }
        }
    }
}
