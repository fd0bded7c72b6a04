//! strongdm/comply: the known answers of its example, its invalid fixtures, and each oddity by itself.

use crate::{
    import_support::{bring, check, import, repository, text, with_id, with_programme},
    support::real_material,
};

const POLICY: &str = "name: Laptop Policy\nacronym: LP\nsatisfies:\n  TSC:\n    - CC6.1\n    - CC9.9\nmajorRevisions:\n  - date: Mar 3 2026\n    comment: first version\n  - date: someday\n    comment: second\n---\n# Laptops at {{.Name}}\n\nText --- with dashes.\n";
const STANDARD: &str =
    "name: TSC\nCC6.1:\n  family: CC6\n  name: Access\n  description: words of somebody else\nCC6.2: {family: CC6, name: Accounts}\n";

#[test]
fn the_example_has_its_known_answers() {
    let Some(example) = real_material("comply-example") else { return };
    let repo = repository(&[]);
    bring(&repo, &example, "");
    let report = import(&repo, "comply", "", &[]);
    let documents: u64 = ["narratives", "policies", "procedures"].map(|kind| report.counts(kind).1).iter().sum();
    assert_eq!(documents, 36);
    assert_eq!(report.counts("readmes"), (3, 0, 3));
    assert_eq!(report.counts("requirements"), (61, 61, 0));
    assert_eq!(report.counts("schedules"), (2, 2, 0));
    assert!(report.notes().contains("61 of the 61 ids of TSC are claimed"), "{}", report.notes());
    assert!(report.notes().contains("5 documents claim TSC CC9.9, which does not exist"), "{}", report.notes());
    assert_eq!(report.left("claims").len(), 5);
    assert!(text(&repo, "controls/patch.yaml").contains("frequency: monthly"));
    assert!(text(&repo, "controls/workstation.yaml").contains("frequency: annual"));
    let assessment = check(&repo);
    assert_eq!(assessment["policies"].as_array().unwrap().len(), 36);
    assert!(assessment["controls"].as_array().unwrap().iter().all(|control| control["design"] == "drafted"));
    // The list adopts texts where they are, so a second import finds nothing new and writes nothing.
    let again = import(&repo, "comply", "", &[]);
    assert_eq!((again.written().len(), again.counts("policies").1, again.counts("schedules")), (0, 0, (2, 0, 2)));
}

#[test]
fn the_invalid_fixtures_each_get_a_reason() {
    let Some(invalid) = real_material("comply-invalid") else { return };
    let repo = repository(&[]);
    let report = import(&repo, "comply", &invalid, &[]);
    for (kind, what) in [
        ("narratives", "narratives/invalid-control.md"),
        ("policies", "policies/invalid-access.md"),
        ("procedures", "procedures/invalid-workstation.md"),
        ("standards", "standards/invalid-standard.yml"),
    ] {
        assert_eq!(report.counts(kind), (1, 0, 1), "{kind}");
        assert!(report.left(kind)[what].contains("line "), "{:?}", report.left(kind));
    }
    assert!(report.written().is_empty());
}

#[test]
fn a_header_without_an_opening_fence_is_adopted_where_it_is() {
    let files = with_programme(&[("policies/laptop.md", POLICY), ("standards/TSC.yml", STANDARD)]);
    let repo = repository(&files);
    let report = import(&repo, "comply", "", &[]);
    assert_eq!(report.counts("policies"), (1, 1, 0));
    assert_eq!(report.counts("claims"), (2, 1, 1));
    assert_eq!(report.counts("revisions"), (2, 1, 1));
    let list = text(&repo, "content/policies/imported-comply.yaml");
    for part in [
        "path: policies/laptop.md",
        "header: unfenced",
        "version: '2'",
        "- CC6.1",
        "# policies/laptop.md: 2 major revisions, the last on 2026-03-03: first version",
    ] {
        assert!(list.contains(part), "{part} is not in\n{list}");
    }
    // A day on which somebody wrote something is no day on which it came into force, and no review.
    assert!(!list.contains("CC9.9") && !list.contains("effective_from") && !list.contains("reviewed_on"), "{list}");
    assert!(report.notes().contains("1 document holds Go templates"), "{}", report.notes());
    assert!(report.notes().contains("the descriptions were not taken"), "{}", report.notes());
    let assessment = check(&repo);
    assert_eq!(with_id(&assessment["policies"], "laptop")["in_force"], false);
    let shown = repo.run(&["policy", "laptop", "--on", "2026-01-20", "--worktree"]);
    assert!(!shown.out.contains("acronym: LP") && !shown.err.contains("acronym: LP"), "{}", shown.out);
}

