//! Links and times as one page sees them: every address is relative to the page it stands on.

use super::{
    routes::{relative, stem},
    shelf::{Due, Shelf},
    view::{CommitView, FindingRow, GapRow, Link, Mark, ObligationRow, Time, capitalised, said},
};
use crate::{
    assess::{Gap, Outcome, Performance, Recoverable},
    date::{Date, DateRange, GitTime, Instant, days_between, long_date},
    diag::{Finding, Subject},
    id::{ControlId, DocumentId, EvidenceId, FrameworkId, ObjectId, PersonId, RequirementId, VendorId, WaiverId},
    model::{Actor, CommitIx, OwnerRef},
    text,
};

/// A page under construction: the shelf, and the path from which links lead.
#[derive(Clone, Copy)]
pub struct At<'s, 'a> {
    /// Where everything is looked up.
    pub shelf: &'s Shelf<'a>,
    /// The page's path from the site's root.
    pub path: &'s str,
}

impl<'s, 'a> At<'s, 'a> {
    /// A link to a path from the site's root.
    pub fn to(&self, path: &str, text: impl Into<String>) -> Link {
        Link { href: self.href(path), text: text.into() }
    }

    /// The address of a path from the site's root.
    pub fn href(&self, path: &str) -> String {
        relative(self.path, path)
    }

    fn maybe(&self, path: Option<&str>, text: impl Into<String>) -> Link {
        Link { href: path.map_or_else(String::new, |path| self.href(path)), text: text.into() }
    }

    /// A control, by its title.
    pub fn control(&self, id: &ControlId) -> Link {
        let title = self.shelf.input.programme.controls.get(id).map(|control| control.title.clone()).filter(|title| !title.is_empty());
        self.maybe(self.shelf.routes.control(id), title.unwrap_or_else(|| format!("Control {id}")))
    }

    /// A control, by its id and title.
    pub fn control_named(&self, id: &ControlId) -> Link {
        let link = self.control(id);
        if link.text == format!("Control {id}") { link } else { Link { text: format!("{id} {}", link.text), ..link } }
    }

    /// A document, by its title.
    pub fn document(&self, id: &DocumentId) -> Link {
        let programme = self.shelf.input.programme;
        let past = || self.shelf.input.timelines.documents.get(id)?.versions.iter().rev().find_map(|version| version.record.as_ref());
        let title = programme.documents.get(id).or_else(past).map(|document| document.title.clone()).filter(|title| !title.is_empty());
        self.maybe(self.shelf.routes.document(id), title.unwrap_or_else(|| format!("Document {id}")))
    }

    /// An evidence record, by a sentence.
    pub fn evidence(&self, id: &EvidenceId) -> Link {
        self.maybe(self.shelf.routes.evidence(id), super::pages::evidence::title(self.shelf, id))
    }

    /// An evidence record, by who performed it when; for places that name its control and period already.
    pub fn evidence_briefly(&self, id: &EvidenceId) -> Link {
        self.maybe(self.shelf.routes.evidence(id), super::pages::evidence::brief_title(self.shelf, id))
    }

    /// A framework, by its name.
    pub fn framework(&self, id: &FrameworkId) -> Link {
        let name = self.shelf.input.programme.frameworks.get(id).map_or_else(|| id.to_string(), |framework| framework.name.clone());
        self.maybe(self.shelf.routes.framework(id), name)
    }

    /// A requirement, by its id and our title.
    pub fn requirement(&self, framework: &FrameworkId, id: &RequirementId) -> Link {
        let title = self.shelf.input.programme.frameworks.get(framework).and_then(|known| known.requirements.get(id));
        let text = title.map_or_else(|| id.to_string(), |line| format!("{id} {}", line.title));
        self.maybe(self.shelf.routes.requirement(framework, id), text)
    }

    /// A person, by their name.
    pub fn person(&self, id: &PersonId) -> Link {
        let name = self.shelf.input.programme.people.people.get(id).map_or_else(|| id.to_string(), |person| person.name.clone());
        self.maybe(self.shelf.routes.person(id), name)
    }

    /// An owner: a person's page, or a team's place among the people.
    pub fn owner(&self, owner: &OwnerRef) -> Link {
        match owner {
            OwnerRef::Person(id) => self.person(id),
            OwnerRef::Team(id) => {
                self.to(&format!("people.html#team-{}", stem(id.as_str())), self.shelf.input.programme.people.display_name(owner))
            }
        }
    }

    /// A name as a record wrote it: a person where it is one, else the text.
    pub fn written(&self, name: &str) -> Link {
        self.shelf.input.programme.people.owner(name).map_or_else(|| Link::plain(name), |owner| self.owner(&owner))
    }

