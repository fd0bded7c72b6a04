//! Outcomes: what history says about each obligation, and why, as a sentence with the facts compared.
//!
//! What cannot be seen is unknown, never missed and never on time. A waiver counts from its landing, so one that lands after
//! the due day explains a miss and does not clear it.

use super::{
    Outcome, Performance,
    ground::Ground,
    matching::Answer,
    records::{Records, Withdrawn, is_dated_ahead},
    schedule::{Expected, Standing},
};
use crate::{
    date::{Period, days_between, long_date},
    id::{ControlId, RepoPath, WaiverId},
    model::{Evidence, EvidenceResult, Waiver},
    proof,
};

/// One obligation with everything that was found for it.
pub struct Case<'s, 'a> {
    /// The control's id.
    pub control: &'a ControlId,
    /// The obligation.
    pub expected: &'s Expected,
    /// The record that answers it.
    pub answer: Option<&'s Answer<'s, 'a>>,
    /// Whether a record for it lies after the as-of.
    pub ahead: bool,
}

/// What is judged of one obligation.
pub struct Verdict {
    /// The outcome.
    pub outcome: Outcome,
    /// Why.
    pub reason: String,
    /// The waiver that covers it.
    pub waiver: Option<WaiverId>,
}

/// Judges one obligation.
pub fn judge<'a>(ground: &Ground<'a>, records: &Records<'a>, case: &Case<'_, 'a>) -> Verdict {
    let expected = case.expected;
    let plain = |outcome, reason: String| Verdict { outcome, reason, waiver: None };
    match &expected.standing {
        Standing::NotApplicable(reason) => plain(Outcome::NotApplicable, format!("the control does not apply: {reason}")),
        Standing::NotInPlace(reason) => plain(Outcome::NotInPlace, reason.clone()),
        _ => match case.answer {
            Some(answer) => answered(ground, case, answer),
            None => unanswered(ground, records, case),
        },
    }
}

fn answered(ground: &Ground<'_>, case: &Case<'_, '_>, answer: &Answer<'_, '_>) -> Verdict {
    let (expected, accepted, evidence) = (case.expected, &answer.accepted, answer.record.evidence);
    let facts = landing_facts(ground, expected, answer);
    let verdict = |outcome, reason| Verdict { outcome, reason, waiver: None };
    if is_dated_ahead(evidence, accepted) {
        return verdict(Outcome::Unknown, format!("{facts}; it names a day of performance after its own landing, so it cannot be judged"));
    }
    let nil = evidence.result == EvidenceResult::Nil;
    if ground.by_end_of(accepted.landed, expected.due) {
        let (outcome, said) = if nil { (Outcome::NoOccurrence, "; it says that nothing occurred") } else { (Outcome::OnTime, "") };
        return verdict(outcome, format!("{facts}{said}{}", failure(evidence)));
    }
    if let Standing::Running(reason) = &expected.standing {
        return verdict(Outcome::NotInPlace, format!("{reason}; a record landed after the due day"));
    }
    if !accepted.sure {
        let reason = format!("{facts}; history is incomplete, so it may have landed earlier than can be seen");
        return verdict(Outcome::Unknown, reason);
    }
    if ground.by_end_of(accepted.landed, expected.grace_until) {
        let (outcome, said) = if nil { (Outcome::NoOccurrence, "; it says that nothing occurred") } else { (Outcome::Late, "") };
        return verdict(
            outcome,
            format!("{facts}, late within grace until {}{said}{}", long_date(expected.grace_until), failure(evidence)),
        );
    }
    match waiver(ground, case.control, expected) {
        Some((waiver, true)) => Verdict {
            outcome: Outcome::Waived,
            reason: format!("waived by {} before it was due; {facts}", waiver.id),
            waiver: Some(waiver.id.clone()),
        },
        _ => verdict(
            Outcome::LateBeyondGrace,
            format!("{facts}, after grace ended on {}{}", long_date(expected.grace_until), failure(evidence)),
        ),
    }
}

fn failure(evidence: &Evidence) -> &'static str {
    if evidence.result == EvidenceResult::Fail { "; the record reports that the control failed" } else { "" }
}

