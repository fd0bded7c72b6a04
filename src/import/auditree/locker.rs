//! The locker's files as its index.json files describe them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Digested, EVIDENCE, checks::Used};
use crate::{
    date::{Instant, parse_instant},
    id::RepoPath,
    import::{Imported, Source, dates::days_of_seconds, json::parse},
    tree::sha256_hex,
};

/// The name of an index.
pub(super) const INDEX: &str = "index.json";
/// The folders that hold evidence, below the root or below `agents/NAME/`.
const FOLDERS: [&str; 5] = ["raw", "derived", "external", "reports", "tmp"];

/// What an index says of one file.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// From the locker's root.
    pub path: String,
    /// When it was fetched.
    pub fetched: Option<Instant>,
    /// Its time to live in whole days.
    pub ttl_days: Option<i64>,
    /// Whether the time to live was rounded up to them.
    pub ttl_rounded: bool,
    /// What it is.
    pub description: String,
    /// Marks of the index that a reader should see: `empty`, `filtered`, an agent's name.
    pub marks: Vec<String>,
    /// The SHA-256 that an agent states.
    digest: Option<String>,
    /// The prefixes of its parts; empty when it is one file.
    partitions: Vec<String>,
    /// Why it can never be an artifact.
    pub unusable: Option<String>,
    /// The checks that made it, when it is a report.
    pub checks: Vec<String>,
    /// The evidence that these checks used.
    pub evidence: Vec<Used>,
}

/// The files of a locker.
pub(super) struct Locker {
    /// By path from the locker's root.
    pub entries: BTreeMap<String, Entry>,
    /// How many entries carry a signature.
    pub signed: usize,
}

/// The kind of folder a file lies in (`raw`); `None` when it lies in none of the locker's.
pub(super) fn folder_of(path: &RepoPath) -> Option<&str> {
    let mut parts = path.as_str().split('/');
    let first = parts.next()?;
    let folder = if first == "agents" { parts.nth(1)? } else { first };
    parts.next()?;
    FOLDERS.contains(&folder).then_some(folder)
}

impl Locker {
    /// Reads every index.
    pub fn read(source: &Source<'_>, imported: &mut Imported) -> Self {
        let mut locker = Self { entries: BTreeMap::new(), signed: 0 };
        let mut known: BTreeSet<String> = BTreeSet::new();
        let paths: Vec<&RepoPath> = source.paths().filter(|path| folder_of(path).is_some()).collect();
        for path in paths.iter().filter(|path| path.file_name() == INDEX) {
            match index(source, path) {
                Ok(entries) => {
                    imported.take("indexes");
                    for (name, value) in entries {
                        locker.entry(path, &name, &value, source, &mut known, imported);
                    }
                }
                Err(why) => imported.leave("indexes", path.as_str(), why),
            }
        }
        for path in paths.iter().filter(|path| path.file_name() != INDEX && !known.contains(path.as_str())) {
            if path.file_name().eq_ignore_ascii_case("readme.md") {
                continue;
            }
            let why = match source.bytes(path, 0) {
                Err(why) if !source.has(path.as_str()) => why,
                _ if folder_of(path) == Some("tmp") => "auditree keeps nothing of tmp/".to_owned(),
                _ => "no index.json names it".to_owned(),
            };
            imported.leave(EVIDENCE, path.as_str(), why);
        }
        locker
    }

    fn entry(
        &mut self,
        index: &RepoPath,
        name: &str,
        value: &Value,
        source: &Source<'_>,
        known: &mut BTreeSet<String>,
        imported: &mut Imported,
    ) {
        let Some(path) = plain_path(index.parent(), name) else {
            return imported.leave(EVIDENCE, format!("{index}: {name}"), "it is no name of a file beside its index");
        };
        let mut entry = Entry { path: path.clone(), ..Entry::default() };
        entry.fill(value);
        self.signed += usize::from(value["signature"].is_string());
        for (dead, reason) in tombstones(value) {
            imported.leave("tombstones", format!("{}/{dead}", index.parent()), reason);
        }
        for file in entry.files() {
            source.touch(&file);
            if !source.has(file.as_str()) && entry.unusable.is_none() {
                let buried = tombstones(value).into_iter().next_back().map(|(_, reason)| format!(" ({reason})"));
                entry.unusable = Some(format!("the file {file} is not here{}", buried.unwrap_or_default()));
            }
            known.insert(file.as_str().to_owned());
        }
        self.entries.insert(path, entry);
    }
}

