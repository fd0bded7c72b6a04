//! Renames within one mainline commit: a file that appeared and a file that went away, with the same content or, for
//! Markdown, with at least half of its lines. Records are joined by id elsewhere; this serves those that have none.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::Context;

use super::{raw, repository::read_blob, wanted::is_markdown};
use crate::{
    id::{ObjectId, RepoPath},
    model::{FileChange, Landing},
};

/// Files larger than this are not compared by lines.
const LARGEST: usize = 512 * 1024;
/// When more files than this appeared or went away at once, they are not compared by lines.
const MOST_FILES: usize = 64;

/// Fills in `renamed_from` among the landings of one mainline commit, which stand in path order.
///
/// # Errors
/// When the object database is damaged.
pub fn find(landings: &mut [Landing], repository: &git2::Repository) -> anyhow::Result<()> {
    let is_file = |mode: u32| mode != raw::SUBMODULE;
    let gone: Vec<(RepoPath, ObjectId)> = landings
        .iter()
        .filter(|landing| landing.after.is_none())
        .filter_map(|landing| landing.before.filter(|state| is_file(state.mode)).map(|state| (landing.path.clone(), state.blob)))
        .collect();
    let mut come: Vec<(usize, ObjectId)> = landings
        .iter()
        .enumerate()
        .filter(|(_, landing)| landing.before.is_none())
        .filter_map(|(at, landing)| landing.after.filter(|state| is_file(state.mode)).map(|state| (at, state.blob)))
        .collect();
    if gone.is_empty() || come.is_empty() {
        return Ok(());
    }
    let mut used = BTreeSet::new();
    let mut by_blob: BTreeMap<ObjectId, Vec<usize>> = BTreeMap::new();
    for (at, (_, blob)) in gone.iter().enumerate().filter(|(_, (_, blob))| *blob != crate::tree::blob_id(b"")) {
        by_blob.entry(*blob).or_default().push(at);
    }
    come.retain(|(at, blob)| {
        let free: Vec<usize> =
            by_blob.get(blob).map_or(Vec::new(), |all| all.iter().copied().filter(|from| !used.contains(from)).collect());
        // Of several files with the same content the one with the same name is meant, or else the first by path.
        let same_name = free.iter().find(|from| gone[**from].0.file_name() == landings[*at].path.file_name());
        let Some(from) = same_name.or(free.first()).copied() else { return true };
        used.insert(from);
        landings[*at].renamed_from = Some(gone[from].0.clone());
        false
    });
    let gone: Vec<(RepoPath, ObjectId)> = gone.into_iter().enumerate().filter(|(at, _)| !used.contains(at)).map(|(_, file)| file).collect();
    by_lines(landings, &gone, &come, repository)
}

/// Fills in what [`find`] could not see for a merge: a file that was renamed in one commit and rewritten in others looks
/// new on the mainline, while the commits that landed with the merge still show where it came from.
///
/// `commits` are the changes of those commits, each commit's in path order, parents before children.
///
/// # Errors
/// When the object database is damaged.
pub fn find_through_commits(landings: &mut [Landing], commits: &[FileChange], repository: &git2::Repository) -> anyhow::Result<()> {
    let named: BTreeSet<RepoPath> = landings.iter().filter_map(|landing| landing.renamed_from.clone()).collect();
    let mut gone: BTreeSet<RepoPath> = landings
        .iter()
        .filter(|landing| landing.after.is_none() && !named.contains(&landing.path))
        .map(|landing| landing.path.clone())
        .collect();
    let is_new =
        |landing: &Landing| landing.before.is_none() && landing.renamed_from.is_none() && is_markdown(landing.path.as_str().as_bytes());
    if gone.is_empty() || !landings.iter().any(is_new) {
        return Ok(());
    }
    let mut origins: BTreeMap<RepoPath, RepoPath> = BTreeMap::new();
    for of_one in commits.chunk_by(|a, b| a.commit == b.commit) {
        let mut of_one: Vec<Landing> = of_one.iter().map(as_landing).collect();
        find(&mut of_one, repository)?;
        for landing in of_one {
            if let Some(old) = landing.renamed_from {
                let origin = origins.remove(&old).unwrap_or(old);
                origins.insert(landing.path, origin);
            }
        }
    }
    for landing in landings.iter_mut().filter(|landing| is_new(landing)) {
        if let Some(origin) = origins.get(&landing.path).filter(|origin| gone.contains(*origin)) {
            gone.remove(origin);
            landing.renamed_from = Some(origin.clone());
        }
    }
    Ok(())
}

