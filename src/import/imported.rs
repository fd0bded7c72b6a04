//! What an import gives: files and moves as data, and counts that add up because they are made of the things themselves.

use crate::id::RepoPath;

/// A count with its word: `1 group`, `2 groups`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Several counts with their words: `2 groups, 1 entry`; `None` when all of them are zero.
pub(super) fn counts(all: &[(usize, &str, &str)]) -> Option<String> {
    let said: Vec<String> = all.iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| counted(*count, one, many)).collect();
    (!said.is_empty()).then(|| said.join(", "))
}

/// What came of reading a folder.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    files: Vec<NewFile>,
    moves: Vec<Move>,
    tallies: Vec<Tally>,
    notes: Vec<String>,
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Where, from the target's root; below `controls/`, `content/` or `frameworks/`.
    pub path: String,
    /// Its text.
    pub text: String,
    /// The things it holds, kind and name: they are taken when it is written.
    pub holds: Vec<(&'static str, String)>,
}

/// A file of the target to be moved, with front matter of ours put before its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Where it stands, from the target's root.
    pub from: RepoPath,
    /// Where and what it becomes.
    pub to: NewFile,
}

/// One kind of thing in the folder: how many were taken, and which were left. Found is the sum of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The kind in the plural (`policies`).
    pub kind: &'static str,
    /// How many were taken.
    pub taken: usize,
    /// What was left, in the order in which it was met.
    pub left: Vec<Left>,
}

/// Something that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// What: a path, an id, or both.
    pub what: String,
    /// Why, as the end of a sentence.
    pub why: String,
}

impl Tally {
    /// How many there are in the folder.
    pub fn found(&self) -> usize {
        self.taken + self.left.len()
    }
}

impl Imported {
    /// Plans a file. What it holds counts as taken from now on.
    pub fn write(&mut self, path: impl Into<String>, text: impl Into<String>, holds: Vec<(&'static str, String)>) {
        self.count(&holds);
        self.files.push(NewFile { path: path.into(), text: text.into(), holds });
    }

    /// Plans a move. What the file holds counts as taken from now on.
    pub fn shift(&mut self, from: RepoPath, path: impl Into<String>, text: impl Into<String>, holds: Vec<(&'static str, String)>) {
        self.count(&holds);
        self.moves.push(Move { from, to: NewFile { path: path.into(), text: text.into(), holds } });
    }

    /// Counts one thing that was taken without a file of its own: a claim inside a record, say.
    pub fn take(&mut self, kind: &'static str) {
        self.tally(kind).taken += 1;
    }

    /// Leaves one thing, with the reason as the end of a sentence.
    pub fn leave(&mut self, kind: &'static str, what: impl Into<String>, why: impl Into<String>) {
        let left = Left { what: what.into(), why: why.into() };
        self.tally(kind).left.push(left);
    }

    /// Shows a kind also when none was found.
    pub fn expect(&mut self, kind: &'static str) {
        self.tally(kind);
    }

    /// Adds something to know that is no thing of the folder: a sentence.
    pub fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// The files, in the order in which they were planned.
    pub fn files(&self) -> &[NewFile] {
        &self.files
    }

    /// The moves.
    pub fn moves(&self) -> &[Move] {
        &self.moves
    }

    /// The counts, kinds in the order of their first thing.
    pub fn tallies(&self) -> &[Tally] {
        &self.tallies
    }

    /// Things to know.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Turns what a file would have held from taken to left: it was not written.
    pub fn unwritten(&mut self, file: &NewFile, why: &str) {
        for (kind, name) in &file.holds {
            let tally = self.tally(kind);
            tally.taken = tally.taken.saturating_sub(1);
            tally.left.push(Left { what: name.clone(), why: why.to_owned() });
        }
    }

    fn count(&mut self, holds: &[(&'static str, String)]) {
        for (kind, _) in holds {
            self.take(kind);
        }
    }

    fn tally(&mut self, kind: &'static str) -> &mut Tally {
        let at = self.tallies.iter().position(|tally| tally.kind == kind).unwrap_or_else(|| {
            self.tallies.push(Tally { kind, taken: 0, left: Vec::new() });
            self.tallies.len() - 1
        });
        &mut self.tallies[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_is_taken_and_left_whatever_happens() {
        let mut imported = Imported::default();
        imported.write("controls/a.yaml", "id: a\n", vec![("controls", "a".to_owned()), ("controls", "b".to_owned())]);
        imported.leave("controls", "c", "it has no title");
        assert_eq!((imported.tallies()[0].found(), imported.tallies()[0].taken), (3, 2));
        let file = imported.files()[0].clone();
        imported.unwritten(&file, "`controls/a.yaml` is there already");
        assert_eq!((imported.tallies()[0].found(), imported.tallies()[0].taken), (3, 0));
    }
}
