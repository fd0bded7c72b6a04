//! Compares trees by their bytes: sorted entries walked together, descending only where ids differ and a wanted file
//! can be. No library's difference machinery, no pathspec, no objects wrapped.

use std::{cmp::Ordering, rc::Rc};

use sha2::{Digest, Sha256};

use super::{
    raw::{self, ById, TreeEntry},
    tree::DEEPEST,
    wanted::{Filter, Scope},
};
use crate::{id::ObjectId, model::FileState};

/// The most folders looked into for one commit: a few kilobytes of objects can describe endless trees.
const MOST_FOLDERS: usize = 200_000;
/// The most changes kept of one commit.
const MOST_CHANGES: usize = 1_000_000;
/// How many bytes of trees one generation of the cache holds.
const CACHE_BYTES: usize = 4 << 20;

/// One file that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathChange {
    /// Its path as the tree spells it.
    pub path: Vec<u8>,
    /// What the (first) parent has.
    pub before: Option<FileState>,
    /// What the commit has.
    pub after: Option<FileState>,
}

/// Why a comparison is not whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missed {
    /// An object that cannot be read, and why.
    Object(ObjectId, String),
    /// A folder nested too deeply, or a tree too large.
    TooLarge,
}

/// Compares trees of one repository.
pub struct Comparer<'a> {
    odb: &'a git2::Odb<'a>,
    filter: &'a Filter,
    trees: Generations<Rc<git2::OdbObject<'a>>>,
    wanted_ids: Generations<ObjectId>,
    folders_left: usize,
}

impl<'a> Comparer<'a> {
    /// A comparer that looks for what the filter wants.
    pub fn new(odb: &'a git2::Odb<'a>, filter: &'a Filter) -> Self {
        Self { odb, filter, trees: Generations::new(CACHE_BYTES), wanted_ids: Generations::new(1 << 20), folders_left: 0 }
    }

    /// The files that differ between a tree and every one of the others (all its files when there is no other), by path.
    ///
    /// # Errors
    /// When an object that is needed cannot be read, or the trees are larger than anybody's.
    pub fn changes(&mut self, new: ObjectId, olds: &[ObjectId]) -> Result<Vec<PathChange>, Missed> {
        let wanted = self.wanted_id(new)?;
        for old in olds {
            if self.wanted_id(*old)? == wanted {
                return Ok(Vec::new());
            }
        }
        self.folders_left = MOST_FOLDERS;
        let mut found = Vec::new();
        let olds: Vec<Option<ObjectId>> = olds.iter().copied().map(Some).collect();
        self.folder(Some(new), &olds, self.filter.scope(), &mut Vec::new(), &mut found, 0)?;
        Ok(found)
    }

    /// An id that two root trees share exactly when they hold the same entries where wanted files can be.
    fn wanted_id(&mut self, tree: ObjectId) -> Result<ObjectId, Missed> {
        let scope = self.filter.scope();
        if matches!(scope, Scope::All) {
            return Ok(tree);
        }
        if let Some(known) = self.wanted_ids.get(&tree) {
            return Ok(known);
        }
        let bytes = self.tree(tree)?;
        let (mut hasher, mut all) = (Sha256::new(), true);
        for entry in raw::entries(bytes.data()) {
            let entry = entry.map_err(|_| malformed(tree))?;
            if self.is_wanted(scope, &entry) {
                hasher.update(entry.bytes);
            } else {
                all = false;
            }
        }
        let mut id = ObjectId([0; 20]);
        id.0.copy_from_slice(&hasher.finalize()[..20]);
        let id = if all { tree } else { id };
        self.wanted_ids.put(tree, id, 64);
        Ok(id)
    }

    fn is_wanted(&self, scope: Scope<'_>, entry: &TreeEntry<'_>) -> bool {
        if entry.is_folder() { self.filter.folder(scope, entry.name).is_some() } else { self.filter.file(scope, entry.name) }
    }

