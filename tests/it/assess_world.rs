//! A small world in memory: a text with one event a line becomes a programme with its history, and is assessed.
//!
//! ```text
//! window 2026-01-01..2026-12-31
//! control AC-01 frequency quarterly grace P10D at 2025-10-01T09:00:00Z
//! record R1 period 2026-Q1 performed 2026-03-30 at 2026-03-31T10:00:00Z
//! as-of 2026-04-15T00:00:00Z
//! ```
//! A line is a word, for events a name, then pairs of key and value. Events become mainline commits in the order of their
//! `at`, those of one instant as one commit; the same name again is a new version. Settings stand anywhere.

use std::collections::BTreeMap;

use tickmark::{
    assess::{Assessment, Input, assess},
    date::{Date, DateRange, GitTime, Instant, Period, Zone, parse_date, parse_instant},
    id::*,
    model::*,
    tree::blob_id,
};

/// The parsed text: settings applied, events sorted.
pub struct World {
    pub programme: Programme,
    pub history: History,
    pub timelines: Timelines,
    pub as_of: Instant,
}

/// One event line, taken apart.
struct Event<'t> {
    word: &'t str,
    name: &'t str,
    pairs: BTreeMap<&'t str, &'t str>,
    at: Instant,
}

pub fn day(text: &str) -> Date {
    parse_date(text).unwrap_or_else(|| panic!("`{text}` is not a date"))
}

pub fn instant(text: &str) -> Instant {
    parse_instant(text).unwrap_or_else(|| panic!("`{text}` is not an instant"))
}

impl<'t> Event<'t> {
    /// What the file says: everything but how and when it came in.
    fn content(&self) -> BTreeMap<&'t str, &'t str> {
        let how = ["at", "author", "trailer", "committed", "path"];
        self.pairs.iter().filter(|(key, _)| !how.contains(*key)).map(|(key, value)| (*key, *value)).collect()
    }
}

/// Builds and assesses a text.
pub fn assessed(text: &str) -> Assessment {
    World::read(text).assess()
}

