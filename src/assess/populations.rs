//! Populations: numbered lists with their rule, their digest and the plain command that re-performs them.
//!
//! The list of changes is bounded by commits, not by dates: `git log --since` stops at the first commit with an old date
//! and would lose what lies behind it.

use std::collections::{BTreeMap, BTreeSet};

use super::{ControlAssessment, Population, ground::Ground};
use crate::{
    diag::shell_word,
    id::RepoPath,
    model::{CommitIx, PersonKind},
    tree::sha256_hex,
};

/// The files of a programme that lie at fixed places, as path specifications for Git.
const PROGRAMME_PATHS: [&str; 4] = ["tickmark.yaml", "controls", "content", "frameworks"];

/// All populations, by id.
pub fn populations(ground: &Ground<'_>, controls: &[ControlAssessment]) -> Vec<Population> {
    vec![changes(ground), evidence(ground), obligations(ground, controls)]
}

fn population(id: &str, title: &str, rule: String, columns: Vec<&'static str>, rows: Vec<Vec<String>>, command: String) -> Population {
    // A cell never holds the two characters that part cells and rows, so the digest is that of one list only.
    let clean = |cell: String| cell.replace(['\t', '\n', '\r'], " ");
    let rows: Vec<Vec<String>> = rows.into_iter().map(|row| row.into_iter().map(clean).collect()).collect();
    let text: String = rows.iter().map(|row| row.join("\t") + "\n").collect();
    Population { id: id.to_owned(), title: title.to_owned(), rule, columns, rows, digest: sha256_hex(text.as_bytes()), command }
}

fn obligations(ground: &Ground<'_>, controls: &[ControlAssessment]) -> Population {
    let edge = match ground.programme.config.assumptions.edge {
        crate::model::EdgeRule::DueInWindow => "whose due day lies in the window",
        crate::model::EdgeRule::FullyContained => "that lie in the window with all their days",
    };
    let rule = format!("every expected performance of every control, for the periods {edge}; by control, then by due day");
    let mut rows = Vec::new();
    for control in controls {
        for obligation in &control.obligations {
            let record = obligation.record.as_ref();
            rows.push(vec![
                control.id.to_string(),
                obligation.period.to_string(),
                obligation.due.to_string(),
                obligation.grace_until.to_string(),
                obligation.outcome.name().to_owned(),
                record.map_or(String::new(), |record| record.evidence.to_string()),
                record.map_or(String::new(), |record| ground.zone.text(record.landed_at)),
            ]);
        }
    }
    let columns = vec!["control", "period", "due", "grace until", "outcome", "record", "landed"];
    population("obligations", "Obligations", rule, columns, rows, String::new())
}

fn evidence(ground: &Ground<'_>) -> Population {
    let programme = ground.programme;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut files: BTreeSet<&RepoPath> = BTreeSet::new();
    for record in programme.evidence.values() {
        files.insert(&record.origin.path);
        let controls: Vec<String> = record.controls.iter().map(ToString::to_string).collect();
        let landed = ground.timelines.evidence.get(&record.id).and_then(|timeline| timeline.first());
        rows.push(vec![
            record.id.to_string(),
            controls.join(" "),
            record.period.map_or(String::new(), |period| period.to_string()),
            record.performed_on.map_or(String::new(), |day| day.to_string()),
            record.performed_by.clone().unwrap_or_default(),
            landed.map_or(String::new(), |version| ground.zone.text(version.landed)),
            record.origin.path.to_string(),
        ]);
    }
    for unread in programme.unread.iter().filter(|unread| unread.path.is_under("content/evidence")) {
        files.insert(&unread.path);
        let controls: Vec<String> = unread.controls.iter().map(ToString::to_string).collect();
        let unreadable = "cannot be read".to_owned();
        rows.push(vec![
            unreadable,
            controls.join(" "),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            unread.path.to_string(),
        ]);
    }
    let one_a_file = files.len() == rows.len() && files == manifests(ground);
    let command = match ground.history.tip {
        Some(tip) if one_a_file => format!("git ls-tree -r --name-only {tip} -- content/evidence | grep -E '\\.ya?ml\"?$'"),
        _ => String::new(),
    };
    let rule = "every evidence manifest of the tip, also those that cannot be read, by id".to_owned();
    let columns = vec!["record", "controls", "period", "performed on", "performed by", "first landed", "file"];
    population("evidence", "Evidence manifests", rule, columns, rows, command)
}

