//! Decisions about single requirements.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DateText, Name};

/// A decision whether and how a requirement applies: a line of a statement of applicability, or what stands in place of an
/// addressable specification. `content/applicability/*.yaml`.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The address of this schema, for editors.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// The framework's key.
    #[schemars(required)]
    pub framework: Option<Name>,
    /// The requirement's id.
    #[schemars(required)]
    pub id: Option<Name>,
    /// What was decided.
    #[schemars(required)]
    pub decision: Option<DecisionWord>,
    /// Why.
    #[schemars(required)]
    pub reason: Option<String>,
    /// With `alternative`: what is done in its place.
    pub alternative: Option<String>,
    /// Who decided: a person's id.
    pub decided_by: Option<Name>,
    /// The day of the decision.
    pub decided_on: Option<DateText>,
}

/// What was decided about a requirement.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DecisionWord {
    /// It applies.
    Included,
    /// It does not apply.
    Excluded,
    /// Something else is done in its place.
    Alternative,
}