impl World {
    pub fn read(text: &str) -> World {
        let mut world = World::empty();
        let mut events = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words[0] {
                "control" | "record" | "waiver" | "document" | "file" | "remove" | "commit" => events.push(event(&words)),
                _ => world.set(&words),
            }
        }
        events.sort_by_key(|event| event.at);
        for event in &events {
            world.happen(event);
        }
        if let Some(last) = world.history.nodes.last() {
            world.history.tip = Some(last.id);
        }
        world
    }

    pub fn assess(&self) -> Assessment {
        assess(Input {
            programme: &self.programme,
            history: &self.history,
            timelines: &self.timelines,
            as_of: self.as_of,
            findings: Vec::new(),
        })
    }

    fn empty() -> World {
        let mut config = Config::fallback(day("2026-01-01"));
        config.window = Window { range: range("2026-01-01..2026-12-31"), report: Report::Type2 };
        let mut people = People::default();
        for id in ["dana", "lee"] {
            people.people.insert(id.into(), person(id));
        }
        let programme = Programme {
            config,
            configured: true,
            frameworks: BTreeMap::new(),
            controls: BTreeMap::new(),
            documents: BTreeMap::new(),
            evidence: BTreeMap::new(),
            people,
            waivers: BTreeMap::new(),
            deviations: BTreeMap::new(),
            incidents: BTreeMap::new(),
            risks: BTreeMap::new(),
            vendors: BTreeMap::new(),
            trust: None,
            decisions: BTreeMap::new(),
            crosswalks: BTreeMap::new(),
            unread: Vec::new(),
            files: BTreeMap::new(),
        };
        World { programme, history: History::default(), timelines: Timelines::default(), as_of: instant("2026-06-01T12:00:00Z") }
    }

    fn set(&mut self, words: &[&str]) {
        let config = &mut self.programme.config;
        match words {
            ["window", days] => config.window.range = range(days),
            ["type1"] => config.window.report = Report::Type1,
            ["zone", name] => config.organization.zone = Zone::named(name).expect("a zone"),
            ["fiscal", month] => config.organization.calendar.fiscal_month = month.parse().expect("a month"),
            ["holiday", date] => {
                config.organization.calendar.holidays.insert(day(date));
            }
            ["edge", "fully_contained"] => config.assumptions.edge = EdgeRule::FullyContained,
            ["due_soon", lapse] => config.assumptions.due_soon = lapse.parse().expect("a lapse"),
            ["as-of", at] => self.as_of = instant(at),
            ["missing", kind] => {
                let kind = if *kind == "shallow" { "shallow" } else { "partial" };
                let message = "the clone is not whole".to_owned();
                self.history.missing.push(MissingSight { kind, message, command: "git fetch --unshallow".to_owned() });
            }
            ["unread", path, controls @ ..] => self
                .programme
                .unread
                .push(UnreadRecord { path: RepoPath::new(*path), controls: controls.iter().map(|id| ControlId::from(*id)).collect() }),
            ["require", ids @ ..] => self.require(ids),
            ["exclude", id] => config.scope.not_applicable.push(NotApplicable {
                framework: "soc2".into(),
                id: (*id).into(),
                reason: "no premises".to_owned(),
            }),
            ["exclude", framework, id] => config.scope.not_applicable.push(NotApplicable {
                framework: (*framework).into(),
                id: (*id).into(),
                reason: "no premises".to_owned(),
            }),
            ["line", framework, id, pairs @ ..] => self.line(framework, id, &pairs_of(pairs)),
            ["unscope", framework] => {
                config.scope.frameworks.remove(&FrameworkId::from(*framework));
            }
            ["decide", framework, id, verdict] => self.decide(framework, id, verdict),
            ["pair", crosswalk, from, relation, to] => self.pair(crosswalk, from, relation, to),
            ["person", id, pairs @ ..] => {
                let pairs = pairs_of(pairs);
                let mut known = person(id);
                known.from = pairs.get("from").map(|text| day(text));
                known.to = pairs.get("to").map(|text| day(text));
                self.programme.people.people.insert((*id).into(), known);
            }
            other => panic!("unknown line {other:?}"),
        }
    }

    fn require(&mut self, ids: &[&str]) {
        let requirement = |id: &&str| Requirement::plain(*id, "G", format!("About {id}"));
        let framework = Framework {
            id: "soc2".into(),
            name: "SOC 2".to_owned(),
            owner: "AICPA".to_owned(),
            word: "criterion".to_owned(),
            groups: vec![Group::plain("G", "All")],
            requirements: ids.iter().map(|id| ((*id).into(), requirement(id))).collect(),
        };
        self.programme.frameworks.insert("soc2".into(), framework);
        self.programme.config.scope.frameworks.insert("soc2".into(), Selection::All);
    }

    /// A line of a framework, which is in scope as a whole: `line hipaa S1 need addressable parent H`.
    fn line(&mut self, framework: &str, id: &str, pairs: &BTreeMap<&str, &str>) {
        let key = FrameworkId::from(framework);
        self.programme.config.scope.frameworks.entry(key.clone()).or_insert(Selection::All);
        let known = self.programme.frameworks.entry(key.clone()).or_insert_with(|| Framework {
            id: key,
            name: framework.to_uppercase(),
            owner: String::new(),
            word: "line".to_owned(),
            groups: [Applicability::Reasoned, Applicability::Always, Applicability::Statement]
                .map(|applicability| Group { applicability, ..Group::plain(format!("{applicability:?}"), "A group") })
                .into(),
            requirements: BTreeMap::new(),
        });
        let group = match pairs.get("applicability") {
            Some(&"always") => "Always",
            Some(&"statement") => "Statement",
            _ => "Reasoned",
        };
        let line = Requirement {
            parent: pairs.get("parent").map(|id| (*id).into()),
            kind: match pairs.get("kind") {
                Some(&"heading") => LineKind::Heading,
                Some(&"context") => LineKind::Context,
                _ => LineKind::Requirement,
            },
            need: pairs.get("need").map(|need| if *need == "required" { Need::Required } else { Need::Addressable }),
            withdrawn: pairs.contains_key("withdrawn"),
            place: known.requirements.len(),
            ..Requirement::plain(id, group, format!("About {id}"))
        };
        known.requirements.insert(id.into(), line);
    }

    fn decide(&mut self, framework: &str, id: &str, verdict: &str) {
        let decision = Decision {
            framework: framework.into(),
            id: id.into(),
            verdict: match verdict {
                "included" => Verdict::Included,
                "excluded" => Verdict::Excluded,
                _ => Verdict::Alternative("something else".to_owned()),
            },
            reason: "a reason".to_owned(),
            decided_by: None,
            decided_on: None,
            origin: Origin { path: RepoPath::new("content/applicability/a.yaml"), line: 1, blob: blob_id(b"decision") },
        };
        self.programme.decisions.insert((framework.into(), id.into()), decision);
    }

    /// A pair of a crosswalk, whose id is `FROM-TO` and `!` before it where its author states the pairs.
    fn pair(&mut self, id: &str, from: &str, relation: &str, to: &str) {
        let basis = if id.starts_with('!') { Basis::Direct } else { Basis::Derived };
        let (from_key, to_key) = id.trim_start_matches('!').split_once('-').expect("two frameworks");
        let crosswalk = self.programme.crosswalks.entry(id.to_owned()).or_insert_with(|| Crosswalk {
            id: id.to_owned(),
            from: from_key.into(),
            to: to_key.into(),
            basis,
            author: String::new(),
            source: String::new(),
            licence: String::new(),
            note: String::new(),
            pairs: Vec::new(),
        });
        let relation = match relation {
            "equal" => Relation::Equal,
            "subset" => Relation::Subset,
            "superset" => Relation::Superset,
            "none" => Relation::None,
            _ => Relation::Intersects,
        };
        crosswalk.pairs.push(Pair { from: from.into(), to: to.into(), relation });
    }

    fn happen(&mut self, event: &Event<'_>) {
        let at = self.commit(event);
        match event.word {
            "control" => self.control(at, event),
            "record" => self.record(at, event),
            "waiver" => self.waiver(at, event),
            "document" => self.document(at, event),
            "file" => self.file(at, event),
            "remove" => self.remove(at, event),
            _ => {}
        }
    }

    /// Appends a mainline commit at the event's time; `committed` sets another recorded time. Events of one instant share
    /// a commit unless one of them says who made it.
    fn commit(&mut self, event: &Event<'_>) -> CommitIx {
        let history = &mut self.history;
        let plain = ["author", "trailer", "committed"].iter().all(|key| !event.pairs.contains_key(key));
        if plain && history.nodes.last().is_some_and(|last| last.committed == event.at.timestamp()) {
            return CommitIx(history.nodes.len() as u32 - 1);
        }
        let at = CommitIx(history.nodes.len() as u32);
        let committed = event.pairs.get("committed").map_or(event.at, |text| instant(text)).timestamp();
        let before = history.nodes.last().map(|node| node.landed);
        let id = blob_id(format!("commit {}", at.0).as_bytes());
        let parents = history.mainline.last().copied().into_iter().collect();
        let landed = before.map_or(committed, |before| before.max(committed));
        history.nodes.push(Node { id, parents, committed, landed_in: at, landed });
        history.mainline.push(at);
        let author = actor(event.pairs.get("author").unwrap_or(&"dana"), committed);
        let trailers = event
            .pairs
            .get("trailer")
            .and_then(|text| text.split_once(':'))
            .map(|(key, value)| Trailer { key: key.to_owned(), value: format!("Somebody <{value}@example.com>") });
        let commit = Commit {
            id,
            committer: author.clone(),
            author,
            subject: format!("{} {}", event.word, event.name),
            trailers: trailers.into_iter().collect(),
            signature: SignatureKind::None,
        };
        history.commits.insert(at, commit);
        at
    }

    fn origin(&mut self, at: CommitIx, path: &str, content: &impl std::fmt::Debug) -> Origin {
        let path = RepoPath::new(path);
        let blob = blob_id(format!("{content:?}").as_bytes());
        self.touch(at, &path, Some(blob));
        Origin { path, line: 1, blob }
    }

    fn touch(&mut self, at: CommitIx, path: &RepoPath, blob: Option<ObjectId>) {
        let after = blob.map(|blob| FileState { blob, mode: 0o100_644 });
        let change = FileChange { commit: at, path: path.clone(), before: None, after };
        self.history.changes.push(change);
        let landing = Landing { commit: at, path: path.clone(), before: None, after, made_by: at, renamed_from: None };
        self.history.landings.push(landing);
        match blob {
            Some(blob) => self.programme.files.insert(path.clone(), (blob, 1)),
            None => self.programme.files.remove(path),
        };
    }

    fn version<T>(&self, at: CommitIx, origin: &Origin, record: T) -> Version<T> {
        Version {
            landed: self.history.landed(at),
            landed_in: Some(at),
            made_by: Some(at),
            path: origin.path.clone(),
            blob: origin.blob,
            record: Some(record),
        }
    }

    fn control(&mut self, at: CommitIx, event: &Event<'_>) {
        let origin = self.origin(at, &format!("controls/{}.yaml", event.name), &event.content());
        let get = |key: &str| event.pairs.get(key).copied();
        let date = |key: &str| get(key).map(day);
        let lapse = |key: &str, or: &str| get(key).unwrap_or(or).parse().expect("a lapse");
        let owner = get("owner").unwrap_or("dana");
        let control = Control {
            id: event.name.into(),
            title: get("title").unwrap_or("A control").to_owned(),
            owner: (owner != "nobody").then(|| OwnerRef::Person(owner.into())),
            status: match get("status").unwrap_or("in_place") {
                "drafted" => ControlStatus::Drafted,
                "approved" => ControlStatus::Approved,
                "retired" => ControlStatus::Retired,
                _ => ControlStatus::InPlace,
            },
            effective_from: date("from"),
            retired_on: date("retired"),
            kind: ControlKind::Manual,
            key: get("key").is_some(),
            frequency: get("frequency").map(|text| text.parse().expect("a cadence")),
            first_period: if get("first") == Some("partial") { FirstPeriod::Partial } else { FirstPeriod::Full },
            due: lapse("due", "P0D"),
            grace: lapse("grace", "P0D"),
            ttl: get("ttl").map(|text| text.parse().expect("a lapse")),
            satisfies: mapping(get("satisfies").unwrap_or("")),
            policies: get("policies").into_iter().flat_map(|ids| ids.split(',')).map(DocumentId::from).collect(),
            approvals: get("approvals").map_or(0, |text| text.parse().expect("a number")),
            public: None,
            not_applicable: get("na").map(str::to_owned),
            description: String::new(),
            origin: origin.clone(),
        };
        let version = self.version(at, &origin, control.clone());
        push(&mut self.timelines.controls, control.id.clone(), version);
        self.programme.controls.insert(control.id.clone(), control);
    }

    fn record(&mut self, at: CommitIx, event: &Event<'_>) {
        let get = |key: &str| event.pairs.get(key).copied();
        let path = get("path").map_or_else(|| format!("content/evidence/{}.yaml", event.name), str::to_owned);
        let origin = self.origin(at, &path, &event.content());
        let artifact = |path: &str| Artifact { target: ArtifactTarget::File(RepoPath::new(path)), sha256: None, size: None };
        let evidence = Evidence {
            id: event.name.into(),
            controls: get("for").unwrap_or("AC-01").split(',').map(ControlId::from).collect(),
            period: get("period").map(|text| text.parse::<Period>().expect("a period")),
            performed_on: get("performed").map(day),
            performed_by: Some(get("by").unwrap_or("dana").to_owned()),
            reviewed_by: get("reviewer").map(str::to_owned),
            result: match get("result").unwrap_or("pass") {
                "fail" => EvidenceResult::Fail,
                "nil" => EvidenceResult::Nil,
                _ => EvidenceResult::Pass,
            },
            source: get("extracted").map(|text| EvidenceSource { extracted_at: Some(instant(text)), ..EvidenceSource::default() }),
            artifacts: get("artifact").map(artifact).into_iter().collect(),
            items: None,
            supersedes: get("supersedes").map(EvidenceId::from),
            notes: get("notes").unwrap_or("").to_owned(),
            origin: origin.clone(),
        };
        let version = self.version(at, &origin, evidence.clone());
        push(&mut self.timelines.evidence, evidence.id.clone(), version);
        self.programme.evidence.insert(evidence.id.clone(), evidence);
    }

    fn waiver(&mut self, at: CommitIx, event: &Event<'_>) {
        let origin = self.origin(at, &format!("content/waivers/{}.yaml", event.name), &event.content());
        let get = |key: &str| event.pairs.get(key).copied();
        let waiver = Waiver {
            id: event.name.into(),
            control: get("for").unwrap_or("AC-01").into(),
            periods: get("period").into_iter().flat_map(|text| text.split(',')).map(|text| text.parse().expect("a period")).collect(),
            reason: "a migration".to_owned(),
            compensating: String::new(),
            requested_by: Some(get("by").unwrap_or("dana").to_owned()),
            approved_by: get("approver").filter(|who| *who != "nobody").map(str::to_owned),
            approved_on: None,
            expires_on: get("expires").map(day),
            origin: origin.clone(),
        };
        let version = self.version(at, &origin, waiver.clone());
        push(&mut self.timelines.waivers, waiver.id.clone(), version);
        self.programme.waivers.insert(waiver.id.clone(), waiver);
    }

    fn document(&mut self, at: CommitIx, event: &Event<'_>) {
        let origin = self.origin(at, &format!("content/policies/{}.md", event.name), &event.content());
        let get = |key: &str| event.pairs.get(key).copied();
        let document = Document {
            id: event.name.into(),
            kind: if get("section").is_some() { DocumentKind::System } else { DocumentKind::Policy },
            title: "A policy".to_owned(),
            owner: Some(OwnerRef::Person("dana".into())),
            approvers: get("approvers").into_iter().map(|id| OwnerRef::Person(id.into())).collect(),
            version: get("version").unwrap_or("1").to_owned(),
            status: match get("status").unwrap_or("approved") {
                "draft" => DocumentStatus::Draft,
                "retired" => DocumentStatus::Retired,
                _ => DocumentStatus::Approved,
            },
            effective_from: get("from").map(day),
            reviewed_on: get("reviewed").map(day),
            review_every: get("every").map(|text| text.parse().expect("a cadence")),
            satisfies: BTreeMap::new(),
            classification: Classification::Internal,
            acknowledgement: false,
            section: get("section").map(str::to_owned),
            body: get("body").unwrap_or("text").to_owned(),
            text: origin.clone(),
            adopted: false,
            unfenced: false,
            origin: origin.clone(),
        };
        let version = self.version(at, &origin, document.clone());
        push(&mut self.timelines.documents, document.id.clone(), version);
        self.programme.documents.insert(document.id.clone(), document);
    }

    /// A file that no record is in: `content` stands for what it holds; without it the file is removed.
    fn file(&mut self, at: CommitIx, event: &Event<'_>) {
        let path = RepoPath::new(event.name);
        let blob = event.pairs.get("content").map(|content| blob_id(content.as_bytes()));
        self.touch(at, &path, blob);
        self.timelines.files.entry(path).or_default().push((at, blob));
    }

    fn remove(&mut self, at: CommitIx, event: &Event<'_>) {
        let removed = Some((self.history.landed(at), at));
        if let Some(timeline) = self.timelines.evidence.get_mut(&EvidenceId::from(event.name)) {
            timeline.removed = removed;
            self.programme.evidence.remove(&EvidenceId::from(event.name));
        }
        if let Some(timeline) = self.timelines.controls.get_mut(&ControlId::from(event.name)) {
            timeline.removed = removed;
            self.programme.controls.remove(&ControlId::from(event.name));
        }
    }
}

