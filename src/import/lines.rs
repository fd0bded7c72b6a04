//! Ids of requirement lines as different formats spell them, and looking a line up in a catalogue whatever the spelling.
//!
//! NIST SP 800-53 is spelt `ac-2.1` (OSCAL), `AC-2(1)` (prose), `AC-2 (1)` (OpenControl) and `AC-02(01)` (padded labels).

use std::collections::BTreeMap;

use crate::{model::Framework, text::slug};

/// The prose form of an id of SP 800-53, from any of its spellings; `None` when it is no such id.
pub(super) fn prose_id(text: &str) -> Option<String> {
    let (family, rest) = text.trim().split_once('-')?;
    if family.len() != 2 || !family.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let mut parts = Vec::new();
    let mut rest = rest;
    loop {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, after) = rest.split_at(digits);
        let number = number.trim_start_matches('0');
        if number.is_empty() || number.len() > 4 {
            return None;
        }
        parts.push(number);
        // An enhancement's number stands in brackets; the first number never does.
        let after = if parts.len() > 1 { after.strip_prefix(')').unwrap_or(after) } else { after };
        let after = after.trim_start();
        match after.strip_prefix(['(', '.']) {
            Some(next) => rest = next,
            None if after.is_empty() => break,
            None => return None,
        }
    }
    let enhancements: String = parts[1..].iter().map(|number| format!("({number})")).collect();
    Some(format!("{}-{}{enhancements}", family.to_ascii_uppercase(), parts[0]))
}

/// An id without the blanks that OpenControl puts before brackets; any other id as it stands.
pub(super) fn tidy_id(text: &str) -> String {
    let text = text.trim();
    match text.split_once('-') {
        Some((family, _)) if family.len() == 2 && text.contains(" (") => text.replace(" (", "("),
        _ => text.to_owned(),
    }
}

/// The form in which two spellings of one id are alike.
fn folded(text: &str) -> String {
    prose_id(text).unwrap_or_else(|| text.split_whitespace().collect()).to_lowercase()
}

/// The lines of one framework, found by any spelling of their ids.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    /// Folded id to the id as the framework writes it; `None` where two ids fold alike.
    by_fold: BTreeMap<String, Option<String>>,
    exact: std::collections::BTreeSet<String>,
    /// Spellings that the source itself uses.
    spelt: BTreeMap<String, String>,
}

impl Lines {
    /// The lines with these ids.
    pub fn new<'i>(ids: impl IntoIterator<Item = &'i str>) -> Self {
        let mut lines = Self::default();
        for id in ids {
            lines.exact.insert(id.to_owned());
            lines.by_fold.entry(folded(id)).and_modify(|known| *known = None).or_insert_with(|| Some(id.to_owned()));
        }
        lines
    }

    /// Lets a line that is there be found by one spelling more, unless that is the id of another line.
    pub fn spell(&mut self, spelling: &str, line: &str) {
        if self.exact.contains(line) && !self.exact.contains(spelling) {
            self.spelt.insert(spelling.to_owned(), line.to_owned());
        }
    }

    /// The lines of a framework that is known already.
    pub fn of(framework: &Framework) -> Self {
        Self::new(framework.requirements.keys().map(|id| id.as_str()))
    }

    /// The id as the framework writes it; `None` when it has no such line, or two that are spelt alike.
    pub fn find(&self, text: &str) -> Option<&str> {
        if let Some(exact) = self.exact.get(text) {
            return Some(exact);
        }
        if let Some(line) = self.spelt.get(text) {
            return Some(line);
        }
        self.by_fold.get(&folded(text))?.as_deref()
    }

    /// How many of these ids are lines here.
    pub fn known<'i>(&self, ids: impl IntoIterator<Item = &'i str>) -> usize {
        ids.into_iter().filter(|id| self.find(id).is_some()).count()
    }
}

/// The key of a framework, from the title of its catalogue: `nist-800-53` for NIST SP 800-53 revision 5, else words of the title.
pub(super) fn framework_key(title: &str) -> String {
    let lower = title.to_lowercase();
    let publication = lower.split("800-").nth(1).map(|rest| rest.chars().take_while(char::is_ascii_alphanumeric).collect::<String>());
    let is_nist = lower.contains("nist") || lower.contains("special publication") || lower.contains("sp 800-");
    match publication {
        Some(number) if is_nist && number.starts_with(|c: char| c.is_ascii_digit()) => match revision(&lower) {
            Some(revision) if (number.as_str(), revision) != ("53", '5') => format!("nist-800-{number}-r{revision}"),
            _ => format!("nist-800-{number}"),
        },
        _ => short_slug(title),
    }
}

