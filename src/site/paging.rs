//! Long lists on several pages: a page of a thousand rows costs a browser more than a thousand small pages.

use super::{
    routes::{nth_page, relative},
    view::{Pager, PagerItem, number},
};

/// One page's share of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The page's path.
    pub path: String,
    /// The rows it holds, as a range of the whole list.
    pub rows: std::ops::Range<usize>,
    /// The way through the list.
    pub pager: Pager,
}

/// A list of more pages than this names only the first, the last, and those beside the one being shown.
const PAGES_NAMED: usize = 15;
/// How many pages on either side of the one being shown are named in a long list.
const BESIDE: usize = 3;

/// Cuts a list of `total` rows into pages; an empty list still has its one page.
pub fn shares(first: &str, total: usize, a_page: usize) -> Vec<Share> {
    shares_at(total, a_page, |number| nth_page(first, number))
}

/// As [`shares`], for a list whose pages (numbered from 1) have their own way of being named.
pub fn shares_at(total: usize, a_page: usize, page: impl Fn(usize) -> String) -> Vec<Share> {
    let count = total.div_ceil(a_page).max(1);
    (0..count)
        .map(|at| {
            let path = page(at + 1);
            let rows = at * a_page..total.min((at + 1) * a_page);
            let summary = match (total, count) {
                (0, _) => "no rows".to_owned(),
                (1, _) => "1 row".to_owned(),
                (_, 1) => format!("{} rows", number(total)),
                _ => format!("rows {} to {} of {}", number(rows.start + 1), number(rows.end), number(total)),
            };
            let item = |other: usize| PagerItem { href: relative(&path, &page(other + 1)), text: number(other + 1), current: other == at };
            Share { rows, pager: Pager { summary, pages: named(count, at).into_iter().map(item).collect() }, path }
        })
        .collect()
}

/// The pages (from 0) that the page at `at` names: from any of them every other can be reached.
fn named(count: usize, at: usize) -> Vec<usize> {
    let near = |page: &usize| {
        count <= PAGES_NAMED
            || *page == 0
            || page + 1 == count
            || page.abs_diff(at) <= BESIDE
            || (page + 1).is_multiple_of(10) && page.abs_diff(at) <= 10 * BESIDE
    };
    if count == 1 { Vec::new() } else { (0..count).filter(near).collect() }
}

/// The page that holds the row at `at` (from 0).
pub fn page_of(first: &str, at: usize, a_page: usize) -> String {
    nth_page(first, at / a_page + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_stands_on_one_page() {
        let pages = shares("populations/changes.html", 412, 200);
        let names: Vec<&str> = pages.iter().map(|share| share.path.as_str()).collect();
        assert_eq!(names, ["populations/changes.html", "populations/changes--2.html", "populations/changes--3.html"]);
        assert_eq!(pages[2].rows, 400..412);
        assert_eq!(pages[1].pager.summary, "rows 201 to 400 of 412");
        assert_eq!(page_of("populations/changes.html", 216, 200), "populations/changes--2.html");
        let long: Vec<usize> = named(200, 99);
        assert_eq!(long, [0, 69, 79, 89, 96, 97, 98, 99, 100, 101, 102, 109, 119, 129, 199]);
        assert_eq!(shares("a.html", 0, 50)[0].pager, Pager { summary: "no rows".to_owned(), pages: Vec::new() });
    }
}
