//! A crosswalk while it is imported: pairs of lines with relations, before they become a crosswalk file.

use std::collections::{BTreeMap, BTreeSet};

use super::{Imported, file_slug, plan::plan};
use crate::load::{
    raw::{self, Basis, Name, RelatedPair, Relation},
    yaml,
};

/// A crosswalk to be.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    /// Its id.
    pub id: String,
    /// The framework it reads from.
    pub from: String,
    /// The framework it reads to.
    pub to: String,
    /// Whether its author stated the pairs or they were computed.
    pub basis: Basis,
    /// Who stated them.
    pub author: Option<String>,
    /// Where they were read.
    pub source: Option<String>,
    /// Under which licence.
    pub licence: Option<String>,
    /// What a reader should know.
    pub note: Option<String>,
    /// The pairs, each once, in the order of their ids.
    pub pairs: BTreeSet<(String, String, RelationWord)>,
}

/// A relation, in an order of its own so that pairs can be sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RelationWord {
    /// Both ask the same.
    Equal,
    /// The first asks part of the second.
    Subset,
    /// The first asks all of the second, and more.
    Superset,
    /// They share something.
    Intersects,
    /// They share nothing.
    None,
}

impl RelationWord {
    fn raw(self) -> Relation {
        match self {
            Self::Equal => Relation::Equal,
            Self::Subset => Relation::Subset,
            Self::Superset => Relation::Superset,
            Self::Intersects => Relation::Intersects,
            Self::None => Relation::None,
        }
    }
}

impl Walk {
    /// Plans the crosswalk's file, which holds its pairs under a kind.
    pub fn plan(self, imported: &mut Imported, kind: &'static str) {
        let path = format!("frameworks/crosswalks/{}.yaml", file_slug(&self.id));
        let holds = self.pairs.iter().map(|(from, to, _)| (kind, format!("{} {from} to {} {to}", self.from, self.to))).collect();
        plan(imported, path, yaml(&self.into_raw()), holds);
    }

    /// The mirror of the crosswalk's file: one relation for all pairs where they have one, else one for each.
    pub fn into_raw(self) -> raw::Crosswalk {
        let words: BTreeSet<RelationWord> = self.pairs.iter().map(|(.., word)| *word).collect();
        let shared = match words.len() {
            1 => words.first().copied(),
            _ => None,
        };
        let mut crosswalk = raw::Crosswalk {
            crosswalk: Some(Name(self.id)),
            from: Some(Name(self.from)),
            to: Some(Name(self.to)),
            basis: Some(self.basis),
            author: self.author,
            source: self.source,
            licence: self.licence,
            note: self.note,
            ..raw::Crosswalk::default()
        };
        match shared {
            Some(word) => {
                let mut pairs: BTreeMap<String, Vec<Name>> = BTreeMap::new();
                for (from, to, _) in self.pairs {
                    pairs.entry(from).or_default().push(Name(to));
                }
                crosswalk.relation = Some(word.raw());
                crosswalk.pairs = Some(pairs);
            }
            None => {
                let pair = |(from, to, word): (String, String, RelationWord)| RelatedPair {
                    from: Some(Name(from)),
                    to: Some(Name(to)),
                    relation: Some(word.raw()),
                };
                crosswalk.relations = Some(self.pairs.into_iter().map(pair).collect());
            }
        }
        crosswalk
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_one_relation_are_written_short() {
        let mut walk = Walk {
            id: "a-b".to_owned(),
            from: "a".to_owned(),
            to: "b".to_owned(),
            basis: Basis::Direct,
            author: None,
            source: None,
            licence: None,
            note: None,
            pairs: BTreeSet::from([
                ("1".to_owned(), "x".to_owned(), RelationWord::Equal),
                ("1".to_owned(), "y".to_owned(), RelationWord::Equal),
            ]),
        };
        let text = yaml(&walk.clone().into_raw());
        assert_eq!(text, "crosswalk: a-b\nfrom: a\nto: b\nbasis: direct\nrelation: equal\npairs:\n  '1':\n  - x\n  - y\n");
        walk.pairs.insert(("2".to_owned(), "z".to_owned(), RelationWord::None));
        assert_eq!(walk.into_raw().relations.unwrap().len(), 3);
    }
}
