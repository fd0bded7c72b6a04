//! Markdown to safe HTML, in short passes over the parser's events.
//!
//! 1. `parse`: CommonMark with tables, footnotes, task lists and strikethrough; no smart punctuation, the wording of a policy
//!    stays verbatim; no heading attributes, they would let `onclick=` in.
//! 2. `show_html`: raw HTML becomes text that the reader sees.
//! 3. `name_headings`: every heading gets a level under the page's own and an anchor of its own.
//! 4. `resolve_links`: links and images through the link map; what may not stand is shown as text.
//! 5. `write_tables`, `write_code`, `write_marks`: the parts for which the parser's own HTML would carry inline styles,
//!    no highlighting, form fields or anchors made of foreign text.
//!
//! Then the sanitizer sees the result: two walls, neither of which trusts the other.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::{
    LinkMap, escape, highlight,
    links::{Address, read},
    sanitize::sanitize,
    slug,
};

/// A heading of a rendered document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6, as it stands in the page.
    pub level: u8,
    /// Its anchor.
    pub anchor: String,
    /// Its text.
    pub text: String,
}

/// A rendered document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Safe HTML.
    pub html: String,
    /// Its headings in order.
    pub headings: Vec<Heading>,
}

/// What opens a table: a box that scrolls on a narrow page, and that a keyboard can reach for that.
pub(super) const TABLE: &str = "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"table\"><table>";

/// How a text is placed in a page.
#[derive(Clone, Copy, Debug)]
pub struct MarkdownOptions<'a> {
    /// What every anchor begins with, so that two texts on one page, or a text and the page itself, share none.
    pub anchors: &'a str,
    /// The level that the highest heading of the text gets, 1 to 6, and the others with it; `None`: as they are written.
    pub top: Option<u8>,
    /// Whether HTML comments are left out rather than shown: on a public page they are notes for somebody else.
    pub hide_comments: bool,
}

impl Default for MarkdownOptions<'_> {
    fn default() -> Self {
        Self { anchors: "s-", top: None, hide_comments: false }
    }
}

/// Renders Markdown (tables, footnotes, task lists, strikethrough; raw HTML is shown as text).
pub fn markdown(source: &str, links: &LinkMap<'_>) -> Rendered {
    markdown_with(source, MarkdownOptions::default(), links)
}

/// [`markdown`], placed in a page as the options say.
pub fn markdown_with(source: &str, options: MarkdownOptions<'_>, links: &LinkMap<'_>) -> Rendered {
    let (front, body) = front_matter(source);
    let mut events = show_html(parse(body), options.hide_comments);
    let headings = name_headings(&mut events, options);
    let events = resolve_links(events, links, &headings, options.anchors);
    let events = write_marks(write_code(write_tables(events)), options.anchors);
    let mut html = front.map_or(String::new(), |front| code_block(front, "yaml"));
    pulldown_cmark::html::push_html(&mut html, events.into_iter());
    // Only an image's tag ends like this: quotes in text are followed by text, and a sign in it is escaped.
    Rendered { html: sanitize(html.replace("\" />", "\">")), headings }
}

/// The words of a Markdown text without its markup, for a search index and for excerpts.
pub fn plain_text(source: &str) -> String {
    let mut text = String::new();
    for event in parse(front_matter(source).1) {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak | Event::Rule | Event::End(TagEnd::TableCell) => text.push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock) => text.push(' '),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text without its first heading, when that only repeats the title that the page shows anyway.
pub fn without_title<'a>(source: &'a str, title: &str) -> &'a str {
    let start = source.trim_start();
    let (first, rest) = start.split_once('\n').unwrap_or((start, ""));
    let same = first.strip_prefix("# ").is_some_and(|heading| plain_text(heading).to_lowercase() == plain_text(title).to_lowercase());
    if same { rest } else { source }
}

/// Splits off a leading block between `---` lines: front matter of somebody else's, which adopted documents may carry.
fn front_matter(source: &str) -> (Option<&str>, &str) {
    let Some(rest) = source.strip_prefix("---\n") else { return (None, source) };
    match rest.split_once("\n---\n") {
        Some((front, body)) if !front.contains("\n\n") => (Some(front), body),
        _ => (None, source),
    }
}

/// What is Markdown here, for every reader of it.
pub(super) const OPTIONS: Options =
    Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES).union(Options::ENABLE_STRIKETHROUGH).union(Options::ENABLE_TASKLISTS);

pub(super) fn parse(source: &str) -> Vec<Event<'_>> {
    Parser::new_ext(source, OPTIONS).collect()
}

