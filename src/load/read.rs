//! One file to its records: decode, guard, check the shape, lower. What cannot be read is said and never dropped.

use serde::de::DeserializeOwned;

use super::{
    codes::{
        FRONT_MATTER_EMPTY, FRONT_MATTER_MISSING, FRONT_MATTER_UNCLOSED, LFS_POINTER, MISSING_KEY, RECORD_UNREAD, TEXT_ENCODING,
        UNKNOWN_KEY,
    },
    decode::{How, decode, lfs_pointer},
    front::{Front, front},
    guard::{Guarded, Problem, guard},
    kind::Kind,
    lower::{self, Record, Reference, Text},
    node::{Content, Node},
    raw,
    schema::shape,
    shape::check,
};
use crate::{
    diag::{Finding, Severity, Subject},
    id::{ControlId, ObjectId, RepoPath},
    model::{
        Config, Control, Crosswalk, Decision, Deviation, Document, Evidence, FaqEntry, Framework, Incident, People, Risk, TrustPage,
        UnreadRecord, Update, Vendor, Waiver,
    },
    source::{Place, Source, Span},
    tree::blob_id,
};

/// A record of any kind.
#[derive(Clone, Debug)]
pub(super) enum Lowered {
    Config(Box<Config>),
    Control(Box<Control>),
    Document(Box<Document>),
    Evidence(Box<Evidence>),
    People(People),
    Waiver(Waiver),
    Deviation(Box<Deviation>),
    Incident(Incident),
    Risk(Risk),
    Vendor(Box<Vendor>),
    Trust(Box<TrustPage>),
    Faq(FaqEntry),
    Update(Update),
    Framework(Framework),
    Decision(Box<Decision>),
    Crosswalk(Crosswalk),
}

/// One record of a file.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The record; `None` when it cannot be read.
    pub lowered: Option<Lowered>,
    /// The id it states, as far as that can be read.
    pub stated: Option<String>,
    /// The Git id its own text would have: equal texts of a record have equal digests, whatever else its file holds.
    pub digest: ObjectId,
    /// Where it begins.
    pub place: Place,
}

/// What one file gave.
#[derive(Clone, Debug, Default)]
pub(super) struct FileRead {
    /// Its records, in the order of the text.
    pub found: Vec<Found>,
    /// What was found wrong.
    pub findings: Vec<Finding>,
    /// What its records name.
    pub references: Vec<Reference>,
    /// Records that cannot be read.
    pub unread: Vec<UnreadRecord>,
}

/// A file to be read.
#[derive(Clone, Copy)]
pub(super) struct Input<'a> {
    /// Its path.
    pub path: &'a RepoPath,
    /// Its blob.
    pub blob: ObjectId,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// What its records are.
    pub kind: Kind,
    /// Whether it is Markdown with front matter.
    pub markdown: bool,
}

/// What reading needs to know of the rest.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'a> {
    /// Everybody who can be named.
    pub people: &'a People,
    /// What stands in for a configuration's missing parts.
    pub fallback: &'a Config,
}

/// Reads a file.
pub(super) fn read_file(input: Input<'_>, around: Surroundings<'_>) -> FileRead {
    let mut read = FileRead::default();
    if let Some(pointer) = lfs_pointer(input.bytes) {
        let message = format!("`{}` is a Git LFS pointer to {} bytes; the file itself is not here", input.path, pointer.size);
        read.findings.push(
            Finding::new(&LFS_POINTER, input.kind.subject(None, input.path), message)
                .hint("keep records themselves in Git: git lfs untrack, then commit the file")
                .at(Place::file(input.path)),
        );
        read.unread.push(UnreadRecord { path: input.path.clone(), controls: Vec::new() });
        return read;
    }
    let decoded = decode(input.bytes);
    let source = Source::new(input.path.clone(), decoded.text);
    let mut reader = Reader { input, around, source: &source, read };
    match decoded.how {
        // A text may be shown with a hole in it; a record with a hole in it says something that nobody wrote.
        How::Lossy(at) if !input.markdown => {
            let message = format!("`{}` is not UTF-8, so its records are not read: this byte is no character", input.path);
            reader.refuse(&TEXT_ENCODING, Span { start: at, end: at + 1 }, message, "save it as UTF-8");
            reader.read.findings.iter_mut().for_each(|finding| finding.severity = Severity::Error);
        }
        how => {
            reader.read.findings.extend(encoding_finding(&how, &source, input.kind.subject(None, input.path)));
            if input.markdown { reader.markdown() } else { reader.yaml() }
        }
    }
    reader.read
}

