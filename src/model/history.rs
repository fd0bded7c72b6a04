//! What Git holds: every commit that the tip reaches, and every change to the programme's files.
//!
//! Built by `git` in one walk. Recorded times are claims: they are kept as they stand, and judged elsewhere.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    date::{GitTime, Instant},
    id::{ObjectId, RepoPath},
};

/// A commit's number in [`History::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitIx(pub u32);

/// The history behind one tip.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The commit assessed; `None` when there is no repository or no commit.
    pub tip: Option<ObjectId>,
    /// The branch it was read from; empty when the tip was named otherwise.
    pub branch: String,
    /// Every commit that the tip reaches; parents stand before their children.
    pub nodes: Vec<Node>,
    /// The first-parent chain of the tip, oldest first.
    pub mainline: Vec<CommitIx>,
    /// Full data of the commits that touched the programme, and of the mainline commits that landed those.
    pub commits: BTreeMap<CommitIx, Commit>,
    /// Every change to a programme file in every commit: against the parent, or, for a merge, where the result differs
    /// from all parents. In the order of `nodes`, then by path.
    pub changes: Vec<FileChange>,
    /// What the mainline saw: for every mainline commit the programme files that differ from its first parent. Mainline order.
    pub landings: Vec<Landing>,
    /// Why history is not wholly seen; empty when it is.
    pub missing: Vec<MissingSight>,
    /// What was met and left out, by name.
    pub skipped: Vec<Skipped>,
}

/// What is kept of every commit.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its id.
    pub id: ObjectId,
    /// Its parents that could be read, in order.
    pub parents: Vec<CommitIx>,
    /// Seconds since 1970 as the committer's machine recorded them.
    pub committed: i64,
    /// The mainline commit that first contains it.
    pub landed_in: CommitIx,
    /// Its landing time in seconds since 1970: the committer time of `landed_in`, never earlier than that of the
    /// mainline commit before it (the monotone clamp, DOMAIN 3.4).
    pub landed: i64,
}

/// Who did something, as recorded, and who that is after `.mailmap`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Name, lossy where it is not UTF-8, after `.mailmap`.
    pub name: String,
    /// E-mail, after `.mailmap`.
    pub email: String,
    /// The recorded name and e-mail where `.mailmap` changed them.
    pub recorded: Option<(String, String)>,
    /// When, as recorded.
    pub time: GitTime,
}

/// Which kind of signature a commit carries. Whether it holds is another question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureKind {
    /// None.
    None,
    /// SSH.
    Ssh,
    /// OpenPGP.
    OpenPgp,
    /// X.509 / CMS.
    X509,
    /// Something else.
    Other,
}

/// A line of a commit message's trailer block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trailer {
    /// Its key as written (`Reviewed-by`).
    pub key: String,
    /// Its value.
    pub value: String,
}

/// A commit's full data.
#[derive(Clone, Debug)]
pub struct Commit {
    /// Its id.
    pub id: ObjectId,
    /// The author.
    pub author: Actor,
    /// The committer.
    pub committer: Actor,
    /// First line of the message, lossy, at most 200 characters.
    pub subject: String,
    /// Trailers of the last paragraph.
    pub trailers: Vec<Trailer>,
    /// Which kind of signature it carries.
    pub signature: SignatureKind,
}

/// What a path holds: a blob with its mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileState {
    /// The object.
    pub blob: ObjectId,
    /// The Git mode (0o100644, 0o100755, 0o120000 for a link, 0o160000 for a submodule).
    pub mode: u32,
}

/// One programme file changed by one commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// The commit.
    pub commit: CommitIx,
    /// The file.
    pub path: RepoPath,
    /// What the parent had (for a merge: the first parent).
    pub before: Option<FileState>,
    /// What the commit has.
    pub after: Option<FileState>,
}

/// One programme file as a mainline commit changed it against its first parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landing {
    /// The mainline commit.
    pub commit: CommitIx,
    /// The file.
    pub path: RepoPath,
    /// What it held before.
    pub before: Option<FileState>,
    /// What it holds from here on.
    pub after: Option<FileState>,
    /// The commit that made this content: the newest change to the same content that landed with this mainline commit.
    pub made_by: CommitIx,
    /// The path this file had before, when it was renamed here (same content, or the most similar file that went away).
    pub renamed_from: Option<RepoPath>,
}

/// A reason why history is not wholly seen, with the command that mends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MissingSight {
    /// A stable name: `shallow`, `grafts`, `partial`, `replaced`, `missing_objects`, `no_repository`, `unborn`, `unsupported`.
    pub kind: &'static str,
    /// What cannot be seen, as a sentence.
    pub message: String,
    /// The command that mends it.
    pub command: String,
}

/// Something that was met and left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// What it was: a path, a commit, a file.
    pub what: String,
    /// Why it was left out.
    pub why: String,
}

impl History {
    /// Whether everything that the tip reaches was seen.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }

    /// A commit's node.
    pub fn node(&self, at: CommitIx) -> &Node {
        &self.nodes[at.0 as usize]
    }

    /// A commit's landing instant.
    pub fn landed(&self, at: CommitIx) -> Instant {
        crate::date::instant_from_seconds(self.node(at).landed).unwrap_or(Instant::MAX_UTC)
    }
}
