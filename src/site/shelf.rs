//! The shelf: everything a page looks up, indexed once by what it belongs to. Borrows the input; judges nothing.

use std::collections::BTreeMap;

use super::{
    SiteInput,
    catalogue::{Catalogue, catalogues},
    desk::{Desk, desks},
    paging,
    routes::Routes,
};
use crate::{
    assess::{ControlAssessment, Gap, Obligation, Outcome, Performance, RequirementAssessment, UnmatchedRecord, suggest::Counterparts},
    diag::{Finding, Subject},
    id::{ControlId, DocumentId, EvidenceId, FrameworkId, ObjectId, PersonId, RequirementId, VendorId},
    model::{Commit, CommitIx, ComplementaryControl, Landing, Mapping, Programme},
};

/// How many changes a page lists.
pub const CHANGES_A_PAGE: usize = 100;

/// An obligation with its control.
#[derive(Clone, Copy, Debug)]
pub struct Due<'a> {
    /// The control.
    pub control: &'a ControlAssessment,
    /// The obligation.
    pub obligation: &'a Obligation,
}

/// A control that somebody else must have: a customer, or a supplier.
#[derive(Clone, Copy)]
pub struct Resting<'a> {
    /// The supplier; `None`: the customers.
    pub vendor: Option<&'a VendorId>,
    /// What is expected.
    pub control: &'a ComplementaryControl,
}

/// Everything that pages look up.
pub struct Shelf<'a> {
    /// What the site is made from.
    pub input: SiteInput<'a>,
    /// Where the pages stand.
    pub routes: Routes,
    /// What is judged of each control.
    pub controls: BTreeMap<&'a ControlId, &'a ControlAssessment>,
    /// What is judged of each requirement in scope.
    pub requirements: BTreeMap<(&'a FrameworkId, &'a RequirementId), &'a RequirementAssessment>,
    /// The frameworks in scope, in the order of their keys.
    pub catalogues: Vec<Catalogue<'a>>,
    /// What the crosswalks say of the lines in scope.
    pub counterparts: Counterparts<'a>,
    /// What others must do for each requirement to be served.
    pub resting: BTreeMap<(&'a FrameworkId, &'a RequirementId), Vec<Resting<'a>>>,
    /// The documents that serve each requirement.
    pub documents_of: BTreeMap<(&'a FrameworkId, &'a RequirementId), Vec<&'a DocumentId>>,
    /// The obligations that each record answers.
    pub answers: BTreeMap<&'a EvidenceId, Vec<Due<'a>>>,
    /// The accepted performance behind each record that counts.
    pub performances: BTreeMap<&'a EvidenceId, &'a Performance>,
    /// Why each record that answers nothing does not.
    pub unmatched: BTreeMap<&'a EvidenceId, Vec<(&'a ControlId, &'a UnmatchedRecord)>>,
    /// The records that correct each record.
    pub corrections: BTreeMap<&'a EvidenceId, Vec<&'a EvidenceId>>,
    /// All obligations with each outcome, by due day.
    pub outcomes: BTreeMap<Outcome, Vec<Due<'a>>>,
    /// Obligations that wait for a record, by due day: those that were missed among them.
    pub open: Vec<Due<'a>>,
    /// What each person answers for.
    pub desks: BTreeMap<&'a PersonId, Desk<'a>>,
    /// Findings by what they are about.
    pub findings: BTreeMap<&'a Subject, Vec<&'a Finding>>,
    /// Gaps by what they are about.
    pub gaps: BTreeMap<&'a Subject, Vec<&'a Gap>>,
    /// Where each gap's row stands in the list of all gaps, by rank.
    pub gap_places: BTreeMap<usize, String>,
    /// The mainline commits that landed programme files, newest first, each with what it landed.
    pub landings: Vec<(CommitIx, Vec<&'a Landing>)>,
    commits_by_id: BTreeMap<ObjectId, CommitIx>,
    entries: BTreeMap<CommitIx, String>,
}

