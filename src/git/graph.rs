//! The shape of history: every commit that the tip reaches, in an order that never changes, and when each landed.
//!
//! No date prunes the search and no path simplifies it. Dates only decide which commit is read next, so that objects that
//! lie near each other are read near each other; no result depends on that.

use std::{collections::BinaryHeap, mem};

use super::{
    commit,
    compare::unreadable,
    raw::{self, ById},
};
use crate::{
    id::ObjectId,
    model::{CommitIx, Node},
};

/// Commits larger than this, in bytes, are not kept while they wait.
const LARGEST_KEPT: usize = 8 << 10;

/// A commit's bytes, when they are kept.
type Kept = Option<Box<[u8]>>;

/// One commit to compare with its parents.
#[derive(Clone, Debug)]
pub struct Item {
    /// The commit's number in the order of discovery.
    pub at: u32,
    /// Its id.
    pub id: ObjectId,
    /// Its root folder.
    pub tree: ObjectId,
    /// The root folders of its parents.
    pub parents: Vec<ObjectId>,
    /// Its bytes, kept while it waits so that it need not be read again; `None` for a large one.
    pub bytes: Kept,
    /// Whether its own changes are wanted.
    pub changes: bool,
    /// Whether what it changed on the mainline is wanted beside that: it is a merge on the mainline.
    pub landing: bool,
}

/// A commit that could not be followed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lost {
    /// The commit.
    pub id: ObjectId,
    /// Why not.
    pub why: String,
}

/// Commits as they are found.
#[derive(Default)]
pub struct Discovery {
    found: Vec<Found>,
    numbers: ById<Option<u32>>,
    heap: BinaryHeap<(i64, std::cmp::Reverse<u32>)>,
    lost: Vec<Lost>,
}

struct Found {
    id: ObjectId,
    tree: ObjectId,
    committed: i64,
    recorded: Vec<ObjectId>,
    parents: Vec<u32>,
    /// The parent recorded first, when it could be read.
    first: Option<u32>,
    bytes: Kept,
    mainline: bool,
    /// Whether nothing more is to be sent about it: it was sent as what it is, or cannot be compared.
    settled: bool,
}

/// History's shape, parents before children.
pub struct Shape {
    /// Every commit.
    pub nodes: Vec<Node>,
    /// The first-parent chain of the tip, oldest first.
    pub mainline: Vec<CommitIx>,
    /// A commit's place in `nodes` by its number in the order of discovery.
    pub places: Vec<CommitIx>,
    /// What could not be followed.
    pub lost: Vec<Lost>,
}

impl Discovery {
    /// Finds every commit that the tip reaches and sends each on for comparison; `shallow` (sorted) are those whose parents
    /// were not fetched. Afterwards come the mainline merges that were not known to be such when they were sent.
    pub fn run(odb: &git2::Odb<'_>, tip: ObjectId, shallow: &[ObjectId], send: &mut dyn FnMut(Item)) -> Self {
        let mut this = Self::default();
        if let Some(tip) = this.number(odb, tip) {
            this.found[tip as usize].mainline = true;
        }
        while let Some((_, std::cmp::Reverse(at))) = this.heap.pop() {
            let whole = this.link(odb, at, shallow);
            let found = &mut this.found[at as usize];
            found.settled = found.mainline || !whole;
            let bytes = mem::take(&mut found.bytes);
            if whole {
                send(Item { bytes, ..this.item(at, true) });
            }
        }
        for at in this.mainline().into_iter().rev() {
            let found = &this.found[at as usize];
            if !found.settled && found.parents.len() > 1 {
                let item = Item { landing: true, ..this.item(at, false) };
                send(item);
            }
        }
        this
    }

    /// A commit's number; reads it when it is new. `None` when it cannot be read.
    fn number(&mut self, odb: &git2::Odb<'_>, id: ObjectId) -> Option<u32> {
        if let Some(known) = self.numbers.get(&id) {
            return *known;
        }
        let number = match read(odb, id) {
            Ok((links, bytes)) => {
                let number = u32::try_from(self.found.len()).expect("no repository holds four thousand million commits");
                let committed = links.committed.unwrap_or(0);
                if links.committed.is_none() {
                    self.lost.push(Lost { id, why: "its committer line has no time; it is taken as 1970".to_owned() });
                }
                self.heap.push((committed, std::cmp::Reverse(number)));
                self.found.push(Found {
                    id,
                    tree: links.tree,
                    committed,
                    recorded: links.parents,
                    parents: Vec::new(),
                    first: None,
                    bytes,
                    mainline: false,
                    settled: false,
                });
                Some(number)
            }
            Err(why) => {
                self.lost.push(Lost { id, why });
                None
            }
        };
        self.numbers.insert(id, number);
        number
    }

