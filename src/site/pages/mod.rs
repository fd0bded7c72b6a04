//! The kinds of pages: one file each, with the context its template gets and the function that plans its pages. A new
//! kind is a new file, a line in the table below, and a template.

mod elsewhere;

use std::sync::Arc;

use serde::Serialize;

use super::{Page, links::At, nav::Frame, shelf::Shelf};

macro_rules! kinds {
    ($($(#[$doc:meta])* $module:ident $context:ident $template:literal;)*) => {
        $(pub mod $module;)*

        /// What a template gets: one documented structure a kind of page.
        #[derive(Clone, Debug, Serialize)]
        #[serde(untagged)]
        pub enum PageContext {
            $($(#[$doc])* $context(Box<$module::$context>),)*
        }

        $(impl From<$module::$context> for PageContext {
            fn from(context: $module::$context) -> Self {
                Self::$context(Box::new(context))
            }
        })*

        /// All kinds of pages, in the order in which they are planned.
        pub const KINDS: &[Kind] = &[$(Kind { name: stringify!($module), template: $template, plan: $module::plan },)*];
    };
}

/// A kind of page.
pub struct Kind {
    /// Its name: that of its file.
    pub name: &'static str,
    /// Its template.
    pub template: &'static str,
    /// Plans its pages.
    pub(in crate::site) plan: for<'a> fn(&Arc<Shelf<'a>>) -> Vec<Page<'a>>,
}

kinds! {
    /// The first page.
    overview Overview "overview.html";
    /// What to do now.
    gaps Gaps "gaps.html";
    /// What is due when.
    calendar Calendar "calendar.html";
    /// All controls.
    controls Controls "controls.html";
    /// One control.
    control ControlPage "control.html";
    /// All frameworks in scope.
    frameworks Frameworks "frameworks.html";
    /// One framework.
    framework FrameworkPage "framework.html";
    /// Lines of a framework with one coverage.
    lines Lines "lines.html";
    /// A statement of applicability.
    statement StatementPage "statement.html";
    /// One requirement.
    requirement RequirementPage "requirement.html";
    /// All documents.
    policies Policies "policies.html";
    /// One document.
    policy PolicyPage "policy.html";
    /// One version of a document.
    version VersionPage "version.html";
    /// Risks, vendors, waivers, deviations, incidents.
    registers Registers "registers.html";
    /// Everybody.
    people PeoplePage "people.html";
    /// One person.
    person PersonPage "person.html";
    /// All evidence.
    records Records "records.html";
    /// One evidence record.
    evidence EvidencePage "evidence.html";
    /// Changes of the programme.
    changes Changes "changes.html";
    /// Obligations with one outcome.
    obligations Obligations "obligations.html";
    /// All numbered lists.
    populations Populations "populations.html";
    /// One numbered list.
    population PopulationPage "population.html";
    /// Everything reported.
    findings Findings "findings.html";
    /// What one code means.
    rule RulePage "rule.html";
    /// How all is computed.
    method Method "method.html";
    /// Words and marks.
    glossary Glossary "glossary.html";
}

/// A page whose context is made when it is rendered.
fn page<'a, C: Into<PageContext>>(
    shelf: &Arc<Shelf<'a>>,
    path: impl Into<String>,
    template: &'static str,
    make: impl Fn(At<'_, 'a>) -> anyhow::Result<C> + Send + Sync + 'a,
) -> Page<'a> {
    let (shelf, path) = (Arc::clone(shelf), path.into());
    let own = path.clone();
    Page { path, template, make: Box::new(move || make(At { shelf: &shelf, path: &own }).map(Into::into)) }
}

/// What a list's pages are called, and under which pages they stand.
#[derive(Clone, Debug)]
pub(in crate::site) struct Heading {
    section: &'static str,
    title: String,
    /// The pages above: path from the site's root, and name.
    above: Vec<(String, String)>,
}

impl Heading {
    fn frame(&self, at: At<'_, '_>) -> Frame {
        Frame::new(at, self.section, self.title.clone(), self.above.iter().map(|(path, name)| at.to(path, name.as_str())).collect())
    }
}

/// The frame of a page directly under a section.
fn frame(at: At<'_, '_>, section: &str, title: impl Into<String>) -> Frame {
    Frame::new(at, section, title, Vec::new())
}

/// The frame of a page under a section's first page.
fn frame_under(at: At<'_, '_>, section: &str, section_title: &str, title: impl Into<String>) -> Frame {
    Frame::new(at, section, title, vec![at.to(section, section_title)])
}
