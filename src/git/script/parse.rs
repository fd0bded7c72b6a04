//! Reads a history script into steps. Every step keeps its line, so that a mistake found later still names its place.

use std::collections::BTreeMap;

use anyhow::{Context, bail};

use crate::date::GitTime;

/// A whole script.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// People by id.
    pub people: BTreeMap<String, Person>,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

/// Somebody who commits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Whether they sign what they commit.
    pub signs: bool,
}

/// One `== ` header with everything under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The header's line, from 1.
    pub line: usize,
    /// What happens.
    pub action: Action,
    /// The commit message; empty for a tag.
    pub message: String,
    /// What happens to files.
    pub sections: Vec<Section>,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A commit; `None` is main.
    Commit(Stamp, Option<String>),
    /// A merge of branches into main.
    Merge(Stamp, Vec<String>),
    /// A branch put on main as one commit with one parent.
    Squash(Stamp, String),
    /// A lightweight tag at main's tip.
    Tag(String),
}

/// Who commits when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The committer's id.
    pub committer: String,
    /// The committer time.
    pub committed: GitTime,
    /// The author's id.
    pub author: String,
    /// The author time.
    pub authored: GitTime,
    /// Whether the commit stays unsigned although the committer signs.
    pub unsigned: bool,
}

/// One file section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its header's line, from 1.
    pub line: usize,
    /// What it does.
    pub change: Change,
}

/// What a section does to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Writes a file.
    Write(String, String),
    /// Takes a file from the base set.
    Take(String),
    /// Deletes a file.
    Delete(String),
    /// Moves a file.
    Move(String, String),
    /// Makes a symbolic link.
    Link(String, String),
    /// Replaces lines of a file.
    Edit(String, Vec<Edit>),
}

impl Change {
    /// Whether the section decides what stands at a path, so that a merge need not.
    pub fn settles(&self, path: &str) -> bool {
        match self {
            Self::Write(at, _) | Self::Take(at) | Self::Delete(at) | Self::Link(at, _) | Self::Edit(at, _) => at == path,
            Self::Move(from, to) => from == path || to == path,
        }
    }
}

/// One line of an edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Takes away this line, which must exist exactly once.
    Remove(usize, String),
    /// Puts this line where the last one was taken away.
    Add(usize, String),
}

/// Reads a script.
///
/// # Errors
/// At the first line that does not read, with its number and what was expected.
pub fn parse(text: &str) -> anyhow::Result<Script> {
    let lines: Vec<(usize, &str)> = text.lines().enumerate().map(|(at, line)| (at + 1, line)).collect();
    let first = lines.iter().position(|(_, line)| line.starts_with("== ")).unwrap_or(lines.len());
    let mut script = Script::default();
    for &(number, line) in lines[..first].iter().filter(|(_, line)| line.starts_with("person ")) {
        let (id, person) = person(line).with_context(|| format!("line {number}: `{line}`"))?;
        if script.people.insert(id.clone(), person).is_some() {
            bail!("line {number}: the person `{id}` stands here twice");
        }
    }
    let mut rest = &lines[first..];
    while let Some((&(number, header), after)) = rest.split_first() {
        let end = after.iter().position(|(_, line)| line.starts_with("== ")).unwrap_or(after.len());
        let action = action(header).with_context(|| format!("line {number}: `{header}`"))?;
        let (message, sections) = body(&after[..end])?;
        if matches!(action, Action::Tag(_)) && !(message.is_empty() && sections.is_empty()) {
            bail!("line {number}: a tag has neither a message nor files");
        }
        script.steps.push(Step { line: number, action, message, sections });
        rest = &after[end..];
    }
    Ok(script)
}

/// `person ID "NAME" EMAIL [signs]`
fn person(line: &str) -> anyhow::Result<(String, Person)> {
    const EXPECTED: &str = "expected: person ID \"NAME\" EMAIL [signs]";
    let (id, rest) = line.trim_start_matches("person ").split_once(" \"").context(EXPECTED)?;
    let (name, rest) = rest.split_once('"').context(EXPECTED)?;
    let words: Vec<&str> = rest.split_whitespace().collect();
    let (email, signs) = match words[..] {
        [email] => (email, false),
        [email, "signs"] => (email, true),
        _ => bail!(EXPECTED),
    };
    if id.trim().is_empty() || id.trim().contains(' ') || name.trim().is_empty() {
        bail!(EXPECTED);
    }
    Ok((id.trim().to_owned(), Person { name: name.to_owned(), email: email.to_owned(), signs }))
}

fn action(header: &str) -> anyhow::Result<Action> {
    let words: Vec<&str> = header.split_whitespace().skip(1).collect();
    match words[..] {
        ["commit", time, person, ref options @ ..] => {
            let (mut stamp, mut branch, mut options) = (stamp(time, person)?, None, options);
            loop {
                options = match *options {
                    [] => return Ok(Action::Commit(stamp, branch)),
                    ["on", name, ref rest @ ..] => {
                        branch = (name != "main").then(|| name.to_owned());
                        rest
                    }
                    ["unsigned", ref rest @ ..] => {
                        stamp.unsigned = true;
                        rest
                    }
                    ["authored", time, ref rest @ ..] => {
                        stamp.authored = git_time(time)?;
                        rest
                    }
                    ["author", person, ref rest @ ..] => {
                        stamp.author = person.to_owned();
                        rest
                    }
                    [word, ..] => bail!("expected on BRANCH, unsigned, authored TIME or author PERSON, found `{word}`"),
                }
            }
        }
        ["merge", time, person, ref branches @ ..] if !branches.is_empty() => {
            Ok(Action::Merge(stamp(time, person)?, branches.iter().map(|name| (*name).to_owned()).collect()))
        }
        ["squash", time, person, branch] => Ok(Action::Squash(stamp(time, person)?, branch.to_owned())),
        ["squash", time, person, branch, "author", author] => {
            Ok(Action::Squash(Stamp { author: author.to_owned(), ..stamp(time, person)? }, branch.to_owned()))
        }
        ["tag", name] => Ok(Action::Tag(name.to_owned())),
        _ => bail!(
            "expected one of: == commit TIME PERSON [on BRANCH] [unsigned] [authored TIME] [author PERSON]; \
             == merge TIME PERSON BRANCH [BRANCH ...]; == squash TIME PERSON BRANCH [author PERSON]; == tag NAME"
        ),
    }
}

