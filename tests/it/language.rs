//! The rules of language: each with sentences that it reports and sentences that it lets pass, then real texts.

use std::{collections::BTreeMap, fs};

use tickmark::{
    date::parse_date,
    diag::{Finding, Severity},
    language,
    load::{self, Loaded},
    tree::DirectoryTree,
};

use super::{
    load_cases::load_files,
    support::{Repo, files_below, real_material, run, tickmark},
};

/// An approved policy about which no control speaks, with this text; front matter of seven lines.
fn policy(body: &str) -> String {
    format!("---\nid: p\ntitle: Policy\nowner: dana\nstatus: approved\nclassification: internal\n---\n{body}")
}

/// What a rule says about files: `path:line:column severity message`.
fn found(code: &str, files: &[(&str, String)]) -> Vec<String> {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    lines(code, &load_files(&files))
}

fn lines(code: &str, loaded: &Loaded) -> Vec<String> {
    let mut findings = language::check(&loaded.programme);
    Finding::sort(&mut findings);
    let line = |finding: &Finding| {
        let place = finding.place.as_ref().map_or(String::new(), |place| format!("{}:{}:{}", place.path, place.line, place.column));
        format!("{place} {} {}", finding.severity.word(), finding.message)
    };
    findings.iter().filter(|finding| finding.code == code).map(line).collect()
}

const POLICY: &str = "content/policies/p.md";

/// Reads an approved policy.
#[track_caller]
fn check(code: &str, body: &str, expected: &[&str]) {
    let said = found(code, &[(POLICY, policy(body))]);
    let expected: Vec<String> = expected.iter().map(|line| format!("{POLICY}:{line}")).collect();
    assert_eq!(said, expected, "{body}");
}

/// A rule lets an approved policy pass.
#[track_caller]
fn silent(code: &str, bodies: &[&str]) {
    bodies.iter().for_each(|body| check(code, body, &[]));
}

#[test]
fn vague_terms_are_reported_once_a_sentence_with_what_to_write_instead() {
    check(
        "vague-term",
        "# Appropriate use\n\nAccess is\nregularly checked. Keys are stored where appropriate in a timely manner.\n\n- Best practices apply.\n",
        &[
            "11:1 warning \"regularly\" can be read in more than one way",
            "11:36 warning \"where appropriate\" and \"in a timely manner\" can be read in more than one way",
            "13:3 warning \"best practices\" can be read in more than one way",
        ],
    );
    silent(
        "vague-term",
        &[
            "Alerts are answered promptly, at the latest within four hours. Logs are read regularly: every Monday.",
            "We say \"appropriate\" to nobody, and `adequate` is a setting.\n\n> Quoted: reasonable.\n\n```\nrobust\n```\n",
            "Frequently asked questions. A note is sufficient. Printing only when needed. Guests may be asked from time to time.",
        ],
    );
}

#[test]
fn recurring_work_needs_an_interval_an_event_or_a_control_that_has_one() {
    let open = "Dana must review the firewall rules.\n\n## Keys\n\nThe team tests restores of keys. Keys are rotated.\n";
    check(
        "promise-without-frequency",
        open,
        &[
            "8:6 warning how often to review is not said: \"Dana must review the firewall rules.\"",
            "12:5 warning how often to test is not said: \"The team tests restores of keys.\", and one more in this section",
        ],
    );
    // What the training is about does not say when it is.
    let users = "Users must be trained to report incidents.";
    check(
        "promise-without-frequency",
        users,
        &["8:7 warning how often to train is not said: \"Users must be trained to report incidents.\""],
    );
    silent(
        "promise-without-frequency",
        &[
            "Dana must review the firewall rules every quarter.",
            "Dana must review the firewall rules.\nShe does so on the first Monday of each month.",
            "## Yearly\n\nOnce a year:\n\n### Rules\n\nDana must review the firewall rules.",
            "Each change must be reviewed by a second engineer. Dana must scan the server after an incident.",
            "Dana must not review her own rules. When rules are reviewed, Lee is told. Dana may test restores.",
            "Firewall rules are regularly reviewed by Dana.",
            "As part of the contract, Dana must audit the supplier. Servers must be monitored.",
            "Changes are reviewed by Dana. The CTO reviews all exceptions.",
            "Reviews of rules are kept. Dana should review the rules.",
        ],
    );
    let control = |frequency: &str| {
        format!("id: NW-01\ntitle: Firewall rules are reviewed\nowner: dana\n{frequency}policies: [p]\nsatisfies: {{soc2: [CC6.6]}}\n")
    };
    let with = |frequency: &str| {
        found("promise-without-frequency", &[(POLICY, policy("Dana must review the rules.")), ("controls/NW-01.yaml", control(frequency))])
    };
    assert_eq!(with("frequency: quarterly\n"), [] as [&str; 0]);
    assert_eq!(with("").len(), 1);
    let reviewed = policy("This policy must be reviewed by Dana.");
    let every = reviewed.replace("status: approved", "status: approved\nreview_every: annual");
    assert_eq!(found("promise-without-frequency", &[(POLICY, reviewed)]).len(), 1);
    assert_eq!(found("promise-without-frequency", &[(POLICY, every)]).len(), 0);
}

