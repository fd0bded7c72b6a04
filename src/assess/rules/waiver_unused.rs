//! `waiver-unused`: a waiver covers nothing (GT-34, GT-50).

use super::{
    Facts, Rule,
    waiver_retroactive::{names, waived_controls},
};
use crate::{
    assess::Outcome,
    diag::{Code, Finding, Severity, Subject},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "waiver-unused",
        severity: Severity::Note,
        title: "a waiver covers nothing",
        explanation: r#"**Facts.** The periods of the waiver, and the obligations of its control in the window.

**Rule.** A period of it touches the window, and no obligation of the window is covered by it: the period is none of
the control's, or the control was performed all the same.

**What could fool it.** Nothing.

**What mends it.** Remove the period, or the waiver."#,
    },
    gt: &["GT-34", "GT-50"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let window = facts.ground.window.range;
    for (waiver, control) in waived_controls(facts) {
        let touches = waiver.periods.iter().any(|period| facts.ground.range(*period).intersection(window).is_some());
        let mut named = control.obligations.iter().filter(|slot| names(facts, waiver, slot)).peekable();
        let message = if named.peek().is_none() {
            format!("{} names no period in which {} is due", waiver.id, control.id)
        } else if named.all(|slot| matches!(slot.outcome, Outcome::OnTime | Outcome::Late | Outcome::NoOccurrence)) {
            format!("{} was not needed: {} was performed all the same", waiver.id, control.id)
        } else {
            continue;
        };
        if touches {
            findings.push(
                Finding::new(&RULE.code, Subject::Register("waiver", waiver.id.to_string()), message)
                    .hint("remove the waiver, or name the periods by the control's frequency")
                    .at(waiver.origin.place()),
            );
        }
    }
}
