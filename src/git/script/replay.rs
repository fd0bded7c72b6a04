//! Replays a script: one commit after another into a new repository, then main into its working directory.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::Path,
};

use anyhow::{Context, bail};
use git2::{Oid, RepositoryInitOptions, Signature, Time, build::CheckoutBuilder};

use super::{
    objects::{self, Objects},
    parse::{Action, Person, Script, Stamp, Step, parse},
    sign::Signer,
    state::{self, Files},
};
use crate::{date::GitTime, git::raw, id::ObjectId, tree::Tree};

/// What a replay made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScriptReport {
    /// Every commit, in the order of the script.
    pub commits: Vec<ObjectId>,
    /// The tips of the branches by name; `main` among them when there is any commit on it.
    pub branches: BTreeMap<String, ObjectId>,
    /// The public keys of the people who sign, one line each, by person.
    pub keys: BTreeMap<String, String>,
}

/// Makes a repository in `into` (a new or empty folder) by a script; `base` holds the files that `-- take PATH --` takes.
///
/// # Errors
/// When the script does not read or asks for the impossible (the message names the line), when `into` is not empty, or
/// when it cannot be written.
pub fn replay(script: &str, base: &dyn Tree, into: &Path) -> anyhow::Result<ScriptReport> {
    let script = parse(script).context("the history script does not read")?;
    fs::create_dir_all(into).with_context(|| format!("cannot make the folder {}", into.display()))?;
    let mut listing = fs::read_dir(into).with_context(|| format!("cannot list {}", into.display()))?;
    if listing.next().is_some() {
        bail!("{} is not empty\nhint: name a new folder", into.display());
    }
    let mut options = RepositoryInitOptions::new();
    options.no_reinit(true).external_template(false).initial_head("main");
    let repository =
        git2::Repository::init_opts(into, &options).with_context(|| format!("cannot make a repository in {}", into.display()))?;
    let odb = repository.odb().context("cannot open the object database")?;
    let memory = odb.add_new_mempack_backend(1000).context("cannot hold objects in memory")?;
    let mut replayer = Replayer {
        repository: &repository,
        objects: Objects::new(&odb),
        script: &script,
        base,
        branches: BTreeMap::new(),
        tags: BTreeMap::new(),
        trees: HashMap::new(),
        commits: vec![],
    };
    for step in &script.steps {
        replayer.step(step).with_context(|| format!("the history script, at line {}", step.line))?;
    }
    if !replayer.commits.is_empty() {
        objects::pack(&repository, &odb, &memory)?;
    }
    replayer.references()?;
    if replayer.branches.contains_key(MAIN) {
        check_out(&repository)?;
    }
    replayer.report()
}

/// Fills the working directory and the index from main, bytes as they stand.
fn check_out(repository: &git2::Repository) -> anyhow::Result<()> {
    let mut options = CheckoutBuilder::new();
    options.force().disable_filters(true);
    repository.checkout_head(Some(&mut options)).context("cannot write the working directory")
}

const MAIN: &str = "main";

struct Replayer<'a> {
    repository: &'a git2::Repository,
    objects: Objects<'a>,
    script: &'a Script,
    base: &'a dyn Tree,
    branches: BTreeMap<String, Oid>,
    tags: BTreeMap<String, Oid>,
    /// The files of every commit made, for merges.
    trees: HashMap<Oid, Files>,
    commits: Vec<ObjectId>,
}

impl<'a> Replayer<'a> {
    fn step(&mut self, step: &Step) -> anyhow::Result<()> {
        match &step.action {
            Action::Commit(stamp, branch) => {
                let branch = branch.as_deref().unwrap_or(MAIN);
                let parent = self.branches.get(branch).or_else(|| self.branches.get(MAIN)).copied();
                let mut files = parent.map_or_else(Files::new, |parent| self.trees[&parent].clone());
                self.sections(&mut files, step)?;
                self.commit(step, stamp, branch, &parent.into_iter().collect::<Vec<_>>(), files)
            }
            Action::Merge(stamp, names) => {
                let (main, files) = self.merged(names, step)?;
                let mut parents = vec![main];
                parents.extend(names.iter().map(|name| self.branches[name]));
                self.commit(step, stamp, MAIN, &parents, files)
            }
            Action::Squash(stamp, name) => {
                let (main, files) = self.merged(std::slice::from_ref(name), step)?;
                self.commit(step, stamp, MAIN, &[main], files)
            }
            Action::Tag(name) => {
                let tip = *self.branches.get(MAIN).context("there is no commit on main to tag")?;
                named("refs/tags/", name)?;
                match self.tags.insert(name.clone(), tip) {
                    Some(_) => bail!("the tag `{name}` stands here twice"),
                    None => Ok(()),
                }
            }
        }
    }

