//! `tickmark explain CODE|ID`: what a code means, or what was found about one thing and why.

use super::{Assessed, UsageError};
use crate::{
    assess::{self, ControlAssessment, Gap},
    diag::{Code, Finding, Subject, did_you_mean},
    git, language, load, trust,
};

/// Every code that a finding can carry, by name.
pub fn all_codes() -> Vec<&'static Code> {
    let mut codes: Vec<&'static Code> = load::CODES.iter().chain(git::CODES).chain(trust::CODES).collect();
    codes.extend(assess::codes());
    codes.extend(language::codes());
    codes.sort_by_key(|code| code.name);
    codes
}

/// What was found about one record.
pub struct Explained<'a> {
    /// The findings about it.
    pub findings: Vec<&'a Finding>,
    /// The gaps about it.
    pub gaps: Vec<&'a Gap>,
    /// What was judged, when it is a control.
    pub control: Option<&'a ControlAssessment>,
}

/// The code of that name, whatever the repository says.
pub fn code(name: &str) -> Option<&'static Code> {
    all_codes().into_iter().find(|code| code.name == name)
}

/// Explains a record by its id: its findings, its gaps and, for a control, its ledger.
///
/// # Errors
/// When no record has the id; the hint knows the codes too.
pub fn explain<'a>(assessed: &'a Assessed, asked: &str) -> anyhow::Result<Explained<'a>> {
    let assessment = &assessed.assessment;
    let control = assessment.controls.iter().find(|control| control.id.as_str() == asked);
    let findings: Vec<&Finding> = assessment.findings.iter().filter(|finding| names(&finding.subject, asked)).collect();
    let gaps: Vec<&Gap> = assessment.gaps.iter().filter(|gap| names(&gap.subject, asked)).collect();
    if control.is_some() || !findings.is_empty() || exists(assessed, asked) {
        return Ok(Explained { findings, gaps, control });
    }
    let codes = all_codes();
    let known = codes.iter().map(|code| code.name).chain(assessed.programme.controls.keys().map(|id| id.as_str()));
    let hint = match did_you_mean(asked, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`tickmark explain` without a name lists the codes".to_owned(),
    };
    Err(UsageError::because(format!("`{asked}` is neither a code nor the id of a record"), hint))
}

fn names(subject: &Subject, asked: &str) -> bool {
    match subject {
        Subject::Programme | Subject::History => false,
        Subject::Control(id) => id.as_str() == asked,
        Subject::Document(id) => id.as_str() == asked,
        Subject::Evidence(id) => id.as_str() == asked,
        Subject::Requirement(framework, id) => id.as_str() == asked || asked == format!("{framework} {id}"),
        Subject::Person(id) => id.as_str() == asked,
        Subject::Vendor(id) => id.as_str() == asked,
        Subject::Register(_, id) => id == asked,
    }
}

fn exists(assessed: &Assessed, asked: &str) -> bool {
    let programme = &assessed.programme;
    programme.documents.keys().any(|id| id.as_str() == asked)
        || programme.evidence.keys().any(|id| id.as_str() == asked)
        || programme.people.people.keys().any(|id| id.as_str() == asked)
        || programme.vendors.keys().any(|id| id.as_str() == asked)
}
