//! OSCAL profiles: which lines of the catalogues in the same import a baseline selects.
//!
//! A profile may import profiles. What it changes in the text of controls is not taken: a framework file has no texts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    catalog::ReadCatalogue,
    documents::{Document, Model, referenced},
};
use crate::import::json::Looker;

/// What a profile selects.
#[derive(Debug, Default)]
pub(super) struct Selected {
    /// Catalogue (its document's place) to line ids.
    pub lines: BTreeMap<usize, BTreeSet<String>>,
    /// What is not selected though the profile names it: what, why.
    pub left: Vec<(String, String)>,
    /// Sentences about what was taken for what.
    pub notes: Vec<String>,
}

/// Everything a profile may refer to.
pub(super) struct Shelf<'a> {
    /// All documents.
    pub documents: &'a [Document],
    /// The catalogues, by their document's place.
    pub catalogues: &'a BTreeMap<usize, ReadCatalogue>,
}

impl Shelf<'_> {
    /// Resolves the profile at a place; `above` are the profiles that import it, to end a circle.
    pub fn select(&self, at: usize, above: &[usize], looker: &mut Looker) -> Selected {
        let profile = &self.documents[at];
        let mut selected = Selected::default();
        let imports = looker.list(&profile.root, "imports", "the profile");
        if imports.is_empty() {
            selected.left.push(("imports".to_owned(), "the profile imports nothing".to_owned()));
        }
        for import in imports {
            let Some(href) = looker.text(import, "href", "an import") else {
                selected.left.push(("an import".to_owned(), "it does not say of what (`href`)".to_owned()));
                continue;
            };
            let (available, from) = self.available(at, above, import, href, looker, &mut selected);
            for (catalogue, available) in available {
                let read = &self.catalogues[&catalogue];
                let mut chooser = Chooser { read, available: &available, from: from.as_str(), left: &mut selected.left };
                let chosen = chooser.choose(import, looker);
                selected.lines.entry(catalogue).or_default().extend(chosen);
            }
        }
        selected
    }

    /// The lines that an import may choose from, by catalogue, and where they are from, for a sentence.
    fn available(
        &self,
        at: usize,
        above: &[usize],
        import: &Value,
        href: &str,
        looker: &mut Looker,
        selected: &mut Selected,
    ) -> (BTreeMap<usize, BTreeSet<String>>, String) {
        let profile = &self.documents[at];
        let found = referenced(self.documents, profile, href).filter(|found| *found != at);
        match found.map(|found| (found, self.documents[found].model)) {
            Some((found, Model::Catalog)) if self.catalogues.contains_key(&found) => {
                (BTreeMap::from([(found, self.active(found))]), "the catalogue".to_owned())
            }
            Some((found, Model::Profile)) if above.len() < 16 && !above.contains(&found) => {
                let above = [above, &[at]].concat();
                let inner = self.select(found, &above, looker);
                // What the inner profile leaves is said where that profile itself is taken.
                if inner.lines.values().all(BTreeSet::is_empty) {
                    let why = format!("the profile {} selects nothing that is here", self.documents[found].path);
                    selected.left.push((format!("import {href}"), why));
                }
                (inner.lines, format!("the profile {}", self.documents[found].path))
            }
            Some((found, Model::Profile)) => {
                let why = format!("the profile {} imports this one in turn", self.documents[found].path);
                selected.left.push((format!("import {href}"), why));
                (BTreeMap::new(), String::new())
            }
            _ => match self.likely(import, looker) {
                Some(found) => {
                    let path = &self.documents[found].path;
                    selected.notes.push(format!(
                        "{} imports {}, which is not here by that name; its ids were looked up in {path}",
                        profile.path,
                        href_words(profile, href)
                    ));
                    (BTreeMap::from([(found, self.active(found))]), "the catalogue".to_owned())
                }
                None => {
                    let what = format!("import {}", href_words(profile, href));
                    let why = "no catalogue in this import knows its ids; import a profile together with its catalogue (--replace writes its framework anew)".to_owned();
                    selected.left.push((what, why));
                    (BTreeMap::new(), String::new())
                }
            },
        }
    }

    /// The lines of a catalogue that can be in scope.
    fn active(&self, catalogue: usize) -> BTreeSet<String> {
        let lines = self.catalogues[&catalogue].catalogue.lines();
        lines.iter().filter(|line| !line.withdrawn).map(|line| line.id.clone()).collect()
    }

    /// The one catalogue that knows most of the ids an import names, and at least half of them.
    fn likely(&self, import: &Value, looker: &mut Looker) -> Option<usize> {
        let selects = looker.list(import, "include-controls", "an import");
        let ids: Vec<&str> = selects.iter().flat_map(|select| looker.texts(select, "with-ids", "an import")).collect();
        let counts = self.catalogues.iter().map(|(at, read)| (ids.iter().filter(|id| read.ids.contains_key(**id)).count(), *at));
        let counts: Vec<(usize, usize)> = counts.filter(|(known, _)| *known > 0 && known * 2 >= ids.len()).collect();
        let most = counts.iter().map(|(known, _)| *known).max()?;
        let mut best = counts.iter().filter(|(known, _)| *known == most);
        let first = best.next()?;
        best.next().is_none().then_some(first.1)
    }
}

