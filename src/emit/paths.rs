//! Which paths a build may write: those that mean the same file on every disk and stay inside the output.

use std::collections::BTreeMap;

use anyhow::bail;

use super::{MARKER, NEXT_SUMS, SUMS};

/// Refuses a path that leaves the output, means something else on another system, or is one of the writer's own.
pub(super) fn check(path: &str) -> anyhow::Result<()> {
    let part_is_bad = |part: &str| part.is_empty() || part == "." || part == ".." || part.ends_with([' ', '.']);
    if path.split('/').any(part_is_bad)
        || path.chars().any(|c| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
    {
        bail!("`{path}` cannot be a file of a site: it leaves the output folder or is no file name on some systems");
    }
    if path.split('/').any(|part| part.len() > 255) || path.len() > 1_000 {
        bail!("`{path}` is too long for a file name");
    }
    if [SUMS, NEXT_SUMS].iter().any(|own| own.eq_ignore_ascii_case(path)) || (path.eq_ignore_ascii_case(MARKER) && path != MARKER) {
        bail!("`{path}` is written by the build itself");
    }
    Ok(())
}

/// Refuses two files that some disks cannot hold side by side: names that differ in case only, a file inside a file.
pub(super) fn check_together<'a>(paths: impl Iterator<Item = &'a String>) -> anyhow::Result<()> {
    let mut folded: BTreeMap<String, &str> = BTreeMap::new();
    for path in paths {
        if let Some(other) = folded.insert(path.to_lowercase(), path) {
            bail!("the build has the files {other} and {path}, which are one file on some disks");
        }
    }
    for (name, path) in &folded {
        let mut folder = name.as_str();
        while let Some((above, _)) = folder.rsplit_once('/') {
            if let Some(file) = folded.get(above) {
                bail!("the build has the file {file} and, inside of it, {path}");
            }
            folder = above;
        }
    }
    Ok(())
}
