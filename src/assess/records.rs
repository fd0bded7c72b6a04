//! Records: every evidence manifest with the landing at which the mainline accepted what it says.
//!
//! What a record says is taken from the tip; when it was said is taken from history. The landing that counts is the first
//! one of a version that makes the same claim (control and period): of the record itself, of a record that it supersedes,
//! or of a removed record with the same content (a file that was moved). So a correction keeps its time, and a record that
//! is rewritten for another period does not.

use std::collections::{BTreeMap, BTreeSet};

use super::ground::Ground;
use crate::{
    date::{Date, Instant, Period, add_days},
    id::{ControlId, EvidenceId, ObjectId, RepoPath},
    model::{ArtifactTarget, CommitIx, Evidence, EvidenceResult, Timeline, Version},
};

/// One evidence manifest of the tip.
pub struct Record<'a> {
    /// What it says.
    pub evidence: &'a Evidence,
    /// Its past; `None` when history never saw it.
    pub timeline: Option<&'a Timeline<Evidence>>,
    /// The records it corrects, nearest first.
    pub corrects: Vec<&'a EvidenceId>,
    /// The record that corrects it.
    pub corrected_by: Option<&'a EvidenceId>,
    /// Whether a version of it or of a record it corrects reports a failure.
    pub failed: bool,
    /// What was changed after it was accepted, as a sentence; `None` when nothing was.
    pub altered: Option<String>,
}

/// The landing at which the mainline accepted a record's claim.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// When.
    pub landed: Instant,
    /// Its day in the organization's zone.
    pub day: Date,
    /// The day on which the record itself landed: later than `day` for a record that corrects another.
    pub own_day: Date,
    /// The mainline commit; `None` while it is not committed.
    pub landed_in: Option<CommitIx>,
    /// The commit that made it.
    pub made_by: Option<CommitIx>,
    /// The blob that was accepted.
    pub blob: ObjectId,
    /// The file that held it.
    pub path: RepoPath,
    /// Whether the landing is the true one (see [`Ground::landing_is_sure`]).
    pub sure: bool,
}

/// A claim that the mainline once held and the tip no longer makes.
pub struct Withdrawn<'a> {
    /// The record that made it.
    pub evidence: &'a EvidenceId,
    /// Its period.
    pub period: Option<Period>,
    /// Its day.
    pub performed_on: Option<Date>,
    /// When it landed.
    pub landed: Instant,
}

/// All records, found by control.
pub struct Records<'a> {
    /// Every manifest of the tip, by id.
    pub all: Vec<Record<'a>>,
    by_control: BTreeMap<&'a ControlId, Vec<usize>>,
    withdrawn: BTreeMap<&'a ControlId, Vec<Withdrawn<'a>>>,
    moved: BTreeMap<ObjectId, Vec<&'a Version<Evidence>>>,
}

impl<'a> Records<'a> {
    /// Reads all manifests and their pasts.
    pub fn collect(ground: &Ground<'a>) -> Self {
        let tip = &ground.programme.evidence;
        let corrected: BTreeMap<&EvidenceId, &EvidenceId> =
            tip.values().filter_map(|record| record.supersedes.as_ref().map(|old| (old, &record.id))).collect();
        let all: Vec<Record<'_>> = tip.values().map(|evidence| read(ground, evidence, &corrected)).collect();
        let mut by_control: BTreeMap<&ControlId, Vec<usize>> = BTreeMap::new();
        for (at, record) in all.iter().enumerate() {
            let controls: BTreeSet<&ControlId> = record.evidence.controls.iter().collect();
            for control in controls {
                by_control.entry(control).or_default().push(at);
            }
        }
        Self { all, by_control, withdrawn: withdrawn(ground), moved: removed_versions(ground) }
    }