impl<'a> Shelf<'a> {
    /// Indexes the input.
    pub fn new(input: SiteInput<'a>) -> Self {
        let (programme, assessment) = (input.programme, input.assessment);
        let landings = landings(&input);
        let mut shelf = Self {
            input,
            routes: Routes::new(programme, input.timelines, assessment, input.codes),
            controls: assessment.controls.iter().map(|control| (&control.id, control)).collect(),
            requirements: assessment.requirements.iter().map(|line| ((&line.framework, &line.id), line)).collect(),
            catalogues: catalogues(programme, assessment),
            counterparts: Counterparts::new(programme, input.crosswalks),
            resting: BTreeMap::new(),
            documents_of: BTreeMap::new(),
            answers: BTreeMap::new(),
            performances: BTreeMap::new(),
            unmatched: BTreeMap::new(),
            corrections: BTreeMap::new(),
            outcomes: BTreeMap::new(),
            open: Vec::new(),
            desks: BTreeMap::new(),
            findings: BTreeMap::new(),
            gaps: BTreeMap::new(),
            gap_places: super::pages::gaps::places(&assessment.gaps).collect(),
            commits_by_id: input.history.commits.iter().map(|(at, commit)| (commit.id, *at)).collect(),
            entries: entries(&input, &landings),
            landings,
        };
        assessment.controls.iter().for_each(|control| shelf.put_control(control));
        for (id, document) in &programme.documents {
            each_requirement(&document.satisfies, |key| shelf.documents_of.entry(key).or_default().push(id));
        }
        for resting in resting(programme) {
            each_requirement(&resting.control.satisfies, |key| shelf.resting.entry(key).or_default().push(resting));
        }
        for record in programme.evidence.values() {
            if let Some(corrected) = &record.supersedes {
                shelf.corrections.entry(corrected).or_default().push(&record.id);
            }
        }
        for finding in &assessment.findings {
            shelf.findings.entry(&finding.subject).or_default().push(finding);
        }
        for gap in &assessment.gaps {
            shelf.gaps.entry(&gap.subject).or_default().push(gap);
        }
        for dues in shelf.outcomes.values_mut() {
            dues.sort_by_key(|due| (due.obligation.due, &due.control.id));
        }
        shelf.open = [Outcome::Missed, Outcome::DueSoon, Outcome::NotYetDue]
            .iter()
            .filter_map(|one| shelf.outcomes.get(one))
            .flatten()
            .copied()
            .collect();
        shelf.open.sort_by_key(|due| (due.obligation.due, &due.control.id));
        shelf.desks = desks(&shelf.input, &shelf.open);
        shelf
    }

    fn put_control(&mut self, control: &'a ControlAssessment) {
        for obligation in &control.obligations {
            let due = Due { control, obligation };
            self.outcomes.entry(obligation.outcome).or_default().push(due);
            if let Some(record) = &obligation.record {
                self.answers.entry(&record.evidence).or_default().push(due);
                self.performances.entry(&record.evidence).or_insert(record);
            }
        }
        for record in &control.occurrences {
            self.performances.entry(&record.evidence).or_insert(record);
        }
        for record in &control.unmatched {
            self.unmatched.entry(&record.evidence).or_default().push((&control.id, record));
        }
    }

    /// A framework in scope.
    pub fn catalogue(&self, id: &FrameworkId) -> Option<&Catalogue<'a>> {
        self.catalogues.iter().find(|catalogue| catalogue.framework.id == *id)
    }

    /// How many obligations have an outcome.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.outcomes.get(&outcome).map_or(0, Vec::len)
    }

    /// Findings about something.
    pub fn findings_about(&self, subject: &Subject) -> &[&'a Finding] {
        self.findings.get(subject).map_or(&[], Vec::as_slice)
    }

    /// Gaps about something.
    pub fn gaps_about(&self, subject: &Subject) -> &[&'a Gap] {
        self.gaps.get(subject).map_or(&[], Vec::as_slice)
    }

    /// The full data of a commit, where history kept it.
    pub fn commit(&self, at: CommitIx) -> Option<&'a Commit> {
        self.input.history.commits.get(&at)
    }

    /// A commit's number, where history kept its data.
    pub fn commit_ix(&self, id: ObjectId) -> Option<CommitIx> {
        self.commits_by_id.get(&id).copied()
    }

    /// Where the list of changes shows a commit: its own entry, or that of the mainline commit that landed it.
    pub fn entry(&self, at: CommitIx) -> Option<&str> {
        let node = self.input.history.nodes.get(at.0 as usize)?;
        self.entries.get(&at).or_else(|| self.entries.get(&node.landed_in)).map(String::as_str)
    }
}

fn landings<'a>(input: &SiteInput<'a>) -> Vec<(CommitIx, Vec<&'a Landing>)> {
    let mut groups: Vec<(CommitIx, Vec<&'a Landing>)> = Vec::new();
    for landing in &input.history.landings {
        match groups.last_mut() {
            Some((commit, files)) if *commit == landing.commit => files.push(landing),
            _ => groups.push((landing.commit, vec![landing])),
        }
    }
    groups.reverse();
    groups
}

fn entries(input: &SiteInput<'_>, landings: &[(CommitIx, Vec<&Landing>)]) -> BTreeMap<CommitIx, String> {
    landings
        .iter()
        .enumerate()
        .map(|(at, (commit, _))| {
            let page = paging::page_of("changes.html", at, CHANGES_A_PAGE);
            (*commit, format!("{page}#c-{}", input.history.node(*commit).id.short()))
        })
        .collect()
}

/// What customers and suppliers must do.
fn resting(programme: &Programme) -> impl Iterator<Item = Resting<'_>> {
    let customers = programme.trust.iter().flat_map(|page| &page.complementary).map(|control| Resting { vendor: None, control });
    let suppliers = programme.vendors.values().flat_map(|vendor| vendor.csocs.iter().map(move |control| (vendor, control)));
    customers.chain(suppliers.map(|(vendor, control)| Resting { vendor: Some(&vendor.id), control }))
}

fn each_requirement<'a>(mapping: &'a Mapping, mut put: impl FnMut((&'a FrameworkId, &'a RequirementId))) {
    for (framework, ids) in mapping {
        ids.iter().for_each(|id| put((framework, id)));
    }
}
