//! Words that promise more than records can show, with what to write instead: one list for the public page, where each of
//! them is a claim, and for internal texts, where some of them are also ordinary words.

use std::ops::Range;

use super::words::Words;

/// A phrase, and what is wrong with it.
pub struct Phrase {
    /// Lower case words; a trailing `*` stands for any ending of the last one.
    words: &'static str,
    /// When not empty: the phrase counts only in a sentence that holds one of these words as well.
    near: &'static [&'static str],
    /// Whether a recorded certificate (a complete report that is no SOC report) makes the word true.
    pub certificate: bool,
    /// When it counts in an internal text.
    inside: Inside,
    /// What to write instead.
    pub hint: &'static str,
}

/// When a phrase counts in an internal text.
#[derive(Clone, Copy)]
enum Inside {
    /// Wherever it stands: it is misspelt.
    Spelling,
    /// Unless the sentence denies it.
    Claim,
    /// Unless the sentence denies it, and when the words around it, seen from its first and after its last word, make it one.
    When(fn(&Words, Range<usize>) -> bool),
    /// Never: there it is an ordinary word.
    Never,
}

const AUDITS: &[&str] = &["soc", "audit", "audits", "audited", "examination", "assessment", "iso", "pentest", "penetration", "inspection"];

const SAY_REPORT: &str =
    "a SOC 2 report is a report, not a certificate: say who issued which report about which days, and record it under `reports`";
const SAY_PRACTICE: &str = "say what is done, by whom and how often; leave the conclusion to the reader and their auditor";

macro_rules! phrases {
    ($($words:literal $near:expr, $certificate:literal, $inside:expr, $hint:expr;)*) => {
        /// The phrases, in the order in which they are looked for.
        const PHRASES: &[Phrase] =
            &[$(Phrase { words: $words, near: $near, certificate: $certificate, inside: $inside, hint: $hint }),*];
    };
}

phrases! {
    "certif*" &[], true, Inside::When(of_what_issues_none), SAY_REPORT;
    "accredited" &[], true, Inside::Never, "say: an independent licensed CPA firm";
    "aicpa approved" &[], false, Inside::Claim, "the AICPA approves no company: say who issued which report";
    "compliant" &[], false, Inside::When(with_a_framework), SAY_PRACTICE;
    "guarantee*" &[], false, Inside::When(by_us), "say what you commit to, and what follows when it is not kept";
    "passed" AUDITS, false, Inside::When(an_audit), SAY_REPORT;
    "passes" AUDITS, false, Inside::When(an_audit), SAY_REPORT;
    "soc ii" &[], false, Inside::Spelling, "write SOC 2";
    "soc2" &[], false, Inside::Spelling, "write SOC 2";
    "soc-2" &[], false, Inside::Spelling, "write SOC 2";
    "military-grade" &[], false, Inside::Claim, SAY_PRACTICE;
    "bank-grade" &[], false, Inside::Claim, SAY_PRACTICE;
    "unhackable" &[], false, Inside::Claim, SAY_PRACTICE;
    "tamper-proof" &[], false, Inside::Claim, SAY_PRACTICE;
    "100 % secure" &[], false, Inside::Claim, SAY_PRACTICE;
    "100% secure" &[], false, Inside::Claim, SAY_PRACTICE;
    "completely secure" &[], false, Inside::Claim, SAY_PRACTICE;
}

/// The phrases that a public text holds, each with the words as the text has them, once a phrase.
pub fn claim_words(text: &str) -> Vec<(&'static Phrase, String)> {
    let mut found: Vec<(&'static Phrase, String)> = Vec::new();
    for sentence in text.split_inclusive(['.', '!', '?', '\n', ';']) {
        let lower = sentence.to_lowercase();
        for phrase in PHRASES {
            let near = phrase.near.is_empty() || phrase.near.iter().any(|word| positions(&lower, word).next().is_some());
            let known = found.iter().any(|(known, _)| std::ptr::eq(*known, phrase));
            if let Some(words) = positions(&lower, phrase.words).next().filter(|_| near && !known) {
                found.push((phrase, lower[words].to_owned()));
            }
        }
    }
    found
}

/// The whole words in a lower case text that a phrase stands for, in bytes.
fn positions<'a>(lower: &'a str, phrase: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let (stem, open) = phrase.strip_suffix('*').map_or((phrase, false), |stem| (stem, true));
    let inside = |c: char| c.is_alphanumeric() || c == '-';
    lower.match_indices(stem).filter_map(move |(at, _)| {
        let starts = !lower[..at].ends_with(inside);
        let rest = &lower[at + stem.len()..];
        let ending = rest.find(|c| !inside(c)).unwrap_or(rest.len());
        (starts && (open || ending == 0)).then(|| at..at + stem.len() + ending)
    })
}

/// A phrase that an internal text holds.
pub struct Claim {
    /// The phrase.
    pub phrase: &'static Phrase,
    /// Where, in bytes of the sentence.
    pub at: Range<usize>,
    /// Whether only its spelling is wrong.
    pub spelling: bool,
}

