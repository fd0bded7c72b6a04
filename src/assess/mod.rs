//! Judging: pure functions from a programme, its history and an instant to an assessment.
//!
//! No clock, no disk, no bytes, no HTML: everything comes in by [`Input`], and the same input gives the same assessment.
//! [`assess`] reads as the passes: records, controls (tenure, schedule, matching, outcomes), requirements, documents,
//! rules, gaps, populations.

mod assessment;
mod changes;
mod control;
pub mod description;
mod documents;
mod facts;
mod first_steps;
mod forecast;
mod gaps;
mod ground;
mod matching;
mod outcomes;
mod owners;
mod populations;
mod records;
pub mod rules;
mod schedule;
mod status;
pub mod suggest;
mod tenure;
mod wording;

pub use assessment::*;
pub use facts::{Facts, RemovedControl};
pub use first_steps::{FirstStep, first_steps};
pub use gaps::undecided_stub;
pub use ground::{CLOCK_TOLERANCE, Ground, LONGEST_WINDOW};

use crate::{
    date::Instant,
    diag::{Code, Finding},
    model::{History, Programme, Timelines},
};

/// Everything an assessment is made from.
pub struct Input<'a> {
    /// The programme as the tip holds it.
    pub programme: &'a Programme,
    /// The history behind the tip.
    pub history: &'a History,
    /// The records through that history.
    pub timelines: &'a Timelines,
    /// The instant of the assessment.
    pub as_of: Instant,
    /// What loading and walking found; it is reported beside what the rules find.
    pub findings: Vec<Finding>,
}

/// Judges a programme. Bad input is reported, never refused.
pub fn assess(input: Input<'_>) -> Assessment {
    let facts = facts(&input);
    let mut findings = input.findings;
    rules::run(&facts, &mut findings);
    Finding::sort(&mut findings);
    let gaps = gaps::ranked(&facts, &findings);
    let populations = populations::populations(&facts.ground, &facts.controls);
    let Facts { ground, records: _, controls, removed: _, requirements, documents, owed: _ } = facts;
    Assessment {
        as_of: ground.as_of,
        today: ground.today,
        window: ground.window,
        controls,
        requirements,
        documents,
        populations,
        findings,
        gaps,
    }
}

/// The codes of all rules, by name.
pub fn codes() -> Vec<&'static Code> {
    rules::RULES.iter().map(|rule| &rule.code).collect()
}

fn facts<'a>(input: &Input<'a>) -> Facts<'a> {
    let ground = Ground::new(input);
    let records = records::Records::collect(&ground);
    let controls: Vec<ControlAssessment> = ground
        .programme
        .controls
        .values()
        .map(|control| control::judge_control(&ground, &records, &control.id, ground.timelines.controls.get(&control.id), control))
        .collect();
    let removed = removed_controls(&ground, &records);
    let requirements = status::requirements(&ground, &controls);
    let documents = documents::documents(&ground);
    let owed = gaps::sentences(&controls);
    Facts { ground, records, controls, removed, requirements, documents, owed }
}

fn removed_controls<'a>(ground: &Ground<'a>, records: &records::Records<'a>) -> Vec<RemovedControl> {
    let mut list = Vec::new();
    for (id, timeline) in &ground.timelines.controls {
        let last = timeline.versions.iter().rev().find_map(|version| version.record.as_ref());
        let (Some((removed, removed_in)), Some(last)) = (timeline.removed, last) else { continue };
        let inside = ground.window.range.contains(ground.day(removed)) && removed <= ground.as_of;
        if inside && !ground.programme.controls.contains_key(id) {
            let assessment = control::judge_control(ground, records, id, Some(timeline), last);
            list.push(RemovedControl { assessment, removed, removed_in });
        }
    }
    list
}
