//! The public trust page: what an organization says about itself to people who cannot see its repository.
//!
//! It is built from its own data. [`project`] copies, field by field, what was written for the public or classified
//! public; [`plan`] sees nothing else. No judgement reaches this folder: it imports nothing from `assess`, and what an
//! assessment must take back arrives as a set of ids. What is not here: commit ids, paths, people (except what
//! `trust.yaml` states), vendors' tiers and reviews, risks, incidents, deviations, outcomes.
//!
//! A claim needs a record: a report is shown only with firm, type, scope and days; a practice that names controls only
//! while each of them is in place; a subprocessor only from the day customers were told.

mod claims;
mod files;
mod plan;
mod project;
mod public;

pub use claims::{CODES, claims};
pub use plan::{IndexPage, Page, Plan, PolicyPage, Site, TrustContext, UpdatePage, plan};
pub use project::project;
pub use public::{
    PublicDocumentEntry, PublicPolicy, PublicProgramme, PublicQuestion, PublicReport, PublicSecurity, PublicSubprocessor, PublicTopic,
    PublicUpdate,
};