    fn sections(&self, files: &mut Files, step: &Step) -> anyhow::Result<()> {
        state::apply(files, &step.sections, self.base, &|person| self.script.people.contains_key(person))
    }

    /// Main's tip, and its files with those of the branches brought in and the step's own changes.
    fn merged(&self, names: &[String], step: &Step) -> anyhow::Result<(Oid, Files)> {
        let main = *self.branches.get(MAIN).context("there is no commit on main to merge into")?;
        let mut files = self.trees[&main].clone();
        let mut conflicts = Vec::new();
        for name in names {
            let branch = *self.branches.get(name).filter(|_| name != MAIN).with_context(|| format!("there is no branch `{name}`"))?;
            let base = self.repository.merge_base(main, branch).with_context(|| format!("`{name}` and main have no common commit"))?;
            conflicts.extend(state::merge(&mut files, &self.trees[&base], &self.trees[&branch]));
        }
        self.sections(&mut files, step)?;
        conflicts.retain(|path| !step.sections.iter().any(|section| section.change.settles(path)));
        if !conflicts.is_empty() {
            bail!("both sides changed `{}`: write it in the merge", conflicts.join("`, `"));
        }
        Ok((main, files))
    }

    fn commit(&mut self, step: &Step, stamp: &Stamp, branch: &str, parents: &[Oid], files: Files) -> anyhow::Result<()> {
        named("refs/heads/", branch)?;
        let committer = self.person(&stamp.committer)?;
        let author = self.person(&stamp.author)?;
        let tree = self.objects.tree(&files)?;
        let tree = self.repository.find_tree(tree)?;
        let parents = parents.iter().map(|id| self.repository.find_commit(*id)).collect::<Result<Vec<_>, _>>()?;
        let buffer = self.repository.commit_create_buffer(
            &signature(author, stamp.authored)?,
            &signature(committer, stamp.committed)?,
            &step.message,
            &tree,
            &parents.iter().collect::<Vec<_>>(),
        )?;
        let id = if committer.signs && !stamp.unsigned {
            let signature = Signer::of(&stamp.committer)?.sign(&buffer)?;
            self.objects.commit(&with_signature(&buffer, &signature))?
        } else {
            self.objects.commit(&buffer)?
        };
        self.branches.insert(branch.to_owned(), id);
        self.trees.insert(id, files);
        self.commits.push(raw::from_git(id));
        Ok(())
    }

    fn person(&self, id: &str) -> anyhow::Result<&'a Person> {
        let people = &self.script.people;
        let known = || people.keys().cloned().collect::<Vec<_>>().join(", ");
        people.get(id).with_context(|| format!("`{id}` is nobody of this script; expected one of: {}", known()))
    }

    fn references(&self) -> anyhow::Result<()> {
        let branches = self.branches.iter().map(|(name, id)| (format!("refs/heads/{name}"), *id));
        let tags = self.tags.iter().map(|(name, id)| (format!("refs/tags/{name}"), *id));
        for (name, id) in branches.chain(tags) {
            self.repository.reference(&name, id, true, "").with_context(|| format!("cannot write {name}"))?;
        }
        Ok(())
    }

    fn report(self) -> anyhow::Result<ScriptReport> {
        let mut keys = BTreeMap::new();
        for (id, _) in self.script.people.iter().filter(|(_, person)| person.signs) {
            keys.insert(id.clone(), Signer::of(id)?.public_line()?);
        }
        let branches = self.branches.into_iter().map(|(name, id)| (name, raw::from_git(id))).collect();
        Ok(ScriptReport { commits: self.commits, branches, keys })
    }
}

fn signature(person: &Person, time: GitTime) -> anyhow::Result<Signature<'static>> {
    let name = &person.name;
    Signature::new(name, &person.email, &Time::new(time.seconds, time.offset_minutes))
        .with_context(|| format!("`{name}` cannot be a name in Git"))
}

/// Whether Git takes a name for a branch or tag.
fn named(prefix: &str, name: &str) -> anyhow::Result<()> {
    if !git2::Reference::is_valid_name(&format!("{prefix}{name}")) {
        bail!("Git takes no branch or tag of the name `{name}`");
    }
    Ok(())
}

/// A commit's bytes with a signature header, which stands last, each further line of it after a space.
fn with_signature(commit: &[u8], signature: &str) -> Vec<u8> {
    let headers = commit.windows(2).position(|pair| pair == b"\n\n").map_or(commit.len(), |end| end + 1);
    let header = format!("gpgsig {}\n", signature.replace('\n', "\n "));
    [&commit[..headers], header.as_bytes(), &commit[headers..]].concat()
}
