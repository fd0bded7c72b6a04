//! All frameworks in scope with their numbers, and the crosswalks between them.

use std::sync::Arc;

use serde::Serialize;

use super::{frame, page};
use crate::{
    model::{Basis, Crosswalk},
    site::{
        Page,
        catalogue::{Catalogue, Tally},
        links::At,
        nav::Frame,
        routes::FrameworkPart,
        shelf::Shelf,
        view::{Link, capitalised, number, plural},
    },
    text::slug,
};

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct Frameworks {
    /// What stands around it.
    pub frame: Frame,
    /// The frameworks in scope.
    pub rows: Vec<FrameworkRow>,
    /// Frameworks in scope of which no line is, by name: their catalogue is not known, or nothing of it is selected.
    pub without: Vec<String>,
    /// The crosswalks between them.
    pub crosswalks: Vec<CrosswalkRow>,
}

/// One framework.
#[derive(Clone, Debug, Serialize)]
pub struct FrameworkRow {
    /// The framework.
    pub framework: Link,
    /// Who publishes it; empty when the catalogue does not say.
    pub publisher: String,
    /// What several of its lines are called.
    pub words: String,
    /// Its numbers.
    pub tally: Tally,
    /// Its statement of applicability; `None` when it asks for none.
    pub statement: Option<Link>,
}

/// One crosswalk.
#[derive(Clone, Debug, Serialize)]
pub struct CrosswalkRow {
    /// Its anchor.
    pub anchor: String,
    /// Its id.
    pub id: String,
    /// The framework from which it reads.
    pub from: Link,
    /// The framework to which it reads.
    pub to: Link,
    /// How many pairs it has.
    pub pairs: String,
    /// Whether its author stated the pairs, or they were computed.
    pub basis: &'static str,
    /// Who stated the pairs; empty when it is not said.
    pub author: String,
    /// Under which licence; empty when it is not said.
    pub licence: String,
    /// Where the pairs were read; empty when it is not said.
    pub source: String,
    /// What a reader should know; empty when nothing.
    pub note: String,
}

/// Plans the page.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    vec![page(shelf, PAGE, "frameworks.html", |at| Ok(frameworks(at)))]
}

const PAGE: &str = "frameworks.html";

fn frameworks(at: At<'_, '_>) -> Frameworks {
    Frameworks {
        frame: frame(at, PAGE, "Frameworks in scope"),
        rows: at.shelf.catalogues.iter().map(|catalogue| framework(at, catalogue)).collect(),
        without: without(at),
        crosswalks: at.shelf.counterparts.crosswalks().iter().map(|crosswalk| self::crosswalk(at, crosswalk)).collect(),
    }
}

fn framework<'a>(at: At<'_, 'a>, catalogue: &Catalogue<'a>) -> FrameworkRow {
    let framework = catalogue.framework;
    let statement = catalogue.stated_groups().next().and_then(|_| at.shelf.routes.framework_part(&framework.id, FrameworkPart::Statement));
    FrameworkRow {
        framework: at.framework(&framework.id),
        publisher: framework.owner.clone(),
        words: capitalised(&plural(&framework.word)),
        tally: catalogue.tally(at, None),
        statement: statement.map(|path| at.to(path, "Statement of applicability")),
    }
}

fn without(at: At<'_, '_>) -> Vec<String> {
    let programme = at.shelf.input.programme;
    let ids = programme.config.scope.frameworks.keys().filter(|id| at.shelf.catalogue(id).is_none());
    ids.map(|id| programme.frameworks.get(id).map_or_else(|| id.to_string(), |framework| framework.name.clone())).collect()
}

fn crosswalk(at: At<'_, '_>, crosswalk: &Crosswalk) -> CrosswalkRow {
    CrosswalkRow {
        anchor: anchor(crosswalk),
        id: crosswalk.id.clone(),
        from: at.framework(&crosswalk.from),
        to: at.framework(&crosswalk.to),
        pairs: number(crosswalk.pairs.len()),
        basis: basis(crosswalk.basis),
        author: crosswalk.author.clone(),
        licence: crosswalk.licence.clone(),
        source: crosswalk.source.clone(),
        note: crosswalk.note.clone(),
    }
}

fn anchor(crosswalk: &Crosswalk) -> String {
    format!("x-{}", slug(&crosswalk.id))
}

/// The word for where the pairs of a crosswalk come from.
pub fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Direct => "direct",
        Basis::Derived => "derived",
    }
}

/// A crosswalk among those that are listed, by its id.
pub fn crosswalk_link(at: At<'_, '_>, crosswalk: &Crosswalk) -> Link {
    at.to(&format!("{PAGE}#{}", anchor(crosswalk)), crosswalk.id.as_str())
}
