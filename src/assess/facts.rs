//! Facts: everything that the rules and the gaps read, once all passes are done.

use super::{
    ControlAssessment, DocumentAssessment, Obligation, Outcome, Performance, RequirementAssessment, ground::Ground, records::Records,
};
use crate::{
    date::{Instant, Period, days_between},
    diag::Subject,
    id::{ControlId, EvidenceId, FrameworkId, ObjectId, RequirementId},
    model::{CommitIx, Control, Deviation, Evidence, Framework, Requirement},
    source::Place,
};

/// Everything judged, before rules speak.
pub struct Facts<'a> {
    /// What was given.
    pub ground: Ground<'a>,
    /// The records with their pasts.
    pub records: Records<'a>,
    /// Controls of the tip, by id.
    pub controls: Vec<ControlAssessment>,
    /// Controls that the tip no longer has and that were removed inside the window.
    pub removed: Vec<RemovedControl>,
    /// Requirements in scope, by framework and id.
    pub requirements: Vec<RequirementAssessment>,
    /// Documents of the tip, by id.
    pub documents: Vec<DocumentAssessment>,
    /// What findings say about obligations: the sentence, and the control's and the obligation's place in their lists.
    pub owed: Vec<(String, usize, usize)>,
}

/// A control that was removed inside the window, judged up to its removal.
pub struct RemovedControl {
    /// What it owed until then.
    pub assessment: ControlAssessment,
    /// When the mainline lost it.
    pub removed: Instant,
    /// The mainline commit that removed it.
    pub removed_in: CommitIx,
}

impl<'a> Facts<'a> {
    /// A control as the tip states it.
    pub fn control(&self, id: &ControlId) -> Option<&'a Control> {
        self.ground.programme.controls.get(id)
    }

    /// Every requirement in scope as its catalogue states it, by framework, in the order of the catalogue.
    pub fn lines(&self) -> impl Iterator<Item = (&'a Framework, &'a Requirement)> {
        let programme = self.ground.programme;
        programme.config.scope.frameworks.iter().flat_map(|(id, selection)| {
            let framework = programme.frameworks.get(id);
            let mut lines: Vec<_> =
                framework.into_iter().flat_map(|known| known.in_scope(selection).map(move |line| (known, line))).collect();
            lines.sort_by_key(|(_, line)| line.place);
            lines
        })
    }

    /// The requirements in scope that something is true of, by framework; a framework without any is left out.
    pub fn by_framework(&self, wanted: impl Fn(&Framework, &Requirement) -> bool) -> Vec<(&'a Framework, Vec<&'a Requirement>)> {
        let mut found: Vec<(&Framework, Vec<&Requirement>)> = Vec::new();
        for (framework, line) in self.lines().filter(|(framework, line)| wanted(framework, line)) {
            match found.last_mut() {
                Some((last, lines)) if last.id == framework.id => lines.push(line),
                _ => found.push((framework, vec![line])),
            }
        }
        found
    }

    /// What is judged of a requirement.
    pub fn requirement(&self, framework: &FrameworkId, id: &RequirementId) -> Option<&RequirementAssessment> {
        let key = |line: &RequirementAssessment| (line.framework.cmp(framework)).then_with(|| line.id.cmp(id));
        self.requirements.binary_search_by(key).ok().map(|at| &self.requirements[at])
    }

    /// The place of a control's record.
    pub fn control_place(&self, id: &ControlId) -> Option<Place> {
        self.control(id).map(|control| control.origin.place())
    }

    /// The place of a manifest.
    pub fn evidence_place(&self, id: &EvidenceId) -> Option<Place> {
        self.evidence(id).map(|evidence| evidence.origin.place())
    }

    /// What a manifest is called in a sentence.
    pub fn record_name(&self, id: &EvidenceId) -> String {
        self.evidence(id).map_or_else(|| id.to_string(), Evidence::name)
    }

    /// A manifest of the tip.
    pub fn evidence(&self, id: &EvidenceId) -> Option<&'a Evidence> {
        self.ground.programme.evidence.get(id)
    }

    /// Every obligation with an outcome, with its control.
    pub fn with_outcome(&self, outcome: Outcome) -> impl Iterator<Item = (&ControlAssessment, &Obligation)> {
        self.controls
            .iter()
            .flat_map(|control| control.obligations.iter().map(move |obligation| (control, obligation)))
            .filter(move |(_, obligation)| obligation.outcome == outcome)
    }

    /// Every record that counts in the window, with its control and the obligation that it answers.
    pub fn counted(&self) -> impl Iterator<Item = (&ControlAssessment, Option<&Obligation>, &Performance)> {
        self.controls.iter().flat_map(|control| {
            let answers = control.obligations.iter().filter_map(|slot| slot.record.as_ref().map(|record| (Some(slot), record)));
            let loose = control.occurrences.iter().map(|record| (None, record));
            answers.chain(loose).map(move |(slot, record)| (control, slot, record))
        })
    }

    /// The register's entry about a deviation of a control in a period.
    pub fn deviation(&self, control: &ControlId, period: Period) -> Option<&'a Deviation> {
        let range = self.ground.range(period);
        self.ground
            .programme
            .deviations
            .values()
            .find(|entry| entry.control == *control && entry.period.is_some_and(|other| self.ground.range(other) == range))
    }

    /// A commit's id.
    pub fn commit_id(&self, at: CommitIx) -> ObjectId {
        self.ground.history.node(at).id
    }

    /// The subject of a finding about a control.
    pub fn about(&self, control: &ControlAssessment) -> Subject {
        Subject::Control(control.id.clone())
    }

    /// How many days an obligation is overdue at the as-of; 0 when it is not.
    pub fn days_overdue(&self, obligation: &Obligation) -> i64 {
        days_between(obligation.due, self.ground.today).max(0)
    }
}
