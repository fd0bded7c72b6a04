//! The walk against Git itself: the same events, landings, landing groups, people and trailers.

use std::collections::{BTreeMap, BTreeSet};

use tickmark::{
    assets,
    git::{Wanted, script::replay},
    id::RepoPath,
    model::History,
    tree::MemoryTree,
};

use crate::git_support::{Sandbox, changes, events_of_git, everything, landings, only, real_data};

/// Compares a whole walk with what Git says of the same repository.
fn check(sandbox: &Sandbox, folder: &str, wanted: &Wanted) -> History {
    let history = sandbox.walk(folder, wanted);
    let mut paths: Vec<&str> = wanted.folders.iter().chain(&wanted.files).map(String::as_str).filter(|path| !path.is_empty()).collect();
    if wanted.markdown_anywhere {
        paths.extend([":(glob,icase)**/*.md", ":(glob,icase)**/*.markdown"]);
    }
    let log = |options: &[&str]| {
        let common = ["-c", "core.quotePath=off", "log", "--raw", "--no-abbrev", "--full-history", "--no-renames", "--format=commit:%H"];
        events_of_git(&sandbox.git(folder, &[&common[..], options, &["HEAD", "--"], &paths[..]].concat()))
    };
    assert_eq!(changes(&history), log(&["-c"]), "changes of {wanted:?}");
    assert_eq!(landings(&history), log(&["--first-parent", "-m"]), "landings of {wanted:?}");
    check_shape(sandbox, folder, &history);
    check_people(sandbox, folder, &history);
    history
}

/// Every commit is there, parents first; the mainline is Git's; what landed where is Git's.
fn check_shape(sandbox: &Sandbox, folder: &str, history: &History) {
    let parents = sandbox.git(folder, &["rev-list", "--parents", "HEAD"]);
    let expected: BTreeSet<String> = parents.lines().map(str::to_owned).collect();
    let found: BTreeSet<String> = history
        .nodes
        .iter()
        .enumerate()
        .map(|(at, node)| {
            assert!(node.parents.iter().all(|parent| (parent.0 as usize) < at), "parents stand before children");
            let ids = node.parents.iter().map(|parent| format!(" {}", history.node(*parent).id));
            std::iter::once(node.id.to_string()).chain(ids).collect()
        })
        .collect();
    assert_eq!(found.difference(&expected).collect::<Vec<_>>(), expected.difference(&found).collect::<Vec<_>>());
    let mainline: Vec<String> = history.mainline.iter().map(|at| history.node(*at).id.to_string()).collect();
    let expected: Vec<String> =
        sandbox.git(folder, &["rev-list", "--first-parent", "--reverse", "--topo-order", "HEAD"]).lines().map(str::to_owned).collect();
    assert_eq!(mainline, expected);
    let mut groups: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for node in &history.nodes {
        groups.entry(history.node(node.landed_in).id.to_string()).or_default().insert(node.id.to_string());
    }
    let mut floor = i64::MIN;
    for (position, id) in mainline.iter().enumerate() {
        let node = history.node(history.mainline[position]);
        floor = floor.max(node.committed);
        assert_eq!(node.landed, floor);
        // Git's own answer is asked where it matters and where asking stays cheap.
        if groups[id].len() > 1 || mainline.len() < 50 {
            let before = position.checked_sub(1).map(|before| format!("^{}", mainline[before]));
            let mut arguments = vec!["rev-list", id.as_str()];
            arguments.extend(before.as_deref());
            let expected: BTreeSet<String> = sandbox.git(folder, &arguments).lines().map(str::to_owned).collect();
            assert_eq!(groups[id], expected, "what landed with {id}");
        }
    }
}

/// People after `.mailmap`, times, subjects and trailers of the commits that the history keeps.
fn check_people(sandbox: &Sandbox, folder: &str, history: &History) {
    let format = "--format=%H%x00%aN%x00%aE%x00%at%x00%cN%x00%cE%x00%ct%x00%(trailers:only,unfold,separator=%x01)%x02";
    let log = sandbox.git(folder, &["log", format, "HEAD"]);
    let mut by_id: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for record in log.split('\u{2}').map(str::trim_start).filter(|record| !record.is_empty()) {
        let fields: Vec<&str> = record.split('\0').collect();
        by_id.insert(fields[0], fields);
    }
    for commit in history.commits.values() {
        let id = commit.id.to_string();
        let trailers: Vec<String> = commit.trailers.iter().map(|trailer| format!("{}: {}", trailer.key, trailer.value)).collect();
        let ours = [
            id.clone(),
            commit.author.name.clone(),
            commit.author.email.clone(),
            commit.author.time.seconds.to_string(),
            commit.committer.name.clone(),
            commit.committer.email.clone(),
            commit.committer.time.seconds.to_string(),
            trailers.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\u{1}"),
        ];
        let theirs: Vec<String> = by_id[id.as_str()].iter().map(|field| field.replace('\r', "")).collect();
        let theirs: Vec<String> =
            theirs.iter().map(|field| field.split('\u{1}').map(str::trim_end).collect::<Vec<_>>().join("\u{1}")).collect();
        assert_eq!(ours.to_vec(), theirs);
    }
}

