//! The integration tests, in one crate.

mod assess_outcomes;
mod assess_properties;
mod assess_rules;
mod assess_status;
mod assess_world;
mod site_render;
mod site_sample;
mod trust_claims;
mod trust_fixture;
mod trust_programme;
mod trust_site;
