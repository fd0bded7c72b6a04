//! The header of a document of comply: YAML from the first line, or between fences, up to a line `---`.

use std::ops::Range;

use crate::{
    import::node::{entries, is_map, items, other_keys, text},
    load::{Front, Limits, Node, foreign_yaml, front},
};

/// A document's header and text.
pub(super) struct Header {
    /// A procedure's id.
    pub id: Option<String>,
    /// The title.
    pub name: Option<String>,
    /// The document's letters.
    pub acronym: Option<String>,
    /// A procedure's schedule.
    pub cron: Option<String>,
    /// Standard and id, in the order of the text.
    pub satisfies: Vec<(String, String)>,
    /// In the order of the text.
    pub revisions: Vec<Revision>,
    /// Whether no fence opens the header.
    pub unfenced: bool,
    /// The text after the header.
    pub body: String,
    /// What the reader should know of the header, as sentences.
    pub remarks: Vec<String>,
}

/// One entry of `majorRevisions`.
pub(super) struct Revision {
    /// As written.
    pub date: String,
    /// As written; empty when absent.
    pub comment: String,
}

const KEYS: [&str; 6] = ["id", "name", "acronym", "cron", "satisfies", "majorRevisions"];

/// Reads the header; `Err` is why the document is left.
pub(super) fn header(whole: &str) -> Result<Header, String> {
    let (yaml, body, unfenced) = parts(whole)?;
    let read = foreign_yaml(whole, yaml, Limits::RECORDS).map_err(|why| format!("its header is not used: {why}"))?;
    let root = read.root.ok_or("its header is empty")?;
    if !is_map(&root) {
        return Err(format!("its header is {}, not keys with values", root.kind_word()));
    }
    let mut remarks = read.repeats;
    let others = other_keys(&root, &KEYS);
    if !others.is_empty() {
        remarks.push(format!("its header has keys that comply does not know, which were not taken: {}", others.join(", ")));
    }
    if text(&root, "name").is_none() {
        remarks.push("its header has no name; the file's name stands in for the title".to_owned());
    }
    Ok(Header {
        id: text(&root, "id").map(str::to_owned),
        name: text(&root, "name").map(str::to_owned),
        acronym: text(&root, "acronym").map(str::to_owned),
        cron: text(&root, "cron").map(str::to_owned),
        satisfies: satisfies(&root, &mut remarks),
        revisions: revisions(&root, &mut remarks),
        unfenced,
        body: whole[body].to_owned(),
        remarks,
    })
}

/// Where the YAML and the text stand, and whether no fence opens the YAML.
fn parts(whole: &str) -> Result<(Range<usize>, Range<usize>, bool), String> {
    match front(whole) {
        Front::Found { yaml, body } => return Ok((yaml, body, false)),
        Front::Unclosed(_) => return Err("its header is never closed by a line `---`".to_owned()),
        Front::Missing => {}
    }
    let mut at = 0;
    for line in whole.split_inclusive('\n') {
        let next = at + line.len();
        if line.trim_end() == "---" {
            return Ok((0..at, next..whole.len(), true));
        }
        at = next;
    }
    Err("it has no line `---` that ends a header".to_owned())
}

fn satisfies(root: &Node, remarks: &mut Vec<String>) -> Vec<(String, String)> {
    let Some(node) = root.get("satisfies").filter(|node| !node.is_null()) else { return Vec::new() };
    if !is_map(node) {
        remarks.push(format!("`satisfies` is {}, where standards with ids are expected; it was not taken", node.kind_word()));
        return Vec::new();
    }
    let mut claims = Vec::new();
    for entry in entries(node) {
        let ids: Vec<&str> = entry.value.texts().into_iter().map(str::trim).filter(|id| !id.is_empty()).collect();
        if ids.len() < items(&entry.value).len() || ids.is_empty() && !entry.value.is_null() {
            remarks.push(format!("`satisfies` of {} holds values that are no ids; they were not taken", entry.key));
        }
        claims.extend(ids.into_iter().map(|id| (entry.key.clone(), id.to_owned())));
    }
    claims
}

fn revisions(root: &Node, remarks: &mut Vec<String>) -> Vec<Revision> {
    let Some(node) = root.get("majorRevisions").filter(|node| !node.is_null()) else { return Vec::new() };
    let read = items(node).iter().filter(|item| is_map(item)).map(|item| Revision {
        date: text(item, "date").unwrap_or_default().to_owned(),
        comment: text(item, "comment").unwrap_or_default().to_owned(),
    });
    let read: Vec<Revision> = read.collect();
    if read.len() < items(node).len().max(1) {
        remarks.push("`majorRevisions` holds values that are no revisions; they were not taken".to_owned());
    }
    read
}
