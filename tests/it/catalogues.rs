//! The catalogues and crosswalks that the binary carries: their counts, their ids as text, titles of our own, and that
//! every pair names lines that exist. What a programme makes of them is the business of other tests.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde_yaml::Value;
use tickmark::{
    assets,
    id::{FrameworkId, RequirementId},
    load,
    model::{Applicability, Basis, Crosswalk, Framework, LineKind, Need, Relation, Requirement, Selection},
};

use super::{
    load_cases::load_files,
    support::{Repo, files_below},
};

/// The keys, each with the name of its verified list.
const LISTS: [(&str, &str); 6] = [
    ("soc2", "soc2-tsc-2017"),
    ("iso27001", "iso27001-2022"),
    ("hipaa", "hipaa-security-rule"),
    ("gdpr", "gdpr"),
    ("pci-dss", "pci-dss-4.0.1"),
    ("nist-csf", "nist-csf-2.0"),
];

fn frameworks() -> BTreeMap<FrameworkId, Framework> {
    load::built_in_frameworks()
}

fn framework(key: &str) -> Framework {
    frameworks().remove(&FrameworkId::new(key)).unwrap_or_else(|| panic!("no built-in framework {key}"))
}

fn crosswalks() -> BTreeMap<String, Crosswalk> {
    load::crosswalks(&load_files(&[]).programme)
}

fn count(framework: &Framework, wanted: impl Fn(&Requirement) -> bool) -> usize {
    framework.requirements.values().filter(|line| wanted(line)).count()
}

fn counted(line: &Requirement) -> bool {
    line.kind == LineKind::Requirement && !line.withdrawn
}

fn line<'a>(framework: &'a Framework, id: &str) -> &'a Requirement {
    framework.requirements.get(&RequirementId::new(id)).unwrap_or_else(|| panic!("{} has no {id}", framework.id))
}

fn in_scope(framework: &Framework, names: &[&str]) -> usize {
    framework.in_scope(&Selection::Named(names.iter().map(|name| (*name).to_owned()).collect())).count()
}

/// Headings, requirements, background and withdrawn lines.
fn kinds(framework: &Framework) -> [usize; 4] {
    let live = |kind| count(framework, |line| line.kind == kind && !line.withdrawn);
    [live(LineKind::Heading), live(LineKind::Requirement), live(LineKind::Context), count(framework, |line| line.withdrawn)]
}

#[test]
fn every_file_is_read_without_a_finding() {
    for folder in ["frameworks", "crosswalks"] {
        for asset in assets::list(&format!("controls/{folder}")).iter().filter(|asset| asset.ends_with(".yaml")) {
            let name = asset.rsplit('/').next().unwrap();
            let path = if folder == "frameworks" { format!("frameworks/{name}") } else { format!("frameworks/crosswalks/{name}") };
            let loaded = load_files(&[(&path, &assets::read(asset).unwrap())]);
            assert!(loaded.findings.is_empty(), "{asset}: {:#?}", loaded.findings);
            let own = match folder {
                "frameworks" => framework(name.trim_end_matches(".yaml")).id.to_string(),
                _ => loaded.programme.crosswalks.keys().next().unwrap().clone(),
            };
            assert_eq!(format!("{own}.yaml"), name);
        }
    }
}

#[test]
fn the_counts_are_those_of_the_publishers() {
    let keys: Vec<String> = frameworks().keys().map(ToString::to_string).collect();
    assert_eq!(keys, ["gdpr", "hipaa", "iso27001", "nist-csf", "pci-dss", "soc2"]);
    let table: [(&str, usize, [usize; 4]); 6] = [
        ("soc2", 20, [0, 61, 0, 0]),
        ("iso27001", 11, [4, 123, 0, 0]),
        ("hipaa", 5, [15, 53, 0, 0]),
        ("gdpr", 5, [0, 43, 3, 0]),
        ("pci-dss", 12, [63, 250, 0, 0]),
        ("nist-csf", 6, [22, 106, 0, 91]),
    ];
    for (key, groups, expected) in table {
        let own = framework(key);
        assert_eq!((own.groups.len(), kinds(&own)), (groups, expected), "{key}");
    }
}

#[test]
fn soc2_is_selected_by_category() {
    let soc2 = framework("soc2");
    let names = ["security", "availability", "confidentiality", "processing_integrity", "privacy"];
    assert_eq!(names.map(|name| in_scope(&soc2, &[name])), [33, 3, 2, 5, 18]);
    assert_eq!(soc2.selections(), names);
}

