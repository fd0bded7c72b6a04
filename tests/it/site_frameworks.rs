//! The pages of frameworks: their own structure, decisions, statements of applicability, crosswalks; and the second framework
//! of the sample, in which all of that occurs.

use std::{collections::BTreeMap, sync::LazyLock};

use tickmark::{
    id::{FrameworkId, RequirementId},
    model::*,
    site,
    tree::blob_id,
};

use crate::site_sample::{day, sample};

/// Puts a framework with every kind of line beside the sample's own, with decisions, a crosswalk, and what others must do.
pub fn add_care(programme: &mut Programme) {
    let care = FrameworkId::from("care");
    let framework = care_catalogue();
    programme.frameworks.insert(care.clone(), framework);
    programme.config.scope.frameworks.insert(care.clone(), Selection::Named(vec!["low_impact".to_owned(), "high".to_owned()]));
    programme.config.scope.frameworks.insert("elsewhere".into(), Selection::All);
    for (id, verdict, by) in [
        ("S.2", Verdict::Excluded, Some("dana")),
        ("S.3", Verdict::Included, None),
        ("1.2", Verdict::Alternative("Screens are watched by a guard.".to_owned()), Some("dana")),
        ("4.1", Verdict::Excluded, None),
    ] {
        let decision = Decision {
            framework: care.clone(),
            id: id.into(),
            verdict,
            reason: "There are no rooms of our own.".to_owned(),
            decided_by: by.map(str::to_owned),
            decided_on: by.map(|_| day("2026-02-01")),
            origin: Origin { path: tickmark::id::RepoPath::new("content/applicability/care.yaml"), line: 3, blob: blob_id(b"decision") },
        };
        programme.decisions.insert((care.clone(), id.into()), decision);
    }
    for (control, ids) in [("AC-03", vec!["1.1"]), ("CH-01", vec!["S.1", "4.2"]), ("AC-01", vec!["S.3"])] {
        let known = programme.controls.get_mut(&control.into()).expect("a control of the sample");
        known.satisfies.insert(care.clone(), ids.into_iter().map(RequirementId::from).collect());
    }
    let pair = |from: &str, to: &str, relation| Pair { from: from.into(), to: to.into(), relation };
    let crosswalk = Crosswalk {
        id: "own-soc2-care".to_owned(),
        from: "soc2".into(),
        to: care.clone(),
        basis: Basis::Direct,
        author: "Northlight GmbH".to_owned(),
        source: "our own reading".to_owned(),
        licence: "CC0-1.0".to_owned(),
        note: "Read once more next year.".to_owned(),
        pairs: vec![
            pair("CC6.1", "1.2", Relation::Superset),
            pair("CC6.2", "1", Relation::Intersects),
            pair("CC6.3", "S.3", Relation::Intersects),
            pair("CC7.2", "S.1", Relation::Equal),
        ],
    };
    programme.crosswalks.insert(crosswalk.id.clone(), crosswalk);
    let host = programme.vendors.get_mut(&"host".into()).expect("a vendor of the sample");
    let rests = BTreeMap::from([("soc2".into(), vec!["CC6.4".into()]), (care, vec!["S.1".into()])]);
    host.csocs.push(ComplementaryControl { id: "CSOC-1".to_owned(), text: "The host locks its rooms.".to_owned(), satisfies: rests });
}

