//! A YAML text as a tree with the place of every part, before anything is made of it.
//!
//! Scalars keep their text: whether `5.10` is a number or a name is decided by the record's schema, not by the text.

use crate::source::Span;

/// One value of a YAML text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// Where it stands in the file.
    pub span: Span,
    /// What it holds.
    pub content: Content,
}

/// What a value holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    /// A text; `plain` when it was written without quotes and not as a block.
    Scalar {
        /// After YAML's escapes and folding.
        text: String,
        /// Only a plain scalar can be a number, a truth value or null.
        plain: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the text.
    Map(Vec<Entry>),
}

/// One key of a mapping with its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    /// The key's text.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The value under a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// A key of a mapping with its value.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.content {
            Content::Map(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// The value at a path of keys and list positions (`["periods", "0"]`).
    pub fn find(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, step| match &node.content {
            Content::Map(_) => node.get(step),
            Content::List(items) => step.parse::<usize>().ok().and_then(|at| items.get(at)),
            Content::Scalar { .. } => None,
        })
    }

    /// A scalar's text; `None` for null, a list or a mapping.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar { text, .. } if !self.is_null() => Some(text),
            _ => None,
        }
    }

    /// Whether nothing is written here, or one of YAML's words for it.
    pub fn is_null(&self) -> bool {
        matches!(&self.content, Content::Scalar { text, plain: true } if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// What kind of value this is, for a sentence.
    pub fn kind_word(&self) -> &'static str {
        match &self.content {
            Content::Scalar { .. } if self.is_null() => "nothing",
            Content::Scalar { .. } => "a text",
            Content::List(_) => "a list",
            Content::Map(_) => "a mapping",
        }
    }

    /// The texts of a scalar or of a list's scalars.
    pub fn texts(&self) -> Vec<&str> {
        match &self.content {
            Content::List(items) => items.iter().filter_map(Node::text).collect(),
            _ => self.text().into_iter().collect(),
        }
    }
}
