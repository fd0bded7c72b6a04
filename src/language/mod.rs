//! Language: what the programme's texts leave open, promise in passing or took from elsewhere.
//!
//! Documents, controls and what is written for the public page are read as sentences (`reading`, `words`); rules (`rules/`,
//! one file each) report what a reader would stumble over. All of it is heuristic and about English: a rule that is not sure
//! keeps silent, every finding names what to write instead, and `tickmark.yaml` can switch rules off and allow words.
//!
//! Pure: texts in, findings out. It judges no operation and sees no history. [`claim_words`] is shared with the public page,
//! which reports such words itself.

mod actors;
mod around;
mod claims;
mod promise;
mod reading;
pub mod rules;
mod times;
mod words;

pub use claims::{Phrase, claim_words};
pub use rules::STARTER_TEXT;

use rayon::prelude::*;

use crate::{
    diag::{Code, Finding, Severity, Subject},
    id::{ControlId, RepoPath},
    model::{Control, ControlStatus, Document, DocumentStatus, Programme, RuleLevel, TrustPage},
    source::Place,
};
use around::Around;
use reading::Reading;
use rules::{Hit, RULES, Rule};

/// No rule reports more about one text than this; what is left is counted in a finding of its own.
const MOST_OF_A_TEXT: usize = 20;

/// What the rules of language find in a programme's current texts.
pub fn check(programme: &Programme) -> Vec<Finding> {
    let around = Around::new(programme);
    let readings = texts(programme);
    let found: Vec<Vec<Finding>> = readings.into_par_iter().map(|text| read(text, programme, &around)).collect();
    found.into_iter().flatten().collect()
}

/// The codes of all rules, by name.
pub fn codes() -> Vec<&'static Code> {
    RULES.iter().map(|rule| &rule.code).collect()
}

/// A text that is still to be read; reading is done on many threads.
enum Text<'a> {
    Document(&'a Document),
    Control(&'a Control),
    Public { subject: Subject, settled: bool, text: &'a str, place: Place },
    Addresses { settled: bool, listed: Vec<(&'a str, Place)> },
}

fn texts(programme: &Programme) -> Vec<Text<'_>> {
    let mut texts: Vec<Text<'_>> = Vec::new();
    texts.extend(programme.documents.values().filter(|document| document.status != DocumentStatus::Retired).map(Text::Document));
    let controls = || programme.controls.values().filter(|control| control.status != ControlStatus::Retired);
    texts.extend(controls().map(Text::Control));
    texts.extend(controls().filter_map(|control| {
        let (subject, settled) = (Subject::Control(control.id.clone()), control.status == ControlStatus::InPlace);
        control.public.as_deref().map(|text| Text::Public { subject, settled, text, place: control.origin.place() })
    }));
    let any_in_place = controls().any(|control| control.status == ControlStatus::InPlace);
    let people = programme.people.people.values();
    let listed = people.flat_map(|person| person.emails.iter().map(|email| (email.as_str(), person.origin.place()))).collect();
    texts.push(Text::Addresses { settled: any_in_place, listed });
    texts.extend(programme.trust.iter().flat_map(|page| public_texts(programme, page, any_in_place)));
    texts
}

fn public_texts<'a>(programme: &'a Programme, page: &'a TrustPage, any_in_place: bool) -> Vec<Text<'a>> {
    let in_place = |id: &ControlId| programme.controls.get(id).is_some_and(|control| control.status == ControlStatus::InPlace);
    let mut texts: Vec<Text<'a>> = Vec::new();
    for practice in &page.practices {
        let (subject, settled) = (Subject::Programme, practice.controls.iter().all(in_place));
        texts.push(Text::Public { subject, settled, text: &practice.text, place: practice.origin.place() });
    }
    for entry in &page.faq {
        let (subject, settled) = (Subject::Register("question", entry.id.clone()), entry.controls.iter().all(in_place));
        texts.push(Text::Public { subject, settled, text: &entry.answer, place: entry.origin.place() });
    }
    let file = || Place::file(&RepoPath::new("content/trust/trust.yaml"));
    let contact = page.security.iter().map(|security| security.contact.as_str());
    let listed = page.email.as_deref().into_iter().chain(contact).map(|address| (address, file())).collect();
    texts.push(Text::Addresses { settled: any_in_place, listed });
    texts
}

fn read(text: Text<'_>, programme: &Programme, around: &Around<'_>) -> Vec<Finding> {
    let reading = match text {
        Text::Document(document) => Reading::document(document),
        Text::Control(control) => Reading::control(control),
        Text::Public { subject, settled, text, place } => Reading::public(subject, settled, text, place),
        Text::Addresses { settled, listed } => Reading::addresses(settled, listed),
    };
    let level = |rule: &Rule| programme.config.language.rules.get(rule.code.name).copied();
    let run = |rule: &Rule, findings: &mut Vec<Finding>| {
        let mut hits = Vec::new();
        (rule.run)(&reading, around, &mut hits);
        report(rule, &reading, level(rule), hits, findings);
    };
    let mut findings = Vec::new();
    for rule in RULES.iter().filter(|rule| level(rule) != Some(RuleLevel::Off)) {
        run(rule, &mut findings);
        // A text that is still the starter's has one thing wrong with it, which says all.
        if rule.code.name == STARTER_TEXT && !findings.is_empty() {
            break;
        }
    }
    findings
}

fn report(rule: &Rule, reading: &Reading<'_>, level: Option<RuleLevel>, hits: Vec<Hit>, findings: &mut Vec<Finding>) {
    let left = hits.len().saturating_sub(MOST_OF_A_TEXT);
    let severity = |slight: bool| match level {
        Some(RuleLevel::Warning) => Severity::Warning,
        None if reading.settled && !slight => Severity::Warning,
        _ => Severity::Note,
    };
    for Hit { at, message, hint, slight } in hits.into_iter().take(MOST_OF_A_TEXT) {
        let finding = Finding::new(&rule.code, reading.subject.clone(), message).hint(hint).at(reading.place(at));
        findings.push(Finding { severity: severity(slight), ..finding });
    }
    if left > 0 {
        let message = format!("this text has {left} more findings of `{}`, which are not listed", rule.code.name);
        let finding = Finding::new(&rule.code, reading.subject.clone(), message).hint("mend the first ones").at(reading.place(None));
        findings.push(Finding { severity: severity(false), ..finding });
    }
}
