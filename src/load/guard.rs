//! The guard: one pass over every YAML text before anything is made of it. The only door to granit-parser.
//!
//! It bounds size, depth and count, refuses what would let a text mean different things to different readers (anchors,
//! aliases, tags, several documents, repeated keys, keys that are no text), and hands out a tree with places. Only in texts
//! of other tools are aliases written out.
//! It knows nothing of records.

use std::collections::BTreeMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError};

use super::{
    anchors::Anchors,
    codes::{DUPLICATE_KEY, YAML_ALIAS, YAML_DOCUMENTS, YAML_KEY, YAML_LIMIT, YAML_SYNTAX, YAML_TAG},
    node::{Content, Entry, Node},
};
use crate::{diag::Code, source::Span};

/// How large a text may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// The largest text that is read, in bytes.
    pub bytes: usize,
    /// The largest number of values in one text.
    pub values: usize,
    /// Whether aliases are written out. Copies count as values and bytes of the text.
    pub aliases: bool,
}

impl Limits {
    /// A file of records.
    pub const RECORDS: Limits = Limits { bytes: 2 * 1024 * 1024, values: 100_000, aliases: false };
    /// A catalogue of another tool, read once when it is imported. Tools that write YAML use aliases for what they hold once.
    pub const CATALOGUE: Limits = Limits { bytes: 16 * 1024 * 1024, values: 1_000_000, aliases: true };
}

/// The deepest nesting of lists and mappings.
pub(super) const DEEPEST: usize = 32;
const ALIAS: &str = "an anchor or alias stands here; the value would be written elsewhere, and a reader of this line could not see it";
const ALIAS_HINT: &str = "write the value out; text that begins with `&` or `*` needs quotes";
/// After this many problems the rest of a text is not looked at.
const MOST_PROBLEMS: usize = 50;

/// Something the guard refuses.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Problem {
    /// Its code.
    pub code: &'static Code,
    /// Where it stands.
    pub span: Span,
    /// Where its other half stands: the first of two equal keys.
    pub also: Option<Span>,
    /// Lower case: what is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// What came of guarding one text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Guarded {
    /// The tree; of a text that breaks off, the part before. `None` when nothing is written.
    pub root: Option<Node>,
    /// What is refused.
    pub problems: Vec<Problem>,
    /// Whether the tree says what the text says. Repeated keys leave it so: the first one stands, and the record that
    /// holds them is found by their place.
    pub usable: bool,
}

/// Guards a file of records that begins at byte `base` of its file.
pub(super) fn guard(text: &str, base: usize) -> Guarded {
    guard_within(text, base, Limits::RECORDS)
}

/// Guards a text that begins at byte `base` of its file.
pub(super) fn guard_within(text: &str, base: usize, limits: Limits) -> Guarded {
    let mut builder = Builder {
        base,
        limits,
        open: Vec::new(),
        root: None,
        values: 0,
        copied: 0,
        anchors: Anchors::default(),
        documents: 0,
        problems: Vec::new(),
        usable: true,
    };
    if text.len() > limits.bytes {
        let message = format!("the text has {} bytes; records of more than {} are not read", text.len(), limits.bytes);
        builder.refuse(&YAML_LIMIT, Span { start: base, end: base }, message, "divide it into several files");
        return builder.finish();
    }
    let mut options = granit_parser::options! {
        emit_unresolved_aliases: true,
        block_scalar_eof_without_line_feed: true,
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
    };
    options.set_emit_comments(false);
    for next in Parser::new_from_str_with_options(text, options) {
        match next {
            Ok((event, span)) => {
                let range = span.byte_range().unwrap_or(0..0);
                if !builder.event(&event, Span { start: base + range.start, end: base + range.end }) {
                    break;
                }
            }
            Err(error) => {
                builder.broken(&error);
                break;
            }
        }
    }
    builder.finish()
}

struct Builder {
    base: usize,
    limits: Limits,
    open: Vec<Open>,
    root: Option<Node>,
    values: usize,
    /// Bytes of text that stand in copies for aliases.
    copied: usize,
    anchors: Anchors,
    documents: usize,
    problems: Vec<Problem>,
    usable: bool,
}

/// A list or mapping whose end has not come yet.
struct Open {
    start: usize,
    /// The number of its anchor; 0 for none.
    anchor: usize,
    held: Held,
}

enum Held {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, key: Option<(String, Span)> },
}

