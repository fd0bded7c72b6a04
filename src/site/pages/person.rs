//! One person: what they own, what waits for them, what they have been recorded as doing.

use std::sync::Arc;

use serde::Serialize;

use super::{
    Heading,
    calendar::{self, Span},
    controls,
    framework::{ControlMark, control_mark},
    frame_under, gaps, page, people,
};
use crate::{
    diag::Subject,
    model::{OwnerRef, Person},
    site::{
        Page,
        links::At,
        nav::Frame,
        shelf::Shelf,
        view::{FindingRow, GapRow, Link, ObligationRow, counted, number},
    },
};

/// A person's page names no more obligations than this; what is more has a list of its own.
const DUE_NAMED: usize = 50;
/// The same of gaps, each of which may bring a ready text.
const GAPS_NAMED: usize = 20;
/// The same of controls.
const CONTROLS_NAMED: usize = 50;

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
    /// The list of all that waits, where it is too long for the page.
    pub all_due: Option<Link>,
    /// Gaps they answer for.
    pub gaps: Vec<GapRow>,
    /// The list of all their gaps, where it is too long for the page.
    pub all_gaps: Option<Link>,
    /// Controls they own, alone or in a team.
    pub controls: Vec<ControlMark>,
    /// The list of all their controls, where it is too long for the page.
    pub all_controls: Option<Link>,
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

/// Plans the pages: a person's own, and a list of its own for everything that is too much for it.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    let people: Vec<&'a Person> = shelf.input.programme.people.people.values().collect();
    let mut pages = Vec::new();
    for record in people {
        if let Some(path) = shelf.routes.person(&record.id).map(str::to_owned) {
            pages.extend(lists(shelf, record, &path));
            pages.push(page(shelf, path, "person.html", move |at| Ok(person(at, record))));
        }
    }
    pages
}

/// The lists of what is too much for a person's page.
fn lists<'a>(shelf: &Arc<Shelf<'a>>, record: &'a Person, path: &str) -> Vec<Page<'a>> {
    let desk = &shelf.desks[&record.id];
    let heading = |what: &str| Heading {
        section: "people.html",
        title: format!("{}: {what}", record.name),
        above: vec![("people.html".to_owned(), "People".to_owned()), (path.to_owned(), record.name.clone())],
    };
    let mut pages = Vec::new();
    if desk.due.len() > DUE_NAMED {
        let span = Span { anchor: "waiting", name: "What waits".to_owned(), dues: desk.due.clone(), dates: Vec::new() };
        pages.extend(calendar::pages(shelf, &list_page(path, "waiting"), &heading("what waits"), &Arc::new(span)));
    }
    if desk.gaps.len() > GAPS_NAMED {
        pages.extend(gaps::pages(shelf, &list_page(path, "gaps"), &heading("gaps"), desk.gaps.iter().copied(), |at, gap| at.gap_briefly(gap)));
    }
    if desk.controls.len() > CONTROLS_NAMED {
        let judged = desk.controls.iter().filter_map(|id| shelf.controls.get(id).copied()).collect();
        pages.extend(controls::pages(shelf, &list_page(path, "controls"), &heading("controls"), judged));
    }
    pages
}

/// Two hyphens in a row never come out of an id, so no other person's page can have this name.
fn list_page(path: &str, list: &str) -> String {
    format!("{}--{list}.html", path.trim_end_matches(".html"))
}

fn person(at: At<'_, '_>, record: &Person) -> PersonPage {
    let programme = at.shelf.input.programme;
    let (id, desk) = (&record.id, &at.shelf.desks[&record.id]);
    let owns = |owner: &Option<OwnerRef>| match owner {
        None => false,
        Some(OwnerRef::Person(person)) => person == id,
        Some(OwnerRef::Team(team)) => programme.people.teams.get(team).is_some_and(|team| team.members.contains(id)),
    };
    let all = |list: &str, count: usize, named: usize| {
        (count > named).then(|| at.to(&list_page(at.path, list), format!("All {}", number(count))))
    };
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
        due: desk.due.iter().take(DUE_NAMED).map(|due| at.obligation(*due)).collect(),
        all_due: all("waiting", desk.due.len(), DUE_NAMED),
        gaps: desk.gaps.iter().take(GAPS_NAMED).map(|gap| at.gap(gap)).collect(),
        all_gaps: all("gaps", desk.gaps.len(), GAPS_NAMED),
        controls: desk.controls.iter().take(CONTROLS_NAMED).map(|id| control_mark(at, id)).collect(),
        all_controls: all("controls", desk.controls.len(), CONTROLS_NAMED),
        documents: desk.documents.iter().map(|id| at.document(id)).collect(),
        registers: vendors.chain(risks).collect(),
        performed: counted(desk.performed, "record", "records"),
        reviewed: counted(desk.reviewed, "record", "records"),
        findings: at.findings_about(&subject),
    }
}
