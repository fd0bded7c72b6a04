//! CISO Assistant libraries: YAML files with `objects`: frameworks, mappings between them, reference controls and more.
//!
//! Frameworks of all files come first, then mappings and controls, which speak of their nodes by `urn`. The texts have
//! licences of their own; the library's copyright line is said with each file, and what to do with it is the user's matter.

mod controls;
mod framework;
mod mapping;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    Imported, Importer, Source,
    catalogue::{Catalogue, REST},
    counted, framework_path,
    json::{Looker, from_yaml, parse_yaml},
    known::Known,
    plan::plan_framework,
};
use crate::{id::RepoPath, load::Limits};

/// The importer.
pub(super) const CISO_ASSISTANT: Importer = Importer {
    name: "ciso-assistant",
    about: "CISO Assistant libraries: frameworks, requirement mappings, reference controls",
    looks_for: "a YAML library with `urn` and `objects`",
    recognise,
    run,
};

const LIBRARIES: &str = "libraries";
const NODES: &str = "requirement nodes";
/// The keys of reference controls: the one of today, and the one of older libraries.
const CONTROL_KEYS: [&str; 2] = ["reference_controls", "security_functions"];

/// A library.
struct Library {
    path: RepoPath,
    root: Value,
}

impl Library {
    /// The last part of its urn, or else its file's name.
    fn tail(&self) -> &str {
        let urn = self.root.get("urn").and_then(Value::as_str).and_then(urn_tail);
        urn.unwrap_or_else(|| self.path.file_name().split('.').next().unwrap_or_default())
    }
}

/// What stands after the last colon of a urn.
fn urn_tail(urn: &str) -> Option<&str> {
    urn.rsplit(':').next().map(str::trim).filter(|tail| !tail.is_empty())
}

/// A urn as it is compared: the libraries write one urn in both cases, and CISO Assistant reads them in lower case.
fn folded(urn: &str) -> String {
    urn.trim().to_ascii_lowercase()
}

fn is_yaml(path: &RepoPath) -> bool {
    matches!(path.extension().as_str(), "yaml" | "yml")
}

fn recognise(source: &Source<'_>) -> bool {
    const MOST_LOOKED_AT: usize = 60;
    let mut candidates = source.paths().filter(|path| is_yaml(path)).take(MOST_LOOKED_AT);
    candidates.any(|path| source.text_up_to(path, Limits::CATALOGUE.bytes as u64).is_ok_and(|text| looks_like(&text.text)))
}

/// Whether a text has the keys of a library at its left edge.
fn looks_like(text: &str) -> bool {
    let (mut urn, mut objects) = (false, false);
    text.lines().any(|line| {
        urn |= line.starts_with("urn:");
        objects |= line.trim_end() == "objects:";
        urn && objects
    })
}

fn run(source: &Source<'_>) -> anyhow::Result<Imported> {
    let mut desk = Desk {
        source,
        imported: Imported::default(),
        looker: Looker::default(),
        known: Known::of(source.programme),
        nodes: BTreeMap::new(),
        frameworks: BTreeMap::new(),
        asks: BTreeMap::new(),
        groups: BTreeSet::new(),
    };
    let libraries = desk.libraries();
    desk.frameworks(&libraries);
    desk.mappings(&libraries);
    desk.controls(&libraries);
    desk.leave_others(&libraries);
    desk.say_odd();
    Ok(desk.imported)
}

/// What the steps share.
struct Desk<'a> {
    source: &'a Source<'a>,
    imported: Imported,
    looker: Looker,
    known: Known,
    /// The folded urn of a node to its framework's key and its line.
    nodes: BTreeMap<String, (String, String)>,
    /// The folded urn of a framework to its key.
    frameworks: BTreeMap<String, String>,
    /// The folded urn of a reference control to the nodes that ask for it.
    asks: BTreeMap<String, Vec<String>>,
    /// The implementation groups that were met.
    groups: BTreeSet<String>,
}

