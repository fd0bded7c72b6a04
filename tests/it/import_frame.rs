//! What all importers share: formats and mistakes in naming them, hostile folders, files that are there already.

use std::{fs, sync::LazyLock};

use proptest::prelude::*;
use tickmark::{
    date::parse_date,
    id::RepoPath,
    import::{IMPORTERS, ImportOptions, Source, import as run_importer},
    load,
    model::Programme,
    tree::MemoryTree,
};

use crate::{
    import_support::{check, import, repository, text, with_programme},
    support::Repo,
};

const POLICY: (&str, &str) = ("policies/a.md", "name: A\n---\nText.\n");

fn usage(repo: &Repo, args: &[&str]) -> String {
    let run = repo.run(args);
    assert_eq!(run.code, 2, "{}{}", run.out, run.err);
    assert!(run.out.is_empty(), "{}", run.out);
    run.err
}

#[test]
fn the_formats_are_listed_and_a_wrong_one_is_told() {
    let repo = repository(&[POLICY]);
    let help = repo.run(&["import", "--help"]).out;
    for format in ["comply", "front-matter", "csv", "auditree"] {
        assert!(help.lines().any(|line| line.trim_start().starts_with(format)), "{format}: {help}");
    }
    let dir = repo.dir();
    let dir = dir.to_str().unwrap();
    assert!(usage(&repo, &["import", "complyy", dir]).contains("did you mean `comply`?"));
    let wrong = usage(&repo, &["import", "auditree", dir]);
    assert!(wrong.contains("looked for check_results.json") && wrong.contains("it looks like comply: tickmark import comply"), "{wrong}");
    assert!(usage(&repo, &["import", "comply", "nowhere"]).contains("cannot look at nowhere"));
    fs::create_dir(repo.path().join("empty")).unwrap();
    assert!(usage(&repo, &["import", "comply", "empty"]).contains("the formats are: comply"));
    assert!(usage(&repo, &["import", "csv", dir, "--columns", "id"]).contains("maps nothing"));
}

#[test]
fn a_dry_run_writes_nothing_and_shows_everything() {
    let repo = repository(&[POLICY]);
    let dir = repo.dir();
    let run = repo.run(&["import", "comply", dir.to_str().unwrap(), "--dry-run"]);
    assert!(run.out.contains("-- content/policies/imported-comply.yaml --") && run.out.contains("path: policies/a.md"), "{}", run.out);
    assert!(run.out.contains("policies: found 1, took 1, left 0") && run.err.contains("nothing was written"), "{}{}", run.out, run.err);
    assert!(!repo.dir().join("content").exists());
    let run = repo.run(&["import", "comply", dir.to_str().unwrap()]);
    assert!(run.out.contains("wrote content/policies/imported-comply.yaml"), "{}", run.out);
    assert!(run.err.contains("there is no tickmark.yaml here: `tickmark init --bare` writes one"), "{}", run.err);
    let bare = repo.run(&["init", "--bare", "--name", "Acme", repo.dir().to_str().unwrap()]);
    assert_eq!(bare.code, 0, "{}", bare.err);
    assert_eq!(check(&repo)["policies"].as_array().unwrap().len(), 1);
}

#[test]
fn a_file_that_is_there_is_kept_and_counted() {
    let table = ("list.csv", "id,title\nAC-1,One\nAC-2,Two\n");
    let repo = repository(&with_programme(&[table, ("controls/ac-1.yaml", "# no record yet\nid: other\ntitle: Other\n")]));
    let report = import(&repo, "csv", "list.csv", &[]);
    assert_eq!(report.counts("controls"), (2, 2, 0));
    assert!(text(&repo, "controls/ac-1.yaml").contains("Other"));
    assert!(text(&repo, "controls/ac-1-2.yaml").contains("AC-1"));
    // A second import leaves every row and writes nothing.
    let again = import(&repo, "csv", "list.csv", &[]);
    assert_eq!((again.counts("controls"), again.written().len()), ((2, 0, 2), 0));
    check(&repo);
    // A file that no listing shows is met only when it is to be written.
    let repo = repository(&with_programme(&[table]));
    fs::create_dir_all(repo.dir().join("controls/ac-1.yaml")).unwrap();
    let report = import(&repo, "csv", "list.csv", &[]);
    assert_eq!(report.counts("controls"), (2, 1, 1));
    assert_eq!(report.json["kept"][0], "controls/ac-1.yaml");
}

#[cfg(unix)]
#[test]
fn links_are_neither_read_nor_written_through() {
    use std::os::unix::fs::symlink;
    let repo = repository(&[POLICY, ("policies/b.md", "name: B\n---\nB\n")]);
    fs::write(repo.path().join("secret.md"), "name: CANARY\n---\nCANARY\n").unwrap();
    fs::create_dir(repo.path().join("elsewhere")).unwrap();
    symlink(repo.path().join("secret.md"), repo.dir().join("policies/link.md")).unwrap();
    symlink(repo.path(), repo.dir().join("procedures")).unwrap();
    symlink(repo.path().join("elsewhere"), repo.dir().join("content")).unwrap();
    let report = import(&repo, "comply", "", &[]);
    assert!(report.left("policies")["policies/link.md"].contains("links are not followed"), "{:?}", report.left("policies"));
    assert!(report.left("entries").contains_key("procedures") || report.left("other files").contains_key("procedures"));
    assert!(!report.json.to_string().contains("CANARY"));
    assert_eq!(report.counts("policies").1, 0);
    assert!(report.left("policies")["policies/a.md"].contains("leads out of the programme's folders"));
    assert_eq!(fs::read_dir(repo.path().join("elsewhere")).unwrap().count(), 0);
}

