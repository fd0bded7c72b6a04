//! `evidence-missed`: a control was not performed for a period (GT-12).

use super::{Facts, Rule};
use crate::{
    assess::{Outcome, wording::about_obligation},
    diag::{Code, Finding, Severity},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "evidence-missed",
        severity: Severity::Error,
        title: "a control was not performed for a period",
        explanation: r#"**Facts.** The obligation (control, period, due day, grace) and every record of the control that the mainline held.

**Rule.** Grace is over at the as-of, no record for the period landed, and history is whole enough to say so.

**What could fool it.** A record that was made but never merged; a record declared for another period; work that was
done and not recorded.

**What mends it.** Nothing erases it in this window. Perform the control now, record it for its period, and write the
deviation down with its cause in `content/deviations/`.

**Example.** AC-03 is quarterly with 10 days of grace. No record for 2026-Q1 landed by 10 April 2026."#,
    },
    gt: &["GT-12"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for (control, missed) in facts.with_outcome(Outcome::Missed) {
        let explained = facts.deviation(&control.id, missed.period);
        let hint = match explained {
            Some(entry) => format!("it stays a deviation of this window; {} explains it", entry.id),
            None => "perform it now, record it for its period, and explain the deviation in content/deviations/".to_owned(),
        };
        let message = about_obligation(control, missed).unwrap_or_default();
        findings.push(Finding::new(&RULE.code, facts.about(control), message).hint(hint).at(facts.control_place(&control.id)));
    }
}