impl Desk<'_> {
    /// Reads the libraries of the folder.
    fn libraries(&mut self) -> Vec<Library> {
        let mut libraries = Vec::new();
        self.imported.expect(LIBRARIES);
        let paths: Vec<RepoPath> = self.source.paths().filter(|path| is_yaml(path)).cloned().collect();
        for path in paths {
            match self.read_library(&path) {
                Ok(Some(library)) => {
                    self.imported.take(LIBRARIES);
                    self.say_licence(&library);
                    libraries.push(library);
                }
                Ok(None) => self.source.forget(&path),
                Err(why) => self.imported.leave(LIBRARIES, path.as_str(), why),
            }
        }
        libraries
    }

    /// One library; `None` when the file is YAML of something else.
    fn read_library(&mut self, path: &RepoPath) -> Result<Option<Library>, String> {
        let text = self.source.text_up_to(path, Limits::CATALOGUE.bytes as u64)?;
        if !looks_like(&text.text) {
            return Ok(None);
        }
        if let Some(remark) = &text.remark {
            self.imported.note(format!("{path} {remark}"));
        }
        let root = from_yaml(&parse_yaml(&text.text)?);
        if !root.get("objects").is_some_and(Value::is_object) {
            return Err("its `objects` is no mapping".to_owned());
        }
        Ok(Some(Library { path: path.clone(), root }))
    }

    fn say_licence(&mut self, library: &Library) {
        const LONGEST: usize = 300;
        let path = &library.path;
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let copyright = self.looker.text(&library.root, "copyright", path.as_str()).map(line);
        let shown = match &copyright {
            Some(text) if text.chars().count() > LONGEST => format!("{} ...", text.chars().take(LONGEST).collect::<String>()),
            Some(text) => text.clone(),
            None => "it states none".to_owned(),
        };
        let packager = self.looker.text(&library.root, "packager", path.as_str()).unwrap_or("nobody named");
        self.imported.note(format!(
            "{path}: packaged by {packager}; its copyright line: {shown}. Whether its words may be kept and shown is for you to decide"
        ));
        let languages: Vec<&str> =
            library.root.get("translations").and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name.as_str()).collect();
        if !languages.is_empty() {
            self.imported.note(format!("{path}: translations ({}) are not taken", languages.join(", ")));
        }
    }

    /// Plans the file of a framework.
    fn write_framework(&mut self, catalogue: Catalogue, groups: Vec<String>) {
        let key = catalogue.key.clone();
        let path = framework_path(&key);
        let mut holds: Vec<(&'static str, String)> = catalogue.lines().iter().map(|line| (NODES, format!("{key} {}", line.id))).collect();
        holds.extend(groups.into_iter().map(|urn| (NODES, urn)));
        let (all, headings) = (catalogue.lines().len(), catalogue.lines().iter().filter(|line| line.heading).count());
        let names: Vec<String> = catalogue.selections().into_iter().map(|name| format!("`{name}`")).collect();
        let selections = if names.is_empty() { String::new() } else { format!("; selections: {}", names.join(", ")) };
        self.imported.note(format!(
            "{path}: {}, {} to be met and {}{selections}",
            counted(catalogue.groups.len(), "group", "groups"),
            counted(all - headings, "line", "lines"),
            counted(headings, "heading", "headings")
        ));
        let unselected = catalogue.unselected();
        if !names.is_empty() && unselected > 0 {
            self.imported.note(format!("{path}: lines in no implementation group: {unselected}; the selection `{REST}` names them"));
        }
        self.known.say_alike(&catalogue, &mut self.imported);
        if !self.source.stays(&catalogue.key) {
            self.known.add(&catalogue);
        }
        plan_framework(&mut self.imported, catalogue, holds);
    }

    /// Names the objects that have no place here.
    fn leave_others(&mut self, libraries: &[Library]) {
        const TAKEN: [&str; 4] = ["framework", "frameworks", "requirement_mapping_set", "requirement_mapping_sets"];
        let is_taken = |key: &str| TAKEN.contains(&key) || CONTROL_KEYS.contains(&key);
        for library in libraries {
            let objects = library.root.get("objects").and_then(Value::as_object);
            for (key, value) in objects.into_iter().flatten().filter(|(key, _)| !is_taken(key)) {
                let items: &[Value] = match value {
                    Value::Array(items) => items,
                    one => std::slice::from_ref(one),
                };
                for item in items {
                    let name =
                        ["ref_id", "name", "urn"].iter().find_map(|name| item.get(*name).and_then(Value::as_str)).unwrap_or("unnamed");
                    let why = "a programme here keeps no such record";
                    self.imported.leave("other objects", format!("{} {key}: {}", library.path, name.escape_debug()), why);
                }
            }
        }
    }

    fn say_odd(&mut self) {
        let mut said = BTreeSet::new();
        for (what, why) in std::mem::take(&mut self.looker.odd) {
            if said.insert((what.clone(), why.clone())) {
                self.imported.leave("values of a wrong type", what, why);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_has_a_urn_and_objects() {
        assert!(looks_like("convert: x\nurn: urn:x:risk:library:a\nobjects:\n  framework:\n"));
        assert!(!looks_like("urn: x\n"));
        assert!(!looks_like("a:\n  urn: x\n  objects:\n"));
        assert_eq!(urn_tail("urn:intuitem:risk:framework:iso27001-2022"), Some("iso27001-2022"));
        assert_eq!(urn_tail("urn:"), None);
    }
}
