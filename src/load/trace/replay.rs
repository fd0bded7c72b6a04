//! Replays the landings in order: what each record's file held after each mainline commit.
//!
//! A record is held by every file that states its id; the first of them in path order is the one that counts, as it is
//! when the tip is loaded. A version is made whenever that file, or the record's own text in it, changes.

use std::collections::{BTreeMap, BTreeSet};

use super::versions::{Versions, file, key};
use crate::{
    id::{ControlId, DocumentId, EvidenceId, ObjectId, RepoPath, WaiverId},
    load::{
        kind::Kind,
        read::{Found, Lowered},
    },
    model::{CommitIx, History, Landing, Timeline, Timelines, Version},
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
    /// Of the record's own text.
    digest: ObjectId,
    /// The file's blob.
    blob: ObjectId,
    /// Its position among the records of the file; `None` when nothing of the file can be read.
    at: Option<usize>,
}

/// Gives the timelines of everything that landed.
pub(super) fn replay(history: &History, versions: Versions) -> Timelines {
    let mut replay = Replay {
        history,
        versions,
        timelines: Timelines::default(),
        held: BTreeMap::new(),
        holders: BTreeMap::new(),
        current: BTreeMap::new(),
    };
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
    /// The files that hold each record.
    holders: BTreeMap<RecordKey, BTreeSet<RepoPath>>,
    /// The file and text of each record's last version, while the mainline holds the record.
    current: BTreeMap<RecordKey, (RepoPath, ObjectId)>,
}

