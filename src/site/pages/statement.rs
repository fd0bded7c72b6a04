//! The statement of applicability: of every line whether it applies and why, with what is in place. As a page that prints,
//! and as comma-separated values.

use std::{borrow::Cow, collections::BTreeSet, sync::Arc};

use serde::Serialize;

use super::page;
use crate::{
    assess::{Coverage, Design, undecided_stub},
    id::ControlId,
    model::{Need, Requirement, Stated, Verdict},
    site::{
        File, FileSource, Page,
        catalogue::{Catalogue, line_anchor},
        links::At,
        nav::Frame,
        routes::FrameworkPart,
        shelf::Shelf,
        view::{Link, Mark, capitalised, counted, number, plural, said},
    },
    text,
};

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct StatementPage {
    /// What stands around it.
    pub frame: Frame,
    /// How many lines there are, in words.
    pub count: String,
    /// What one of them is called, with a capital.
    pub word: String,
    /// Lines by what was decided, each number with its list.
    pub answers: Vec<Answer>,
    /// The same as comma-separated values.
    pub csv: Link,
    /// The shapes that the marks below use.
    pub shapes: Vec<&'static str>,
    /// The groups with their lines.
    pub groups: Vec<StatementGroup>,
    /// The file that decisions stand in.
    pub file: String,
    /// A ready text for the lines without a decision, highlighted; empty when all have one.
    pub stub_html: String,
}

/// What was decided, with the lines of which it holds.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// What was decided, with how many lines: `3 do not apply`.
    pub words: String,
    /// The lines, by id.
    pub lines: Vec<Link>,
}

/// One group of the statement.
#[derive(Clone, Debug, Serialize)]
pub struct StatementGroup {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its lines.
    pub rows: Vec<StatementRow>,
}

/// One line of the statement.
#[derive(Clone, Debug, Serialize)]
pub struct StatementRow {
    /// Its anchor.
    pub anchor: String,
    /// Its id.
    pub id: String,
    /// Our title.
    pub requirement: Link,
    /// Whether it applies: `yes`, `no` or `undecided`.
    pub applies: &'static str,
    /// The same as the name of a shape.
    pub shape: &'static str,
    /// The decision's reason, as safe HTML.
    pub why_html: String,
    /// How far its controls have come.
    pub status: Mark,
    /// Its controls.
    pub controls: Vec<Link>,
    /// Who decided; `None` when it is not said.
    pub decided_by: Option<Link>,
    /// When; empty when it is not said.
    pub decided_on: String,
}

/// An addressable specification with what was decided about it.
#[derive(Clone, Debug, Serialize)]
pub struct AddressableRow {
    /// Its id.
    pub id: String,
    /// Our title.
    pub requirement: Link,
    /// Whether it is served.
    pub coverage: Mark,
    /// What was decided.
    pub decision: &'static str,
    /// Why; safe HTML, empty without a decision.
    pub reason_html: String,
    /// What is done in its place; safe HTML, empty when nothing is.
    pub alternative_html: String,
    /// Who decided; `None` when it is not said.
    pub decided_by: Option<Link>,
    /// When; empty when it is not said.
    pub decided_on: String,
}

/// Plans the pages.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    let with = shelf.catalogues.iter().enumerate().filter(|(_, catalogue)| catalogue.stated_groups().next().is_some());
    let page = with.filter_map(|(at, catalogue)| {
        let path = shelf.routes.framework_part(&catalogue.framework.id, FrameworkPart::Statement)?;
        Some(page(shelf, path, "statement.html", move |here| Ok(statement(here, &here.shelf.catalogues[at]))))
    });
    page.collect()
}

/// The statements as comma-separated values, beside their pages.
pub fn files<'a>(shelf: &Shelf<'a>) -> Vec<File<'a>> {
    let with = shelf.catalogues.iter().filter(|catalogue| catalogue.stated_groups().next().is_some());
    let file = with.filter_map(|catalogue| {
        let path = shelf.routes.framework_part(&catalogue.framework.id, FrameworkPart::Statement)?;
        let rows = table(At { shelf, path }, catalogue);
        Some(File { path: csv_path(path), source: FileSource::Bytes(Cow::Owned(text::csv_text(&rows).into_bytes())) })
    });
    file.collect()
}

