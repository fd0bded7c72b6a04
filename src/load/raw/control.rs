//! Controls.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CadenceText, DateText, MappingText, Name, SpanText};

/// A control: what the organization does. `controls/**/*.yaml`.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// The address of this schema, for editors.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// Its id, which never changes.
    #[schemars(required)]
    pub id: Option<Name>,
    /// What it does, as a sentence.
    #[schemars(required)]
    pub title: Option<String>,
    /// Who answers for it: a person or a team.
    pub owner: Option<Name>,
    /// How far its design has come. Without it: `drafted`.
    pub status: Option<ControlStatus>,
    /// The first day it is claimed to be in place.
    pub effective_from: Option<DateText>,
    /// The first day it is no longer in place.
    pub retired_on: Option<DateText>,
    /// Done by people or by a machine. Without it: `manual`.
    pub kind: Option<ControlKind>,
    /// Whether it is one of the controls that the criteria rest on. Without it: false.
    pub key: Option<bool>,
    /// How often it is expected.
    pub frequency: Option<CadenceText>,
    /// Whether the period already running on the first day is expected. Without it: `full`.
    pub first_period: Option<FirstPeriod>,
    /// When it is due, counted from the period's last day. Without it: `P0D`, that day itself.
    pub due: Option<SpanText>,
    /// How long after the due day a performance is late rather than a deviation. Without it: `P0D`.
    pub grace: Option<SpanText>,
    /// How long its evidence stays fresh, counted from `source.extracted_at`.
    pub ttl: Option<SpanText>,
    /// The requirements it serves: framework to ids.
    pub satisfies: Option<MappingText>,
    /// The ids of the documents that ask for it.
    pub policies: Option<Vec<Name>>,
    /// How many independent people besides the performer must have reviewed each record. Without it: 0.
    #[schemars(range(max = 9))]
    pub approvals: Option<u32>,
    /// A sentence for the public trust page, approved by the owner.
    pub public: Option<String>,
    /// Why the control does not apply at all, when it does not.
    pub not_applicable: Option<String>,
    /// Markdown.
    pub description: Option<String>,
}

/// How far a control's design has come.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ControlStatus {
    /// Written down, not yet agreed.
    Drafted,
    /// Agreed, not yet working.
    Approved,
    /// Working.
    InPlace,
    /// No longer done.
    Retired,
}

/// Who performs a control.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ControlKind {
    /// People.
    Manual,
    /// A machine.
    Automated,
}

/// Whether the period already running on the first day is expected.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FirstPeriod {
    /// Only periods that start on or after the first day.
    Full,
    /// The running one too.
    Partial,
}
