//! A small programme held in memory, with a year of history, for looking at the site without a repository.
//!
//! Everything a page can show occurs in it at least once: `site_contract.rs` relies on that.

use std::collections::BTreeMap;

use tickmark::{
    assess::{self, Assessment, Input},
    date::{Date, DateRange, GitTime, Instant, Period, Zone, parse_date, parse_instant},
    diag::{Code, Finding, Severity, Subject},
    id::{ObjectId, PersonId, RepoPath},
    model::*,
    render::Renderer,
    site::{self, SiteInput, Stamp},
    source::Place,
    tree::{Blobs, blob_id, sha256_hex},
};

use crate::{
    site_frameworks::add_care,
    site_story::{controls, documents, evidence, framework, people, registers},
};

/// A code that only the sample reports, so that a rule's page has a text.
pub const SAMPLE_CODE: Code = Code {
    name: "unknown-key",
    severity: Severity::Error,
    title: "a record has a key that no format knows",
    explanation: "Every key of a record is one of those its format names.\n\n```yaml\nfrequncy: quarterly\n```\n\nThe record is read without it.",
};

/// The programme with everything a site is made from.
pub struct Sample {
    pub programme: Programme,
    pub history: History,
    pub timelines: Timelines,
    pub assessment: Assessment,
    pub blobs: MapBlobs,
    pub stamp: Stamp,
    pub codes: Vec<&'static Code>,
}

/// Blobs in memory.
#[derive(Default)]
pub struct MapBlobs(BTreeMap<ObjectId, Vec<u8>>);

impl Blobs for MapBlobs {
    fn blob(&self, id: ObjectId) -> anyhow::Result<Option<Vec<u8>>> {
        Ok(self.0.get(&id).cloned())
    }
}

impl Sample {
    /// What the site's plan takes.
    pub fn input(&self) -> SiteInput<'_> {
        SiteInput {
            programme: &self.programme,
            history: &self.history,
            timelines: &self.timelines,
            assessment: &self.assessment,
            crosswalks: &self.programme.crosswalks,
            blobs: &self.blobs,
            stamp: &self.stamp,
            codes: &self.codes,
        }
    }

    /// The same, judged once more after its programme was changed.
    pub fn assessed_again(mut self) -> Self {
        let Self { programme, history, timelines, assessment, .. } = &self;
        self.assessment = assess::assess(Input { programme, history, timelines, as_of: assessment.as_of, findings: Vec::new() });
        self
    }

    /// Every file of the rendered site.
    pub fn render(&self) -> BTreeMap<String, Vec<u8>> {
        let renderer = Renderer::from_assets("default").unwrap();
        let plan = site::plan(&self.input()).unwrap();
        let mut files = BTreeMap::new();
        for page in &plan.pages {
            let html = renderer.render(page.template, &page.context().unwrap()).unwrap_or_else(|error| panic!("{}: {error:#}", page.path));
            files.insert(page.path.clone(), html.into_bytes());
        }
        for file in &plan.files {
            files.insert(file.path.clone(), file.bytes().unwrap().unwrap().into_owned());
        }
        files
    }
}

/// The sample as of 10 July 2026; `extra` adds that many further monthly records.
pub fn sample(extra: usize) -> Sample {
    let mut diary = Diary::new();
    people(&mut diary);
    documents(&mut diary);
    controls(&mut diary);
    evidence(&mut diary);
    registers(&mut diary);
    add_care(&mut diary.programme);
    for number in 0..extra {
        diary.record(
            "LOG-02",
            &format!("content/evidence/many/{number:05}.yaml"),
            None,
            "2026-05-04",
            "2026-05-04T10:00:00+02:00",
            "dana",
            "dana",
        );
    }
    diary.finish("2026-07-10T12:00:00+02:00")
}

/// A day.
pub fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

/// An instant.
pub fn instant(text: &str) -> Instant {
    parse_instant(text).unwrap()
}

/// A history that is written down entry by entry.
pub struct Diary {
    pub programme: Programme,
    pub history: History,
    pub timelines: Timelines,
    pub blobs: BTreeMap<ObjectId, Vec<u8>>,
    pub tree: BTreeMap<RepoPath, FileState>,
}

