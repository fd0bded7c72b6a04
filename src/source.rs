//! Where something stands: a file's text, byte spans in it, and the places people are pointed to.

use serde::Serialize;

use crate::id::RepoPath;

/// A place in a file, for a finding: line and column count from 1; the column counts characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The file.
    pub path: RepoPath,
    /// Line, from 1; 0 when the finding is about the file as a whole.
    pub line: u32,
    /// Column in characters, from 1; 0 when the finding is about the whole line or file, or the line is longer than anybody reads.
    pub column: u32,
    /// The line's text as it stands in the file, without its end; empty when the finding is about the whole file, or the line
    /// is longer than anybody reads.
    #[serde(skip)]
    pub excerpt: String,
    /// How many characters of the excerpt are meant, from `column`; 0 when the whole line is.
    #[serde(skip)]
    pub width: u32,
}

impl Place {
    /// A whole file.
    pub fn file(path: &RepoPath) -> Self {
        Self { path: path.clone(), line: 0, column: 0, excerpt: String::new(), width: 0 }
    }
}

/// A half-open range of bytes in a source's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// One file's text, decoded, with the means to turn a span into a place.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file.
    pub path: RepoPath,
    /// Its text: UTF-8, without a byte order mark, line ends as they stand.
    pub text: String,
    line_starts: Vec<usize>,
}

/// The longest line that places quote and count columns in, in bytes. Beyond it a hostile text of one line would cost its
/// whole length for every finding.
const LONGEST_LINE: usize = 2_000;

impl Source {
    /// Indexes the lines of a text.
    pub fn new(path: RepoPath, text: String) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { path, text, line_starts }
    }

    /// The place where a span begins; a span past the end points at the end.
    pub fn place(&self, span: Span) -> Place {
        let start = self.floor_boundary(span.start);
        let line = self.line_starts.partition_point(|&at| at <= start) - 1;
        let line_start = self.line_starts[line];
        let line_end = self.line_starts.get(line + 1).map_or(self.text.len(), |next| next - 1);
        let excerpt = self.text[line_start..line_end].trim_end_matches('\r');
        if excerpt.len() > LONGEST_LINE {
            return Place { path: self.path.clone(), line: line as u32 + 1, column: 0, excerpt: String::new(), width: 0 };
        }
        let column = self.text[line_start..start].chars().count() + 1;
        let end = self.floor_boundary(span.end).clamp(start, (line_start + excerpt.len()).max(start));
        Place {
            path: self.path.clone(),
            line: line as u32 + 1,
            column: column as u32,
            excerpt: excerpt.to_owned(),
            width: self.text[start..end].chars().count() as u32,
        }
    }

    /// The line, from 1, on which a byte stands.
    pub fn line_of(&self, at: usize) -> u32 {
        self.line_starts.partition_point(|start| *start <= at) as u32
    }

    /// The byte at which a line (from 1) begins; the text's end when there is no such line.
    pub fn line_start(&self, line: usize) -> usize {
        self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    fn floor_boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_nobody_reads_is_not_quoted() {
        let source = Source::new(RepoPath::new("a.yaml"), format!("a: b\n{}", "x".repeat(3_000)));
        let place = source.place(Span { start: 1_000, end: 1_001 });
        assert_eq!((place.line, place.column, place.excerpt.as_str()), (2, 0, ""));
    }

    #[test]
    fn a_place_counts_characters_and_drops_the_carriage_return() {
        let source = Source::new(RepoPath::new("a.yaml"), "näme: x\r\nkey: y\r\n".to_owned());
        let place = source.place(Span { start: 10, end: 13 });
        assert_eq!((place.line, place.column, place.excerpt.as_str(), place.width), (2, 1, "key: y", 3));
        let place = source.place(Span { start: 7, end: 8 });
        assert_eq!((place.line, place.column, place.excerpt.as_str()), (1, 7, "näme: x"));
    }
}
