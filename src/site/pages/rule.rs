//! What one code means, and every finding under it.

use std::{collections::BTreeSet, sync::Arc};

use serde::Serialize;

use super::{frame_under, page};
use crate::{
    site::{
        Page,
        links::At,
        nav::Frame,
        shelf::Shelf,
        view::{FindingRow, Mark, capitalised, counted},
    },
};

/// A rule's page names no more findings than this; the list of findings has all.
const FINDINGS_NAMED: usize = 200;

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct RulePage {
    /// What stands around it.
    pub frame: Frame,
    /// The code's name.
    pub name: String,
    /// The severity its findings have by default; `None` when its text is not known.
    pub severity: Option<Mark>,
    /// The explanation, as safe HTML.
    pub explanation_html: String,
    /// How many findings in all, in words.
    pub count: String,
    /// The findings, gravest first.
    pub rows: Vec<FindingRow>,
}

/// Plans the pages: every code has one, whether or not it reported anything.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    let names: BTreeSet<&'static str> =
        shelf.input.codes.iter().map(|code| code.name).chain(shelf.input.assessment.findings.iter().map(|finding| finding.code)).collect();
    names
        .into_iter()
        .filter_map(|name| {
            let path = shelf.routes.code(name)?.to_owned();
            Some(page(shelf, path, "rule.html", move |at| Ok(rule(at, name))))
        })
        .collect()
}

fn rule(at: At<'_, '_>, name: &'static str) -> RulePage {
    let code = at.shelf.input.codes.iter().find(|code| code.name == name);
    let found: Vec<_> = at.shelf.input.assessment.findings.iter().filter(|finding| finding.code == name).collect();
    RulePage {
        frame: frame_under(at, "findings.html", "Findings", code.map_or_else(|| format!("Rule {name}"), |code| capitalised(code.title))),
        name: name.to_owned(),
        severity: code.map(|code| Mark::severity(code.severity)),
        explanation_html: code.map_or_else(String::new, |code| super::policy::prose(code.explanation, "about-", 2, &|_: &str| None).html),
        count: counted(found.len(), "finding", "findings"),
        rows: found.into_iter().take(FINDINGS_NAMED).map(|finding| at.finding(finding)).collect(),
    }
}
