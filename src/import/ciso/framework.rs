//! Frameworks: a tree by `parent_urn` and order, laid out depth first.
//!
//! A root that is not assessable becomes a group; below it, what is assessable is a line to be met and the rest headings.
//! `implementation_groups` become selections. A node without a name shows the first words of its description or question.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{CONTROL_KEYS, Desk, Library, NODES, folded, urn_tail};
use crate::{
    import::{
        Names,
        catalogue::{Catalogue, Line, REST, no_id, title_line},
        counts,
        lines::short_slug,
    },
    text::slug,
};

/// The largest number of implementation groups in all.
const MOST_GROUPS: usize = 100;
/// The group of assessable roots.
const MAIN: &str = "main";

/// The nodes of a framework, in their order.
struct Nodes<'v> {
    values: &'v [Value],
    urns: Vec<&'v str>,
    /// The places below each node.
    below: BTreeMap<usize, Vec<usize>>,
    roots: Vec<usize>,
    /// How many ids each `ref_id` would name.
    uses: BTreeMap<&'v str, usize>,
}

impl Desk<'_> {
    /// Reads the frameworks of every library.
    pub fn frameworks(&mut self, libraries: &[Library]) {
        let mut keys = Names::default();
        let all: Vec<(&Library, &Value)> =
            libraries.iter().flat_map(|library| frameworks_of(library).map(move |value| (library, value))).collect();
        let given = self.source.options.framework.clone();
        if all.len() > 1 && given.is_some() {
            self.imported.note("--framework names one framework and there are several, so each has a key made of its urn");
        }
        for (library, value) in &all {
            let urn = self.looker.text(value, "urn", "a framework").unwrap_or_default();
            let tail = urn_tail(urn).or_else(|| value.get("ref_id").and_then(Value::as_str)).unwrap_or_else(|| library.tail());
            let key = match (&given, all.len()) {
                (Some(key), 1) => key.clone(),
                _ => self.source.own_key(&short_slug(tail), "ciso", &mut self.imported),
            };
            let key = keys.give(&key);
            self.frameworks.insert(folded(urn), key.clone());
            if slug(tail).contains("800-53") {
                self.imported.note(format!(
                    "{}: libraries of NIST SP 800-53 are known to give withdrawn entries the id of what replaced them; NIST's own OSCAL is the \
                     safer source (tickmark import oscal)",
                    library.path
                ));
            }
            self.framework(library, value, &key);
        }
    }

    fn framework(&mut self, library: &Library, value: &Value, key: &str) {
        let whose = format!("framework {key}");
        let name = self.looker.text(value, "name", &whose).and_then(title_line).unwrap_or_else(|| key.to_owned());
        let mut catalogue = Catalogue::new(key, &name, None);
        catalogue.owner = self.looker.text(&library.root, "provider", &whose).map(str::to_owned);
        let values = self.looker.list(value, "requirement_nodes", &whose);
        let nodes = self.tree(values, &library.path.to_string());
        let mut groups = Vec::new();
        let mut reached = vec![false; values.len()];
        let mut cut = 0;
        for root in &nodes.roots {
            reached[*root] = true;
            let below = nodes.below.get(root);
            let (group, top) = match below {
                _ if is_assessable(&nodes.values[*root]) => {
                    catalogue.group(MAIN, Some(&name));
                    (MAIN.to_owned(), std::slice::from_ref(root))
                }
                Some(below) => {
                    groups.push(nodes.urns[*root].to_owned());
                    (self.group(&nodes, *root, &mut catalogue), below.as_slice())
                }
                // A section with nothing below it has nothing to be met.
                None => {
                    self.imported.leave(NODES, nodes.urns[*root], "it is a heading with nothing below it");
                    continue;
                }
            };
            self.branch(&nodes, top, &group, &mut catalogue, (&mut reached, &mut cut));
        }
        for at in (0..values.len()).filter(|at| !reached[*at] && !nodes.urns[*at].is_empty()) {
            self.imported.leave(NODES, nodes.urns[at], "the nodes above it form a circle");
        }
        if cut > 0 {
            self.imported.note(format!(
                "{}: nodes of {key} without a name, whose titles are the first words of their descriptions or questions: {cut}",
                library.path
            ));
        }
        self.say_groups(library, value, key);
        if let Some(texts) = untaken(values) {
            self.imported
                .note(format!("{}: of the nodes of {key} not taken, since a framework file holds ids and titles: {texts}", library.path));
        }
        self.write_framework(catalogue, groups);
    }

    /// Adds the lines of some nodes and of all below them, depth first. A tree may be deeper than the stack.
    fn branch(
        &mut self,
        nodes: &Nodes<'_>,
        top: &[usize],
        group: &str,
        catalogue: &mut Catalogue,
        (reached, cut): (&mut [bool], &mut usize),
    ) {
        let mut open: Vec<(usize, Option<String>)> = top.iter().rev().map(|at| (*at, None)).collect();
        while let Some((at, parent)) = open.pop() {
            reached[at] = true;
            let added = self.line(nodes, at, group, parent.clone(), catalogue, cut);
            // Below a node that is left, lines stand below the node above it.
            let above = added.or(parent);
            let below = nodes.below.get(&at).into_iter().flatten().rev();
            open.extend(below.map(|at| (*at, above.clone())));
        }
    }

    /// Finds out what stands below what. Nodes without a urn are left.
    fn tree<'v>(&mut self, values: &'v [Value], path: &str) -> Nodes<'v> {
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut astray = 0;
        let mut nodes = Nodes { values, urns: Vec::new(), below: BTreeMap::new(), roots: Vec::new(), uses: BTreeMap::new() };
        for (at, value) in values.iter().enumerate() {
            let urn = self.looker.text(value, "urn", "a node").unwrap_or_default();
            let known = places.contains_key(&folded(urn));
            if urn.is_empty() || known {
                let what = if known { urn.to_owned() } else { format!("node #{} of {path}", at + 1) };
                self.imported.leave(NODES, what, if known { "its urn stands already" } else { "it has no `urn` that is a text" });
                nodes.urns.push("");
                continue;
            }
            places.insert(folded(urn), at);
            nodes.urns.push(urn);
            if let Some(id) = self.looker.text(value, "ref_id", urn) {
                *nodes.uses.entry(id).or_default() += 1;
            }
        }
        for (at, value) in values.iter().enumerate().filter(|(at, _)| !nodes.urns[*at].is_empty()) {
            let above = self.looker.text(value, "parent_urn", nodes.urns[at]);
            match above.and_then(|above| places.get(&folded(above))) {
                Some(above) => nodes.below.entry(*above).or_default().push(at),
                None => {
                    astray += usize::from(above.is_some());
                    nodes.roots.push(at);
                }
            }
        }
        if astray > 0 {
            self.imported.note(format!("{path}: nodes below a node that is not in the library: {astray}; they became roots"));
        }
        nodes
    }

    fn group(&mut self, nodes: &Nodes<'_>, at: usize, catalogue: &mut Catalogue) -> String {
        let wanted = nodes.id(at);
        let id = if catalogue.has_group(&wanted) { urn_tail(nodes.urns[at]).unwrap_or("group").to_owned() } else { wanted };
        let (title, _) = title(&nodes.values[at]);
        catalogue.group(&id, title.as_deref());
        id
    }

    /// Adds the line of a node; gives its id, or `None` when it is left.
    fn line(
        &mut self,
        nodes: &Nodes<'_>,
        at: usize,
        group: &str,
        parent: Option<String>,
        catalogue: &mut Catalogue,
        cut: &mut usize,
    ) -> Option<String> {
        let (value, urn) = (&nodes.values[at], nodes.urns[at]);
        let (title, is_cut) = title(value);
        let id = nodes.id(at);
        let selections = self.selections(value, urn);
        let line =
            Line { id: id.clone(), group: group.to_owned(), parent, title, heading: !is_assessable(value), selections, ..Line::default() };
        if let Err(why) = catalogue.add(line) {
            self.imported.leave(NODES, urn, why);
            return None;
        }
        *cut += usize::from(is_cut);
        self.nodes.insert(folded(urn), (catalogue.key.clone(), id.clone()));
        for key in CONTROL_KEYS {
            for control in self.looker.texts(value, key, urn) {
                self.asks.entry(folded(control)).or_default().push(folded(urn));
            }
        }
        Some(id)
    }
}

