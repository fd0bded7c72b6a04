//! Reading files of other formats for the importers: the same decoding and the same guard, without schemas of ours.

use std::ops::Range;

use super::{
    codes::DUPLICATE_KEY,
    decode::{How, decode, lfs_pointer},
    guard::{Limits, Problem, guard_within},
    node::Node,
};

/// A file's text, and what there is to say of how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ForeignText {
    /// The text, without a byte order mark.
    pub text: String,
    /// The end of a sentence that begins with the file's name; `None` for plain UTF-8.
    pub remark: Option<String>,
}

/// The text of a file: UTF-8 or, with a byte order mark, UTF-16. What is neither keeps replacement characters and says so.
/// `Err` is why there is no text, as the end of a sentence.
pub(crate) fn foreign_text(bytes: &[u8]) -> Result<ForeignText, String> {
    if let Some(pointer) = lfs_pointer(bytes) {
        return Err(format!("it is a Git LFS pointer to {} bytes; the file itself is not here", pointer.size));
    }
    let decoded = decode(bytes);
    if decoded.text.contains('\0') {
        return Err("it holds NUL characters, so it is no text".to_owned());
    }
    let remark = match decoded.how {
        How::Utf8 => None,
        How::Utf16 => Some("is UTF-16 and was read as that".to_owned()),
        How::Lossy(at) => Some(format!(
            "is not UTF-8 (line {}); what could not be read was replaced: save it as UTF-8 and import it again",
            line_of(&decoded.text, at)
        )),
    };
    Ok(ForeignText { text: decoded.text, remark })
}

/// A YAML text of another format.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ForeignYaml {
    /// Its tree; `None` when nothing is written.
    pub root: Option<Node>,
    /// Keys that stand twice, as sentences: the first of them was taken.
    pub repeats: Vec<String>,
}

/// Guards a part of a text as YAML. `Err` is why it is not used, with the line in the whole text.
pub(crate) fn foreign_yaml(text: &str, part: Range<usize>, limits: Limits) -> Result<ForeignYaml, String> {
    let guarded = guard_within(&text[part.clone()], part.start, limits);
    let (repeats, refused): (Vec<&Problem>, Vec<&Problem>) =
        guarded.problems.iter().partition(|problem| problem.code.name == DUPLICATE_KEY.name);
    if let Some(problem) = refused.first() {
        let hint = if problem.hint.is_empty() { String::new() } else { format!(" ({})", problem.hint) };
        return Err(format!("line {}: {}{hint}", line_of(text, problem.span.start), problem.message));
    }
    let repeats = repeats
        .iter()
        .map(|problem| {
            let first = problem.also.map_or(0, |also| line_of(text, also.start));
            format!("line {}: {}; the one on line {first} was taken", line_of(text, problem.span.start), problem.message)
        })
        .collect();
    Ok(ForeignYaml { root: guarded.root, repeats })
}

/// The line of a byte, from 1.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{
        node::Content,
        raw::{Control, Name},
        yaml,
    };

    #[test]
    fn what_is_refused_has_its_line_in_the_whole_file() {
        let text = "# Title\n---\nname: a: b\n---\n";
        let why = foreign_yaml(text, 12..23, Limits::RECORDS).unwrap_err();
        assert!(why.starts_with("line 3: "), "{why}");
        let twice = foreign_yaml("a: 1\na: 2\n", 0..10, Limits::RECORDS).unwrap();
        assert_eq!(twice.repeats, ["line 2: the key `a` stands twice; the one on line 1 was taken"]);
        let bomb = format!("a: &a [x]\nb: {}", "[".repeat(100));
        assert!(foreign_yaml(&bomb, 0..bomb.len(), Limits::RECORDS).is_err());
    }

    proptest::proptest! {
        /// Importers write what others wrote: whatever a text holds, our own reader gives it back.
        #[test]
        fn what_is_written_is_what_is_read(title in "\\PC{0,40}|[ \\t\\r\\n\u{0}-\u{1f}\u{7f}-\u{a0}\u{2028}\u{feff}#:\\-'\"a0&*!|>%@`~]{0,12}", id in "[0-9eE+._:xo-]{1,8}") {
            let control = Control { id: Some(Name(id.clone())), title: Some(title.clone()), description: Some(title.clone()), ..Control::default() };
            let text = yaml(&control);
            let root = foreign_yaml(&text, 0..text.len(), Limits::RECORDS).unwrap().root.unwrap();
            let scalar = |key: &str| match &root.get(key).unwrap().content {
                Content::Scalar { text, .. } => text.clone(),
                _ => String::new(),
            };
            proptest::prop_assert_eq!(scalar("id"), id);
            proptest::prop_assert_eq!(scalar("title"), title.clone());
            proptest::prop_assert_eq!(scalar("description"), title);
        }
    }

    #[test]
    fn text_is_decoded_and_bytes_are_not() {
        assert_eq!(foreign_text(b"\xEF\xBB\xBFa").unwrap(), ForeignText { text: "a".to_owned(), remark: None });
        assert!(foreign_text(b"\xFF\xFEa\0").unwrap().remark.is_some());
        assert!(foreign_text(b"a\0b").is_err());
    }
}
