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
        &[
            "controls/AC-04.yaml:1:1 missing-key: a control has no `title`",
            "controls/AC-04.yaml:2:1 unknown-key: `frequncy` is no key of a control",
            "controls/AC-04.yaml:3:9 unknown-word: `status` is `inplace`, which is no word known here",
            "controls/AC-04.yaml:4:6 wrong-type: `key` is true or false, and `yes` stands here",
            "controls/AC-04.yaml:5:12 wrong-type: `approvals` is a whole number, and `two` stands here",
            "controls/AC-04.yaml:6:17 bad-date: `effective_from` is `2026-02-30`, which is no day",
            "controls/AC-04.yaml:7:8 bad-span: `grace` is `10 days`, which is no length of time",
            "controls/AC-04.yaml:8:11 wrong-type: `policies` is a list, and a text stands here",
        ],
    );
    check(
        "controls/AC-04.yaml",
        "- {id: AC-04, title: One}\n- {id: AC-05, titel: Two}\n- text\n",
        &[
            "controls/AC-04.yaml:2:3 missing-key: a control has no `title`",
            "controls/AC-04.yaml:2:15 unknown-key: `titel` is no key of a control",
            "controls/AC-04.yaml:3:3 wrong-type: a control is a mapping, and a text stands here",
        ],
    );
    check(
        "controls/AC-04.yaml",
        "id: AC-04\ntitle: x\nfrequency: quartely\ndue: P1H\napprovals: \"1\"\n",
        &[
            "controls/AC-04.yaml:3:12 bad-cadence: `frequency` is `quartely`, which is no cadence",
            "controls/AC-04.yaml:4:6 bad-span: `due` is `P1H`, which is no length of time",
            "controls/AC-04.yaml:5:12 wrong-type: `approvals` is a whole number, and `1` stands here",
        ],
    );
}

#[test]
fn yaml_that_reads_differently_to_different_readers_is_refused() {
    check(
        "controls/a.yaml",
        "id: &x AC-05\ntitle: *x\n",
        &[
            "controls/a.yaml:1:8 yaml-alias: an anchor or alias stands here; the value would be written elsewhere, and a reader of this line could not see it",
            "controls/a.yaml:2:8 yaml-alias: an anchor or alias stands here; the value would be written elsewhere, and a reader of this line could not see it",
        ],
    );
    check(
        "controls/b.yaml",
        "id: !!str AC-05\ntitle: x\n",
        &["controls/b.yaml:1:11 yaml-tag: a tag stands here; tags make the same text mean different things to different programs"],
    );
    check(
        "controls/c.yaml",
        "id: AC-05\ntitle: x\n---\nid: AC-06\ntitle: y\n",
        &["controls/c.yaml:3:1 yaml-documents: a second document begins here; a file holds one record or one list of records"],
    );
    check(
        "controls/d.yaml",
        "id: AC-05\ntitle: x\nowner: dana\nowner: lee\n",
        &["controls/d.yaml:4:1 duplicate-key: the key `owner` stands twice (first on line 3)"],
    );
    check(
        "controls/e.yaml",
        "id: AC-05\ntitle: {{ name }}\n",
        &["controls/e.yaml:2:9 yaml-key: a list or mapping is used as a key; a key is a word"],
    );
    check(
        "controls/f.yaml",
        "id: AC-05\ntitle: Access: who and why\n",
        &["controls/f.yaml:2:14 yaml-syntax: this is not YAML: mapping values are not allowed in this context"],
    );
    check(
        "controls/g.yaml",
        "id: AC-05\n\ttitle: x\n",
        &["controls/g.yaml:1:5 yaml-syntax: this is not YAML: while scanning a plain scalar, found a tab"],
    );
}

#[test]
fn scalars_stay_the_text_that_was_written() {
    let text = "id: 5.10\ntitle: 2026-01-01\npublic: yes\neffective_from: \"2026-01-01\"\nowner: dana\n";
    let loaded = load_files(&[("controls/a.yaml", text.as_bytes())]);
    assert_eq!(loaded.findings, []);
    let control = &loaded.programme.controls[&"5.10".into()];
    assert_eq!((control.title.as_str(), control.public.as_deref()), ("2026-01-01", Some("yes")));
    assert_eq!(control.effective_from, parse_date("2026-01-01"));
}

