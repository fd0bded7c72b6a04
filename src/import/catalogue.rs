//! A catalogue while it is imported: groups and lines in the order of their source, before they become a framework file.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::Lines;
use crate::load::raw::{self, Name};

/// The selection of the lines that no imported selection names. Without it a line without selections would be in scope
/// whatever `scope.frameworks` selects.
pub(super) const REST: &str = "rest";

/// A framework to be.
#[derive(Clone, Debug, Default)]
pub(super) struct Catalogue {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Who publishes it.
    pub owner: Option<String>,
    /// What one line is called.
    pub word: Option<String>,
    /// Its groups in order: id, title.
    pub groups: Vec<(String, Option<String>)>,
    /// What the source itself says of a group, by its id.
    pub about: BTreeMap<String, AboutGroup>,
    /// Whether the source says itself which lines are selected by what: then no selection is made up for the others.
    pub selects: bool,
    /// Its lines in order, one an id.
    lines: Vec<Line>,
    places: BTreeMap<String, usize>,
    group_ids: BTreeSet<String>,
}

/// What a source says of a group besides its title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct AboutGroup {
    /// The name that selects it.
    pub selection: Option<String>,
    /// What one of its lines is called.
    pub word: Option<String>,
    /// Whether its lines may be declared not applicable.
    pub applicability: Option<raw::Applicability>,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Its id.
    pub id: String,
    /// Its group's id.
    pub group: String,
    /// The id of the line above it.
    pub parent: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Whether it is structure above other lines.
    pub heading: bool,
    /// Whether it is background.
    pub context: bool,
    /// Whether it must be met as it stands.
    pub need: Option<raw::Need>,
    /// What it is called, in place of the catalogue's word.
    pub word: Option<String>,
    /// Whether the publisher withdrew it.
    pub withdrawn: bool,
    /// What took its place.
    pub replaced_by: Vec<String>,
    /// The names that select it.
    pub selections: BTreeSet<String>,
}

impl Catalogue {
    /// A catalogue without lines.
    pub fn new(key: &str, name: &str, word: Option<&str>) -> Self {
        Self { key: key.to_owned(), name: name.to_owned(), word: word.map(str::to_owned), ..Self::default() }
    }

    /// Adds a line; `Err` is why it was not added: its id stands already, or is no id.
    pub fn add(&mut self, line: Line) -> Result<(), String> {
        if let Some(why) = no_id(&line.id) {
            return Err(why);
        }
        if self.places.contains_key(&line.id) {
            return Err(format!("the id `{}` stands already", line.id));
        }
        self.places.insert(line.id.clone(), self.lines.len());
        self.lines.push(line);
        Ok(())
    }

    /// Adds a group unless it is there.
    pub fn group(&mut self, id: &str, title: Option<&str>) {
        if self.group_ids.insert(id.to_owned()) {
            self.groups.push((id.to_owned(), title.map(str::to_owned)));
        }
    }

    /// Whether a group is there.
    pub fn has_group(&self, id: &str) -> bool {
        self.group_ids.contains(id)
    }

    /// The lines in order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// A line by its id.
    pub fn line(&self, id: &str) -> Option<&Line> {
        self.places.get(id).map(|at| &self.lines[*at])
    }

    /// A line's place in the order.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// Has a name select the lines with a mark, one mark a line in order; how many.
    pub fn select(&mut self, marks: &[bool], name: &str) -> usize {
        let marked = self.lines.iter_mut().zip(marks).filter(|(_, marked)| **marked);
        marked.map(|(line, _)| line.selections.insert(name.to_owned())).count()
    }

    /// A line by its id, to be changed.
    pub fn line_mut(&mut self, id: &str) -> Option<&mut Line> {
        self.places.get(id).map(|at| &mut self.lines[*at])
    }

    /// The lines to look ids up in.
    pub fn lookup(&self) -> Lines {
        Lines::new(self.lines.iter().map(|line| line.id.as_str()))
    }

    /// The names that select lines, in order.
    pub fn selections(&self) -> BTreeSet<&str> {
        self.lines.iter().flat_map(|line| &line.selections).map(String::as_str).collect()
    }

    /// How many lines that could be in scope no selection names.
    pub fn unselected(&self) -> usize {
        self.lines.iter().filter(|line| !line.withdrawn && !line.heading && line.selections.is_empty()).count()
    }

    /// The mirror of the framework's file.
    pub fn into_raw(mut self) -> raw::Framework {
        if !self.selects {
            self.select_headings();
        }
        let rest = (!self.selects && !self.selections().is_empty() && self.unselected() > 0).then(|| Name(REST.to_owned()));
        let groups = self.groups.into_iter().map(|(id, title)| {
            let AboutGroup { selection, word, applicability } = self.about.remove(&id).unwrap_or_default();
            let selection = selection.map(Name).or_else(|| rest.clone());
            raw::Group { id: Some(Name(id)), title, selection, word, applicability }
        });
        raw::Framework {
            framework: Some(Name(self.key)),
            name: Some(self.name),
            owner: self.owner,
            word: self.word,
            groups: Some(groups.collect()),
            requirements: Some(self.lines.into_iter().map(requirement).collect()),
            ..raw::Framework::default()
        }
    }

