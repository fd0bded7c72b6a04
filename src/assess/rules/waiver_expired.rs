//! `waiver-expired`: a waiver has expired and still names periods (GT-34).

use super::{
    Facts, Rule,
    waiver_retroactive::{names, waived_controls},
};
use crate::{
    date::long_date,
    diag::{Code, Finding, Severity, Subject},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "waiver-expired",
        severity: Severity::Note,
        title: "a waiver has expired and still names periods",
        explanation: r#"**Facts.** `expires_on` of the waiver and the due days of the periods that it names.

**Rule.** A period that it names is due after its last day, so that it does not cover it.

**What could fool it.** Nothing.

**What mends it.** Ask for a new decision, or perform the control."#,
    },
    gt: &["GT-34"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for (waiver, control) in waived_controls(facts) {
        let Some(expires) = waiver.expires_on else { continue };
        for slot in control.obligations.iter().filter(|slot| slot.due > expires && names(facts, waiver, slot)) {
            let message = format!(
                "{} ends on {}, before {} is due for {} on {}",
                waiver.id,
                long_date(expires),
                control.id,
                slot.period,
                long_date(slot.due)
            );
            findings.push(
                Finding::new(&RULE.code, Subject::Register("waiver", waiver.id.to_string()), message)
                    .hint("ask for a new decision, or perform the control")
                    .at(waiver.origin.place()),
            );
        }
    }
}
