//! `starter-text`: a document is the starter's, word for word.

use super::{Hit, Rule, STARTER_TEXT, placeholder_left::placeholders};
use crate::{
    diag::{Code, Severity},
    language::{
        around::Around,
        reading::{Of, Reading},
    },
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: STARTER_TEXT,
        severity: Severity::Warning,
        title: "a document is the starter's text, word for word",
        explanation: r#"**Facts.** The text of each document without its front matter, and the texts that `tickmark init` writes.

**Rule.** A document whose text is one of them, apart from layout and the organization's name, has been adopted and is not yet
the organization's own: it says what some company might do. A note for a draft, a warning once it is approved. As long as
this is reported, the other rules of language say nothing about the document.

**Example.**

> 2.1 Every quarter the owner of each system in [identity provider] reviews who has access.

**What mends it.** Read it with the people who will do the work, strike what you do not do, fill in what is in brackets, and only
then approve it. A policy that promises what nobody does is an exception that you write yourself.

**What could fool it.** One changed letter: that a text differs does not mean that it is true."#,
    },
    run,
};

fn run(reading: &Reading<'_>, around: &Around<'_>, hits: &mut Vec<Hit>) {
    let Of::Document(document) = reading.of else { return };
    if !around.is_starter(&document.body) {
        return;
    }
    let open = match placeholders(reading).len() {
        0 => String::new(),
        1 => ", with one place to fill in".to_owned(),
        count => format!(", with {count} places to fill in"),
    };
    let message = if reading.settled {
        format!(
            "the approved text of `{}` is the starter's, word for word{open}: adopted, not yet {}'s own",
            document.id, around.organization
        )
    } else {
        format!("the text of `{}` is the starter's, word for word{open}: adopted, not yet {}'s own", document.id, around.organization)
    };
    let hint = "strike what is not done, fill in what is in brackets, and have those who do the work read it before it is approved";
    hits.push(Hit { at: None, message, hint: hint.to_owned(), slight: false });
}
