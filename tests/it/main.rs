//! The integration tests: one crate, a module a subject.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stderr, clippy::disallowed_methods, reason = "a test speaks of what it did not test, and makes its own environment")]
#![allow(clippy::type_complexity, reason = "a table of cases is a table")]

mod assess_outcomes;
mod assess_properties;
mod assess_rules;
mod assess_status;
mod assess_suggest;
mod assess_world;
mod catalogues;
mod commands;
mod demo;
mod export;
mod export_oscal;
mod frameworks;
mod git_oracle;
mod git_script;
mod git_sights;
mod git_support;
mod git_walk;
mod golden;
mod hostile;
mod import_auditree;
mod import_bench;
mod import_ciso;
mod import_comply;
mod import_frame;
mod import_front_matter;
mod import_opencontrol;
mod import_oscal;
mod import_properties;
mod import_support;
mod import_table;
mod init;
mod language;
mod load_cases;
mod load_trace;
mod real;
mod site_contract;
mod site_frameworks;
mod site_render;
mod site_sample;
mod site_story;
mod support;
mod tidy;
mod trust_claims;
mod trust_fixture;
mod trust_programme;
mod trust_site;
