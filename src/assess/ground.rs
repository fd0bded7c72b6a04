//! The ground that judging stands on: the input with what every pass asks of it.
//!
//! The passes, in order: tenure (which version of a control ruled which days), records (what landed when), schedule
//! (what was expected), matching (which record answers what), outcomes, status, documents, rules, gaps, populations.

use std::collections::BTreeMap;

use super::Input;
use crate::{
    date::{Calendar, Date, DateRange, Instant, Period, Zone, add_days},
    id::{ObjectId, PersonId},
    model::{Actor, Commit, CommitIx, History, OwnerRef, People, Person, Programme, Timelines, Window},
};

/// How far clocks may disagree before a recorded time is called inconsistent, in seconds (DOMAIN 3.4).
pub const CLOCK_TOLERANCE: i64 = 15 * 60;

/// A stretch of time longer than this many days is not scheduled: it is a slip of the pen, not a window.
pub const LONGEST_WINDOW: i64 = 3_660;

/// What is given, and the questions every pass asks of it.
pub struct Ground<'a> {
    /// The programme at the tip.
    pub programme: &'a Programme,
    /// The history behind the tip.
    pub history: &'a History,
    /// Records through history.
    pub timelines: &'a Timelines,
    /// The instant of the assessment.
    pub as_of: Instant,
    /// Its day in the organization's zone.
    pub today: Date,
    /// The window.
    pub window: Window,
    /// The organization's zone.
    pub zone: Zone,
    /// Its calendar.
    pub calendar: &'a Calendar,
    emails: BTreeMap<String, Option<&'a Person>>,
    commits_by_id: BTreeMap<ObjectId, CommitIx>,
}

impl<'a> Ground<'a> {
    /// Takes the input and indexes people by e-mail.
    pub fn new(input: &Input<'a>) -> Self {
        let programme = input.programme;
        let organization = &programme.config.organization;
        let mut emails: BTreeMap<String, Option<&Person>> = BTreeMap::new();
        for person in programme.people.people.values() {
            for email in &person.emails {
                // An address that two people claim names nobody.
                let shared = emails.contains_key(&email.to_ascii_lowercase());
                emails.insert(email.to_ascii_lowercase(), (!shared).then_some(person));
            }
        }
        Self {
            programme,
            history: input.history,
            timelines: input.timelines,
            as_of: input.as_of,
            today: organization.zone.date_of(input.as_of),
            window: programme.config.window,
            zone: organization.zone,
            calendar: &organization.calendar,
            emails,
            commits_by_id: input.history.commits.iter().map(|(at, commit)| (commit.id, *at)).collect(),
        }
    }

    /// The days of a period in the organization's fiscal year.
    pub fn range(&self, period: Period) -> DateRange {
        period.range(self.calendar.fiscal_month)
    }

    /// The day an instant falls on.
    pub fn day(&self, instant: Instant) -> Date {
        self.zone.date_of(instant)
    }

    /// Whether something that happened at an instant happened by the end of a day, half-open: before the next midnight.
    pub fn by_end_of(&self, instant: Instant, day: Date) -> bool {
        let happened = self.day(instant);
        // Two days apart no time zone can change the answer; only near the edge the exact midnight is asked.
        if happened < add_days(day, -1) || happened > add_days(day, 1) {
            return happened < day;
        }
        instant < self.zone.end_of(day)
    }

    /// Whether a day is over at the as-of.
    pub fn is_over(&self, day: Date) -> bool {
        !self.by_end_of(self.as_of, day)
    }

    /// A person by what a record says: an id, else an e-mail address.
    pub fn named(&self, text: &str) -> Option<&'a Person> {
        let text = text.trim();
        self.programme.people.people.get(&PersonId::from(text)).or_else(|| self.by_email(text))
    }

    /// A person by an e-mail address that only one person has.
    pub fn by_email(&self, email: &str) -> Option<&'a Person> {
        self.emails.get(&email.to_ascii_lowercase()).copied().flatten()
    }

    /// The person behind a recorded author or committer.
    pub fn actor(&self, actor: &Actor) -> Option<&'a Person> {
        self.by_email(&actor.email)
    }

    /// A commit's full data, where it was kept.
    pub fn commit(&self, at: Option<CommitIx>) -> Option<&'a Commit> {
        self.history.commits.get(&at?)
    }

    /// The number of a commit whose full data was kept.
    pub fn commit_ix(&self, id: ObjectId) -> Option<CommitIx> {
        self.commits_by_id.get(&id).copied()
    }

    /// The person who authored a commit.
    pub fn author(&self, at: Option<CommitIx>) -> Option<&'a Person> {
        self.commit(at).and_then(|commit| self.actor(&commit.author))
    }

    /// A person by id: as the tip knows them, else as people.yaml last did.
    pub fn person(&self, id: &PersonId) -> Option<&'a Person> {
        self.people_newest_first().find_map(|people| people.people.get(id))
    }

    /// The people behind an owner, also those whom the tip has forgotten.
    pub fn behind(&self, owner: &OwnerRef) -> Vec<&'a Person> {
        match owner {
            OwnerRef::Person(id) => self.person(id).into_iter().collect(),
            OwnerRef::Team(id) => {
                let team = self.people_newest_first().find_map(|people| people.teams.get(id));
                team.map_or(Vec::new(), |team| team.members.iter().filter_map(|member| self.person(member)).collect())
            }
        }
    }

    fn people_newest_first(&self) -> impl Iterator<Item = &'a People> {
        let past = self.timelines.people.iter().rev().filter_map(|version| version.record.as_ref());
        std::iter::once(&self.programme.people).chain(past)
    }

    /// Whether a landing in this mainline commit is the true one. In a shallow clone everything seems to land with the
    /// first commit that is there; with other gaps nothing can be said.
    pub fn landing_is_sure(&self, landed_in: Option<CommitIx>) -> bool {
        let history = self.history;
        if history.is_complete() {
            return true;
        }
        let only_shallow = history.missing.iter().all(|missing| missing.kind == "shallow");
        only_shallow && landed_in.is_some() && landed_in != history.mainline.first().copied()
    }

    /// The day the programme's own history begins, when history is wholly seen.
    pub fn first_landing_day(&self) -> Option<Date> {
        let first = self.history.landings.first().filter(|_| self.history.is_complete())?;
        Some(self.day(self.history.landed(first.commit)))
    }

    /// The part of the window that is behind us at the as-of.
    pub fn window_so_far(&self) -> Option<DateRange> {
        DateRange::new(self.window.range.first, self.window.range.last.min(self.today))
    }

    /// An instant for people, in the organization's zone.
    pub fn when(&self, instant: Instant) -> String {
        self.zone.long(instant)
    }
}