    /// Numbers a commit's parents; whether all of them could be read.
    fn link(&mut self, odb: &git2::Odb<'_>, at: u32, shallow: &[ObjectId]) -> bool {
        let id = self.found[at as usize].id;
        let mut recorded = mem::take(&mut self.found[at as usize].recorded);
        if shallow.binary_search(&id).is_ok() {
            recorded.clear();
        }
        let mut parents = Vec::with_capacity(recorded.len());
        for (position, parent) in recorded.iter().enumerate() {
            let Some(number) = self.number(odb, *parent) else { continue };
            if position == 0 {
                self.found[at as usize].first = Some(number);
                self.found[number as usize].mainline |= self.found[at as usize].mainline;
            }
            parents.push(number);
        }
        let whole = recorded.iter().all(|parent| self.numbers.get(parent).is_some_and(Option::is_some));
        if !whole {
            self.lost.push(Lost { id, why: "a parent of it cannot be read, so what it changed is not known".to_owned() });
        }
        self.found[at as usize].parents = parents;
        whole
    }

    fn item(&self, at: u32, changes: bool) -> Item {
        let found = &self.found[at as usize];
        let parents: Vec<ObjectId> = found.parents.iter().map(|parent| self.found[*parent as usize].tree).collect();
        Item { at, id: found.id, tree: found.tree, landing: found.mainline && parents.len() > 1, parents, changes, bytes: None }
    }

    /// The first-parent chain, oldest first.
    fn mainline(&self) -> Vec<u32> {
        let tip = if self.found.is_empty() { None } else { Some(0) };
        let mut chain: Vec<u32> = std::iter::successors(tip, |at| self.found[*at as usize].first).collect();
        chain.reverse();
        chain
    }

    /// Puts the commits in their order: for each mainline commit, oldest first, what it brought in and then itself. So
    /// parents stand before children, everything that landed together stands together, and growth adds at the end.
    pub fn shape(self) -> Shape {
        let mainline = self.mainline();
        let mut places: Vec<Option<u32>> = vec![None; self.found.len()];
        let mut order: Vec<(u32, u32)> = Vec::with_capacity(self.found.len());
        let mut seen = vec![false; self.found.len()];
        let mut path: Vec<(u32, usize)> = Vec::new();
        for &landing in &mainline {
            seen[landing as usize] = true;
            path.push((landing, 0));
            while let Some((at, next)) = path.last_mut() {
                if let Some(&parent) = self.found[*at as usize].parents.get(*next) {
                    *next += 1;
                    if !mem::replace(&mut seen[parent as usize], true) {
                        path.push((parent, 0));
                    }
                } else {
                    places[*at as usize] = Some(order.len() as u32);
                    order.push((*at, landing));
                    path.pop();
                }
            }
        }
        let places: Vec<CommitIx> = places.into_iter().map(|place| CommitIx(place.expect("the tip reaches every commit found"))).collect();
        let mainline: Vec<CommitIx> = mainline.iter().map(|at| places[*at as usize]).collect();
        let mut nodes: Vec<Node> = order
            .iter()
            .map(|&(at, landing)| {
                let found = &self.found[at as usize];
                Node {
                    id: found.id,
                    parents: found.parents.iter().map(|parent| places[*parent as usize]).collect(),
                    committed: found.committed,
                    landed_in: places[landing as usize],
                    landed: 0,
                }
            })
            .collect();
        clamp(&mut nodes, &mainline);
        let mut lost = self.lost;
        lost.sort();
        Shape { nodes, mainline, places, lost }
    }
}

/// The monotone clamp: a mainline commit lands no earlier than the one before it.
fn clamp(nodes: &mut [Node], mainline: &[CommitIx]) {
    let mut floor = i64::MIN;
    for at in mainline {
        let node = &mut nodes[at.0 as usize];
        floor = floor.max(node.committed);
        node.landed = floor;
    }
    for at in 0..nodes.len() {
        nodes[at].landed = nodes[nodes[at].landed_in.0 as usize].landed;
    }
}

/// Reads a commit and checks it against its id: each is read once, so that costs little. Gives the bytes of a small one.
fn read(odb: &git2::Odb<'_>, id: ObjectId) -> Result<(commit::Links, Kept), String> {
    let object = odb.read(raw::to_git(id)).map_err(|error| unreadable(&error))?;
    let bytes = object.data();
    if object.kind() != git2::ObjectType::Commit {
        return Err("it is not a commit".to_owned());
    }
    if raw::object_id("commit", bytes) != id {
        return Err("it does not hold what its id says".to_owned());
    }
    let links = commit::links(bytes).ok_or_else(|| "it is malformed".to_owned())?;
    Ok((links, (bytes.len() <= LARGEST_KEPT).then(|| bytes.into())))
}