#[test]
fn iso27001_has_clauses_that_always_apply_and_a_statement_about_annex_a() {
    let iso = framework("iso27001");
    let group = |prefix: &str| count(&iso, |line| line.group == prefix && counted(line));
    assert_eq!(["A.5", "A.6", "A.7", "A.8"].map(group), [37, 8, 14, 34]);
    let by = |applicability| count(&iso, |line| counted(line) && iso.applicability_of(line) == applicability);
    assert_eq!((by(Applicability::Always), by(Applicability::Statement), by(Applicability::Reasoned)), (30, 93, 0));
    assert_eq!((iso.word_of(line(&iso, "6.1.1")), iso.word_of(line(&iso, "A.5.1"))), ("clause", "Annex A control"));
    let headings: Vec<&str> =
        iso.requirements.values().filter(|line| line.kind == LineKind::Heading).map(|line| line.id.as_str()).collect();
    assert_eq!(headings, ["6.1", "7.5", "9.2", "9.3"]);
}

#[test]
fn hipaa_tells_required_from_addressable() {
    let hipaa = framework("hipaa");
    let need = |word: &str, need| count(&hipaa, |line| hipaa.word_of(line) == word && line.need == Some(need));
    assert_eq!((need("specification", Need::Required), need("specification", Need::Addressable)), (24, 22));
    assert_eq!((need("standard", Need::Required), need("standard", Need::Addressable)), (7, 0));
    assert_eq!(count(&hipaa, |line| hipaa.word_of(line) == "standard"), 22);
    assert_eq!(count(&hipaa, |line| hipaa.word_of(line) == "specification"), 46);
    // The numbers that the literature quotes are those of 164.308 to 164.312.
    let quoted = |line: &Requirement| ["164.308", "164.310", "164.312"].iter().any(|section| line.id.as_str().starts_with(section));
    assert_eq!(count(&hipaa, |line| quoted(line) && line.need == Some(Need::Required)), 20);
    assert_eq!(count(&hipaa, |line| quoted(line) && line.need == Some(Need::Addressable)), 22);
    for line in hipaa.requirements.values() {
        assert_eq!(line.need.is_none(), line.kind == LineKind::Heading, "{}", line.id);
        assert_eq!(line.parent.is_some(), hipaa.word_of(line) == "specification", "{}", line.id);
    }
}

#[test]
fn gdpr_is_selected_by_what_the_organization_is() {
    let gdpr = framework("gdpr");
    assert_eq!(gdpr.requirements.len(), 46);
    assert_eq!((in_scope(&gdpr, &["controller"]), in_scope(&gdpr, &["processor"])), (42, 19));
    assert_eq!(in_scope(&gdpr, &["controller", "processor"]), 43);
    assert_eq!(["41", "43", "83"].map(|number| line(&gdpr, &format!("Art. {number}")).kind), [LineKind::Context; 3]);
}

#[test]
fn pci_dss_has_its_twelve_requirements() {
    let pci = framework("pci-dss");
    let per_group =
        |kind| pci.groups.iter().map(|group| count(&pci, |line| line.group == group.id && line.kind == kind)).collect::<Vec<_>>();
    assert_eq!(per_group(LineKind::Heading), [5, 3, 7, 2, 4, 5, 3, 6, 5, 7, 6, 10]);
    assert_eq!(per_group(LineKind::Requirement), [19, 11, 29, 6, 13, 19, 12, 29, 27, 27, 21, 37]);
    for line in pci.requirements.values() {
        let above = line.id.as_str().rsplit_once('.').unwrap().0;
        let expected = if line.kind == LineKind::Heading { &line.group } else { line.parent.as_ref().unwrap().as_str() };
        assert_eq!(expected, above, "{}", line.id);
    }
}

