//! Artifacts of evidence: what a page shows of each, and the inert copies beside the pages.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    File, FileSource,
    links::At,
    routes::raw,
    shelf::Shelf,
    view::{Link, Mark, counted, number},
};
use crate::{
    id::{ObjectId, RepoPath},
    model::{Artifact, ArtifactTarget, Evidence},
    text,
    tree::sha256_hex,
};

/// No more rows of a table than this are shown; the copy has all.
const ROWS: usize = 50;
/// No more columns than this.
const COLUMNS: usize = 20;
/// No more bytes of a text than this.
pub const TEXT_BYTES: usize = 20_000;

/// One artifact as a page shows it.
#[derive(Clone, Debug, Serialize)]
pub struct ArtifactView {
    /// Its file's name or its address.
    pub name: String,
    /// Its path in the repository; empty for something outside it.
    pub path: String,
    /// The copy beside the pages; an address outside is named and never linked.
    pub copy: Link,
    /// Its size in words; empty when not known.
    pub size: String,
    /// The SHA-256 that the manifest states; empty when it states none.
    pub stated: String,
    /// The SHA-256 of the file; empty when it cannot be read.
    pub actual: String,
    /// Whether the two agree.
    pub agreement: Mark,
    /// The blob; empty for something outside the repository.
    pub blob: String,
    /// What is shown: `table`, `text`, `image` or `none`.
    pub preview: &'static str,
    /// For a table: its first row.
    pub head: Vec<String>,
    /// For a table: the rows below.
    pub rows: Vec<Vec<String>>,
    /// For a text: highlighted, as safe HTML.
    pub html: String,
    /// What the preview leaves out; empty when nothing.
    pub cut: String,
}

/// The artifacts of a record.
///
/// # Errors
/// When the object database cannot be read.
pub fn views(at: At<'_, '_>, record: &Evidence) -> anyhow::Result<Vec<ArtifactView>> {
    record.artifacts.iter().map(|artifact| view(at, artifact)).collect()
}

fn view(at: At<'_, '_>, artifact: &Artifact) -> anyhow::Result<ArtifactView> {
    let stated = artifact.sha256.clone().unwrap_or_default();
    let mut view = ArtifactView {
        name: String::new(),
        path: String::new(),
        copy: Link::default(),
        size: artifact.size.map_or_else(String::new, size_words),
        actual: String::new(),
        agreement: mark("unknown", "not looked at: it lies outside the repository"),
        blob: String::new(),
        preview: "none",
        head: Vec::new(),
        rows: Vec::new(),
        html: String::new(),
        cut: String::new(),
        stated,
    };
    let path = match &artifact.target {
        ArtifactTarget::Uri(uri) => {
            view.name.clone_from(uri);
            return Ok(view);
        }
        ArtifactTarget::File(path) => path,
    };
    path.file_name().clone_into(&mut view.name);
    view.path = path.to_string();
    let Some((blob, size)) = at.shelf.input.programme.files.get(path).copied() else {
        view.agreement = mark("missed", "the file is not in the tree");
        return Ok(view);
    };
    view.blob = blob.to_string();
    view.size = size_words(size);
    match at.shelf.input.blobs.blob(blob)? {
        None => view.agreement = mark("unknown", "the object is missing here (a partial clone)"),
        Some(bytes) => {
            view.copy = at.to(&raw(path, blob), "Open the raw file");
            view.actual = sha256_hex(&bytes);
            view.agreement = agreement(&view.stated, &view.actual);
            preview(&mut view, path, &bytes);
        }
    }
    Ok(view)
}

fn mark(name: &'static str, words: &str) -> Mark {
    Mark { name, words: words.to_owned() }
}

fn agreement(stated: &str, actual: &str) -> Mark {
    match stated {
        "" => mark("uncovered", "the manifest states no hash"),
        stated if stated.eq_ignore_ascii_case(actual) => mark("recorded", "the file has the hash that the manifest states"),
        _ => mark("missed", "the file does not have the hash that the manifest states"),
    }
}

fn preview(view: &mut ArtifactView, path: &RepoPath, bytes: &[u8]) {
    let ending = path.extension();
    match ending.as_str() {
        "png" | "jpg" | "jpeg" | "gif" | "webp" => view.preview = "image",
        _ => match std::str::from_utf8(bytes) {
            Err(_) => view.cut = "This file is not text; open the raw file.".to_owned(),
            Ok(content) if ["csv", "tsv"].contains(&ending.as_str()) => {
                match text::csv_table(content).filter(|table| !table.rows.is_empty()) {
                    Some(rows) => table(view, rows),
                    None => plain(view, content, "txt"),
                }
            }
            Ok(content) => plain(view, content, &ending),
        },
    }
}

fn table(view: &mut ArtifactView, table: text::CsvTable) {
    let (total, width) = (table.total - 1, table.rows.iter().map(Vec::len).max().unwrap_or(0));
    let mut rows = table.rows.into_iter().map(|mut row| {
        row.truncate(COLUMNS);
        row.resize(width.min(COLUMNS), String::new());
        row
    });
    view.preview = "table";
    view.head = rows.next().unwrap_or_default();
    view.rows = rows.take(ROWS).collect();
    let columns = if width > COLUMNS { format!(" and {COLUMNS} of {width} columns") } else { String::new() };
    view.cut = if total > view.rows.len() || width > COLUMNS {
        format!("{} of {}{columns} shown; the raw file has all.", number(view.rows.len()), counted(total, "row", "rows"))
    } else if table.narrowed {
        "Long cells are cut here; the raw file has all.".to_owned()
    } else {
        counted(total, "row below the heading", "rows below the heading")
    };
}

fn plain(view: &mut ArtifactView, content: &str, ending: &str) {
    let mut end = content.len().min(TEXT_BYTES);
    while !content.is_char_boundary(end) {
        end -= 1;
    }
    view.preview = "text";
    view.html = text::highlight(&content[..end], ending);
    if end < content.len() {
        view.cut = format!("The first {} of {} shown; the raw file has all.", size_words(end as u64), size_words(content.len() as u64));
    }
}

fn size_words(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{} bytes", number(bytes as usize)),
        10_000..10_000_000 => format!("{} kB", number((bytes / 1000) as usize)),
        _ => format!("{} MB", number((bytes / 1_000_000) as usize)),
    }
}

/// The inert copies of manifests and artifacts, one for each content and name.
pub fn raw_files<'a>(shelf: &Shelf<'a>) -> Vec<File<'a>> {
    let mut copies: BTreeMap<String, ObjectId> = BTreeMap::new();
    let ids: Vec<_> = shelf.routes.all_evidence().collect();
    for id in ids {
        let Some(record) = super::pages::evidence::record(shelf, id) else {
            if let Some(version) = shelf.input.timelines.evidence.get(id).and_then(|timeline| timeline.first()) {
                copies.insert(raw(&version.path, version.blob), version.blob);
            }
            continue;
        };
        copies.insert(raw(&record.origin.path, record.origin.blob), record.origin.blob);
        for artifact in &record.artifacts {
            if let ArtifactTarget::File(path) = &artifact.target
                && let Some((blob, _)) = shelf.input.programme.files.get(path)
            {
                copies.insert(raw(path, *blob), *blob);
            }
        }
    }
    copies.into_iter().map(|(path, blob)| File { path, source: FileSource::Blob(blob, shelf.input.blobs) }).collect()
}
