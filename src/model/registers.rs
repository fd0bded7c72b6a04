//! The registers beside controls: waivers, deviations, incidents, risks, vendors.

use serde::Serialize;

use super::{Mapping, Origin, OwnerRef};
use crate::{
    date::{Cadence, Date, Instant, Period},
    id::{ControlId, DeviationId, IncidentId, RiskId, VendorId, WaiverId},
};

/// A decision, made beforehand, not to perform a control for some periods.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// Its id.
    pub id: WaiverId,
    /// The control.
    pub control: ControlId,
    /// The periods.
    pub periods: Vec<Period>,
    /// Why.
    pub reason: String,
    /// What is done instead; empty when nothing.
    pub compensating: String,
    /// Who asked, as written.
    pub requested_by: Option<String>,
    /// Who agreed, as written.
    pub approved_by: Option<String>,
    /// The day of the decision, as claimed; what counts is the landing.
    pub approved_on: Option<Date>,
    /// The last day it holds.
    pub expires_on: Option<Date>,
    /// Where it stands.
    pub origin: Origin,
}

/// What the organization says became of a deviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// It stands.
    Deviation,
    /// Late, but within what is tolerated.
    LateWithinTolerance,
    /// Waived before the fact.
    WaivedBefore,
    /// Explained: it did not happen.
    FalsePositive,
}

/// A deviation in the register, with management's response.
#[derive(Clone, Debug)]
pub struct Deviation {
    /// Its id.
    pub id: DeviationId,
    /// What happened, as a sentence.
    pub title: String,
    /// The control.
    pub control: ControlId,
    /// The period, when it is about one.
    pub period: Option<Period>,
    /// The day it was found.
    pub found_on: Option<Date>,
    /// What was expected.
    pub expected: String,
    /// What was observed.
    pub observed: String,
    /// Why it happened.
    pub cause: String,
    /// What it led to.
    pub impact: String,
    /// What compensated.
    pub compensating: String,
    /// What was changed.
    pub correction: String,
    /// The day of the correction.
    pub corrected_on: Option<Date>,
    /// Who answers for it.
    pub owner: Option<OwnerRef>,
    /// What became of it.
    pub disposition: Disposition,
    /// Where it stands.
    pub origin: Origin,
}

/// A security incident.
#[derive(Clone, Debug)]
pub struct Incident {
    /// Its id.
    pub id: IncidentId,
    /// What happened, as a sentence.
    pub title: String,
    /// `low`, `medium`, `high` or `critical`.
    pub severity: String,
    /// Whether the system description must name it (DC4).
    pub significant: bool,
    /// When it was noticed.
    pub detected_at: Option<Instant>,
    /// When it was declared.
    pub declared_at: Option<Instant>,
    /// When it was contained.
    pub contained_at: Option<Instant>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// Who led.
    pub owner: Option<OwnerRef>,
    /// Markdown.
    pub summary: String,
    /// What follows from it.
    pub actions: Vec<String>,
    /// Where it stands.
    pub origin: Origin,
}

/// How a risk is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// Controls reduce it.
    Mitigate,
    /// It is lived with.
    Accept,
    /// Somebody else bears it.
    Transfer,
    /// Its source is given up.
    Avoid,
}

/// A line of the risk register.
#[derive(Clone, Debug)]
pub struct Risk {
    /// Its id.
    pub id: RiskId,
    /// The risk, as a sentence.
    pub title: String,
    /// Its category (`security`, `fraud`, ...).
    pub category: String,
    /// Who answers for it.
    pub owner: Option<OwnerRef>,
    /// 1 (rare) to 5.
    pub likelihood: u8,
    /// 1 (slight) to 5.
    pub impact: u8,
    /// How it is answered.
    pub treatment: Treatment,
    /// The controls that reduce it.
    pub controls: Vec<ControlId>,
    /// Whether it is still open.
    pub open: bool,
    /// The day of its last review.
    pub reviewed_on: Option<Date>,
    /// How often it is reviewed.
    pub review_every: Option<Cadence>,
    /// Markdown.
    pub description: String,
    /// Where it stands.
    pub origin: Origin,
}

/// The roles a supplier can have; they are three different lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VendorRole {
    /// Somebody we buy from.
    Vendor,
    /// Somebody whose controls are necessary, with ours, to keep the commitments.
    Subservice,
    /// Somebody who processes personal data of customers for us.
    Subprocessor,
}

/// A supplier.
#[derive(Clone, Debug)]
pub struct Vendor {
    /// Its id.
    pub id: VendorId,
    /// Its name.
    pub name: String,
    /// Its roles.
    pub roles: Vec<VendorRole>,
    /// Who looks after the relation.
    pub owner: Option<OwnerRef>,
    /// `critical`, `high` or `low`.
    pub tier: String,
    /// What it does for us.
    pub service: String,
    /// Its web address.
    pub website: Option<String>,
    /// First day of use.
    pub since: Option<Date>,
    /// How often it is reviewed.
    pub review_every: Option<Cadence>,
    /// The kinds of data it sees.
    pub data: Vec<String>,
    /// Where it processes.
    pub locations: Vec<String>,
    /// Why it processes, for the public list.
    pub purpose: String,
    /// The day customers were told.
    pub announced_on: Option<Date>,
    /// The day processing starts.
    pub effective_on: Option<Date>,
    /// `carve_out` or `inclusive`, for a subservice organization.
    pub method: Option<String>,
    /// Complementary controls expected of it.
    pub csocs: Vec<ComplementaryControl>,
    /// Its last report that was read.
    pub report: Option<VendorReport>,
    /// Where it stands.
    pub origin: Origin,
}

/// A supplier's report that was read.
#[derive(Clone, Debug)]
pub struct VendorReport {
    /// What kind (`soc2_type2`).
    pub kind: String,
    /// The last day it speaks for.
    pub period_end: Option<Date>,
    /// The opinion, in the report's word.
    pub opinion: String,
    /// The day it was read.
    pub reviewed_on: Option<Date>,
    /// Who read it, as written.
    pub reviewed_by: Option<String>,
    /// Whether its user-entity controls were mapped to ours.
    pub cuecs_mapped: bool,
    /// The last day a bridge letter speaks for.
    pub bridge_until: Option<Date>,
}

/// A control that somebody else must have for ours to be enough: a user entity's (CUEC), or a subservice
/// organization's (CSOC).
#[derive(Clone, Debug, PartialEq)]
pub struct ComplementaryControl {
    /// Its id; empty when none was given.
    pub id: String,
    /// The sentence.
    pub text: String,
    /// The requirements that rest on it.
    pub satisfies: Mapping,
}

impl ComplementaryControl {
    /// A sentence that says nothing about requirements.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { id: String::new(), text: text.into(), satisfies: Mapping::new() }
    }
}