    /// The author or committer of a commit: a person by their e-mail, else the recorded name.
    pub fn actor(&self, actor: &Actor) -> Link {
        match self.shelf.input.programme.people.by_email(&actor.email) {
            Some(person) => self.person(&person.id),
            None => Link::plain(format!("{} <{}>", actor.name, actor.email)),
        }
    }

    /// A vendor, by its name.
    pub fn vendor(&self, id: &VendorId) -> Link {
        let name = self.shelf.input.programme.vendors.get(id).map_or_else(|| id.to_string(), |vendor| vendor.name.clone());
        self.to(&register_anchor("vendor", id.as_str()), name)
    }

    /// A waiver in its register.
    pub fn waiver(&self, id: &WaiverId) -> Link {
        let here = self.shelf.input.programme.waivers.contains_key(id);
        let anchor = register_anchor("waiver", id.as_str());
        self.maybe(here.then_some(anchor.as_str()), format!("Waiver {id}"))
    }

    /// A rule's page, by its code.
    pub fn code(&self, name: &str) -> Link {
        self.maybe(self.shelf.routes.code(name), name)
    }

    /// What a finding or a gap is about.
    pub fn subject(&self, subject: &Subject) -> Link {
        match subject {
            Subject::Programme => self.to("method.html", "The programme as a whole"),
            Subject::History => self.to("method.html#history", "The history"),
            Subject::Control(id) => self.control_named(id),
            Subject::Document(id) => self.document(id),
            Subject::Evidence(id) => self.evidence(id),
            Subject::Requirement(framework, id) => self.requirement(framework, id),
            Subject::Person(id) => self.person(id),
            Subject::Vendor(id) => self.vendor(id),
            Subject::Register(kind, id) => {
                let anchor = register_anchor(kind, id);
                let known = self.register_title(kind, id);
                self.maybe(known.is_some().then_some(anchor.as_str()), known.unwrap_or_else(|| format!("{} {id}", capitalised(kind))))
            }
        }
    }

    fn register_title(&self, kind: &str, id: &str) -> Option<String> {
        let programme = self.shelf.input.programme;
        match kind {
            "risk" => programme.risks.get(&id.into()).map(|risk| risk.title.clone()),
            "incident" => programme.incidents.get(&id.into()).map(|incident| incident.title.clone()),
            "deviation" => programme.deviations.get(&id.into()).map(|deviation| deviation.title.clone()),
            "waiver" => programme.waivers.get(&id.into()).map(|waiver| format!("Waiver {id} of {}", waiver.control)),
            _ => None,
        }
    }

    /// A commit by its number.
    pub fn commit(&self, at: CommitIx) -> CommitView {
        let id = self.shelf.input.history.node(at).id;
        CommitView {
            href: self.shelf.entry(at).map_or_else(String::new, |entry| self.href(entry)),
            short: id.short(),
            id: id.to_string(),
            subject: self.shelf.commit(at).map_or_else(String::new, |commit| commit.subject.clone()),
        }
    }

    /// A commit by its id.
    pub fn commit_by_id(&self, id: ObjectId) -> CommitView {
        self.shelf.commit_ix(id).map_or_else(
            || CommitView { href: String::new(), short: id.short(), id: id.to_string(), subject: String::new() },
            |at| self.commit(at),
        )
    }

    /// An instant in the organization's zone.
    pub fn instant(&self, instant: Instant) -> Time {
        let zone = self.shelf.input.programme.config.organization.zone;
        Time { iso: zone.text(instant), text: zone.long(instant) }
    }

    /// A time as a commit recorded it, read in the organization's zone; the recorded form is the exact one.
    pub fn recorded(&self, time: GitTime) -> Time {
        let text = time.instant().map_or_else(|| time.text(), |instant| self.instant(instant).text);
        Time { iso: time.text(), text }
    }

    /// How far a day is from the day of the assessment.
    pub fn distance(&self, day: Date) -> String {
        distance(self.shelf.input.assessment.today, day)
    }

    /// An obligation as a row.
    pub fn obligation(&self, due: Due<'a>) -> ObligationRow {
        let Due { control, obligation } = due;
        let record = obligation.record.as_ref();
        let owner = self.shelf.input.programme.controls.get(&control.id).and_then(|control| control.owner.as_ref());
        ObligationRow {
            anchor: obligation_anchor(&obligation.period.to_string()),
            control: self.control(&control.id),
            control_id: control.id.to_string(),
            period: obligation.period.to_string(),
            days: days(obligation.range),
            due: obligation.due.to_string(),
            grace_until: if obligation.grace_until == obligation.due { String::new() } else { obligation.grace_until.to_string() },
            distance: self.distance(obligation.due),
            mark: Mark::outcome(obligation.outcome),
            reason_html: said(&obligation.reason),
            record: record.map(|record| self.evidence_briefly(&record.evidence)),
            landed: record.map(|record| self.instant(record.landed_at)),
            commit: record.and_then(|record| self.landing_commit(record)),
            owner: owner.map(|owner| self.owner(owner)),
            waiver: obligation.waiver.as_ref().map(|id| self.waiver(id)),
        }
    }

