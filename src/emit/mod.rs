//! The one writer: it stages a build beside its output, swaps it in file by file, and remembers digests.
//!
//! - Files whose bytes did not change are not written: the `SHA256SUMS` of the last build knows them.
//! - Nothing in the output changes before [`Writer::finish`]; a writer that is dropped leaves the last good site as it was.
//! - Stale files are deleted last, and the new `SHA256SUMS` takes its place after that. A build that was cut off between
//!   leaves `SHA256SUMS.next`: the next one then knows which files are its own and trusts no digest.
//! - An output folder that holds other people's files is refused; files that are not listed are never deleted.
//! - Two builds into one folder cannot mix: a lock is held from the first call to the last.
//!
//! `SHA256SUMS` is sorted by path and in the format of `sha256sum -c`, so that anybody can check a site without this tool.

mod paths;
mod sums;
mod verify;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use anyhow::{Context, bail};

use self::sums::{Sums, read_sums, sums_text};
use crate::tree::sha256_hex;

pub use verify::{Difference, Verified, verify};

/// The list of digests in every output.
pub const SUMS: &str = "SHA256SUMS";

/// The list of a build that is being swapped in.
const NEXT_SUMS: &str = "SHA256SUMS.next";

/// Marks a folder as an output of this tool, and names the command that writes it.
const MARKER: &str = ".tickmark-output";

/// The command that writes sites.
const BUILD: &str = "tickmark build";

fn marker_text(command: &str) -> String {
    let next = if command == BUILD { "build" } else { "export" };
    format!("This folder is written by `{command}`. Files listed in SHA256SUMS are replaced and deleted by the next {next}.\n")
}

/// A build on its way into an output folder. Shared between threads by reference.
#[derive(Debug)]
pub struct Writer {
    out: PathBuf,
    staging: PathBuf,
    /// What the last build wrote.
    last: Last,
    /// What this build has put so far, by path.
    files: Mutex<BTreeMap<String, Put>>,
    /// Held until the writer is dropped; the file itself stays.
    _lock: File,
}

/// What the output held when the writer began.
#[derive(Debug, Default)]
struct Last {
    /// Every file that an earlier build of ours wrote.
    own: BTreeSet<String>,
    /// The digests that can be trusted; empty after a build that was cut off.
    digests: Sums,
}

impl Last {
    /// Whether a path is a file that a build wrote, or a folder of such files.
    fn owns(&self, path: &str) -> bool {
        self.own.contains(path) || self.under(path).next().is_some()
    }

    /// The files that a build wrote into a folder.
    fn under(&self, folder: &str) -> impl Iterator<Item = &String> {
        let prefix = format!("{folder}/");
        self.own.range(prefix.clone()..).take_while(move |path| path.starts_with(&prefix))
    }
}

#[derive(Debug)]
struct Put {
    digest: String,
    changed: bool,
}

/// What a finished build did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Emitted {
    /// How many files were written.
    pub written: usize,
    /// How many files stayed as they were.
    pub unchanged: usize,
    /// How many files of earlier builds were deleted.
    pub removed: usize,
    /// Every file of the build, sorted, without `SHA256SUMS` itself.
    pub files: Vec<String>,
}

impl Writer {
    /// Begins a build into a folder, which need not exist.
    ///
    /// # Errors
    /// When another build holds the folder, when it holds files that no build of this tool wrote, or when the disk refuses.
    pub fn begin(out: &Path) -> anyhow::Result<Self> {
        Self::begin_as(out, BUILD)
    }

    /// Begins the output of a command (`tickmark export csv`). What one command wrote is foreign to another, so that no
    /// export takes the place of a site, or of an export in another format.
    ///
    /// # Errors
    /// As [`Writer::begin`].
    pub fn begin_as(out: &Path, command: &str) -> anyhow::Result<Self> {
        let name = out.file_name().with_context(|| format!("`{}` does not name a folder to build into", out.display()))?;
        let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
        let beside = |ending: &str| parent.join(format!(".{}.{ending}", name.to_string_lossy()));
        let lock = lock(&beside("lock"), out)?;
        let last = last(out, command)?;
        let staging = beside("staging");
        remove_tree(&staging)?;
        fs::create_dir(&staging).with_context(|| format!("cannot create {}", staging.display()))?;
        let writer = Self { out: out.to_owned(), staging, last, files: Mutex::default(), _lock: lock };
        writer.put(MARKER, marker_text(command).as_bytes())?;
        Ok(writer)
    }

