//! The door of the tests of importers: a folder in another format, a target, what was taken and what was left.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::support::{Repo, tickmark};

/// A folder to bring in and a target.
pub struct Bench {
    repo: Repo,
}

/// What an import said.
pub struct Brought {
    /// The report as JSON.
    pub report: Value,
    target: PathBuf,
}

impl Bench {
    /// A folder with these files, and an empty target.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let repo = Repo::empty();
        for (path, text) in files {
            let full = repo.path().join("source").join(path);
            fs::create_dir_all(full.parent().unwrap()).unwrap();
            fs::write(full, text).unwrap();
        }
        fs::create_dir_all(repo.path().join("source")).unwrap();
        fs::create_dir_all(repo.dir()).unwrap();
        Self { repo }
    }

    /// A target with some files of its own.
    pub fn with(self, files: &[(&str, &str)]) -> Self {
        files.iter().for_each(|(path, text)| self.write(path, text));
        self
    }

    /// Writes a file of the target.
    pub fn write(&self, path: &str, text: &str) {
        self.repo.write(path, text);
    }

    /// The folder that is brought in.
    pub fn source(&self) -> PathBuf {
        self.repo.path().join("source")
    }

    /// Imports the folder.
    pub fn import(&self, format: &str, args: &[&str]) -> Brought {
        self.import_from(&self.source(), format, args)
    }

    /// Imports another folder or a file.
    pub fn import_from(&self, source: &Path, format: &str, args: &[&str]) -> Brought {
        let run = self.run(source, format, args);
        assert_eq!(run.0, 0, "{}", run.2);
        let report: Value = serde_json::from_str(&run.1).unwrap_or_else(|error| panic!("{error}: {}\n{}", run.1, run.2));
        Brought { report, target: self.repo.dir() }
    }

    /// Runs an import of the folder: exit code, data, everything else.
    pub fn run(&self, source: &Path, format: &str, args: &[&str]) -> (i32, String, String) {
        let mut command = tickmark(self.repo.path());
        command.arg("--repo").arg(self.repo.dir()).args(["import", format]).arg(source).args(["--format", "json"]).args(args);
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    /// Checks the target with a scope (`{soc2: all}`): no error may be found but that evidence says that a control failed.
    /// Gives the assessment.
    pub fn check(&self, scope: &str) -> Value {
        let config = format!(
            "organization: {{name: Example Inc.}}\nscope: {{system: Example, frameworks: {scope}}}\n\
             window: {{start: 2026-01-01, end: 2026-12-31, report: type2}}\n"
        );
        self.repo.write("tickmark.yaml", &config);
        let run = self.repo.run(&["check", "--worktree", "--format", "json", "--fail-on", "never", "--as-of", "2026-08-01"]);
        let assessment = run.json();
        let errors: Vec<&Value> = assessment["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["severity"] == "error" && finding["code"] != "evidence-result-fail")
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
        assessment
    }
}

impl Brought {
    /// Found, taken and left of a kind; zeros when nothing was said of it.
    pub fn counts(&self, kind: &str) -> (u64, u64, u64) {
        let Some(entry) = self.kind(kind) else { return (0, 0, 0) };
        let left = entry["left"].as_array().unwrap().len() as u64;
        let (found, took) = (entry["found"].as_u64().unwrap(), entry["took"].as_u64().unwrap());
        assert_eq!(found, took + left, "the counts of {kind} do not add up");
        (found, took, left)
    }

    /// What of a kind was left, with the reasons.
    pub fn left(&self, kind: &str) -> BTreeMap<String, String> {
        let left = self.kind(kind).map(|entry| entry["left"].as_array().unwrap().clone()).unwrap_or_default();
        let text = |left: &Value, key: &str| left[key].as_str().unwrap().to_owned();
        left.iter().map(|left| (text(left, "what"), text(left, "why"))).collect()
    }

    /// The reason why something was left that was named so.
    pub fn why(&self, kind: &str, what: &str) -> String {
        let left = self.left(kind);
        left.get(what).unwrap_or_else(|| panic!("`{what}` was not left: {left:#?}")).clone()
    }

    /// The paths that were written.
    pub fn written(&self) -> Vec<String> {
        self.report["written"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap().to_owned()).collect()
    }

    /// The text of a file of the target.
    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.target.join(path)).unwrap_or_else(|error| panic!("{path}: {error}; written: {:?}", self.written()))
    }

    /// Whether a note holds some words.
    pub fn notes(&self, words: &str) -> bool {
        self.report["notes"].as_array().unwrap().iter().any(|note| note.as_str().unwrap().contains(words))
    }

    fn kind(&self, kind: &str) -> Option<&Value> {
        self.report["kinds"].as_array().unwrap().iter().find(|entry| entry["kind"] == kind)
    }
}

/// The ids of the controls that an assessment knows.
pub fn control_ids(assessment: &Value) -> Vec<&str> {
    assessment["controls"].as_array().unwrap().iter().map(|control| control["id"].as_str().unwrap()).collect()
}
