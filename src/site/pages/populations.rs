//! All numbered lists, each with its rule, count, digest and the command that makes it again.

use std::sync::Arc;

use serde::Serialize;

use super::{frame, page};
use crate::site::{
    Page,
    links::At,
    nav::Frame,
    shelf::Shelf,
    view::{Link, capitalised, number},
};

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct Populations {
    /// What stands around it.
    pub frame: Frame,
    /// The lists.
    pub rows: Vec<PopulationRow>,
}

/// One list.
#[derive(Clone, Debug, Serialize)]
pub struct PopulationRow {
    /// Its title.
    pub population: Link,
    /// The rule that makes it.
    pub rule: String,
    /// How many rows.
    pub count: String,
    /// SHA-256 over its rows.
    pub digest: String,
    /// The command; empty when there is none.
    pub command: String,
}

/// Plans the page.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    vec![page(shelf, "populations.html", "populations.html", |at| Ok(populations(at)))]
}

fn populations(at: At<'_, '_>) -> Populations {
    let rows = at.shelf.input.assessment.populations.iter().map(|list| PopulationRow {
        population: at.to(at.shelf.routes.population(&list.id).unwrap_or_default(), list.title.clone()),
        rule: capitalised(&list.rule),
        count: number(list.rows.len()),
        digest: list.digest.clone(),
        command: list.command.clone(),
    });
    Populations { frame: frame(at, "populations.html", "Populations"), rows: rows.collect() }
}
