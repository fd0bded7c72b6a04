//! Status, documents, requirements, gaps and populations.

use tickmark::{
    assess::{Assessment, Coverage, Design, Freshness, Operation, Population, Recoverable},
    id::{ControlId, DocumentId},
};

use crate::assess_world::{World, assessed, day};

fn operation(text: &str) -> Operation {
    assessed(text).control(&ControlId::from("AC-01")).expect("the control").operation
}

fn population<'a>(assessment: &'a Assessment, id: &str) -> &'a Population {
    assessment.populations.iter().find(|population| population.id == id).expect("the population")
}

#[test]
fn operation_is_the_worst_thing_that_history_shows() {
    let on_time = "record R1 period 2026-Q1 performed 2026-03-30 at 2026-03-30T10:00:00Z";
    let april = "as-of 2026-04-20T00:00:00Z";
    for (events, wanted) in [
        (format!("control AC-01 frequency quarterly\n{on_time}\n{april}"), Operation::EffectiveSoFar),
        (format!("control AC-01 frequency quarterly\n{on_time}"), Operation::DueSoon),
        ("control AC-01 frequency quarterly".to_owned(), Operation::Missed),
        (format!("control AC-01 frequency quarterly\n{on_time} result fail\n{april}"), Operation::DeviationNoted),
        ("control AC-01 frequency annual".to_owned(), Operation::NotYetDue),
        ("control AC-01 frequency quarterly status drafted".to_owned(), Operation::NotInPlace),
        ("control AC-01 frequency quarterly na reason".to_owned(), Operation::NotApplicable),
        ("control AC-01 frequency per_event".to_owned(), Operation::NoObligations),
        ("control AC-01 frequency per_event\nrecord R1 performed 2026-03-30 at 2026-03-30T10:00:00Z".to_owned(), Operation::EffectiveSoFar),
        (
            "control AC-01 frequency per_event\nrecord R1 performed 2026-03-30 result nil at 2026-03-30T10:00:00Z".to_owned(),
            Operation::NoOccurrence,
        ),
        ("control AC-01 frequency continuous status drafted".to_owned(), Operation::NotInPlace),
    ] {
        assert_eq!(operation(&events), wanted, "{events}");
    }
}

#[test]
fn a_failure_that_is_edited_away_stays_a_deviation() {
    let events = "control AC-01 frequency quarterly
        record R1 period 2026-Q1 performed 2026-03-30 result fail at 2026-03-30T10:00:00Z
        record R1 period 2026-Q1 performed 2026-03-30 result pass at 2026-03-30T12:00:00Z";
    assert_eq!(operation(events), Operation::DeviationNoted);
}

#[test]
fn freshness_counts_from_the_extraction_and_not_from_a_touched_date() {
    let fresh = |events: &str| assessed(events).controls[0].freshness.clone();
    let ttl = "control AC-01 frequency annual ttl P100D";
    let first = "record R1 performed 2026-03-30 extracted 2026-03-01T10:00:00Z at 2026-03-30T10:00:00Z";
    let touched = "record R1 performed 2026-05-30 extracted 2026-05-30T10:00:00Z at 2026-05-30T10:00:00Z";
    assert_eq!(fresh("control AC-01 frequency annual"), Freshness::NotAsked);
    assert_eq!(fresh(ttl), Freshness::Never);
    assert_eq!(fresh(&format!("{ttl}\n{first}")), Freshness::Expiring(day("2026-06-09")));
    assert_eq!(fresh(&format!("{ttl}\n{first}\n{touched}")), Freshness::Expiring(day("2026-06-09")));
    assert_eq!(fresh(&format!("{ttl}\n{first}\n{touched} result nil")), Freshness::Fresh(day("2026-09-07")));
    assert_eq!(fresh(&format!("{ttl}\n{first}\nas-of 2026-06-10T00:00:00Z")), Freshness::Stale(day("2026-06-10")));
}