    /// The mainline commit that landed a record.
    pub fn landing_commit(&self, record: &Performance) -> Option<CommitView> {
        record.landed_in.map(|at| self.commit(at)).or_else(|| record.commit.map(|id| self.commit_by_id(id)))
    }

    /// A finding as a row.
    pub fn finding(&self, finding: &Finding) -> FindingRow {
        let place = finding.place.as_ref();
        FindingRow {
            mark: Mark::severity(finding.severity),
            code: self.code(finding.code),
            subject: self.subject(&finding.subject),
            message_html: said(&finding.message),
            hint_html: said(&finding.hint),
            place: place.map_or_else(String::new, |place| match (place.line, place.column) {
                (0, _) => place.path.to_string(),
                (line, 0) => format!("{}, line {line}", place.path),
                (line, column) => format!("{}, line {line}, column {column}", place.path),
            }),
            excerpt: place.map_or_else(String::new, |place| place.excerpt.clone()),
            commits: finding.commits.iter().take(12).map(|id| self.commit_by_id(*id)).collect(),
        }
    }

    /// A gap as a row whose ready text stands in the list of all gaps.
    pub fn gap_briefly(&self, gap: &Gap) -> GapRow {
        let place = self.shelf.gap_places.get(&gap.rank).filter(|_| gap.stub.is_some());
        GapRow { stub_at: place.map(|place| self.to(place, "A ready text for it")), ..self.gap_with(gap, None) }
    }

    /// A gap as a row.
    pub fn gap(&self, gap: &Gap) -> GapRow {
        self.gap_with(gap, gap.stub.as_deref())
    }

    fn gap_with(&self, gap: &Gap, stub: Option<&str>) -> GapRow {
        let file = gap.file.as_ref();
        GapRow {
            rank: gap.rank.to_string(),
            anchor: format!("gap-{}", gap.rank),
            subject: self.subject(&gap.subject),
            code: self.code(gap.code),
            message_html: said(&gap.message),
            why: capitalised(&gap.why),
            owner: gap.owner.as_ref().map(|owner| self.owner(owner)),
            due: gap.due.map_or_else(String::new, |due| format!("{due}, {}", self.distance(due))),
            recoverable: match gap.recoverable {
                Recoverable::NotInWindow => "Cannot be mended in this window: the deviation stays, and is to be explained.".to_owned(),
                Recoverable::Until(day) => format!("Can still be mended until {} ({}).", long_date(day), self.distance(day)),
                Recoverable::Anytime => "Can be mended at any time.".to_owned(),
            },
            action_html: said(&gap.action),
            file: file.map_or_else(String::new, ToString::to_string),
            stub_html: stub
                .map_or_else(String::new, |stub| text::highlight(stub, &file.map_or_else(String::new, crate::id::RepoPath::extension))),
            stub_at: None,
        }
    }

    /// Findings about something, as rows.
    pub fn findings_about(&self, subject: &Subject) -> Vec<FindingRow> {
        self.shelf.findings_about(subject).iter().map(|finding| self.finding(finding)).collect()
    }

    /// Gaps about something, as rows.
    pub fn gaps_about(&self, subject: &Subject) -> Vec<GapRow> {
        self.shelf.gaps_about(subject).iter().map(|gap| self.gap(gap)).collect()
    }

    /// The list of obligations with an outcome.
    pub fn outcome_list(&self, outcome: Outcome) -> String {
        self.href(&outcome_page(outcome))
    }
}

/// The path of the list of obligations with an outcome.
pub fn outcome_page(outcome: Outcome) -> String {
    format!("obligations-{}.html", outcome.name().replace('_', "-"))
}

/// The anchor of an obligation on its control's page.
pub fn obligation_anchor(period: &str) -> String {
    format!("p-{}", text::slug(period))
}

/// The place of a register's record.
pub fn register_anchor(kind: &str, id: &str) -> String {
    format!("registers.html#{kind}-{}", stem(id))
}

/// A range of days in words, without saying a year or month twice.
pub fn days(range: DateRange) -> String {
    if range.first == range.last { long_date(range.first) } else { format!("{} to {}", long_date(range.first), long_date(range.last)) }
}

/// How far `day` is from `today`, in words.
pub fn distance(today: Date, day: Date) -> String {
    match days_between(today, day) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        ahead if ahead > 0 => format!("in {ahead} days"),
        behind => format!("{} days ago", -behind),
    }
}

/// A day as a time.
pub fn long_day(day: Date) -> Time {
    Time { iso: day.to_string(), text: long_date(day) }
}
