//! `control-loosened`: a control was loosened inside the window (GT-17).

use super::{Facts, Rule};
use crate::diag::{Code, Finding, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "control-loosened",
        severity: Severity::Warning,
        title: "a control was loosened inside the window",
        explanation: r#"**Facts.** The versions of the control that landed in the window, compared one after the other.

**Rule.** A longer frequency, due offset, grace or ttl, fewer approvals, a status taken back, a later first or earlier
last day, a requirement or the key mark taken away, or the control declared not applicable. Periods that had ended
before are still expected under the old terms.

**What could fool it.** A requirement that moved to another control.

**What mends it.** Say in the system description (DC9) why it changed, and let somebody other than the owner approve
it."#,
    },
    gt: &["GT-17"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for control in &facts.controls {
        for change in control.changes.iter().filter(|change| change.loosens) {
            let landed = facts.ground.when(facts.ground.history.landed(change.landed_in));
            let message = format!("{} was loosened on {landed}: {}", control.id, change.what);
            findings.push(
                Finding::new(&RULE.code, facts.about(control), message)
                    .hint("describe the change and its reason among the significant changes of the period")
                    .at(facts.control_place(&control.id))
                    .commits([facts.commit_id(change.landed_in)]),
            );
        }
    }
}
