//! Documents: which text was in force on which days, when it was last reviewed, and whose approval is recorded (GT-14).
//!
//! A text binds from its landing at the earliest, whatever its front matter says. A later approved version replaces it from
//! its own first day; a draft replaces nothing; a retired one ends it.

use super::{Approval, DocumentAssessment, DocumentVersion, ground::Ground};
use crate::{
    date::{Cadence, Date, Lapse, add_days},
    id::PersonId,
    model::{CommitIx, Document, DocumentStatus, OwnerRef, Person, Timeline, Version},
    proof,
};

/// How an approval in a trailer is to be read.
pub const BASIS_TRAILER: &str = "named in a commit trailer; the forge's own approval is not visible here";
/// What is said where no trailer names anybody.
pub const BASIS_NONE: &str = "no approval is recorded in the history; the forge's own approval is not visible here";

/// Judges every document of the tip.
pub fn documents(ground: &Ground<'_>) -> Vec<DocumentAssessment> {
    ground.programme.documents.values().map(|document| judge(ground, document)).collect()
}

fn judge(ground: &Ground<'_>, document: &Document) -> DocumentAssessment {
    let timeline = ground.timelines.documents.get(&document.id);
    let versions = timeline.map_or(Vec::new(), |timeline| in_force(ground, timeline));
    let today = ground.today;
    let now = versions.iter().rfind(|version| version.from.is_some_and(|from| from <= today) && version.to.is_none_or(|to| today <= to));
    let in_force = now.map(|version| version.index);
    let last_review = timeline.and_then(|timeline| last_review(ground, timeline));
    let next_review = document.review_every.zip(last_review).and_then(|(cycle, last)| next_review(ground, cycle, last));
    let approval = match timeline.zip(in_force) {
        Some((timeline, index)) => approval(ground, timeline, index),
        None => Approval { named: Vec::new(), independent: false, basis: "no version is in force".to_owned() },
    };
    DocumentAssessment { id: document.id.clone(), in_force, versions, last_review, next_review, approval }
}

/// The first day a version binds: its own, but never before the day it landed. `None` for a draft or an unreadable one.
fn binds_from(ground: &Ground<'_>, version: &Version<Document>) -> Option<Date> {
    let document = version.record.as_ref()?;
    let landed = ground.day(version.landed);
    match document.status {
        DocumentStatus::Draft => None,
        DocumentStatus::Approved => Some(document.effective_from.map_or(landed, |from| from.max(landed))),
        DocumentStatus::Retired => Some(landed),
    }
}

fn in_force(ground: &Ground<'_>, timeline: &Timeline<Document>) -> Vec<DocumentVersion> {
    // From the newest to the oldest, remembering the first day of whatever comes later.
    let mut replaced = timeline.removed.map(|(removed, _)| ground.day(removed));
    let mut versions = Vec::with_capacity(timeline.versions.len());
    for (index, version) in timeline.versions.iter().enumerate().rev() {
        let starts = binds_from(ground, version).filter(|from| replaced.is_none_or(|replaced| *from < replaced));
        let approved = version.record.as_ref().is_some_and(|document| document.status == DocumentStatus::Approved);
        let before = index.checked_sub(1).and_then(|before| timeline.versions[..=before].iter().rev().find_map(|old| old.record.as_ref()));
        versions.push(DocumentVersion {
            index,
            label: version.record.as_ref().map_or(String::new(), |document| document.version.clone()),
            from: starts.filter(|_| approved),
            to: starts.filter(|_| approved).and(replaced.map(|replaced| add_days(replaced, -1))),
            text_unchanged: before.zip(version.record.as_ref()).is_some_and(|(old, new)| old.body == new.body),
        });
        replaced = starts.or(replaced);
    }
    versions.reverse();
    versions
}

