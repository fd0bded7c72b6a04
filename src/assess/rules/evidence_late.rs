//! `evidence-late`: a control was performed late, within grace (GT-12).

use super::{Facts, Rule};
use crate::{
    assess::{Outcome, wording::about_obligation},
    diag::{Code, Finding, Severity},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "evidence-late",
        severity: Severity::Warning,
        title: "a control was performed late, within grace",
        explanation: r#"**Facts.** The landing time of the record that answers the obligation.

**Rule.** The record landed after the end of the due day and not after the last day of grace.

**What could fool it.** A pull request that waited for its merge.

**What mends it.** Nothing for this period. Leave time for the review before the due day."#,
    },
    gt: &["GT-12"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for (control, late) in facts.with_outcome(Outcome::Late) {
        let commits = late.record.as_ref().and_then(|record| record.landed_in).map(|at| facts.commit_id(at));
        let message = about_obligation(control, late).unwrap_or_default();
        findings.push(Finding::new(&RULE.code, facts.about(control), message).at(facts.control_place(&control.id)).commits(commits));
    }
}
