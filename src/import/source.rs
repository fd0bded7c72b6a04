//! The folder that is brought in: its listing, its files within limits, and what the importer knows of the target.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use super::{Imported, file_slug};
use crate::{
    date::Date,
    id::{FrameworkId, RepoPath},
    load::{ForeignText, foreign_text},
    model::Programme,
    tree::{EntryKind, Tree},
};

/// The file of the framework of a key.
pub(super) fn framework_path(key: &str) -> String {
    format!("frameworks/{}.yaml", file_slug(key))
}

/// What the command line says about an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Whether documents of the repository move to our folders, in place of being adopted where they are.
    pub move_documents: bool,
    /// For tables: our key (or a framework's) to the column's header.
    pub columns: BTreeMap<String, String>,
    /// The key of the framework that a catalogue becomes, or that ids without one belong to.
    pub framework: Option<String>,
    /// Whether frameworks and crosswalks that are there already are written anew. Records of the programme never are.
    pub replace: bool,
}

/// A folder in another format, and what is known of the programme it is brought into.
pub struct Source<'a> {
    tree: &'a dyn Tree,
    /// Path to size in bytes.
    files: BTreeMap<RepoPath, u64>,
    /// What stands in the folder and is not read, with the reason: links, submodules, folders that cannot be listed.
    unread: BTreeMap<RepoPath, String>,
    touched: RefCell<BTreeSet<RepoPath>>,
    /// Where the folder lies in the target repository ("" for its root); `None` when it lies elsewhere.
    pub inside: Option<String>,
    /// The day of the import.
    pub today: Date,
    /// The target as it is now; only built-in frameworks when there is no programme yet.
    pub programme: &'a Programme,
    /// What the command line says.
    pub options: ImportOptions,
}

impl<'a> Source<'a> {
    /// The largest file that is read, in bytes, unless an importer asks for more.
    pub const USUAL_BYTES: u64 = 2 * 1024 * 1024;
    /// The largest catalogue, table or result file that is read, in bytes.
    pub const LARGE_BYTES: u64 = 64 * 1024 * 1024;

    /// Lists a tree.
    ///
    /// # Errors
    /// When it cannot be listed.
    pub fn new(
        tree: &'a dyn Tree,
        inside: Option<String>,
        today: Date,
        programme: &'a Programme,
        options: ImportOptions,
    ) -> anyhow::Result<Self> {
        let (entries, skipped) = tree.list("")?;
        let mut files = BTreeMap::new();
        let mut unread: BTreeMap<RepoPath, String> =
            skipped.into_iter().map(|skipped| (RepoPath::new(skipped.what), skipped.why)).collect();
        for entry in entries {
            match entry.kind {
                EntryKind::File => {
                    files.insert(entry.path, entry.size);
                }
                EntryKind::Link(target) => {
                    unread.insert(entry.path, format!("it is a link to `{target}`; links are not followed"));
                }
                EntryKind::Submodule => {
                    unread.insert(entry.path, "it is another repository inside this one".to_owned());
                }
            }
        }
        Ok(Self { tree, files, unread, touched: RefCell::default(), inside, today, programme, options })
    }

    /// Every entry in path order: files, and what cannot be read ([`Source::bytes`] then says why).
    pub fn paths(&self) -> impl Iterator<Item = &RepoPath> {
        let mut all: Vec<&RepoPath> = self.files.keys().chain(self.unread.keys()).collect();
        all.sort();
        all.into_iter()
    }

    /// The entries directly in a folder ("" for the root), in path order.
    pub fn directly_in<'s>(&'s self, folder: &'s str) -> impl Iterator<Item = &'s RepoPath> {
        self.paths().filter(move |path| path.parent() == folder)
    }

    /// The entries below a folder ("" for all), in path order.
    pub fn below<'s>(&'s self, folder: &'s str) -> impl Iterator<Item = &'s RepoPath> {
        self.paths().filter(move |path| folder.is_empty() || path.is_under(folder))
    }

