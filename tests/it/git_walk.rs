//! What the walk says beyond Git's log: landing times, who made what landed, renames, the same answer every time.

use tickmark::{git::Wanted, model::Landing};

use crate::git_support::{Sandbox, everything, only};

fn seconds(text: &str) -> i64 {
    tickmark::date::GitTime::parse(text).expect("a time").seconds
}

const MERGED: &str = "== commit 2026-01-05T10:00:00Z dana
Start
-- content/a.md --
one
== commit 2026-01-06T10:00:00Z lee on side authored 2025-12-01T10:00:00Z
Side
-- content/s.md --
first
== commit 2026-01-06T11:00:00Z dana on side
Side again
-- content/s.md --
second
-- content/t.md --
t
== commit 2026-01-04T10:00:00Z dana
A clock that runs behind
-- content/a.md --
two
== merge 2026-02-07T10:00:00Z dana side
Merge
-- content/evil.md --
slipped in
";

#[test]
fn what_a_branch_brought_landed_with_the_merge() {
    let sandbox = Sandbox::new();
    let report = sandbox.script("r", MERGED);
    let history = sandbox.walk("r", &only(&["content"]));
    let merge = *history.mainline.last().expect("a mainline");
    let landed: Vec<(String, i64)> = history.nodes.iter().map(|node| (node.id.to_string(), node.landed)).collect();
    let expected = [
        (report.commits[0], seconds("2026-01-05T10:00:00Z")),
        // The monotone clamp: no earlier than the mainline commit before it.
        (report.commits[3], seconds("2026-01-05T10:00:00Z")),
        (report.commits[1], seconds("2026-02-07T10:00:00Z")),
        (report.commits[2], seconds("2026-02-07T10:00:00Z")),
        (report.commits[4], seconds("2026-02-07T10:00:00Z")),
    ];
    assert_eq!(landed, expected.map(|(id, time)| (id.to_string(), time)));
    let makers: Vec<(&str, String)> = history
        .landings
        .iter()
        .filter(|landing| landing.commit == merge)
        .map(|landing| (landing.path.as_str(), history.node(landing.made_by).id.to_string()))
        .collect();
    let (side, tip) = (report.commits[2].to_string(), report.commits[4].to_string());
    assert_eq!(makers, [("content/evil.md", tip), ("content/s.md", side.clone()), ("content/t.md", side)]);
    assert_eq!(history.commits.len(), 5);
    assert_eq!((history.tip, history.branch.as_str()), (Some(report.commits[4]), "main"));
}

#[test]
fn data_is_kept_only_of_commits_that_touch_what_is_wanted() {
    let sandbox = Sandbox::new();
    sandbox.script("r", &format!("{MERGED}== commit 2026-02-08T10:00:00Z dana\nElsewhere\n-- src/x --\nx\n"));
    let history = sandbox.walk("r", &Wanted { files: vec!["content/t.md".into()], ..Wanted::default() });
    assert_eq!((history.nodes.len(), history.changes.len(), history.landings.len(), history.commits.len()), (6, 1, 1, 2));
    let nothing = sandbox.walk("r", &Wanted::default());
    assert_eq!((nothing.nodes.len(), nothing.changes.len(), nothing.commits.len()), (6, 0, 0));
}

#[test]
fn growth_adds_at_the_end() {
    let sandbox = Sandbox::new();
    sandbox.script("one", MERGED);
    sandbox.script("two", &format!("{MERGED}== commit 2026-02-08T10:00:00Z dana\nMore\n-- x --\nx\n"));
    let (one, two) = (sandbox.walk("one", &everything()), sandbox.walk("two", &everything()));
    let ids = |history: &tickmark::model::History| history.nodes.iter().map(|node| node.id).collect::<Vec<_>>();
    assert_eq!(ids(&one), ids(&two)[..one.nodes.len()]);
    assert_eq!(one.changes, two.changes[..one.changes.len()]);
    assert_eq!(one.landings, two.landings[..one.landings.len()]);
}

#[test]
fn renames_are_found_by_content_and_for_markdown_by_lines() {
    let sandbox = Sandbox::new();
    sandbox.script(
        "r",
        "== commit 2026-01-05T10:00:00Z dana
Start
-- p/one.md --
a
b
c
d
-- p/same.yaml --
same
-- q/same.yaml --
same
-- p/gone.md --
nothing
in
common
-- p/list.yaml --
a: 1
b: 2
-- p/empty.txt --
== commit 2026-01-06T10:00:00Z dana
Move
-- move p/one.md -> r/two.md --
-- edit r/two.md --
-d
+e
-- move q/same.yaml -> z/same.yaml --
-- move p/same.yaml -> z/other.yaml --
-- delete p/gone.md --
-- r/new.md --
wholly
new
-- move p/list.yaml -> r/list.yaml --
-- edit r/list.yaml --
-b: 2
+b: 3
-- move p/empty.txt -> r/empty.txt --
",
    );
    let history = sandbox.walk("r", &everything());
    let tip = *history.mainline.last().expect("a mainline");
    let renames: Vec<(&str, &str)> = history
        .landings
        .iter()
        .filter(|landing| landing.commit == tip)
        .filter_map(|landing: &Landing| Some((landing.path.as_str(), landing.renamed_from.as_ref()?.as_str())))
        .collect();
    assert_eq!(renames, [("r/two.md", "p/one.md"), ("z/other.yaml", "p/same.yaml"), ("z/same.yaml", "q/same.yaml")]);
}

#[test]
fn progress_ends_at_the_number_of_commits() {
    use std::sync::atomic::{AtomicU64, Ordering};
    let sandbox = Sandbox::new();
    sandbox.script("r", MERGED);
    let repository = sandbox.open("r");
    let tip = crate::git_support::tip(&repository);
    let most = AtomicU64::new(0);
    let progress = |done: u64, total: u64| {
        assert!(done <= total);
        most.fetch_max(done, Ordering::Relaxed);
    };
    repository.walk(&tip, &everything(), &progress).expect("walks");
    assert_eq!(most.load(Ordering::Relaxed), 5);
}
