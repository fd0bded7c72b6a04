//! Documents that a list adopts: the list says what they are, another file holds their text, and both have a past.
//!
//! Until here such a document has the versions of its list entry. The text is followed backwards from the name it has now,
//! through every rename, and the two are merged: a new text or a new entry is a version each. A text older than the
//! list has what the first entry says of it, but no version, dates or review, since nobody stated them.

use std::collections::BTreeMap;

use super::versions::file;
use crate::{
    id::{ObjectId, RepoPath},
    load::{decode::decode, front::body_of},
    model::{CommitIx, Document, History, Landing, Origin, Timeline, Timelines, Version},
    tree::Blobs,
};

/// Gives adopted documents the timelines of their texts.
///
/// # Errors
/// When the object database cannot be read.
pub(super) fn follow(timelines: &mut Timelines, history: &History, blobs: &dyn Blobs) -> anyhow::Result<()> {
    let mut by_path: BTreeMap<&RepoPath, Vec<&Landing>> = BTreeMap::new();
    for timeline in timelines.documents.values_mut() {
        let Some(path) = adopted_text(timeline) else { continue };
        if by_path.is_empty() {
            for landing in &history.landings {
                by_path.entry(&landing.path).or_default().push(landing);
            }
        }
        let until = timeline.removed.map(|(_, commit)| commit);
        let texts = trail(&by_path, &path, until);
        timeline.versions = merge(std::mem::take(&mut timeline.versions), &texts, history, blobs)?;
    }
    Ok(())
}

/// The file that holds the text of a document which, as far as last known, is adopted.
fn adopted_text(timeline: &Timeline<Document>) -> Option<RepoPath> {
    let last = timeline.versions.iter().rev().find_map(|version| version.record.as_ref())?;
    last.adopted.then(|| last.text.path.clone())
}

/// The landings that gave the text its contents, oldest first.
fn trail<'a>(by_path: &BTreeMap<&RepoPath, Vec<&'a Landing>>, now: &RepoPath, until: Option<CommitIx>) -> Vec<&'a Landing> {
    let mut found: Vec<&Landing> = Vec::new();
    let mut path = now.clone();
    // Landings are in mainline order, so going back means taking only those before the last one that was found.
    loop {
        let earliest = found.last().map(|landing| landing.commit).or(until);
        let landings = by_path.get(&path).map(Vec::as_slice).unwrap_or_default();
        let mut renamed = None;
        for landing in landings.iter().rev().filter(|landing| earliest.is_none_or(|earliest| landing.commit < earliest)) {
            if file(landing.after).is_none() {
                continue;
            }
            found.push(landing);
            if let Some(old) = &landing.renamed_from {
                renamed = Some(old.clone());
                break;
            }
        }
        match renamed {
            Some(old) => path = old,
            None => break,
        }
    }
    found.reverse();
    found
}

/// A text while its versions are made.
struct Text {
    path: RepoPath,
    blob: ObjectId,
    body: Option<String>,
}

/// Merges the versions of the entry with the landings of the text, in the order of the mainline.
fn merge(
    entries: Vec<Version<Document>>,
    texts: &[&Landing],
    history: &History,
    blobs: &dyn Blobs,
) -> anyhow::Result<Vec<Version<Document>>> {
    let first = entries.iter().find_map(|entry| entry.record.clone());
    let mut entries = entries.into_iter().peekable();
    let mut texts = texts.iter().peekable();
    let (mut entry, mut text): (Option<Version<Document>>, Option<Text>) = (None, None);
    let mut merged = Vec::new();
    while let Some(commit) = earlier(entries.peek().and_then(|entry| entry.landed_in), texts.peek().map(|landing| landing.commit)) {
        let mut made_by = None;
        if let Some(next) = entries.next_if(|entry| entry.landed_in == Some(commit)) {
            made_by = next.made_by;
            entry = Some(next);
        }
        if let Some(landing) = texts.next_if(|landing| landing.commit == commit) {
            made_by = Some(landing.made_by);
            let unfenced =
                entry.as_ref().and_then(|entry| entry.record.as_ref()).or(first.as_ref()).is_some_and(|document| document.unfenced);
            text = read(landing, unfenced, blobs)?;
        }
        merged.extend(version(commit, made_by, entry.as_ref(), text.as_ref(), first.as_ref(), history));
    }
    Ok(merged)
}

fn earlier(a: Option<CommitIx>, b: Option<CommitIx>) -> Option<CommitIx> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn read(landing: &Landing, unfenced: bool, blobs: &dyn Blobs) -> anyhow::Result<Option<Text>> {
    let Some(blob) = file(landing.after) else { return Ok(None) };
    let body = blobs.blob(blob)?.map(|bytes| body_of(&decode(&bytes).text, unfenced).to_owned());
    Ok(Some(Text { path: landing.path.clone(), blob, body }))
}

fn version(
    commit: CommitIx,
    made_by: Option<CommitIx>,
    entry: Option<&Version<Document>>,
    text: Option<&Text>,
    first: Option<&Document>,
    history: &History,
) -> Option<Version<Document>> {
    let stated = match entry {
        Some(entry) => entry.record.clone(),
        None => first.map(unstated),
    };
    // An own front matter, before the list took the document over, holds its text itself.
    let own = stated.as_ref().is_some_and(|document| !document.adopted);
    let (path, blob, record) = match (text, entry) {
        (_, Some(entry)) if own => (entry.path.clone(), entry.blob, stated),
        (Some(text), _) => {
            let place = Origin { path: text.path.clone(), line: 1, blob: text.blob };
            let record = stated.zip(text.body.clone()).map(|(stated, body)| Document { text: place, body, ..stated });
            (text.path.clone(), text.blob, record)
        }
        (None, Some(entry)) => (entry.path.clone(), entry.blob, None),
        (None, None) => return None,
    };
    Some(Version { landed: history.landed(commit), landed_in: Some(commit), made_by, path, blob, record })
}

/// A document before any list spoke of it.
fn unstated(first: &Document) -> Document {
    Document { version: String::new(), effective_from: None, reviewed_on: None, ..first.clone() }
}
