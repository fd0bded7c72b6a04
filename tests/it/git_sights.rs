//! What cannot be seen is said, with the command that mends it; what is broken is named and left out.

use std::fs;

use tickmark::{
    git::{At, open},
    id::{ObjectId, RepoPath},
    model::MissingSight,
    tree::{Blobs, EntryKind, Tree},
};

use crate::git_support::{Sandbox, everything, tip, walk};

const TWO: &str = "== commit 2026-01-05T10:00:00Z dana
One
-- a.md --
one
-- content/b.md --
b
== commit 2026-01-06T10:00:00Z dana
Two
-- a.md --
two
";

fn seen(sandbox: &Sandbox, folder: &str) -> (bool, Vec<MissingSight>) {
    let opened = open(&sandbox.path(folder)).expect("opening never fails for what is merely unreadable");
    (opened.repository.is_some(), opened.missing)
}

fn kinds(missing: &[MissingSight]) -> Vec<&'static str> {
    missing.iter().map(|sight| sight.kind).collect()
}

#[test]
fn a_whole_clone_is_wholly_seen_from_any_folder_and_worktree() {
    let sandbox = Sandbox::new();
    let report = sandbox.script("r", TWO);
    assert_eq!(seen(&sandbox, "r/content"), (true, vec![]));
    sandbox.git("r", &["worktree", "add", "-q", "--detach", "../linked", "HEAD~1"]);
    let linked = sandbox.open("linked");
    assert_eq!(linked.workdir().map(|path| path.canonicalize().expect("is there")), sandbox.path("linked").canonicalize().ok());
    let at = tip(&linked);
    assert_eq!((at.id, at.branch.as_str()), (report.commits[0], ""));
    assert_eq!(walk(&linked, &everything()).nodes.len(), 1);
    sandbox.git("", &["clone", "-q", "--bare", "r", "bare"]);
    let bare = sandbox.open("bare");
    assert_eq!((bare.workdir(), walk(&bare, &everything()).nodes.len()), (None, 2));
}

#[test]
fn a_shallow_clone_says_so_and_is_walked_to_its_boundary() {
    let sandbox = Sandbox::new();
    sandbox.script("r", TWO);
    let url = format!("file://{}", sandbox.path("r").display());
    sandbox.git("", &["clone", "-q", "--depth", "1", &url, "shallow"]);
    let (opened, missing) = seen(&sandbox, "shallow");
    assert!(opened);
    assert_eq!((kinds(&missing), missing[0].command.as_str()), (vec!["shallow"], "git fetch --unshallow"));
    assert!(missing[0].message.contains("fetch-depth: 0"));
    let history = sandbox.walk("shallow", &everything());
    assert_eq!((history.nodes.len(), history.missing, history.skipped), (1, missing, vec![]));
    sandbox.git("shallow", &["fetch", "-q", "--unshallow"]);
    assert!(sandbox.walk("shallow", &everything()).is_complete());
}

#[test]
fn replaced_objects_and_grafts_are_named_and_not_followed() {
    let sandbox = Sandbox::new();
    sandbox.script("r", TWO);
    let parent = sandbox.git("r", &["rev-parse", "HEAD~1"]).trim().to_owned();
    let lonely = sandbox.git("r", &["commit-tree", "-m", "Rewritten", "HEAD^{tree}"]).trim().to_owned();
    sandbox.git("r", &["replace", "HEAD", &lonely]);
    assert_eq!(sandbox.git("r", &["rev-list", "--count", "HEAD"]).trim(), "1", "git shows the replacement");
    fs::write(sandbox.path("r/.git/info/grafts"), format!("{parent}\n")).expect("writes");
    let (_, missing) = seen(&sandbox, "r");
    assert_eq!(kinds(&missing), ["grafts", "replaced"]);
    let history = sandbox.walk("r", &everything());
    assert_eq!((history.nodes.len(), history.missing), (2, missing));
}

#[test]
fn a_partial_clone_says_so_and_misses_contents_without_failing() {
    let sandbox = Sandbox::new();
    let report = sandbox.script("r", TWO);
    sandbox.git("r", &["config", "uploadpack.allowFilter", "true"]);
    let url = format!("file://{}", sandbox.path("r").display());
    let mut clone = sandbox.command("", &["clone", "-q", "--filter=blob:none", "--no-checkout", &url, "partial"]);
    assert!(clone.env_remove("GIT_NO_LAZY_FETCH").status().expect("git runs").success());
    let (opened, missing) = seen(&sandbox, "partial");
    assert_eq!(kinds(&missing), ["partial"]);
    assert!(missing[0].command.contains("--no-filter"));
    if opened {
        let repository = sandbox.open("partial");
        let history = walk(&repository, &everything());
        assert_eq!((history.nodes.len(), history.changes.len(), history.landings.len()), (2, 3, 3));
        let blob = history.landings[0].after.expect("added").blob;
        assert_eq!(repository.blob(blob).expect("missing is no failure"), None);
        let tree = repository.tree(report.commits[1]).expect("a tree");
        let (entries, skipped) = tree.list("").expect("lists");
        assert_eq!((entries.len(), skipped.len()), (0, 2));
        assert!(tree.read(&RepoPath::new("a.md")).is_err());
    }
    // The setting that libgit2 refuses.
    sandbox.git("partial", &["config", "core.repositoryFormatVersion", "1"]);
    sandbox.git("partial", &["config", "extensions.partialClone", "origin"]);
    let (opened, missing) = seen(&sandbox, "partial");
    assert_eq!((opened, kinds(&missing)), (false, vec!["partial"]));
}

