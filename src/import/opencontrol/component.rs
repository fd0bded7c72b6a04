//! Components: each entry of `satisfies` becomes a drafted control with the source's words in its description.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Desk, Project};
use crate::{
    id::RepoPath,
    import::{
        Names,
        catalogue::title_line,
        draft::{Draft, id_part, paragraphs, plan_control},
        json::{from_yaml, kind_word},
        lines::framework_key,
    },
};

const COMPONENTS: &str = "components";
const ENTRIES: &str = "entries of components";
const CLAIMS: &str = "claims of requirement lines";
/// The status words of the schema, and what each says.
const STATUS_WORDS: [(&str, &str); 4] = [
    ("none", "nothing is in place yet"),
    ("planned", "it is not in place yet"),
    ("partial", "it is in place in part"),
    ("complete", "it is in place, by the source's own word"),
];

/// What the components share.
struct Shared {
    ids: Names,
    paths: Names,
    /// Status words and how often each stands.
    words: BTreeMap<String, usize>,
    /// Names that hold marks of a template.
    templates: usize,
}

/// A component while its entries are read.
struct Component<'a> {
    name: String,
    key: String,
    path: &'a RepoPath,
    root: Value,
    /// What is said of the component as a whole, for each of its controls.
    shared: String,
}

impl Desk<'_> {
    /// Plans the controls of every component.
    pub fn components(&mut self, project: &Project) {
        let mut shared = Shared { ids: Names::default(), paths: Names::default(), words: BTreeMap::new(), templates: 0 };
        for path in &project.components {
            let root = match self.yaml(path) {
                Ok(node) => from_yaml(&node),
                Err(why) => {
                    self.imported.leave(COMPONENTS, path.as_str(), why);
                    continue;
                }
            };
            if !root.is_object() {
                self.imported.leave(COMPONENTS, path.as_str(), format!("it is {}, not a component", kind_word(&root)));
                continue;
            }
            self.imported.take(COMPONENTS);
            let folder = path.parent().rsplit('/').next().filter(|folder| !folder.is_empty());
            let name = self.looker.text(&root, "name", path.as_str()).and_then(title_line);
            let name = name.or_else(|| folder.map(str::to_owned)).unwrap_or_else(|| "component".to_owned());
            let named: Vec<&str> = self.looker.text(&root, "key", path.as_str()).into_iter().chain(folder).chain([name.as_str()]).collect();
            let key = named.into_iter().map(id_part).find(|key| !key.is_empty()).unwrap_or_else(|| "component".to_owned());
            shared.templates += usize::from(name.contains("{{"));
            self.say_version(path, &root);
            let shared_words = self.shared_words(path, &root);
            let component = Component { name, key, path, root, shared: shared_words };
            for (entry, from) in self.entries(&component) {
                self.entry(&component, &entry, &from, &mut shared);
            }
        }
        self.say_words(shared);
    }

    /// The component's own words, references and verifications: in each of its controls, as long as they are short.
    fn shared_words(&mut self, path: &RepoPath, root: &Value) -> String {
        const LONGEST: usize = 8_000;
        let mut parts = other_words(root, &COMPONENT_KEYS);
        for reference in self.looker.list(root, "references", path.as_str()) {
            parts.push(labelled("Reference", reference, &["name", "path", "type"]));
        }
        for verification in self.looker.list(root, "verifications", path.as_str()) {
            parts.push(labelled("Verification", verification, &["key", "name", "type", "path", "description", "test_passed", "last_run"]));
        }
        let words = paragraphs(parts.iter().map(String::as_str));
        if words.len() <= LONGEST {
            return words;
        }
        self.imported.note(format!(
            "{path}: {} references, verifications and other words of the component are too long to stand in each of its controls",
            parts.len()
        ));
        format!("The component's references, verifications and other words stand in {path}.")
    }

    fn say_version(&mut self, path: &RepoPath, root: &Value) {
        let version = self.looker.text(root, "schema_version", path.as_str()).unwrap_or("none");
        if !["2", "3"].contains(&version.split('.').next().unwrap_or_default()) {
            self.imported.note(format!("{path} states schema version {}; it was read as 3", version.escape_debug()));
        }
    }

    fn say_words(&mut self, shared: Shared) {
        if !shared.words.is_empty() {
            let said: Vec<String> = shared
                .words
                .iter()
                .map(|(word, count)| {
                    let known = word.is_empty() || STATUS_WORDS.iter().any(|(known, _)| known == word);
                    let shown = if word.is_empty() { "no status".to_owned() } else { format!("`{}`", word.escape_debug()) };
                    format!("{shown} {count}{}", if known { "" } else { " (no word of the schema)" })
                })
                .collect();
            self.imported.note(format!("status of the entries, by the source's word: {}; all are drafted here", said.join(", ")));
        }
        if shared.templates > 0 {
            self.imported.note(format!("names with marks of a template (`{{{{ }}}}`), kept as they are written: {}", shared.templates));
        }
    }

    /// The entries of a component, each with the file it stands in: in the component, or in files beside it.
    fn entries(&mut self, component: &Component<'_>) -> Vec<(Value, RepoPath)> {
        let mut entries = Vec::new();
        for item in self.looker.list(&component.root, "satisfies", component.path.as_str()) {
            match item {
                Value::Object(_) => entries.push((item.clone(), component.path.clone())),
                Value::String(name) => entries.extend(self.entries_beside(component.path, name)),
                other => self.imported.leave(ENTRIES, format!("an entry of {}", component.path), format!("it is {}", kind_word(other))),
            }
        }
        entries
    }

    fn entries_beside(&mut self, component: &RepoPath, name: &str) -> Vec<(Value, RepoPath)> {
        let Some(path) = component.sibling(name).filter(|path| path.parent() == component.parent()) else {
            self.imported.leave(
                ENTRIES,
                format!("{component}: {}", name.escape_debug()),
                "it names a file outside of the component's folder",
            );
            return Vec::new();
        };
        let endings = ["", ".yaml", ".yml"].map(|ending| RepoPath::new(format!("{path}{ending}")));
        let path = endings.into_iter().find(|path| self.source.has(path.as_str())).unwrap_or(path);
        let root = match self.yaml(&path) {
            Ok(node) => from_yaml(&node),
            Err(why) => {
                self.imported.leave(ENTRIES, path.as_str(), why);
                return Vec::new();
            }
        };
        let list: &[Value] = match &root {
            Value::Array(items) => items,
            _ => self.looker.list(&root, "satisfies", path.as_str()),
        };
        if list.is_empty() {
            self.imported.leave(ENTRIES, path.as_str(), "it holds no entries under `satisfies`");
        }
        let mut entries = Vec::new();
        for item in list {
            match item {
                Value::Object(_) => entries.push((item.clone(), path.clone())),
                other => self.imported.leave(ENTRIES, format!("an entry of {path}"), format!("it is {}", kind_word(other))),
            }
        }
        entries
    }

    fn entry(&mut self, component: &Component<'_>, entry: &Value, from: &RepoPath, shared: &mut Shared) {
        let whose = format!("an entry of {from}");
        let Some(control) = self.looker.text(entry, "control_key", &whose) else {
            self.imported.leave(ENTRIES, whose.clone(), "it has no `control_key`");
            return;
        };
        let standard = self.looker.text(entry, "standard_key", &whose);
        let what = format!("{control} of {}", component.name);
        let mut satisfies: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut title = None;
        match self.claim(standard, control) {
            Ok((framework, line)) => {
                title = self.known.title(&framework, &line).map(str::to_owned);
                satisfies.entry(framework).or_default().insert(line);
            }
            Err(why) => self.imported.leave(CLAIMS, what.clone(), why),
        }
        let line = satisfies.values().flatten().next().cloned().unwrap_or_else(|| control.to_owned());
        let id = shared.ids.give(&format!("{}-{}", component.key, id_part(&line)));
        let mut holds = vec![(ENTRIES, what)];
        holds.extend(satisfies.keys().map(|framework| (CLAIMS, format!("{framework} {line} by {id}"))));
        let words = self.status(entry, &whose);
        for word in if words.is_empty() { vec![String::new()] } else { words.clone() } {
            *shared.words.entry(word).or_default() += 1;
        }
        let draft = Draft {
            id,
            title: format!("{}: {}", component.name, title.unwrap_or(line)),
            satisfies,
            description: self.description(component, entry, from, &words),
        };
        plan_control(&mut self.imported, self.source.programme, &mut shared.paths, &component.key, draft, holds);
    }

    /// The framework and line that an entry claims.
    fn claim(&self, standard: Option<&str>, control: &str) -> Result<(String, String), String> {
        let standard = standard.ok_or("it does not say of which standard (`standard_key`)")?;
        let key = self.standards.get(standard).cloned();
        let alike = || Some(framework_key(standard)).filter(|key| self.known.has(key));
        let given = || self.source.options.framework.clone().filter(|key| self.known.has(key));
        let key = key.or_else(alike).or_else(given).ok_or_else(|| {
            format!("the standard `{}` is not here; import it, or name a framework that is here with --framework", standard.escape_debug())
        })?;
        self.known.claim(&key, control).map(|line| (key, line))
    }

    /// The status words of an entry, as written.
    fn status(&mut self, entry: &Value, whose: &str) -> Vec<String> {
        let mut words: Vec<String> = match entry.get("implementation_statuses") {
            Some(Value::Array(_)) => self.looker.texts(entry, "implementation_statuses", whose).into_iter().map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        words.extend(self.looker.text(entry, "implementation_status", whose).map(str::to_owned));
        words
    }

    fn description(&mut self, component: &Component<'_>, entry: &Value, from: &RepoPath, words: &[String]) -> String {
        let whose = format!("an entry of {from}");
        let text = |key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default().trim();
        let mut parts = vec![format!(
            "Imported from the OpenControl component {} ({from}): {} of {}.",
            component.name,
            text("control_key"),
            if text("standard_key").is_empty() { "no standard" } else { text("standard_key") }
        )];
        parts.extend(words.iter().map(|word| status_sentence(word)));
        parts.extend(narrative(entry));
        for parameter in self.looker.list(entry, "parameters", &whose) {
            parts.push(labelled("Parameter", parameter, &["key", "text"]));
        }
        for cover in self.looker.list(entry, "covered_by", &whose) {
            parts.push(labelled("Covered by", cover, &["system_key", "component_key", "verification_key"]));
        }
        parts.extend(other_words(entry, &ENTRY_KEYS));
        parts.push(component.shared.clone());
        paragraphs(parts.iter().map(String::as_str))
    }
}

