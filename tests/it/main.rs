//! The integration tests, in one crate.

mod trust_claims;
mod trust_fixture;
mod trust_site;
