//! Waivers, deviations, incidents and risks.

use super::{Record, Target, normal};
use crate::{
    id::{ControlId, DeviationId, IncidentId, RiskId, WaiverId},
    load::raw,
    model::{Deviation, Disposition, Incident, Risk, Treatment, Waiver},
};

fn control(record: &mut Record<'_>, control: Option<raw::Name>) -> Option<ControlId> {
    let id = normal(&control?.0);
    record.refer("control", &["control"], Target::Control(id.clone()));
    Some(ControlId::new(id))
}

/// Lowers a waiver; `None` when it has no id or no control.
pub(in crate::load) fn waiver(record: &mut Record<'_>, raw: raw::Waiver) -> Option<Waiver> {
    let raw::Waiver { schema: _, id, control, periods, reason, compensating, requested_by, approved_by, approved_on, expires_on } = raw;
    let id = record.id(id, &["id"]);
    let control = self::control(record, control);
    let periods = periods.into_iter().flatten().enumerate();
    let periods = periods.filter_map(|(at, period)| record.period(Some(period), &["periods", &at.to_string()])).collect();
    let requested_by = record.person(requested_by, "requested_by", &["requested_by"]);
    let approved_by = record.person(approved_by, "approved_by", &["approved_by"]);
    let approved_on = record.date(approved_on, &["approved_on"]);
    let expires_on = record.date(expires_on, &["expires_on"]);
    Some(Waiver {
        id: WaiverId::new(id?),
        control: control?,
        periods,
        reason: reason.unwrap_or_default(),
        compensating: compensating.unwrap_or_default(),
        requested_by,
        approved_by,
        approved_on,
        expires_on,
        origin: record.origin(),
    })
}

/// Lowers a deviation; `None` when it has no id or no control.
pub(in crate::load) fn deviation(record: &mut Record<'_>, raw: raw::Deviation) -> Option<Deviation> {
    let raw::Deviation {
        schema: _,
        id,
        title,
        control,
        period,
        found_on,
        expected,
        observed,
        cause,
        impact,
        compensating,
        correction,
        corrected_on,
        owner,
        disposition,
    } = raw;
    let id = record.id(id, &["id"]);
    let control = self::control(record, control);
    let period = record.period(period, &["period"]);
    let found_on = record.date(found_on, &["found_on"]);
    let corrected_on = record.date(corrected_on, &["corrected_on"]);
    let owner = record.owner(owner, &["owner"]);
    let id = id?;
    Some(Deviation {
        title: title.unwrap_or_else(|| id.clone()),
        id: DeviationId::new(id),
        control: control?,
        period,
        found_on,
        expected: expected.unwrap_or_default(),
        observed: observed.unwrap_or_default(),
        cause: cause.unwrap_or_default(),
        impact: impact.unwrap_or_default(),
        compensating: compensating.unwrap_or_default(),
        correction: correction.unwrap_or_default(),
        corrected_on,
        owner,
        disposition: match disposition {
            Some(raw::Disposition::Deviation) | None => Disposition::Deviation,
            Some(raw::Disposition::LateWithinTolerance) => Disposition::LateWithinTolerance,
            Some(raw::Disposition::WaivedBefore) => Disposition::WaivedBefore,
            Some(raw::Disposition::FalsePositive) => Disposition::FalsePositive,
        },
        origin: record.origin(),
    })
}

/// Lowers an incident; `None` when it has no id.
pub(in crate::load) fn incident(record: &mut Record<'_>, raw: raw::Incident) -> Option<Incident> {
    let raw::Incident {
        schema: _,
        id,
        title,
        severity,
        significant,
        detected_at,
        declared_at,
        contained_at,
        closed_at,
        owner,
        summary,
        actions,
    } = raw;
    let id = record.id(id, &["id"])?;
    let severity = match severity {
        Some(raw::IncidentSeverity::Low) => "low",
        Some(raw::IncidentSeverity::Medium) => "medium",
        Some(raw::IncidentSeverity::High) => "high",
        Some(raw::IncidentSeverity::Critical) => "critical",
        None => "",
    };
    Some(Incident {
        title: title.unwrap_or_else(|| id.clone()),
        id: IncidentId::new(id),
        severity: severity.to_owned(),
        significant: significant.unwrap_or(false),
        detected_at: record.instant(detected_at, &["detected_at"]),
        declared_at: record.instant(declared_at, &["declared_at"]),
        contained_at: record.instant(contained_at, &["contained_at"]),
        closed_at: record.instant(closed_at, &["closed_at"]),
        owner: record.owner(owner, &["owner"]),
        summary: summary.unwrap_or_default(),
        actions: actions.unwrap_or_default(),
        origin: record.origin(),
    })
}

/// Lowers a risk; `None` when it has no id.
pub(in crate::load) fn risk(record: &mut Record<'_>, raw: raw::Risk) -> Option<Risk> {
    let raw::Risk {
        schema: _,
        id,
        title,
        category,
        owner,
        likelihood,
        impact,
        treatment,
        controls,
        status,
        reviewed_on,
        review_every,
        description,
    } = raw;
    let id = record.id(id, &["id"])?;
    Some(Risk {
        title: title.unwrap_or_else(|| id.clone()),
        id: RiskId::new(id),
        category: category.map_or("", self::category).to_owned(),
        owner: record.owner(owner, &["owner"]),
        // A value that could not be read must not make a risk look small.
        likelihood: likelihood.unwrap_or(5),
        impact: impact.unwrap_or(5),
        treatment: match treatment {
            Some(raw::Treatment::Mitigate) | None => Treatment::Mitigate,
            Some(raw::Treatment::Accept) => Treatment::Accept,
            Some(raw::Treatment::Transfer) => Treatment::Transfer,
            Some(raw::Treatment::Avoid) => Treatment::Avoid,
        },
        controls: record.names(controls, "controls", Target::Control).into_iter().map(ControlId::new).collect(),
        open: status != Some(raw::RiskStatus::Closed),
        reviewed_on: record.date(reviewed_on, &["reviewed_on"]),
        review_every: record.cadence(review_every, &["review_every"]),
        description: description.unwrap_or_default(),
        origin: record.origin(),
    })
}

fn category(category: raw::RiskCategory) -> &'static str {
    match category {
        raw::RiskCategory::Security => "security",
        raw::RiskCategory::Availability => "availability",
        raw::RiskCategory::Confidentiality => "confidentiality",
        raw::RiskCategory::Privacy => "privacy",
        raw::RiskCategory::Fraud => "fraud",
        raw::RiskCategory::Vendor => "vendor",
        raw::RiskCategory::Change => "change",
        raw::RiskCategory::People => "people",
    }
}