#[test]
fn of_a_long_section_only_what_stands_near_counts() {
    let filler = "Doors are locked. ".repeat(20);
    check(
        "promise-without-frequency",
        &format!("Badges end every year. {filler}Dana must review the rules."),
        &["8:389 warning how often to review is not said: \"Dana must review the rules.\""],
    );
    silent("promise-without-frequency", &[&format!("{filler}Every year comes a day. Dana must review the rules.")]);
}

#[test]
fn work_in_the_passive_needs_somebody_who_does_it() {
    check(
        "promise-without-owner",
        "Restores must be tested every quarter.\n\n## Changes\n\nUser access is approved and logged.\n",
        &[
            "8:10 warning who is to test is not said: \"Restores must be tested every quarter.\"",
            "12:13 warning who is to approve is not said: \"User access is approved and logged.\"",
        ],
    );
    silent(
        "promise-without-owner",
        &[
            "Restores must be tested every quarter by the platform team.",
            "Restores must be tested every quarter. Dana Ito writes the result down.",
            "Restores must be tested every quarter. The security officer keeps the list.",
            "Commits are scanned by a job. Files are checked automatically.",
            "Restores must be tested every quarter.\n\n## Roles\n\nThe CTO answers for everything here.",
            "Restores that are tested are listed.",
        ],
    );
}

#[test]
fn recurring_work_leaves_a_record() {
    check(
        "promise-without-evidence",
        "Dana must inspect the locks every week. She must test the doors every month.",
        &[
            "8:6 warning nothing says what record this leaves, and no control names the document: \"Dana must inspect the locks every week.\", and one more promise",
        ],
    );
    silent("promise-without-evidence", &["Dana must inspect the locks every week. A list is kept.", "Doors are made of wood."]);
    let control = |more: &str| {
        format!(
            "id: PH-01\ntitle: The locks are inspected\nowner: dana\nstatus: in_place\nkey: true\nfrequency: weekly\nsatisfies: {{soc2: [CC6.4]}}\n{more}"
        )
    };
    let said = |more: &str| {
        let manifest = "control: PH-02\nperiod: 2026-W02\nperformed_on: 2026-01-09\nperformed_by: dana\nresult: pass\n";
        let files = [
            (POLICY, policy("Dana must inspect the locks every week.")),
            ("controls/PH-01.yaml", control(more)),
            ("content/evidence/PH.yaml", manifest.to_owned()),
        ];
        found("promise-without-evidence", &files)
    };
    let open = "controls/PH-01.yaml:1:0 warning PH-01 is a key control, and its description does not say what evidence it leaves";
    assert_eq!(said("policies: [p]\ndescription: Somebody walks through the house.\n"), [open]);
    assert_eq!(said("policies: [p]\ndescription: The ticket holds the count of locks.\n"), [] as [&str; 0]);
    let german = "policies: [p]\ndescription: Jemand geht durch das Haus.\n";
    assert_eq!(said(&german.replace("[p]", "[p]\nnot_applicable: No house.")), [] as [&str; 0]);
    let recorded = control("policies: [p]\ndescription: Somebody walks through the house.\n").replace("PH-01", "PH-02");
    let manifest = "control: PH-02\nperiod: 2026-W02\nperformed_on: 2026-01-09\nperformed_by: dana\nresult: pass\n".to_owned();
    assert_eq!(found("promise-without-evidence", &[("controls/PH-02.yaml", recorded), ("content/evidence/PH.yaml", manifest)]).len(), 0);
}