#[test]
fn what_cannot_be_opened_is_explained() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("plain")).expect("makes a folder");
    let (opened, missing) = seen(&sandbox, "plain");
    assert_eq!((opened, kinds(&missing)), (false, vec!["no_repository"]));

    for (folder, option, words, command) in [
        ("sha256", "--object-format=sha256", "SHA-256", "fast-export"),
        ("reftable", "--ref-format=reftable", "reftable", "git refs migrate --ref-format=files"),
    ] {
        sandbox.git("", &["init", "-q", "-b", "main", option, folder]);
        sandbox.git(folder, &["commit", "-q", "--allow-empty", "-m", "x"]);
        let (opened, missing) = seen(&sandbox, folder);
        assert_eq!((opened, kinds(&missing)), (false, vec!["unsupported"]), "{folder}");
        assert!(missing[0].message.contains(words) && missing[0].command.contains(command), "{missing:?}");
    }
    sandbox.git("", &["init", "-q", "future"]);
    sandbox.git("future", &["config", "core.repositoryFormatVersion", "1"]);
    sandbox.git("future", &["config", "extensions.fromTheFuture", "true"]);
    let (opened, missing) = seen(&sandbox, "future");
    assert_eq!((opened, kinds(&missing)), (false, vec!["unsupported"]));
}

#[test]
fn another_users_repository_is_refused_with_gits_own_remedy() {
    let sandbox = Sandbox::new();
    sandbox.script("r", TWO);
    let owned = ["r", "r/.git"].iter().all(|path| std::os::unix::fs::chown(sandbox.path(path), Some(12345), None).is_ok());
    if !owned {
        eprintln!("SKIPPED: only the superuser can give a folder away");
        return;
    }
    let (opened, missing) = seen(&sandbox, "r");
    assert_eq!((opened, kinds(&missing)), (false, vec!["unsupported"]));
    assert!(missing[0].command.starts_with("git config --global --add safe.directory /"), "{missing:?}");
}

#[test]
fn branches_and_revisions_are_found_or_suggested() {
    let sandbox = Sandbox::new();
    let report = sandbox.script("r", &format!("{TWO}== commit 2026-01-07T10:00:00Z dana on review\nx\n-- c --\nc\n== tag v1\n"));
    let repository = sandbox.open("r");
    let at = |at: At<'_>| repository.resolve(at).map(|tip| tip.map(|tip| (tip.id, tip.branch)));
    assert_eq!(at(At::Branch(None)).expect("HEAD"), Some((report.commits[1], "main".into())));
    assert_eq!(at(At::Branch(Some("review"))).expect("a branch"), Some((report.commits[2], "review".into())));
    assert_eq!(at(At::Rev("review")).expect("a branch"), Some((report.commits[2], "review".into())));
    assert_eq!(at(At::Rev("v1~1")).expect("a revision"), Some((report.commits[0], String::new())));
    let error = format!("{:#}", at(At::Branch(Some("reviw"))).expect_err("no such branch"));
    assert!(error.contains("hint: did you mean `review`?"), "{error}");
    let error = format!("{:#}", at(At::Rev("nothing")).expect_err("no such revision"));
    assert!(error.contains("`nothing` names no commit here"), "{error}");
    assert!(at(At::Rev("HEAD:a.md")).is_err());

    // Continuous integration leaves a detached head and the remote's branches.
    sandbox.git("", &["clone", "-q", "r", "ci"]);
    sandbox.git("ci", &["checkout", "-q", "--detach"]);
    sandbox.git("ci", &["branch", "-q", "-D", "main"]);
    let found = sandbox.open("ci").resolve(At::Branch(Some("main"))).expect("found").expect("a commit");
    assert_eq!((found.id, found.branch.as_str()), (report.commits[1], "main"));
}

#[test]
fn a_repository_without_commits_is_unborn() {
    let sandbox = Sandbox::new();
    sandbox.git("", &["init", "-q", "-b", "main", "r"]);
    let (opened, missing) = seen(&sandbox, "r");
    assert_eq!((opened, kinds(&missing)), (true, vec!["unborn"]));
    let repository = sandbox.open("r");
    assert_eq!(repository.resolve(At::Branch(None)).expect("unborn is no failure"), None);
    assert_eq!(repository.resolve(At::Branch(Some("main"))).expect("unborn is no failure"), None);
}