/// Keys of an entry that are told otherwise.
const ENTRY_KEYS: [&str; 8] = [
    "control_key",
    "standard_key",
    "narrative",
    "parameters",
    "covered_by",
    "implementation_status",
    "implementation_statuses",
    "satisfies",
];
/// Keys of a component that are told otherwise.
const COMPONENT_KEYS: [&str; 6] = ["name", "key", "schema_version", "satisfies", "references", "verifications"];

fn status_sentence(word: &str) -> String {
    match STATUS_WORDS.iter().find(|(known, _)| *known == word) {
        Some((word, says)) => format!("The source gives its status as `{word}`: {says}."),
        None => format!("The source gives its status as `{}`, which is no word of its schema.", word.escape_debug()),
    }
}

/// The narrative: a text in version 2, a list of texts with keys in version 3.
fn narrative(entry: &Value) -> Vec<String> {
    match entry.get("narrative") {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(items)) => items
            .iter()
            .map(|item| {
                let text = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default();
                let said = match (item.as_str(), text("key")) {
                    (Some(text), _) => text.to_owned(),
                    (None, "") => text("text").to_owned(),
                    (None, key) => format!("{key}: {}", text("text")),
                };
                // Some say here how far this part of it is met.
                paragraphs([said].iter().chain(&other_words(item, &["key", "text"])).map(String::as_str))
            })
            .collect(),
        None | Some(Value::Null) => Vec::new(),
        Some(other) => vec![other.to_string()],
    }
}

/// A record of the source in one line: the values of its keys, or the text that stands in its place.
fn labelled(label: &str, value: &Value, keys: &[&str]) -> String {
    let words: Vec<String> = match value {
        Value::String(text) => vec![text.clone()],
        _ => keys
            .iter()
            .filter_map(|key| value.get(*key).and_then(Value::as_str))
            .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect(),
    };
    format!("{label}: {}", words.join(", "))
}

/// What stands under other keys, as `key: value`: nothing that a source says of a control is dropped.
fn other_words(value: &Value, told: &[&str]) -> Vec<String> {
    let Value::Object(map) = value else { return Vec::new() };
    let others = map.iter().filter(|(key, value)| !told.contains(&key.as_str()) && !value.is_null());
    others.map(|(key, value)| format!("{key}: {}", value.as_str().map_or_else(|| value.to_string(), str::to_owned))).collect()
}
