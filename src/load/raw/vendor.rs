//! Vendors, subservice organizations and subprocessors.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CadenceText, DateText, MappingText, Name};

/// A supplier. `content/vendors/*.yaml`.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vendor {
    /// The address of this schema, for editors.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// Its id.
    #[schemars(required)]
    pub id: Option<Name>,
    /// Its name.
    #[schemars(required)]
    pub name: Option<String>,
    /// Its roles; they are three different lists.
    #[schemars(required)]
    pub roles: Option<Vec<VendorRole>>,
    /// Who looks after the relation: a person or a team.
    pub owner: Option<Name>,
    /// How much depends on it. Without it: `low`.
    pub tier: Option<Tier>,
    /// What it does for you.
    pub service: Option<String>,
    /// Its web address.
    pub website: Option<String>,
    /// The first day of use.
    pub since: Option<DateText>,
    /// How often it is reviewed.
    pub review_every: Option<CadenceText>,
    /// The kinds of data it sees.
    pub data: Option<Vec<String>>,
    /// Where it processes.
    pub locations: Option<Vec<String>>,
    /// Why it processes, for the public list of subprocessors.
    pub purpose: Option<String>,
    /// A subprocessor: the day customers were told.
    pub announced_on: Option<DateText>,
    /// A subprocessor: the day processing starts.
    pub effective_on: Option<DateText>,
    /// A subservice organization: whether its controls are left out of the report or part of it.
    pub method: Option<Method>,
    /// A subservice organization: the controls expected of it.
    pub csocs: Option<Vec<Expected>>,
    /// Its last report that was read.
    pub report: Option<VendorReport>,
}

/// A role of a supplier.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VendorRole {
    /// Somebody you buy from.
    Vendor,
    /// Somebody whose controls are necessary, with yours, to keep the commitments.
    Subservice,
    /// Somebody who processes personal data of customers for you.
    Subprocessor,
}

/// How much depends on a supplier.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// The service stops without it.
    Critical,
    /// It sees sensitive data or much depends on it.
    High,
    /// Little depends on it.
    Low,
}

/// How a subservice organization is treated in a report.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Its controls are left out and named as expected.
    CarveOut,
    /// Its controls are part of the report.
    Inclusive,
}

/// A supplier's report that was read.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VendorReport {
    /// What kind (`soc2_type2`).
    #[serde(rename = "type")]
    #[schemars(required)]
    pub kind: Option<String>,
    /// The last day it speaks for.
    pub period_end: Option<DateText>,
    /// The opinion, in the report's word.
    pub opinion: Option<String>,
    /// The day it was read.
    pub reviewed_on: Option<DateText>,
    /// Who read it: a person's id.
    pub reviewed_by: Option<Name>,
    /// Whether its user-entity controls were mapped to yours. Without it: false.
    pub cuecs_mapped: Option<bool>,
    /// The last day a bridge letter speaks for.
    pub bridge_until: Option<DateText>,
}

/// A control that a subservice organization is expected to have: a sentence, or a record of it.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Expected {
    /// The sentence.
    Text(String),
    /// The sentence with the requirements that rest on it.
    Record(ExpectedControl),
}

/// A control that a subservice organization is expected to have.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpectedControl {
    /// Its id.
    pub id: Option<Name>,
    /// The sentence.
    #[schemars(required)]
    pub text: Option<String>,
    /// The requirements that rest on it: framework to ids.
    pub satisfies: Option<MappingText>,
}