/// The phrases that claim something in a sentence of an internal text, once a phrase.
pub fn internal_claims(words: &Words) -> Vec<Claim> {
    let denied =
        || words.iter().any(|word| matches!(word, "no" | "not" | "never" | "cannot" | "nobody" | "neither" | "nor" | "t" | "avoid"));
    let mut found = Vec::new();
    // Looking for each phrase costs more than looking whether any of them can be there.
    if !words.iter().any(begins_a_phrase) {
        return found;
    }
    for phrase in PHRASES {
        let claim = positions(&words.lower, phrase.words).find(|at| {
            let (Some(first), Some(last)) = (words.at_byte(at.start), words.at_byte(at.end - 1)) else { return false };
            match phrase.inside {
                Inside::Spelling => true,
                Inside::Claim => !denied(),
                Inside::When(counts) => counts(words, first..last + 1) && !denied(),
                Inside::Never => false,
            }
        });
        found.extend(claim.map(|at| Claim { phrase, at, spelling: matches!(phrase.inside, Inside::Spelling) }));
    }
    found
}

/// Whether a phrase may begin with a word.
fn begins_a_phrase(word: &str) -> bool {
    let whole = matches!(
        word,
        "aicpa" | "compliant" | "passed" | "passes" | "soc" | "soc2" | "military" | "bank" | "unhackable" | "tamper" | "100" | "completely"
    );
    whole || word.starts_with("certif") || word.starts_with("guarantee")
}

/// Whether the words before are a law or a report for which there is no certificate: `SOC 2 Type II certified`.
fn of_what_issues_none(words: &Words, at: Range<usize>) -> bool {
    const NEAREST: usize = 4;
    let before = (at.start.saturating_sub(NEAREST)..at.start).rev().map(|before| words.word(before));
    before
        .take_while(|word| !matches!(*word, "and" | "or" | "iso" | ""))
        .any(|word| matches!(word, "soc" | "soc2" | "aicpa" | "hipaa" | "gdpr" | "ccpa"))
}

/// Whether a framework or a law stands beside, or the word is raised to all: `compliant with HIPAA`, `fully compliant`.
fn with_a_framework(words: &Words, at: Range<usize>) -> bool {
    const NEAREST: usize = 3;
    let framework =
        |word: &str| matches!(word, "soc" | "soc2" | "hipaa" | "gdpr" | "ccpa" | "pci" | "iso" | "nist" | "hitrust" | "dora" | "nis2");
    let around = (at.start.saturating_sub(NEAREST)..at.end + NEAREST).filter(|beside| !at.contains(beside));
    around.map(|beside| words.word(beside)).any(|word| framework(word) || matches!(word, "fully" | "100" | "completely"))
}

/// Whether we or ours guarantee, and it is no commitment with a measure, as in a service level agreement.
fn by_us(words: &Words, at: Range<usize>) -> bool {
    const NEAREST: usize = 3;
    if words.iter().any(|word| matches!(word, "uptime" | "availability" | "refund" | "money" | "credit" | "credits")) {
        return false;
    }
    let before = (at.start.saturating_sub(NEAREST)..at.start).map(|before| words.word(before));
    before
        .into_iter()
        .any(|word| matches!(word, "we" | "company" | "organization" | "organisation" | "policy" | "control" | "controls" | "encryption"))
}

/// Whether it is an audit that was passed.
fn an_audit(words: &Words, at: Range<usize>) -> bool {
    const FURTHEST: usize = 5;
    (at.end..at.end + FURTHEST).any(|after| matches!(words.word(after), "soc" | "audit" | "audits" | "examination" | "iso"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_and_in_their_sentence() {
        let cases: [(&str, &[&str]); 9] = [
            ("We are SOC 2 Certified.", &["certified"]),
            ("Our certification; a certificate.", &["certification"]),
            ("We passed our SOC 2 audit!", &["passed"]),
            ("The parcel was passed on. An audit followed.", &[]),
            ("GDPR-compliant and fully compliant", &["compliant"]),
            ("noncompliant parts", &[]),
            ("guaranteed by SOC2", &["guaranteed", "soc2"]),
            ("An independent firm issued a SOC 2® Type 2 report.", &[]),
            ("A soccer guard", &[]),
        ];
        for (text, expected) in cases {
            let words: Vec<String> = claim_words(text).into_iter().map(|(_, words)| words).collect();
            assert_eq!(words, expected, "{text}");
        }
    }

    #[test]
    fn every_phrase_begins_with_a_word_that_is_looked_for() {
        for phrase in PHRASES.iter().filter(|phrase| !matches!(phrase.inside, Inside::Never)) {
            let first = phrase.words.split([' ', '-', '%', '*']).next().unwrap_or_default();
            assert!(begins_a_phrase(first), "{}", phrase.words);
        }
    }
}
