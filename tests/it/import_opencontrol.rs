//! OpenControl: the shared set with its known answers, and every oddity met in the wild.

use super::{
    import_bench::{Bench, control_ids},
    support::real_material,
};

const PROJECT: &str = "schema_version: \"1.0.0\"\nname: demo\ncomponents: [./components/login]\nstandards: [./standards/demo.yaml]\n";
const STANDARD: &str = "name: DEMO\nAC:\n  type: family\n  name: Access Control\nAC-2:\n  family: AC\n  name: Accounts\nAC-2 (1):\n  family: AC\n  name: Accounts | Automation\n  description: Long text.\n1.10:\n  name: Lock screens\n";

#[test]
fn freedonia_gives_its_known_answers() {
    let Some(folder) = real_material("freedonia-opencontrol") else { return };
    let bench = Bench::new(&[]);
    let brought = bench.import_from(&folder, "opencontrol", &[]);
    assert_eq!(brought.counts("components"), (3, 3, 0));
    assert_eq!(brought.counts("entries of components"), (6, 6, 0));
    assert_eq!(brought.counts("claims of requirement lines"), (6, 6, 0));
    assert_eq!(brought.counts("lines that certifications need"), (5, 5, 0));
    assert_eq!(brought.counts("standards"), (2, 1, 1));
    assert_eq!(brought.counts("certifications"), (2, 1, 1));
    assert_eq!(brought.why("standards", "standards/NIST-SP-800-53-rev4.yaml"), "opencontrol.yaml does not name it");
    assert!(brought.says("`complete` 1, `implemented` 1 (no word of the schema), `none` 4"));
    let au_1 = brought.text("controls/au-policy/au-policy-au-1.yaml");
    assert!(au_1.contains("status: drafted") && au_1.contains("its status as `implemented`, which is no word of its schema"), "{au_1}");
    assert!(brought.text("controls/aws-core/aws-core-pe-2.yaml").contains("its status as `complete`"));
    assert!(brought.text("controls/aws-core/aws-core-pe-2.yaml").contains("control_origin: inherited"));

    let assessment = bench.check("{frist-800-53: [fredramp-low]}");
    let needed: Vec<&str> = assessment["requirements"].as_array().unwrap().iter().map(|line| line["id"].as_str().unwrap()).collect();
    assert_eq!(needed, ["AU-1", "AU-2", "PE-2", "SC-1", "SC-7"]);
    let au_2 = assessment["requirements"].as_array().unwrap().iter().find(|line| line["id"] == "AU-2").unwrap();
    assert_eq!(au_2["controls"].as_array().unwrap().len(), 2, "AU-2 is claimed by two components");
    assert_eq!(control_ids(&assessment).len(), 6);

    let again = bench.import_from(&folder, "opencontrol", &[]);
    assert_eq!(again.written(), Vec::<String>::new(), "a second import writes over nothing");
    assert_eq!(again.counts("entries of components"), (6, 6, 0), "files that say the same are not left");
    bench.write("controls/au-policy/au-policy-au-1.yaml", &au_1.replace("status: drafted", "owner: dana\nstatus: approved"));
    let kept = bench.import_from(&folder, "opencontrol", &["--replace"]);
    assert_eq!(kept.counts("entries of components"), (6, 5, 1), "a record is never written over");
    assert!(kept.text("controls/au-policy/au-policy-au-1.yaml").contains("owner: dana"));
}

