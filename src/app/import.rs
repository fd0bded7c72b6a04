//! `tickmark import`: reads a folder in another format and writes records of ours, over none of them.

use std::{
    collections::BTreeSet,
    fs,
    io::{ErrorKind, Write},
    path::{Component, Path, PathBuf},
};

use anyhow::Context;

use super::{AsOf, UsageError, outputs::stays_inside};
use crate::{
    date::Zone,
    diag::did_you_mean,
    git,
    id::{FrameworkId, RepoPath},
    import::{IMPORTERS, ImportOptions, Imported, Importer, Misuse, Move, NewFile, Source, Tally, import as read_with},
    load,
    model::Programme,
    tree::{DirectoryTree, MemoryTree, Tree},
};

/// What is brought in, and where to.
#[derive(Clone, Debug)]
pub struct ImportRequest {
    /// The name of the format.
    pub format: String,
    /// The folder, or a single file.
    pub dir: PathBuf,
    /// The target: a repository or a folder in it.
    pub repo: PathBuf,
    /// The day of the import.
    pub as_of: AsOf,
    /// What the format is told.
    pub options: ImportOptions,
    /// Whether only to show what would be written.
    pub dry_run: bool,
}

/// What was brought in.
#[derive(Clone, Debug)]
pub struct ImportReport {
    /// The name of the format.
    pub format: &'static str,
    /// Files that were written (in a dry run: that would be), relative to the target's root.
    pub written: Vec<NewFile>,
    /// Documents that moved (or would), as from and to.
    pub moved: Vec<(String, String)>,
    /// Frameworks and crosswalks among them that were there already and were written anew.
    pub replaced: Vec<String>,
    /// Files that were there already and were left as they are.
    pub kept: Vec<String>,
    /// Files that were there already and say the same.
    pub same: Vec<String>,
    /// The counts, a kind a line.
    pub kinds: Vec<Tally>,
    /// Things to know.
    pub notes: Vec<String>,
    /// What to do next.
    pub next: Vec<String>,
}

/// Reads the folder and writes what came of it.
///
/// # Errors
/// When the format does not exist, the folder is not of it, or a file cannot be written.
pub fn import(request: &ImportRequest) -> anyhow::Result<ImportReport> {
    let importer = importer(&request.format)?;
    let target = target(request)?;
    let (tree, folder) = source_tree(&request.dir)?;
    let inside = inside(&target.root, &folder)?;
    let source = Source::new(&*tree, inside.clone(), target.today, &target.programme, request.options.clone())?;
    if !(importer.recognise)(&source) {
        return Err(not_of_it(importer, &source, &request.dir));
    }
    let mut imported = read_with(importer, &source).map_err(|error| match error.downcast::<Misuse>() {
        Ok(misuse) => UsageError::because(misuse.message, misuse.hint),
        Err(error) => error,
    })?;
    let mut report = ImportReport {
        format: importer.name,
        written: Vec::new(),
        moved: Vec::new(),
        replaced: Vec::new(),
        kept: Vec::new(),
        same: Vec::new(),
        kinds: Vec::new(),
        notes: Vec::new(),
        next: Vec::new(),
    };
    let mut desk = Desk { root: &target.root, dry_run: request.dry_run, replace: request.options.replace, planned: BTreeSet::new() };
    desk.write_all(&mut imported, &mut report)?;
    desk.move_all(&mut imported, &mut report)?;
    report.kinds = imported.tallies().to_vec();
    report.notes = imported.notes().to_vec();
    report.next = next_steps(&target, &report, request.dry_run);
    Ok(report)
}

fn importer(name: &str) -> anyhow::Result<&'static Importer> {
    IMPORTERS.iter().find(|importer| importer.name == name).ok_or_else(|| {
        let near = did_you_mean(name, IMPORTERS.iter().map(|importer| importer.name))
            .map(|near| format!("did you mean `{near}`? "))
            .unwrap_or_default();
        UsageError::because(format!("there is no format `{name}` to import"), format!("{near}there are: {}", names()))
    })
}

fn names() -> String {
    IMPORTERS.iter().map(|importer| importer.name).collect::<Vec<_>>().join(", ")
}

