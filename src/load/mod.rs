//! Reading records: what the files of a programme say, as data, with everything that is wrong about them.
//!
//! The passes: [`kind`] (which files are records) -> [`decode`] (bytes to text) -> [`guard`] (hostile YAML stops here) ->
//! [`shape`] (against the published schema) -> [`raw`] (serde mirrors) -> [`lower`] (meaning) -> [`collect`] (one record
//! an id) -> [`resolve`] (references). [`trace`] does the same for every version that history holds.
//!
//! Bad input is a finding with a place; only a tree that cannot be read is an error. Nothing here judges.

mod anchors;
mod codes;
mod collect;
mod decode;
mod digests;
mod foreign;
mod front;
mod guard;
mod kind;
mod lower;
mod node;
pub(crate) mod raw;
mod read;
mod resolve;
mod schema;
mod shape;
mod texts;
mod trace;
mod write;

pub use codes::CODES;
pub use digests::artifact_digests;
pub(crate) use foreign::{ForeignText, foreign_text, foreign_yaml};
pub(crate) use front::{Front, front};
pub(crate) use guard::Limits;
pub(crate) use node::{Content, Entry as NodeEntry, Node};
pub use schema::{KINDS, schema};
pub use trace::trace;
pub use write::yaml;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::{
    assets,
    date::Date,
    diag::{Finding, Subject, did_you_mean},
    id::{FrameworkId, ObjectId, RepoPath},
    model::{Config, Crosswalk, Files, Framework, People, Programme, UnreadRecord},
    source::Place,
    tree::{Entry, EntryKind, Tree},
};
use codes::{CONFIG_MISSING, FILE_NOT_READ, LINK_NOT_FOLLOWED, SUBMODULE_NOT_READ};
use collect::Collected;
use kind::{CONFIG, FOLDERS, Kind, Role, role};
use lower::Target;
use read::{FileRead, Input, Lowered, Surroundings, read_file};

/// A programme and what was found wrong while it was read.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The programme.
    pub programme: Programme,
    /// The findings, in no particular order.
    pub findings: Vec<Finding>,
}

/// Reads the programme of a tree. `day` only stands in for the window where no configuration gives one.
///
/// # Errors
/// When the tree cannot be read.
pub fn load(tree: &dyn Tree, day: Date) -> anyhow::Result<Loaded> {
    let listing = list(tree)?;
    let mut findings = listing.findings;
    let fallback = Config::fallback(day);
    let people = read_people(tree, &listing.files, &fallback)?;
    let around = Surroundings { people: &people, fallback: &fallback };
    let records = |markdown: bool| listing.records.iter().filter(move |file| file.markdown == markdown);
    let mut reads = without_claimed(records(false), read_all(tree, records(false), around)?);
    // A document that a list adopts needs no front matter of ours, so lists are read before Markdown files.
    let adopted = adopted_paths(&reads);
    reads.extend(read_all(tree, records(true).filter(|file| !adopted.contains(&file.path)), around)?);
    let configured = listing.files.contains_key(CONFIG);
    if !configured {
        findings.push(config_missing(&listing.files));
    }
    let collected = collect::collect(reads, built_in_frameworks(), fallback);
    let Collected { mut programme, references, findings: mut wrong } = collected;
    programme.people = people;
    programme.configured = configured;
    programme.files = listing.files;
    programme.unread.extend(listing.unread);
    programme.unread.sort_by(|a, b| (&a.path, &a.controls).cmp(&(&b.path, &b.controls)));
    findings.append(&mut wrong);
    findings.extend(texts::attach(&mut programme, tree)?);
    texts::find_artifacts(&mut programme, tree)?;
    let signers = programme.config.history.signers.clone();
    findings.retain(|finding| {
        finding.code != FILE_NOT_READ.name || finding.place.as_ref().map(|place| place.path.as_str()) != signers.as_deref()
    });
    findings.extend(resolve::resolve(&programme, &references));
    findings.extend(texts::artifact_findings(&programme, tree)?);
    findings.sort_by(|a, b| (&a.place, a.code, &a.message).cmp(&(&b.place, b.code, &b.message)));
    findings.dedup();
    Ok(Loaded { programme, findings })
}

