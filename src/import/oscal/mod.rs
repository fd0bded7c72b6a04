//! OSCAL 1.0 to 1.2: catalogues, profiles, component definitions, mapping collections and assessment results.
//!
//! Every JSON file of the folder is looked at; what it is decides its wrapper. Catalogues come first, since everything else
//! speaks of their lines: then profiles (selections of lines), components (drafted controls), mappings (crosswalks), and
//! last the findings of assessors, which belong to the controls that claim the lines.

mod catalog;
mod component;
mod documents;
mod mapping;
mod ours;
mod profile;
mod results;
mod take;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Imported, Importer, Names, Source, counted,
    json::Looker,
    known::Known,
    lines::{framework_key, selection_name},
};
use catalog::ReadCatalogue;
use component::Frameworks;
use documents::{Document, Model, documents, recognise};
pub(crate) use ours::OSCAL_NAMESPACE;
pub(crate) use tokens::{Tokens, token};

/// The importer.
pub(super) const OSCAL: Importer = Importer {
    name: "oscal",
    about: "OSCAL 1.0-1.2: catalogue, profile, component definition, mapping collection, assessment results",
    looks_for: "a JSON file with an OSCAL model at its top, such as `catalog`",
    recognise,
    run,
};

fn run(source: &Source<'_>) -> anyhow::Result<Imported> {
    let mut imported = Imported::default();
    let documents = documents(source, &mut imported);
    let mut desk = Desk { source, imported, documents: &documents, looker: Looker::default(), known: known(source) };
    let mut catalogues = desk.catalogues();
    let keys = desk.profiles(&mut catalogues);
    desk.write_catalogues(catalogues);
    let claims = desk.components(&keys);
    desk.mappings(&keys);
    desk.results(&keys, claims);
    desk.say_odd();
    Ok(desk.imported)
}

/// The programme's frameworks, with the ids under which an export of ours speaks of their lines.
fn known(source: &Source<'_>) -> Known {
    let mut known = Known::of(source.programme);
    for (key, framework) in &source.programme.frameworks {
        let tokens = Tokens::of(framework);
        let ids = tokens.of_lines().map(|(token, line)| (token.to_owned(), line.to_string())).collect();
        known.spell(key.as_str(), &ids);
    }
    known
}

/// The key for a catalogue: by its title, or by its file's name where only that gives the number of a publication of NIST.
fn key_of(document: &Document) -> String {
    let is_numbered = |key: &String| key.starts_with("nist-800-");
    let by_title = framework_key(&document.title());
    let by_file = || Some(framework_key(document.stem())).filter(is_numbered);
    Some(by_title.clone()).filter(is_numbered).or_else(by_file).unwrap_or(by_title)
}

/// What the steps share.
struct Desk<'a> {
    source: &'a Source<'a>,
    imported: Imported,
    documents: &'a [Document],
    looker: Looker,
    known: Known,
}

impl Desk<'_> {
    fn of(&self, model: Model) -> Vec<usize> {
        (0..self.documents.len()).filter(|at| self.documents[*at].model == model).collect()
    }

    /// Reads the catalogues and gives each its key.
    fn catalogues(&mut self) -> BTreeMap<usize, ReadCatalogue> {
        let mut read = BTreeMap::new();
        let all = self.of(Model::Catalog);
        let given = self.source.options.framework.clone();
        if all.len() > 1 && given.is_some() {
            self.imported.note("--framework names one framework and there are several catalogues, so each has a key made of its title");
        }
        let mut keys = Names::default();
        for at in &all {
            let document = &self.documents[*at];
            let mut one = catalog::read(&document.root, &mut self.looker);
            let key = match (&given, all.len()) {
                (Some(key), 1) => key.clone(),
                _ => {
                    let stated = ours::metadata(document, "framework").map(framework_key);
                    self.source.own_key(&stated.unwrap_or_else(|| key_of(document)), "oscal", &mut self.imported)
                }
            };
            one.catalogue.key = keys.give(&key);
            one.catalogue.name = document.title();
            one.catalogue.owner = document.publisher();
            one.catalogue.word = Some(ours::metadata(document, "word").unwrap_or("control").to_owned());
            one.catalogue.selects = ours::metadata(document, "framework").is_some();
            read.insert(*at, one);
        }
        read
    }

    /// Marks the lines that profiles select; gives the key of every catalogue, and of every profile of one catalogue.
    fn profiles(&mut self, catalogues: &mut BTreeMap<usize, ReadCatalogue>) -> BTreeMap<usize, String> {
        let mut keys: BTreeMap<usize, String> = catalogues.iter().map(|(at, read)| (*at, read.catalogue.key.clone())).collect();
        let profiles = self.of(Model::Profile);
        let mut looker = std::mem::take(&mut self.looker);
        let shelf = profile::Shelf::new(self.documents, catalogues);
        let all: Vec<profile::Selected> = profiles.iter().map(|at| shelf.select(*at, &[], &mut looker)).collect();
        self.looker = looker;
        let mut names = Names::default();
        for (at, selected) in profiles.into_iter().zip(all) {
            let document = &self.documents[at];
            let name = names.give(&selection_name(&document.title(), document.stem()));
            selected.notes.iter().for_each(|note| self.imported.note(note));
            for (what, why) in selected.left {
                self.imported.leave(take::SELECTED, format!("{name}: {what}"), why);
            }
            if let (1, Some(catalogue)) = (selected.lines.len(), selected.lines.keys().next()) {
                keys.insert(at, catalogues[catalogue].catalogue.key.clone());
            }
            for (catalogue, marks) in selected.lines {
                let Some(read) = catalogues.get_mut(&catalogue) else { continue };
                let count = counted(read.catalogue.select(&marks, &name), "line", "lines");
                self.imported.note(format!("{}: selects {count} of {} as `{name}`", document.path, read.catalogue.key));
            }
            self.leave_changes(at, &name);
        }
        keys
    }

    /// Says what a profile changes in the text of controls.
    fn leave_changes(&mut self, at: usize, name: &str) {
        let Some(modify) = self.documents[at].root.get("modify") else { return };
        for (key, id) in [("set-parameters", "param-id"), ("alters", "control-id")] {
            for change in self.looker.list(modify, key, "a profile") {
                let what = self.looker.text(change, id, "a change").unwrap_or("without id");
                self.imported.leave(
                    "changes by profiles",
                    format!("{name}: {key} {what}"),
                    "a framework file holds no texts and parameters",
                );
            }
        }
    }

    /// Says which values could not be used, each once.
    fn say_odd(&mut self) {
        let mut said = BTreeSet::new();
        for (what, why) in std::mem::take(&mut self.looker.odd) {
            if said.insert((what.clone(), why.clone())) {
                self.imported.leave("values of a wrong type", what, why);
            }
        }
    }

    fn frameworks<'f>(&'f self, keys: &'f BTreeMap<usize, String>) -> Frameworks<'f> {
        Frameworks { documents: self.documents, keys, known: &self.known, given: self.source.options.framework.as_deref() }
    }
}