#[test]
fn internal_claims_are_reported_and_ordinary_words_are_not() {
    check(
        "claim-word",
        "We are SOC 2 Type 2 certified.\nWe are compliant with HIPAA. We passed the SOC 2 audit. The company guarantees safety.\nThe SOC II report.",
        &[
            "8:21 warning \"certified\" claims more than a record can show",
            "9:8 warning \"compliant\" claims more than a record can show",
            "9:33 warning \"passed\" claims more than a record can show",
            "9:69 warning \"guarantees\" claims more than a record can show",
            "10:5 note the report is called SOC 2; here it is \"SOC II\"",
        ],
    );
    silent(
        "claim-word",
        &[
            "TLS certificates are replaced every 90 days. Certificates of destruction are kept. ISO 27001 certification of vendors is noted.",
            "Devices that are not compliant with this policy are locked. A compliant laptop is encrypted.",
            "Never write that we are SOC 2 certified. The test passed. We guarantee 99.9 % uptime.",
        ],
    );
    let title = "id: AC-09\ntitle: We are fully compliant\nowner: dana\nsatisfies: {soc2: [CC6.2]}\n".to_owned();
    let note = "controls/AC-09.yaml:1:0 note \"compliant\" claims more than a record can show";
    assert_eq!(found("claim-word", &[("controls/AC-09.yaml", title)]), [note]);
}

#[test]
fn places_to_fill_in_are_counted_once_a_text() {
    let unfinished = concat!("TO", "DO");
    check(
        "placeholder-left",
        &format!(
            "Access ends within [one day] by {{{{name}}}}.\n\n| A | B |\n| - | - |\n| <your team> | {unfinished} |\n\nWrite to help@your-company.example."
        ),
        &["8:20 warning 5 places are still to be filled in: \"[one day]\", \"{{name}}\", \"<your team>\", …"],
    );
    silent(
        "placeholder-left",
        &[
            "See [the list](list.md) and [this][ref][^1].\n\n- [ ] open\n- [x] done\n\n[ref]: a.md\n\n[^1]: A note.",
            "`[code]` and \"[the] quoted\" words [sic], array[0], 3 < 4 and 5 > 4. [[Page]] [link](no file.md)",
        ],
    );
    let draft = policy("By [who].").replace("approved", "draft");
    assert!(found("placeholder-left", &[(POLICY, draft)])[0].contains(" note one place is still"));
    let people = "people:\n  - {id: dana, name: Dana, emails: [dana@your-company.example]}\n".to_owned();
    let named = "content/people.yaml:2:0 note one place is still to be filled in: \"dana@your-company.example\"";
    assert_eq!(found("placeholder-left", &[("content/people.yaml", people)]), [named]);
    let faq = "- {id: mfa, question: How?, answer: \"With [what].\"}\n".to_owned();
    let page = ("content/trust/trust.yaml", "title: T\n".to_owned());
    assert_eq!(found("placeholder-left", &[page, ("content/trust/faq.yaml", faq)]).len(), 1);
}

