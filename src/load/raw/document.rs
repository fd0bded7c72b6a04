//! Policies, procedures and the system description.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CadenceText, DateText, MappingText, Name};

/// A document: the front matter of a Markdown file under `content/policies`, `content/procedures` or `content/system`,
/// or the entry in a YAML list there that adopts a document with `path`.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The address of this schema, for editors.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// Its id, which never changes.
    #[schemars(required)]
    pub id: Option<Name>,
    /// Its title.
    #[schemars(required)]
    pub title: Option<String>,
    /// In a list only: the Markdown file it adopts, from the repository's root.
    pub path: Option<String>,
    /// In a list only: the text begins with a header that no fence opens and that ends at the first line `---`.
    pub header: Option<Header>,
    /// Who keeps it: a person or a team.
    pub owner: Option<Name>,
    /// Who may approve it: people or teams.
    pub approvers: Option<Vec<Name>>,
    /// Its version, as text.
    pub version: Option<Name>,
    /// Its status. Without it: `draft`.
    pub status: Option<DocumentStatus>,
    /// The first day it binds.
    pub effective_from: Option<DateText>,
    /// The day of the last review.
    pub reviewed_on: Option<DateText>,
    /// How often it is reviewed.
    pub review_every: Option<CadenceText>,
    /// The requirements it serves: framework to ids.
    pub satisfies: Option<MappingText>,
    /// Who may read it. Without it: `internal`.
    pub classification: Option<Classification>,
    /// Whether people must acknowledge it. Without it: `none`.
    pub acknowledgement: Option<Acknowledgement>,
    /// In `content/system` only: the section it answers.
    pub section: Option<Section>,
}

/// How the header of an adopted text is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Header {
    /// Between two lines of `---`, or not there at all.
    Fenced,
    /// From the first line to the first `---`.
    Unfenced,
}

/// A document's status.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
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
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Classification {
    /// Anybody; it may appear on the trust page.
    Public,
    /// People of the organization.
    Internal,
    /// Named people.
    Restricted,
}

/// Whether people must acknowledge a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Acknowledgement {
    /// They must.
    Required,
    /// They need not.
    None,
}

/// A section of the system description.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Section {
    /// The services provided.
    Dc1,
    /// The commitments and system requirements.
    Dc2,
    /// The components of the system.
    Dc3,
    /// The incidents to be told.
    Dc4,
    /// The criteria and the controls that meet them.
    Dc5,
    /// What users must do themselves.
    Dc6,
    /// Subservice organizations and what is expected of them.
    Dc7,
    /// Criteria that are not relevant, and why.
    Dc8,
    /// Significant changes during the period.
    Dc9,
}

impl Section {
    /// The section's id as written.
    pub fn id(self) -> &'static str {
        match self {
            Self::Dc1 => "DC1",
            Self::Dc2 => "DC2",
            Self::Dc3 => "DC3",
            Self::Dc4 => "DC4",
            Self::Dc5 => "DC5",
            Self::Dc6 => "DC6",
            Self::Dc7 => "DC7",
            Self::Dc8 => "DC8",
            Self::Dc9 => "DC9",
        }
    }
}
