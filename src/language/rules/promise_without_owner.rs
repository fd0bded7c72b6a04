//! `promise-without-owner`: work is promised in the passive, and nobody is named who does it.

use super::{Hit, Rule};
use crate::{
    diag::{Code, Severity},
    language::{
        actors::names_actor,
        around::Around,
        promise::Promise,
        reading::Reading,
        rules::{covered_by_control, one_a_section, promising},
    },
    model::Document,
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "promise-without-owner",
        severity: Severity::Warning,
        title: "work is promised and nobody is named who does it",
        explanation: r#"**Facts.** The sentences of policies and procedures in which something is, must, shall or will be reviewed, tested, checked,
approved and so on; the section around each; sections about responsibilities; the controls that name the document; the names,
titles and teams of `content/people.yaml`.

**Rule.** Reported when such a sentence is in the passive without a "by", its section names nobody by role or name, the document has no
section about roles or responsibilities, and no control with an owner names the document and speaks of the same work. Every
document has an owner; who owns a text does not say who does the work. One finding a section.

**Example.**

> Restore tests must be performed every quarter.

**What mends it.** Let somebody act:

> The platform team must perform a restore test every quarter.

**What could fool it.** A role that it does not know, which is then reported all the same; somebody named in the section who does other
work, which hides this one."#,
    },
    run,
};

fn run(reading: &Reading<'_>, around: &Around<'_>, hits: &mut Vec<Hit>) {
    let Some(document) = promising(reading) else { return };
    let found: Vec<&Promise> = reading.promises().iter().filter(|promise| is_open(reading, document, around, promise)).collect();
    if found.is_empty() || names_responsibilities(reading, around) {
        return;
    }
    one_a_section(reading, found, hits, |promise, quote| {
        let verb = promise.activity.verb;
        (
            format!("who is to {verb} is not said: \"{quote}\""),
            "name the role that does it: the platform team, the head of security".to_owned(),
        )
    });
}

fn is_open(reading: &Reading<'_>, document: &Document, around: &Around<'_>, promise: &Promise) -> bool {
    let words = &reading.sentences[promise.sentence];
    // `by hand` and `by a job` say how; either way somebody thought of it.
    let agent = words.iter().any(|word| matches!(word, "by" | "automatically" | "automated"));
    promise.passive
        && !agent
        && !reading.context(promise.sentence).any(|words| names_actor(words, &around.names))
        && !covered_by_control(around, document, promise.activity, |control| control.owner.is_some())
}

fn names_responsibilities(reading: &Reading<'_>, around: &Around<'_>) -> bool {
    let about_roles = |word: &str| word.starts_with("responsib") || matches!(word, "role" | "roles" | "ownership" | "raci" | "duties");
    reading.sections.iter().any(|section| {
        section.heading.is_some_and(|heading| reading.sentences[heading].iter().any(about_roles))
            && reading.sentences[section.sentences.clone()].iter().any(|words| names_actor(words, &around.names))
    })
}