/// The days on which a review was recorded and counts: a version whose `reviewed_on` differs from the version before, is
/// not after its landing, and is no bare date written by somebody who may not approve.
fn last_review(ground: &Ground<'_>, timeline: &Timeline<Document>) -> Option<Date> {
    let mut latest = None;
    let mut before: Option<&Document> = None;
    for version in timeline.versions.iter().filter(|version| version.landed <= ground.as_of) {
        let Some(document) = &version.record else { continue };
        let claimed = document.reviewed_on.filter(|_| before.is_none_or(|before| before.reviewed_on != document.reviewed_on));
        if let Some(day) = claimed.filter(|day| *day <= ground.day(version.landed))
            && !before.is_some_and(|before| is_bare_review(ground, before, version))
        {
            latest = latest.max(Some(day));
        }
        before = Some(document);
    }
    latest
}

/// Whether a version only states a newer review, by an author who is not among the approvers (its owner, where it names
/// none) and without a trailer that names one.
pub fn is_bare_review(ground: &Ground<'_>, before: &Document, version: &Version<Document>) -> bool {
    let Some(document) = &version.record else { return false };
    if before.body != document.body || before.reviewed_on == document.reviewed_on || version.landed_in.is_none() {
        return false;
    }
    let entitled = approvers(ground, document);
    let author_may = ground.author(version.made_by).is_some_and(|author| entitled.contains(&&author.id));
    let named_may = named(ground, version.made_by, version.landed_in).iter().any(|person| entitled.contains(&&person.id));
    !author_may && !named_may
}

fn approvers<'a>(ground: &Ground<'a>, document: &Document) -> Vec<&'a PersonId> {
    let owner = document.owner.as_ref().filter(|_| document.approvers.is_empty());
    let refs: Vec<&OwnerRef> = document.approvers.iter().chain(owner).collect();
    refs.into_iter().flat_map(|owner| ground.behind(owner)).map(|person| &person.id).collect()
}

fn named<'a>(ground: &Ground<'a>, made_by: Option<CommitIx>, landed_in: Option<CommitIx>) -> Vec<&'a Person> {
    proof::reviewers(ground.history, made_by, landed_in).iter().filter_map(|trailer| ground.by_email(&trailer.email)).collect()
}

/// The day of the next review.
pub fn next_review(ground: &Ground<'_>, cycle: Cadence, last: Date) -> Option<Date> {
    let months = |months| Lapse::Calendar { months, days: 0 };
    let lapse = match cycle {
        Cadence::Continuous | Cadence::PerEvent => return None,
        Cadence::Daily => Lapse::days(1),
        Cadence::Weekly => Lapse::days(7),
        Cadence::Monthly => months(1),
        Cadence::Quarterly => months(3),
        Cadence::Semiannual => months(6),
        Cadence::Annual => months(12),
        Cadence::Rolling(lapse) => lapse,
    };
    Some(lapse.after(last, ground.calendar))
}

/// The approval recorded for the text of a version: of the version itself, or of an earlier one with the same text.
fn approval(ground: &Ground<'_>, timeline: &Timeline<Document>, index: usize) -> Approval {
    let Some(current) = timeline.versions[index].record.as_ref() else { return Approval::default() };
    let same_text = timeline.versions[..=index]
        .iter()
        .rev()
        .take_while(|version| version.record.as_ref().is_some_and(|document| document.body == current.body));
    let mut uncommitted = false;
    for version in same_text {
        uncommitted |= version.landed_in.is_none();
        let trailers = proof::reviewers(ground.history, version.made_by, version.landed_in);
        if trailers.is_empty() {
            continue;
        }
        let entitled = approvers(ground, current);
        let author = ground.author(version.made_by).map(|author| &author.id);
        let people: Vec<&Person> = trailers.iter().filter_map(|trailer| ground.by_email(&trailer.email)).collect();
        let independent = author.is_some() && people.iter().any(|person| entitled.contains(&&person.id) && Some(&person.id) != author);
        let names = trailers
            .iter()
            .map(|trailer| ground.by_email(&trailer.email).map_or_else(|| trailer.value.clone(), |person| person.name.clone()))
            .collect();
        return Approval { named: names, independent, basis: BASIS_TRAILER.to_owned() };
    }
    let basis = if uncommitted { "not committed yet" } else { BASIS_NONE };
    Approval { named: Vec::new(), independent: false, basis: basis.to_owned() }
}
