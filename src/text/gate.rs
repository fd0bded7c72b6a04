//! A quick look at HTML that this folder wrote itself: does every tag stand exactly as the passes write it?
//!
//! The sanitizer parses every page into a tree, which costs twenty times as much as all the rest. The gate reads once, from
//! left to right, and knows far less: a handful of tags, a few attributes in double quotes, safe addresses, tags closed in
//! order. Whatever it does not know for certain goes through the sanitizer. A property test holds that what the gate lets
//! through is what the sanitizer would have written.

use super::{highlight::CLASSES, is_safe_address};

/// Tags that stand inside a line, and so inside a paragraph.
const INLINE: &[&str] = &["a", "code", "del", "em", "ins", "span", "strong", "sup"];
/// Tags without an end.
const VOID: &[&str] = &["br", "hr", "img"];
/// Tags that hold other blocks.
const BLOCKS: &[&str] = &["blockquote", "div", "li", "ol", "ul"];
/// Tags that hold text and tags of a line only.
const LINES: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6", "p", "pre"];
/// Classes beside those of highlighting and redlines.
const OWN: &[&str] = &["hl", "table", "footnote", "code", "task", "footnote-ref", "align-left", "align-center", "align-right"];

/// Whether the HTML is wholly of the kind that the passes write.
pub(super) fn knows(html: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '>', '&', '\u{a0}', '\0', '\r']) {
        if open.is_empty() && rest[..at].contains(|c: char| !c.is_ascii_whitespace()) {
            return false;
        }
        rest = &rest[at..];
        let length = match rest.as_bytes()[0] {
            b'&' => ["&amp;", "&lt;", "&gt;"].iter().find(|entity| rest.starts_with(**entity)).map(|entity| entity.len()),
            b'<' => tag(rest, &mut open),
            _ => None,
        };
        let Some(length) = length else { return false };
        rest = &rest[length..];
    }
    open.is_empty() && rest.bytes().all(|byte| byte.is_ascii_whitespace())
}

/// Reads a tag; its length, or `None` where it is not as the passes write it.
fn tag<'a>(text: &'a str, open: &mut Vec<&'a str>) -> Option<usize> {
    let end = text.find('>')?;
    let inside = &text[1..end];
    if let Some(name) = inside.strip_prefix('/') {
        return (open.pop()? == name).then_some(end + 1);
    }
    let name_end = inside.find(' ').unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(name_end);
    if !may_stand(name, open) || !attributes_known(name, attributes) {
        return None;
    }
    if !VOID.contains(&name) {
        open.push(name);
    }
    // The parser drops a line end that follows this tag.
    let swallowed = name == "pre" && text[end + 1..].starts_with('\n');
    (!swallowed).then_some(end + 1)
}

fn may_stand(name: &str, open: &[&str]) -> bool {
    let parent = open.last().copied();
    match name {
        "table" => parent == Some("div"),
        "thead" | "tbody" => parent == Some("table"),
        "tr" => matches!(parent, Some("thead" | "tbody")),
        "td" | "th" => parent == Some("tr"),
        "li" => matches!(parent, Some("ul" | "ol")),
        "hr" => parent.is_none_or(|parent| BLOCKS.contains(&parent)),
        _ if BLOCKS.contains(&name) || LINES.contains(&name) => {
            parent.is_none_or(|parent| matches!(parent, "blockquote" | "div" | "li")) && name != "li"
        }
        "br" | "img" => parent.is_some_and(holds_lines),
        _ => INLINE.contains(&name) && parent.is_some_and(holds_lines) && !open.contains(&name),
    }
}

fn holds_lines(name: &str) -> bool {
    INLINE.contains(&name) || LINES.contains(&name) || matches!(name, "li" | "td" | "th" | "div" | "blockquote")
}

/// Whether the attributes are known ones, each once, in double quotes, with one space before each.
fn attributes_known(tag: &str, mut text: &str) -> bool {
    let mut seen: Vec<&str> = Vec::new();
    while !text.is_empty() {
        let Some((name, rest)) = text.strip_prefix(' ').and_then(|text| text.split_once("=\"")) else { return false };
        let Some((value, after)) = rest.split_once('"') else { return false };
        if seen.contains(&name) || value.contains(['<', '&']) || !attribute_known(tag, name, value) {
            return false;
        }
        seen.push(name);
        text = after;
    }
    true
}

fn attribute_known(tag: &str, name: &str, value: &str) -> bool {
    match (tag, name) {
        ("a", "href") | ("img", "src") => is_safe_address(value) && value.is_ascii() && !value.contains([' ', '`', '{', '}', '^', '|']),
        ("a" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6", "id") | ("a" | "img", "title") | ("img", "alt") => true,
        ("ol", "start") => !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()),
        ("th", "scope") => value == "col",
        ("div", "tabindex") => value == "0",
        ("div", "role") => value == "group",
        ("div", "aria-label") => value == "table",
        ("a" | "img", "class") => false,
        (_, "class") => value.split(' ').all(|class| CLASSES.contains(&class) || OWN.contains(&class) || class.starts_with("rl-")),
        _ => false,
    }
}
