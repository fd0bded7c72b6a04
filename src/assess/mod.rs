//! Judging: pure functions from a programme, its history and an instant to an assessment.
//!
//! No clock, no disk, no bytes, no HTML: everything comes in by [`Input`], and the same input gives the same assessment.

mod assessment;

pub use assessment::*;

use crate::{
    date::Instant,
    diag::Finding,
    model::{History, Programme, Timelines},
};

/// Everything an assessment is made from.
pub struct Input<'a> {
    /// The programme as the tip holds it.
    pub programme: &'a Programme,
    /// The history behind the tip.
    pub history: &'a History,
    /// The records through that history.
    pub timelines: &'a Timelines,
    /// The instant of the assessment.
    pub as_of: Instant,
    /// What loading and walking found; it is reported beside what the rules find.
    pub findings: Vec<Finding>,
}