fn not_of_it(importer: &Importer, source: &Source<'_>, dir: &Path) -> anyhow::Error {
    let other = IMPORTERS.iter().find(|other| other.name != importer.name && (other.recognise)(source));
    let hint = match other {
        Some(other) => format!("it looks like {}: tickmark import {} {}", other.name, other.name, dir.display()),
        None => format!("name the folder that holds it; the formats are: {}", names()),
    };
    UsageError::because(format!("{} is not in the format {}: looked for {}", dir.display(), importer.name, importer.looks_for), hint)
}

/// The programme that things are brought into.
struct Target {
    root: PathBuf,
    programme: Programme,
    today: crate::date::Date,
}

fn target(request: &ImportRequest) -> anyhow::Result<Target> {
    let repo = &request.repo;
    if !repo.is_dir() {
        return Err(UsageError::because(format!("there is no folder {}", repo.display()), "name a repository with --repo DIR"));
    }
    let opened = git::open(repo)?;
    let root = match &opened.repository {
        Some(repository) => repository
            .workdir()
            .ok_or_else(|| UsageError::because("the repository has no working directory to write to", "import into a clone that has one"))?
            .to_path_buf(),
        None => repo.clone(),
    };
    let now = request.as_of.resolve(Zone::UTC)?;
    let programme = load::load(&DirectoryTree::new(&root), Zone::UTC.date_of(now))?.programme;
    let today = programme.config.organization.zone.date_of(now);
    Ok(Target { root, programme, today })
}

/// The files to read, and the folder they lie in.
fn source_tree(dir: &Path) -> anyhow::Result<(Box<dyn Tree>, PathBuf)> {
    let meta = fs::metadata(dir)
        .map_err(|error| UsageError::because(format!("cannot look at {}: {error}", dir.display()), "name a folder or a file to import"))?;
    let full = dir.canonicalize().with_context(|| format!("cannot find {}", dir.display()))?;
    if meta.is_dir() {
        return Ok((Box::new(DirectoryTree::without_ids(&full)), full));
    }
    if !meta.is_file() {
        return Err(UsageError::because(format!("{} is neither a folder nor a file", dir.display()), "name a folder or a file to import"));
    }
    if meta.len() > Source::LARGE_BYTES {
        let message = format!("{} has {} bytes; more than {} are not read", dir.display(), meta.len(), Source::LARGE_BYTES);
        return Err(UsageError::because(message, "divide it into several files"));
    }
    let bytes = fs::read(&full).with_context(|| format!("cannot read {}", dir.display()))?;
    let name = full.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = full.parent().map(Path::to_path_buf).unwrap_or_default();
    Ok((Box::new(MemoryTree::new([(RepoPath::new(name), bytes)])), folder))
}

/// Where a folder lies in the target, with `/` between parts; `None` when it lies elsewhere, be it in a repository of its own.
fn inside(root: &Path, folder: &Path) -> anyhow::Result<Option<String>> {
    let root = root.canonicalize().with_context(|| format!("cannot find {}", root.display()))?;
    let Ok(rest) = folder.strip_prefix(&root) else { return Ok(None) };
    let mut parts = Vec::new();
    let mut at = root.clone();
    for part in rest.components() {
        at.push(part);
        match part {
            // A name that is not UTF-8 cannot be written into a record.
            Component::Normal(name) => match name.to_str() {
                Some(name) => parts.push(name),
                None => return Ok(None),
            },
            _ => return Ok(None),
        }
        if at.join(".git").exists() {
            return Ok(None);
        }
    }
    Ok(Some(parts.join("/")))
}

fn next_steps(target: &Target, report: &ImportReport, dry_run: bool) -> Vec<String> {
    let mut next = Vec::new();
    if dry_run {
        next.push("nothing was written; run it again without --dry-run".to_owned());
        return next;
    }
    if report.written.is_empty() && report.moved.is_empty() {
        return next;
    }
    if !target.programme.configured {
        next.push("there is no tickmark.yaml here: `tickmark init --bare` writes one, and nothing else but a list of people".to_owned());
    }
    next.extend(out_of_scope(target, report));
    next.push("everything is drafted and has no owner: give each record one, and say what is in place yourself".to_owned());
    next.push("next: read what was written, commit it, and run `tickmark check`".to_owned());
    next
}