fn care_catalogue() -> Framework {
    let group = |id: &str, title: &str, applicability| Group { applicability, ..Group::plain(id, title) };
    let line = |id: &str, group: &str, title: &str| Requirement::plain(id, group, title);
    let below = |line: Requirement, parent: &str, need| Requirement { parent: Some(parent.into()), need, ..line };
    let mut lines = vec![
        Requirement {
            kind: LineKind::Heading,
            word: Some("standard".to_owned()),
            ..line("1", "technical", "Access to health information")
        },
        below(line("1.1", "technical", "Everybody has an own account"), "1", Some(Need::Required)),
        below(line("1.2", "technical", "Sessions end by themselves"), "1", Some(Need::Addressable)),
        below(line("1.3", "technical", "Data is encrypted where it lies"), "1", Some(Need::Addressable)),
        below(line("1.3.1", "technical", "Keys are kept apart"), "1.3", None),
        Requirement {
            word: Some("standard".to_owned()),
            need: Some(Need::Required),
            ..line("2", "technical", "Somebody looks at all of it")
        },
        Requirement { kind: LineKind::Context, ..line("9", "technical", "How the authority decides") },
        line("4.1", "4", "Know what is around"),
        line("4.2", "4", "Know who cares"),
    ];
    lines.extend((1..=9).map(|number| line(&format!("S.{number}"), "S", &format!("Safeguard number {number}"))));
    lines.push(Requirement { selections: vec!["high".to_owned()], ..line("H.1", "4", "Only where much is at stake") });
    lines.push(Requirement { selections: vec!["other".to_owned()], ..line("H.2", "4", "Out of scope") });
    lines.push(Requirement { withdrawn: true, ..line("OLD", "4", "Withdrawn") });
    // The order of the file is not that of the ids.
    let places = lines.len();
    Framework {
        id: "care".into(),
        name: "Care Rules".to_owned(),
        owner: "The authority".to_owned(),
        word: "rule".to_owned(),
        groups: vec![
            group("technical", "Technical rules", Applicability::Reasoned),
            group("S", "Safeguards", Applicability::Statement),
            Group { word: Some("clause".to_owned()), ..group("4", "Clauses", Applicability::Always) },
        ],
        requirements: lines
            .into_iter()
            .enumerate()
            .map(|(at, line)| (line.id.clone(), Requirement { place: if line.group == "S" { places - at } else { at }, ..line }))
            .collect(),
    }
}

/// The sample's files, rendered once.
static FILES: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| sample(0).render());

fn text(path: &str) -> &'static str {
    std::str::from_utf8(FILES.get(path).unwrap_or_else(|| panic!("there is no {path}"))).unwrap()
}

/// A page of the sample as text without tags, spaces folded.
fn page(path: &str) -> String {
    words(text(path).split("<main").nth(1).unwrap().split("</main>").next().unwrap())
}