/// What is said of a text that is not plain UTF-8.
pub(super) fn encoding_finding(how: &How, source: &Source, subject: Subject) -> Option<Finding> {
    let path = &source.path;
    match how {
        How::Utf8 => None,
        How::Utf16 => Some(
            Finding::new(&TEXT_ENCODING, subject, format!("`{path}` is UTF-16; it was read as that"))
                .hint("save it as UTF-8, which every tool reads")
                .at(Place::file(path)),
        ),
        How::Lossy(at) => Some(
            Finding::new(&TEXT_ENCODING, subject, format!("`{path}` is not UTF-8; what could not be read was replaced"))
                .hint("save it as UTF-8")
                .at(source.place(Span { start: *at, end: *at + 1 })),
        ),
    }
}

struct Reader<'a> {
    input: Input<'a>,
    around: Surroundings<'a>,
    source: &'a Source,
    read: FileRead,
}

impl Reader<'_> {
    fn yaml(&mut self) {
        let guarded = guard(&self.source.text, 0);
        self.report_all(&guarded.problems, guarded.root.as_ref());
        match &guarded.root {
            None if guarded.problems.is_empty() => {
                let message = format!("`{}` is empty where {} is expected", self.input.path, self.input.kind.phrase());
                self.refuse(&RECORD_UNREAD, Span::default(), message, "write the record, or delete the file");
            }
            None => self.lose(None),
            Some(root) => match &root.content {
                Content::List(items) if self.input.kind.listed() => {
                    for (at, item) in items.iter().enumerate() {
                        self.record(item, &guarded, Some(at + 1), None);
                    }
                }
                _ => self.record(root, &guarded, None, None),
            },
        }
    }

    fn markdown(&mut self) {
        match front(&self.source.text) {
            Front::Missing => {
                let message = format!("`{}` has no front matter, so it is not known what it is", self.input.path);
                let hint = "begin it with `---`, `id:`, `title:` and so on, `---`; or adopt it from a YAML list with `path:`";
                self.refuse(&FRONT_MATTER_MISSING, Span::default(), message, hint);
            }
            Front::Unclosed(at) => {
                let message = format!("the front matter of `{}` is never closed", self.input.path);
                self.refuse(&FRONT_MATTER_UNCLOSED, Span { start: at, end: at + 3 }, message, "close it with a line `---`");
            }
            Front::Found { yaml, body } => {
                let guarded = guard(&self.source.text[yaml.clone()], yaml.start);
                self.report_all(&guarded.problems, guarded.root.as_ref());
                match &guarded.root {
                    Some(root) => self.record(root, &guarded, None, Some(self.source.text[body].to_owned())),
                    None if guarded.problems.is_empty() => {
                        let message = format!("the front matter of `{}` is empty", self.input.path);
                        self.refuse(
                            &FRONT_MATTER_EMPTY,
                            Span { start: yaml.start, end: yaml.start },
                            message,
                            "write at least `id:` and `title:`",
                        );
                    }
                    None => self.lose(None),
                }
            }
        }
    }

    /// Reads one record: `number` in its list from 1, `body` under its front matter.
    fn record(&mut self, node: &Node, guarded: &Guarded, number: Option<usize>, body: Option<String>) {
        let Input { kind, path, blob, .. } = self.input;
        let subject = kind.subject(Some(node), path);
        // Of a text that is refused, the rest would only report what the refusal already explains.
        let (value, problems) = if guarded.usable { check(shape(kind), node, kind.phrase()) } else { (None, Vec::new()) };
        self.report_all(&problems, Some(node));
        let inside = |span: Span| span.start >= node.span.start && span.start <= node.span.end;
        let guard_broke = !guarded.usable || guarded.problems.iter().any(|problem| inside(problem.span));
        let shape_broke = problems.iter().any(|problem| ![UNKNOWN_KEY.name, MISSING_KEY.name].contains(&problem.code.name));
        let mut record = Record {
            source: self.source,
            blob,
            node,
            subject,
            people: self.around.people,
            findings: Vec::new(),
            references: Vec::new(),
            broken: guard_broke || shape_broke,
        };
        let key = number.map_or_else(|| path.to_string(), |number| format!("{path}#{number}"));
        let lowered = value.and_then(|value| lower_value(kind, &mut record, value, key, body, self.around.fallback));
        let Record { findings, references, broken, .. } = record;
        self.read.findings.extend(findings);
        self.read.references.extend(references);
        // A manifest that lost a value does not say what its writer meant, so it counts for nothing until it is mended.
        let lowered = lowered.filter(|lowered| !(broken && matches!(lowered, Lowered::Evidence(_) | Lowered::Waiver(_))));
        if lowered.is_none() {
            self.lose(Some(node));
        }
        let text = if kind == Kind::Evidence || number.is_some() { self.slice(node) } else { self.source.text.as_bytes() };
        self.read.found.push(Found {
            lowered,
            stated: node.get("id").and_then(Node::text).map(lower::normal),
            digest: blob_id(text),
            place: self.source.place(Span { start: node.span.start, end: node.span.start }),
        });
    }

    fn slice(&self, node: &Node) -> &[u8] {
        self.source.text.as_bytes().get(node.span.start..node.span.end.min(self.source.text.len())).unwrap_or_default()
    }

    fn report_all(&mut self, problems: &[Problem], node: Option<&Node>) {
        let subject = self.input.kind.subject(node.filter(|node| matches!(node.content, Content::Map(_))), self.input.path);
        for problem in problems {
            let mut message = problem.message.clone();
            if let Some(also) = problem.also {
                let first = self.source.place(also);
                message += &format!(" (first on line {})", first.line);
            }
            let finding =
                Finding::new(problem.code, subject.clone(), message).hint(problem.hint.clone()).at(self.source.place(problem.span));
            self.read.findings.push(finding);
        }
    }

    fn refuse(&mut self, code: &'static crate::diag::Code, span: Span, message: String, hint: &str) {
        let subject = self.input.kind.subject(None, self.input.path);
        self.read.findings.push(Finding::new(code, subject, message).hint(hint).at(self.source.place(span)));
        self.lose(None);
    }

    /// Remembers that a record is there and what it may be about.
    fn lose(&mut self, node: Option<&Node>) {
        let controls = node.and_then(|node| node.get("control")).map(Node::texts).unwrap_or_default();
        let controls = controls.into_iter().map(|id| ControlId::new(lower::normal(id))).collect();
        self.read.unread.push(UnreadRecord { path: self.input.path.clone(), controls });
    }
}

