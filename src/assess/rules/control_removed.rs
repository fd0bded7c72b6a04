//! `control-removed`: a control was removed inside the window (GT-17).

use super::{Facts, Rule};
use crate::diag::{Code, Finding, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "control-removed",
        severity: Severity::Warning,
        title: "a control was removed inside the window",
        explanation: r#"**Facts.** Controls that the mainline held in the window and that the tip lacks, with what they owed until their
removal.

**Rule.** The control's record was removed instead of retired. Its deviations until then stay.

**What could fool it.** A control that was given another id: it is a removal and a new control, because a record is
known by its id.

**What mends it.** Bring the record back with `status: retired` and `retired_on`, so that the window still shows it."#,
    },
    gt: &["GT-17"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for control in &facts.removed {
        let id = &control.assessment.id;
        let deviations = control.assessment.obligations.iter().filter(|slot| slot.outcome.is_deviation()).count();
        let owed = if deviations == 0 { String::new() } else { format!("; it had {deviations} deviations until then") };
        let message = format!("{id} was removed on {}{owed}", facts.ground.when(control.removed));
        let mut finding = Finding::new(&RULE.code, facts.about(&control.assessment), message)
            .hint("bring it back with status: retired and retired_on")
            .commits([facts.commit_id(control.removed_in)]);
        if deviations > 0 {
            finding.severity = Severity::Error;
        }
        findings.push(finding);
    }
}