fn csv_path(page: &str) -> String {
    format!("{}.csv", page.trim_end_matches(".html"))
}

fn table<'a>(at: At<'_, 'a>, catalogue: &Catalogue<'a>) -> Vec<Vec<String>> {
    let head = ["id", "title", "group", "applies", "why", "status", "controls", "decided by", "decided on"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for group in catalogue.stated_groups() {
        for line in group.requirements() {
            let stated = stated(at, catalogue, line);
            let row = row(at, catalogue, line);
            let controls: Vec<String> = claimed(at, catalogue, line).iter().map(ToString::to_string).collect();
            rows.push(vec![
                row.id,
                line.title.clone(),
                group.title().to_owned(),
                row.applies.to_owned(),
                stated.map_or_else(String::new, |stated| stated.reason.to_owned()),
                row.status.words,
                controls.join(" "),
                row.decided_by.map_or_else(String::new, |by| by.text),
                row.decided_on,
            ]);
        }
    }
    rows
}

fn statement<'a>(at: At<'_, 'a>, catalogue: &Catalogue<'a>) -> StatementPage {
    let framework = catalogue.framework;
    let groups: Vec<StatementGroup> = catalogue
        .stated_groups()
        .map(|group| StatementGroup {
            id: group.id().to_owned(),
            title: group.title().to_owned(),
            rows: group.requirements().map(|line| row(at, catalogue, line)).collect(),
        })
        .collect();
    let lines: Vec<&Requirement> = catalogue.stated_groups().flat_map(|group| group.requirements()).collect();
    let undecided: Vec<&Requirement> = lines.iter().copied().filter(|line| stated(at, catalogue, line).is_none()).collect();
    let stub = if undecided.is_empty() { String::new() } else { undecided_stub(framework, &undecided) };
    let crumbs = vec![at.to("frameworks.html", "Frameworks"), at.framework(&framework.id)];
    let word = lines.first().map_or("line", |line| framework.word_of(line));
    StatementPage {
        frame: Frame::new(at, "frameworks.html", format!("{}: statement of applicability", framework.name), crumbs),
        count: counted(lines.len(), word, &plural(word)),
        word: capitalised(word),
        answers: answers(&groups),
        shapes: groups.iter().flat_map(|group| &group.rows).map(|row| row.status.name).collect::<BTreeSet<_>>().into_iter().collect(),
        csv: at.to(&csv_path(at.path), "As a spreadsheet (CSV)"),
        file: format!("content/applicability/{}.yaml", framework.id),
        stub_html: text::highlight(&stub, "yaml"),
        groups,
    }
}

fn answers(groups: &[StatementGroup]) -> Vec<Answer> {
    let rows = || groups.iter().flat_map(|group| &group.rows);
    let answer = |(applies, words): (&str, &str)| {
        let those: Vec<&StatementRow> = rows().filter(|row| row.applies == applies).collect();
        let link = |row: &&StatementRow| Link { href: format!("#{}", row.anchor), text: row.id.clone() };
        Answer {
            words: format!("{} {words}", number(those.len())),
            lines: those.iter().map(link).collect(),
        }
    };
    [("yes", "apply"), ("no", "do not apply"), (UNDECIDED, "have no decision yet")].map(answer).into()
}

/// What stands in place of yes and no.
const UNDECIDED: &str = "undecided";

fn row<'a>(at: At<'_, 'a>, catalogue: &Catalogue<'a>, line: &Requirement) -> StatementRow {
    let stated = stated(at, catalogue, line);
    let (applies, shape) = match stated.map(|stated| stated.verdict) {
        Some(Verdict::Excluded) => ("no", "not_applicable"),
        Some(Verdict::Included | Verdict::Alternative(_)) => ("yes", "recorded"),
        None => (UNDECIDED, "uncovered"),
    };
    let decision = stated.and_then(|stated| stated.decision);
    let claimed = claimed(at, catalogue, line);
    StatementRow {
        anchor: line_anchor(line),
        id: line.id.to_string(),
        requirement: Link { text: line.title.clone(), ..at.requirement(&catalogue.framework.id, &line.id) },
        applies,
        shape,
        why_html: stated.map_or_else(String::new, |stated| said(stated.reason)),
        status: status(at, catalogue.coverage(line), claimed),
        controls: claimed.iter().map(|id| at.control_named(id)).collect(),
        decided_by: decision.and_then(|decision| decision.decided_by.as_deref()).map(|name| at.written(name)),
        decided_on: decision.and_then(|decision| decision.decided_on).map_or_else(String::new, |day| day.to_string()),
    }
}

