//! Matched blocks as HTML. Items are written as paragraphs with their marker and a depth class: a list that lost and won
//! items has no one nesting that both sides agree on.

use super::{
    Change, Fate, Stretch,
    blocks::{Block, Kind, Marks, Token},
};
use crate::text::{escape_content_into, markdown::TABLE};

pub(super) fn html(changes: &[Change<'_>]) -> String {
    let mut html = String::new();
    let mut in_table = false;
    let headings = changes.iter().filter_map(|change| match parts(change).0.kind {
        Kind::Heading(level) => Some(level),
        _ => None,
    });
    let highest = headings.min().unwrap_or(1);
    for change in changes {
        let (block, class, cells) = parts(change);
        let row = matches!(block.kind, Kind::Row(_));
        if row != in_table {
            html.push_str(if row { TABLE } else { "</tbody></table></div>\n" });
            html.push_str(if row { "<tbody>\n" } else { "" });
            in_table = row;
        }
        write_block(&mut html, block, class, &cells, highest);
    }
    if in_table {
        html.push_str("</tbody></table></div>\n");
    }
    html
}

fn parts<'a>(change: &'a Change<'a>) -> (&'a Block, &'static str, Vec<Vec<Stretch<'a>>>) {
    let whole = |block: &'a Block, fate| block.cells.iter().map(|words| vec![Stretch { fate, words: words.iter().collect() }]).collect();
    match change {
        Change::Same(block) => (block, "rl-same", whole(block, Fate::Kept)),
        Change::Removed(block) => (block, "rl-removed", whole(block, Fate::Deleted)),
        Change::Added(block) => (block, "rl-added", whole(block, Fate::Inserted)),
        Change::Changed(block, cells) => (block, "rl-changed", cells.clone()),
    }
}

fn write_block(html: &mut String, block: &Block, class: &str, cells: &[Vec<Stretch<'_>>], highest: u8) {
    let quote = if block.quotes > 0 { " rl-quote" } else { "" };
    let (open, end) = match &block.kind {
        Kind::Paragraph => (format!("<p class=\"{class}{quote}\">"), "</p>\n".to_owned()),
        // A redline stands in a section of a page: its highest heading comes right under the section's own.
        Kind::Heading(level) => {
            let level = (level - highest + 3).min(6);
            (format!("<h{level} class=\"{class}{quote}\">"), format!("</h{level}>\n"))
        }
        Kind::Item(depth) => {
            let marker = if block.marker.is_empty() { String::new() } else { format!("{} ", block.marker) };
            (format!("<p class=\"{class}{quote} rl-item rl-depth-{}\">{marker}", (*depth).min(4)), "</p>\n".to_owned())
        }
        Kind::Row(_) => (format!("<tr class=\"{class}\">"), "</tr>\n".to_owned()),
        Kind::Code(_) => (format!("<pre class=\"code {class}{quote}\"><code>"), "</code></pre>\n".to_owned()),
        Kind::Rule => (format!("<hr class=\"{class}\">\n"), String::new()),
    };
    html.push_str(&open);
    for cell in cells {
        match block.kind {
            Kind::Row(true) => wrapped(html, "th", cell),
            Kind::Row(false) => wrapped(html, "td", cell),
            _ => write_stretches(html, cell),
        }
    }
    html.push_str(&end);
}

fn wrapped(html: &mut String, tag: &str, cell: &[Stretch<'_>]) {
    html.push_str(&format!("<{tag}>"));
    write_stretches(html, cell);
    html.push_str(&format!("</{tag}>"));
}

fn write_stretches(html: &mut String, stretches: &[Stretch<'_>]) {
    for stretch in stretches.iter().filter(|stretch| !stretch.words.is_empty()) {
        let tag = match stretch.fate {
            Fate::Kept => None,
            Fate::Deleted => Some("del"),
            Fate::Inserted => Some("ins"),
        };
        html.extend(tag.map(|tag| format!("<{tag}>")));
        write_words(html, &stretch.words);
        html.extend(tag.map(|tag| format!("</{tag}>")));
    }
}

/// Words with their marks; neighbours with the same marks share the tags.
fn write_words(html: &mut String, words: &[&Token]) {
    for run in words.chunk_by(|a, b| a.marks == b.marks) {
        let tags = tags(run[0].marks);
        tags.iter().for_each(|(open, _)| html.push_str(open));
        run.iter().for_each(|word| escape_content_into(html, &word.text));
        tags.iter().rev().for_each(|(_, close)| html.push_str(close));
    }
}

fn tags(marks: Marks) -> Vec<(&'static str, &'static str)> {
    let Marks { strong, emphasis, struck, code, address } = marks;
    [
        (address, ("<span class=\"rl-address\">", "</span>")),
        (strong, ("<strong>", "</strong>")),
        (emphasis, ("<em>", "</em>")),
        (struck, ("<span class=\"rl-struck\">", "</span>")),
        (code, ("<code>", "</code>")),
    ]
    .into_iter()
    .filter_map(|(set, tag)| set.then_some(tag))
    .collect()
}
