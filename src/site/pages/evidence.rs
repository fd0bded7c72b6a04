//! One evidence record: the four times side by side, where the data came from, the artifacts, and what it answers.

use std::sync::Arc;

use serde::Serialize;

use super::{frame_under, page};
use crate::{
    assess::{Outcome, Performance},
    diag::Subject,
    id::EvidenceId,
    model::{Evidence, EvidenceResult, Version},
    site::{
        Page,
        artifacts::{self, ArtifactView},
        links::{At, long_day},
        nav::Frame,
        shelf::Shelf,
        view::{CommitView, Fact, FindingRow, GapRow, Link, Mark, ObligationRow, ProofView, Time, capitalised, listed, number, said},
    },
    text,
};

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct EvidencePage {
    /// What stands around it.
    pub frame: Frame,
    /// The record's id, or its path where it has none.
    pub id: String,
    /// How it stands: the outcome of the obligation it answers, or what it is instead.
    pub standing: Mark,
    /// What came of the performance.
    pub result: String,
    /// The controls it shows.
    pub controls: Vec<Link>,
    /// The period it is declared for; empty when it names none.
    pub period: String,
    /// Who is claimed to have done it.
    pub performed_by: Option<Link>,
    /// Who is claimed to have reviewed it.
    pub reviewed_by: Option<Link>,
    /// The four times: claimed, author, committer, landed.
    pub times: Vec<TimeFact>,
    /// The commit that made it.
    pub made_by: Option<CommitView>,
    /// The mainline commit that landed it.
    pub landed_in: Option<CommitView>,
    /// Its proof; `None` when it answers nothing.
    pub proof: Option<ProofView>,
    /// Whether it or an artifact was changed after it landed.
    pub altered: bool,
    /// The obligations it answers.
    pub answers: Vec<ObligationRow>,
    /// Why it answers none, by control.
    pub unmatched: Vec<UnmatchedReason>,
    /// Where the data came from: every fact an auditor asks for, also the missing ones.
    pub source: Vec<Fact>,
    /// Names of the facts that are missing, as a sentence; empty when none is.
    pub source_missing: String,
    /// How many items were looked at, in words; empty when it does not say.
    pub items: String,
    /// The notes, as safe HTML.
    pub notes_html: String,
    /// The record that this one corrects.
    pub supersedes: Option<Link>,
    /// The records that correct this one.
    pub superseded_by: Vec<Link>,
    /// The files.
    pub artifacts: Vec<ArtifactView>,
    /// The manifest as it stands, highlighted; empty when it cannot be read.
    pub manifest_html: String,
    /// The manifest's copy.
    pub manifest: Link,
    /// The manifest's blob.
    pub blob: String,
    /// The manifest's file.
    pub file: String,
    /// Every version that the mainline held, oldest first.
    pub versions: Vec<VersionRow>,
    /// When the tip lost it; `None` while it has it.
    pub removed: Option<Time>,
    /// Its gaps.
    pub gaps: Vec<GapRow>,
    /// Its findings.
    pub findings: Vec<FindingRow>,
}

/// One of the four times.
#[derive(Clone, Debug, Serialize)]
pub struct TimeFact {
    /// Its name.
    pub name: &'static str,
    /// Who says so.
    pub says: &'static str,
    /// The time; `None` when there is none.
    pub time: Option<Time>,
}

/// Why a record answers no obligation of a control.
#[derive(Clone, Debug, Serialize)]
pub struct UnmatchedReason {
    /// The control.
    pub control: Link,
    /// The reason as a sentence; safe HTML.
    pub reason_html: String,
}

/// One version of the record on the mainline.
#[derive(Clone, Debug, Serialize)]
pub struct VersionRow {
    /// When it landed.
    pub landed: Time,
    /// The mainline commit.
    pub commit: Option<CommitView>,
    /// Its blob.
    pub blob: String,
    /// Its file.
    pub path: String,
}

/// Plans the pages.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    let ids: Vec<EvidenceId> = shelf.routes.all_evidence().cloned().collect();
    ids.into_iter()
        .filter_map(|id| {
            let path = shelf.routes.evidence(&id)?.to_owned();
            Some(page(shelf, path, "evidence.html", move |at| evidence(at, &id)))
        })
        .collect()
}

/// The record as the tip has it, or as the mainline last had it.
pub fn record<'a>(shelf: &Shelf<'a>, id: &EvidenceId) -> Option<&'a Evidence> {
    let past = || shelf.input.timelines.evidence.get(id)?.versions.iter().rev().find_map(|version| version.record.as_ref());
    shelf.input.programme.evidence.get(id).or_else(past)
}

