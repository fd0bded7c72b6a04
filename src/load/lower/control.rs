//! Controls.

use super::{Record, Target};
use crate::{
    date::Lapse,
    id::{ControlId, DocumentId},
    load::raw,
    model::{Control, ControlKind, ControlStatus, FirstPeriod},
};

/// Lowers a control; `None` when it has no id.
pub(in crate::load) fn control(record: &mut Record<'_>, raw: raw::Control) -> Option<Control> {
    let raw::Control {
        schema: _,
        id,
        title,
        owner,
        status,
        effective_from,
        retired_on,
        kind,
        key,
        frequency,
        first_period,
        due,
        grace,
        ttl,
        satisfies,
        policies,
        approvals,
        public,
        not_applicable,
        description,
    } = raw;
    let id = record.id(id, &["id"])?;
    Some(Control {
        title: title.unwrap_or_else(|| id.clone()),
        id: ControlId::new(id),
        owner: record.owner(owner, &["owner"]),
        status: status.map_or(ControlStatus::Drafted, self::status),
        effective_from: record.date(effective_from, &["effective_from"]),
        retired_on: record.date(retired_on, &["retired_on"]),
        kind: match kind {
            Some(raw::ControlKind::Automated) => ControlKind::Automated,
            Some(raw::ControlKind::Manual) | None => ControlKind::Manual,
        },
        key: key.unwrap_or(false),
        frequency: record.cadence(frequency, &["frequency"]),
        first_period: match first_period {
            Some(raw::FirstPeriod::Partial) => FirstPeriod::Partial,
            Some(raw::FirstPeriod::Full) | None => FirstPeriod::Full,
        },
        due: record.span(due, &["due"]).unwrap_or(Lapse::ZERO),
        grace: record.span(grace, &["grace"]).unwrap_or(Lapse::ZERO),
        ttl: record.span(ttl, &["ttl"]),
        satisfies: record.mapping(satisfies),
        policies: record.names(policies, "policies", Target::Document).into_iter().map(DocumentId::new).collect(),
        approvals: approvals.unwrap_or(0),
        public: public.filter(|text| !text.trim().is_empty()),
        not_applicable: not_applicable.filter(|text| !text.trim().is_empty()),
        description: description.unwrap_or_default(),
        origin: record.origin(),
    })
}

fn status(status: raw::ControlStatus) -> ControlStatus {
    match status {
        raw::ControlStatus::Drafted => ControlStatus::Drafted,
        raw::ControlStatus::Approved => ControlStatus::Approved,
        raw::ControlStatus::InPlace => ControlStatus::InPlace,
        raw::ControlStatus::Retired => ControlStatus::Retired,
    }
}
