//! A programme in which every private field holds a canary, and every public one a word that must be found.
//!
//! Every struct is written out field by field, without a default: a new field of the model must be decided on here.

use std::collections::BTreeMap;

use tickmark::{
    date::{Cadence, Calendar, Date, DateRange, Instant, Lapse, Period, Zone, parse_date, parse_instant},
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

fn origin(what: &str) -> Origin {
    Origin { path: RepoPath::new(format!("content/{}.yaml", private(what))), line: 4711, blob: OBJECT }
}

fn owner() -> Option<OwnerRef> {
    Some(OwnerRef::Person(PersonId::new(private("person-id"))))
}

fn control_id() -> ControlId {
    ControlId::new(private("control-id"))
}

fn mapping() -> Mapping {
    BTreeMap::from([(FrameworkId::from("own"), vec![RequirementId::new(private("requirement-id"))])])
}

fn by<K: Ord, V>(key: impl Fn(&V) -> K, values: impl IntoIterator<Item = V>) -> BTreeMap<K, V> {
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
    }
}

fn hidden_document(id: &str, change: impl Fn(&mut Document)) -> Document {
    let mut document = document();
    document.id = id.into();
    document.title = private("hidden-title");
    document.version = private("hidden-version");
    document.body = private("hidden-body");
    document.text = origin("hidden-text");
    change(&mut document);
    document
}

