//! The rules of language: one file each, with the explanation beside the code, registered here.
//!
//! A rule reads one text and reports what it stumbles over; it knows nothing of levels and limits. A test holds that every
//! file in this folder is registered, and that the schema of `tickmark.yaml` knows the same names.

mod claim_word;
mod copied_criterion_wording;
mod placeholder_left;
mod promise_without_evidence;
mod promise_without_frequency;
mod promise_without_owner;
mod starter_text;
mod vague_term;

pub use vague_term::{Vague, vague_terms};

use std::{collections::BTreeMap, ops::Range};

use super::{
    around::Around,
    promise::{Activity, Promise},
    reading::{Of, Reading},
};
use crate::{
    diag::Code,
    model::{Control, Document, DocumentKind},
};

/// One rule.
pub struct Rule {
    /// Its code, with the explanation.
    pub code: Code,
    /// Reads a text and reports what it finds.
    pub(super) run: fn(&Reading<'_>, &Around<'_>, &mut Vec<Hit>),
}

/// One thing found in a text.
pub(super) struct Hit {
    /// The sentence and the bytes of it; `None`: the text as a whole.
    pub at: Option<(usize, Range<usize>)>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub hint: String,
    /// Whether it is a note even in a text that binds.
    pub slight: bool,
}

/// The rule that comes first, and after whose finding no other rule reads the text.
pub const STARTER_TEXT: &str = "starter-text";

/// All rules, in the order in which they read a text.
pub static RULES: [&Rule; 8] = [
    &starter_text::RULE,
    &claim_word::RULE,
    &copied_criterion_wording::RULE,
    &placeholder_left::RULE,
    &promise_without_evidence::RULE,
    &promise_without_frequency::RULE,
    &promise_without_owner::RULE,
    &vague_term::RULE,
];

/// The document of a text in which promises are looked for: a policy or a procedure.
fn promising<'a>(reading: &Reading<'a>) -> Option<&'a Document> {
    match reading.of {
        Of::Document(document) if document.kind != DocumentKind::System => Some(document),
        _ => None,
    }
}

/// Whether a control that names the document speaks of the same work and has what the sentence lacks.
fn covered_by_control(around: &Around<'_>, document: &Document, activity: &Activity, has: fn(&Control) -> bool) -> bool {
    around.controls_of(document).iter().any(|control| {
        let speaks = |text: &str| text.to_ascii_lowercase().contains(activity.stem);
        has(control) && (speaks(&control.title) || speaks(&control.description))
    })
}

/// One hit for each section: its first promise, and how many more there are.
fn one_a_section<'p>(
    reading: &Reading<'_>,
    promises: impl IntoIterator<Item = &'p Promise>,
    hits: &mut Vec<Hit>,
    say: fn(&Promise, &str) -> (String, String),
) {
    let mut sections: BTreeMap<usize, Vec<&Promise>> = BTreeMap::new();
    for promise in promises {
        sections.entry(reading.section_of(promise.sentence)).or_default().push(promise);
    }
    for promises in sections.values() {
        let Some(first) = promises.first() else { continue };
        let words = &reading.sentences[first.sentence];
        let (said, hint) = say(first, &words.quote());
        let more = match promises.len() - 1 {
            0 => String::new(),
            1 => ", and one more in this section".to_owned(),
            more => format!(", and {more} more in this section"),
        };
        let at = Some((first.sentence, words.bytes(first.words.clone())));
        hits.push(Hit { at, message: said + &more, hint, slight: false });
    }
}

#[cfg(test)]
mod tests;
