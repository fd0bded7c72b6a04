//! The guard beside another parser: on texts that both accept, the same keys and items stand at the same paths; and
//! nothing, whatever its bytes, makes reading panic.

use proptest::prelude::*;
use serde_yaml::Value;

use super::*;
use crate::{
    id::{ObjectId, RepoPath},
    load::{
        kind::Kind,
        read::{Input, Surroundings, read_file},
    },
    model::{Config, People},
};

fn node_paths(node: &Node, at: &str, found: &mut Vec<String>) {
    match &node.content {
        Content::Scalar { text, .. } => found.push(format!("{at} = {text}")),
        Content::List(items) => {
            found.push(format!("{at} []"));
            items.iter().enumerate().for_each(|(n, item)| node_paths(item, &format!("{at}/{n}"), found));
        }
        Content::Map(entries) => {
            found.push(format!("{at} {{}}"));
            entries.iter().for_each(|entry| node_paths(&entry.value, &format!("{at}/{}", entry.key), found));
        }
    }
}

/// The same of the other parser's value; `None` where a scalar was typed, since its text is gone.
fn value_paths(value: &Value, at: &str, found: &mut Vec<String>) -> Option<()> {
    match value {
        Value::String(text) => found.push(format!("{at} = {text}")),
        Value::Sequence(items) => {
            found.push(format!("{at} []"));
            items.iter().enumerate().try_for_each(|(n, item)| value_paths(item, &format!("{at}/{n}"), found))?;
        }
        Value::Mapping(map) => {
            found.push(format!("{at} {{}}"));
            map.iter().try_for_each(|(key, value)| value_paths(value, &format!("{at}/{}", key.as_str()?), found))?;
        }
        _ => return None,
    }
    Some(())
}

/// Trees of texts, lists and mappings; the texts begin with a letter that no typed scalar begins with.
fn trees() -> impl Strategy<Value = Value> {
    let text = "x[ -~äß\n]{0,12}".prop_map(|text| Value::String(text.trim_end().to_owned()));
    text.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Sequence),
            prop::collection::btree_map("x[a-z0-9_. -]{0,6}[a-z]", inner, 0..5)
                .prop_map(|map| Value::Mapping(map.into_iter().map(|(key, value)| (Value::String(key), value)).collect())),
        ]
    })
}

/// Texts that look like YAML, right and wrong.
fn texts() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "xa", "xb", ": ", ":", "- ", "\n", "\n  ", "\n    ", "{", "}", "[", "]", ", ", "\"", "'", "# ", "|", ">", "|-", "xkey: ", "\n- ",
        "\n  - ", "&x ", "*x", "!x ", "---\n", "...\n", "%", "\t", " ", "\r\n", "\u{feff}", "\u{85}", "\u{2028}", "?", "? ", "~", "é",
        "\\n", "<<: ",
    ]);
    prop::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat())
}

fn read_as(kind: Kind, markdown: bool, bytes: &[u8]) {
    let (people, fallback) = (People::default(), Config::fallback(crate::date::Date::MIN));
    let path = RepoPath::new("a");
    let input = Input { path: &path, blob: ObjectId([0; 20]), bytes, kind, markdown };
    let read = read_file(input, Surroundings { people: &people, fallback: &fallback });
    let empty_list = String::from_utf8_lossy(bytes).contains('[');
    assert!(!read.found.is_empty() || !read.findings.is_empty() || empty_list, "something is said of every file");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_other_parser_writes_stands_at_the_same_paths(tree in trees()) {
        let text = serde_yaml::to_string(&tree).unwrap();
        let guarded = guard(&text, 0);
        prop_assert!(guarded.usable && guarded.problems.is_empty(), "{text}\n{:?}", guarded.problems);
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        node_paths(&guarded.root.unwrap(), "", &mut ours);
        prop_assert!(value_paths(&tree, "", &mut theirs).is_some());
        prop_assert_eq!(ours, theirs, "{}", text);
    }

    #[test]
    fn texts_that_both_accept_mean_the_same(text in texts()) {
        // A mark at the beginning is taken off before the guard; a text that is one scalar is no record.
        let text = text.trim_start_matches('\u{feff}');
        let guarded = guard(text, 0);
        // YAML 1.1 breaks lines at these two, YAML 1.2 does not.
        if guarded.usable && guarded.problems.is_empty() && !text.contains(['\u{85}', '\u{2028}'])
            && let (Some(root), Ok(value)) = (&guarded.root, serde_yaml::from_str::<Value>(text))
            && !matches!(root.content, Content::Scalar { .. })
        {
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            node_paths(root, "", &mut ours);
            if value_paths(&value, "", &mut theirs).is_some() {
                prop_assert_eq!(ours, theirs, "{:?}", text);
            }
        }
    }

    #[test]
    fn no_text_and_no_bytes_make_reading_panic(text in texts(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for kind in [Kind::Control, Kind::Evidence, Kind::Config, Kind::People, Kind::Framework, Kind::Trust] {
            read_as(kind, false, text.as_bytes());
            read_as(kind, false, &bytes);
        }
        let document = Kind::Document(crate::model::DocumentKind::Policy);
        read_as(document, true, format!("---\n{text}\n---\n").as_bytes());
        read_as(document, true, &bytes);
    }
}
