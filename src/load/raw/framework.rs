//! Frameworks.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Name;

/// A framework: a catalogue of requirements. `frameworks/*.yaml`.
#[derive(Debug, Deserialize, JsonSchema)]
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
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its id.
    #[schemars(required)]
    pub id: Option<Name>,
    /// Its title.
    pub title: Option<String>,
    /// The name by which `scope.frameworks` selects it. Without it: always in scope.
    pub selection: Option<Name>,
}

/// One line of a framework.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Its id.
    #[schemars(required)]
    pub id: Option<Name>,
    /// The id of its group.
    #[schemars(required)]
    pub group: Option<Name>,
    /// Its title, in your own words where the text is not free.
    #[schemars(required)]
    pub title: Option<String>,
}
