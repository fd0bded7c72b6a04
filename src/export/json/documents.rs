//! The part of the assessment's document about policies, procedures and the system description.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Parts, day, word};
use crate::assess::{Approval, DocumentAssessment};

/// A document, its versions and its approval.
#[derive(Serialize, JsonSchema)]
pub(super) struct DocumentView {
    id: String,
    title: String,
    kind: String,
    /// The version in force, or the last one when none is.
    version: String,
    in_force: bool,
    effective_from: Option<String>,
    reviewed_on: Option<String>,
    next_review: Option<String>,
    approval: ApprovalView,
    /// Versions on the mainline, oldest first.
    versions: Vec<DocumentVersionView>,
}

#[derive(Serialize, JsonSchema)]
struct ApprovalView {
    named: Vec<String>,
    independent: bool,
    basis: String,
}

#[derive(Serialize, JsonSchema)]
struct DocumentVersionView {
    version: String,
    /// Days in force, both included; null where open or never.
    from: Option<String>,
    to: Option<String>,
    commit: Option<String>,
    blob: Option<String>,
}

/// A document with its versions.
pub(super) fn document_view(document: &DocumentAssessment, parts: &Parts<'_>) -> DocumentView {
    let DocumentAssessment { id, in_force, versions, last_review, next_review, approval, .. } = document;
    let stated = parts.programme.documents.get(id);
    let timeline = parts.timelines.documents.get(id);
    let shown = in_force.and_then(|index| timeline?.versions.get(index)?.record.as_ref()).or(stated);
    let Approval { named, independent, basis } = approval;
    DocumentView {
        id: id.to_string(),
        title: stated.map(|document| document.title.clone()).unwrap_or_default(),
        kind: stated.map(|document| word(&document.kind)).unwrap_or_default(),
        version: shown.map(|document| document.version.clone()).unwrap_or_default(),
        in_force: in_force.is_some(),
        effective_from: shown.and_then(|document| document.effective_from).map(day),
        reviewed_on: last_review.map(day),
        next_review: next_review.map(day),
        approval: ApprovalView { named: named.clone(), independent: *independent, basis: basis.clone() },
        versions: versions
            .iter()
            .map(|version| {
                let held = timeline.and_then(|timeline| timeline.versions.get(version.index));
                DocumentVersionView {
                    version: version.label.clone(),
                    from: version.from.map(day),
                    to: version.to.map(day),
                    commit: held.and_then(|held| held.made_by).map(|at| parts.history.node(at).id.to_string()),
                    blob: held.map(|held| held.blob.to_string()),
                }
            })
            .collect(),
    }
}