/// The files that the command for the evidence lists.
fn manifests<'a>(ground: &Ground<'a>) -> BTreeSet<&'a RepoPath> {
    let is_manifest = |path: &RepoPath| path.as_str().ends_with(".yaml") || path.as_str().ends_with(".yml");
    ground.programme.files.keys().filter(|path| path.is_under("content/evidence") && is_manifest(path)).collect()
}

fn changes(ground: &Ground<'_>) -> Population {
    let history = ground.history;
    let adopted: BTreeSet<&RepoPath> = ground
        .programme
        .documents
        .values()
        .map(|document| &document.text.path)
        .filter(|path| !PROGRAMME_PATHS.iter().any(|folder| path.is_under(folder)))
        .collect();
    let mut touched: BTreeMap<CommitIx, usize> = BTreeMap::new();
    for landing in &history.landings {
        if adopted.contains(&landing.path) || PROGRAMME_PATHS.iter().any(|folder| landing.path.is_under(folder)) {
            *touched.entry(landing.commit).or_default() += 1;
        }
    }
    let window = ground.window.range;
    let inside = |at: &CommitIx| {
        let landed = history.landed(*at);
        landed <= ground.as_of && window.contains(ground.day(landed))
    };
    let before = history.mainline.iter().take_while(|at| ground.day(history.landed(**at)) < window.first).last();
    let last = history.mainline.iter().rev().find(|at| inside(at));
    let rows = history
        .mainline
        .iter()
        .filter(|at| inside(at))
        .filter_map(|at| touched.get(at).map(|files| change_row(ground, *at, *files)))
        .collect();
    let id = |at: &CommitIx| history.node(*at).id.to_string();
    let range = match (before, last) {
        (_, None) => String::new(),
        (None, Some(last)) => id(last),
        (Some(before), Some(last)) => format!("{}..{}", id(before), id(last)),
    };
    let command = if range.is_empty() {
        String::new()
    } else {
        format!("git {}rev-list --first-parent {range} -- {}", literal(&adopted), paths(&adopted))
    };
    let rule = "every mainline commit of the window that changes a programme file against its first parent, by landing; the route of entry is inferred".to_owned();
    let columns = vec!["commit", "landed", "author", "committer", "subject", "files", "route"];
    population("changes", "Changes to the programme", rule, columns, rows, command)
}

fn change_row(ground: &Ground<'_>, at: CommitIx, files: usize) -> Vec<String> {
    let history = ground.history;
    let commit = ground.commit(Some(at));
    let text = |part: Option<String>| part.unwrap_or_default();
    vec![
        history.node(at).id.to_string(),
        ground.zone.text(history.landed(at)),
        text(commit.map(|commit| format!("{} <{}>", commit.author.name, commit.author.email))),
        text(commit.map(|commit| format!("{} <{}>", commit.committer.name, commit.committer.email))),
        text(commit.map(|commit| commit.subject.clone())),
        files.to_string(),
        route(ground, at).to_owned(),
    ]
}

/// How a mainline commit seems to have come in (GT-04). Only a merge is certain; the rest is inferred.
pub fn route(ground: &Ground<'_>, at: CommitIx) -> &'static str {
    if ground.history.node(at).parents.len() >= 2 {
        return "merge";
    }
    let Some(commit) = ground.commit(Some(at)) else { return "unknown" };
    let platform = commit.committer.email.eq_ignore_ascii_case("noreply@github.com")
        || ground.actor(&commit.committer).is_some_and(|person| person.kind == PersonKind::Platform);
    let numbered = commit
        .subject
        .trim_end()
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once("(#"))
        .is_some_and(|(_, number)| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
    if platform || numbered { "squash or rebase merge (inferred)" } else { "direct (inferred)" }
}

/// Paths with characters that Git reads as patterns are taken as they stand.
fn literal(adopted: &BTreeSet<&RepoPath>) -> &'static str {
    let magic = |path: &&&RepoPath| path.as_str().starts_with(':') || path.as_str().contains(['*', '?', '[', '\\']);
    if adopted.iter().any(|path| magic(&path)) { "--literal-pathspecs " } else { "" }
}

fn paths(adopted: &BTreeSet<&RepoPath>) -> String {
    let fixed = PROGRAMME_PATHS.iter().map(|path| (*path).to_owned());
    fixed.chain(adopted.iter().map(|path| shell_word(path.as_str()))).collect::<Vec<_>>().join(" ")
}