    /// A heading is in scope where a line below it is.
    fn select_headings(&mut self) {
        for at in 0..self.lines.len() {
            let selections = self.lines[at].selections.clone();
            let mut above = self.lines[at].parent.clone();
            // A chain of parents is no longer than the catalogue, even where it bites its tail, and each step up adds a
            // selection: formats bound how many there are.
            for _ in 0..self.lines.len() {
                let Some(parent) = above.and_then(|id| self.places.get(&id)).map(|at| &mut self.lines[*at]) else { break };
                if !parent.heading || selections.is_subset(&parent.selections) {
                    break;
                }
                parent.selections.extend(selections.iter().cloned());
                above = parent.parent.clone();
            }
        }
    }
}

fn requirement(line: Line) -> raw::Requirement {
    let names = |texts: Vec<String>| (!texts.is_empty()).then(|| texts.into_iter().map(Name).collect());
    raw::Requirement {
        id: Some(Name(line.id)),
        group: Some(Name(line.group)),
        parent: line.parent.map(Name),
        kind: match (line.heading, line.context) {
            (true, _) => Some(raw::LineKind::Heading),
            (false, true) => Some(raw::LineKind::Context),
            (false, false) => None,
        },
        need: line.need,
        word: line.word,
        selections: names(line.selections.into_iter().collect()),
        withdrawn: line.withdrawn.then_some(true),
        replaced_by: names(line.replaced_by),
        title: line.title,
    }
}

/// Why a text is no id of a line; `None` when it is one.
pub(super) fn no_id(id: &str) -> Option<String> {
    if id.trim().is_empty() {
        return Some("it has no id".to_owned());
    }
    let bad = id.trim() != id || id.chars().any(char::is_control) || id.chars().count() > 200;
    bad.then(|| format!("`{}` is no id", id.chars().take(60).collect::<String>().escape_debug()))
}

/// A title in one line, as far as anybody reads one; `None` when nothing is in it.
pub(super) fn title_line(text: &str) -> Option<String> {
    const LONGEST: usize = 200;
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    let short: String = line.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    (!short.is_empty()).then_some(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue(lines: &[(&str, Option<&str>, bool, &[&str])]) -> Catalogue {
        let mut catalogue = Catalogue::new("demo", "Demo", None);
        catalogue.group("G", None);
        for (id, parent, heading, selections) in lines {
            let line = Line {
                id: (*id).to_owned(),
                group: "G".to_owned(),
                parent: parent.map(str::to_owned),
                heading: *heading,
                selections: selections.iter().map(|name| (*name).to_owned()).collect(),
                ..Line::default()
            };
            catalogue.add(line).unwrap();
        }
        catalogue
    }

    #[test]
    fn lines_that_nothing_selects_are_the_rest_and_headings_follow_their_lines() {
        let raw = catalogue(&[("h", None, true, &[]), ("a", Some("h"), false, &["low"]), ("b", Some("h"), false, &[])]).into_raw();
        let groups = raw.groups.unwrap();
        assert_eq!(groups[0].selection.as_ref().unwrap().0, REST);
        let lines = raw.requirements.unwrap();
        assert_eq!(lines[0].selections.as_ref().unwrap()[0].0, "low");
        assert!(lines[2].selections.is_none());
    }

    #[test]
    fn without_a_selection_all_is_in_scope() {
        let raw = catalogue(&[("a", None, false, &[]), ("b", Some("a"), false, &[])]).into_raw();
        assert!(raw.groups.unwrap()[0].selection.is_none());
        let all = catalogue(&[("a", None, false, &["low"])]).into_raw();
        assert!(all.groups.unwrap()[0].selection.is_none());
    }

    #[test]
    fn parents_in_a_circle_end() {
        let raw = catalogue(&[("a", Some("b"), true, &["x"]), ("b", Some("a"), true, &[])]).into_raw();
        assert_eq!(raw.requirements.unwrap()[1].selections.as_ref().unwrap().len(), 1);
    }

    #[test]
    fn an_id_stands_once_and_is_an_id() {
        let mut catalogue = catalogue(&[("a", None, false, &[])]);
        let again = Line { id: "a".to_owned(), ..Line::default() };
        assert!(catalogue.add(again).is_err());
        assert!(catalogue.add(Line { id: " a".to_owned(), ..Line::default() }).is_err());
        assert!(catalogue.add(Line::default()).is_err());
        assert_eq!(title_line("  Two\n lines\u{0} "), Some("Two lines".to_owned()));
    }
}
