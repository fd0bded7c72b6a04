//! Front matter with review dates, as the GOV.UK tech docs have it.

use crate::import_support::{check, import, repository, text, with_id, with_programme};

#[test]
fn review_dates_and_intervals_come_along() {
    let repo = repository(&with_programme(&[
        (
            "source/manual/index.html.md",
            "---\ntitle: The manual\nlast_reviewed_on: 2026-01-10\nreview_in: 6 months\nowner_slack: \"#platform\"\nweight: 10\n---\n\n# The manual\n",
        ),
        (
            "source/manual/runbooks/restart.html.md.erb",
            "\n\n---\nlast_reviewed_on: 3 March 2026\nreview_in: 1 year\n---\n# Restart it\n<%= partial 'x' %>\n",
        ),
        ("source/odd.md", "---\ntitle: Odd\nlast_reviewed_on: 06/01/2018\nreview_in: every now and then\n---\nx\n"),
        ("source/plain.md", "# No front matter\n"),
        ("source/other.md", "---\ntitle: Not reviewed\n---\nx\n"),
        ("source/empty.md", "---\n---\nx\n"),
        ("source/broken.md", "---\ntitle: a: b\nreview_in: 1 year\n---\nx\n"),
        ("source/open.md", "---\nreview_in: 1 year\n"),
        ("source/logo.png", "x"),
    ]));
    let report = import(&repo, "front-matter", "source", &[]);
    assert_eq!(report.counts("documents"), (8, 3, 5));
    assert_eq!(report.counts("review dates"), (3, 2, 1));
    assert_eq!(report.counts("review intervals"), (3, 2, 1));
    let left = report.left("documents");
    for (name, why) in
        [("plain", "no front matter"), ("other", "neither"), ("empty", "empty"), ("broken", "line 2"), ("open", "never closed")]
    {
        assert!(left[&format!("{name}.md")].contains(why), "{name}: {left:?}");
    }
    let policies = text(&repo, "content/policies/imported-front-matter.yaml");
    for part in ["id: manual", "reviewed_on: 2026-01-10", "review_every: P6M", "path: source/manual/index.html.md", "owner_slack #platform"]
    {
        assert!(policies.contains(part), "{part} is not in\n{policies}");
    }
    assert!(text(&repo, "content/procedures/imported-front-matter.yaml").contains("title: Restart it"));
    assert!(
        report.notes().contains("1 file of the folder holds nothing of this format and was not looked at: logo.png"),
        "{}",
        report.notes()
    );
    let assessment = check(&repo);
    assert_eq!(with_id(&assessment["policies"], "manual")["next_review"], "2026-07-10");
    // Every document is adopted by now.
    assert_eq!(import(&repo, "front-matter", "source", &[]).counts("documents"), (8, 0, 8));
}

#[test]
fn documents_of_the_programme_are_not_theirs() {
    let repo = repository(&with_programme(&[
        ("content/policies/ours.md", "---\nid: ours\ntitle: Ours\nreviewed_on: 2026-01-01\n---\nx\n"),
        ("docs/a.md", "---\ntitle: A\nreview_in: 30 days\n---\nx\n"),
    ]));
    let report = import(&repo, "front-matter", "", &[]);
    assert_eq!(report.counts("documents"), (1, 1, 0));
    assert!(
        report.notes().contains("1 file of the folder holds nothing of this format and was not looked at: .gitignore"),
        "{}",
        report.notes()
    );
}

#[test]
fn a_review_to_come_is_none_and_other_keys_are_named() {
    let repo = repository(&with_programme(&[
        ("a.md", "---\nlast_reviewed_on: 2026-07-01\nreview_in: 1 year\nlayout: x\nparent: /a\n---\nx\n"),
        ("b.md", "---\nlast_reviewed_on: 2026-06-30\nlayout: x\n---\nx\n"),
    ]));
    let report = import(&repo, "front-matter", "", &["--move"]);
    assert_eq!(report.counts("review dates"), (2, 1, 1));
    assert!(report.left("review dates")["a.md"].contains("yet to come"));
    assert!(report.notes().contains("2 keys of front matter were not taken: `layout` (2), `parent` (1)"), "{}", report.notes());
    check(&repo);
}