impl Diary {
    fn new() -> Self {
        let mut config = Config::fallback(day("2026-01-01"));
        config.organization.name = "Northlight GmbH".to_owned();
        config.organization.zone = Zone::named("Europe/Berlin").unwrap();
        config.scope.system = "Northlight Cloud".to_owned();
        config.scope.frameworks = BTreeMap::from([("soc2".into(), Selection::All)]);
        config.scope.not_applicable =
            vec![NotApplicable { framework: "soc2".into(), id: "CC6.4".into(), reason: "There are no premises of our own.".to_owned() }];
        config.window = Window { range: DateRange { first: day("2026-01-01"), last: day("2026-12-31") }, report: Report::Type2 };
        let programme = Programme {
            config,
            configured: true,
            frameworks: BTreeMap::from([("soc2".into(), framework())]),
            controls: BTreeMap::new(),
            documents: BTreeMap::new(),
            evidence: BTreeMap::new(),
            people: People::default(),
            waivers: BTreeMap::new(),
            deviations: BTreeMap::new(),
            incidents: BTreeMap::new(),
            risks: BTreeMap::new(),
            vendors: BTreeMap::new(),
            trust: None,
            decisions: BTreeMap::new(),
            crosswalks: BTreeMap::new(),
            unread: vec![UnreadRecord { path: RepoPath::new("content/evidence/broken.yaml"), controls: vec!["BK-01".into()] }],
            files: BTreeMap::new(),
        };
        let history = History {
            branch: "main".to_owned(),
            skipped: vec![Skipped {
                what: "content/evidence/link.csv".to_owned(),
                why: "a symbolic link out of the repository".to_owned(),
            }],
            missing: vec![MissingSight {
                kind: "partial",
                message: "Two objects are not in this clone, so their content cannot be read.".to_owned(),
                command: "git fetch --refetch".to_owned(),
            }],
            ..History::default()
        };
        Self { programme, history, timelines: Timelines::default(), blobs: BTreeMap::new(), tree: BTreeMap::new() }
    }

    fn actor(&self, who: &str, time: Instant) -> Actor {
        let name = self.programme.people.people.get(&PersonId::from(who)).map_or(who.to_owned(), |person| person.name.clone());
        Actor {
            name,
            email: format!("{who}@northlight.example"),
            recorded: None,
            time: GitTime { seconds: time.timestamp(), offset_minutes: 120 },
        }
    }

    fn node(&mut self, parents: Vec<CommitIx>, time: Instant, author: &str, committer: &str, subject: &str) -> CommitIx {
        let at = CommitIx(self.history.nodes.len() as u32);
        let id = blob_id(format!("commit {} {subject}", at.0).as_bytes());
        let seconds = time.timestamp();
        self.history.nodes.push(Node { id, parents, committed: seconds, landed_in: at, landed: seconds });
        let commit = Commit {
            id,
            author: self.actor(author, time),
            committer: self.actor(committer, time),
            subject: subject.to_owned(),
            trailers: vec![Trailer { key: "Reviewed-by".to_owned(), value: "Lee Park <lee@northlight.example>".to_owned() }],
            signature: SignatureKind::Ssh,
        };
        self.history.commits.insert(at, commit);
        at
    }

    /// A commit on a branch and the merge that landed it; gives both.
    pub fn land(&mut self, time: &str, author: &str, merger: &str, subject: &str, files: &[(&str, &str)]) -> (CommitIx, CommitIx) {
        let time = instant(time);
        let tip: Vec<CommitIx> = self.history.mainline.last().copied().into_iter().collect();
        let made = self.node(tip.clone(), time, author, author, subject);
        let landed = if author == merger {
            made
        } else {
            self.node([tip, vec![made]].concat(), time, merger, merger, &format!("Merge: {}", subject.to_lowercase()))
        };
        self.history.nodes[made.0 as usize].landed_in = landed;
        self.history.mainline.push(landed);
        for (path, content) in files {
            let path = RepoPath::new(*path);
            let blob = blob_id(content.as_bytes());
            self.blobs.insert(blob, content.as_bytes().to_vec());
            let after = Some(FileState { blob, mode: 0o100_644 });
            let before = self.tree.insert(path.clone(), FileState { blob, mode: 0o100_644 });
            self.history.changes.push(FileChange { commit: made, path: path.clone(), before, after });
            self.history.landings.push(Landing { commit: landed, path: path.clone(), before, after, made_by: made, renamed_from: None });
            self.programme.files.insert(path.clone(), (blob, content.len() as u64));
            self.timelines.files.entry(path).or_default().push((landed, Some(blob)));
        }
        (made, landed)
    }

    pub fn origin(&self, path: &str) -> Origin {
        Origin { path: RepoPath::new(path), line: 1, blob: self.tree[&RepoPath::new(path)].blob }
    }

