//! OSCAL mapping collections: pairs of lines of two catalogues, as crosswalks.
//!
//! A map may relate sets. What holds between two sets need not hold between any two of their members, so such pairs are
//! written as `intersects`; only that sets share nothing holds for every pair. The same goes for parts of a control.

use serde_json::Value;

use super::{
    catalog::line_of_part,
    component::{Frameworks, candidates},
    documents::Document,
    ours,
};
use crate::{
    import::{
        catalogue::no_id,
        json::Looker,
        lines::prose_id,
        walks::{RelationWord, Walk},
    },
    load::raw::Basis,
};

/// The largest number of pairs that one map may stand for.
const MOST_PAIRS: usize = 1_000;

/// What came of one mapping collection.
#[derive(Debug, Default)]
pub(super) struct Mappings {
    /// The crosswalks; their ids are not set.
    pub walks: Vec<Walk>,
    /// Pairs that are not taken: what, why.
    pub left: Vec<(String, String)>,
    /// Sentences about what was taken for what.
    pub notes: Vec<String>,
}

/// One side of a mapping.
struct Side {
    key: String,
    known: bool,
}

/// Reads a mapping collection.
pub(super) fn read(document: &Document, frameworks: &Frameworks<'_>, looker: &mut Looker) -> Mappings {
    let mut mappings = Mappings::default();
    let provenance = document.root.get("provenance").unwrap_or(&Value::Null);
    for mapping in looker.list(&document.root, "mappings", "the mapping collection") {
        let maps = looker.list(mapping, "maps", "a mapping");
        let from = mappings.side(document, mapping, "source-resource", &ids(maps, "sources", looker), frameworks, looker);
        let to = mappings.side(document, mapping, "target-resource", &ids(maps, "targets", looker), frameworks, looker);
        let (Some(from), Some(to)) = (from, to) else {
            mappings.left.push(("a mapping".to_owned(), "it does not say between which catalogues".to_owned()));
            continue;
        };
        let method = looker.text(mapping, "method", "a mapping").or_else(|| looker.text(provenance, "method", "provenance"));
        // What stands at the mapping itself overrides what is said of all (NIST's metaschema).
        let about = looker
            .text(mapping, "mapping-description", "a mapping")
            .or_else(|| looker.text(provenance, "mapping-description", "provenance"));
        let stated = |name| ours::value(mapping, name).map(str::to_owned);
        let mut walk = Walk {
            id: format!("{}-{}", from.key, to.key),
            from: from.key.clone(),
            to: to.key.clone(),
            basis: if method == Some("automation") { Basis::Derived } else { Basis::Direct },
            author: stated("author").or_else(|| document.publisher()),
            source: stated("source").or_else(|| Some(format!("{} ({})", document.title(), document.path))),
            licence: stated("licence"),
            note: about.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")),
            pairs: Default::default(),
        };
        let mut weakened = 0;
        mappings.say_more(document, mapping, maps);
        for map in maps {
            weakened += mappings.map(map, &from, &to, &mut walk, frameworks, looker);
        }
        if weakened > 0 {
            mappings.notes.push(format!(
                "{}: {weakened} pairs come from relations between sets or parts of controls and were written as `intersects`: \
                 what holds between sets need not hold between their members",
                document.path
            ));
        }
        if !walk.pairs.is_empty() {
            mappings.walks.push(walk);
        }
    }
    mappings
}

/// All ids of one side.
fn ids<'v>(maps: &'v [Value], side: &str, looker: &mut Looker) -> Vec<&'v str> {
    let items: Vec<&Value> = maps.iter().flat_map(|map| looker.list(map, side, "a map")).collect();
    items.into_iter().filter_map(|item| looker.text(item, "id-ref", "a map")).collect()
}