    /// The records of a control, in the order of their ids.
    pub fn of<'s>(&'s self, control: &ControlId) -> impl Iterator<Item = &'s Record<'a>> + use<'s, 'a> {
        self.by_control.get(control).into_iter().flatten().map(|&at| &self.all[at])
    }

    /// The claims about a control that the tip no longer makes.
    pub fn withdrawn(&self, control: &ControlId) -> &[Withdrawn<'a>] {
        self.withdrawn.get(control).map_or(&[], Vec::as_slice)
    }

    /// The landing at which the mainline accepted a record's claim about a control.
    pub fn accepted(&self, ground: &Ground<'a>, record: &Record<'a>, control: &ControlId) -> Accepted {
        let evidence = record.evidence;
        let own = record.timeline.map_or(&[][..], |timeline| &timeline.versions);
        let corrected = record.corrects.iter().filter_map(|id| ground.timelines.evidence.get(id)).flat_map(|timeline| &timeline.versions);
        let moved = own.iter().filter_map(|version| self.moved.get(&version.blob)).flatten().copied();
        let own_landed = own.iter().filter(|version| version.record.is_some()).map(|version| version.landed).min();
        let own_day = own_landed.map_or(ground.today, |landed| ground.day(landed));
        let first = own
            .iter()
            .chain(corrected)
            .chain(moved)
            .filter(|version| version.record.as_ref().is_some_and(|old| claims_same(old, evidence, control)))
            .min_by_key(|version| (is_template(ground, version, evidence), version.landed, version.landed_in));
        match first {
            Some(version) => Accepted {
                landed: version.landed,
                day: ground.day(version.landed),
                own_day: own_day.max(ground.day(version.landed)),
                landed_in: version.landed_in,
                made_by: version.made_by,
                blob: version.blob,
                path: version.path.clone(),
                sure: ground.landing_is_sure(version.landed_in),
            },
            None => Accepted {
                landed: ground.as_of,
                day: ground.today,
                own_day,
                landed_in: None,
                made_by: None,
                blob: evidence.origin.blob,
                path: evidence.origin.path.clone(),
                sure: ground.history.is_complete(),
            },
        }
    }

    /// Whether a removed record lives on in another file with the same content.
    pub fn lives_on(&self, timeline: &Timeline<Evidence>) -> bool {
        let blobs: BTreeSet<ObjectId> = timeline.versions.iter().map(|version| version.blob).collect();
        self.all.iter().any(|record| blobs.contains(&record.evidence.origin.blob))
    }
}

fn claims_same(old: &Evidence, new: &Evidence, control: &ControlId) -> bool {
    // Without a declared period the day places the record, so the day is part of the claim.
    old.controls.contains(control) && old.period == new.period && (new.period.is_some() || old.performed_on == new.performed_on)
}

/// Whether a version was a form still to be filled in: it landed before its period began, or names no day where the tip
/// names one, or names a day that had not come yet. The version that fills it in is the one that counts.
fn is_template(ground: &Ground<'_>, version: &Version<Evidence>, tip: &Evidence) -> bool {
    let Some(record) = &version.record else { return true };
    let too_early = record.period.is_some_and(|period| version.landed < ground.zone.start_of(ground.range(period).first));
    let last_day = add_days(ground.day(version.landed), 1);
    let undone = record.performed_on.map_or(tip.performed_on.is_some(), |performed| performed > last_day);
    too_early || undone
}

fn read<'a>(ground: &Ground<'a>, evidence: &'a Evidence, corrected: &BTreeMap<&'a EvidenceId, &'a EvidenceId>) -> Record<'a> {
    let past = &ground.timelines.evidence;
    let timeline = past.get(&evidence.id);
    let mut corrects: Vec<&EvidenceId> = Vec::new();
    let mut next = evidence.supersedes.as_ref();
    // A ring of corrections ends where it closes.
    while let Some(id) = next.filter(|id| **id != evidence.id && !corrects.contains(id)) {
        corrects.push(id);
        let older = past.get(id).and_then(Timeline::last).and_then(|version| version.record.as_ref());
        next = ground.programme.evidence.get(id).or(older).and_then(|older| older.supersedes.as_ref());
    }
    let fails = |timeline: &Timeline<Evidence>| {
        timeline.versions.iter().filter_map(|version| version.record.as_ref()).any(|old| old.result == EvidenceResult::Fail)
    };
    let failed = evidence.result == EvidenceResult::Fail
        || timeline.is_some_and(fails)
        || corrects.iter().any(|id| past.get(*id).is_some_and(fails));
    Record {
        evidence,
        timeline,
        corrects,
        corrected_by: corrected.get(&evidence.id).copied().filter(|by| **by != evidence.id),
        failed,
        altered: alteration(ground, evidence, timeline),
    }
}

