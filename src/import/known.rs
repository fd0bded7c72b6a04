//! The frameworks that claims can be matched with: those that come in with the import, and those of the programme.
//!
//! A claim is taken only for a line that is there to be met. Everything else keeps its words in the record's description.

use std::collections::BTreeMap;

use super::{Imported, catalogue::Catalogue, lines::Lines};
use crate::model::{LineKind, Programme};

/// Every framework that is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    frameworks: BTreeMap<String, KnownFramework>,
}

#[derive(Clone, Debug, Default)]
struct KnownFramework {
    lines: Lines,
    titles: BTreeMap<String, String>,
    /// Lines that are nothing to be met, with the reason.
    gone: BTreeMap<String, String>,
    /// Whether it comes in with this import.
    imported: bool,
}

impl Known {
    /// The frameworks of a programme, the built-in ones among them.
    pub fn of(programme: &Programme) -> Self {
        let mut known = Self::default();
        for (key, framework) in &programme.frameworks {
            let mut entry = KnownFramework { lines: Lines::of(framework), ..KnownFramework::default() };
            for (id, line) in &framework.requirements {
                entry.titles.insert(id.to_string(), line.title.clone());
                let successors: Vec<&str> = line.replaced_by.iter().map(|id| id.as_str()).collect();
                if let Some(why) = gone(line.withdrawn, line.kind == LineKind::Heading, &successors) {
                    entry.gone.insert(id.to_string(), why);
                }
            }
            known.frameworks.insert(key.to_string(), entry);
        }
        known
    }

    /// Adds a catalogue that comes in. It stands in the place of a framework with the same key.
    pub fn add(&mut self, catalogue: &Catalogue) {
        let mut entry = KnownFramework { lines: catalogue.lookup(), imported: true, ..KnownFramework::default() };
        for line in catalogue.lines() {
            entry.titles.extend(line.title.clone().map(|title| (line.id.clone(), title)));
            let successors: Vec<&str> = line.replaced_by.iter().map(String::as_str).collect();
            entry.gone.extend(gone(line.withdrawn, line.heading, &successors).map(|why| (line.id.clone(), why)));
        }
        self.frameworks.insert(catalogue.key.clone(), entry);
    }

    /// Says when most ids of a catalogue are those of a framework that is here already: perhaps both are not needed.
    pub fn say_alike(&self, catalogue: &Catalogue, imported: &mut Imported) {
        const FEWEST: usize = 10;
        let ids: Vec<&str> = catalogue.lines().iter().filter(|line| !line.withdrawn).map(|line| line.id.as_str()).collect();
        let others = self.frameworks.iter().filter(|(key, framework)| !framework.imported && **key != catalogue.key);
        let most = others.map(|(key, framework)| (framework.lines.known(ids.iter().copied()), key)).max();
        if let Some((same, key)) = most.filter(|(same, _)| ids.len() >= FEWEST && same * 10 >= ids.len() * 8) {
            imported.note(format!("{same} of the {} ids of `{}` are ids of `{key}` too, which is here already", ids.len(), catalogue.key));
        }
    }

    /// Lets the lines of a framework be found by the ids of a source too: source id to line id.
    pub fn spell(&mut self, key: &str, ids: &BTreeMap<String, String>) {
        if let Some(framework) = self.frameworks.get_mut(key) {
            ids.iter().for_each(|(source, line)| framework.lines.spell(source, line));
        }
    }

    /// Whether there is a framework of this key.
    pub fn has(&self, key: &str) -> bool {
        self.frameworks.contains_key(key)
    }

    /// The line that an id names, in whatever spelling.
    pub fn line(&self, key: &str, id: &str) -> Option<&str> {
        self.frameworks.get(key)?.lines.find(id)
    }

    /// The line that a control claims to serve; `Err` is why the claim is not taken, as the end of a sentence.
    pub fn claim(&self, key: &str, id: &str) -> Result<String, String> {
        let framework = self.frameworks.get(key).ok_or_else(|| format!("the framework `{key}` is not here"))?;
        let line = framework.lines.find(id).ok_or_else(|| format!("`{key}` has no line `{id}`"))?;
        match framework.gone.get(line) {
            Some(why) => Err(why.clone()),
            None => Ok(line.to_owned()),
        }
    }

    /// The title of a line.
    pub fn title(&self, key: &str, line: &str) -> Option<&str> {
        self.frameworks.get(key)?.titles.get(line).map(String::as_str)
    }

    /// The framework that ids without a framework belong to: the imported one that knows most of them, at least half; else
    /// the only one that knows all of them. A guess between two is none.
    pub fn owner_of(&self, ids: &[&str]) -> Option<&str> {
        if ids.is_empty() {
            return None;
        }
        let counts: Vec<(&str, usize, bool)> = self
            .frameworks
            .iter()
            .map(|(key, framework)| (key.as_str(), framework.lines.known(ids.iter().copied()), framework.imported))
            .collect();
        let most = counts.iter().filter(|(_, known, imported)| *imported && known * 2 >= ids.len()).map(|(_, known, _)| *known).max();
        let fits = |(_, known, imported): &(&str, usize, bool)| match most {
            Some(most) => *imported && *known == most,
            None => *known == ids.len(),
        };
        let mut fitting = counts.iter().filter(|count| fits(count));
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first.0)
    }
}

fn gone(withdrawn: bool, heading: bool, successors: &[&str]) -> Option<String> {
    if withdrawn {
        let instead = if successors.is_empty() { String::new() } else { format!("; its place was taken by {}", successors.join(", ")) };
        return Some(format!("that line was withdrawn{instead}"));
    }
    heading.then(|| "that is a heading, and the lines below it are what is to be met".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::catalogue::Line;

    fn known() -> Known {
        let mut known = Known::default();
        for (key, ids) in [("a", ["AC-1", "AC-2"]), ("b", ["AC-1", "CC1.1"])] {
            let mut catalogue = Catalogue::new(key, key, None);
            for id in ids {
                let gone = id == "AC-2";
                let line =
                    Line { id: id.to_owned(), withdrawn: gone, replaced_by: vec!["AC-3".to_owned(); usize::from(gone)], ..Line::default() };
                catalogue.add(line).unwrap();
            }
            known.add(&catalogue);
        }
        known
    }

    #[test]
    fn a_claim_is_taken_for_a_line_that_is_to_be_met() {
        let known = known();
        assert_eq!(known.claim("a", "ac-1"), Ok("AC-1".to_owned()));
        assert_eq!(known.claim("a", "ac-2").unwrap_err(), "that line was withdrawn; its place was taken by AC-3");
        assert!(known.claim("a", "ac-9").is_err());
        assert!(known.claim("zz", "ac-1").is_err());
    }

    #[test]
    fn a_guess_between_two_is_none() {
        let known = known();
        assert_eq!(known.owner_of(&["ac-1"]), None);
        assert_eq!(known.owner_of(&["ac-1", "ac-2"]), Some("a"));
        assert_eq!(known.owner_of(&["zz"]), None);
        assert_eq!(known.owner_of(&[]), None);
    }
}
