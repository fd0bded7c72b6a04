//! Records through scripted histories: each timeline as one line, through moves, breaks, removals and returns.

use std::fmt::Write;

use tickmark::{
    date::{Instant, parse_date, parse_instant},
    git::Wanted,
    load,
    model::{Control, Document, Evidence, History, Timeline, Timelines, Version, Waiver},
    tree::{DirectoryTree, Tree},
};

use super::git_support::{Sandbox, tip};

const FIRST: &str = "== commit 2026-01-05T10:00:00Z dana\nStart\n\n-- tickmark.yaml --\n\
    organization: {name: X}\nscope: {frameworks: {soc2: [security]}}\nwindow: {start: 2026-01-01, end: 2026-12-31}\n\
    -- content/people.yaml --\npeople: [{id: dana, name: Dana}]\n";

fn as_of() -> Instant {
    parse_instant("2026-12-31T00:00:00Z").unwrap()
}

/// Replays a script behind a first commit, loads the tip (or the working directory after `edit`) and traces it.
fn trace(script: &str, edit: Option<&dyn Fn(&std::path::Path)>) -> (Timelines, Vec<String>, History) {
    let sandbox = Sandbox::new();
    sandbox.script("repo", &format!("{FIRST}{script}"));
    let repository = sandbox.open("repo");
    let tip = tip(&repository);
    let tree: Box<dyn Tree> = match edit {
        Some(edit) => {
            edit(&sandbox.path("repo"));
            Box::new(DirectoryTree::new(sandbox.path("repo")))
        }
        None => Box::new(repository.tree(tip.id).unwrap()),
    };
    let programme = load::load(&*tree, parse_date("2026-06-30").unwrap()).unwrap().programme;
    let (folders, files, markdown_anywhere) = load::wanted(&programme);
    let history = repository.walk(&tip, &Wanted { folders, files, markdown_anywhere }, &|_, _| {}).unwrap();
    let (timelines, findings) = load::trace(&history, &programme, &repository, as_of(), edit.is_some()).unwrap();
    (timelines, findings.iter().map(|finding| format!("{}: {}", finding.code, finding.message)).collect(), history)
}

/// A timeline as text: month and day, file, and what is shown of the record, for each version; then the removal.
fn line<T>(timeline: &Timeline<T>, show: impl Fn(&T) -> String) -> String {
    let mut line = String::new();
    for Version { landed, landed_in, path, record, .. } in &timeline.versions {
        let mark = if landed_in.is_none() { " (not committed)" } else { "" };
        let shown = record.as_ref().map_or("unreadable".to_owned(), &show);
        write!(line, "{} {} {shown}{mark}; ", landed.format("%m-%d"), path.file_name()).unwrap();
    }
    if let Some((removed, _)) = timeline.removed {
        write!(line, "removed {}", removed.format("%m-%d")).unwrap();
    }
    line.trim_end_matches("; ").to_owned()
}

fn controls(timelines: &Timelines) -> Vec<String> {
    timelines.controls.iter().map(|(id, timeline)| format!("{id}: {}", line(timeline, |it: &Control| it.title.clone()))).collect()
}

fn evidence(timelines: &Timelines) -> Vec<String> {
    timelines
        .evidence
        .iter()
        .map(|(id, timeline)| format!("{id}: {}", line(timeline, |it: &Evidence| format!("{:?}", it.result))))
        .collect()
}

fn documents(timelines: &Timelines) -> Vec<String> {
    let show = |it: &Document| format!("{:?} v{} {}", it.status, it.version, it.body.trim());
    timelines.documents.iter().map(|(id, timeline)| format!("{id}: {}", line(timeline, show))).collect()
}

fn commit(day: &str, sections: &str) -> String {
    format!("== commit 2026-{day}T10:00:00Z dana\nChange\n\n{sections}")
}

