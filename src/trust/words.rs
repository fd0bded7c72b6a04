//! Words that promise more than records can show (DOMAIN 4.3), with what to write instead.

/// A phrase, and what is wrong with it.
pub(super) struct Phrase {
    /// Lower case words; a trailing `*` stands for any ending of the last one.
    pub words: &'static str,
    /// When not empty: the phrase counts only in a sentence that holds one of these words as well.
    pub near: &'static [&'static str],
    /// Whether a recorded certificate (a complete report that is no SOC report) makes the word true.
    pub certificate: bool,
    /// What to write instead.
    pub hint: &'static str,
}

const AUDITS: &[&str] = &["soc", "audit", "audits", "audited", "examination", "assessment", "iso", "pentest", "penetration", "inspection"];

const SAY_REPORT: &str =
    "a SOC 2 report is a report, not a certificate: say who issued which report about which days, and record it under `reports`";
const SAY_PRACTICE: &str = "say what is done, by whom and how often; leave the conclusion to the reader and their auditor";

/// The phrases, in the order in which they are looked for.
pub(super) const PHRASES: &[Phrase] = &[
    Phrase { words: "certif*", near: &[], certificate: true, hint: SAY_REPORT },
    Phrase { words: "accredited", near: &[], certificate: true, hint: "say: an independent licensed CPA firm" },
    Phrase { words: "aicpa approved", near: &[], certificate: false, hint: "the AICPA approves no company: say who issued which report" },
    Phrase { words: "compliant", near: &[], certificate: false, hint: SAY_PRACTICE },
    Phrase { words: "guarantee*", near: &[], certificate: false, hint: "say what you commit to, and what follows when it is not kept" },
    Phrase { words: "passed", near: AUDITS, certificate: false, hint: SAY_REPORT },
    Phrase { words: "passes", near: AUDITS, certificate: false, hint: SAY_REPORT },
    Phrase { words: "soc ii", near: &[], certificate: false, hint: "write SOC 2" },
    Phrase { words: "soc2", near: &[], certificate: false, hint: "write SOC 2" },
    Phrase { words: "soc-2", near: &[], certificate: false, hint: "write SOC 2" },
    Phrase { words: "military-grade", near: &[], certificate: false, hint: SAY_PRACTICE },
    Phrase { words: "bank-grade", near: &[], certificate: false, hint: SAY_PRACTICE },
    Phrase { words: "unhackable", near: &[], certificate: false, hint: SAY_PRACTICE },
    Phrase { words: "tamper-proof", near: &[], certificate: false, hint: SAY_PRACTICE },
    Phrase { words: "100 % secure", near: &[], certificate: false, hint: SAY_PRACTICE },
    Phrase { words: "100% secure", near: &[], certificate: false, hint: SAY_PRACTICE },
    Phrase { words: "completely secure", near: &[], certificate: false, hint: SAY_PRACTICE },
];

/// The phrases that a text holds, each with the words as the text has them, once a phrase.
pub(super) fn found(text: &str) -> Vec<(&'static Phrase, String)> {
    let mut found: Vec<(&'static Phrase, String)> = Vec::new();
    for sentence in text.split_inclusive(['.', '!', '?', '\n', ';']) {
        let lower = sentence.to_lowercase();
        for phrase in PHRASES {
            let near = phrase.near.is_empty() || phrase.near.iter().any(|word| position(&lower, word).is_some());
            let known = found.iter().any(|(known, _)| std::ptr::eq(*known, phrase));
            if let Some(words) = position(&lower, phrase.words).filter(|_| near && !known) {
                found.push((phrase, words));
            }
        }
    }
    found
}

/// The whole words in a lower case text that a phrase stands for.
fn position(lower: &str, phrase: &str) -> Option<String> {
    let (stem, open) = phrase.strip_suffix('*').map_or((phrase, false), |stem| (stem, true));
    let inside = |c: char| c.is_alphanumeric() || c == '-';
    lower.match_indices(stem).find_map(|(at, _)| {
        let starts = !lower[..at].ends_with(inside);
        let rest = &lower[at + stem.len()..];
        let ending = rest.find(|c| !inside(c)).unwrap_or(rest.len());
        (starts && (open || ending == 0)).then(|| format!("{stem}{}", &rest[..ending]))
    })
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
            let words: Vec<String> = found(text).into_iter().map(|(_, words)| words).collect();
            assert_eq!(words, expected, "{text}");
        }
    }
}
