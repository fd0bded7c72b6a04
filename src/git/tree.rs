//! The tree of one commit. Every object that is read here is checked against its id.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Context, bail};
use git2::ErrorCode;

use super::{
    raw::{self, FOLDER, LINK, SUBMODULE, TreeEntry},
    repository::{Pool, read_blob},
};
use crate::{
    id::{ObjectId, RepoPath},
    model::Skipped,
    tree::{Entry, EntryKind, Tree},
};

/// Folders nested deeper than this are named and left out; nobody keeps records there.
pub(super) const DEEPEST: usize = 256;
/// More entries than this are not listed: a few kilobytes of objects can describe a tree larger than any disk.
const MOST_ENTRIES: usize = 1_000_000;

/// The files of one commit.
#[derive(Clone, Debug)]
pub struct CommitTree {
    pool: Arc<Pool>,
    root: ObjectId,
    folders: Arc<Folders>,
}

/// Folders that were read: a thousand files of one folder would otherwise read and check it a thousand times.
type Folders = Mutex<BTreeMap<ObjectId, Option<Arc<Folder>>>>;

/// What a folder holds: by name, the mode (that of the kind only) and the id.
type Folder = BTreeMap<String, (u32, ObjectId)>;

impl CommitTree {
    pub(super) fn new(pool: Arc<Pool>, root: ObjectId) -> Self {
        Self { pool, root, folders: Arc::default() }
    }
}

impl Tree for CommitTree {
    fn list(&self, folder: &str) -> anyhow::Result<(Vec<Entry>, Vec<Skipped>)> {
        self.pool.with(|repository| {
            let mut listing = Listing { repository, odb: repository.odb()?, found: Vec::new(), skipped: Vec::new() };
            let folder = folder.trim_matches('/');
            match self.find(&listing.odb, folder)? {
                Some((FOLDER, id)) => listing.folder(id, folder, 0)?,
                // A link, a submodule or a file in the folder's place is what there is to say of the folder.
                Some((kind, id)) => {
                    listing.entry(&TreeEntry { mode: kind, name: folder.as_bytes(), id, bytes: b"" }, folder.to_owned(), 0)?
                }
                None => {}
            }
            listing.found.sort_by(|a, b| a.path.cmp(&b.path));
            Ok((listing.found, listing.skipped))
        })
    }

    fn read(&self, path: &RepoPath) -> anyhow::Result<Option<Vec<u8>>> {
        self.pool.with(|repository| {
            let odb = repository.odb()?;
            match self.find(&odb, path.as_str())? {
                Some((FOLDER | LINK | SUBMODULE, _)) | None => Ok(None),
                Some((_, id)) => match read_blob(repository, id)? {
                    Some(bytes) => Ok(Some(bytes)),
                    None => bail!("the content of {path} is missing here\nhint: git fetch --refetch --no-filter"),
                },
            }
        })
    }
}

/// A tree object's bytes, checked against its id; `None` when it is missing.
fn read_tree(odb: &git2::Odb<'_>, id: ObjectId) -> anyhow::Result<Option<Vec<u8>>> {
    let object = match odb.read(raw::to_git(id)) {
        Ok(object) => object,
        Err(error) if error.code() == ErrorCode::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("cannot read the object {id}")),
    };
    if object.kind() != git2::ObjectType::Tree || raw::object_id("tree", object.data()) != id {
        bail!("the object {id} does not hold what its id says: the object database is damaged\nhint: git fsck names every damaged object");
    }
    Ok(Some(object.data().to_vec()))
}

impl CommitTree {
    /// What stands at a path: its mode (that of the kind only) and id.
    fn find(&self, odb: &git2::Odb<'_>, path: &str) -> anyhow::Result<Option<(u32, ObjectId)>> {
        let mut at = (FOLDER, self.root);
        for part in path.split('/').filter(|part| !part.is_empty()) {
            if at.0 != FOLDER {
                return Ok(None);
            }
            match self.folder(odb, at.1)?.and_then(|folder| folder.get(part).copied()) {
                Some(found) => at = found,
                None => return Ok(None),
            }
        }
        Ok(Some(at))
    }

