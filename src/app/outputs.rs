//! Where files may be written. What the repository configures stays inside the repository; a folder elsewhere is for the
//! command line to name, since whoever writes `tickmark.yaml` need not be the one whose disk it is.

use std::{
    io::ErrorKind,
    path::{Component, Path, PathBuf},
};

use anyhow::Context;

use super::{Assessed, BuildOptions, UsageError};

/// The folders of a build: the readiness site's and the trust page's.
///
/// # Errors
/// When a configured folder leads out of the repository, or when the readiness site would be published with the trust page.
pub(super) fn output_folders(assessed: &Assessed, options: &BuildOptions) -> anyhow::Result<(PathBuf, PathBuf)> {
    let (config, root) = (&assessed.programme.config, assessed.root.as_path());
    let choose = |given: &Option<PathBuf>, key, configured: &str, option| match given {
        Some(folder) => Ok(folder.clone()),
        None => configured_folder(root, key, configured, option),
    };
    let site = choose(&options.site_output, "site.output", &config.site.output, "--out")?;
    if assessed.programme.trust.is_none() {
        return Ok((site, PathBuf::new()));
    }
    let trust = choose(&options.trust_output, "trust.output", &config.trust.output, "--trust-out")?;
    if real(&site)?.starts_with(real(&trust)?) {
        let message =
            format!("the readiness site ({}) would lie in the folder of the public trust page ({})", site.display(), trust.display());
        return Err(UsageError::because(message, "give them two folders that lie side by side"));
    }
    Ok((site, trust))
}

/// Refuses a place in the folder of the public trust page: an export says what only the organization and its auditor may see.
///
/// # Errors
/// When the place lies there, or cannot be looked at.
pub(super) fn beside_the_trust_page(assessed: &Assessed, out: &Path) -> anyhow::Result<()> {
    let trust = assessed.root.join(&assessed.programme.config.trust.output);
    if assessed.programme.trust.is_some() && real(out)?.starts_with(real(&trust)?) {
        let message = format!("{} lies in the folder of the public trust page ({})", out.display(), trust.display());
        return Err(UsageError::because(message, "name a place outside of it"));
    }
    Ok(())
}

fn configured_folder(root: &Path, key: &str, configured: &str, option: &str) -> anyhow::Result<PathBuf> {
    let refuse = |why: &str| {
        let hint = format!("name a folder below the repository's root, such as build/site; {option} DIR may name any folder");
        Err(UsageError::because(format!("`{key}` is `{}`, which {why}", configured.escape_debug()), hint))
    };
    let mut parts = Path::new(configured).components().filter(|part| *part != Component::CurDir).peekable();
    match parts.peek() {
        None => return refuse("is the repository itself"),
        Some(first) if first.as_os_str().eq_ignore_ascii_case(".git") => return refuse("is where Git keeps the repository"),
        Some(_) => {}
    }
    if !parts.all(|part| matches!(part, Component::Normal(_))) {
        return refuse("leads out of the repository");
    }
    let folder = root.join(configured);
    if stays_inside(root, &folder)? { Ok(folder) } else { refuse("leads out of the repository by a link") }
}

/// Whether a path, with every link on its way followed, lies below a folder.
///
/// # Errors
/// When the folder or the part of the path that exists cannot be looked at.
pub(super) fn stays_inside(folder: &Path, path: &Path) -> anyhow::Result<bool> {
    let (folder, path) = (real(folder)?, real(path)?);
    Ok(path != folder && path.starts_with(&folder))
}

/// A path with every link of its existing part followed.
fn real(path: &Path) -> anyhow::Result<PathBuf> {
    let path = std::path::absolute(path).with_context(|| format!("cannot find {}", path.display()))?;
    let mut missing: Vec<&std::ffi::OsStr> = Vec::new();
    let mut existing = path.as_path();
    loop {
        match existing.canonicalize() {
            Ok(found) => return Ok(missing.iter().rev().fold(found, |path, part| path.join(part))),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
            Err(error) => return Err(error).with_context(|| format!("cannot look at {}", existing.display())),
        }
        let (Some(parent), Some(name)) = (existing.parent(), existing.file_name()) else { return Ok(path) };
        missing.push(name);
        existing = parent;
    }
}