fn words(html: &str) -> String {
    let mut text = String::new();
    let mut inside = true;
    for c in html.chars() {
        match c {
            '<' => inside = false,
            '>' => (inside, text) = (true, text + " "),
            c if inside => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("&#39;", "'")
}

fn has(text: &str, sentences: &[&str]) {
    for sentence in sentences {
        assert!(text.contains(sentence), "`{sentence}` is not in: {text}");
    }
}

#[test]
fn a_framework_is_shown_in_its_own_order_and_words() {
    let text = page("frameworks/care.html");
    has(
        &text,
        &[
            "In scope: low impact and high",
            "1 Access to health information standard",
            "1.1 Everybody has an own account required",
            "1.2 Sessions end by themselves addressable",
            "2 Somebody looks at all of it standard, required",
            "For the background, not counted 9 How the authority decides",
            "These always apply: none can be declared not applicable.",
            "H.1 Only where much is at stake",
            "2 of 9 rules have a decision with a reason.",
        ],
    );
    assert!(!text.contains("H.2") && !text.contains("OLD"), "what is out of scope or withdrawn is not shown");
    let place = |id: &str| text.rfind(id).unwrap();
    assert!(place("S.9") < place("S.8") && place("S.2 ") < place("S.1 "), "the order is the file's: {text}");
    assert!(place("Technical rules") < place("Safeguards") && place("Safeguards") < place("Clauses"));
}

#[test]
fn every_number_leads_to_a_list_of_that_length() {
    let html = text("frameworks/care.html");
    for (state, count) in [("covered", 2), ("alternative", 1), ("not-applicable", 1), ("uncovered", 13)] {
        assert!(html.contains(&format!("<a href=\"care-{state}.html\">{count}</a>")), "no link to the {count} {state}");
        let list = text(&format!("frameworks/care-{state}.html"));
        let rows = list.split("<main").nth(1).unwrap().matches("../requirements/care-").count();
        assert_eq!(rows, count, "{state}");
    }
    has(&page("frameworks/care-alternative.html"), &["In its place: Screens are watched by a guard. Why: There are no rooms of our own."]);
}

#[test]
fn a_statement_of_applicability_says_of_every_line_whether_and_why() {
    let text = page("frameworks/care-soa.html");
    has(
        &text,
        &[
            "1 apply",
            "1 do not apply",
            "7 have no decision yet",
            "S.2 Safeguard number 2 No There are no rooms of our own. not applicable none Dana Ito 2026-02-01",
            "S.3 Safeguard number 3 Yes There are no rooms of our own. in place AC-01",
            "S.1 Safeguard number 1 Undecided no decision yet approved CH-01",
            "S.9 Safeguard number 9 Undecided no decision yet uncovered none",
            "#- {framework: care, id: S.9, decision: included",
        ],
    );
    assert!(!text.contains("Know what is around"), "a clause that always applies needs no decision");
    let csv = self::text("frameworks/care-soa.csv");
    assert_eq!(csv.lines().count(), 10);
    assert!(
        csv.contains("S.2,Safeguard number 2,Safeguards,no,There are no rooms of our own.,not applicable,,Dana Ito,2026-02-01"),
        "{csv}"
    );
}

#[test]
fn what_is_addressable_stands_with_its_decision_and_alternative() {
    has(
        &page("frameworks/care.html"),
        &[
            "1.2 Sessions end by themselves alternative Alternative Dana Ito 2026-02-01 There are no rooms of our own. In its place: Screens are watched by a guard.",
            "1.3 Data is encrypted where it lies uncovered No decision yet",
        ],
    );
    has(
        &page("requirements/care-1.2.html"),
        &[
            "Addressable rule 1.2 in Technical rules, under standard 1 Access to health information",
            "Something else is done in its place. In its place: Screens are watched by a guard. Why: There are no rooms of our own.",
        ],
    );
    has(
        &page("requirements/care-4.1.html"),
        &["Declared not applicable, which its framework does not allow: it counts all the same", "exclusion-refused"],
    );
}

#[test]
fn crosswalks_are_shown_as_suggestions_and_cover_nothing() {
    has(
        &page("requirements/care-1.2.html"),
        &[
            "AC-01 Everybody signs in with a second factor in place suggestion, whole CC6.1 of SOC 2",
            "asks all of this and more (direct, own-soc2-care )",
            "These share something with this, by standard 1",
            "CC6.2",
        ],
    );
    has(
        &page("requirements/soc2-cc6.2.html"),
        &[
            "Care Rules These share something with this (direct, own-soc2-care ). 1 Access to health information (standard) 1 of 4 rules below it covered",
        ],
    );
    has(&page("controls/ac-01.html"), &["Could serve too Care Rules , whole: 1.2"]);
    has(&page("requirements/care-s.1.html"), &["uncovered", "CSOC-1 The host locks its rooms. Hosting AG"]);
    has(
        &page("frameworks.html"),
        &["own-soc2-care SOC 2 Trust Services Criteria (2017) and Care Rules 4 direct Northlight GmbH Licence: CC0-1.0"],
    );
    has(
        &page("frameworks/soc2.html"),
        &[
            "DC1 The services provided The services we provide in force",
            "DC2 The commitments to customers and the requirements of the system none missing",
        ],
    );
}

#[test]
fn lists_of_one_framework_never_take_the_page_of_another() {
    let mut sample = sample(0);
    let mut twin = sample.programme.frameworks[&"care".into()].clone();
    twin.id = "care-soa".into();
    sample.programme.frameworks.insert(twin.id.clone(), twin.clone());
    sample.programme.config.scope.frameworks.insert(twin.id, Selection::All);
    let sample = sample.assessed_again();
    let files = sample.render();
    has(&words(&String::from_utf8(files["frameworks/care-soa.html"].clone()).unwrap()), &["By group"]);
    has(&words(&String::from_utf8(files["frameworks/care-soa---2.html"].clone()).unwrap()), &["statement of applicability"]);
}

#[test]
fn a_large_framework_stands_on_several_pages_and_its_links_hold() {
    let mut sample = sample(0);
    let framework = sample.programme.frameworks.get_mut(&"care".into()).unwrap();
    for group in 0..6 {
        let id = format!("L{group}");
        framework.groups.push(Group::plain(id.as_str(), format!("Large group {group}")));
        for number in 0..130 {
            let line = Requirement::plain(format!("{id}.{number}"), id.as_str(), format!("Line {number}"));
            framework.requirements.insert(line.id.clone(), Requirement { place: 100 + group * 200 + number, ..line });
        }
    }
    let sample = sample.assessed_again();
    let files = sample.render();
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    assert!(text("frameworks/care.html").contains("href=\"care--3.html#g-l5\""));
    assert!(text("frameworks/care--3.html").contains("id=\"g-l5\""));
    let uncovered = text("frameworks/care.html");
    let link = uncovered.split("href=\"").find(|link| link.starts_with("care-uncovered") && link.contains("#g-l5")).unwrap();
    let (page, anchor) = link.split('"').next().unwrap().split_once('#').unwrap();
    assert!(text(&format!("frameworks/{page}")).contains(&format!("id=\"{anchor}\"")), "{link}");
    let plan = site::plan(&sample.input()).unwrap();
    assert!(plan.pages.iter().filter(|page| page.path.starts_with("frameworks/care")).count() > 7);
}