fn landing_facts(ground: &Ground<'_>, expected: &Expected, answer: &Answer<'_, '_>) -> String {
    let landed = match answer.accepted.landed_in {
        Some(_) => format!("{} landed on {}", answer.record.evidence.short_name(), ground.when(answer.accepted.landed)),
        None => {
            format!("{} is not committed yet and counts from {}", answer.record.evidence.short_name(), ground.when(answer.accepted.landed))
        }
    };
    let basis = expected.basis.as_ref().map_or(String::new(), |basis| format!(" ({basis})"));
    format!("{landed}; due on {}{basis}", long_date(expected.due))
}

fn unanswered<'a>(ground: &Ground<'a>, records: &Records<'a>, case: &Case<'_, 'a>) -> Verdict {
    let expected = case.expected;
    let plain = |outcome, reason: String| Verdict { outcome, reason, waiver: None };
    if let Standing::Running(reason) = &expected.standing {
        return plain(Outcome::NotInPlace, format!("not expected: {reason}"));
    }
    let waiver = waiver(ground, case.control, expected);
    if let Some((waiver, true)) = waiver {
        let reason = format!("waived by {} before it was due: {}", waiver.id, waiver.reason.trim());
        return Verdict { outcome: Outcome::Waived, reason, waiver: Some(waiver.id.clone()) };
    }
    let basis = expected.basis.as_ref().map_or(String::new(), |basis| format!(" ({basis})"));
    let due = format!("due on {}{basis}", long_date(expected.due));
    if !ground.is_over(expected.due) {
        let near = is_near(ground, expected);
        let outcome = if near { Outcome::DueSoon } else { Outcome::NotYetDue };
        return plain(outcome, format!("no record yet; {due}"));
    }
    if !ground.is_over(expected.grace_until) {
        return plain(Outcome::DueSoon, format!("no record yet; it was {due}, and grace runs until {}", long_date(expected.grace_until)));
    }
    let blind = if waiver.is_some() {
        Some("a waiver is there, but history is incomplete, so when it landed cannot be seen".to_owned())
    } else {
        blindness(ground, records, case)
    };
    match blind {
        Some(reason) => plain(Outcome::Unknown, format!("no record can be seen; {due}; {reason}")),
        None => {
            let grace = if expected.grace_until > expected.due {
                format!(", and grace ended on {}", long_date(expected.grace_until))
            } else {
                String::new()
            };
            plain(Outcome::Missed, format!("no record that counts landed; it was {due}{grace}"))
        }
    }
}

/// Whether a due day ahead is near: within the due-soon span, but never further ahead than half the period is long, so that
/// a weekly control is not due soon for ever.
fn is_near(ground: &Ground<'_>, expected: &Expected) -> bool {
    let span = ground.programme.config.assumptions.due_soon;
    let ahead = days_between(ground.today, expected.due);
    expected.due <= span.after(ground.today, ground.calendar) && ahead <= (expected.range.days() / 2).max(1)
}

/// Why the absence of a record says nothing, when it says nothing.
fn blindness<'a>(ground: &Ground<'a>, records: &Records<'a>, case: &Case<'_, 'a>) -> Option<String> {
    if case.ahead {
        return Some("a record for it is there, but its landing lies after the instant of this assessment".to_owned());
    }
    if let Standing::Unseen(reason) = &case.expected.standing {
        return Some(reason.clone());
    }
    if let Some(missing) = ground.history.missing.first() {
        return Some(format!("history is incomplete: {}", missing.message));
    }
    let homes = ["content/evidence", "content/waivers"].map(RepoPath::new);
    let could_answer = |path: &RepoPath| homes.iter().any(|home| path.is_under(home.as_str()) || home.is_under(path.as_str()));
    let unread = ground
        .programme
        .unread
        .iter()
        .find(|unread| could_answer(&unread.path) && (unread.controls.is_empty() || unread.controls.contains(case.control)));
    if let Some(unread) = unread {
        return Some(format!("the file {} cannot be read and might answer it", unread.path));
    }
    let withdrawn = records.withdrawn(case.control).iter().find(|claim| claim_holds(ground, case.expected, claim))?;
    let landed = ground.when(withdrawn.landed);
    Some(format!("a record answered it from {landed} and was removed or rewritten since: {}", withdrawn.evidence))
}

fn claim_holds(ground: &Ground<'_>, expected: &Expected, claim: &Withdrawn<'_>) -> bool {
    match (claim.period, claim.performed_on) {
        (Some(period), _) if expected.basis.is_none() => ground.range(period) == expected.range,
        (_, Some(day)) => expected.range.contains(day),
        _ => false,
    }
}