/// Takes the objects out of their pack, each into a file of its own.
fn unpack(sandbox: &Sandbox) {
    let packs = sandbox.path("r/.git/objects/pack");
    fs::rename(&packs, sandbox.path("packs")).expect("moves");
    let pack = fs::read_dir(sandbox.path("packs")).expect("lists").map(|item| item.expect("an item").path());
    let pack = pack.filter(|path| path.extension().is_some_and(|ending| ending == "pack")).min().expect("a pack");
    sandbox.feed("r", &["unpack-objects", "-q"], &fs::read(pack).expect("reads"));
}

fn loose(sandbox: &Sandbox, id: &str) -> std::path::PathBuf {
    sandbox.path("r/.git/objects").join(&id[..2]).join(&id[2..])
}

#[test]
fn objects_that_are_gone_are_counted_and_named() {
    let sandbox = Sandbox::new();
    let report = sandbox.script("r", &format!("{TWO}== commit 2026-01-07T10:00:00Z dana\nThree\n-- a.md --\nthree\n"));
    unpack(&sandbox);
    let old_tree = sandbox.git("r", &["rev-parse", "HEAD~1^{tree}"]).trim().to_owned();
    fs::remove_file(loose(&sandbox, &old_tree)).expect("was there");
    let history = sandbox.walk("r", &everything());
    assert_eq!((history.nodes.len(), history.changes.len()), (3, 2), "the first commit is still whole");
    assert_eq!((kinds(&history.missing), history.skipped.len()), (vec!["missing_objects"], 2));
    assert!(history.skipped[0].why.contains(&old_tree));

    fs::remove_file(loose(&sandbox, &report.commits[0].to_string())).expect("was there");
    let history = sandbox.walk("r", &everything());
    assert_eq!((history.nodes.len(), history.changes.len(), kinds(&history.missing)), (2, 0, vec!["missing_objects"]));
}

#[test]
fn content_that_does_not_match_its_id_is_never_used() {
    let sandbox = Sandbox::new();
    let report = sandbox.script("r", TWO);
    unpack(&sandbox);
    let (a, b) = (sandbox.git("r", &["rev-parse", "HEAD:a.md"]), sandbox.git("r", &["rev-parse", "HEAD:content/b.md"]));
    let bytes = fs::read(loose(&sandbox, b.trim())).expect("reads");
    fs::remove_file(loose(&sandbox, a.trim())).expect("was there");
    fs::write(loose(&sandbox, a.trim()), bytes).expect("writes");
    let repository = sandbox.open("r");
    let tree = repository.tree(report.commits[1]).expect("a tree");
    let error = format!("{:#}", tree.read(&RepoPath::new("a.md")).expect_err("damaged"));
    assert!(error.contains("does not hold what its id says") && error.contains("hint: git fsck"), "{error}");
    assert_eq!(tree.read(&RepoPath::new("content/b.md")).expect("whole"), Some(b"b\n".to_vec()));
}

#[test]
fn hostile_trees_are_listed_without_their_traps() {
    let sandbox = Sandbox::new();
    sandbox.script("r", TWO);
    let blob = sandbox.object("r", "blob", b"x");
    let id = |hex: &str| (0..20).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).expect("hexadecimal")).collect::<Vec<u8>>();
    let mut bytes = Vec::new();
    for name in [&b".."[..], b".git", b"", b"a/b", b"good.md", b"good.md", b"lat\xefn.md"] {
        bytes.extend([b"100644 ", name, b"\0", &id(&blob)].concat());
    }
    let tree = sandbox.object("r", "tree", &bytes);
    let mut deep = tree.clone();
    for _ in 0..300 {
        deep = sandbox.object("r", "tree", &[b"40000 d\0".to_vec(), id(&deep)].concat());
    }
    let commit = |tree: &str, parent: &str| sandbox.git("r", &["commit-tree", "-p", parent, "-m", "x", tree]).trim().to_owned();
    let first = commit(&tree, "main");
    let second = commit(&deep, &first);
    sandbox.git("r", &["update-ref", "refs/heads/main", &first]);
    let repository = sandbox.open("r");
    let listed = repository.tree(tip(&repository).id).expect("a tree");
    let (entries, skipped) = listed.list("").expect("lists");
    let names: Vec<&str> = entries.iter().map(|entry| entry.path.as_str()).collect();
    assert_eq!((names, skipped.len()), (vec!["good.md", "lat\u{fffd}n.md"], 5));
    assert!(entries.iter().all(|entry| entry.kind == EntryKind::File && entry.size == 1 && entry.id != ObjectId([0; 20])));
    assert_eq!(listed.read(&entries[1].path).expect("reads"), Some(b"x".to_vec()));
    let history = walk(&repository, &everything());
    assert!(history.is_complete());
    assert!(history.changes.iter().all(|change| !change.path.as_str().contains("..") && !change.path.as_str().contains(".git")));

    sandbox.git("r", &["update-ref", "refs/heads/main", &second]);
    let history = walk(&sandbox.open("r"), &everything());
    assert_eq!((kinds(&history.missing), history.skipped.len()), (vec!["unsupported"], 1));
}