#[test]
fn a_standards_voice_is_recognised_by_its_subject_or_beside_an_id() {
    check(
        "copied-criterion-wording",
        "The entity restricts access. The entity has keys.\n\n## A.5.18 Rights\n\nVerify that access is limited.\n\n## Rights\n\n5.1 The organization shall determine issues.\n",
        &[
            "8:1 warning this speaks as a standard speaks, not as somebody who does it: \"The entity restricts access.\", and one more sentence",
            "12:1 warning this speaks as a standard speaks, not as somebody who does it: \"Verify that access is limited.\"",
            "16:5 warning this speaks as a standard speaks, not as somebody who does it: \"5.1 The organization shall determine issues.\"",
        ],
    );
    silent(
        "copied-criterion-wording",
        &[
            "## 4.1 Steps\n\nVerify that the copy opens. Examine the list.",
            "A contract names the entity that signs. The organization may act.",
        ],
    );
}

#[test]
fn a_text_of_the_starter_is_named_as_such_and_nothing_else_is_said_of_it() {
    let starter = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/content/policies/access-control.md")).unwrap();
    let body = starter.split_once("\n---\n").unwrap().1.replace("{{organization}}", "Example Inc.");
    let wrapped = body.replace(". ", ".\n");
    let all = |text: &str| {
        let loaded = load_files(&[(POLICY, policy(text).as_bytes())]);
        let found = language::check(&loaded.programme);
        found.into_iter().filter(|finding| finding.subject.to_string() == "document p").collect::<Vec<_>>()
    };
    let said = all(&wrapped);
    assert_eq!(said.iter().map(|finding| (finding.code, finding.severity)).collect::<Vec<_>>(), [("starter-text", Severity::Warning)]);
    assert!(said[0].message.starts_with("the approved text of `p` is the starter's, word for word, with "), "{}", said[0].message);
    let own = all(&body.replace("system", "machine"));
    assert_eq!(own.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["placeholder-left"]);
}

#[test]
fn the_starter_is_recognised_whatever_init_left_out_and_has_no_other_fault() {
    for options in [&["--name", "A Company"][..], &["--name", "A & B", "--size", "small", "--frameworks", "soc2=privacy,gdpr,hipaa"]] {
        let repo = Repo::empty();
        let mut init = tickmark(repo.path());
        init.args(["init", "r", "--no-input"]).args(options);
        let written = run(init);
        assert_eq!(written.code, 0, "{}", written.err);
        let loaded = load::load(&DirectoryTree::new(repo.dir()), parse_date("2026-06-30").unwrap()).unwrap();
        let documents =
            files_below(&repo.dir()).into_iter().filter(|(path, _)| path.ends_with(".md") && !path.ends_with("README.md")).count();
        assert_eq!(lines("starter-text", &loaded).len(), documents);
        let config = fs::read_to_string(repo.dir().join("tickmark.yaml")).unwrap();
        repo.write("tickmark.yaml", &format!("{config}language: {{rules: {{starter-text: off}}}}\n"));
        let loaded = load::load(&DirectoryTree::new(repo.dir()), parse_date("2026-06-30").unwrap()).unwrap();
        let others: Vec<Finding> =
            language::check(&loaded.programme).into_iter().filter(|finding| finding.code != "placeholder-left").collect();
        assert!(others.is_empty(), "{others:#?}");
    }
}

#[test]
fn rules_are_switched_off_and_words_are_allowed_or_added() {
    let config = |language: &str| {
        format!(
            "organization: {{name: Example Inc.}}\nscope: {{frameworks: {{soc2: [security]}}}}\nwindow: {{as_of: 2026-06-30}}\nlanguage: {language}\n"
        )
    };
    let body = policy("Appropriate technical measures protect an appropriate key in a safe way.");
    let said = |language: &str| found("vague-term", &[("tickmark.yaml", config(language)), (POLICY, body.clone())]);
    assert_eq!(said("{}"), ["content/policies/p.md:8:1 warning \"appropriate\" can be read in more than one way"]);
    assert_eq!(said("{rules: {vague-term: off}}"), [] as [&str; 0]);
    assert!(said("{rules: {vague-term: note}}")[0].contains(" note "));
    assert_eq!(
        said("{allow: [Appropriate technical measures]}"),
        ["content/policies/p.md:8:43 warning \"appropriate\" can be read in more than one way"]
    );
    assert_eq!(said("{allow: [appropriate]}"), [] as [&str; 0]);
    assert!(said("{vague: [safe way]}")[0].contains("\"appropriate\" and \"safe way\""));
    let draft = body.replace("approved", "draft");
    let raised = found("vague-term", &[("tickmark.yaml", config("{rules: {vague-term: warning}}")), (POLICY, draft)]);
    assert!(raised[0].contains(" warning "));
    let wrong = config("{rules: {vague-terms: off, claim-word: loud}}");
    let loaded = load_files(&[("tickmark.yaml", wrong.as_bytes())]);
    let hints: Vec<(&str, &str)> = loaded.findings.iter().map(|finding| (finding.code, finding.hint.as_str())).collect();
    assert!(hints.contains(&("unknown-key", "did you mean `vague-term`?")), "{hints:?}");
    assert!(hints.iter().any(|(code, hint)| *code == "unknown-word" && hint.contains("off, note, warning")), "{hints:?}");
}