    /// Adds a file to the build; `path` is relative to the output, with `/` between its parts.
    ///
    /// # Errors
    /// When the path leaves the output, is one of the writer's own files or was put before (also in another case: on some
    /// disks `A.html` and `a.html` are one file), when it would replace a file that no build wrote, or when the disk refuses.
    pub fn put(&self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        paths::check(path)?;
        let digest = sha256_hex(bytes);
        let changed = !self.is_unchanged(path, &digest, bytes.len());
        if changed && !self.last.owns(path) && self.out.join(path).symlink_metadata().is_ok() {
            bail!("{} stands in the output folder and no build wrote it\nhint: move it elsewhere", self.out.join(path).display());
        }
        self.claim(path, Put { digest, changed })?;
        if changed {
            write(&self.staging.join(path), bytes)?;
        }
        Ok(())
    }

    /// Swaps the build in, deletes the files of earlier builds that this one does not have, writes `SHA256SUMS`.
    ///
    /// # Errors
    /// When the disk refuses; the next build into the folder then writes every file again.
    pub fn finish(self) -> anyhow::Result<Emitted> {
        let files = std::mem::take(&mut *self.files.lock().unwrap_or_else(PoisonError::into_inner));
        paths::check_together(files.keys())?;
        let stale: Vec<&String> = self.last.own.iter().filter(|path| !files.contains_key(*path)).collect();
        let sums: Sums = files.iter().map(|(path, put)| (path.clone(), put.digest.clone())).collect();
        let changed: Vec<&String> = files.iter().filter_map(|(path, put)| put.changed.then_some(path)).collect();
        let emitted = Emitted {
            written: changed.len(),
            unchanged: files.len() - changed.len(),
            removed: stale.len(),
            files: files.keys().cloned().collect(),
        };
        if changed.is_empty() && stale.is_empty() && sums == self.last.digests {
            return Ok(emitted);
        }
        fs::create_dir_all(&self.out).with_context(|| format!("cannot create {}", self.out.display()))?;
        write(&self.out.join(NEXT_SUMS), sums_text(&sums).as_bytes())?;
        self.swap(&changed)?;
        for path in stale {
            self.delete(path)?;
        }
        rename(&self.out.join(NEXT_SUMS), &self.out.join(SUMS))?;
        Ok(emitted)
    }

    /// Whether the output holds these bytes already, as far as the last list and the file's size tell.
    fn is_unchanged(&self, path: &str, digest: &str, size: usize) -> bool {
        self.last.digests.get(path).is_some_and(|last| last == digest)
            && self.out.join(path).symlink_metadata().is_ok_and(|meta| meta.is_file() && meta.len() == size as u64)
    }

