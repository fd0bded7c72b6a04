//! People and teams.

use super::{Record, Target, normal};
use crate::{
    diag::{Finding, Subject},
    id::{PersonId, TeamId},
    load::{codes::DUPLICATE_ID, raw},
    model::{People, Person, PersonKind, Team},
};

/// Lowers `content/people.yaml`.
pub(in crate::load) fn people(record: &mut Record<'_>, raw: raw::People) -> People {
    let raw::People { schema: _, people: persons, teams } = raw;
    let mut people = People::default();
    for (at, raw) in persons.into_iter().flatten().enumerate() {
        let at = at.to_string();
        if let Some(person) = person(record, raw, &at) {
            match people.people.get(&person.id) {
                Some(first) => repeated(record, "person", person.id.as_str(), first.origin.line, &["people", &at, "id"]),
                None => {
                    people.people.insert(person.id.clone(), person);
                }
            }
        }
    }
    for (at, raw) in teams.into_iter().flatten().enumerate() {
        let at = at.to_string();
        if let Some(team) = team(record, raw, &at) {
            let first = people.teams.get(&team.id).map(|first| first.origin.line);
            let first = first.or_else(|| people.people.get(&PersonId::new(team.id.as_str())).map(|person| person.origin.line));
            match first {
                Some(line) => repeated(record, "team", team.id.as_str(), line, &["teams", &at, "id"]),
                None => {
                    people.teams.insert(team.id.clone(), team);
                }
            }
        }
    }
    people
}

fn repeated(record: &mut Record<'_>, what: &str, id: &str, line: u32, at: &[&str]) {
    let message = format!("the {what} `{id}` has an id that already stands on line {line}");
    let finding = Finding::new(&DUPLICATE_ID, Subject::Programme, message).hint("give one of them another id").at(record.place(at));
    record.findings.push(finding);
}

fn person(record: &mut Record<'_>, raw: raw::Person, at: &str) -> Option<Person> {
    let raw::Person { id, name, title, emails, keys, kind, from, to } = raw;
    let id = record.id(id, &["people", at, "id"])?;
    let outer = std::mem::replace(&mut record.subject, Subject::Person(PersonId::new(id.as_str())));
    let person = Person {
        name: name.unwrap_or_else(|| id.clone()),
        id: PersonId::new(id),
        title: title.unwrap_or_default(),
        emails: emails.unwrap_or_default(),
        keys: keys.unwrap_or_default(),
        kind: match kind {
            Some(raw::PersonKind::Human) | None => PersonKind::Human,
            Some(raw::PersonKind::Bot) => PersonKind::Bot,
            Some(raw::PersonKind::Shared) => PersonKind::Shared,
            Some(raw::PersonKind::Platform) => PersonKind::Platform,
        },
        from: record.date(from, &["people", at, "from"]),
        to: record.date(to, &["people", at, "to"]),
        origin: record.origin_of(&["people", at]),
    };
    record.subject = outer;
    Some(person)
}

fn team(record: &mut Record<'_>, raw: raw::Team, at: &str) -> Option<Team> {
    let raw::Team { id, name, members } = raw;
    let id = record.id(id, &["teams", at, "id"])?;
    let members: Vec<String> = members.into_iter().flatten().map(|name| normal(&name.0)).collect();
    for (position, member) in members.iter().enumerate() {
        record.refer("members", &["teams", at, "members", &position.to_string()], Target::Person(member.clone()));
    }
    Some(Team {
        name: name.unwrap_or_else(|| id.clone()),
        id: TeamId::new(id),
        members: members.into_iter().map(PersonId::new).collect(),
        origin: record.origin_of(&["teams", at]),
    })
}
