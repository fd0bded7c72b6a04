//! Front matter: the YAML between two lines of `---` at the head of a Markdown file.

use std::ops::Range;

/// Where a file's front matter and text stand, as bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Front {
    /// Both fences are there.
    Found {
        /// The YAML between them.
        yaml: Range<usize>,
        /// The text after them.
        body: Range<usize>,
    },
    /// The first line that is not blank is no fence.
    Missing,
    /// The opening fence is never closed; the byte where it stands.
    Unclosed(usize),
}

/// Finds the front matter. Blank lines before the opening fence are let pass, as editors leave them.
pub(crate) fn front(text: &str) -> Front {
    let mut opened: Option<(usize, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let next = at + line.len();
        let is_fence = line.trim_end() == "---";
        match opened {
            None if line.trim().is_empty() => {}
            None if is_fence => opened = Some((at, next)),
            None => return Front::Missing,
            Some((_, start)) if is_fence => return Front::Found { yaml: start..at, body: next..text.len() },
            Some(_) => {}
        }
        at = next;
    }
    opened.map_or(Front::Missing, |(fence, _)| Front::Unclosed(fence))
}

/// A document's text without the front matter it may have, whoever's that is. `unfenced`: a header that no fence opens
/// reaches from the first line to the first fence; a text without any fence is all text.
pub(super) fn body_of(text: &str, unfenced: bool) -> &str {
    if unfenced && front(text) == Front::Missing {
        return after_first_fence(text).unwrap_or(text);
    }
    match front(text) {
        Front::Found { body, .. } => &text[body],
        Front::Missing | Front::Unclosed(_) => text,
    }
}

fn after_first_fence(text: &str) -> Option<&str> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        if line.trim_end() == "---" {
            return Some(&text[at..]);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(&str, &str)> {
        match front(text) {
            Front::Found { yaml, body } => Some((&text[yaml], &text[body])),
            _ => None,
        }
    }

    #[test]
    fn fences_are_whole_lines() {
        assert_eq!(parts("---\nid: a\n---\n# Text\n"), Some(("id: a\n", "# Text\n")));
        assert_eq!(parts("\r\n---\r\nid: a\r\n---\r\ntext"), Some(("id: a\r\n", "text")));
        assert_eq!(parts("---\n---\n"), Some(("", "")));
        assert_eq!(parts("---\ntitle: a --- b\n---\n"), Some(("title: a --- b\n", "")));
        assert_eq!(front("# Text\n---\n"), Front::Missing);
        assert_eq!(front("---\nid: a\n"), Front::Unclosed(0));
        assert_eq!(body_of("# Only text", false), "# Only text");
        assert_eq!(body_of("name: A\n---\n# Text\n", true), "# Text\n");
        assert_eq!(body_of("---\nname: A\n---\n# Text\n", true), "# Text\n");
        assert_eq!(body_of("name: A\n---\n# Text\n", false), "name: A\n---\n# Text\n");
        assert_eq!(body_of("# Only text", true), "# Only text");
    }
}
