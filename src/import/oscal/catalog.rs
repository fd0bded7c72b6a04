//! An OSCAL catalogue: groups in groups, controls in controls, laid out as lines.
//!
//! Ids take the form people write (`AC-2(1)`): a label that says the same as the id with other zeros is normalised, any
//! other label stands as it is, and without a label the id of SP 800-53 is spelt out. Statements, guidance, parameters and
//! references are not taken: a framework file holds ids and titles.

use std::collections::BTreeMap;

use serde_json::Value;

use super::ours;
use crate::import::{
    Names,
    catalogue::{AboutGroup, Catalogue, Line, no_id, title_line},
    json::Looker,
    lines::prose_id,
};

/// A catalogue, and what of it is no line.
#[derive(Debug, Default)]
pub(super) struct ReadCatalogue {
    /// Its lines; the key is not set.
    pub catalogue: Catalogue,
    /// OSCAL id to line id.
    pub ids: BTreeMap<String, String>,
    /// Line id to the ids of the lines directly below it.
    pub children: BTreeMap<String, Vec<String>>,
    /// Controls that are not taken: what, why.
    pub left: Vec<(String, String)>,
    /// Replacements that are not taken: what, why.
    pub left_replacements: Vec<(String, String)>,
    /// How many replacements of withdrawn lines were taken.
    pub replacements: usize,
    /// How many ids are kept as OSCAL writes them, for want of a better form.
    pub kept_ids: usize,
    /// How many parts (statements, guidance, objectives) and parameters there are.
    pub parts: usize,
    /// Parameters.
    pub params: usize,
    /// How many groups hold no entry, not even in a group below them.
    pub empty_groups: usize,
}

/// A control as it is met, before it is known which labels are unique.
struct Met<'v> {
    value: &'v Value,
    oscal: &'v str,
    label: Option<String>,
    group: usize,
    parent: Option<usize>,
}

/// A group that holds controls itself.
struct Group<'v> {
    oscal: &'v str,
    label: Option<&'v str>,
    title: Option<String>,
    about: AboutGroup,
}

#[derive(Default)]
struct Walk<'v> {
    groups: Vec<Group<'v>>,
    met: Vec<Met<'v>>,
    left: Vec<(String, String)>,
    parts: usize,
    params: usize,
    empty_groups: usize,
}

/// Reads what stands under `catalog`.
pub(super) fn read(root: &Value, looker: &mut Looker) -> ReadCatalogue {
    let mut walk = Walk::default();
    walk.group(root, None, looker);
    let mut read = ReadCatalogue {
        left: walk.left,
        parts: walk.parts,
        params: walk.params,
        empty_groups: walk.empty_groups,
        ..ReadCatalogue::default()
    };
    let ids = line_ids(&walk.met, &mut read.kept_ids);
    let groups = group_ids(&walk.groups, &walk.met, &ids);
    for (id, group) in groups.iter().zip(&walk.groups) {
        read.catalogue.group(id, group.title.as_deref());
        read.catalogue.about.insert(id.clone(), group.about.clone());
    }
    for (met, id) in walk.met.iter().zip(&ids) {
        let parent = met.parent.map(|at| &ids[at]).filter(|parent| read.catalogue.line(parent).is_some()).cloned();
        let mut line = Line {
            id: id.clone(),
            group: groups[met.group].clone(),
            parent: parent.clone(),
            // Where there is nothing to call an entry by, publishers write its id again.
            title: looker.text(met.value, "title", &format!("control {}", met.oscal)).and_then(title_line).filter(|title| title != id),
            withdrawn: is_withdrawn(met.value),
            ..Line::default()
        };
        ours::about_line(met.value, &mut line);
        match read.catalogue.add(line) {
            Ok(()) => {
                read.ids.insert(met.oscal.to_owned(), id.clone());
                if let Some(parent) = parent {
                    read.children.entry(parent).or_default().push(id.clone());
                }
            }
            Err(why) => read.left.push((format!("control {}", met.oscal), why)),
        }
    }
    read.replace(&walk.met, &walk.groups);
    read
}

