//! The OSCAL export: the same bytes everywhere, no name twice, every requirement in scope, honest statuses, and back again by
//! our own importer. Whether it is OSCAL is for another's validator to say: `tests/oscal/validate.py`, which CI runs.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;
use tickmark::{
    date::Date,
    id::{FrameworkId, RequirementId},
    load,
    model::{Framework, Pair, Programme},
    tree::DirectoryTree,
};

use super::support::{Repo, Run, files_below, run, tickmark};

/// Controls in every state, decisions, two frameworks and a crosswalk with every relation.
const PROGRAMME: &str = r#"
person dana "Dana Ito" dana@example.com

== commit 2026-01-05T10:00:00+01:00 dana
Start the programme
-- tickmark.yaml --
organization: {name: "Example\u00a0 Inc.", timezone: Asia/Kathmandu}
scope: {system: Example Cloud, frameworks: {mine: all, hipaa: all}}
window: {start: 2026-01-01, end: 2026-12-31, report: type2}
-- content/people.yaml --
people: [{id: dana, name: Dana Ito, emails: [dana@example.com]}]
teams: [{id: security, name: Security team, members: [dana]}]
-- frameworks/mine.yaml --
framework: mine
name: My rules
owner: Example Inc.
word: rule
groups:
  - {id: "1", title: First, selection: first, word: line, applicability: always}
  - {id: A, title: Second, applicability: statement}
requirements:
  - {id: "1.1", group: "1", kind: heading, title: Above}
  - {id: "1.1.1", group: "1", parent: "1.1", need: addressable, word: item, title: In place}
  - {id: "1.1.2", group: "1", parent: "1.1", selections: [x, y], title: Drafted}
  - {id: A.1, group: A, title: "Two\nlines"}
  - {id: a.1, group: A, title: Not applicable}
  - {id: A 2, group: A, parent: A.1}
  - {id: A-3, group: A, title: Nobody does this}
  - {id: B.1, group: A, kind: context, parent: "1.1", title: Background}
  - {id: R-1.1, group: A, title: Like the token of another}
  - {id: Old, group: A, withdrawn: true, replaced_by: [A.1, Gone]}
  - {id: C.1, group: A, parent: C.2, title: Round}
  - {id: C.2, group: A, parent: C.1, title: And round}
-- frameworks/crosswalks/mine-hipaa.yaml --
crosswalk: mine-hipaa
from: mine
to: hipaa
basis: direct
author: Example Inc.
source: our heads
licence: ours
note: A note.
relation: intersects
pairs: {"1.1.1": ["164.308(a)(2)", "164.312(a)(2)(iii)"], "A.1": ["164.999"]}
relations:
  - {from: "1.1.2", to: "164.308(a)(2)", relation: equal}
  - {from: "A.1", to: "164.308(a)(2)", relation: subset}
  - {from: "a.1", to: "164.308(a)(2)", relation: superset}
  - {from: "A 2", to: "164.308(a)(2)", relation: none}
-- content/applicability/mine.yaml --
- {framework: mine, id: a.1, decision: excluded, reason: "We have none.", decided_by: dana, decided_on: 2026-01-02}
- {framework: hipaa, id: "164.312(a)(2)(iii)", decision: alternative, reason: Screens lock., alternative: Sessions end., decided_by: dana, decided_on: 2026-01-02}
-- controls/all.yaml --
- {id: C-1, title: Works, owner: security, status: in_place, effective_from: 2026-01-05, frequency: annual, satisfies: {mine: ["1.1.1", "1.1.1", "a.1"], hipaa: ["164.308(a)(2)"]}, description: "**Done** daily."}
- {id: C-2, title: Drafted, owner: dana, status: drafted, satisfies: {mine: ["1.1.1", "1.1.2"]}}
- {id: C-3, title: Approved, status: approved, satisfies: {mine: ["1.1.2"]}}
- {id: C-4, title: Later, status: in_place, effective_from: 2027-01-01, satisfies: {mine: ["A.1"]}}
- {id: C-5, title: Retired, status: retired, satisfies: {mine: ["A.1", "R-1.1"]}}
- {id: C-6, title: Not for us, not_applicable: We have no office., satisfies: {mine: ["A 2"]}}
- {id: C-7, title: Gone, status: in_place, effective_from: 2026-01-05, retired_on: 2026-02-01, satisfies: {mine: ["R-1.1"]}}
"#;

const AS_OF: &str = "2026-07-05T10:00:00+05:45";