/// What to write so that the frameworks that came in are shown.
fn out_of_scope(target: &Target, report: &ImportReport) -> Option<String> {
    let key = |file: &NewFile| {
        let name = file.path.strip_prefix("frameworks/").filter(|name| !name.contains('/'))?;
        let key = file.text.lines().find_map(|line| line.strip_prefix("framework: ")).unwrap_or(name).trim_matches('\'');
        (!target.programme.config.scope.frameworks.contains_key(&FrameworkId::new(key))).then(|| format!("`{key}: all`"))
    };
    let keys: Vec<String> = report.written.iter().filter_map(key).collect();
    let selects = report.written.iter().any(|file| file.path.starts_with("frameworks/") && file.text.contains("\n  selections:"));
    let or = if selects { " (or a list of its selections)" } else { "" };
    (!keys.is_empty())
        .then(|| format!("a framework is shown once it is in scope: write {}{or} under scope.frameworks in tickmark.yaml", keys.join(", ")))
}

/// Where files are written, each into a new place.
struct Desk<'a> {
    root: &'a Path,
    dry_run: bool,
    replace: bool,
    planned: BTreeSet<String>,
}

impl Desk<'_> {
    fn write_all(&mut self, imported: &mut Imported, report: &mut ImportReport) -> anyhow::Result<()> {
        for file in imported.files().to_vec() {
            if self.put(&file, imported, report)? {
                report.written.push(file);
            }
        }
        Ok(())
    }

    fn move_all(&mut self, imported: &mut Imported, report: &mut ImportReport) -> anyhow::Result<()> {
        for Move { from, to } in imported.moves().to_vec() {
            if !self.put(&to, imported, report)? {
                continue;
            }
            if !self.dry_run {
                fs::remove_file(self.root.join(from.as_str()))
                    .with_context(|| format!("cannot remove {from}, whose text now stands in {}", to.path))?;
            }
            report.moved.push((from.to_string(), to.path));
        }
        Ok(())
    }

    /// Writes a file into a place where nothing is, or anew where that was asked for; `false` when something else is there, or
    /// the place is none of ours.
    fn put(&mut self, file: &NewFile, imported: &mut Imported, report: &mut ImportReport) -> anyhow::Result<bool> {
        let full = self.root.join(&file.path);
        if !is_ours(&file.path) || !stays_inside(self.root, &full)? {
            imported.unwritten(file, "the path it would be written to leads out of the programme's folders");
            return Ok(false);
        }
        let there = match fs::symlink_metadata(&full) {
            Ok(meta) => Some(meta),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => None,
            Err(error) => return Err(error).with_context(|| format!("cannot look at {}", file.path)),
        };
        let new = self.planned.insert(file.path.to_lowercase());
        if let Some(meta) = &there
            && meta.is_file()
            && new
        {
            if fs::read(&full).with_context(|| format!("cannot read {}", file.path))? == file.text.as_bytes() {
                report.same.push(file.path.clone());
                return Ok(false);
            }
            if self.replace && file.path.starts_with("frameworks/") {
                if !self.dry_run {
                    fs::write(&full, &file.text).with_context(|| format!("cannot write {}", file.path))?;
                }
                report.replaced.push(file.path.clone());
                return Ok(true);
            }
        }
        if there.is_some() || !new {
            let how = if file.path.starts_with("frameworks/") { "; --replace writes it anew" } else { "" };
            imported.unwritten(file, &format!("`{}` is there already and was kept as it is{how}", file.path));
            report.kept.push(file.path.clone());
            return Ok(false);
        }
        if !self.dry_run {
            write_new(&full, &file.text)?;
        }
        Ok(true)
    }
}

/// Whether a path is a plain way into one of the programme's folders.
fn is_ours(path: &str) -> bool {
    let mut parts = path.split('/');
    let home = parts.next().is_some_and(|first| ["controls", "content", "frameworks"].contains(&first));
    let mut rest = parts.peekable();
    home && rest.peek().is_some()
        && rest.all(|part| {
            !part.is_empty()
                && !part.starts_with('.')
                && !part.ends_with(['.', ' '])
                && !part.contains(|c: char| c.is_control() || "\\:*?\"<>|".contains(c))
        })
}

fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let mut file =
        fs::OpenOptions::new().write(true).create_new(true).open(path).with_context(|| format!("cannot write {}", path.display()))?;
    file.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn only_plain_ways_into_the_programme_are_written() {
        assert!(is_ours("controls/access/AC-1.yaml"));
        for path in
            ["../x.yaml", "controls/../x.yaml", "/etc/x", "controls", "src/x.yaml", "content//x", "controls/.git/x", "controls/a\\b"]
        {
            assert!(!is_ours(path), "{path}");
        }
    }
}