#[test]
fn days_without_an_owner_and_in_place_are_stretches_of_the_window() {
    let assessment = assessed(
        "person lee to 2026-03-01
         control AC-01 frequency quarterly owner lee
         control AC-01 frequency quarterly owner dana at 2026-04-10T09:00:00Z
         control AC-01 frequency quarterly status approved at 2026-05-10T09:00:00Z",
    );
    let control = &assessment.controls[0];
    let spans = |ranges: &[tickmark::date::DateRange]| -> Vec<String> {
        ranges.iter().map(|range| format!("{}..{}", range.first, range.last)).collect()
    };
    assert_eq!(spans(&control.without_owner), ["2026-03-02..2026-04-09"]);
    assert_eq!(spans(&control.in_place), ["2026-01-01..2026-05-09"]);
    assert_eq!(control.design, Design::Approved);
    let said: Vec<(&str, bool)> = control.changes.iter().map(|change| (change.what.as_str(), change.loosens)).collect();
    assert_eq!(said, [("owner: lee, then dana", false), ("status: in place, then approved", true),]);
}

#[test]
fn a_text_binds_from_its_landing_until_the_next_one_does() {
    let assessment = assessed(
        "document p version 1 from 2024-01-01 approvers lee trailer Approved-by:lee
         document p version 2 status draft body two at 2026-02-01T09:00:00Z
         document p version 2 from 2026-03-01 body two approvers lee at 2026-02-10T09:00:00Z
         document p version 3 from 2026-04-01 body three approvers lee trailer Approved-by:lee at 2026-04-20T09:00:00Z
         document p version 3 from 2026-04-01 body three approvers lee reviewed 2026-05-01 at 2026-05-02T09:00:00Z",
    );
    let document = assessment.document(&DocumentId::from("p")).expect("the document");
    let days: Vec<String> = document
        .versions
        .iter()
        .map(|version| {
            let text = |day: Option<tickmark::date::Date>| day.map_or("-".to_owned(), |day| day.to_string());
            format!("{} {}..{} {}", version.label, text(version.from), text(version.to), version.text_unchanged)
        })
        .collect();
    assert_eq!(
        days,
        [
            "1 2025-01-02..2026-02-28 false",
            "2 -..- false",
            "2 2026-03-01..2026-04-19 true",
            "3 2026-04-20..2026-05-01 false",
            "3 2026-05-02..- true",
        ]
    );
    assert_eq!(document.in_force, Some(4));
    // The last version only moves the date of the review: the approval is that of its text.
    assert!(document.approval.independent);
    assert_eq!(document.approval.named, ["LEE"]);
    // dana may not approve, so the date alone is no review.
    assert_eq!(document.last_review, None);
}

#[test]
fn an_approver_who_wrote_the_text_is_not_independent() {
    let assessment = assessed("document p approvers lee author lee trailer Approved-by:lee at 2026-02-01T09:00:00Z");
    assert!(!assessment.documents[0].approval.independent);
}

#[test]
fn a_review_is_claimed_no_later_than_it_landed() {
    let review = |events: &str| {
        let assessment = assessed(events);
        (assessment.documents[0].last_review, assessment.documents[0].next_review)
    };
    let first = "document p reviewed 2025-01-01 every annual approvers lee";
    let early = "document p reviewed 2026-03-05 every annual approvers lee author lee at 2026-03-01T09:00:00Z";
    let good = "document p reviewed 2026-03-01 every annual approvers lee author lee at 2026-03-01T09:00:00Z";
    assert_eq!(review(first), (Some(day("2025-01-01")), Some(day("2026-01-01"))));
    assert_eq!(review(&format!("{first}\n{early}")), (Some(day("2025-01-01")), Some(day("2026-01-01"))));
    assert_eq!(review(&format!("{first}\n{good}")), (Some(day("2026-03-01")), Some(day("2027-03-01"))));
}

