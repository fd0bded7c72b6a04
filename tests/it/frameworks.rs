//! Frameworks of one's own from the command line: decisions in the assessment's document, suggestions of crosswalks, and a
//! fresh programme of many frameworks that stays readable.

use super::support::Repo;

/// Two small catalogues of its own with a crosswalk between them, and a third framework that is not in scope.
const TWO_FRAMEWORKS: &str = r#"
person dana "Dana Ito" dana@example.com

== commit 2026-01-05T10:00:00+01:00 dana
Start the programme
-- tickmark.yaml --
organization: {name: Example Inc., timezone: Europe/Berlin}
scope: {system: Example Cloud, frameworks: {rules: all, care: all}}
window: {start: 2026-01-01, end: 2026-12-31, report: type2}
-- content/people.yaml --
people:
  - {id: dana, name: Dana Ito, emails: [dana@example.com], kind: human}
-- frameworks/rules.yaml --
framework: rules
name: House Rules
word: rule
groups: [{id: A, title: All of them}]
requirements:
  - {id: "2", group: A, title: Doors are locked}
  - {id: "1", group: A, title: Keys are counted}
-- frameworks/care.yaml --
framework: care
name: Care Rules
word: specification
groups:
  - {id: t, title: Technical}
  - {id: S, title: Safeguards, applicability: statement}
requirements:
  - {id: "7", group: t, kind: heading, word: standard, title: Rooms}
  - {id: "7(a)", group: t, parent: "7", need: required, title: Rooms are locked}
  - {id: "7(b)", group: t, parent: "7", need: addressable, title: Visitors are met}
  - {id: S.1, group: S, title: Somebody decides}
-- frameworks/later.yaml --
framework: later
name: Later Rules
groups: [{id: L, title: Later}]
requirements:
  - {id: L.1, group: L, title: Keys are counted twice}
  - {id: L.2, group: L, title: Something else}
-- frameworks/crosswalks/own.yaml --
{crosswalk: own-rules-care, from: rules, to: care, basis: direct, author: Example Inc., licence: CC0-1.0, pairs: {"2": ["7"]}}
-- frameworks/crosswalks/later.yaml --
{crosswalk: own-rules-later, from: rules, to: later, basis: derived, relations: [{from: "1", to: L.1, relation: equal}, {from: "1", to: L.9, relation: equal}]}
-- content/applicability/care.yaml --
- {framework: care, id: "7(b)", decision: alternative, reason: Nobody visits., alternative: The door stays shut., decided_by: dana, decided_on: 2026-01-04}
-- controls/PH-01.yaml --
id: PH-01
title: Doors are checked every evening
owner: dana
status: in_place
effective_from: 2026-01-05
kind: manual
frequency: continuous
satisfies: {rules: ["2", "1"]}
-- controls/PH-02.yaml --
id: PH-02
title: Rooms have locks
owner: dana
status: drafted
satisfies: {care: ["7(a)"]}
"#;

const AT: [&str; 4] = ["--at", "main", "--as-of", "2026-02-01"];

fn run(repo: &Repo, args: &[&str]) -> super::support::Run {
    let run = repo.run(&[args, &AT].concat());
    assert_eq!(run.code, 0, "{args:?}: {}", run.err);
    run
}

