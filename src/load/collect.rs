//! From the records of many files to one programme: one record an id, the first in path order; every other is a finding.

use std::collections::{BTreeMap, btree_map::Entry};

use super::{
    codes::{DUPLICATE_ID, FRAMEWORK_REPLACED},
    lower::Reference,
    read::{FileRead, Found, Lowered},
};
use crate::{
    diag::{Finding, Subject},
    id::{EvidenceId, FrameworkId},
    model::{Config, FaqEntry, Files, Framework, Origin, People, Programme, UnreadRecord, Update},
    source::Place,
};

/// Every record, before references are resolved.
pub(super) struct Collected {
    /// The programme; its people, files and texts of adopted documents are put in by the caller.
    pub programme: Programme,
    /// What the records name.
    pub references: Vec<Reference>,
    /// What was found wrong.
    pub findings: Vec<Finding>,
}

/// Puts the records of all files together.
pub(super) fn collect(mut reads: Vec<FileRead>, built_in: BTreeMap<FrameworkId, Framework>, fallback: Config) -> Collected {
    reads.sort_by(|a, b| a.found.first().map(|found| &found.place).cmp(&b.found.first().map(|found| &found.place)));
    let mut gather =
        Gather { programme: empty(built_in, fallback), faq: Vec::new(), updates: Vec::new(), own: BTreeMap::new(), findings: Vec::new() };
    let mut references = Vec::new();
    for read in reads {
        gather.findings.extend(read.findings);
        gather.programme.unread.extend(read.unread);
        references.extend(read.references);
        read.found.into_iter().for_each(|found| gather.record(found));
    }
    let Gather { mut programme, faq, mut updates, findings, .. } = gather;
    if let Some(trust) = &mut programme.trust {
        updates.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.id.cmp(&b.id)));
        (trust.faq, trust.updates) = (faq, updates);
    }
    programme.unread.sort_by(|a, b| a.path.cmp(&b.path));
    Collected { programme, references, findings }
}

fn empty(frameworks: BTreeMap<FrameworkId, Framework>, config: Config) -> Programme {
    Programme {
        config,
        configured: false,
        frameworks,
        controls: BTreeMap::new(),
        documents: BTreeMap::new(),
        evidence: BTreeMap::new(),
        people: People::default(),
        waivers: BTreeMap::new(),
        deviations: BTreeMap::new(),
        incidents: BTreeMap::new(),
        risks: BTreeMap::new(),
        vendors: BTreeMap::new(),
        trust: None,
        decisions: BTreeMap::new(),
        crosswalks: BTreeMap::new(),
        unread: Vec::new(),
        files: Files::new(),
    }
}

struct Gather {
    programme: Programme,
    faq: Vec<FaqEntry>,
    updates: Vec<Update>,
    /// The repository's own frameworks, with their places.
    own: BTreeMap<FrameworkId, Place>,
    findings: Vec<Finding>,
}

