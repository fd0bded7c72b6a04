//! What loading reports of small programmes: one door, one table of lines `path:line:column code: message`.

use tickmark::{date::parse_date, diag::Finding, id::RepoPath, load, tree::MemoryTree};

/// The least around a case: a configuration, two people and a team, a control and a policy, all without a finding.
const AROUND: [(&str, &str); 4] = [
    (
        "tickmark.yaml",
        "organization: {name: Example Inc., timezone: Europe/Berlin}\nscope: {frameworks: {soc2: [security]}}\n\
         window: {start: 2026-01-01, end: 2026-12-31, report: type2}\n",
    ),
    (
        "content/people.yaml",
        "people:\n  - {id: dana, name: Dana Ito, kind: human}\n  - {id: lee, name: Lee Park}\nteams:\n  - {id: security, members: [dana, lee]}\n",
    ),
    ("controls/AC-03.yaml", "id: AC-03\ntitle: Access is reviewed\nowner: dana\nfrequency: quarterly\nsatisfies: {soc2: [CC6.2]}\n"),
    ("content/policies/access.md", "---\nid: access\ntitle: Access\nowner: security\n---\n# Access\n"),
];

fn tree(files: &[(&str, &[u8])]) -> MemoryTree {
    let around = AROUND.iter().filter(|(path, _)| !files.iter().any(|(own, _)| own == path));
    let around = around.map(|(path, text)| (RepoPath::new(*path), text.as_bytes().to_vec()));
    MemoryTree::new(around.chain(files.iter().map(|(path, bytes)| (RepoPath::new(*path), bytes.to_vec()))))
}

/// Loads the files with what is around them.
pub fn load_files(files: &[(&str, &[u8])]) -> load::Loaded {
    let mut loaded = load::load(&tree(files), parse_date("2026-06-30").unwrap()).unwrap();
    Finding::sort(&mut loaded.findings);
    loaded
}

fn line(finding: &Finding) -> String {
    let place = finding.place.as_ref().map_or(String::new(), |place| format!("{}:{}:{} ", place.path, place.line, place.column));
    format!("{place}{}: {}", finding.code, finding.message)
}

/// Loads one file beside the others and compares the findings.
#[track_caller]
fn check(path: &str, text: &str, expected: &[&str]) {
    check_files(&[(path, text.as_bytes())], expected);
}

#[track_caller]
fn check_files(files: &[(&str, &[u8])], expected: &[&str]) {
    let found: Vec<String> = load_files(files).findings.iter().map(line).collect();
    assert_eq!(found, expected);
}

/// The hint of the only finding.
#[track_caller]
fn hint(path: &str, text: &str) -> String {
    let loaded = load_files(&[(path, text.as_bytes())]);
    assert_eq!(loaded.findings.len(), 1, "{:#?}", loaded.findings);
    loaded.findings[0].hint.clone()
}

#[test]
fn what_stands_around_the_cases_is_clean() {
    check_files(&[], &[]);
}

#[test]
fn all_problems_of_a_record_are_reported_at_once_each_at_its_value() {
    check(
        "controls/AC-04.yaml",
        "id: AC-04\nfrequncy: monthly\nstatus: inplace\nkey: yes\napprovals: two\neffective_from: 2026-02-30\ngrace: 10 days\npolicies: access\n",
        &[],
    );
}

#[test]
fn yaml_that_reads_differently_to_different_readers_is_refused() {
    check("controls/a.yaml", "id: &x AC-05\ntitle: *x\n", &[]);
    check("controls/b.yaml", "id: !!str AC-05\ntitle: x\n", &[]);
    check("controls/c.yaml", "id: AC-05\ntitle: x\n---\nid: AC-06\ntitle: y\n", &[]);
    check("controls/d.yaml", "id: AC-05\ntitle: x\nowner: dana\nowner: lee\n", &[]);
    check("controls/e.yaml", "id: AC-05\ntitle: {{ name }}\n", &[]);
    check("controls/f.yaml", "id: AC-05\ntitle: Access: who and why\n", &[]);
    check("controls/g.yaml", "id: AC-05\n\ttitle: x\n", &[]);
}