    fn tree(&mut self, id: ObjectId) -> Result<Rc<git2::OdbObject<'a>>, Missed> {
        if let Some(known) = self.trees.get(&id) {
            return Ok(known);
        }
        let object = self.odb.read(raw::to_git(id)).map_err(|error| Missed::Object(id, unreadable(&error)))?;
        if object.kind() != git2::ObjectType::Tree {
            return Err(Missed::Object(id, "it is not a folder".to_owned()));
        }
        let object = Rc::new(object);
        self.trees.put(id, Rc::clone(&object), object.len() + 64);
        Ok(object)
    }

    /// Compares one folder; a folder that does not exist is `None`. `path` ends with a slash or is empty.
    fn folder(
        &mut self,
        new: Option<ObjectId>,
        olds: &[Option<ObjectId>],
        scope: Scope<'a>,
        path: &mut Vec<u8>,
        found: &mut Vec<PathChange>,
        depth: usize,
    ) -> Result<(), Missed> {
        if depth > DEEPEST || self.folders_left == 0 || found.len() > MOST_CHANGES {
            return Err(Missed::TooLarge);
        }
        self.folders_left -= 1;
        let mut objects = Vec::with_capacity(olds.len() + 1);
        for id in std::iter::once(&new).chain(olds) {
            objects.push(id.map(|id| self.tree(id)).transpose()?);
        }
        let ids = std::iter::once(&new).chain(olds);
        let mut cursors: Vec<Cursor<'_>> = objects
            .iter()
            .zip(ids)
            .map(|(object, id)| Cursor { rest: object.as_ref().map_or(b"", |object| object.data()), entry: None, tree: *id })
            .collect();
        loop {
            skip_common(&mut cursors);
            for cursor in &mut cursors {
                cursor.look()?;
            }
            let Some(first) = cursors.iter().filter_map(|cursor| cursor.entry).min_by(order) else { return Ok(()) };
            let new = cursors[0].at(&first);
            let state = |entry: TreeEntry<'_>| (entry.mode, entry.id);
            let differs = cursors[1..].iter().all(|cursor| cursor.at(&first).map(state) != new.map(state));
            if differs && first.has_safe_name() {
                self.entry(&first, new, cursors[1..].iter().map(|cursor| cursor.at(&first)), scope, path, found, depth)?;
            }
            for cursor in &mut cursors {
                if cursor.at(&first).is_some() {
                    cursor.rest = &cursor.rest[first_length(cursor.rest)..];
                }
            }
        }
    }

    /// One name that differs from all others: a file is a change, a folder is looked into.
    #[expect(clippy::too_many_arguments, reason = "the state of one recursion; a struct would be taken apart at once")]
    fn entry<'e>(
        &mut self,
        first: &TreeEntry<'e>,
        new: Option<TreeEntry<'e>>,
        mut olds: impl Iterator<Item = Option<TreeEntry<'e>>>,
        scope: Scope<'a>,
        path: &mut Vec<u8>,
        found: &mut Vec<PathChange>,
        depth: usize,
    ) -> Result<(), Missed> {
        let length = path.len();
        if first.is_folder() {
            let Some(inner) = self.filter.folder(scope, first.name) else { return Ok(()) };
            let olds: Vec<Option<ObjectId>> = olds.map(|old| old.map(|entry| entry.id)).collect();
            path.extend_from_slice(first.name);
            path.push(b'/');
            self.folder(new.map(|entry| entry.id), &olds, inner, path, found, depth + 1)?;
        } else if self.filter.file(scope, first.name) {
            let state = |entry: TreeEntry<'_>| FileState { blob: entry.id, mode: entry.mode };
            path.extend_from_slice(first.name);
            let before = olds.next().flatten().map(state);
            found.push(PathChange { path: path.clone(), before, after: new.map(state) });
        }
        path.truncate(length);
        Ok(())
    }
}

/// What is said of an object that could not be read.
pub fn unreadable(error: &git2::Error) -> String {
    if error.code() == git2::ErrorCode::NotFound { "it is missing".to_owned() } else { format!("it cannot be read ({})", error.message()) }
}

