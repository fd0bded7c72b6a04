//! One person: what they own, what waits for them, what they have been recorded as doing.

use std::sync::Arc;

use serde::Serialize;

use super::{
    calendar,
    framework::{ControlMark, control_mark},
    frame_under, page, people,
};
use crate::{
    diag::Subject,
    id::PersonId,
    model::{OwnerRef, Person, Programme},
    site::{
        Page,
        links::At,
        nav::Frame,
        shelf::{Due, Shelf},
        view::{FindingRow, GapRow, Link, ObligationRow, counted},
    },
};

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct PersonPage {
    /// What stands around it.
    pub frame: Frame,
    /// Their role; empty when not given.
    pub title: String,
    /// What kind of actor.
    pub kind: &'static str,
    /// The days with the organization, in words; empty when not given.
    pub presence: String,
    /// Their e-mail addresses.
    pub emails: Vec<String>,
    /// How many keys are on file, in words.
    pub keys: String,
    /// Their teams.
    pub teams: Vec<Link>,
    /// What waits for them, by due day.
    pub due: Vec<ObligationRow>,
    /// Gaps they answer for.
    pub gaps: Vec<GapRow>,
    /// Controls they own, alone or in a team.
    pub controls: Vec<ControlMark>,
    /// Documents they own.
    pub documents: Vec<Link>,
    /// Vendors and risks they own.
    pub registers: Vec<Link>,
    /// How many records name them as performer, in words.
    pub performed: String,
    /// How many records name them as reviewer, in words.
    pub reviewed: String,
    /// Findings about them.
    pub findings: Vec<FindingRow>,
}

/// Plans the pages.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    let people: Vec<&'a Person> = shelf.input.programme.people.people.values().collect();
    people
        .into_iter()
        .filter_map(|record| {
            let path = shelf.routes.person(&record.id)?.to_owned();
            Some(page(shelf, path, "person.html", move |at| Ok(person(at, record))))
        })
        .collect()
}

/// Whether a person is the owner or a member of the owning team.
pub fn stands_behind(programme: &Programme, owner: &OwnerRef, id: &PersonId) -> bool {
    match owner {
        OwnerRef::Person(person) => person == id,
        OwnerRef::Team(team) => programme.people.teams.get(team).is_some_and(|team| team.members.contains(id)),
    }
}

/// The obligations that wait for a person.
pub fn open_dues<'a>(at: At<'_, 'a>, id: &PersonId) -> Vec<Due<'a>> {
    let programme = at.shelf.input.programme;
    let owner = |due: &Due<'_>| programme.controls.get(&due.control.id).and_then(|control| control.owner.as_ref());
    calendar::open_dues(at.shelf).into_iter().filter(|due| owner(due).is_some_and(|owner| stands_behind(programme, owner, id))).collect()
}

fn person(at: At<'_, '_>, record: &Person) -> PersonPage {
    let programme = at.shelf.input.programme;
    let id = &record.id;
    let owns = |owner: &Option<OwnerRef>| owner.as_ref().is_some_and(|owner| stands_behind(programme, owner, id));
    let named = |name: &Option<String>| name.as_deref() == Some(id.as_str());
    let count = |named: &dyn Fn(&crate::model::Evidence) -> bool| counted(programme.evidence.values().filter(|record| named(record)).count(), "record", "records");
    let teams = programme.people.teams.values().filter(|team| team.members.contains(id));
    let vendors = programme.vendors.values().filter(|vendor| owns(&vendor.owner)).map(|vendor| at.vendor(&vendor.id));
    let risks = programme.risks.values().filter(|risk| owns(&risk.owner)).map(|risk| at.subject(&Subject::Register("risk", risk.id.to_string())));
    let subject = Subject::Person(id.clone());
    PersonPage {
        frame: frame_under(at, "people.html", "People", record.name.clone()),
        title: record.title.clone(),
        kind: people::kind_words(record.kind),
        presence: people::presence(record),
        emails: record.emails.clone(),
        keys: counted(record.keys.len(), "public key on file", "public keys on file"),
        teams: teams.map(|team| at.owner(&OwnerRef::Team(team.id.clone()))).collect(),
        due: open_dues(at, id).into_iter().map(|due| at.obligation(due)).collect(),
        gaps: at.shelf.input.assessment.gaps.iter().filter(|gap| owns(&gap.owner)).map(|gap| at.gap(gap)).collect(),
        controls: programme.controls.values().filter(|control| owns(&control.owner)).map(|control| control_mark(at, &control.id)).collect(),
        documents: programme.documents.values().filter(|document| owns(&document.owner)).map(|document| at.document(&document.id)).collect(),
        registers: vendors.chain(risks).collect(),
        performed: count(&|record| named(&record.performed_by)),
        reviewed: count(&|record| named(&record.reviewed_by)),
        findings: at.findings_about(&subject),
    }
}