fn export(repo: &Repo, args: &[&str]) -> Run {
    let run = repo.run(&[&["export", "--as-of", AS_OF], args].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    run
}

fn folder(repo: &Repo, args: &[&str]) -> PathBuf {
    let out = repo.path().join("oscal");
    export(repo, &[&["oscal", "--out", out.to_str().unwrap()], args].concat());
    out
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))).unwrap()
}

/// A repository with the starter programme and six frameworks in scope, not committed.
fn six() -> Repo {
    let repo = Repo::empty();
    let frameworks = "soc2=availability+confidentiality+processing_integrity+privacy,iso27001,hipaa,gdpr,pci-dss,nist-csf";
    let mut command = tickmark(repo.path());
    command.args(["init", "r", "--name", "Six Frameworks Ltd.", "--start", "2026-01-01", "--frameworks", frameworks]);
    let init = run(command);
    assert_eq!(init.code, 0, "{}", init.err);
    repo
}

fn objects<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(map) => {
            if map.contains_key(key) {
                found.push(value);
            }
            map.values().for_each(|inner| objects(inner, key, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| objects(inner, key, found)),
        _ => {}
    }
}

fn with<'v>(value: &'v Value, key: &str) -> Vec<&'v Value> {
    let mut found = Vec::new();
    objects(value, key, &mut found);
    found
}

/// The first value of a property.
fn prop<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    props(value, name).first().copied()
}

fn props<'v>(value: &'v Value, name: &str) -> Vec<&'v str> {
    let props = value["props"].as_array().into_iter().flatten();
    props.filter(|prop| prop["name"] == name).filter_map(|prop| prop["value"].as_str()).collect()
}

/// The controls of a catalogue by our ids, those below others too.
fn controls(catalog: &Value) -> BTreeMap<String, &Value> {
    let holders = with(catalog, "controls");
    let all = holders.iter().flat_map(|holder| holder["controls"].as_array().unwrap());
    all.map(|control| (prop(control, "label").unwrap().to_owned(), control)).collect()
}

#[test]
fn the_same_programme_gives_the_same_bytes_in_another_folder_zone_and_run() {
    let repo = Repo::from_script(PROGRAMME);
    let first = files_below(&folder(&repo, &["--all"]));
    assert_eq!(first, files_below(&folder(&repo, &["--all"])));
    let clone = Repo::clone_of(&repo.dir());
    let out = clone.path().join("elsewhere");
    let mut command = tickmark(clone.path());
    command.arg("--repo").arg(clone.dir()).args(["export", "oscal", "--all", "--out"]).arg(&out);
    // The same instant in another spelling, on a machine in another zone.
    command.args(["--as-of", "2026-07-05T04:15:00Z"]).env("TZ", "Pacific/Auckland").env("LC_ALL", "tr_TR.UTF-8");
    let run = run(command);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(first, files_below(&out));
    let single = export(&repo, &["oscal-component-definition"]).out;
    assert_eq!(single.as_bytes(), fs::read(out.join("component-definition.json")).unwrap());
}

#[test]
fn no_uuid_and_no_id_stands_twice_and_a_document_has_the_uuid_of_its_content() {
    let repo = Repo::from_script(PROGRAMME);
    let out = folder(&repo, &["--all"]);
    let mut documents = BTreeSet::new();
    for (path, bytes) in files_below(&out).iter().filter(|(path, _)| path.ends_with(".json")) {
        let document: Value = serde_json::from_slice(bytes).unwrap();
        let (_, body) = document.as_object().unwrap().iter().next().unwrap();
        let uuids: Vec<&str> = with(body, "uuid").iter().filter_map(|thing| thing["uuid"].as_str()).collect();
        assert_eq!(uuids.len(), uuids.iter().collect::<BTreeSet<_>>().len(), "{path}");
        assert!(uuids.iter().all(|uuid| uuid.len() == 36 && uuid.as_bytes()[14] == b'5'), "{path}");
        assert!(documents.insert(uuids[0].to_owned()), "{path}");
        let ids: Vec<&str> = with(&body["groups"], "id").iter().filter_map(|thing| thing["id"].as_str()).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{path}");
        let is_token = |id: &&str| {
            id.starts_with(|c: char| c.is_ascii_lowercase()) && !id.contains(|c: char| !c.is_ascii_alphanumeric() && !"._-".contains(c))
        };
        assert!(ids.iter().all(is_token), "{path}: {ids:?}");
        assert_eq!(body["metadata"]["last-modified"], "2026-07-05T04:15:00Z");
        assert_eq!(body["metadata"]["version"].as_str().unwrap().len(), 40, "the tip");
    }
    let later = repo.run(&["export", "oscal-component-definition", "--as-of", "2026-08-01"]).json();
    let now = json(&out.join("component-definition.json"));
    let at = |document: &Value, pointer: &str| document.pointer(pointer).unwrap().as_str().unwrap().to_owned();
    assert_ne!(at(&now, "/component-definition/uuid"), at(&later, "/component-definition/uuid"));
    let component = "/component-definition/components/0/uuid";
    assert_eq!(at(&now, component), at(&later, component), "a thing keeps its uuid");
}

