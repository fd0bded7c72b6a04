//! What the sample programme holds, entry by entry: people, documents, controls, evidence, registers.

use std::collections::BTreeMap;

use tickmark::{
    date::{Cadence, Lapse, Period},
    id::{ControlId, RepoPath, RequirementId, TeamId},
    model::*,
    tree::sha256_hex,
};

use crate::site_sample::{Diary, day, instant};

/// A small framework.
pub fn framework() -> Framework {
    let lines = [
        ("CC6.1", "CC6", "Only permitted identities reach systems and data, by technical means"),
        ("CC6.2", "CC6", "Accounts start with approval and end when need ends"),
        ("CC6.3", "CC6", "Permissions follow role, stay minimal, split duties, get rechecked"),
        ("CC6.4", "CC6", "Only approved people enter rooms and touch hardware"),
        ("CC7.2", "CC7", "Systems are watched for behaviour that could signal an attack"),
        ("CC7.4", "CC7", "Incidents are contained, cleaned up and told to those concerned"),
        ("CC8.1", "CC8", "Changes are requested, built, tested, approved and shipped under control"),
        ("CC9.1", "CC9", "Plans soften the blow of business disruption"),
        ("X1.1", "X", "A line whose group is not named"),
    ];
    let group = |id: &str, title: &str| Group::plain(id, title);
    Framework {
        id: "soc2".into(),
        name: "SOC 2 Trust Services Criteria (2017)".to_owned(),
        owner: "AICPA".to_owned(),
        word: "criterion".to_owned(),
        groups: vec![
            group("CC6", "Logical and physical access"),
            group("CC7", "System operations"),
            group("CC8", "Change management"),
            group("CC9", "Risk mitigation"),
        ],
        requirements: lines.iter().map(|(id, group, title)| (RequirementId::from(*id), Requirement::plain(*id, *group, *title))).collect(),
    }
}

/// Who there is.
pub fn people(diary: &mut Diary) {
    let commits = diary.land(
        "2025-11-03T09:00:00+01:00",
        "dana",
        "dana",
        "Name the people and the teams",
        &[("content/people.yaml", "people: []\n"), ("tickmark.yaml", "organization: {}\n")],
    );
    let origin = diary.origin("content/people.yaml");
    let mut people = People::default();
    for (id, name, title, kind, to) in [
        ("dana", "Dana Ito", "Head of Security", PersonKind::Human, None),
        ("lee", "Lee Park", "Chief Technology Officer", PersonKind::Human, None),
        ("sam", "Sam Okafor", "Platform Engineer", PersonKind::Human, Some("2026-05-31")),
        ("hubot", "Build bot", "", PersonKind::Bot, None),
    ] {
        let person = Person {
            id: id.into(),
            name: name.to_owned(),
            title: title.to_owned(),
            emails: vec![format!("{id}@northlight.example")],
            keys: vec!["ssh-ed25519 AAAA".to_owned()],
            kind,
            from: Some(day("2025-01-01")),
            to: to.map(day),
            origin: origin.clone(),
        };
        people.people.insert(id.into(), person);
    }
    let team = Team { id: TeamId::from("security"), name: "Security".to_owned(), members: vec!["dana".into(), "lee".into()], origin };
    people.teams.insert(team.id.clone(), team);
    diary.programme.people = people.clone();
    let version = diary.version(commits, "content/people.yaml", people);
    diary.timelines.people.push(version);
}

const POLICY: &str = "# Access Control Policy\n\n## Purpose\n\nOnly people who need access have it. See [the procedure](../procedures/access-review.md) and [the web](https://example.com).\n\n## Rules\n\n1. Accounts start with an approval.\n2. Access is reviewed every WORD.\n\n| Role | Who approves |\n|---|---|\n| reader | the team's lead |\n| administrator | Head of Security |\n\n```sh\nokta users list --status ACTIVE\n```\n";

