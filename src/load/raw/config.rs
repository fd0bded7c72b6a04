//! `tickmark.yaml`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DateText, Language, Name, SpanText};

/// The configuration of a programme: `tickmark.yaml`.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The address of this schema, for editors.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// Whose programme this is.
    #[schemars(required)]
    pub organization: Option<Organization>,
    /// What is in scope.
    #[schemars(required)]
    pub scope: Option<Scope>,
    /// The stretch of time that is assessed.
    #[schemars(required)]
    pub window: Option<Window>,
    /// Where the authoritative history lies.
    pub history: Option<History>,
    /// How obligations are judged where the formats leave a choice.
    pub assessment: Option<Assessment>,
    /// How the language of texts is judged.
    pub language: Option<Language>,
    /// Product repositories for change tests.
    pub repositories: Option<Vec<Repository>>,
    /// The readiness site.
    pub site: Option<Site>,
    /// The trust page.
    pub trust: Option<TrustOutput>,
}

/// The organization and its calendar.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// Its name.
    #[schemars(required)]
    pub name: Option<String>,
    /// The IANA name of the zone in which its days begin and end (`Europe/Berlin`). Without it: UTC.
    pub timezone: Option<String>,
    /// The first month of the fiscal year, 1 to 12; quarters and halves follow it. Without it: 1.
    #[schemars(range(min = 1, max = 12))]
    pub fiscal_year_start: Option<u32>,
    /// Days nobody works, beside Saturdays and Sundays; skipped when business days are counted.
    pub holidays: Option<Vec<DateText>>,
}

/// What is in scope.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The system's name.
    pub system: Option<String>,
    /// The frameworks: key to `all` or a list of selections (`{soc2: [security, availability]}`).
    #[schemars(required)]
    pub frameworks: Option<BTreeMap<String, Selection>>,
    /// Requirements that do not apply, with reasons.
    pub not_applicable: Option<Vec<NotApplicable>>,
}

/// Which part of a framework is in scope.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Selection {
    /// All of it.
    All(All),
    /// The groups with these selection names.
    Named(Vec<String>),
}

/// The word `all`.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum All {
    /// All of the framework.
    All,
}

/// A requirement that does not apply.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotApplicable {
    /// The framework's key.
    #[schemars(required)]
    pub framework: Option<String>,
    /// The requirement's id.
    #[schemars(required)]
    pub id: Option<Name>,
    /// Why it does not apply.
    #[schemars(required)]
    pub reason: Option<String>,
}

/// The stretch of time that is assessed: `start` and `end`, or `as_of` for a type 1 report.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// The first day.
    pub start: Option<DateText>,
    /// The last day, included.
    pub end: Option<DateText>,
    /// The single day of a type 1 report.
    pub as_of: Option<DateText>,
    /// The report it prepares for. Without it: `type1` with `as_of`, else `type2`.
    pub report: Option<Report>,
}

/// The report a window prepares for.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Report {
    /// Design as of a day.
    Type1,
    /// Design and operation throughout a period.
    Type2,
}

/// Where the authoritative history lies.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// The authoritative branch. Without it: the one that is checked out.
    pub branch: Option<String>,
    /// The file of permitted signers, as a path in this repository.
    pub signers: Option<String>,
}

/// How obligations are judged where the formats leave a choice.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// How far ahead an obligation counts as due soon. Without it: `P30D`.
    pub due_soon: Option<SpanText>,
    /// Which periods at the window's edges are expected. Without it: `due_in_window`.
    pub edge: Option<Edge>,
    /// A record that lands later than this after `performed_on` was recorded after the fact. Without it: `5bd`.
    pub contemporaneous: Option<SpanText>,
}

/// Which periods at the window's edges are expected.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    /// Those whose due day lies in the window.
    DueInWindow,
    /// Those that lie in the window with all their days.
    FullyContained,
}

/// A product repository whose changes are tested.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Repository {
    /// Its name in this programme.
    #[schemars(required)]
    pub id: Option<Name>,
    /// Where it lies, relative to this repository.
    #[schemars(required)]
    pub path: Option<String>,
    /// Its authoritative branch.
    pub branch: Option<String>,
    /// The paths in scope, as globs. Without it: all.
    pub paths: Option<Vec<String>>,
}

/// Where the readiness site goes and how it looks.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// The output folder, relative to this repository. Without it: `build/readiness`.
    pub output: Option<String>,
    /// The theme's name. Without it: `default`.
    pub theme: Option<String>,
}

/// Where the trust page goes.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrustOutput {
    /// The output folder, relative to this repository. Without it: `build/trust`.
    pub output: Option<String>,
    /// The address it will be served from.
    pub base_url: Option<String>,
}
