//! All evidence, newest performance first, on as many pages as it takes.

use std::sync::Arc;

use serde::Serialize;

use super::{evidence, frame, page};
use crate::{
    id::EvidenceId,
    site::{
        Page,
        links::At,
        nav::Frame,
        paging,
        shelf::Shelf,
        view::{Link, Mark, Pager, Time},
    },
};

/// How many records a page lists.
const RECORDS_A_PAGE: usize = 100;

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct Records {
    /// What stands around it.
    pub frame: Frame,
    /// The way through the list.
    pub pager: Pager,
    /// Records, newest first.
    pub rows: Vec<RecordRow>,
}

/// One record in a list.
#[derive(Clone, Debug, Serialize)]
pub struct RecordRow {
    /// The record, by a sentence.
    pub record: Link,
    /// The controls it shows, by id.
    pub controls: String,
    /// Its period; empty when it names none.
    pub period: String,
    /// The claimed day; empty when it names none.
    pub performed_on: String,
    /// When it landed; `None` when the mainline never held it.
    pub landed: Option<Time>,
    /// The outcome of the obligation it answers, or what it is instead.
    pub mark: Mark,
    /// What came of the performance, as written.
    pub result: &'static str,
}

/// Plans the pages.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    let order: Arc<[EvidenceId]> = ordered(shelf).into();
    paging::shares("evidence.html", order.len(), RECORDS_A_PAGE)
        .into_iter()
        .map(|share| {
            let order = Arc::clone(&order);
            page(shelf, share.path.clone(), "records.html", move |at| {
                Ok(Records {
                    frame: frame(at, "evidence.html", "Evidence"),
                    pager: share.pager.clone(),
                    rows: order[share.rows.clone()].iter().map(|id| row(at, id)).collect(),
                })
            })
        })
        .collect()
}

/// All records, the newest claimed day first, then by id.
fn ordered(shelf: &Shelf<'_>) -> Vec<EvidenceId> {
    let mut ids: Vec<EvidenceId> = shelf.routes.all_evidence().cloned().collect();
    let day = |id: &EvidenceId| evidence::record(shelf, id).and_then(|record| record.performed_on);
    ids.sort_by_cached_key(|id| (std::cmp::Reverse(day(id)), id.clone()));
    ids
}

fn row(at: At<'_, '_>, id: &EvidenceId) -> RecordRow {
    let record = evidence::record(at.shelf, id);
    let controls: Vec<&str> = record.map_or_else(Vec::new, |record| record.controls.iter().map(crate::id::ControlId::as_str).collect());
    let first = at.shelf.input.timelines.evidence.get(id).and_then(|timeline| timeline.first());
    RecordRow {
        record: at.evidence(id),
        controls: controls.join(", "),
        period: record.and_then(|record| record.period).map_or_else(String::new, |period| period.to_string()),
        performed_on: record.and_then(|record| record.performed_on).map_or_else(String::new, |day| day.to_string()),
        landed: first.map(|version| at.instant(version.landed)),
        mark: evidence::standing(at.shelf, id),
        result: record.map_or("", |record| evidence::result_words(record.result)),
    }
}