impl<'v> Walk<'v> {
    /// Takes what stands in a group, or in the catalogue itself. Nesting is bounded by the parser.
    fn group(&mut self, value: &'v Value, above: Option<&str>, looker: &mut Looker) {
        let oscal = if above.is_none() { "controls" } else { looker.text(value, "id", "a group").unwrap_or("group") };
        let whose = format!("group {oscal}");
        let title = above.and_then(|_| looker.text(value, "title", &whose)).and_then(title_line);
        // Below a group of groups a title alone would not tell where one is.
        let full = match (above, title) {
            (Some(above), Some(title)) if !above.is_empty() => Some(format!("{above}: {title}")),
            (_, title) => title,
        };
        let before = self.met.len() + self.left.len();
        self.params += looker.list(value, "params", &whose).len();
        self.parts += count_parts(value);
        let controls = looker.list(value, "controls", &whose);
        if !controls.is_empty() {
            let label = looker.prop(value, "label", &whose).map(|label| code(label, value.get("title").and_then(Value::as_str)));
            self.groups.push(Group { oscal, label, title: full.clone(), about: ours::about_group(value) });
            for control in controls {
                self.control(control, self.groups.len() - 1, None, looker);
            }
        }
        for group in looker.list(value, "groups", &whose) {
            self.group(group, Some(full.as_deref().unwrap_or_default()), looker);
        }
        self.empty_groups += usize::from(above.is_some() && self.met.len() + self.left.len() == before);
    }

    fn control(&mut self, value: &'v Value, group: usize, parent: Option<usize>, looker: &mut Looker) {
        let oscal = looker.text(value, "id", "a control");
        let whose = format!("control {}", oscal.unwrap_or("without id"));
        self.params += looker.list(value, "params", &whose).len();
        self.parts += count_parts(value);
        let at = match oscal {
            Some(oscal) => {
                let title = value.get("title").and_then(Value::as_str).map(str::trim);
                let label = looker.prop(value, "label", &whose).map(|label| code(label, title));
                // Without a label, an entry that is called by the end of its id is known by that.
                let label = label.or_else(|| title.filter(|title| oscal.strip_suffix(title).is_some_and(|rest| rest.ends_with('_'))));
                let label = label.map(str::to_owned);
                self.met.push(Met { value, oscal, label, group, parent });
                Some(self.met.len() - 1)
            }
            None => {
                let title = value.get("title").and_then(Value::as_str).unwrap_or("no title");
                self.left.push((format!("a control ({title})"), "it has no `id` that is a text".to_owned()));
                None
            }
        };
        for below in looker.list(value, "controls", &whose) {
            self.control(below, group, at, looker);
        }
    }
}

impl ReadCatalogue {
    /// Fills in what took the place of withdrawn lines.
    fn replace(&mut self, met: &[Met<'_>], groups: &[Group<'_>]) {
        for met in met {
            let Some(id) = self.ids.get(met.oscal).filter(|id| self.catalogue.line(id).is_some_and(|line| line.withdrawn)).cloned() else {
                continue;
            };
            for link in met.value.get("links").and_then(Value::as_array).into_iter().flatten() {
                let text = |key: &str| link.get(key).and_then(Value::as_str).unwrap_or_default();
                // Some of NIST's catalogues write the words with `_`, and name an entry by its label.
                if !matches!(text("rel").replace('_', "-").as_str(), "incorporated-into" | "moved-to" | "addressed-by") {
                    continue;
                }
                let target = text("href").trim_start_matches('#');
                let by_label = || self.catalogue.line(target).map(|line| line.id.as_str());
                match self.line_of(target).or_else(by_label).map(str::to_owned) {
                    Some(replacement) => {
                        self.replacements += 1;
                        if let Some(line) = self.catalogue.line_mut(&id)
                            && !line.replaced_by.contains(&replacement)
                        {
                            line.replaced_by.push(replacement);
                        }
                    }
                    None => {
                        let is_group = groups.iter().any(|group| group.oscal == target || group.label == Some(target));
                        let why = if is_group { "that is a group, not an entry" } else { "the catalogue has no such entry" };
                        self.left_replacements.push((format!("{id} replaced by {target}"), why.to_owned()));
                    }
                }
            }
        }
    }

    /// The line of an OSCAL id, or of one of its parts: `ac-2_smt.k` is a part of `ac-2`.
    pub fn line_of(&self, oscal: &str) -> Option<&str> {
        line_of_part(oscal, |id| self.ids.get(id).map(String::as_str))
    }
}

/// Looks an id up, or else what stands before its first `_`: parts are named after their control.
pub(super) fn line_of_part<'l>(oscal: &str, find: impl Fn(&str) -> Option<&'l str>) -> Option<&'l str> {
    find(oscal).or_else(|| find(oscal.split_once('_')?.0))
}

/// The ids of the lines. A label that two controls share names neither.
fn line_ids(met: &[Met<'_>], kept: &mut usize) -> Vec<String> {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for label in met.iter().filter_map(|met| met.label.as_deref()) {
        *uses.entry(label).or_default() += 1;
    }
    let mut ids = Vec::with_capacity(met.len());
    for met in met {
        // An id with zeros of its own (`pr-01`) is no id of SP 800-53, whose ids have none.
        let prose = prose_id(met.oscal).filter(|_| !met.oscal.contains("-0") && !met.oscal.contains(".0"));
        let is_id = |label: &&str| uses[label] == 1 && no_id(label).is_none() && !words_around(label, met.oscal);
        let label = met.label.as_deref().filter(is_id);
        let id = match (label, prose) {
            (Some(label), Some(prose)) if prose_id(label).as_ref() == Some(&prose) => prose,
            (Some(label), _) => label.to_owned(),
            (None, Some(prose)) => prose,
            (None, None) => {
                *kept += 1;
                met.oscal.to_owned()
            }
        };
        ids.push(id);
    }
    ids
}

