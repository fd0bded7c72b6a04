//! `vague-term`: a word that each reader understands differently.

use super::{Hit, Rule};
use crate::{
    diag::{Code, Severity},
    language::{
        around::Around,
        reading::Reading,
        times::names_interval,
        words::{Lexicon, Words},
    },
    text::BlockKind,
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "vague-term",
        severity: Severity::Warning,
        title: "a sentence holds a word that each reader understands differently",
        explanation: r#"**Facts.** The sentences of documents and controls, the public sentences of controls, and the practices and answers of the
trust page. Not read: headings, code, quotations, words in quotation marks.

**Rule.** Words such as "appropriate", "regularly", "timely", "as needed" or "best practice" promise something that nobody
can check: an auditor asks how often and which, and two colleagues answer differently. "Regularly" and "timely" pass when
the same sentence says how often or by when. One finding a sentence.

**Example.**

> Access is regularly reviewed and promptly removed where appropriate.

**What mends it.** Write the number, the person or the condition that was meant:

> The system's owner reviews access every quarter. Access that is not confirmed is removed within five business days.

Where the word is the right one, as in a phrase that a law uses, allow the phrase; words of your own can be added:

```yaml
language:
  allow: [appropriate technical and organisational measures]
  vague: [in a safe way]
```

**What could fool it.** A word that is explained in the sentence before; a legal phrase; a word used in another sense."#,
    },
    run,
};

/// What is wrong with a term.
#[derive(Clone)]
pub enum Vague {
    /// It says nothing; what to write instead.
    Always(String),
    /// It says nothing unless the sentence also says how often or by when.
    WithoutTime(String),
    /// A longer phrase in which the word means something.
    Not,
}

const WHICH: &str = "say which, or who decides and by what rule";
const HOW_MUCH: &str = "say how much: a number, a level or the rule that sets it";
const HOW_OFTEN: &str = "say how often: every week, every quarter, after each release";
const BY_WHEN: &str = "say by when: within one hour, within five business days";
const CONDITION: &str = "say when it is done, and who decides that it is not";
const STANDARD: &str = "name the standard with its version, or the settings that are used";
const PROPERTY: &str = "say what it withstands, or what was measured";

const ALWAYS: &[(&str, &[&str])] = &[
    (WHICH, &["appropriate", "appropriately", "suitable", "suitably", "properly"]),
    (HOW_MUCH, &["adequate", "adequately", "sufficient", "sufficiently", "reasonable", "reasonably", "commercially reasonable"]),
    (
        CONDITION,
        &[
            "as needed",
            "as required",
            "as necessary",
            "as appropriate",
            "where appropriate",
            "when appropriate",
            "if appropriate",
            "where necessary",
            "when necessary",
            "if necessary",
            "whenever necessary",
            "when needed",
            "if needed",
            "where possible",
            "when possible",
            "if possible",
            "whenever possible",
            "as far as possible",
            "to the extent possible",
            "where feasible",
            "where it is feasible",
            "as found necessary",
            "where practical",
            "where practicable",
            "to the extent practicable",
            "if practicable",
            "deemed necessary",
            "deemed appropriate",
        ],
    ),
    (
        STANDARD,
        &[
            "best practice",
            "best practices",
            "industry standard",
            "industry standards",
            "industry best",
            "industry accepted",
            "generally accepted",
            "industry leading",
        ],
    ),
    (
        PROPERTY,
        &["robust", "robustly", "state of the art", "cutting edge", "leading edge", "world class", "enterprise grade", "bulletproof"],
    ),
];