#[test]
fn ids_that_lead_nowhere_are_found_with_a_suggestion() {
    check(
        "controls/a.yaml",
        "id: AC-04\ntitle: x\nowner: dna\npolicies: [acess]\nsatisfies: {soc2: [CC6.2, CC9.9], soc3: [CC1.1, CC1.2]}\n",
        &[
            "controls/a.yaml:3:8 unknown-person: `owner` is `dna`, who is neither a person nor a team",
            "controls/a.yaml:4:12 unknown-document: `policies` names `acess`, and there is no document of that id",
            "controls/a.yaml:5:27 unknown-requirement: `satisfies` claims `CC9.9`, and SOC 2 Trust Services Criteria (2017) has no criterion of that id",
            "controls/a.yaml:5:42 unknown-framework: `satisfies` names `soc3`, and there is no framework of that id",
        ],
    );
    check(
        "content/waivers/w.yaml",
        "id: W-1\ncontrol: AC-33\nperiods: [2026-Q5]\nreason: x\napproved_by: security\n",
        &[
            "content/waivers/w.yaml:2:10 unknown-control: `control` names `AC-33`, and there is no control of that id",
            "content/waivers/w.yaml:3:11 bad-period: `periods` is `2026-Q5`, which is no period",
            "content/waivers/w.yaml:5:14 unknown-person: `approved_by` names `security`, and there is no person of that id",
        ],
    );
    check(
        "content/evidence/e.yaml",
        "control: [AC-03, AC-99]\nresult: pass\nperformed_by: nobody\nsupersedes: E-1\n",
        &[
            "content/evidence/e.yaml:1:18 unknown-control: `control` names `AC-99`, and there is no control of that id",
            "content/evidence/e.yaml:3:15 unknown-person: `performed_by` names `nobody`, and there is no person of that id",
            "content/evidence/e.yaml:4:13 unknown-evidence: `supersedes` names `E-1`, and there is no evidence manifest of that id",
        ],
    );
    check(
        "tickmark.yaml",
        "organization: {name: X, timezone: Europe/Berln}\nscope: {frameworks: {soc2: [securty], iso: all}, not_applicable: [{framework: soc2, id: CC6.44, reason: x}]}\nwindow: {start: 2026-12-31, end: 2026-01-01}\n",
        &[
            "tickmark.yaml:1:35 unknown-zone: `Europe/Berln` is no time zone; UTC is used",
            "tickmark.yaml:2:29 unknown-selection: `frameworks` selects `securty`, which SOC 2 Trust Services Criteria (2017) does not have",
            "tickmark.yaml:2:44 unknown-framework: `frameworks` names `iso`, and there is no framework of that id",
            "tickmark.yaml:2:89 unknown-requirement: `not_applicable` claims `CC6.44`, and SOC 2 Trust Services Criteria (2017) has no criterion of that id",
            "tickmark.yaml:3:9 bad-period: `window` ends on 2026-01-01, before it starts on 2026-12-31",
        ],
    );
    check(
        "content/people.yaml",
        "people: [{id: dana, name: D}, {id: dana, name: E}]\nteams: [{id: security, members: [dana, le]}]\n",
        &[
            "content/people.yaml:1:36 duplicate-id: the person `dana` has an id that already stands on line 1",
            "content/people.yaml:2:40 unknown-person: `members` names `le`, and there is no person of that id",
        ],
    );
    check(
        "content/risks/r.yaml",
        "{id: R-1, title: x, category: security, likelihood: 7, impact: 3, treatment: mitigate, controls: [AC-3]}\n",
        &[
            "content/risks/r.yaml:1:53 out-of-range: `likelihood` is 7; it is a whole number from 1 to 5",
            "content/risks/r.yaml:1:99 unknown-control: `controls` names `AC-3`, and there is no control of that id",
        ],
    );
    check(
        "content/trust/trust.yaml",
        "title: T\ndocuments: [{id: a, title: A, access: public, policy: access}, {id: b, title: B, access: public}]\n",
        &[
            "content/trust/trust.yaml:2:55 document-not-public: the trust page offers `access` to everybody, and it is not classified public",
            "content/trust/trust.yaml:2:64 missing-key: the public document `b` names no policy whose text could be shown",
        ],
    );
}

#[test]
fn two_records_with_one_id_are_named_with_both_places() {
    check(
        "controls/z.yaml",
        "id: AC-03\ntitle: again\n",
        &["controls/z.yaml:1:1 duplicate-id: the control `AC-03` is there already: controls/AC-03.yaml line 1; this one is not used"],
    );
    check_files(
        &[
            ("content/evidence/a.yaml", b"id: E-1\ncontrol: AC-03\nresult: pass\n"),
            ("content/evidence/b.yaml", b"id: E-1\ncontrol: AC-03\nresult: fail\n"),
        ],
        &[
            "content/evidence/b.yaml:1:1 duplicate-id: the manifest `E-1` is there already: content/evidence/a.yaml line 1; this one is not used",
        ],
    );
}