/// The ids of the groups: the label, or the family that all its controls begin with, or the id.
fn group_ids(groups: &[Group<'_>], met: &[Met<'_>], ids: &[String]) -> Vec<String> {
    let families: Vec<String> = groups.iter().map(|group| format!("{}-", group.oscal.to_ascii_uppercase())).collect();
    let mut is_family = vec![true; groups.len()];
    for (met, id) in met.iter().zip(ids) {
        is_family[met.group] &= id.starts_with(&families[met.group]);
    }
    let mut given = Names::default();
    let label = |group: &Group<'_>| group.label.filter(|label| !words_around(label, group.oscal)).map(str::to_owned);
    let wanted = groups.iter().zip(is_family).map(|(group, is_family)| match label(group) {
        Some(label) => label,
        None if is_family => group.oscal.to_ascii_uppercase(),
        None => group.oscal.to_owned(),
    });
    wanted.map(|id| given.give(&id)).collect()
}

/// The label itself, where its publisher writes the title before it: `03.01.01` of `Account Management (03.01.01)`.
fn code<'l>(label: &'l str, title: Option<&str>) -> &'l str {
    let rest = title.and_then(|title| label.strip_prefix(title.trim()));
    let code = rest.and_then(|rest| rest.trim().strip_prefix('(')?.strip_suffix(')')).map(str::trim);
    code.filter(|code| !code.is_empty()).unwrap_or(label)
}

/// Whether a label is words around the id, such as `Asset Management (ID.AM)`, and so no id itself.
fn words_around(label: &str, oscal: &str) -> bool {
    let parts = || label.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ':')).filter(|part| !part.is_empty());
    let is_word = |part: &str| part.chars().count() > 2 && part.chars().all(char::is_alphabetic);
    parts().any(|part| part.eq_ignore_ascii_case(oscal)) && parts().any(|part| is_word(part) && !part.eq_ignore_ascii_case(oscal))
}

fn is_withdrawn(control: &Value) -> bool {
    let props = control.get("props").and_then(Value::as_array).into_iter().flatten();
    let text = |prop: &Value, key: &str| prop.get(key).and_then(Value::as_str).unwrap_or_default().trim().to_ascii_lowercase();
    props.into_iter().any(|prop| text(prop, "name") == "status" && text(prop, "value") == "withdrawn")
}

