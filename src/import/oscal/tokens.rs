//! Our ids as OSCAL ids, which are tokens: they begin with a letter and hold letters, digits, `.`, `-` and `_` only.
//!
//! `CC6.1` is `cc6.1`, `AC-2(1)` is `ac-2.1` (as in NIST's own catalogue), `164.312(a)(2)(iii)` is `r-164.312.a.2.iii`. Many
//! ids could give one token, so a map is made for a whole framework at once, and every control carries our id as its label:
//! the way back is the label; without the catalogue at hand, the tokens of the framework that is known here. No token has a
//! `_`, which parts of controls are named with (`cc6.1_smt`). The export writes them and this importer reads them.

use std::collections::{BTreeMap, BTreeSet};

use crate::{id::RequirementId, model::Framework};

/// The tokens of one framework. Lines and groups share one space of names, since links name both alike.
#[derive(Debug)]
pub(crate) struct Tokens {
    lines: BTreeMap<RequirementId, String>,
    groups: BTreeMap<String, String>,
}

impl Tokens {
    /// The tokens of every line and group. Lines choose first, in the order of their ids, so that a new group changes none.
    pub(crate) fn of(framework: &Framework) -> Self {
        let mut taken = BTreeSet::new();
        let lines = framework.requirements.keys().map(|id| (id.clone(), give(&mut taken, token(id.as_str(), "r")))).collect();
        let mut groups = BTreeMap::new();
        for group in &framework.groups {
            groups.entry(group.id.clone()).or_insert_with(|| {
                let plain = token(&group.id, "g");
                let wanted = if taken.contains(&plain) { format!("g-{plain}") } else { plain };
                give(&mut taken, wanted)
            });
        }
        Self { lines, groups }
    }

    /// The token of a line; `None` when the framework has no such line.
    pub(crate) fn line(&self, id: &RequirementId) -> Option<&str> {
        self.lines.get(id).map(String::as_str)
    }

    /// Every line's token with the line's id.
    pub(crate) fn of_lines(&self) -> impl Iterator<Item = (&str, &RequirementId)> {
        self.lines.iter().map(|(id, token)| (token.as_str(), id))
    }

    /// The token of a group; `None` when the framework has no such group.
    pub(crate) fn group(&self, id: &str) -> Option<&str> {
        self.groups.get(id).map(String::as_str)
    }
}

/// Takes the wanted token, or the first free one with a number behind it.
fn give(taken: &mut BTreeSet<String>, wanted: String) -> String {
    let mut given = wanted.clone();
    let mut number = 2;
    while !taken.insert(given.clone()) {
        given = format!("{wanted}-{number}");
        number += 1;
    }
    given
}

/// A text as a token; `before` begins one that would begin with a digit, and stands for a text without letters and digits.
pub(crate) fn token(text: &str, before: &str) -> String {
    let mut token = String::new();
    for c in text.chars() {
        match c {
            _ if c.is_ascii_alphanumeric() => token.push(c.to_ascii_lowercase()),
            // Of a run of signs the first stands for all.
            ')' => {}
            _ if token.is_empty() || token.ends_with(['.', '-']) => {}
            '.' | '(' => token.push('.'),
            _ => token.push('-'),
        }
    }
    let token = token.trim_end_matches(['.', '-']);
    match token.chars().next() {
        None => before.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{before}-{token}"),
        Some(_) => token.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::FrameworkId,
        model::{Group, Requirement},
    };

    #[test]
    fn ids_of_every_framework_become_tokens() {
        for (id, wanted) in [
            ("CC6.1", "cc6.1"),
            ("A.5.1", "a.5.1"),
            ("4.1", "r-4.1"),
            ("164.312(a)(2)(iii)", "r-164.312.a.2.iii"),
            ("Art. 5", "art.5"),
            ("GV.OC-01", "gv.oc-01"),
            ("AC-2(1)", "ac-2.1"),
            ("a_b", "a-b"),
            ("((", "r"),
            ("§ 5", "r-5"),
        ] {
            assert_eq!(token(id, "r"), wanted, "{id}");
        }
    }

    #[test]
    fn no_two_things_share_a_token() {
        let framework = Framework {
            id: FrameworkId::from("x"),
            name: "X".to_owned(),
            owner: String::new(),
            word: "rule".to_owned(),
            groups: ["A.1", "1", "B"].map(|id| Group::plain(id, id)).to_vec(),
            requirements: ["A.1", "a.1", "A(1)", "1"].map(|id| (RequirementId::from(id), Requirement::plain(id, "B", id))).into(),
        };
        let tokens = Tokens::of(&framework);
        let mut all: Vec<&str> = tokens.lines.values().chain(tokens.groups.values()).map(String::as_str).collect();
        all.sort_unstable();
        assert_eq!(all, ["a.1", "a.1-2", "a.1-3", "b", "g-1", "g-a.1", "r-1"]);
        assert_eq!(tokens.line(&RequirementId::from("zz")), None);
    }
}
