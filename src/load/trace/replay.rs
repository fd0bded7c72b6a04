//! Replays the landings in order: what each record's file held after each mainline commit.

use std::collections::{BTreeMap, BTreeSet};

use super::versions::{Versions, file, key, record_role};
use crate::{
    id::{ControlId, DocumentId, EvidenceId, ObjectId, RepoPath, WaiverId},
    load::{
        kind::Kind,
        read::{Found, Lowered},
    },
    model::{CommitIx, Control, Document, Evidence, History, Landing, Timeline, Timelines, Version, Waiver},
};

/// A record on its way through history.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct RecordKey {
    kind: &'static str,
    id: String,
}

/// A record as a file holds it.
#[derive(Clone)]
struct Held {
    key: RecordKey,
    digest: ObjectId,
}

/// Gives the timelines of everything that landed.
pub(super) fn replay(history: &History, versions: Versions) -> Timelines {
    let mut replay = Replay { history, versions, timelines: Timelines::default(), held: BTreeMap::new() };
    for group in history.landings.chunk_by(|a, b| a.commit == b.commit) {
        replay.commit(group);
    }
    replay.timelines
}

struct Replay<'a> {
    history: &'a History,
    versions: Versions,
    timelines: Timelines,
    /// What the mainline holds at this point: the records of each file.
    held: BTreeMap<RepoPath, Vec<Held>>,
}