fn count_parts(value: &Value) -> usize {
    value.get("parts").and_then(Value::as_array).map_or(0, |parts| parts.iter().map(|part| 1 + count_parts(part)).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::json::parse;

    fn read_text(text: &str) -> (ReadCatalogue, Looker) {
        let mut looker = Looker::default();
        let read = read(&parse(text).unwrap(), &mut looker);
        (read, looker)
    }

    fn ids(read: &ReadCatalogue) -> Vec<&str> {
        read.catalogue.lines().iter().map(|line| line.id.as_str()).collect()
    }

    #[test]
    fn padded_labels_are_normalised_and_other_labels_stand() {
        let (read, _) = read_text(
            r#"{"groups": [{"id": "ac", "title": "Access", "controls": [
                {"id": "ac-2", "title": "A", "props": [{"name": "label", "class": "zero-padded", "value": "AC-02"}, {"name": "label", "value": "AC-2"}],
                 "controls": [{"id": "ac-2.1", "title": "B", "props": [{"name": "label", "value": "AC-02(01)"}]}, {"id": "ac-2.2"}]}]},
               {"id": "pr", "controls": [{"id": "pr-01", "props": [{"name": "label", "value": "PR-01"}]}, {"id": "kept_as-is"}]}]}"#,
        );
        assert_eq!(ids(&read), ["AC-2", "AC-2(1)", "AC-2(2)", "PR-01", "kept_as-is"]);
        assert_eq!(read.kept_ids, 1);
        assert_eq!(read.catalogue.groups.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["AC", "pr"]);
        assert_eq!(read.catalogue.lines()[1].parent.as_deref(), Some("AC-2"));
        assert_eq!(read.children["AC-2"], ["AC-2(1)", "AC-2(2)"]);
    }

    #[test]
    fn groups_in_groups_carry_the_title_above_and_controls_need_no_group() {
        let (read, _) = read_text(
            r#"{"controls": [{"id": "x"}], "groups": [{"id": "g", "title": "Govern", "groups": [
                {"id": "g1", "title": "Context", "controls": [{"id": "y", "props": [{"name": "label", "value": "a."}]}]},
                {"id": "g1", "title": "Roles", "controls": [{"id": "z", "props": [{"name": "label", "value": "a."}]}]}]}]}"#,
        );
        assert_eq!(ids(&read), ["x", "y", "z"]);
        let groups: Vec<(&str, Option<&str>)> = read.catalogue.groups.iter().map(|(id, title)| (id.as_str(), title.as_deref())).collect();
        assert_eq!(groups, [("controls", None), ("g1", Some("Govern: Context")), ("g1-2", Some("Govern: Roles"))]);
    }

    #[test]
    fn a_label_with_the_title_before_it_is_told_by_its_end_and_entries_are_referred_to_by_it() {
        let (read, _) = read_text(
            r#"{"groups": [{"id": "LIST_1", "title": "Doors", "props": [{"name": "label", "value": "Doors (01)"}], "controls": [
                {"id": "LIST_1.1", "title": "Locks", "props": [{"name": "label", "value": "Locks (01.1)"}]},
                {"id": "LIST_01.2", "title": "01.2", "props": [{"name": "status", "value": "withdrawn"}],
                 "links": [{"href": "01.1", "rel": "incorporated_into"}, {"href": "LIST_1.1", "rel": "addressed_by"}, {"href": "01", "rel": "moved_to"}]}]}]}"#,
        );
        assert_eq!(ids(&read), ["01.1", "01.2"]);
        assert_eq!(read.catalogue.groups[0].0, "01");
        assert_eq!(read.catalogue.lines()[1].replaced_by, ["01.1"]);
        assert_eq!((read.replacements, read.left_replacements.len()), (2, 1));
        assert_eq!(read.left_replacements[0].1, "that is a group, not an entry");
        assert_eq!(read.ids["LIST_1.1"], "01.1");
    }

    #[test]
    fn a_label_of_words_around_the_id_is_no_id_and_the_id_is_no_title() {
        let (read, _) = read_text(
            r#"{"groups": [{"id": "OP", "title": "OPERATE", "props": [{"name": "label", "value": "OPERATE (OP)"}], "controls": [
                {"id": "OP.HT", "title": "Heat", "props": [{"name": "label", "value": "Heat (OP.HT)"}], "controls": [{"id": "OP.HT-01", "title": "OP.HT-01"}]},
                {"id": "op-2", "props": [{"name": "label", "value": "OP-2 (1)"}]}]},
               {"id": "empty"}, {"id": "outer", "groups": [{"id": "inner", "controls": []}]}]}"#,
        );
        assert_eq!(ids(&read), ["OP.HT", "OP.HT-01", "OP-2 (1)"]);
        assert_eq!(read.catalogue.groups[0].0, "OP");
        assert_eq!(read.catalogue.lines()[1].title, None);
        assert_eq!(read.empty_groups, 3);
    }

    #[test]
    fn withdrawn_lines_name_what_took_their_place() {
        let (read, _) = read_text(
            r##"{"groups": [{"id": "ac", "controls": [{"id": "ac-2"}, {"id": "ac-13", "props": [{"name": "status", "value": "Withdrawn"}],
                "links": [{"rel": "incorporated-into", "href": "#ac-2_smt.k"}, {"rel": "incorporated-into", "href": "#ac-2"},
                          {"rel": "moved-to", "href": "#ac"}, {"rel": "moved-to", "href": "#zz-1"}, {"rel": "related", "href": "#ac-2"}]}]}]}"##,
        );
        let line = &read.catalogue.lines()[1];
        assert!(line.withdrawn);
        assert_eq!(line.replaced_by, ["AC-2"]);
        assert_eq!(read.replacements, 2);
        assert_eq!(read.left_replacements.len(), 2);
        assert_eq!(read.left_replacements[0].1, "that is a group, not an entry");
    }

    #[test]
    fn what_is_malformed_is_left_with_its_reason() {
        let (read, looker) = read_text(
            r#"{"groups": [{"id": "ac", "title": 7, "controls": [{"title": "No id", "controls": [{"id": "ac-9.1"}]}, {"id": 5},
                {"id": "ac-1", "controls": "none"}, {"id": "ac-1"}, {"id": "bad\u0000id"}, "text"]}, 3], "controls": null}"#,
        );
        assert_eq!(ids(&read), ["AC-9(1)", "AC-1"]);
        assert_eq!(read.catalogue.lines()[0].parent, None);
        assert_eq!(read.left.len(), 5, "{:?}", read.left);
        assert!(looker.odd.iter().any(|(what, _)| what == "`controls` of control ac-1"), "{:?}", looker.odd);
        assert!(looker.odd.iter().any(|(what, _)| what == "`title` of group ac"), "{:?}", looker.odd);
    }
}
