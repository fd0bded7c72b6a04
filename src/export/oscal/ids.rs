//! UUIDs of version 5: the same thing has the same UUID in every export, on every machine.
//!
//! OSCAL wants a UUID to name one thing across revisions of a document, and a random one would make every export differ from
//! the last in every line. So each is made from what it names. The organization's name stands in each of them: two
//! organizations have a control `AC-03`, and their documents may meet in one tool. A document itself has the UUID of its
//! content, because OSCAL wants that one to change with every revision.

use uuid::Uuid;

/// The namespace of everything this tool names: the version 5 UUID of `urn:tickmark:oscal` among URLs.
const TICKMARK: Uuid = Uuid::from_u128(0x0f50_10aa_44bd_5a5c_bc9e_9bf9_9257_8ea3);

/// Makes the UUIDs of one organization.
#[derive(Clone, Copy, Debug)]
pub(super) struct Uuids(Uuid);

impl Uuids {
    /// The UUIDs of an organization, by its name.
    pub(super) fn of(organization: &str) -> Self {
        Self(Uuid::new_v5(&TICKMARK, organization.as_bytes()))
    }

    /// The UUID of a thing: its kind first, then what tells it from others of its kind.
    pub(super) fn name(&self, parts: &[&str]) -> String {
        // A sign that no id holds, so that `a` `bc` and `ab` `c` are two things.
        Uuid::new_v5(&self.0, parts.join("\u{1f}").as_bytes()).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_has_one_uuid_and_two_things_have_two() {
        let uuids = Uuids::of("Example Inc.");
        assert_eq!(TICKMARK, Uuid::new_v5(&Uuid::NAMESPACE_URL, b"urn:tickmark:oscal"));
        assert_eq!(uuids.name(&["component", "system"]), uuids.name(&["component", "system"]));
        assert_ne!(uuids.name(&["a", "bc"]), uuids.name(&["ab", "c"]));
        assert_ne!(uuids.name(&["a"]), Uuids::of("Other Inc.").name(&["a"]));
        assert_eq!(uuids.name(&["a"]).as_bytes()[14], b'5');
    }
}
