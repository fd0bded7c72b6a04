//! CISO Assistant libraries: trees by urn, mapping sets, reference controls, and what is left.

use super::import_bench::{Bench, control_ids};

const LIBRARY: &str = r#"urn: urn:demo:risk:library:demo
locale: en
ref_id: DEMO
name: Demo library
copyright: "Demo licence: free to use"
provider: Demo Org
packager: demo
translations: {fr: {name: Demo}}
objects:
  reference_controls:
  - {urn: "urn:demo:risk:function:demo:rc-1", ref_id: RC.1, name: Review access, category: process, csf_function: protect, description: Look at every account.}
  - {urn: "urn:demo:risk:function:demo:rc-2", ref_id: RC.2, description: Nobody asks for it.}
  - {urn: ""}
  threats:
  - {urn: "urn:demo:risk:threat:demo:t-1", ref_id: T.1, name: Phishing}
  risk_matrix:
  - {urn: "urn:demo:risk:matrix:demo", ref_id: M, name: Matrix}
  framework:
    urn: urn:demo:risk:framework:demo-1.0
    ref_id: DEMO-1.0
    name: Demo framework
    implementation_groups_definition: [{ref_id: Base, name: Base}, {ref_id: B, name: All of it}]
    requirement_nodes:
    - {urn: "urn:demo:risk:req_node:demo-1.0:a", assessable: false, depth: 1, ref_id: A, name: Access}
    - {urn: "urn:demo:risk:req_node:demo-1.0:b", assessable: false, depth: 1, ref_id: B, name: Empty section}
    - {urn: "urn:demo:risk:req_node:demo-1.0:a.1", assessable: false, depth: 2, parent_urn: "urn:demo:risk:req_node:demo-1.0:a", ref_id: A.1, name: Accounts}
    - {urn: "urn:demo:risk:req_node:demo-1.0:a.2", assessable: true, depth: 2, parent_urn: "urn:demo:risk:req_node:demo-1.0:a", ref_id: A.2, name: Passwords, implementation_groups: [base]}
    - {urn: "urn:demo:risk:req_node:demo-1.0:a.1.10", assessable: true, depth: 3, parent_urn: "urn:demo:risk:req_node:demo-1.0:a.1", ref_id: "1.10", description: "One two three four five six seven eight nine ten eleven twelve thirteen.", implementation_groups: [Base], reference_controls: ["urn:demo:risk:function:demo:rc-1", "urn:other:rc-9"]}
    - {urn: "urn:demo:risk:req_node:demo-1.0:node7", assessable: true, depth: 3, parent_urn: "urn:demo:risk:req_node:demo-1.0:a.1", name: Nameless id}
    - {urn: "urn:demo:risk:req_node:demo-1.0:lost", assessable: true, depth: 3, parent_urn: "urn:demo:risk:req_node:demo-1.0:zz", ref_id: L, name: Below nothing}
    - {urn: "urn:demo:risk:req_node:demo-1.0:c1", assessable: true, parent_urn: "urn:demo:risk:req_node:demo-1.0:c2", ref_id: C1}
    - {urn: "urn:demo:risk:req_node:demo-1.0:c2", assessable: true, parent_urn: "urn:demo:risk:req_node:demo-1.0:c1", ref_id: C2}
    - {urn: "urn:demo:risk:req_node:demo-1.0:a.2", assessable: true, ref_id: twice}
    - {assessable: true, ref_id: no-urn}
"#;

