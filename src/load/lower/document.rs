//! Policies, procedures and the system description.

use super::{Record, normal};
use crate::{
    id::{DocumentId, ObjectId, RepoPath},
    load::{
        codes::{MISSING_KEY, UNKNOWN_KEY},
        raw,
    },
    model::{Classification, Document, DocumentKind, DocumentStatus, Origin},
};

/// Where a document's text stands.
pub(in crate::load) enum Text {
    /// Under the front matter of the same file.
    Below(String),
    /// In the file that the entry's `path` names; it is attached later.
    Elsewhere,
}

/// Lowers a document; `None` when it has no id, or, in a list, no path.
pub(in crate::load) fn document(record: &mut Record<'_>, raw: raw::Document, kind: DocumentKind, text: Text) -> Option<Document> {
    let raw::Document {
        schema: _,
        id,
        title,
        path,
        header,
        owner,
        approvers,
        version,
        status,
        effective_from,
        reviewed_on,
        review_every,
        satisfies,
        classification,
        acknowledgement,
        section,
    } = raw;
    let origin = record.origin();
    let id = record.id(id, &["id"]);
    let (body, text, adopted) = place_text(record, text, path, &origin)?;
    let id = id?;
    Some(Document {
        title: title.unwrap_or_else(|| id.clone()),
        id: DocumentId::new(id),
        kind,
        owner: record.owner(owner, &["owner"]),
        approvers: record.owners(approvers, "approvers"),
        version: version.map(|version| version.0).unwrap_or_default(),
        status: match status {
            Some(raw::DocumentStatus::Approved) => DocumentStatus::Approved,
            Some(raw::DocumentStatus::Retired) => DocumentStatus::Retired,
            Some(raw::DocumentStatus::Draft) | None => DocumentStatus::Draft,
        },
        effective_from: record.date(effective_from, &["effective_from"]),
        reviewed_on: record.date(reviewed_on, &["reviewed_on"]),
        review_every: record.cadence(review_every, &["review_every"]),
        satisfies: record.mapping(satisfies),
        classification: match classification {
            Some(raw::Classification::Public) => Classification::Public,
            Some(raw::Classification::Restricted) => Classification::Restricted,
            Some(raw::Classification::Internal) | None => Classification::Internal,
        },
        acknowledgement: acknowledgement == Some(raw::Acknowledgement::Required),
        section: section.map(|section| section.id().to_owned()),
        body,
        origin,
        text,
        adopted,
        unfenced: adopted && header == Some(raw::Header::Unfenced),
    })
}

fn place_text(record: &mut Record<'_>, text: Text, path: Option<String>, origin: &Origin) -> Option<(String, Origin, bool)> {
    match (text, path) {
        (Text::Below(body), None) => {
            let text = below(record, &body, origin);
            Some((body, text, false))
        }
        (Text::Below(body), Some(_)) => {
            let message = "`path` stands in a document's own front matter, where the text follows below";
            record.report(&UNKNOWN_KEY, &["path"], message, "take `path` out; it is for lists that adopt other files");
            let text = below(record, &body, origin);
            Some((body, text, false))
        }
        (Text::Elsewhere, Some(path)) => {
            let path = RepoPath::new(normal(path.trim_start_matches("./")));
            Some((String::new(), Origin { path, line: 1, blob: ObjectId([0; 20]) }, true))
        }
        (Text::Elsewhere, None) => {
            let message = "an entry of a list of documents has no `path`";
            record.lost(&MISSING_KEY, &[], message, "write `path:` with the Markdown file it adopts, from the repository's root");
            None
        }
    }
}

/// Where a text begins that ends with its file.
fn below(record: &Record<'_>, body: &str, origin: &Origin) -> Origin {
    Origin { line: record.source.line_of(record.source.text.len().saturating_sub(body.len())), ..origin.clone() }
}
