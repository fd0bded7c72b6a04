//! `evidence-unknown`: what history says about a period cannot be seen (GT-01, GT-12).

use super::{Facts, Rule};
use crate::{
    assess::{Outcome, wording::about_obligation},
    diag::{Code, Finding, Severity},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "evidence-unknown",
        severity: Severity::Warning,
        title: "what history says about a period cannot be seen",
        explanation: r#"**Facts.** The obligation, and why its record cannot be seen: incomplete history, an unreadable file, a record that
was rewritten or removed, a record whose own days contradict each other.

**Rule.** The obligation cannot be judged. It is neither on time nor missed.

**What could fool it.** Somebody may leave a file unreadable so that a miss does not show; unknown is never counted as
good.

**What mends it.** Fetch the whole history, mend the file that cannot be read, or correct the record by one that
supersedes it."#,
    },
    gt: &["GT-01", "GT-12"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for (control, unknown) in facts.with_outcome(Outcome::Unknown) {
        let hint = match facts.ground.history.missing.first() {
            Some(missing) => format!("`{}` brings the history that is missing", missing.command),
            None => "mend what cannot be read, or correct the record by one that supersedes it".to_owned(),
        };
        let message = about_obligation(control, unknown).unwrap_or_default();
        findings.push(Finding::new(&RULE.code, facts.about(control), message).hint(hint).at(facts.control_place(&control.id)));
    }
}
