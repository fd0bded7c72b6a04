//! The registers beside controls: deviations, waivers, risks, vendors, incidents.

use std::sync::Arc;

use serde::Serialize;

use super::{frame, page};
use crate::{
    date::Date,
    model::{Deviation, Disposition, Incident, OwnerRef, Risk, Treatment, Vendor, VendorRole, Waiver},
    site::{
        Page,
        links::At,
        nav::Frame,
        routes::stem,
        shelf::Shelf,
        view::{Link, Mark, capitalised, number},
    },
};

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct Registers {
    /// What stands around it.
    pub frame: Frame,
    /// The registers in order.
    pub registers: Vec<Register>,
}

/// One register.
#[derive(Clone, Debug, Serialize)]
pub struct Register {
    /// Its anchor.
    pub anchor: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it means to have none, as a sentence.
    pub empty: &'static str,
    /// How many entries.
    pub count: String,
    /// Its entries, by id.
    pub entries: Vec<Entry>,
}

/// One entry of a register.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Its anchor.
    pub anchor: String,
    /// Its id.
    pub id: String,
    /// What it is, as a sentence.
    pub title: String,
    /// How it stands.
    pub mark: Mark,
    /// Who answers for it.
    pub owner: Option<Link>,
    /// Its facts; those that the record leaves out are not listed.
    pub facts: Vec<EntryFact>,
    /// Controls it concerns.
    pub controls: Vec<Link>,
    /// Its text, as safe HTML.
    pub html: String,
}

/// A fact of an entry.
#[derive(Clone, Debug, Serialize)]
pub struct EntryFact {
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub value: String,
}

/// Plans the page.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    vec![page(shelf, "registers.html", "registers.html", |at| Ok(registers(at)))]
}

fn registers(at: At<'_, '_>) -> Registers {
    let programme = at.shelf.input.programme;
    let register = |anchor, name, empty, entries: Vec<Entry>| Register { anchor, name, empty, count: number(entries.len()), entries };
    Registers {
        frame: frame(at, "registers.html", "Registers"),
        registers: vec![
            register(
                "deviations",
                "Deviations",
                "No deviation is written down. What history shows stands on the pages of the controls all the same.",
                programme.deviations.values().map(|record| deviation(at, record)).collect(),
            ),
            register("waivers", "Waivers", "No control is waived.", programme.waivers.values().map(|record| waiver(at, record)).collect()),
            register("risks", "Risks", "No risk is written down.", programme.risks.values().map(|record| risk(at, record)).collect()),
            register(
                "vendors",
                "Vendors, subservice organizations and subprocessors",
                "No vendor is written down.",
                programme.vendors.values().map(|record| vendor(at, record)).collect(),
            ),
            register(
                "incidents",
                "Incidents",
                "No incident is written down. Whether none occurred, only a nil return would say.",
                programme.incidents.values().map(|record| incident(at, record)).collect(),
            ),
        ],
    }
}