#[test]
fn version_2_and_3_components_keep_every_word() {
    let component = "name: Login\nkey: LOGIN\nschema_version: 2.0\ndocumentation_complete: true\nsystem: Cloud\n\
        satisfies:\n\
        - {standard_key: DEMO, control_key: AC-2, narrative: Plain text., implementation_status: partial, security_control_type: hybrid}\n\
        - standard_key: DEMO\n  control_key: AC-2 (1)\n  narrative: [{key: a, text: First.}, {text: Second.}]\n  implementation_statuses: [planned, partial]\n\
        \u{20} parameters: [{key: days, text: ninety}]\n  covered_by: [{verification_key: LOGIN_TEST}]\n  responsible_role: Admin\n\
        - {standard_key: DEMO, control_key: \"1.10\"}\n\
        - {standard_key: DEMO, control_key: AC-9, narrative: Unknown line.}\n\
        - {standard_key: OTHER, control_key: X-1, narrative: Unknown standard.}\n\
        - {standard_key: DEMO, narrative: No key.}\n\
        - 5\n\
        references: [{name: Policy, path: policy.md, type: URL}]\n\
        verifications: [{key: LOGIN_TEST, name: Login test, type: TEST, path: tests/login.md, test_passed: true, last_run: 2017-13-40}]\n";
    let bench =
        Bench::new(&[("opencontrol.yaml", PROJECT), ("standards/demo.yaml", STANDARD), ("components/login/component.yaml", component)]);
    let brought = bench.import("opencontrol", &[]);
    assert_eq!(brought.counts("entries of components"), (7, 5, 2));
    assert_eq!(brought.counts("claims of requirement lines"), (5, 3, 2));
    assert_eq!(brought.why("claims of requirement lines", "AC-9 of Login"), "`demo` has no line `AC-9`");
    assert!(brought.why("claims of requirement lines", "X-1 of Login").starts_with("the standard `OTHER` is not here"));
    assert!(brought.says("no status 3"));
    let text = brought.text("controls/login/login-ac-2-1.yaml");
    for words in [
        "id: LOGIN-AC-2.1",
        "'Login: Accounts | Automation'",
        "a: First.",
        "Second.",
        "`planned`: it is not in place yet",
        "Parameter: days, ninety",
        "Covered by: LOGIN_TEST",
        "responsible_role: Admin",
        "documentation_complete: true",
        "system: Cloud",
        "Reference: Policy, policy.md, URL",
        "Verification: LOGIN_TEST, Login test, TEST, tests/login.md, true, 2017-13-40",
    ] {
        assert!(text.contains(words), "`{words}` is missing in:\n{text}");
    }
    assert!(brought.text("controls/login/login-ac-2.yaml").contains("security_control_type: hybrid"));
    let framework = brought.text("frameworks/demo.yaml");
    assert!(framework.contains("- id: AC-2(1)\n  group: AC\n  parent: AC-2\n"), "{framework}");
    assert!(framework.contains("- id: '1.10'\n  group: ungrouped\n"), "{framework}");
    assert!(framework.contains("- id: AC\n  title: Access Control\n"), "{framework}");
    assert!(!framework.contains("selection"), "without certifications all is in scope");
    bench.check("{demo: all}");
}

#[test]
fn entries_in_files_beside_the_component_are_followed_and_no_further() {
    let component =
        "name: \"{{contractor.name_short}}\"\nschema_version: 3.1.0\nsatisfies: [AC.yaml, AC-more, missing.yaml, ../../secret.yaml]\n";
    let entries =
        "family: AC\ndocumentation_complete: false\nsatisfies:\n- {standard_key: DEMO, control_key: AC-2, narrative: [{text: One.}]}\n";
    let bench = Bench::new(&[
        ("opencontrol.yaml", PROJECT),
        ("standards/demo.yaml", STANDARD),
        ("components/login/component.yaml", component),
        ("components/login/AC.yaml", entries),
        ("components/login/AC-more.yaml", "- {standard_key: DEMO, control_key: AC-2(1)}\n"),
        ("secret.yaml", "satisfies: [{control_key: AC-2}]\n"),
    ]);
    let brought = bench.import("opencontrol", &[]);
    assert_eq!(brought.counts("entries of components"), (4, 2, 2));
    assert_eq!(brought.why("entries of components", "components/login/missing.yaml"), "there is no such file");
    assert_eq!(
        brought.why("entries of components", "components/login/component.yaml: ../../secret.yaml"),
        "it names a file outside of the component's folder"
    );
    assert!(brought.says("names with marks of a template (`{{ }}`), kept as they are written: 1"));
    assert!(brought.text("controls/login/login-ac-2.yaml").contains("title: '{{contractor.name_short}}: Accounts'"));
    bench.check("{demo: all}");
}

