//! Crosswalks: which lines of one framework speak of the same as lines of another. They suggest and never count.

use serde::Serialize;

use crate::id::{FrameworkId, RequirementId};

/// A crosswalk between two frameworks.
#[derive(Clone, Debug)]
pub struct Crosswalk {
    /// Its id.
    pub id: String,
    /// The framework from which it reads.
    pub from: FrameworkId,
    /// The framework to which it reads.
    pub to: FrameworkId,
    /// Whether its author stated the pairs or they were computed.
    pub basis: Basis,
    /// Who stated the pairs; empty when unknown.
    pub author: String,
    /// Where the pairs were read; empty when unknown.
    pub source: String,
    /// Under which licence; empty when unknown.
    pub licence: String,
    /// What a reader should know; empty when nothing.
    pub note: String,
    /// The pairs, sorted.
    pub pairs: Vec<Pair>,
}

/// One pair of a crosswalk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// A line of the framework from which it reads.
    pub from: RequirementId,
    /// A line of the framework to which it reads.
    pub to: RequirementId,
    /// How the first relates to the second.
    pub relation: Relation,
}

/// Where the pairs of a crosswalk come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Its author stated them.
    Direct,
    /// They were computed: a suggestion.
    Derived,
}

/// How the first line of a pair relates to the second, by what each asks (the words of OSCAL's mapping model and of
/// NIST IR 8477).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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

impl Relation {
    /// The relation read from the second line to the first.
    pub fn reversed(self) -> Self {
        match self {
            Self::Subset => Self::Superset,
            Self::Superset => Self::Subset,
            Self::Equal | Self::Intersects | Self::None => self,
        }
    }
}