fn check_all(sandbox: &Sandbox, folder: &str) -> History {
    check(sandbox, folder, &only(&["content"]));
    check(sandbox, folder, &Wanted { files: vec!["content/a.md".into(), "tickmark.yaml".into()], ..only(&["controls"]) });
    check(sandbox, folder, &Wanted { markdown_anywhere: true, ..Wanted::default() });
    check(sandbox, folder, &everything())
}

const START: &str = "== commit 2026-01-05T10:00:00+01:00 dana
Start

Reviewed-by: Lee Park <lee@example.com>
-- tickmark.yaml --
organization: x
-- content/a.md --
one
two
-- content/b.txt --
b
-- controls/c.yaml --
id: c
-- .mailmap --
Dana I. <dana@example.com>
Lee <lee@people.example> <LEE@example.com>
";

#[test]
fn linear_history_with_links_moves_and_kinds_that_change() {
    let sandbox = Sandbox::new();
    sandbox.script(
        "r",
        &format!(
            "{START}== commit 2026-01-06T10:00:00+01:00 lee authored 2025-01-01T00:00:00Z author dana
Change, delete and link
-- edit content/a.md --
-one
+three
-- delete content/b.txt --
-- link content/l -> a.md --
-- with ä and space.md --
x
== commit 2026-01-07T10:00:00+01:00 lee
A file becomes a folder, a link a file, a folder a file
-- delete tickmark.yaml --
-- tickmark.yaml/inner.md --
x
-- delete content/l --
-- content/l --
now a file
-- delete controls/c.yaml --
-- controls --
now a file
== commit 2026-01-08T10:00:00+01:00 lee
Nothing changes
"
        ),
    );
    assert_eq!(check_all(&sandbox, "r").mainline.len(), 4);
}

#[test]
fn merges_plain_evil_and_octopus_with_a_side_branch_that_hides_its_tracks() {
    let sandbox = Sandbox::new();
    sandbox.script(
        "r",
        &format!(
            "{START}== commit 2026-01-06T10:00:00+01:00 lee on tamper
Weaken the record
-- edit content/a.md --
-two
+weaker
== commit 2026-01-06T11:00:00+01:00 lee on tamper
Undo
-- edit content/a.md --
-weaker
+two
== commit 2026-01-06T11:30:00+01:00 dana
Meanwhile
-- content/m.md --
m
== merge 2026-01-07T10:00:00+01:00 dana tamper
Merge what looks like nothing
== commit 2026-01-08T10:00:00+01:00 lee on left
Left
-- content/left.md --
1
-- content/both.md --
left
== commit 2026-01-08T10:00:00+01:00 lee on right
Right
-- content/right.md --
1
-- delete content/b.txt --
== commit 2026-01-08T10:00:00+01:00 lee on third
Third
-- controls/d.yaml --
1
== merge 2026-01-09T10:00:00+01:00 dana left right third
Merge three and slip something in
-- content/evil.md --
nobody wrote this on a branch
-- content/both.md --
merged
-- delete content/m.md --
"
        ),
    );
    let history = check_all(&sandbox, "r");
    let hidden = history.changes.iter().filter(|change| change.path.as_str() == "content/a.md").count();
    assert_eq!(hidden, 3, "the first version, the tampering and its undoing are all seen");
    assert_eq!(history.nodes.iter().map(|node| node.parents.len()).max(), Some(4));
    let simplified = sandbox.git("r", &["log", "--format=%H", "HEAD", "--", "content/a.md"]);
    assert_eq!(simplified.lines().count(), 1, "git's simplified log hides them");
}