impl Replay<'_> {
    /// Takes all that one mainline commit changed: first what went away, then what came, so that a move is no removal.
    fn commit(&mut self, landings: &[Landing]) {
        let mut touched: BTreeMap<RecordKey, &Landing> = BTreeMap::new();
        let mut before: BTreeMap<&RepoPath, Vec<Held>> = BTreeMap::new();
        for landing in landings {
            if self.versions.role(&landing.path).is_some() {
                let held = self.release(&landing.path);
                touched.extend(held.iter().map(|held| (held.key.clone(), landing)));
                before.insert(&landing.path, held);
            } else {
                self.timelines.files.entry(landing.path.clone()).or_default().push((landing.commit, file(landing.after)));
            }
        }
        for landing in landings {
            if let (Some(blob), Some((kind, _))) = (file(landing.after), self.versions.role(&landing.path)) {
                let held = self.file(landing, blob, kind, before.get(&landing.path).map(Vec::as_slice).unwrap_or_default());
                touched.extend(held.iter().map(|held| (held.key.clone(), landing)));
                self.hold(&landing.path, held);
            }
        }
        for (key, landing) in touched {
            self.settle(key, landing, landings);
        }
    }

    fn hold(&mut self, path: &RepoPath, held: Vec<Held>) {
        for held in &held {
            self.holders.entry(held.key.clone()).or_default().insert(path.clone());
        }
        self.held.insert(path.clone(), held);
    }

    fn release(&mut self, path: &RepoPath) -> Vec<Held> {
        let held = self.held.remove(path).unwrap_or_default();
        for held in &held {
            if let Some(holders) = self.holders.get_mut(&held.key) {
                holders.remove(path);
            }
        }
        held
    }

    /// Reads a file's new content; gives what it holds now.
    fn file(&mut self, landing: &Landing, blob: ObjectId, kind: Kind, before: &[Held]) -> Vec<Held> {
        let found = self.versions.records.get(&(landing.path.clone(), blob)).cloned().flatten();
        if kind == Kind::People {
            self.people(landing, blob, found.unwrap_or_default());
            return Vec::new();
        }
        let Some(found) = found else { return unreadable(landing, blob, kind, before) };
        let several = found.len() > 1;
        let mut held: Vec<Held> = Vec::new();
        for (at, found) in found.iter().enumerate() {
            let number = several.then_some(at + 1);
            let Some(id) = record_id(found, landing, kind, number, before) else { continue };
            let key = RecordKey { kind: kind.name(), id };
            if kind == Kind::Evidence {
                self.follow(landing, number, &key, before);
            }
            // Of two records with one id the first counts.
            if !held.iter().any(|held| held.key == key) {
                held.push(Held { key, digest: found.digest, blob, at: Some(at) });
            }
        }
        held
    }

    fn people(&mut self, landing: &Landing, blob: ObjectId, found: Vec<Found>) {
        let record = found.into_iter().find_map(|found| match found.lowered {
            Some(Lowered::People(people)) => Some(people),
            _ => None,
        });
        let version = self.version(landing, &landing.path, blob, record);
        self.timelines.people.push(version);
    }

    /// Joins a manifest that went by its path with what it goes by now: another path after a move, or the id that was
    /// written into it, or that could not be read before.
    fn follow(&mut self, landing: &Landing, number: Option<usize>, key: &RecordKey, before: &[Held]) {
        if self.timelines.evidence.contains_key(&EvidenceId::from(key.id.as_str())) {
            return;
        }
        let by_path = |path: &RepoPath| number.map_or_else(|| path.to_string(), |number| format!("{path}#{number}"));
        let held = |id: &String| before.iter().any(|held| held.key.id == *id);
        let here = Some(by_path(&landing.path)).filter(held);
        let Some(old) = landing.renamed_from.as_ref().map(by_path).or(here) else { return };
        if let Some(timeline) = self.timelines.evidence.remove(&EvidenceId::from(old.as_str())) {
            self.timelines.evidence.insert(EvidenceId::from(key.id.as_str()), timeline);
            self.current.remove(&RecordKey { kind: key.kind, id: old });
        }
    }

    /// Makes a version of a record if the mainline holds it otherwise than before, or notes that it went away.
    fn settle(&mut self, key: RecordKey, touched_by: &Landing, landings: &[Landing]) {
        let holder = self.holders.get(&key).and_then(BTreeSet::first).cloned();
        let held = holder.and_then(|path| {
            let held = self.held.get(&path)?.iter().find(|held| held.key == key)?.clone();
            Some((path, held))
        });
        let Some((path, held)) = held else {
            if self.current.remove(&key).is_some() {
                self.remove(&key, touched_by.commit);
            }
            return;
        };
        let now = (path.clone(), held.digest);
        if self.current.get(&key) == Some(&now) {
            return;
        }
        let landing = landings.iter().find(|landing| landing.path == path).unwrap_or(touched_by);
        let found = self.versions.records.get(&(path.clone(), held.blob)).and_then(|records| records.as_ref()?.get(held.at?));
        self.push(&key, landing, &path, held.blob, found.and_then(|found| found.lowered.clone()));
        self.current.insert(key, now);
    }

    fn push(&mut self, key: &RecordKey, landing: &Landing, path: &RepoPath, blob: ObjectId, lowered: Option<Lowered>) {
        let id = key.id.as_str();
        match (key.kind, lowered) {
            ("control", lowered) => {
                let record = lowered.and_then(|lowered| if let Lowered::Control(it) = lowered { Some(*it) } else { None });
                let version = self.version(landing, path, blob, record);
                extend(&mut self.timelines.controls, ControlId::from(id), version);
            }
            ("document", lowered) => {
                let record = lowered.and_then(|lowered| if let Lowered::Document(it) = lowered { Some(*it) } else { None });
                let version = self.version(landing, path, blob, record);
                extend(&mut self.timelines.documents, DocumentId::from(id), version);
            }
            ("evidence", lowered) => {
                let record = lowered.and_then(|lowered| if let Lowered::Evidence(it) = lowered { Some(*it) } else { None });
                let version = self.version(landing, path, blob, record);
                extend(&mut self.timelines.evidence, EvidenceId::from(id), version);
            }
            (_, lowered) => {
                let record = lowered.and_then(|lowered| if let Lowered::Waiver(it) = lowered { Some(it) } else { None });
                let version = self.version(landing, path, blob, record);
                extend(&mut self.timelines.waivers, WaiverId::from(id), version);
            }
        }
    }

    fn version<T>(&self, landing: &Landing, path: &RepoPath, blob: ObjectId, record: Option<T>) -> Version<T> {
        Version {
            landed: self.history.landed(landing.commit),
            landed_in: Some(landing.commit),
            made_by: Some(landing.made_by),
            path: path.clone(),
            blob,
            record,
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

/// The id a record goes by; a file whose only record lost its id still holds the record it held. Only evidence may go by
/// its path.
fn record_id(found: &Found, landing: &Landing, kind: Kind, number: Option<usize>, before: &[Held]) -> Option<String> {
    match before {
        [only] if found.lowered.is_none() && found.stated.is_none() => Some(only.key.id.clone()),
        _ if found.lowered.is_none() && found.stated.is_none() && kind != Kind::Evidence => None,
        _ => key(found, &landing.path, number),
    }
}

/// A file of which nothing can be read: the records it held are there in a form that cannot be read. Without an id, a
/// control or a document that was never read has no timeline to stand in.
fn unreadable(landing: &Landing, blob: ObjectId, kind: Kind, before: &[Held]) -> Vec<Held> {
    if before.is_empty() && kind == Kind::Evidence {
        let key = RecordKey { kind: kind.name(), id: landing.path.to_string() };
        return vec![Held { key, digest: blob, blob, at: None }];
    }
    before.iter().map(|held| Held { key: held.key.clone(), digest: blob, blob, at: None }).collect()
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
