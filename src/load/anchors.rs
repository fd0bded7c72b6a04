//! What stands behind anchors, where a text of another tool may use them: each alias gets a copy, as long as the copies stay
//! within bounds. Records of ours use none: there a line must say what it says.

use std::collections::BTreeMap;

use super::node::{Content, Node};

/// Finished values by the number of their anchor.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    kept: BTreeMap<usize, Kept>,
}

/// A value with an anchor, measured before anybody copies it.
#[derive(Debug)]
pub(super) struct Kept {
    /// The value.
    pub node: Node,
    /// How many values it holds, itself among them.
    pub values: usize,
    /// How many bytes of text.
    pub bytes: usize,
    /// How many lists and mappings are nested in it.
    pub depth: usize,
}

impl Anchors {
    /// Remembers a finished value. Number 0 is no anchor.
    pub fn keep(&mut self, anchor: usize, node: &Node) {
        if anchor != 0 {
            let (values, bytes, depth) = measure(node);
            self.kept.insert(anchor, Kept { node: node.clone(), values, bytes, depth });
        }
    }

    /// What an alias stands for; `None` when that is not finished, so that it would stand in itself.
    pub fn get(&self, anchor: usize) -> Option<&Kept> {
        self.kept.get(&anchor)
    }
}

/// Values, bytes of text, depth.
fn measure(node: &Node) -> (usize, usize, usize) {
    let below = |nodes: &mut dyn Iterator<Item = &Node>, own: usize| {
        nodes
            .map(measure)
            .fold((1, own, 1), |(values, bytes, depth), (more, text, deep)| (values + more, bytes + text, depth.max(deep + 1)))
    };
    match &node.content {
        Content::Scalar { text, .. } => (1, text.len(), 0),
        Content::List(items) => below(&mut items.iter(), 0),
        Content::Map(entries) => below(&mut entries.iter().map(|entry| &entry.value), entries.iter().map(|entry| entry.key.len()).sum()),
    }
}
