//! `copied-criterion-wording`: a text speaks in a standard's voice.

use super::{Hit, Rule};
use crate::{
    diag::{Code, Severity},
    language::{
        around::Around,
        reading::{Of, Reading},
        words::Words,
    },
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "copied-criterion-wording",
        severity: Severity::Warning,
        title: "a text speaks in a standard's voice",
        explanation: r#"**Facts.** The sentences of documents and controls, and the ids of requirements beside them. No standard's text comes with this
program, so nothing is compared: this is a guess by the voice.

**Rule.** Standards speak of "the entity" and of what "the organization shall" do; their testing procedures begin with "Verify that" or
"Examine". A sentence of the first two kinds is reported, one of the last two only under a heading or in a sentence with the id
of a requirement. One finding a section. Such text says what a standard asks of everybody and not what you do; auditors test what
you wrote. And the text of most standards may not be copied into a repository that others read.

**Example.**

> **CC6.1** The entity restricts access to its systems.

**What mends it.** Keep the id under `satisfies`, and write who does what in your company, how and how often:

> Everybody signs in through the identity provider with a hardware key.

**What could fool it.** A company that calls itself "the organization"; a procedure that borrows an auditor's words. Copied text in
another voice is not seen."#,
    },
    run,
};

fn run(reading: &Reading<'_>, around: &Around<'_>, hits: &mut Vec<Hit>) {
    if !matches!(reading.of, Of::Document(_) | Of::Control(_)) {
        return;
    }
    for section in &reading.sections {
        let beside_id = || section.heading.is_some_and(|heading| names_requirement(&reading.sentences[heading], around));
        let voices = section.sentences.clone().filter_map(|at| {
            let words = &reading.sentences[at];
            let voice = voice(words).or_else(|| testing_voice(words).filter(|_| beside_id() || names_requirement(words, around)))?;
            Some((at, voice))
        });
        let voices: Vec<_> = voices.collect();
        let Some((at, voice)) = voices.first().cloned() else { continue };
        let words = &reading.sentences[at];
        let more = match voices.len() - 1 {
            0 => String::new(),
            1 => ", and one more sentence".to_owned(),
            more => format!(", and {more} more sentences"),
        };
        let message = format!("this speaks as a standard speaks, not as somebody who does it: \"{}\"{more}", words.quote());
        let hint = "write who does what here, how and how often; the id belongs under `satisfies`";
        hits.push(Hit { at: Some((at, words.bytes(voice))), message, hint: hint.to_owned(), slight: false });
    }
}

/// The words by which a sentence states a requirement: `the entity restricts`, `The organization shall`.
fn voice(words: &Words) -> Option<std::ops::Range<usize>> {
    let states = |word: &str| matches!(word, "has" | "shall" | "must") || word.len() > 4 && word.ends_with('s');
    let entity = (0..words.len()).find(|at| words.word(*at) == "the" && words.word(at + 1) == "entity" && states(words.word(at + 2)));
    // A label may stand before it: `5.1`, `A.5.18`, `a.`
    let labels =
        (0..words.len().min(6)).take_while(|at| words.word(*at).len() <= 2 || words.word(*at).starts_with(|c: char| c.is_ascii_digit()));
    let first = labels.count();
    let organization =
        words.word(first) == "the" && matches!(words.word(first + 1), "organization" | "organisation") && words.word(first + 2) == "shall";
    entity.map(|at| at..at + 3).or(organization.then_some(first..first + 3))
}

/// The words by which a testing procedure begins.
fn testing_voice(words: &Words) -> Option<std::ops::Range<usize>> {
    let first = (0..words.len().min(8)).find(|at| matches!(words.word(*at), "verify" | "examine" | "interview" | "inspect"))?;
    let begins = (0..first).all(|at| words.word(at).len() <= 2 || words.word(at).contains(|c: char| c.is_ascii_digit()));
    let asks = words.word(first) != "verify" || words.word(first + 1) == "that";
    (begins && asks).then_some(first..first + 1 + usize::from(words.word(first) == "verify"))
}

/// Whether a sentence holds the id of a requirement.
fn names_requirement(words: &Words, around: &Around<'_>) -> bool {
    let sign = |c: char| !c.is_alphanumeric() && c != ')';
    words.lower.split(' ').any(|part| {
        let part = part.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_end_matches(sign);
        !part.is_empty() && around.requirements.contains(part)
    })
}
