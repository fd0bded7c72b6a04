//! What now: findings that are work, in two lists that are never mixed: what cannot be mended in this window, and what can.

use std::sync::Arc;

use serde::Serialize;

use super::{frame, page};
use crate::{
    assess::Recoverable,
    site::{
        Page,
        links::{At, days},
        nav::Frame,
        shelf::Shelf,
        view::{GapRow, counted},
    },
};

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct Gaps {
    /// What stands around it.
    pub frame: Frame,
    /// The window's days.
    pub window: String,
    /// Gaps that can still be mended, by rank.
    pub open: Vec<GapRow>,
    /// How many.
    pub open_count: String,
    /// Gaps that cannot be mended in this window, by rank.
    pub fixed: Vec<GapRow>,
    /// How many.
    pub fixed_count: String,
}

/// Plans the page.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    vec![page(shelf, "gaps.html", "gaps.html", |at| Ok(gaps(at)))]
}

fn gaps(at: At<'_, '_>) -> Gaps {
    let assessment = at.shelf.input.assessment;
    let (fixed, open): (Vec<_>, Vec<_>) = assessment.gaps.iter().partition(|gap| gap.recoverable == Recoverable::NotInWindow);
    Gaps {
        frame: frame(at, "gaps.html", "What now"),
        window: days(assessment.window.range),
        open_count: counted(open.len(), "gap", "gaps"),
        fixed_count: counted(fixed.len(), "gap", "gaps"),
        open: open.into_iter().map(|gap| at.gap(gap)).collect(),
        fixed: fixed.into_iter().map(|gap| at.gap(gap)).collect(),
    }
}
