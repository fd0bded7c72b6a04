//! One framework: its gaps first, its numbers by group, and its lines in its own order with the controls that serve them.

use std::{collections::BTreeSet, sync::Arc};

use serde::Serialize;

use super::{frame_under, overview::FIRST_FEW, page, statement::{AddressableRow, addressable, decided_sentence}};
use crate::{
    assess::{
        Coverage, RequirementAssessment,
        description::{describes_system, sections},
    },
    id::{ControlId, FrameworkId},
    model::{Applicability, LineKind, Need, Requirement, Selection},
    site::{
        Page,
        catalogue::{Catalogue, Section, Tally, line_anchor},
        links::At,
        nav::Frame,
        routes::{FrameworkPart, nth_page},
        shelf::Shelf,
        view::{Link, Mark, Pager, PagerItem, capitalised, listed, number, plural},
    },
};

/// A row names no more controls than this; the requirement's page has all.
const CONTROLS_NAMED: usize = 12;

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct FrameworkPage {
    /// What stands around it.
    pub frame: Frame,
    /// Who publishes it; empty when the catalogue does not say.
    pub publisher: String,
    /// What of it is in scope, in words; empty: all of it.
    pub selected: String,
    /// What several of its lines are called.
    pub words: String,
    /// Its numbers.
    pub tally: Tally,
    /// The first lines without a control in place; only on its first page.
    pub gaps: Vec<LineLink>,
    /// The list of all of them; `None` when all are named.
    pub all_gaps: Option<Link>,
    /// Its groups with their numbers; only on its first page.
    pub overview: Vec<GroupRow>,
    /// The statement of applicability; `None` when the framework asks for none.
    pub statement: Option<Link>,
    /// How many lines of the statement have a decision, as a sentence; empty without a statement.
    pub decided: String,
    /// The addressable specifications with what was decided; only on its first page.
    pub addressable: Vec<AddressableRow>,
    /// The sections of the system description, where the framework's reports have one; only on its first page.
    pub description: Vec<DescriptionRow>,
    /// The way through its pages.
    pub pager: Pager,
    /// The shapes that the marks below use.
    pub shapes: Vec<&'static str>,
    /// Its groups with their lines.
    pub groups: Vec<GroupView>,
}

/// A line that can be opened.
#[derive(Clone, Debug, Serialize)]
pub struct LineLink {
    /// Its id.
    pub id: String,
    /// Our title.
    pub requirement: Link,
    /// The controls that claim it.
    pub controls: Vec<Link>,
}

/// A group with its numbers.
#[derive(Clone, Debug, Serialize)]
pub struct GroupRow {
    /// Its id; empty for lines without a group.
    pub id: String,
    /// Its title.
    pub group: Link,
    /// Its numbers.
    pub tally: Tally,
}

/// One section of the system description.
#[derive(Clone, Debug, Serialize)]
pub struct DescriptionRow {
    /// Its id.
    pub id: &'static str,
    /// What it tells.
    pub tells: String,
    /// The documents that answer it.
    pub documents: Vec<Link>,
    /// Whether one of them is in force.
    pub mark: Mark,
}

/// One group of a framework.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    /// Its anchor.
    pub anchor: String,
    /// Its id; empty for lines without a group.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What one of its lines is called, with a capital.
    pub word: String,
    /// What the framework says of its applicability, as a sentence; empty where nothing special holds.
    pub rule: &'static str,
    /// Its lines, parted by their headings.
    pub blocks: Vec<Block>,
    /// Background: shown and not counted.
    pub context: Vec<ContextLine>,
}

/// The lines under one heading.
#[derive(Clone, Debug, Serialize)]
pub struct Block {
    /// The heading; `None`: lines that stand under none.
    pub heading: Option<HeadingView>,
    /// The lines.
    pub rows: Vec<RequirementRow>,
}

