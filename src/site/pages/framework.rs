//! One framework: its groups and lines with the controls that serve them.

use std::{collections::BTreeSet, sync::Arc};

use serde::Serialize;

use super::{
    frame_under,
    overview::{CoverageView, coverage},
    page,
};
use crate::{
    assess::RequirementAssessment,
    id::{ControlId, FrameworkId},
    site::{
        Page,
        links::At,
        nav::Frame,
        shelf::Shelf,
        view::{Link, Mark, capitalised, number},
    },
};

/// A row names no more controls than this; the requirement's page has all.
const CONTROLS_NAMED: usize = 12;

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct FrameworkPage {
    /// What stands around it.
    pub frame: Frame,
    /// Who publishes it.
    pub publisher: String,
    /// Coverage in numbers.
    pub coverage: CoverageView,
    /// Its groups in scope, in order.
    pub groups: Vec<GroupView>,
}

/// One group of a framework.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    /// Its anchor.
    pub anchor: String,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its lines in scope.
    pub rows: Vec<RequirementRow>,
}

/// One requirement in a list.
#[derive(Clone, Debug, Serialize)]
pub struct RequirementRow {
    /// Its id.
    pub id: String,
    /// Our title.
    pub requirement: Link,
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
    let ids: BTreeSet<&'a FrameworkId> = shelf.requirements.keys().map(|(framework, _)| *framework).collect();
    ids.into_iter()
        .filter_map(|id| {
            let path = shelf.routes.framework(id)?.to_owned();
            Some(page(shelf, path, "framework.html", move |at| Ok(framework(at, id))))
        })
        .collect()
}

fn framework(at: At<'_, '_>, id: &FrameworkId) -> FrameworkPage {
    let known = at.shelf.input.programme.frameworks.get(id);
    let lines: Vec<&RequirementAssessment> = at.shelf.requirements.values().filter(|line| line.framework == *id).copied().collect();
    let group_of = |line: &RequirementAssessment| known.and_then(|known| known.requirements.get(&line.id)).map(|line| line.group.as_str());
    let mut groups: Vec<GroupView> = known.map_or_else(Vec::new, |known| {
        let group = |group: &crate::model::Group| {
            let rows = lines.iter().filter(|line| group_of(line) == Some(&group.id)).map(|line| row(at, line)).collect();
            GroupView { anchor: format!("g-{}", crate::site::routes::stem(&group.id)), id: group.id.clone(), title: group.title.clone(), rows }
        };
        known.groups.iter().map(group).collect()
    });
    let grouped = |line: &RequirementAssessment| group_of(line).is_some_and(|id| known.is_some_and(|known| known.groups.iter().any(|group| group.id == id)));
    let rest: Vec<RequirementRow> = lines.iter().filter(|line| !grouped(line)).map(|line| row(at, line)).collect();
    groups.push(GroupView { anchor: "g-other".to_owned(), id: String::new(), title: "Without a group".to_owned(), rows: rest });
    groups.retain(|group| !group.rows.is_empty());
    FrameworkPage {
        frame: frame_under(at, "frameworks.html", "Frameworks", known.map_or_else(|| id.to_string(), |known| known.name.clone())),
        publisher: known.map_or_else(String::new, |known| known.owner.clone()),
        coverage: coverage(at, id),
        groups,
    }
}

fn row(at: At<'_, '_>, line: &RequirementAssessment) -> RequirementRow {
    let link = at.requirement(&line.framework, &line.id);
    let all = (line.controls.len() > CONTROLS_NAMED).then(|| Link { href: link.href.clone(), text: format!("All {}", number(line.controls.len())) });
    RequirementRow {
        id: line.id.to_string(),
        requirement: Link { text: line.title.clone(), ..link },
        coverage: Mark::coverage(line.coverage),
        operation: line.operation.map(Mark::operation),
        controls: line.controls.iter().take(CONTROLS_NAMED).map(|id| control_mark(at, id)).collect(),
        all_controls: all,
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

/// What a framework calls its lines, with a capital.
pub fn word(at: At<'_, '_>, id: &FrameworkId) -> String {
    capitalised(at.shelf.input.programme.frameworks.get(id).map_or("requirement", |known| &known.word))
}
