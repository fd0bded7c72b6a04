//! Mapping sets between two frameworks, as crosswalks.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Desk, Library, folded, urn_tail};
use crate::{
    import::{
        Names,
        draft::short,
        lines::{framework_key, short_slug},
        walks::{RelationWord, Walk},
    },
    load::raw::Basis,
};

const PAIRS: &str = "pairs of mappings";
/// Frameworks that these libraries name otherwise than we do. Every id is looked up all the same.
const NAMED_OTHERWISE: [(&str, &str); 5] = [
    ("iso27001-2022", "iso27001"),
    ("nist-csf-2.0", "nist-csf"),
    ("pcidss-4_0", "pci-dss"),
    ("soc2-2017", "soc2"),
    ("soc2-2017-rev-2022", "soc2"),
];

impl Desk<'_> {
    /// Plans the crosswalks of every library.
    pub fn mappings(&mut self, libraries: &[Library]) {
        let mut ids = Names::default();
        for library in libraries {
            for key in ["requirement_mapping_set", "requirement_mapping_sets"] {
                let objects = &library.root["objects"];
                for set in self.looker.list(objects, key, library.path.as_str()) {
                    self.mapping_set(library, set, &mut ids);
                }
            }
        }
    }

    fn mapping_set(&mut self, library: &Library, set: &Value, ids: &mut Names) {
        let path = &library.path;
        let mappings = self.looker.list(set, "requirement_mappings", path.as_str());
        let side = |desk: &mut Self, key: &str| desk.looker.text(set, key, path.as_str()).map(str::to_owned);
        let (from, to) = (side(self, "source_framework_urn"), side(self, "target_framework_urn"));
        let (Some(from), Some(to)) = (from, to) else {
            for number in 1..=mappings.len().max(1) {
                self.imported.leave(PAIRS, format!("{path} #{number}"), "its set does not say between which frameworks");
            }
            return;
        };
        let (from, to) = (self.key_of(&from, path.as_str()), self.key_of(&to, path.as_str()));
        let mut pairs = BTreeSet::new();
        let mut of_parts = Vec::new();
        for (number, mapping) in mappings.iter().enumerate() {
            let taken = self.pair(mapping, &from, &to).and_then(|Pair { source, target, word, is_part }| {
                if is_part {
                    of_parts.push((source, target));
                } else if !pairs.insert((source, target, word)) {
                    return Err("the pair stands already".to_owned());
                }
                Ok(())
            });
            if let Err(why) = taken {
                let urn = |key: &str| mapping.get(key).and_then(Value::as_str).and_then(urn_tail).unwrap_or("?").escape_debug().to_string();
                let what = format!("#{} {from} {} to {to} {}", number + 1, urn("source_requirement_urn"), urn("target_requirement_urn"));
                self.imported.leave(PAIRS, what, why);
            }
        }
        self.pairs_of_parts(path.as_str(), of_parts, &mut pairs);
        if pairs.is_empty() {
            return;
        }
        // What the library says once stands in each of its crosswalks, so it is kept short.
        let text = |value: &Value, key: &str| {
            value.get(key).and_then(Value::as_str).map(|text| short(&text.split_whitespace().collect::<Vec<_>>().join(" ")))
        };
        let walk = Walk {
            id: ids.give(&format!("{from}-{to}")),
            from,
            to,
            basis: Basis::Direct,
            author: text(&library.root, "provider"),
            source: Some(format!("{} ({path})", text(set, "name").unwrap_or_else(|| "a mapping set".to_owned()))),
            licence: text(&library.root, "copyright"),
            note: text(set, "description"),
            pairs,
        };
        walk.plan(&mut self.imported, PAIRS);
    }

    /// The key of a framework by its urn: one that came in, one that is here by that or another name, or else a new one.
    fn key_of(&mut self, urn: &str, path: &str) -> String {
        if let Some(key) = self.frameworks.get(&folded(urn)) {
            return key.clone();
        }
        let tail = urn_tail(urn).unwrap_or(urn);
        let otherwise = NAMED_OTHERWISE.iter().find(|(theirs, _)| *theirs == tail).map(|(_, ours)| (*ours).to_owned());
        let candidates = [otherwise, Some(short_slug(tail)), Some(framework_key(tail))];
        let here = candidates.into_iter().flatten().find(|key| self.known.has(key));
        here.unwrap_or_else(|| {
            let key = short_slug(tail);
            self.imported.note(format!("{path}: no framework here is `{key}`, so its ids are written as the end of their urns"));
            key
        })
    }

    fn pair(&mut self, mapping: &Value, from: &str, to: &str) -> Result<Pair, String> {
        let word = match mapping.get("relationship") {
            None | Some(Value::Null) => return Err("its relationship is null: the library does not say how the two relate".to_owned()),
            Some(value) => relation(value.as_str().unwrap_or_default())?,
        };
        let (source, source_part) = self.line_of(mapping, "source_requirement_urn", from)?;
        let (target, target_part) = self.line_of(mapping, "target_requirement_urn", to)?;
        let is_part = source_part || target_part;
        if is_part && word == RelationWord::None {
            return Err("it says that a part of a line is not related, which says nothing of the line".to_owned());
        }
        Ok(Pair { source, target, word, is_part })
    }

    /// Adds what holds for parts of lines: the lines themselves intersect. Several parts of one line give one pair.
    fn pairs_of_parts(&mut self, path: &str, of_parts: Vec<(String, String)>, pairs: &mut BTreeSet<(String, String, RelationWord)>) {
        if of_parts.is_empty() {
            return;
        }
        self.imported
            .note(format!("{path}: pairs that name a part of a line, written as `intersects` of the line itself: {}", of_parts.len()));
        let exact: BTreeSet<(String, String)> = pairs.iter().map(|(source, target, _)| (source.clone(), target.clone())).collect();
        for (source, target) in of_parts {
            let is_said = exact.contains(&(source.clone(), target.clone()));
            if is_said || !pairs.insert((source, target, RelationWord::Intersects)) {
                self.imported.take(PAIRS);
            }
        }
    }

    /// The line that a urn names, and whether it names only a part of it: `cc6.1.2` is the second point of `CC6.1`.
    fn line_of(&mut self, mapping: &Value, key: &str, framework: &str) -> Result<(String, bool), String> {
        let urn = self.looker.text(mapping, key, "a mapping").ok_or_else(|| format!("it has no `{key}`"))?;
        if let Some((_, line)) = self.nodes.get(&folded(urn)).filter(|(known, _)| known == framework) {
            return Ok((line.clone(), false));
        }
        let tail = urn_tail(urn).ok_or_else(|| format!("`{key}` is no urn"))?;
        if !self.known.has(framework) {
            return Ok((tail.to_owned(), false));
        }
        if let Some(line) = self.known.line(framework, tail) {
            return Ok((line.to_owned(), false));
        }
        // Only a line that is to be met has parts; what stands below a heading is another line.
        let mut above = tail;
        while let Some((shorter, _)) = above.rsplit_once('.') {
            if let Ok(line) = self.known.claim(framework, shorter) {
                return Ok((line, true));
            }
            above = shorter;
        }
        Err(format!("`{framework}` has no line `{}`", tail.escape_debug()))
    }
}

/// A pair of lines.
struct Pair {
    source: String,
    target: String,
    word: RelationWord,
    /// Whether one of the two is only a part of its line.
    is_part: bool,
}

fn relation(word: &str) -> Result<RelationWord, String> {
    match word {
        "equal" => Ok(RelationWord::Equal),
        "subset" => Ok(RelationWord::Subset),
        "superset" => Ok(RelationWord::Superset),
        "intersect" => Ok(RelationWord::Intersects),
        "not_related" => Ok(RelationWord::None),
        other => Err(format!("the relation `{}` is not known here", other.escape_debug())),
    }
}
