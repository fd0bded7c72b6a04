//! Standards and certifications: catalogues, and which of their lines a certification needs.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Desk, Project};
use crate::{
    id::RepoPath,
    import::{
        Names,
        catalogue::{Catalogue, Line, REST, title_line},
        counted, framework_path,
        json::from_yaml,
        lines::{framework_key, selection_name, tidy_id},
        plan::plan_framework,
    },
    load::{Content, Node, NodeEntry},
};

const STANDARDS: &str = "standards";
const ENTRIES: &str = "entries of standards";
const CERTIFICATIONS: &str = "certifications";
const SELECTED: &str = "lines that certifications need";
/// The group of lines that name no family.
const UNGROUPED: &str = "ungrouped";

/// Catalogues by their key, each with the file it is from.
pub(super) type Catalogues = BTreeMap<String, (RepoPath, Catalogue)>;

impl Desk<'_> {
    /// Reads the standards.
    pub fn standards(&mut self, project: &Project) -> Catalogues {
        let mut catalogues = Catalogues::new();
        let mut keys = Names::default();
        let given = self.source.options.framework.clone().filter(|_| project.standards.len() == 1);
        for path in &project.standards {
            let node = match self.yaml(path) {
                Ok(node) => node,
                Err(why) => {
                    self.imported.leave(STANDARDS, path.as_str(), why);
                    continue;
                }
            };
            let Some(name) = node.get("name").and_then(Node::text).and_then(title_line) else {
                self.imported.leave(STANDARDS, path.as_str(), "it has no `name`");
                continue;
            };
            if let Some(first) = self.standards.get(&name) {
                let why = format!("a standard named `{}` stands already, as {first}", name.escape_debug());
                self.imported.leave(STANDARDS, path.as_str(), why);
                continue;
            }
            self.imported.take(STANDARDS);
            if let Some(key) = given.as_ref().filter(|key| self.source.is_there(key)) {
                self.take_for(path, &node, key);
                self.standards.insert(name, key.clone());
                continue;
            }
            let key = match &given {
                Some(key) => key.clone(),
                None => self.source.own_key(&framework_key(&name), "opencontrol", &mut self.imported),
            };
            let key = keys.give(&key);
            let mut catalogue = Catalogue::new(&key, &name, Some("control"));
            self.lines(path, &node, &mut catalogue);
            self.standards.insert(name, key.clone());
            if !self.source.stays(&catalogue.key) {
                self.known.add(&catalogue);
            }
            catalogues.insert(key, (path.clone(), catalogue));
        }
        catalogues
    }

    /// Takes a standard for a framework that is there already: its entries are looked up and no file is planned.
    fn take_for(&mut self, path: &RepoPath, node: &Node, key: &str) {
        for entry in entries(node) {
            match self.known.line(key, &entry.key) {
                Some(_) => self.imported.take(ENTRIES),
                None => {
                    let what = format!("{path} {}", entry.key.escape_debug());
                    self.imported.leave(ENTRIES, what, format!("`{key}`, which --framework names, has no such line"));
                }
            }
        }
        self.imported.note(format!("{path} is taken for `{key}`, which is here already"));
    }

    fn lines(&mut self, path: &RepoPath, node: &Node, catalogue: &mut Catalogue) {
        let Content::Map(all) = &node.content else { return };
        let text =
            |value: &Node, key: &str| value.get(key).and_then(Node::text).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let families: BTreeMap<&str, Option<String>> =
            all.iter().filter(|entry| is_family(&entry.value)).map(|entry| (entry.key.as_str(), text(&entry.value, "name"))).collect();
        let mut descriptions = 0;
        for entry in entries(node) {
            let what = format!("{path} {}", entry.key.escape_debug());
            if !matches!(entry.value.content, Content::Map(_)) && !entry.value.is_null() {
                self.imported.leave(ENTRIES, what, format!("it is {}, not an entry with a family and a name", entry.value.kind_word()));
                continue;
            }
            descriptions += usize::from(text(&entry.value, "description").is_some());
            let group = text(&entry.value, "family").unwrap_or_else(|| UNGROUPED.to_owned());
            let id = tidy_id(&entry.key);
            let parent = id.rsplit_once('(').map(|(above, _)| above.to_owned()).filter(|above| catalogue.line(above).is_some());
            let line = Line {
                id,
                group: group.clone(),
                parent,
                title: text(&entry.value, "name").as_deref().and_then(title_line),
                ..Line::default()
            };
            match catalogue.add(line) {
                Ok(()) => catalogue.group(&group, families.get(group.as_str()).and_then(Option::as_deref)),
                Err(why) => self.imported.leave(ENTRIES, what, why),
            }
        }
        if descriptions > 0 {
            self.imported.note(format!("{path}: descriptions not taken, since a framework file holds ids and titles: {descriptions}"));
        }
        if !families.is_empty() {
            self.imported.note(format!("{path}: entries that name families, and became the titles of groups: {}", families.len()));
        }
    }

    /// Marks the lines that certifications need.
    pub fn certifications(&mut self, project: &Project, catalogues: &mut Catalogues) {
        let mut names = Names::default();
        for path in &project.certifications {
            let root = match self.yaml(path) {
                Ok(node) => from_yaml(&node),
                Err(why) => {
                    self.imported.leave(CERTIFICATIONS, path.as_str(), why);
                    continue;
                }
            };
            let title = self.looker.text(&root, "name", path.as_str()).unwrap_or(path.file_name());
            let Some(Value::Object(standards)) = root.get("standards") else {
                self.imported.leave(CERTIFICATIONS, path.as_str(), "it has no mapping `standards`");
                continue;
            };
            self.imported.take(CERTIFICATIONS);
            let name = names.give(&selection_name(title, path.file_name()));
            for (standard, ids) in standards {
                let saying = ids.as_object().into_iter().flatten().filter(|(_, value)| says_something(value)).count();
                if saying > 0 {
                    self.imported
                        .note(format!("{path}: lines of {standard} that say more than that they are needed, which is not taken: {saying}"));
                }
                let ids: Vec<&str> = match ids {
                    Value::Object(ids) => ids.keys().map(String::as_str).collect(),
                    Value::Array(ids) => ids.iter().filter_map(Value::as_str).collect(),
                    other => {
                        self.looker.wrong(standard, path.as_str(), other, "a mapping of ids");
                        Vec::new()
                    }
                };
                let needed = counted(ids.len(), "line", "lines");
                let taken = self.select(standard, &ids, &name, catalogues);
                self.imported.note(format!("{path}: needs {needed} of {standard}; found and selected by the name `{name}`: {taken}"));
            }
        }
    }

    /// Marks lines; how many.
    fn select(&mut self, standard: &str, ids: &[&str], name: &str, catalogues: &mut Catalogues) -> usize {
        let key = self.standards.get(standard).cloned();
        let Some((_, catalogue)) = key.and_then(|key| catalogues.get_mut(&key)) else {
            let there = self.standards.get(standard).cloned();
            for id in ids {
                let why = match &there {
                    Some(key) => format!("`{key}` is here already, and its selections stay as they are"),
                    None => format!("the standard `{}` does not come in with this import", standard.escape_debug()),
                };
                self.imported.leave(SELECTED, format!("{name}: {id}"), why);
            }
            return 0;
        };
        let lookup = catalogue.lookup();
        let mut taken = 0;
        for id in ids {
            match lookup.find(id).and_then(|line| catalogue.line_mut(line)) {
                Some(line) => taken += usize::from(line.selections.insert(name.to_owned())),
                None => self.imported.leave(
                    SELECTED,
                    format!("{name}: {id}"),
                    format!("the standard `{}` has no such entry", standard.escape_debug()),
                ),
            }
        }
        taken
    }

    /// Plans the framework files.
    pub fn write_standards(&mut self, catalogues: Catalogues) {
        for (key, (_, catalogue)) in catalogues {
            let path = framework_path(&key);
            let mut holds: Vec<(&'static str, String)> =
                catalogue.lines().iter().map(|line| (ENTRIES, format!("{key} {}", line.id))).collect();
            for line in catalogue.lines() {
                holds.extend(line.selections.iter().map(|name| (SELECTED, format!("{name}: {}", line.id))));
            }
            let unselected = catalogue.unselected();
            if !catalogue.selections().is_empty() && unselected > 0 {
                self.imported.note(format!("{path}: lines that no certification needs: {unselected}; the selection `{REST}` names them"));
            }
            plan_framework(&mut self.imported, catalogue, holds);
        }
    }
}

/// The entries of a standard that are lines.
fn entries(node: &Node) -> impl Iterator<Item = &NodeEntry> {
    let all: &[NodeEntry] = match &node.content {
        Content::Map(entries) => entries,
        _ => &[],
    };
    all.iter().filter(|entry| entry.key != "name" && !is_family(&entry.value))
}

/// Whether anything stands there; the schema wants an empty mapping.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Object(map) => map.values().any(says_something),
        Value::Array(items) => items.iter().any(says_something),
        Value::String(text) => !text.trim().is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

/// Not in the schema, and common: entries that name the families.
fn is_family(value: &Node) -> bool {
    value.get("type").and_then(Node::text).is_some_and(|word| word.trim() == "family")
}
