//! Opening a repository, and saying beforehand what of its history cannot be seen.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use git2::ErrorCode;

use super::{Repository, raw};
use crate::{id::ObjectId, model::MissingSight};

/// What became of opening a repository.
#[derive(Debug)]
pub struct Opened {
    /// The repository; `None` when there is none or it cannot be read, and `missing` says why.
    pub repository: Option<Repository>,
    /// What cannot be seen, with the command that mends it. The same stands in the history of every walk.
    pub missing: Vec<MissingSight>,
}

/// Opens the repository that holds a directory, as Git finds it: there or in a folder above.
///
/// # Errors
/// When the repository is there and its files cannot be read.
pub fn open(dir: &Path) -> anyhow::Result<Opened> {
    // Git does not verify hashes on reading either. What is used is hashed here: commits by the walk, blobs and listed
    // trees by whoever reads them. `git fsck` checks the rest.
    git2::opts::strict_hash_verification(false);
    // The walk keeps what it needs again; a second cache below it costs memory and time.
    git2::opts::enable_caching(false);
    let git_dir = match git2::Repository::discover_path(dir, None::<&Path>) {
        Ok(path) => path,
        Err(error) if error.code() == ErrorCode::NotFound => return Ok(refused(no_repository(dir))),
        Err(error) => return Ok(refused(unsupported(dir, error.message()))),
    };
    let handle = match git2::Repository::open(&git_dir) {
        Ok(handle) => handle,
        Err(error) => return Ok(refused(why_refused(dir, &git_dir, &error))),
    };
    let shallow = shallow_boundary(&handle)?;
    let missing = sights(&handle, &shallow)?;
    let mut reported = missing.clone();
    if is_unborn(&handle) {
        reported.push(sight("unborn", "the repository has no commit yet, so nothing is shown by its history", "git add -A && git commit"));
    }
    Ok(Opened { repository: Some(Repository::new(handle, missing, shallow)), missing: reported })
}

/// Whether no branch has a commit. (libgit2's own question also asks whether the first branch has the configured name.)
fn is_unborn(handle: &git2::Repository) -> bool {
    let nothing_at_head = handle.head().is_err_and(|error| error.code() == ErrorCode::UnbornBranch);
    nothing_at_head && handle.references().is_ok_and(|mut references| references.next().is_none())
}

fn refused(missing: MissingSight) -> Opened {
    Opened { repository: None, missing: vec![missing] }
}

fn sight(kind: &'static str, message: impl Into<String>, command: impl Into<String>) -> MissingSight {
    MissingSight { kind, message: message.into(), command: command.into() }
}

fn no_repository(dir: &Path) -> MissingSight {
    let message = format!("{} is not in a Git repository, so nothing is shown by history", dir.display());
    sight("no_repository", message, "git init && git add -A && git commit")
}

fn unsupported(dir: &Path, reason: &str) -> MissingSight {
    let message = format!("the repository at {} cannot be opened: {reason}", dir.display());
    sight("unsupported", message, "git clone --no-local . ../copy")
}

/// Why a repository that is there was not opened. Its configuration tells more than the library's message.
fn why_refused(dir: &Path, git_dir: &Path, error: &git2::Error) -> MissingSight {
    if error.code() == ErrorCode::Owner {
        let message = format!(
            "the repository at {} belongs to another user, so it is not opened (Git's safe.directory rule), and history is not seen",
            dir.display()
        );
        return sight("unsupported", message, format!("git config --global --add safe.directory {}", absolute(dir).display()));
    }
    let setting = |name: &str| config_text(&common_dir(git_dir), name);
    if setting("extensions.objectformat").is_some_and(|format| format.eq_ignore_ascii_case("sha256")) {
        let message = "the repository names its objects by SHA-256, which cannot be read here, so history is not seen";
        return sight(
            "unsupported",
            message,
            "git fast-export --all --signed-tags=strip | git -C ../copy fast-import   # ../copy made by: git init --object-format=sha1 ../copy",
        );
    }
    if setting("extensions.refstorage").is_some_and(|format| format.eq_ignore_ascii_case("reftable")) {
        let message = "the repository keeps its references as a reftable, which cannot be read here, so history is not seen";
        return sight("unsupported", message, "git refs migrate --ref-format=files");
    }
    if setting("extensions.partialclone").is_some() {
        return sight("partial", format!("{PARTIAL}; it cannot be opened here"), "git clone --no-filter URL   # a full clone");
    }
    unsupported(dir, error.message())
}