/// Policies with their versions, a procedure, a part of the system description, one that was removed.
pub fn documents(diary: &mut Diary) {
    let texts =
        [("2026-01-12T10:00:00+01:00", "2.0", "2026-01-12", "half-year"), ("2026-02-01T10:00:00+01:00", "2.1", "2026-02-01", "quarter")];
    for (landed, version, from, word) in texts {
        document(
            diary,
            "access-control",
            "Access Control Policy",
            "content/policies/access-control.md",
            version,
            (landed, from),
            &POLICY.replace("WORD", word),
            DocumentStatus::Approved,
            DocumentKind::Policy,
        );
    }
    document(
        diary,
        "access-review",
        "How access is reviewed",
        "content/procedures/access-review.md",
        "1.0",
        ("2026-01-12T11:00:00+01:00", "2026-01-12"),
        "# How access is reviewed\n\nExport, decide, revoke, record.\n",
        DocumentStatus::Approved,
        DocumentKind::Procedure,
    );
    document(
        diary,
        "incident-response",
        "Incident Response Policy",
        "content/policies/incident-response.md",
        "0.3",
        ("2026-03-02T11:00:00+01:00", "2026-03-02"),
        "# Incident Response\n\nA draft.\n",
        DocumentStatus::Draft,
        DocumentKind::Policy,
    );
    document(
        diary,
        "services",
        "The services we provide",
        "content/system/services.md",
        "1.0",
        ("2026-03-02T12:00:00+01:00", "2026-03-02"),
        "# Services\n\nNorthlight Cloud.\n",
        DocumentStatus::Approved,
        DocumentKind::System,
    );
    document(
        diary,
        "old-policy",
        "Clean Desk Policy",
        "content/policies/clean-desk.md",
        "1.0",
        ("2025-12-02T12:00:00+01:00", "2025-12-02"),
        "# Clean desk\n\nTidy up.\n",
        DocumentStatus::Retired,
        DocumentKind::Policy,
    );
    let (gone, removed) = (diary.programme.documents.remove(&"old-policy".into()).unwrap(), instant("2026-04-01T10:00:00+02:00"));
    let last = *diary.history.mainline.last().unwrap();
    diary.timelines.documents.get_mut(&gone.id).unwrap().removed = Some((removed, last));
}

#[expect(clippy::too_many_arguments, reason = "a line of a diary reads best on one line")]
fn document(
    diary: &mut Diary,
    id: &str,
    title: &str,
    path: &str,
    version: &str,
    (landed, from): (&str, &str),
    body: &str,
    status: DocumentStatus,
    kind: DocumentKind,
) {
    let commits = diary.land(
        landed,
        "dana",
        "lee",
        &format!("Write version {version} of {}", title.to_lowercase()),
        &[(path, &format!("---\nid: {id}\nversion: {version}\n---\n{body}"))],
    );
    let origin = diary.origin(path);
    let document = Document {
        id: id.into(),
        kind,
        title: title.to_owned(),
        owner: Some(OwnerRef::Person("dana".into())),
        approvers: vec![OwnerRef::Person("lee".into())],
        version: version.to_owned(),
        status,
        effective_from: Some(day(from)),
        reviewed_on: Some(day(from)),
        review_every: Some(Cadence::Semiannual),
        satisfies: BTreeMap::from([("soc2".into(), vec!["CC6.1".into(), "CC6.2".into()])]),
        classification: Classification::Internal,
        acknowledgement: true,
        section: (kind == DocumentKind::System).then(|| "DC1".to_owned()),
        body: body.to_owned(),
        origin: origin.clone(),
        text: origin,
        adopted: false,
        unfenced: false,
    };
    let version = diary.version(commits, path, document.clone());
    diary
        .timelines
        .documents
        .entry(document.id.clone())
        .or_insert_with(|| Timeline { versions: Vec::new(), removed: None })
        .versions
        .push(version);
    diary.programme.documents.insert(document.id.clone(), document);
}

