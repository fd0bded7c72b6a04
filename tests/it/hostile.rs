//! Hostile and odd repositories: one bad file never stops a build, nothing leaves its folder, nothing vanishes unsaid.

use std::fs;

use super::support::{Repo, Run};

/// The smallest programme that has something of everything the attacks need.
const PROGRAMME: &str = r#"
person dana "Dana Ito" dana@example.com

== commit 2026-01-02T10:00:00+01:00 dana
Start the programme
-- tickmark.yaml --
organization: {name: Example Inc., timezone: Europe/Berlin}
scope: {system: Example Cloud, frameworks: {soc2: [security]}}
window: {start: 2026-01-01, end: 2026-12-31, report: type2}
-- content/people.yaml --
people:
  - {id: dana, name: Dana Ito, emails: [dana@example.com], kind: human, from: 2025-01-01}
-- controls/AC-03.yaml --
id: AC-03
title: User access is reviewed every quarter
owner: dana
status: in_place
effective_from: 2025-12-15
kind: manual
frequency: quarterly
satisfies: {soc2: [CC6.2]}
"#;

/// The programme with more files, committed.
fn with_files(files: &[(&str, &str)]) -> Repo {
    let repo = Repo::from_script(PROGRAMME);
    files.iter().for_each(|(path, text)| repo.write(path, text));
    repo.commit("Attack", "2026-02-02T10:00:00+01:00");
    repo
}

/// Builds a commit and the working directory as of a fixed day; both must come to an end with a site.
fn builds(repo: &Repo) -> [Run; 2] {
    [&["--at", "HEAD"][..], &["--worktree"][..]].map(|reading| {
        let mut args = vec!["build", "--as-of", "2026-08-01", "--out", "site", "--trust-out", "trust"];
        args.extend(reading);
        let run = repo.run(&args);
        assert_eq!(run.code, 0, "{reading:?}: {}", run.err);
        run
    })
}

/// The codes and messages that `check` reports of a commit.
fn findings(repo: &Repo, reading: &[&str]) -> Vec<(String, String)> {
    let mut args = vec!["check", "--format", "json", "--as-of", "2026-08-01", "--fail-on", "never"];
    args.extend(reading);
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let document = repo.run(&args).json();
    document["findings"].as_array().unwrap().iter().map(|finding| (text(&finding["code"]), text(&finding["message"]))).collect()
}

#[test]
fn a_document_that_was_never_readable_stops_no_build() {
    let repo = with_files(&[("content/policies/bad.md", "---\nid: \" bad\"\ntitle: Bad\nowner: dana\n---\nText.\n")]);
    builds(&repo);
    assert!(findings(&repo, &["--at", "HEAD"]).iter().any(|(code, _)| code == "bad-id"));
}

