//! Every rule has a case that makes it speak and one that leaves it silent.

use std::collections::BTreeSet;

use tickmark::{
    assess::{Assessment, codes, rules::RULES},
    diag::Severity,
};

use crate::assess_world::assessed;

/// Blocks begin with `# CODE fires` or `# CODE is silent`.
const CASES: &str = "
# evidence-missed fires
control AC-01 frequency quarterly
# evidence-missed is silent
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-03-30 at 2026-03-30T10:00:00Z

# evidence-late fires
control AC-01 frequency quarterly grace P10D
record R1 period 2026-Q1 performed 2026-03-30 at 2026-04-02T10:00:00Z
# evidence-late is silent
control AC-01 frequency quarterly grace P10D
record R1 period 2026-Q1 performed 2026-03-30 at 2026-03-31T10:00:00Z

# evidence-late-beyond-grace fires
control AC-01 frequency quarterly grace P10D
record R1 period 2026-Q1 performed 2026-03-30 at 2026-04-12T10:00:00Z
# evidence-late-beyond-grace is silent
control AC-01 frequency quarterly grace P10D
record R1 period 2026-Q1 performed 2026-03-30 at 2026-04-02T10:00:00Z

# evidence-due-soon fires
control AC-01 frequency quarterly
as-of 2026-03-20T00:00:00Z
# evidence-due-soon is silent
control AC-01 frequency quarterly
as-of 2026-02-01T00:00:00Z

# evidence-unknown fires
missing partial
control AC-01 frequency quarterly
# evidence-unknown is silent
control AC-01 frequency quarterly

# evidence-result-fail fires
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-03-30 result fail at 2026-03-30T10:00:00Z
record R2 period 2026-Q1 performed 2026-03-30 supersedes R1 at 2026-04-30T10:00:00Z
# evidence-result-fail is silent
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-03-30 at 2026-03-30T10:00:00Z

# evidence-altered fires
control AC-01 frequency quarterly
file content/evidence/a.csv content one at 2026-03-30T10:00:00Z
record R1 period 2026-Q1 performed 2026-03-30 artifact content/evidence/a.csv at 2026-03-30T10:00:00Z
file content/evidence/a.csv content two at 2026-04-30T10:00:00Z
# evidence-altered is silent
control AC-01 frequency quarterly
file content/evidence/a.csv content one at 2026-03-30T10:00:00Z
record R1 period 2026-Q1 performed 2026-03-30 artifact content/evidence/a.csv at 2026-03-30T10:00:00Z
record R1 period 2026-Q1 performed 2026-03-30 artifact content/evidence/a.csv reviewer lee notes more at 2026-04-30T10:00:00Z

# evidence-removed fires
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-03-30 at 2026-03-30T10:00:00Z
remove R1 at 2026-04-30T10:00:00Z
# evidence-removed is silent
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-03-30 at 2026-03-30T10:00:00Z
remove R1 at 2026-04-30T10:00:00Z
record R2 period 2026-Q1 performed 2026-03-30 supersedes R1 at 2026-04-30T10:00:00Z

# evidence-recycled fires
control AC-01 frequency quarterly
file content/evidence/a.csv content one at 2026-03-30T10:00:00Z
file content/evidence/b.csv content one at 2026-05-30T10:00:00Z
record R1 period 2026-Q1 performed 2026-03-30 artifact content/evidence/a.csv at 2026-03-30T10:00:00Z
record R2 period 2026-Q2 performed 2026-05-30 artifact content/evidence/b.csv at 2026-05-30T10:00:00Z
# evidence-recycled is silent
control AC-01 frequency quarterly
file content/evidence/a.csv content one at 2026-03-30T10:00:00Z
file content/evidence/b.csv content two at 2026-05-30T10:00:00Z
record R1 period 2026-Q1 performed 2026-03-30 artifact content/evidence/a.csv at 2026-03-30T10:00:00Z
record R2 period 2026-Q2 performed 2026-05-30 artifact content/evidence/b.csv at 2026-05-30T10:00:00Z

# evidence-early fires
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2025-12-30 at 2026-01-30T10:00:00Z
# evidence-early is silent
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-01-01 at 2026-01-01T00:00:00Z

# evidence-unmatched fires
control AC-01 frequency quarterly
record R1 period 2026 performed 2026-03-30 at 2026-03-30T10:00:00Z
# evidence-unmatched is silent
control AC-01 frequency quarterly
record R1 period 2025-Q3 performed 2025-09-30 at 2025-09-30T10:00:00Z

# evidence-dated-ahead fires
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-03-30 at 2026-03-02T10:00:00Z
# evidence-dated-ahead is silent
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-03-31 at 2026-03-30T22:00:00Z

