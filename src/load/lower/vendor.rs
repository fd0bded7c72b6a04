//! Vendors, subservice organizations and subprocessors.

use super::{Record, normal};
use crate::{
    id::VendorId,
    load::raw,
    model::{ComplementaryControl, Vendor, VendorReport, VendorRole},
};

/// Lowers a vendor; `None` when it has no id.
pub(in crate::load) fn vendor(record: &mut Record<'_>, raw: raw::Vendor) -> Option<Vendor> {
    let raw::Vendor {
        schema: _,
        id,
        name,
        roles,
        owner,
        tier,
        service,
        website,
        since,
        review_every,
        data,
        locations,
        purpose,
        announced_on,
        effective_on,
        method,
        csocs,
        report,
    } = raw;
    let id = record.id(id, &["id"])?;
    let tier = match tier {
        Some(raw::Tier::Critical) => "critical",
        Some(raw::Tier::High) => "high",
        Some(raw::Tier::Low) | None => "low",
    };
    let method = method.map(|method| match method {
        raw::Method::CarveOut => "carve_out",
        raw::Method::Inclusive => "inclusive",
    });
    Some(Vendor {
        name: name.unwrap_or_else(|| id.clone()),
        id: VendorId::new(id),
        roles: roles.into_iter().flatten().map(role).collect(),
        owner: record.owner(owner, &["owner"]),
        tier: tier.to_owned(),
        service: service.unwrap_or_default(),
        website,
        since: record.date(since, &["since"]),
        review_every: record.cadence(review_every, &["review_every"]),
        data: data.unwrap_or_default(),
        locations: locations.unwrap_or_default(),
        purpose: purpose.unwrap_or_default(),
        announced_on: record.date(announced_on, &["announced_on"]),
        effective_on: record.date(effective_on, &["effective_on"]),
        method: method.map(str::to_owned),
        csocs: csocs.into_iter().flatten().enumerate().filter_map(|(at, raw)| expected(record, raw, &at.to_string())).collect(),
        report: report.map(|report| self::report(record, report)),
        origin: record.origin(),
    })
}

fn expected(record: &mut Record<'_>, raw: raw::Expected, at: &str) -> Option<ComplementaryControl> {
    match raw {
        raw::Expected::Text(text) => Some(ComplementaryControl::plain(text)),
        raw::Expected::Record(raw::ExpectedControl { id, text, satisfies }) => Some(ComplementaryControl {
            id: id.map(|name| normal(&name.0)).unwrap_or_default(),
            text: text?,
            satisfies: record.mapping_in(&["csocs", at], satisfies),
        }),
    }
}

fn role(role: raw::VendorRole) -> VendorRole {
    match role {
        raw::VendorRole::Vendor => VendorRole::Vendor,
        raw::VendorRole::Subservice => VendorRole::Subservice,
        raw::VendorRole::Subprocessor => VendorRole::Subprocessor,
    }
}

fn report(record: &mut Record<'_>, raw: raw::VendorReport) -> VendorReport {
    let raw::VendorReport { kind, period_end, opinion, reviewed_on, reviewed_by, cuecs_mapped, bridge_until } = raw;
    VendorReport {
        kind: kind.unwrap_or_default(),
        period_end: record.date(period_end, &["report", "period_end"]),
        opinion: opinion.unwrap_or_default(),
        reviewed_on: record.date(reviewed_on, &["report", "reviewed_on"]),
        reviewed_by: record.person(reviewed_by, "report.reviewed_by", &["report", "reviewed_by"]),
        cuecs_mapped: cuecs_mapped.unwrap_or(false),
        bridge_until: record.date(bridge_until, &["report", "bridge_until"]),
    }
}
