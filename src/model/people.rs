//! People and teams.

use std::{collections::BTreeMap, fmt};

use serde::Serialize;

use super::Origin;
use crate::{
    date::{Date, DateRange},
    id::{PersonId, TeamId},
};

/// Who answers for something: a person or a team; a name that is neither is a finding and is not kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwnerRef {
    /// A person.
    Person(PersonId),
    /// A team.
    Team(TeamId),
}

impl OwnerRef {
    /// The id as written.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Person(id) => id.as_str(),
            Self::Team(id) => id.as_str(),
        }
    }
}

impl fmt::Display for OwnerRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for OwnerRef {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Everybody the programme knows.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// People by id.
    pub people: BTreeMap<PersonId, Person>,
    /// Teams by id.
    pub teams: BTreeMap<TeamId, Team>,
}

/// One person, bot or shared account.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their role; empty when not given.
    pub title: String,
    /// Their e-mail addresses, as written.
    pub emails: Vec<String>,
    /// Their public keys, one line each.
    pub keys: Vec<String>,
    /// What kind of actor.
    pub kind: PersonKind,
    /// First day with the organization.
    pub from: Option<Date>,
    /// Last day with the organization.
    pub to: Option<Date>,
    /// Where they stand.
    pub origin: Origin,
}

/// What kind of actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Debug)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// Its members.
    pub members: Vec<PersonId>,
    /// Where it stands.
    pub origin: Origin,
}

impl Person {
    /// Whether the person is with the organization on a day.
    pub fn present_on(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }
}

impl People {
    /// Reads an owner's name: a person first, then a team.
    pub fn owner(&self, name: &str) -> Option<OwnerRef> {
        let (person, team) = (PersonId::from(name), TeamId::from(name));
        if self.people.contains_key(&person) {
            Some(OwnerRef::Person(person))
        } else if self.teams.contains_key(&team) {
            Some(OwnerRef::Team(team))
        } else {
            None
        }
    }

    /// The people behind an owner: the person, or the team's members.
    pub fn members<'a>(&'a self, owner: &'a OwnerRef) -> Vec<&'a Person> {
        match owner {
            OwnerRef::Person(id) => self.people.get(id).into_iter().collect(),
            OwnerRef::Team(id) => {
                self.teams.get(id).map_or(Vec::new(), |team| team.members.iter().filter_map(|member| self.people.get(member)).collect())
            }
        }
    }

    /// The name people know an owner by.
    pub fn display_name(&self, owner: &OwnerRef) -> String {
        match owner {
            OwnerRef::Person(id) => self.people.get(id).map_or_else(|| id.to_string(), |person| person.name.clone()),
            OwnerRef::Team(id) => self.teams.get(id).map_or_else(|| id.to_string(), |team| team.name.clone()),
        }
    }

    /// The person with an e-mail address, compared without case; `None` when nobody or more than one has it.
    pub fn by_email(&self, email: &str) -> Option<&Person> {
        let mut holders = self.people.values().filter(|person| person.emails.iter().any(|known| known.eq_ignore_ascii_case(email)));
        match (holders.next(), holders.next()) {
            (Some(person), None) => Some(person),
            _ => None,
        }
    }

    /// Whether somebody behind the owner was with the organization on every day of the range.
    pub fn covered_throughout(&self, owner: &OwnerRef, range: DateRange) -> bool {
        self.members(owner).iter().any(|person| person.present_on(range.first) && person.present_on(range.last))
    }
}
