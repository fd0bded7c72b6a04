//! The redline: what changed between two Markdown texts, word by word, as a reader sees them.
//!
//! Two steps: blocks (paragraphs, items, headings, table rows, code) are matched first, then the words inside the blocks
//! that changed. Limits are counted in blocks and words, never in time, so that the same texts give the same redline
//! everywhere; past a limit a stretch is shown as taken out and put in whole.

mod blocks;
mod write;

use std::collections::BTreeMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use self::blocks::{Block, Kind, Token, blocks};

/// Stretches of changed blocks are paired only while before x after stays under this.
const MAX_PAIRS: usize = 40_000;

/// Words of two paired blocks are compared only while before x after stays under this.
const MAX_WORDS: usize = 9_000_000;

/// Blocks are paired when at least this share of their words is common.
const LIKE: f64 = 0.35;

/// The words inserted and deleted between two Markdown texts, inside rendered blocks, as safe HTML with `<ins>` and `<del>`.
///
/// Every block carries `rl-same`, `rl-changed`, `rl-added` or `rl-removed`. Links are shown with their address as text.
pub fn redline(before: &str, after: &str) -> String {
    let (before, after) = (blocks(before), blocks(after));
    let changes = match_blocks(&before, &after);
    super::sanitize::sanitize(write::html(&changes))
}

/// What became of a block.
#[derive(Debug)]
enum Change<'a> {
    Same(&'a Block),
    Removed(&'a Block),
    Added(&'a Block),
    /// The block as it is now, and for each cell the stretches of words.
    Changed(&'a Block, Vec<Vec<Stretch<'a>>>),
}

/// A stretch of words of one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stretch<'a> {
    fate: Fate,
    words: Vec<&'a Token>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Kept,
    Deleted,
    Inserted,
}

fn match_blocks<'a>(before: &'a [Block], after: &'a [Block]) -> Vec<Change<'a>> {
    let mut names = BTreeMap::new();
    let mut number = |block: &'a Block| {
        let next = names.len();
        *names.entry((&block.kind, block.quotes, &block.cells)).or_insert(next)
    };
    let old: Vec<usize> = before.iter().map(&mut number).collect();
    let new: Vec<usize> = after.iter().map(&mut number).collect();
    let mut changes = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &old, &new) {
        match op {
            DiffOp::Equal { new_index, len, .. } => changes.extend(after[new_index..new_index + len].iter().map(Change::Same)),
            other => pair(&before[other.old_range()], &after[other.new_range()], &mut changes),
        }
    }
    changes
}

