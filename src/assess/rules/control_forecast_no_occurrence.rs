//! `control-forecast-no-occurrence`: the window will show no occurrence of a control (GT-18).

use super::{Facts, Rule};
use crate::{
    date::Cadence,
    diag::{Code, Finding, Severity},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "control-forecast-no-occurrence",
        severity: Severity::Warning,
        title: "the window will show no occurrence of a control",
        explanation: r#"**Facts.** The obligations of the control in the window, its records, and the day of its last performance.

**Rule.** A type 2 window holds no performance of the control and none that can still be expected. For a control that
is performed per event it is a note.

**What could fool it.** An event that is still to come.

**What mends it.** Move the window, perform the control once more within it (at least once a year allows that), or
disclose that it did not operate."#,
    },
    gt: &["GT-18"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for control in &facts.controls {
        let Some(forecast) = &control.forecast else { continue };
        let per_event = facts.control(&control.id).is_some_and(|control| control.frequency == Some(Cadence::PerEvent));
        let hint = if per_event {
            "record what happened, or a nil return for the period"
        } else {
            "move the window, or perform the control once more within it"
        };
        let mut finding = Finding::new(&RULE.code, facts.about(control), format!("{}: {forecast}", control.id))
            .hint(hint)
            .at(facts.control_place(&control.id));
        if per_event {
            finding.severity = Severity::Note;
        }
        findings.push(finding);
    }
}
