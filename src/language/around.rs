//! What rules need to know besides the text they read.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{
    rules::Vague,
    words::{Lexicon, Words},
};
use crate::{
    assets,
    id::{ControlId, DocumentId},
    model::{Control, Document, Programme, RuleLevel},
};

/// The programme around a text, made once for all texts.
pub struct Around<'a> {
    /// The organization's name.
    pub organization: &'a str,
    /// Vague terms: the built-in ones and the organization's own.
    pub vague: Lexicon<Vague>,
    /// Names, titles and teams of the organization's people.
    pub names: Lexicon<()>,
    /// Ids of requirements that are not plain numbers, which may as well number a section; in lower case.
    pub requirements: BTreeSet<String>,
    /// Whether `vague-term` reads texts too.
    finds_vague: bool,
    allowed: Lexicon<()>,
    controls: BTreeMap<&'a DocumentId, Vec<&'a Control>>,
    recorded: BTreeSet<&'a ControlId>,
    about_records: BTreeSet<&'a DocumentId>,
    starter: Starter,
}

impl<'a> Around<'a> {
    /// Gathers it.
    pub fn new(programme: &'a Programme) -> Self {
        let config = &programme.config.language;
        let mut controls: BTreeMap<&DocumentId, Vec<&Control>> = BTreeMap::new();
        for control in programme.controls.values() {
            for document in &control.policies {
                controls.entry(document).or_default().push(control);
            }
        }
        let ids = programme.frameworks.values().flat_map(|framework| framework.requirements.keys());
        let lettered = ids.map(|id| id.as_str().to_ascii_lowercase()).filter(|id| id.chars().any(char::is_alphabetic));
        Self {
            organization: programme.config.organization.name.trim(),
            vague: super::rules::vague_terms(&config.vague),
            names: names(programme),
            requirements: lettered.collect(),
            finds_vague: config.rules.get("vague-term") != Some(&RuleLevel::Off),
            allowed: Lexicon::new(config.allow.iter().map(|phrase| (phrase, ()))),
            controls,
            recorded: programme.evidence.values().flat_map(|evidence| &evidence.controls).collect(),
            about_records: programme
                .documents
                .values()
                .filter(|document| is_about_records(document))
                .map(|document| &document.id)
                .collect(),
            starter: Starter::new(programme.config.organization.name.trim()),
        }
    }

    /// The stretches of words that the configuration allows.
    pub fn allowed(&self, words: &Words) -> Vec<Range<usize>> {
        self.allowed.all(words).into_iter().map(|(range, ())| range).collect()
    }

    /// Whether `vague-term` asks already how often or by when.
    pub fn says_vaguely_when(&self, words: &Words) -> bool {
        self.finds_vague && self.vague.all(words).iter().any(|(_, vague)| matches!(vague, Vague::WithoutTime(_)))
    }

    /// The controls that name a document under `policies`.
    pub fn controls_of(&self, document: &Document) -> &[&'a Control] {
        self.controls.get(&document.id).map_or(&[], Vec::as_slice)
    }

    /// Whether it is known elsewhere what record a control leaves: a manifest names it, or one of its documents has a
    /// section about records.
    pub fn is_recorded(&self, control: &Control) -> bool {
        self.recorded.contains(&control.id) || control.policies.iter().any(|document| self.about_records.contains(document))
    }

    /// Whether a text is one of the starter's.
    pub fn is_starter(&self, body: &str) -> bool {
        self.starter.texts.contains(&self.starter.plain(body))
    }
}

fn names(programme: &Programme) -> Lexicon<()> {
    let people = programme.people.people.values().flat_map(|person| [person.id.as_str(), person.name.as_str(), person.title.as_str()]);
    let teams = programme.people.teams.values().map(|team| team.name.as_str());
    Lexicon::new(people.chain(teams).map(|name| (name, ())))
}

/// Whether a document has a section about records, by its headings.
fn is_about_records(document: &Document) -> bool {
    let headings = document.body.lines().filter(|line| line.starts_with('#')).map(str::to_ascii_lowercase);
    headings.into_iter().any(|heading| ["record", "evidence", "documentation"].iter().any(|word| heading.contains(word)))
}

/// The starter's documents, to compare others with.
struct Starter {
    texts: BTreeSet<String>,
    controls: BTreeSet<String>,
}

impl Starter {
    fn new(organization: &str) -> Self {
        let names = assets::list("controls/starter").into_iter();
        let controls = names.filter_map(|path| Some(path.rsplit('/').next()?.strip_suffix(".yaml")?.to_owned())).collect();
        let mut starter = Self { texts: BTreeSet::new(), controls };
        for folder in ["content/policies", "content/procedures", "content/system"] {
            let texts = assets::list(folder).into_iter().filter(|path| path.ends_with(".md")).filter_map(|path| assets::read_text(&path));
            for text in texts {
                let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(text.as_str(), |(_, body)| body);
                starter.texts.insert(starter.plain(&body.replace("{{organization}}", organization)));
            }
        }
        starter
    }

    /// A text without its layout, and without the items that list starter controls: `init` leaves out those that it did not
    /// write.
    fn plain(&self, text: &str) -> String {
        let lists_control = |line: &str| {
            let id = line.trim_start().strip_prefix("- ").and_then(|item| item.split([' ', ':']).next());
            id.is_some_and(|id| self.controls.contains(id))
        };
        let kept = text.lines().filter(|line| !lists_control(line)).flat_map(str::split_whitespace);
        kept.collect::<Vec<_>>().join(" ")
    }
}