/// The record as a sentence: what was done for which period, by whom, reviewed by whom.
pub fn title(shelf: &Shelf<'_>, id: &EvidenceId) -> String {
    let Some(record) = record(shelf, id) else { return format!("A record that cannot be read: {id}") };
    let controls = &shelf.input.programme.controls;
    let title_of =
        |id| controls.get(id).map_or_else(|| format!("Control {id}"), |control| control.title.trim_end_matches('.').to_owned());
    let mut words = match record.controls.as_slice() {
        [] => "A record without a control".to_owned(),
        [one] => title_of(one),
        [one, rest @ ..] => format!("{} (and {} more)", title_of(one), number(rest.len())),
    };
    match (record.period, record.performed_on) {
        (Some(period), _) => words.push_str(&format!(", {period}")),
        (None, Some(day)) => words.push_str(&format!(", {day}")),
        (None, None) => {}
    }
    words + &by_whom(shelf, record)
}

/// The record by who performed it when.
pub fn brief_title(shelf: &Shelf<'_>, id: &EvidenceId) -> String {
    let Some(record) = record(shelf, id) else { return format!("A record that cannot be read: {id}") };
    let when = record.performed_on.map_or_else(|| "on a day not stated".to_owned(), |day| day.to_string());
    format!("Performed {when}{}", by_whom(shelf, record))
}

fn by_whom(shelf: &Shelf<'_>, record: &Evidence) -> String {
    let people = &shelf.input.programme.people;
    let name = |written: &String| people.owner(written).map_or_else(|| written.clone(), |owner| people.display_name(&owner));
    let performer = record.performed_by.as_ref().map(|performer| format!(", by {}", name(performer)));
    let reviewer = record.reviewed_by.as_ref().map(|reviewer| format!(", reviewed by {}", name(reviewer)));
    performer.unwrap_or_default() + &reviewer.unwrap_or_default()
}

/// How a record stands: the worst outcome among the obligations it answers, or what it is instead.
pub fn standing(shelf: &Shelf<'_>, id: &EvidenceId) -> Mark {
    let plain = |name, words: &str| Mark { name, words: words.to_owned() };
    if let Some(dues) = shelf.answers.get(id) {
        let worst = [Outcome::Unknown, Outcome::LateBeyondGrace, Outcome::Late].into_iter().find(|bad| dues.iter().any(|due| due.obligation.outcome == *bad));
        return Mark::outcome(worst.unwrap_or_else(|| dues.first().map_or(Outcome::Unknown, |due| due.obligation.outcome)));
    }
    if shelf.performances.contains_key(id) {
        return plain("recorded", "recorded");
    }
    if !shelf.input.programme.evidence.contains_key(id) {
        return plain("retired", "removed");
    }
    if shelf.unmatched.contains_key(id) { plain("not_applicable", "answers no obligation") } else { plain("unknown", "not matched") }
}

/// A performance's result in words.
pub fn result_words(result: EvidenceResult) -> &'static str {
    match result {
        EvidenceResult::Pass => "no exception reported",
        EvidenceResult::PassWithExceptions => "exceptions reported",
        EvidenceResult::Fail => "failure reported",
        EvidenceResult::Nil => "nothing occurred",
    }
}

fn evidence(at: At<'_, '_>, id: &EvidenceId) -> anyhow::Result<EvidencePage> {
    let shelf = at.shelf;
    let record = record(shelf, id);
    let timeline = shelf.input.timelines.evidence.get(id);
    let performance = shelf.performances.get(id).copied();
    let first = timeline.and_then(|timeline| timeline.first());
    let subject = Subject::Evidence(id.clone());
    let standing = standing(shelf, id);
    let origin = record.map(|record| (record.origin.path.clone(), record.origin.blob)).or_else(|| first.map(|version| (version.path.clone(), version.blob)));
    let (file, blob) = origin.ok_or_else(|| anyhow::anyhow!("record {id} has a page and no file"))?;
    let manifest = shelf.input.blobs.blob(blob)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let source = record.map_or_else(Vec::new, |record| source(at, record));
    Ok(EvidencePage {
        frame: frame_under(at, "evidence.html", "Evidence", format!("{}: {}", title(shelf, id), standing.words)),
        id: id.to_string(),
        standing,
        result: record.map_or_else(String::new, |record| capitalised(result_words(record.result))),
        controls: record.map_or_else(Vec::new, |record| record.controls.iter().map(|id| at.control_named(id)).collect()),
        period: record.and_then(|record| record.period).map_or_else(String::new, |period| period.to_string()),
        performed_by: record.and_then(|record| record.performed_by.as_ref()).map(|name| at.written(name)),
        reviewed_by: record.and_then(|record| record.reviewed_by.as_ref()).map(|name| at.written(name)),
        times: times(at, record, performance, first),
        made_by: first.and_then(|version| version.made_by).map(|commit| at.commit(commit)),
        landed_in: first.and_then(|version| version.landed_in).map(|commit| at.commit(commit)),
        proof: performance.map(|performance| ProofView::new(performance.proof)),
        altered: performance.is_some_and(|performance| performance.altered),
        answers: shelf.answers.get(id).map_or_else(Vec::new, |dues| dues.iter().map(|due| at.obligation(*due)).collect()),
        unmatched: shelf.unmatched.get(id).map_or_else(Vec::new, |reasons| {
            reasons.iter().map(|(control, record)| UnmatchedReason { control: at.control_named(control), reason_html: said(&record.reason) }).collect()
        }),
        source_missing: missing(&source),
        source,
        items: record.and_then(|record| record.items).map_or_else(String::new, |items| {
            format!("{} looked at, {} of them exceptions", number(items.tested as usize), number(items.exceptions as usize))
        }),
        notes_html: record.map_or_else(String::new, |record| super::policy::prose(&record.notes, "notes-", 3, &super::policy::link_map(at, &file)).html),
        supersedes: record.and_then(|record| record.supersedes.as_ref()).map(|id| at.evidence(id)),
        superseded_by: shelf.corrections.get(id).map_or_else(Vec::new, |ids| ids.iter().map(|id| at.evidence(id)).collect()),
        artifacts: record.map_or_else(|| Ok(Vec::new()), |record| artifacts::views(at, record))?,
        manifest_html: manifest.map_or_else(String::new, |manifest| text::highlight(beginning(&manifest), "yaml")),
        manifest: at.to(&crate::site::routes::raw(&file, blob), file.file_name()),
        blob: blob.to_string(),
        file: file.to_string(),
        versions: timeline.map_or_else(Vec::new, |timeline| timeline.versions.iter().map(|version| version_row(at, version)).collect()),
        removed: timeline.and_then(|timeline| timeline.removed).map(|(when, _)| at.instant(when)),
        gaps: at.gaps_about(&subject),
        findings: at.findings_about(&subject),
    })
}