#[test]
fn documents_have_front_matter_or_are_adopted() {
    check(
        "content/policies/a.md",
        "# No front matter\n",
        &["content/policies/a.md:1:1 front-matter-missing: `content/policies/a.md` has no front matter, so it is not known what it is"],
    );
    check(
        "content/policies/a.md",
        "---\nid: a\ntitle: A\n# never closed\n",
        &["content/policies/a.md:1:1 front-matter-unclosed: the front matter of `content/policies/a.md` is never closed"],
    );
    check(
        "content/policies/a.md",
        "---\n---\n# Empty\n",
        &["content/policies/a.md:2:1 front-matter-empty: the front matter of `content/policies/a.md` is empty"],
    );
    check("content/policies/a.md", "\n---\nid: a\ntitle: A\nversion: 2.10\n---\n# A\n", &[]);
    check(
        "content/policies/a.md",
        "---\nid: a\ntitle: A\nstatus: aproved\n---\n# A\n",
        &["content/policies/a.md:4:9 unknown-word: `status` is `aproved`, which is no word known here"],
    );
    check(
        "content/policies/list.yaml",
        "- {id: a, title: A, path: legal/none.md}\n- {id: b, title: B}\n",
        &[
            "content/policies/list.yaml:1:0 adopted-text-missing: the text of `a` is to be in `legal/none.md`, which is no file here",
            "content/policies/list.yaml:2:3 missing-key: an entry of a list of documents has no `path`",
        ],
    );
    check_files(
        &[
            ("content/policies/list.yaml", b"- {id: a, title: A, path: content/policies/a.md, owner: dana}\n"),
            ("content/policies/a.md", b"# A\n"),
        ],
        &[],
    );
}

