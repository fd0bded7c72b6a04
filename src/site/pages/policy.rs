//! One document: the text in force, how it came to be, and every version that the mainline held.

use std::{collections::BTreeMap, ops::RangeInclusive, sync::Arc};

use serde::Serialize;

use super::{
    elsewhere::{Serves, serves},
    frame_under,
    framework::ControlMark,
    page,
};
use crate::{
    assess::{DocumentAssessment, DocumentVersion},
    diag::Subject,
    id::{DocumentId, RepoPath},
    language::STARTER_TEXT,
    model::{Classification, Document, DocumentStatus, Version},
    site::{
        Page,
        links::At,
        nav::Frame,
        shelf::Shelf,
        view::{CommitView, FindingRow, GapRow, Link, Mark, Time, capitalised},
    },
    text,
};

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct PolicyPage {
    /// What stands around it.
    pub frame: Frame,
    /// Policy, procedure or system description.
    pub kind: String,
    /// The document's id.
    pub id: String,
    /// Whether a version is in force.
    pub state: Mark,
    /// The version shown, in words; says so when it is not in force.
    pub shown: String,
    /// Whether the tip's text is the starter's, word for word.
    pub starter: bool,
    /// Who keeps it.
    pub owner: Option<Link>,
    /// Who may approve it.
    pub approvers: Vec<Link>,
    /// Who approved the version in force, as named in its commits.
    pub approved_by: Vec<String>,
    /// Whether one of them may approve and is not the author.
    pub independent: bool,
    /// How the approval is known, as a sentence.
    pub basis: String,
    /// The last review that counts; empty when none.
    pub reviewed: String,
    /// The next review with its distance; empty when none is set.
    pub next_review: String,
    /// Who may read it.
    pub classification: &'static str,
    /// Whether people must acknowledge it.
    pub acknowledgement: bool,
    /// The requirements it serves, by framework.
    pub serves: Vec<Serves>,
    /// The controls that rest on it.
    pub controls: Vec<ControlMark>,
    /// The text, as safe HTML.
    pub html: String,
    /// The text's headings, for its table of contents.
    pub headings: Vec<Link>,
    /// Every version, newest first.
    pub versions: Vec<VersionRow>,
    /// When the tip lost it; `None` while it has it.
    pub removed: Option<Time>,
    /// Its gaps.
    pub gaps: Vec<GapRow>,
    /// Its findings.
    pub findings: Vec<FindingRow>,
    /// The file that holds the text.
    pub file: String,
}

/// One version in a list.
#[derive(Clone, Debug, Serialize)]
pub struct VersionRow {
    /// The version's page.
    pub version: Link,
    /// The days it was in force, in words.
    pub in_force: String,
    /// Whether it is in force now.
    pub current: bool,
    /// When it landed.
    pub landed: Time,
    /// The mainline commit that landed it.
    pub commit: Option<CommitView>,
    /// Whether only metadata changed.
    pub text_unchanged: bool,
}

/// Plans the pages.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    let ids: Vec<DocumentId> = shelf.routes.all_documents().cloned().collect();
    ids.into_iter()
        .filter_map(|id| {
            let path = shelf.routes.document(&id)?.to_owned();
            Some(page(shelf, path, "policy.html", move |at| policy(at, &id)))
        })
        .collect()
}

fn policy(at: At<'_, '_>, id: &DocumentId) -> anyhow::Result<PolicyPage> {
    let input = &at.shelf.input;
    let judged = input.assessment.document(id);
    let timeline = input.timelines.documents.get(id);
    let current = judged.and_then(in_force);
    let past = |index: usize| timeline.and_then(|timeline| timeline.versions.get(index)).and_then(|version| version.record.as_ref());
    let newest = || timeline.and_then(|timeline| timeline.versions.iter().rev().find_map(|version| version.record.as_ref()));
    let document = current.and_then(|version| past(version.index)).or_else(|| input.programme.documents.get(id)).or_else(newest);
    let document = document.ok_or_else(|| anyhow::anyhow!("document {id} has a page and no text"))?;
    let subject = Subject::Document(id.clone());
    let rendered = document_prose(document, 2, &link_map(at, &document.text.path));
    let approval = judged.map(|judged| judged.approval.clone()).unwrap_or_default();
    Ok(PolicyPage {
        frame: frame_under(at, "policies.html", "Policies", document.title.clone()),
        kind: capitalised(document.kind.word()),
        id: id.to_string(),
        state: state(document, current.is_some()),
        shown: shown(document, current),
        starter: at.shelf.findings_about(&subject).iter().any(|finding| finding.code == STARTER_TEXT),
        owner: document.owner.as_ref().map(|owner| at.owner(owner)),
        approvers: document.approvers.iter().map(|owner| at.owner(owner)).collect(),
        approved_by: approval.named,
        independent: approval.independent,
        basis: capitalised(&approval.basis),
        reviewed: judged.and_then(|judged| judged.last_review).map_or_else(String::new, crate::date::long_date),
        next_review: judged.and_then(|judged| judged.next_review).map_or_else(String::new, |day| format!("{} ({})", crate::date::long_date(day), at.distance(day))),
        classification: match document.classification {
            Classification::Public => "public",
            Classification::Internal => "internal",
            Classification::Restricted => "restricted",
        },
        acknowledgement: document.acknowledgement,
        serves: serves(at, &document.satisfies),
        controls: controls(at, id),
        html: rendered.html,
        headings: rendered.headings.iter().filter(|heading| heading.level <= 3).map(|heading| Link { href: format!("#{}", heading.anchor), text: heading.text.clone() }).collect(),
        versions: version_rows(at, id, 0..=usize::MAX),
        removed: timeline.and_then(|timeline| timeline.removed).map(|(when, _)| at.instant(when)),
        gaps: at.gaps_about(&subject),
        findings: at.findings_about(&subject),
        file: document.text.path.to_string(),
    })
}