#[test]
fn a_catalogue_holds_the_whole_framework_and_every_oddity_of_it() {
    let repo = Repo::from_script(PROGRAMME);
    let catalog = json(&folder(&repo, &[]).join("catalogs/mine.json"));
    let controls = controls(&catalog);
    assert_eq!(controls.len(), 12);
    let id = |label: &str| controls[label]["id"].as_str().unwrap();
    assert_eq!(
        [id("1.1"), id("1.1.1"), id("A.1"), id("a.1"), id("A 2"), id("R-1.1")],
        ["r-1.1", "r-1.1.1", "a.1", "a.1-2", "a-2", "r-1.1-2"]
    );
    assert_eq!(controls["A.1"]["title"], "Two lines");
    assert_eq!(controls["A 2"]["title"], "A 2", "an id stands for a title that is not there");
    assert_eq!((prop(controls["1.1"], "kind"), prop(controls["1.1.1"], "need")), (Some("heading"), Some("addressable")));
    assert_eq!(props(controls["1.1.2"], "selection"), ["x", "y"]);
    let old = controls["Old"];
    assert_eq!((prop(old, "status"), prop(old, "replaced-by"), old.get("parts")), (Some("withdrawn"), Some("Gone"), None));
    assert_eq!(old["links"][0]["href"], "#a.1");
    assert_eq!(controls["1.1"]["controls"].as_array().unwrap().len(), 2, "only lines of its own group stand below a line");
    assert_eq!(controls["B.1"]["links"][0], serde_json::json!({"href": "#r-1.1", "rel": "parent"}));
    let prose = controls["A.1"]["parts"][0]["prose"].as_str().unwrap();
    assert!(prose.contains("it is not part of this catalogue"), "{prose}");
}

#[test]
fn a_long_chain_of_lines_does_not_nest_without_end() {
    let repo = Repo::from_script(PROGRAMME);
    let mut text = "framework: deep\nname: Deep\ngroups: [{id: G, title: G}]\nrequirements:\n  - {id: L0, group: G}\n".to_owned();
    (1..3_000).for_each(|at| text += &format!("  - {{id: L{at}, group: G, parent: L{}}}\n", at - 1));
    repo.write("frameworks/deep.yaml", &text);
    let catalog = repo.run(&["export", "oscal-catalog", "--worktree", "--framework", "deep", "--as-of", AS_OF]);
    assert_eq!(controls(&catalog.json()).len(), 3_000);
    assert_eq!(catalog.json()["catalog"]["metadata"]["version"], "2026-07-05", "what is not committed has no commit's name");
}

#[test]
fn every_requirement_in_scope_has_an_entry_or_is_named_as_uncovered() {
    for (repo, count) in [(Repo::from_script(PROGRAMME), 9 + 53), (six(), 61 + 123 + 53 + 43 + 250 + 106)] {
        let out = folder(&repo, &[]);
        let definition = json(&out.join("component-definition.json"));
        let checked = repo.run(&["check", "--format", "json", "--as-of", AS_OF, "--fail-on", "never"]).json();
        let requirements = checked["requirements"].as_array().unwrap();
        assert_eq!(requirements.len(), count);
        let implementations = with(&definition, "implemented-requirements");
        let keys: BTreeSet<&str> = requirements.iter().map(|requirement| requirement["framework"].as_str().unwrap()).collect();
        let catalogs: BTreeMap<&str, Value> = keys.iter().map(|key| (*key, json(&out.join(format!("catalogs/{key}.json"))))).collect();
        let controls: BTreeMap<&str, _> = catalogs.iter().map(|(key, catalog)| (*key, controls(catalog))).collect();
        for requirement in requirements {
            let (key, id) = (requirement["framework"].as_str().unwrap(), requirement["id"].as_str().unwrap());
            let token = &controls[key][id]["id"];
            let source = format!("catalogs/{key}.json");
            let own = implementations.iter().find(|implementation| implementation["source"] == source.as_str());
            let Some(own) = own else {
                assert_eq!(requirement["controls"], serde_json::json!([]), "{key} {id}");
                continue;
            };
            let entry = own["implemented-requirements"].as_array().unwrap().iter().any(|entry| entry["control-id"] == *token);
            assert_ne!(entry, props(own, "uncovered").contains(&id), "{key} {id}");
        }
    }
}