const PARTIAL: &str = "this is a partial clone: older file contents were never fetched, so history is not wholly seen";

fn absolute(dir: &Path) -> PathBuf {
    dir.canonicalize().unwrap_or_else(|_| dir.to_owned())
}

/// The folder that worktrees share; read by hand because the repository could not be opened.
fn common_dir(git_dir: &Path) -> PathBuf {
    fs::read_to_string(git_dir.join("commondir")).map_or_else(|_| git_dir.to_owned(), |text| git_dir.join(text.trim_end()))
}

fn config_text(common_dir: &Path, name: &str) -> Option<String> {
    let config = git2::Config::open(&common_dir.join("config")).ok()?;
    config.get_string(name).ok()
}

/// The commits at which a shallow clone was cut; their recorded parents were not fetched.
fn shallow_boundary(handle: &git2::Repository) -> anyhow::Result<Vec<ObjectId>> {
    let Some(text) = optional(&handle.commondir().join("shallow"))? else { return Ok(Vec::new()) };
    let mut ids: Vec<ObjectId> = text.lines().filter_map(|line| line.trim().parse().ok()).map(raw::from_git).collect();
    ids.sort();
    Ok(ids)
}

fn optional(path: &Path) -> anyhow::Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// Everything that is known before the walk to hide or to change history.
fn sights(handle: &git2::Repository, shallow: &[ObjectId]) -> anyhow::Result<Vec<MissingSight>> {
    let mut found = Vec::new();
    if !shallow.is_empty() {
        let message = "this is a shallow clone: older commits were not fetched, so what happened before them cannot be seen \
                       (in continuous integration set fetch-depth: 0)";
        found.push(sight("shallow", message, "git fetch --unshallow"));
    }
    if is_partial(handle) {
        found.push(sight("partial", PARTIAL, "git fetch --refetch --no-filter"));
    }
    let grafts = optional(&handle.commondir().join("info").join("grafts"))?.unwrap_or_default();
    if grafts.lines().any(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let message = "a grafts file changes which parents Git shows; the recorded parents are read here, so Git's own commands will show another history";
        found.push(sight("grafts", message, "rm .git/info/grafts"));
    }
    let replaced = replace_refs(handle)?;
    if replaced > 0 {
        let objects = if replaced == 1 { "1 object is".to_owned() } else { format!("{replaced} objects are") };
        let message = format!(
            "{objects} replaced by refs/replace; the history as recorded is read here, so Git's own commands will show another one \
             unless they are given --no-replace-objects"
        );
        found.push(sight("replaced", message, "git replace -d $(git replace -l)"));
    }
    Ok(found)
}

fn is_partial(handle: &git2::Repository) -> bool {
    let Some(config) = config_of(handle) else { return false };
    if config.get_string("extensions.partialclone").is_ok() {
        return true;
    }
    let Ok(remotes) = handle.remotes() else { return false };
    (0..remotes.len())
        .filter_map(|at| remotes.get(at).ok().flatten())
        .any(|remote| config.get_bool(&format!("remote.{remote}.promisor")).unwrap_or(false))
}

/// The repository's own configuration only: a user's settings must not change what is reported.
fn config_of(handle: &git2::Repository) -> Option<git2::Config> {
    git2::Config::open(&handle.commondir().join("config")).ok()
}

fn replace_refs(handle: &git2::Repository) -> anyhow::Result<usize> {
    let references = handle.references_glob("refs/replace/*").context("cannot list refs/replace")?;
    Ok(references.count())
}
