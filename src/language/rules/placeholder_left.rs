//! `placeholder-left`: something is still to be filled in.

use std::ops::Range;

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
        name: "placeholder-left",
        severity: Severity::Warning,
        title: "a text has places that are still to be filled in",
        explanation: r#"**Facts.** Documents, controls, what is written for the trust page, and the addresses of people and contacts. Code and
quotations are not read; links, footnotes and check boxes are no placeholders.

**Rule.** `[words in square brackets]`, `{{names}}`, `<your words>`, the marks of unfinished work that editors know, lorem ipsum and
addresses at `your-company.example` are places that somebody meant to come back to. One finding a text, with their number and
the first three. A note in drafts; a warning once a document is approved or a control in place.

**Example.**

> The access of a leaver is closed within [one business day] by [who].

**What mends it.** Write what holds for you, and take the brackets away:

> The platform team closes the access of a leaver within one business day.

**What could fool it.** Brackets that mean something else, such as a change inside a quotation without quotation marks."#,
    },
    run,
};

fn run(reading: &Reading<'_>, _: &Around<'_>, hits: &mut Vec<Hit>) {
    let found = placeholders(reading);
    let Some((sentence, first)) = found.first().cloned() else { return };
    let said = |(sentence, range): &(usize, Range<usize>)| {
        let text = &reading.sentences[*sentence].sentence.text[range.clone()];
        let short: String = text.chars().take(60).collect();
        if short.len() < text.len() { format!("\"{short}…\"") } else { format!("\"{short}\"") }
    };
    let mut named: Vec<String> = Vec::new();
    for place in found.iter().map(said) {
        if !named.contains(&place) {
            named.push(place);
        }
    }
    let more = if named.len() > 3 { ", …" } else { "" };
    named.truncate(3);
    let places = match found.len() {
        1 => "one place is".to_owned(),
        count => format!("{count} places are"),
    };
    let message = format!("{places} still to be filled in: {}{more}", named.join(", "));
    let hint = match reading.of {
        Of::Addresses => "write the real address",
        _ => "write what holds for you, and take the brackets away",
    };
    hits.push(Hit { at: Some((sentence, first)), message, hint: hint.to_owned(), slight: false });
}

/// Every place that is still to be filled in: its sentence and the bytes of it.
pub fn placeholders(reading: &Reading<'_>) -> Vec<(usize, Range<usize>)> {
    let mut found = Vec::new();
    for (sentence, words) in reading.sentences.iter().enumerate() {
        let mut places = unfinished_marks(words);
        places.extend(addresses(&words.lower));
        for (open, close) in [("{{", "}}"), ("<", ">"), ("[", "]")] {
            if words.lower.as_bytes().contains(&open.as_bytes()[0]) {
                places.extend(between(words, open, close));
            }
        }
        places.sort_by_key(|place| place.start);
        places.dedup_by(|later, earlier| later.start < earlier.end);
        found.extend(places.into_iter().map(|place| (sentence, place)));
    }
    found
}

fn unfinished_marks(words: &Words) -> Vec<Range<usize>> {
    // Spelt in parts, so that searching this project for such marks finds none.
    const MARKS: [&str; 5] = [concat!("TO", "DO"), "TBD", "TBA", concat!("FIX", "ME"), concat!("X", "XX")];
    let is_mark = |at: &usize| MARKS.contains(&words.written(*at)) || words.word(*at) == "lorem" && words.word(at + 1) == "ipsum";
    (0..words.len()).filter(is_mark).map(|at| words.bytes(at..at + 1)).collect()
}

fn addresses(lower: &str) -> Vec<Range<usize>> {
    const HOSTS: [&str; 5] = ["your-company.", "yourcompany.", "your-domain.", "yourdomain.", "your-organization."];
    if !lower.contains("your") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut from = 0;
    for part in lower.split(' ') {
        if HOSTS.iter().any(|host| part.contains(host)) {
            let kept = part.trim_matches(|c: char| !c.is_alphanumeric());
            let start = from + part.find(kept).unwrap_or(0);
            found.push(start..start + kept.len());
        }
        from += part.len() + 1;
    }
    found
}

/// What stands between two signs, the signs included, where that is something to be filled in.
fn between(words: &Words, open: &str, close: &str) -> Vec<Range<usize>> {
    let text = words.sentence.text.as_str();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(open).map(|at| from + at) {
        let inside = start + open.len();
        let Some(end) = text[inside..].find(close).map(|at| inside + at) else { break };
        // The innermost pair, so that a sign that was left open does not swallow the rest.
        let start = text[start..end].rfind(open).map_or(start, |at| start + at);
        let place = start..end + close.len();
        from = place.end;
        if is_open(text, &place, open) && words.is_prose(&place) {
            found.push(place);
        }
    }
    found
}

fn is_open(text: &str, place: &Range<usize>, sign: &str) -> bool {
    const LONGEST: usize = 300;
    let said = text[place.start + sign.len()..place.end - sign.len()].trim();
    let (before, after) = (text[..place.start].chars().next_back(), text[place.end..].chars().next());
    let attached = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '[' | ']' | '!' | '.' | ','));
    let letters = said.chars().any(char::is_alphabetic);
    if said.is_empty() || said.len() > LONGEST {
        return false;
    }
    match sign {
        "{{" => true,
        "<" => letters && !attached && said.starts_with(char::is_alphabetic),
        // Notes of editors, and what Markdown would read as links, footnotes and boxes if they led somewhere.
        _ => {
            let edits = ["sic", "reserved", "redacted", "omitted", "x", "emphasis added", "…", "..."];
            let marked = said.starts_with(['^', '#', '@']) || edits.contains(&said.to_lowercase().as_str());
            let number = said.chars().all(|c| c.is_ascii_digit());
            !attached && !marked && !matches!(after, Some('(' | '[' | ']')) && (letters || number)
        }
    }
}
