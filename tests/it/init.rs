//! `init`: from an empty folder to a committed programme and its first honest site, for every scope that can be chosen.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{Repo, Run, files_below, run, tickmark};

const AS_OF: &str = "2026-02-01T09:00:00+01:00";

/// Initialises a programme in a repository's folder.
fn init(repo: &Repo, args: &[&str]) -> Run {
    let mut command = tickmark(repo.path());
    command.args(["init", "r", "--name", "Acme Ltd", "--timezone", "Europe/Berlin", "--start", "2026-02-01"]).args(args);
    run(command)
}

/// The assessment of a freshly initialised and committed programme.
fn assessed(args: &[&str]) -> (Repo, Value) {
    let repo = Repo::empty();
    let done = init(&repo, args);
    assert_eq!(done.code, 0, "{args:?}: {}", done.err);
    repo.git(&["init", "-q", "-b", "main"]);
    repo.commit("Start the compliance programme", "2026-02-01T08:00:00+01:00");
    let check = repo.run(&["check", "--at", "main", "--format", "json", "--fail-on", "error", "--as-of", AS_OF]);
    assert_eq!(check.code, 0, "{args:?}: {}", check.err);
    let assessment = check.json();
    (repo, assessment)
}

fn list<'a>(value: &'a Value, key: &str) -> Vec<&'a Value> {
    value[key].as_array().map(|items| items.iter().collect()).unwrap_or_default()
}

fn errors(assessment: &Value) -> Vec<&Value> {
    list(assessment, "findings").into_iter().filter(|finding| finding["severity"] == "error").collect()
}

/// Findings that say that a record names what is not there, or speaks of what is out of scope.
fn dangling(assessment: &Value) -> Vec<&Value> {
    let codes = ["unknown-control", "unknown-document", "requirement-heading", "requirement-withdrawn", "unknown-framework"];
    list(assessment, "findings").into_iter().filter(|finding| codes.iter().any(|code| finding["code"] == *code)).collect()
}