fn entry(at: At<'_, '_>, kind: &str, id: &str, title: String, mark: (&'static str, &str), owner: Option<&OwnerRef>) -> Entry {
    Entry {
        anchor: format!("{kind}-{}", stem(id)),
        id: id.to_owned(),
        title,
        mark: Mark { name: mark.0, words: mark.1.to_owned() },
        owner: owner.map(|owner| at.owner(owner)),
        facts: Vec::new(),
        controls: Vec::new(),
        html: String::new(),
    }
}

/// Keeps the facts that say something.
fn facts<const N: usize>(facts: [(&'static str, String); N]) -> Vec<EntryFact> {
    facts.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| EntryFact { name, value }).collect()
}

fn day(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

/// An entry's text; its anchors begin with the entry's own, because many entries share the page.
fn markdown(source: &str, anchor: &str) -> String {
    super::policy::prose(source, &format!("{anchor}-"), 4, &|_: &str| None).html
}

fn deviation(at: At<'_, '_>, record: &Deviation) -> Entry {
    let mark = match record.disposition {
        Disposition::Deviation => ("late_beyond_grace", "deviation"),
        Disposition::LateWithinTolerance => ("late", "late within tolerance"),
        Disposition::WaivedBefore => ("waived", "waived before the fact"),
        Disposition::FalsePositive => ("not_applicable", "explained: it did not happen"),
    };
    let entry = entry(at, "deviation", record.id.as_str(), record.title.clone(), mark, record.owner.as_ref());
    Entry {
        facts: facts([
            ("Period", record.period.map_or_else(String::new, |period| period.to_string())),
            ("Found on", day(record.found_on)),
            ("Expected", record.expected.clone()),
            ("Observed", record.observed.clone()),
            ("Cause", record.cause.clone()),
            ("Impact", record.impact.clone()),
            ("Compensated by", record.compensating.clone()),
            ("Corrected by", record.correction.clone()),
            ("Corrected on", day(record.corrected_on)),
        ]),
        controls: vec![at.control_named(&record.control)],
        ..entry
    }
}

fn waiver(at: At<'_, '_>, record: &Waiver) -> Entry {
    let today = at.shelf.input.assessment.today;
    let over = record.expires_on.is_some_and(|day| day < today);
    let title = format!("{} is waived", at.control(&record.control).text);
    let periods: Vec<String> = record.periods.iter().map(ToString::to_string).collect();
    let landed = at.shelf.input.timelines.waivers.get(&record.id).and_then(|timeline| timeline.first()).map(|version| at.instant(version.landed).text);
    let entry = entry(at, "waiver", record.id.as_str(), title, if over { ("retired", "expired") } else { ("waived", "in force") }, None);
    let name = |name: &Option<String>| name.as_ref().map_or_else(String::new, |name| at.written(name).text);
    Entry {
        facts: facts([
            ("Periods", periods.join(", ")),
            ("Reason", record.reason.clone()),
            ("Done instead", record.compensating.clone()),
            ("Requested by", name(&record.requested_by)),
            ("Approved by", name(&record.approved_by)),
            ("Approved on", day(record.approved_on)),
            ("Landed", landed.unwrap_or_default()),
            ("Expires on", day(record.expires_on)),
        ]),
        controls: vec![at.control_named(&record.control)],
        ..entry
    }
}

fn risk(at: At<'_, '_>, record: &Risk) -> Entry {
    let treatment = match record.treatment {
        Treatment::Mitigate => "to mitigate",
        Treatment::Accept => "to accept",
        Treatment::Transfer => "to transfer",
        Treatment::Avoid => "to avoid",
    };
    let mark = if record.open { ("due_soon", "open") } else { ("retired", "closed") };
    let entry = entry(at, "risk", record.id.as_str(), record.title.clone(), mark, record.owner.as_ref());
    Entry {
        facts: facts([
            ("Category", record.category.clone()),
            ("Likelihood and impact", format!("{} and {} of 5", record.likelihood, record.impact)),
            ("Treatment", treatment.to_owned()),
            ("Reviewed on", day(record.reviewed_on)),
            ("Reviewed", record.review_every.map_or_else(String::new, crate::date::Cadence::phrase)),
        ]),
        controls: record.controls.iter().map(|id| at.control_named(id)).collect(),
        html: markdown(&record.description, &entry.anchor),
        ..entry
    }
}

fn vendor(at: At<'_, '_>, record: &Vendor) -> Entry {
    let roles: Vec<&str> = record.roles.iter().map(|role| match role {
        VendorRole::Vendor => "vendor",
        VendorRole::Subservice => "subservice organization",
        VendorRole::Subprocessor => "subprocessor",
    }).collect();
    let report = record.report.as_ref();
    let mark = if report.is_some() { ("recorded", "report read") } else { ("uncovered", "no report read") };
    let entry = entry(at, "vendor", record.id.as_str(), record.name.clone(), mark, record.owner.as_ref());
    let said = |text: fn(&crate::model::VendorReport) -> String| report.map_or_else(String::new, text);
    Entry {
        facts: facts([
            ("Roles", roles.join(", ")),
            ("Tier", record.tier.clone()),
            ("Service", record.service.clone()),
            ("In use since", day(record.since)),
            ("Reviewed", record.review_every.map_or_else(String::new, crate::date::Cadence::phrase)),
            ("Data", record.data.join(", ")),
            ("Locations", record.locations.join("; ")),
            ("Purpose", record.purpose.clone()),
            ("Announced on", day(record.announced_on)),
            ("Processes from", day(record.effective_on)),
            ("Method", record.method.clone().unwrap_or_default().replace('_', "-")),
            ("Expected of it", record.csocs.iter().map(|control| control.text.as_str()).collect::<Vec<_>>().join(" ")),
            ("Report", said(|report| report.kind.replace('_', " "))),
            ("Report speaks until", said(|report| day(report.period_end))),
            ("Opinion, in the report's word", said(|report| report.opinion.clone())),
            ("Report read on", said(|report| day(report.reviewed_on))),
            ("Its user controls", said(|report| if report.cuecs_mapped { "mapped to ours".to_owned() } else { "not mapped to ours".to_owned() })),
            ("Bridge letter until", said(|report| day(report.bridge_until))),
        ]),
        ..entry
    }
}

fn incident(at: At<'_, '_>, record: &Incident) -> Entry {
    let mark = if record.closed_at.is_some() { ("recorded", "closed") } else { ("due_soon", "open") };
    let entry = entry(at, "incident", record.id.as_str(), record.title.clone(), mark, record.owner.as_ref());
    let time = |time: Option<crate::date::Instant>| time.map_or_else(String::new, |time| at.instant(time).text);
    let actions: String = record.actions.iter().map(|action| format!("\n- {action}")).collect();
    Entry {
        facts: facts([
            ("Severity", capitalised(&record.severity)),
            ("Significant", if record.significant { "yes: the system description must name it (DC4)".to_owned() } else { "no".to_owned() }),
            ("Detected", time(record.detected_at)),
            ("Declared", time(record.declared_at)),
            ("Contained", time(record.contained_at)),
            ("Closed", time(record.closed_at)),
        ]),
        html: markdown(&format!("{}\n{actions}", record.summary), &entry.anchor),
        ..entry
    }
}