fn index(source: &Source<'_>, path: &RepoPath) -> Result<serde_json::Map<String, Value>, String> {
    match json(source, path)? {
        Value::Object(map) => Ok(map),
        _ => Err("it is no mapping of file names".to_owned()),
    }
}

/// A file as JSON.
pub(super) fn json(source: &Source<'_>, path: &RepoPath) -> Result<Value, String> {
    let text = source.text_up_to(path, Source::LARGE_BYTES)?;
    parse(&text.text)
}

/// A name below a folder; `None` for a way out of it.
fn plain_path(folder: &str, name: &str) -> Option<String> {
    let plain = !name.is_empty() && name.split('/').all(|part| !["", ".", ".."].contains(&part));
    plain.then(|| format!("{folder}/{name}"))
}

/// What was removed, with when and why.
fn tombstones(value: &Value) -> Vec<(String, String)> {
    let Some(map) = value["tombstones"].as_object() else { return Vec::new() };
    let mut found = Vec::new();
    for (name, graves) in map {
        for grave in graves.as_array().into_iter().flatten() {
            let reason = grave["reason"].as_str().unwrap_or("no reason given");
            let day = grave["eol"].as_str().map_or("an unknown day", |day| day.split('T').next().unwrap_or(day));
            found.push((name.clone(), format!("removed from the locker on {day}: {reason}")));
        }
    }
    found
}

impl Entry {
    fn fill(&mut self, value: &Value) {
        // Old indexes hold nothing but the time.
        let stated = value["last_update"].as_str().or_else(|| value.as_str());
        self.fetched = stated.and_then(utc);
        if self.fetched.is_none() {
            self.unusable = Some("its index does not say when it was fetched".to_owned());
        }
        if let Some((days, rounded)) = value["ttl"].as_f64().and_then(days_of_seconds) {
            (self.ttl_days, self.ttl_rounded) = (Some(days), rounded);
        }
        self.description = value["description"].as_str().unwrap_or_default().to_owned();
        for (key, words) in
            [("empty", "empty, by its index"), ("filtered_content", "filtered before it was stored"), ("binary_content", "binary")]
        {
            if value[key] == Value::Bool(true) {
                self.marks.push(words.to_owned());
            }
        }
        if let Some(agent) = value["agent_name"].as_str() {
            self.marks.push(format!("from the agent {agent}"));
        }
        self.digest = value["digest"].as_str().map(str::to_ascii_lowercase);
        let hash = |key: &String| key.len() == 10 && key.bytes().all(|byte| byte.is_ascii_hexdigit());
        self.partitions = value["partitions"].as_object().into_iter().flat_map(|map| map.keys()).filter(|key| hash(key)).cloned().collect();
        self.checks = value["checks"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        self.evidence = Used::list(&value["evidence"]);
    }

    /// Whether a check made it.
    pub fn is_report(&self) -> bool {
        folder_of(&RepoPath::new(self.path.as_str())) == Some("reports")
    }

    /// The files it consists of.
    fn files(&self) -> Vec<RepoPath> {
        if self.partitions.is_empty() {
            return vec![RepoPath::new(self.path.as_str())];
        }
        let (folder, name) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        self.partitions.iter().map(|hash| RepoPath::new(format!("{folder}/{hash}_{name}"))).collect()
    }

    /// The files, when they are what a check saw; `Err` is why they are not.
    pub fn files_as_seen(&self, used: &Used, source: &Source<'_>) -> Result<Vec<Digested>, String> {
        if let Some(why) = &self.unusable {
            return Err(why.clone());
        }
        if let (Some(seen), Some(fetched)) = (used.fetched, self.fetched)
            && seen != fetched
        {
            let (seen, fetched) = (crate::date::utc_text(seen), crate::date::utc_text(fetched));
            return Err(format!("the check saw what was fetched at {seen}; the file here was fetched at {fetched}"));
        }
        let mut files = Vec::new();
        for path in self.files() {
            let bytes = source.bytes(&path, Source::LARGE_BYTES)?;
            let sha256 = sha256_hex(&bytes);
            if self.partitions.is_empty() && self.digest.as_ref().is_some_and(|stated| *stated != sha256) {
                return Err("the digest in its index is not that of the file".to_owned());
            }
            files.push(Digested { path, sha256, size: bytes.len() as u64 });
        }
        Ok(files)
    }
}

/// An instant that auditree writes in UTC without saying so.
pub(super) fn utc(text: &str) -> Option<Instant> {
    parse_instant(&format!("{}Z", text.replace(' ', "T"))).or_else(|| parse_instant(text))
}
