//! What stands around every page: title, navigation, and how the page was made.

use serde::Serialize;

use super::{
    links::{At, days},
    view::{Link, number},
};
use crate::model::Report;

/// What every page shows around its content.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// The page's title: a name or a sentence.
    pub title: String,
    /// The organization's name.
    pub organization: String,
    /// The system in scope; empty when none is named.
    pub system: String,
    /// The way up to the site's root: empty or `../`.
    pub root: String,
    /// The site's sections.
    pub nav: Vec<NavGroup>,
    /// The pages above this one.
    pub crumbs: Vec<Crumb>,
    /// How the page was made.
    pub stamp: Stamped,
}

/// One group of the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct NavGroup {
    /// Its name.
    pub name: &'static str,
    /// Its pages.
    pub items: Vec<NavItem>,
}

/// One line of the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct NavItem {
    /// Where it leads.
    pub href: String,
    /// What it is called.
    pub text: &'static str,
    /// How many things it lists; empty where a count says nothing.
    pub count: String,
    /// Whether the page being shown belongs to it.
    pub current: bool,
}

/// A page above the one being shown.
pub type Crumb = Link;

/// How a page was made.
#[derive(Clone, Debug, Serialize)]
pub struct Stamped {
    /// The commit assessed, all digits; empty when there is none.
    pub tip: String,
    /// Its first digits.
    pub tip_short: String,
    /// The branch; empty when the commit was named otherwise.
    pub branch: String,
    /// The instant of the assessment, exactly.
    pub as_of_iso: String,
    /// The same for people, with the zone.
    pub as_of: String,
    /// The window in words.
    pub window: String,
    /// The tool and its version.
    pub tool: String,
    /// Whether everything shown stands in the commit.
    pub committed: bool,
    /// Whether the whole history was seen.
    pub complete: bool,
    /// The page that says how all is computed.
    pub method: String,
    /// The command that makes this site again.
    pub command: String,
}

/// The sections: group, page, name.
const SECTIONS: [(&str, &[(&str, &str)]); 4] = [
    ("Now", &[("index.html", "Overview"), ("gaps.html", "What now"), ("calendar.html", "Calendar")]),
    (
        "Programme",
        &[
            ("controls.html", "Controls"),
            ("frameworks.html", "Frameworks"),
            ("policies.html", "Policies"),
            ("registers.html", "Registers"),
            ("people.html", "People"),
        ],
    ),
    (
        "Records",
        &[("evidence.html", "Evidence"), ("changes.html", "Changes"), ("populations.html", "Populations"), ("findings.html", "Findings")],
    ),
    ("About", &[("method.html", "Method"), ("glossary.html", "Glossary")]),
];

impl Frame {
    /// The frame of a page in a section (the section's first page, `controls.html`).
    pub fn new(at: At<'_, '_>, section: &str, title: impl Into<String>, crumbs: Vec<Crumb>) -> Self {
        let config = &at.shelf.input.programme.config;
        Self {
            title: title.into(),
            organization: config.organization.name.clone(),
            system: config.scope.system.clone(),
            root: "../".repeat(at.path.matches('/').count()),
            nav: nav(at, section),
            crumbs,
            stamp: stamped(at),
        }
    }
}

fn nav(at: At<'_, '_>, section: &str) -> Vec<NavGroup> {
    let item = |&(page, text): &(&'static str, &'static str)| NavItem {
        href: at.href(page),
        text,
        count: section_count(at, page),
        current: page == section,
    };
    SECTIONS.iter().map(|(name, items)| NavGroup { name, items: items.iter().map(item).collect() }).collect()
}

fn section_count(at: At<'_, '_>, page: &str) -> String {
    let input = &at.shelf.input;
    let count = match page {
        "gaps.html" => input.assessment.gaps.len(),
        "controls.html" => input.assessment.controls.len(),
        "policies.html" => input.programme.documents.len(),
        "evidence.html" => input.programme.evidence.len(),
        "findings.html" => input.assessment.findings.len(),
        "changes.html" => at.shelf.landings.len(),
        _ => return String::new(),
    };
    number(count)
}

fn stamped(at: At<'_, '_>) -> Stamped {
    let input = &at.shelf.input;
    let (stamp, zone, window) = (input.stamp, input.programme.config.organization.zone, input.assessment.window);
    let tip = stamp.tip.map_or_else(String::new, |tip| tip.to_string());
    Stamped {
        tip_short: stamp.tip.map_or_else(String::new, |tip| tip.short()),
        branch: stamp.branch.clone(),
        as_of_iso: stamp.as_of_text.clone(),
        as_of: format!("{} ({})", zone.long(input.assessment.as_of), zone.name()),
        window: match window.report {
            Report::Type1 => format!("as of {}, for a type 1 report", days(window.range)),
            Report::Type2 => format!("{}, for a type 2 report", days(window.range)),
        },
        tool: format!("Tickmark {}", stamp.tool_version),
        committed: stamp.committed,
        complete: input.history.is_complete(),
        method: at.href("method.html"),
        command: if stamp.committed && !tip.is_empty() {
            format!("tickmark build --at {tip} --as-of {}", stamp.as_of_text)
        } else {
            format!("tickmark build --worktree --as-of {}", stamp.as_of_text)
        },
        tip,
    }
}
