//! The integration tests, as one crate.

mod assess_outcomes;
mod assess_properties;
mod assess_rules;
mod assess_status;
mod assess_world;
