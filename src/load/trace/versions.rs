//! The contents that programme files ever had on the mainline, each read once.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::{
    id::{ObjectId, RepoPath},
    load::{
        kind::{Kind, Role, role},
        read::{Found, Input, Lowered, Surroundings, read_file},
    },
    model::{ArtifactTarget, FileState, History, Programme},
    tree::Blobs,
};

/// The records of one content, in the order of the text; `None` when nothing of it can be read.
type Content = Option<Vec<Found>>;

/// What was read.
pub(super) struct Versions {
    /// What a path held under a blob.
    pub records: BTreeMap<(RepoPath, ObjectId), Content>,
    /// YAML files that manifests name as artifacts, and that are no manifests themselves.
    artifacts: BTreeSet<RepoPath>,
    /// How many contents of record files hold something that cannot be read, or are missing here. The tip's own do not
    /// count: loading reports them.
    pub unreadable: usize,
}

impl Versions {
    /// Which record a path of history holds, if any.
    pub fn role(&self, path: &RepoPath) -> Option<(Kind, bool)> {
        record_role(path).filter(|_| !self.artifacts.contains(path))
    }
}

/// The YAML files that are artifacts in this programme.
fn yaml_artifacts(programme: &Programme) -> BTreeSet<RepoPath> {
    let manifests: BTreeSet<&RepoPath> = programme.evidence.values().map(|evidence| &evidence.origin.path).collect();
    let artifacts = programme.evidence.values().flat_map(|evidence| &evidence.artifacts);
    let files = artifacts.filter_map(|artifact| match &artifact.target {
        ArtifactTarget::File(path) => Some(path),
        ArtifactTarget::Uri(_) => None,
    });
    files.filter(|path| record_role(path).is_some() && !manifests.contains(path)).cloned().collect()
}

/// Kinds whose past an assessment needs.
fn has_past(kind: Kind) -> bool {
    matches!(kind, Kind::Control | Kind::Document(_) | Kind::Evidence | Kind::Waiver | Kind::People)
}

/// What a path of history is; sizes are not known there, and only matter for empty files.
fn record_role(path: &RepoPath) -> Option<(Kind, bool)> {
    match role(path, 1) {
        Role::Yaml(kind) if has_past(kind) => Some((kind, false)),
        Role::Markdown(kind) if has_past(kind) => Some((kind, true)),
        _ => None,
    }
}

/// A regular file, executable or not; links and submodules hold no record.
pub(super) fn file(state: Option<FileState>) -> Option<ObjectId> {
    state.filter(|state| state.mode & 0o170_000 == 0o100_000).map(|state| state.blob)
}

/// Reads every content of every record file that ever landed.
///
/// # Errors
/// When the object database cannot be read.
pub(super) fn read(history: &History, programme: &Programme, blobs: &dyn Blobs) -> anyhow::Result<Versions> {
    let adopted: BTreeSet<&RepoPath> =
        programme.documents.values().filter(|document| document.adopted).map(|document| &document.text.path).collect();
    let artifacts = yaml_artifacts(programme);
    let wanted: BTreeSet<(&RepoPath, ObjectId)> = history
        .landings
        .iter()
        .filter(|landing| record_role(&landing.path).is_some() && !adopted.contains(&landing.path) && !artifacts.contains(&landing.path))
        .filter_map(|landing| Some((&landing.path, file(landing.after)?)))
        .collect();
    let around = Surroundings { people: &programme.people, fallback: &programme.config };
    let read: Vec<((RepoPath, ObjectId), Content)> = wanted
        .into_par_iter()
        .map(|(path, blob)| {
            let found = blobs.blob(blob)?.and_then(|bytes| {
                let (kind, markdown) = record_role(path).unwrap_or((Kind::Evidence, false));
                let read = read_file(Input { path, blob, bytes: &bytes, kind, markdown }, around);
                // An empty list holds no record, and nothing is wrong with it.
                (!read.found.is_empty() || read.findings.is_empty()).then_some(read.found)
            });
            Ok(((path.clone(), blob), found))
        })
        .collect::<anyhow::Result<_>>()?;
    let at_tip = |path: &RepoPath, blob: ObjectId| programme.files.get(path).is_some_and(|(tip, _)| *tip == blob);
    let is_whole = |found: &Content| found.as_ref().is_some_and(|found| found.iter().all(|one| one.lowered.is_some()));
    let unreadable = read.iter().filter(|((path, blob), found)| !at_tip(path, *blob) && !is_whole(found)).count();
    Ok(Versions { records: read.into_iter().collect(), artifacts, unreadable })
}

/// The id under which a record is followed; a manifest without one goes by its path.
pub(super) fn key(found: &Found, path: &RepoPath, number: Option<usize>) -> Option<String> {
    match &found.lowered {
        Some(Lowered::Control(control)) => Some(control.id.to_string()),
        Some(Lowered::Document(document)) => Some(document.id.to_string()),
        Some(Lowered::Evidence(evidence)) => Some(evidence.id.to_string()),
        Some(Lowered::Waiver(waiver)) => Some(waiver.id.to_string()),
        _ => found.stated.clone().or_else(|| match number {
            Some(number) => Some(format!("{path}#{number}")),
            None => Some(path.to_string()),
        }),
    }
}