/// The file that a reference names, for a sentence.
fn href_words(profile: &Document, href: &str) -> String {
    profile.hrefs(href).into_iter().next().unwrap_or_else(|| href.to_owned()).escape_debug().to_string()
}

/// Chooses lines by the words of one import.
struct Chooser<'a> {
    read: &'a ReadCatalogue,
    available: &'a BTreeSet<String>,
    from: &'a str,
    left: &'a mut Vec<(String, String)>,
}

impl Chooser<'_> {
    fn choose(&mut self, import: &Value, looker: &mut Looker) -> BTreeSet<String> {
        let includes = looker.list(import, "include-controls", "an import");
        let mut chosen = BTreeSet::new();
        // Without any word about what is included, all of it is (OSCAL, profile resolution).
        if import.get("include-all").is_some() || includes.is_empty() {
            chosen.extend(self.available.iter().cloned());
        }
        for select in includes {
            chosen.extend(self.named(select, true, looker));
        }
        for select in looker.list(import, "exclude-controls", "an import") {
            for id in self.named(select, false, looker) {
                chosen.remove(&id);
            }
        }
        chosen
    }

    /// The lines that a selection names: by id, by pattern, with what stands below them where that is asked for.
    fn named(&mut self, select: &Value, include: bool, looker: &mut Looker) -> BTreeSet<String> {
        let mut named = BTreeSet::new();
        for id in looker.texts(select, "with-ids", "a selection") {
            match self.read.ids.get(id) {
                Some(line) if self.available.contains(line) => {
                    named.insert(line.clone());
                }
                Some(line) if include => {
                    let withdrawn = self.read.catalogue.line(line).is_some_and(|line| line.withdrawn);
                    let why = if withdrawn { "it was withdrawn".to_owned() } else { format!("{} does not select it", self.from) };
                    self.left.push((id.to_owned(), why));
                }
                None if include => self.left.push((id.to_owned(), "the catalogue has no such entry".to_owned())),
                _ => {}
            }
        }
        for matching in looker.list(select, "matching", "a selection") {
            let Some(pattern) = looker.text(matching, "pattern", "a selection") else { continue };
            let before = named.len();
            let ids = self.read.ids.iter().filter(|(oscal, line)| self.available.contains(*line) && matches(pattern, oscal));
            named.extend(ids.map(|(_, line)| line.clone()));
            if include && named.len() == before {
                self.left.push((format!("pattern {}", pattern.escape_debug()), "it matches nothing more".to_owned()));
            }
        }
        if looker.text(select, "with-child-controls", "a selection") == Some("yes") {
            let mut open: Vec<String> = named.iter().cloned().collect();
            while let Some(id) = open.pop() {
                for below in self.read.children.get(&id).into_iter().flatten() {
                    if self.available.contains(below) && named.insert(below.clone()) {
                        open.push(below.clone());
                    }
                }
            }
        }
        named
    }
}

/// Whether a text fits a pattern of `*` and `?`. Time is bounded by the product of both lengths.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        if p < pattern.len() && pattern[p] == '*' {
            star = Some((p, t));
            p += 1;
        } else if p < pattern.len() && (pattern[p] == '?' || pattern[p] == text[t]) {
            p += 1;
            t += 1;
        } else if let Some((star_p, star_t)) = star {
            // The star takes one character more.
            star = Some((star_p, star_t + 1));
            p = star_p + 1;
            t = star_t + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_are_globs() {
        assert!(matches("ac-*", "ac-2.1"));
        assert!(matches("*", ""));
        assert!(matches("ac-?", "ac-2"));
        assert!(matches("*-2*", "ac-2.1"));
        assert!(!matches("ac-?", "ac-20"));
        assert!(!matches("ac", "ac-2"));
        assert!(!matches(&"*a".repeat(50), &"b".repeat(5_000)));
    }
}
