//! `evidence-late-beyond-grace`: a control was performed after its grace had ended (GT-12).

use super::{Facts, Rule};
use crate::{
    assess::{Outcome, wording::about_obligation},
    diag::{Code, Finding, Severity},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "evidence-late-beyond-grace",
        severity: Severity::Error,
        title: "a control was performed after its grace had ended",
        explanation: r#"**Facts.** The landing time of the record that answers the obligation; never the author time or the claimed day.

**Rule.** The record landed on the mainline after the last day of grace.

**What could fool it.** A pull request that waited for its merge; a landing clamped by a wrong clock before it.

**What mends it.** Nothing erases it in this window. Explain the deviation in `content/deviations/`; merge records
sooner."#,
    },
    gt: &["GT-12"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for (control, late) in facts.with_outcome(Outcome::LateBeyondGrace) {
        let commits = late.record.as_ref().and_then(|record| record.landed_in).map(|at| facts.commit_id(at));
        let message = about_obligation(control, late).unwrap_or_default();
        let hint = match facts.deviation(&control.id, late.period) {
            Some(entry) => format!("it stays a deviation of this window; {} explains it", entry.id),
            None => "it stays a deviation of this window; explain it in content/deviations/".to_owned(),
        };
        findings
            .push(Finding::new(&RULE.code, facts.about(control), message).hint(hint).at(facts.control_place(&control.id)).commits(commits));
    }
}
