//! What stands in the working directory only: one more version of each record whose file differs from the mainline's.

use std::collections::BTreeMap;

use super::replay::extend;
use crate::{
    date::Instant,
    id::{ObjectId, RepoPath},
    model::{History, Origin, Programme, Timeline, Timelines, Version},
};

/// Adds the versions that are not committed, and takes away the records that are gone.
pub(super) fn add(timelines: &mut Timelines, history: &History, programme: &Programme, as_of: Instant) {
    let fresh = Fresh { history, programme, as_of };
    fresh.each(&mut timelines.controls, &programme.controls, |control| &control.origin);
    fresh.each(&mut timelines.documents, &programme.documents, |document| &document.text);
    fresh.each(&mut timelines.evidence, &programme.evidence, |evidence| &evidence.origin);
    fresh.each(&mut timelines.waivers, &programme.waivers, |waiver| &waiver.origin);
    fresh.people(timelines, programme);
}

struct Fresh<'a> {
    history: &'a History,
    programme: &'a Programme,
    as_of: Instant,
}

impl Fresh<'_> {
    fn each<K: Ord + Clone, T: Clone>(
        &self,
        timelines: &mut BTreeMap<K, Timeline<T>>,
        records: &BTreeMap<K, T>,
        origin: impl Fn(&T) -> &Origin,
    ) {
        for (id, record) in records {
            let origin = origin(record);
            let last = timelines.get(id).filter(|timeline| timeline.removed.is_none()).and_then(Timeline::last);
            if last.is_none_or(|last| last.blob != origin.blob || last.path != origin.path) {
                extend(timelines, id.clone(), self.version(&origin.path, origin.blob, record.clone()));
            }
        }
        // Without a commit nothing can have been removed from one.
        let Some(tip) = self.history.mainline.last() else { return };
        for (id, timeline) in timelines.iter_mut() {
            // A file that is there and cannot be read has lost nothing.
            let unread = |path: &RepoPath| self.programme.unread.iter().any(|unread| unread.path == *path);
            let still_there = timeline.last().is_some_and(|last| unread(&last.path));
            if !records.contains_key(id) && timeline.removed.is_none() && !still_there {
                timeline.removed = Some((self.as_of, *tip));
            }
        }
    }

    fn people(&self, timelines: &mut Timelines, programme: &Programme) {
        for name in ["content/people.yaml", "content/people.yml"] {
            let path = RepoPath::new(name);
            let Some((blob, _)) = programme.files.get(&path) else { continue };
            if timelines.people.last().is_none_or(|last| last.blob != *blob) {
                let version = self.version(&path, *blob, programme.people.clone());
                timelines.people.push(version);
            }
        }
    }

    fn version<T>(&self, path: &RepoPath, blob: ObjectId, record: T) -> Version<T> {
        Version { landed: self.as_of, landed_in: None, made_by: None, path: path.clone(), blob, record: Some(record) }
    }
}
