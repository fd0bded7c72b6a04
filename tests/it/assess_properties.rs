//! What holds for every programme: one outcome an obligation, one obligation a record, and the order of things is nothing.

use std::{collections::BTreeSet, time::Instant};

use proptest::prelude::*;
use tickmark::assess::{Assessment, Outcome};

use crate::assess_world::{World, assessed};

/// A record line: period or day, landing, result.
fn record() -> impl Strategy<Value = String> {
    let period = prop_oneof![
        (1..=4u32).prop_map(|quarter| format!("period 2026-Q{quarter}")),
        (1..=12u32).prop_map(|month| format!("period 2026-{month:02}")),
        Just(String::new()),
    ];
    let day = (1..=12u32, 1..=28u32).prop_map(|(month, day)| format!("2026-{month:02}-{day:02}"));
    let result = prop_oneof![Just("pass"), Just("fail"), Just("nil")];
    (period, day.clone(), day, result)
        .prop_map(|(period, performed, landed, result)| format!("{period} performed {performed} result {result} at {landed}T10:00:00Z"))
}

fn programme() -> impl Strategy<Value = Vec<String>> {
    let frequency = prop_oneof![Just("monthly"), Just("quarterly"), Just("semiannual"), Just("P45D"), Just("weekly"), Just("per_event")];
    let version = (frequency, 0..30u32, prop_oneof![Just(""), Just("at 2026-05-10T09:00:00Z")])
        .prop_map(|(frequency, grace, at)| format!("control AC-01 frequency {frequency} grace P{grace}D {at}"));
    (prop::collection::vec(version, 1..4), prop::collection::vec(record(), 0..12)).prop_map(|(versions, records)| {
        let records = records.into_iter().enumerate().map(|(at, record)| format!("record R{at} {record}"));
        versions.into_iter().chain(records).collect()
    })
}

fn text_of(assessment: &Assessment) -> String {
    format!("{:?}\n{:?}\n{:?}\n{:?}", assessment.controls, assessment.findings, assessment.gaps, assessment.requirements)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_obligation_is_judged_once_and_every_record_answers_once(lines in programme()) {
        let assessment = assessed(&lines.join("\n"));
        let control = &assessment.controls[0];
        let ranges: BTreeSet<_> = control.obligations.iter().map(|slot| (slot.range, slot.period.to_string())).collect();
        prop_assert_eq!(ranges.len(), control.obligations.len(), "an obligation stands twice");
        let mut answered = Vec::new();
        for slot in &control.obligations {
            prop_assert!(!slot.reason.is_empty());
            prop_assert!(slot.range.first <= slot.range.last && slot.range.last <= slot.due && slot.due <= slot.grace_until);
            let needs_record = matches!(slot.outcome, Outcome::OnTime | Outcome::Late | Outcome::LateBeyondGrace | Outcome::NoOccurrence);
            prop_assert!(!needs_record || slot.record.is_some());
            prop_assert!(slot.outcome != Outcome::Missed || slot.record.is_none());
            answered.extend(slot.record.iter().map(|record| record.evidence.clone()));
        }
        answered.extend(control.occurrences.iter().map(|record| record.evidence.clone()));
        answered.extend(control.unmatched.iter().map(|record| record.evidence.clone()));
        let distinct: BTreeSet<_> = answered.iter().cloned().collect();
        let records = lines.iter().filter(|line| line.starts_with("record")).count();
        prop_assert_eq!(distinct.len(), answered.len(), "a record answers twice");
        prop_assert_eq!(distinct.len(), records, "a record was lost");
    }

    #[test]
    fn the_order_of_the_lines_changes_nothing(lines in programme()) {
        // Versions of the control keep their order: it says which one came later on the same instant.
        let (versions, mut records): (Vec<String>, Vec<String>) = lines.into_iter().partition(|line| line.starts_with("control"));
        let one = assessed(&versions.iter().chain(&records).cloned().collect::<Vec<_>>().join("\n"));
        records.reverse();
        let other = assessed(&versions.iter().chain(&records).cloned().collect::<Vec<_>>().join("\n"));
        prop_assert_eq!(text_of(&one), text_of(&other));
    }
}

/// A thousand controls and five thousand manifests. The bound is wide because tests are built without optimization and
/// machines are shared; it catches work that grows with controls times manifests.
#[test]
fn a_large_programme_is_judged_quickly() {
    let mut lines = vec!["require CC1.1 CC1.2".to_owned()];
    for at in 0..1_000 {
        lines.push(format!("control C-{at} frequency monthly grace P10D satisfies CC1.1"));
    }
    for at in 0..5_000 {
        let (control, month) = (at % 1_000, at / 1_000 + 1);
        lines.push(format!(
            "record R-{at} for C-{control} period 2026-{month:02} performed 2026-{month:02}-20 at 2026-{month:02}-21T09:00:00Z"
        ));
    }
    let world = World::read(&lines.join("\n"));
    let begun = Instant::now();
    let assessment = world.assess();
    let taken = begun.elapsed();
    assert_eq!(assessment.controls.len(), 1_000);
    assert!(taken.as_secs_f64() < 5.0, "took {taken:?}");
}

/// Times that no calendar holds come from hostile commits; they are judged like any other, without a panic.
#[test]
fn impossible_times_are_judged() {
    for zone in ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"] {
        let text = format!(
            "zone {zone}
             control AC-01 frequency quarterly grace P10D ttl P1Y
             record R1 period 2026-Q1 performed 2026-03-30 at 2026-03-30T10:00:00Z
             document p every annual reviewed 2026-01-01
             waiver W1 period 2026-Q2 approver lee at 2026-03-01T12:00:00Z"
        );
        for seconds in [i64::MAX, i64::MIN, 8_210_266_876_799, -8_334_601_228_800, 253_402_300_799] {
            let mut world = World::read(&text);
            for node in &mut world.history.nodes {
                (node.committed, node.landed) = (seconds, seconds);
            }
            let landed = world.history.landed(tickmark::model::CommitIx(0));
            for version in world.timelines.evidence.values_mut().flat_map(|timeline| &mut timeline.versions) {
                version.landed = landed;
            }
            for version in world.timelines.controls.values_mut().flat_map(|timeline| &mut timeline.versions) {
                version.landed = landed;
            }
            for version in world.timelines.documents.values_mut().flat_map(|timeline| &mut timeline.versions) {
                version.landed = landed;
            }
            for version in world.timelines.waivers.values_mut().flat_map(|timeline| &mut timeline.versions) {
                version.landed = landed;
            }
            assert_eq!(world.assess().controls.len(), 1);
        }
    }
}
