//! A Markdown text as a flat list of blocks, each with the words a reader sees. Layout that does not change the reading
//! (line breaks in the source, the sign of a bullet, the number of a list item) is not kept.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::text::markdown::{parse, show_html};

/// What a block is; blocks of different kinds are never the same block.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Paragraph,
    /// 1 to 6.
    Heading(u8),
    /// An item of a list, by its depth from 1.
    Item(usize),
    /// A row of a table; true for its head.
    Row(bool),
    /// A block of code with its language.
    Code(String),
    Rule,
}

/// One block.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub kind: Kind,
    /// How many quotations it stands in.
    pub quotes: usize,
    /// The bullet or number of an item's first block; empty for every other block.
    pub marker: String,
    /// The words: one list, or one a cell for a row.
    pub cells: Vec<Vec<Token>>,
}

/// A word, a run of white space, or a single sign.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Token {
    pub text: String,
    pub marks: Marks,
}

impl Token {
    /// Whether it is white space or a sign: too little to be a common word of two texts.
    pub fn is_slight(&self) -> bool {
        !self.text.chars().any(char::is_alphanumeric)
    }
}

/// How a word is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Marks {
    pub strong: bool,
    pub emphasis: bool,
    pub struck: bool,
    pub code: bool,
    /// The address behind a link, shown because a change of it is a change.
    pub address: bool,
}

/// Reads a text.
pub(super) fn blocks(source: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for event in show_html(parse(source), false) {
        reader.take(event);
    }
    reader.flush();
    reader.blocks
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    words: Vec<Token>,
    cells: Vec<Vec<Token>>,
    marks: Marks,
    addresses: Vec<String>,
    /// The open lists: the next number, or `None` for bullets.
    lists: Vec<Option<u64>>,
    marker: String,
    quotes: usize,
    heading: Option<u8>,
    code: Option<String>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                self.marks.code = true;
                self.text(&text);
                self.marks.code = false;
            }
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            Event::FootnoteReference(name) => self.text(&format!("[{name}]")),
            Event::TaskListMarker(done) => self.text(if done { "☑ " } else { "☐ " }),
            Event::Rule => {
                self.flush();
                self.push(Kind::Rule, vec![Vec::new()]);
            }
            Event::Html(_) | Event::InlineHtml(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.heading = Some(level as u8),
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes += 1;
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                self.code = Some(match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                });
            }
            Tag::List(first) => {
                self.flush();
                self.lists.push(first);
            }
            Tag::Item => {
                self.marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number = number.saturating_add(1);
                        format!("{}.", *number - 1)
                    }
                    _ => "•".to_owned(),
                }
            }
            Tag::FootnoteDefinition(name) => self.text(&format!("[{name}] ")),
            Tag::Emphasis => self.marks.emphasis = true,
            Tag::Strong => self.marks.strong = true,
            Tag::Strikethrough => self.marks.struck = true,
            Tag::Link { dest_url, .. } => self.addresses.push(dest_url.to_string()),
            Tag::Image { dest_url, .. } => {
                self.addresses.push(dest_url.to_string());
                self.text("[image] ");
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock | TagEnd::FootnoteDefinition => self.flush(),
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::TableCell => self.cells.push(std::mem::take(&mut self.words)),
            TagEnd::TableHead | TagEnd::TableRow => {
                let cells = std::mem::take(&mut self.cells);
                self.push(Kind::Row(tag == TagEnd::TableHead), cells);
            }
            TagEnd::Emphasis => self.marks.emphasis = false,
            TagEnd::Strong => self.marks.strong = false,
            TagEnd::Strikethrough => self.marks.struck = false,
            TagEnd::Link | TagEnd::Image => {
                let address = self.addresses.pop().unwrap_or_default();
                self.marks.address = true;
                self.text(&format!(" ({address})"));
                self.marks.address = false;
            }
            _ => {}
        }
    }

    /// Cuts a text into words, white space and signs. White space counts as one space, except in code.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let in_class = |c: char| match first {
                first if first.is_whitespace() => c.is_whitespace() && (self.code.is_none() || c != '\n'),
                first if first.is_alphanumeric() => c.is_alphanumeric() || matches!(c, '-' | '_' | '\'' | '’'),
                _ => false,
            };
            let end = rest.char_indices().skip(1).find(|(_, c)| !in_class(*c)).map_or(rest.len(), |(at, _)| at);
            let space = first.is_whitespace() && self.code.is_none();
            let word = if space { " " } else { &rest[..end] };
            rest = &rest[end..];
            let repeated = space && self.words.last().is_none_or(|last| last.text == " ");
            if !repeated {
                self.words.push(Token { text: word.to_owned(), marks: self.marks });
            }
        }
    }

    /// Ends the block whose words were read.
    fn flush(&mut self) {
        let code = self.code.take();
        let heading = self.heading.take();
        let mut words = std::mem::take(&mut self.words);
        if code.is_none() && words.last().is_some_and(|last| last.text == " ") {
            words.pop();
        }
        if words.is_empty() && code.is_none() {
            return;
        }
        let kind = match (code, heading, self.lists.len()) {
            (Some(language), _, _) => Kind::Code(language),
            (None, Some(level), _) => Kind::Heading(level),
            (None, None, 0) => Kind::Paragraph,
            (None, None, depth) => Kind::Item(depth),
        };
        self.push(kind, vec![words]);
    }

    fn push(&mut self, kind: Kind, cells: Vec<Vec<Token>>) {
        let marker = if matches!(kind, Kind::Item(_)) { std::mem::take(&mut self.marker) } else { String::new() };
        self.blocks.push(Block { kind, quotes: self.quotes, marker, cells });
    }
}
