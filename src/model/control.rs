//! Controls: what the organization does.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Origin, OwnerRef};
use crate::{
    date::{Cadence, Date, Lapse},
    id::{ControlId, DocumentId, FrameworkId, RequirementId},
};

/// Which requirements something serves, by framework.
pub type Mapping = BTreeMap<FrameworkId, Vec<RequirementId>>;

/// One control as its file states it.
#[derive(Clone, Debug)]
pub struct Control {
    /// Its id.
    pub id: ControlId,
    /// What it does, as a sentence.
    pub title: String,
    /// Who answers for it.
    pub owner: Option<OwnerRef>,
    /// How far its design has come.
    pub status: ControlStatus,
    /// The first day it is claimed to be in place.
    pub effective_from: Option<Date>,
    /// The first day it is no longer in place.
    pub retired_on: Option<Date>,
    /// Done by people or by a machine.
    pub kind: ControlKind,
    /// Whether it is one of the controls that the criteria rest on.
    pub key: bool,
    /// How often it is expected; `None` when the file does not say.
    pub frequency: Option<Cadence>,
    /// Whether a period already running on `effective_from` is expected.
    pub first_period: FirstPeriod,
    /// Offset of the due day after the period's last day.
    pub due: Lapse,
    /// How long after the due day a performance still counts as late rather than a deviation.
    pub grace: Lapse,
    /// How long evidence stays fresh.
    pub ttl: Option<Lapse>,
    /// The requirements it serves.
    pub satisfies: Mapping,
    /// The documents that ask for it.
    pub policies: Vec<DocumentId>,
    /// How many independent people besides the performer must have reviewed.
    pub approvals: u32,
    /// The owner-approved sentence for the trust page.
    pub public: Option<String>,
    /// Why it does not apply, when it does not.
    pub not_applicable: Option<String>,
    /// Markdown.
    pub description: String,
    /// Where it stands.
    pub origin: Origin,
}

/// How far a control's design has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ControlStatus {
    /// Written down, not yet agreed.
    Drafted,
    /// Agreed, not yet working.
    Approved,
    /// Working.
    InPlace,
    /// No longer done.
    Retired,
}

/// Who performs a control.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ControlKind {
    /// People.
    Manual,
    /// A machine.
    Automated,
}

/// Whether the period already running on the first day is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FirstPeriod {
    /// Only periods that start on or after the first day.
    Full,
    /// The running one too.
    Partial,
}