fn push<K: Ord, T>(timelines: &mut BTreeMap<K, Timeline<T>>, key: K, version: Version<T>) {
    timelines.entry(key).or_insert_with(|| Timeline { versions: Vec::new(), removed: None }).versions.push(version);
}

/// `CC6.1,hipaa:S1`: ids of `soc2`, unless they name another framework.
fn mapping(text: &str) -> Mapping {
    let mut mapping = Mapping::new();
    for id in text.split(',').filter(|id| !id.is_empty()) {
        let (framework, id) = id.split_once(':').unwrap_or(("soc2", id));
        mapping.entry(framework.into()).or_default().push(id.into());
    }
    mapping
}

fn event<'t>(words: &[&'t str]) -> Event<'t> {
    let pairs = pairs_of(&words[2..]);
    // What stands from before the window, unless a line says otherwise.
    let at = pairs.get("at").map_or_else(|| instant("2025-01-02T09:00:00Z"), |text| instant(text));
    Event { word: words[0], name: words[1], pairs, at }
}

fn pairs_of<'t>(words: &[&'t str]) -> BTreeMap<&'t str, &'t str> {
    assert!(words.len().is_multiple_of(2), "keys and values come in pairs: {words:?}");
    words.chunks(2).map(|pair| (pair[0], pair[1])).collect()
}

fn range(text: &str) -> DateRange {
    let (first, last) = text.split_once("..").expect("two days");
    DateRange::new(day(first), day(last)).expect("a range")
}

fn person(id: &str) -> Person {
    Person {
        id: id.into(),
        name: id.to_uppercase(),
        title: String::new(),
        emails: vec![format!("{id}@example.com")],
        keys: Vec::new(),
        kind: PersonKind::Human,
        from: None,
        to: None,
        origin: Origin { path: RepoPath::new("content/people.yaml"), line: 1, blob: blob_id(b"people") },
    }
}

fn actor(id: &str, seconds: i64) -> Actor {
    let time = GitTime { seconds, offset_minutes: 0 };
    Actor { name: id.to_owned(), email: format!("{id}@example.com"), recorded: None, time }
}