    /// A folder by its id; `None` when it is missing here.
    fn folder(&self, odb: &git2::Odb<'_>, id: ObjectId) -> anyhow::Result<Option<Arc<Folder>>> {
        if let Some(known) = self.folders.lock().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return Ok(known.clone());
        }
        let folder = read_tree(odb, id)?.map(|bytes| Arc::new(folder(&bytes)));
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).insert(id, folder.clone());
        Ok(folder)
    }
}

/// The first entry of each name; one that no file can have is left out, as the listing says.
fn folder(bytes: &[u8]) -> Folder {
    let mut folder = Folder::new();
    for entry in raw::entries(bytes) {
        // What follows a malformed entry is not there, as the listing says.
        let Ok(entry) = entry else { break };
        if !entry.has_safe_name() {
            continue;
        }
        // A name that is not UTF-8 is known to everybody by its lossy form.
        folder.entry(String::from_utf8_lossy(entry.name).into_owned()).or_insert((kind_bits(&entry), entry.id));
    }
    folder
}

fn kind_bits(entry: &TreeEntry<'_>) -> u32 {
    entry.mode & 0o170000
}

struct Listing<'a> {
    repository: &'a git2::Repository,
    odb: git2::Odb<'a>,
    found: Vec<Entry>,
    skipped: Vec<Skipped>,
}

impl Listing<'_> {
    fn folder(&mut self, id: ObjectId, inside: &str, depth: usize) -> anyhow::Result<()> {
        if depth > DEEPEST {
            self.skip(inside, "the folder is nested too deeply");
            return Ok(());
        }
        let Some(bytes) = read_tree(&self.odb, id)? else {
            self.skip(inside, "the folder's object is missing here");
            return Ok(());
        };
        let mut before: &[u8] = b"";
        for entry in raw::entries(&bytes) {
            let Ok(entry) = entry else {
                self.skip(inside, "the folder's object is malformed; what follows in it is not listed");
                break;
            };
            let name = String::from_utf8_lossy(entry.name);
            let path = if inside.is_empty() { name.to_string() } else { format!("{inside}/{name}") };
            if !entry.has_safe_name() {
                self.skip(&path, "no file can have this name");
            } else if entry.name == before {
                self.skip(&path, "the folder holds this name twice");
            } else if self.found.len() >= MOST_ENTRIES {
                bail!("the tree holds more than {MOST_ENTRIES} files");
            } else {
                self.entry(&entry, path, depth)?;
            }
            before = entry.name;
        }
        Ok(())
    }

    fn entry(&mut self, entry: &TreeEntry<'_>, path: String, depth: usize) -> anyhow::Result<()> {
        let (kind, size) = match kind_bits(entry) {
            FOLDER => return self.folder(entry.id, &path, depth + 1),
            SUBMODULE => (EntryKind::Submodule, 0),
            LINK => match read_blob(self.repository, entry.id)? {
                Some(target) => (EntryKind::Link(String::from_utf8_lossy(&target).into_owned()), 0),
                None => {
                    self.skip(&path, "the link's object is missing here");
                    return Ok(());
                }
            },
            _ => match self.odb.read_header(raw::to_git(entry.id)) {
                Ok((size, git2::ObjectType::Blob)) => (EntryKind::File, size as u64),
                Ok(_) => {
                    self.skip(&path, "the file's object is not a file");
                    return Ok(());
                }
                Err(error) if error.code() == ErrorCode::NotFound => {
                    self.skip(&path, "the file's object is missing here");
                    return Ok(());
                }
                Err(error) => return Err(error).with_context(|| format!("cannot read {path}")),
            },
        };
        self.found.push(Entry { path: RepoPath::new(path), kind, id: entry.id, size });
        Ok(())
    }

    fn skip(&mut self, what: &str, why: &str) {
        let what = if what.is_empty() { "the root folder".to_owned() } else { what.to_owned() };
        self.skipped.push(Skipped { what, why: why.to_owned() });
    }
}
