//! The integration tests: one crate, a module a subject.

mod assess_outcomes;
mod assess_properties;
mod assess_rules;
mod assess_status;
mod assess_world;
mod commands;
mod demo;
mod real;
mod site_render;
mod site_sample;
mod support;
mod tidy;
mod trust_claims;
mod trust_fixture;
mod trust_programme;
mod trust_site;
