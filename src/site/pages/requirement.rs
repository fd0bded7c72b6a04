//! One requirement: whether it is served, by which controls, what was decided about it, what the documents say, and what the
//! crosswalks say of it.

use std::sync::Arc;

use serde::Serialize;

use super::{
    elsewhere::{Elsewhere, SuggestionRow, could_be_served, elsewhere},
    framework::{ControlMark, control_mark, need_word, word},
    page,
};
use crate::{
    assess::RequirementAssessment,
    diag::Subject,
    model::{Applicability, Framework, LineKind, Need, Requirement, Standing, Stated, Verdict},
    site::{
        Page,
        links::At,
        nav::Frame,
        shelf::{Resting, Shelf},
        view::{FindingRow, GapRow, Link, Mark, capitalised, said},
    },
};

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct RequirementPage {
    /// What stands around it.
    pub frame: Frame,
    /// What the framework calls it, with its need before it: `Addressable specification`.
    pub word: String,
    /// Its id.
    pub id: String,
    /// Its group's title; empty without a group.
    pub group: String,
    /// The line above it; `None` when there is none.
    pub parent: Option<Link>,
    /// Whether it is served.
    pub coverage: Mark,
    /// The worst operation among its key controls; `None` without a control.
    pub operation: Option<Mark>,
    /// What was decided about it; `None` where nothing was and nothing has to be.
    pub decision: Option<DecisionView>,
    /// The controls that claim it.
    pub controls: Vec<ControlMark>,
    /// What customers and suppliers must do for it to be served.
    pub resting: Vec<RestingRow>,
    /// The documents that claim it.
    pub documents: Vec<Link>,
    /// Lines of the other frameworks in scope that speak of the same.
    pub elsewhere: Vec<Elsewhere>,
    /// How many of them are not named, in words; empty when all are.
    pub elsewhere_more: String,
    /// Controls that could serve it, by these lines.
    pub could_serve: Vec<SuggestionRow>,
    /// How many of them are not named, in words; empty when all are.
    pub could_serve_more: String,
    /// The framework's key, for the command that lists all of them.
    pub framework_key: String,
    /// Its gaps.
    pub gaps: Vec<GapRow>,
    /// Its findings.
    pub findings: Vec<FindingRow>,
}

/// What was decided about a requirement.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionView {
    /// What, as a sentence.
    pub verdict: &'static str,
    /// Why; safe HTML, empty without a decision.
    pub reason_html: String,
    /// What is done in its place; safe HTML, empty when nothing is.
    pub alternative_html: String,
    /// Who decided; `None` when it is not said.
    pub decided_by: Option<Link>,
    /// When; empty when it is not said.
    pub decided_on: String,
    /// The file and line; empty where `tickmark.yaml` says it.
    pub place: String,
}

/// What somebody else must do.
#[derive(Clone, Debug, Serialize)]
pub struct RestingRow {
    /// Who: a supplier, or customers.
    pub who: Link,
    /// Its id; empty when it has none.
    pub id: String,
    /// What is expected of them.
    pub text: String,
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

fn requirement<'a>(at: At<'_, 'a>, line: &'a RequirementAssessment) -> RequirementPage {
    let programme = at.shelf.input.programme;
    let key = (&line.framework, &line.id);
    let known = programme.frameworks.get(&line.framework).and_then(|known| Some((known, known.requirements.get(&line.id)?)));
    let subject = Subject::Requirement(line.framework.clone(), line.id.clone());
    let documents = at.shelf.documents_of.get(&key);
    let crumbs = vec![at.to("frameworks.html", "Frameworks"), at.framework(&line.framework)];
    let (elsewhere, elsewhere_more) = elsewhere(at, &at.shelf.counterparts.of(&line.framework, &line.id));
    let (could_serve, could_serve_more) = could_be_served(at, line);
    RequirementPage {
        frame: Frame::new(at, "frameworks.html", format!("{}: {}", line.id, line.title), crumbs),
        word: known.map_or_else(|| word(at, &line.framework), |(framework, own)| kind(framework, own)),
        id: line.id.to_string(),
        group: known.and_then(|(framework, own)| framework.group_of(own)).map_or_else(String::new, |group| group.title.clone()),
        parent: known.and_then(|(framework, own)| parent(at, framework, own)),
        coverage: Mark::coverage(line.coverage),
        operation: line.operation.map(Mark::operation),
        decision: known.and_then(|(framework, own)| decision(at, framework, own)),
        controls: line.controls.iter().map(|id| control_mark(at, id)).collect(),
        resting: at.shelf.resting.get(&key).map_or_else(Vec::new, |list| list.iter().map(|one| resting(at, one)).collect()),
        documents: documents.map_or_else(Vec::new, |ids| ids.iter().map(|id| at.document(id)).collect()),
        elsewhere,
        elsewhere_more,
        could_serve,
        could_serve_more,
        framework_key: line.framework.to_string(),
        gaps: at.gaps_about(&subject),
        findings: at.findings_about(&subject),
    }
}

