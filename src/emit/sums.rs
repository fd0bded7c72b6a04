//! `SHA256SUMS`: one line a file, the digest, two spaces, the path; sorted by path.

use std::{collections::BTreeMap, fs, io::ErrorKind, path::Path};

use anyhow::{Context, bail};

/// Digests in lower case hexadecimal, by path.
pub(super) type Sums = BTreeMap<String, String>;

pub(super) fn sums_text(sums: &Sums) -> String {
    sums.iter().map(|(path, digest)| format!("{digest}  {path}\n")).collect()
}

/// Reads a list; `None` when there is none.
///
/// # Errors
/// When it cannot be read or is not a list of digests with paths inside the folder: it is not one of ours then.
pub(super) fn read_sums(path: &Path) -> anyhow::Result<Option<Sums>> {
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        text => text.with_context(|| format!("cannot read {}", path.display()))?,
    };
    let mut sums = Sums::new();
    for (number, line) in text.lines().enumerate() {
        let entry = line.split_once("  ").filter(|(digest, _)| digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let Some((digest, name)) = entry.filter(|(_, name)| super::paths::check(name).is_ok()) else {
            bail!("{}, line {}: this is not a digest with a path", path.display(), number + 1);
        };
        sums.insert(name.to_owned(), digest.to_ascii_lowercase());
    }
    Ok(Some(sums))
}