fn controls(at: At<'_, '_>, id: &DocumentId) -> Vec<ControlMark> {
    let controls = at.shelf.input.programme.controls.values().filter(|control| control.policies.contains(id));
    controls.map(|control| super::framework::control_mark(at, &control.id)).collect()
}

fn shown(document: &Document, current: Option<&DocumentVersion>) -> String {
    let label = |label: &str| if label.is_empty() { "The version".to_owned() } else { format!("Version {label}") };
    match current {
        Some(version) => {
            let since = version.from.map_or_else(String::new, |day| format!(" since {}", crate::date::long_date(day)));
            format!("{} is in force{since}", label(&version.label))
        }
        None => format!("{} shown here is not in force: it is the one the tip holds", label(&document.version)),
    }
}

/// The version in force, if any.
pub fn in_force(judged: &DocumentAssessment) -> Option<&DocumentVersion> {
    let index = judged.in_force?;
    judged.versions.iter().find(|version| version.index == index)
}

/// A document's state as a mark.
pub fn state(document: &Document, in_force: bool) -> Mark {
    let (name, words) = match (in_force, document.status) {
        (true, _) => ("in_place", "in force"),
        (false, DocumentStatus::Draft) => ("drafted", "draft"),
        (false, DocumentStatus::Approved) => ("approved", "approved, not in force"),
        (false, DocumentStatus::Retired) => ("retired", "retired"),
    };
    Mark { name, words: words.to_owned() }
}

/// The name of a version: as written, or by its place.
pub fn version_name(version: Option<&DocumentVersion>, index: usize) -> String {
    match version.map(|version| version.label.as_str()).unwrap_or_default() {
        "" => format!("Landing {}", index + 1),
        label => format!("Version {label}"),
    }
}

/// A text of the programme placed in a page: its headings lie under the page's own, and its anchors collide with none.
pub fn prose(source: &str, anchors: &str, top: u8, links: &text::LinkMap<'_>) -> text::Rendered {
    text::markdown_with(source, text::MarkdownOptions { anchors, top: Some(top), ..text::MarkdownOptions::default() }, links)
}

/// A document's text placed in a page, without a first heading that only repeats the title.
pub fn document_prose(document: &Document, top: u8, links: &text::LinkMap<'_>) -> text::Rendered {
    prose(text::without_title(&document.body, &document.title), "text-", top, links)
}

/// The days a version was in force, in words.
pub fn in_force_words(version: &DocumentVersion) -> String {
    match (version.from, version.to) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("since {from}"),
        (None, _) => "never in force".to_owned(),
    }
}

/// The versions of a document with an index in `range`, newest first.
pub fn version_rows(at: At<'_, '_>, id: &DocumentId, range: RangeInclusive<usize>) -> Vec<VersionRow> {
    let judged = at.shelf.input.assessment.document(id);
    let judged_versions: BTreeMap<usize, &DocumentVersion> =
        judged.map(|judged| judged.versions.iter().map(|version| (version.index, version)).collect()).unwrap_or_default();
    let versions = at.shelf.input.timelines.documents.get(id).map_or(&[][..], |timeline| timeline.versions.as_slice());
    let row = |(index, version): (usize, &Version<Document>)| {
        let known = judged_versions.get(&index).copied();
        let path = at.shelf.routes.version(id, index + 1).unwrap_or_default();
        VersionRow {
            version: at.to(&path, version_name(known, index)),
            in_force: known.map_or_else(|| "cannot be read".to_owned(), in_force_words),
            current: judged.is_some_and(|judged| judged.in_force == Some(index)),
            landed: at.instant(version.landed),
            commit: version.landed_in.map(|commit| at.commit(commit)),
            text_unchanged: known.is_some_and(|known| known.text_unchanged),
        }
    };
    versions.iter().enumerate().filter(|(index, _)| range.contains(index)).rev().map(row).collect()
}

/// Where a document's links lead: other documents' pages, the web, or nowhere.
pub fn link_map<'m>(at: At<'m, 'm>, file: &'m RepoPath) -> impl Fn(&str) -> Option<String> + Sync + 'm {
    move |href| {
        let lower = href.to_ascii_lowercase();
        if ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme)) || href.starts_with('#') {
            return Some(href.to_owned());
        }
        let (path, anchor) = href.split_once('#').map_or((href, None), |(path, anchor)| (path, Some(anchor)));
        let target = file.sibling(path)?;
        let document = at.shelf.input.programme.documents.values().find(|document| document.text.path == target)?;
        let page = at.shelf.routes.document(&document.id)?;
        Some(at.href(&anchor.map_or_else(|| page.to_owned(), |anchor| format!("{page}#{anchor}"))))
    }
}