#[test]
fn repeated_keys_and_broken_yaml_leave_the_file_with_its_line() {
    let twice =
        "name: CP\nschema_version: 3.0.0\nsatisfies:\n- control_key: AC-2\n  standard_key: DEMO\n  narrative: One.\n  narrative: Two.\n";
    let project = "schema_version: \"1.0.0\"\nname: demo\ncomponents: [cp, template, list, gone, ../outside]\nstandards: [demo.yaml, nameless.yaml, again.yaml]\n";
    let bench = Bench::new(&[
        ("opencontrol.yaml", project),
        ("cp/component.yaml", twice),
        ("template/component.yaml", "name: {{ contractor }}\nsatisfies: []\n"),
        ("list/component.yaml", "- a\n"),
        ("demo.yaml", STANDARD),
        ("nameless.yaml", "AC-2: {family: AC}\n"),
        ("again.yaml", STANDARD),
    ]);
    let brought = bench.import("opencontrol", &[]);
    assert_eq!(brought.counts("components"), (5, 0, 5));
    let why = brought.why("components", "cp/component.yaml");
    assert!(why.starts_with("line 7: the key `narrative` stands twice"), "{why}");
    assert!(brought.why("components", "template/component.yaml").starts_with("line 1: "));
    assert_eq!(brought.why("components", "list/component.yaml"), "it is a list, not a component");
    assert_eq!(brought.why("components", "gone"), "there is no such file");
    assert_eq!(brought.why("components", "../outside"), "it lies outside of the folder");
    assert_eq!(brought.counts("standards"), (3, 1, 2));
    assert_eq!(brought.why("standards", "again.yaml"), "a standard named `DEMO` stands already, as demo");
}

#[test]
fn dependencies_are_named_and_never_fetched_and_certifications_that_need_them_say_so() {
    let project = "schema_version: \"1.0.0\"\nname: demo\nstandards: [demo.yaml]\ncertifications: [low.yaml, broken.yaml]\n\
        dependencies:\n  standards: [{url: \"https://example.com/standards\", revision: master}]\n  systems: [{url: \"https://example.com/aws\", contextdir: x, revision: v1}]\n";
    let bench = Bench::new(&[
        ("opencontrol.yaml", project),
        ("demo.yaml", STANDARD),
        ("low.yaml", "name: Demo Low Baseline\nstandards:\n  DEMO: {AC-2(1): {}, \"1.10\": , AC-7: {}}\n  NIST-800-53: {AC-1: {}}\n"),
        ("broken.yaml", "name: Broken\n"),
    ]);
    let brought = bench.import("opencontrol", &[]);
    assert_eq!(brought.counts("dependencies"), (2, 0, 2));
    assert!(brought.why("dependencies", "systems: https://example.com/aws x v1").contains("never fetched"));
    assert_eq!(brought.counts("lines that certifications need"), (4, 2, 2));
    assert_eq!(brought.why("lines that certifications need", "demo-low: AC-7"), "the standard `DEMO` has no such entry");
    assert_eq!(brought.why("certifications", "broken.yaml"), "it has no mapping `standards`");
    let assessment = bench.check("{demo: [demo-low]}");
    assert_eq!(assessment["requirements"].as_array().unwrap().len(), 2);
    assert_eq!(bench.check("{demo: [demo-low, rest]}")["requirements"].as_array().unwrap().len(), 3);
}

