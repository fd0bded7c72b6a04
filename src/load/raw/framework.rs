//! Frameworks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Name;

/// A framework: a catalogue of requirements. `frameworks/*.yaml`.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// The address of this schema, for editors.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// The key used in `scope` and `satisfies`.
    #[schemars(required)]
    pub framework: Option<Name>,
    /// Its name.
    #[schemars(required)]
    pub name: Option<String>,
    /// Who publishes it.
    pub owner: Option<String>,
    /// What one line is called: criterion, clause, article. Without it: requirement.
    pub word: Option<String>,
    /// Its groups in order.
    #[schemars(required)]
    pub groups: Option<Vec<Group>>,
    /// Its lines in order.
    #[schemars(required)]
    pub requirements: Option<Vec<Requirement>>,
}

/// A group of requirements.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its id.
    #[schemars(required)]
    pub id: Option<Name>,
    /// Its title.
    pub title: Option<String>,
    /// The name by which `scope.frameworks` selects it. Without it: always in scope.
    pub selection: Option<Name>,
    /// What one of its lines is called, in place of the framework's word.
    pub word: Option<String>,
    /// Whether its lines may be declared not applicable. Without it: they may, with a reason.
    pub applicability: Option<Applicability>,
}

/// Whether the lines of a group may be declared not applicable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Applicability {
    /// They always apply.
    Always,
    /// Every line needs a decision with a reason: the framework asks for a statement of applicability.
    Statement,
}

/// One line of a framework.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Its id.
    #[schemars(required)]
    pub id: Option<Name>,
    /// The id of its group.
    #[schemars(required)]
    pub group: Option<Name>,
    /// The id of the line above it, where lines stand in a tree.
    pub parent: Option<Name>,
    /// What it is. Without it: a requirement.
    pub kind: Option<LineKind>,
    /// Whether it must be met as it stands, or may be answered by a documented alternative.
    pub need: Option<Need>,
    /// What it is called, in place of the group's or the framework's word.
    pub word: Option<String>,
    /// The names by which `scope.frameworks` selects this line, in place of the group's.
    pub selections: Option<Vec<Name>>,
    /// Whether the publisher withdrew it: it is known and never in scope. Without it: false.
    pub withdrawn: Option<bool>,
    /// The ids that took the place of a withdrawn line.
    pub replaced_by: Option<Vec<Name>>,
    /// Its title, in your own words where the text is not free. Without it: its id.
    pub title: Option<String>,
}

/// What a line of a framework is.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// Something to be met.
    Requirement,
    /// Structure above other lines; not counted.
    Heading,
    /// Background; shown and not counted.
    Context,
}

/// Whether a line must be met as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// It must be met.
    Required,
    /// It must be met, or a documented reason and alternative must stand in its place.
    Addressable,
}
