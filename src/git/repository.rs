//! An opened repository: which commit a name means, and any blob by its id.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Context, anyhow, bail};
use git2::ErrorCode;

use super::{CommitTree, raw};
use crate::{
    diag::did_you_mean,
    id::ObjectId,
    model::MissingSight,
    tree::{Blobs, blob_id},
};

/// Which commit is assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At<'a> {
    /// The tip of a branch; `None` is the branch that is checked out.
    Branch(Option<&'a str>),
    /// Whatever a revision names (`v1`, `HEAD~3`, an id).
    Rev(&'a str),
}

/// The commit assessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tip {
    /// The commit.
    pub id: ObjectId,
    /// The branch it was found by; empty when it was named otherwise.
    pub branch: String,
}

/// A repository that could be opened. Cheap to share between threads: each use takes a handle of its own.
#[derive(Debug)]
pub struct Repository {
    pub(super) pool: Arc<Pool>,
    pub(super) missing: Vec<MissingSight>,
    pub(super) shallow: Vec<ObjectId>,
    workdir: Option<PathBuf>,
}

impl Repository {
    pub(super) fn new(handle: git2::Repository, missing: Vec<MissingSight>, shallow: Vec<ObjectId>) -> Self {
        let workdir = handle.workdir().map(Path::to_owned);
        Self { pool: Arc::new(Pool::new(handle)), missing, shallow, workdir }
    }

    /// The working directory; `None` in a bare repository.
    pub fn workdir(&self) -> Option<&Path> {
        self.workdir.as_deref()
    }

    /// The commit that a name means; `None` when the branch has no commit yet.
    ///
    /// # Errors
    /// When nothing has that name (the message says which names there are), or references cannot be read.
    pub fn resolve(&self, at: At<'_>) -> anyhow::Result<Option<Tip>> {
        self.pool.with(|repository| match at {
            At::Branch(None) => checked_out(repository),
            At::Branch(Some(name)) => branch(repository, name),
            At::Rev(name) => revision(repository, name).map(Some),
        })
    }

    /// The tree of a commit.
    ///
    /// # Errors
    /// When the commit or its root tree cannot be read.
    pub fn tree(&self, tip: ObjectId) -> anyhow::Result<CommitTree> {
        let root = self.pool.with(|repository| {
            let commit = repository.find_commit(raw::to_git(tip)).with_context(|| format!("cannot read the commit {tip}"))?;
            Ok(raw::from_git(commit.tree_id()))
        })?;
        Ok(CommitTree::new(Arc::clone(&self.pool), root))
    }
}

impl Blobs for Repository {
    fn blob(&self, id: ObjectId) -> anyhow::Result<Option<Vec<u8>>> {
        self.pool.with(|repository| read_blob(repository, id))
    }
}

/// A blob's bytes, checked against its id; `None` when the object is missing or is no blob.
pub(super) fn read_blob(repository: &git2::Repository, id: ObjectId) -> anyhow::Result<Option<Vec<u8>>> {
    let blob = match repository.find_blob(raw::to_git(id)) {
        Ok(blob) => blob,
        Err(error) if error.code() == ErrorCode::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("cannot read the object {id}")),
    };
    let bytes = blob.content().to_vec();
    if blob_id(&bytes) != id {
        bail!("the object {id} does not hold what its id says: the object database is damaged\nhint: git fsck names every damaged object");
    }
    Ok(Some(bytes))
}

fn checked_out(repository: &git2::Repository) -> anyhow::Result<Option<Tip>> {
    let head = match repository.head() {
        Ok(head) => head,
        Err(error) if matches!(error.code(), ErrorCode::UnbornBranch | ErrorCode::NotFound) => return Ok(None),
        Err(error) => return Err(error).context("cannot read which branch is checked out (HEAD)"),
    };
    let commit = head.peel_to_commit().context("HEAD does not lead to a commit")?;
    let branch = if head.is_branch() { short_branch(head.name_bytes()) } else { String::new() };
    Ok(Some(Tip { id: raw::from_git(commit.id()), branch }))
}

/// A branch of that name here, or else on the remote named `origin`, as continuous integration leaves it.
fn branch(repository: &git2::Repository, name: &str) -> anyhow::Result<Option<Tip>> {
    let spellings = [format!("refs/heads/{name}"), format!("refs/remotes/origin/{name}"), format!("refs/remotes/{name}"), name.to_owned()];
    for spelling in spellings.iter().filter(|spelling| spelling.starts_with("refs/") && git2::Reference::is_valid_name(spelling)) {
        match repository.find_reference(spelling) {
            Ok(reference) => {
                let commit = reference.peel_to_commit().with_context(|| format!("the branch `{name}` does not lead to a commit"))?;
                return Ok(Some(Tip { id: raw::from_git(commit.id()), branch: name.to_owned() }));
            }
            Err(error) if matches!(error.code(), ErrorCode::NotFound) => {}
            Err(error) => return Err(error).with_context(|| format!("cannot read the branch `{name}`")),
        }
    }
    let known = branch_names(repository)?;
    if known.is_empty() && checked_out(repository)?.is_none() {
        return Ok(None);
    }
    let hint = match (did_you_mean(name, known.iter().map(String::as_str)), known.is_empty()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, false) => format!("the branches here are {}", known.join(", ")),
        (None, true) => "fetch the branch, or name a commit with --at".to_owned(),
    };
    bail!("there is no branch `{name}`\nhint: {hint}")
}

fn revision(repository: &git2::Repository, name: &str) -> anyhow::Result<Tip> {
    let (object, reference) = repository
        .revparse_ext(name)
        .map_err(|error| anyhow!("`{name}` names no commit here: {}\nhint: name a branch, a tag or a commit id", error.message()))?;
    let commit = object.peel_to_commit().map_err(|_| anyhow!("`{name}` is not a commit\nhint: name a branch, a tag or a commit id"))?;
    let branch = match reference {
        Some(reference) if reference.is_branch() => short_branch(reference.name_bytes()),
        _ => String::new(),
    };
    Ok(Tip { id: raw::from_git(commit.id()), branch })
}

fn short_branch(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name);
    name.strip_prefix("refs/heads/").unwrap_or(&name).to_owned()
}

/// The names of the branches here, sorted.
fn branch_names(repository: &git2::Repository) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for reference in repository.references_glob("refs/heads/*").context("cannot list the branches")? {
        names.push(short_branch(reference.context("cannot list the branches")?.name_bytes()));
    }
    names.sort();
    Ok(names)
}

/// Handles to one repository. libgit2's handle may be moved between threads but not shared, so each user takes one.
pub(super) struct Pool {
    path: PathBuf,
    idle: Mutex<Vec<git2::Repository>>,
}

impl std::fmt::Debug for Pool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pool").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Pool {
    fn new(handle: git2::Repository) -> Self {
        Self { path: handle.path().to_owned(), idle: Mutex::new(vec![handle]) }
    }

    /// Works with a handle that nobody else has meanwhile.
    pub fn with<T>(&self, work: impl FnOnce(&git2::Repository) -> anyhow::Result<T>) -> anyhow::Result<T> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let handle = match idle {
            Some(handle) => handle,
            None => git2::Repository::open(&self.path).with_context(|| format!("cannot open the repository at {}", self.path.display()))?,
        };
        let result = work(&handle);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(handle);
        result
    }
}