fn kind(framework: &Framework, own: &Requirement) -> String {
    let word = framework.word_of(own);
    capitalised(&own.need.map_or_else(|| word.to_owned(), |need| format!("{} {word}", need_word(need))))
}

/// The line above: a requirement's page, or a heading's place on the page of its framework.
fn parent(at: At<'_, '_>, framework: &Framework, own: &Requirement) -> Option<Link> {
    let above = framework.above(own).next()?;
    if above.kind == LineKind::Requirement {
        return Some(at.requirement(&framework.id, &above.id));
    }
    let path = at.shelf.catalogue(&framework.id).and_then(|catalogue| catalogue.line_path(at.shelf, above));
    let text = format!("{} {} {}", framework.word_of(above), above.id, if above.title == above.id.as_str() { "" } else { &above.title });
    Some(path.map_or_else(|| Link::plain(text.trim_end()), |path| at.to(&path, text.trim_end())))
}

/// What was decided, and what the framework makes of it.
fn decision(at: At<'_, '_>, framework: &Framework, own: &Requirement) -> Option<DecisionView> {
    let programme = at.shelf.input.programme;
    let Some(Stated { verdict, reason, decision }) = programme.stated(&framework.id, &own.id) else {
        let asks = framework.applicability_of(own) == Applicability::Statement || own.need == Some(Need::Addressable);
        let nothing = |verdict| DecisionView {
            verdict,
            reason_html: String::new(),
            alternative_html: String::new(),
            decided_by: None,
            decided_on: String::new(),
            place: String::new(),
        };
        return asks.then(|| nothing("Nothing is decided yet"));
    };
    let counts = programme.standing(framework, own) != Standing::Applies;
    let (words, alternative) = match verdict {
        Verdict::Included => ("It applies", ""),
        Verdict::Excluded if counts => ("It does not apply", ""),
        Verdict::Excluded => ("Declared not applicable, which its framework does not allow: it counts all the same", ""),
        Verdict::Alternative(what) if counts => ("Something else is done in its place", what.as_str()),
        Verdict::Alternative(what) => ("An alternative is recorded, which its framework does not allow: it counts for nothing", what.as_str()),
    };
    Some(DecisionView {
        verdict: words,
        reason_html: said(reason),
        alternative_html: said(alternative),
        decided_by: decision.and_then(|decision| decision.decided_by.as_deref()).map(|name| at.written(name)),
        decided_on: decision.and_then(|decision| decision.decided_on).map_or_else(String::new, |day| day.to_string()),
        place: decision.map_or_else(String::new, |decision| format!("{}, line {}", decision.origin.path, decision.origin.line)),
    })
}

fn resting(at: At<'_, '_>, one: &Resting<'_>) -> RestingRow {
    RestingRow {
        who: one.vendor.map_or_else(|| Link::plain("Customers"), |id| at.vendor(id)),
        id: one.control.id.clone(),
        text: one.control.text.clone(),
    }
}