#[test]
fn dates_that_lie_change_nothing() {
    let sandbox = Sandbox::new();
    sandbox.script(
        "r",
        &format!(
            "{START}== commit 2031-01-06T10:00:00+01:00 lee on old
A parent newer than its child, on a branch
-- content/x.md --
x
== commit 1999-01-06T10:00:00+01:00 lee on old
A child older than its parent
-- content/x.md --
y
== commit 2099-02-06T10:00:00+01:00 lee
Far ahead
-- content/z.md --
z
== merge 2026-02-07T10:00:00+01:00 dana old
Merge
== commit 2001-01-01T00:00:00Z lee
A tip of 2001
-- content/z.md --
zz
"
        ),
    );
    let history = check_all(&sandbox, "r");
    assert_eq!(history.nodes.len(), 6);
    assert_eq!(sandbox.git("r", &["rev-list", "--count", "--since=2020-01-01", "HEAD"]).trim(), "0", "git prunes by date and sees nothing");
}

#[test]
fn a_first_parent_reached_late_is_still_mainline() {
    let sandbox = Sandbox::new();
    // The tip's first parent is read last: its date is the oldest, and its child on the side is newer.
    sandbox.script("r", START);
    let tree = |name: &str| {
        let blob = sandbox.object("r", "blob", name.as_bytes());
        let bytes = [b"100644 f.md\0".to_vec(), blob_bytes(&blob)].concat();
        sandbox.object("r", "tree", &bytes)
    };
    let commit = |tree: &str, parents: &[&str], date: &str| {
        let mut arguments = vec!["commit-tree", tree, "-m", "x"];
        parents.iter().for_each(|parent| arguments.extend(["-p", parent]));
        let output = sandbox.command("r", &arguments).env("GIT_COMMITTER_DATE", date).output().expect("git runs");
        assert!(output.status.success());
        String::from_utf8(output.stdout).expect("an id").trim().to_owned()
    };
    let (one, two, three, four) = (tree("1"), tree("2"), tree("3"), tree("4"));
    let root = commit(&one, &[], "1000000000 +0000");
    let side = commit(&two, &[&root], "1000000001 +0000");
    let main = commit(&three, &[&root, &side], "1900000000 +0000");
    let later = commit(&four, &[&main], "1800000000 +0000");
    let early = commit(&two, &[&main], "1100000000 +0000");
    let tip = commit(&one, &[&early, &later], "1700000000 +0000");
    sandbox.git("r", &["update-ref", "refs/heads/main", &tip]);
    check_all(&sandbox, "r");
}

fn blob_bytes(hex: &str) -> Vec<u8> {
    (0..20).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).expect("hexadecimal")).collect()
}

#[test]
fn several_roots_and_a_submodule() {
    let sandbox = Sandbox::new();
    sandbox.script("r", START);
    sandbox.git("r", &["checkout", "-q", "--orphan", "other"]);
    std::fs::create_dir_all(sandbox.path("r/content/sub")).expect("makes a folder");
    std::fs::write(sandbox.path("r/content/other.md"), "other\n").expect("writes");
    sandbox.git("r", &["add", "-A"]);
    let tip = sandbox.git("r", &["rev-parse", "main"]);
    sandbox.git("r", &["update-index", "--add", "--cacheinfo", &format!("160000,{},content/module", tip.trim())]);
    sandbox.git("r", &["commit", "-q", "-m", "Another root"]);
    sandbox.git("r", &["merge", "-q", "--no-ff", "--allow-unrelated-histories", "-m", "Join", "main"]);
    let history = check_all(&sandbox, "r");
    assert_eq!(history.nodes.iter().filter(|node| node.parents.is_empty()).count(), 2);
}