/// Pairs the blocks of a changed stretch so that the pairs share the most words, in order; the rest is removed or added.
fn pair<'a>(before: &'a [Block], after: &'a [Block], changes: &mut Vec<Change<'a>>) {
    let (rows, columns) = (before.len(), after.len());
    if rows * columns > MAX_PAIRS {
        changes.extend(before.iter().map(Change::Removed));
        changes.extend(after.iter().map(Change::Added));
        return;
    }
    let bags: Vec<Vec<&Token>> = after.iter().map(bag).collect();
    // best[i][j]: the most that can be shared between before[i..] and after[j..].
    let mut best = vec![vec![0.0_f64; columns + 1]; rows + 1];
    let mut like = vec![vec![0.0_f64; columns]; rows];
    for i in (0..rows).rev() {
        let words = bag(&before[i]);
        for j in (0..columns).rev() {
            like[i][j] = likeness(&before[i], &words, &after[j], &bags[j]);
            let paired = if like[i][j] >= LIKE { like[i][j] + best[i + 1][j + 1] } else { 0.0 };
            best[i][j] = paired.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < rows || j < columns {
        if i < rows && j < columns && like[i][j] >= LIKE && best[i][j] == like[i][j] + best[i + 1][j + 1] {
            let cells = before[i].cells.iter().zip(&after[j].cells).map(|(old, new)| compare(old, new)).collect();
            changes.push(Change::Changed(&after[j], cells));
            (i, j) = (i + 1, j + 1);
        } else if i < rows && (j == columns || best[i][j] == best[i + 1][j]) {
            changes.push(Change::Removed(&before[i]));
            i += 1;
        } else {
            changes.push(Change::Added(&after[j]));
            j += 1;
        }
    }
}

/// The words of a block, sorted.
fn bag(block: &Block) -> Vec<&Token> {
    let mut words: Vec<&Token> = block.cells.iter().flatten().filter(|token| !token.is_slight()).collect();
    words.sort();
    words
}

/// The share of common words, 0 to 1; 0 for blocks that cannot stand for each other.
fn likeness(before: &Block, old: &[&Token], after: &Block, new: &[&Token]) -> f64 {
    let comparable = match (&before.kind, &after.kind) {
        (Kind::Row(_), Kind::Row(_)) => before.cells.len() == after.cells.len(),
        (Kind::Code(_), Kind::Code(_)) => true,
        (Kind::Row(_) | Kind::Code(_) | Kind::Rule, _) | (_, Kind::Row(_) | Kind::Code(_) | Kind::Rule) => false,
        _ => true,
    };
    if !comparable || old.is_empty() || new.is_empty() {
        return 0.0;
    }
    let (mut i, mut j, mut common) = (0, 0, 0_usize);
    while i < old.len() && j < new.len() {
        match old[i].cmp(new[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    2.0 * common as f64 / (old.len() + new.len()) as f64
}

/// The words of one cell, compared.
fn compare<'a>(old: &'a [Token], new: &'a [Token]) -> Vec<Stretch<'a>> {
    let whole = |fate, words: &'a [Token]| Stretch { fate, words: words.iter().collect() };
    if old.len() * new.len() > MAX_WORDS {
        return vec![whole(Fate::Deleted, old), whole(Fate::Inserted, new)];
    }
    let mut stretches = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        match op {
            DiffOp::Equal { new_index, len, .. } => stretches.push(whole(Fate::Kept, &new[new_index..new_index + len])),
            other => {
                stretches.push(whole(Fate::Deleted, &old[other.old_range()]));
                stretches.push(whole(Fate::Inserted, &new[other.new_range()]));
            }
        }
    }
    settle(stretches)
}

/// Makes stretches readable: a space or a comma that happens to be common between two changes belongs to the change, and
/// of every change all that was deleted stands before all that was inserted.
fn settle(stretches: Vec<Stretch<'_>>) -> Vec<Stretch<'_>> {
    let last = stretches.len().saturating_sub(1);
    let mut settled: Vec<Stretch<'_>> = Vec::new();
    let (mut deleted, mut inserted) = (Vec::new(), Vec::new());
    for (at, stretch) in stretches.into_iter().enumerate() {
        let between = at > 0 && at < last && (!deleted.is_empty() || !inserted.is_empty());
        match stretch.fate {
            Fate::Deleted => deleted.extend(stretch.words),
            Fate::Inserted => inserted.extend(stretch.words),
            Fate::Kept if between && stretch.words.len() <= 2 && stretch.words.iter().all(|word| word.is_slight()) => {
                deleted.extend(&stretch.words);
                inserted.extend(&stretch.words);
            }
            Fate::Kept => {
                close(&mut settled, &mut deleted, &mut inserted);
                settled.push(stretch);
            }
        }
    }
    close(&mut settled, &mut deleted, &mut inserted);
    settled
}

fn close<'a>(settled: &mut Vec<Stretch<'a>>, deleted: &mut Vec<&'a Token>, inserted: &mut Vec<&'a Token>) {
    for (fate, words) in [(Fate::Deleted, deleted), (Fate::Inserted, inserted)] {
        if !words.is_empty() {
            settled.push(Stretch { fate, words: std::mem::take(words) });
        }
    }
}
