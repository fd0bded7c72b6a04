//! People and teams.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DateText, Name};

/// Everybody the programme knows. `content/people.yaml`.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// The address of this schema, for editors.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// People, bots and shared accounts.
    pub people: Option<Vec<Person>>,
    /// Teams.
    pub teams: Option<Vec<Team>>,
}

/// One person, bot or shared account.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Their id.
    #[schemars(required)]
    pub id: Option<Name>,
    /// Their name.
    #[schemars(required)]
    pub name: Option<String>,
    /// Their role.
    pub title: Option<String>,
    /// The e-mail addresses they commit with.
    pub emails: Option<Vec<String>>,
    /// Their public keys, one line each.
    pub keys: Option<Vec<String>>,
    /// What kind of actor. Without it: `human`.
    pub kind: Option<PersonKind>,
    /// Their first day with the organization.
    pub from: Option<DateText>,
    /// Their last day with the organization.
    pub to: Option<DateText>,
}

/// What kind of actor.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PersonKind {
    /// A human being.
    Human,
    /// A program.
    Bot,
    /// An account several people use.
    Shared,
    /// A forge acting for somebody.
    Platform,
}

/// A team.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// Its id.
    #[schemars(required)]
    pub id: Option<Name>,
    /// Its name. Without it: its id.
    pub name: Option<String>,
    /// The ids of its members.
    #[schemars(required)]
    pub members: Option<Vec<Name>>,
}
