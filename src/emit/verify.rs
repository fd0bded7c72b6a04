//! Comparing a built site with its own list of digests. The list itself may be compared with one kept elsewhere.

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use serde::Serialize;

use super::{NEXT_SUMS, SUMS, sums::read_sums};
use crate::tree::sha256_hex;

/// What a comparison found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// How many files the list names.
    pub files: usize,
    /// The SHA-256 of the list: one digest that stands for the whole site.
    pub digest: String,
    /// Whether a build was cut off here.
    pub unfinished: bool,
    /// What differs, by path.
    pub differences: Vec<Difference>,
}

/// A file that is not as the list says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", content = "path", rename_all = "snake_case")]
pub enum Difference {
    /// Its bytes have another digest.
    Changed(String),
    /// It is listed and not there.
    Missing(String),
    /// It is there and not listed.
    Unlisted(String),
}

impl Difference {
    /// The file.
    pub fn path(&self) -> &str {
        match self {
            Self::Changed(path) | Self::Missing(path) | Self::Unlisted(path) => path,
        }
    }

    /// What is different, in a word for people.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Changed(_) => "changed",
            Self::Missing(_) => "missing",
            Self::Unlisted(_) => "not listed",
        }
    }
}

/// Derives the digest of every file of a built site again and compares it with `SHA256SUMS`.
///
/// # Errors
/// When the folder holds no `SHA256SUMS`, or a file cannot be read.
pub fn verify(folder: &Path) -> anyhow::Result<Verified> {
    let list = folder.join(SUMS);
    let Some(sums) = read_sums(&list)? else {
        bail!("{} holds no {SUMS}\nhint: name the output folder of a build", folder.display());
    };
    let bytes = fs::read(&list).with_context(|| format!("cannot read {}", list.display()))?;
    let mut verified =
        Verified { files: sums.len(), digest: sha256_hex(&bytes), unfinished: folder.join(NEXT_SUMS).exists(), differences: Vec::new() };
    for (path, digest) in &sums {
        match fs::read(folder.join(path)) {
            Ok(bytes) if sha256_hex(&bytes) == *digest => {}
            Ok(_) => verified.differences.push(Difference::Changed(path.clone())),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory) => {
                verified.differences.push(Difference::Missing(path.clone()));
            }
            Err(error) => return Err(error).with_context(|| format!("cannot read {path} in {}", folder.display())),
        }
    }
    let mut found = Vec::new();
    list_files(folder, &PathBuf::new(), &mut found)?;
    let unlisted = found.into_iter().filter(|path| !sums.contains_key(path) && path != SUMS && path != NEXT_SUMS);
    verified.differences.extend(unlisted.map(Difference::Unlisted));
    verified.differences.sort_by(|a, b| (a.path(), a).cmp(&(b.path(), b)));
    Ok(verified)
}

fn list_files(root: &Path, inside: &Path, found: &mut Vec<String>) -> anyhow::Result<()> {
    let folder = root.join(inside);
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let entry = entry.with_context(|| format!("cannot list {}", folder.display()))?;
        let path = inside.join(entry.file_name());
        if entry.file_type().with_context(|| format!("cannot look at {}", path.display()))?.is_dir() {
            list_files(root, &path, found)?;
        } else {
            let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            found.push(parts.join("/"));
        }
    }
    Ok(())
}
