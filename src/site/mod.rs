//! The readiness site as a plan: which pages there are and what each shows. No HTML, no template engine, no disk.
//!
//! Pages are planned first and made when they are rendered: [`Page::context`] looks everything up at that moment, so
//! that a programme of thousands of records never holds all of its pages at once.
//!
//! What is not here: layout and words of the theme (`themes/default`), rendering ([`crate::render`]), writing
//! ([`crate::emit`]), and any judgement ([`crate::assess`]).

mod artifacts;
mod catalogue;
mod desk;
mod links;
mod nav;
mod pages;
mod paging;
mod routes;
mod shelf;
mod view;

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use anyhow::Context;

pub use nav::{Crumb, Frame, NavGroup, NavItem, Stamped};
pub use pages::{KINDS, Kind, PageContext};
pub use view::*;

use crate::{
    assess::Assessment,
    assets,
    diag::Code,
    id::ObjectId,
    model::{Crosswalk, History, Programme, Timelines},
    text,
    tree::Blobs,
};

/// The folder of the theme's files that are copied as they are.
const STATIC: &str = "themes/default/static";

/// What the site is made from.
#[derive(Clone, Copy)]
pub struct SiteInput<'a> {
    /// The programme as the tip holds it.
    pub programme: &'a Programme,
    /// The history behind the tip.
    pub history: &'a History,
    /// The records through that history.
    pub timelines: &'a Timelines,
    /// What is judged.
    pub assessment: &'a Assessment,
    /// The crosswalks there are, by id; those between frameworks in scope are shown.
    pub crosswalks: &'a BTreeMap<String, Crosswalk>,
    /// Where texts and artifacts are read.
    pub blobs: &'a dyn Blobs,
    /// What every page says about itself.
    pub stamp: &'a Stamp,
    /// Every code there is, for the rules' pages.
    pub codes: &'a [&'static Code],
}

/// What every page says about how it was made.
#[derive(Clone, Debug)]
pub struct Stamp {
    /// The tool's version.
    pub tool_version: String,
    /// The commit assessed; `None` when there is none.
    pub tip: Option<ObjectId>,
    /// The branch it was read from; empty when the commit was named otherwise.
    pub branch: String,
    /// The instant of the assessment, ISO 8601 with its offset.
    pub as_of_text: String,
    /// Whether everything shown stands in the commit; `false` for a working directory.
    pub committed: bool,
}

type Make<'a> = Box<dyn Fn() -> anyhow::Result<PageContext> + Send + Sync + 'a>;

/// One page to be rendered.
pub struct Page<'a> {
    /// Its path from the site's root (`controls/ac-03.html`).
    pub path: String,
    /// The template that shows it.
    pub template: &'static str,
    make: Make<'a>,
}

impl Page<'_> {
    /// What the template gets.
    ///
    /// # Errors
    /// When a text or artifact cannot be read from the object database.
    pub fn context(&self) -> anyhow::Result<PageContext> {
        (self.make)().with_context(|| format!("cannot gather what {} shows", self.path))
    }
}

/// One file to be copied.
pub struct File<'a> {
    /// Its path from the site's root.
    pub path: String,
    /// Where its bytes come from.
    pub source: FileSource<'a>,
}

/// Where a copied file's bytes come from.
pub enum FileSource<'a> {
    /// They are at hand.
    Bytes(Cow<'static, [u8]>),
    /// A blob of the repository.
    Blob(ObjectId, &'a dyn Blobs),
}

impl File<'_> {
    /// The file's bytes; `None` when the blob is missing here (a partial clone), which the pages say too.
    ///
    /// # Errors
    /// When the object database cannot be read.
    pub fn bytes(&self) -> anyhow::Result<Option<Cow<'_, [u8]>>> {
        match &self.source {
            FileSource::Bytes(bytes) => Ok(Some(Cow::Borrowed(bytes))),
            FileSource::Blob(id, blobs) => {
                Ok(blobs.blob(*id).with_context(|| format!("cannot read the object behind {}", self.path))?.map(Cow::Owned))
            }
        }
    }
}

/// Everything the site will consist of.
pub struct Plan<'a> {
    /// Pages, in the order of their kinds.
    pub pages: Vec<Page<'a>>,
    /// Files copied as they are: the theme's and the raw records.
    pub files: Vec<File<'a>>,
}

/// Plans the site.
///
/// # Errors
/// When two pages would stand at the same path, which is a defect of this program.
pub fn plan<'a>(input: &SiteInput<'a>) -> anyhow::Result<Plan<'a>> {
    let shelf = Arc::new(shelf::Shelf::new(*input));
    let pages: Vec<Page<'a>> = KINDS.iter().flat_map(|kind| (kind.plan)(&shelf)).collect();
    let mut files = static_files();
    files.extend(artifacts::raw_files(&shelf));
    files.extend(pages::statement::files(&shelf));
    let mut paths: Vec<&str> = pages.iter().map(|page| page.path.as_str()).chain(files.iter().map(|file| file.path.as_str())).collect();
    paths.sort_unstable();
    if let Some(twice) = paths.windows(2).find(|pair| pair[0] == pair[1]) {
        anyhow::bail!("two pages would stand at {}", twice[0]);
    }
    Ok(Plan { pages, files })
}

fn static_files() -> Vec<File<'static>> {
    let colours =
        File { path: "static/highlight.css".to_owned(), source: FileSource::Bytes(Cow::Borrowed(text::highlight_css().as_bytes())) };
    let theme = assets::list(STATIC).into_iter().filter_map(|path| {
        let name = path.strip_prefix("themes/default/")?.to_owned();
        Some(File { path: name, source: FileSource::Bytes(assets::read(&path)?) })
    });
    theme.chain([colours]).collect()
}
