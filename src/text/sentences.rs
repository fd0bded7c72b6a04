//! Markdown as sentences: the prose a reader would read aloud, each sentence with the place it came from.
//!
//! 1. `Reader` gathers the text of each block: links give their words, code inside a line is kept and marked, and blocks of
//!    code, heads of tables, images, struck words and HTML are left out.
//! 2. `ends` cuts a block into sentences: at a full stop, question or exclamation mark before a space, but not after an
//!    abbreviation, a list's letter or inside brackets.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};

use super::markdown::OPTIONS;

/// What a sentence stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading of a level, 1 to 6.
    Heading(u8),
    /// An item of a list.
    Item,
    /// A cell of a table's body.
    Cell,
    /// A quotation, whatever stands in it.
    Quote,
}

/// One sentence of a Markdown text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its words without markup; line ends are spaces.
    pub text: String,
    /// The line of the source on which it begins, from 1.
    pub line: u32,
    /// What it stands in.
    pub block: BlockKind,
    /// Which block of the text, from 0: the sentences of one paragraph share it.
    pub block_number: usize,
    /// Stretches of `text`, in bytes, that are code or an address: not prose.
    pub code: Vec<Range<usize>>,
    /// Bytes of `text` with the bytes of the source they came from; between two of them both run alike.
    marks: Vec<(usize, usize)>,
}

impl Sentence {
    /// A sentence that is one line of plain text, for texts that are no Markdown.
    pub fn plain(text: &str) -> Self {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self { text, line: 1, block: BlockKind::Paragraph, block_number: 0, code: Vec::new(), marks: Vec::new() }
    }

    /// The stretch of the source, in bytes, that a stretch of the text came from.
    pub fn in_source(&self, stretch: Range<usize>) -> Range<usize> {
        let source = |at: usize| {
            let mark = self.marks.partition_point(|(text, _)| *text <= at).checked_sub(1).and_then(|before| self.marks.get(before));
            mark.map_or(0, |(text, source)| source + (at - text))
        };
        let start = source(stretch.start);
        let last = stretch.end.max(stretch.start + 1) - 1;
        start..(source(last) + 1).max(start)
    }
}

/// The sentences of a Markdown text, in order.
pub fn sentences(source: &str) -> Vec<Sentence> {
    let lines: Vec<usize> = std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut reader = Reader::default();
    for (event, range) in Parser::new_ext(source, OPTIONS).into_offset_iter() {
        reader.take(event, range);
    }
    reader.flush();
    let mut found = Vec::new();
    for (number, block) in reader.blocks.iter().enumerate() {
        cut(block, number, &lines, &mut found);
    }
    found
}

/// The text of one block.
#[derive(Debug, Default)]
struct Block {
    kind: Option<BlockKind>,
    text: String,
    code: Vec<Range<usize>>,
    marks: Vec<(usize, usize)>,
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    now: Block,
    heading: Option<u8>,
    quotes: usize,
    items: usize,
    cell: bool,
    /// How many things deep the text stands in something that is not read.
    unread: usize,
    /// Whether the text stands in an address that is its own words.
    address: bool,
    /// Whether the text stands in a block that only its indentation makes code.
    indented: bool,
}

