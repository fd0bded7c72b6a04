//! The rules: one file each, with the explanation beside the code, registered here.
//!
//! A rule reads facts and reports findings; it decides nothing that a page shows, and no rule reads another's findings.
//! A test holds that every file in this folder is registered and that every rule has a case that fires and one that does not.

mod addressable_undecided;
mod applicability_undecided;
mod clock_skew;
mod control_forecast_no_occurrence;
mod control_loosened;
mod control_not_in_place_at_start;
mod control_removed;
mod control_without_frequency;
mod control_without_owner;
mod date_only_bump;
mod decision_unused;
mod evidence_after_the_fact;
mod evidence_altered;
mod evidence_bunched;
mod evidence_dated_ahead;
mod evidence_due_soon;
mod evidence_early;
mod evidence_late;
mod evidence_late_beyond_grace;
mod evidence_missed;
mod evidence_not_reviewed;
mod evidence_recycled;
mod evidence_removed;
mod evidence_result_fail;
mod evidence_self_reviewed;
mod evidence_stale;
mod evidence_unknown;
mod evidence_unmatched;
mod exclusion_refused;
mod future_commit;
mod history_incomplete;
mod identity_unknown;
mod key_control_without_policy;
mod mapping_inflated;
mod owner_absent;
mod policy_approval_not_visible;
mod policy_effective_before_landing;
mod policy_not_approved;
mod policy_review_date_only;
mod policy_review_overdue;
mod required_excluded;
mod requirement_uncovered;
mod system_description_missing;
mod waiver_expired;
mod waiver_retroactive;
mod waiver_self_approved;
mod waiver_unused;
mod window_not_started;
mod window_too_long;

use super::facts::Facts;
use crate::diag::{Code, Finding};

/// One rule.
pub struct Rule {
    /// Its code, with the explanation.
    pub code: Code,
    /// The tests of the audit catalogue that it computes.
    pub gt: &'static [&'static str],
    /// Reads facts and reports findings.
    pub run: fn(&Facts<'_>, &mut Vec<Finding>),
}

/// All rules, by code.
pub static RULES: [&Rule; 49] = [
    &addressable_undecided::RULE,
    &applicability_undecided::RULE,
    &clock_skew::RULE,
    &control_forecast_no_occurrence::RULE,
    &control_loosened::RULE,
    &control_not_in_place_at_start::RULE,
    &control_removed::RULE,
    &control_without_frequency::RULE,
    &control_without_owner::RULE,
    &date_only_bump::RULE,
    &decision_unused::RULE,
    &evidence_after_the_fact::RULE,
    &evidence_altered::RULE,
    &evidence_bunched::RULE,
    &evidence_dated_ahead::RULE,
    &evidence_due_soon::RULE,
    &evidence_early::RULE,
    &evidence_late::RULE,
    &evidence_late_beyond_grace::RULE,
    &evidence_missed::RULE,
    &evidence_not_reviewed::RULE,
    &evidence_recycled::RULE,
    &evidence_removed::RULE,
    &evidence_result_fail::RULE,
    &evidence_self_reviewed::RULE,
    &evidence_stale::RULE,
    &evidence_unknown::RULE,
    &evidence_unmatched::RULE,
    &exclusion_refused::RULE,
    &future_commit::RULE,
    &history_incomplete::RULE,
    &identity_unknown::RULE,
    &key_control_without_policy::RULE,
    &mapping_inflated::RULE,
    &owner_absent::RULE,
    &policy_approval_not_visible::RULE,
    &policy_effective_before_landing::RULE,
    &policy_not_approved::RULE,
    &policy_review_date_only::RULE,
    &policy_review_overdue::RULE,
    &required_excluded::RULE,
    &requirement_uncovered::RULE,
    &system_description_missing::RULE,
    &waiver_expired::RULE,
    &waiver_retroactive::RULE,
    &waiver_self_approved::RULE,
    &waiver_unused::RULE,
    &window_not_started::RULE,
    &window_too_long::RULE,
];

/// Runs every rule.
pub fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for rule in RULES {
        (rule.run)(facts, findings);
    }
}

#[cfg(test)]
mod tests;
