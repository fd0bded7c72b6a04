//! `tickmark population [ID]`: a numbered list with its rule, count, digest and the command that re-performs it.

use super::{Assessed, UsageError};
use crate::{assess::Population, diag::did_you_mean};

/// Every population, by id.
pub fn populations(assessed: &Assessed) -> &[Population] {
    &assessed.assessment.populations
}

/// One population.
///
/// # Errors
/// When there is no such population.
pub fn population<'a>(assessed: &'a Assessed, id: &str) -> anyhow::Result<&'a Population> {
    let all = populations(assessed);
    all.iter().find(|population| population.id == id).ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|population| population.id.as_str()).collect();
        let near = did_you_mean(id, known.iter().copied()).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        UsageError::because(format!("there is no population `{id}`"), format!("{near}there are: {}", known.join(", ")))
    })
}
