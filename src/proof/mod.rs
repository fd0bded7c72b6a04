//! How strong a statement from history is: grades on four axes (DOMAIN 3.3), pure functions over plain data.
//!
//! Signatures are not verified yet, so identity stays at grade 0 and says so; the axes never claim more than was looked at.

use serde::Serialize;

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

/// The word for a grade.
pub fn grade_word(grade: u8) -> &'static str {
    match grade {
        0 => "claimed",
        1 => "recorded",
        2 => "corroborated",
        _ => "independently anchored",
    }
}
