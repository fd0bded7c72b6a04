//! All frameworks in scope with their coverage.

use std::sync::Arc;

use serde::Serialize;

use super::{
    frame,
    overview::{CoverageView, coverage},
    page,
};
use crate::site::{Page, links::At, nav::Frame, shelf::Shelf};

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct Frameworks {
    /// What stands around it.
    pub frame: Frame,
    /// The frameworks in scope.
    pub rows: Vec<CoverageView>,
}

/// Plans the page.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    vec![page(shelf, "frameworks.html", "frameworks.html", |at| Ok(frameworks(at)))]
}

fn frameworks(at: At<'_, '_>) -> Frameworks {
    let scope = &at.shelf.input.programme.config.scope.frameworks;
    Frameworks { frame: frame(at, "frameworks.html", "Frameworks in scope"), rows: scope.keys().map(|id| coverage(at, id)).collect() }
}