/// The part of a manifest's file that its page shows. A file of many records would otherwise stand whole on the page of each;
/// the raw file beside the page has all.
fn beginning(manifest: &str) -> &str {
    &manifest[..manifest.floor_char_boundary(artifacts::TEXT_BYTES)]
}

/// The four times, weakest claim first. They are never merged into one.
fn times(at: At<'_, '_>, record: Option<&Evidence>, performance: Option<&Performance>, first: Option<&Version<Evidence>>) -> Vec<TimeFact> {
    let maker = first.and_then(|version| version.made_by).and_then(|commit| at.shelf.commit(commit));
    let author = performance.and_then(|performance| performance.author_time).or_else(|| maker.map(|maker| maker.author.time));
    let committer = performance.and_then(|performance| performance.committer_time).or_else(|| maker.map(|maker| maker.committer.time));
    let landed = first.filter(|version| version.landed_in.is_some()).map(|version| version.landed);
    vec![
        TimeFact { name: "Performed", says: "claimed in the record", time: record.and_then(|record| record.performed_on).map(long_day) },
        TimeFact { name: "Written", says: "author time of the commit, as its machine recorded it", time: author.map(|time| at.recorded(time)) },
        TimeFact { name: "Committed", says: "committer time of the commit, as its machine recorded it", time: committer.map(|time| at.recorded(time)) },
        TimeFact { name: "Landed", says: "committer time of the mainline commit that first contains it; lateness is judged by it", time: landed.map(|time| at.instant(time)) },
    ]
}

fn source(at: At<'_, '_>, record: &Evidence) -> Vec<Fact> {
    let source = record.source.clone().unwrap_or_default();
    let fact = |name: &str, value: Option<Link>, note: &str| Fact {
        name: name.to_owned(),
        note: if value.is_some() { String::new() } else { note.to_owned() },
        value: value.unwrap_or_default(),
    };
    vec![
        fact("System", source.system.map(Link::plain), "Which system of record the data comes from is not stated."),
        fact("Environment", source.environment.map(Link::plain), "Whether it is production is not stated."),
        fact("Query", source.query.map(Link::plain), "How the data was selected is not stated, so completeness cannot be judged."),
        fact("Extracted at", source.extracted_at.map(|time| Link::plain(at.instant(time).iso)), "When the data was taken out is not stated, so its freshness rests on the claimed day."),
        fact("Extracted by", source.extracted_by.map(|name| at.written(&name)), "Who took the data out is not stated."),
        fact("Row count", source.count.map(|count| Link::plain(number(count as usize))), "How many rows it had is not stated, so it cannot be compared with the source."),
    ]
}

fn missing(source: &[Fact]) -> String {
    let names: Vec<String> = source.iter().filter(|fact| fact.value.text.is_empty()).map(|fact| fact.name.to_lowercase()).collect();
    match names.len() {
        0 => String::new(),
        count => format!("{} of {} source facts are missing: {}.", number(count), number(source.len()), listed(&names)),
    }
}

fn version_row(at: At<'_, '_>, version: &Version<Evidence>) -> VersionRow {
    VersionRow {
        landed: at.instant(version.landed),
        commit: version.landed_in.map(|commit| at.commit(commit)),
        blob: version.blob.to_string(),
        path: version.path.to_string(),
    }
}
