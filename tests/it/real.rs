//! Real input that nobody here wrote: a company's public policies with 445 commits, adopted without editing them.

use std::fs;

use super::support::{Repo, files_below, real_material};

/// The programme that adopts every Markdown document of the repository.
fn adopt(repo: &Repo) -> usize {
    repo.write(
        "tickmark.yaml",
        "organization: {name: Adopted Policies, timezone: America/Chicago}\nscope: {system: Products, frameworks: {soc2: [security]}}\nwindow: {start: 2023-01-01, end: 2023-12-31, report: type2}\n",
    );
    repo.write("content/people.yaml", "people:\n  - {id: owner, name: Policy Owner, emails: [owner@example.com], kind: human}\n");
    let documents: Vec<String> = repo.git(&["ls-files", "*.md"]).lines().map(str::to_owned).collect();
    let list: String = documents
        .iter()
        .map(|path| {
            let id = path.trim_end_matches(".md").trim_end_matches("/index").replace('/', "-").to_lowercase();
            format!("- {{id: {id}, title: \"{id}\", path: \"{path}\", owner: owner, status: approved}}\n")
        })
        .collect();
    repo.write("content/policies/adopted.yaml", &list);
    repo.commit("Adopt the policies", "2024-01-02T10:00:00-06:00");
    documents.len()
}

#[test]
fn a_real_companys_policies_are_adopted_with_their_whole_history() {
    let Some(bundle) = real_material("basecamp-policies.bundle") else { return };
    let repo = Repo::clone_of(&bundle);
    let adopted = adopt(&repo);
    let check = repo.run(&["check", "--format", "json", "--at", "HEAD", "--fail-on", "never", "--as-of", "2024-01-03"]);
    assert_eq!(check.code, 0, "{}", check.err);
    let assessment = check.json();
    assert_eq!(assessment["history"]["commits"], 446);
    let policies = assessment["policies"].as_array().unwrap();
    assert_eq!(policies.len(), adopted);
    for policy in policies {
        let versions = policy["versions"].as_array().unwrap();
        assert!(!versions.is_empty(), "{} has no versions", policy["id"]);
    }
    let versions_of =
        |id: &str| policies.iter().find(|policy| policy["id"] == id).map(|policy| policy["versions"].as_array().unwrap().len());
    assert!(versions_of("privacy").is_some_and(|count| count > 20), "{:?}", versions_of("privacy"));
    let built = repo.run(&["build", "--at", "HEAD", "--as-of", "2024-01-03"]);
    assert_eq!(built.code, 0, "{}", built.err);
    let pages = files_below(&repo.dir().join("build/readiness"));
    assert!(pages.iter().filter(|(path, _)| path.starts_with("policies/")).count() >= adopted);
}

#[test]
fn the_text_in_force_on_a_day_is_what_git_shows_for_that_day() {
    let Some(bundle) = real_material("basecamp-policies.bundle") else { return };
    let repo = Repo::clone_of(&bundle);
    adopt(&repo);
    for day in ["2018-06-01", "2019-09-09", "2020-03-03", "2021-07-04", "2022-02-02", "2023-06-30"] {
        // The oracle: the file on the first-parent chain at the end of that day, wherever it stood then.
        let until = format!("{day}T23:59:59-06:00");
        let commits = repo.git(&["log", "--first-parent", "--format=%H %ct", "HEAD"]);
        let seconds: i64 = repo.git(&["log", "-1", "--format=%ct", "HEAD"]).trim().parse().unwrap();
        assert!(seconds > 0, "{until}");
        let limit = chrono_seconds(day);
        let commit =
            commits.lines().map(|line| line.split_once(' ').unwrap()).find(|(_, time)| time.parse::<i64>().unwrap() < limit).unwrap().0;
        let paths = ["privacy/index.md", "privacy/privacy-policy.md"];
        let Some(text) = paths.iter().find_map(|path| show(&repo, commit, path)) else { panic!("no privacy policy on {day}") };
        let policy = repo.run(&["policy", "privacy", "--on", day, "--at", "HEAD", "--as-of", "2024-01-03"]);
        assert_eq!(policy.code, 0, "{day}: {}", policy.err);
        assert_eq!(policy.out.trim(), body_of(&text).trim(), "{day}");
    }
}

/// Midnight at the end of a day in Chicago, to the hour that matters here: any commit near it would show.
fn chrono_seconds(day: &str) -> i64 {
    let zone = tickmark::date::Zone::named("America/Chicago").unwrap();
    zone.end_of(tickmark::date::parse_date(day).unwrap()).timestamp()
}

fn show(repo: &Repo, commit: &str, path: &str) -> Option<String> {
    let listed = repo.git(&["ls-tree", commit, path]);
    (!listed.is_empty()).then(|| repo.git(&["show", &format!("{commit}:{path}")]))
}

/// The text without its own front matter, which those documents have.
fn body_of(text: &str) -> String {
    match text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
        Some((_, body)) => body.to_owned(),
        None => text.to_owned(),
    }
}

#[test]
fn links_and_files_that_are_not_read_are_named() {
    let Some(bundle) = real_material("basecamp-policies.bundle") else { return };
    let repo = Repo::clone_of(&bundle);
    fs::create_dir_all(repo.dir().join("content/policies")).unwrap();
    repo.git(&["mv", "security", "content/policies/security"]);
    adopt(&repo);
    let assessment = repo.run(&["check", "--format", "json", "--at", "HEAD", "--fail-on", "never", "--as-of", "2024-01-03"]).json();
    let named: String = assessment["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| format!("{} {}\n", finding["place"]["path"], finding["message"]))
        .collect();
    for file in ["Basecamp-security.pub", "basecamp-security-overview.pdf"] {
        assert!(named.contains(file), "{file} is not named in:\n{named}");
    }
}

#[test]
fn foreign_formats_are_refused_by_name_and_never_crash() {
    for folder in ["comply-example", "comply-invalid", "freedonia-opencontrol"] {
        let Some(material) = real_material(folder) else { return };
        let repo = Repo::empty();
        for (path, bytes) in files_below(&material) {
            let full = repo.dir().join("content").join(path);
            fs::create_dir_all(full.parent().unwrap()).unwrap();
            fs::write(full, bytes).unwrap();
        }
        let run = repo.run(&["check", "--worktree", "--as-of", "2024-01-03"]);
        assert!([1, 3].contains(&run.code), "{folder}: {} {}", run.code, run.err);
    }
}