    /// Whether a readable file stands at a path.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// A file's size in bytes; `None` when it is no readable file.
    pub fn size(&self, path: &RepoPath) -> Option<u64> {
        self.files.get(path).copied()
    }

    /// Counts a file as looked at without reading it: its name or size was all that was wanted.
    pub fn touch(&self, path: &RepoPath) {
        self.touched.borrow_mut().insert(path.clone());
    }

    /// A file's bytes, up to a size; `Err` is why there are none, as the end of a sentence.
    pub fn bytes(&self, path: &RepoPath, most: u64) -> Result<Vec<u8>, String> {
        self.touch(path);
        if let Some(why) = self.unread.get(path) {
            return Err(why.clone());
        }
        let size = self.files.get(path).ok_or("there is no such file")?;
        if *size > most {
            return Err(format!("it has {size} bytes; more than {most} are not read"));
        }
        match self.tree.read(path) {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err("there is no such file any more".to_owned()),
            Err(error) => Err(format!("{error:#}")),
        }
    }

    /// A file's text (UTF-8, or UTF-16 with a byte order mark), up to [`Source::USUAL_BYTES`].
    pub(crate) fn text(&self, path: &RepoPath) -> Result<ForeignText, String> {
        self.text_up_to(path, Self::USUAL_BYTES)
    }

    /// A file's text, up to a size.
    pub(crate) fn text_up_to(&self, path: &RepoPath, most: u64) -> Result<ForeignText, String> {
        foreign_text(&self.bytes(path, most)?)
    }

    /// Whether the framework of a key stays what it is: its file is there already and is not to be written anew.
    pub(super) fn stays(&self, key: &str) -> bool {
        !self.options.replace && self.programme.files.contains_key(framework_path(key).as_str())
    }

    /// Whether there is a framework of a key that an import does not write anew: a built-in one, or one whose file stays.
    pub(super) fn is_there(&self, key: &str) -> bool {
        let known = self.programme.frameworks.contains_key(&FrameworkId::from(key));
        known && (!self.options.replace || !self.programme.files.contains_key(framework_path(key).as_str()))
    }

    /// A key that does not put an imported catalogue in the place of a built-in one unasked; another one is said.
    pub(super) fn own_key(&self, key: &str, format: &str, imported: &mut Imported) -> String {
        let known = self.programme.frameworks.contains_key(&FrameworkId::from(key));
        let ours = self.programme.files.contains_key(framework_path(key).as_str());
        if !known || ours {
            return key.to_owned();
        }
        let own = format!("{key}-{format}");
        imported
            .note(format!("`{key}` is a framework here already, so one of that name came in as `{own}`; --framework gives it another key"));
        own
    }

    /// Where a file of the folder lies in the target repository; `None` when the folder lies elsewhere.
    pub fn in_repository(&self, path: &RepoPath) -> Option<RepoPath> {
        let inside = self.inside.as_deref()?;
        Some(if inside.is_empty() { path.clone() } else { RepoPath::new(format!("{inside}/{path}")) })
    }

    /// Counts a file as not looked at after all: a glance showed that it is of another format.
    pub fn forget(&self, path: &RepoPath) {
        self.touched.borrow_mut().remove(path);
    }

    /// Forgets what was looked at.
    pub(super) fn untouch(&self) {
        self.touched.borrow_mut().clear();
    }

    /// What cannot be read and no importer asked for, with the reasons.
    pub(super) fn unasked(&self) -> Vec<(String, String)> {
        let touched = self.touched.borrow();
        let unasked = self.unread.iter().filter(|(path, _)| !touched.contains(*path));
        unasked.map(|(path, why)| (path.to_string(), why.clone())).collect()
    }

    /// Files that nobody looked at, but for those that are records of the target itself.
    pub(super) fn untouched(&self) -> Vec<RepoPath> {
        let touched = self.touched.borrow();
        let ours = |path: &RepoPath| self.in_repository(path).is_some_and(|path| self.programme.files.contains_key(&path));
        self.files.keys().filter(|path| !touched.contains(*path) && !ours(path)).cloned().collect()
    }
}
