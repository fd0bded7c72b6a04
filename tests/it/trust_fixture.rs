//! A programme in which every private field holds a canary, and every public one a word that must be found.
//!
//! Every struct is written out field by field, without a default: a new field of the model must be decided on here.

use std::collections::BTreeMap;

use tickmark::{
    date::{Cadence, Date, DateRange, Instant, Lapse, Period, parse_date, parse_instant},
    id::{ControlId, FrameworkId, ObjectId, PersonId, RepoPath, RequirementId, TeamId},
    model::*,
};

/// What every private text contains. Slugs and shifts of case keep it.
pub const CANARY: &str = "zzcanary";

/// The object id that no output may show.
pub const OBJECT: ObjectId = ObjectId([0xc9; 20]);

pub fn private(what: &str) -> String {
    format!("{CANARY}-{what}")
}

pub fn public(what: &str) -> String {
    format!("Shown {what}")
}

pub fn day(text: &str) -> Date {
    parse_date(text).expect("a day")
}

pub fn instant(text: &str) -> Instant {
    parse_instant(text).expect("an instant")
}

pub fn as_of() -> Instant {
    instant("2026-06-30T12:00:00+02:00")
}

pub fn origin(what: &str) -> Origin {
    Origin { path: RepoPath::new(format!("content/{}.yaml", private(what))), line: 4711, blob: OBJECT }
}

pub fn owner() -> Option<OwnerRef> {
    Some(OwnerRef::Person(PersonId::new(private("person-id"))))
}

pub fn control_id() -> ControlId {
    ControlId::new(private("control-id"))
}

fn mapping() -> Mapping {
    BTreeMap::from([(FrameworkId::from("own"), vec![RequirementId::new(private("requirement-id"))])])
}

pub fn by<K: Ord, V>(key: impl Fn(&V) -> K, values: impl IntoIterator<Item = V>) -> BTreeMap<K, V> {
    values.into_iter().map(|value| (key(&value), value)).collect()
}

/// A control in place whose public sentence is shown.
pub fn control() -> Control {
    Control {
        id: control_id(),
        title: private("control-title"),
        owner: owner(),
        status: ControlStatus::InPlace,
        effective_from: Some(day("2025-01-02")),
        retired_on: None,
        kind: ControlKind::Manual,
        key: true,
        frequency: Some(Cadence::Quarterly),
        first_period: FirstPeriod::Full,
        due: Lapse::days(0),
        grace: Lapse::days(10),
        ttl: Some(Lapse::days(100)),
        satisfies: mapping(),
        policies: vec!["open".into()],
        approvals: 1,
        public: Some(public("sentence of a control")),
        not_applicable: None,
        description: private("control-description"),
        origin: origin("control"),
    }
}

/// A public policy in force.
pub fn document() -> Document {
    Document {
        id: "open".into(),
        kind: DocumentKind::Policy,
        title: public("policy title"),
        owner: owner(),
        approvers: vec![OwnerRef::Team(TeamId::new(private("team-id")))],
        version: "2.1".to_owned(),
        status: DocumentStatus::Approved,
        effective_from: Some(day("2026-02-01")),
        reviewed_on: Some(day("2026-01-19")),
        review_every: Some(Cadence::Annual),
        satisfies: mapping(),
        classification: Classification::Public,
        acknowledgement: true,
        section: Some(private("section")),
        body: format!(
            "# {}\n\n{}\n\n<!-- {} -->\n\n[a word](../controls/{}.yaml) and [itself](open.md)\n",
            public("policy title"),
            public("policy text"),
            private("comment"),
            private("link")
        ),
        origin: origin("document"),
        text: Origin { path: RepoPath::new("content/policies/open.md"), line: 1, blob: OBJECT },
        adopted: false,
        unfenced: false,
    }
}

pub fn hidden_document(id: &str, change: impl Fn(&mut Document)) -> Document {
    let mut document = document();
    document.id = id.into();
    document.title = private("hidden-title");
    document.version = private("hidden-version");
    document.body = private("hidden-body");
    document.text = origin("hidden-text");
    change(&mut document);
    document
}

pub fn evidence() -> Evidence {
    Evidence {
        id: private("evidence-id").as_str().into(),
        controls: vec![control_id()],
        period: Some(Period::Quarter(2026, 1)),
        performed_on: Some(day("2026-04-02")),
        performed_by: Some(private("performed-by")),
        reviewed_by: Some(private("reviewed-by")),
        result: EvidenceResult::PassWithExceptions,
        source: Some(EvidenceSource {
            system: Some(private("system")),
            environment: Some(private("environment")),
            query: Some(private("query")),
            extracted_at: Some(instant("2026-04-02T09:12:00+02:00")),
            extracted_by: Some(private("extracted-by")),
            count: Some(987_654),
        }),
        artifacts: vec![
            Artifact { target: ArtifactTarget::File(RepoPath::new(private("artifact"))), sha256: Some(private("sha256")), size: Some(1) },
            Artifact { target: ArtifactTarget::Uri(private("uri")), sha256: None, size: None },
        ],
        items: Some(Items { tested: 143, exceptions: 2 }),
        supersedes: Some(private("superseded").as_str().into()),
        notes: private("notes"),
        origin: origin("evidence"),
    }
}

pub fn people() -> People {
    let id = PersonId::new(private("person-id"));
    let person = Person {
        id: id.clone(),
        name: private("person-name"),
        title: private("person-title"),
        emails: vec![format!("{CANARY}@example.com")],
        keys: vec![private("key")],
        kind: PersonKind::Human,
        from: Some(day("2025-01-01")),
        to: None,
        origin: origin("person"),
    };
    let team = Team { id: TeamId::new(private("team-id")), name: private("team-name"), members: vec![id], origin: origin("team") };
    People { people: by(|person: &Person| person.id.clone(), [person]), teams: by(|team: &Team| team.id.clone(), [team]) }
}