#[test]
fn artifacts_whose_names_differ_in_case_only_share_a_copy() {
    let manifest = "control: AC-03\nperiod: 2026-Q1\nperformed_on: 2026-02-01\nperformed_by: dana\nresult: pass\nartifacts: [{path: Users.CSV}, {path: users.csv}]\n";
    let repo = with_files(&[
        ("content/evidence/a.yaml", manifest),
        ("content/evidence/A.yaml", manifest),
        ("content/evidence/Users.CSV", "a,b\n1,2\n"),
        ("content/evidence/users.csv", "a,b\n1,2\n"),
    ]);
    builds(&repo);
    let copies: Vec<String> =
        fs::read_dir(repo.path().join("site/raw")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(copies.iter().filter(|name| name.ends_with("-users.csv")).count(), 1, "{copies:?}");
}

#[test]
fn ids_of_any_length_and_script_get_pages() {
    let control = |id: &str| format!("id: \"{id}\"\ntitle: T\nowner: dana\nstatus: in_place\neffective_from: 2025-12-15\nkind: manual\n");
    let long = ["漢".repeat(100), "𝒳".repeat(90), "x".repeat(200), "—!?".to_owned(), "COM1".to_owned()];
    let files: Vec<(String, String)> = long.iter().enumerate().map(|(at, id)| (format!("controls/{at}.yaml"), control(id))).collect();
    let framework = format!(
        "framework: {id}\nname: F\nowner: O\nword: line\ngroups: [{{id: g, title: G}}]\nrequirements: [{{id: {id}, group: g, title: T}}]\n",
        id = long[0]
    );
    let config = format!(
        "organization: {{name: Example Inc.}}\nscope: {{system: S, frameworks: {{{}: all}}}}\nwindow: {{start: 2026-01-01, end: 2026-12-31, report: type2}}\n",
        long[0]
    );
    let mut all: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    all.extend([("frameworks/f.yaml", framework.as_str()), ("tickmark.yaml", config.as_str())]);
    builds(&with_files(&all));
}

#[test]
fn what_a_repository_configures_is_written_inside_of_it_only() {
    let outside = tempfile::tempdir().unwrap();
    let target = outside.path().join("site");
    let absolute = target.to_str().unwrap().replace('\\', "/");
    for output in [absolute.as_str(), "../../site", "build/../../site", "build", ".git/site", ".", "", "link/site"] {
        let mut config = PROGRAMME.split("-- tickmark.yaml --\n").nth(1).unwrap().split("-- ").next().unwrap().to_owned();
        config += &format!("site: {{output: \"{output}\"}}\ntrust: {{output: build}}\n");
        let repo = with_files(&[("tickmark.yaml", &config), ("content/trust/trust.yaml", "title: Trust\n")]);
        #[cfg(unix)]
        std::os::unix::fs::symlink(outside.path(), repo.dir().join("link")).unwrap();
        #[cfg(not(unix))]
        fs::create_dir(repo.dir().join("link")).unwrap();
        let run = repo.run(&["build", "--at", "HEAD", "--as-of", "2026-08-01"]);
        if cfg!(unix) || output != "link/site" {
            assert_eq!(run.code, 2, "{output}: {}", run.err);
            assert!(run.err.contains("hint: "), "{}", run.err);
        }
        assert!(!target.exists() && !repo.path().join("site").exists(), "{output}");
        assert!(!repo.dir().join("build").exists(), "nothing is written before both folders are known to be good: {output}");
    }
}

#[test]
fn a_record_of_a_control_stays_in_the_folder_of_evidence() {
    let control = "id: \"../../../../evil: x\"\ntitle: T\nowner: dana\nstatus: in_place\neffective_from: 2025-12-15\nkind: manual\nfrequency: quarterly\n";
    let repo = with_files(&[("controls/x.yaml", control)]);
    let record = |extra: &[&str]| {
        let mut args = vec!["record", "../../../../evil: x", "--by", "dana", "--period", "2026-Q1", "--as-of", "2026-08-01"];
        args.extend(extra);
        repo.run(&args)
    };
    let run = record(&["--notes", "  indented \u{1b}[31mred\nand more"]);
    assert_eq!((run.code, run.out.trim()), (0, "content/evidence/evil-x/2026-Q1.yaml"), "{}", run.err);
    let codes: Vec<String> = findings(&repo, &["--worktree"]).into_iter().map(|(code, _)| code).collect();
    assert!(!codes.iter().any(|code| code.starts_with("yaml") || code == "unknown-control"), "{codes:?}");
    #[cfg(unix)]
    {
        let outside = tempfile::tempdir().unwrap();
        fs::remove_dir_all(repo.dir().join("content/evidence")).unwrap();
        std::os::unix::fs::symlink(outside.path(), repo.dir().join("content/evidence")).unwrap();
        assert_eq!(record(&[]).code, 2);
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    }
}

#[test]
fn nothing_of_a_repository_is_obeyed_by_a_terminal() {
    let policy = "---\nid: p\ntitle: \"T\\e[31m\\u202e\"\nowner: dana\nstatus: approved\nversion: \"1\\e[5m\"\neffective_from: 2026-02-02\n---\nText.\n";
    let config = "organization: {name: Example Inc.}\nscope: {system: S, frameworks: {soc2: [security]}}\nwindow: {start: 2026-01-01, end: 2026-12-31}\nhistory: {branch: \"x; touch pwned \\e[31m\"}\n";
    let repo = with_files(&[("content/policies/p.md", policy), ("tickmark.yaml", config)]);
    for command in [&["check", "--fail-on", "never"][..], &["policy", "p"], &["population"], &["explain", "p"]] {
        let mut args = command.to_vec();
        args.extend(["--as-of", "2026-08-01", "--color", "always"]);
        let run = repo.run(&args);
        for hostile in ["\u{1b}[31m\u{202e}", "\u{202e}", "\u{1b}[5m", "pwned \u{1b}"] {
            assert!(!run.out.contains(hostile) && !run.err.contains(hostile), "{command:?}: {}{}", run.out, run.err);
        }
        assert!(!run.err.contains("origin x; touch"), "{}", run.err);
    }
}

#[cfg(unix)]
#[test]
fn a_folder_of_the_programme_that_is_a_link_is_named_and_never_followed() {
    let outside = tempfile::tempdir().unwrap();
    fs::create_dir_all(outside.path().join("policies")).unwrap();
    fs::write(outside.path().join("policies/secret.md"), "---\nid: secret\ntitle: Secret\nowner: dana\n---\nSECRET\n").unwrap();
    let repo = with_files(&[("content/policies/keep.md", "---\nid: keep\ntitle: Keep\nowner: dana\n---\nText.\n")]);
    fs::remove_dir_all(repo.dir().join("content")).unwrap();
    std::os::unix::fs::symlink(outside.path(), repo.dir().join("content")).unwrap();
    repo.commit("Link", "2026-02-03T10:00:00+01:00");
    for reading in [&["--at", "HEAD"][..], &["--worktree"]] {
        let found = findings(&repo, reading);
        assert!(found.iter().any(|(code, message)| code == "link-not-followed" && message.contains("`content` is a link")), "{found:?}");
        assert!(!found.iter().any(|(code, message)| code == "evidence-missed" || message.contains("secret")), "{found:?}");
    }
    builds(&repo);
    assert!(
        super::support::files_below(&repo.path().join("site")).iter().all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("SECRET"))
    );
}