#[test]
fn claims_of_a_standard_that_is_a_framework_here_already_are_matched_whatever_the_spelling() {
    let component = "name: Login\nschema_version: 3.0.0\nsatisfies:\n- {standard_key: NIST-800-53, control_key: AC-2 (1)}\n- {standard_key: NIST-800-53, control_key: AC-13}\n";
    let framework = "framework: nist-800-53\nname: NIST\nowner: NIST\nword: control\ngroups: [{id: AC}]\nrequirements:\n\
        - {id: AC-2(1), group: AC, title: Automation}\n- {id: AC-13, group: AC, withdrawn: true, replaced_by: [AC-2(1)], title: Gone}\n";
    let bench = Bench::new(&[("login/component.yaml", component)]).with(&[("frameworks/nist-800-53.yaml", framework)]);
    let brought = bench.import("opencontrol", &[]);
    assert!(brought.says("there is no opencontrol.yaml"));
    assert_eq!(brought.counts("claims of requirement lines"), (2, 1, 1));
    assert_eq!(brought.why("claims of requirement lines", "AC-13 of Login"), "that line was withdrawn; its place was taken by AC-2(1)");
    assert!(brought.text("controls/login/login-ac-2-1.yaml").contains("nist-800-53:\n  - AC-2(1)\n"));
    bench.check("{nist-800-53: all}");
}

#[test]
fn claims_are_matched_with_the_framework_that_will_be_there() {
    let component = "name: Login\nschema_version: 3.0.0\nsatisfies:\n- {standard_key: DEMO, control_key: AC-2}\n- {standard_key: DEMO, control_key: \"1.10\"}\n";
    let project = [("opencontrol.yaml", PROJECT), ("standards/demo.yaml", STANDARD), ("components/login/component.yaml", component)];
    let older = "framework: demo\nname: Demo of last year\ngroups: [{id: AC}]\nrequirements: [{id: AC-2, group: AC, title: Accounts}]\n";
    let bench = Bench::new(&project).with(&[("frameworks/demo.yaml", older)]);
    let kept = bench.import("opencontrol", &["--dry-run"]);
    assert_eq!(kept.counts("entries of standards"), (3, 0, 3));
    assert_eq!(kept.why("claims of requirement lines", "1.10 of Login"), "`demo` has no line `1.10`");
    let taken_for = bench.import("opencontrol", &["--dry-run", "--framework", "demo"]);
    assert_eq!(taken_for.counts("entries of standards"), (3, 1, 2));
    assert!(taken_for.says("standards/demo.yaml is taken for `demo`, which is here already"));
    assert_eq!(taken_for.why("entries of standards", "standards/demo.yaml 1.10"), "`demo`, which --framework names, has no such line");
    bench.import("opencontrol", &[]);
    bench.check("{demo: all}");
    let anew = Bench::new(&project).with(&[("frameworks/demo.yaml", older)]);
    assert_eq!(anew.import("opencontrol", &["--replace"]).counts("claims of requirement lines"), (2, 2, 0));
    anew.check("{demo: all}");
}

#[test]
fn what_is_there_in_unusual_places_is_told_and_no_account_is_shown() {
    let project = "schema_version: \"1.0.0\"\nname: demo\ncomponents: [login, empty]\nstandards: [demo.yaml, docs]\ncertifications: [low.yaml]\n\
        dependencies:\n  systems: [{url: \"https://dana:s3cr3t-token@example.com/aws\", revision: v1}]\n";
    let component = "name: Login\nschema_version: 3.0.0\nsatisfies:\n- {standard_key: DEMO, control_key: AC-2, narrative: [{key: a, text: First., implementation_status: In Place}]}\n";
    let bench = Bench::new(&[
        ("opencontrol.yaml", project),
        ("demo.yaml", STANDARD),
        ("docs/readme.md", "Nothing.\n"),
        ("empty/notes.md", "Nothing.\n"),
        ("login/component.yaml", component),
        ("low.yaml", "name: Low\nstandards:\n  DEMO: {AC-2: {mapping: {OTHER: [X-1]}}, \"1.10\": {}}\n"),
    ]);
    let brought = bench.import("opencontrol", &[]);
    assert_eq!(brought.why("components", "empty"), "there is no component.yaml in that folder");
    assert_eq!(brought.why("standards", "docs"), "there is no file ending in .yaml in that folder");
    assert!(brought.left("dependencies").contains_key("systems: https://***@example.com/aws v1"), "{:?}", brought.left("dependencies"));
    assert!(brought.text("controls/login/login-ac-2.yaml").contains("implementation_status: In Place"));
    assert!(brought.says("low.yaml: lines of DEMO that say more than that they are needed, which is not taken: 1"));
}