#[test]
fn documents_move_with_their_text_untouched() {
    let files = with_programme(&[
        ("comply.yml", "name: Acme\n"),
        ("policies/laptop.md", POLICY),
        ("narratives/fenced.md", "---\nname: A\n---\nBody\r\n"),
    ]);
    let repo = repository(&files);
    let report = import(&repo, "comply", "", &["--move"]);
    assert_eq!(report.json["moved"].as_array().unwrap().len(), 2);
    assert!(!repo.dir().join("policies/laptop.md").exists());
    let moved = text(&repo, "content/policies/laptop.md");
    assert!(moved.starts_with("---\n# ") && moved.ends_with(POLICY.split_once("---\n").unwrap().1), "{moved}");
    assert!(text(&repo, "content/system/fenced.md").ends_with("---\nBody\r\n"));
    check(&repo);
}

#[test]
fn a_folder_outside_is_copied_and_says_that_its_history_is_not() {
    let theirs = repository(&[("policies/laptop.md", POLICY), ("policies/access.md", "name: Ours?\n---\nx\n")]);
    let repo = repository(&with_programme(&[("content/policies/access.md", "---\nid: access\ntitle: Access\n---\nOurs.\n")]));
    let report = import(&repo, "comply", theirs.dir(), &[]);
    assert!(report.notes().contains("history does not come along"), "{}", report.notes());
    assert!(text(&repo, "content/policies/laptop.md").ends_with("Text --- with dashes.\n"));
    assert!(text(&repo, "content/policies/access.md").ends_with("Ours.\n"));
    assert!(report.left("policies")["policies/access.md"].contains("`access` already"));
    // Without a standard of that name every claim is left.
    assert_eq!(report.counts("claims"), (2, 0, 2));
    check(&repo);
    let other = repository(&with_programme(&[]));
    assert_eq!(import(&other, "comply", theirs.dir(), &["--framework", "soc2"]).counts("claims"), (2, 1, 1));
}

#[test]
fn no_secret_of_the_configuration_is_copied_or_shown() {
    let settings = "name: Acme\nfilePrefix: Acme\napprovedBranch: main\nunheard: of\ntickets:\n  github: {token: CANARY-1, username: CANARY-2, repo: CANARY-3}\n  jira: {password: \"CANARY-4\", url: https://CANARY-5.example.com}\n  gitlab: {}\n";
    let repo = repository(&with_programme(&[("comply.yml", settings), ("policies/a.md", "name: A\n---\nx\n")]));
    for args in [vec!["--dry-run"], vec![]] {
        let dir = repo.dir();
        let run = repo.run(&[&["import", "comply", dir.to_str().unwrap()], args.as_slice()].concat());
        assert!(!run.out.contains("CANARY") && !run.err.contains("CANARY"), "{}{}", run.out, run.err);
        assert!(run.out.contains("tickets.github.token, tickets.jira.password"), "{}", run.out);
        assert!(run.out.contains("left unheard: comply has no such setting"), "{}", run.out);
    }
    for (path, bytes) in crate::support::files_below(&repo.dir().join("content")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("CANARY"), "{path}");
    }
    // What cannot be parsed is not quoted either.
    let broken = repository(&[("comply.yml", "tickets: {github: {token: CANARY: x}}\n  - CANARY"), ("policies/a.md", "name: A\n---\nx\n")]);
    let run = broken.run(&["import", "comply", broken.dir().to_str().unwrap()]);
    assert!(run.code == 0 && !run.out.contains("CANARY") && !run.err.contains("CANARY"), "{}{}", run.out, run.err);
}

