//! The commands as people and CI engines call them: exit codes, streams, errors, and what they write.

use std::fs;

use super::support::{Repo, files_below, run, tickmark};

/// A small programme with one quarterly control and a year of history.
pub const PROGRAMME: &str = r#"
person dana "Dana Ito" dana@example.com
person lee "Lee Park" lee@example.com

== commit 2025-12-01T10:00:00+01:00 dana
Start the programme
-- tickmark.yaml --
organization: {name: Example Inc., timezone: Europe/Berlin}
scope: {system: Example Cloud, frameworks: {soc2: [security]}}
window: {start: 2026-01-01, end: 2026-12-31, report: type2}
-- content/people.yaml --
people:
  - {id: dana, name: Dana Ito, emails: [dana@example.com], kind: human, from: 2025-01-01}
  - {id: lee, name: Lee Park, emails: [lee@example.com], kind: human, from: 2025-01-01}
-- controls/AC-03.yaml --
id: AC-03
title: User access is reviewed every quarter
owner: dana
status: in_place
effective_from: 2025-12-15
kind: manual
frequency: quarterly
grace: P10D
satisfies: {soc2: [CC6.2]}
description: Every account is looked at.
-- content/policies/access.md --
---
id: access
title: Access Policy
owner: dana
approvers: [lee]
version: 1.0
status: approved
effective_from: 2025-12-10
---
Access is reviewed every quarter.
== commit 2026-04-02T09:30:00+02:00 dana
Record the access review
-- content/evidence/AC-03/2026-Q1.yaml --
control: AC-03
period: 2026-Q1
performed_on: 2026-04-01
performed_by: dana
reviewed_by: lee
result: pass
== commit 2026-05-04T09:30:00+02:00 lee
Review access twice a year

Reviewed-by: Dana Ito <dana@example.com>
-- edit content/policies/access.md --
-version: 1.0
+version: 2.0
-effective_from: 2025-12-10
+effective_from: 2026-06-01
-Access is reviewed every quarter.
+Access is reviewed twice a year.
"#;

