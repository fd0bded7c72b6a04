//! Evidence manifests.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DateText, InstantText, Name, OneOrMany, PeriodText};

/// An evidence manifest: the record of one performance of a control. `content/evidence/**/*.yaml`.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The address of this schema, for editors.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// Its id. Without it the file's path is the key.
    pub id: Option<Name>,
    /// The control it shows, or a list of them.
    #[schemars(required)]
    pub control: Option<OneOrMany>,
    /// The period it stands for.
    pub period: Option<PeriodText>,
    /// The day the work was done.
    pub performed_on: Option<DateText>,
    /// Who did it: a person's id.
    pub performed_by: Option<Name>,
    /// Who looked at it afterwards: a person's id.
    pub reviewed_by: Option<Name>,
    /// What came of it.
    #[schemars(required)]
    pub result: Option<EvidenceResult>,
    /// Where the data came from.
    pub source: Option<EvidenceSource>,
    /// The files.
    pub artifacts: Option<Vec<Artifact>>,
    /// How many items were looked at.
    pub items: Option<Items>,
    /// The id of the record that this one corrects.
    pub supersedes: Option<Name>,
    /// Markdown.
    pub notes: Option<String>,
}

/// What came of a performance.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceResult {
    /// Nothing was found amiss.
    Pass,
    /// Something was found and noted.
    PassWithExceptions,
    /// The control failed.
    Fail,
    /// Nothing occurred in the period.
    Nil,
}

/// Where evidence came from.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceSource {
    /// The system of record.
    pub system: Option<String>,
    /// Its environment.
    pub environment: Option<String>,
    /// The query, word for word.
    pub query: Option<String>,
    /// When the data was taken out.
    pub extracted_at: Option<InstantText>,
    /// Who took it out: a person's id.
    pub extracted_by: Option<Name>,
    /// How many rows it had.
    pub count: Option<u64>,
}

/// One file of evidence: `path` in this repository, or `uri` outside it.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Artifact {
    /// The file, relative to the manifest's folder.
    pub path: Option<String>,
    /// Where it lies outside the repository; never fetched.
    pub uri: Option<String>,
    /// The SHA-256 of its bytes in hexadecimal, as `sha256sum` prints it.
    #[schemars(regex(pattern = r"^[0-9a-fA-F]{64}$"))]
    pub sha256: Option<String>,
    /// Its size in bytes.
    pub size: Option<u64>,
}

/// How many items were looked at, and how many of them were exceptions.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Items {
    /// How many were looked at.
    #[schemars(required)]
    pub tested: Option<u64>,
    /// How many of them were exceptions. Without it: 0.
    pub exceptions: Option<u64>,
}
