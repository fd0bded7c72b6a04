//! History scripts: what reads, what is refused and how it is said, and a whole story replayed twice.

use super::{
    parse::{Action, Change, Edit, parse},
    replay,
};
use crate::{
    git::{At, open},
    id::RepoPath,
    tree::{EntryKind, MemoryTree, Tree, sha256_hex},
};

const PEOPLE: &str = "# A comment.\nperson dana \"Dana Ito\" dana@example.com signs\nperson lee \"Lee Park\" lee@example.com\n";

fn error(script: &str) -> String {
    let dir = tempfile::tempdir().expect("a folder");
    let base = MemoryTree::default();
    format!("{:#}", replay(&format!("{PEOPLE}{script}"), &base, &dir.path().join("r")).expect_err("the script is wrong"))
}

#[test]
fn headers_messages_and_sections_are_read() {
    let script = parse(&format!(
        "{PEOPLE}\n== commit 2026-01-05T10:00:00+01:00 dana on side unsigned authored 2026-01-04T10:00:00Z author lee\nSubject\n\n\\== kept\n\n\
         -- a b.md --\ntext\n\\-- kept\n\\\\-- once\n\n\n-- edit c.yaml --\n-old\n+new\n\\-- item\n+- item\n-- link l -> ../x y --\n== tag v1\n"
    ))
    .expect("reads");
    let step = &script.steps[0];
    assert_eq!((step.line, step.message.as_str()), (5, "Subject\n\n== kept\n"));
    let Action::Commit(stamp, branch) = &step.action else { panic!("a commit") };
    assert_eq!((stamp.author.as_str(), stamp.unsigned, branch.as_deref()), ("lee", true, Some("side")));
    assert_eq!(
        (stamp.authored.text().as_str(), stamp.committed.text().as_str()),
        ("2026-01-04T10:00:00+00:00", "2026-01-05T10:00:00+01:00")
    );
    assert_eq!(step.sections[0].change, Change::Write("a b.md".into(), "text\n-- kept\n\\-- once\n".into()));
    let edits =
        [Edit::Remove(17, "old".into()), Edit::Add(18, "new".into()), Edit::Remove(19, "- item".into()), Edit::Add(20, "- item".into())];
    assert_eq!(step.sections[1].change, Change::Edit("c.yaml".into(), edits.to_vec()));
    assert_eq!(step.sections[2].change, Change::Link("l".into(), "../x y".into()));
    assert_eq!(script.steps[1].action, Action::Tag("v1".into()));
}

#[test]
fn mistakes_name_their_line_and_what_was_expected() {
    for (script, expected) in [
        ("== comit 2026-01-05T10:00:00Z dana\n", "line 4: `== comit 2026-01-05T10:00:00Z dana`: expected one of"),
        ("== commit 2026-01-05 dana\n", "`2026-01-05` is not a time such as"),
        ("== commit 2026-01-05T10:00:00Z dana at x\n", "expected on BRANCH, unsigned, authored TIME or author PERSON, found `at`"),
        ("== commit 2026-01-05T10:00:00Z kim\nx\n", "line 4: `kim` is nobody of this script; expected one of: dana, lee"),
        ("== commit 2026-01-05T10:00:00Z dana\nx\n-- take no.md --\n", "line 6: the base set has no file `no.md`"),
        ("== commit 2026-01-05T10:00:00Z dana\nx\n-- delete no.md --\n", "there is no file `no.md` to delete"),
        ("== commit 2026-01-05T10:00:00Z dana\nx\n-- ../no.md --\n", "`../no.md` is not a path inside the repository"),
        ("== commit 2026-01-05T10:00:00Z dana\nx\n-- a --\n-- item\n", "line 7: `-- item`: expected a file section"),
        ("== commit 2026-01-05T10:00:00Z dana\nx\n-- a --\nx\nx\n-- edit a --\n-x\n", "in `a`: line 10: 2 lines read `x`, expected one"),
        ("== commit 2026-01-05T10:00:00Z dana\nx\n-- a --\n{sha256 b}\n", "line 6: in `a`: there is no file `b` whose hash"),
        ("== commit 2026-01-05T10:00:00Z dana\nx\n-- a --\n{sha256 b}\n-- b --\n{sha256 a}\n", "the hash of `a` depends on itself"),
        ("== commit 2026-01-05T10:00:00Z dana\nx\n-- a --\n{ssh-key kim}\n", "`kim` is nobody of this script"),
        ("== merge 2026-01-05T10:00:00Z dana side\nx\n", "there is no commit on main to merge into"),
        ("== tag v1\ntext\n", "a tag has neither a message nor files"),
    ] {
        let found = error(script);
        assert!(found.contains(expected), "{script}\n gave: {found}\n expected: {expected}");
    }
    let conflict = "== commit 2026-01-05T10:00:00Z dana\nx\n-- a --\n1\n== commit 2026-01-06T10:00:00Z dana on s\nx\n-- a --\n2\n\
                    == commit 2026-01-06T10:00:00Z dana\nx\n-- a --\n3\n== merge 2026-01-07T10:00:00Z dana s\nm\n";
    assert!(error(conflict).contains("line 16: both sides changed `a`: write it in the merge"), "{}", error(conflict));
}

