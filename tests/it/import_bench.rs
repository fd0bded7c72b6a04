//! A bench for importers of catalogues: a folder in another format that lies outside of the target, and the target, which is
//! no repository.

use std::{
    fs,
    ops::Deref,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::{import_support::Report, support::Repo};

/// A folder to bring in and a target.
pub struct Bench {
    repo: Repo,
}

/// What an import said.
pub struct Brought {
    report: Report,
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
        let mut all = vec!["import", format, source.to_str().unwrap(), "--format", "json"];
        all.extend(args);
        Brought { report: Report::of(&self.repo.run(&all)), target: self.repo.dir() }
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

impl Deref for Brought {
    type Target = Report;

    fn deref(&self) -> &Report {
        &self.report
    }
}

impl Brought {
    /// The reason why something was left that was named so.
    pub fn why(&self, kind: &str, what: &str) -> String {
        let left = self.left(kind);
        left.get(what).unwrap_or_else(|| panic!("`{what}` was not left: {left:#?}")).clone()
    }

    /// The text of a file of the target.
    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.target.join(path)).unwrap_or_else(|error| panic!("{path}: {error}; written: {:?}", self.written()))
    }

    /// Whether a note holds some words.
    pub fn says(&self, words: &str) -> bool {
        self.notes().contains(words)
    }
}

/// The ids of the controls that an assessment knows.
pub fn control_ids(assessment: &Value) -> Vec<&str> {
    assessment["controls"].as_array().unwrap().iter().map(|control| control["id"].as_str().unwrap()).collect()
}
