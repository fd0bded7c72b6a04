//! What stands on each person's desk: everything they answer for, alone or in a team, gathered once for all pages.

use std::collections::BTreeMap;

use super::{SiteInput, shelf::Due};
use crate::{
    assess::Gap,
    id::{ControlId, DocumentId, PersonId},
    model::OwnerRef,
};

/// What one person answers for.
#[derive(Debug, Default)]
pub struct Desk<'a> {
    /// Obligations that wait for a record, by due day.
    pub due: Vec<Due<'a>>,
    /// Gaps, by rank.
    pub gaps: Vec<&'a Gap>,
    /// Controls, by id.
    pub controls: Vec<&'a ControlId>,
    /// Documents, by id.
    pub documents: Vec<&'a DocumentId>,
    /// How many records name them as performer.
    pub performed: usize,
    /// How many records name them as reviewer.
    pub reviewed: usize,
}

/// The desks of everybody the programme knows; `open` are the obligations that wait for a record, by due day.
pub fn desks<'a>(input: &SiteInput<'a>, open: &[Due<'a>]) -> BTreeMap<&'a PersonId, Desk<'a>> {
    let programme = input.programme;
    let mut desks: BTreeMap<&'a PersonId, Desk<'a>> = programme.people.people.keys().map(|id| (id, Desk::default())).collect();
    let mut put = |owner: Option<&OwnerRef>, lay: &dyn Fn(&mut Desk<'a>)| {
        let behind: &[PersonId] = match owner {
            None => &[],
            Some(OwnerRef::Person(id)) => std::slice::from_ref(id),
            Some(OwnerRef::Team(id)) => programme.people.teams.get(id).map_or(&[], |team| &team.members),
        };
        for (at, id) in behind.iter().enumerate() {
            // A team that lists somebody twice does not double what they answer for.
            if !behind[..at].contains(id)
                && let Some(desk) = desks.get_mut(id)
            {
                lay(desk);
            }
        }
    };
    for due in open {
        put(programme.controls.get(&due.control.id).and_then(|control| control.owner.as_ref()), &|desk| desk.due.push(*due));
    }
    for gap in &input.assessment.gaps {
        put(gap.owner.as_ref(), &|desk| desk.gaps.push(gap));
    }
    for (id, control) in &programme.controls {
        put(control.owner.as_ref(), &|desk| desk.controls.push(id));
    }
    for (id, document) in &programme.documents {
        put(document.owner.as_ref(), &|desk| desk.documents.push(id));
    }
    for record in programme.evidence.values() {
        let named = |name: &Option<String>| name.as_deref().map(|name| OwnerRef::Person(name.into()));
        put(named(&record.performed_by).as_ref(), &|desk| desk.performed += 1);
        put(named(&record.reviewed_by).as_ref(), &|desk| desk.reviewed += 1);
    }
    desks
}
