//! Objects as bytes: tree entries and object ids, read without a library's wrappers. Hostile bytes are refused, never trusted.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use sha1::{Digest, Sha1};

use crate::id::ObjectId;

/// The mode of a folder.
pub const FOLDER: u32 = 0o040000;
/// The mode of a symbolic link.
pub const LINK: u32 = 0o120000;
/// The mode of a submodule.
pub const SUBMODULE: u32 = 0o160000;

/// One entry of a tree object, borrowed from its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeEntry<'a> {
    /// The mode as it stands.
    pub mode: u32,
    /// The name's bytes.
    pub name: &'a [u8],
    /// The object.
    pub id: ObjectId,
    /// The whole entry as it stands in the tree.
    pub bytes: &'a [u8],
}

impl TreeEntry<'_> {
    /// Whether it is a folder.
    pub fn is_folder(&self) -> bool {
        self.mode & 0o170000 == FOLDER
    }

    /// Whether the name could be a file's name: neither empty, nor a step upward, nor Git's own folder, without a slash.
    pub fn has_safe_name(&self) -> bool {
        !(self.name.is_empty() || matches!(self.name, b"." | b"..") || self.name.eq_ignore_ascii_case(b".git") || self.name.contains(&b'/'))
    }
}

/// A tree object's bytes do not read as a list of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

/// The entries of a tree object, in its own order; ends after the first malformed one.
pub fn entries(bytes: &[u8]) -> Entries<'_> {
    Entries { rest: bytes }
}

/// See [`entries`].
#[derive(Clone, Debug)]
pub struct Entries<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Entries<'a> {
    type Item = Result<TreeEntry<'a>, Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let entry = split_entry(self.rest);
        self.rest = entry.map_or(&[], |(_, rest)| rest);
        Some(entry.map(|(entry, _)| entry).ok_or(Malformed))
    }
}

fn split_entry(bytes: &[u8]) -> Option<(TreeEntry<'_>, &[u8])> {
    let mut mode = 0_u32;
    let mut at = 0;
    while let digit @ b'0'..=b'7' = *bytes.get(at)? {
        mode = (mode << 3) | u32::from(digit - b'0');
        at += 1;
        if at > 7 {
            return None;
        }
    }
    if at == 0 || bytes[at] != b' ' {
        return None;
    }
    let name_end = at + 1 + bytes[at + 1..].iter().position(|&byte| byte == 0)?;
    let id = bytes.get(name_end + 1..name_end + 21)?;
    let id = ObjectId(id.try_into().ok()?);
    let (whole, rest) = bytes.split_at(name_end + 21);
    Some((TreeEntry { mode, name: &bytes[at + 1..name_end], id, bytes: whole }, rest))
}

/// A map by object id. Ids are hashes already, so their first bytes serve as they are.
pub type ById<T> = HashMap<ObjectId, T, BuildHasherDefault<IdHasher>>;

/// See [`ById`].
#[derive(Default)]
pub struct IdHasher(u64);

impl Hasher for IdHasher {
    fn write(&mut self, bytes: &[u8]) {
        if let Some(first) = bytes.first_chunk() {
            self.0 = u64::from_le_bytes(*first);
        }
    }

    fn write_usize(&mut self, _length: usize) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The id Git gives an object of a kind (`commit`, `tree`, `blob`).
pub fn object_id(kind: &str, bytes: &[u8]) -> ObjectId {
    let mut hasher = Sha1::new();
    hasher.update(format!("{kind} {}\0", bytes.len()));
    hasher.update(bytes);
    ObjectId(hasher.finalize().into())
}

/// An id as git2 wants it.
pub fn to_git(id: ObjectId) -> git2::Oid {
    git2::Oid::from_bytes(&id.0).expect("twenty bytes are an id")
}

/// An id as git2 gives it.
pub fn from_git(id: git2::Oid) -> ObjectId {
    let mut bytes = [0; 20];
    bytes.copy_from_slice(&id.as_bytes()[..20]);
    ObjectId(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_read_entry_by_entry_and_damage_ends_it() {
        let mut bytes = b"100644 a.md\0".to_vec();
        bytes.extend([1; 20]);
        bytes.extend(b"40000 content\0");
        bytes.extend([2; 20]);
        let read: Vec<_> = entries(&bytes).map(|entry| entry.expect("well formed")).collect();
        assert_eq!((read[0].mode, read[0].name, read[0].is_folder()), (0o100644, b"a.md".as_slice(), false));
        assert_eq!((read[1].name, read[1].id, read[1].is_folder()), (b"content".as_slice(), ObjectId([2; 20]), true));
        for damaged in [&bytes[..bytes.len() - 1], b"x", b"99 a\0", b"100644", b"1234567012 a\0aaaaaaaaaaaaaaaaaaaa"] {
            assert!(entries(damaged).any(|entry| entry.is_err()));
        }
    }

    #[test]
    fn names_that_leave_the_tree_are_not_safe() {
        for (name, safe) in [("a", true), ("..", false), (".", false), ("", false), (".GIT", false), ("a/b", false), (".gitignore", true)] {
            let entry = TreeEntry { mode: 0o100644, name: name.as_bytes(), id: ObjectId([0; 20]), bytes: b"" };
            assert_eq!(entry.has_safe_name(), safe, "{name}");
        }
    }
}
