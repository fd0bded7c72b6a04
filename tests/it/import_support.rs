//! The door of the importers' tests: a repository with files of theirs, an import, its counts, and a check after it.

use std::{collections::BTreeMap, fs, path::Path};

use crate::support::{Repo, Run};

/// A committed repository with these files.
pub fn repository(files: &[(&str, &str)]) -> Repo {
    let repo = Repo::from_script(
        "person dana \"Dana Ito\" dana@example.com\n\n== commit 2026-01-05T10:00:00+00:00 dana\nBegin\n-- .gitignore --\n/build/\n",
    );
    for (path, text) in files {
        repo.write(path, text);
    }
    if !files.is_empty() {
        repo.commit("Write everything down", "2026-01-06T10:00:00+00:00");
    }
    repo
}

/// A `tickmark.yaml` with SOC 2 in scope, and one person.
pub const CONFIGURED: [(&str, &str); 2] = [
    (
        "tickmark.yaml",
        "organization: {name: Example}\nscope: {frameworks: {soc2: [security]}}\nwindow: {start: 2026-01-01, end: 2026-12-31}\n",
    ),
    ("content/people.yaml", "people:\n  - {id: dana, name: Dana Ito, emails: [dana@example.com], kind: human}\n"),
];

/// Files of ours beside files of theirs.
pub fn with_programme<'f>(files: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    CONFIGURED.iter().chain(files).copied().collect()
}

/// What an import said.
pub struct Report {
    /// The document of `--format json`.
    pub json: serde_json::Value,
}

impl Report {
    /// The report of a run that went well.
    pub fn of(run: &Run) -> Self {
        assert_eq!(run.code, 0, "{}\n{}", run.out, run.err);
        let report = Self { json: run.json() };
        for kind in report.json["kinds"].as_array().unwrap() {
            let left = kind["left"].as_array().unwrap().len() as u64;
            assert_eq!(kind["found"].as_u64().unwrap(), kind["took"].as_u64().unwrap() + left, "{kind}");
        }
        report
    }

    /// Found, taken, left of a kind; zeros when it does not occur.
    pub fn counts(&self, kind: &str) -> (u64, u64, usize) {
        let found = self.json["kinds"].as_array().unwrap().iter().find(|tally| tally["kind"] == kind);
        found.map_or((0, 0, 0), |tally| {
            (tally["found"].as_u64().unwrap(), tally["took"].as_u64().unwrap(), tally["left"].as_array().unwrap().len())
        })
    }

    /// What of a kind was left, with the reasons.
    pub fn left(&self, kind: &str) -> BTreeMap<String, String> {
        let tallies = self.json["kinds"].as_array().unwrap().iter().filter(|tally| tally["kind"] == kind);
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        tallies.flat_map(|tally| tally["left"].as_array().unwrap()).map(|left| (text(&left["what"]), text(&left["why"]))).collect()
    }

    /// The notes as one text.
    pub fn notes(&self) -> String {
        self.json["notes"].as_array().unwrap().iter().map(|note| note.as_str().unwrap()).collect::<Vec<_>>().join("\n")
    }

    /// The paths that were written.
    pub fn written(&self) -> Vec<String> {
        self.json["written"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap().to_owned()).collect()
    }
}

/// Imports a folder given from the repository's root (or a full path), with counts that must add up.
pub fn import(repo: &Repo, format: &str, dir: impl AsRef<Path>, more: &[&str]) -> Report {
    let dir = repo.dir().join(dir);
    let mut args = vec!["import", format, dir.to_str().unwrap(), "--format", "json", "--as-of", "2026-06-30"];
    args.extend(more);
    Report::of(&repo.run(&args))
}

/// After an import the programme loads: no error but that there is no configuration, and that evidence reports a failure,
/// which it then does. Gives the assessment.
pub fn check(repo: &Repo) -> serde_json::Value {
    let run = repo.run(&["check", "--worktree", "--format", "json", "--as-of", "2026-06-30"]);
    assert!(run.code == 0 || run.code == 1, "{}\n{}", run.code, run.err);
    let assessment = run.json();
    for finding in assessment["findings"].as_array().unwrap() {
        let honest = ["config-missing", "evidence-result-fail"].contains(&finding["code"].as_str().unwrap());
        assert!(finding["severity"] != "error" || honest, "{finding}");
    }
    assessment
}

/// A control, document or whatever has this id, from a list of an assessment.
pub fn with_id<'v>(list: &'v serde_json::Value, id: &str) -> &'v serde_json::Value {
    list.as_array().unwrap().iter().find(|item| item["id"] == id).unwrap_or_else(|| panic!("no {id} in {list}"))
}

/// The text of a file of the repository.
pub fn text(repo: &Repo, path: &str) -> String {
    fs::read_to_string(repo.dir().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Copies a folder into the repository and commits it.
pub fn bring(repo: &Repo, from: &Path, to: &str) {
    for (path, bytes) in crate::support::files_below(from) {
        let full = repo.dir().join(to).join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, bytes).unwrap();
    }
    repo.commit("Bring the folder in", "2026-01-07T10:00:00+00:00");
}
