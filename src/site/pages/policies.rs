//! All documents: policies, procedures, and the system description by its sections.

use std::sync::Arc;

use serde::Serialize;

use super::{frame, page, policy};
use crate::{
    assess::description::SECTIONS,
    id::DocumentId,
    model::{Document, DocumentKind},
    site::{
        Page,
        links::At,
        nav::Frame,
        shelf::Shelf,
        view::{Link, Mark, capitalised, number},
    },
};

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct Policies {
    /// What stands around it.
    pub frame: Frame,
    /// Policies, then procedures.
    pub groups: Vec<DocumentGroup>,
    /// The sections of the system description with their documents.
    pub sections: Vec<SectionRow>,
    /// Documents that the tip no longer has.
    pub removed: Vec<Link>,
}

/// The documents of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentGroup {
    /// Its anchor.
    pub anchor: &'static str,
    /// Its name.
    pub name: &'static str,
    /// How many.
    pub count: String,
    /// The documents, by id.
    pub rows: Vec<DocumentRow>,
}

/// One document in a list.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentRow {
    /// Its title.
    pub document: Link,
    /// Its version as written; empty when none.
    pub version: String,
    /// Whether a version is in force.
    pub state: Mark,
    /// Since when that version has been in force; empty when none is.
    pub since: String,
    /// Who keeps it.
    pub owner: Option<Link>,
    /// The last review that counts; empty when none.
    pub reviewed: String,
    /// The next review with its distance; empty when none is set.
    pub next_review: String,
    /// Who approved the version in force; empty when nobody is named.
    pub approved_by: String,
    /// How many versions the mainline held.
    pub versions: String,
}

/// One section of the system description.
#[derive(Clone, Debug, Serialize)]
pub struct SectionRow {
    /// Its id (`DC1`).
    pub id: &'static str,
    /// Its title in our own words.
    pub title: String,
    /// The documents that answer it.
    pub documents: Vec<Link>,
}

/// Plans the page.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    vec![page(shelf, "policies.html", "policies.html", |at| Ok(policies(at)))]
}

fn policies(at: At<'_, '_>) -> Policies {
    let documents = &at.shelf.input.programme.documents;
    let group = |anchor, name, kind: DocumentKind| {
        let rows: Vec<DocumentRow> = documents.values().filter(|document| document.kind == kind).map(|document| row(at, document)).collect();
        DocumentGroup { anchor, name, count: number(rows.len()), rows }
    };
    let system: Vec<&Document> = documents.values().filter(|document| document.kind == DocumentKind::System).collect();
    let links = |wanted: &str| system.iter().filter(|document| document.section.as_deref() == Some(wanted)).map(|document| at.document(&document.id)).collect();
    let mut sections: Vec<SectionRow> = SECTIONS.iter().map(|&(id, tells)| SectionRow { id, title: capitalised(tells), documents: links(id) }).collect();
    let elsewhere = |document: &&&Document| !SECTIONS.iter().any(|(id, _)| document.section.as_deref() == Some(*id));
    let other: Vec<Link> = system.iter().filter(elsewhere).map(|document| at.document(&document.id)).collect();
    if !other.is_empty() {
        sections.push(SectionRow { id: "none", title: "Documents without a section".to_owned(), documents: other });
    }
    let gone: Vec<&DocumentId> = at.shelf.routes.all_documents().filter(|id| !documents.contains_key(*id)).collect();
    Policies {
        frame: frame(at, "policies.html", "Policies, procedures and the system description"),
        groups: vec![group("policies", "Policies", DocumentKind::Policy), group("procedures", "Procedures", DocumentKind::Procedure)],
        sections,
        removed: gone.into_iter().map(|id| at.document(id)).collect(),
    }
}

fn row(at: At<'_, '_>, document: &Document) -> DocumentRow {
    let judged = at.shelf.input.assessment.document(&document.id);
    let in_force = judged.and_then(policy::in_force);
    DocumentRow {
        document: at.document(&document.id),
        version: in_force.map_or_else(|| document.version.clone(), |version| version.label.clone()),
        state: policy::state(document, in_force.is_some()),
        since: in_force.and_then(|version| version.from).map_or_else(String::new, |day| day.to_string()),
        owner: document.owner.as_ref().map(|owner| at.owner(owner)),
        reviewed: judged.and_then(|judged| judged.last_review).map_or_else(String::new, |day| day.to_string()),
        next_review: judged.and_then(|judged| judged.next_review).map_or_else(String::new, |day| format!("{day}, {}", at.distance(day))),
        approved_by: judged.map_or_else(String::new, |judged| judged.approval.named.join(", ")),
        versions: number(judged.map_or(1, |judged| judged.versions.len().max(1))),
    }
}