#[test]
fn the_nist_framework_knows_what_was_withdrawn_and_what_took_its_place() {
    let csf = framework("nist-csf");
    let of = |word: &str, withdrawn: bool| count(&csf, |line| csf.word_of(line) == word && line.withdrawn == withdrawn);
    assert_eq!((of("category", false), of("subcategory", false)), (22, 106));
    assert_eq!((of("category", true), of("subcategory", true)), (12, 79));
    assert_eq!(csf.in_scope(&Selection::All).count(), 106);
    let ids = |id: &str| line(&csf, id).replaced_by.iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!(ids("PR.AC-01"), ["PR.AA-01", "PR.AA-05"]);
    assert_eq!(ids("ID.AM-06"), ["GV.RR-02", "GV.SC-02"]);
    let silent: Vec<&str> =
        csf.requirements.values().filter(|line| line.withdrawn && line.replaced_by.is_empty()).map(|line| line.id.as_str()).collect();
    assert_eq!(silent, ["DE.DP", "ID.GV", "PR.IP", "PR.PT", "RS.RP"]);
    for line in csf.requirements.values() {
        assert!(line.withdrawn || line.replaced_by.is_empty(), "{}", line.id);
        for id in &line.replaced_by {
            assert!(csf.requirements.get(id).is_some_and(|other| !other.withdrawn), "{} -> {id}", line.id);
        }
    }
}

#[test]
fn groups_and_parents_exist_and_titles_are_short() {
    for (key, own) in frameworks() {
        let groups: BTreeSet<&str> = own.groups.iter().map(|group| group.id.as_str()).collect();
        assert_eq!(groups.len(), own.groups.len(), "{key} has a group twice");
        for line in own.requirements.values() {
            assert!(groups.contains(line.group.as_str()), "{key} {}: group {}", line.id, line.group);
            let parent = line.parent.as_ref().map(|parent| &own.requirements[parent]);
            // A line stands under a live one of its own group, unless both were withdrawn.
            assert!(parent.is_none_or(|parent| parent.group == line.group && (line.withdrawn || !parent.withdrawn)), "{key} {}", line.id);
            assert!(line.title.split_whitespace().count() <= 12, "{key} {}: {}", line.id, line.title);
            assert!(line.title != line.id.as_str() && line.title.trim() == line.title, "{key} {} has no title", line.id);
            let vague = ["regularly", "appropriate", "adequate", "compliant", "certified"].iter().find(|word| line.title.contains(**word));
            assert_eq!(vague, None, "{key} {}: {}", line.id, line.title);
        }
        for group in &own.groups {
            assert!(group.title.split_whitespace().count() <= 12 && group.title != group.id, "{key} {}", group.id);
            assert!(count(&own, |line| line.group == group.id && counted(line)) > 0, "{key} {} is empty", group.id);
        }
    }
}

#[test]
fn ids_are_text_and_belong_to_their_framework() {
    let (iso, pci) = (framework("iso27001"), framework("pci-dss"));
    for (own, one, other) in [(&iso, "A.5.1", "A.5.10"), (&iso, "A.8.2", "A.8.20"), (&pci, "12.1", "12.10"), (&pci, "8.3.1", "8.3.10")] {
        assert_ne!(line(own, one).title, line(own, other).title, "{one} and {other}");
    }
    assert_eq!((line(&iso, "5.1").kind, line(&pci, "5.1").kind), (LineKind::Requirement, LineKind::Heading));
    assert_ne!(line(&iso, "5.1").title, line(&pci, "5.1").title);
}

#[test]
fn one_id_in_two_frameworks_is_two_things() {
    let repo = Repo::empty();
    fs::create_dir(repo.dir()).unwrap();
    repo.git(&["init", "-q", "-b", "main"]);
    repo.write(
        "tickmark.yaml",
        "organization: {name: Example Inc., timezone: Europe/Berlin}\n\
         scope: {system: Example Cloud, frameworks: {soc2: all, iso27001: all, hipaa: all, gdpr: all, pci-dss: all, nist-csf: all}}\n\
         window: {start: 2026-01-01, end: 2026-12-31, report: type2}\n",
    );
    repo.write("content/people.yaml", "people:\n  - {id: dana, name: Dana Ito, emails: [test@example.com], kind: human}\n");
    repo.write(
        "controls/RK-01.yaml",
        "id: RK-01\ntitle: Risks are planned for\nowner: dana\nstatus: in_place\neffective_from: 2025-12-01\nfrequency: annual\nsatisfies: {iso27001: [6.1.1]}\n",
    );
    repo.commit("Start the programme", "2025-12-01T10:00:00+01:00");
    let as_of = "2026-08-01T09:00:00+02:00";
    let checked = repo.run(&["check", "--as-of", as_of, "--format", "json", "--fail-on", "never"]).json();
    let lines = checked["requirements"].as_array().unwrap();
    assert_eq!(lines.len(), 61 + 123 + 53 + 43 + 250 + 106);
    let coverage = |framework: &str| {
        let own = lines.iter().find(|line| line["framework"] == framework && line["id"] == "6.1.1").unwrap();
        own["coverage"].as_str().unwrap().to_owned()
    };
    assert_eq!((coverage("iso27001"), coverage("pci-dss")), ("covered".to_owned(), "uncovered".to_owned()));
    let built = repo.run(&["build", "--as-of", as_of]);
    assert_eq!(built.code, 0, "{}", built.err);
    let site = repo.dir().join("build/readiness/requirements");
    let pages: Vec<String> = files_below(&site).into_iter().map(|(path, _)| path).collect();
    // No two lines share a page, whatever their ids look like in a file name.
    assert!(pages.len() >= lines.len(), "{} pages for {} lines", pages.len(), lines.len());
    let about =
        |title: &str| pages.iter().filter(|page| fs::read_to_string(site.join(page)).unwrap().contains(&format!("6.1.1: {title}"))).count();
    assert_eq!(about(&line(&framework("iso27001"), "6.1.1").title), 1);
    assert_eq!(about(&line(&framework("pci-dss"), "6.1.1").title), 1);
}