impl Desk<'_> {
    /// Says what the implementation groups are called, where that is not the word that selects them.
    fn say_groups(&mut self, library: &Library, value: &Value, key: &str) {
        let mut called = Vec::new();
        for group in self.looker.list(value, "implementation_groups_definition", key) {
            let id = self.looker.text(group, "ref_id", key).map(selection).unwrap_or_default();
            let name = self.looker.text(group, "name", key).and_then(title_line).unwrap_or_default();
            if !id.is_empty() && !name.is_empty() && selection(&name) != id && called.len() < MOST_GROUPS {
                called.push(format!("`{id}` is {name}"));
            }
        }
        if !called.is_empty() {
            self.imported.note(format!("{}: the selections of {key}: {}", library.path, called.join(", ")));
        }
    }

    /// The implementation groups of a node, as selections.
    fn selections(&mut self, value: &Value, urn: &str) -> BTreeSet<String> {
        let mut selections = BTreeSet::new();
        for name in self.looker.texts(value, "implementation_groups", urn).into_iter().map(selection) {
            if self.groups.len() < MOST_GROUPS || self.groups.contains(&name) {
                self.groups.insert(name.clone());
                selections.insert(name);
            } else {
                self.imported.leave("implementation groups", format!("{name} of {urn}"), format!("no more than {MOST_GROUPS} are taken"));
            }
        }
        selections
    }
}

