//! The lines of a framework with one coverage: the lists behind its numbers.

use std::sync::Arc;

use serde::Serialize;

use super::{
    framework::{LineLink, line_link},
    page,
};
use crate::{
    assess::Coverage,
    model::{Requirement, Standing},
    site::{
        Page,
        catalogue::{Catalogue, LISTED_A_PAGE},
        links::At,
        nav::Frame,
        paging,
        routes::FrameworkPart,
        shelf::Shelf,
        view::{Link, Mark, Pager, counted, plural, said},
    },
};

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct Lines {
    /// What stands around it.
    pub frame: Frame,
    /// The coverage, with what it means.
    pub mark: Mark,
    /// How many there are, in words.
    pub count: String,
    /// What the coverage means.
    pub meaning: &'static str,
    /// The lists of the other coverages.
    pub others: Vec<Link>,
    /// The way through the list.
    pub pager: Pager,
    /// The lines by group.
    pub groups: Vec<LineGroup>,
}

/// The lines of one group.
#[derive(Clone, Debug, Serialize)]
pub struct LineGroup {
    /// Its anchor.
    pub anchor: String,
    /// Its id; empty for lines without a group.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The lines.
    pub rows: Vec<LineRow>,
}

/// One line.
#[derive(Clone, Debug, Serialize)]
pub struct LineRow {
    /// The line.
    pub line: LineLink,
    /// What is done in its place; safe HTML, empty when nothing is.
    pub alternative_html: String,
    /// Why that, or why it does not apply; safe HTML, empty when neither holds.
    pub reason_html: String,
}

/// The coverages in the order in which their lists are named.
const COVERAGES: [Coverage; 4] = [Coverage::Uncovered, Coverage::Covered, Coverage::Alternative, Coverage::NotApplicable];

/// Plans the pages: a list for each coverage that occurs.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    let mut pages = Vec::new();
    for (at, catalogue) in shelf.catalogues.iter().enumerate() {
        for coverage in COVERAGES {
            let Some(first) = shelf.routes.framework_part(&catalogue.framework.id, FrameworkPart::Lines(coverage)) else { continue };
            let lines: Arc<[(usize, &'a Requirement)]> = catalogue.with(coverage).into();
            if lines.is_empty() {
                continue;
            }
            for share in paging::shares(first, lines.len(), LISTED_A_PAGE) {
                let lines = Arc::clone(&lines);
                let path = share.path.clone();
                let make = move |here: At<'_, 'a>| Ok(list(here, &here.shelf.catalogues[at], coverage, &lines, &share));
                pages.push(page(shelf, path, "lines.html", make));
            }
        }
    }
    pages
}

fn list<'a>(
    at: At<'_, 'a>,
    catalogue: &Catalogue<'a>,
    coverage: Coverage,
    lines: &[(usize, &'a Requirement)],
    share: &paging::Share,
) -> Lines {
    let framework = catalogue.framework;
    let mark = Mark::coverage(coverage);
    let title = format!("{}: {}", framework.name, title(coverage));
    let mut groups: Vec<LineGroup> = Vec::new();
    let mut last = None;
    for (number, line) in &lines[share.rows.clone()] {
        if last != Some(number) {
            let group = &catalogue.groups[*number];
            let (id, title) = (group.id().to_owned(), group.title().to_owned());
            groups.push(LineGroup { anchor: group.anchor.clone(), id, title, rows: Vec::new() });
            last = Some(number);
        }
        if let Some(group) = groups.last_mut() {
            let (alternative_html, reason_html) = reason(at, catalogue, line);
            group.rows.push(LineRow { line: line_link(at, catalogue, line), alternative_html, reason_html });
        }
    }
    let crumbs = vec![at.to("frameworks.html", "Frameworks"), at.framework(&framework.id)];
    Lines {
        frame: Frame::new(at, "frameworks.html", title, crumbs),
        count: counted(lines.len(), &framework.word, &plural(&framework.word)),
        mark,
        meaning: meaning(coverage),
        others: COVERAGES.into_iter().filter(|other| *other != coverage).filter_map(|other| self::other(at, catalogue, other)).collect(),
        pager: share.pager.clone(),
        groups,
    }
}

fn other(at: At<'_, '_>, catalogue: &Catalogue<'_>, coverage: Coverage) -> Option<Link> {
    let count = catalogue.with(coverage).len();
    let path = at.shelf.routes.framework_part(&catalogue.framework.id, FrameworkPart::Lines(coverage)).filter(|_| count > 0)?;
    Some(at.to(path, format!("{} {}", crate::site::view::number(count), title(coverage))))
}

/// What is done in a line's place, and why it does not apply or is answered otherwise.
fn reason(at: At<'_, '_>, catalogue: &Catalogue<'_>, line: &Requirement) -> (String, String) {
    match at.shelf.input.programme.standing(catalogue.framework, line) {
        Standing::NotApplicable(reason) => (String::new(), said(reason)),
        Standing::Alternative(what, reason) => (said(what), said(reason)),
        Standing::Applies => (String::new(), String::new()),
    }
}

fn title(coverage: Coverage) -> &'static str {
    match coverage {
        Coverage::Covered => "covered",
        Coverage::Uncovered => "uncovered",
        Coverage::Alternative => "with an alternative",
        Coverage::NotApplicable => "not applicable",
    }
}

fn meaning(coverage: Coverage) -> &'static str {
    match coverage {
        Coverage::Covered => "Of each, at least one control in place says that it serves it. Whether it does is for an examination to say.",
        Coverage::Uncovered => "No control in place says that it serves them. Drafts, policies and suggestions of a crosswalk do not count.",
        Coverage::Alternative => "Addressable and without a control in place, each with a recorded alternative and its reason.",
        Coverage::NotApplicable => "Each is declared not applicable, with a reason.",
    }
}
