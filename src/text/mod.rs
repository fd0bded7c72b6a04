//! Markdown, highlighting, redlines, tables: text in, safe HTML out; and Markdown as plain sentences.
//!
//! The only door to pulldown-cmark, ammonia, syntect, similar and csv. Input is hostile; what comes out is safe to place in
//! a page with a strict content security policy: no script, no inline style, no event handler, no foreign image. Every
//! function is pure: the same text gives the same bytes, so limits here are sizes, never clocks.

mod csv;
mod data;
mod gate;
mod highlight;
mod links;
mod markdown;
mod redline;
mod sanitize;
mod sentences;

pub use self::csv::{CSV_MAX_ROWS, CsvRow, CsvTable, csv_records, csv_rows, csv_table, csv_text};
pub use highlight::{HIGHLIGHT_MAX_BYTES, highlight, highlight_css};
pub use links::{LinkMap, is_safe_address};
pub use markdown::{Heading, MarkdownOptions, Rendered, markdown, markdown_with, plain_text, without_title};
pub use redline::redline;
pub use sentences::{BlockKind, Sentence, sentences};

/// Escapes text for HTML content and quoted attributes.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + text.len() / 16);
    escape_with(&mut safe, text, |byte| match byte {
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        other => in_content(other),
    });
    safe
}

/// Escapes text for HTML content, where quotes stay as they are, appending to a text that is being built.
pub(crate) fn escape_content_into(safe: &mut String, text: &str) {
    escape_with(safe, text, in_content);
}

fn in_content(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        _ => None,
    }
}

fn escape_with(safe: &mut String, text: &str, entity: impl Fn(u8) -> Option<&'static str>) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(entity) = entity(byte) {
            safe.push_str(&text[done..at]);
            safe.push_str(entity);
            done = at + 1;
        }
    }
    safe.push_str(&text[done..]);
}

/// A file-name-safe, lower case form of an id or title: letters and digits of any script, hyphens between; never empty.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase().filter(|c| c.is_alphanumeric()));
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "untitled".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests;
