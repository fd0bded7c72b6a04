//! Policies, procedures and the system description.

use serde::Serialize;

use super::{Mapping, Origin, OwnerRef};
use crate::{
    date::{Cadence, Date},
    id::DocumentId,
};

/// One document: its front matter (or its entry in a list, when adopted) and its text.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// Which of the three kinds.
    pub kind: DocumentKind,
    /// Its title.
    pub title: String,
    /// Who keeps it.
    pub owner: Option<OwnerRef>,
    /// Who may approve it.
    pub approvers: Vec<OwnerRef>,
    /// Its version as written; empty when none.
    pub version: String,
    /// Its status as written.
    pub status: DocumentStatus,
    /// The first day it binds.
    pub effective_from: Option<Date>,
    /// The day of the last review, as claimed.
    pub reviewed_on: Option<Date>,
    /// How often it is to be reviewed.
    pub review_every: Option<Cadence>,
    /// The requirements it serves.
    pub satisfies: Mapping,
    /// Who may read it.
    pub classification: Classification,
    /// Whether people must acknowledge it.
    pub acknowledgement: bool,
    /// For the system description: the section it answers (`DC1`).
    pub section: Option<String>,
    /// The Markdown text, without front matter.
    pub body: String,
    /// Where the record stands: the file itself, or the list that adopts it.
    pub origin: Origin,
    /// The file that holds the text, and the line on which it begins; for an adopted document another file than `origin`.
    pub text: Origin,
    /// Whether a list adopts the text from a file without front matter of ours.
    pub adopted: bool,
    /// Whether an adopted text begins with a header that no fence opens.
    pub unfenced: bool,
}

/// Which kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// What is expected.
    Policy,
    /// How it is done.
    Procedure,
    /// A part of the system description.
    System,
}

impl DocumentKind {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Procedure => "procedure",
            Self::System => "system description",
        }
    }
}

/// A document's status as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentStatus {
    /// Not in force.
    Draft,
    /// Approved; in force from its day.
    Approved,
    /// No longer in force.
    Retired,
}

/// Who may read a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Classification {
    /// Anybody; may appear on the trust page.
    Public,
    /// People of the organization.
    Internal,
    /// Named people.
    Restricted,
}