#[test]
fn a_draft_is_never_implemented_and_every_state_has_its_word() {
    let repo = Repo::from_script(PROGRAMME);
    let run = export(&repo, &["oscal-component-definition", "--framework", "mine"]);
    let definition = run.json();
    let entries: Vec<(&str, &str, &str)> = with(&definition, "control-id")
        .iter()
        .map(|entry| {
            let status = prop(entry, "implementation-status").unwrap();
            (entry["control-id"].as_str().unwrap(), prop(entry, "control").unwrap_or("-"), status)
        })
        .collect();
    assert_eq!(
        entries,
        [
            ("r-1.1.1", "C-1", "implemented"),
            ("r-1.1.1", "C-2", "planned"),
            ("r-1.1.2", "C-2", "planned"),
            ("r-1.1.2", "C-3", "planned"),
            ("a-2", "C-6", "not-applicable"),
            ("a.1", "C-4", "planned"),
            ("a.1-2", "C-1", "not-applicable"),
        ]
    );
    assert!(run.err.contains("left out retired controls: C-5, C-7"), "{}", run.err);
    let first = with(&definition, "control-id")[0];
    assert_eq!(first["description"], "Works\n\n**Done** daily.");
    let remark = first["props"][0]["remarks"].as_str().unwrap();
    assert_eq!(remark, "In place, as its file says. Operation in the window so far: nothing was due.", "a design is no operation");
    let party = first["responsible-roles"][0]["party-uuids"][0].as_str().unwrap();
    let parties = with(&definition["component-definition"]["metadata"]["parties"], "uuid");
    let owner = parties.iter().find(|known| known["uuid"] == party).unwrap();
    assert_eq!((&owner["name"], &owner["type"]), (&Value::from("Security team"), &Value::from("organization")));
    assert!(!run.out.contains("dana@example.com"), "names are enough");
    let all = export(&repo, &["oscal-component-definition"]).json();
    let alternative =
        with(&all, "control-id").into_iter().find(|entry| prop(entry, "implementation-status") == Some("alternative")).unwrap();
    assert_eq!(alternative["description"], "Done in its place: Sessions end.\n\nReason: Screens lock.");
    let starter = export(&six(), &["oscal-component-definition"]).out;
    assert!(starter.contains("\"planned\"") && !starter.contains("\"implemented\""), "the starter is all drafted");
}

#[test]
fn relations_have_oscals_words_and_unknown_lines_are_said() {
    let repo = Repo::from_script(PROGRAMME);
    let run = export(&repo, &["oscal-mapping-collection"]);
    let collection = run.json();
    let maps: Vec<(&str, &str, &str)> = with(&collection, "relationship")
        .iter()
        .map(|map| {
            let side = |side: &str| map[side][0]["id-ref"].as_str().unwrap();
            (side("sources"), map["relationship"].as_str().unwrap(), side("targets"))
        })
        .collect();
    assert_eq!(
        maps,
        [
            ("r-1.1.1", "intersects-with", "r-164.308.a.2"),
            ("r-1.1.1", "intersects-with", "r-164.312.a.2.iii"),
            ("r-1.1.2", "equal-to", "r-164.308.a.2"),
            ("a-2", "no-relationship", "r-164.308.a.2"),
            ("a.1", "subset-of", "r-164.308.a.2"),
            ("a.1-2", "superset-of", "r-164.308.a.2"),
        ]
    );
    assert!(run.err.contains("for want of such lines: A.1 to 164.999"), "{}", run.err);
    let root = &collection["mapping-collection"];
    assert_eq!((&root["provenance"]["method"], &root["mappings"][0]["method"]), (&Value::from("human"), &Value::from("human")));
    assert_eq!(prop(&root["mappings"][0], "licence"), Some("ours"));
    let all = export(&repo, &["oscal-mapping-collection", "--all"]);
    assert_eq!(all.json()["mapping-collection"]["provenance"]["method"], "hybrid");
    assert!(all.err.contains("left out the crosswalk `gdpr-iso27701`: `iso27701` is not here"), "{}", all.err);
}

fn loaded(dir: &Path) -> Programme {
    load::load(&DirectoryTree::new(dir), Date::MIN).unwrap().programme
}

