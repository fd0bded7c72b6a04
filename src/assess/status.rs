//! Status: the design of a control, and which requirements are served by controls in place.

use std::collections::BTreeMap;

use super::{ControlAssessment, Coverage, Design, Operation, RequirementAssessment, ground::Ground};
use crate::{
    id::{ControlId, FrameworkId, RequirementId},
    model::{Control, ControlStatus, Standing},
};

/// A control's design as the tip states it.
pub fn design(control: &Control) -> Design {
    if control.not_applicable.is_some() {
        return Design::NotApplicable;
    }
    match control.status {
        ControlStatus::Drafted => Design::Drafted,
        ControlStatus::Approved => Design::Approved,
        ControlStatus::InPlace => Design::InPlace,
        ControlStatus::Retired => Design::Retired,
    }
}

/// Whether a control is in place at the as-of: its design says so, and it is effective today.
pub fn is_in_place_today(ground: &Ground<'_>, control: &Control) -> bool {
    let effective = control.effective_from.is_none_or(|from| from <= ground.today);
    let retired = control.retired_on.is_some_and(|retired| retired <= ground.today);
    design(control) == Design::InPlace && effective && !retired
}

/// Every requirement in scope with the controls that claim it. Documents alone serve nothing: a text is not a control.
pub fn requirements(ground: &Ground<'_>, controls: &[ControlAssessment]) -> Vec<RequirementAssessment> {
    let programme = ground.programme;
    let claims = claims(ground);
    let operations: BTreeMap<&ControlId, Operation> = controls.iter().map(|control| (&control.id, control.operation)).collect();
    let scope = &programme.config.scope;
    let mut list = Vec::new();
    for (id, selection) in &scope.frameworks {
        let Some(framework) = programme.frameworks.get(id) else { continue };
        for requirement in framework.in_scope(selection) {
            let key = (id, &requirement.id);
            let claimed = claims.get(&key).map_or(&[][..], Vec::as_slice);
            let in_place = || claimed.iter().any(|control| is_in_place_today(ground, control));
            let coverage = match programme.standing(framework, requirement) {
                Standing::NotApplicable(_) => Coverage::NotApplicable,
                Standing::Applies | Standing::Alternative(..) if in_place() => Coverage::Covered,
                Standing::Alternative(..) => Coverage::Alternative,
                Standing::Applies => Coverage::Uncovered,
            };
            list.push(RequirementAssessment {
                framework: id.clone(),
                id: requirement.id.clone(),
                title: requirement.title.clone(),
                coverage,
                controls: claimed.iter().map(|control| control.id.clone()).collect(),
                operation: worst(claimed, &operations),
            });
        }
    }
    list
}

fn claims<'a>(ground: &Ground<'a>) -> BTreeMap<(&'a FrameworkId, &'a RequirementId), Vec<&'a Control>> {
    let mut claims: BTreeMap<(&FrameworkId, &RequirementId), Vec<&Control>> = BTreeMap::new();
    for control in ground.programme.controls.values() {
        for (framework, ids) in &control.satisfies {
            for id in ids {
                let holders = claims.entry((framework, id)).or_default();
                // A requirement listed twice is still one claim.
                if holders.last().is_none_or(|last| last.id != control.id) {
                    holders.push(control);
                }
            }
        }
    }
    claims
}

/// The worst operation among the key controls; among all of them where none is key.
fn worst(claimed: &[&Control], operations: &BTreeMap<&ControlId, Operation>) -> Option<Operation> {
    let any_key = claimed.iter().any(|control| control.key);
    claimed.iter().filter(|control| control.key || !any_key).filter_map(|control| operations.get(&control.id).copied()).min()
}
