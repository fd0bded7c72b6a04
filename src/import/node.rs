//! Short ways into YAML trees of other formats, with reasons where a value is not what it should be.

use crate::load::{Content, Node, NodeEntry};

/// The entries of a mapping; none for anything else.
pub(super) fn entries(node: &Node) -> &[NodeEntry] {
    match &node.content {
        Content::Map(entries) => entries,
        _ => &[],
    }
}

/// The items of a list; none for anything else.
pub(super) fn items(node: &Node) -> &[Node] {
    match &node.content {
        Content::List(items) => items,
        _ => &[],
    }
}

/// Whether it is a mapping.
pub(super) fn is_map(node: &Node) -> bool {
    matches!(node.content, Content::Map(_))
}

/// The text under a key, trimmed; `None` when it is absent, empty, or no text.
pub(super) fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key).and_then(Node::text).map(str::trim).filter(|text| !text.is_empty())
}

/// The keys that are none of these.
pub(super) fn other_keys<'n>(node: &'n Node, known: &[&str]) -> Vec<&'n str> {
    entries(node).iter().map(|entry| entry.key.as_str()).filter(|key| !known.contains(key)).collect()
}