/// Raw HTML becomes text: a block of it a paragraph, a tag inside a line a word.
pub(super) fn show_html(events: Vec<Event<'_>>, hide_comments: bool) -> Vec<Event<'_>> {
    let mut shown = Vec::with_capacity(events.len());
    let mut block: Option<String> = None;
    for event in events {
        match (event, &mut block) {
            (Event::Start(Tag::HtmlBlock), _) => block = Some(String::new()),
            (Event::End(TagEnd::HtmlBlock), _) => {
                let text = block.take().unwrap_or_default();
                let text = if hide_comments { without_comments(&text) } else { text };
                if !text.trim().is_empty() {
                    shown.push(Event::Start(Tag::Paragraph));
                    shown.push(Event::Text(text.trim().to_owned().into()));
                    shown.push(Event::End(TagEnd::Paragraph));
                }
            }
            (Event::Html(text) | Event::InlineHtml(text) | Event::Text(text), Some(block)) => block.push_str(&text),
            (Event::Html(text) | Event::InlineHtml(text), None) => {
                if !(hide_comments && text.starts_with("<!--")) {
                    shown.push(Event::Text(text));
                }
            }
            (event, _) => shown.push(event),
        }
    }
    shown
}

fn without_comments(html: &str) -> String {
    let mut kept = String::new();
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

fn name_headings(events: &mut [Event<'_>], options: MarkdownOptions<'_>) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let levels =
        events.iter().filter_map(|event| if let Event::Start(Tag::Heading { level, .. }) = event { Some(*level as u8) } else { None });
    let highest = levels.min().unwrap_or(1);
    let top = options.top.map_or(highest, |top| top.clamp(1, 6));
    for at in 0..events.len() {
        let Event::Start(Tag::Heading { level, .. }) = &events[at] else { continue };
        let level = (*level as u8 - highest + top).min(6);
        let inside = events[at + 1..].iter().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
        let text = inside.fold(String::new(), |text, event| match event {
            Event::Text(words) | Event::Code(words) => text + words,
            Event::SoftBreak | Event::HardBreak => text + " ",
            _ => text,
        });
        let anchor = unique(format!("{}{}", options.anchors, slug(&text)), &mut taken);
        if let Some(end) = events[at..].iter().position(|event| matches!(event, Event::End(TagEnd::Heading(_)))) {
            events[at + end] = Event::End(TagEnd::Heading(heading_level(level)));
        }
        events[at] = Event::Start(Tag::Heading {
            level: heading_level(level),
            id: Some(anchor.clone().into()),
            classes: Vec::new(),
            attrs: Vec::new(),
        });
        headings.push(Heading { level, anchor, text });
    }
    headings
}

/// The anchor, or the anchor with the first free number behind it.
fn unique(anchor: String, taken: &mut BTreeMap<String, usize>) -> String {
    let mut number = taken.get(&anchor).copied().unwrap_or(0);
    let name = loop {
        number += 1;
        let name = if number == 1 { anchor.clone() } else { format!("{anchor}-{number}") };
        if number == 1 || !taken.contains_key(&name) {
            break name;
        }
    };
    taken.insert(anchor, number);
    taken.entry(name.clone()).or_insert(1);
    name
}

fn heading_level(level: u8) -> HeadingLevel {
    HeadingLevel::try_from(usize::from(level)).unwrap_or(HeadingLevel::H6)
}

/// Links and images that may stand get their address on the site; of the others the text stays.
fn resolve_links<'a>(events: Vec<Event<'a>>, links: &LinkMap<'_>, headings: &[Heading], prefix: &str) -> Vec<Event<'a>> {
    let mut open = Vec::new();
    let mut resolved = Vec::with_capacity(events.len());
    for event in events {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let address = match link_type {
                    LinkType::Email => Some(format!("mailto:{dest_url}")).filter(|address| super::is_safe_address(address)),
                    _ => resolve(&dest_url, links, headings, prefix),
                };
                open.push(address.is_some());
                // An e-mail link is written as a plain one: its address carries the scheme already.
                let link_type = if link_type == LinkType::Email { LinkType::Autolink } else { link_type };
                resolved.extend(address.map(|address| Event::Start(Tag::Link { link_type, dest_url: address.into(), title, id })));
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let mapped = (read(&dest_url) == Address::Relative).then(|| links(&dest_url)).flatten();
                let address = mapped.filter(|address| read(address) == Address::Relative);
                open.push(address.is_some());
                resolved.extend(address.map(|address| Event::Start(Tag::Image { link_type, dest_url: address.into(), title, id })));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if open.pop().unwrap_or(false) {
                    resolved.push(event);
                }
            }
            event => resolved.push(event),
        }
    }
    resolved
}

