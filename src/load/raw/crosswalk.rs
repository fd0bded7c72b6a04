//! Crosswalks between frameworks.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Name;

/// A crosswalk: which lines of one framework speak of the same as lines of another. `frameworks/crosswalks/*.yaml`.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Crosswalk {
    /// The address of this schema, for editors.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// Its id.
    #[schemars(required)]
    pub crosswalk: Option<Name>,
    /// The framework from which it reads.
    #[schemars(required)]
    pub from: Option<Name>,
    /// The framework to which it reads.
    #[schemars(required)]
    pub to: Option<Name>,
    /// Whether its author stated the pairs or they were computed. Without it: `derived`.
    pub basis: Option<Basis>,
    /// Who stated the pairs.
    pub author: Option<String>,
    /// Where the pairs were read.
    pub source: Option<String>,
    /// Under which licence.
    pub licence: Option<String>,
    /// What a reader should know.
    pub note: Option<String>,
    /// What holds for every pair of `pairs`. Without it: `intersects`.
    pub relation: Option<Relation>,
    /// Pairs: an id of `from` to ids of `to`.
    pub pairs: Option<BTreeMap<String, Vec<Name>>>,
    /// Pairs with a relation of their own.
    pub relations: Option<Vec<RelatedPair>>,
}

/// A pair with a relation of its own.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RelatedPair {
    /// An id of the framework `from`.
    #[schemars(required)]
    pub from: Option<Name>,
    /// An id of the framework `to`.
    #[schemars(required)]
    pub to: Option<Name>,
    /// How the first relates to the second.
    #[schemars(required)]
    pub relation: Option<Relation>,
}

/// Where the pairs of a crosswalk come from.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Its author stated them.
    Direct,
    /// They were computed; a suggestion.
    Derived,
}

/// How one line relates to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Both ask the same.
    Equal,
    /// The first asks part of what the second asks.
    Subset,
    /// The first asks all that the second asks, and more.
    Superset,
    /// They share something.
    Intersects,
    /// They were compared and share nothing.
    None,
}