const STORY: &str = r#"
== commit 2026-01-05T10:00:00+01:00 dana
Add records

Reviewed-by: Lee Park <lee@example.com>
-- content/a.md --
{sha256 content/b.txt} {ssh-key dana} {kept}
-- content/b.txt --
{ssh-key lee}
-- take base.bin --
== commit 2026-01-06T10:00:00+01:00 lee on side
Change one
-- edit content/b.txt --
-{ssh-key lee}
+text
-- link content/l -> b.txt --
== commit 2026-01-06T11:00:00+01:00 lee
Change another
-- c.txt --
c
== merge 2026-01-07T09:00:00+01:00 dana side
Merge side
== commit 2026-01-08T09:00:00+01:00 lee on late
Move
-- move c.txt -> d/c.txt --
== squash 2026-01-09T09:00:00+01:00 dana late author lee
Move (#1)
== tag v1
"#;

#[test]
fn a_story_is_replayed_with_the_same_ids_each_time() {
    // The line to edit holds a key, which the script cannot spell; so the story's edit is written with the key itself.
    let key = super::sign::Signer::of("lee").expect("a key").public_line().expect("a line");
    let story = format!("{PEOPLE}{}", STORY.replace("-{ssh-key lee}", &format!("-{key}")));
    let base = MemoryTree::new([(RepoPath::new("base.bin"), b"\xff\0{sha256 no}".to_vec())]);
    let dir = tempfile::tempdir().expect("a folder");
    let first = replay(&story, &base, &dir.path().join("one")).expect("replays");
    let second = replay(&story, &base, &dir.path().join("two")).expect("replays");
    assert_eq!(first, second);
    assert_eq!(first.commits.len(), 6);
    assert_eq!(first.commits.last(), first.branches.get("main"));

    let repository = open(&dir.path().join("one")).expect("opens").repository.expect("a repository");
    let tip = repository.resolve(At::Branch(None)).expect("resolves").expect("a commit");
    assert_eq!((tip.branch.as_str(), Some(&tip.id)), ("main", first.commits.last()));
    assert_eq!(repository.resolve(At::Rev("v1")).expect("a tag").map(|tip| tip.id), Some(tip.id));
    let tree = repository.tree(tip.id).expect("a tree");
    let (entries, skipped) = tree.list("").expect("lists");
    let names: Vec<&str> = entries.iter().map(|entry| entry.path.as_str()).collect();
    assert_eq!(names, ["base.bin", "content/a.md", "content/b.txt", "content/l", "d/c.txt"]);
    assert_eq!((&entries[3].kind, skipped.len()), (&EntryKind::Link("b.txt".into()), 0));
    let a = tree.read(&RepoPath::new("content/a.md")).expect("reads").expect("is there");
    let b_then = format!("{key}\n");
    let dana = &first.keys["dana"];
    assert_eq!(String::from_utf8(a).expect("text"), format!("{} {dana} {{kept}}\n", sha256_hex(b_then.as_bytes())));
    assert_eq!(std::fs::read(dir.path().join("one/content/b.txt")).expect("checked out"), b"text\n");
    assert_eq!(std::fs::read(dir.path().join("one/base.bin")).expect("checked out"), b"\xff\0{sha256 no}");
}

#[test]
fn a_script_without_commits_makes_an_empty_repository() {
    let dir = tempfile::tempdir().expect("a folder");
    let report = replay("nothing but a comment\n", &MemoryTree::default(), &dir.path().join("r")).expect("replays");
    assert!(report.commits.is_empty() && report.branches.is_empty());
    let error = replay("", &MemoryTree::default(), &dir.path().join("r")).expect_err("not empty any more");
    assert!(error.to_string().contains("is not empty"), "{error}");
}
