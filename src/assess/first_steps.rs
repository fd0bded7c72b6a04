//! What to do first when nothing is in place yet: at most five actions, each a file and a reason.
//!
//! Gaps rank everything that is wrong; at the beginning that is everything. These steps lead from a programme of drafts
//! to its first control in place with its first record, in the order in which each makes the next one possible.

use super::{Assessment, Coverage, Design};
use crate::{
    date::Cadence,
    diag::Subject,
    id::RepoPath,
    model::{Control, Document, DocumentKind, DocumentStatus, Programme, Timelines},
};

/// One of the first actions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstStep {
    /// What to do, as a sentence.
    pub action: String,
    /// Why it comes now.
    pub why: String,
    /// What it is about, where that has a page.
    pub subject: Option<Subject>,
    /// The file to change.
    pub file: Option<RepoPath>,
    /// A command that helps.
    pub command: Option<String>,
}

/// At most this many are named: a list that can be done in a week.
const MOST: usize = 5;

/// The first actions; none once a control is in place, and none without controls.
pub fn first_steps(programme: &Programme, timelines: &Timelines, assessment: &Assessment) -> Vec<FirstStep> {
    let any_in_place = assessment.controls.iter().any(|control| control.design == Design::InPlace);
    if any_in_place || programme.controls.is_empty() {
        return Vec::new();
    }
    let first = first_control(programme, assessment);
    let steps = [
        people(programme),
        programme.documents.values().find_map(described),
        policy(programme, first),
        first.map(|control| put_in_place(control, assessment)),
        first.filter(|_| timelines.evidence.is_empty()).map(|control| record(programme, control, assessment)),
        undecided(programme, assessment),
    ];
    steps.into_iter().flatten().take(MOST).collect()
}

/// People whose addresses can receive no mail are still the starter's (RFC 2606 reserves `.example`).
fn people(programme: &Programme) -> Option<FirstStep> {
    let people = programme.people.people.values();
    let placeholders = people.clone().filter(|person| person.emails.iter().any(|email| email.ends_with(".example"))).count();
    let file = RepoPath::new("content/people.yaml");
    let why = "records, reviews and approvals are compared with the people who commit, by their e-mail addresses".to_owned();
    if people.len() == 0 {
        return Some(FirstStep { action: "list your people".to_owned(), why, subject: None, file: Some(file), command: None });
    }
    let action =
        "put the names and addresses of your own people in, at least two: nobody approves their own work (the ids may stay)".to_owned();
    (placeholders > 0).then_some(FirstStep { action, why, subject: None, file: Some(file), command: None })
}

/// The first section of the system description, while it is a draft.
fn described(document: &Document) -> Option<FirstStep> {
    (document.kind == DocumentKind::System && document.status == DocumentStatus::Draft).then(|| FirstStep {
        action: format!("say in two paragraphs what the system is and what is out of scope ({})", document.title),
        why: "every control is judged for this system; what is out of scope needs no control".to_owned(),
        subject: Some(Subject::Document(document.id.clone())),
        file: Some(document.text.path.clone()),
        command: None,
    })
}

/// The draft policy behind the first control, or else any.
fn policy(programme: &Programme, first: Option<&Control>) -> Option<FirstStep> {
    let behind = first.into_iter().flat_map(|control| &control.policies).filter_map(|id| programme.documents.get(id));
    let mut drafts = behind
        .chain(programme.documents.values())
        .filter(|document| document.kind == DocumentKind::Policy && document.status == DocumentStatus::Draft);
    let document = drafts.next()?;
    Some(FirstStep {
        action: format!(
            "fill in what stands in [brackets] in the {}, let somebody else approve it, then set `status: approved`, `version` and \
             `effective_from`",
            document.title
        ),
        why: "a rule binds from the day its approved text says; no rule binds yet".to_owned(),
        subject: Some(Subject::Document(document.id.clone())),
        file: Some(document.text.path.clone()),
        command: None,
    })
}

/// The drafted control with a frequency that answers the most uncovered requirements: key controls first, and among them
/// those that are due soon enough to be learned from.
fn first_control<'a>(programme: &'a Programme, assessment: &Assessment) -> Option<&'a Control> {
    let scheduled = programme.controls.values().filter(|control| control.not_applicable.is_none() && control.frequency.is_some());
    scheduled.rev().max_by_key(|control| (control.key, is_frequent(control), answers(control, assessment)))
}

fn is_frequent(control: &Control) -> bool {
    matches!(control.frequency, Some(Cadence::Daily | Cadence::Weekly | Cadence::Monthly | Cadence::Quarterly))
}

/// How many requirements that nothing covers a control would answer.
fn answers(control: &Control, assessment: &Assessment) -> usize {
    let open = assessment.requirements.iter().filter(|line| line.coverage == Coverage::Uncovered);
    open.filter(|line| control.satisfies.get(&line.framework).is_some_and(|ids| ids.contains(&line.id))).count()
}

fn put_in_place(control: &Control, assessment: &Assessment) -> FirstStep {
    let count = answers(control, assessment);
    let requirements = if count == 1 { "requirement" } else { "requirements" };
    FirstStep {
        action: format!(
            "put {} in place ({}): name its owner, then set `status: in_place` and `effective_from`",
            control.id, control.title
        ),
        why: format!("it answers {count} {requirements} in scope; it counts from the day it says, never backwards"),
        subject: Some(Subject::Control(control.id.clone())),
        file: Some(control.origin.path.clone()),
        command: None,
    }
}

fn record(programme: &Programme, control: &Control, assessment: &Assessment) -> FirstStep {
    let month = programme.config.organization.calendar.fiscal_month;
    let period = control.frequency.and_then(|cadence| cadence.period_of(assessment.today, month));
    let period = period.map_or_else(|| assessment.today.to_string(), |period| period.to_string());
    FirstStep {
        action: format!("perform {} once and record it", control.id),
        why: "a control without records is a promise; the first record shows what evidence costs you".to_owned(),
        subject: Some(Subject::Control(control.id.clone())),
        file: None,
        command: Some(format!("tickmark record {} --period {period}", control.id)),
    }
}

/// The requirements that cannot be judged before somebody decides whether they apply.
fn undecided(programme: &Programme, assessment: &Assessment) -> Option<FirstStep> {
    let open = assessment.requirements.iter().filter(|line| line.coverage == Coverage::Uncovered).count();
    (open > 0 && programme.decisions.is_empty() && programme.config.scope.not_applicable.is_empty()).then(|| FirstStep {
        action: "declare the requirements that do not apply to you, each with its reason".to_owned(),
        why: format!("{open} requirements in scope have no control in place; those that do not apply need none"),
        subject: None,
        file: Some(RepoPath::new("tickmark.yaml")),
        command: None,
    })
}
