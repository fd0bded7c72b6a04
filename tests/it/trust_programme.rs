//! The whole programme of canaries, and the past of its public policy.

use std::collections::BTreeMap;

use tickmark::{
    date::{Calendar, DateRange, Period, Zone, parse_date},
    id::{RepoPath, RequirementId},
    model::*,
};

use crate::trust_fixture::{
    OBJECT, by, control, control_id, day, document, evidence, hidden_document, hidden_vendor, instant, origin, owner, people, private,
    public, trust, vendor,
};

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
        language: LanguageConfig {
            allow: vec![private("language-allow")],
            vague: vec![private("language-vague")],
            ..LanguageConfig::default()
        },
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
        groups: vec![Group {
            selection: Some(private("selection")),
            word: Some(private("group word")),
            ..Group::plain(private("group-id"), public("group title"))
        }],
        requirements: BTreeMap::from([(
            id.clone(),
            Requirement {
                word: Some(private("line word")),
                ..Requirement::plain(id.as_str(), private("group-id"), private("requirement-title"))
            },
        )]),
    }
}

fn decision() -> Decision {
    Decision {
        framework: "own".into(),
        id: "R-1".into(),
        verdict: Verdict::Alternative(private("decision-alternative")),
        reason: private("decision-reason"),
        decided_by: Some(private("decision-by")),
        decided_on: None,
        origin: origin("decision"),
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
        decisions: BTreeMap::from([(("own".into(), "R-1".into()), decision())]),
        crosswalks: BTreeMap::new(),
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