# evidence-after-the-fact fires
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-01-10 at 2026-03-30T10:00:00Z
# evidence-after-the-fact is silent
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-03-27 at 2026-03-30T10:00:00Z

# evidence-bunched fires
control AC-01 frequency monthly grace P90D
record R1 period 2026-01 performed 2026-01-30 at 2026-04-01T10:00:00Z
record R2 period 2026-02 performed 2026-02-27 at 2026-04-01T10:00:00Z
record R3 period 2026-03 performed 2026-03-30 at 2026-04-02T10:00:00Z
# evidence-bunched is silent
control AC-01 frequency monthly grace P90D
record R1 period 2026-01 performed 2026-01-30 at 2026-01-30T10:00:00Z
record R2 period 2026-02 performed 2026-02-27 at 2026-02-27T10:00:00Z
record R3 period 2026-03 performed 2026-03-30 at 2026-04-02T10:00:00Z
record R4 period 2026-04 performed 2026-04-30 trailer import:old at 2026-05-02T10:00:00Z
record R5 period 2026-05 performed 2026-05-02 trailer import:old at 2026-05-02T10:00:01Z

# evidence-self-reviewed fires
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-03-30 by dana reviewer dana@example.com at 2026-03-30T10:00:00Z
# evidence-self-reviewed is silent
control AC-01 frequency quarterly
record R1 period 2026-Q1 performed 2026-03-30 by dana reviewer lee at 2026-03-30T10:00:00Z

# evidence-not-reviewed fires
control AC-01 frequency quarterly approvals 1
record R1 period 2026-Q1 performed 2026-03-30 trailer Signed-off-by:lee at 2026-03-30T10:00:00Z
# evidence-not-reviewed is silent
control AC-01 frequency quarterly approvals 1
record R1 period 2026-Q1 performed 2026-03-30 trailer Reviewed-by:lee at 2026-03-30T10:00:00Z

# date-only-bump fires
control AC-01 frequency quarterly
record R1 performed 2026-01-30 extracted 2026-01-30T10:00:00Z at 2026-01-30T10:00:00Z
record R1 performed 2026-04-30 extracted 2026-04-30T10:00:00Z at 2026-04-30T10:00:00Z
# date-only-bump is silent
control AC-01 frequency quarterly
record R1 performed 2026-01-30 extracted 2026-01-30T10:00:00Z notes one at 2026-01-30T10:00:00Z
record R1 performed 2026-04-30 extracted 2026-04-30T10:00:00Z notes two at 2026-04-30T10:00:00Z

# evidence-stale fires
control AC-01 frequency quarterly ttl P30D
record R1 period 2026-Q1 performed 2026-03-30 extracted 2026-03-30T10:00:00Z at 2026-03-30T10:00:00Z
# evidence-stale is silent
control AC-01 frequency quarterly ttl P90D
record R1 period 2026-Q1 performed 2026-03-30 extracted 2026-03-30T10:00:00Z at 2026-03-30T10:00:00Z

# waiver-retroactive fires
control AC-01 frequency quarterly
waiver W1 period 2026-Q1 approver lee at 2026-04-05T12:00:00Z
# waiver-retroactive is silent
control AC-01 frequency quarterly
waiver W1 period 2026-Q1 approver lee at 2026-03-05T12:00:00Z

# waiver-self-approved fires
control AC-01 frequency quarterly
waiver W1 period 2026-Q1 by dana approver dana at 2026-03-05T12:00:00Z
# waiver-self-approved is silent
control AC-01 frequency quarterly
waiver W1 period 2026-Q1 by dana approver lee at 2026-03-05T12:00:00Z

# waiver-expired fires
control AC-01 frequency quarterly
waiver W1 period 2026-Q1,2026-Q2 approver lee expires 2026-04-30 at 2026-03-05T12:00:00Z
# waiver-expired is silent
control AC-01 frequency quarterly
waiver W1 period 2026-Q1 approver lee expires 2026-04-30 at 2026-03-05T12:00:00Z

# waiver-unused fires
control AC-01 frequency quarterly
waiver W1 period 2026-03 approver lee at 2026-03-05T12:00:00Z
# waiver-unused is silent
control AC-01 frequency quarterly
waiver W1 period 2026-Q1 approver lee at 2026-03-05T12:00:00Z

# control-loosened fires
control AC-01 frequency quarterly
control AC-01 frequency annual at 2026-05-10T09:00:00Z
# control-loosened is silent
control AC-01 frequency annual
control AC-01 frequency quarterly title Reworded at 2026-05-10T09:00:00Z
# control-loosened is silent
control AC-01 frequency quarterly status drafted
control AC-01 frequency annual from 2026-05-10 at 2026-05-10T09:00:00Z

