//! Findings: what is reported, as data. Printing them is somebody else's job.

use std::fmt;

use serde::Serialize;

use crate::{
    id::{ControlId, DocumentId, EvidenceId, FrameworkId, ObjectId, PersonId, RequirementId, VendorId},
    source::Place,
};

/// How much a finding matters to the gate. A severity is a default: the owner judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never fails a check by default.
    Note,
    /// Work, or a thing that weakens what can be said.
    Warning,
    /// A record that cannot be used, or a deviation.
    Error,
}

impl Severity {
    /// The word shown to people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a code means: the text behind `tickmark explain CODE` and the rule's page on the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// The stable name: lower case words with hyphens (`unknown-key`).
    pub name: &'static str,
    /// The severity findings with this code have unless something lowers it.
    pub severity: Severity,
    /// One line: what is reported.
    pub title: &'static str,
    /// Markdown: the facts looked at, the rule, what could fool it, what mends it, with an example.
    pub explanation: &'static str,
}

/// What a finding is about: the thing whose page shows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The programme as a whole, its configuration, or a file that no record came from.
    Programme,
    /// The repository's history.
    History,
    /// A control.
    Control(ControlId),
    /// A policy, procedure or part of the system description.
    Document(DocumentId),
    /// An evidence manifest.
    Evidence(EvidenceId),
    /// A requirement of a framework.
    Requirement(FrameworkId, RequirementId),
    /// A person.
    Person(PersonId),
    /// A vendor.
    Vendor(VendorId),
    /// A record of one of the other registers: its kind ("risk", "waiver", ...) and its id.
    Register(&'static str, String),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Programme => f.write_str("programme"),
            Self::History => f.write_str("history"),
            Self::Control(id) => write!(f, "control {id}"),
            Self::Document(id) => write!(f, "document {id}"),
            Self::Evidence(id) => write!(f, "evidence {id}"),
            Self::Requirement(framework, id) => write!(f, "{framework} {id}"),
            Self::Person(id) => write!(f, "person {id}"),
            Self::Vendor(id) => write!(f, "vendor {id}"),
            Self::Register(kind, id) => write!(f, "{kind} {id}"),
        }
    }
}

impl Serialize for Subject {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One thing reported: a stable code, what it is about, a sentence, a hint, a place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The code's name.
    pub code: &'static str,
    /// How much it matters to the gate.
    pub severity: Severity,
    /// What it is about.
    pub subject: Subject,
    /// Lower case: what is wrong.
    pub message: String,
    /// What to do; empty when there is nothing to do.
    pub hint: String,
    /// Where, when it stands somewhere.
    pub place: Option<Place>,
    /// The commits that show it, oldest first.
    pub commits: Vec<ObjectId>,
}

impl Finding {
    /// A finding with its code's severity, without hint, place or commits.
    pub fn new(code: &Code, subject: Subject, message: impl Into<String>) -> Self {
        Self {
            code: code.name,
            severity: code.severity,
            subject,
            message: brief(message.into()),
            hint: String::new(),
            place: None,
            commits: Vec::new(),
        }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = brief(hint.into());
        self
    }

    /// The same with a place.
    #[must_use]
    pub fn at(mut self, place: impl Into<Option<Place>>) -> Self {
        self.place = place.into();
        self
    }

    /// The same with the commits that show it.
    #[must_use]
    pub fn commits(mut self, commits: impl IntoIterator<Item = ObjectId>) -> Self {
        self.commits = commits.into_iter().collect();
        self
    }

    /// The order of every list of findings: gravest first, then by place, code and subject.
    pub fn sort(findings: &mut [Finding]) {
        findings.sort_by(|a, b| {
            (b.severity, &a.place, a.code, &a.subject, &a.message).cmp(&(a.severity, &b.place, b.code, &b.subject, &b.message))
        });
    }
}

/// A sentence of a length people read; sentences quote files, and a file may hold a word of a megabyte.
fn brief(mut sentence: String) -> String {
    const LONGEST: usize = 2_000;
    if sentence.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|at| sentence.is_char_boundary(*at)).unwrap_or(0);
        sentence.truncate(end);
        sentence.push('…');
    }
    sentence
}

/// The known word nearest to a mistyped one, if any is near enough to suggest. A text too long to be a word has none.
pub fn did_you_mean<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST_WORD: usize = 200;
    if typed.len() > LONGEST_WORD {
        return None;
    }
    let typed = typed.to_lowercase();
    known
        .into_iter()
        // Three characters are at most twelve bytes; the exact distance is dear.
        .filter(|word| word.len().abs_diff(typed.len()) <= 12)
        .map(|word| (strsim::damerau_levenshtein(&typed, &word.to_lowercase()), word))
        .filter(|(distance, word)| *distance <= (word.chars().count().max(typed.chars().count()) / 3).clamp(1, 3))
        .min()
        .map(|(_, word)| word)
}

/// A text as one word of a POSIX shell: what a repository names must not become another command when a line is copied.
pub fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:+@".contains(c);
    if !text.is_empty() && !text.starts_with('-') && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_that_quotes_a_whole_file_is_cut() {
        let code = Code { name: "x", severity: Severity::Note, title: "", explanation: "" };
        let finding = Finding::new(&code, Subject::Programme, "ä".repeat(5_000));
        assert!(finding.message.len() <= 2_003 && finding.message.ends_with('…'));
    }

    #[test]
    fn suggestions_are_near_or_absent() {
        assert_eq!(did_you_mean("frequncy", ["owner", "frequency"]), Some("frequency"));
        assert_eq!(did_you_mean("CC9.9", ["CC9.1", "CC9.2"]), Some("CC9.1"));
        assert_eq!(did_you_mean("colour", ["owner", "frequency"]), None);
    }
}