#[test]
fn what_is_retired_is_not_read_and_one_text_does_not_flood_the_list() {
    let vague = "Locks are adequate. ".repeat(50);
    let said = found("vague-term", &[(POLICY, policy(&vague))]);
    assert_eq!(said.len(), 21);
    assert!(said.iter().any(|line| line.ends_with("this text has 30 more findings of `vague-term`, which are not listed")), "{said:#?}");
    assert_eq!(found("vague-term", &[(POLICY, policy(&vague).replace("approved", "retired"))]).len(), 0);
}

#[test]
fn hostile_texts_cost_no_more_than_their_length() {
    for part in
        ["must also ", "are at ", "[", "{{", "<a", "\" ", "“", "is reviewed and ", "# a\n\n", "soc ", "may appropriate ", "by the ", "a@b "]
    {
        let body = part.repeat(100_000 / part.len());
        let loaded = load_files(&[(POLICY, policy(&body).as_bytes())]);
        assert!(language::check(&loaded.programme).len() < 200, "{part}");
    }
}

/// How often each rule speaks.
fn counts(findings: &[Finding]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    findings.iter().for_each(|finding| *counts.entry(finding.code).or_default() += 1);
    counts
}

#[test]
fn the_example_company_could_leave_the_rules_on() {
    let company = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/company");
    let loaded = load::load(&DirectoryTree::new(&company), parse_date("2026-10-06").unwrap()).unwrap();
    let said = language::check(&loaded.programme);
    let said: Vec<(&str, String)> = said.iter().map(|finding| (finding.code, finding.subject.to_string())).collect();
    assert_eq!(said, [("placeholder-left", "document network-security".to_owned())]);
}

#[test]
fn a_real_companys_public_policies_get_findings_a_reader_can_act_on() {
    let Some(bundle) = real_material("basecamp-policies.bundle") else { return };
    let repo = Repo::clone_of(&bundle);
    let listed = repo.git(&["ls-files", "*/index.md"]);
    let list: String = listed.lines().map(|path| format!("- {{id: \"{path}\", title: T, path: \"{path}\", status: approved}}\n")).collect();
    repo.write("content/policies/adopted.yaml", &list);
    let loaded = load::load(&DirectoryTree::new(repo.dir()), parse_date("2024-01-03").unwrap()).unwrap();
    let findings = language::check(&loaded.programme);
    let counts = counts(&findings);
    let expected = [("placeholder-left", 7), ("promise-without-frequency", 1), ("vague-term", 14)];
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), expected, "{:#?}", findings.iter().map(|f| &f.message).collect::<Vec<_>>());
    // Every finding points at the words it speaks about.
    for finding in findings.iter().filter(|finding| finding.code == "vague-term") {
        let place = finding.place.as_ref().unwrap();
        let text = fs::read_to_string(repo.dir().join(place.path.as_str())).unwrap();
        let line = text.lines().nth(place.line as usize - 1).unwrap();
        let said: String = line.chars().skip(place.column as usize - 1).take(place.width as usize).collect();
        assert!(finding.message.contains(&format!("\"{}\"", said.to_lowercase())), "{said}: {}", finding.message);
    }
}