impl Gather {
    fn record(&mut self, found: Found) {
        let place = found.place;
        let twice = match found.lowered {
            None => None,
            Some(Lowered::Config(config)) => {
                self.programme.config = *config;
                None
            }
            // People are read before everything else, since everything else names them.
            Some(Lowered::People(_)) => None,
            Some(Lowered::Trust(trust)) => {
                self.programme.trust = Some(*trust);
                None
            }
            Some(Lowered::Control(it)) => {
                insert(&mut self.programme.controls, it.id.clone(), *it, |it| &it.origin).map(|first| ("control", first))
            }
            Some(Lowered::Document(it)) => {
                insert(&mut self.programme.documents, it.id.clone(), *it, |it| &it.origin).map(|first| ("document", first))
            }
            Some(Lowered::Evidence(it)) => {
                let unread = UnreadRecord { path: it.origin.path.clone(), controls: it.controls.clone() };
                let first = insert(&mut self.programme.evidence, it.id.clone(), *it, |it| &it.origin);
                // Which of the two is meant is not known, so what this one might answer is not called missed.
                self.programme.unread.extend(first.is_some().then_some(unread));
                first.map(|first| ("manifest", first))
            }
            Some(Lowered::Waiver(it)) => {
                insert(&mut self.programme.waivers, it.id.clone(), it, |it| &it.origin).map(|first| ("waiver", first))
            }
            Some(Lowered::Deviation(it)) => {
                insert(&mut self.programme.deviations, it.id.clone(), *it, |it| &it.origin).map(|first| ("deviation", first))
            }
            Some(Lowered::Incident(it)) => {
                insert(&mut self.programme.incidents, it.id.clone(), it, |it| &it.origin).map(|first| ("incident", first))
            }
            Some(Lowered::Risk(it)) => insert(&mut self.programme.risks, it.id.clone(), it, |it| &it.origin).map(|first| ("risk", first)),
            Some(Lowered::Vendor(it)) => {
                insert(&mut self.programme.vendors, it.id.clone(), *it, |it| &it.origin).map(|first| ("vendor", first))
            }
            Some(Lowered::Faq(it)) => push(&mut self.faq, it, |it| &it.id, |it| &it.origin).map(|first| ("question", first)),
            Some(Lowered::Update(it)) => push(&mut self.updates, it, |it| &it.id, |it| &it.origin).map(|first| ("update", first)),
            Some(Lowered::Decision(it)) => {
                let key = (it.framework.clone(), it.id.clone());
                insert(&mut self.programme.decisions, key, *it, |it| &it.origin).map(|first| ("decision", first))
            }
            Some(Lowered::Crosswalk(it)) => {
                self.programme.crosswalks.insert(it.id.clone(), it);
                None
            }
            Some(Lowered::Framework(it)) => return self.framework(it, place),
        };
        if let Some((word, first)) = twice {
            // A manifest without an id goes by its path.
            let id = found.stated.unwrap_or_else(|| place.path.to_string());
            let subject = if word == "manifest" { Subject::Evidence(EvidenceId::new(id.clone())) } else { Subject::Programme };
            let message = format!("the {word} `{id}` is there already: {} line {}; this one is not used", first.path, first.line);
            self.findings.push(
                Finding::new(&DUPLICATE_ID, subject, message)
                    .hint("give one of them another id; an id names one record for ever")
                    .at(place),
            );
        }
    }
}

impl Gather {
    /// Takes one of the repository's own frameworks; it stands in place of a built-in one with the same key.
    fn framework(&mut self, framework: Framework, place: Place) {
        let id = framework.id.clone();
        if let Some(first) = self.own.get(&id) {
            let message = format!("the framework `{id}` is there already: {}; this one is not used", first.path);
            let finding = Finding::new(&DUPLICATE_ID, Subject::Programme, message).hint("give one of them another key");
            self.findings.push(finding.at(place));
            return;
        }
        if self.programme.frameworks.get(&id).is_some_and(|built_in| *built_in != framework) {
            let message = format!("`{}` stands in place of the built-in framework `{id}`", place.path);
            self.findings.push(Finding::new(&FRAMEWORK_REPLACED, Subject::Programme, message).at(place.clone()));
        }
        self.own.insert(id.clone(), place);
        self.programme.frameworks.insert(id, framework);
    }
}

/// Inserts a record whose id is free; the origin of the one that has it already otherwise.
fn insert<K: Ord, V>(map: &mut BTreeMap<K, V>, id: K, value: V, origin: impl Fn(&V) -> &Origin) -> Option<Origin> {
    match map.entry(id) {
        Entry::Vacant(free) => {
            free.insert(value);
            None
        }
        Entry::Occupied(taken) => Some(origin(taken.get()).clone()),
    }
}

fn push<V>(list: &mut Vec<V>, value: V, id: impl Fn(&V) -> &String, origin: impl Fn(&V) -> &Origin) -> Option<Origin> {
    if let Some(first) = list.iter().find(|known| id(known) == id(&value)) {
        return Some(origin(first).clone());
    }
    list.push(value);
    None
}
