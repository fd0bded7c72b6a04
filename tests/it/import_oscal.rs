//! OSCAL: NIST's own catalogue and baseline with their known counts, and every oddity met in the wild.

use std::{fmt::Write as _, fs};

use super::{
    import_bench::{Bench, control_ids},
    support::real_material,
};

/// A document with its wrapper and metadata.
fn document(wrapper: &str, title: &str, body: &str) -> String {
    format!(
        r#"{{"{wrapper}": {{"uuid": "00000000-0000-4000-8000-000000000001", "metadata": {{"title": "{title}", "last-modified": "2026-01-01T00:00:00Z", "version": "1", "oscal-version": "1.1.2"}}, {body}}}}}"#
    )
}

fn catalogue() -> String {
    document(
        "catalog",
        "NIST SP 800-53 Revision 5 (short)",
        r##""groups": [{"id": "ac", "title": "Access Control", "controls": [
            {"id": "ac-1", "title": "Policy", "parts": [{"name": "statement", "id": "ac-1_smt", "parts": [{"name": "item"}]}]},
            {"id": "ac-2", "title": "Accounts", "props": [{"name": "label", "value": "AC-02"}], "controls": [
                {"id": "ac-2.1", "title": "Automation", "props": [{"name": "label", "value": "AC-02(01)"}]},
                {"id": "ac-2.10", "title": "Shared", "props": [{"name": "status", "value": "withdrawn"}], "links": [{"rel": "incorporated-into", "href": "#ac-2_smt.k"}]}]},
            {"id": "ac-3", "title": "Enforcement"}]}]"##,
    )
}

#[test]
fn nists_own_catalogue_and_baseline_have_their_known_counts() {
    let Some(folder) = real_material("nist") else { return };
    let bench = Bench::new(&[]);
    let brought = bench.import_from(&folder, "oscal", &[]);
    assert_eq!(brought.written(), ["frameworks/nist-800-53.yaml"]);
    assert_eq!(brought.counts("files"), (2, 2, 0));
    assert_eq!(brought.counts("catalogue entries"), (1189, 1189, 0));
    assert_eq!(brought.counts("lines that profiles select"), (287, 287, 0));
    assert_eq!(brought.counts("replacements of withdrawn entries"), (200, 199, 1));
    assert_eq!(brought.why("replacements of withdrawn entries", "SA-12 replaced by sr"), "that is a group, not an entry");
    assert!(brought.says("20 groups, 1189 entries (867 of them below another one), 182 withdrawn, 1007 active"));
    let text = brought.text("frameworks/nist-800-53.yaml");
    assert!(text.len() < 2 * 1024 * 1024);
    let ids: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("- id: ")).skip(20).collect();
    assert_eq!(ids.len(), 1189);
    assert_eq!(ids.iter().filter(|id| !id.contains('(')).count(), 322);
    assert_eq!(&ids[..4], ["AC-1", "AC-2", "AC-2(1)", "AC-2(2)"]);
    assert_eq!(text.matches("withdrawn: true").count(), 182);
    assert!(text.contains("- id: AC-13\n  group: AC\n  withdrawn: true\n  replaced_by:\n  - AC-2\n  - AU-6\n"));

    let moderate = bench.check("{nist-800-53: [moderate]}");
    assert_eq!(moderate["requirements"].as_array().unwrap().len(), 287);
    let all = bench.check("{nist-800-53: all}");
    let active = all["requirements"].as_array().unwrap();
    assert_eq!(active.len(), 1007);
    assert_eq!(active.iter().filter(|line| !line["id"].as_str().unwrap().contains('(')).count(), 298);

    let again = bench.import_from(&folder, "oscal", &[]);
    assert!(again.written().is_empty(), "a second import writes over nothing");
    assert_eq!(again.counts("catalogue entries"), (1189, 1189, 0), "a file that says the same was not left");
    let single = Bench::new(&[]);
    let brought = single.import_from(&folder.join("NIST_SP-800-53_rev5_catalog-min.json"), "oscal", &["--framework", "r5"]);
    assert_eq!(brought.written(), ["frameworks/r5.yaml"]);
}