/// What a walk must look for: folders, single files, and whether every Markdown file is wanted, as it is when documents
/// are adopted: their earlier names are not known before the walk.
pub fn wanted(programme: &Programme) -> (Vec<String>, Vec<String>, bool) {
    let folders = FOLDERS.iter().map(|folder| (*folder).to_owned()).collect();
    let outside = programme.files.keys().filter(|path| !FOLDERS.iter().any(|folder| path.is_under(folder)));
    let mut files: BTreeSet<String> = outside.map(|path| path.as_str().to_owned()).collect();
    files.insert(CONFIG.to_owned());
    files.extend(programme.config.history.signers.clone());
    let adopts = programme.documents.values().any(|document| document.adopted);
    (folders, files.into_iter().collect(), adopts)
}

/// The built-in frameworks, by key.
pub fn built_in_frameworks() -> BTreeMap<FrameworkId, Framework> {
    let lowered = built_in("controls/frameworks", Kind::Framework).into_iter();
    let frameworks = lowered.filter_map(|lowered| match lowered {
        Lowered::Framework(framework) => Some((framework.id.clone(), framework)),
        _ => None,
    });
    frameworks.collect()
}

/// The crosswalks that a programme can use, by id: the built-in ones, and its own, which stand in their place where
/// they have the same id. Read on demand, since only suggestions need them.
pub fn crosswalks(programme: &Programme) -> BTreeMap<String, Crosswalk> {
    let lowered = built_in("controls/crosswalks", Kind::Crosswalk).into_iter();
    let built_in = lowered.filter_map(|lowered| match lowered {
        Lowered::Crosswalk(crosswalk) => Some((crosswalk.id.clone(), crosswalk)),
        _ => None,
    });
    let mut crosswalks: BTreeMap<String, Crosswalk> = built_in.collect();
    crosswalks.extend(programme.crosswalks.clone());
    crosswalks
}

/// The records of a folder that the binary carries. They were checked by a test, so that findings are not asked for.
fn built_in(folder: &str, kind: Kind) -> Vec<Lowered> {
    let fallback = Config::fallback(Date::MIN);
    let people = People::default();
    let around = Surroundings { people: &people, fallback: &fallback };
    let assets = assets::list(folder).into_par_iter().filter(|asset| asset.ends_with(".yaml"));
    let read = assets.map(|asset| {
        let bytes = assets::read(&asset).unwrap_or_default();
        let input = Input { path: &RepoPath::new(asset), blob: ObjectId([0; 20]), bytes: &bytes, kind, markdown: false };
        read_file(input, around).found.into_iter().filter_map(|found| found.lowered).collect::<Vec<_>>()
    });
    read.flatten().collect()
}

/// A file that holds records.
struct RecordFile {
    path: RepoPath,
    blob: ObjectId,
    kind: Kind,
    markdown: bool,
}

/// What stands under the programme's folders.
struct Listing {
    files: Files,
    records: Vec<RecordFile>,
    /// What stands in place of evidence and is not read.
    unread: Vec<UnreadRecord>,
    findings: Vec<Finding>,
}

fn list(tree: &dyn Tree) -> anyhow::Result<Listing> {
    let mut listing = Listing { files: Files::new(), records: Vec::new(), unread: Vec::new(), findings: Vec::new() };
    if let Some(bytes) = tree.read(&RepoPath::new(CONFIG))? {
        let entry =
            Entry { path: RepoPath::new(CONFIG), kind: EntryKind::File, id: crate::tree::blob_id(&bytes), size: bytes.len() as u64 };
        listing.take(entry);
    }
    for folder in FOLDERS {
        let (entries, skipped) = tree.list(folder)?;
        entries.into_iter().for_each(|entry| listing.take(entry));
        for skipped in skipped {
            let path = RepoPath::new(skipped.what);
            let message = format!("`{path}` cannot be read: {}", skipped.why);
            listing.say(&FILE_NOT_READ, &path, message, "");
            listing.unread.push(UnreadRecord { path, controls: Vec::new() });
        }
    }
    Ok(listing)
}