# control-removed fires
control AC-01 frequency quarterly
remove AC-01 at 2026-05-10T09:00:00Z
# control-removed is silent
control AC-01 frequency quarterly
control AC-01 frequency quarterly status retired at 2026-05-10T09:00:00Z

# control-without-owner fires
control AC-01 frequency quarterly owner nobody
# control-without-owner is silent
control AC-01 frequency quarterly owner lee

# owner-absent fires
person lee to 2026-03-01
control AC-01 frequency quarterly owner lee
control AC-01 frequency quarterly owner dana at 2026-04-10T09:00:00Z
# owner-absent is silent
person lee to 2026-04-10
control AC-01 frequency quarterly owner lee
control AC-01 frequency quarterly owner dana at 2026-04-10T09:00:00Z

# control-without-frequency fires
control AC-01 owner lee
# control-without-frequency is silent
control AC-01 frequency continuous

# key-control-without-policy fires
document p status draft
control AC-01 frequency quarterly key yes policies p
# key-control-without-policy is silent
document p status approved
control AC-01 frequency quarterly key yes policies p

# control-not-in-place-at-start fires
commit base at 2025-06-01T09:00:00Z
control AC-01 frequency quarterly at 2026-01-20T09:00:00Z
# control-not-in-place-at-start is silent
control AC-01 frequency quarterly at 2026-01-01T00:00:00Z

# control-forecast-no-occurrence fires
window 2026-01-01..2026-06-30
control AC-01 frequency annual
record R1 period 2025 performed 2025-05-12 at 2025-05-12T10:00:00Z
# control-forecast-no-occurrence is silent
control AC-01 frequency annual

# policy-review-overdue fires
document p reviewed 2025-01-02 every annual
# policy-review-overdue is silent
document p reviewed 2025-01-02 every annual
document p reviewed 2026-01-02 every annual at 2026-01-02T09:00:00Z

# policy-review-date-only fires
document p reviewed 2025-01-02 every annual approvers lee
document p reviewed 2026-01-02 every annual approvers lee at 2026-01-02T09:00:00Z
# policy-review-date-only is silent
document p reviewed 2025-01-02 every annual approvers lee
document p reviewed 2026-01-02 every annual approvers lee trailer Reviewed-by:lee at 2026-01-02T09:00:00Z

# policy-not-approved fires
document p status draft
# policy-not-approved is silent
document p status approved
document p status draft body new at 2026-01-02T09:00:00Z

# policy-effective-before-landing fires
document p from 2025-01-02
document p from 2026-01-01 body new at 2026-02-01T09:00:00Z
# policy-effective-before-landing is silent
document p from 2025-01-02
document p from 2026-02-01 body new at 2026-02-01T09:00:00Z

# policy-approval-not-visible fires
document p approvers lee trailer Approved-by:dana
# policy-approval-not-visible is silent
document p approvers lee trailer Approved-by:lee

# requirement-uncovered fires
require CC6.1
control AC-01 frequency quarterly status drafted satisfies CC6.1
# requirement-uncovered is silent
require CC6.1 CC6.4
exclude CC6.4
control AC-01 frequency quarterly satisfies CC6.1

# mapping-inflated fires
require A1 A2 A3 A4 A5 A6 A7 A8 A9
control AC-01 frequency quarterly satisfies A1,A2,A3,A4,A5,A6,A7,A8,A9
# mapping-inflated is silent
require A1 A2 A3 A4 A5 A6 A7 A8
control AC-01 frequency quarterly satisfies A1,A2,A3,A4,A5,A6,A7,A8

# system-description-missing fires
require CC6.1
document s1 section DC1 status draft
# system-description-missing is silent
document s1 section DC1 status draft

# history-incomplete fires
missing shallow
# history-incomplete is silent
commit base

# clock-skew fires
commit one at 2026-02-01T09:00:00Z
commit two committed 2026-02-01T08:44:00Z at 2026-02-01T09:10:00Z
# clock-skew is silent
commit one at 2026-02-01T09:00:00Z
commit two committed 2026-02-01T08:46:00Z at 2026-02-01T09:10:00Z

# exclusion-refused fires
line iso 4.1 applicability always
exclude iso 4.1
# exclusion-refused fires
line iso 4.1 applicability always
decide iso 4.1 excluded
# exclusion-refused fires
line hipaa S1 need required
decide hipaa S1 alternative
# exclusion-refused is silent
line iso 4.1 applicability always
line iso A.7.4 applicability statement
line hipaa S2 need addressable
decide iso 4.1 included
decide iso A.7.4 excluded
decide hipaa S2 alternative