/// The number after `revision`, `rev` or `rev.`, as a digit.
fn revision(lower: &str) -> Option<char> {
    let after = lower.split("rev").nth(1)?.trim_start_matches("ision").trim_start_matches(['.', ' ', '-']);
    after.chars().next().filter(char::is_ascii_digit)
}

/// A slug of at most 48 characters that ends at the end of a word.
pub(super) fn short_slug(text: &str) -> String {
    const LONGEST: usize = 48;
    let slug = slug(text);
    let mut short = String::new();
    for word in slug.split('-') {
        if !short.is_empty() && short.chars().count() + 1 + word.chars().count() > LONGEST {
            break;
        }
        if !short.is_empty() {
            short.push('-');
        }
        short.extend(word.chars().take(LONGEST));
    }
    short
}

/// The name of a selection, from the title of a profile or certification: `moderate` for NIST's MODERATE baseline. Words that
/// name the catalogue, its revision or the fact that it is a selection are left out; `otherwise` is for a title of nothing else.
pub(super) fn selection_name(title: &str, otherwise: &str) -> String {
    const PLAIN: [&str; 20] = [
        "nist",
        "sp",
        "special",
        "publication",
        "revision",
        "rev",
        "version",
        "baseline",
        "baselines",
        "profile",
        "impact",
        "level",
        "control",
        "controls",
        "security",
        "systems",
        "information",
        "for",
        "and",
        "the",
    ];
    let slug = slug(title);
    let is_number = |word: &str| word.trim_start_matches(['r', 'e', 'v']).chars().all(|c| c.is_ascii_digit());
    let telling: Vec<&str> = slug.split('-').filter(|word| !PLAIN.contains(word) && !is_number(word)).collect();
    let name = short_slug(&if telling.is_empty() { slug_of(otherwise) } else { telling.join("-") });
    // Words that `scope.frameworks` keeps for itself.
    if ["all", super::catalogue::REST].contains(&name.as_str()) { format!("selected-{name}") } else { name }
}

fn slug_of(text: &str) -> String {
    slug(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_an_id_of_800_53_is_one() {
        for text in ["ac-2.1", "AC-2(1)", "AC-2 (1)", "AC-02(01)", "ac-02.01"] {
            assert_eq!(prose_id(text).as_deref(), Some("AC-2(1)"), "{text}");
        }
        assert_eq!(prose_id("AC-20"), Some("AC-20".to_owned()));
        for text in ["GV.OC-01", "164.312(a)(1)", "AC-", "AC", "A.5.1", "AC-2(a)", "AC-2 or", "ISM-0042", "é-1"] {
            assert_eq!(prose_id(text), None, "{text}");
        }
        assert_eq!(tidy_id("AC-2 (1)"), "AC-2(1)");
        assert_eq!(tidy_id(" 1.10 "), "1.10");
    }

    #[test]
    fn a_line_is_found_by_any_spelling_and_never_by_a_doubtful_one() {
        let lines = Lines::new(["AC-2(1)", "PR.AA-01", "A.5.1", "a.5.1", "5.1", "5.10"]);
        assert_eq!(lines.find("ac-2.1"), Some("AC-2(1)"));
        assert_eq!(lines.find("pr.aa-01"), Some("PR.AA-01"));
        assert_eq!(lines.find("A.5.1"), Some("A.5.1"));
        assert_eq!(lines.find("5.10"), Some("5.10"));
        assert_eq!(lines.find("5.100"), None);
        assert_eq!(Lines::new(["A.1", "a.1"]).find("A.1 "), None);
        assert_eq!(lines.known(["ac-2.1", "zz"]), 1);
    }

    #[test]
    fn titles_give_keys_and_selections() {
        let long = "NIST Special Publication 800-53 Revision 5: Security and Privacy Controls for Federal Information Systems";
        assert_eq!(framework_key(long), "nist-800-53");
        assert_eq!(framework_key("NIST SP 800-53 Revision 4"), "nist-800-53-r4");
        assert_eq!(framework_key("NIST SP 800-171 Rev. 3"), "nist-800-171-r3");
        assert_eq!(framework_key("FRIST-800-53"), "frist-800-53");
        assert_eq!(framework_key("Demo Catalogue"), "demo-catalogue");
        assert_eq!(selection_name("NIST Special Publication 800-53 Revision 5.1.1 MODERATE IMPACT BASELINE", "x"), "moderate");
        assert_eq!(selection_name("FedRAMP Rev 5 High Baseline", "x"), "fedramp-high");
        assert_eq!(selection_name("FredRAMP-low", "x"), "fredramp-low");
        assert_eq!(selection_name("NIST SP 800-53 Rev5 Controls", "my_own"), "my-own");
        assert_eq!(selection_name("All", "x"), "selected-all");
    }
}