fn resolve(address: &str, links: &LinkMap<'_>, headings: &[Heading], prefix: &str) -> Option<String> {
    match read(address) {
        Address::Absolute => Some(address.to_owned()),
        Address::Relative => links(address).filter(|mapped| super::is_safe_address(mapped)),
        Address::Anchor(name) => {
            let anchor = format!("{prefix}{}", slug(name));
            headings.iter().any(|heading| heading.anchor == anchor).then(|| format!("#{anchor}"))
        }
        Address::Refused => None,
    }
}

/// Tables with their alignment as classes, in a box of their own that can scroll on a narrow page.
fn write_tables(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut alignments: Vec<Alignment> = Vec::new();
    let (mut column, mut head) = (0, false);
    let mut written = Vec::with_capacity(events.len());
    for event in events {
        let markup = match &event {
            Event::Start(Tag::Table(columns)) => {
                alignments.clone_from(columns);
                TABLE.to_owned()
            }
            Event::End(TagEnd::Table) => "</tbody></table></div>\n".to_owned(),
            Event::Start(Tag::TableHead) => {
                (column, head) = (0, true);
                "<thead><tr>".to_owned()
            }
            Event::End(TagEnd::TableHead) => {
                head = false;
                "</tr></thead><tbody>\n".to_owned()
            }
            Event::Start(Tag::TableRow) => {
                column = 0;
                "<tr>".to_owned()
            }
            Event::End(TagEnd::TableRow) => "</tr>\n".to_owned(),
            Event::Start(Tag::TableCell) => {
                column += 1;
                let tag = if head { "th scope=\"col\"" } else { "td" };
                format!("<{tag}{}>", alignment_class(alignments.get(column - 1)))
            }
            Event::End(TagEnd::TableCell) => if head { "</th>" } else { "</td>" }.to_owned(),
            _ => {
                written.push(event);
                continue;
            }
        };
        written.push(Event::Html(markup.into()));
    }
    written
}

fn alignment_class(alignment: Option<&Alignment>) -> &'static str {
    match alignment {
        Some(Alignment::Left) => " class=\"align-left\"",
        Some(Alignment::Center) => " class=\"align-center\"",
        Some(Alignment::Right) => " class=\"align-right\"",
        Some(Alignment::None) | None => "",
    }
}

/// Code blocks, highlighted.
fn write_code(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut written = Vec::with_capacity(events.len());
    let mut block: Option<(String, String)> = None;
    for event in events {
        match (event, &mut block) {
            (Event::Start(Tag::CodeBlock(kind)), _) => {
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or("").to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                block = Some((language, String::new()));
            }
            (Event::End(TagEnd::CodeBlock), _) => {
                let (language, text) = block.take().unwrap_or_default();
                written.push(Event::Html(code_block(&text, &language).into()));
            }
            (Event::Text(text), Some((_, block))) => block.push_str(&text),
            (event, _) => written.push(event),
        }
    }
    written
}

fn code_block(text: &str, language: &str) -> String {
    format!("<pre class=\"code\"><code class=\"hl\">{}</code></pre>\n", highlight(text, language))
}

/// Task list boxes as characters, footnotes with anchors of ours, numbered in the order in which they are met.
fn write_marks<'a>(events: Vec<Event<'a>>, prefix: &str) -> Vec<Event<'a>> {
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut referenced: BTreeSet<usize> = BTreeSet::new();
    let mut number = |name: &str| {
        let next = numbers.len() + 1;
        *numbers.entry(name.to_owned()).or_insert(next)
    };
    let prefix = escape(prefix);
    let mut marks = Vec::with_capacity(events.len());
    for event in events {
        let markup = match &event {
            Event::TaskListMarker(done) => format!("<span class=\"task\">{}</span> ", if *done { '☑' } else { '☐' }),
            Event::FootnoteReference(name) => {
                let n = number(name);
                let anchor = if referenced.insert(n) { format!(" id=\"{prefix}ref-{n}\"") } else { String::new() };
                format!("<sup class=\"footnote-ref\"><a href=\"#{prefix}note-{n}\"{anchor}>{n}</a></sup>")
            }
            Event::Start(Tag::FootnoteDefinition(name)) => {
                let n = number(name);
                format!("<div class=\"footnote\" id=\"{prefix}note-{n}\"><sup>{n}</sup> ")
            }
            Event::End(TagEnd::FootnoteDefinition) => "</div>\n".to_owned(),
            Event::HardBreak => "<br>\n".to_owned(),
            Event::Rule => "<hr>\n".to_owned(),
            _ => {
                marks.push(event);
                continue;
            }
        };
        marks.push(Event::Html(markup.into()));
    }
    marks
}
