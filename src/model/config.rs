//! `tickmark.yaml` as meaning: every default filled in, every reference still to be resolved.

use std::collections::BTreeMap;

use serde::Serialize;

use super::LanguageConfig;
use crate::{
    date::{Calendar, Date, DateRange, Lapse, Zone},
    id::{FrameworkId, RequirementId},
};

/// The programme's configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// Whose programme this is.
    pub organization: Organization,
    /// What is in scope.
    pub scope: Scope,
    /// The stretch of time that is assessed.
    pub window: Window,
    /// Where the authoritative history lies.
    pub history: HistoryConfig,
    /// How obligations are judged where the formats leave a choice.
    pub assumptions: Assumptions,
    /// How the language of texts is judged.
    pub language: LanguageConfig,
    /// Product repositories for change tests.
    pub repositories: Vec<ProductRepository>,
    /// The readiness site.
    pub site: SiteConfig,
    /// The trust page.
    pub trust: TrustConfig,
}

/// The organization and its calendar.
#[derive(Clone, Debug)]
pub struct Organization {
    /// Its name.
    pub name: String,
    /// The zone in which its days begin and end.
    pub zone: Zone,
    /// Fiscal year and holidays.
    pub calendar: Calendar,
}

/// What is in scope.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The system's name; empty when none was given.
    pub system: String,
    /// The frameworks and what of each.
    pub frameworks: BTreeMap<FrameworkId, Selection>,
    /// Requirements declared not applicable, with reasons.
    pub not_applicable: Vec<NotApplicable>,
}

/// Which part of a framework is in scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// All of it.
    All,
    /// The groups with these selection names (`security`, `availability`).
    Named(Vec<String>),
}

/// A requirement that does not apply.
#[derive(Clone, Debug)]
pub struct NotApplicable {
    /// The framework.
    pub framework: FrameworkId,
    /// The requirement.
    pub id: RequirementId,
    /// Why.
    pub reason: String,
}

/// Which kind of report the window prepares for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Report {
    /// Design as of a date.
    Type1,
    /// Design and operation throughout a period.
    Type2,
}

/// The stretch of time that is assessed. A type 1 window is its single day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// First and last day, both included.
    pub range: DateRange,
    /// The report it prepares for.
    pub report: Report,
}

/// Where the authoritative history lies.
#[derive(Clone, Debug, Default)]
pub struct HistoryConfig {
    /// The authoritative branch; `None`: the one that is checked out.
    pub branch: Option<String>,
    /// The file of permitted signers, as a path in the repository.
    pub signers: Option<String>,
}

/// Choices that the formats leave to the organization; shown on the method page.
#[derive(Clone, Copy, Debug)]
pub struct Assumptions {
    /// How far ahead an obligation counts as due soon.
    pub due_soon: Lapse,
    /// Which periods at the window's edges are expected.
    pub edge: EdgeRule,
    /// A record that lands later than this after `performed_on` was recorded after the fact.
    pub contemporaneous: Lapse,
}

/// Which periods at the window's edges are expected in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EdgeRule {
    /// Those whose due day lies in the window.
    DueInWindow,
    /// Those that lie in the window with all their days.
    FullyContained,
}

/// A product repository whose changes are tested.
#[derive(Clone, Debug)]
pub struct ProductRepository {
    /// Its name in this programme.
    pub id: String,
    /// Where it lies, relative to this repository.
    pub path: String,
    /// Its authoritative branch.
    pub branch: Option<String>,
    /// The paths in scope.
    pub paths: Vec<String>,
}

/// Where the readiness site goes and how it looks.
#[derive(Clone, Debug)]
pub struct SiteConfig {
    /// Output folder, relative to the repository.
    pub output: String,
    /// The theme's name.
    pub theme: String,
}

/// Where the trust page goes.
#[derive(Clone, Debug)]
pub struct TrustConfig {
    /// Output folder, relative to the repository.
    pub output: String,
    /// The address it will be served from; `None` when not given.
    pub base_url: Option<String>,
}

impl Config {
    /// What is assumed before a configuration was read: a year's window around nothing, UTC, an unnamed organization.
    ///
    /// Used when `tickmark.yaml` is missing or unreadable, so that everything else can still be checked.
    pub fn fallback(year_of: Date) -> Self {
        let range = DateRange { first: year_of, last: year_of };
        Self {
            organization: Organization { name: "Unnamed organization".to_owned(), zone: Zone::UTC, calendar: Calendar::default() },
            scope: Scope { system: String::new(), frameworks: BTreeMap::new(), not_applicable: Vec::new() },
            window: Window { range, report: Report::Type1 },
            history: HistoryConfig::default(),
            assumptions: Assumptions::default(),
            language: LanguageConfig::default(),
            repositories: Vec::new(),
            site: SiteConfig::default(),
            trust: TrustConfig::default(),
        }
    }
}

impl Default for Assumptions {
    fn default() -> Self {
        Self { due_soon: Lapse::days(30), edge: EdgeRule::DueInWindow, contemporaneous: Lapse::Business(5) }
    }
}

impl Default for SiteConfig {
    fn default() -> Self {
        Self { output: "build/readiness".to_owned(), theme: "default".to_owned() }
    }
}

impl Default for TrustConfig {
    fn default() -> Self {
        Self { output: "build/trust".to_owned(), base_url: None }
    }
}
