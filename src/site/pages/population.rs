//! One numbered list. Item 217 keeps its number and its anchor, so that a sample can be looked up.

use std::sync::Arc;

use serde::Serialize;

use super::{frame_under, page};
use crate::{
    assess::Population,
    site::{
        Page,
        links::At,
        nav::Frame,
        paging,
        shelf::Shelf,
        view::{Pager, capitalised, number},
    },
};

/// How many rows a page lists.
const ROWS_A_PAGE: usize = 200;

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct PopulationPage {
    /// What stands around it.
    pub frame: Frame,
    /// The list's id.
    pub id: String,
    /// The rule that makes it.
    pub rule: String,
    /// How many rows in all.
    pub count: String,
    /// SHA-256 over all rows.
    pub digest: String,
    /// The command that makes it again; empty when there is none.
    pub command: String,
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// The way through the list.
    pub pager: Pager,
    /// The rows of this page.
    pub rows: Vec<NumberedRow>,
}

/// One row with its number.
#[derive(Clone, Debug, Serialize)]
pub struct NumberedRow {
    /// Its number in the whole list, from 1.
    pub number: String,
    /// Its cells.
    pub cells: Vec<String>,
}

/// Plans the pages.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    let mut pages = Vec::new();
    for list in &shelf.input.assessment.populations {
        let Some(first) = shelf.routes.population(&list.id).map(str::to_owned) else { continue };
        for share in paging::shares(&first, list.rows.len(), ROWS_A_PAGE) {
            pages.push(page(shelf, share.path.clone(), "population.html", move |at| Ok(population(at, list, &share))));
        }
    }
    pages
}

fn population(at: At<'_, '_>, list: &Population, share: &paging::Share) -> PopulationPage {
    let rows = list.rows[share.rows.clone()].iter().enumerate();
    PopulationPage {
        frame: frame_under(at, "populations.html", "Populations", list.title.clone()),
        id: list.id.clone(),
        rule: capitalised(&list.rule),
        count: number(list.rows.len()),
        digest: list.digest.clone(),
        command: list.command.clone(),
        columns: list.columns.clone(),
        pager: share.pager.clone(),
        rows: rows.map(|(at, cells)| NumberedRow { number: (share.rows.start + at + 1).to_string(), cells: cells.clone() }).collect(),
    }
}