#[test]
fn a_requirement_is_covered_by_a_control_in_place_only() {
    let assessment = assessed(
        "require CC6.1 CC6.2 CC6.3 CC6.4 CC6.10
         exclude CC6.4
         control AC-01 frequency annual satisfies CC6.1,CC6.2
         control AC-02 frequency quarterly key yes satisfies CC6.1
         control AC-03 frequency annual from 2026-09-01 satisfies CC6.3",
    );
    let lines: Vec<(&str, Coverage, Option<Operation>)> =
        assessment.requirements.iter().map(|line| (line.id.as_str(), line.coverage, line.operation)).collect();
    assert_eq!(
        lines,
        [
            ("CC6.1", Coverage::Covered, Some(Operation::Missed)),
            ("CC6.2", Coverage::Covered, Some(Operation::NotYetDue)),
            ("CC6.3", Coverage::Uncovered, Some(Operation::NotInPlace)),
            ("CC6.4", Coverage::NotApplicable, None),
            ("CC6.10", Coverage::Uncovered, None),
        ]
    );
}

#[test]
fn gaps_are_ranked_with_reasons_and_ready_texts() {
    let assessment = assessed(
        "require CC6.1 CC6.2
         control AC-01 frequency quarterly grace P10D key yes approvals 1 satisfies CC6.1
         control AC-02 frequency monthly grace P10D satisfies CC6.1",
    );
    let ranks: Vec<usize> = assessment.gaps.iter().map(|gap| gap.rank).collect();
    assert_eq!(ranks, (1..=assessment.gaps.len()).collect::<Vec<_>>());
    let missed = assessment.gaps.iter().find(|gap| gap.code == "evidence-missed" && gap.message.starts_with("AC-01")).expect("a gap");
    assert_eq!(missed.recoverable, Recoverable::NotInWindow);
    assert_eq!(missed.why, "cannot be mended in this window, key control, 62 days overdue, one requirement rests on it");
    assert_eq!(missed.file.as_ref().map(|path| path.as_str()), Some("content/evidence/AC-01/2026-Q1.yaml"));
    let stub = missed.stub.as_deref().expect("a text");
    assert!(stub.starts_with("control: AC-01\nperiod: 2026-Q1\nperformed_on: "), "{stub}");
    assert!(stub.contains("\nperformed_by: dana\nreviewed_by: "), "{stub}");
    let soon = assessment.gaps.iter().find(|gap| gap.message.starts_with("AC-02 is due")).expect("a gap");
    assert_eq!((soon.recoverable.clone(), soon.due), (Recoverable::Until(day("2026-06-10")), Some(day("2026-05-31"))));
    let uncovered = assessment.gaps.iter().find(|gap| gap.code == "requirement-uncovered").expect("a gap");
    assert_eq!(uncovered.file.as_ref().map(|path| path.as_str()), Some("controls/soc2-CC6.2.yaml"));
}

#[test]
fn a_control_name_cannot_lead_a_stub_out_of_its_folder() {
    let assessment = assessed("control ../../etc frequency quarterly");
    let gap = assessment.gaps.iter().find(|gap| gap.code == "evidence-missed").expect("a gap");
    assert_eq!(gap.file.as_ref().map(|path| path.as_str()), Some("content/evidence/-..-etc/2026-Q1.yaml"));
    assert!(gap.stub.as_deref().expect("a text").starts_with("control: \"../../etc\"\n"));
}

#[test]
fn changes_are_bounded_by_commits() {
    let text = "control AC-01 frequency quarterly
        control AC-01 frequency monthly at 2026-02-01T09:00:00Z
        commit elsewhere at 2026-02-02T09:00:00Z
        file README.md content x at 2026-02-03T09:00:00Z
        file content/evidence/a.csv content x at 2026-02-04T09:00:00Z
        file content/evidence/a.csv content y at 2027-02-04T09:00:00Z";
    let world = World::read(text);
    let assessment = world.assess();
    let changes = population(&assessment, "changes");
    let subjects: Vec<&str> = changes.rows.iter().map(|row| row[4].as_str()).collect();
    assert_eq!(subjects, ["control AC-01", "file content/evidence/a.csv"]);
    let id = |at: usize| world.history.nodes[at].id.to_string();
    let wanted = format!("git rev-list --first-parent {}..{} -- tickmark.yaml controls content frameworks", id(0), id(4));
    assert_eq!(changes.command, wanted);
}

