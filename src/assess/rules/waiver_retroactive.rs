//! `waiver-retroactive`: a waiver landed after the due day (GT-34).

use super::{Facts, Rule};
use crate::{
    assess::{ControlAssessment, Obligation, Outcome, outcomes::is_approved},
    date::Period,
    diag::{Code, Finding, Severity, Subject},
    model::{Version, Waiver},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "waiver-retroactive",
        severity: Severity::Warning,
        title: "a waiver landed after the due day",
        explanation: r#"**Facts.** The landing of the first approved version of the waiver, and the due days of the periods that it names.

**Rule.** It landed after the end of the due day. It explains a miss and does not clear it.

**What could fool it.** A landing clamped by a wrong clock before it.

**What mends it.** Ask for a waiver before the due day; keep this one as the explanation of the deviation."#,
    },
    gt: &["GT-34"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for (waiver, control) in waived_controls(facts) {
        let Some(version) = approved_version(facts, waiver) else { continue };
        if !facts.ground.landing_is_sure(version.landed_in) {
            continue;
        }
        for slot in control.obligations.iter().filter(|slot| names(facts, waiver, slot)) {
            if facts.ground.by_end_of(version.landed, slot.due) || slot.outcome == Outcome::OnTime {
                continue;
            }
            let landed = facts.ground.when(version.landed);
            let message = format!("{} for {} of {} landed on {landed}, after it was due", waiver.id, slot.period, control.id);
            findings.push(
                Finding::new(&RULE.code, Subject::Register("waiver", waiver.id.to_string()), message)
                    .hint("a waiver counts from its landing; keep it as the explanation of the deviation")
                    .at(waiver.origin.place())
                    .commits(version.landed_in.map(|at| facts.commit_id(at))),
            );
        }
    }
}

/// The waivers of the tip with the controls that they are about.
pub(super) fn waived_controls<'f>(facts: &'f Facts<'_>) -> impl Iterator<Item = (&'f Waiver, &'f ControlAssessment)> {
    facts
        .ground
        .programme
        .waivers
        .values()
        .filter_map(|waiver| facts.controls.iter().find(|control| control.id == waiver.control).map(|control| (waiver, control)))
}

/// Whether a waiver names an obligation's period.
pub(super) fn names(facts: &Facts<'_>, waiver: &Waiver, slot: &Obligation) -> bool {
    let is_rolling = matches!(slot.period, Period::Range(_));
    waiver.periods.iter().any(|period| {
        let range = facts.ground.range(*period);
        range == slot.range || (is_rolling && range.contains(slot.due))
    })
}

fn approved_version<'f>(facts: &'f Facts<'_>, waiver: &Waiver) -> Option<&'f Version<Waiver>> {
    let timeline = facts.ground.timelines.waivers.get(&waiver.id)?;
    timeline
        .versions
        .iter()
        .find(|version| version.record.as_ref().is_some_and(|old| is_approved(&facts.ground, old) && old.periods == waiver.periods))
}
