//! Where every page stands: the one place that makes paths. Names are flat, lower case and safe on every file system;
//! two ids that would share a name get different ones, in the order of the ids.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    assess::{Assessment, Coverage},
    diag::Code,
    id::{ControlId, DocumentId, EvidenceId, FrameworkId, ObjectId, PersonId, RepoPath, RequirementId},
    model::{Programme, Timelines},
    text::slug,
};

/// File endings that a browser shows or saves without running anything. Everything else is copied with `.txt` behind it.
const INERT: [&str; 23] = [
    "csv", "tsv", "txt", "md", "log", "json", "jsonl", "yaml", "yml", "toml", "diff", "patch", "png", "jpg", "jpeg", "gif", "webp", "pdf",
    "xlsx", "docx", "zip", "gz", "eml",
];

/// The paths of all pages that stand for one thing each.
#[derive(Debug, Default)]
pub struct Routes {
    controls: BTreeMap<ControlId, String>,
    documents: BTreeMap<DocumentId, String>,
    evidence: BTreeMap<EvidenceId, String>,
    frameworks: BTreeMap<(FrameworkPart, FrameworkId), String>,
    requirements: BTreeMap<(FrameworkId, RequirementId), String>,
    people: BTreeMap<PersonId, String>,
    populations: BTreeMap<String, String>,
    codes: BTreeMap<String, String>,
}

/// The pages of one framework. The framework itself comes first, so that no list of another one takes its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FrameworkPart {
    /// The framework itself.
    Whole,
    /// Its statement of applicability.
    Statement,
    /// Its lines of one coverage.
    Lines(Coverage),
}

impl FrameworkPart {
    const ALL: [FrameworkPart; 6] = [
        Self::Whole,
        Self::Statement,
        Self::Lines(Coverage::Covered),
        Self::Lines(Coverage::Uncovered),
        Self::Lines(Coverage::Alternative),
        Self::Lines(Coverage::NotApplicable),
    ];

    fn ending(self) -> &'static str {
        match self {
            Self::Whole => "",
            Self::Statement => "-soa",
            Self::Lines(Coverage::Covered) => "-covered",
            Self::Lines(Coverage::Uncovered) => "-uncovered",
            Self::Lines(Coverage::Alternative) => "-alternative",
            Self::Lines(Coverage::NotApplicable) => "-not-applicable",
        }
    }
}