impl Mappings {
    /// Says what else stands at a mapping and its maps.
    fn say_more(&mut self, document: &Document, mapping: &Value, maps: &[Value]) {
        const MORE: [&str; 7] =
            ["qualifiers", "confidence-score", "coverage", "matching-rationale", "source-gap-summary", "target-gap-summary", "remarks"];
        let more: Vec<&str> =
            MORE.into_iter().filter(|key| mapping.get(key).is_some() || maps.iter().any(|map| map.get(key).is_some())).collect();
        if !more.is_empty() {
            let words = more.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
            let note = format!("{}: {words} of mappings are not taken: a pair here has a relation and nothing more", document.path);
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
    }

    /// The framework of one side: the document or known framework that is referred to, the one that knows the ids, or else
    /// a key made of the reference.
    fn side(
        &mut self,
        document: &Document,
        mapping: &Value,
        which: &str,
        ids: &[&str],
        frameworks: &Frameworks<'_>,
        looker: &mut Looker,
    ) -> Option<Side> {
        let resource = mapping.get(which)?;
        let href = looker.text(resource, "href", which)?;
        let control_ids: Vec<&str> = ids.iter().map(|id| id.split('_').next().unwrap_or(id)).collect();
        let candidates = candidates(document, href);
        let named = frameworks.named(document, href);
        let alike = || candidates.iter().find(|key| frameworks.known.has(key)).cloned();
        let spelt = named.or_else(alike);
        let known = spelt.clone().or_else(|| frameworks.known.owner_of(&control_ids).map(str::to_owned));
        let key = candidates.first()?;
        match &known {
            Some(guess) if spelt.is_none() => self.notes.push(format!(
                "{}: no framework here is `{key}`; its ids were taken as those of `{guess}`, which knows them",
                document.path
            )),
            Some(_) => {}
            None => self
                .notes
                .push(format!("{}: no framework here is `{key}`, so its ids are written as the source spells them", document.path)),
        }
        Some(Side { known: known.is_some(), key: known.or_else(|| candidates.first().cloned())? })
    }

    /// Takes one map; how many of its pairs were weakened to `intersects`.
    fn map(&mut self, map: &Value, from: &Side, to: &Side, walk: &mut Walk, frameworks: &Frameworks<'_>, looker: &mut Looker) -> usize {
        let sources = looker.list(map, "sources", "a map");
        let targets = looker.list(map, "targets", "a map");
        if sources.len().saturating_mul(targets.len()) > MOST_PAIRS {
            let what = format!("a map of {} to {} lines", sources.len(), targets.len());
            self.left.push((what, format!("it stands for more than {MOST_PAIRS} pairs, which says nothing of any of them")));
            return 0;
        }
        let word = relationship(map);
        let sets = sources.len() > 1 || targets.len() > 1;
        let mut weakened = 0;
        if sources.is_empty() || targets.is_empty() {
            self.left.push(("a map".to_owned(), "one of its sides is empty".to_owned()));
        }
        for source in sources {
            for target in targets {
                let source_id = looker.text(source, "id-ref", "a map").unwrap_or_default();
                let target_id = looker.text(target, "id-ref", "a map").unwrap_or_default();
                let pair = resolve(from, source_id, frameworks).and_then(|source| Ok((source, resolve(to, target_id, frameworks)?)));
                let stated = word.map_err(|word| format!("the relation `{}` is not known here", word.escape_debug()));
                match pair.and_then(|pair| Ok((pair, stated?))) {
                    Ok((((source, source_part), (target, target_part)), word)) => {
                        let inexact =
                            (sets || source_part || target_part) && !matches!(word, RelationWord::None | RelationWord::Intersects);
                        weakened += usize::from(inexact);
                        walk.pairs.insert((source, target, if inexact { RelationWord::Intersects } else { word }));
                    }
                    Err(why) => self.left.push((format!("{} {source_id} to {} {target_id}", from.key, to.key), why)),
                }
            }
        }
        weakened
    }
}

/// The line that an id names, and whether it names only a part of it.
fn resolve(side: &Side, id: &str, frameworks: &Frameworks<'_>) -> Result<(String, bool), String> {
    if let Some(why) = no_id(id) {
        return Err(why);
    }
    if !side.known {
        return Ok((prose_id(id).unwrap_or_else(|| id.to_owned()), false));
    }
    let exact = frameworks.known.line(&side.key, id);
    let line = exact.or_else(|| line_of_part(id, |id| frameworks.known.line(&side.key, id)));
    line.map(|line| (line.to_owned(), exact.is_none())).ok_or_else(|| format!("`{}` has no line `{}`", side.key, id.escape_debug()))
}

/// The relation of a map; `Err` is its word when that is none of OSCAL's.
fn relationship(map: &Value) -> Result<RelationWord, &str> {
    let value = map.get("relationship").unwrap_or(&Value::Null);
    // Drafts of the model wrote `{ns, value}`.
    let word = value.as_str().or_else(|| value.get("value").and_then(Value::as_str)).unwrap_or_default();
    match word {
        "equal-to" | "equivalent-to" | "equal" | "equivalent" => Ok(RelationWord::Equal),
        "subset-of" | "subset" => Ok(RelationWord::Subset),
        "superset-of" | "superset" => Ok(RelationWord::Superset),
        "intersects-with" | "intersects" => Ok(RelationWord::Intersects),
        "no-relationship" => Ok(RelationWord::None),
        other => Err(other),
    }
}