fn stamp(time: &str, person: &str) -> anyhow::Result<Stamp> {
    let time = git_time(time)?;
    Ok(Stamp { committer: person.to_owned(), committed: time, author: person.to_owned(), authored: time, unsigned: false })
}

fn git_time(text: &str) -> anyhow::Result<GitTime> {
    GitTime::parse(text).with_context(|| format!("`{text}` is not a time such as 2026-01-05T10:00:00+01:00"))
}

/// The message and the file sections below a header.
fn body(lines: &[(usize, &str)]) -> anyhow::Result<(String, Vec<Section>)> {
    let is_header = |(_, line): &(usize, &str)| line.starts_with("-- ");
    let first = lines.iter().position(is_header).unwrap_or(lines.len());
    let message = text_of(&lines[..first]);
    let mut sections = Vec::new();
    let mut rest = &lines[first..];
    while let Some((&(number, header), after)) = rest.split_first() {
        let end = after.iter().position(is_header).unwrap_or(after.len());
        let change = change(header, &after[..end]).with_context(|| format!("line {number}: `{header}`"))?;
        sections.push(Section { line: number, change });
        rest = &after[end..];
    }
    Ok((message, sections))
}

fn change(header: &str, lines: &[(usize, &str)]) -> anyhow::Result<Change> {
    let inner = header.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --")).map(str::trim);
    let inner = inner
        .context("expected a file section, which ends in ` --`; a line of a file or message that begins so is written with a leading \\")?;
    let path = |text: &str| checked_path(text.trim());
    let pair = |text: &str| {
        let (from, to) = text.split_once(" -> ").context("expected two paths with ` -> ` between them")?;
        anyhow::Ok((from.trim().to_owned(), to.trim().to_owned()))
    };
    let change = if let Some(name) = inner.strip_prefix("take ") {
        Change::Take(path(name)?)
    } else if let Some(name) = inner.strip_prefix("delete ") {
        Change::Delete(path(name)?)
    } else if let Some(names) = inner.strip_prefix("move ") {
        let (from, to) = pair(names)?;
        Change::Move(path(&from)?, path(&to)?)
    } else if let Some(names) = inner.strip_prefix("link ") {
        let (link, target) = pair(names)?;
        Change::Link(path(&link)?, target)
    } else if let Some(name) = inner.strip_prefix("edit ") {
        return Ok(Change::Edit(path(name)?, edits(lines)?));
    } else {
        return Ok(Change::Write(path(inner)?, text_of(lines)));
    };
    match lines.iter().find(|(_, line)| !line.trim().is_empty()) {
        Some((number, line)) => bail!("nothing may stand under this section; found `{line}` on line {number}"),
        None => Ok(change),
    }
}

/// A path inside the repository that is safe to write.
fn checked_path(text: &str) -> anyhow::Result<String> {
    let bad = |part: &str| part.is_empty() || part == "." || part == ".." || part.eq_ignore_ascii_case(".git");
    if text.split('/').any(bad) || text.contains(['\\', '\0']) {
        bail!("`{text}` is not a path inside the repository");
    }
    Ok(text.to_owned())
}

fn edits(lines: &[(usize, &str)]) -> anyhow::Result<Vec<Edit>> {
    let mut edits = Vec::new();
    for &(number, line) in lines.iter().filter(|(_, line)| !line.is_empty()) {
        let line = unescape(line);
        edits.push(match line.split_at_checked(1) {
            Some(("-", old)) => Edit::Remove(number, old.to_owned()),
            Some(("+", _)) if edits.is_empty() => bail!("line {number}: an edit begins with the line that goes away (-old)"),
            Some(("+", new)) => Edit::Add(number, new.to_owned()),
            _ => bail!("line {number}: expected -old or +new, found `{line}`"),
        });
    }
    if edits.is_empty() {
        bail!("expected lines that begin with - or +");
    }
    Ok(edits)
}

/// Lines as text: without empty lines at the end, with one final newline; nothing when there are no lines.
fn text_of(lines: &[(usize, &str)]) -> String {
    let used = lines.iter().rposition(|(_, line)| !line.is_empty()).map_or(0, |last| last + 1);
    lines[..used].iter().flat_map(|(_, line)| [unescape(line), "\n"]).collect()
}

/// Takes the leading backslash from a line that would otherwise be a header.
fn unescape(line: &str) -> &str {
    let bare = line.trim_start_matches('\\');
    if bare.len() < line.len() && (bare.starts_with("== ") || bare.starts_with("-- ")) { &line[1..] } else { line }
}
