//! The part of the assessment's document about requirements in scope.

use schemars::JsonSchema;
use serde::Serialize;

use super::{day, texts, word};
use crate::{
    assess::RequirementAssessment,
    model::{Programme, Stated, Verdict},
};

/// A requirement in scope.
#[derive(Serialize, JsonSchema)]
pub(super) struct RequirementView {
    framework: String,
    id: String,
    title: String,
    /// `covered`, `uncovered`, `alternative` or `not_applicable`.
    coverage: String,
    controls: Vec<String>,
    /// `required` or `addressable`; absent where the framework makes no such difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    need: Option<String>,
    /// What was decided about it, whether or not the framework allows it; absent when nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<DecisionView>,
}

#[derive(Serialize, JsonSchema)]
struct DecisionView {
    /// `included`, `excluded` or `alternative`.
    decision: &'static str,
    reason: String,
    /// What is done in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    alternative: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_on: Option<String>,
    /// The file that states it; absent where `tickmark.yaml` does.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
}

/// A requirement with its need and what was decided about it.
pub(super) fn requirement_view(requirement: &RequirementAssessment, programme: &Programme) -> RequirementView {
    let RequirementAssessment { framework, id, title, coverage, controls, operation: _ } = requirement;
    let line = programme.frameworks.get(framework).and_then(|framework| framework.requirements.get(id));
    RequirementView {
        framework: framework.to_string(),
        id: id.to_string(),
        title: title.clone(),
        coverage: word(coverage),
        controls: texts(controls),
        need: line.and_then(|line| line.need).map(|need| word(&need)),
        decision: programme.stated(framework, id).map(decision_view),
    }
}

fn decision_view(Stated { verdict, reason, decision }: Stated<'_>) -> DecisionView {
    let (word, alternative) = match verdict {
        Verdict::Included => ("included", None),
        Verdict::Excluded => ("excluded", None),
        Verdict::Alternative(what) => ("alternative", Some(what.clone())),
    };
    DecisionView {
        decision: word,
        reason: reason.to_owned(),
        alternative,
        decided_by: decision.and_then(|decision| decision.decided_by.clone()),
        decided_on: decision.and_then(|decision| decision.decided_on).map(day),
        path: decision.map(|decision| decision.origin.path.to_string()),
    }
}
