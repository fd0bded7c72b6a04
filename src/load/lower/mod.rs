//! From raw records to meaning: texts become days, periods, cadences and zones, words become enums, defaults are filled.
//!
//! Every raw struct is taken apart by naming its fields, so that a new key cannot be forgotten. What cannot be read is a
//! finding at its value; the value is then absent. References are collected here and resolved when all records are known.

mod config;
mod control;
mod document;
mod evidence;
mod framework;
mod language;
mod people;
mod registers;
mod trust;
mod vendor;

pub(super) use config::config;
pub(super) use control::control;
pub(super) use document::{Text, document};
pub(super) use evidence::evidence;
pub(super) use framework::{crosswalk, decision, framework};
pub(super) use people::people;
pub(super) use registers::{deviation, incident, risk, waiver};
pub(super) use trust::{faq, trust, update};
pub(super) use vendor::vendor;

use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;

use super::{
    codes::{BAD_CADENCE, BAD_DATE, BAD_ID, BAD_INSTANT, BAD_PERIOD, BAD_SPAN, UNKNOWN_PERSON},
    node::{Content, Node},
    raw,
};
use crate::{
    date::{Cadence, Date, DateRange, Instant, Lapse, Period, parse_date, parse_instant},
    diag::{Code, Finding, Subject, did_you_mean},
    id::{FrameworkId, ObjectId, RepoPath, RequirementId},
    model::{Mapping, Origin, OwnerRef, People},
    source::{Place, Source, Span},
};

/// Something named by its id, to be looked up when all records are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    /// What names it.
    pub from: Subject,
    /// The key under which it is named.
    pub key: &'static str,
    /// What is named.
    pub target: Target,
    /// Where.
    pub place: Place,
}

/// What a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A control.
    Control(String),
    /// A document.
    Document(String),
    /// A document that the trust page shows.
    PublicDocument(String),
    /// A person.
    Person(String),
    /// An evidence manifest.
    Evidence(String),
    /// A framework.
    Framework(String),
    /// A selection of a framework.
    Selection(String, String),
    /// A requirement of a framework.
    Requirement(String, String),
    /// A file, as resolved and as written, with the digest and size stated for it.
    Artifact {
        /// From the repository's root.
        path: RepoPath,
        /// As the manifest writes it.
        written: String,
        /// The SHA-256 stated.
        sha256: Option<String>,
        /// The size stated.
        size: Option<u64>,
    },
}

/// A record while it is lowered: its tree, its place, and what was found wrong with it.
pub(super) struct Record<'a> {
    /// The file.
    pub source: &'a Source,
    /// The file's blob.
    pub blob: ObjectId,
    /// The record's tree.
    pub node: &'a Node,
    /// What findings are about.
    pub subject: Subject,
    /// Everybody who can be named.
    pub people: &'a People,
    /// What was found.
    pub findings: Vec<Finding>,
    /// What is named.
    pub references: Vec<Reference>,
    /// Whether a value was lost: the record does not say all that its file says.
    pub broken: bool,
}