fn outcome(run: &super::support::Run, period: &str) -> String {
    run.json()["controls"][0]["obligations"]
        .as_array()
        .unwrap()
        .iter()
        .find(|obligation| obligation["period"] == period)
        .unwrap_or_else(|| panic!("no obligation for {period}"))["outcome"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn check_judges_at_the_given_instant_and_exits_by_the_threshold() {
    let repo = Repo::from_script(PROGRAMME);
    let july = repo.run(&["check", "--format", "json", "--at", "main", "--as-of", "2026-07-05"]);
    assert_eq!((outcome(&july, "2026-Q1").as_str(), outcome(&july, "2026-Q2").as_str()), ("late", "due_soon"));
    assert_eq!(july.code, 0, "nothing worse than a warning: {}", july.out);
    let august = |level: &str| repo.run(&["check", "--format", "json", "--at", "main", "--as-of", "2026-08-01", "--fail-on", level]);
    assert_eq!((outcome(&august("error"), "2026-Q2").as_str(), august("error").code), ("missed", 1));
    assert_eq!(august("never").code, 0);
    assert_eq!(repo.run(&["check", "--at", "main", "--as-of", "2026-07-05", "--fail-on", "warning"]).code, 1);
}

#[test]
fn a_record_that_is_spoilt_in_the_working_directory_is_unread_and_not_removed() {
    let repo = Repo::from_script(PROGRAMME);
    let path = "content/evidence/AC-03/2026-Q1.yaml";
    let text = fs::read_to_string(repo.dir().join(path)).unwrap();
    repo.write(path, &text.replace("2026-04-01", "2026-04-31"));
    let check = repo.run(&["check", "--format", "json", "--worktree", "--as-of", "2026-07-05"]);
    assert_eq!(outcome(&check, "2026-Q1"), "unknown");
    assert!(!check.out.contains("evidence-removed"), "{}", check.out);
}

#[test]
fn a_repository_to_which_nobody_commits_goes_overdue_by_the_clock() {
    let repo = Repo::from_script(PROGRAMME);
    let mut command = tickmark(repo.path());
    command
        .arg("--repo")
        .arg(repo.dir())
        .args(["check", "--format", "json", "--fail-on", "never"])
        .env("SOURCE_DATE_EPOCH", "1790000000")
        .env("CI", "true");
    assert_eq!(outcome(&run(command), "2026-Q2"), "missed");
}

#[test]
fn a_shallow_clone_makes_unknown_and_exit_three_never_missed() {
    let repo = Repo::from_script(PROGRAMME);
    let clone = Repo::empty();
    let source = format!("file://{}", repo.dir().display());
    fs::create_dir(clone.dir()).unwrap();
    clone.git(&["clone", "-q", "--depth", "1", &source, "."]);
    let run = clone.run(&["check", "--format", "json", "--at", "HEAD", "--as-of", "2026-08-01"]);
    assert_eq!(run.code, 3, "{}", run.err);
    assert_eq!(outcome(&run, "2026-Q2"), "unknown");
    assert!(run.err.contains("git fetch --unshallow"), "{}", run.err);
}

#[test]
fn a_policys_text_is_printed_for_any_day() {
    let repo = Repo::from_script(PROGRAMME);
    let on = |day: &str| repo.run(&["policy", "access", "--on", day, "--at", "main", "--as-of", "2026-08-01"]);
    assert_eq!(on("2026-05-31").out.trim(), "Access is reviewed every quarter.");
    assert_eq!(on("2026-06-01").out.trim(), "Access is reviewed twice a year.");
    let before = on("2025-12-09");
    assert_eq!(before.code, 2);
    assert!(before.err.contains("hint: its first version came into force on 2025-12-10"), "{}", before.err);
    let unknown = repo.run(&["policy", "acess", "--at", "main"]);
    assert!(unknown.err.contains("did you mean `access`?"), "{}", unknown.err);
}

#[test]
fn record_writes_a_manifest_that_check_accepts() {
    let repo = Repo::from_script(PROGRAMME);
    fs::write(repo.path().join("users.csv"), "user,decision\nana,keep\n").unwrap();
    let artifact = repo.path().join("users.csv");
    let args = [
        "record",
        "AC-03",
        "--period",
        "2026-Q2",
        "--by",
        "dana",
        "--reviewed-by",
        "lee",
        "--artifact",
        artifact.to_str().unwrap(),
        "--as-of",
        "2026-07-04",
    ];
    let recorded = repo.run(&args);
    assert_eq!(recorded.code, 0, "{}", recorded.err);
    assert_eq!(recorded.out.lines().next(), Some("content/evidence/AC-03/2026-Q2.yaml"));
    assert!(recorded.err.contains("late (due 2026-06-30), within grace if it lands by the end of 2026-07-10"), "{}", recorded.err);
    let again = repo.run(&args);
    assert_eq!(again.code, 2, "a record is never overwritten");
    let check = repo.run(&["check", "--worktree", "--format", "json", "--fail-on", "never", "--as-of", "2026-07-04"]);
    assert_eq!(outcome(&check, "2026-Q2"), "late");
    assert_eq!(check.json()["committed"], false);
    let place =
        |finding: &serde_json::Value| finding["place"]["path"].as_str().unwrap_or_default().starts_with("content/evidence/AC-03/2026-Q2");
    let found: Vec<serde_json::Value> =
        check.json()["findings"].as_array().unwrap().iter().filter(|finding| place(finding)).cloned().collect();
    assert!(found.iter().all(|finding| finding["severity"] != "error"), "{found:?}");
}

#[test]
fn init_gives_an_honest_draft_that_loads_without_errors() {
    let repo = Repo::empty();
    let mut command = tickmark(repo.path());
    command.args(["init", "r", "--name", "O'Neil & Sons: \"best\"", "--timezone", "Europe/Dublin", "--start", "2026-01-01"]);
    let init = run(command);
    assert_eq!(init.code, 0, "{}", init.err);
    let check = repo.run(&["check", "--worktree", "--format", "json", "--as-of", "2026-02-01"]);
    let assessment = check.json();
    assert_eq!(check.code, 3, "without a repository nothing can be concluded: {}", check.err);
    let errors: Vec<&serde_json::Value> =
        assessment["findings"].as_array().unwrap().iter().filter(|finding| finding["severity"] == "error").collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert!(assessment["controls"].as_array().unwrap().iter().all(|control| control["design"] == "drafted"));
    assert!(assessment["requirements"].as_array().unwrap().iter().all(|requirement| requirement["coverage"] == "uncovered"));
}

#[test]
fn a_clean_working_directory_is_the_commit_that_it_holds() {
    let repo = Repo::from_script(PROGRAMME);
    let committed = |repo: &Repo| {
        let check = repo.run(&["check", "--worktree", "--format", "json", "--fail-on", "never", "--as-of", "2026-07-04"]);
        check.json()["committed"].clone()
    };
    assert_eq!(committed(&repo), true);
    repo.write("notes.txt", "not part of the programme\n");
    assert_eq!(committed(&repo), true, "what the programme does not read changes nothing");
    repo.write("content/evidence/new.csv", "a,b\n");
    assert_eq!(committed(&repo), false);
    std::fs::remove_file(repo.dir().join("content/evidence/new.csv")).unwrap();
    assert_eq!(committed(&repo), true);
    let control = files_below(&repo.dir().join("controls")).remove(0).0;
    std::fs::remove_file(repo.dir().join("controls").join(control)).unwrap();
    assert_eq!(committed(&repo), false);
}

#[test]
fn mistakes_are_explained_and_exit_two() {
    let repo = Repo::from_script(PROGRAMME);
    for (args, says) in [
        (vec!["check", "--as-of", "yesterday"], "`yesterday` is neither a date nor an instant"),
        (vec!["check", "--at", "nowhere"], "nowhere"),
        (vec!["record", "AC-30"], "did you mean `AC-03`?"),
        (vec!["population", "change", "--at", "main"], "did you mean `changes`?"),
        (vec!["schema", "contrl"], "did you mean `control`?"),
        (vec!["explain", "unknown-kye"], "did you mean `unknown-key`?"),
    ] {
        let run = repo.run(&args);
        assert_eq!(run.code, 2, "{args:?}: {}", run.err);
        assert!(run.err.contains(says), "{args:?}: {}", run.err);
        assert!(run.out.is_empty(), "{args:?} printed data: {}", run.out);
    }
}

#[test]
fn every_code_is_listed_and_explained() {
    let repo = Repo::from_script(PROGRAMME);
    let listed = repo.run(&["explain"]);
    let codes: Vec<&str> = listed.out.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(codes.len() > 40, "{}", codes.len());
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(codes, sorted, "codes are sorted and unique");
    for code in ["unknown-key", "evidence-missed"] {
        let explained = repo.run(&["explain", code]);
        assert!(explained.code == 0 && explained.out.lines().count() > 4, "{}", explained.out);
    }
    let control = repo.run(&["explain", "AC-03", "--at", "main", "--as-of", "2026-07-05"]);
    assert!(control.out.contains("2026-Q1"), "{}", control.out);
}

#[test]
fn schemas_completions_and_manual_pages_are_printed() {
    let repo = Repo::from_script(PROGRAMME);
    let kinds = repo.run(&["schema"]).out;
    for kind in kinds.lines() {
        let schema = repo.run(&["schema", kind]).json();
        assert!(schema["$schema"].as_str().is_some_and(|draft| draft.contains("draft-07")), "{kind}");
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(repo.run(&["completions", shell]).out.contains("population"), "{shell}");
    }
    assert!(repo.run(&["man"]).out.starts_with(".ie"), "not a manual page");
}

#[test]
fn the_branch_that_the_configuration_names_is_read() {
    let script = PROGRAMME.replace("report: type2}\n", "report: type2}\nhistory: {branch: main}\n")
        + "== commit 2026-05-05T09:00:00+02:00 dana on side\nTry something\n-- delete controls/AC-03.yaml --\n";
    let repo = Repo::from_script(&script);
    repo.git(&["checkout", "-q", "side"]);
    let mut command = tickmark(repo.path());
    command.arg("--repo").arg(repo.dir()).args(["check", "--format", "json", "--fail-on", "never", "--as-of", "2026-07-05"]).env("CI", "1");
    let checked = run(command);
    assert_eq!(checked.json()["branch"], "main");
    assert_eq!(checked.json()["controls"].as_array().unwrap().len(), 1);
}
