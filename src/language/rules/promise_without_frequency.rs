//! `promise-without-frequency`: recurring work is promised, and nobody says how often.

use super::{Hit, Rule};
use crate::{
    diag::{Code, Severity},
    language::{
        around::Around,
        promise::Promise,
        reading::Reading,
        rules::{covered_by_control, one_a_section, promising},
        times::{names_event, names_interval},
    },
    model::Document,
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "promise-without-frequency",
        severity: Severity::Warning,
        title: "recurring work is promised without saying how often",
        explanation: r#"**Facts.** The sentences of policies and procedures in which something must, shall or will be reviewed, tested, trained, scanned,
rotated, audited, inspected or rehearsed; the section around each; the controls that name the document.

**Rule.** Reported when neither the sentence nor its section names an interval or a deadline, the sentence ties the work to nothing that
happens (each change, a new hire, after an incident), and no control that names the document and speaks of the same work has a
`frequency`. A sentence about the document's own review passes when its front matter says `review_every`; one with "regularly" or
its like is `vague-term`'s. Of a long section only what stands near counts. One finding a section.

**Example.**

> Firewall rules must be reviewed by the platform team.

**What mends it.** Say how often, or after what, or name the policy under `policies` of the control that has the frequency:

> The platform team must review the firewall rules every quarter.

**What could fool it.** An interval in another section or in a document that this one points to; an interval in the same section that belongs
to other work, which then hides this one."#,
    },
    run,
};

fn run(reading: &Reading<'_>, around: &Around<'_>, hits: &mut Vec<Hit>) {
    let Some(document) = promising(reading) else { return };
    let found = reading.promises().iter().filter(|promise| is_open(reading, document, around, promise));
    one_a_section(reading, found, hits, |promise, quote| {
        let verb = promise.activity.verb;
        (
            format!("how often to {verb} is not said: \"{quote}\""),
            "write how often, or after what: every quarter, after each release".to_owned(),
        )
    });
}

fn is_open(reading: &Reading<'_>, document: &Document, around: &Around<'_>, promise: &Promise) -> bool {
    let words = &reading.sentences[promise.sentence];
    let own_review = document.review_every.is_some()
        && promise.activity.verb == "review"
        && (0..words.len()).any(|at| {
            matches!(words.word(at), "this" | "the")
                && matches!(words.word(at + 1), "policy" | "procedure" | "document" | "plan" | "policies")
        });
    promise.activity.recurring
        && !own_review
        && !around.says_vaguely_when(words)
        && !names_event(words, promise)
        && !reading.context(promise.sentence).any(names_interval)
        && !covered_by_control(around, document, promise.activity, |control| control.frequency.is_some())
}