/// A heading among the lines.
#[derive(Clone, Debug, Serialize)]
pub struct HeadingView {
    /// Its anchor.
    pub anchor: String,
    /// Its id.
    pub id: String,
    /// Its title; empty when it is its id.
    pub title: String,
    /// What it is called; empty where that is what its group's lines are called.
    pub word: String,
}

/// A line of background.
#[derive(Clone, Debug, Serialize)]
pub struct ContextLine {
    /// Its id.
    pub id: String,
    /// Its title; empty when it is its id.
    pub title: String,
}

/// One requirement in a list.
#[derive(Clone, Debug, Serialize)]
pub struct RequirementRow {
    /// Its anchor.
    pub anchor: String,
    /// Its id.
    pub id: String,
    /// Our title.
    pub requirement: Link,
    /// Whether it is a part of the requirement before it.
    pub is_part: bool,
    /// What it is called where that differs from its group's word, and its need; empty when there is neither.
    pub kind: String,
    /// Whether it is served.
    pub coverage: Mark,
    /// The worst operation among its key controls; `None` without a control.
    pub operation: Option<Mark>,
    /// Its controls.
    pub controls: Vec<ControlMark>,
    /// The page that has all of them, where they are too many for a row.
    pub all_controls: Option<Link>,
}

/// A control with its operation.
#[derive(Clone, Debug, Serialize)]
pub struct ControlMark {
    /// The control, by id and title.
    pub control: Link,
    /// Its operation.
    pub mark: Mark,
    /// Its design.
    pub design: Mark,
}

/// Plans the pages.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    let mut pages = Vec::new();
    for (at, catalogue) in shelf.catalogues.iter().enumerate() {
        let Some(first) = shelf.routes.framework(&catalogue.framework.id) else { continue };
        for number in 1..=catalogue.pages() {
            let make = move |here: At<'_, 'a>| Ok(framework(here, &here.shelf.catalogues[at], number));
            pages.push(page(shelf, nth_page(first, number), "framework.html", make));
        }
    }
    pages
}

fn framework<'a>(at: At<'_, 'a>, catalogue: &Catalogue<'a>, number: usize) -> FrameworkPage {
    let (framework, is_first) = (catalogue.framework, number == 1);
    let groups: Vec<GroupView> =
        catalogue.groups.iter().filter(|group| group.page == number).map(|group| group_view(at, catalogue, group)).collect();
    let uncovered = catalogue.with(Coverage::Uncovered);
    let tally = catalogue.tally(at, None);
    let all = Link { href: tally.uncovered.href.clone(), text: format!("All {} without a control in place", tally.uncovered.text) };
    let statement = catalogue.stated_groups().next().and_then(|_| at.shelf.routes.framework_part(&framework.id, FrameworkPart::Statement));
    FrameworkPage {
        frame: frame_under(at, "frameworks.html", "Frameworks", framework.name.clone()),
        publisher: framework.owner.clone(),
        selected: selected(catalogue.selection),
        words: plural(&framework.word),
        gaps: uncovered.iter().take(if is_first { FIRST_FEW } else { 0 }).map(|(_, line)| line_link(at, catalogue, line)).collect(),
        all_gaps: (uncovered.len() > FIRST_FEW).then_some(all),
        overview: if is_first { overview(at, catalogue) } else { Vec::new() },
        statement: statement.map(|path| at.to(path, "The statement of applicability")),
        decided: decided_sentence(at, catalogue),
        addressable: if is_first { addressable(at, catalogue) } else { Vec::new() },
        description: if is_first && describes_system(&framework.id) { description(at) } else { Vec::new() },
        pager: pager(at, catalogue, number),
        shapes: shapes(&groups),
        tally,
        groups,
    }
}

fn selected(selection: &Selection) -> String {
    match selection {
        Selection::All => String::new(),
        Selection::Named(names) => listed(&names.iter().map(|name| name.replace('_', " ")).collect::<Vec<_>>()),
    }
}