/// Controls of every cadence and status.
pub fn controls(diary: &mut Diary) {
    let rows: [(&str, &str, &str, ControlStatus, Option<Cadence>, &[&str]); 9] = [
        ("AC-01", "Everybody signs in with a second factor", "security", ControlStatus::InPlace, Some(Cadence::Continuous), &["CC6.1"]),
        ("AC-03", "User access is reviewed every quarter", "dana", ControlStatus::InPlace, Some(Cadence::Quarterly), &["CC6.2", "CC6.3"]),
        (
            "BK-01",
            "A backup is restored every month and the result is read",
            "sam",
            ControlStatus::InPlace,
            Some(Cadence::Monthly),
            &["CC9.1"],
        ),
        ("CH-01", "Every change is reviewed by a second person", "lee", ControlStatus::Approved, Some(Cadence::Monthly), &["CC8.1"]),
        ("IR-01", "Incidents are rehearsed once a year", "dana", ControlStatus::InPlace, Some(Cadence::Annual), &["CC7.4"]),
        ("LOG-01", "Alerts are triaged every week", "security", ControlStatus::InPlace, Some(Cadence::Weekly), &["CC7.2"]),
        ("LOG-02", "New starters get their accounts by approval", "dana", ControlStatus::InPlace, Some(Cadence::PerEvent), &["CC6.2"]),
        ("PH-01", "Visitors to the office are logged", "lee", ControlStatus::Drafted, None, &["CC6.4"]),
        ("RK-01", "Risks are assessed every half-year", "", ControlStatus::InPlace, Some(Cadence::Semiannual), &["CC9.1"]),
    ];
    for (id, title, owner, status, frequency, lines) in rows {
        let path = format!("controls/{id}.yaml");
        let commits = diary.land(
            "2025-12-01T09:00:00+01:00",
            "dana",
            "lee",
            &format!("Add {id}: {}", title.to_lowercase()),
            &[(&path, &format!("id: {id}\ntitle: {title}\n"))],
        );
        let control = control(diary, id, title, owner, status, frequency, lines);
        let version = diary.version(commits, &path, control.clone());
        diary.timelines.controls.insert(control.id.clone(), Timeline { versions: vec![version], removed: None });
        diary.programme.controls.insert(control.id.clone(), control);
    }
    let mut looser = diary.programme.controls[&ControlId::from("AC-03")].clone();
    let commits = diary.land(
        "2026-03-05T09:00:00+01:00",
        "dana",
        "lee",
        "Give the access review twenty days",
        &[("controls/AC-03.yaml", "id: AC-03\ngrace: P20D\n")],
    );
    looser.grace = Lapse::days(20);
    looser.origin = diary.origin("controls/AC-03.yaml");
    let version = diary.version(commits, "controls/AC-03.yaml", looser.clone());
    diary.timelines.controls.get_mut(&looser.id).unwrap().versions.push(version);
    diary.programme.controls.insert(looser.id.clone(), looser);
}

fn control(
    diary: &Diary,
    id: &str,
    title: &str,
    owner: &str,
    status: ControlStatus,
    frequency: Option<Cadence>,
    lines: &[&str],
) -> Control {
    Control {
        id: id.into(),
        title: title.to_owned(),
        owner: diary.programme.people.owner(owner),
        status,
        effective_from: Some(day("2026-01-01")),
        retired_on: (id == "LOG-02").then(|| day("2027-01-01")),
        kind: if id == "AC-01" { ControlKind::Automated } else { ControlKind::Manual },
        key: id == "AC-03" || id == "BK-01",
        frequency,
        first_period: FirstPeriod::Full,
        due: if id == "BK-01" { Lapse::days(3) } else { Lapse::ZERO },
        grace: Lapse::days(10),
        ttl: Some(Lapse::days(100)),
        satisfies: BTreeMap::from([("soc2".into(), lines.iter().map(|line| (*line).into()).collect())]),
        policies: vec!["access-control".into()],
        approvals: 1,
        public: Some("We review who can reach production every quarter.".to_owned()),
        not_applicable: (id == "PH-01").then(|| "There is no office.".to_owned()),
        description: "The owner exports all users of production, decides on each, and has **removals** done within a day.".to_owned(),
        origin: diary.origin(&format!("controls/{id}.yaml")),
    }
}

