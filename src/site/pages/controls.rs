//! All controls: design, operation and proof in three columns, and the marks of the window in a row.

use std::sync::Arc;

use serde::Serialize;

use super::{Heading, page};
use crate::{
    assess::{ControlAssessment, Outcome},
    site::{
        Page,
        links::{At, obligation_anchor},
        nav::Frame,
        paging,
        shelf::Shelf,
        view::{Link, Mark, Pager, ProofView, capitalised, number},
    },
};

/// More marks than this in a row are gathered by outcome.
const STRIP: usize = 16;

/// How many controls a page lists: a row with its marks takes some kilobytes.
const CONTROLS_A_PAGE: usize = 40;
/// A list of no more than this is not cut: all controls of a usual programme stand on one page.
const ONE_PAGE: usize = 60;

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct Controls {
    /// What stands around it.
    pub frame: Frame,
    /// The way through the list.
    pub pager: Pager,
    /// The controls of this page, by id.
    pub rows: Vec<ControlRow>,
    /// How many.
    pub count: String,
    /// How many of them are key.
    pub key_count: String,
}

/// One control in a list.
#[derive(Clone, Debug, Serialize)]
pub struct ControlRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub control: Link,
    /// Whether it is key.
    pub key: bool,
    /// Who answers for it.
    pub owner: Option<Link>,
    /// How often.
    pub cadence: String,
    /// Its design.
    pub design: Mark,
    /// Its operation in the window.
    pub operation: Mark,
    /// `3 of 4 due (1 not yet due, 0 unknown)`.
    pub due: String,
    /// The weakest proof among the records that count; `None` without any.
    pub proof: Option<ProofView>,
    /// The window's obligations as marks.
    pub strip: Vec<Tick>,
}

/// One mark in a row.
#[derive(Clone, Debug, Serialize)]
pub struct Tick {
    /// The outcome.
    pub mark: Mark,
    /// What it stands for: a period, or a count of obligations.
    pub label: String,
    /// How many obligations it stands for; empty for one.
    pub count: String,
    /// The entry in the control's ledger.
    pub href: String,
}

/// Plans the pages.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    let heading = Heading { section: "controls.html", title: "Controls".to_owned(), above: Vec::new() };
    pages(shelf, "controls.html", &heading, shelf.input.assessment.controls.iter().collect())
}

/// The pages of a list of controls, the first of which is `first`.
pub fn pages<'a>(shelf: &Arc<Shelf<'a>>, first: &str, heading: &Heading, controls: Arc<[&'a ControlAssessment]>) -> Vec<Page<'a>> {
    let stated = &shelf.input.programme.controls;
    let key_count = number(controls.iter().filter(|judged| stated.get(&judged.id).is_some_and(|control| control.key)).count());
    let a_page = if controls.len() <= ONE_PAGE { ONE_PAGE } else { CONTROLS_A_PAGE };
    paging::shares(first, controls.len(), a_page)
        .into_iter()
        .map(|share| {
            let (controls, heading, key_count) = (Arc::clone(&controls), heading.clone(), key_count.clone());
            page(shelf, share.path.clone(), "controls.html", move |at| {
                Ok(Controls {
                    frame: heading.frame(at),
                    pager: share.pager.clone(),
                    count: number(controls.len()),
                    key_count: key_count.clone(),
                    rows: controls[share.rows.clone()].iter().map(|control| row(at, control)).collect(),
                })
            })
        })
        .collect()
}

/// A control as a row.
pub fn row(at: At<'_, '_>, judged: &ControlAssessment) -> ControlRow {
    let control = at.shelf.input.programme.controls.get(&judged.id);
    ControlRow {
        id: judged.id.to_string(),
        control: at.control(&judged.id),
        key: control.is_some_and(|control| control.key),
        owner: control.and_then(|control| control.owner.as_ref()).map(|owner| at.owner(owner)),
        cadence: control.and_then(|control| control.frequency).map_or_else(String::new, |cadence| capitalised(&cadence.phrase())),
        design: Mark::design(judged.design),
        operation: Mark::operation(judged.operation),
        due: due_sentence(judged),
        proof: proof(judged),
        strip: strip(at, judged),
    }
}

/// The proof of a control that has records.
pub fn proof(judged: &ControlAssessment) -> Option<ProofView> {
    let has_records = !judged.occurrences.is_empty() || judged.obligations.iter().any(|obligation| obligation.record.is_some());
    has_records.then(|| ProofView::new(judged.proof))
}

/// `3 of 4 due (1 not yet due, 0 unknown)`: performed, of those expected in the window, and what is not known.
pub fn due_sentence(judged: &ControlAssessment) -> String {
    let count = |outcomes: &[Outcome]| judged.obligations.iter().filter(|obligation| outcomes.contains(&obligation.outcome)).count();
    let expected = judged.obligations.len() - count(&[Outcome::NotApplicable, Outcome::NotInPlace, Outcome::Waived]);
    if judged.obligations.is_empty() {
        return match judged.occurrences.len() {
            0 => "no obligations by the calendar".to_owned(),
            records => format!("no obligations by the calendar, {} in the window", super::super::view::counted(records, "record", "records")),
        };
    }
    let performed = count(&[Outcome::OnTime, Outcome::Late, Outcome::LateBeyondGrace, Outcome::NoOccurrence]);
    let waiting = count(&[Outcome::DueSoon, Outcome::NotYetDue]);
    let waived = match count(&[Outcome::Waived]) {
        0 => String::new(),
        waived => format!(", {} waived", number(waived)),
    };
    format!("{} of {} performed ({} not yet due, {} unknown{waived})", number(performed), number(expected), number(waiting), number(count(&[Outcome::Unknown])))
}

fn strip(at: At<'_, '_>, judged: &ControlAssessment) -> Vec<Tick> {
    let page = at.shelf.routes.control(&judged.id).unwrap_or_default();
    if judged.obligations.len() <= STRIP {
        let tick = |obligation: &crate::assess::Obligation| Tick {
            mark: Mark::outcome(obligation.outcome),
            label: obligation.period.to_string(),
            count: String::new(),
            href: at.href(&format!("{page}#{}", obligation_anchor(&obligation.period.to_string()))),
        };
        return judged.obligations.iter().map(tick).collect();
    }
    Outcome::ALL
        .into_iter()
        .filter_map(|outcome| {
            let count = judged.obligations.iter().filter(|obligation| obligation.outcome == outcome).count();
            (count > 0).then(|| Tick {
                mark: Mark::outcome(outcome),
                label: super::super::view::counted(count, "obligation", "obligations"),
                count: number(count),
                href: at.href(&format!("{page}#ledger")),
            })
        })
        .collect()
}
