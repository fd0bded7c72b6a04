//! The files of a scripted branch: what sections do to them, how branches come together, what placeholders become.

use std::collections::BTreeMap;

use anyhow::{Context, bail};

use super::{
    parse::{Change, Edit, Section},
    sign::Signer,
};
use crate::{
    id::RepoPath,
    tree::{Tree, sha256_hex},
};

/// One file: its bytes, or the target of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum File {
    /// A regular file.
    Bytes(std::rc::Rc<[u8]>),
    /// A symbolic link.
    Link(String),
}

/// The files of a branch by path.
pub type Files = BTreeMap<String, File>;

/// Applies a step's sections, then fills in placeholders. `known` tells whether a person is declared.
///
/// # Errors
/// When a section asks for what is not there; the message names the section's line.
pub fn apply(files: &mut Files, sections: &[Section], base: &dyn Tree, known: &dyn Fn(&str) -> bool) -> anyhow::Result<()> {
    let mut touched = BTreeMap::new();
    for section in sections {
        let written = apply_one(files, &section.change, base).with_context(|| format!("line {}", section.line))?;
        if let Some(path) = written {
            touched.insert(path, section.line);
        }
    }
    let mut fill = Fill { files, pending: touched, open: Vec::new(), known };
    while let Some((path, line)) = fill.pending.pop_first() {
        fill.file(&path).with_context(|| format!("line {line}"))?;
    }
    Ok(())
}

/// Applies one section; gives the path whose text may hold placeholders.
fn apply_one(files: &mut Files, change: &Change, base: &dyn Tree) -> anyhow::Result<Option<String>> {
    match change {
        Change::Write(path, text) => put(files, path, File::Bytes(text.as_bytes().into()))?,
        Change::Take(path) => {
            let bytes = base.read(&RepoPath::new(path))?.with_context(|| format!("the base set has no file `{path}`"))?;
            put(files, path, File::Bytes(bytes.into()))?;
        }
        Change::Delete(path) => {
            files.remove(path).with_context(|| format!("there is no file `{path}` to delete"))?;
            return Ok(None);
        }
        Change::Move(from, to) => {
            let file = files.remove(from).with_context(|| format!("there is no file `{from}` to move"))?;
            put(files, to, file)?;
            return Ok(None);
        }
        Change::Link(path, target) => {
            put(files, path, File::Link(target.clone()))?;
            return Ok(None);
        }
        Change::Edit(path, edits) => {
            let text = match files.get(path) {
                Some(File::Bytes(bytes)) => std::str::from_utf8(bytes).with_context(|| format!("`{path}` is not text"))?,
                Some(File::Link(_)) => bail!("`{path}` is a link"),
                None => bail!("there is no file `{path}` to edit"),
            };
            let edited = edit(text, edits).with_context(|| format!("in `{path}`"))?;
            put(files, path, File::Bytes(edited.into_bytes().into()))?;
        }
    }
    match change {
        Change::Write(path, _) | Change::Take(path) | Change::Edit(path, _) => Ok(Some(path.clone())),
        _ => Ok(None),
    }
}

/// Puts a file where no folder stands, and below no file.
fn put(files: &mut Files, path: &str, file: File) -> anyhow::Result<()> {
    let below = format!("{path}/");
    if files.range(below.clone()..).next().is_some_and(|(other, _)| other.starts_with(&below)) {
        bail!("`{path}` is a folder");
    }
    if let Some((at, _)) = path.match_indices('/').find(|(at, _)| files.contains_key(&path[..*at])) {
        bail!("`{}` is a file, not a folder", &path[..at]);
    }
    files.insert(path.to_owned(), file);
    Ok(())
}

fn edit(text: &str, edits: &[Edit]) -> anyhow::Result<String> {
    let mut lines: Vec<&str> = text.lines().collect();
    let mut at = 0;
    for step in edits {
        match step {
            Edit::Remove(number, old) => {
                let places: Vec<usize> = (0..lines.len()).filter(|&at| lines[at] == old).collect();
                match places[..] {
                    [place] => at = place,
                    [] => bail!("line {number}: no line reads `{old}`"),
                    _ => bail!("line {number}: {} lines read `{old}`, expected one", places.len()),
                }
                lines.remove(at);
            }
            Edit::Add(_, new) => {
                lines.insert(at, new);
                at += 1;
            }
        }
    }
    Ok(lines.iter().flat_map(|line| [line, "\n"]).collect())
}

/// Brings a branch's files into main's, file by file against their common ancestor's. Gives the paths that both changed.
pub fn merge(main: &mut Files, base: &Files, branch: &Files) -> Vec<String> {
    let mut conflicts = Vec::new();
    let mut paths: Vec<&String> = base.keys().chain(branch.keys()).collect();
    paths.sort();
    paths.dedup();
    for path in paths {
        let (old, theirs) = (base.get(path), branch.get(path));
        if old == theirs || main.get(path) == theirs {
            continue;
        }
        if main.get(path) != old {
            conflicts.push(path.clone());
        } else if let Some(file) = theirs {
            main.insert(path.clone(), file.clone());
        } else {
            main.remove(path);
        }
    }
    conflicts
}

/// Replaces `{sha256 PATH}` and `{ssh-key PERSON}`. A file whose hash is asked for is filled in first.
struct Fill<'a> {
    files: &'a mut Files,
    pending: BTreeMap<String, usize>,
    open: Vec<String>,
    known: &'a dyn Fn(&str) -> bool,
}

impl Fill<'_> {
    fn file(&mut self, path: &str) -> anyhow::Result<()> {
        let Some(File::Bytes(bytes)) = self.files.get(path) else { return Ok(()) };
        let Ok(text) = std::str::from_utf8(bytes) else { return Ok(()) };
        let text = text.to_owned();
        self.open.push(path.to_owned());
        let filled = self.text(&text).with_context(|| format!("in `{path}`"))?;
        self.open.pop();
        if filled != text {
            self.files.insert(path.to_owned(), File::Bytes(filled.into_bytes().into()));
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> anyhow::Result<String> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            let (before, from) = rest.split_at(at);
            filled.push_str(before);
            let end = from.find(['}', '\n']).filter(|&end| from.as_bytes()[end] == b'}');
            let value = match end.map(|end| &from[1..end]).and_then(|inner| inner.split_once(' ')) {
                Some(("sha256", path)) => Some(self.hash(path.trim())?),
                Some(("ssh-key", person)) if (self.known)(person.trim()) => Some(Signer::of(person.trim())?.public_line()?),
                Some(("ssh-key", person)) => bail!("`{}` is nobody of this script", person.trim()),
                _ => None,
            };
            match (value, end) {
                (Some(value), Some(end)) => {
                    filled.push_str(&value);
                    rest = &from[end + 1..];
                }
                _ => {
                    filled.push('{');
                    rest = &from[1..];
                }
            }
        }
        filled.push_str(rest);
        Ok(filled)
    }

    fn hash(&mut self, path: &str) -> anyhow::Result<String> {
        if self.open.iter().any(|open| open == path) {
            bail!("the hash of `{path}` depends on itself");
        }
        if self.pending.remove(path).is_some() {
            self.file(path)?;
        }
        match self.files.get(path) {
            Some(File::Bytes(bytes)) => Ok(sha256_hex(bytes)),
            Some(File::Link(_)) => bail!("`{path}` is a link; its content has no hash here"),
            None => bail!("there is no file `{path}` whose hash could be written"),
        }
    }
}