fn evidence() -> Evidence {
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

fn people() -> People {
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
        csocs: vec![private("csoc")],
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

fn hidden_vendor(id: &str, change: impl Fn(&mut Vendor)) -> Vendor {
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
        complementary: vec![public("part of customers")],
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

fn config() -> Config {
    Config {
        organization: Organization {
            name: public("organization"),
            zone: Zone::named("Europe/Berlin").expect("a zone"),
            calendar: Calendar::default(),
        },
        scope: Scope {
            system: private("scope-system"),
            frameworks: BTreeMap::from([("own".into(), Selection::Named(vec![private("selection")]))]),
            not_applicable: vec![NotApplicable {
                framework: "own".into(),
                id: private("na-id").as_str().into(),
                reason: private("na-reason"),
            }],
        },
        window: Window { range: DateRange { first: day("2026-01-01"), last: day("2026-12-31") }, report: Report::Type2 },
        history: HistoryConfig { branch: Some(private("branch")), signers: Some(private("signers")) },
        assumptions: Assumptions::default(),
        repositories: vec![ProductRepository {
            id: private("repository"),
            path: private("repository-path"),
            branch: Some(private("repository-branch")),
            paths: vec![private("repository-paths")],
        }],
        site: SiteConfig { output: private("site-output"), theme: private("theme") },
        trust: TrustConfig { output: private("trust-output"), base_url: Some("https://trust.shown.example/".to_owned()) },
    }
}

fn registers(programme: &mut Programme) {
    let waiver = Waiver {
        id: private("waiver").as_str().into(),
        control: control_id(),
        periods: vec![Period::Quarter(2026, 2)],
        reason: private("reason"),
        compensating: private("compensating"),
        requested_by: Some(private("requested-by")),
        approved_by: Some(private("approved-by")),
        approved_on: None,
        expires_on: None,
        origin: origin("waiver"),
    };
    let deviation = Deviation {
        id: private("deviation").as_str().into(),
        title: private("deviation-title"),
        control: control_id(),
        period: None,
        found_on: None,
        expected: private("expected"),
        observed: private("observed"),
        cause: private("cause"),
        impact: private("impact"),
        compensating: private("deviation-compensating"),
        correction: private("correction"),
        corrected_on: None,
        owner: owner(),
        disposition: Disposition::Deviation,
        origin: origin("deviation"),
    };
    let incident = Incident {
        id: private("incident").as_str().into(),
        title: private("incident-title"),
        severity: private("severity"),
        significant: true,
        detected_at: None,
        declared_at: None,
        contained_at: None,
        closed_at: None,
        owner: owner(),
        summary: private("incident-summary"),
        actions: vec![private("action")],
        origin: origin("incident"),
    };
    let risk = Risk {
        id: private("risk").as_str().into(),
        title: private("risk-title"),
        category: private("category"),
        owner: owner(),
        likelihood: 3,
        impact: 4,
        treatment: Treatment::Mitigate,
        controls: vec![control_id()],
        open: true,
        reviewed_on: None,
        review_every: None,
        description: private("risk-description"),
        origin: origin("risk"),
    };
    programme.waivers = by(|waiver: &Waiver| waiver.id.clone(), [waiver]);
    programme.deviations = by(|deviation: &Deviation| deviation.id.clone(), [deviation]);
    programme.incidents = by(|incident: &Incident| incident.id.clone(), [incident]);
    programme.risks = by(|risk: &Risk| risk.id.clone(), [risk]);
}

fn framework() -> Framework {
    let id = RequirementId::new(private("requirement-id"));
    Framework {
        id: "own".into(),
        name: private("framework-name"),
        owner: private("framework-owner"),
        word: private("framework-word"),
        // A group's title heads the sentences of its controls: it is the one text of a framework that is shown.
        groups: vec![Group { id: private("group-id"), title: public("group title"), selection: Some(private("selection")) }],
        requirements: BTreeMap::from([(id.clone(), Requirement { id, group: private("group-id"), title: private("requirement-title") })]),
    }
}

/// The programme. Hidden records hold canaries in their otherwise public fields too.
pub fn programme() -> Programme {
    let drafted = |id: &str, change: fn(&mut Control)| {
        let mut control = control();
        control.id = id.into();
        control.public = Some(private("hidden-sentence"));
        change(&mut control);
        control
    };
    let mut programme = Programme {
        config: config(),
        configured: true,
        frameworks: BTreeMap::from([("own".into(), framework())]),
        controls: by(
            |control: &Control| control.id.clone(),
            [
                control(),
                drafted("drafted", |control| control.status = ControlStatus::Drafted),
                drafted("approved", |control| control.status = ControlStatus::Approved),
                drafted("retired", |control| control.retired_on = parse_date("2026-06-30")),
                drafted("later", |control| control.effective_from = parse_date("2026-07-01")),
                drafted("not-applicable", |control| control.not_applicable = Some(private("not-applicable"))),
                drafted("withdrawn", |_| {}),
            ],
        ),
        documents: by(
            |document: &Document| document.id.clone(),
            [
                document(),
                hidden_document("internal", |document| document.classification = Classification::Internal),
                hidden_document("draft", |document| document.status = DocumentStatus::Draft),
                hidden_document("later", |document| document.effective_from = parse_date("2026-07-01")),
                hidden_document("procedure", |document| document.kind = DocumentKind::Procedure),
                hidden_document("withdrawn", |_| {}),
            ],
        ),
        evidence: by(|evidence: &Evidence| evidence.id.clone(), [evidence()]),
        people: people(),
        waivers: BTreeMap::new(),
        deviations: BTreeMap::new(),
        incidents: BTreeMap::new(),
        risks: BTreeMap::new(),
        vendors: by(
            |vendor: &Vendor| vendor.id.clone(),
            [
                vendor(),
                hidden_vendor("not-yet", |vendor| vendor.announced_on = parse_date("2026-07-01")),
                hidden_vendor("supplier", |vendor| vendor.roles = vec![VendorRole::Vendor, VendorRole::Subservice]),
                hidden_vendor("undated", |vendor| (vendor.announced_on, vendor.effective_on, vendor.since) = (None, None, None)),
                hidden_vendor("planned", |vendor| (vendor.announced_on, vendor.effective_on) = (None, parse_date("2026-07-01"))),
            ],
        ),
        trust: Some(trust()),
        unread: vec![UnreadRecord { path: RepoPath::new(private("unread")), controls: vec![control_id()] }],
        files: BTreeMap::from([(RepoPath::new(private("file")), (OBJECT, 1))]),
    };
    registers(&mut programme);
    programme
}

/// The public policy's past: an old text, the one in force, a draft after it, and one that landed after the as-of.
pub fn timelines() -> Timelines {
    let version = |landed: &str, record: Document| Version {
        landed: instant(landed),
        landed_in: Some(CommitIx(7)),
        made_by: Some(CommitIx(7)),
        path: RepoPath::new(private("version-path")),
        blob: OBJECT,
        record: Some(record),
    };
    let versions = vec![
        version("2026-01-01T00:00:00Z", hidden_document("open", |_| {})),
        version("2026-01-20T00:00:00Z", document()),
        version("2026-05-01T00:00:00Z", hidden_document("open", |document| document.status = DocumentStatus::Draft)),
        version("2026-06-01T00:00:00Z", hidden_document("open", |document| document.effective_from = parse_date("2026-07-01"))),
        version("2026-07-01T00:00:00Z", hidden_document("open", |_| {})),
    ];
    Timelines {
        controls: BTreeMap::new(),
        documents: BTreeMap::from([("open".into(), Timeline { versions, removed: None })]),
        evidence: BTreeMap::new(),
        waivers: BTreeMap::new(),
        people: Vec::new(),
        files: BTreeMap::new(),
    }
}
