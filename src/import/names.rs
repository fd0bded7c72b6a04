//! Names for new files: safe on every file system, and no two alike.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::slug;

/// The longest name of a file, in characters, without its ending.
const LONGEST: usize = 80;

/// A text as the stem of a file's name: letters and digits, hyphens between; never a way to somewhere else.
pub(crate) fn file_slug(text: &str) -> String {
    let short: String = slug(text).chars().take(LONGEST).collect();
    let short = short.trim_end_matches('-');
    // Names that Windows keeps for devices, whatever their ending.
    let reserved = ["con", "prn", "aux", "nul"].contains(&short) || {
        let digit = short.strip_prefix("com").or_else(|| short.strip_prefix("lpt"));
        digit.is_some_and(|digit| digit.len() == 1 && digit.chars().all(|c| c.is_ascii_digit()))
    };
    if reserved { format!("{short}-1") } else { short.to_owned() }
}

/// Names that were given out; a second one alike is numbered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    given: BTreeSet<String>,
    /// The number to try next for a name that was wanted before: a thousand alike must not cost a million looks.
    next: BTreeMap<String, usize>,
}

impl Names {
    /// Names that are taken already.
    pub fn taken(names: impl IntoIterator<Item = String>) -> Self {
        Self { given: names.into_iter().map(|name| name.to_lowercase()).collect(), next: BTreeMap::new() }
    }

    /// Whether a name was given out, in whatever case.
    pub fn has(&self, name: &str) -> bool {
        self.given.contains(&name.to_lowercase())
    }

    /// The name, or the name with the first number from 2 that makes it new.
    pub fn give(&mut self, name: &str) -> String {
        let mut given = name.to_owned();
        let number = self.next.entry(name.to_lowercase()).or_insert(2);
        while !self.given.insert(given.to_lowercase()) {
            given = format!("{name}-{number}");
            *number += 1;
        }
        given
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_and_are_numbered() {
        assert_eq!(file_slug("../../etc/Passwd"), "etc-passwd");
        assert_eq!(file_slug("CON"), "con-1");
        assert_eq!(file_slug(""), "untitled");
        assert!(file_slug(&"x".repeat(1000)).len() <= 80);
        let mut names = Names::default();
        assert_eq!([names.give("a"), names.give("A"), names.give("a")], ["a", "A-2", "a-3"]);
    }
}