#[test]
fn the_document_says_what_is_needed_and_what_was_decided() {
    let repo = Repo::from_script(TWO_FRAMEWORKS);
    let document = run(&repo, &["check", "--format", "json"]).json();
    let line = |id: &str| document["requirements"].as_array().unwrap().iter().find(|line| line["id"] == id).unwrap().clone();
    assert_eq!((&line("7(b)")["need"], &line("7(b)")["coverage"]), (&"addressable".into(), &"alternative".into()));
    let decision = &line("7(b)")["decision"];
    assert_eq!((&decision["decision"], &decision["alternative"]), (&"alternative".into(), &"The door stays shut.".into()));
    assert_eq!((&decision["decided_by"], &decision["decided_on"]), (&"dana".into(), &"2026-01-04".into()));
    assert!(line("1")["need"].is_null() && line("1")["decision"].is_null());
    let codes: Vec<&str> = document["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"applicability-undecided") && !codes.contains(&"addressable-undecided"), "{codes:?}");
}

#[test]
fn suggestions_can_be_read_aloud_and_pasted() {
    let repo = Repo::from_script(TWO_FRAMEWORKS);
    let text = run(&repo, &["map", "suggest", "--framework", "care"]).out;
    for sentence in [
        "3 requirements: 0 with a control in place, 1 with an alternative, 2 uncovered (1 of them claimed by controls that are not in place)",
        "of the 2 uncovered, controls could serve 0 whole and 1 in part; none is suggested for 1",
        "PH-01 Doors are checked every evening (in place)",
        "7(a) Rooms are locked: 2 of rules shares something with it, by standard 7 (direct, own-rules-care)",
        "care: ['7(a)']",
    ] {
        assert!(text.contains(sentence), "`{sentence}` is not in:\n{text}");
    }
    let back = run(&repo, &["map", "suggest", "--framework", "rules", "--all", "--control", "PH-02"]).out;
    assert!(back.contains("2 Doors are locked: 7(a) of care shares something with it, by standard 7"), "{back}");
    assert!(!run(&repo, &["map", "suggest", "--min", "superset"]).out.contains("PH-01"));
    let coverage = run(&repo, &["check", "--format", "json"]).json();
    assert_eq!(coverage["requirements"].as_array().unwrap().iter().filter(|line| line["coverage"] == "covered").count(), 2);
}

#[test]
fn a_framework_that_is_not_in_scope_can_be_asked_about() {
    let repo = Repo::from_script(TWO_FRAMEWORKS);
    let report = run(&repo, &["map", "suggest", "--framework", "later", "--format", "json"]).json()[0].clone();
    assert_eq!((&report["in_scope"], &report["counts"]["requirements"]), (&false.into(), &2.into()));
    assert_eq!((&report["whole"], &report["none"]), (&serde_json::json!(["L.1"]), &serde_json::json!(["L.2"])));
    let way = &report["requirements"][0]["controls"][0]["ways"][0];
    assert_eq!((&way["id"], &way["relation"], &way["basis"]), (&"1".into(), &"equal".into(), &"derived".into()));
    let direct = run(&repo, &["map", "suggest", "--framework", "later", "--direct", "--format", "yaml"]).out;
    assert!(direct.contains("none:\n  - L.1\n  - L.2"), "{direct}");
    for unknown in [["--framework", "latter"], ["--control", "PH-1"]] {
        let run = repo.run(&[&["map", "suggest"][..], &unknown, &AT].concat());
        assert!(run.code == 2 && run.err.contains("did you mean"), "{}", run.err);
    }
}

#[test]
fn crosswalks_are_listed_with_their_authors() {
    let repo = Repo::from_script(TWO_FRAMEWORKS);
    let rows = run(&repo, &["map", "list", "--format", "json"]).json();
    let row = |id: &str| rows.as_array().unwrap().iter().find(|row| row["crosswalk"] == id).unwrap().clone();
    assert_eq!((&row("own-rules-care")["author"], &row("own-rules-care")["in_scope"]), (&"Example Inc.".into(), &true.into()));
    assert_eq!((&row("own-rules-later")["pairs"], &row("own-rules-later")["known"]), (&2.into(), &1.into()));
    let text = run(&repo, &["map", "list"]).out;
    assert!(text.contains("own-rules-care: rules to care; both in scope\n  1 pair, direct, by Example Inc.\n  licence: CC0-1.0"), "{text}");
}

#[test]
fn hundreds_of_uncovered_requirements_are_told_by_the_first_few() {
    let repo = Repo::from_script(TWO_FRAMEWORKS);
    let config = "organization: {name: Example Inc.}\nscope: {frameworks: {soc2: [security], iso27001: all, hipaa: all, pci-dss: all}}\n\
                  window: {start: 2026-01-01, end: 2026-12-31}\n";
    repo.write("tickmark.yaml", config);
    let check = |args: &[&str]| repo.run(&[&["check", "--worktree", "--as-of", "2026-02-01"], args].concat());
    let short = check(&[]).out;
    assert_eq!(short.matches("[requirement-uncovered]").count(), 6, "five and a count: {short}");
    assert!(short.contains("more of the same kind") && short.contains("tickmark check --all"), "{short}");
    let document = check(&["--format", "json"]).json();
    let count = document["findings"].as_array().unwrap().iter().filter(|finding| finding["code"] == "requirement-uncovered").count();
    assert!(count > 400 && short.contains(&format!("and {} more", count - 5)), "{count}");
    assert_eq!(check(&["--all"]).out.matches("[requirement-uncovered]").count(), count);
}
