//! How strong a statement from history is: grades on four axes (DOMAIN 3.3), pure functions over plain data.
//!
//! Signatures are not verified yet, so identity stays at grade 0 and says so; the axes never claim more than was looked at.

mod review;

use serde::Serialize;

pub use review::{ReviewTrailer, reviewers, someone_else};

use crate::{
    date::Instant,
    model::{CommitIx, History, SignatureKind},
};

/// How far recorded times may run backwards or ahead before they stop counting as recorded in order, in seconds.
const TOLERANCE: i64 = 15 * 60;

/// Proof strength on the four axes, each 0 (claimed) to 3 (independently anchored).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// Who.
    pub identity: u8,
    /// When.
    pub time: u8,
    /// A second person.
    pub review: u8,
    /// Whether the whole history was seen.
    pub completeness: u8,
}

impl Proof {
    /// The weaker grade on every axis.
    #[must_use]
    pub fn weaker(self, other: Proof) -> Proof {
        Proof {
            identity: self.identity.min(other.identity),
            time: self.time.min(other.time),
            review: self.review.min(other.review),
            completeness: self.completeness.min(other.completeness),
        }
    }
}

/// The word for a grade.
pub fn grade_word(grade: u8) -> &'static str {
    match grade {
        0 => "claimed",
        1 => "recorded",
        2 => "corroborated",
        _ => "independently anchored",
    }
}

/// What a record's grades are taken from.
pub struct Facts<'a> {
    /// The history.
    pub history: &'a History,
    /// The instant of the assessment.
    pub as_of: Instant,
    /// The mainline commit that landed the record; `None` while it is not committed.
    pub landed_in: Option<CommitIx>,
    /// The commit that made it.
    pub made_by: Option<CommitIx>,
    /// Whether the record or a trailer names a person other than its makers.
    pub second_person: bool,
}

/// The grades of one record. Nothing here looks beyond the history at hand, so no grade is higher than 1.
pub fn grade(facts: &Facts<'_>) -> Proof {
    let complete = facts.history.is_complete() && facts.landed_in.is_some();
    let in_order = complete && times_are_in_order(facts);
    Proof { identity: 0, time: u8::from(in_order), review: u8::from(facts.second_person), completeness: u8::from(complete) }
}

/// Whether the committer times of the making and the landing commit follow those of their parents and are not ahead.
fn times_are_in_order(facts: &Facts<'_>) -> bool {
    let history = facts.history;
    let latest = facts.as_of.timestamp() + TOLERANCE;
    facts.landed_in.into_iter().chain(facts.made_by).all(|at| {
        let node = history.node(at);
        let after_parents = node.parents.iter().all(|parent| node.committed >= history.node(*parent).committed.saturating_sub(TOLERANCE));
        // A landing that had to be clamped stands behind a commit with a later time.
        after_parents
            && node.committed <= latest
            && node.landed >= node.committed
            && history.node(node.landed_in).committed.saturating_add(TOLERANCE) >= node.landed
    })
}

/// What is said about a commit's signature: its kind, and that nothing was verified.
pub fn signature_note(kind: SignatureKind) -> &'static str {
    match kind {
        SignatureKind::None => "not signed",
        SignatureKind::Ssh => "carries an SSH signature, not verified here yet",
        SignatureKind::OpenPgp => "carries an OpenPGP signature, not verified here yet",
        SignatureKind::X509 => "carries an X.509 signature, not verified here yet",
        SignatureKind::Other => "carries a signature of an unknown kind, not verified here",
    }
}

/// What would raise a grade by one, per axis in the order identity, time, review, completeness.
pub const WHAT_WOULD_RAISE: [&str; 4] = [
    "a verified signature by a permitted key of the person",
    "an anchor made by another party: a signed tag, a time stamp, a forge's export",
    "the forge's own record of the approval, imported with its digest",
    "an earlier tip kept elsewhere, from which this history descends",
];
