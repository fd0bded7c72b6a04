//! Findings on a terminal, as rustc shows its own. The only door to annotate-snippets.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diag::{Finding, Severity};

/// More findings of one code in a row than this are told by the first few and a count.
const RUN: usize = 12;
/// How many of them are told.
const OF_A_RUN: usize = 5;

/// Findings as texts for a terminal, in their order. Unless all are asked for, a long run of one code is told by its first
/// few and how many follow: a fresh programme has hundreds of requirements without a control.
pub(super) fn findings_text(findings: &[Finding], all: bool) -> Vec<String> {
    let mut texts = Vec::new();
    for run in findings.chunk_by(|a, b| a.code == b.code && a.severity == b.severity) {
        let told = if all || run.len() <= RUN { run.len() } else { OF_A_RUN };
        texts.extend(run[..told].iter().map(finding_text));
        if let Some(next) = run.get(told) {
            let rest = run.len() - told;
            let message = format!("and {rest} more of the same kind");
            let hint = "`tickmark check --all` prints them, and the site's page of findings lists them".to_owned();
            texts.push(finding_text(&Finding { message, hint, place: None, commits: Vec::new(), ..next.clone() }));
        }
    }
    texts
}

/// A finding as lines for a terminal, with colour codes that the terminal strips where it must.
pub(super) fn finding_text(finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = printable(&finding.message);
    let title = level.primary_title(message.as_str()).id(finding.code);
    let place = finding.place.as_ref().map(|place| (printable(place.path.as_str()), printable_keeping_width(&place.excerpt), place));
    let hint = printable(&finding.hint);
    let mut group = Group::with_title(title);
    match &place {
        Some((path, excerpt, place)) if !excerpt.is_empty() && place.column > 0 => {
            let start = byte_of(excerpt, place.column as usize - 1);
            let end = byte_of(excerpt, place.column as usize - 1 + place.width as usize).max(start);
            let snippet = Snippet::source(excerpt.as_str()).path(path.as_str()).line_start(place.line as usize);
            group = group.element(snippet.annotation(AnnotationKind::Primary.span(start..end)));
        }
        Some((path, _, place)) => {
            let mut origin = Origin::path(path.as_str());
            if place.line > 0 {
                origin = origin.line(place.line as usize);
            }
            group = group.element(origin);
        }
        None => {}
    }
    let has_place = finding.place.is_some();
    if !hint.is_empty() && has_place {
        group = group.element(Level::HELP.with_name("hint").message(hint.as_str()));
    }
    let text = Renderer::styled().render(&[group]);
    // Without a place there is no gutter for the hint to hang from.
    if hint.is_empty() || has_place { text } else { format!("{text}\n= hint: {hint}") }
}

/// Hostile text never reaches the terminal as control codes: each becomes a visible sign.
pub(super) fn printable(text: &str) -> String {
    text.chars().flat_map(|c| if is_unsafe(c) { c.escape_unicode().collect::<Vec<char>>() } else { vec![c] }).collect()
}

/// The same for an excerpt, one sign for one character, so that columns stay right.
fn printable_keeping_width(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c == '\t' {
                ' '
            } else if is_unsafe(c) {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

/// Control characters, and the marks that reorder text.
fn is_unsafe(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

fn byte_of(text: &str, character: usize) -> usize {
    text.char_indices().nth(character).map_or(text.len(), |(at, _)| at)
}
