//! The trust page, its questions and its news.

use super::{Record, Target, normal};
use crate::{
    id::{ControlId, DocumentId},
    load::{codes::MISSING_KEY, raw},
    model::{ComplementaryControl, FaqEntry, Practice, PublicDocument, SecurityContact, TrustPage, TrustReport, Update},
};

/// Lowers `content/trust/trust.yaml`; questions and news come from their own files.
pub(in crate::load) fn trust(record: &mut Record<'_>, raw: raw::Trust) -> TrustPage {
    let raw::Trust { schema: _, title, tagline, intro, contact, security, reports, documents, practices, complementary, cookies: _ } = raw;
    let (email, postal) = contact.map_or((None, None), |raw::Contact { email, postal }| (email, postal));
    let numbered = |at: usize| at.to_string();
    let reports = reports.into_iter().flatten().enumerate();
    let reports = reports.filter_map(|(at, raw)| report(record, raw, &numbered(at))).collect();
    let documents = documents.into_iter().flatten().enumerate();
    let documents = documents.filter_map(|(at, raw)| document(record, raw, &numbered(at))).collect();
    let practices = practices.into_iter().flatten().enumerate();
    let practices = practices.filter_map(|(at, raw)| practice(record, raw, &numbered(at))).collect();
    TrustPage {
        title: title.unwrap_or_else(|| "Trust center".to_owned()),
        tagline: tagline.unwrap_or_default(),
        intro: intro.unwrap_or_default(),
        email,
        postal,
        security: security.and_then(|security| self::security(record, security)),
        reports,
        documents,
        practices,
        complementary: complementary
            .into_iter()
            .flatten()
            .enumerate()
            .filter_map(|(at, raw)| self::complementary(record, raw, &numbered(at)))
            .collect(),
        faq: Vec::new(),
        updates: Vec::new(),
    }
}

fn complementary(record: &mut Record<'_>, raw: raw::Complementary, at: &str) -> Option<ComplementaryControl> {
    let raw::Complementary { id, text, satisfies } = raw;
    let satisfies = record.mapping_in(&["complementary", at], satisfies);
    Some(ComplementaryControl { id: id.map(|name| normal(&name.0)).unwrap_or_default(), text: text?, satisfies })
}

fn security(record: &mut Record<'_>, raw: raw::Security) -> Option<SecurityContact> {
    let raw::Security { contact, policy, expires } = raw;
    let expires = record.instant(expires, &["security", "expires"]);
    Some(SecurityContact { contact: contact?, policy, expires })
}

fn report(record: &mut Record<'_>, raw: raw::TrustReport, at: &str) -> Option<TrustReport> {
    let raw::TrustReport { id, kind, report_type, scope, firm, period, issued_on, access, how } = raw;
    let id = record.id(id, &["reports", at, "id"])?;
    Some(TrustReport {
        id,
        kind: kind.unwrap_or_default(),
        report_type: report_type.unwrap_or_default(),
        scope: scope.unwrap_or_default(),
        firm: firm.unwrap_or_default(),
        period: record.range(period, &["reports", at, "period"]),
        issued_on: record.date(issued_on, &["reports", at, "issued_on"]),
        access: if access == Some(raw::Access::Public) { "public" } else { "on_request" }.to_owned(),
        how: how.unwrap_or_default(),
        origin: record.origin_of(&["reports", at]),
    })
}

fn document(record: &mut Record<'_>, raw: raw::PublicDocument, at: &str) -> Option<PublicDocument> {
    let raw::PublicDocument { id, title, summary, access, policy } = raw;
    let id = record.id(id, &["documents", at, "id"])?;
    let public = access == Some(raw::Access::Public);
    let policy = policy.map(|name| normal(&name.0));
    match (&policy, public) {
        (Some(policy), true) => record.refer("policy", &["documents", at, "policy"], Target::PublicDocument(policy.clone())),
        (Some(policy), false) => record.refer("policy", &["documents", at, "policy"], Target::Document(policy.clone())),
        (None, true) => {
            let message = format!("the public document `{id}` names no policy whose text could be shown");
            record.report(
                &MISSING_KEY,
                &["documents", at],
                message,
                "write `policy:` with a policy classified public, or `access: on_request`",
            );
        }
        (None, false) => {}
    }
    Some(PublicDocument {
        title: title.unwrap_or_else(|| id.clone()),
        id,
        summary: summary.unwrap_or_default(),
        public,
        policy: policy.map(DocumentId::new),
        origin: record.origin_of(&["documents", at]),
    })
}

fn practice(record: &mut Record<'_>, raw: raw::Practice, at: &str) -> Option<Practice> {
    let raw::Practice { topic, text, controls } = raw;
    let controls: Vec<String> = controls.into_iter().flatten().map(|name| normal(&name.0)).collect();
    for (position, control) in controls.iter().enumerate() {
        let place = ["practices", at, "controls", &position.to_string()];
        record.refer("controls", &place, Target::Control(control.clone()));
    }
    Some(Practice {
        topic: topic?,
        text: text?,
        controls: controls.into_iter().map(ControlId::new).collect(),
        origin: record.origin_of(&["practices", at]),
    })
}

/// Lowers one question; `None` when id, question or answer is missing.
pub(in crate::load) fn faq(record: &mut Record<'_>, raw: raw::Faq) -> Option<FaqEntry> {
    let raw::Faq { schema: _, id, question, answer, controls } = raw;
    let id = record.id(id, &["id"])?;
    let controls = record.names(controls, "controls", Target::Control).into_iter().map(ControlId::new).collect();
    Some(FaqEntry { id, question: question?, answer: answer?, controls, origin: record.origin() })
}

/// Lowers a piece of news; `None` when id or day is missing.
pub(in crate::load) fn update(record: &mut Record<'_>, raw: raw::Update, body: String) -> Option<Update> {
    let raw::Update { schema: _, id, title, date } = raw;
    let id = record.id(id, &["id"]);
    let date = record.date(date, &["date"])?;
    let id = id?;
    Some(Update { title: title.unwrap_or_else(|| id.clone()), id, date, body, origin: record.origin() })
}