fn lower_value(
    kind: Kind,
    record: &mut Record<'_>,
    value: serde_yaml::Value,
    key: String,
    body: Option<String>,
    fallback: &Config,
) -> Option<Lowered> {
    Some(match kind {
        Kind::Config => typed(record, value).map(|raw| Lowered::Config(Box::new(lower::config(record, raw, fallback.clone()))))?,
        Kind::Control => Lowered::Control(Box::new(typed(record, value).and_then(|raw| lower::control(record, raw))?)),
        Kind::Document(of) => {
            let text = body.map_or(Text::Elsewhere, Text::Below);
            Lowered::Document(Box::new(typed(record, value).and_then(|raw| lower::document(record, raw, of, text))?))
        }
        Kind::Evidence => Lowered::Evidence(Box::new(typed(record, value).and_then(|raw| lower::evidence(record, raw, key))?)),
        Kind::People => typed(record, value).map(|raw| Lowered::People(lower::people(record, raw)))?,
        Kind::Waiver => Lowered::Waiver(typed(record, value).and_then(|raw| lower::waiver(record, raw))?),
        Kind::Deviation => Lowered::Deviation(Box::new(typed(record, value).and_then(|raw| lower::deviation(record, raw))?)),
        Kind::Incident => Lowered::Incident(typed(record, value).and_then(|raw| lower::incident(record, raw))?),
        Kind::Risk => Lowered::Risk(typed(record, value).and_then(|raw| lower::risk(record, raw))?),
        Kind::Vendor => Lowered::Vendor(Box::new(typed(record, value).and_then(|raw| lower::vendor(record, raw))?)),
        Kind::Trust => typed(record, value).map(|raw| Lowered::Trust(Box::new(lower::trust(record, raw))))?,
        Kind::Faq => Lowered::Faq(typed(record, value).and_then(|raw| lower::faq(record, raw))?),
        Kind::Update => {
            Lowered::Update(typed::<raw::Update>(record, value).and_then(|raw| lower::update(record, raw, body.unwrap_or_default()))?)
        }
        Kind::Framework => Lowered::Framework(typed(record, value).and_then(|raw| lower::framework(record, raw))?),
        Kind::Decision => Lowered::Decision(Box::new(typed(record, value).and_then(|raw| lower::decision(record, raw))?)),
        Kind::Crosswalk => Lowered::Crosswalk(typed(record, value).and_then(|raw| lower::crosswalk(record, raw))?),
    })
}

/// The raw record of a value whose shape was checked. A refusal here means that shape and mirror disagree; it is reported
/// rather than trusted away.
fn typed<T: DeserializeOwned>(record: &mut Record<'_>, value: serde_yaml::Value) -> Option<T> {
    match serde_yaml::from_value(value) {
        Ok(raw) => Some(raw),
        Err(error) => {
            record.lost(&RECORD_UNREAD, &[], format!("the record cannot be read: {error}"), "compare it with `tickmark schema`");
            None
        }
    }
}