impl Routes {
    /// Gives every thing its path.
    pub fn new(programme: &Programme, timelines: &Timelines, assessment: &Assessment, codes: &[&'static Code]) -> Self {
        let requirements: BTreeSet<(FrameworkId, RequirementId)> =
            assessment.requirements.iter().map(|line| (line.framework.clone(), line.id.clone())).collect();
        let codes: BTreeSet<String> =
            codes.iter().map(|code| code.name).chain(assessment.findings.iter().map(|finding| finding.code)).map(str::to_owned).collect();
        Self {
            controls: routes("controls", programme.controls.keys().chain(assessment.controls.iter().map(|c| &c.id)).cloned(), |id| {
                stem(id.as_str())
            }),
            documents: routes("policies", programme.documents.keys().chain(readable(timelines)).cloned(), |id| stem(id.as_str())),
            evidence: routes("evidence", programme.evidence.keys().chain(timelines.evidence.keys()).cloned(), evidence_stem),
            frameworks: routes(
                "frameworks",
                requirements.iter().flat_map(|(framework, _)| FrameworkPart::ALL.map(|part| (part, framework.clone()))),
                |(part, id)| format!("{}{}", stem(id.as_str()), part.ending()),
            ),
            requirements: routes("requirements", requirements.iter().cloned(), |(framework, id)| {
                format!("{}-{}", stem(framework.as_str()), stem(id.as_str()))
            }),
            people: routes("people", programme.people.people.keys().cloned(), |id| stem(id.as_str())),
            populations: routes("populations", assessment.populations.iter().map(|list| list.id.clone()), |id| stem(id)),
            codes: routes("rules", codes.into_iter(), |name| stem(name)),
        }
    }

    /// A control's page.
    pub fn control(&self, id: &ControlId) -> Option<&str> {
        self.controls.get(id).map(String::as_str)
    }

    /// A document's page.
    pub fn document(&self, id: &DocumentId) -> Option<&str> {
        self.documents.get(id).map(String::as_str)
    }

    /// The page of one version of a document, numbered from 1 in the order of landing.
    pub fn version(&self, id: &DocumentId, number: usize) -> Option<String> {
        // Two hyphens in a row never come out of `stem`, so no other document can take this name.
        self.document(id).map(|page| format!("{}--{number}.html", page.trim_end_matches(".html")))
    }

    /// An evidence record's page.
    pub fn evidence(&self, id: &EvidenceId) -> Option<&str> {
        self.evidence.get(id).map(String::as_str)
    }

    /// A framework's page.
    pub fn framework(&self, id: &FrameworkId) -> Option<&str> {
        self.framework_part(id, FrameworkPart::Whole)
    }

    /// One of a framework's pages; whether there is such a page is not asked here.
    pub fn framework_part(&self, id: &FrameworkId, part: FrameworkPart) -> Option<&str> {
        self.frameworks.get(&(part, id.clone())).map(String::as_str)
    }

    /// A requirement's page; only requirements in scope have one.
    pub fn requirement(&self, framework: &FrameworkId, id: &RequirementId) -> Option<&str> {
        self.requirements.get(&(framework.clone(), id.clone())).map(String::as_str)
    }

    /// A person's page.
    pub fn person(&self, id: &PersonId) -> Option<&str> {
        self.people.get(id).map(String::as_str)
    }

    /// The first page of a population.
    pub fn population(&self, id: &str) -> Option<&str> {
        self.populations.get(id).map(String::as_str)
    }

    /// A rule's page.
    pub fn code(&self, name: &str) -> Option<&str> {
        self.codes.get(name).map(String::as_str)
    }

    /// Every thing's page that the evidence map knows, in the order of the ids.
    pub fn all_evidence(&self) -> impl Iterator<Item = &EvidenceId> {
        self.evidence.keys()
    }

    /// Every document that ever stood on the mainline or stands in the tree.
    pub fn all_documents(&self) -> impl Iterator<Item = &DocumentId> {
        self.documents.keys()
    }
}

/// The path of the `number`-th page (from 1) of a list whose first page is `first`.
pub fn nth_page(first: &str, number: usize) -> String {
    if number <= 1 { first.to_owned() } else { format!("{}--{number}.html", first.trim_end_matches(".html")) }
}

/// Where a file of the repository is copied to: named by its content, and inert whatever it holds. The name is in lower
/// case, so that equal contents whose names differ in case only share one copy, as they must on some disks.
pub fn raw(path: &RepoPath, blob: ObjectId) -> String {
    let name: String = path
        .file_name()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c.to_ascii_lowercase() } else { '_' })
        .collect();
    let name = name.trim_matches('.');
    let name = &name[name.len().saturating_sub(80)..];
    let ending = if INERT.contains(&path.extension().as_str()) { "" } else { ".txt" };
    format!("raw/{}-{name}{ending}", blob.short())
}

/// The address of `to` (a path from the site's root, perhaps with `#anchor`) as seen from the page at `from`.
pub fn relative(from: &str, to: &str) -> String {
    if let Some(anchor) = to.strip_prefix(from).filter(|rest| rest.starts_with('#')) {
        return anchor.to_owned();
    }
    let folder = |path: &str| {
        path.split('#').next().and_then(|path| path.rsplit_once('/')).map_or(String::new(), |(folder, _)| format!("{folder}/"))
    };
    let from_folder = folder(from);
    match to.strip_prefix(from_folder.as_str()) {
        Some(rest) if !from_folder.is_empty() => rest.to_owned(),
        _ => format!("{}{to}", "../".repeat(from_folder.matches('/').count())),
    }
}

