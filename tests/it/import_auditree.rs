//! Auditree lockers: what a manifest may say, and everything that no manifest can.

use crate::{
    import_support::{check, import, repository, text, with_id, with_programme},
    support::Repo,
};

const RAW: &str = r#"{
  "users.json": {"description": "Directory users", "last_update": "2026-05-01T08:00:00.000001", "ttl": 86400},
  "groups.json": {"description": "", "last_update": "2026-05-02T08:00:00", "ttl": 90000, "empty": true},
  "parts.json": {"last_update": "2026-05-01T08:00:00", "ttl": 604800, "description": "Parts",
    "partition_fields": ["org"], "partition_root": null, "partitions": {"0123456789": ["a"], "abcdef0123": ["b"]},
    "tombstones": {"aaaaaaaaaa": [{"eol": "2026-04-01T00:00:00", "last_update": "2026-03-01T00:00:00", "reason": "Partition no longer part of evidence"}]}},
  "gone.json": {"last_update": "2026-01-01T00:00:00", "ttl": 1, "description": "", "tombstones": {"gone.json": [{"eol": "2026-02-01T00:00:00", "last_update": "2026-01-01T00:00:00", "reason": "Moved"}]}},
  "again.json": {"last_update": "2026-05-09T08:00:00", "ttl": 86400, "description": ""},
  "old.json": "2025-01-01T00:00:00",
  "nobody.bin": {"last_update": "2026-05-01T08:00:00", "ttl": 86400, "description": "", "binary_content": true},
  "../../outside": {"last_update": "2026-05-01T08:00:00", "ttl": 1, "description": ""}
}"#;

const REPORTS: &str = r#"{"access.md": {"last_update": "2026-05-03T08:00:00", "ttl": 86400, "description": "Access report",
  "checks": ["demo.checks.access.AccessCheck.test_users"], "evidence": [{"path": "raw/dir/users.json", "last_update": "2026-05-01T08:00:00.000001", "ttl": 86400}]},
 "only.md": {"last_update": "2026-05-03T08:00:00", "ttl": 1, "description": "", "checks": ["demo.checks.only.OnlyReport.test_a"], "evidence": []}}"#;

const RESULTS: &str = r#"{
  "demo.checks.access.AccessCheck": {
    "accreditations": ["soc2", "iso"],
    "checks": {"test_users": {"status": "warn", "timestamp": 1777881600.5, "failures": {}, "failures_count": 0, "warnings": {"CANARY": ["x"]}, "warnings_count": 2, "successes_count": 40},
               "test_groups": {"status": "pass", "timestamp": 1777881660.0, "failures_count": 0, "warnings_count": 0}},
    "evidence": [{"path": "raw/dir/users.json", "commit_sha": "0123456789012345678901234567890123456789", "locker_url": "https://user:CANARY@github.com/acme/locker", "last_update": "2026-05-01T08:00:00.000001", "ttl": 86400, "description": "Directory users"},
                 {"path": "raw/dir/groups.json", "last_update": "2026-05-02T08:00:00"},
                 {"path": "raw/dir/parts.json", "last_update": "2026-05-01T08:00:00"},
                 {"path": "raw/dir/again.json", "last_update": "2026-05-01T08:00:00"},
                 {"path": "raw/dir/gone.json"},
                 {"path": "raw/dir/unheard.json"}],
    "reports": {"reports/access/access.md": "Access report"}},
  "demo.checks.broken.BrokenCheck": {"accreditations": [], "checks": {"test_x": {"status": "error", "timestamp": 1777881600.0}}, "evidence": [{"path": "raw/dir/old.json"}], "reports": {}},
  "demo.checks.idle.IdleCheck": {"accreditations": [], "checks": {"test_x": {}}, "evidence": [], "reports": {}},
  "demo.checks.failed.FailedCheck": {"accreditations": ["soc2"], "checks": {"test_x": {"status": "fail", "timestamp": 1777881600.0, "failures_count": 3}}, "evidence": [], "reports": {}},
  "odd": 3
}"#;

