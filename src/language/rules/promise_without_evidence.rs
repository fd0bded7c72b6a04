//! `promise-without-evidence`: recurring work is promised, and nothing says what record it leaves.

use super::{Hit, Rule, promising};
use crate::{
    diag::{Code, Severity},
    language::{
        around::Around,
        reading::{Of, Reading},
        words::Words,
    },
    model::{Control, Document},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "promise-without-evidence",
        severity: Severity::Warning,
        title: "recurring work is promised without saying what record it leaves",
        explanation: r#"**Facts.** Policies and procedures that promise recurring work, the controls that name them under `policies`, and what they say about
records; key controls, their descriptions and the evidence that names them.

**Rule.** A document is reported once when it promises recurring work, no control names it and nothing in it speaks of a record, a log, a
ticket, a report or evidence. A key control is reported when its description speaks of none either, no document under its `policies`
has a section about records, and no evidence manifest names it yet. Work that leaves no record cannot be shown to anybody.

**Example.**

> Laptops are inspected every quarter.

**What mends it.** Say what is kept, or name the document under `policies` of the control that wants the evidence:

> The IT coordinator inspects all laptops every quarter. The list with date, count and findings is kept in the programme repository.

**What could fool it.** Records that are described elsewhere; a description in another language than English."#,
    },
    run,
};

fn run(reading: &Reading<'_>, around: &Around<'_>, hits: &mut Vec<Hit>) {
    if let Some(document) = promising(reading) {
        hits.extend(of_document(reading, document, around));
    } else if let Of::Control(control) = reading.of {
        hits.extend(of_control(reading, control, around));
    }
}

fn of_document(reading: &Reading<'_>, document: &Document, around: &Around<'_>) -> Option<Hit> {
    if !around.controls_of(document).is_empty() {
        return None;
    }
    let recurring: Vec<_> = reading.promises().iter().filter(|promise| promise.activity.recurring).collect();
    let first = recurring.first()?;
    if reading.sentences.iter().any(speaks_of_records) {
        return None;
    }
    let words = &reading.sentences[first.sentence];
    let more = match recurring.len() - 1 {
        0 => String::new(),
        1 => ", and one more promise".to_owned(),
        more => format!(", and {more} more promises"),
    };
    let message = format!("nothing says what record this leaves, and no control names the document: \"{}\"{more}", words.quote());
    let hint =
        "write which list, ticket or log is kept and where, or name the document under `policies` of the control that wants the evidence";
    Some(Hit { at: Some((first.sentence, words.bytes(first.words.clone()))), message, hint: hint.to_owned(), slight: false })
}

fn of_control(reading: &Reading<'_>, control: &Control, around: &Around<'_>) -> Option<Hit> {
    let applies = control.key && control.not_applicable.is_none();
    let said = around.is_recorded(control) || reading.sentences.iter().any(speaks_of_records);
    if !applies || said || !is_english(reading) {
        return None;
    }
    let message = format!("{} is a key control, and its description does not say what evidence it leaves", control.id);
    let hint = "add a sentence: the list as exported with query and count, the ticket, the log of the job";
    Some(Hit { at: None, message, hint: hint.to_owned(), slight: false })
}

/// Words that speak of something that is kept, by what they begin with.
const KEPT: [&str; 14] = [
    "record",
    "evidence",
    "logged",
    "ticket",
    "export",
    "minutes",
    "report",
    "screenshot",
    "retain",
    "document",
    "regist",
    "extract",
    "archiv",
    "snapshot",
];

/// The same, whole words.
const KEPT_WHOLE: [&str; 15] = [
    "log",
    "logs",
    "list",
    "lists",
    "listed",
    "notes",
    "noted",
    "kept",
    "form",
    "checklist",
    "written",
    "result",
    "results",
    "output",
    "signed",
];

fn speaks_of_records(words: &Words) -> bool {
    words.iter().any(|word| KEPT_WHOLE.contains(&word) || KEPT.iter().any(|stem| word.starts_with(stem)))
}

/// Whether the text can be judged: a title alone, or a text with the small words of English.
fn is_english(reading: &Reading<'_>) -> bool {
    let small =
        |word: &str| matches!(word, "the" | "a" | "an" | "and" | "of" | "is" | "are" | "to" | "in" | "for" | "each" | "every" | "from");
    reading.sentences.iter().flat_map(Words::iter).filter(|word| small(word)).count() >= 2
}
