//! Everybody the programme knows, and the teams.

use std::sync::Arc;

use serde::Serialize;

use super::{frame, page};
use crate::{
    model::{OwnerRef, Person, PersonKind, Team},
    site::{
        Page,
        links::At,
        nav::Frame,
        routes::stem,
        shelf::Shelf,
        view::{Link, number},
    },
};

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct PeoplePage {
    /// What stands around it.
    pub frame: Frame,
    /// People, by id.
    pub rows: Vec<PersonRow>,
    /// Teams, by id.
    pub teams: Vec<TeamView>,
}

/// One person in a list.
#[derive(Clone, Debug, Serialize)]
pub struct PersonRow {
    /// Their page, by name.
    pub person: Link,
    /// Their role; empty when not given.
    pub title: String,
    /// What kind of actor.
    pub kind: &'static str,
    /// The days with the organization, in words; empty when not given.
    pub presence: String,
    /// How many controls they own, alone or in a team.
    pub controls: String,
    /// How many documents they own.
    pub documents: String,
    /// How many obligations wait for them.
    pub due: String,
}

/// One team.
#[derive(Clone, Debug, Serialize)]
pub struct TeamView {
    /// Its anchor.
    pub anchor: String,
    /// Its name.
    pub name: String,
    /// Its members.
    pub members: Vec<Link>,
    /// The controls it owns.
    pub controls: Vec<Link>,
}

/// Plans the page.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    vec![page(shelf, "people.html", "people.html", |at| Ok(people(at)))]
}

fn people(at: At<'_, '_>) -> PeoplePage {
    let people = &at.shelf.input.programme.people;
    PeoplePage {
        frame: frame(at, "people.html", "People and teams"),
        rows: people.people.values().map(|person| row(at, person)).collect(),
        teams: people.teams.values().map(|team| self::team(at, team)).collect(),
    }
}

fn row(at: At<'_, '_>, record: &Person) -> PersonRow {
    let desk = &at.shelf.desks[&record.id];
    PersonRow {
        person: at.person(&record.id),
        title: record.title.clone(),
        kind: kind_words(record.kind),
        presence: presence(record),
        controls: number(desk.controls.len()),
        documents: number(desk.documents.len()),
        due: number(desk.due.len()),
    }
}

/// What kind of actor, in words.
pub fn kind_words(kind: PersonKind) -> &'static str {
    match kind {
        PersonKind::Human => "person",
        PersonKind::Bot => "program",
        PersonKind::Shared => "shared account",
        PersonKind::Platform => "platform",
    }
}

/// The days with the organization, in words.
pub fn presence(record: &Person) -> String {
    match (record.from, record.to) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("since {from}"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => String::new(),
    }
}

fn team(at: At<'_, '_>, team: &Team) -> TeamView {
    let own = OwnerRef::Team(team.id.clone());
    let controls = at.shelf.input.programme.controls.values().filter(|control| control.owner.as_ref() == Some(&own));
    TeamView {
        anchor: format!("team-{}", stem(team.id.as_str())),
        name: team.name.clone(),
        members: team.members.iter().map(|id| at.person(id)).collect(),
        controls: controls.map(|control| at.control_named(&control.id)).collect(),
    }
}