#[test]
fn standards_that_are_not_built_in_become_catalogues() {
    let standard = "name: Own Rules\nR-1.10: {family: R, name: First}\nR-1.1: {family: R, name: Second}\nX: no mapping\nS-1: {family: S}\n";
    let policy = "name: P\nsatisfies:\n  Own Rules: [R-1.10, R-9]\n  Unknown: [1.1]\n---\nx\n";
    let repo = repository(&with_programme(&[("standards/own.yml", standard), ("standards/README.md", "x"), ("policies/p.md", policy)]));
    let report = import(&repo, "comply", "", &[]);
    assert_eq!(report.written()[0], "content/policies/imported-comply.yaml");
    let catalogue = text(&repo, "frameworks/own-rules.yaml");
    assert!(catalogue.find("R-1.10").unwrap() < catalogue.find("R-1.1\n").unwrap(), "{catalogue}");
    assert_eq!(report.counts("requirements"), (4, 3, 1));
    assert_eq!(report.counts("claims"), (3, 1, 2));
    assert!(report.json["next"].to_string().contains("`own-rules: all` under scope.frameworks"), "{}", report.json["next"]);
    assert!(text(&repo, "content/policies/imported-comply.yaml").contains("own-rules:\n    - R-1.10"));
    check(&repo);
}

#[test]
fn a_standard_with_a_wrong_id_is_what_the_command_line_says() {
    let standard = "name: TSC\nCC1.1: {family: CC1}\nCC1.2: {family: CC1}\nCC9.9: {family: CC9}\n";
    let policy = "name: P\nsatisfies: {TSC: [CC1.1, CC9.9]}\n---\nx\n";
    let files = with_programme(&[("standards/tsc.yml", standard), ("policies/p.md", policy)]);
    let report = import(&repository(&files), "comply", "", &["--dry-run"]);
    assert!(report.notes().contains("2 of the 3 ids of standards/tsc.yml are ids of soc2"), "{}", report.notes());
    assert_eq!((report.counts("requirements"), report.counts("claims")), ((3, 3, 0), (2, 2, 0)));
    let repo = repository(&files);
    let report = import(&repo, "comply", "", &["--framework", "soc2"]);
    assert_eq!((report.counts("requirements"), report.counts("claims")), ((3, 2, 1), (2, 1, 1)));
    check(&repo);
}

#[test]
fn procedures_keep_their_ids_and_schedules_without_a_cadence_are_left() {
    let repo = repository(&with_programme(&[
        ("policies/patch.md", "name: Patching\n---\nx\n"),
        ("procedures/p.md", "id: \"patch\"\nname: \"Apply patches\"\ncron: \"0 0 0 15 * *\"\n---\nx\n"),
        ("procedures/twice.md", "id: ../../twice\nname: Twice\ncron: 0 0 0 1,15 * *\n---\nx\n"),
        ("procedures/five.md", "id: five\nname: Five\ncron: 0 0 15 * *\n---\nx\n"),
        ("procedures/sub/deep.md", "id: deep\n---\nx\n"),
        ("procedures/readme.txt", "x"),
    ]));
    let report = import(&repo, "comply", "", &[]);
    assert_eq!(report.counts("procedures"), (3, 3, 0));
    assert_eq!(report.counts("schedules"), (3, 1, 2));
    assert_eq!(report.counts("other files"), (2, 0, 2));
    assert!(report.notes().contains("procedures/p.md is `patch-procedure`"), "{}", report.notes());
    assert!(text(&repo, "controls/patch.yaml").contains("policies:\n- patch-procedure"));
    check(&repo);
}

#[test]
fn claims_of_a_standard_that_is_not_there_are_not_called_wrong() {
    let files = with_programme(&[
        ("policies/p.md", "\nname: P\n\nsatisfies:\n  TSC:\n    - CC6.1\n    - CC7.3 - Users come and go\n---\nx\n"),
        (
            "comply.yml",
            "name: A\napprovedBranch: \"\"\ntickets:\n  github: {\"https://o:shh-1@host/token\": x}\n  jira: {url: \"https://o:shh-2@host\"}\n",
        ),
    ]);
    let report = import(&repository(&files), "comply", "", &["--dry-run"]);
    let notes = report.notes();
    assert!(!notes.contains("does not exist"), "{notes}");
    assert!(notes.contains("2 claims name the standard `TSC`, of which no file is here"), "{notes}");
    assert_eq!(report.left("settings")["approvedBranch"], "it says nothing");
    assert!(notes.contains("comply.yml holds secrets (tickets.github, tickets.jira.url)"), "{notes}");
    assert!(!report.json.to_string().contains("shh-"), "{}", report.json);
    let report = import(&repository(&files), "comply", "", &["--framework", "soc2", "--dry-run"]);
    assert_eq!(report.counts("claims"), (2, 1, 1));
    let why = &report.left("claims")["policies/p.md claims TSC CC7.3 - Users come and go"];
    assert!(why.ends_with("its first word `CC7.3` is one, so leave out the rest"), "{why}");
}
