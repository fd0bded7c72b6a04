//! What now: findings that are work, in two lists that are never mixed: what cannot be mended in this window, and what can.
//! The first page begins both; where a list is longer, its other pages hold it alone.

use std::sync::Arc;

use serde::Serialize;

use super::{Heading, page};
use crate::{
    assess::{Gap, Recoverable},
    site::{
        Page,
        links::{At, days},
        nav::Frame,
        paging,
        routes::nth_page,
        shelf::Shelf,
        view::{GapRow, Pager, counted},
    },
};

/// How many gaps of one list a page holds: each may bring a ready text of a kilobyte, and the first page begins two lists.
const GAPS_A_PAGE: usize = 30;
/// Lists that together have no more than this are not cut: all gaps of a usual programme stand on one page.
const ONE_PAGE: usize = 80;

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct Gaps {
    /// What stands around it.
    pub frame: Frame,
    /// The window's days.
    pub window: String,
    /// Gaps that can still be mended; `None` on a page that holds only the other list.
    pub open: Option<GapList>,
    /// Gaps that cannot be mended in this window; `None` on a page that holds only the other list.
    pub fixed: Option<GapList>,
}

/// A page's share of one of the two lists.
#[derive(Clone, Debug, Serialize)]
pub struct GapList {
    /// How many gaps the whole list has, in words.
    pub count: String,
    /// The way through the list.
    pub pager: Pager,
    /// The gaps of this page, by rank.
    pub rows: Vec<GapRow>,
}

/// One of the two lists, cut into pages.
struct Cut<'a> {
    gaps: Vec<&'a Gap>,
    shares: Vec<paging::Share>,
}

/// Plans the pages.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    let heading = Heading { section: "gaps.html", title: "What now".to_owned(), above: Vec::new() };
    pages(shelf, "gaps.html", &heading, shelf.input.assessment.gaps.iter(), |at, gap| at.gap(gap))
}

/// The pages of some gaps, in both lists, the first of which is `first`; `show` makes a row.
pub fn pages<'a>(
    shelf: &Arc<Shelf<'a>>,
    first: &str,
    heading: &Heading,
    gaps: impl Iterator<Item = &'a Gap>,
    show: impl Fn(At<'_, 'a>, &'a Gap) -> GapRow + Copy + Send + Sync + 'a,
) -> Vec<Page<'a>> {
    let (fixed, open): (Vec<_>, Vec<_>) = gaps.partition(|gap| gap.recoverable == Recoverable::NotInWindow);
    let size = a_page(open.len() + fixed.len());
    let cut = |gaps: Vec<&'a Gap>, anchor: &str| {
        let address = |number| match number {
            1 => format!("{first}#{anchor}"),
            number => place(first, anchor, number),
        };
        Arc::new(Cut { shares: paging::shares_at(gaps.len(), size, address), gaps })
    };
    let (open, fixed) = (cut(open, "open"), cut(fixed, "fixed"));
    let list = move |at: At<'_, 'a>, cut: &Cut<'a>, number: usize| {
        let share = &cut.shares[number];
        let rows = cut.gaps[share.rows.clone()].iter().map(|gap| show(at, gap)).collect();
        GapList { count: counted(cut.gaps.len(), "gap", "gaps"), pager: share.pager.clone(), rows }
    };
    let whole = |at: At<'_, 'a>, heading: &Heading, open, fixed| {
        Ok(Gaps { frame: heading.frame(at), window: days(at.shelf.input.assessment.window.range), open, fixed })
    };
    let both = (Arc::clone(&open), Arc::clone(&fixed), heading.clone());
    let begin = move |at: At<'_, 'a>| whole(at, &both.2, Some(list(at, &both.0, 0)), Some(list(at, &both.1, 0)));
    let mut pages = vec![page(shelf, first, "gaps.html", begin)];
    for number in 1..open.shares.len() {
        let (open, heading) = (Arc::clone(&open), heading.clone());
        let path = open.shares[number].path.clone();
        pages.push(page(shelf, path, "gaps.html", move |at| whole(at, &heading, Some(list(at, &open, number)), None)));
    }
    for number in 1..fixed.shares.len() {
        let (fixed, heading) = (Arc::clone(&fixed), heading.clone());
        let path = fixed.shares[number].path.clone();
        pages.push(page(shelf, path, "gaps.html", move |at| whole(at, &heading, None, Some(list(at, &fixed, number)))));
    }
    pages
}

/// How many gaps of one list a page holds when there are so many in all.
fn a_page(total: usize) -> usize {
    if total <= ONE_PAGE { ONE_PAGE } else { GAPS_A_PAGE }
}

/// The path of a list's page from the second on: `gaps--2.html`, `gaps--fixed--2.html`.
fn place(first: &str, anchor: &str, number: usize) -> String {
    match anchor {
        "open" => nth_page(first, number),
        other => nth_page(&format!("{}--{other}.html", first.trim_end_matches(".html")), number),
    }
}

/// Where each gap's full row stands among all gaps, by rank.
pub fn places<'a>(gaps: &'a [Gap]) -> impl Iterator<Item = (usize, String)> + 'a {
    let size = a_page(gaps.len());
    let (mut open, mut fixed) = (0, 0);
    gaps.iter().map(move |gap| {
        let (anchor, count) = if gap.recoverable == Recoverable::NotInWindow { ("fixed", &mut fixed) } else { ("open", &mut open) };
        let number = *count / size + 1;
        *count += 1;
        let page = if number == 1 { "gaps.html".to_owned() } else { place("gaps.html", anchor, number) };
        (gap.rank, format!("{page}#gap-{}", gap.rank))
    })
}