#[test]
fn the_crosswalks_have_the_pairs_of_their_sources() {
    let expected = [
        ("gdpr-iso27001", Basis::Derived, 61),
        ("gdpr-iso27701", Basis::Direct, 170),
        ("hipaa-nist-800-53", Basis::Direct, 189),
        ("hipaa-nist-800-53-prowler", Basis::Derived, 405),
        ("hipaa-nist-csf", Basis::Derived, 435),
        ("hipaa-pci-dss-prowler", Basis::Derived, 10),
        ("iso27001-hipaa-prowler", Basis::Derived, 13),
        ("iso27001-pci-dss-prowler", Basis::Derived, 18),
        ("nist-800-53-iso27001", Basis::Direct, 642),
        ("nist-csf-iso27001", Basis::Direct, 341),
        ("nist-csf-nist-800-53-ccc", Basis::Derived, 63),
        ("nist-csf-pci-dss-osps", Basis::Derived, 209),
        ("pci-dss-nist-800-53-prowler", Basis::Derived, 207),
        ("soc2-hipaa-prowler", Basis::Derived, 25),
        ("soc2-iso27001-probo", Basis::Derived, 194),
        ("soc2-iso27001-prowler", Basis::Derived, 11),
        ("soc2-nist-800-53-prowler", Basis::Derived, 145),
        ("soc2-pci-dss-prowler", Basis::Derived, 15),
    ];
    let own = crosswalks();
    let found: Vec<(&str, Basis, usize)> = own.values().map(|own| (own.id.as_str(), own.basis, own.pairs.len())).collect();
    assert_eq!(found, expected);
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("controls/crosswalks/README.md")).unwrap();
    for (id, basis, pairs) in expected {
        let word = if basis == Basis::Direct { "direct" } else { "derived" };
        assert!(readme.contains(&format!("| `{id}` | {word} | {pairs} |")), "the README does not list {id}");
    }
}

#[test]
fn every_pair_names_lines_that_exist_and_claims_no_more_than_its_source() {
    let known = frameworks();
    for crosswalk in crosswalks().values() {
        for said in [&crosswalk.author, &crosswalk.source, &crosswalk.licence, &crosswalk.note] {
            assert!(!said.is_empty(), "{}", crosswalk.id);
        }
        for pair in &crosswalk.pairs {
            assert_eq!(pair.relation, Relation::Intersects, "{}", crosswalk.id);
            for (key, id) in [(&crosswalk.from, &pair.from), (&crosswalk.to, &pair.to)] {
                // What is not built in is imported by the user (NIST SP 800-53), or only pointed at (ISO/IEC 27701).
                let Some(framework) = known.get(key) else { continue };
                let line = framework.requirements.get(id).unwrap_or_else(|| panic!("{}: {key} has no {id}", crosswalk.id));
                assert!(!line.withdrawn, "{}: {key} {id} is withdrawn", crosswalk.id);
            }
        }
    }
}

/// A verified list that lies beside the project; `None`, said loudly, when it does not.
fn verified(name: &str) -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../shared/frameworks/{name}.yaml"));
    if !path.exists() {
        eprintln!("NOT TESTED: the verified list {name} does not lie beside the project");
        return None;
    }
    Some(serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap())
}