/// The waiver of an obligation: one that landed before the due day ended, with an approver who is not the requester, and
/// not expired on the due day. `false` beside it: it is good but for its landing, which cannot be seen surely.
fn waiver<'a>(ground: &Ground<'a>, control: &ControlId, expected: &Expected) -> Option<(&'a Waiver, bool)> {
    let good = ground.programme.waivers.values().filter(|waiver| {
        waiver.control == *control
            && waiver.expires_on.is_none_or(|expires| expires >= expected.due)
            && waiver.periods.iter().any(|period| covers(ground, *period, expected))
            && is_approved(ground, waiver)
    });
    let mut unsure = None;
    for waiver in good {
        let first = ground.timelines.waivers.get(&waiver.id).and_then(|timeline| {
            timeline.versions.iter().find(|version| {
                version.record.as_ref().is_some_and(|old| {
                    old.control == *control
                        && is_approved(ground, old)
                        && old.periods.iter().any(|period| covers(ground, *period, expected))
                })
            })
        });
        let (landed, landed_in) = first.map_or((ground.as_of, None), |version| (version.landed, version.landed_in));
        if ground.by_end_of(landed, expected.due) {
            return Some((waiver, true));
        }
        if !ground.landing_is_sure(landed_in) {
            unsure = Some((waiver, false));
        }
    }
    unsure
}

/// Whether somebody other than the requester approved a waiver; one person under two names is one person.
pub fn is_approved(ground: &Ground<'_>, waiver: &Waiver) -> bool {
    let known = |name: &Option<String>| name.as_deref().and_then(|name| ground.named(name)).map(|person| &person.id);
    let (approver, requester) = (known(&waiver.approved_by), known(&waiver.requested_by));
    let same = waiver.approved_by == waiver.requested_by || (approver.is_some() && approver == requester);
    waiver.approved_by.is_some() && !same
}

/// Whether a waiver's period is that of an obligation; a rolling stretch has no name, so its due day decides.
fn covers(ground: &Ground<'_>, period: Period, expected: &Expected) -> bool {
    let range = ground.range(period);
    range == expected.range || (expected.basis.is_some() && range.contains(expected.due))
}

/// A record as it is shown, with its four times and its grades.
pub fn performance(ground: &Ground<'_>, answer: &Answer<'_, '_>) -> Performance {
    let (evidence, accepted) = (answer.record.evidence, &answer.accepted);
    let commit = ground.commit(accepted.made_by);
    Performance {
        evidence: evidence.id.clone(),
        path: evidence.origin.path.clone(),
        blob: accepted.blob,
        commit: accepted.made_by.map(|at| ground.history.node(at).id),
        landed_in: accepted.landed_in,
        performed_on: evidence.performed_on,
        author_time: commit.map(|commit| commit.author.time),
        committer_time: commit.map(|commit| commit.committer.time),
        landed_at: accepted.landed,
        performed_by: evidence.performed_by.clone(),
        reviewed_by: evidence.reviewed_by.clone(),
        result: evidence.result,
        failed: answer.record.failed,
        altered: answer.record.altered.is_some(),
        proof: proof::grade(&proof::Facts {
            history: ground.history,
            as_of: ground.as_of,
            landed_in: accepted.landed_in,
            made_by: accepted.made_by,
            second_person: second_person(ground, evidence, answer),
        }),
    }
}

/// Whether the record, or a trailer of the commits that brought it, names a known human being other than its makers.
fn second_person(ground: &Ground<'_>, evidence: &Evidence, answer: &Answer<'_, '_>) -> bool {
    let performer = evidence.performed_by.as_deref().and_then(|name| ground.named(name));
    let author = ground.author(answer.accepted.made_by);
    let makers: Vec<_> = performer.into_iter().chain(author).map(|person| &person.id).collect();
    let named = evidence.reviewed_by.as_deref().and_then(|name| ground.named(name));
    let trailers = proof::reviewers(ground.history, answer.accepted.made_by, answer.accepted.landed_in);
    let reviewers = named.into_iter().chain(trailers.iter().filter_map(|trailer| ground.by_email(&trailer.email)));
    // Where the author is nobody we know, the reviewer may be the author under another address.
    let known = answer.accepted.made_by.is_none() || author.is_some();
    known && proof::someone_else(reviewers, &makers)
}