#[test]
fn a_population_has_a_digest_of_its_rows() {
    let text = "control AC-01 frequency quarterly
        record R1 period 2026-Q1 performed 2026-03-30 at 2026-03-30T10:00:00Z";
    let assessment = assessed(text);
    let obligations = population(&assessment, "obligations");
    assert_eq!(obligations.rows.len(), 4);
    let lines: String = obligations.rows.iter().map(|row| row.join("\t") + "\n").collect();
    assert_eq!(obligations.digest, tickmark::tree::sha256_hex(lines.as_bytes()));
    assert_eq!(obligations.rows[0], ["AC-01", "2026-Q1", "2026-03-31", "2026-03-31", "on_time", "R1", "2026-03-30T10:00:00+00:00"]);
    let evidence = population(&assessment, "evidence");
    assert_eq!(evidence.rows.len(), 1);
    assert!(evidence.command.starts_with("git ls-tree -r --name-only "), "{}", evidence.command);
}

#[test]
fn grades_never_say_more_than_was_looked_at() {
    let proof = |events: &str| {
        let assessment = assessed(events);
        let record = assessment.controls[0].obligations[0].record.clone().expect("a record");
        (record.proof.identity, record.proof.time, record.proof.review, record.proof.completeness)
    };
    let record = "control AC-01 frequency quarterly\nrecord R1 period 2026-Q1 performed 2026-03-30 at 2026-03-30T10:00:00Z";
    assert_eq!(proof(record), (0, 1, 0, 1));
    assert_eq!(proof(&format!("{record} reviewer lee")), (0, 1, 1, 1));
    assert_eq!(proof(&format!("{record} reviewer dana")), (0, 1, 0, 1));
    assert_eq!(proof(&format!("{record} reviewer somebody")), (0, 1, 0, 1));
    assert_eq!(proof(&format!("{record} trailer Acked-by:lee")), (0, 1, 1, 1));
    assert_eq!(proof(&format!("{record} trailer Acked-by:dana")), (0, 1, 0, 1));
    // lee wrote the commit, so lee is no second person.
    assert_eq!(proof(&format!("{record} author lee reviewer lee")), (0, 1, 0, 1));
    assert_eq!(proof(&format!("missing partial\n{record}")), (0, 0, 0, 0));
    // A landing that had to be clamped is dated before the commit below it.
    let clamped = "control AC-01 frequency quarterly
        commit ahead at 2026-03-30T10:00:00Z
        record R1 period 2026-Q1 performed 2026-03-20 committed 2026-03-20T10:00:00Z at 2026-03-30T10:00:01Z";
    assert_eq!(proof(clamped), (0, 0, 0, 1));
}

#[test]
fn what_is_not_committed_counts_from_the_as_of_and_says_so() {
    let mut world = World::read(
        "control AC-01 frequency quarterly grace P90D
         record R1 period 2026-Q1 performed 2026-03-30 at 2026-05-30T10:00:00Z",
    );
    let as_of = world.as_of;
    for timeline in world.timelines.evidence.values_mut() {
        for version in &mut timeline.versions {
            (version.landed, version.landed_in, version.made_by) = (as_of, None, None);
        }
    }
    let assessment = world.assess();
    let slot = &assessment.controls[0].obligations[0];
    assert_eq!(slot.outcome.name(), "late");
    assert!(slot.reason.contains("is not committed yet"), "{}", slot.reason);
    assert_eq!(slot.record.as_ref().expect("a record").proof.completeness, 0);
}

#[test]
fn a_removed_control_still_owes_what_it_owed() {
    let assessment = assessed("control AC-01 frequency quarterly\nremove AC-01 at 2026-05-10T09:00:00Z");
    let finding = assessment.findings.iter().find(|finding| finding.code == "control-removed").expect("a finding");
    assert_eq!(finding.message, "AC-01 was removed on 10 May 2026, 09:00; it had 1 deviations until then");
}
