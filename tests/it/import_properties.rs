//! Whatever stands in a folder: importers end, their counts add up, and what they write is read without an error.

use proptest::prelude::*;
use serde_json::{Map, Value};
use tickmark::{
    date::parse_date,
    diag::Severity,
    id::RepoPath,
    import::{IMPORTERS, ImportOptions, Source, import},
    load::load,
    tree::MemoryTree,
};

/// Keys that the formats know, so that values of wrong types get to where they hurt.
const KEYS: [&str; 60] = [
    "catalog",
    "profile",
    "component-definition",
    "assessment-results",
    "mapping-collection",
    "metadata",
    "title",
    "groups",
    "controls",
    "id",
    "props",
    "name",
    "value",
    "links",
    "href",
    "rel",
    "imports",
    "include-controls",
    "with-ids",
    "matching",
    "components",
    "control-implementations",
    "implemented-requirements",
    "control-id",
    "description",
    "results",
    "findings",
    "observations",
    "target",
    "target-id",
    "status",
    "state",
    "collected",
    "uuid",
    "mappings",
    "source-resource",
    "target-resource",
    "maps",
    "sources",
    "targets",
    "id-ref",
    "relationship",
    "urn",
    "objects",
    "framework",
    "requirement_nodes",
    "parent_urn",
    "ref_id",
    "assessable",
    "reference_controls",
    "requirement_mapping_sets",
    "requirement_mappings",
    "source_requirement_urn",
    "satisfies",
    "control_key",
    "standard_key",
    "narrative",
    "standards",
    "family",
    "schema_version",
];
const TEXTS: [&str; 16] = [
    "ac-1",
    "AC-2 (1)",
    "#ac-1",
    "withdrawn",
    "label",
    "a",
    "",
    " ",
    "urn:x:y:a",
    "urn:x:y:b",
    "true",
    "not-satisfied",
    "equal-to",
    "*",
    "2026-01-01T00:00:00Z",
    "../../x\u{0}\u{202e}: {{ }} - # |",
];

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        4 => prop::sample::select(&TEXTS[..]).prop_map(Value::from),
        1 => any::<i32>().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 120, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::btree_map(prop::sample::select(&KEYS[..]), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>())),
        ]
    })
}

/// A file of each format with a value where the format wants something.
fn folder(value: &Value) -> Vec<(RepoPath, Vec<u8>)> {
    let file = |path: &str, text: String| (RepoPath::new(path), text.into_bytes());
    let objects = format!(
        "urn: urn:x:y:lib\nobjects:\n  framework: {{urn: \"urn:x:y:f\", requirement_nodes: [{value}]}}\n  requirement_mapping_sets: {value}\n  reference_controls: [{value}]\n"
    );
    vec![
        file(
            "catalog.json",
            format!("{{\"catalog\": {{\"groups\": [{{\"id\": \"ac\", \"controls\": [{value}]}}], \"controls\": {value}}}}}"),
        ),
        file(
            "profile.json",
            format!("{{\"profile\": {{\"imports\": [{{\"href\": \"catalog.json\", \"include-controls\": [{value}]}}, {value}]}}}}"),
        ),
        file(
            "component.json",
            format!(
                "{{\"component-definition\": {{\"components\": [{{\"title\": \"c\", \"control-implementations\": [{{\"implemented-requirements\": [{value}]}}]}}, {value}]}}}}"
            ),
        ),
        file("results.json", format!("{{\"results\": [{value}, {{\"findings\": [{value}], \"observations\": [{value}]}}]}}")),
        file(
            "mapping.json",
            format!(
                "{{\"mapping-collection\": {{\"mappings\": [{{\"source-resource\": {{\"href\": \"catalog.json\"}}, \"target-resource\": {{\"href\": \"x\"}}, \"maps\": [{value}]}}, {value}]}}}}"
            ),
        ),
        file("any.json", value.to_string()),
        file("library.yaml", objects),
        file(
            "opencontrol.yaml",
            "schema_version: 1.0.0\nname: x\ncomponents: [c]\nstandards: [s.yaml]\ncertifications: [z.yaml]\n".to_owned(),
        ),
        file(
            "c/component.yaml",
            format!("name: c\nsatisfies: [{value}, {{control_key: AC-1, standard_key: S, narrative: {value}}}]\nreferences: {value}\n"),
        ),
        file("s.yaml", format!("name: S\nAC-1: {value}\nAC-2: {{family: AC, name: {value}}}\n")),
        file("z.yaml", format!("name: Z\nstandards: {{S: {value}}}\n")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_brought_in_ends_adds_up_and_is_read(value in values()) {
        let day = parse_date("2026-07-01").unwrap();
        let empty = load(&MemoryTree::default(), day).unwrap().programme;
        let tree = MemoryTree::new(folder(&value));
        for importer in IMPORTERS {
            let source = Source::new(&tree, None, day, &empty, ImportOptions::default()).unwrap();
            if !(importer.recognise)(&source) {
                continue;
            }
            let Ok(imported) = import(importer, &source) else { continue };
            for tally in imported.tallies() {
                prop_assert_eq!(tally.found(), tally.taken + tally.left.len());
            }
            let mut written: Vec<(RepoPath, Vec<u8>)> = Vec::new();
            for file in imported.files() {
                if !written.iter().any(|(path, _)| path.as_str() == file.path) {
                    written.push((RepoPath::new(file.path.clone()), file.text.clone().into_bytes()));
                }
            }
            let loaded = load(&MemoryTree::new(written), day).unwrap();
            let wrong: Vec<_> = loaded
                .findings
                .iter()
                .filter(|finding| finding.severity == Severity::Error && finding.place.is_some())
                .map(|finding| format!("{} {:?}: {}", finding.code, finding.place.as_ref().map(|place| (&place.path, place.line)), finding.message))
                .collect();
            prop_assert!(wrong.is_empty(), "{}: {:#?}", importer.name, wrong);
        }
    }
}