impl Listing {
    fn take(&mut self, entry: Entry) {
        let Entry { path, kind, id, size } = entry;
        let hides_evidence = match kind {
            EntryKind::File => false,
            // A link in the place of a file of evidence may be an artifact; one in a folder's place hides manifests.
            EntryKind::Link(_) => role(&path, 1) == Role::Yaml(Kind::Evidence) || RepoPath::new("content/evidence").is_under(path.as_str()),
            EntryKind::Submodule => path.is_under("content/evidence") || path.as_str() == "content",
        };
        if hides_evidence {
            self.unread.push(UnreadRecord { path: path.clone(), controls: Vec::new() });
        }
        match kind {
            EntryKind::Link(target) => {
                let message = format!("`{path}` is a link to `{}`, which is not followed", target.escape_debug());
                self.say(&LINK_NOT_FOLLOWED, &path, message, "put the file itself there");
            }
            EntryKind::Submodule => {
                let message = format!("`{path}` is a submodule: its files belong to another repository and are not read");
                self.say(&SUBMODULE_NOT_READ, &path, message, "keep records in this repository");
            }
            EntryKind::File => {
                match role(&path, size) {
                    Role::Yaml(kind) => self.records.push(RecordFile { path: path.clone(), blob: id, kind, markdown: false }),
                    Role::Markdown(kind) => self.records.push(RecordFile { path: path.clone(), blob: id, kind, markdown: true }),
                    Role::Unread(why) => {
                        let message = format!("`{path}` is not read: {why}");
                        self.say(&FILE_NOT_READ, &path, message, &home_hint(&path));
                    }
                    Role::Artifact | Role::Keeper => {}
                }
                self.files.insert(path, (id, size));
            }
        }
    }

    fn say(&mut self, code: &crate::diag::Code, path: &RepoPath, message: String, hint: &str) {
        self.findings.push(Finding::new(code, Subject::Programme, message).hint(hint).at(Place::file(path)));
    }
}

/// A folder that is spelt nearly like one of ours is the likeliest reason why a file is not read.
fn home_hint(path: &RepoPath) -> String {
    let parent = path.parent();
    match did_you_mean(parent, kind::homes()).filter(|near| *near != parent) {
        Some(near) => format!("did you mean the folder `{near}`?"),
        None => String::new(),
    }
}

fn read_people(tree: &dyn Tree, files: &Files, fallback: &Config) -> anyhow::Result<People> {
    let nobody = People::default();
    for name in ["content/people.yaml", "content/people.yml"] {
        let path = RepoPath::new(name);
        let (Some((blob, _)), Some(bytes)) = (files.get(&path), tree.read(&path)?) else { continue };
        let input = Input { path: &path, blob: *blob, bytes: &bytes, kind: Kind::People, markdown: false };
        for found in read_file(input, Surroundings { people: &nobody, fallback }).found {
            if let Some(Lowered::People(people)) = found.lowered {
                return Ok(people);
            }
        }
    }
    Ok(nobody)
}

fn read_all<'a>(tree: &dyn Tree, files: impl Iterator<Item = &'a RecordFile>, around: Surroundings<'_>) -> anyhow::Result<Vec<FileRead>> {
    let files: Vec<&RecordFile> = files.collect();
    files
        .into_par_iter()
        .map(|file| {
            let bytes = tree.read(&file.path)?.unwrap_or_default();
            let input = Input { path: &file.path, blob: file.blob, bytes: &bytes, kind: file.kind, markdown: file.markdown };
            Ok(read_file(input, around))
        })
        .collect()
}

/// Leaves out YAML files that a manifest names as artifacts and that are no manifests themselves: exports are often YAML.
fn without_claimed<'a>(files: impl Iterator<Item = &'a RecordFile>, reads: Vec<FileRead>) -> Vec<FileRead> {
    let mut claimed: BTreeSet<RepoPath> = BTreeSet::new();
    for reference in reads.iter().flat_map(|read| &read.references) {
        if let Target::Artifact { path, .. } = &reference.target
            && *path != reference.place.path
        {
            claimed.insert(path.clone());
        }
    }
    let is_record = |file: &RecordFile, read: &FileRead| {
        file.kind != Kind::Evidence || !claimed.contains(&file.path) || read.found.iter().any(|found| found.lowered.is_some())
    };
    files.zip(reads).filter(|(file, read)| is_record(file, read)).map(|(_, read)| read).collect()
}

fn adopted_paths(reads: &[FileRead]) -> BTreeSet<RepoPath> {
    let records = reads.iter().flat_map(|read| &read.found).filter_map(|found| found.lowered.as_ref());
    records
        .filter_map(|lowered| match lowered {
            Lowered::Document(document) if document.adopted => Some(document.text.path.clone()),
            _ => None,
        })
        .collect()
}

fn config_missing(files: &Files) -> Finding {
    let empty = files.is_empty();
    let message =
        if empty { "there is no programme here: no `tickmark.yaml`, no controls, no content" } else { "there is no `tickmark.yaml`" };
    let hint = "`tickmark init` writes one, with a starter programme (`--bare`: without); files that are there already are kept";
    Finding::new(&CONFIG_MISSING, Subject::Programme, message).hint(hint)
}
