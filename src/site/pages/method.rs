//! How all is computed: what was read, what could not be seen, what is assumed, what is not done.

use std::sync::Arc;

use serde::Serialize;

use super::{frame, page};
use crate::{
    date::Date,
    diag::Subject,
    model::{EdgeRule, MissingSight, Skipped},
    site::{
        Page,
        links::At,
        nav::Frame,
        shelf::Shelf,
        view::{FindingRow, counted, lapse_words, number},
    },
};

/// No more left-out things than this are named.
const SKIPPED_NAMED: usize = 200;

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct Method {
    /// What stands around it.
    pub frame: Frame,
    /// How many commits the tip reaches, in words.
    pub commits: String,
    /// How many of them form the mainline, in words.
    pub mainline: String,
    /// How many changes to programme files were seen, in words.
    pub changes: String,
    /// Why history is not wholly seen, with the mending commands.
    pub missing: Vec<MissingSight>,
    /// What was met and left out.
    pub skipped: Vec<Skipped>,
    /// How many things were left out, in words.
    pub skipped_count: String,
    /// Records that could not be read.
    pub unread: Vec<String>,
    /// The zone in which days begin and end.
    pub zone: &'static str,
    /// The fiscal year's first month, by name.
    pub fiscal_month: String,
    /// How many holidays are declared, in words.
    pub holidays: String,
    /// The rule for periods at the window's edges, as a sentence.
    pub edge: &'static str,
    /// How far ahead counts as due soon.
    pub due_soon: String,
    /// How late after the claimed day counts as recorded after the fact.
    pub contemporaneous: String,
    /// Findings about the programme as a whole and about its history.
    pub findings: Vec<FindingRow>,
}

/// A month's name; months are counted from 1.
fn month_name(month: u32) -> String {
    Date::from_ymd_opt(2000, month, 1).map_or_else(|| format!("month {month}"), |day| day.format("%B").to_string())
}

/// Plans the page.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    vec![page(shelf, "method.html", "method.html", |at| Ok(method(at)))]
}

fn method(at: At<'_, '_>) -> Method {
    let input = &at.shelf.input;
    let (history, config) = (input.history, &input.programme.config);
    let mut findings = at.findings_about(&Subject::History);
    findings.extend(at.findings_about(&Subject::Programme));
    Method {
        frame: frame(at, "method.html", "How all of this is computed"),
        commits: counted(history.nodes.len(), "commit", "commits"),
        mainline: counted(history.mainline.len(), "commit", "commits"),
        changes: counted(history.changes.len(), "change", "changes"),
        missing: history.missing.clone(),
        skipped: history.skipped.iter().take(SKIPPED_NAMED).cloned().collect(),
        skipped_count: number(history.skipped.len()),
        unread: input.programme.unread.iter().map(|record| record.path.to_string()).collect(),
        zone: config.organization.zone.name(),
        fiscal_month: month_name(config.organization.calendar.fiscal_month),
        holidays: counted(config.organization.calendar.holidays.len(), "holiday", "holidays"),
        edge: match config.assumptions.edge {
            EdgeRule::DueInWindow => "periods whose due day lies in the window are expected (due_in_window)",
            EdgeRule::FullyContained => "periods that lie in the window with all their days are expected (fully_contained)",
        },
        due_soon: lapse_words(config.assumptions.due_soon),
        contemporaneous: lapse_words(config.assumptions.contemporaneous),
        findings,
    }
}
