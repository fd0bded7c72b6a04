//! OSCAL profiles: which lines of the catalogues in the same import a baseline selects.
//!
//! A profile may import profiles. What it changes in the text of controls is not taken: a framework file has no texts.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use serde_json::Value;

use super::{
    catalog::ReadCatalogue,
    documents::{Document, Model, referenced},
};
use crate::import::json::Looker;

/// How many imports of a profile are read. Real ones have a handful; each costs a look at every line.
const MOST_IMPORTS: usize = 64;
/// How many patterns of a selection are read, for the same reason.
const MOST_PATTERNS: usize = 200;
/// How deep profiles may import each other.
const DEEPEST: usize = 16;

/// One mark a line, in the order of the catalogue.
type Marks = Vec<bool>;
/// Catalogue (its document's place) to the lines that are marked.
type Lines = BTreeMap<usize, Marks>;

/// What a profile selects.
#[derive(Debug, Default)]
pub(super) struct Selected {
    /// The lines.
    pub lines: Lines,
    /// What is not selected though the profile names it: what, why.
    pub left: Vec<(String, String)>,
    /// Sentences about what was taken for what.
    pub notes: Vec<String>,
}

/// Everything a profile may refer to.
pub(super) struct Shelf<'a> {
    documents: &'a [Document],
    catalogues: &'a BTreeMap<usize, ReadCatalogue>,
    /// The lines of each catalogue that can be in scope.
    active: BTreeMap<usize, Rc<Lines>>,
    /// What profiles select that others import, by their document's place.
    inner: RefCell<BTreeMap<usize, Rc<Lines>>>,
}

impl<'a> Shelf<'a> {
    /// A shelf of all documents; `catalogues` by their document's place.
    pub fn new(documents: &'a [Document], catalogues: &'a BTreeMap<usize, ReadCatalogue>) -> Self {
        let active = |(at, read): (&usize, &ReadCatalogue)| {
            let marks = read.catalogue.lines().iter().map(|line| !line.withdrawn).collect();
            (*at, Rc::new(Lines::from([(*at, marks)])))
        };
        Self { documents, catalogues, active: catalogues.iter().map(active).collect(), inner: RefCell::default() }
    }

    /// Resolves the profile at a place; `above` are the profiles that import it, to end a circle.
    pub fn select(&self, at: usize, above: &[usize], looker: &mut Looker) -> Selected {
        let profile = &self.documents[at];
        let mut selected = Selected::default();
        let all = looker.list(&profile.root, "imports", "the profile");
        let imports = &all[..all.len().min(MOST_IMPORTS)];
        if all.len() > imports.len() {
            let what = format!("{} imports", all.len() - imports.len());
            selected.left.push((what, format!("a profile is read up to its import number {MOST_IMPORTS}")));
        }
        if imports.is_empty() {
            selected.left.push(("imports".to_owned(), "the profile imports nothing".to_owned()));
        }
        for import in imports {
            let Some(href) = looker.text(import, "href", "an import") else {
                selected.left.push(("an import".to_owned(), "it does not say of what (`href`)".to_owned()));
                continue;
            };
            // Without any word all is included, so a word of an older draft must not count as none.
            if import.get("include").is_some() && import.get("include-controls").is_none() && import.get("include-all").is_none() {
                let why = "it chooses by `include`, which is of a draft; OSCAL 1.0 writes `include-controls` or `include-all`";
                selected.left.push((format!("import {}", href_words(profile, href)), why.to_owned()));
                continue;
            }
            match self.available(at, above, import, href, looker, &mut selected.notes) {
                Ok((available, from)) => self.choose(import, &available, &from, looker, &mut selected),
                Err(why) => selected.left.push((format!("import {}", href_words(profile, href)), why)),
            }
        }
        selected
    }

    /// Takes what one import chooses from what is available.
    fn choose(&self, import: &Value, available: &Lines, from: &str, looker: &mut Looker, selected: &mut Selected) {
        for (catalogue, available) in available {
            let read = &self.catalogues[catalogue];
            let chosen = Chooser { read, available, from, left: &mut selected.left }.choose(import, looker);
            let lines = selected.lines.entry(*catalogue).or_insert_with(|| vec![false; chosen.len()]);
            lines.iter_mut().zip(chosen).for_each(|(line, chosen)| *line |= chosen);
        }
    }

    /// What a profile selects that another one imports, found out once. What it leaves is said where it is taken itself.
    fn inner(&self, at: usize, above: &[usize], looker: &mut Looker) -> Rc<Lines> {
        if let Some(lines) = self.inner.borrow().get(&at) {
            return Rc::clone(lines);
        }
        let lines = Rc::new(self.select(at, above, looker).lines);
        self.inner.borrow_mut().insert(at, Rc::clone(&lines));
        lines
    }