    fn claim(&self, path: &str, put: Put) -> anyhow::Result<()> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if files.insert(path.to_owned(), put).is_some() {
            bail!("two pages of the build have the path {path}");
        }
        Ok(())
    }

    fn swap(&self, changed: &[&String]) -> anyhow::Result<()> {
        let folders: BTreeSet<&str> = changed.iter().filter_map(|path| path.rsplit_once('/')).map(|(folder, _)| folder).collect();
        for folder in folders {
            self.make_folder(folder)?;
        }
        for path in changed {
            // Where a folder of an earlier build stands in the way, its files are stale.
            if self.out.join(path).is_dir() {
                self.last.under(path).try_for_each(|stale| self.delete(stale))?;
            }
            rename(&self.staging.join(path), &self.out.join(path))?;
        }
        Ok(())
    }

    /// Makes a folder of the output. A file of an earlier build in its place goes first; a link is not followed.
    fn make_folder(&self, folder: &str) -> anyhow::Result<()> {
        let mut full = self.out.clone();
        for part in folder.split('/') {
            full.push(part);
            match full.symlink_metadata() {
                Ok(meta) if meta.is_dir() => continue,
                Ok(meta) if meta.is_file() => fs::remove_file(&full).with_context(|| format!("cannot delete {}", full.display()))?,
                Ok(_) => bail!("{} is a link; the build would leave its output folder", full.display()),
                Err(_) => {}
            }
            fs::create_dir(&full).with_context(|| format!("cannot create {}", full.display()))?;
        }
        Ok(())
    }

    /// Deletes a stale file, and the folders that are empty then.
    fn delete(&self, path: &str) -> anyhow::Result<()> {
        let full = self.out.join(path);
        match full.symlink_metadata() {
            Ok(meta) if meta.is_dir() => return Ok(()),
            Ok(_) => fs::remove_file(&full).with_context(|| format!("cannot delete {}", full.display()))?,
            Err(_) => return Ok(()),
        }
        let mut folder = full.parent();
        while let Some(at) = folder.filter(|at| *at != self.out && at.starts_with(&self.out)) {
            // A folder that still holds something refuses, and then all above it stay too.
            if fs::remove_dir(at).is_err() {
                break;
            }
            folder = at.parent();
        }
        Ok(())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // Nothing can be reported from here; whatever stays is removed when the next build begins.
        if let Err(error) = remove_tree(&self.staging) {
            drop(error);
        }
    }
}

fn lock(path: &Path, out: &Path) -> anyhow::Result<File> {
    let file = File::options().create(true).truncate(false).write(true).open(path);
    let file = file.with_context(|| format!("cannot open the lock {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => {
            bail!("another build is writing {}\nhint: wait for it to end", out.display())
        }
        Err(fs::TryLockError::Error(error)) => Err(error).with_context(|| format!("cannot lock {}", path.display())),
    }
}

/// What earlier runs of the command left in the output.
fn last(out: &Path, command: &str) -> anyhow::Result<Last> {
    let ours = out.join(MARKER).is_file();
    if ours && let Some(other) = written_by(&out.join(MARKER))?.filter(|other| other != command) {
        bail!("{} holds what `{other}` wrote\nhint: name another folder", out.display());
    }
    match fs::read_dir(out) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Last::default()),
        Err(error) => return Err(error).with_context(|| format!("cannot list {}", out.display())),
        Ok(mut entries) => {
            let empty = entries.next().is_none();
            let begun = out.join(NEXT_SUMS).is_file();
            if empty || (begun && !ours && !out.join(SUMS).exists()) {
                let own = read_sums(&out.join(NEXT_SUMS))?.unwrap_or_default().into_keys().collect();
                return Ok(Last { own, digests: Sums::new() });
            }
        }
    }
    let sums = read_sums(&out.join(SUMS))?;
    let next = read_sums(&out.join(NEXT_SUMS))?;
    if !ours || (sums.is_none() && next.is_none()) {
        bail!(
            "{} holds files that no build of this tool wrote\nhint: name an empty or new folder, or move the files elsewhere",
            out.display()
        );
    }
    let cut_off = next.is_some();
    let own = sums.iter().flatten().chain(next.iter().flatten()).map(|(path, _)| path.clone()).collect();
    Ok(Last { own, digests: if cut_off { Sums::new() } else { sums.unwrap_or_default() } })
}

/// The command that a marker names; `None` when it names none.
fn written_by(marker: &Path) -> anyhow::Result<Option<String>> {
    let bytes = fs::read(marker).with_context(|| format!("cannot read {}", marker.display()))?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.split('`').nth(1).filter(|name| name.starts_with("tickmark ")).map(str::to_owned))
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    match fs::write(path, bytes) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
            }
            fs::write(path, bytes)
        }
        done => done,
    }
    .with_context(|| format!("cannot write {}", path.display()))
}

fn rename(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::rename(from, to).with_context(|| format!("cannot put {} in place", to.display()))
}

fn remove_tree(folder: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error).with_context(|| format!("cannot delete {}", folder.display())),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