#[test]
fn commits_that_other_tools_wrote_oddly() {
    let sandbox = Sandbox::new();
    sandbox.script("r", START);
    let tree = sandbox.git("r", &["rev-parse", "main^{tree}"]).trim().to_owned();
    let other = sandbox.git("r", &["rev-parse", "main:content"]).trim().to_owned();
    let mut parent = sandbox.git("r", &["rev-parse", "main"]).trim().to_owned();
    let commits: [&[u8]; 6] = [
        b"author Ian Blanes <> 1767700000 +0530\ncommitter Ian Blanes <> 1767700000 +0345\n\nEmpty e-mail\n",
        b"author David K\xe5gedal <d@x.example> 1767700000 -0230\ncommitter A <a@x.example> 1767700000 +0000\nencoding iso-8859-1\n\nL\xf6schen\n\nAcked-by: J\xf6rg <j@x.example>\n",
        b"author semantic-release <semantic-release> 1 +0000\ncommitter GitHub <noreply@github.com> 1767700000 +0000\n\n",
        b"author A <a@x.example> 1767700000 +0000\ncommitter A <a@x.example> 1767700000 +0000\nencoding 'utf8'\n\nSubject\r\n\r\nBody\r\n\r\nReviewed-by: Lee <lee@x.example>\r\n",
        b"author A <a@x.example> 1767700000 +0000\ncommitter A <a@x.example> 1767700000 +0000\nHG:extra something\n\nText\n\nReviewed-by: Lee\n\nAnd an end.\n",
        b"author A <a@x.example> 1767700000 +0000\ncommitter A <a@x.example> 1767700000 +0000\nchange-id xyz\n\nText\n\nSome prose here.\nSigned-off-by: Lee <l@x.example>\nReviewed-by: Kim\n  and Jo\n",
    ];
    for (at, rest) in commits.iter().enumerate() {
        let tree = if at % 2 == 0 { &other } else { &tree };
        let bytes = [format!("tree {tree}\nparent {parent}\n").as_bytes(), rest].concat();
        parent = sandbox.object("r", "commit", &bytes);
    }
    sandbox.git("r", &["update-ref", "refs/heads/main", &parent]);
    check_all(&sandbox, "r");
}

/// A stream for `git fast-import`: any commit may have up to four parents, any date, and change or drop any file.
fn random_history(seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut random = move |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let paths = ["content/a.md", "content/b/c.yaml", "content/b", "controls/c.yaml", "tickmark.yaml", "x.md", "deep/er/y.md", "deep/z"];
    let mut stream = String::new();
    for mark in 1..=60_u64 {
        let who = format!("P{} <p{}@example.com> {} +0100", random(5), random(5), 1_700_000_000 + random(1_000_000));
        stream += &format!("commit refs/heads/main\nmark :{mark}\nauthor {who}\ncommitter {who}\ndata 2\nx\n");
        let mut parents: Vec<u64> =
            (0..1 + random(8).saturating_sub(4)).map(|_| mark.saturating_sub(1 + random(6))).filter(|at| *at > 0).collect();
        parents.dedup();
        for (at, parent) in parents.iter().enumerate() {
            stream += &format!("{} :{parent}\n", if at == 0 { "from" } else { "merge" });
        }
        if parents.is_empty() || random(3) == 0 {
            stream += "deleteall\n";
        }
        for _ in 0..random(4) {
            let path = paths[random(paths.len() as u64) as usize];
            let mode = ["100644", "100755", "120000"][random(3) as usize];
            stream += &match random(4) {
                0 => format!("D {path}\n"),
                _ => format!("M {mode} inline {path}\ndata 2\n{}\n", random(4)),
            };
        }
        if parents.is_empty() && mark > 1 {
            stream = stream.replacen(
                &format!("commit refs/heads/main\nmark :{mark}\n"),
                &format!("commit refs/heads/root{mark}\nmark :{mark}\n"),
                1,
            );
        }
        stream += "\n";
    }
    stream
}

#[test]
fn histories_of_every_shape() {
    for seed in 1..=12 {
        let sandbox = Sandbox::new();
        sandbox.git("", &["init", "-q", "-b", "main", "r"]);
        sandbox.feed("r", &["fast-import", "--quiet", "--force"], random_history(seed).as_bytes());
        check_all(&sandbox, "r");
    }
}

#[test]
fn the_example_company() {
    let sandbox = Sandbox::new();
    let read = |path: &str| assets::read(path).expect("listed").into_owned();
    let paths = assets::list("demo/company");
    let base = MemoryTree::new(paths.iter().map(|path| (RepoPath::new(&path["demo/company/".len()..]), read(path))));
    let script = assets::read_text("demo/history.txt").expect("the example's history");
    replay(&script, &base, &sandbox.path("r")).expect("replays");
    let history = check(&sandbox, "r", &only(&["controls", "content", "tickmark.yaml"]));
    assert!(history.is_complete() && history.nodes.len() > 200);
}

#[test]
fn a_real_companys_policies() {
    let Some(bundle) = real_data("basecamp-policies.bundle") else {
        eprintln!("SKIPPED: no basecamp-policies.bundle; set TICKMARK_REAL_DATA to the folder that holds it");
        return;
    };
    let sandbox = Sandbox::new();
    sandbox.git("", &["clone", "-q", &bundle.to_string_lossy(), "r"]);
    check(&sandbox, "r", &Wanted { markdown_anywhere: true, ..Wanted::default() });
    let history = check(&sandbox, "r", &everything());
    assert_eq!((history.nodes.len(), history.is_complete()), (445, true));
}