fn malformed(id: ObjectId) -> Missed {
    Missed::Object(id, "it is malformed".to_owned())
}

/// Git's order of a tree's entries: bytewise, a folder as if its name ended in a slash.
fn order(a: &TreeEntry<'_>, b: &TreeEntry<'_>) -> Ordering {
    let common = a.name.len().min(b.name.len());
    let next = |entry: &TreeEntry<'_>| entry.name.get(common).copied().unwrap_or(if entry.is_folder() { b'/' } else { 0 });
    a.name[..common].cmp(&b.name[..common]).then_with(|| next(a).cmp(&next(b))).then_with(|| a.name.len().cmp(&b.name.len()))
}

/// A place in a tree's entries.
struct Cursor<'t> {
    rest: &'t [u8],
    /// The first entry of `rest`, once looked at.
    entry: Option<TreeEntry<'t>>,
    tree: Option<ObjectId>,
}

impl<'t> Cursor<'t> {
    fn look(&mut self) -> Result<(), Missed> {
        self.entry = raw::entries(self.rest).next().transpose().map_err(|_| malformed(self.tree.unwrap_or(ObjectId([0; 20]))))?;
        Ok(())
    }

    /// The entry here when it has this name and kind.
    fn at(&self, wanted: &TreeEntry<'_>) -> Option<TreeEntry<'t>> {
        self.entry.filter(|entry| order(entry, wanted) == Ordering::Equal)
    }
}

/// Moves all cursors past the entries that all of them hold. Most of two neighbouring trees is the same, so the bytes are
/// compared first and entries are told apart only up to where the bytes begin to differ.
fn skip_common(cursors: &mut [Cursor<'_>]) {
    let [first, others @ ..] = cursors else { return };
    if others.is_empty() {
        return;
    }
    let bytes = first.rest;
    let common = others.iter().map(|other| common_length(bytes, other.rest)).min().unwrap_or(0);
    let mut at = common;
    if common < bytes.len() || others.iter().any(|other| other.rest.len() > common) {
        at = 0;
        while at < common {
            let length = first_length(&bytes[at..]);
            if length == 0 || at + length > common {
                break;
            }
            at += length;
        }
    }
    for cursor in cursors {
        cursor.rest = &cursor.rest[at..];
    }
}

/// How many bytes two slices share at their start.
fn common_length(a: &[u8], b: &[u8]) -> usize {
    let shorter = a.len().min(b.len());
    let (a, b) = (&a[..shorter], &b[..shorter]);
    let blocks = a.chunks_exact(32).zip(b.chunks_exact(32)).take_while(|(a, b)| a == b).count() * 32;
    blocks + a[blocks..].iter().zip(&b[blocks..]).take_while(|(a, b)| a == b).count()
}

/// How many bytes the first entry takes; 0 when there is none.
fn first_length(bytes: &[u8]) -> usize {
    bytes.iter().position(|&byte| byte == 0).map_or(0, |end| end + 21)
}

/// A cache in two generations: what is used moves to the young one; when that is full, the old one is dropped.
struct Generations<T> {
    young: ById<(T, usize)>,
    old: ById<(T, usize)>,
    bytes: usize,
    limit: usize,
}

impl<T: Clone> Generations<T> {
    fn new(limit: usize) -> Self {
        Self { young: ById::default(), old: ById::default(), bytes: 0, limit }
    }

    fn get(&mut self, id: &ObjectId) -> Option<T> {
        if let Some((value, _)) = self.young.get(id) {
            return Some(value.clone());
        }
        let (value, bytes) = self.old.remove(id)?;
        self.put(*id, value.clone(), bytes);
        Some(value)
    }

    fn put(&mut self, id: ObjectId, value: T, bytes: usize) {
        if self.bytes + bytes > self.limit {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
        self.bytes += bytes;
        self.young.insert(id, (value, bytes));
    }
}
