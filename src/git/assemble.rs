//! Puts what the walk found into one [`History`]: changes, landings, who made what landed, what could not be seen.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Tip,
    compare::{Missed, PathChange},
    graph::Shape,
    renames,
    walk::Outcome,
};
use crate::{
    id::{ObjectId, RepoPath},
    model::{CommitIx, FileChange, FileState, History, Landing, MissingSight, Node, Skipped},
};

/// How many objects a sentence names.
const NAMED: usize = 3;

/// Puts a history together; the outcomes stand in the order of the shape's nodes.
///
/// # Errors
/// When a file's content is needed and the object database is damaged.
pub fn assemble(
    tip: &Tip,
    shape: Shape,
    outcomes: Vec<Outcome>,
    missing: Vec<MissingSight>,
    repository: &git2::Repository,
) -> anyhow::Result<History> {
    let mut history = History { tip: Some(tip.id), branch: tip.branch.clone(), missing, ..History::default() };
    let (lost, places) = (shape.lost, shape.places);
    history.nodes = shape.nodes;
    history.mainline = shape.mainline;
    let mainline: BTreeSet<CommitIx> = history.mainline.iter().copied().collect();
    let mut landed: Vec<(CommitIx, Vec<PathChange>)> = Vec::new();
    let mut missed: Vec<(ObjectId, Missed)> = Vec::new();
    for outcome in outcomes {
        let at = places[outcome.at as usize];
        if let Some(why) = outcome.missed {
            missed.push((history.node(at).id, why));
        }
        if let Some(commit) = outcome.commit {
            history.commits.insert(at, commit);
        }
        match outcome.landing {
            Some(landing) => landed.push((at, landing)),
            None if mainline.contains(&at) && history.node(at).parents.len() <= 1 => landed.push((at, outcome.changes.clone())),
            None => {}
        }
        history.changes.extend(outcome.changes.into_iter().map(|change| file_change(at, change)));
    }
    history.changes.sort_by(|a, b| (a.commit, &a.path).cmp(&(b.commit, &b.path)));
    history.landings = landings(&history, landed);
    for of_one in history.landings.chunk_by_mut(|a, b| a.commit == b.commit) {
        renames::find(of_one, repository)?;
        if let Some(first) = of_one.first() {
            let commits = landed_with(&history.changes, &history.nodes, first.commit);
            renames::find_through_commits(of_one, commits, repository)?;
        }
    }
    let lost: Vec<(ObjectId, String)> = lost.into_iter().map(|lost| (lost.id, lost.why)).collect();
    report(&mut history, lost, missed);
    Ok(history)
}

fn path_of(bytes: Vec<u8>) -> RepoPath {
    RepoPath::new(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

fn file_change(commit: CommitIx, change: PathChange) -> FileChange {
    FileChange { commit, path: path_of(change.path), before: change.before, after: change.after }
}

/// The changes of all commits that landed with a mainline commit; they stand right before it in the order of the nodes.
fn landed_with<'a>(changes: &'a [FileChange], nodes: &[Node], at: CommitIx) -> &'a [FileChange] {
    let landed_in = |change: &FileChange| nodes[change.commit.0 as usize].landed_in;
    let start = changes.partition_point(|change| landed_in(change) < at);
    let end = changes.partition_point(|change| landed_in(change) <= at);
    &changes[start..end]
}

/// What the mainline saw, with who made it.
fn landings(history: &History, landed: Vec<(CommitIx, Vec<PathChange>)>) -> Vec<Landing> {
    let mut landings = Vec::new();
    for (at, changes) in landed {
        let mut makers: BTreeMap<(&str, State), CommitIx> = BTreeMap::new();
        for change in landed_with(&history.changes, &history.nodes, at) {
            makers.insert((change.path.as_str(), key(change.after)), change.commit);
        }
        let mut of_one: Vec<Landing> = changes
            .into_iter()
            .map(|change| {
                let path = path_of(change.path);
                let made_by = makers.get(&(path.as_str(), key(change.after))).copied().unwrap_or(at);
                Landing { commit: at, path, before: change.before, after: change.after, made_by, renamed_from: None }
            })
            .collect();
        of_one.sort_by(|a, b| a.path.cmp(&b.path));
        landings.append(&mut of_one);
    }
    landings
}

/// A file's state as a key; `None` when there is no file.
type State = Option<(ObjectId, u32)>;

fn key(state: Option<FileState>) -> State {
    state.map(|state| (state.blob, state.mode))
}

/// Names everything that could not be read: once as a reason, and each commit for itself.
fn report(history: &mut History, lost: Vec<(ObjectId, String)>, missed: Vec<(ObjectId, Missed)>) {
    let mut objects: BTreeSet<ObjectId> = BTreeSet::new();
    for (id, why) in lost {
        history.skipped.push(Skipped { what: format!("commit {id}"), why });
    }
    let mut too_large = 0;
    for (commit, why) in missed {
        let why = match why {
            Missed::Object(object, why) => {
                objects.insert(object);
                format!("the object {object}, which it needs, is not usable: {why}; what the commit changed is not known")
            }
            Missed::TooLarge => {
                too_large += 1;
                "its tree is too deep or too large; what the commit changed is not known".to_owned()
            }
        };
        history.skipped.push(Skipped { what: format!("commit {commit}"), why });
    }
    history.skipped.sort_by(|a, b| (&a.what, &a.why).cmp(&(&b.what, &b.why)));
    let unseen = history.skipped.len();
    if unseen > too_large {
        let named: Vec<String> = history.skipped.iter().take(NAMED).map(|skipped| skipped.what.clone()).collect();
        let more = if unseen > NAMED { format!(" and {} more", unseen - NAMED) } else { String::new() };
        let message = format!("history holds what cannot be read here ({}{more}), so it is not wholly seen", named.join(", "));
        history.missing.push(MissingSight { kind: "missing_objects", message, command: "git fsck --full".to_owned() });
    }
    if too_large > 0 {
        let message = format!("{too_large} of the commits hold trees that are too deep or too large to be compared");
        history.missing.push(MissingSight { kind: "unsupported", message, command: "git fsck --full".to_owned() });
    }
}