#[test]
fn what_stands_in_the_place_of_a_folder_is_named() {
    let repo = with_files(&[("content/policies/keep.md", "---\nid: keep\ntitle: Keep\nowner: dana\n---\nText.\n")]);
    fs::remove_dir_all(repo.dir().join("content")).unwrap();
    repo.write("content", "a file");
    fs::remove_dir_all(repo.dir().join("controls")).unwrap();
    repo.git(&["add", "--all"]);
    let tip = repo.git(&["rev-parse", "HEAD"]);
    repo.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{},controls", tip.trim())]);
    fs::create_dir_all(repo.dir().join("controls/.git")).unwrap();
    repo.git(&["commit", "-q", "-m", "Odd"]);
    for reading in [&["--at", "HEAD"][..], &["--worktree"]] {
        let found = findings(&repo, reading);
        assert!(
            found.iter().any(|(code, message)| code == "submodule-not-read" && message.contains("`controls`")),
            "{reading:?} {found:?}"
        );
        assert!(found.iter().any(|(code, message)| code == "file-not-read" && message.contains("`content`")), "{reading:?} {found:?}");
    }
}

#[test]
fn a_long_line_stands_in_no_finding_and_a_long_file_on_no_page() {
    let controls: Vec<String> = (0..3_000).map(|at| format!("c{at}")).collect();
    let line = format!("control: [{}]\nperiod: 2026-Q1\nperformed_on: 2026-02-01\nperformed_by: dana\nresult: pass\n", controls.join(","));
    let record = |at: usize| {
        format!("- {{id: e{at}, control: AC-03, period: 2026-Q1, performed_on: 2026-02-01, performed_by: dana, result: pass}}\n")
    };
    let many: String = (0..200).map(record).collect();
    let repo = with_files(&[("content/evidence/line.yaml", &line), ("content/evidence/many.yaml", &many)]);
    let run = repo.run(&["check", "--at", "HEAD", "--as-of", "2026-08-01", "--fail-on", "never"]);
    assert!(run.out.len() < 2_000_000, "{}", run.out.len());
    builds(&repo);
    assert!(fs::metadata(repo.path().join("site/evidence/e1.html")).unwrap().len() < 200_000);
}

#[test]
fn an_instant_that_pages_cannot_write_is_refused() {
    let repo = with_files(&[("content/trust/trust.yaml", "title: Trust\n")]);
    for (as_of, code) in [("9999-12-31T23:59:59-23:59", 2), ("9999-12-31", 2), ("0000-12-31", 2), ("0001-01-01", 0), ("9000-12-31", 0)] {
        let run = repo.run(&["build", "--at", "HEAD", "--as-of", as_of]);
        assert_eq!(run.code, code, "{as_of}: {}", run.err);
    }
}