#[test]
fn a_tree_by_urn_becomes_groups_headings_and_lines() {
    let bench = Bench::new(&[("demo.yaml", LIBRARY), ("notes.yaml", "a: 1\n")]);
    let brought = bench.import("ciso-assistant", &[]);
    assert_eq!(brought.counts("libraries"), (1, 1, 0));
    assert_eq!(brought.counts("requirement nodes"), (11, 6, 5));
    let node = |id: &str| format!("urn:demo:risk:req_node:demo-1.0:{id}");
    assert_eq!(brought.why("requirement nodes", &node("b")), "it is a heading with nothing below it");
    assert_eq!(brought.why("requirement nodes", &node("c1")), "the nodes above it form a circle");
    assert_eq!(brought.why("requirement nodes", &node("a.2")), "its urn stands already");
    assert!(brought.says("the selections of demo-1-0: `b` is All of it"));
    assert!(brought.says("its copyright line: Demo licence: free to use"));
    assert!(brought.says("translations (fr) are not taken"));
    assert!(brought.says("nodes below a node that is not in the library: 1; they became roots"));
    let text = brought.text("frameworks/demo-1-0.yaml");
    let order: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("- id: ")).collect();
    assert_eq!(order, ["A", "main", "A.1", "'1.10'", "node7", "A.2", "L"], "{text}");
    assert!(text.contains("- id: A.1\n  group: A\n  kind: heading\n  selections:\n  - base\n  title: Accounts\n"), "{text}");
    assert!(
        text.contains(
            "parent: A.1\n  selections:\n  - base\n  title: One two three four five six seven eight nine ten eleven twelve ...\n"
        ),
        "{text}"
    );
    let assessment = bench.check("{demo-1-0: [base]}");
    let ids: Vec<&str> = assessment["requirements"].as_array().unwrap().iter().map(|line| line["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["1.10", "A.2"]);
    assert_eq!(brought.counts("other objects"), (2, 0, 2));
}

#[test]
fn reference_controls_become_drafts_that_serve_the_lines_that_ask_for_them() {
    let bench = Bench::new(&[("demo.yaml", LIBRARY)]);
    let brought = bench.import("ciso-assistant", &["--framework", "demo"]);
    assert_eq!(brought.counts("reference controls"), (3, 2, 1));
    assert_eq!(brought.counts("claims of requirement lines"), (2, 1, 1));
    let text = brought.text("controls/demo/demo-rc-1.yaml");
    for words in
        ["id: demo-RC.1", "title: Review access", "status: drafted", "demo:\n  - '1.10'", "category: process", "Look at every account."]
    {
        assert!(text.contains(words), "`{words}` is missing in:\n{text}");
    }
    assert_eq!(control_ids(&bench.check("{demo: all}")), ["demo-RC.1", "demo-RC.2"]);
}

#[test]
fn mapping_sets_become_crosswalks_and_null_is_no_relation() {
    let node = |id: &str| format!("urn:demo:risk:req_node:demo-1.0:{id}");
    let iso = |id: &str| format!("urn:intuitem:risk:req_node:iso27001-2022:{id}");
    let pair = |from: &str, to: &str, word: &str| {
        format!("    - {{source_requirement_urn: \"{}\", target_requirement_urn: \"{}\", relationship: {word}}}\n", node(from), iso(to))
    };
    let head = "urn: urn:demo:risk:library:map\nlocale: en\nname: Map\nprovider: Demo Org\ncopyright: Free\nobjects:\n  requirement_mapping_sets:\n";
    let set = "  - urn: urn:demo:map\n    name: Demo to ISO\n    source_framework_urn: urn:demo:risk:framework:demo-1.0\n    target_framework_urn: urn:intuitem:risk:framework:iso27001-2022\n    requirement_mappings:\n";
    let pairs = [
        pair("a.2", "a.5.17", "equal"),
        pair("a.2", "a.5.17", "equal"),
        pair("a.1.10", "a.5.18", "subset"),
        pair("a.1.10", "a.5.16", "superset"),
        pair("node7", "a.5.15", "intersect"),
        pair("node7", "a.5.14", "null"),
        pair("node7", "a.99.1", "equal"),
        pair("node7", "a.5.13", "sibling"),
    ];
    let foreign = "  - urn: urn:demo:map2\n    source_framework_urn: urn:demo:risk:framework:unknown-a\n    target_framework_urn: urn:demo:risk:framework:unknown-b\n    requirement_mappings:\n    - {source_requirement_urn: \"urn:x:1.1\", target_requirement_urn: \"urn:y:2.2\", relationship: intersect}\n  - requirement_mappings: [{relationship: equal}]\n";
    let text = format!("{head}{set}{}{foreign}", pairs.concat());
    let bench = Bench::new(&[("demo.yaml", LIBRARY), ("map.yaml", &text)]);
    let brought = bench.import("ciso-assistant", &[]);
    assert_eq!(brought.counts("pairs of mappings"), (10, 5, 5));
    let left = brought.left("pairs of mappings");
    assert!(left["#6 demo-1-0 node7 to iso27001 a.5.14"].starts_with("its relationship is null"), "{left:#?}");
    assert_eq!(left["#2 demo-1-0 a.2 to iso27001 a.5.17"], "the pair stands already");
    assert_eq!(left["#7 demo-1-0 node7 to iso27001 a.99.1"], "`iso27001` has no line `a.99.1`");
    assert_eq!(left["#8 demo-1-0 node7 to iso27001 a.5.13"], "the relation `sibling` is not known here");
    let walk = brought.text("frameworks/crosswalks/demo-1-0-iso27001.yaml");
    assert!(walk.contains("- from: A.2\n  to: A.5.17\n  relation: equal\n"), "{walk}");
    assert!(walk.contains("- from: '1.10'\n  to: A.5.18\n  relation: subset\n"), "{walk}");
    assert!(walk.contains("licence: Free\n") && walk.contains("author: Demo Org\n"), "{walk}");
    let unknown = brought.text("frameworks/crosswalks/unknown-a-unknown-b.yaml");
    assert!(unknown.contains("relation: intersects\npairs:\n  '1.1':\n  - '2.2'\n"), "{unknown}");
    bench.check("{demo-1-0: all, iso27001: all}");
}

#[test]
fn wrong_types_and_large_files_have_reasons() {
    let odd = "urn: urn:demo:risk:library:odd\nobjects:\n  frameworks:\n  - {urn: {a: b}, name: [x], requirement_nodes: none}\n  - text\n";
    let anchors = "urn: urn:demo:risk:library:anchors\nobjects:\n  framework: &x {a: *x}\n";
    let twice = "urn: urn:demo:risk:library:twice\nobjects:\n  framework: {name: a, name: b}\n";
    let mut large = String::from(
        "urn: urn:demo:risk:library:large\nobjects:\n  framework:\n    urn: urn:demo:risk:framework:large\n    name: Large\n    requirement_nodes:\n",
    );
    for number in 0..9_000 {
        let text = "words ".repeat(60);
        large += &format!(
            "    - {{urn: \"urn:demo:risk:req_node:large:{number}\", assessable: true, depth: 1, ref_id: R-{number}, description: {text}}}\n"
        );
    }
    assert!(large.len() > 3_000_000);
    let bench = Bench::new(&[("odd.yaml", odd), ("anchors.yaml", anchors), ("twice.yaml", twice), ("large.yaml", &large)]);
    let brought = bench.import("ciso-assistant", &[]);
    assert_eq!(brought.counts("libraries"), (4, 2, 2));
    assert!(brought.why("libraries", "anchors.yaml").contains("an alias stands in what it stands for"));
    assert!(brought.why("libraries", "twice.yaml").starts_with("line 3: the key `name` stands twice"));
    assert_eq!(brought.counts("requirement nodes"), (9_000, 9_000, 0));
    assert!(brought.left("values of a wrong type").len() >= 3);
    bench.check("{large: all}");
}

#[test]
fn a_framework_that_would_not_be_read_is_not_written() {
    let mut huge = String::from(
        "urn: urn:demo:risk:library:huge\nobjects:\n  framework:\n    urn: urn:demo:risk:framework:huge\n    requirement_nodes:\n",
    );
    for number in 0..40_000 {
        huge += &format!("    - {{urn: \"u:{number}\", assessable: true, ref_id: R-{number}, name: x}}\n");
    }
    let brought = Bench::new(&[("huge.yaml", &huge)]).import("ciso-assistant", &[]);
    assert!(brought.written().is_empty());
    assert_eq!(brought.counts("requirement nodes"), (40_000, 0, 40_000));
    assert!(brought.why("requirement nodes", "huge R-1").contains("would be no file that is read here"));
}

#[test]
fn aliases_that_a_tool_wrote_are_read() {
    let node = |number: usize, choices: &str| {
        format!(
            "    - urn: urn:demo:risk:req_node:ask:{number}\n      assessable: true\n      ref_id: '{number}'\n      \
             question: {{question_choices: {choices}, questions: [{{urn: x, text: Do you lock number {number}?}}]}}\n"
        )
    };
    let text = "urn: urn:demo:risk:library:ask\nobjects:\n  framework:\n    urn: urn:demo:risk:framework:ask\n    requirement_nodes:\n"
        .to_owned()
        + &node(1, "&id001 ['Yes', 'No']")
        + &node(2, "*id001");
    let bench = Bench::new(&[("ask.yaml", &text)]);
    let brought = bench.import("ciso-assistant", &[]);
    assert_eq!((brought.counts("libraries"), brought.counts("requirement nodes")), ((1, 1, 0), (2, 2, 0)));
    bench.check("{ask: all}");
}

#[test]
fn urns_are_one_in_either_case_and_the_old_word_for_controls_is_read() {
    let library = |name: &str, objects: &str| format!("urn: urn:demo:risk:library:{name}\nname: {name}\nobjects:\n{objects}");
    let framework = library(
        "new",
        "  framework:\n    urn: urn:demo:risk:framework:New\n    name: New\n    requirement_nodes:\n    \
         - {urn: \"urn:demo:risk:req_node:new:a\", assessable: true, ref_id: A, name: Top, reference_controls: [\"urn:demo:risk:function:old:ONE\"]}\n    \
         - {urn: \"urn:demo:risk:req_node:new:A.1\", assessable: true, ref_id: A.1, name: Below, parent_urn: \"urn:demo:risk:req_node:NEW:A\", security_functions: [\"urn:demo:risk:function:old:one\"]}\n",
    );
    let old = library("old", "  security_functions:\n  - {urn: \"urn:demo:risk:function:old:One\", ref_id: ONE, name: Lock it}\n");
    let bench = Bench::new(&[("new.yaml", &framework), ("old.yaml", &old)]);
    let brought = bench.import("ciso-assistant", &[]);
    assert_eq!(brought.counts("reference controls"), (1, 1, 0));
    assert_eq!(brought.counts("claims of requirement lines"), (2, 2, 0));
    assert!(brought.text("frameworks/new.yaml").contains("parent: A\n"));
    assert_eq!(brought.counts("other objects"), (0, 0, 0));
    bench.check("{new: all}");
}

#[test]
fn questions_are_titles_where_there_is_no_other_and_what_is_not_taken_is_counted() {
    let text = "urn: urn:demo:risk:library:ask\nobjects:\n  framework:\n    urn: urn:demo:risk:framework:ask\n    requirement_nodes:\n    \
        - {urn: u:1, assessable: true, ref_id: '1', questions: {\"u:1:question:1\": {type: unique_choice, text: Do you lock the door?}}}\n    \
        - {urn: u:2, assessable: true, ref_id: '2', question: {question_type: text, questions: [{urn: x, text: Who has a key?}]}}\n    \
        - {urn: u:3, assessable: true, ref_id: '3', name: Keys, description: All of them., annotation: Also spare ones., typical_evidence: A list.}\n";
    let bench = Bench::new(&[("ask.yaml", text)]);
    let brought = bench.import("ciso-assistant", &[]);
    let written = brought.text("frameworks/ask.yaml");
    assert!(written.contains("title: Do you lock the door?") && written.contains("title: Who has a key?"), "{written}");
    assert!(
        brought
            .notes()
            .contains("of the nodes of ask not taken, since a framework file holds ids and titles: 1 description, 1 annotation, 1 typical evidence, 1 question, 1 list of questions")
    );
    assert!(brought.notes().contains("3 lines to be met and 0 headings"));
}

#[test]
fn a_pair_that_names_a_part_of_a_line_is_of_the_line() {
    let pair = |from: &str, to: &str, word: &str| {
        format!(
            "    - {{source_requirement_urn: \"urn:x:risk:req_node:soc2-2017:{from}\", target_requirement_urn: \"urn:x:risk:req_node:iso27001-2022:{to}\", relationship: {word}}}\n"
        )
    };
    let pairs = [
        pair("cc6.1", "a.5.15", "equal"),
        pair("cc6.1.3", "a.5.15", "subset"),
        pair("cc6.1.3", "a.5.18", "subset"),
        pair("cc6.1.4", "a.5.18", "equal"),
        pair("cc6.1.4", "a.5.16", "not_related"),
        pair("cc6.99", "a.5.16", "equal"),
    ];
    let head = "urn: urn:demo:risk:library:map\nname: Map\nobjects:\n  requirement_mapping_set:\n    name: Both\n    source_framework_urn: urn:x:risk:framework:soc2-2017\n    target_framework_urn: urn:x:risk:framework:iso27001-2022\n    requirement_mappings:\n";
    let bench = Bench::new(&[("map.yaml", &(head.to_owned() + &pairs.concat()))]);
    let brought = bench.import("ciso-assistant", &[]);
    assert_eq!(brought.counts("pairs of mappings"), (6, 4, 2));
    let left = brought.left("pairs of mappings");
    assert!(left["#5 soc2 cc6.1.4 to iso27001 a.5.16"].contains("says nothing of the line"), "{left:#?}");
    assert_eq!(left["#6 soc2 cc6.99 to iso27001 a.5.16"], "`soc2` has no line `cc6.99`");
    assert!(brought.notes().contains("written as `intersects` of the line itself: 3"));
    let text = brought.text("frameworks/crosswalks/soc2-iso27001.yaml");
    assert!(text.contains("from: CC6.1\n  to: A.5.15\n  relation: equal"), "{text}");
    assert_eq!(text.matches("A.5.18").count(), 1, "{text}");
    bench.check("{soc2: all, iso27001: all}");
}