#[test]
fn profiles_select_by_id_pattern_and_child_and_import_each_other() {
    let profile = |title: &str, body: &str| document("profile", title, body);
    let low = profile(
        "Demo LOW Baseline",
        r#""imports": [{"href": "catalog.json", "include-controls": [{"with-ids": ["ac-1", "ac-9", "ac-2.10"]}, {"matching": [{"pattern": "ac-3*"}, {"pattern": "zz-*"}]}]}],
           "modify": {"set-parameters": [{"param-id": "ac-1_prm_1"}], "alters": [{"control-id": "ac-1"}, {"control-id": "ac-3"}]}"#,
    );
    let high = profile(
        "Demo HIGH Baseline",
        r#""imports": [{"href": "catalog.json", "include-controls": [{"with-child-controls": "yes", "with-ids": ["ac-2"]}]}, {"href": "low.json", "include-all": {}, "exclude-controls": [{"with-ids": ["ac-3"]}]}]"#,
    );
    let inner = profile("Demo inner", r#""imports": [{"href": "low.json", "include-controls": [{"with-ids": ["ac-2", "ac-1"]}]}]"#);
    let circle = profile("Circle", r#""imports": [{"href": "circle2.json", "include-all": {}}, {}]"#);
    let circle2 = profile("Circle two", r#""imports": [{"href": "circle.json", "include-all": {}}]"#);
    let lost = profile(
        "Lost",
        r##""imports": [{"href": "#11111111-1111-4111-8111-111111111111", "include-controls": [{"with-ids": ["zz-1"]}]}]"##,
    );
    let bench = Bench::new(&[
        ("catalog.json", &catalogue()),
        ("low.json", &low),
        ("high.json", &high),
        ("inner.json", &inner),
        ("circle.json", &circle),
        ("circle2.json", &circle2),
        ("lost.json", &lost),
    ]);
    let brought = bench.import("oscal", &[]);
    let kind = "lines that profiles select";
    assert_eq!(brought.why(kind, "demo-low: ac-9"), "the catalogue has no such entry");
    assert_eq!(brought.why(kind, "demo-low: ac-2.10"), "it was withdrawn");
    assert_eq!(brought.why(kind, "demo-low: pattern zz-*"), "it matches nothing");
    assert_eq!(brought.why(kind, "demo-inner: ac-2"), "the profile low.json does not select it");
    assert_eq!(brought.why(kind, "circle: import circle2.json"), "the profile circle2.json selects nothing that is here");
    assert_eq!(brought.counts("changes by profiles"), (3, 0, 3));
    let in_scope = |selection: &str| {
        let assessment = bench.check(&format!("{{nist-800-53: [{selection}]}}"));
        let lines = assessment["requirements"].as_array().unwrap();
        lines.iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(in_scope("demo-low"), ["AC-1", "AC-3"]);
    assert_eq!(in_scope("demo-high"), ["AC-1", "AC-2", "AC-2(1)"]);
    assert_eq!(in_scope("demo-inner"), ["AC-1"]);
}

#[test]
fn a_baseline_that_comes_later_is_taken_when_the_framework_may_be_written_anew() {
    let profile =
        document("profile", "Demo LOW Baseline", r#""imports": [{"href": "catalog.json", "include-controls": [{"with-ids": ["ac-1"]}]}]"#);
    let bench = Bench::new(&[("catalog.json", &catalogue())]);
    bench.import("oscal", &[]);
    fs::write(bench.source().join("low.json"), profile).unwrap();
    let kept = bench.import("oscal", &[]);
    assert_eq!(kept.counts("lines that profiles select"), (1, 0, 1));
    assert!(kept.why("lines that profiles select", "demo-low: AC-1").contains("is there already and was kept as it is"));
    assert_eq!(bench.check("{nist-800-53: all}")["requirements"].as_array().unwrap().len(), 4);
    let again = bench.import("oscal", &["--replace"]);
    assert_eq!(again.counts("lines that profiles select"), (1, 1, 0));
    assert_eq!(again.json["replaced"][0], "frameworks/nist-800-53.yaml");
    assert_eq!(bench.check("{nist-800-53: [demo-low]}")["requirements"].as_array().unwrap().len(), 1);
}

#[test]
fn a_profile_without_its_catalogue_and_other_models_are_left() {
    let profile = document("profile", "Alone", r#""imports": [{"href": "gone.json", "include-controls": [{"with-ids": ["ac-1"]}]}]"#);
    let plan = document("plan-of-action-and-milestones", "POAM", r#""poam-items": []"#);
    let ssp = document("system-security-plan", "SSP", r#""import-profile": {"href": "x"}"#);
    let ap = document("assessment-plan", "AP", r#""import-ssp": {"href": "x"}"#);
    let deep = format!("{{\"catalog\": {}", "{\"a\": ".repeat(10_000));
    let bench = Bench::new(&[
        ("profile.json", &profile),
        ("poam.json", &plan),
        ("ssp.json", &ssp),
        ("ap.json", &ap),
        ("deep.json", &deep),
        ("twice.json", "{\"catalog\": {\"uuid\": \"a\",\n\"uuid\": \"b\"}}"),
        ("package.json", "{\"name\": \"x\"}"),
        ("catalog.xml", "<catalog xmlns=\"http://csrc.nist.gov/ns/oscal/1.0\"/>"),
        ("other.xml", "<a/>"),
        ("other.yaml", "a: 1\n"),
    ]);
    let brought = bench.import("oscal", &[]);
    assert_eq!(brought.counts("files"), (8, 1, 7));
    assert!(brought.why("lines that profiles select", "alone: import gone.json").contains("import a profile together with its catalogue"));
    assert_eq!(brought.why("files", "poam.json"), "it is a plan of action and milestones, for which a programme here has no record");
    assert!(brought.why("files", "deep.json").contains("recursion limit exceeded"));
    assert!(brought.why("files", "twice.json").contains("the key `uuid` stands twice in one object at line 2"));
    assert!(brought.why("files", "catalog.xml").contains("only JSON and YAML are read"));
    assert_eq!(brought.why("files", "package.json"), "no OSCAL model stands at its top, but `name`");
    assert!(brought.written().is_empty());
}

#[test]
fn a_file_larger_than_anybody_writes_has_its_reason() {
    let bench = Bench::new(&[("catalog.json", &catalogue())]);
    let large = fs::File::create(bench.source().join("large.json")).unwrap();
    large.set_len(100 * 1024 * 1024).unwrap();
    let brought = bench.import("oscal", &[]);
    assert_eq!(brought.counts("files"), (2, 1, 1));
    assert_eq!(brought.why("files", "large.json"), "it has 104857600 bytes; more than 33554432 are not read");
}

#[test]
fn yaml_and_unusual_versions_are_read_and_said() {
    let yaml = "catalog:\n  uuid: x\n  metadata: {title: Demo catalogue, oscal-version: v1.1.3}\n  groups:\n  - id: g\n    title: Group\n    controls:\n    - {id: one, title: First}\n    - {id: one, title: Again}\n";
    let future = r#"{"catalog": {"metadata": {"title": "Future", "oscal-version": "2.0.0"}, "controls": [{"id": "x-1"}]}}"#;
    let silent = r#"{"catalog": {"uuid": 5, "controls": {"id": "y-1"}}}"#;
    let bench = Bench::new(&[("demo.yaml", yaml), ("future.json", future), ("silent.json", silent)]);
    let brought = bench.import("oscal", &[]);
    assert_eq!(brought.counts("catalogue entries"), (4, 3, 1));
    assert_eq!(brought.why("catalogue entries", "control one"), "the id `one` stands already");
    assert!(brought.says("future.json is OSCAL 2.0.0, which is not known here"));
    assert!(brought.says("future.json has no uuid"));
    assert!(brought.says("silent.json has no `metadata`"));
    assert!(!brought.says("v1.1.3"));
    assert_eq!(brought.written(), ["frameworks/demo-catalogue.yaml", "frameworks/future.yaml", "frameworks/silent.yaml"]);
    bench.check("{demo-catalogue: all, future: all, silent: all}");
}

#[test]
fn one_catalogue_in_two_files_is_taken_once_and_none_replaces_a_built_in_one_unasked() {
    let csf = document("catalog", "nist csf", r#""controls": [{"id": "gv"}]"#);
    let bench = Bench::new(&[("a.json", &catalogue()), ("a-min.json", &catalogue()), ("csf.json", &csf)]);
    let brought = bench.import("oscal", &[]);
    assert_eq!(brought.why("files", "a.json"), "it is the document of a-min.json again: its uuid and title are the same");
    assert_eq!(brought.written(), ["frameworks/nist-800-53.yaml", "frameworks/nist-csf-oscal.yaml"]);
    assert!(brought.says("`nist-csf` is a framework here already, so one of that name came in as `nist-csf-oscal`"));
}

#[test]
fn components_become_drafts_and_the_same_words_one_control() {
    let body = r#""components": [{"uuid": "c", "type": "software", "title": "Login Service", "description": "Lets people in.", "control-implementations": [
        {"uuid": "i", "source": "catalog.json", "description": "x", "implemented-requirements": [
            {"uuid": "1", "control-id": "ac-2", "description": "Accounts come from the directory.", "props": [{"name": "implementation-status", "value": "partial"}],
             "statements": [{"statement-id": "ac-2_smt.a", "uuid": "s", "description": "By group."}], "set-parameters": [{"param-id": "ac-2_prm_1", "values": ["30 days"]}]},
            {"uuid": "2", "control-id": "ac-1", "description": "One policy for all of it."},
            {"uuid": "3", "control-id": "ac-3", "description": "One policy for all of it."},
            {"uuid": "4", "control-id": "ac-2.10", "description": "A withdrawn line."},
            {"uuid": "5", "control-id": "zz-1", "description": "An unknown line."},
            {"uuid": "6", "description": "No id."}]}]},
        {"title": "Idle"}], "capabilities": [{"name": "Capability", "control-implementations": [{"source": "elsewhere.json", "implemented-requirements": [{"control-id": "ac-1", "description": ""}]}]}]"#;
    let bench = Bench::new(&[("catalog.json", &catalogue()), ("component.json", &document("component-definition", "Demo", body))]);
    let brought = bench.import("oscal", &[]);
    assert_eq!(brought.counts("implemented requirements"), (7, 6, 1));
    assert_eq!(brought.counts("claims of requirement lines"), (6, 4, 2));
    assert_eq!(
        brought.why("claims of requirement lines", "ac-2.10 of Login Service"),
        "that line was withdrawn; its place was taken by AC-2"
    );
    let shared = brought.text("controls/login-service/login-service-ac-1.yaml");
    assert!(shared.contains("title: 'Login Service: Policy and 1 more'") && shared.contains("- AC-1\n  - AC-3\n"), "{shared}");
    let text = brought.text("controls/login-service/login-service-ac-2.yaml");
    for words in [
        "id: Login-Service-AC-2",
        "status: drafted",
        "its status as `partial`",
        "ac-2_smt.a: By group.",
        "Parameter ac-2_prm_1: 30 days",
        "About the component: Lets people in.",
    ] {
        assert!(text.contains(words), "`{words}` is missing in:\n{text}");
    }
    assert!(brought.says("component Idle implements no requirement"));
    assert_eq!(control_ids(&bench.check("{nist-800-53: all}")).len(), 5);
}

#[test]
fn what_a_component_says_of_parts_is_kept_and_the_rest_is_counted() {
    let body = r##""components": [{"type": "software", "title": "Store", "description": "Keeps things.", "props": [{"name": "Rule_Id", "value": "a"}, {"name": "x", "ns": "urn:tickmark:oscal", "value": "ours"}],
        "control-implementations": [{"source": "#33333333-3333-4333-8333-333333333333", "set-parameters": [{"param-id": "p", "values": ["1"]}], "props": [{"name": "Rule_Id", "value": "b"}], "implemented-requirements": [
            {"control-id": "ac-1", "description": "Written down.", "props": [{"name": "implementation-status", "value": "implemented"}],
             "statements": [{"statement-id": "ac-1_smt.a", "description": "Half of it.", "props": [{"name": "implementation-status", "value": "partial"}], "responsible-roles": [{"role-id": "owner"}]},
                            {"statement-id": "ac-1_smt.b", "props": [{"name": "implementation-status", "value": "planned"}], "remarks": "Next year."}]}]}]}],
        "back-matter": {"resources": [{"uuid": "33333333-3333-4333-8333-333333333333", "rlinks": [{"href": "https://example.com/catalog.json"}]}]}"##;
    let bench = Bench::new(&[("catalog.json", &catalogue()), ("component.json", &document("component-definition", "Demo", body))]);
    let brought = bench.import("oscal", &["--framework", "nist-800-53"]);
    let text = brought.text("controls/store/store-ac-1.yaml");
    for words in [
        "The source gives its status as `implemented`.",
        "ac-1_smt.a: Half of it.",
        "ac-1_smt.a: the source gives its status as `partial`.",
        "ac-1_smt.b: the source gives its status as `planned`.",
        "ac-1_smt.b: Next year.",
        "for https://example.com/catalog.json.",
    ] {
        assert!(text.contains(words), "`{words}` is missing in:\n{text}");
    }
    assert!(brought.notes().contains(
        "not taken, since a control here has no field for them: 2 properties, 1 responsible role, 1 parameter of a whole implementation"
    ));
}

#[test]
fn drafts_from_before_1_0_are_left_and_their_words_choose_nothing() {
    let old = r#"{"profile": {"metadata": {"title": "Old", "oscal-version": "1.0.0-rc1"}, "imports": [{"href": "catalog.json", "include": {"calls": [{"control-id": "ac-1"}]}}]}}"#;
    let older = r#"{"component-definition": {"metadata": {"title": "Older", "oscal-version": "1.0.0-milestone3"}, "components": {"a": {"title": "x"}}}}"#;
    let silent = document("profile", "Silent", r#""imports": [{"href": "catalog.json", "include": {"calls": [{"control-id": "ac-1"}]}}]"#);
    let bench = Bench::new(&[("catalog.json", &catalogue()), ("old.json", old), ("older.json", older), ("silent.json", &silent)]);
    let brought = bench.import("oscal", &[]);
    assert_eq!(brought.counts("files"), (4, 2, 2));
    assert!(brought.why("files", "old.json").starts_with("it is OSCAL 1.0.0-rc1, a draft from before 1.0"));
    assert!(brought.why("files", "older.json").contains("1.0.0-milestone3"));
    assert_eq!(brought.counts("lines that profiles select"), (1, 0, 1));
    assert!(brought.why("lines that profiles select", "silent: import catalog.json").contains("it chooses by `include`"));
}

#[test]
fn catalogues_as_nist_writes_them_elsewhere_have_plain_ids_keys_and_names() {
    let body = r#""groups": [{"id": "SP_03.01", "title": "Doors", "props": [{"name": "label", "value": "Doors (03.01)"}], "controls": [
        {"id": "SP_03.01.01", "title": "Locks", "props": [{"name": "label", "value": "Locks (03.01.01)"}]},
        {"id": "SP_03.01.02", "title": "03.01.02", "props": [{"name": "status", "value": "withdrawn"}], "links": [{"href": "03.01.01", "rel": "addressed_by"}]}]}]"#;
    let text = document("catalog", "Electronic (OSCAL) Version of Protecting Things", body);
    let bench = Bench::new(&[("NIST_SP800-999_rev3_catalog.json", &text)]);
    let brought = bench.import("oscal", &[]);
    assert_eq!(brought.written(), ["frameworks/nist-800-999-r3.yaml"]);
    let written = brought.text("frameworks/nist-800-999-r3.yaml");
    assert!(written.contains("name: Protecting Things\n"), "{written}");
    assert!(written.contains("- id: 03.01.02\n  group: '03.01'\n  withdrawn: true\n  replaced_by:\n  - 03.01.01\n"), "{written}");
    assert_eq!(bench.check("{nist-800-999-r3: all}")["requirements"].as_array().unwrap().len(), 1);
}

#[test]
fn a_catalogue_whose_ids_are_here_already_is_told() {
    let mut controls = String::new();
    for number in 1..=9 {
        write!(controls, "{}{{\"id\": \"a.5.{number}\"}}", if number == 1 { "" } else { ", " }).unwrap();
    }
    let body = format!(r#""groups": [{{"id": "g", "controls": [{controls}, {{"id": "own.1"}}, {{"id": "own.2"}}]}}]"#);
    let brought = Bench::new(&[("a.json", &document("catalog", "Annex", &body))]).import("oscal", &[]);
    assert!(brought.says("9 of the 11 ids of `annex` are ids of `iso27001` too, which is here already"), "{:?}", brought.written());
}

#[test]
fn a_text_in_another_encoding_is_said() {
    let bench = Bench::new(&[]);
    let latin: Vec<u8> = catalogue().replace("Policy", "Zug\u{e4}nge").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    fs::write(bench.source().join("catalog.json"), latin).unwrap();
    let brought = bench.import("oscal", &[]);
    assert!(brought.notes().contains("catalog.json is not UTF-8"), "{}", brought.notes());
}

#[test]
fn findings_become_deviations_of_the_one_control_that_claims_the_line() {
    let results = r##""import-ap": {"href": "#plan"}, "results": [{"uuid": "r", "title": "Q3", "description": "x", "start": "2026-07-01T00:00:00Z", "end": "2026-07-05T23:59:00+02:00",
        "reviewed-controls": {"control-selections": [{}]}, "risks": [{"uuid": "k"}],
        "observations": [
            {"uuid": "aaaaaaaa-0000-4000-8000-000000000000", "title": "A-1", "description": "Looked at accounts.", "methods": ["EXAMINE"], "collected": "2026-07-03T10:00:00Z", "relevant-evidence": [{"href": "https://example.com/e", "description": "Export"}]},
            {"uuid": "o2", "description": "Of nothing.", "methods": ["TEST"], "collected": "2026-07-03T10:00:00Z"},
            {"uuid": "o3", "description": "Says nothing.", "collected": "2026-07-03T10:00:00Z", "subjects": [{"title": "A-1"}]},
            {"uuid": "o4", "description": "Own result.", "collected": "2026-07-04T10:00:00Z", "props": [{"name": "control", "value": "B-1"}, {"name": "result", "value": "fail"}]}],
        "findings": [
            {"uuid": "f1f1f1f1-0000-4000-8000-000000000000", "title": "Stale accounts", "description": "Two were stale.", "target": {"type": "objective-id", "target-id": "ac-2_obj.a", "status": {"state": "not-satisfied", "reason": "fail"}}, "related-observations": [{"observation-uuid": "aaaaaaaa-0000-4000-8000-000000000000"}]},
            {"uuid": "f2", "title": "Fine", "description": "x", "target": {"type": "objective-id", "target-id": "ac-1_obj", "status": {"state": "satisfied"}}},
            {"uuid": "f3", "title": "Two claim it", "description": "x", "target": {"type": "objective-id", "target-id": "ac-3_obj", "status": {"state": "not-satisfied"}}},
            {"uuid": "f4", "title": "Nobody claims it", "description": "x", "target": {"type": "statement-id", "target-id": "ac-2.1_smt", "status": {"state": "not-satisfied"}}},
            {"uuid": "f5", "title": "Odd state", "target": {"target-id": "ac-1", "status": {"state": "perhaps"}}},
            {"uuid": "f6", "title": "No target"}]}]"##;
    let control = |id: &str, lines: &str| format!("id: {id}\ntitle: {id} does something\nsatisfies: {{nist-800-53: [{lines}]}}\n");
    let bench = Bench::new(&[("catalog.json", &catalogue()), ("results.json", &document("assessment-results", "Q3", results))])
        .with(&[("controls/A-1.yaml", &control("A-1", "AC-2, AC-3")), ("controls/B-1.yaml", &control("B-1", "AC-3, AC-1"))]);
    let brought = bench.import("oscal", &[]);
    assert_eq!(brought.counts("findings of assessments"), (6, 1, 5));
    let why = |what: &str| brought.why("findings of assessments", what);
    assert!(why("Fine (f2)").starts_with("it is satisfied"));
    assert_eq!(why("Two claim it (f3)"), "A-1, B-1 claim AC-3, and the finding does not say which of them failed");
    assert!(why("Nobody claims it (f4)").starts_with("no control here claims AC-2(1)"));
    assert_eq!(why("Odd state (f5)"), "its state `perhaps` is not known here");
    let deviation = brought.text("content/deviations/oscal-f1f1f1f1.yaml");
    for words in [
        "control: A-1\n",
        "found_on: 2026-07-03",
        "title: Stale accounts",
        "Two were stale.",
        "disposition: deviation",
        "the reason `fail`",
    ] {
        assert!(deviation.contains(words), "`{words}` is missing in:\n{deviation}");
    }
    assert_eq!(brought.counts("observations of assessments"), (4, 2, 2));
    let manifest = brought.text("content/evidence/a-1/a-1-oscal-aaaaaaaa.yaml");
    for words in ["control: A-1", "result: fail", "performed_on: 2026-07-03", "Evidence, not fetched: Export https://example.com/e"] {
        assert!(manifest.contains(words), "`{words}` is missing in:\n{manifest}");
    }
    assert_eq!(brought.counts("risks"), (1, 0, 1));
    bench.check("{nist-800-53: all}");
}

#[test]
fn bare_results_are_recognised_and_said() {
    let bare = r#"{"results": [{"uuid": "r", "title": "x", "observations": [{"uuid": "o", "description": "x", "collected": "2026-07-03T10:00:00Z"}]}]}"#;
    let brought = Bench::new(&[("fixture.oscal.json", bare)]).import("oscal", &[]);
    assert_eq!(brought.counts("files"), (1, 1, 0));
    assert!(brought.says("holds bare `results` without the wrapper `assessment-results`"));
    assert_eq!(brought.counts("observations of assessments"), (1, 0, 1));
}

#[test]
fn mappings_become_crosswalks_with_their_relations_in_our_words() {
    let map = |word: &str, sources: &str, targets: &str| {
        let items =
            |ids: &str| ids.split(' ').map(|id| format!(r#"{{"type": "control", "id-ref": "{id}"}}"#)).collect::<Vec<_>>().join(", ");
        format!(r#"{{"uuid": "m", "relationship": "{word}", "sources": [{}], "targets": [{}]}}"#, items(sources), items(targets))
    };
    let mut maps = String::new();
    for (word, sources, targets) in [
        ("equal-to", "gv.oc-01", "ac-1"),
        ("equivalent-to", "gv.oc-02", "ac-1"),
        ("subset-of", "gv.oc-03", "ac-2.1"),
        ("superset-of", "gv.oc-04", "ac-2"),
        ("intersects-with", "gv.oc-05", "ac-3"),
        ("no-relationship", "gv.rm-01", "ac-3"),
        ("equal-to", "gv.rm-02", "ac-1 ac-2"),
        ("subset-of", "gv.rm-03", "ac-2_smt.a"),
        ("cousin-of", "gv.rm-04", "ac-1"),
        ("equal-to", "gv.zz-99", "ac-1"),
    ] {
        write!(maps, "{}{}", if maps.is_empty() { "" } else { ", " }, map(word, sources, targets)).unwrap();
    }
    let mappings = |maps: &str| {
        format!(
            r##""provenance": {{"method": "human", "matching-rationale": "semantic", "status": "complete", "mapping-description": "Demo"}},
            "mappings": [{{"uuid": "p", "source-resource": {{"type": "catalog", "href": "#22222222-2222-4222-8222-222222222222"}}, "target-resource": {{"type": "catalog", "href": "catalog.json"}}, "maps": [{maps}]}},
                         {{"uuid": "q", "maps": []}}],
            "back-matter": {{"resources": [{{"uuid": "22222222-2222-4222-8222-222222222222", "title": "NIST CSF", "rlinks": [{{"href": "x/NIST_CSF_v2.0/catalog.json"}}]}}]}}"##
        )
    };
    let bench =
        Bench::new(&[("catalog.json", &catalogue()), ("map.json", &document("mapping-collection", "CSF to 800-53", &mappings(&maps)))]);
    let brought = bench.import("oscal", &[]);
    assert_eq!(brought.counts("pairs of mappings"), (12, 9, 3));
    assert_eq!(brought.why("pairs of mappings", "nist-csf gv.rm-04 to nist-800-53 ac-1"), "the relation `cousin-of` is not known here");
    assert_eq!(brought.why("pairs of mappings", "nist-csf gv.zz-99 to nist-800-53 ac-1"), "`nist-csf` has no line `gv.zz-99`");
    assert!(brought.says("3 pairs come from relations between sets or parts"));
    let text = brought.text("frameworks/crosswalks/nist-csf-nist-800-53.yaml");
    for pair in [
        "from: GV.OC-01\n  to: AC-1\n  relation: equal",
        "from: GV.OC-02\n  to: AC-1\n  relation: equal",
        "from: GV.OC-03\n  to: AC-2(1)\n  relation: subset",
        "from: GV.OC-04\n  to: AC-2\n  relation: superset",
        "from: GV.OC-05\n  to: AC-3\n  relation: intersects",
        "from: GV.RM-01\n  to: AC-3\n  relation: none",
        "from: GV.RM-02\n  to: AC-2\n  relation: intersects",
        "from: GV.RM-03\n  to: AC-2\n  relation: intersects",
        "basis: direct",
    ] {
        assert!(text.contains(pair), "`{pair}` is missing in:\n{text}");
    }
    bench.check("{nist-800-53: all, nist-csf: all}");
}

#[test]
fn a_side_that_was_guessed_and_what_a_pair_cannot_hold_are_said() {
    let body = r#""mappings": [{"source-resource": {"href": "own-list.json"}, "target-resource": {"href": "other-list.json"}, "source-gap-summary": {"unmapped-controls": []},
        "maps": [{"relationship": "subset-of", "sources": [{"id-ref": "ac-1"}], "targets": [{"id-ref": "x-1"}], "qualifiers": [{"subject": "source"}]}]}]"#;
    let bench = Bench::new(&[("catalog.json", &catalogue()), ("map.json", &document("mapping-collection", "Own", body))]);
    let brought = bench.import("oscal", &[]);
    assert_eq!(brought.counts("pairs of mappings"), (1, 1, 0));
    assert!(brought.notes().contains("no framework here is `own-list`; its ids were taken as those of `nist-800-53`, which knows them"));
    assert!(brought.notes().contains("`qualifiers`, `source-gap-summary` of mappings are not taken"));
}

#[test]
fn wrong_types_anywhere_are_reasons() {
    let places = ["groups", "controls", "params", "back-matter", "metadata"];
    let values = ["5", "\"text\"", "[1, [2], null]", "{\"a\": {\"b\": []}}", "null", "true"];
    for model in ["catalog", "profile", "component-definition", "assessment-results", "mapping-collection"] {
        let keys = ["imports", "components", "results", "mappings", "modify", "provenance", "uuid"].iter().chain(&places);
        let files: Vec<(String, String)> = keys
            .flat_map(|key| {
                values
                    .iter()
                    .enumerate()
                    .map(move |(at, value)| (format!("{key}-{at}.json"), format!("{{\"{model}\": {{\"{key}\": {value}}}}}")))
            })
            .chain(values.iter().enumerate().map(|(at, value)| (format!("inner-{at}.json"), inner(model, value))))
            .collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let brought = Bench::new(&files).import("oscal", &["--dry-run"]);
        let (found, ..) = brought.counts("files");
        assert_eq!(found as usize, files.len(), "{model}");
    }
}

/// A document whose inner values are of a type that nobody expects.
fn inner(model: &str, value: &str) -> String {
    let inside = match model {
        "catalog" => format!(
            r#""groups": [{value}, {{"id": {value}, "controls": [{value}, {{"id": {value}}}, {{"id": "a", "title": {value}, "props": {value}, "links": {value}}}]}}]"#
        ),
        "profile" => format!(
            r#""imports": [{value}, {{"href": {value}}}, {{"href": "x", "include-controls": [{value}, {{"with-ids": [{value}], "matching": [{{"pattern": {value}}}]}}]}}]"#
        ),
        "component-definition" => format!(
            r#""components": [{value}, {{"title": {value}, "control-implementations": [{value}, {{"implemented-requirements": [{value}, {{"control-id": "a", "description": {value}, "statements": {value}}}]}}]}}]"#
        ),
        "assessment-results" => format!(
            r#""results": [{value}, {{"findings": [{value}, {{"target": {value}}}, {{"target": {{"target-id": "a", "status": {value}}}}}], "observations": [{value}, {{"collected": {value}, "props": [{value}]}}]}}]"#
        ),
        _ => format!(
            r#""mappings": [{value}, {{"source-resource": {{"href": "a"}}, "target-resource": {{"href": "b"}}, "maps": [{value}, {{"relationship": {value}, "sources": [{value}], "targets": [{value}]}}]}}]"#
        ),
    };
    format!("{{\"{model}\": {{{inside}}}}}")
}