impl Nodes<'_> {
    /// The id of a node: its `ref_id` where that names one node, else the end of its urn.
    fn id(&self, at: usize) -> String {
        let id = self.values[at].get("ref_id").and_then(Value::as_str).map(str::trim).filter(|id| no_id(id).is_none());
        match id.filter(|id| self.uses.get(id) == Some(&1)) {
            Some(id) => id.to_owned(),
            None => urn_tail(self.urns[at]).unwrap_or_default().to_owned(),
        }
    }
}

/// The frameworks of a library: `framework` (one) or `frameworks` (several).
fn frameworks_of(library: &Library) -> impl Iterator<Item = &Value> {
    ["framework", "frameworks"].into_iter().filter_map(|key| library.root["objects"].get(key)).flat_map(|value| match value {
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    })
}

fn is_assessable(value: &Value) -> bool {
    value.get("assessable").and_then(Value::as_str).is_some_and(|word| word.eq_ignore_ascii_case("true"))
}

/// How many nodes say more than a framework file holds; `None` when none does.
fn untaken(values: &[Value]) -> Option<String> {
    const MORE: [(&str, &str, &str); 6] = [
        ("description", "description", "descriptions"),
        ("annotation", "annotation", "annotations"),
        ("typical_evidence", "typical evidence", "typical evidences"),
        ("question", "question", "questions"),
        ("questions", "list of questions", "lists of questions"),
        ("threats", "list of threats", "lists of threats"),
    ];
    let said = |value: &&Value, key: &str| match value.get(key) {
        None | Some(Value::Null) => false,
        Some(Value::String(text)) => !text.trim().is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        Some(_) => true,
    };
    counts(&MORE.map(|(key, one, many)| (values.iter().filter(|value| said(value, key)).count(), one, many)))
}

/// The first text of a node's questions, in either form: `question: {questions: [{text}]}`, or `questions: {URN: {text}}`.
fn question(value: &Value) -> Option<&str> {
    match value {
        Value::Array(items) => items.iter().find_map(question),
        Value::Object(map) => match map.get("text") {
            Some(Value::String(text)) => Some(text),
            _ => map.get("questions").into_iter().chain(map.values()).filter(|inner| !inner.is_string()).find_map(question),
        },
        _ => None,
    }
}

/// A node's title, and whether it is the beginning of its description or else of its question.
fn title(value: &Value) -> (Option<String>, bool) {
    const WORDS: usize = 12;
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    if let Some(name) = text("name").and_then(title_line) {
        return (Some(name), false);
    }
    let asked = || ["question", "questions"].into_iter().find_map(|key| question(value.get(key)?));
    let Some(description) = text("description").or_else(asked) else { return (None, false) };
    let mut words: Vec<&str> = description.split_whitespace().take(WORDS + 1).collect();
    if words.len() > WORDS {
        words[WORDS] = "...";
    }
    (title_line(&words.join(" ")), true)
}

/// The name of an implementation group as a selection.
fn selection(name: &str) -> String {
    let name = short_slug(name);
    if ["all", REST].contains(&name.as_str()) { format!("selected-{name}") } else { name }
}
