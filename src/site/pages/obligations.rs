//! All obligations with one outcome: the lists behind the counts.

use std::sync::Arc;

use serde::Serialize;

use super::page;
use crate::{
    assess::Outcome,
    site::{
        Page,
        links::{At, outcome_page},
        nav::Frame,
        paging,
        pages::glossary,
        shelf::Shelf,
        view::{Mark, ObligationRow, Pager, capitalised},
    },
};

/// How many obligations a page lists.
const OBLIGATIONS_A_PAGE: usize = 200;

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct Obligations {
    /// What stands around it.
    pub frame: Frame,
    /// The outcome.
    pub mark: Mark,
    /// What it means.
    pub meaning: &'static str,
    /// The way through the list.
    pub pager: Pager,
    /// The obligations, by due day.
    pub rows: Vec<ObligationRow>,
    /// The other outcomes with their lists.
    pub others: Vec<super::overview::OutcomeCount>,
}

/// Plans the pages: every outcome has its list, also an empty one.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    let mut pages = Vec::new();
    for outcome in Outcome::ALL {
        for share in paging::shares(&outcome_page(outcome), shelf.count(outcome), OBLIGATIONS_A_PAGE) {
            pages.push(page(shelf, share.path.clone(), "obligations.html", move |at| Ok(obligations(at, outcome, &share))));
        }
    }
    pages
}

fn obligations(at: At<'_, '_>, outcome: Outcome, share: &paging::Share) -> Obligations {
    let dues = at.shelf.outcomes.get(&outcome).map_or(&[][..], Vec::as_slice);
    Obligations {
        frame: Frame::new(at, "index.html", format!("Obligations: {}", outcome.words()), vec![at.to("index.html", "Overview")]),
        mark: Mark::outcome(outcome).saying(capitalised(&outcome.words())),
        meaning: glossary::meaning(outcome),
        pager: share.pager.clone(),
        rows: dues[share.rows.clone()].iter().map(|due| at.obligation(*due)).collect(),
        others: Outcome::ALL.iter().map(|other| super::overview::outcome_count(at, *other)).collect(),
    }
}
