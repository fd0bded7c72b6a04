//! One pass over the whole history: find every commit, compare each with its parents, put it together.
//!
//! Two threads with a handle each: one finds commits and puts them into a queue in batches, the other compares; when the
//! queue is long, and when all are found, both compare. What comes out does not depend on who did what.

use std::{
    collections::VecDeque,
    sync::{
        Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering::Relaxed},
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
/// How many batches wait at most.
const LONGEST_QUEUE: usize = 32;
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
        let job = Job { filter: &filter, mailmap: &mailmap, queue: Queue::default(), compared: AtomicU64::new(0), progress };
        let (discovery, mut outcomes) = thread::scope(|scope| {
            let helper = scope.spawn(|| self.pool.with(|repository| job.help(repository, tip.id)));
            let found = self.pool.with(|repository| {
                // Whatever happens here, the helper must not wait for ever.
                let _closing = Closing(&job.queue);
                job.lead(repository, tip.id, &self.shallow)
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

/// One walk's work, shared by its threads.
struct Job<'a> {
    filter: &'a Filter,
    mailmap: &'a Mailmap,
    queue: Queue,
    compared: AtomicU64,
    progress: &'a (dyn Fn(u64, u64) + Sync),
}

impl Job<'_> {
    /// Finds all commits and compares with whatever time is left.
    fn lead(&self, repository: &git2::Repository, tip: ObjectId, shallow: &[ObjectId]) -> anyhow::Result<(Discovery, Vec<Outcome>)> {
        let odb = repository.odb().context("cannot open the object database")?;
        let mut comparer = Comparer::new(&odb, self.filter);
        let (mut batch, mut outcomes) = (Vec::with_capacity(BATCH), Vec::new());
        let discovery = Discovery::run(&odb, tip, shallow, &mut |item| {
            batch.push(item);
            if batch.len() == BATCH
                && let Some(batch) = self.queue.put(std::mem::replace(&mut batch, Vec::with_capacity(BATCH)))
            {
                self.batch(&odb, &mut comparer, &batch, &mut outcomes);
            }
        });
        self.batch(&odb, &mut comparer, &batch, &mut outcomes);
        self.queue.close();
        while let Some(batch) = self.queue.take() {
            self.batch(&odb, &mut comparer, &batch, &mut outcomes);
        }
        Ok((discovery, outcomes))
    }

    /// Compares until no more commits come.
    fn help(&self, repository: &git2::Repository, tip: ObjectId) -> anyhow::Result<Vec<Outcome>> {
        let odb = second_database(repository, tip).context("cannot open the object database")?;
        let mut comparer = Comparer::new(&odb, self.filter);
        let mut outcomes = Vec::new();
        while let Some(batch) = self.queue.take() {
            self.batch(&odb, &mut comparer, &batch, &mut outcomes);
        }
        Ok(outcomes)
    }

    fn batch<'a>(&'a self, odb: &'a git2::Odb<'a>, comparer: &mut Comparer<'a>, batch: &[Item], outcomes: &mut Vec<Outcome>) {
        for item in batch {
            let outcome = outcome(odb, comparer, self.mailmap, item);
            if outcome.commit.is_some() || outcome.missed.is_some() {
                outcomes.push(outcome);
            }
        }
        let compared = self.compared.fetch_add(batch.len() as u64, Relaxed) + batch.len() as u64;
        (self.progress)(compared, self.queue.found().max(compared));
    }
}

/// Batches that wait to be compared.
#[derive(Default)]
struct Queue {
    state: Mutex<QueueState>,
    changed: Condvar,
}

#[derive(Default)]
struct QueueState {
    batches: VecDeque<Vec<Item>>,
    found: u64,
    closed: bool,
}

impl Queue {
    fn state(&self) -> MutexGuard<'_, QueueState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a batch; when enough wait, gives back the one that waits longest for the caller to do.
    fn put(&self, batch: Vec<Item>) -> Option<Vec<Item>> {
        let mut state = self.state();
        state.found += batch.len() as u64;
        state.batches.push_back(batch);
        self.changed.notify_one();
        if state.batches.len() > LONGEST_QUEUE { state.batches.pop_front() } else { None }
    }

    /// The next batch; waits for one. `None` when no more will come.
    fn take(&self) -> Option<Vec<Item>> {
        let mut state = self.state();
        while state.batches.is_empty() && !state.closed {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.batches.pop_front()
    }

    fn close(&self) {
        self.state().closed = true;
        self.changed.notify_all();
    }

    fn found(&self) -> u64 {
        self.state().found
    }
}

/// Closes a queue when it goes.
struct Closing<'a>(&'a Queue);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// The object database once more, under another spelling of its path. libgit2 shares packs between all handles that
/// spell a path alike, with one lock, and two threads then spend a fifth of their time waiting for each other.
fn second_database(repository: &git2::Repository, tip: ObjectId) -> Result<git2::Odb<'_>, git2::Error> {
    if let Some(path) = repository.commondir().join("objects").join(".").to_str() {
        let odb = git2::Odb::new()?;
        odb.add_disk_alternate(path)?;
        if odb.exists(raw::to_git(tip)) {
            return Ok(odb);
        }
    }
    repository.odb()
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
            outcome.commit = Some(match &item.bytes {
                Some(bytes) => commit::details(item.id, bytes, mailmap),
                None => {
                    let object = odb.read(raw::to_git(item.id)).map_err(|error| Missed::Object(item.id, unreadable(&error)))?;
                    commit::details(item.id, object.data(), mailmap)
                }
            });
        }
        Ok(())
    };
    if let Err(missed) = fill() {
        // Half a comparison would show a half truth.
        outcome = Outcome { at: item.at, changes: Vec::new(), landing: None, commit: None, missed: Some(missed) };
    }
    outcome
}