#[test]
fn encodings_are_decoded_or_refused() {
    check_files(
        &[("controls/a.yaml", b"\xEF\xBB\xBFid: AC-04\r\ntitel: x\r\n")],
        &["controls/a.yaml:1:1 missing-key: a control has no `title`", "controls/a.yaml:2:1 unknown-key: `titel` is no key of a control"],
    );
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain("id: AC-04\ntitle: x\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    check_files(&[("controls/a.yaml", &utf16)], &["controls/a.yaml:0:0 text-encoding: `controls/a.yaml` is UTF-16; it was read as that"]);
    check_files(
        &[("controls/a.yaml", b"id: AC-04\ntitle: na\xEFve\n")],
        &["controls/a.yaml:2:10 text-encoding: `controls/a.yaml` is not UTF-8, so its records are not read: this byte is no character"],
    );
    check_files(
        &[("content/policies/a.md", b"---\nid: a\ntitle: A\n---\nna\xEFve\n")],
        &["content/policies/a.md:5:3 text-encoding: `content/policies/a.md` is not UTF-8; what could not be read was replaced"],
    );
    check(
        "controls/a.yaml",
        "version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 12\n",
        &["controls/a.yaml:0:0 lfs-pointer: `controls/a.yaml` is a Git LFS pointer to 12 bytes; the file itself is not here"],
    );
}

#[test]
fn files_that_no_record_comes_from_are_named_once() {
    check_files(
        &[
            ("content/policies/README.md", b"# Policies\n"),
            ("content/policies/signed.pdf", b"%PDF"),
            ("content/policy/access.md", b"---\nid: x\n---\n"),
            ("controls/.gitkeep", b""),
            ("controls/notes.txt", b"x"),
            ("content/evidence/loose.csv", b"a,b\n"),
        ],
        &[
            "content/evidence/loose.csv:0:0 artifact-unclaimed: `content/evidence/loose.csv` stands among the evidence, and no manifest names it",
            "content/policies/signed.pdf:0:0 file-not-read: `content/policies/signed.pdf` is not read: documents are Markdown files (`.md`) or YAML lists",
            "content/policy/access.md:0:0 file-not-read: `content/policy/access.md` is not read: no record lives at this path",
            "controls/notes.txt:0:0 file-not-read: `controls/notes.txt` is not read: records here are YAML files (`.yaml`)",
        ],
    );
}

#[test]
fn artifacts_are_there_and_are_what_the_manifest_says() {
    let manifest = |artifacts: &str| format!("control: AC-03\nresult: pass\nartifacts: {artifacts}\n");
    check(
        "content/evidence/e.yaml",
        &manifest("[{path: a.csv}, {path: /etc/passwd}, {path: ../../../x}, {sha256: ab, uri: u}, {size: 1}]"),
        &[
            "content/evidence/e.yaml:3:20 artifact-missing: the artifact `a.csv` is not there",
            "content/evidence/e.yaml:3:35 artifact-outside: the artifact `/etc/passwd` lies outside the repository",
            "content/evidence/e.yaml:3:56 artifact-outside: the artifact `../../../x` lies outside the repository",
            "content/evidence/e.yaml:3:78 bad-digest: `ab` is no SHA-256",
            "content/evidence/e.yaml:3:91 missing-key: an artifact has neither `path` nor `uri`",
        ],
    );
    let text = manifest("[{path: export.yaml}, {path: \"e\u{301}.csv\"}]");
    check_files(
        &[
            ("content/evidence/e.yaml", text.as_bytes()),
            ("content/evidence/export.yaml", b"users: [a, b]\n"),
            ("content/evidence/\u{e9}.csv", b"a\n"),
        ],
        &[],
    );
}

#[test]
fn evidence_that_cannot_be_read_leaves_its_control_unknown() {
    let unread = |text: &str| -> Vec<String> {
        let loaded = load_files(&[("content/evidence/e.yaml", text.as_bytes())]);
        assert!(loaded.programme.evidence.is_empty() && !loaded.findings.is_empty(), "{text}");
        loaded
            .programme
            .unread
            .iter()
            .map(|unread| format!("{:?}", unread.controls.iter().map(ToString::to_string).collect::<Vec<_>>()))
            .collect()
    };
    assert_eq!(unread("control: AC-03\nperiod: 2026-Q5\nresult: pass\n"), [r#"["AC-03"]"#]);
    assert_eq!(unread("control: [AC-03, AC-04]\nresult: passed\n"), [r#"["AC-03", "AC-04"]"#]);
    assert_eq!(unread("control: AC-03\nresult: pass\nnotes: a: b\n"), [r#"["AC-03"]"#]);
    assert_eq!(unread("control: AC-03\nresult: pass\nresult: fail\n"), [r#"["AC-03"]"#]);
    assert_eq!(unread("{{ template }}\n"), ["[]"]);
}

#[test]
fn one_finding_says_that_nobody_is_listed() {
    check(
        "content/people.yaml",
        "people: []\n",
        &["content/policies/access.md:4:8 people-missing: records name people, and content/people.yaml lists nobody"],
    );
    check("content/people.yaml", "people: [\n", &["content/people.yaml:1:9 yaml-syntax: this is not YAML: unclosed bracket '['"]);
}

#[test]
fn frameworks_are_read_and_replace_built_in_ones_by_name() {
    check(
        "frameworks/own.yaml",
        "framework: own\nname: Own\ngroups: [{id: A}]\nrequirements: [{id: 1.10, group: A, title: x}, {id: 1.10, group: B, title: y}]\n",
        &[
            "frameworks/own.yaml:4:53 duplicate-id: the requirement `1.10` stands twice in this framework",
            "frameworks/own.yaml:4:66 unknown-group: `B` is no group of this framework",
        ],
    );
    check(
        "frameworks/soc2.yaml",
        "framework: soc2\nname: Short\ngroups: [{id: CC6, selection: security}]\nrequirements: [{id: CC6.2, group: CC6, title: x}]\n",
        &["frameworks/soc2.yaml:1:1 framework-replaced: `frameworks/soc2.yaml` stands in place of the built-in framework `soc2`"],
    );
}

#[test]
fn hints_say_what_to_write() {
    assert_eq!(hint("controls/a.yaml", "id: AC-04\ntitle: x\nfrequncy: monthly\n"), "did you mean `frequency`?");
    assert_eq!(hint("controls/a.yaml", "id: AC-04\ntitle: x\nowner: dna\n"), "did you mean `dana`?");
    assert_eq!(hint("controls/a.yaml", "id: AC-04\ntitle: x\npolicies: access\n"), "write it in brackets: `[access]`");
    assert_eq!(hint("controls/a.yaml", "id: AC-04\ntitle: x\neffective_from: 2026-02-30\n"), "write a day that the calendar has");
    assert_eq!(hint("content/policy/a.md", "x"), "did you mean the folder `content/policies`?");
}

#[test]
fn hostile_files_cost_no_time_worth_naming() {
    let keys: String = (0..90_000).map(|at| format!("k{at}: 1, ")).collect();
    let ids: String = (0..90_000).map(|at| format!("AC-{at}, ")).collect();
    let start = std::time::Instant::now();
    let files = [
        ("controls/keys.yaml", format!("{{id: K, title: x, {keys}}}")),
        ("controls/ids.yaml", format!("id: I\ntitle: x\npolicies: [{ids}]\n")),
        ("controls/deep.yaml", "{a: ".repeat(50_000)),
        ("controls/long.yaml", format!("id: L\ntitle: {}\n", "x".repeat(1_900_000))),
        ("controls/word.yaml", format!("id: W\ntitle: x\nowner: {}\nstatus: {0}\n", "y".repeat(900_000))),
    ];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    let loaded = load_files(&files);
    assert!((100..600).contains(&loaded.findings.len()), "{}", loaded.findings.len());
    let bytes: usize = loaded.findings.iter().map(|finding| finding.message.len() + finding.hint.len()).sum();
    assert!(bytes < 200_000, "{bytes} bytes of messages");
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