fn as_landing(change: &FileChange) -> Landing {
    let FileChange { commit, path, before, after } = change;
    Landing { commit: *commit, path: path.clone(), before: *before, after: *after, made_by: *commit, renamed_from: None }
}

fn by_lines(
    landings: &mut [Landing],
    gone: &[(RepoPath, ObjectId)],
    come: &[(usize, ObjectId)],
    repository: &git2::Repository,
) -> anyhow::Result<()> {
    let gone: Vec<_> = gone.iter().filter(|(path, _)| is_markdown(path.as_str().as_bytes())).collect();
    let come: Vec<_> = come.iter().filter(|(at, _)| is_markdown(landings[*at].path.as_str().as_bytes())).collect();
    if gone.is_empty() || come.is_empty() || gone.len() > MOST_FILES || come.len() > MOST_FILES {
        return Ok(());
    }
    let old = gone.iter().map(|(_, blob)| text(repository, *blob)).collect::<anyhow::Result<Vec<_>>>()?;
    let new = come.iter().map(|(_, blob)| text(repository, *blob)).collect::<anyhow::Result<Vec<_>>>()?;
    let old: Vec<Lines<'_>> = old.iter().map(|text| Lines::of(text)).collect();
    let new: Vec<Lines<'_>> = new.iter().map(|text| Lines::of(text)).collect();
    let mut pairs = Vec::new();
    for (to, new) in new.iter().enumerate() {
        for (from, old) in old.iter().enumerate() {
            let (common, most) = (new.common(old), new.total.max(old.total));
            if common * 2 >= most && most > 0 {
                pairs.push((std::cmp::Reverse(common * 1000 / most), to, from));
            }
        }
    }
    pairs.sort();
    let (mut used, mut named) = (BTreeSet::new(), BTreeSet::new());
    for (_, to, from) in pairs {
        if !used.contains(&from) && named.insert(to) {
            used.insert(from);
            landings[come[to].0].renamed_from = Some(gone[from].0.clone());
        }
    }
    Ok(())
}

/// A file's bytes; empty when it is missing here or too large to be compared.
fn text(repository: &git2::Repository, blob: ObjectId) -> anyhow::Result<Vec<u8>> {
    match repository.odb()?.read_header(raw::to_git(blob)) {
        Ok((size, _)) if size <= LARGEST => Ok(read_blob(repository, blob)?.unwrap_or_default()),
        Ok(_) => Ok(Vec::new()),
        Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(Vec::new()),
        Err(error) => Err(error).with_context(|| format!("cannot read the object {blob}")),
    }
}

/// How often each line stands in a text; empty lines do not count.
struct Lines<'t> {
    counts: HashMap<&'t [u8], usize>,
    total: usize,
}

impl<'t> Lines<'t> {
    fn of(text: &'t [u8]) -> Self {
        let mut lines = Self { counts: HashMap::new(), total: 0 };
        for line in text.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty()) {
            *lines.counts.entry(line).or_default() += 1;
            lines.total += 1;
        }
        lines
    }

    fn common(&self, other: &Lines<'_>) -> usize {
        // A sum does not depend on the order in which it is taken.
        #[expect(clippy::iter_over_hash_type, reason = "only a sum leaves this loop")]
        fn sum(one: &Lines<'_>, other: &Lines<'_>) -> usize {
            let mut sum = 0;
            for (line, count) in &one.counts {
                sum += other.counts.get(line).map_or(0, |there| *count.min(there));
            }
            sum
        }
        sum(self, other)
    }
}