#[test]
fn hostile_files_are_left_with_reasons() {
    let deep = format!("name: {}\n---\nx\n", "[".repeat(10_000));
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nname: *b\n---\nx\n";
    let huge = format!("name: Huge\n---\n{}", "x".repeat(3 * 1024 * 1024));
    let repo = repository(&[
        POLICY,
        ("policies/deep.md", &deep),
        ("policies/bomb.md", bomb),
        ("policies/huge.md", &huge),
        ("policies/nul.md", "name: N\0\n---\nx\n"),
        ("policies/none.md", "name: never closed\n"),
        ("policies/list.md", "- a\n---\nx\n"),
        ("policies/empty.md", ""),
        ("policies/escape\u{1b}[31m.md", "name: \"E\\e[31m\"\n---\nx\n"),
    ]);
    fs::write(
        repo.dir().join("policies/utf16.md"),
        [&b"\xFF\xFE"[..], &"name: Wide\n---\nx\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat(),
    )
    .unwrap();
    let report = import(&repo, "comply", "", &[]);
    let left = report.left("policies");
    for (name, why) in [
        ("deep", "nested"),
        ("bomb", "anchor"),
        ("huge", "not read"),
        ("nul", "NUL"),
        ("none", "no line `---`"),
        ("list", "a list"),
        ("empty", "no line `---`"),
    ] {
        assert!(left[&format!("policies/{name}.md")].contains(why), "{name}: {left:?}");
    }
    assert_eq!(report.counts("policies").1, 3);
    assert!(report.notes().contains("policies/utf16.md is UTF-16"), "{}", report.notes());
    let run = repo.run(&["import", "comply", repo.dir().to_str().unwrap(), "--dry-run"]);
    assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'));
    check(&repo);
}

#[test]
fn a_repository_inside_the_repository_is_copied() {
    let repo = repository(&with_programme(&[]));
    fs::create_dir_all(repo.dir().join("theirs/policies")).unwrap();
    fs::create_dir_all(repo.dir().join("theirs/.git")).unwrap();
    repo.write("theirs/policies/a.md", POLICY.1);
    let report = import(&repo, "comply", "theirs", &[]);
    assert!(report.notes().contains("outside the repository"), "{}", report.notes());
    assert!(text(&repo, "content/policies/a.md").ends_with("Text.\n"));
}

/// Pieces of texts in the formats, so that what is put together gets past the first look.
const PIECES: [&str; 34] = [
    "name: A\n",
    "id: \"../x\"\n",
    "---\n",
    "satisfies:\n  TSC:\n    - CC6.1\n    - [x]\n",
    "majorRevisions: [{date: Mar 3 2026}, 7]\n",
    "cron: \"0 0 0 1 * *\"\n",
    "title: T\n",
    "last_reviewed_on: 2026-01-01\n",
    "review_in: 6 months\n",
    "id,title,tsc\n",
    "AC-1,\"a\nb\",CC6.1\n",
    ";;;\n",
    "\"",
    "\u{feff}",
    "\u{2028}",
    "é",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\n",
    "{\"a.json\": {\"last_update\": \"2026-05-01T08:00:00\", \"ttl\": 1e300, \"partitions\": {\"0123456789\": []}}}",
    "{\"x.Y\": {\"checks\": {\"t\": {\"status\": \"pass\", \"timestamp\": 1e11}}, \"evidence\": [{\"path\": \"raw/a/a.json\"}, 3], \"reports\": {\"reports/r\": null}}}",
    "CC6.1: {family: CC6, name: N}\n",
    "schema_version: 3.0.0\n",
    "components: [a]\n",
    "standard_key: S\n",
    "{\"catalog\": {\"uuid\": 1, \"groups\": [{}]}}",
    "objects: {framework: {ref_id: x, requirement_nodes: [{urn: a}]}}\n",
    "urn: urn:x\n",
    "\u{0}",
    "- ",
];
const PATHS: [&str; 14] = [
    "comply.yml",
    "policies/a.md",
    "procedures/a.md",
    "narratives/a.md",
    "standards/s.yml",
    "list.csv",
    "raw/a/index.json",
    "raw/a/a.json",
    "check_results.json",
    "controls.json",
    "opencontrol.yaml",
    "a/component.yaml",
    "catalog.json",
    "library.yaml",
];

/// No programme yet: only the built-in frameworks.
static PROGRAMME: LazyLock<Programme> =
    LazyLock::new(|| load::load(&MemoryTree::default(), parse_date("2026-06-30").unwrap()).unwrap().programme);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    /// Whatever a folder holds, no importer panics or fails, and its counts add up.
    #[test]
    fn no_folder_breaks_an_importer(
        files in prop::collection::btree_map(0..PATHS.len(), prop::collection::vec(0..PIECES.len(), 0..8), 1..8),
        inside in any::<bool>(),
        move_documents in any::<bool>(),
    ) {
        let text = |pieces: &Vec<usize>| pieces.iter().map(|piece| PIECES[*piece]).collect::<String>().into_bytes();
        let tree = MemoryTree::new(files.iter().map(|(path, pieces)| (RepoPath::new(PATHS[*path]), text(pieces))));
        let day = parse_date("2026-06-30").unwrap();
        let options = ImportOptions { move_documents, ..ImportOptions::default() };
        let source = Source::new(&tree, inside.then(String::new), day, &PROGRAMME, options).unwrap();
        for importer in IMPORTERS {
            (importer.recognise)(&source);
            let imported = run_importer(importer, &source).unwrap();
            for tally in imported.tallies() {
                prop_assert_eq!(tally.found(), tally.taken + tally.left.len());
            }
            let planned = imported.files().iter().chain(imported.moves().iter().map(|step| &step.to));
            for file in planned {
                prop_assert!(!file.path.contains(".."), "{}", file.path);
            }
        }
    }
}