#[test]
fn a_control_keeps_its_timeline_through_moves_breaks_removal_and_return() {
    let script = [
        commit("02-01", "-- controls/a.yaml --\nid: AC-1\ntitle: one\n"),
        commit("02-02", "-- move controls/a.yaml -> controls/b.yaml --\n"),
        commit("02-03", "-- controls/b.yaml --\nid: AC-1\ntitle: [\n"),
        commit("02-04", "-- controls/b.yaml --\nid: AC-1\ntitle: two\n"),
        commit("02-05", "-- delete controls/b.yaml --\n"),
        commit("02-06", "-- controls/c.yaml --\nid: AC-1\ntitle: three\n"),
    ];
    let (timelines, findings, _) = trace(&script.concat(), None);
    let expected = "AC-1: 02-01 a.yaml one; 02-02 b.yaml one; 02-03 b.yaml unreadable; 02-04 b.yaml two; 02-06 c.yaml three";
    assert_eq!(controls(&timelines), [expected]);
    assert_eq!(findings, ["history-version-unread: 1 earlier version of records cannot be read; what they said is unknown"]);
    assert_eq!(timelines.people.len(), 1);
    assert_eq!(timelines.files.keys().map(ToString::to_string).collect::<Vec<_>>(), ["tickmark.yaml"]);
}

#[test]
fn a_record_that_is_gone_says_when_it_went() {
    let script = [
        commit(
            "02-01",
            "-- controls/a.yaml --\nid: AC-1\ntitle: one\n-- content/waivers/w.yaml --\nid: W-1\ncontrol: AC-1\nperiods: [2026-Q1]\nreason: x\n",
        ),
        commit("02-02", "-- delete controls/a.yaml --\n-- delete content/waivers/w.yaml --\n"),
    ];
    let (timelines, _, _) = trace(&script.concat(), None);
    assert_eq!(controls(&timelines), ["AC-1: 02-01 a.yaml one; removed 02-02"]);
    let waivers: Vec<String> = timelines.waivers.values().map(|timeline| line(timeline, |it: &Waiver| it.reason.clone())).collect();
    assert_eq!(waivers, ["02-01 w.yaml x; removed 02-02"]);
}

#[test]
fn in_a_list_only_the_record_that_changed_gets_a_version() {
    let script = [
        commit("02-01", "-- controls/a.yaml --\n- {id: AC-1, title: one}\n- {id: AC-2, title: two}\n"),
        commit("02-02", "-- controls/a.yaml --\n- {id: AC-1, title: one}\n- {id: AC-2, title: TWO}\n- {id: AC-3, title: three}\n"),
        commit("02-03", "-- controls/a.yaml --\n- {id: AC-2, title: TWO}\n- {id: AC-3, title: three}\n"),
        commit("02-04", "-- controls/a.yaml --\n[]\n"),
    ];
    let (timelines, _, _) = trace(&script.concat(), None);
    let expected = [
        "AC-1: 02-01 a.yaml one; removed 02-03",
        "AC-2: 02-01 a.yaml two; 02-02 a.yaml TWO; removed 02-04",
        "AC-3: 02-02 a.yaml three; removed 02-04",
    ];
    assert_eq!(controls(&timelines), expected);
}

#[test]
fn of_two_files_with_one_id_the_first_path_counts_as_it_does_at_the_tip() {
    let script = [
        commit("02-01", "-- controls/b.yaml --\nid: AC-1\ntitle: b\n"),
        commit("02-02", "-- controls/c.yaml --\nid: AC-1\ntitle: c\n"),
        commit("02-03", "-- controls/a.yaml --\nid: AC-1\ntitle: a\n"),
        commit("02-04", "-- delete controls/a.yaml --\n-- delete controls/b.yaml --\n"),
    ];
    let (timelines, _, _) = trace(&script.concat(), None);
    assert_eq!(controls(&timelines), ["AC-1: 02-01 b.yaml b; 02-03 a.yaml a; 02-04 c.yaml c"]);
}