/// A framework as it would be under another key and in another order of its lines.
fn content(framework: &Framework) -> Framework {
    let mut framework = Framework { id: FrameworkId::from("x"), ..framework.clone() };
    framework.requirements.values_mut().for_each(|line| line.place = 0);
    framework
}

/// All pairs between two frameworks.
fn pairs<'a>(programme: &'a Programme, from: &str, to: &str) -> BTreeSet<&'a Pair> {
    let ends = |walk: &&tickmark::model::Crosswalk| walk.from.as_str() == from && walk.to.as_str() == to;
    programme.crosswalks.values().filter(ends).flat_map(|walk| &walk.pairs).collect()
}

#[test]
fn what_is_exported_comes_back_by_our_own_importer() {
    let repo = six();
    let out = folder(&repo, &[]);
    let target = Repo::empty();
    target.write("note.txt", "");
    let imported = target.run(&["import", "oscal", out.to_str().unwrap(), "--format", "json"]);
    assert_eq!(imported.code, 0, "{}", imported.err);
    for kind in imported.json()["kinds"].as_array().unwrap() {
        assert_eq!(kind["left"], serde_json::json!([]), "{}", kind["kind"]);
    }
    let (before, after) = (loaded(&repo.dir()), loaded(&target.dir()));
    for key in ["soc2", "iso27001", "hipaa", "gdpr", "pci-dss", "nist-csf"] {
        let was = content(&before.frameworks[&FrameworkId::from(key)]);
        let is = content(&after.frameworks[&FrameworkId::new(format!("{key}-oscal"))]);
        assert_eq!(is.groups, was.groups, "{key}");
        let lines = |framework: &Framework| framework.requirements.keys().cloned().collect::<Vec<RequirementId>>();
        assert_eq!(lines(&is), lines(&was), "{key}");
        for (id, line) in &was.requirements {
            assert_eq!(&is.requirements[id], line, "{key}");
        }
        assert_eq!(is, was, "{key}");
    }
    let mut count = 0;
    for walk in load::crosswalks(&before).values().filter(|walk| before.config.scope.frameworks.contains_key(&walk.from)) {
        let back = pairs(&after, &format!("{}-oscal", walk.from), &format!("{}-oscal", walk.to));
        if before.config.scope.frameworks.contains_key(&walk.to) {
            assert!(walk.pairs.iter().all(|pair| back.contains(pair)), "{}", walk.id);
            count += walk.pairs.len();
        }
    }
    let all: usize = after.crosswalks.values().map(|walk| walk.pairs.len()).sum();
    assert_eq!(all, count);
    assert!(count > 1_000, "{count}");
}

#[test]
fn without_its_catalogues_an_export_is_read_by_the_frameworks_that_are_here() {
    let repo = six();
    let out = folder(&repo, &[]);
    for (document, kind) in [("mapping-collection.json", "pairs of mappings"), ("component-definition.json", "claims of requirement lines")]
    {
        let target = Repo::empty();
        target.write("note.txt", "");
        let imported = target.run(&["import", "oscal", out.join(document).to_str().unwrap(), "--format", "json"]);
        assert_eq!(imported.code, 0, "{}", imported.err);
        let kinds = imported.json()["kinds"].as_array().unwrap().clone();
        let kind = kinds.iter().find(|known| known["kind"] == kind).unwrap();
        assert!(kind["took"].as_u64().unwrap() > 400, "{kind}");
        assert_eq!(kind["left"], serde_json::json!([]), "{document}");
    }
}

#[test]
fn a_framework_with_every_oddity_comes_back_too() {
    let repo = Repo::from_script(PROGRAMME);
    let out = folder(&repo, &[]);
    let target = Repo::empty();
    target.write("note.txt", "");
    let imported = target.run(&["import", "oscal", out.join("catalogs/mine.json").to_str().unwrap(), "--framework", "mine"]);
    assert_eq!(imported.code, 0, "{}", imported.err);
    let (was, is) = (loaded(&repo.dir()), loaded(&target.dir()));
    let (was, is) = (content(&was.frameworks[&FrameworkId::from("mine")]), content(&is.frameworks[&FrameworkId::from("mine")]));
    assert_eq!((is.groups, is.owner, is.word), (was.groups, was.owner, was.word));
    for (id, line) in &was.requirements {
        let back = &is.requirements[id];
        assert_eq!((&back.group, back.kind, back.need, &back.word), (&line.group, line.kind, line.need, &line.word), "{id}");
        assert_eq!((&back.selections, back.withdrawn), (&line.selections, line.withdrawn), "{id}");
    }
}
