//! Highlighting with a dozen classes instead of syntect's thousands.
//!
//! YAML and JSON have a scanner of their own (`data`). For every other language a grammar gives every character a stack of
//! scopes; the innermost one that the table below knows gives the class.
//! Neighbouring characters of one class share a span, which keeps pages small. Colours stand in one file of CSS
//! ([`highlight_css`]), so that a strict content security policy holds.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
};

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// Texts longer than this many bytes are escaped, not highlighted.
pub const HIGHLIGHT_MAX_BYTES: usize = 200_000;

/// A text with a longer line than this many bytes is not highlighted: grammars are slow on such lines, and people do not read them.
const MAX_LINE: usize = 4_000;

/// How many bytes of input and output the memo holds before it starts again.
const MEMO_BYTES: usize = 16_000_000;

/// Every class that highlighting writes, for the sanitizer and for themes.
pub(super) const CLASSES: &[&str] =
    &["hl-c", "hl-s", "hl-n", "hl-l", "hl-k", "hl-w", "hl-f", "hl-t", "hl-v", "hl-e", "hl-h", "hl-i", "hl-d"];

/// Which scopes give which class; the first entry that is a prefix of a scope counts. An empty class ends the search: such
/// a scope looks like plain text.
const TABLE: &[(&str, &str)] = &[
    ("comment", "hl-c"),
    ("constant.character.escape", "hl-e"),
    ("constant.numeric", "hl-n"),
    ("constant.language", "hl-l"),
    ("constant", "hl-n"),
    ("entity.name.tag", "hl-k"),
    ("entity.other.attribute-name", "hl-k"),
    ("support.type.property-name", "hl-k"),
    ("entity.name.section", "hl-h"),
    ("markup.heading", "hl-h"),
    ("markup.inserted", "hl-i"),
    ("markup.deleted", "hl-d"),
    ("entity.name.function", "hl-f"),
    ("support.function", "hl-f"),
    ("variable.function", "hl-f"),
    ("entity.name", "hl-t"),
    ("support", "hl-t"),
    ("storage", "hl-w"),
    ("keyword.operator", ""),
    ("keyword", "hl-w"),
    ("variable", "hl-v"),
    ("string", "hl-s"),
];

struct Grammars {
    set: SyntaxSet,
    table: Vec<(Scope, &'static str)>,
}

static GRAMMARS: LazyLock<Grammars> = LazyLock::new(|| {
    let scope = |name: &str| Scope::new(name).expect("the names in the table are short scopes");
    Grammars { set: SyntaxSet::load_defaults_newlines(), table: TABLE.iter().map(|(name, class)| (scope(name), *class)).collect() }
});

/// Highlights code or data with classes (`hl-`); `language` is a file ending or a fence's word. Falls back to escaped text
/// for an unknown language and for texts that are too long.
pub fn highlight(text: &str, language: &str) -> String {
    if text.len() > HIGHLIGHT_MAX_BYTES || text.lines().any(|line| line.len() > MAX_LINE) {
        return plain(text);
    }
    if is_data(language) {
        let mut runs = Runs::default();
        super::data::scan(text, |class, stretch| runs.push(class, stretch));
        return runs.finish();
    }
    let Some(syntax) = syntax_of(language) else { return plain(text) };
    MEMO.with(text, &syntax.name, || lines(text, syntax))
}

fn plain(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 16);
    super::escape_content_into(&mut html, text);
    html
}

fn is_data(language: &str) -> bool {
    let known = ["yaml", "yml", "json", "jsonl", "ndjson", "json5", "jsonc", "sarif"];
    known.iter().any(|known| language.trim().eq_ignore_ascii_case(known))
}

fn syntax_of(language: &str) -> Option<&'static SyntaxReference> {
    let word = language.trim().to_ascii_lowercase();
    let known = match word.as_str() {
        "" | "text" | "txt" | "plain" | "csv" | "log" => return None,
        "shell" | "console" | "zsh" | "sh-session" => "sh",
        "rego" | "hcl" | "tf" => "rb",
        other => other,
    };
    GRAMMARS.set.find_syntax_by_token(known).filter(|syntax| syntax.name != "Plain Text")
}

fn lines(text: &str, syntax: &SyntaxReference) -> String {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut runs = Runs::default();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let line = &rest[..end];
        rest = &rest[end..];
        let Ok(ops) = state.parse_line(line, &GRAMMARS.set) else { return plain(text) };
        let mut done = 0;
        for (at, op) in &ops {
            if *at > done {
                runs.push(class_of(stack.as_slice()), &line[done..*at]);
                done = *at;
            }
            if stack.apply(op).is_err() {
                return plain(text);
            }
        }
        runs.push(class_of(stack.as_slice()), &line[done..]);
    }
    runs.finish()
}

/// The class of the innermost scope that the table knows.
fn class_of(stack: &[Scope]) -> &'static str {
    for scope in stack.iter().rev() {
        if let Some((_, class)) = GRAMMARS.table.iter().find(|(known, _)| known.is_prefix_of(*scope)) {
            return class;
        }
    }
    ""
}

/// Text with classes, neighbours of one class merged; white space joins its neighbours when both have one class.
#[derive(Default)]
struct Runs<'a> {
    html: String,
    open: &'static str,
    space: Vec<&'a str>,
}

impl<'a> Runs<'a> {
    fn push(&mut self, class: &'static str, text: &'a str) {
        let word = text.trim_ascii();
        if word.is_empty() {
            self.space.push(text);
            return;
        }
        let (before, after) = (&text[..text.len() - text.trim_ascii_start().len()], &text[text.trim_ascii_end().len()..]);
        self.space.push(before);
        if class != self.open {
            self.close();
            if !class.is_empty() {
                self.html.push_str("<span class=\"");
                self.html.push_str(class);
                self.html.push_str("\">");
            }
            self.open = class;
        }
        self.space.drain(..).for_each(|space| self.html.push_str(space));
        super::escape_content_into(&mut self.html, word);
        self.space.push(after);
    }

    fn close(&mut self) {
        if !self.open.is_empty() {
            self.html.push_str("</span>");
        }
        self.space.drain(..).for_each(|space| self.html.push_str(space));
    }

    fn finish(mut self) -> String {
        self.close();
        self.html
    }
}

/// Remembers what was highlighted: the same manifest stands on several pages.
#[derive(Default)]
struct Memo(Mutex<Remembered>);

/// HTML by grammar and text, and how many bytes it all is.
#[derive(Default)]
struct Remembered {
    html: HashMap<(String, String), String>,
    bytes: usize,
}

static MEMO: LazyLock<Memo> = LazyLock::new(Memo::default);

impl Memo {
    fn with(&self, text: &str, syntax: &str, make: impl FnOnce() -> String) -> String {
        let key = (syntax.to_owned(), text.to_owned());
        // A panic elsewhere cannot leave the map half written: the lock guards single calls only.
        if let Some(known) = self.0.lock().unwrap_or_else(PoisonError::into_inner).html.get(&key) {
            return known.clone();
        }
        let html = make();
        let mut memo = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if memo.bytes > MEMO_BYTES {
            *memo = Remembered::default();
        }
        memo.bytes += text.len() + html.len();
        memo.html.insert(key, html.clone());
        html
    }
}

/// The style sheet for the `hl-` classes: light, dark and print. Every colour has a contrast of at least 4.5 to 1 on
/// `#fbfaf7` (light) and on `#1d2733` (dark); themes may set the custom properties otherwise.
pub fn highlight_css() -> &'static str {
    include_str!("highlight.css")
}
