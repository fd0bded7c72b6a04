//! One version of a document: its text as it stood, and the redline against the version before it.

use std::sync::Arc;

use serde::Serialize;

use super::{
    page,
    policy::{VersionRow, document_prose, in_force_words, link_map, version_name, version_rows},
};
use crate::{
    id::DocumentId,
    site::{
        Page,
        links::At,
        nav::Frame,
        shelf::Shelf,
        view::{CommitView, Link, Time},
    },
    text,
};

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct VersionPage {
    /// What stands around it.
    pub frame: Frame,
    /// The version's name.
    pub name: String,
    /// The days it was in force, in words.
    pub in_force: String,
    /// Whether it is in force now.
    pub current: bool,
    /// When it landed.
    pub landed: Time,
    /// The mainline commit that landed it.
    pub commit: Option<CommitView>,
    /// Who wrote the commit that made it.
    pub author: Option<Link>,
    /// The file that held it.
    pub file: String,
    /// The file's blob.
    pub blob: String,
    /// The version before; `None` for the first.
    pub before: Option<Link>,
    /// Whether the text is the same as before.
    pub text_unchanged: bool,
    /// The words inserted and deleted against the version before, as safe HTML; empty without one.
    pub redline_html: String,
    /// The text, as safe HTML; empty when it cannot be read.
    pub html: String,
    /// The versions beside this one, newest first; the document's own page lists all.
    pub versions: Vec<VersionRow>,
}

/// Plans the pages.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    let mut pages = Vec::new();
    for (id, timeline) in &shelf.input.timelines.documents {
        for index in 0..timeline.versions.len() {
            if let Some(path) = shelf.routes.version(id, index + 1) {
                pages.push(page(shelf, path, "version.html", move |at| Ok(version(at, id, index))));
            }
        }
    }
    pages
}

/// How many versions before and after it a version's page lists: a document of thousands must not repeat them all on each.
const BESIDE: usize = 10;

fn version<'a>(at: At<'_, 'a>, id: &'a DocumentId, index: usize) -> VersionPage {
    let timeline = &at.shelf.input.timelines.documents[id];
    let judged = at.shelf.input.assessment.document(id);
    let known_at = |index: usize| judged.and_then(|judged| judged.versions.iter().find(|known| known.index == index));
    let (this, known) = (&timeline.versions[index], known_at(index));
    let before = index.checked_sub(1).and_then(|at| timeline.versions.get(at));
    let body = |version: &'a crate::model::Version<crate::model::Document>| version.record.as_ref().map(|record| record.body.as_str());
    let document = at.document(id);
    let name = version_name(known, index);
    let crumbs = vec![at.to("policies.html", "Policies"), document.clone()];
    let author = this.made_by.and_then(|commit| at.shelf.commit(commit)).map(|commit| at.actor(&commit.author));
    let redline = before.and_then(body).zip(body(this)).filter(|(before, after)| before != after);
    VersionPage {
        frame: Frame::new(at, "policies.html", format!("{}: {}", document.text, name.to_lowercase()), crumbs),
        in_force: known.map_or_else(|| "cannot be read".to_owned(), in_force_words),
        current: judged.is_some_and(|judged| judged.in_force == Some(index)),
        landed: at.instant(this.landed),
        commit: this.landed_in.map(|commit| at.commit(commit)),
        author,
        file: this.path.to_string(),
        blob: this.blob.to_string(),
        before: before.and_then(|_| at.shelf.routes.version(id, index)).map(|path| at.to(&path, version_name(known_at(index.wrapping_sub(1)), index.wrapping_sub(1)))),
        text_unchanged: known.is_some_and(|known| known.text_unchanged),
        redline_html: redline.map_or_else(String::new, |(before, after)| text::redline(before, after)),
        html: this
            .record
            .as_ref()
            .map_or_else(String::new, |record| document_prose(record, 3, &link_map(at, &this.path)).html),
        versions: version_rows(at, id, index.saturating_sub(BESIDE)..=index.saturating_add(BESIDE)),
        name,
    }
}
