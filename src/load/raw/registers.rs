//! Waivers, deviations, incidents and risks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CadenceText, DateText, InstantText, Name, PeriodText};

/// A decision, made beforehand, not to perform a control for some periods. `content/waivers/*.yaml`.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The address of this schema, for editors.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// Its id.
    #[schemars(required)]
    pub id: Option<Name>,
    /// The control.
    #[schemars(required)]
    pub control: Option<Name>,
    /// The periods.
    #[schemars(required)]
    pub periods: Option<Vec<PeriodText>>,
    /// Why.
    #[schemars(required)]
    pub reason: Option<String>,
    /// What is done instead.
    pub compensating: Option<String>,
    /// Who asked: a person's id.
    pub requested_by: Option<Name>,
    /// Who agreed: a person's id.
    pub approved_by: Option<Name>,
    /// The day of the decision; what counts is the day it landed.
    pub approved_on: Option<DateText>,
    /// The last day it holds.
    pub expires_on: Option<DateText>,
}

/// A deviation with management's response. `content/deviations/*.yaml`.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deviation {
    /// The address of this schema, for editors.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// Its id.
    #[schemars(required)]
    pub id: Option<Name>,
    /// What happened, as a sentence.
    #[schemars(required)]
    pub title: Option<String>,
    /// The control.
    #[schemars(required)]
    pub control: Option<Name>,
    /// The period, when it is about one.
    pub period: Option<PeriodText>,
    /// The day it was found.
    pub found_on: Option<DateText>,
    /// What was expected.
    pub expected: Option<String>,
    /// What was observed.
    pub observed: Option<String>,
    /// Why it happened.
    pub cause: Option<String>,
    /// What it led to.
    pub impact: Option<String>,
    /// What compensated.
    pub compensating: Option<String>,
    /// What was changed.
    pub correction: Option<String>,
    /// The day of the correction.
    pub corrected_on: Option<DateText>,
    /// Who answers for it: a person or a team.
    pub owner: Option<Name>,
    /// What became of it. Without it: `deviation`.
    pub disposition: Option<Disposition>,
}

/// What became of a deviation.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// It stands.
    Deviation,
    /// Late, but within what is tolerated.
    LateWithinTolerance,
    /// Waived before the fact.
    WaivedBefore,
    /// Explained: it did not happen.
    FalsePositive,
}

/// A security incident. `content/incidents/*.yaml`.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    /// The address of this schema, for editors.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// Its id.
    #[schemars(required)]
    pub id: Option<Name>,
    /// What happened, as a sentence.
    #[schemars(required)]
    pub title: Option<String>,
    /// How grave it is.
    #[schemars(required)]
    pub severity: Option<IncidentSeverity>,
    /// Whether the system description must name it. Without it: false.
    pub significant: Option<bool>,
    /// When it was noticed.
    pub detected_at: Option<InstantText>,
    /// When it was declared.
    pub declared_at: Option<InstantText>,
    /// When it was contained.
    pub contained_at: Option<InstantText>,
    /// When it was closed.
    pub closed_at: Option<InstantText>,
    /// Who led: a person or a team.
    pub owner: Option<Name>,
    /// Markdown.
    pub summary: Option<String>,
    /// What follows from it.
    pub actions: Option<Vec<String>>,
}

/// How grave an incident is.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IncidentSeverity {
    /// Slight.
    Low,
    /// Noticeable.
    Medium,
    /// Grave.
    High,
    /// Of the gravest kind.
    Critical,
}

/// A line of the risk register. `content/risks/*.yaml`.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// The address of this schema, for editors.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// Its id.
    #[schemars(required)]
    pub id: Option<Name>,
    /// The risk, as a sentence.
    #[schemars(required)]
    pub title: Option<String>,
    /// Its category.
    #[schemars(required)]
    pub category: Option<RiskCategory>,
    /// Who answers for it: a person or a team.
    pub owner: Option<Name>,
    /// How likely it is: 1 (rare) to 5.
    #[schemars(required, range(min = 1, max = 5))]
    pub likelihood: Option<u8>,
    /// How much it would hurt: 1 (slight) to 5.
    #[schemars(required, range(min = 1, max = 5))]
    pub impact: Option<u8>,
    /// How it is answered.
    #[schemars(required)]
    pub treatment: Option<Treatment>,
    /// The controls that reduce it.
    pub controls: Option<Vec<Name>>,
    /// Whether it is still open. Without it: `open`.
    pub status: Option<RiskStatus>,
    /// The day of its last review.
    pub reviewed_on: Option<DateText>,
    /// How often it is reviewed.
    pub review_every: Option<CadenceText>,
    /// Markdown.
    pub description: Option<String>,
}

/// The category of a risk.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RiskCategory {
    /// Attacks and mistakes that reach systems or data.
    Security,
    /// The service is not there.
    Availability,
    /// Secrets get out.
    Confidentiality,
    /// Personal data is mishandled.
    Privacy,
    /// Somebody deceives on purpose.
    Fraud,
    /// A supplier fails.
    Vendor,
    /// A change goes wrong.
    Change,
    /// People leave, lack or err.
    People,
}

/// How a risk is answered.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// Controls reduce it.
    Mitigate,
    /// It is lived with.
    Accept,
    /// Somebody else bears it.
    Transfer,
    /// Its source is given up.
    Avoid,
}

/// Whether a risk is still open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RiskStatus {
    /// It is.
    Open,
    /// It is not.
    Closed,
}