/// The longest stem in bytes. A file system allows names of 255; a requirement's has two stems, a number and an ending.
const LONGEST_STEM: usize = 80;
/// Windows keeps these names for devices, whatever the ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// A file name's stem for an id: dots stay, so that `CC6.1` is `cc6.1`; everything else is as [`slug`] makes it.
pub fn stem(id: &str) -> String {
    let parts: Vec<String> = id.split('.').filter(|part| part.chars().any(char::is_alphanumeric)).map(slug).collect();
    let mut stem = parts.join(".");
    stem.truncate(stem.floor_char_boundary(LONGEST_STEM));
    let first = parts.first().map_or("", String::as_str);
    if stem.is_empty() {
        return "untitled".to_owned();
    }
    if DEVICES.contains(&first.trim_end_matches(|c: char| c.is_ascii_digit())) && first.len() <= 4 {
        stem.insert(first.len(), '-');
    }
    stem
}

/// Documents of which some version can be read; of the others there is nothing to show but what their findings say.
fn readable(timelines: &Timelines) -> impl Iterator<Item = &DocumentId> {
    let documents = timelines.documents.iter();
    documents.filter(|(_, timeline)| timeline.versions.iter().any(|version| version.record.is_some())).map(|(id, _)| id)
}

/// A record without an id is keyed by its path; the folder that all records share would only lengthen its name.
fn evidence_stem(id: &EvidenceId) -> String {
    let text = id.as_str();
    let text = text.strip_prefix("content/evidence/").unwrap_or(text);
    stem(text.strip_suffix(".yaml").or_else(|| text.strip_suffix(".yml")).unwrap_or(text))
}

fn routes<K: Ord + Clone>(folder: &str, keys: impl Iterator<Item = K>, name: impl Fn(&K) -> String) -> BTreeMap<K, String> {
    let keys: BTreeSet<K> = keys.collect();
    let mut taken = BTreeSet::new();
    keys.into_iter()
        .map(|key| {
            let wanted = name(&key);
            let mut chosen = wanted.clone();
            let mut number = 2;
            while !taken.insert(chosen.clone()) {
                chosen = format!("{wanted}---{number}");
                number += 1;
            }
            (key, format!("{folder}/{chosen}.html"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_to_the_page() {
        assert_eq!(relative("index.html", "controls/ac-03.html"), "controls/ac-03.html");
        assert_eq!(relative("controls/ac-03.html", "controls/ac-04.html#x"), "ac-04.html#x");
        assert_eq!(relative("controls/ac-03.html", "index.html"), "../index.html");
        assert_eq!(relative("controls/ac-03.html", "controls/ac-03.html#top"), "#top");
        assert_eq!(relative("controls.html", "controls/ac-03.html"), "controls/ac-03.html");
    }

    #[test]
    fn names_stay_apart_and_safe() {
        let ids = ["AC-03", "ac-03", "../..", "con"].map(ControlId::from);
        let paths: Vec<String> = routes("controls", ids.into_iter(), |id| stem(id.as_str())).into_values().collect();
        assert_eq!(paths, ["controls/untitled.html", "controls/ac-03.html", "controls/ac-03---2.html", "controls/con-.html"]);
    }

    #[test]
    fn names_fit_every_file_system() {
        assert_eq!(stem(&"漢".repeat(200)).len(), 78);
        assert_eq!(["com1", "LPT9.a", "con.x", "contact", "comma"].map(stem), ["com1-", "lpt9-.a", "con-.x", "contact", "comma"]);
    }

    #[test]
    fn raw_copies_cannot_run() {
        let blob = ObjectId([0xab; 20]);
        assert_eq!(raw(&RepoPath::new("content/evidence/page.HTML"), blob), "raw/ababababab-page.html.txt");
        assert_eq!(raw(&RepoPath::new("content/evidence/Users.csv"), blob), "raw/ababababab-users.csv");
        assert_eq!(raw(&RepoPath::new("a/ü x.svg"), blob), "raw/ababababab-__x.svg.txt");
    }
}