impl Replay<'_> {
    /// Takes all that one mainline commit changed: first what went away, then what came, so that a move is no removal.
    fn commit(&mut self, landings: &[Landing]) {
        let mut gone: Vec<(Held, CommitIx)> = Vec::new();
        let mut before: BTreeMap<&RepoPath, Vec<Held>> = BTreeMap::new();
        for landing in landings {
            if record_role(&landing.path).is_some() {
                let held = self.held.remove(&landing.path).unwrap_or_default();
                gone.extend(held.iter().map(|held| (held.clone(), landing.commit)));
                before.insert(&landing.path, held);
            } else {
                self.timelines.files.entry(landing.path.clone()).or_default().push((landing.commit, file(landing.after)));
            }
        }
        let mut arrived: BTreeSet<RecordKey> = BTreeSet::new();
        for landing in landings.iter().filter(|landing| record_role(&landing.path).is_some()) {
            if let Some(blob) = file(landing.after) {
                let held = self.file(landing, blob, before.get(&landing.path).map(Vec::as_slice).unwrap_or_default());
                arrived.extend(held.iter().map(|held| held.key.clone()));
                self.held.insert(landing.path.clone(), held);
            }
        }
        for (held, commit) in gone {
            if !arrived.contains(&held.key) && !self.held.values().flatten().any(|other| other.key == held.key) {
                self.remove(&held.key, commit);
            }
        }
    }

    /// Takes a file's new content; gives what it holds now.
    fn file(&mut self, landing: &Landing, blob: ObjectId, before: &[Held]) -> Vec<Held> {
        let Some((kind, _)) = record_role(&landing.path) else { return Vec::new() };
        let found = self.versions.records.get(&(landing.path.clone(), blob)).cloned().unwrap_or_default();
        if kind == Kind::People {
            self.people(landing, blob, found);
            return Vec::new();
        }
        if found.is_empty() {
            return self.unreadable(landing, blob, kind, before);
        }
        let several = found.len() > 1;
        let numbered = found.into_iter().enumerate().map(|(at, found)| (several.then_some(at + 1), found));
        numbered.filter_map(|(number, found)| self.record(landing, blob, kind, found, number, before)).collect()
    }

    fn record(
        &mut self,
        landing: &Landing,
        blob: ObjectId,
        kind: Kind,
        found: Found,
        number: Option<usize>,
        before: &[Held],
    ) -> Option<Held> {
        let by_path = found.stated.is_none() && kind == Kind::Evidence;
        let mut id = key(&found, &landing.path, number)?;
        // A file whose record lost its id still holds the record it held.
        if found.lowered.is_none()
            && found.stated.is_none()
            && let [only] = before
        {
            id = only.key.id.clone();
        }
        let key = RecordKey { kind: kind.name(), id };
        if by_path && let Some(old) = &landing.renamed_from {
            self.rename(&RecordKey { kind: kind.name(), id: old.to_string() }, &key);
        }
        let unchanged = before.iter().any(|held| held.key == key && held.digest == found.digest);
        let held = Held { key, digest: found.digest };
        if !unchanged {
            self.push(&held.key, landing, blob, found.lowered);
        }
        Some(held)
    }

    /// A file of which nothing can be read: the records it held are there in a form that cannot be read.
    fn unreadable(&mut self, landing: &Landing, blob: ObjectId, kind: Kind, before: &[Held]) -> Vec<Held> {
        let held: Vec<Held> = if before.is_empty() {
            vec![Held { key: RecordKey { kind: kind.name(), id: landing.path.to_string() }, digest: blob }]
        } else {
            before.iter().map(|held| Held { key: held.key.clone(), digest: blob }).collect()
        };
        // Without an id, a control or a document that was never read has no page and no timeline to stand in.
        if !before.is_empty() || kind == Kind::Evidence {
            held.iter().for_each(|held| self.push(&held.key, landing, blob, None));
        }
        held
    }

    fn people(&mut self, landing: &Landing, blob: ObjectId, found: Vec<Found>) {
        let record = found.into_iter().find_map(|found| match found.lowered {
            Some(Lowered::People(people)) => Some(people),
            _ => None,
        });
        let version = self.version(landing, blob, record);
        self.timelines.people.push(version);
    }

    fn push(&mut self, key: &RecordKey, landing: &Landing, blob: ObjectId, lowered: Option<Lowered>) {
        let id = key.id.as_str();
        match (key.kind, lowered) {
            ("control", lowered) => {
                let record = lowered.and_then(|lowered| if let Lowered::Control(it) = lowered { Some(*it) } else { None });
                let version = self.version::<Control>(landing, blob, record);
                extend(&mut self.timelines.controls, ControlId::from(id), version);
            }
            ("document", lowered) => {
                let record = lowered.and_then(|lowered| if let Lowered::Document(it) = lowered { Some(*it) } else { None });
                // A list's entry is no text: adopted documents are followed by their text's own file.
                if record.as_ref().is_none_or(|document| !document.adopted) {
                    let version = self.version::<Document>(landing, blob, record);
                    extend(&mut self.timelines.documents, DocumentId::from(id), version);
                }
            }
            ("evidence", lowered) => {
                let record = lowered.and_then(|lowered| if let Lowered::Evidence(it) = lowered { Some(*it) } else { None });
                let version = self.version::<Evidence>(landing, blob, record);
                extend(&mut self.timelines.evidence, EvidenceId::from(id), version);
            }
            (_, lowered) => {
                let record = lowered.and_then(|lowered| if let Lowered::Waiver(it) = lowered { Some(it) } else { None });
                let version = self.version::<Waiver>(landing, blob, record);
                extend(&mut self.timelines.waivers, WaiverId::from(id), version);
            }
        }
    }

    fn version<T>(&self, landing: &Landing, blob: ObjectId, record: Option<T>) -> Version<T> {
        Version {
            landed: self.history.landed(landing.commit),
            landed_in: Some(landing.commit),
            made_by: Some(landing.made_by),
            path: landing.path.clone(),
            blob,
            record,
        }
    }

    fn rename(&mut self, old: &RecordKey, new: &RecordKey) {
        if old != new
            && let Some(timeline) = self.timelines.evidence.remove(&EvidenceId::from(old.id.as_str()))
        {
            self.timelines.evidence.insert(EvidenceId::from(new.id.as_str()), timeline);
        }
    }

    fn remove(&mut self, key: &RecordKey, commit: CommitIx) {
        let removed = Some((self.history.landed(commit), commit));
        let id = key.id.as_str();
        match key.kind {
            "control" => set_removed(self.timelines.controls.get_mut(&ControlId::from(id)), removed),
            "document" => set_removed(self.timelines.documents.get_mut(&DocumentId::from(id)), removed),
            "evidence" => set_removed(self.timelines.evidence.get_mut(&EvidenceId::from(id)), removed),
            _ => set_removed(self.timelines.waivers.get_mut(&WaiverId::from(id)), removed),
        }
    }
}

fn set_removed<T>(timeline: Option<&mut Timeline<T>>, removed: Option<(crate::date::Instant, CommitIx)>) {
    if let Some(timeline) = timeline {
        timeline.removed = removed;
    }
}

/// Adds a version; a record that comes back keeps its timeline.
pub(super) fn extend<K: Ord, T>(timelines: &mut BTreeMap<K, Timeline<T>>, key: K, version: Version<T>) {
    let timeline = timelines.entry(key).or_insert_with(|| Timeline { versions: Vec::new(), removed: None });
    timeline.removed = None;
    timeline.versions.push(version);
}