fn pager(at: At<'_, '_>, catalogue: &Catalogue<'_>, page: usize) -> Pager {
    let first = at.shelf.routes.framework(&catalogue.framework.id).unwrap_or_default();
    let pages = catalogue.pages();
    let item = |other: usize| PagerItem { href: at.href(&nth_page(first, other)), text: number(other), current: other == page };
    Pager {
        summary: format!("page {} of {}", number(page), number(pages)),
        pages: if pages == 1 { Vec::new() } else { (1..=pages).map(item).collect() },
    }
}

fn overview<'a>(at: At<'_, 'a>, catalogue: &Catalogue<'a>) -> Vec<GroupRow> {
    let first = at.shelf.routes.framework(&catalogue.framework.id).unwrap_or_default();
    let with_requirements = catalogue.groups.iter().enumerate().filter(|(_, group)| group.requirements().next().is_some());
    let row = |(number, group): (usize, &Section<'a>)| GroupRow {
        id: group.id().to_owned(),
        group: at.to(&format!("{}#{}", nth_page(first, group.page), group.anchor), group.title()),
        tally: catalogue.tally(at, Some(number)),
    };
    with_requirements.map(row).collect()
}

fn description(at: At<'_, '_>) -> Vec<DescriptionRow> {
    let input = &at.shelf.input;
    let sections = sections(input.programme, &input.assessment.documents);
    let row = |section: &crate::assess::description::Section<'_>| DescriptionRow {
        id: section.id,
        tells: capitalised(section.tells),
        documents: section.documents.iter().map(|(id, _)| at.document(id)).collect(),
        mark: match (section.is_answered(), section.documents.is_empty(), section.asked) {
            (true, ..) => Mark { name: "in_place", words: "in force".to_owned() },
            (_, false, _) => Mark { name: "drafted", words: "drafted".to_owned() },
            (_, _, false) => Mark { name: "not_applicable", words: "not asked for in a type 1 report".to_owned() },
            _ => Mark { name: "uncovered", words: "missing".to_owned() },
        },
    };
    sections.iter().map(row).collect()
}

fn group_view<'a>(at: At<'_, 'a>, catalogue: &Catalogue<'a>, group: &Section<'a>) -> GroupView {
    let framework = catalogue.framework;
    let word = group.group.and_then(|group| group.word.as_deref()).unwrap_or(&framework.word);
    let mut blocks: Vec<Block> = Vec::new();
    let mut under: Option<&Requirement> = None;
    for line in group.lines.iter().copied() {
        match line.kind {
            LineKind::Context => {}
            LineKind::Heading => {
                blocks.push(Block { heading: Some(heading(catalogue, line, word)), rows: Vec::new() });
                under = Some(line);
            }
            LineKind::Requirement => {
                let above = framework.above(line).find(|above| above.kind == LineKind::Heading);
                if blocks.is_empty() || above.map(|above| &above.id) != under.map(|under| &under.id) {
                    blocks.push(Block { heading: above.map(|above| heading(catalogue, above, word)), rows: Vec::new() });
                    under = above;
                }
                if let (Some(block), Some(row)) = (blocks.last_mut(), row(at, catalogue, line, word)) {
                    block.rows.push(row);
                }
            }
        }
    }
    GroupView {
        anchor: group.anchor.clone(),
        id: group.id().to_owned(),
        title: group.title().to_owned(),
        word: capitalised(word),
        rule: match group.applicability() {
            Applicability::Always => "These always apply: none can be declared not applicable.",
            Applicability::Statement => "Each needs a decision with a reason in the statement of applicability.",
            Applicability::Reasoned => "",
        },
        blocks,
        context: group.lines.iter().filter(|line| line.kind == LineKind::Context).map(|line| context(line)).collect(),
    }
}