const WITHOUT_TIME: &[(&str, &[&str])] = &[
    (
        HOW_OFTEN,
        &[
            "regularly",
            "periodically",
            "periodic",
            "routinely",
            "frequently",
            "from time to time",
            "on a regular basis",
            "on an ongoing basis",
            "at regular intervals",
            "regular review",
            "regular reviews",
            "regular audit",
            "regular audits",
            "regular test",
            "regular tests",
            "regular testing",
            "regular training",
            "regular backup",
            "regular backups",
            "regular updates",
            "regular scans",
            "regular checks",
        ],
    ),
    (
        BY_WHEN,
        &[
            "timely",
            "in a timely manner",
            "in a timely fashion",
            "on a timely basis",
            "promptly",
            "as soon as possible",
            "as soon as practicable",
            "as soon as we can",
            "as soon as practical",
            "without undue delay",
            "at the earliest opportunity",
            "swiftly",
            "speedily",
        ],
    ),
];

const NOT: &[&str] = &[
    "frequently asked",
    "frequently used",
    "as required by",
    "as required in",
    "as required under",
    "as necessary to",
    "as needed to",
    "as needed for",
    "is sufficient",
    "are sufficient",
    "be sufficient",
    "not sufficient",
    "sufficient to",
    "if possible to",
    "reasonable person",
    "reasonable doubt",
    "is appropriate to",
    "be appropriate to",
    "appropriate supervisory authority",
    "function properly",
    "functions properly",
    "work properly",
    "works properly",
    "not properly",
    "properly served",
    "only when needed",
    "only if needed",
    "only where needed",
    "only when necessary",
    "only where necessary",
    "only if necessary",
    "no longer needed",
    "with the state of the art",
];

/// The built-in terms and others, which are the organization's own.
pub fn vague_terms(own: &[String]) -> Lexicon<Vague> {
    let listed = |groups: &'static [(&str, &[&str])], make: fn(String) -> Vague| {
        groups.iter().flat_map(move |(hint, terms)| terms.iter().map(move |term| ((*term).to_owned(), make((*hint).to_owned()))))
    };
    let own = own.iter().map(|term| (term.clone(), Vague::Always("say what is meant: who, when, how much".to_owned())));
    let not = NOT.iter().map(|phrase| ((*phrase).to_owned(), Vague::Not));
    Lexicon::new(listed(ALWAYS, Vague::Always).chain(listed(WITHOUT_TIME, Vague::WithoutTime)).chain(own).chain(not))
}

fn run(reading: &Reading<'_>, around: &Around<'_>, hits: &mut Vec<Hit>) {
    for (sentence, words) in reading.sentences.iter().enumerate() {
        if !matches!(words.sentence.block, BlockKind::Heading(_)) {
            hits.extend(in_sentence(sentence, words, around));
        }
    }
}

fn in_sentence(sentence: usize, words: &Words, around: &Around<'_>) -> Option<Hit> {
    let mut found = around.vague.all(words);
    if found.is_empty() {
        return None;
    }
    let allowed = around.allowed(words);
    let timed = names_interval(words);
    let permits = words.iter().any(|word| word == "may") && !words.iter().any(|word| matches!(word, "must" | "shall" | "will"));
    found.retain(|(range, vague)| match vague {
        Vague::Not => false,
        Vague::WithoutTime(_) if timed || permits => false,
        Vague::Always(hint) if permits && hint == CONDITION => false,
        _ => !allowed.iter().any(|allowed| allowed.start <= range.start && range.end <= allowed.end),
    });
    let first = found.first()?.0.clone();
    let mut terms: Vec<(&str, &str)> = Vec::new();
    for (range, vague) in &found {
        let term = &words.lower[words.bytes(range.clone())];
        if let Vague::Always(hint) | Vague::WithoutTime(hint) = vague
            && !terms.iter().any(|(known, _)| *known == term)
        {
            terms.push((term, hint));
        }
    }
    let quoted: Vec<String> = terms.iter().map(|(term, _)| format!("\"{term}\"")).collect();
    let hint = match terms.as_slice() {
        [(_, hint)] => (*hint).to_owned(),
        several => several.iter().map(|(term, hint)| format!("\"{term}\": {hint}")).collect::<Vec<_>>().join("; "),
    };
    let message = format!("{} can be read in more than one way", quoted.join(" and "));
    Some(Hit { at: Some((sentence, words.bytes(first))), message, hint, slight: false })
}