# required-excluded fires
line hipaa S1 need required
decide hipaa S1 excluded
# required-excluded is silent
line hipaa S1 need required
line hipaa S2 need addressable
decide hipaa S2 excluded

# applicability-undecided fires
line iso A.5.1 applicability statement
line iso A.7.4 applicability statement
control AC-01 satisfies iso:A.5.1
decide iso A.7.4 excluded
# applicability-undecided is silent
line iso 4.1 applicability always
line iso A.5.1 applicability statement
line iso A.7.4 applicability statement
decide iso A.5.1 included
exclude iso A.7.4

# addressable-undecided fires
line hipaa S2 need addressable
control AC-01 status drafted satisfies hipaa:S2
# addressable-undecided is silent
line hipaa S1 need required
line hipaa S2 need addressable
line hipaa S3 need addressable
line hipaa S4 need addressable
control AC-01 satisfies hipaa:S2
decide hipaa S3 included
decide hipaa S4 alternative

# decision-unused fires
line hipaa H kind heading
decide hipaa H excluded
# decision-unused fires
line iso A.5.1 applicability statement
decide iso A.5.1 included
unscope iso
# decision-unused is silent
line iso A.5.1 applicability statement
line iso A.9 withdrawn yes
decide iso A.5.1 included
decide iso A.9 included

# future-commit fires
commit one at 2026-06-01T12:16:00Z
# future-commit is silent
commit one at 2026-06-01T12:14:00Z

# identity-unknown fires
control AC-01 frequency quarterly author mallory at 2026-02-01T09:00:00Z
# identity-unknown is silent
control AC-01 frequency quarterly author lee at 2026-02-01T09:00:00Z

# window-not-started fires
as-of 2025-12-31T23:59:59Z
# window-not-started is silent
as-of 2026-01-01T00:00:00Z

# window-too-long fires
window 2010-01-01..2026-12-31
control AC-01 frequency daily
# window-too-long is silent
window 2017-01-01..2026-12-31
";

fn speaks(assessment: &Assessment, code: &str) -> bool {
    assessment.findings.iter().any(|finding| finding.code == code)
}

#[test]
fn every_rule_fires_and_is_silent() {
    let (mut fired, mut silent, mut wrong) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for block in CASES.split("\n# ").map(str::trim).filter(|block| !block.is_empty()) {
        let (title, events) = block.split_once('\n').expect("a title and events");
        let (code, what) = title.split_once(' ').expect("a code and what it does");
        let fires = what == "fires";
        (if fires { &mut fired } else { &mut silent }).insert(code);
        let assessment = assessed(events);
        if speaks(&assessment, code) != fires {
            let found: Vec<String> = assessment.findings.iter().map(|finding| format!("{}: {}", finding.code, finding.message)).collect();
            wrong.push(format!("{title}: found {found:#?}"));
        }
    }
    let all: BTreeSet<&str> = codes().iter().map(|code| code.name).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert_eq!(fired, all);
    assert_eq!(silent, all);
}

#[test]
fn findings_are_lower_case_sentences_without_forbidden_words() {
    for block in CASES.split("\n# ").map(str::trim).filter(|block| !block.is_empty()) {
        let (_, events) = block.split_once('\n').expect("a title and events");
        let assessment = assessed(events);
        let said = assessment.findings.iter().flat_map(|finding| [&finding.message, &finding.hint]);
        let gaps = assessment.gaps.iter().flat_map(|gap| [&gap.why, &gap.action]);
        for text in said.chain(gaps) {
            for word in ["compliant", "certified", "proves", "passed", "guarantee"] {
                assert!(!text.contains(word), "`{text}` says {word}");
            }
            assert!(!text.ends_with('.'), "`{text}` ends with a full stop");
        }
    }
}

#[test]
fn a_short_lateness_of_recording_is_a_note_and_a_long_one_a_warning() {
    let severity = |performed: &str| {
        let text = format!(
            "control AC-01 frequency quarterly
             record R1 period 2026-Q1 performed {performed} at 2026-03-30T10:00:00Z"
        );
        let assessment = assessed(&text);
        assessment.findings.iter().find(|finding| finding.code == "evidence-after-the-fact").map(|finding| finding.severity)
    };
    assert_eq!(severity("2026-03-20"), Some(Severity::Note));
    assert_eq!(severity("2026-02-01"), Some(Severity::Warning));
}

#[test]
fn rules_stand_in_the_order_of_their_codes() {
    let names: Vec<&str> = RULES.iter().map(|rule| rule.code.name).collect();
    let mut sorted = names.clone();
    sorted.sort_by_key(|name| name.replace('-', "_"));
    assert_eq!(names, sorted);
}