#[test]
fn evidence_without_an_id_is_followed_by_its_path() {
    let manifest = "control: AC-1\nperiod: 2026-Q1\nresult: pass\nnotes: the quarterly review of everybody who can reach production\n";
    let script = [
        commit("02-01", &format!("-- content/evidence/a.yaml --\n{manifest}")),
        commit("02-02", "-- move content/evidence/a.yaml -> content/evidence/b.yaml --\n"),
        commit("02-03", &format!("-- content/evidence/b.yaml --\nid: E-1\n{manifest}")),
    ];
    let (timelines, _, _) = trace(&script.concat(), None);
    assert_eq!(evidence(&timelines), ["E-1: 02-01 a.yaml Pass; 02-02 b.yaml Pass; 02-03 b.yaml Pass"]);
}

#[test]
fn evidence_that_was_broken_at_first_keeps_the_day_it_landed() {
    let script = [
        commit("02-01", "-- content/evidence/a.yaml --\ncontrol: AC-1\nresult: [\n"),
        commit("02-02", "-- content/evidence/a.yaml --\nid: E-1\ncontrol: AC-1\nresult: pass\n"),
    ];
    let (timelines, _, _) = trace(&script.concat(), None);
    assert_eq!(evidence(&timelines), ["E-1: 02-01 a.yaml unreadable; 02-02 a.yaml Pass"]);
}

#[test]
fn an_adopted_document_has_the_past_of_its_text_and_of_its_entry() {
    let text = "# Privacy\nWe keep what we need and nothing else, and tell everybody what that is.\n";
    let entry = |more: &str| format!("-- content/policies/list.yaml --\n- {{id: privacy, title: Privacy, path: {more}}}\n");
    let script = [
        commit("02-01", &format!("-- legal/privacy.md --\n{text}")),
        commit("02-02", &entry("legal/privacy.md, status: draft, version: 1")),
        commit("02-03", &entry("legal/privacy.md, status: approved, version: 2")),
        commit(
            "02-04",
            &format!("-- move legal/privacy.md -> legal/p/index.md --\n{}", entry("legal/p/index.md, status: approved, version: 2")),
        ),
        commit("02-05", "-- legal/p/index.md --\n---\nlayout: page\n---\nNew\n"),
    ];
    let (timelines, findings, _) = trace(&script.concat(), None);
    let body = text.trim();
    let expected = format!(
        "privacy: 02-01 privacy.md Draft v {body}; 02-02 privacy.md Draft v1 {body}; 02-03 privacy.md Approved v2 {body}; \
         02-04 index.md Approved v2 {body}; 02-05 index.md Approved v2 New"
    );
    assert_eq!(documents(&timelines), [expected]);
    assert_eq!(findings, Vec::<String>::new());
}

#[test]
fn what_is_not_committed_is_the_last_version() {
    let script = commit("02-01", "-- controls/a.yaml --\nid: AC-1\ntitle: one\n-- controls/b.yaml --\nid: AC-2\ntitle: two\n");
    let edit = |root: &std::path::Path| {
        std::fs::write(root.join("controls/a.yaml"), "id: AC-1\ntitle: ONE\n").unwrap();
        std::fs::write(root.join("controls/c.yaml"), "id: AC-3\ntitle: three\n").unwrap();
    };
    let (timelines, _, _) = trace(&script, Some(&edit));
    let expected =
        ["AC-1: 02-01 a.yaml one; 12-31 a.yaml ONE (not committed)", "AC-2: 02-01 b.yaml two", "AC-3: 12-31 c.yaml three (not committed)"];
    assert_eq!(controls(&timelines), expected);
}

#[test]
fn a_yaml_export_that_a_manifest_names_is_an_artifact_in_history_too() {
    let script = commit(
        "02-01",
        "-- content/evidence/e.yaml --\nid: E-1\ncontrol: AC-1\nresult: pass\nartifacts: [{path: export.yaml}]\n\
         -- content/evidence/export.yaml --\nusers: [a]\n",
    );
    let (timelines, findings, _) = trace(&script, None);
    assert_eq!(evidence(&timelines), ["E-1: 02-01 e.yaml Pass"]);
    assert!(timelines.files.contains_key("content/evidence/export.yaml"));
    assert_eq!(findings, Vec::<String>::new());
}
