//! Judging: pure functions from a programme, its history and an instant to an assessment.

mod assessment;

pub use assessment::*;