fn locker(at: &str) -> Repo {
    let files = [
        ("raw/dir/index.json", RAW),
        ("raw/dir/users.json", "[\"dana\"]\n"),
        ("raw/dir/groups.json", "[]\n"),
        ("raw/dir/0123456789_parts.json", "a"),
        ("raw/dir/abcdef0123_parts.json", "b"),
        ("raw/dir/again.json", "newer"),
        ("raw/dir/old.json", "old"),
        ("raw/dir/nobody.bin", "\u{1}"),
        ("raw/dir/stray.json", "x"),
        ("raw/dir/README.md", "x"),
        ("raw/bad/index.json", "[1, 2"),
        (
            "agents/left/raw/host/index.json",
            r#"{"cpu.json": {"last_update": "2026-05-01T08:00:00", "ttl": 86400, "description": "", "agent_name": "left", "digest": "00", "signature": "sig"}}"#,
        ),
        ("agents/left/raw/host/cpu.json", "1"),
        ("reports/access/index.json", REPORTS),
        ("reports/access/access.md", "# Access\n"),
        ("reports/access/only.md", "# Only\n"),
        ("tmp/x/scratch.json", "x"),
        ("check_results.json", RESULTS),
        ("controls.json", r#"{"demo.checks.idle.IdleCheck": {"nist": {"AC-2": ["fedramp"]}}, "demo.checks.new.NewCheck": ["soc2"]}"#),
    ];
    let placed: Vec<(String, &str)> = files.iter().map(|(path, text)| (format!("{at}{path}"), *text)).collect();
    let placed: Vec<(&str, &str)> = placed.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    repository(&if at.is_empty() { placed } else { with_programme(&placed) })
}

#[test]
fn checks_become_drafted_controls_and_results_manifests() {
    let repo = locker("locker/");
    let report = import(&repo, "auditree", "locker", &[]);
    assert_eq!(report.counts("checks"), (7, 6, 1));
    assert_eq!(report.counts("results"), (6, 2, 4));
    assert_eq!(report.counts("indexes"), (4, 3, 1));
    assert_eq!(report.counts("tombstones"), (2, 0, 2));
    let control = text(&repo, "controls/accesscheck.yaml");
    for part in ["id: AccessCheck", "kind: automated", "status: drafted", "ttl: P1D", "iso, soc2"] {
        assert!(control.contains(part), "{part} is not in\n{control}");
    }
    assert!(text(&repo, "controls/idlecheck.yaml").contains("nist AC-2 fedramp"));
    let manifest = text(&repo, "content/evidence/accesscheck/2026-05-04t08-01-00.yaml");
    for part in [
        "control: AccessCheck",
        "result: pass_with_exceptions",
        "performed_on: 2026-05-04",
        "extracted_at: 2026-05-01T08:00:00Z",
        "path: ../../../locker/raw/dir/users.json",
        "path: ../../../locker/raw/dir/0123456789_parts.json",
        "path: ../../../locker/reports/access/access.md",
        "raw/dir/groups.json: empty, by its index",
        "test_users: warn, 0 failures, 2 warnings",
    ] {
        assert!(manifest.contains(part), "{part} is not in\n{manifest}");
    }
    assert!(!manifest.contains("again.json") && !manifest.contains("CANARY") && !manifest.contains("performed_by"), "{manifest}");
    let left = report.left("evidence");
    for (path, why) in [
        ("raw/dir/again.json", "the check saw what was fetched at 2026-05-01T08:00:00Z; the file here was fetched at 2026-05-09T08:00:00Z"),
        ("raw/dir/gone.json", "removed from the locker on 2026-02-01: Moved"),
        ("raw/dir/unheard.json", "no index.json does"),
        ("raw/dir/old.json", "ended in an error"),
        ("raw/dir/nobody.bin", "no check names it"),
        ("raw/dir/stray.json", "no index.json names it"),
        ("agents/left/raw/host/cpu.json", "no check names it"),
        ("tmp/x/scratch.json", "nothing of tmp/"),
    ] {
        assert!(left[path].contains(why), "{path}: {left:?}");
    }
    assert_eq!(report.counts("evidence"), (12, 3, 9));
    assert_eq!(report.counts("reports"), (2, 1, 1));
    assert!(report.left("results")["demo.checks.idle.IdleCheck"].contains("has no result"));
    let assessment = check(&repo);
    assert_eq!(with_id(&assessment["controls"], "AccessCheck")["evidence"].as_array().unwrap().len(), 1);
    let again = import(&repo, "auditree", "locker", &[]);
    assert_eq!((again.counts("checks").1, again.counts("results").1, again.written().len()), (0, 0, 0));
}

#[test]
fn a_locker_elsewhere_is_named_by_address_without_its_password() {
    let theirs = locker("");
    let repo = repository(&with_programme(&[]));
    let report = import(&repo, "auditree", theirs.dir(), &[]);
    let manifest = text(&repo, "content/evidence/accesscheck/2026-05-04t08-01-00.yaml");
    let address = "uri: https://github.com/acme/locker/blob/0123456789012345678901234567890123456789/raw/dir/users.json";
    assert!(manifest.contains(address) && manifest.contains("uri: auditree-locker:raw/dir/groups.json"), "{manifest}");
    assert!(!report.json.to_string().contains("CANARY"), "{}", report.json);
    check(&repo);
}

#[test]
fn without_results_there_are_controls_and_no_evidence() {
    let repo = repository(&with_programme(&[
        ("l/raw/a/index.json", "{}"),
        ("l/reports/a/index.json", REPORTS),
        ("l/reports/a/access.md", "x"),
        ("l/check_results.json", "{"),
    ]));
    let report = import(&repo, "auditree", "l", &[]);
    assert!(report.notes().contains("check_results.json was not read: it is not JSON"), "{}", report.notes());
    assert_eq!(report.counts("checks"), (2, 2, 0));
    assert_eq!(report.counts("results"), (2, 0, 2));
    check(&repo);
}

#[test]
fn what_a_check_without_a_result_names_is_listed_once() {
    let results = r#"{"a.b.Idle": {"checks": {"test_x": {}}, "evidence": [{"path": "raw/a/x.json"}, {"path": "raw/a/x.json"}], "reports": {"reports/a/r.md": ""}},
      "a.b.Ran": {"checks": {"test_y": {"status": "pass", "timestamp": 1777881600.0}}, "evidence": [{"path": "raw/a/y.json"}, {"path": "raw/a/y.json"}], "reports": {"reports/a/r.md": ""}}}"#;
    let report = import(&repository(&with_programme(&[("check_results.json", results)])), "auditree", "", &[]);
    assert_eq!((report.counts("evidence"), report.counts("reports"), report.counts("results")), ((2, 0, 2), (1, 0, 1), (2, 1, 1)));
}