fn unnamed(assessment: &Value, framework: &str) -> Vec<String> {
    let lines = list(assessment, "requirements").into_iter();
    lines
        .filter(|line| line["framework"] == framework && list(line, "controls").is_empty())
        .map(|line| line["id"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn every_scope_gives_a_draft_that_reads_without_errors_and_names_every_criterion() {
    let scopes: [&[&str]; 8] = [
        &[],
        &["--size", "small"],
        &["--categories", "availability,confidentiality"],
        &["--categories", "availability,confidentiality,processing_integrity,privacy"],
        &["--categories", "availability,confidentiality,processing_integrity,privacy", "--size", "small"],
        &["--frameworks", "soc2=privacy,gdpr=processor"],
        &["--frameworks", "iso27001"],
        &["--frameworks", "soc2,iso27001,hipaa,gdpr,pci-dss,nist-csf"],
    ];
    for args in scopes {
        let (_repo, assessment) = assessed(args);
        assert!(errors(&assessment).is_empty(), "{args:?}: {:#?}", errors(&assessment));
        assert!(dangling(&assessment).is_empty(), "{args:?}: {:#?}", dangling(&assessment));
        assert!(list(&assessment, "controls").iter().all(|control| control["design"] == "drafted"), "{args:?}");
        assert!(list(&assessment, "requirements").iter().all(|line| line["coverage"] == "uncovered"), "{args:?}");
        assert!(!list(&assessment, "requirements").is_empty(), "{args:?}");
        assert_eq!(unnamed(&assessment, "soc2"), Vec::<String>::new(), "{args:?}: criteria that no starter control names");
        assert_eq!(unnamed(&assessment, "iso27001"), Vec::<String>::new(), "{args:?}: lines that no starter control names");
    }
}

#[test]
fn the_whole_starter_has_sixty_controls_and_covers_sixty_one_criteria() {
    let (repo, assessment) = assessed(&["--frameworks", "soc2=availability+confidentiality+processing_integrity+privacy,iso27001,gdpr"]);
    assert_eq!(list(&assessment, "controls").len(), 60);
    assert_eq!(list(&assessment, "requirements").iter().filter(|line| line["framework"] == "soc2").count(), 61);
    assert_eq!(list(&assessment, "policies").len(), 17 + 9 + 9);
    let risks = files_below(&repo.dir().join("content/risks")).len();
    assert!(risks >= 12, "{risks} risks");
}

#[test]
fn only_what_is_in_scope_is_written() {
    let (repo, _) = assessed(&[]);
    let files = files_below(&repo.dir());
    let paths: BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).filter(|path| !path.starts_with(".git/")).collect();
    assert!(paths.contains("controls/AC-01.yaml"), "{paths:#?}");
    for absent in [
        "controls/PRV-01.yaml",
        "controls/PI-01.yaml",
        "controls/ISM-01.yaml",
        "content/policies/privacy.md",
        "controls/starter-sizes.yaml",
    ] {
        assert!(!paths.contains(absent), "{absent} is out of scope");
    }
    for (path, bytes) in files.iter().filter(|(path, _)| !path.starts_with(".git/")) {
        let text = String::from_utf8_lossy(bytes);
        for other in ["  iso27001: [", "  gdpr: [", "  pci-dss: [", "  nist-csf: [", "  hipaa: [", "{{organization}}", "satisfies:\n\n"] {
            assert!(!text.contains(other), "{path} holds `{other}`");
        }
        for control in ["PRV-0", "PI-0", "ISM-0"] {
            assert!(!text.lines().any(|line| line.trim_start().starts_with(&format!("- {control}"))), "{path} lists {control}");
        }
    }
}

#[test]
fn the_first_site_says_none_in_place_and_names_the_next_five_actions() {
    let (repo, assessment) = assessed(&[]);
    let built = repo.run(&["build", "--as-of", AS_OF, "--fail-on", "never"]);
    assert_eq!(built.code, 0, "{}", built.err);
    let page = std::fs::read_to_string(repo.dir().join("build/readiness/index.html")).expect("the first page");
    let controls = list(&assessment, "controls").len();
    assert!(page.contains(&format!(
        "<span class=\"number\">0<span class=\"of\"> of {controls}</span></span> <span class=\"label\">controls in place"
    )));
    assert!(page.contains("<h2>The next 5 actions</h2>"), "{page}");
    for said in ["content/people.yaml", "content/system/dc1.md", "status: in_place", "tickmark record"] {
        assert!(page.contains(said), "the first page does not say `{said}`");
    }
}

#[test]
fn what_is_printed_leads_to_a_site() {
    let repo = Repo::empty();
    let done = init(&repo, &[]);
    for step in ["cd r", "git init", "git add . && git commit", "tickmark serve", "content/people.yaml"] {
        assert!(done.err.contains(step), "{step} is not said: {}", done.err);
    }
    assert!(done.out.lines().any(|line| line == "tickmark.yaml"));
    let again = init(&repo, &[]);
    assert_eq!((again.code, again.out.as_str()), (0, ""), "nothing is written twice");
    assert!(again.err.contains("kept tickmark.yaml as it is"), "{}", again.err);
}

#[test]
fn a_programme_that_has_its_records_gets_only_a_configuration() {
    let (repo, assessment) = assessed(&["--bare"]);
    let files = files_below(&repo.dir());
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).filter(|path| !path.starts_with(".git/")).collect();
    assert_eq!(paths, [".gitignore", "content/people.yaml", "tickmark.yaml"]);
    assert!(list(&assessment, "controls").is_empty());
}

#[test]
fn records_that_are_there_keep_their_ids() {
    let repo = Repo::empty();
    repo.write("controls/imported/access.yaml", "- {id: AC-01, title: Our own control}\n");
    let done = init(&repo, &[]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(!repo.dir().join("controls/AC-01.yaml").exists(), "the id is taken");
    assert!(repo.dir().join("controls/AC-02.yaml").exists());
    let check = repo.run(&["check", "--worktree", "--format", "json", "--as-of", AS_OF]);
    assert!(errors(&check.json()).is_empty(), "{:#?}", errors(&check.json()));
}

#[test]
fn a_record_of_a_drafted_control_is_told_that_it_is_not_in_place() {
    let (repo, _) = assessed(&[]);
    let done = repo.run(&["record", "AC-03", "--dry-run", "--as-of", AS_OF]);
    assert_eq!(done.code, 2, "{}", done.err);
    assert!(done.err.contains("it is not in place") && done.err.contains("status: in_place"), "{}", done.err);
}

#[test]
fn mistakes_are_explained_and_nothing_is_written() {
    for (args, says) in [
        (["--frameworks", "iso2701"], "did you mean `iso27001`?"),
        (["--frameworks", "soc2=availabilty"], "has no part `availabilty`"),
        (["--frameworks", "hipaa=all+some"], "has no part `some`"),
        (["--categories", "secrecy"], "has no part `secrecy`"),
        (["--end", "2026-01-01"], "before it starts"),
        (["--end", "soon"], "`soon` is not a date"),
    ] {
        let repo = Repo::empty();
        let done = init(&repo, &args);
        assert_eq!(done.code, 2, "{args:?}: {}", done.err);
        assert!(done.err.contains(says), "{args:?}: {}", done.err);
        assert!(!repo.dir().join("tickmark.yaml").exists(), "{args:?} wrote something");
    }
    let repo = Repo::empty();
    let done = init(&repo, &["--frameworks", "gdpr", "--categories", "privacy"]);
    assert!(done.code == 2 && done.err.contains("--categories speaks of SOC 2"), "{}", done.err);
}