/// How far the controls of a line have come: in place, else the furthest design among them.
fn status(at: At<'_, '_>, coverage: Option<Coverage>, claimed: &[ControlId]) -> Mark {
    let designs = claimed.iter().filter_map(|id| at.shelf.controls.get(id)).map(|control| control.design);
    let mark = |name, words: &str| Mark { name, words: words.to_owned() };
    match coverage {
        Some(Coverage::Covered) => Mark::design(Design::InPlace),
        Some(Coverage::NotApplicable) => mark("not_applicable", "not applicable"),
        Some(Coverage::Alternative) => mark("waived", "alternative"),
        Some(Coverage::Uncovered) | None => match designs.filter(|design| *design <= Design::Approved).max() {
            Some(design) => Mark::design(design),
            None => mark("uncovered", "uncovered"),
        },
    }
}

fn claimed<'a>(at: At<'_, 'a>, catalogue: &Catalogue<'_>, line: &Requirement) -> &'a [ControlId] {
    at.shelf.requirements.get(&(&catalogue.framework.id, &line.id)).map_or(&[], |judged| judged.controls.as_slice())
}

fn stated<'a>(at: At<'_, 'a>, catalogue: &Catalogue<'_>, line: &Requirement) -> Option<Stated<'a>> {
    at.shelf.input.programme.stated(&catalogue.framework.id, &line.id)
}

/// How many lines of the statement have a decision; empty where the framework asks for no statement.
pub fn decided_sentence(at: At<'_, '_>, catalogue: &Catalogue<'_>) -> String {
    let lines: Vec<&Requirement> = catalogue.stated_groups().flat_map(|group| group.requirements()).collect();
    let Some(first) = lines.first() else { return String::new() };
    let decided = lines.iter().filter(|line| stated(at, catalogue, line).is_some()).count();
    let word = catalogue.framework.word_of(first);
    format!("{} of {} {} have a decision with a reason.", number(decided), number(lines.len()), plural(word))
}

/// The addressable specifications in scope with what was decided.
pub fn addressable<'a>(at: At<'_, 'a>, catalogue: &Catalogue<'a>) -> Vec<AddressableRow> {
    let lines = catalogue.requirements().filter(|line| line.need == Some(Need::Addressable));
    let row = |line: &Requirement| {
        let stated = stated(at, catalogue, line);
        let decision = stated.and_then(|stated| stated.decision);
        let (words, alternative) = match stated.map(|stated| stated.verdict) {
            Some(Verdict::Included) => ("is to be done as it stands", ""),
            Some(Verdict::Excluded) => ("not applicable", ""),
            Some(Verdict::Alternative(what)) => ("alternative", what.as_str()),
            None if catalogue.coverage(line) == Some(Coverage::Covered) => ("done as it stands", ""),
            None => ("no decision yet", ""),
        };
        AddressableRow {
            id: line.id.to_string(),
            requirement: Link { text: line.title.clone(), ..at.requirement(&catalogue.framework.id, &line.id) },
            coverage: Mark::coverage(catalogue.coverage(line).unwrap_or(Coverage::Uncovered)),
            decision: words,
            reason_html: stated.map_or_else(String::new, |stated| said(stated.reason)),
            alternative_html: said(alternative),
            decided_by: decision.and_then(|decision| decision.decided_by.as_deref()).map(|name| at.written(name)),
            decided_on: decision.and_then(|decision| decision.decided_on).map_or_else(String::new, |day| day.to_string()),
        }
    };
    lines.map(row).collect()
}
