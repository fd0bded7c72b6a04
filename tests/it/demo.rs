//! The main job on the example company: the same bytes everywhere, every outcome, nothing private on the public page.

use std::{collections::BTreeSet, fs, path::Path, sync::OnceLock};

use super::support::{Repo, files_below, run, tickmark};

const AS_OF: &str = "2026-10-06T09:00:00+02:00";

fn write_demo(folder: &Path, variables: &[(&str, &str)]) {
    let mut command = tickmark(folder);
    command.args(["demo", "r"]).envs(variables.iter().copied());
    let run = run(command);
    assert_eq!(run.code, 0, "{}", run.err);
}

/// One demo for all tests that only read it: building it takes a while without optimization.
fn shared() -> &'static Repo {
    static DEMO: OnceLock<Repo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let demo = Repo::empty();
        write_demo(demo.path(), &[("TZ", "America/St_Johns"), ("LC_ALL", "C")]);
        demo
    })
}

#[test]
fn two_builds_from_other_folders_zones_and_locales_give_the_same_bytes() {
    let (one, other) = (shared(), Repo::empty());
    write_demo(other.path(), &[("TZ", "Pacific/Chatham"), ("LC_ALL", "tr_TR.UTF-8"), ("SOURCE_DATE_EPOCH", "1")]);
    assert_eq!(one.git(&["rev-parse", "main"]), other.git(&["rev-parse", "main"]));
    let (one, other) = (files_below(&one.dir().join("build")), files_below(&other.dir().join("build")));
    assert!(one.len() > 200, "only {} files", one.len());
    for ((path, bytes), (other_path, other_bytes)) in one.iter().zip(&other) {
        assert_eq!(path, other_path);
        assert!(bytes == other_bytes, "{path} differs");
    }
    assert_eq!(one.len(), other.len());
}

#[test]
fn the_scripted_year_shows_every_outcome_and_every_oddity() {
    let demo = shared();
    let commits: usize = demo.git(&["rev-list", "--count", "main"]).trim().parse().unwrap();
    assert!(commits >= 150, "only {commits} commits");
    let run = demo.run(&["check", "--format", "json", "--fail-on", "never", "--at", "main", "--as-of", AS_OF]);
    assert_eq!(run.code, 0, "{}", run.err);
    let assessment = run.json();
    let outcomes: BTreeSet<&str> = assessment["controls"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|control| control["obligations"].as_array().unwrap())
        .map(|obligation| obligation["outcome"].as_str().unwrap())
        .collect();
    let all = [
        "due_soon",
        "late",
        "late_beyond_grace",
        "missed",
        "no_occurrence",
        "not_applicable",
        "not_in_place",
        "not_yet_due",
        "on_time",
        "unknown",
        "waived",
    ];
    assert_eq!(outcomes.into_iter().collect::<Vec<_>>(), all);
    let codes: BTreeSet<&str> =
        assessment["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect();
    for code in [
        "evidence-altered",
        "evidence-after-the-fact",
        "waiver-retroactive",
        "evidence-self-reviewed",
        "evidence-early",
        "evidence-recycled",
        "control-loosened",
        "requirement-uncovered",
    ] {
        assert!(codes.contains(code), "{code} is not among {codes:?}");
    }
}

#[test]
fn the_public_page_holds_nothing_internal() {
    let demo = shared();
    let private = [
        "Ines",
        "ines@",
        "Tomás",
        "Priya",
        "content/",
        "controls/",
        "missed",
        "R-01",
        "W-2026",
        "D-2026",
        &demo.git(&["rev-parse", "main"])[..10],
    ];
    for (path, bytes) in files_below(&demo.dir().join("build/trust")) {
        let text = String::from_utf8_lossy(&bytes);
        for word in private {
            assert!(!text.contains(word), "{path} holds {word}");
        }
    }
}

#[test]
fn digests_are_those_of_sha256sum_a_second_build_writes_nothing_and_a_failed_one_changes_nothing() {
    let demo = Repo::empty();
    write_demo(demo.path(), &[]);
    let site = demo.dir().join("build/readiness");
    let output =
        std::process::Command::new("sha256sum").args(["--check", "--quiet", "--strict", "SHA256SUMS"]).current_dir(&site).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(site.join("data/assessment.json").is_file(), "the method page links it");
    let again = demo.run(&["build", "--as-of", AS_OF]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(again.err.contains(" 0 written"), "{}", again.err);
    let before = files_below(&site);
    fs::remove_dir_all(demo.dir().join(".git/objects")).unwrap();
    fs::create_dir(demo.dir().join(".git/objects")).unwrap();
    let failed = demo.run(&["build", "--as-of", AS_OF]);
    assert_eq!(failed.code, 2, "{}", failed.err);
    assert!(files_below(&site) == before, "the site changed");
}

#[test]
fn every_population_is_re_performed_by_its_own_command() {
    let demo = shared();
    let assessment = demo.run(&["check", "--format", "json", "--at", "main", "--as-of", AS_OF]).json();
    let mut performed = 0;
    for population in assessment["populations"].as_array().unwrap() {
        let command = population["command"].as_str().unwrap();
        if command.is_empty() {
            continue;
        }
        let output = std::process::Command::new("sh").args(["-c", command]).current_dir(demo.dir()).output().unwrap();
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
        let lines = String::from_utf8_lossy(&output.stdout).lines().count();
        assert_eq!(population["count"].as_u64().unwrap() as usize, lines, "{command}");
        performed += 1;
    }
    assert!(performed > 0, "no population has a command");
}

#[test]
fn a_folder_with_something_else_in_it_is_left_alone() {
    let folder = Repo::empty();
    fs::create_dir(folder.dir()).unwrap();
    fs::write(folder.dir().join("mine.txt"), "mine").unwrap();
    let mut command = tickmark(folder.path());
    command.args(["demo", "r"]);
    let run = run(command);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("hint: "), "{}", run.err);
    assert_eq!(files_below(&folder.dir()).len(), 1);
}
