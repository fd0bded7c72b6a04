//! One pass over the whole history: find every commit, compare each with its parents, put it together.
//!
//! Two threads with a handle each: one finds commits and sends them on in batches, the other compares; when all are found,
//! both compare. What comes out does not depend on who did what.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering::Relaxed},
        mpsc,
    },
    thread,
};

use anyhow::{Context, anyhow, bail};

use super::{
    Repository, Tip, Wanted,
    assemble::assemble,
    commit,
    compare::{Comparer, Missed, PathChange, unreadable},
    graph::{Discovery, Item},
    mailmap::Mailmap,
    raw,
    wanted::Filter,
};
use crate::{
    id::{ObjectId, RepoPath},
    model::{Commit, History},
    tree::Tree,
};

/// How many commits go to a thread at once: enough to keep neighbours' trees in its cache.
const BATCH: usize = 256;
/// The largest `.mailmap` that is read, in bytes.
const LARGEST_MAILMAP: usize = 1 << 20;

/// What comparing one commit found.
pub(super) struct Outcome {
    /// The commit's number in the order of discovery.
    pub at: u32,
    /// Its changes.
    pub changes: Vec<PathChange>,
    /// For a merge on the mainline: what differs from its first parent.
    pub landing: Option<Vec<PathChange>>,
    /// Its data, when it changed anything.
    pub commit: Option<Commit>,
    /// Why the comparison is not whole.
    pub missed: Option<Missed>,
}

impl Repository {
    /// Walks everything that the tip reaches. `progress` hears how many commits were compared and how many are known by now.
    ///
    /// Objects that cannot be read are reported in the history, never guessed at.
    ///
    /// # Errors
    /// When the tip itself cannot be read, or the object database fails.
    pub fn walk(&self, tip: &Tip, wanted: &Wanted, progress: &(dyn Fn(u64, u64) + Sync)) -> anyhow::Result<History> {
        let filter = Filter::new(wanted);
        let mailmap = self.mailmap(tip.id)?;
        let counters = Counters { found: AtomicU64::new(0), compared: AtomicU64::new(0), progress };
        let (sender, receiver) = mpsc::channel::<Vec<Item>>();
        let receiver = Mutex::new(receiver);
        let (discovery, mut outcomes) = thread::scope(|scope| {
            let helper = scope.spawn(|| self.pool.with(|repository| compare(repository, &filter, &mailmap, &receiver, &counters)));
            let found = self.pool.with(|repository| {
                let discovery = discover(repository, tip.id, &self.shallow, sender, &counters)?;
                Ok((discovery, compare(repository, &filter, &mailmap, &receiver, &counters)?))
            });
            let helped = helper.join().map_err(|_| anyhow!("the thread that compares commits stopped"))?;
            let (discovery, mut outcomes) = found?;
            outcomes.append(&mut helped?);
            anyhow::Ok((discovery, outcomes))
        })?;
        let shape = discovery.shape();
        if shape.nodes.is_empty() {
            bail!("the commit {} cannot be read: {}", tip.id, shape.lost.first().map_or("it is missing", |lost| lost.why.as_str()));
        }
        outcomes.sort_by_key(|outcome| shape.places[outcome.at as usize]);
        self.pool.with(|repository| assemble(tip, shape, outcomes, self.missing.clone(), repository))
    }

    /// The `.mailmap` of the tip, as Git reads it: a regular file at the root.
    fn mailmap(&self, tip: ObjectId) -> anyhow::Result<Mailmap> {
        let bytes = self.tree(tip)?.read(&RepoPath::new(".mailmap"))?.filter(|bytes| bytes.len() <= LARGEST_MAILMAP);
        Ok(bytes.map_or_else(Mailmap::default, |bytes| Mailmap::parse(&String::from_utf8_lossy(&bytes))))
    }
}

struct Counters<'a> {
    found: AtomicU64,
    compared: AtomicU64,
    progress: &'a (dyn Fn(u64, u64) + Sync),
}

/// Finds all commits; the sender is dropped at the end, which tells the receivers that no more will come.
fn discover(
    repository: &git2::Repository,
    tip: ObjectId,
    shallow: &[ObjectId],
    sender: mpsc::Sender<Vec<Item>>,
    counters: &Counters<'_>,
) -> anyhow::Result<Discovery> {
    let odb = repository.odb().context("cannot open the object database")?;
    let mut batch = Vec::with_capacity(BATCH);
    let mut closed = false;
    let mut flush = |batch: &mut Vec<Item>| {
        counters.found.fetch_add(batch.len() as u64, Relaxed);
        closed |= sender.send(std::mem::take(batch)).is_err();
    };
    let discovery = Discovery::run(&odb, tip, shallow, &mut |item| {
        batch.push(item);
        if batch.len() == BATCH {
            flush(&mut batch);
        }
    });
    flush(&mut batch);
    if closed {
        bail!("the thread that compares commits stopped");
    }
    Ok(discovery)
}

/// Compares batches until no more come.
fn compare(
    repository: &git2::Repository,
    filter: &Filter,
    mailmap: &Mailmap,
    receiver: &Mutex<mpsc::Receiver<Vec<Item>>>,
    counters: &Counters<'_>,
) -> anyhow::Result<Vec<Outcome>> {
    let odb = repository.odb().context("cannot open the object database")?;
    let mut comparer = Comparer::new(&odb, filter);
    let mut outcomes = Vec::new();
    loop {
        // The lock is held while waiting; whoever else wants work would have to wait as well.
        let received = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(batch) = received else { return Ok(outcomes) };
        for item in &batch {
            let outcome = outcome(&odb, &mut comparer, mailmap, item);
            if outcome.commit.is_some() || outcome.missed.is_some() {
                outcomes.push(outcome);
            }
        }
        let compared = counters.compared.fetch_add(batch.len() as u64, Relaxed) + batch.len() as u64;
        (counters.progress)(compared, counters.found.load(Relaxed).max(compared));
    }
}

fn outcome(odb: &git2::Odb<'_>, comparer: &mut Comparer<'_>, mailmap: &Mailmap, item: &Item) -> Outcome {
    let mut outcome = Outcome { at: item.at, changes: Vec::new(), landing: None, commit: None, missed: None };
    let mut fill = || {
        if item.changes {
            outcome.changes = comparer.changes(item.tree, &item.parents)?;
        }
        if item.landing {
            outcome.landing = Some(comparer.changes(item.tree, &item.parents[..1])?);
        }
        if !outcome.changes.is_empty() || outcome.landing.as_ref().is_some_and(|landing| !landing.is_empty()) {
            let object = odb.read(raw::to_git(item.id)).map_err(|error| Missed::Object(item.id, unreadable(&error)))?;
            outcome.commit = Some(commit::details(item.id, object.data(), mailmap));
        }
        Ok(())
    };
    if let Err(missed) = fill() {
        // Half a comparison would show a half truth.
        outcome = Outcome { at: item.at, changes: Vec::new(), landing: None, commit: None, missed: Some(missed) };
    }
    outcome
}
