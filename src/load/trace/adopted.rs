//! Texts of adopted documents through history: followed backwards from the name they have now, through every rename.
//!
//! What the list says today (id, title, owner, status) stands for all versions; version, dates and review stand for the
//! last one only, since nobody stated them for the earlier ones. An earlier text was in force from its landing.

use std::collections::BTreeMap;

use super::versions::file;
use crate::{
    id::RepoPath,
    load::{decode::decode, front::body_of},
    model::{Document, History, Landing, Origin, Programme, Timeline, Timelines, Version},
    tree::Blobs,
};

/// Adds the timelines of adopted documents.
///
/// # Errors
/// When the object database cannot be read.
pub(super) fn follow(timelines: &mut Timelines, history: &History, programme: &Programme, blobs: &dyn Blobs) -> anyhow::Result<()> {
    let adopted: Vec<&Document> = programme.documents.values().filter(|document| document.adopted).collect();
    if adopted.is_empty() {
        return Ok(());
    }
    let mut by_path: BTreeMap<&RepoPath, Vec<&Landing>> = BTreeMap::new();
    for landing in &history.landings {
        by_path.entry(&landing.path).or_default().push(landing);
    }
    for document in adopted {
        let landings = trail(&by_path, &document.text.path);
        if let Some(timeline) = timeline(document, &landings, history, blobs)? {
            timelines.documents.insert(document.id.clone(), timeline);
        }
    }
    Ok(())
}

/// The landings that gave the text its contents, oldest first.
fn trail<'a>(by_path: &BTreeMap<&RepoPath, Vec<&'a Landing>>, now: &RepoPath) -> Vec<&'a Landing> {
    let mut found: Vec<&Landing> = Vec::new();
    let mut path = now.clone();
    // Landings are in mainline order, so going back means taking only those before the last one that was found.
    loop {
        let earliest = found.last().map(|landing| landing.commit);
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

fn timeline(
    document: &Document,
    landings: &[&Landing],
    history: &History,
    blobs: &dyn Blobs,
) -> anyhow::Result<Option<Timeline<Document>>> {
    let mut versions = Vec::new();
    for (at, landing) in landings.iter().enumerate() {
        let Some(blob) = file(landing.after) else { continue };
        let body = blobs.blob(blob)?.map(|bytes| body_of(&decode(&bytes).text).to_owned());
        let text = Origin { path: landing.path.clone(), line: 1, blob };
        let record = body.map(|body| if at + 1 == landings.len() { last(document, text, body) } else { earlier(document, text, body) });
        versions.push(Version {
            landed: history.landed(landing.commit),
            landed_in: Some(landing.commit),
            made_by: Some(landing.made_by),
            path: landing.path.clone(),
            blob,
            record,
        });
    }
    Ok((!versions.is_empty()).then_some(Timeline { versions, removed: None }))
}

fn last(document: &Document, text: Origin, body: String) -> Document {
    Document { text, body, ..document.clone() }
}

fn earlier(document: &Document, text: Origin, body: String) -> Document {
    Document { text, body, version: String::new(), effective_from: None, reviewed_on: None, ..document.clone() }
}