    /// The lines that an import may choose from, and where they are from, for a sentence; `Err` is why there are none.
    fn available(
        &self,
        at: usize,
        above: &[usize],
        import: &Value,
        href: &str,
        looker: &mut Looker,
        notes: &mut Vec<String>,
    ) -> Result<(Rc<Lines>, String), String> {
        let profile = &self.documents[at];
        let found = referenced(self.documents, profile, href).filter(|found| *found != at);
        let path = found.map(|found| &self.documents[found].path);
        match (found.map(|found| (found, self.documents[found].model)), path) {
            (Some((found, Model::Catalog)), _) if self.active.contains_key(&found) => {
                Ok((Rc::clone(&self.active[&found]), "the catalogue".to_owned()))
            }
            (Some((found, Model::Profile)), Some(path)) if above.len() < DEEPEST && !above.contains(&found) => {
                let inner = self.inner(found, &[above, &[at]].concat(), looker);
                if !inner.values().flatten().any(|marked| *marked) {
                    return Err(format!("the profile {path} selects nothing that is here"));
                }
                Ok((inner, format!("the profile {path}")))
            }
            (Some((_, Model::Profile)), Some(path)) => Err(format!("the profile {path} imports this one in turn")),
            _ => {
                let likely = self.likely(import, looker).ok_or(
                    "no catalogue in this import knows its ids; import a profile together with its catalogue (--replace writes its framework anew)",
                )?;
                notes.push(format!(
                    "{} imports {}, which is not here by that name; its ids were looked up in {}",
                    profile.path,
                    href_words(profile, href),
                    self.documents[likely].path
                ));
                Ok((Rc::clone(&self.active[&likely]), "the catalogue".to_owned()))
            }
        }
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
pub(super) fn href_words(profile: &Document, href: &str) -> String {
    profile.hrefs(href).into_iter().next().unwrap_or_else(|| href.to_owned()).escape_debug().to_string()
}

/// Chooses lines by the words of one import.
struct Chooser<'a> {
    read: &'a ReadCatalogue,
    available: &'a Marks,
    from: &'a str,
    left: &'a mut Vec<(String, String)>,
}

impl Chooser<'_> {
    fn choose(&mut self, import: &Value, looker: &mut Looker) -> Marks {
        let includes = looker.list(import, "include-controls", "an import");
        // Without any word about what is included, all of it is (OSCAL, profile resolution).
        let all = import.get("include-all").is_some() || includes.is_empty();
        let mut chosen = if all { self.available.clone() } else { vec![false; self.available.len()] };
        for select in includes {
            self.named(select, true, looker).into_iter().for_each(|at| chosen[at] = true);
        }
        for select in looker.list(import, "exclude-controls", "an import") {
            self.named(select, false, looker).into_iter().for_each(|at| chosen[at] = false);
        }
        chosen
    }

    /// The place of a line that may be chosen.
    fn place(&self, line: &str) -> Option<usize> {
        self.read.catalogue.place(line).filter(|at| self.available[*at])
    }

    /// The places of the lines that a selection names: by id, by pattern, with what stands below them where that is asked for.
    fn named(&mut self, select: &Value, include: bool, looker: &mut Looker) -> Vec<usize> {
        let mut named = Vec::new();
        for id in looker.texts(select, "with-ids", "a selection") {
            let line = self.read.ids.get(id);
            match line.and_then(|line| self.place(line)) {
                Some(at) => named.push(at),
                None if include => self.left.push((id.to_owned(), self.why_not(line))),
                None => {}
            }
        }
        self.matched(select, include, looker, &mut named);
        if looker.text(select, "with-child-controls", "a selection") == Some("yes") {
            // Lines stand in a tree, so that each is met once from each line that is named.
            let mut at = 0;
            let mut seen = vec![false; self.available.len()];
            while let Some(place) = named.get(at).copied() {
                at += 1;
                if !std::mem::replace(&mut seen[place], true) {
                    let id = &self.read.catalogue.lines()[place].id;
                    named.extend(self.read.children.get(id).into_iter().flatten().filter_map(|below| self.place(below)));
                }
            }
        }
        named
    }

    fn matched(&mut self, select: &Value, include: bool, looker: &mut Looker, named: &mut Vec<usize>) {
        let patterns = looker.list(select, "matching", "a selection");
        if include && patterns.len() > MOST_PATTERNS {
            let what = format!("{} patterns", patterns.len() - MOST_PATTERNS);
            self.left.push((what, format!("a selection is read up to its pattern number {MOST_PATTERNS}")));
        }
        for matching in patterns.iter().take(MOST_PATTERNS) {
            let Some(pattern) = looker.text(matching, "pattern", "a selection") else { continue };
            let before = named.len();
            let ids = self.read.ids.iter().filter(|(oscal, _)| matches(pattern.as_bytes(), oscal.as_bytes()));
            named.extend(ids.filter_map(|(_, line)| self.place(line)));
            if include && named.len() == before {
                self.left.push((format!("pattern {}", pattern.escape_debug()), "it matches nothing".to_owned()));
            }
        }
    }

    /// Why a line is not chosen though it is named.
    fn why_not(&self, line: Option<&String>) -> String {
        match line.and_then(|line| self.read.catalogue.line(line)) {
            None => "the catalogue has no such entry".to_owned(),
            Some(line) if line.withdrawn => "it was withdrawn".to_owned(),
            Some(_) => format!("{} does not select it", self.from),
        }
    }
}

/// Whether a text fits a pattern of `*` and `?`, a byte a `?`: ids are ASCII. Time is bounded by the product of both lengths.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        if p < pattern.len() && pattern[p] == b'*' {
            star = Some((p, t));
            p += 1;
        } else if p < pattern.len() && (pattern[p] == b'?' || pattern[p] == text[t]) {
            p += 1;
            t += 1;
        } else if let Some((star_p, star_t)) = star {
            // The star takes one byte more.
            star = Some((star_p, star_t + 1));
            p = star_p + 1;
            t = star_t + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|c| *c == b'*')
}

#[cfg(test)]
mod tests {
    #[test]
    fn patterns_are_globs() {
        let matches = |pattern: &str, text: &str| super::matches(pattern.as_bytes(), text.as_bytes());
        assert!(matches("ac-*", "ac-2.1"));
        assert!(matches("*", ""));
        assert!(matches("ac-?", "ac-2"));
        assert!(matches("*-2*", "ac-2.1"));
        assert!(!matches("ac-?", "ac-20"));
        assert!(!matches("ac", "ac-2"));
        assert!(!matches(&"*a".repeat(50), &"b".repeat(5_000)));
    }
}