/// Records: on time, late, additional, removed, altered.
pub fn evidence(diary: &mut Diary) {
    diary.record("AC-03", "content/evidence/ac-03/2026-q1.yaml", Some("2026-Q1"), "2026-03-30", "2026-03-31T16:40:00+02:00", "dana", "lee");
    diary.record(
        "AC-03",
        "content/evidence/ac-03/2026-q1-again.yaml",
        Some("2026-Q1"),
        "2026-04-02",
        "2026-04-02T16:40:00+02:00",
        "dana",
        "lee",
    );
    let landed = ["2026-02-02", "2026-03-06", "2026-04-28", "2026-05-03"];
    for (month, on) in landed.iter().enumerate() {
        let period = format!("2026-{:02}", month + 1);
        diary.record(
            "BK-01",
            &format!("content/evidence/bk-01/{period}.yaml"),
            Some(&period),
            on,
            &format!("{on}T18:05:00+02:00"),
            "sam",
            if month == 3 { "sam" } else { "lee" },
        );
    }
    for week in 2..26 {
        if week == 9 || week == 17 {
            continue;
        }
        let period: Period = format!("2026-W{week:02}").parse().unwrap();
        let last = period.range(1).last;
        let path = format!("content/evidence/log-01/{period}.yaml");
        diary.record("LOG-01", &path, Some(&period.to_string()), &last.to_string(), &format!("{last}T20:00:00+02:00"), "dana", "lee");
    }
    diary.record("LOG-02", "content/evidence/log-02/starter.yaml", None, "2026-05-04", "2026-05-04T09:00:00+02:00", "dana", "lee");
    diary.record("AC-03", "content/evidence/ac-03/2025.yaml", Some("2025-Q4"), "2025-12-30", "2026-01-08T09:00:00+01:00", "dana", "lee");
    let gone = diary.programme.evidence.remove(&"content/evidence/ac-03/2025.yaml".into()).unwrap();
    let last = *diary.history.mainline.last().unwrap();
    diary.timelines.evidence.get_mut(&gone.id).unwrap().removed = Some((instant("2026-06-01T09:00:00+02:00"), last));
    alter(diary);
}

/// The first quarter's record gets a second version, a text artifact, an image that is missing, and a record that corrects it.
fn alter(diary: &mut Diary) {
    let path = "content/evidence/ac-03/2026-q1.yaml";
    let json = "{\"users\": 143, \"active\": true}\n";
    let page = "<script>alert(1)</script>\n";
    let commits = diary.land(
        "2026-04-20T09:00:00+02:00",
        "dana",
        "lee",
        "Mend the first review's note",
        &[
            (path, "control: AC-03\nperiod: 2026-Q1\nnotes: mended\n"),
            ("content/evidence/ac-03/summary.json", json),
            ("content/evidence/ac-03/page.html", page),
            ("content/evidence/ac-03/shot.png", "not really an image"),
        ],
    );
    let file = |name: &str| ArtifactTarget::File(RepoPath::new(format!("content/evidence/ac-03/{name}")));
    let mut record = diary.programme.evidence[&path.into()].clone();
    for name in ["summary.json", "page.html", "shot.png", "gone.txt"] {
        record.artifacts.push(Artifact { target: file(name), sha256: Some(sha256_hex(json.as_bytes())), size: None });
    }
    record.origin = diary.origin(path);
    let version = diary.version(commits, path, record.clone());
    diary.timelines.evidence.get_mut(&record.id).unwrap().versions.push(version);
    diary.programme.evidence.insert(record.id.clone(), record);
    diary.programme.evidence.get_mut(&"content/evidence/ac-03/2026-q1-again.yaml".into()).unwrap().supersedes = Some(path.into());
}