/// The path of a value inside a record: keys, and positions in lists.
type At<'a> = &'a [&'a str];

impl Record<'_> {
    /// Where the record begins.
    pub fn origin(&self) -> Origin {
        self.origin_of(&[])
    }

    /// Where a part of the record begins.
    pub fn origin_of(&self, at: At<'_>) -> Origin {
        let node = self.node.find(at).unwrap_or(self.node);
        let line = self.source.place(Span { start: node.span.start, end: node.span.start }).line;
        Origin { path: self.source.path.clone(), line, blob: self.blob }
    }

    /// The place of a value; the record's beginning when it is not there.
    pub fn place(&self, at: At<'_>) -> Place {
        let beginning = Span { start: self.node.span.start, end: self.node.span.start };
        self.source.place(self.node.find(at).map_or(beginning, |node| node.span))
    }

    /// Reports a value that is lost.
    pub fn lost(&mut self, code: &Code, at: At<'_>, message: impl Into<String>, hint: impl Into<String>) {
        self.broken = true;
        self.report(code, at, message, hint);
    }

    /// Reports something about a value that is kept.
    pub fn report(&mut self, code: &Code, at: At<'_>, message: impl Into<String>, hint: impl Into<String>) {
        let place = self.place(at);
        self.findings.push(Finding::new(code, self.subject.clone(), message).hint(hint).at(place));
    }

    /// Remembers a reference to be resolved.
    pub fn refer(&mut self, key: &'static str, at: At<'_>, target: Target) {
        self.references.push(Reference { from: self.subject.clone(), key, target, place: self.place(at) });
    }

    /// The record's id; `None` (with a finding) when it is missing or no name.
    pub fn id(&mut self, id: Option<raw::Name>, at: At<'_>) -> Option<String> {
        let id = normal(&id?.0);
        if id.trim().is_empty() || id.trim() != id || id.chars().any(char::is_control) || id.chars().count() > 200 {
            self.lost(&BAD_ID, at, format!("`{}` is no name for a record", id.escape_debug()), "use letters, digits, `-`, `_` and `.`");
            return None;
        }
        Some(id)
    }

    /// A day.
    pub fn date(&mut self, text: Option<raw::DateText>, at: At<'_>) -> Option<Date> {
        let text = text?.0;
        let date = parse_date(&text);
        if date.is_none() {
            let hint = if well_formed_date(&text) { "write a day that the calendar has" } else { "a day is written 2026-03-31" };
            self.lost(&BAD_DATE, at, format!("{} is `{text}`, which is no day", key(at)), hint);
        }
        date
    }

    /// An instant.
    pub fn instant(&mut self, text: Option<raw::InstantText>, at: At<'_>) -> Option<Instant> {
        let text = text?.0;
        let instant = parse_instant(&text);
        if instant.is_none() {
            let hint = "an instant is written 2026-03-31T09:12:00+02:00, with its offset";
            self.lost(&BAD_INSTANT, at, format!("{} is `{text}`, which is no instant", key(at)), hint);
        }
        instant
    }

    /// A length of time.
    pub fn span(&mut self, text: Option<raw::SpanText>, at: At<'_>) -> Option<Lapse> {
        self.parse(text.map(|text| text.0), at, &BAD_SPAN, "length of time", "write P10D, P2W, P1M or 5bd (business days)")
    }

    /// How often something is expected.
    pub fn cadence(&mut self, text: Option<raw::CadenceText>, at: At<'_>) -> Option<Cadence> {
        let text = text?.0;
        let near = did_you_mean(&text, Cadence::WORDS).map(|near| format!("did you mean `{near}`?"));
        let hint = near.unwrap_or_else(|| format!("write one of {}, or a length such as P90D", Cadence::WORDS.join(", ")));
        self.parse(Some(text), at, &BAD_CADENCE, "cadence", &hint)
    }

    fn parse<T: FromStr>(&mut self, text: Option<String>, at: At<'_>, code: &Code, what: &str, hint: &str) -> Option<T> {
        let text = text?;
        match text.parse() {
            Ok(parsed) => Some(parsed),
            Err(_) => {
                self.lost(code, at, format!("{} is `{text}`, which is no {what}", key(at)), hint);
                None
            }
        }
    }

    /// A period.
    pub fn period(&mut self, period: Option<raw::PeriodText>, at: At<'_>) -> Option<Period> {
        match period? {
            raw::PeriodText::Named(raw::Name(text)) => self.parse(
                Some(text),
                at,
                &BAD_PERIOD,
                "period",
                "write 2026, 2026-H1, 2026-Q1, 2026-03, 2026-W09, 2026-03-15 or {from, to}",
            ),
            raw::PeriodText::Range(range) => self.range(Some(range), at).map(Period::Range),
        }
    }

    /// A stretch of days.
    pub fn range(&mut self, range: Option<raw::RangeText>, at: At<'_>) -> Option<DateRange> {
        let raw::RangeText { from, to } = range?;
        let from = self.date(from, &[at, &["from"]].concat());
        let to = self.date(to, &[at, &["to"]].concat());
        let (from, to) = (from?, to?);
        let range = DateRange::new(from, to);
        if range.is_none() {
            self.lost(&BAD_PERIOD, at, format!("{} ends on {to}, before it starts on {from}", key(at)), "exchange the two days");
        }
        range
    }

    /// Who answers for something; a name that is nobody's is a finding and is not kept.
    pub fn owner(&mut self, name: Option<raw::Name>, at: At<'_>) -> Option<OwnerRef> {
        let name = normal(&name?.0);
        let owner = self.people.owner(&name);
        let people = self.people;
        if people.people.is_empty() && people.teams.is_empty() {
            // Where nobody is listed, one finding says so for all.
            self.refer("owner", at, Target::Person(name));
        } else if owner.is_none() {
            let known = people.people.keys().map(|id| id.as_str()).chain(people.teams.keys().map(|id| id.as_str()));
            let hint = suggestion(did_you_mean(&name, known), "people and teams stand in content/people.yaml");
            self.report(&UNKNOWN_PERSON, at, format!("{} is `{name}`, who is neither a person nor a team", key(at)), hint);
        }
        owner
    }

    /// Owners in a list.
    pub fn owners(&mut self, names: Option<Vec<raw::Name>>, list: &'static str) -> Vec<OwnerRef> {
        let positions = positions(self.node, &[list]);
        names.into_iter().flatten().zip(positions).filter_map(|(name, at)| self.owner(Some(name), &[list, &at])).collect()
    }

    /// A person, kept as written; a name that is nobody's is a finding.
    pub fn person(&mut self, name: Option<raw::Name>, key: &'static str, at: At<'_>) -> Option<String> {
        let name = normal(&name?.0);
        self.refer(key, at, Target::Person(name.clone()));
        Some(name)
    }

    /// Ids in a list, each a reference.
    pub fn names(&mut self, names: Option<Vec<raw::Name>>, list: &'static str, target: fn(String) -> Target) -> Vec<String> {
        let positions = positions(self.node, &[list]);
        let names: Vec<String> = names.into_iter().flatten().map(|name| normal(&name.0)).collect();
        for (name, at) in names.iter().zip(positions) {
            self.refer(list, &[list, &at], target(name.clone()));
        }
        names
    }

    /// Which requirements are served; each id is a reference.
    pub fn mapping(&mut self, mapping: Option<raw::MappingText>) -> Mapping {
        self.mapping_in(&[], mapping)
    }

    /// Which requirements a part of the record serves; each id is a reference.
    pub fn mapping_in(&mut self, part: At<'_>, mapping: Option<raw::MappingText>) -> Mapping {
        const KEY: &str = "satisfies";
        let mut lowered = Mapping::new();
        for (framework, ids) in mapping.into_iter().flatten() {
            if ids.is_empty() {
                self.refer(KEY, &[part, &[KEY, &framework]].concat(), Target::Framework(framework.clone()));
            }
            let positions = positions(self.node, &[part, &[KEY, &framework]].concat());
            let ids: Vec<String> = ids.into_iter().map(|raw::Name(id)| normal(&id)).collect();
            for (id, at) in ids.iter().zip(positions) {
                self.refer(KEY, &[part, &[KEY, &framework, &at]].concat(), Target::Requirement(framework.clone(), id.clone()));
            }
            lowered.insert(FrameworkId::new(framework), ids.into_iter().map(RequirementId::new).collect());
        }
        lowered
    }
}

/// A text as a name: composed Unicode, so that two spellings of one name are one.
pub(super) fn normal(text: &str) -> String {
    text.nfc().collect()
}

/// A hint with a suggestion, or else another hint.
pub(super) fn suggestion(near: Option<&str>, otherwise: &str) -> String {
    near.map_or_else(|| otherwise.to_owned(), |near| format!("did you mean `{near}`?"))
}

/// The key a path ends in, for a sentence; for an item of a list, the list's key.
fn key(at: At<'_>) -> String {
    let named = at.iter().rposition(|step| step.parse::<usize>().is_err());
    named.map_or_else(|| "the value".to_owned(), |at_key| format!("`{}`", at[..=at_key].join(".")))
}

/// The positions of a list's scalars that were kept: all but empty ones.
fn positions(node: &Node, list: At<'_>) -> Vec<String> {
    match node.find(list).map(|node| &node.content) {
        Some(Content::List(items)) => {
            items.iter().enumerate().filter(|(_, item)| item.text().is_some()).map(|(at, _)| at.to_string()).collect()
        }
        _ => Vec::new(),
    }
}

fn well_formed_date(text: &str) -> bool {
    text.len() == 10 && text.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() })
}
