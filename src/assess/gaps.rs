//! Gaps: findings turned into work, ranked, each with the reason for its rank and, where a file is to be made, its text.
//!
//! What cannot be mended in this window ranks below what still can: a deviation is to be explained, not chased.

mod stubs;

pub use stubs::undecided as undecided_stub;

use std::collections::BTreeMap;

use super::{
    ControlAssessment, Gap, Obligation, Outcome, Recoverable,
    facts::Facts,
    wording::{about_obligation, days, due_soon},
};
use crate::{
    date::{days_between, long_date},
    diag::{Finding, Severity, Subject},
    id::ControlId,
    model::{Control, OwnerRef},
};

/// Findings that state a fact and ask for nothing.
const NO_WORK: [&str; 7] = [
    "clock-skew",
    "evidence-after-the-fact",
    "evidence-bunched",
    "evidence-late",
    "future-commit",
    "mapping-inflated",
    "window-not-started",
];

/// Findings about single sentences: they are mended where one writes, and would bury what is owed.
const WORDING: [&str; 3] = ["claim-word", "copied-criterion-wording", "vague-term"];

/// Findings about what a text leaves out: to be mended, after what is owed.
const LEFT_OUT: [&str; 3] = ["promise-without-evidence", "promise-without-frequency", "promise-without-owner"];

/// Notes that are work all the same.
const NOTES_WITH_WORK: [&str; 4] = ["control-forecast-no-occurrence", "evidence-due-soon", "policy-approval-not-visible", "waiver-expired"];

/// Findings about what is past: it stays in every report of the window.
const PAST: [&str; 8] = [
    "control-loosened",
    "control-not-in-place-at-start",
    "evidence-altered",
    "evidence-late-beyond-grace",
    "evidence-missed",
    "evidence-result-fail",
    "owner-absent",
    "waiver-retroactive",
];

/// Every finding that is work, ranked.
pub fn ranked(facts: &Facts<'_>, findings: &[Finding]) -> Vec<Gap> {
    let obligations = obligations_by_message(facts);
    let mut weighed: Vec<(i64, Gap)> = findings
        .iter()
        .filter(|finding| is_work(finding))
        .map(|finding| gap(facts, finding, obligations.get(finding.message.as_str()).copied()))
        .collect();
    weighed.sort_by(|(a_points, a), (b_points, b)| {
        (b_points, a.due.is_none(), a.due, &a.subject, a.code, &a.message).cmp(&(
            a_points,
            b.due.is_none(),
            b.due,
            &b.subject,
            b.code,
            &b.message,
        ))
    });
    weighed.into_iter().enumerate().map(|(at, (_, gap))| Gap { rank: at + 1, ..gap }).collect()
}

fn is_work(finding: &Finding) -> bool {
    let asks = !NO_WORK.contains(&finding.code) && !WORDING.contains(&finding.code);
    asks && (finding.severity > Severity::Note || NOTES_WITH_WORK.contains(&finding.code))
}

/// An obligation with its control.
type Owed<'f> = (&'f ControlAssessment, &'f Obligation);

/// The obligation that a finding speaks about, by the sentence that both share.
fn obligations_by_message<'f>(facts: &'f Facts<'_>) -> BTreeMap<&'f str, Owed<'f>> {
    facts
        .owed
        .iter()
        .map(|(message, control, slot)| {
            let control = &facts.controls[*control];
            (message.as_str(), (control, &control.obligations[*slot]))
        })
        .collect()
}

/// The sentences about obligations, with the control's and the obligation's place in their lists.
pub fn sentences(controls: &[ControlAssessment]) -> Vec<(String, usize, usize)> {
    let mut list = Vec::new();
    for (at, control) in controls.iter().enumerate() {
        let said = control.obligations.iter().enumerate();
        list.extend(said.filter_map(|(slot, owed)| about_obligation(control, owed).map(|message| (message, at, slot))));
        if let Some((first, message)) = due_soon(control)
            && let Some(slot) = control.obligations.iter().position(|slot| std::ptr::eq(slot, first))
        {
            list.push((message, at, slot));
        }
    }
    list
}

fn gap(facts: &Facts<'_>, finding: &Finding, owed: Option<Owed<'_>>) -> (i64, Gap) {
    let control = control_of(facts, &finding.subject);
    let recoverable = recoverable(facts, finding, owed);
    let (points, why) = weight(facts, finding, control, owed, &recoverable);
    let (file, stub) = stubs::file(facts, finding, owed);
    let gap = Gap {
        rank: 0,
        subject: finding.subject.clone(),
        code: finding.code,
        message: finding.message.clone(),
        why,
        owner: owner(facts, &finding.subject, control),
        due: owed.map(|(_, slot)| slot.due),
        recoverable,
        action: action(finding, owed),
        file: file.or_else(|| finding.place.as_ref().map(|place| place.path.clone())),
        stub,
    };
    (points, gap)
}