impl Reader {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.indented => self.indented_line(&text, range.start),
            Event::Text(text) => self.text(&text, range.start, self.address),
            Event::Code(text) => self.text(&text, range.start + 1, true),
            Event::SoftBreak | Event::HardBreak => self.text(" ", range.start, false),
            Event::Html(text) | Event::InlineHtml(text) if is_no_tag(&text) => self.text(&text, range.start, false),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.heading = Some(*level as u8),
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes += 1;
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                self.flush();
                self.indented = true;
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => {
                self.flush();
                self.unread += 1;
            }
            Tag::TableHead | Tag::Image { .. } | Tag::Strikethrough => self.unread += 1,
            Tag::Item => {
                self.flush();
                self.items += 1;
            }
            Tag::TableCell => self.cell = true,
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => self.address = true,
            Tag::Paragraph | Tag::List(_) | Tag::HtmlBlock | Tag::FootnoteDefinition(_) => self.flush(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.flush();
                self.heading = None;
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::CodeBlock if self.indented => {
                self.flush();
                self.indented = false;
            }
            TagEnd::CodeBlock | TagEnd::TableHead | TagEnd::Image | TagEnd::Strikethrough => self.unread = self.unread.saturating_sub(1),
            TagEnd::Item => {
                self.flush();
                self.items = self.items.saturating_sub(1);
            }
            TagEnd::TableCell => {
                self.flush();
                self.cell = false;
            }
            TagEnd::Link => self.address = false,
            TagEnd::Paragraph | TagEnd::List(_) | TagEnd::HtmlBlock | TagEnd::FootnoteDefinition => self.flush(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, source: usize, code: bool) {
        if self.unread > 0 {
            return;
        }
        let at = self.now.text.len();
        self.now.marks.push((at, source));
        self.now.text.push_str(text);
        if code {
            self.now.code.push(at..self.now.text.len());
        }
    }

    /// Other writers' nested lists (`    i. Text`) become code by their indentation alone: they are prose all the same.
    fn indented_line(&mut self, line: &str, source: usize) {
        if begins_item(line) {
            self.flush();
        }
        if begins_item(line) || !self.now.text.is_empty() {
            self.text(line, source, false);
        }
    }

    fn flush(&mut self) {
        let mut block = std::mem::take(&mut self.now);
        if block.text.trim().is_empty() {
            return;
        }
        block.kind = Some(match self.heading {
            _ if self.quotes > 0 => BlockKind::Quote,
            Some(level) => BlockKind::Heading(level),
            None if self.cell => BlockKind::Cell,
            None if self.items > 0 || self.indented => BlockKind::Item,
            None => BlockKind::Paragraph,
        });
        self.blocks.push(block);
    }
}

/// Whether a line begins as an item of a list by letters or numbers does: `a. `, `ii) `, `12. `.
fn begins_item(line: &str) -> bool {
    let line = line.trim_start();
    let name = line.bytes().take_while(u8::is_ascii_alphanumeric).count();
    (1..=4).contains(&name) && [". ", ") "].iter().any(|end| line[name..].starts_with(end))
}

/// Elements that may stand in Markdown; anything else in angle brackets is words that somebody wanted to be seen.
const ELEMENTS: &str = " a abbr address article aside b blockquote body br button caption center cite code col dd del details div dl dt em \
     figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd li link main mark meta nav ol p \
     path picture pre s samp script section small source span strike strong style sub summary sup svg table tbody td textarea tfoot th \
     thead tr tt u ul var video ";

/// Whether what parses as a tag is none: `<your company>`.
fn is_no_tag(html: &str) -> bool {
    let Some(inside) = html.trim().strip_prefix('<') else { return false };
    let name: String = inside.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    !name.is_empty() && !inside.contains('=') && !ELEMENTS.contains(&format!(" {name} "))
}

fn cut(block: &Block, number: usize, lines: &[usize], found: &mut Vec<Sentence>) {
    let mut start = 0;
    for end in ends(&block.text).into_iter().chain([block.text.len()]) {
        let raw = &block.text[start..end];
        let from = start + (raw.len() - raw.trim_start().len());
        let text = raw.trim();
        start = end;
        if text.is_empty() {
            continue;
        }
        let to = from + text.len();
        let sentence = Sentence {
            text: text.replace(['\n', '\r', '\t'], " "),
            line: 0,
            block: block.kind.unwrap_or(BlockKind::Paragraph),
            block_number: number,
            code: block.code.iter().filter(|code| code.start < to && code.end > from).map(|code| clip(code, from, to)).collect(),
            marks: marks_between(&block.marks, from, to),
        };
        let line = lines.partition_point(|line| *line <= sentence.in_source(0..1).start) as u32;
        found.push(Sentence { line, ..sentence });
    }
}

fn clip(stretch: &Range<usize>, from: usize, to: usize) -> Range<usize> {
    stretch.start.max(from) - from..stretch.end.min(to) - from
}

/// The marks of a stretch, counted from its beginning; the first one is at the beginning.
fn marks_between(marks: &[(usize, usize)], from: usize, to: usize) -> Vec<(usize, usize)> {
    let first = marks.partition_point(|(at, _)| *at <= from).saturating_sub(1);
    let inside = marks[first..].iter().take_while(|(at, _)| *at < to);
    inside.map(|(at, source)| if *at < from { (0, source + (from - at)) } else { (at - from, *source) }).collect()
}

/// Where sentences end, in bytes, without the end of the text.
fn ends(text: &str) -> Vec<usize> {
    let inside = brackets(text);
    let mut inside = inside.iter().peekable();
    let mut ends = Vec::new();
    let mut closed = 0;
    for (at, sign) in text.bytes().enumerate().filter(|(_, sign)| matches!(sign, b'.' | b'!' | b'?')) {
        while let Some(range) = inside.next_if(|range| range.start <= at) {
            closed = closed.max(range.end);
        }
        if at < closed {
            continue;
        }
        let rest = &text[at + 1..];
        let after = rest.trim_start_matches(['"', '\'', '”', '’', '»', ')', ']', '*', '_']);
        let next = after.trim_start().chars().next();
        let spaced = after.starts_with(char::is_whitespace);
        if spaced && next.is_some_and(|next| !next.is_lowercase()) && !(sign == b'.' && is_abbreviation(&text[..at])) {
            ends.push(text.len() - after.len());
        }
    }
    ends
}

/// Abbreviations after which a sentence goes on, in lower case and without their last full stop.
const ABBREVIATIONS: [&str; 22] = [
    "e.g", "i.e", "etc", "vs", "cf", "no", "nos", "mr", "ms", "mrs", "dr", "inc", "ltd", "corp", "co", "approx", "art", "sec", "para",
    "fig", "resp", "incl",
];

/// Whether the word before a full stop is cut short there: an abbreviation, an initial, or what numbers the block.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || "([\"“".contains(c)).next().unwrap_or(before);
    let letters = word.chars().count();
    let numeral = |c: char| c.is_ascii_digit() || "ivxIVX".contains(c);
    let numbers_the_block = letters <= 4 && before.trim_start().len() == word.len() && word.chars().all(numeral);
    let initial = letters == 1 && word.chars().all(char::is_alphabetic);
    initial || numbers_the_block || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// The stretches inside brackets that are closed again, in order, without those that lie in another one.
fn brackets(text: &str) -> Vec<Range<usize>> {
    let (mut round, mut square) = (Vec::new(), Vec::new());
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, sign) in text.bytes().enumerate() {
        let opened = match sign {
            b'(' => {
                round.push(at);
                None
            }
            b'[' => {
                square.push(at);
                None
            }
            b')' => round.pop(),
            b']' => square.pop(),
            _ => None,
        };
        let Some(start) = opened else { continue };
        while found.last().is_some_and(|last| last.start > start) {
            found.pop();
        }
        found.push(start..at);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Vec<(u32, BlockKind, String)> {
        sentences(source).into_iter().map(|sentence| (sentence.line, sentence.block, sentence.text)).collect()
    }

    #[track_caller]
    fn texts(source: &str, expected: &[&str]) {
        let texts: Vec<String> = sentences(source).into_iter().map(|sentence| sentence.text).collect();
        assert_eq!(texts, expected, "{source}");
    }

    #[test]
    fn each_sentence_has_its_line_and_its_block() {
        let source = "# Access\n\nAccess is\nreviewed. See [the\nlist](list.md).\n\n- One. Two.\n\n> Draft. Mend it.\n\n| A | B |\n| - | - |\n| x | Every year. |\n";
        let expected = [
            (1, BlockKind::Heading(1), "Access"),
            (3, BlockKind::Paragraph, "Access is reviewed."),
            (4, BlockKind::Paragraph, "See the list."),
            (7, BlockKind::Item, "One."),
            (7, BlockKind::Item, "Two."),
            (9, BlockKind::Quote, "Draft."),
            (9, BlockKind::Quote, "Mend it."),
            (13, BlockKind::Cell, "x"),
            (13, BlockKind::Cell, "Every year."),
        ];
        assert_eq!(read(source), expected.map(|(line, block, text)| (line, block, text.to_owned())));
    }

    #[test]
    fn sentences_end_where_a_reader_takes_breath() {
        texts("We log e.g. Sign-ins. Then act!", &["We log e.g. Sign-ins.", "Then act!"]);
        texts("3.1 Access is given. 3.2 It is taken.", &["3.1 Access is given.", "3.2 It is taken."]);
        texts("a. The owner acts. B. Ito agrees.", &["a. The owner acts.", "B. Ito agrees."]);
        texts("Say [who acts. When.] and go. \"Done.\" Good.", &["Say [who acts. When.] and go.", "\"Done.\"", "Good."]);
        texts("It ended (at last. Truly) there. Yes", &["It ended (at last. Truly) there.", "Yes"]);
        texts("Smile :) (once. Twice", &["Smile :) (once.", "Twice"]);
    }

    #[test]
    fn what_is_no_prose_is_left_out() {
        texts(
            "Text.\n\n```text\nCode must be read.\n```\n\n    indented must not\n\n<p>HTML.</p>\n\n![Alt.](a.png) ~~Gone.~~ Stays.",
            &["Text.", "Stays."],
        );
        texts("Before <b>bold</b> <!-- note --> after.", &["Before bold  after."]);
        texts("Owned by <your team name> here.", &["Owned by <your team name> here."]);
        texts("Text:\n\n    i. First item.\n\n    ii. Second\n    line.\n", &["Text:", "i. First item.", "ii. Second line."]);
    }

    #[test]
    fn code_is_marked_and_every_byte_knows_where_it_came_from() {
        let source = "Ä *b* &amp; `code` <https://a.example/appropriate>\nlast word.";
        let found = &sentences(source)[0];
        let code: Vec<&str> = found.code.iter().map(|code| &found.text[code.clone()]).collect();
        assert_eq!(code, ["code", "https://a.example/appropriate"]);
        for word in ["b", "code", "last", "word."] {
            let at = found.text.find(word).unwrap();
            assert_eq!(&source[found.in_source(at..at + word.len())], word);
        }
    }

    #[test]
    fn hostile_brackets_and_stops_cost_no_more_than_their_length() {
        for part in ["(", "([", "(]", "a.", ". ", "\"", ".\" (A) "] {
            let text = part.repeat(200_000 / part.len());
            assert!(sentences(&text).iter().all(|sentence| sentence.line == 1));
        }
    }
}