fn heading(catalogue: &Catalogue<'_>, line: &Requirement, of_lines: &str) -> HeadingView {
    let own = catalogue.framework.word_of(line);
    HeadingView {
        anchor: line_anchor(line),
        id: line.id.to_string(),
        title: own_title(line),
        word: if own == of_lines { String::new() } else { own.to_owned() },
    }
}

fn context(line: &Requirement) -> ContextLine {
    ContextLine { id: line.id.to_string(), title: own_title(line) }
}

/// A line without a title has its id in its place, which need not be said twice.
fn own_title(line: &Requirement) -> String {
    if line.title == line.id.as_str() { String::new() } else { line.title.clone() }
}

fn row(at: At<'_, '_>, catalogue: &Catalogue<'_>, line: &Requirement, word: &str) -> Option<RequirementRow> {
    let judged: &RequirementAssessment = at.shelf.requirements.get(&(&catalogue.framework.id, &line.id))?;
    let link = at.requirement(&judged.framework, &judged.id);
    let all =
        (judged.controls.len() > CONTROLS_NAMED).then(|| Link { href: link.href.clone(), text: format!("All {}", number(judged.controls.len())) });
    let own_word = Some(catalogue.framework.word_of(line)).filter(|own| *own != word);
    let parts: Vec<&str> = own_word.into_iter().chain(line.need.map(need_word)).collect();
    Some(RequirementRow {
        anchor: line_anchor(line),
        id: line.id.to_string(),
        requirement: Link { text: line.title.clone(), ..link },
        is_part: catalogue.framework.above(line).next().is_some_and(|above| above.kind == LineKind::Requirement),
        kind: parts.join(", "),
        coverage: Mark::coverage(judged.coverage),
        operation: judged.operation.map(Mark::operation),
        controls: judged.controls.iter().take(CONTROLS_NAMED).map(|id| control_mark(at, id)).collect(),
        all_controls: all,
    })
}

/// The shapes that the marks of some groups use, each once: the page holds them once, and the marks point to them.
fn shapes(groups: &[GroupView]) -> Vec<&'static str> {
    let rows = groups.iter().flat_map(|group| &group.blocks).flat_map(|block| &block.rows);
    let marks = rows.flat_map(|row| [Some(&row.coverage), row.operation.as_ref()].into_iter().flatten());
    let names: BTreeSet<&'static str> = marks.map(|mark| mark.name).collect();
    names.into_iter().collect()
}

/// A line with the controls that claim it.
pub fn line_link(at: At<'_, '_>, catalogue: &Catalogue<'_>, line: &Requirement) -> LineLink {
    let judged = at.shelf.requirements.get(&(&catalogue.framework.id, &line.id));
    let link = at.requirement(&catalogue.framework.id, &line.id);
    LineLink {
        id: line.id.to_string(),
        requirement: Link { text: line.title.clone(), ..link },
        controls: judged.map_or_else(Vec::new, |line| line.controls.iter().take(CONTROLS_NAMED).map(|id| at.control_named(id)).collect()),
    }
}

/// A control with its operation and design; unknown where it was not assessed.
pub fn control_mark(at: At<'_, '_>, id: &ControlId) -> ControlMark {
    let judged = at.shelf.controls.get(id);
    let unknown = || Mark::outcome(crate::assess::Outcome::Unknown);
    ControlMark {
        control: at.control_named(id),
        mark: judged.map_or_else(unknown, |judged| Mark::operation(judged.operation)),
        design: judged.map_or_else(unknown, |judged| Mark::design(judged.design)),
    }
}

/// The word for a need.
pub fn need_word(need: Need) -> &'static str {
    match need {
        Need::Required => "required",
        Need::Addressable => "addressable",
    }
}

/// What a framework calls its lines, where nothing nearer says.
pub fn word(at: At<'_, '_>, id: &FrameworkId) -> String {
    at.shelf.input.programme.frameworks.get(id).map_or_else(|| "requirement".to_owned(), |known| known.word.clone())
}
