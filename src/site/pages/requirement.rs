//! One requirement: whether it is served, by which controls, and what the documents say.

use std::sync::Arc;

use serde::Serialize;

use super::{
    framework::{ControlMark, control_mark, word},
    page,
};
use crate::{
    assess::RequirementAssessment,
    diag::Subject,
    model::Standing,
    site::{
        Page,
        links::At,
        nav::Frame,
        shelf::Shelf,
        view::{FindingRow, GapRow, Link, Mark},
    },
};

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct RequirementPage {
    /// What stands around it.
    pub frame: Frame,
    /// What the framework calls it.
    pub word: String,
    /// Its id.
    pub id: String,
    /// Its group's title; empty without a group.
    pub group: String,
    /// Whether it is served.
    pub coverage: Mark,
    /// The worst operation among its key controls; `None` without a control.
    pub operation: Option<Mark>,
    /// Why it does not apply; empty when it does.
    pub not_applicable: String,
    /// The controls that claim it.
    pub controls: Vec<ControlMark>,
    /// The documents that claim it.
    pub documents: Vec<Link>,
    /// Its gaps.
    pub gaps: Vec<GapRow>,
    /// Its findings.
    pub findings: Vec<FindingRow>,
}

/// Plans the pages.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    let lines: Vec<&'a RequirementAssessment> = shelf.requirements.values().copied().collect();
    lines
        .into_iter()
        .filter_map(|line| {
            let path = shelf.routes.requirement(&line.framework, &line.id)?.to_owned();
            Some(page(shelf, path, "requirement.html", move |at| Ok(requirement(at, line))))
        })
        .collect()
}

fn requirement(at: At<'_, '_>, line: &RequirementAssessment) -> RequirementPage {
    let programme = at.shelf.input.programme;
    let known = programme.frameworks.get(&line.framework);
    let group = known.and_then(|known| known.groups.iter().find(|group| known.requirements.get(&line.id).is_some_and(|own| own.group == group.id)));
    let own = known.and_then(|known| Some((known, known.requirements.get(&line.id)?)));
    let not_applicable = match own.map(|(framework, own)| programme.standing(framework, own)) {
        Some(Standing::NotApplicable(reason)) => reason.to_owned(),
        _ => String::new(),
    };
    let subject = Subject::Requirement(line.framework.clone(), line.id.clone());
    let documents = at.shelf.documents_of.get(&(&line.framework, &line.id));
    let crumbs = vec![at.to("frameworks.html", "Frameworks"), at.framework(&line.framework)];
    RequirementPage {
        frame: Frame::new(at, "frameworks.html", format!("{}: {}", line.id, line.title), crumbs),
        word: word(at, &line.framework),
        id: line.id.to_string(),
        group: group.map_or_else(String::new, |group| group.title.clone()),
        coverage: Mark::coverage(line.coverage),
        operation: line.operation.map(Mark::operation),
        not_applicable,
        controls: line.controls.iter().map(|id| control_mark(at, id)).collect(),
        documents: documents.map_or_else(Vec::new, |ids| ids.iter().map(|id| at.document(id)).collect()),
        gaps: at.gaps_about(&subject),
        findings: at.findings_about(&subject),
    }
}
