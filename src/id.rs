//! Names of things: one newtype per kind of id, so that a policy's id is never passed where a control's is wanted.
//!
//! Ids are text for ever: `5.10` and `5.1` are two clauses. They are compared in natural order (`CC6.2` before
//! `CC6.10`), the order in which people expect a list.

use std::{borrow::Borrow, cmp::Ordering, fmt};

use serde::{Deserialize, Serialize};

macro_rules! id_types {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it stands; whether it names something is decided when references are resolved.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                natural_cmp(&self.0, &other.0)
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    )*};
}

id_types! {
    /// A control: what the organization does (`AC-03`).
    ControlId;
    /// A policy, procedure or part of the system description (`access-control`).
    DocumentId;
    /// An evidence manifest: its `id`, or its path where it has none.
    EvidenceId;
    /// A person (`dana`).
    PersonId;
    /// A team (`security`).
    TeamId;
    /// A framework (`soc2`).
    FrameworkId;
    /// One line of a framework (`CC6.1`); unique within its framework only.
    RequirementId;
    /// A waiver (`W-2026-01`).
    WaiverId;
    /// A deviation in its register (`D-2026-01`).
    DeviationId;
    /// An incident (`I-2026-01`).
    IncidentId;
    /// A risk (`R-01`).
    RiskId;
    /// A vendor, subservice organization or subprocessor (`aws`).
    VendorId;
}

/// A path inside the repository: `/` between parts, no leading slash, in the spelling of the tree it was read from.
///
/// A name that is not UTF-8 is held in its lossy form; the loader reports it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RepoPath(String);

impl RepoPath {
    /// Takes a path as a tree spells it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part: the file's name.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The path of the folder that holds the file; empty at the root.
    pub fn parent(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The file's ending in lower case, without the dot; empty when there is none.
    pub fn extension(&self) -> String {
        self.file_name().rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase())
    }

    /// Whether the path lies in `folder` (given without a trailing slash) or is it.
    pub fn is_under(&self, folder: &str) -> bool {
        self.0.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Resolves `relative` against this file's folder; `None` when it leaves the repository.
    pub fn sibling(&self, relative: &str) -> Option<RepoPath> {
        let mut parts: Vec<&str> = self.parent().split('/').filter(|part| !part.is_empty()).collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                name => parts.push(name),
            }
        }
        Some(RepoPath(parts.join("/")))
    }
}

impl fmt::Display for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for RepoPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A Git object id (SHA-1), shown in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId(pub [u8; 20]);

impl ObjectId {
    /// The first ten hexadecimal digits, for people.
    pub fn short(&self) -> String {
        self.to_string()[..10].to_owned()
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for ObjectId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Compares as people sort: runs of digits by value, all else by character.
pub fn natural_cmp(a: &str, b: &str) -> Ordering {
    let start = same_start(a, b);
    let (mut a_rest, mut b_rest) = (&a[start..], &b[start..]);
    loop {
        let (Some(a_char), Some(b_char)) = (a_rest.chars().next(), b_rest.chars().next()) else {
            // Equal in value (`01` and `1`): fall back to the plain order so that the order stays total.
            return a_rest.len().cmp(&b_rest.len()).then_with(|| a.cmp(b));
        };
        let order = if a_char.is_ascii_digit() && b_char.is_ascii_digit() {
            let (a_digits, b_digits) = (leading_digits(a_rest), leading_digits(b_rest));
            (a_rest, b_rest) = (&a_rest[a_digits.len()..], &b_rest[b_digits.len()..]);
            let (a_value, b_value) = (a_digits.trim_start_matches('0'), b_digits.trim_start_matches('0'));
            a_value.len().cmp(&b_value.len()).then_with(|| a_value.cmp(b_value))
        } else {
            (a_rest, b_rest) = (&a_rest[a_char.len_utf8()..], &b_rest[b_char.len_utf8()..]);
            a_char.cmp(&b_char)
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// How many bytes both begin with, up to the number in which they part: ids of one kind mostly differ near their end.
fn same_start(a: &str, b: &str) -> usize {
    let mut same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    while same > 0 && (!a.is_char_boundary(same) || a.as_bytes()[same - 1].is_ascii_digit()) {
        same -= 1;
    }
    same
}

fn leading_digits(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_as_people_do() {
        let mut ids: Vec<ControlId> = ["AC-10", "AC-2", "5.10", "5.2", "5.1", "a"].map(ControlId::from).to_vec();
        ids.sort();
        let sorted: Vec<&str> = ids.iter().map(ControlId::as_str).collect();
        assert_eq!(sorted, ["5.1", "5.2", "5.10", "AC-2", "AC-10", "a"]);
    }

    #[test]
    fn a_sibling_never_leaves_the_repository() {
        let file = RepoPath::new("content/evidence/a.yaml");
        assert_eq!(file.sibling("x/../b.csv"), Some(RepoPath::new("content/evidence/b.csv")));
        assert_eq!(file.sibling("../../../etc/passwd"), None);
    }
}
