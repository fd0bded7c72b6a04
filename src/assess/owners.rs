//! Owners: the days on which nobody answered for a control (GT-33).

use super::{
    ground::Ground,
    tenure::{Tenure, merged, without},
};
use crate::{
    date::{Date, DateRange},
    model::OwnerRef,
};

/// The stretches of the window so far in which the control had no owner, or nobody behind its owner was with the
/// organization. Days before the control stood on the mainline are not asked about.
pub fn without_owner(ground: &Ground<'_>, tenure: &Tenure<'_>) -> Vec<DateRange> {
    let Some(so_far) = ground.window_so_far() else { return Vec::new() };
    let mut absent = Vec::new();
    for segment in &tenure.segments {
        let Some(days) = DateRange::new(segment.first, segment.last).and_then(|days| days.intersection(so_far)) else { continue };
        match &segment.control.owner {
            Some(owner) => absent.extend(nobody_behind(ground, owner, days)),
            None => absent.push(days),
        }
    }
    merged(absent)
}

/// The days of a range on which nobody behind an owner was with the organization.
pub fn nobody_behind(ground: &Ground<'_>, owner: &OwnerRef, days: DateRange) -> Vec<DateRange> {
    let present = ground
        .behind(owner)
        .iter()
        .filter_map(|person| DateRange::new(person.from.unwrap_or(Date::MIN), person.to.unwrap_or(Date::MAX)))
        .collect();
    without(days, &merged(present))
}