fn action(finding: &Finding, owed: Option<Owed<'_>>) -> String {
    match owed {
        Some((control, slot)) if slot.outcome == Outcome::DueSoon => {
            format!("perform {} for {} and record it by {}", control.id, slot.period, long_date(slot.grace_until))
        }
        _ if finding.hint.is_empty() => "look at the place and mend it".to_owned(),
        _ => finding.hint.clone(),
    }
}

fn recoverable(facts: &Facts<'_>, finding: &Finding, owed: Option<Owed<'_>>) -> Recoverable {
    let last = facts.ground.window.range.last;
    match (finding.code, owed) {
        (code, _) if PAST.contains(&code) => Recoverable::NotInWindow,
        (_, Some((_, slot))) if slot.outcome == Outcome::DueSoon => Recoverable::Until(slot.grace_until),
        ("control-forecast-no-occurrence", _) if facts.ground.today > last => Recoverable::NotInWindow,
        ("control-forecast-no-occurrence", _) => Recoverable::Until(last),
        _ => Recoverable::Anytime,
    }
}

/// The rank's points and the words for them: severity, urgency, a key control, days overdue, requirements that rest on it.
fn weight(
    facts: &Facts<'_>,
    finding: &Finding,
    control: Option<&Control>,
    owed: Option<Owed<'_>>,
    recoverable: &Recoverable,
) -> (i64, String) {
    let today = facts.ground.today;
    let mut why: Vec<String> = Vec::new();
    let mut points = match finding.severity {
        Severity::Error => 60,
        Severity::Warning => 30,
        Severity::Note => 10,
    };
    match recoverable {
        Recoverable::NotInWindow => {
            points -= 25;
            why.push("cannot be mended in this window".to_owned());
        }
        Recoverable::Until(day) => {
            let left = days_between(today, *day).max(0);
            points += 10 + (40 - left).max(0);
            why.push(match left {
                0 => "can be mended until today".to_owned(),
                left => format!("can be mended for {} more", days(left)),
            });
        }
        Recoverable::Anytime => {}
    }
    if control.is_some_and(|control| control.key) {
        points += 20;
        why.push("key control".to_owned());
    }
    let overdue = owed.map_or(0, |(_, slot)| facts.days_overdue(slot));
    if overdue > 0 {
        points += overdue.min(60) / 3;
        why.push(format!("{} overdue", days(overdue)));
    }
    let resting = control.map_or(0, |control| control.satisfies.values().map(Vec::len).sum::<usize>());
    if resting > 0 {
        points += resting.min(10) as i64 * 2;
        why.push(if resting == 1 { "one requirement rests on it".to_owned() } else { format!("{resting} requirements rest on it") });
    }
    if LEFT_OUT.contains(&finding.code) {
        points -= 10;
        why.push("a matter of what a text says".to_owned());
    }
    if why.is_empty() {
        why.push(format!("by its severity, {}", finding.severity.word()));
    }
    (points, why.join(", "))
}

fn control_of<'a>(facts: &Facts<'a>, subject: &Subject) -> Option<&'a Control> {
    let programme = facts.ground.programme;
    let id: &ControlId = match subject {
        Subject::Control(id) => id,
        Subject::Evidence(id) => programme.evidence.get(id)?.controls.first()?,
        Subject::Register("waiver", id) => &programme.waivers.values().find(|waiver| waiver.id.as_str() == id)?.control,
        Subject::Register("deviation", id) => &programme.deviations.values().find(|entry| entry.id.as_str() == id)?.control,
        Subject::Requirement(framework, id) => {
            let line = facts.requirement(framework, id)?;
            line.controls.first()?
        }
        _ => return None,
    };
    programme.controls.get(id)
}

fn owner(facts: &Facts<'_>, subject: &Subject, control: Option<&Control>) -> Option<OwnerRef> {
    let programme = facts.ground.programme;
    match subject {
        Subject::Document(id) => programme.documents.get(id).and_then(|document| document.owner.clone()),
        Subject::Vendor(id) => programme.vendors.get(id).and_then(|vendor| vendor.owner.clone()),
        Subject::Register("risk", id) => programme.risks.values().find(|risk| risk.id.as_str() == id).and_then(|risk| risk.owner.clone()),
        _ => control.and_then(|control| control.owner.clone()),
    }
}
