//! Records through history: which version of a control, document, manifest or waiver the mainline held, and since when.

use std::collections::BTreeMap;

use super::{CommitIx, Control, Document, Evidence, People, Waiver};
use crate::{
    date::Instant,
    id::{ControlId, DocumentId, EvidenceId, ObjectId, RepoPath, WaiverId},
};

/// One version of a record on the mainline.
#[derive(Clone, Debug)]
pub struct Version<T> {
    /// When the mainline got it: its landing time; the instant of the assessment for a version that is not committed.
    pub landed: Instant,
    /// The mainline commit that brought it; `None` when it stands in the working directory only.
    pub landed_in: Option<CommitIx>,
    /// The commit that made it.
    pub made_by: Option<CommitIx>,
    /// The file that held it.
    pub path: RepoPath,
    /// The file's blob.
    pub blob: ObjectId,
    /// The record, or `None` when the file held it in a form that cannot be read.
    pub record: Option<T>,
}

/// All versions of one record, oldest first.
#[derive(Clone, Debug)]
pub struct Timeline<T> {
    /// The versions; at least one. A change of path alone is a version too.
    pub versions: Vec<Version<T>>,
    /// When the record was last removed; `None` while the tip holds it.
    pub removed: Option<(Instant, CommitIx)>,
}

impl<T> Timeline<T> {
    /// The version the mainline held at an instant.
    pub fn at(&self, instant: Instant) -> Option<&Version<T>> {
        if self.removed.is_some_and(|(removed, _)| removed <= instant) {
            return None;
        }
        self.versions.iter().rev().find(|version| version.landed <= instant)
    }

    /// The first version.
    pub fn first(&self) -> Option<&Version<T>> {
        self.versions.first()
    }

    /// The last version.
    pub fn last(&self) -> Option<&Version<T>> {
        self.versions.last()
    }
}

/// The records whose past an assessment needs. Records that the tip no longer has are here too.
#[derive(Clone, Debug, Default)]
pub struct Timelines {
    /// Controls.
    pub controls: BTreeMap<ControlId, Timeline<Control>>,
    /// Policies, procedures and the system description, with their text.
    pub documents: BTreeMap<DocumentId, Timeline<Document>>,
    /// Evidence manifests.
    pub evidence: BTreeMap<EvidenceId, Timeline<Evidence>>,
    /// Waivers.
    pub waivers: BTreeMap<WaiverId, Timeline<Waiver>>,
    /// `content/people.yaml`; empty when it never stood in history.
    pub people: Vec<Version<People>>,
    /// Other programme files by path (artifacts above all): each content the mainline held, oldest first; `None`: removed.
    pub files: BTreeMap<RepoPath, Vec<(CommitIx, Option<ObjectId>)>>,
}
