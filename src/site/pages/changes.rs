//! Changes of the programme: what each mainline commit landed, who made it, when, and by which route.

use std::{ops::Range, sync::Arc};

use serde::Serialize;

use super::{frame, page};
use crate::{
    model::{CommitIx, Landing, SignatureKind},
    site::{
        Page,
        links::At,
        nav::Frame,
        paging,
        shelf::{CHANGES_A_PAGE, Shelf},
        view::{Link, Pager, Time, counted},
    },
};

/// A change that touches more files than this names the rest by their number.
const FILES_NAMED: usize = 40;

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct Changes {
    /// What stands around it.
    pub frame: Frame,
    /// The way through the list.
    pub pager: Pager,
    /// Changes, newest first.
    pub rows: Vec<ChangeRow>,
    /// How many mainline commits there are in all, in words.
    pub mainline: String,
}

/// One mainline commit that landed programme files.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeRow {
    /// Its anchor.
    pub anchor: String,
    /// Its entry in the whole list.
    pub href: String,
    /// First line of its message; for a merge of one commit's work, the first line of that commit's.
    pub subject: String,
    /// All digits of its id.
    pub id: String,
    /// The first digits.
    pub short: String,
    /// When it landed.
    pub landed: Time,
    /// Who wrote it; for a merge of one commit, who wrote that.
    pub author: Option<Link>,
    /// Who committed it; `None` when it is the author.
    pub committer: Option<Link>,
    /// Reviews and approvals that its trailers name.
    pub reviews: Vec<String>,
    /// How it came to the mainline, as far as its shape shows.
    pub route: String,
    /// Which signature it carries, in words.
    pub signature: &'static str,
    /// The files it landed.
    pub files: Vec<FileRow>,
    /// How many more files; empty when all are named.
    pub more: String,
}

/// One file that a commit landed.
#[derive(Clone, Debug, Serialize)]
pub struct FileRow {
    /// `added`, `changed`, `removed` or `renamed`.
    pub how: &'static str,
    /// The file.
    pub path: String,
    /// Its path before; empty unless renamed.
    pub from: String,
}

/// Plans the pages.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    paging::shares("changes.html", shelf.landings.len(), CHANGES_A_PAGE)
        .into_iter()
        .map(|share| page(shelf, share.path.clone(), "changes.html", move |at| Ok(changes(at, &share))))
        .collect()
}

fn changes(at: At<'_, '_>, share: &paging::Share) -> Changes {
    Changes {
        frame: frame(at, "changes.html", "Changes of the programme"),
        pager: share.pager.clone(),
        rows: rows(at, share.rows.clone()),
        mainline: counted(at.shelf.input.history.mainline.len(), "mainline commit", "mainline commits"),
    }
}

/// The changes in a range of the whole list, newest first.
pub fn rows(at: At<'_, '_>, range: Range<usize>) -> Vec<ChangeRow> {
    let range = range.start..range.end.min(at.shelf.landings.len());
    at.shelf.landings[range].iter().map(|(commit, files)| row(at, *commit, files)).collect()
}

fn row(at: At<'_, '_>, commit: CommitIx, files: &[&Landing]) -> ChangeRow {
    let shelf = at.shelf;
    let view = at.commit(commit);
    let data = shelf.commit(commit);
    let makers: std::collections::BTreeSet<CommitIx> = files.iter().map(|file| file.made_by).collect();
    let maker = match makers.iter().next() {
        Some(only) if makers.len() == 1 => shelf.commit(*only).or(data),
        _ => data,
    };
    let author = maker.map(|maker| at.actor(&maker.author));
    let committer = data.map(|data| at.actor(&data.committer)).filter(|committer| Some(committer) != author.as_ref());
    let reviews = |key: &str| ["reviewed-by", "approved-by", "acked-by"].contains(&key.to_ascii_lowercase().as_str());
    let trailers = [data, maker].into_iter().flatten().flat_map(|commit| &commit.trailers).filter(|trailer| reviews(&trailer.key));
    let mut named: Vec<String> = trailers.map(|trailer| format!("{}: {}", trailer.key, trailer.value)).collect();
    named.dedup();
    ChangeRow {
        anchor: format!("c-{}", view.short),
        href: view.href,
        subject: maker.map(|maker| maker.subject.clone()).filter(|subject| !subject.is_empty()).unwrap_or_else(|| "A commit without a message".to_owned()),
        id: view.id,
        short: view.short,
        landed: at.instant(shelf.input.history.landed(commit)),
        author,
        committer,
        reviews: named,
        route: route(at, commit, &makers),
        signature: data.map_or("not looked at", |data| signature(data.signature)),
        files: files.iter().take(FILES_NAMED).map(|file| file_row(file)).collect(),
        more: match files.len().saturating_sub(FILES_NAMED) {
            0 => String::new(),
            more => counted(more, "more file", "more files"),
        },
    }
}

/// What the shape of history shows about the route. What only a forge knows (who pressed the button) is not seen here.
fn route(at: At<'_, '_>, commit: CommitIx, makers: &std::collections::BTreeSet<CommitIx>) -> String {
    let node = at.shelf.input.history.node(commit);
    let data = at.shelf.commit(commit);
    match node.parents.len() {
        0 => "the first commit".to_owned(),
        1 if data.is_some_and(|data| data.committer.email.eq_ignore_ascii_case("noreply@github.com")) => {
            "committed by the platform: a squash or rebase merge, or an edit on the web".to_owned()
        }
        1 if data.is_some_and(|data| data.author.email != data.committer.email) => "committed by somebody else than its author".to_owned(),
        1 => "committed directly to the mainline".to_owned(),
        _ => {
            let branch = makers.iter().filter(|maker| **maker != commit).count();
            format!("merged from a branch; {} made these files", counted(branch, "commit on it", "commits on it"))
        }
    }
}

fn signature(kind: SignatureKind) -> &'static str {
    match kind {
        SignatureKind::None => "no signature",
        SignatureKind::Ssh => "an SSH signature, not verified",
        SignatureKind::OpenPgp => "an OpenPGP signature, not verified",
        SignatureKind::X509 => "an X.509 signature, not verified",
        SignatureKind::Other => "a signature of another kind, not verified",
    }
}

fn file_row(landing: &Landing) -> FileRow {
    let how = match (&landing.renamed_from, landing.before, landing.after) {
        (Some(_), _, _) => "renamed",
        (None, None, _) => "added",
        (None, Some(_), None) => "removed",
        (None, Some(_), Some(_)) => "changed",
    };
    FileRow { how, path: landing.path.to_string(), from: landing.renamed_from.as_ref().map_or_else(String::new, ToString::to_string) }
}