fn items<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).unwrap_or_else(|| panic!("no {key}")).as_sequence().unwrap().iter()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value:?} is no text")).to_owned()
}

fn ids(value: &Value, key: &str) -> Vec<String> {
    items(value, key).map(|item| text(item.get("id").unwrap())).collect()
}

/// The ids of a list, groups left out.
fn listed(key: &str, list: &Value) -> BTreeSet<String> {
    let ids: Vec<String> = match key {
        "soc2" => ids(list, "criteria"),
        // The clauses without a dot are the groups.
        "iso27001" => ids(list, "clauses").into_iter().filter(|id| id.contains('.')).chain(ids(list, "annex_a")).collect(),
        "hipaa" => ids(list, "items"),
        "gdpr" => ids(list, "articles"),
        "pci-dss" => items(list, "requirements")
            .flat_map(|one| ids(one, "sub_requirements").into_iter().chain(items(one, "detail_ids").map(text)))
            .collect(),
        _ => {
            let categories = || items(list, "functions").flat_map(|function| items(function, "categories"));
            let lines = categories().flat_map(|category| ids(category, "subcategories"));
            let above = categories().map(|category| text(category.get("id").unwrap()));
            lines.chain(above).chain(items(list, "withdrawn_ids").map(text)).collect()
        }
    };
    let set: BTreeSet<String> = ids.iter().cloned().collect();
    assert_eq!(set.len(), ids.len(), "{key} lists an id twice");
    set
}

#[test]
fn the_ids_are_those_of_the_verified_lists() {
    for (key, name) in LISTS {
        let Some(list) = verified(name) else { continue };
        let own: BTreeSet<String> = framework(key).requirements.keys().map(ToString::to_string).collect();
        assert_eq!(own, listed(key, &list), "{key}");
    }
}

#[test]
fn needs_and_duties_are_those_of_the_verified_lists() {
    if let Some(list) = verified("hipaa-security-rule") {
        let hipaa = framework("hipaa");
        for item in items(&list, "items") {
            let own = line(&hipaa, &text(&item["id"]));
            let need = own.need.map(|need| if need == Need::Required { "required" } else { "addressable" });
            let parent = own.parent.as_ref().map(RequirementId::as_str);
            let listed = |key: &str| item.get(key).and_then(Value::as_str);
            assert_eq!((need, parent, Some(own.group.as_str())), (listed("status"), listed("parent"), listed("group")), "{}", own.id);
        }
    }
    if let Some(list) = verified("gdpr") {
        let gdpr = framework("gdpr");
        for article in items(&list, "articles") {
            let own = line(&gdpr, &text(&article["id"]));
            let who = match own.selections.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                [] if own.kind == LineKind::Context => "context",
                ["controller", "processor"] => "both",
                [one] => one,
                _ => "nobody",
            };
            assert_eq!((Some(who), Some(own.group.as_str())), (article["who"].as_str(), article["chapter"].as_str()), "{}", own.id);
        }
    }
}

#[test]
fn the_pairs_are_those_of_the_verified_lists() {
    let Some(list) = verified("crosswalk") else { return };
    let key = |name: &str| {
        let short = LISTS.iter().find(|(_, long)| *long == name).map(|(short, _)| *short);
        short.unwrap_or_else(|| name.trim_end_matches("-r5").trim_end_matches("-2019")).to_owned()
    };
    let mut expected: Vec<(String, String, BTreeSet<(String, String)>)> = Vec::new();
    for set in items(&list, "sets") {
        let pairs = set["pairs"].as_mapping().unwrap().iter();
        let pairs: Vec<(String, String)> =
            pairs.flat_map(|(from, to)| to.as_sequence().unwrap().iter().map(move |to| (text(from), text(to)))).collect();
        assert_eq!(Some(pairs.len() as u64), set["pair_count"].as_u64(), "{}", text(&set["id"]));
        expected.push((key(&text(&set["from"])), key(&text(&set["to"])), pairs.into_iter().collect()));
    }
    let mut own: Vec<(String, String, BTreeSet<(String, String)>)> = crosswalks()
        .into_values()
        .map(|own| {
            let pairs = own.pairs.iter().map(|pair| (pair.from.to_string(), pair.to.to_string())).collect();
            (own.from.to_string(), own.to.to_string(), pairs)
        })
        .collect();
    expected.sort();
    own.sort();
    assert_eq!(own, expected);
}
