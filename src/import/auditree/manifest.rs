//! A check as a control, and its result as an evidence manifest.

use super::{
    Digested,
    checks::{Check, Outcome, Used},
    locker::Entry,
};
use crate::{
    date::{Instant, utc_text},
    import::{Imported, Source, file_slug},
    load::{
        raw::{Artifact, Control, ControlKind, ControlStatus, DateText, Evidence, EvidenceSource, InstantText, Name, OneOrMany, SpanText},
        yaml,
    },
};

/// The control of a check: its path and text. `ttl` in days is the shortest time to live of its evidence.
pub(super) fn control(check: &Check, id: &str, ttl: Option<i64>) -> (String, String) {
    let mut description = format!("Imported from the auditree check `{}`.\n", check.class);
    if !check.accreditations.is_empty() {
        description += &format!("\nThe locker counts it for: {}.\n", check.accreditations.join(", "));
    }
    if !check.tests.is_empty() {
        description += &format!("\nTests: {}.\n", check.tests.keys().cloned().collect::<Vec<_>>().join(", "));
    }
    let control = Control {
        id: Some(Name(id.to_owned())),
        title: Some(format!("Automated check {}", check.name())),
        status: Some(ControlStatus::Drafted),
        kind: Some(ControlKind::Automated),
        ttl: ttl.map(|days| SpanText(format!("P{days}D"))),
        description: Some(description),
        ..Control::default()
    };
    (format!("controls/{}.yaml", file_slug(id)), yaml(&control))
}

/// A manifest in the making.
pub(super) struct Draft<'c> {
    /// The check.
    pub check: &'c Check,
    control: String,
    id: String,
    outcome: Outcome,
    /// When the oldest of its evidence was fetched; reports are made by the check itself.
    fetched: Option<Instant>,
    artifacts: Vec<Artifact>,
    /// What its files are marked with, as lines.
    marks: Vec<String>,
    /// What it is counted for.
    pub holds: Vec<(&'static str, String)>,
}

impl<'c> Draft<'c> {
    /// The manifest of a result, without artifacts.
    pub fn new(check: &'c Check, control: &str, id: String, outcome: Outcome) -> Self {
        let holds = vec![("results", check.class.clone())];
        Self { check, control: control.to_owned(), id, outcome, fetched: None, artifacts: Vec::new(), marks: Vec::new(), holds }
    }

    /// Where it stands.
    fn path(&self) -> String {
        format!("content/evidence/{}/{}.yaml", file_slug(&self.control), file_slug(&self.outcome.stamp))
    }

    /// Adds files that the check saw.
    pub fn add(&mut self, source: &Source<'_>, entry: &Entry, used: &Used, files: Vec<Digested>) {
        let manifest = self.path();
        if !entry.is_report() {
            self.fetched = [self.fetched, entry.fetched].into_iter().flatten().min();
        }
        self.artifacts.extend(files.into_iter().map(|file| artifact(source, &manifest, used, file)));
        if !entry.marks.is_empty() {
            self.marks.push(format!("- {}: {}\n", used.path, entry.marks.join(", ")));
        }
    }

    /// Plans the file.
    pub fn write(self, imported: &mut Imported) {
        let path = self.path();
        let notes = self.notes();
        let record = Evidence {
            id: Some(Name(self.id)),
            control: Some(OneOrMany::One(Name(self.control))),
            performed_on: Some(DateText(self.outcome.day.to_string())),
            result: Some(self.outcome.result),
            source: self.fetched.map(|fetched| EvidenceSource {
                system: Some("auditree".to_owned()),
                extracted_at: Some(InstantText(utc_text(fetched))),
                ..EvidenceSource::default()
            }),
            artifacts: (!self.artifacts.is_empty()).then_some(self.artifacts),
            notes: Some(notes),
            ..Evidence::default()
        };
        imported.write(path, yaml(&record), self.holds);
    }

    fn notes(&self) -> String {
        let mut notes = format!("Imported from an auditree locker: the check `{}` ran until {}.\n\n", self.check.class, self.outcome.at);
        for (name, test) in &self.check.tests {
            let (failures, warnings) = test.counts;
            let status = test.status.as_deref().unwrap_or("no result");
            notes += &format!("- {name}: {status}, {failures} failures, {warnings} warnings\n");
        }
        if !self.marks.is_empty() {
            notes += &format!("\nMarks in the locker's index:\n\n{}", self.marks.concat());
        }
        if self.artifacts.len() > 1 {
            notes += "\nThe time of extraction is that of the oldest of its evidence.\n";
        }
        notes
    }
}

/// A file as an artifact: by its path from the manifest where the locker lies in the repository, else by its address.
fn artifact(source: &Source<'_>, manifest: &str, used: &Used, file: Digested) -> Artifact {
    let (path, uri) = match source.in_repository(&file.path) {
        Some(place) => (Some(format!("{}{place}", "../".repeat(manifest.matches('/').count()))), None),
        None => (None, Some(address(used, &file))),
    };
    Artifact { path, uri, sha256: Some(file.sha256), size: Some(file.size) }
}

fn address(used: &Used, file: &Digested) -> String {
    match (&used.locker, &used.commit) {
        (Some(locker), Some(commit)) => format!("{locker}/blob/{commit}/{}", file.path),
        _ => format!("auditree-locker:{}", file.path),
    }
}
