//! Everything reported: by loading, by history, by the rules; on as many pages as it takes.

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;

use super::{frame, page};
use crate::{
    diag::Severity,
    site::{
        Page,
        links::At,
        nav::Frame,
        paging,
        shelf::Shelf,
        view::{FindingRow, Link, Mark, Pager, number},
    },
};

/// How many findings a page lists.
const FINDINGS_A_PAGE: usize = 100;

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct Findings {
    /// What stands around it.
    pub frame: Frame,
    /// How many of each severity.
    pub severities: Vec<SeverityCount>,
    /// How many under each rule.
    pub rules: Vec<RuleCount>,
    /// The way through the list.
    pub pager: Pager,
    /// The findings, gravest first.
    pub rows: Vec<FindingRow>,
}

/// How often a severity was found.
#[derive(Clone, Debug, Serialize)]
pub struct SeverityCount {
    /// The severity.
    pub mark: Mark,
    /// How many findings.
    pub count: String,
}

/// How often a rule reported.
#[derive(Clone, Debug, Serialize)]
pub struct RuleCount {
    /// The rule's page.
    pub rule: Link,
    /// What it reports; empty when its text is not known.
    pub title: String,
    /// How many findings.
    pub count: String,
}

/// Plans the pages.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    paging::shares("findings.html", shelf.input.assessment.findings.len(), FINDINGS_A_PAGE)
        .into_iter()
        .map(|share| page(shelf, share.path.clone(), "findings.html", move |at| Ok(findings(at, &share))))
        .collect()
}

fn findings(at: At<'_, '_>, share: &paging::Share) -> Findings {
    let all = &at.shelf.input.assessment.findings;
    let severity = |severity: Severity| SeverityCount {
        mark: Mark::severity(severity),
        count: number(all.iter().filter(|finding| finding.severity == severity).count()),
    };
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in all {
        *rules.entry(finding.code).or_default() += 1;
    }
    let rule = |(code, count): (&str, usize)| RuleCount {
        rule: at.code(code),
        title: at.shelf.input.codes.iter().find(|known| known.name == code).map_or_else(String::new, |known| known.title.to_owned()),
        count: number(count),
    };
    Findings {
        frame: frame(at, "findings.html", "Findings"),
        severities: [Severity::Error, Severity::Warning, Severity::Note].map(severity).to_vec(),
        rules: rules.into_iter().map(rule).collect(),
        pager: share.pager.clone(),
        rows: all[share.rows.clone()].iter().map(|finding| at.finding(finding)).collect(),
    }
}