    pub fn version<T>(&self, (made, landed): (CommitIx, CommitIx), path: &str, record: T) -> Version<T> {
        let origin = self.origin(path);
        Version {
            landed: self.history.landed(landed),
            landed_in: Some(landed),
            made_by: Some(made),
            path: origin.path,
            blob: origin.blob,
            record: Some(record),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a line of a diary reads best on one line")]
    pub fn record(&mut self, control: &str, path: &str, period: Option<&str>, on: &str, landed: &str, by: &str, reviewer: &str) {
        let csv_path = format!("{}.csv", path.trim_end_matches(".yaml"));
        let csv =
            format!("user,role,decision,by\nmira@example.com,admin,keep,{by}\nnoor@example.com,reader,revoke,{by}\n{on},x,keep,{by}\n");
        let manifest = format!(
            "control: {control}\nperiod: {}\nperformed_on: {on}\nperformed_by: {by}\nreviewed_by: {reviewer}\n",
            period.unwrap_or("-")
        );
        let commits = self.land(
            landed,
            by,
            reviewer,
            &format!("Record {control} for {}", period.unwrap_or(on)),
            &[(path, &manifest), (&csv_path, &csv)],
        );
        let complete = control == "AC-03";
        let evidence = Evidence {
            id: path.into(),
            controls: vec![control.into()],
            period: period.map(|text| text.parse::<Period>().unwrap()),
            performed_on: Some(day(on)),
            performed_by: Some(by.to_owned()),
            reviewed_by: (reviewer != by).then(|| reviewer.to_owned()),
            result: if complete { EvidenceResult::PassWithExceptions } else { EvidenceResult::Pass },
            source: complete.then(|| EvidenceSource {
                system: Some("Okta".to_owned()),
                environment: Some("production".to_owned()),
                query: Some("status eq \"ACTIVE\"".to_owned()),
                extracted_at: Some(instant(&format!("{on}T09:12:00+02:00"))),
                extracted_by: Some(by.to_owned()),
                count: None,
            }),
            artifacts: vec![
                Artifact { target: ArtifactTarget::File(RepoPath::new(csv_path)), sha256: Some(sha256_hex(csv.as_bytes())), size: None },
                Artifact { target: ArtifactTarget::Uri("https://files.example/export".to_owned()), sha256: None, size: Some(123_456) },
            ],
            items: complete.then_some(Items { tested: 143, exceptions: 2 }),
            supersedes: None,
            notes: if complete { "Two accounts were **removed** the same day.".to_owned() } else { String::new() },
            origin: self.origin(path),
        };
        let version = self.version(commits, path, evidence.clone());
        self.timelines.evidence.insert(evidence.id.clone(), Timeline { versions: vec![version], removed: None });
        self.programme.evidence.insert(evidence.id.clone(), evidence);
    }

    fn finish(mut self, as_of: &str) -> Sample {
        let as_of = instant(as_of);
        self.history.tip = self.history.mainline.last().map(|at| self.history.node(*at).id);
        let place =
            Place { path: RepoPath::new("controls/AC-03.yaml"), line: 4, column: 1, excerpt: "frequncy: quarterly".to_owned(), width: 8 };
        let tip = self.history.tip.unwrap();
        let findings = vec![
            Finding::new(&SAMPLE_CODE, Subject::Control("AC-03".into()), "the key `frequncy` is not known")
                .hint("did you mean `frequency`?")
                .at(place)
                .commits([tip]),
            Finding::new(&SAMPLE_CODE, Subject::Document("access-control".into()), "the key `ownr` is not known").commits([tip]),
            Finding::new(&SAMPLE_CODE, Subject::History, "two objects are missing").commits([tip]),
            Finding::new(&SAMPLE_CODE, Subject::Person("dana".into()), "the key `mail` is not known").commits([tip]),
            Finding::new(&SAMPLE_CODE, Subject::Requirement("soc2".into(), "CC6.2".into()), "the key `titel` is not known").commits([tip]),
            Finding::new(&SAMPLE_CODE, Subject::Evidence("content/evidence/ac-03/2026-q1.yaml".into()), "the key `note` is not known")
                .commits([tip]),
        ];
        let assessment =
            assess::assess(Input { programme: &self.programme, history: &self.history, timelines: &self.timelines, as_of, findings });
        let zone = self.programme.config.organization.zone;
        let stamp = Stamp {
            tool_version: "0.1.0".to_owned(),
            tip: self.history.tip,
            branch: "main".to_owned(),
            as_of_text: zone.text(as_of),
            committed: false,
        };
        let mut codes = assess::codes();
        codes.push(&SAMPLE_CODE);
        codes.sort_by_key(|code| code.name);
        let Self { programme, history, timelines, blobs, .. } = self;
        Sample { programme, history, timelines, assessment, blobs: MapBlobs(blobs), stamp, codes }
    }
}