/// A subprocessor that customers were told about.
pub fn vendor() -> Vendor {
    Vendor {
        id: private("vendor-id").as_str().into(),
        name: public("subprocessor"),
        roles: vec![VendorRole::Vendor, VendorRole::Subservice, VendorRole::Subprocessor],
        owner: owner(),
        tier: private("tier"),
        service: private("service"),
        website: Some("https://subprocessor.example".to_owned()),
        since: Some(day("2024-01-03")),
        review_every: Some(Cadence::Annual),
        data: vec![public("data")],
        locations: vec![public("place")],
        purpose: public("purpose"),
        announced_on: Some(day("2025-11-01")),
        effective_on: Some(day("2025-12-01")),
        method: Some(private("method")),
        csocs: vec![ComplementaryControl::plain(private("csoc"))],
        report: Some(VendorReport {
            kind: private("report-kind"),
            period_end: Some(day("2026-03-30")),
            opinion: private("opinion"),
            reviewed_on: Some(day("2026-05-10")),
            reviewed_by: Some(private("report-reader")),
            cuecs_mapped: true,
            bridge_until: Some(day("2026-06-29")),
        }),
        origin: origin("vendor"),
    }
}

pub fn hidden_vendor(id: &str, change: impl Fn(&mut Vendor)) -> Vendor {
    let mut vendor = vendor();
    vendor.id = id.into();
    vendor.name = private("hidden-vendor");
    vendor.website = Some(format!("https://{CANARY}.example"));
    vendor.data = vec![private("hidden-data")];
    vendor.locations = vec![private("hidden-place")];
    vendor.purpose = private("hidden-purpose");
    change(&mut vendor);
    vendor
}

/// A complete report.
pub fn report() -> TrustReport {
    TrustReport {
        id: private("report-id"),
        kind: "SOC 2".to_owned(),
        report_type: "type2".to_owned(),
        scope: vec![public("scope")],
        firm: public("firm"),
        period: DateRange::new(day("2025-01-01"), day("2025-12-31")),
        issued_on: Some(day("2026-02-10")),
        access: "on_request".to_owned(),
        how: public("way to get it"),
        origin: origin("report"),
    }
}

fn hidden_report(change: impl Fn(&mut TrustReport)) -> TrustReport {
    let mut report = report();
    report.scope = vec![private("hidden-scope")];
    report.firm = private("hidden-firm");
    report.how = private("hidden-how");
    change(&mut report);
    report
}

/// `content/trust/` with shown and hidden entries.
pub fn trust() -> TrustPage {
    let practice =
        |topic: String, text: String, control: ControlId| Practice { topic, text, controls: vec![control], origin: origin("practice") };
    let answer = |id: &str, question: String, answer: String, controls: Vec<ControlId>| FaqEntry {
        id: id.to_owned(),
        question,
        answer,
        controls,
        origin: origin("faq"),
    };
    TrustPage {
        title: public("title"),
        tagline: public("tagline"),
        intro: format!("{} <!-- {} -->", public("intro"), private("intro-comment")),
        email: Some("security@shown.example".to_owned()),
        postal: Some(public("postal address")),
        security: Some(SecurityContact {
            contact: "mailto:security@shown.example".to_owned(),
            policy: Some("https://shown.example/disclosure".to_owned()),
            expires: Some(instant("2026-12-31T23:59:59Z")),
        }),
        reports: vec![
            report(),
            hidden_report(|report| report.firm.clear()),
            hidden_report(|report| report.report_type.clear()),
            hidden_report(|report| report.scope.clear()),
            hidden_report(|report| report.period = None),
            hidden_report(|report| report.issued_on = None),
            hidden_report(|report| report.issued_on = Some(day("2026-07-01"))),
        ],
        documents: vec![
            PublicDocument {
                id: private("document-id"),
                title: public("document on offer"),
                summary: public("summary"),
                public: true,
                policy: Some("open".into()),
                origin: origin("offer"),
            },
            PublicDocument {
                id: private("document-id-2"),
                title: public("document on request"),
                summary: public("summary of it"),
                public: false,
                policy: Some("internal".into()),
                origin: origin("offer"),
            },
            PublicDocument {
                id: private("document-id-3"),
                title: private("offered-but-internal"),
                summary: private("offered-summary"),
                public: true,
                policy: Some("internal".into()),
                origin: origin("offer"),
            },
        ],
        practices: vec![
            practice(public("topic"), public("practice"), control_id()),
            practice(private("topic"), private("practice"), "drafted".into()),
            practice(private("topic-2"), private("practice-2"), "gone".into()),
        ],
        complementary: vec![ComplementaryControl { id: private("cuec"), ..ComplementaryControl::plain(public("part of customers")) }],
        faq: vec![
            answer("asked", public("question"), format!("{} <!-- {} -->", public("answer"), private("faq-comment")), vec![control_id()]),
            answer(&private("faq-id"), private("question"), private("answer"), vec!["drafted".into()]),
            answer("withdrawn", private("question-2"), private("answer-2"), Vec::new()),
        ],
        updates: vec![
            Update {
                id: "news".to_owned(),
                title: public("news"),
                date: day("2026-06-01"),
                body: format!("{}\n\n<!-- {}\n-->", public("news text"), private("news-comment")),
                origin: origin("update"),
            },
            Update {
                id: private("update-id"),
                title: private("embargoed"),
                date: day("2026-07-01"),
                body: private("embargoed-body"),
                origin: origin("update"),
            },
        ],
    }
}