/// What of a record was changed after it first landed (GT-26). A reviewer or notes added later are no alteration.
fn alteration(ground: &Ground<'_>, evidence: &Evidence, timeline: Option<&Timeline<Evidence>>) -> Option<String> {
    let versions = &timeline?.versions;
    let filled = versions.iter().position(|version| !is_template(ground, version, evidence));
    let base = filled.or_else(|| versions.iter().position(|version| version.record.is_some()))?;
    let (landing, first) = (&versions[base], versions[base].record.as_ref()?);
    let mut changed: BTreeSet<&'static str> = BTreeSet::new();
    for later in versions[base..].iter().filter_map(|version| version.record.as_ref()) {
        changed.extend(changed_facts(first, later));
    }
    let mut parts: Vec<String> = changed.into_iter().map(str::to_owned).collect();
    for artifact in &evidence.artifacts {
        if let (ArtifactTarget::File(path), Some(landed_in)) = (&artifact.target, landing.landed_in)
            && file_changed_after(ground, path, landed_in)
        {
            parts.push(format!("the artifact {path}"));
        }
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The facts in which two versions of a record differ. A reviewer who is added where none was named is a later step of
/// the same work, not a change.
fn changed_facts(old: &Evidence, new: &Evidence) -> Vec<&'static str> {
    let reviewer_changed = old.reviewed_by.is_some() && old.reviewed_by != new.reviewed_by;
    [
        ("control", old.controls != new.controls),
        ("period", old.period != new.period),
        ("performed_on", old.performed_on != new.performed_on),
        ("performed_by", old.performed_by != new.performed_by),
        ("reviewed_by", reviewer_changed),
        ("result", old.result != new.result),
        ("source", old.source != new.source),
        ("artifacts", old.artifacts != new.artifacts),
        ("items", old.items != new.items),
    ]
    .into_iter()
    .filter_map(|(name, differs)| differs.then_some(name))
    .collect()
}

fn file_changed_after(ground: &Ground<'_>, path: &RepoPath, landed_in: CommitIx) -> bool {
    let Some(contents) = ground.timelines.files.get(path) else { return false };
    // The content at acceptance; an artifact that landed after its record counts from its own landing.
    let accepted = contents.iter().rposition(|(at, _)| *at <= landed_in).unwrap_or(0);
    contents[accepted..].windows(2).any(|pair| pair[0].1.is_some() && pair[1].1 != pair[0].1)
}

/// Whether a version differs from the one before it in its dates alone: not a refresh (GT-13).
pub fn only_dates_differ(old: &Evidence, new: &Evidence) -> bool {
    let undated = |record: &Evidence| {
        let mut bare = record.clone();
        (bare.period, bare.performed_on) = (None, None);
        bare.origin = new.origin.clone();
        if let Some(source) = &mut bare.source {
            source.extracted_at = None;
        }
        bare
    };
    let extracted = |record: &Evidence| record.source.as_ref().and_then(|source| source.extracted_at);
    // Filling in a day where none stood is the first statement, not a new date.
    let moved =
        old.performed_on.is_some() && old.performed_on != new.performed_on || extracted(old).is_some() && extracted(old) != extracted(new);
    moved && undated(old) == undated(new)
}

fn withdrawn<'a>(ground: &Ground<'a>) -> BTreeMap<&'a ControlId, Vec<Withdrawn<'a>>> {
    let mut found: BTreeMap<&ControlId, Vec<Withdrawn<'_>>> = BTreeMap::new();
    for (id, timeline) in &ground.timelines.evidence {
        let tip = ground.programme.evidence.get(id);
        for version in timeline.versions.iter().filter(|version| version.landed <= ground.as_of) {
            let Some(record) = &version.record else { continue };
            for control in record.controls.iter().filter(|control| !tip.is_some_and(|tip| claims_same(record, tip, control))) {
                let claim = Withdrawn { evidence: id, period: record.period, performed_on: record.performed_on, landed: version.landed };
                found.entry(control).or_default().push(claim);
            }
        }
    }
    found
}

fn removed_versions<'a>(ground: &Ground<'a>) -> BTreeMap<ObjectId, Vec<&'a Version<Evidence>>> {
    let mut found: BTreeMap<ObjectId, Vec<&Version<Evidence>>> = BTreeMap::new();
    let removed = ground.timelines.evidence.values().filter(|timeline| timeline.removed.is_some());
    for version in removed.flat_map(|timeline| &timeline.versions) {
        found.entry(version.blob).or_default().push(version);
    }
    found
}

/// Whether a record claims to have been performed after it landed. A record that corrects an earlier one may tell of work
/// done after that one, so its own landing counts. One day is left for people west or east of the organization's zone.
pub fn is_dated_ahead(evidence: &Evidence, accepted: &Accepted) -> bool {
    evidence.performed_on.is_some_and(|performed| performed > add_days(accepted.own_day, 1))
}