/// One entry of each register.
pub fn registers(diary: &mut Diary) {
    diary.land(
        "2026-06-20T09:00:00+02:00",
        "dana",
        "lee",
        "Keep the registers",
        &[("content/registers.yaml", "[]\n"), ("content/waivers/w.yaml", "id: W-2026-01\n")],
    );
    let origin = diary.origin("content/registers.yaml");
    let dana = || Some(OwnerRef::Person("dana".into()));
    let waiver = Waiver {
        id: "W-2026-01".into(),
        control: "AC-03".into(),
        periods: vec!["2026-Q3".parse().unwrap()],
        reason: "The directory migration closes the old console until October.".to_owned(),
        compensating: "Weekly export of administrators.".to_owned(),
        requested_by: Some("dana".to_owned()),
        approved_by: Some("lee".to_owned()),
        approved_on: Some(day("2026-06-20")),
        expires_on: Some(day("2026-10-31")),
        origin: diary.origin("content/waivers/w.yaml"),
    };
    let last = *diary.history.mainline.last().unwrap();
    let version = diary.version((last, last), "content/waivers/w.yaml", waiver.clone());
    diary.timelines.waivers.insert(waiver.id.clone(), Timeline { versions: vec![version], removed: None });
    diary.programme.waivers.insert(waiver.id.clone(), waiver);
    let deviation = Deviation {
        id: "D-2026-01".into(),
        title: "The March restore was recorded late".to_owned(),
        control: "BK-01".into(),
        period: "2026-03".parse().ok(),
        found_on: Some(day("2026-04-28")),
        expected: "A record by 3 April.".to_owned(),
        observed: "A record on 28 April.".to_owned(),
        cause: "The engineer was away and nobody stood in.".to_owned(),
        impact: "None known.".to_owned(),
        compensating: "Backups ran daily.".to_owned(),
        correction: "A second person was named.".to_owned(),
        corrected_on: Some(day("2026-05-02")),
        owner: dana(),
        disposition: Disposition::Deviation,
        origin: origin.clone(),
    };
    diary.programme.deviations.insert(deviation.id.clone(), deviation);
    let incident = Incident {
        id: "I-2026-01".into(),
        title: "A laptop was lost on a train".to_owned(),
        severity: "medium".to_owned(),
        significant: false,
        detected_at: Some(instant("2026-02-11T08:00:00+01:00")),
        declared_at: Some(instant("2026-02-11T08:30:00+01:00")),
        contained_at: None,
        closed_at: None,
        owner: dana(),
        summary: "The disk is **encrypted**.".to_owned(),
        actions: vec!["Wipe it remotely".to_owned()],
        origin: origin.clone(),
    };
    diary.programme.incidents.insert(incident.id.clone(), incident);
    let risk = Risk {
        id: "R-01".into(),
        title: "A stolen token reaches production".to_owned(),
        category: "security".to_owned(),
        owner: dana(),
        likelihood: 3,
        impact: 4,
        treatment: Treatment::Mitigate,
        controls: vec!["AC-01".into(), "AC-03".into()],
        open: true,
        reviewed_on: Some(day("2026-01-15")),
        review_every: Some(Cadence::Semiannual),
        description: "Tokens live too long.".to_owned(),
        origin: origin.clone(),
    };
    diary.programme.risks.insert(risk.id.clone(), risk);
    let vendor = Vendor {
        id: "host".into(),
        name: "Hosting AG".to_owned(),
        roles: vec![VendorRole::Vendor, VendorRole::Subservice],
        owner: dana(),
        tier: "critical".to_owned(),
        service: "Hosting of production".to_owned(),
        website: None,
        since: Some(day("2024-01-01")),
        review_every: Some(Cadence::Annual),
        data: vec!["customer content".to_owned()],
        locations: vec!["Frankfurt, Germany".to_owned()],
        purpose: String::new(),
        announced_on: None,
        effective_on: None,
        method: Some("carve_out".to_owned()),
        csocs: vec![ComplementaryControl::plain("The host restricts physical access to its data centres.")],
        report: Some(VendorReport {
            kind: "soc2_type2".to_owned(),
            period_end: Some(day("2026-03-31")),
            opinion: "unmodified".to_owned(),
            reviewed_on: Some(day("2026-05-10")),
            reviewed_by: Some("dana".to_owned()),
            cuecs_mapped: true,
            bridge_until: None,
        }),
        origin,
    };
    diary.programme.vendors.insert(vendor.id.clone(), vendor);
}