impl Builder {
    /// Takes one event; `false` when the rest is not looked at.
    fn event(&mut self, event: &Event<'_>, span: Span) -> bool {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    let message = "a second document begins here; a file holds one record or one list of records";
                    self.refuse(&YAML_DOCUMENTS, span, message, "write the records as a list, or put each into its own file");
                    return false;
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_marks(*anchor, tag.is_some(), span);
                let plain = *style == ScalarStyle::Plain;
                let node = Node { span, content: Content::Scalar { text: text.clone().into_owned(), plain } };
                self.anchors.keep(*anchor, &node);
                self.place(node);
            }
            Event::Alias(anchor) if self.limits.aliases => self.alias(*anchor, span),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.refuse(&YAML_ALIAS, span, ALIAS, ALIAS_HINT);
                self.place(Node { span, content: Content::Scalar { text: String::new(), plain: true } });
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.refuse_marks(*anchor, tag.is_some(), span);
                self.open.push(Open { start: span.start, anchor: *anchor, held: Held::List(Vec::new()) });
            }
            Event::MappingStart(_, anchor, tag) => {
                self.refuse_marks(*anchor, tag.is_some(), span);
                self.open.push(Open { start: span.start, anchor: *anchor, held: Held::Map { entries: Vec::new(), key: None } });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span.end),
            _ => {}
        }
        self.within_limits(span)
    }

    fn within_limits(&mut self, span: Span) -> bool {
        if self.values > self.limits.values {
            let message = format!("more than {} values stand in one file", self.limits.values);
            self.refuse(&YAML_LIMIT, span, message, "divide it into several files");
            return false;
        }
        self.problems.len() < MOST_PROBLEMS
    }

    fn refuse(&mut self, code: &'static Code, span: Span, message: impl Into<String>, hint: &str) {
        self.usable = false;
        self.problems.push(Problem { code, span, also: None, message: message.into(), hint: hint.to_owned() });
    }

    fn refuse_marks(&mut self, anchor: usize, tag: bool, span: Span) {
        if anchor != 0 && !self.limits.aliases {
            self.refuse(&YAML_ALIAS, span, ALIAS, ALIAS_HINT);
        }
        if tag {
            let message = "a tag stands here; tags make the same text mean different things to different programs";
            self.refuse(&YAML_TAG, span, message, "leave the tag out; text that begins with `!` needs quotes");
        }
    }

    /// Puts a copy of what an alias stands for in its place, as long as the copies stay within the limits of the text.
    fn alias(&mut self, anchor: usize, span: Span) {
        let merges = matches!(self.open.last().map(|open| &open.held), Some(Held::Map { key: Some((key, _)), .. }) if key == "<<");
        let Some(kept) = self.anchors.get(anchor).filter(|_| !merges) else {
            let message =
                if merges { "a merge key stands here; not every reader fills it in" } else { "an alias stands in what it stands for" };
            self.refuse(&YAML_ALIAS, span, message, "write the value out");
            return self.place(Node { span, content: Content::Scalar { text: String::new(), plain: true } });
        };
        let fits = self.values + kept.values <= self.limits.values
            && self.copied + kept.bytes <= self.limits.bytes
            && self.open.len() + kept.depth <= DEEPEST;
        if !fits {
            let message = "the aliases of this text stand for more than is read";
            self.refuse(&YAML_LIMIT, span, message, "write out what is needed");
            return self.place(Node { span, content: Content::Scalar { text: String::new(), plain: true } });
        }
        let (node, values) = (kept.node.clone(), kept.values);
        self.copied += kept.bytes;
        self.values += values - 1;
        self.place(node);
    }

    /// Puts a finished value where it belongs.
    fn place(&mut self, node: Node) {
        self.values += 1;
        match self.open.last_mut().map(|open| &mut open.held) {
            None => self.root = Some(node),
            Some(Held::List(items)) => items.push(node),
            Some(Held::Map { entries, key }) => match key.take() {
                Some((key, key_span)) => entries.push(Entry { key, key_span, value: node }),
                None => match node.content {
                    Content::Scalar { text, .. } => *key = Some((text, node.span)),
                    _ => {
                        *key = Some((String::new(), node.span));
                        let message = "a list or mapping is used as a key; a key is a word";
                        self.refuse(&YAML_KEY, node.span, message, "text that begins with `{` or `[` needs quotes");
                    }
                },
            },
        }
    }

    /// Ends the innermost list or mapping.
    fn close(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        let span = Span { start: open.start, end: end.max(open.start) };
        let content = match open.held {
            Held::List(items) => Content::List(items),
            Held::Map { entries, .. } => Content::Map(self.without_repeats(entries)),
        };
        let node = Node { span, content };
        self.anchors.keep(open.anchor, &node);
        self.place(node);
    }

    /// Drops repeated keys: the first one stands.
    fn without_repeats(&mut self, entries: Vec<Entry>) -> Vec<Entry> {
        let mut first: BTreeMap<String, Span> = BTreeMap::new();
        let mut kept = Vec::with_capacity(entries.len());
        for entry in entries {
            match first.get(&entry.key) {
                Some(span) => self.problems.push(Problem {
                    code: &DUPLICATE_KEY,
                    span: entry.key_span,
                    also: Some(*span),
                    message: format!("the key `{}` stands twice", entry.key),
                    hint: "keep one of them: a record must read the same to everybody".to_owned(),
                }),
                None => {
                    first.insert(entry.key.clone(), entry.key_span);
                    kept.push(entry);
                }
            }
        }
        kept
    }

    fn broken(&mut self, error: &ScanError) {
        let at = self.base + error.marker().byte_offset().unwrap_or(0);
        let span = Span { start: at, end: at + 1 };
        match error.kind() {
            ErrorKind::RecursionLimitExceeded => {
                let message = format!("lists and mappings are nested more than {DEEPEST} deep");
                self.refuse(&YAML_LIMIT, span, message, "no record needs that; look for a bracket that is never closed");
            }
            kind => {
                let hint = syntax_hint(kind);
                self.refuse(&YAML_SYNTAX, span, format!("this is not YAML: {}", error.info()), hint);
            }
        }
    }

    /// Closes what is open, so that the part before a break can still be looked at.
    fn finish(mut self) -> Guarded {
        while !self.open.is_empty() {
            self.close(0);
        }
        Guarded { root: self.root, problems: self.problems, usable: self.usable }
    }
}

fn syntax_hint(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidMappingValueWhitespace | ErrorKind::SimpleKeyExpected => {
            "text that contains `: ` needs quotes; a list or mapping under a key is indented"
        }
        ErrorKind::TabNotAllowed | ErrorKind::TabInBlockIndentation | ErrorKind::TabInIndentation => "indent with spaces",
        ErrorKind::UnclosedQuotedScalar => "close the quotation",
        ErrorKind::UnexpectedCharacter { .. } => "text that begins with a special character needs quotes",
        _ => "see the line; often a quote, a bracket or some indentation is missing just before it",
    }
}

#[cfg(test)]
#[path = "guard_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "guard_property_tests.rs"]
mod properties;
