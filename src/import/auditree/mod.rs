//! An auditree evidence locker: each check becomes a drafted automated control, each usable result an evidence manifest.
//!
//! A manifest says only what the locker says: when the check ran and how it ended, when its evidence was fetched, and the
//! digests of the files that the check saw. A file that was fetched again since is another file and is left.

mod checks;
mod locker;
mod manifest;

use std::collections::{BTreeMap, BTreeSet};

use super::{Imported, Importer, Names, Source, counted};
use crate::{
    date::{Zone, add_days},
    id::{ControlId, EvidenceId, RepoPath},
};
use checks::Check;
use locker::{Entry, INDEX, Locker, folder_of};

pub(super) const AUDITREE: Importer = Importer {
    name: "auditree",
    about: "an auditree evidence locker: index.json files and check_results.json",
    looks_for: "check_results.json, or index.json files below raw/, derived/, external/ or reports/",
    recognise,
    run,
};

const RESULTS: &str = "check_results.json";
const CONTROLS: &str = "controls.json";
const EVIDENCE: &str = "evidence";
const REPORTS: &str = "reports";

fn recognise(source: &Source<'_>) -> bool {
    source.has(RESULTS) || source.paths().any(|path| path.file_name() == INDEX && folder_of(path).is_some())
}

fn run(source: &Source<'_>) -> anyhow::Result<Imported> {
    let mut imported = Imported::default();
    for kind in ["checks", "results", EVIDENCE, REPORTS] {
        imported.expect(kind);
    }
    let locker = Locker::read(source, &mut imported);
    let checks = checks::read(source, &locker, &mut imported);
    let mut work = Work {
        source,
        locker: &locker,
        controls: Names::default(),
        used: BTreeSet::new(),
        unused: BTreeMap::new(),
        unheard: BTreeSet::new(),
        rounded: 0,
    };
    for check in &checks {
        work.check(check, &mut imported);
    }
    let Work { used, unused, rounded, .. } = work;
    if rounded > 0 {
        let times = counted(rounded, "time to live was", "times to live were");
        imported.note(format!("{times} rounded up to whole days, which is what a span counts"));
    }
    for entry in locker.entries.values() {
        leave_unused(entry, &used, &unused, &mut imported);
    }
    say_stale(source, &locker, &mut imported);
    if source.inside.is_none() && !used.is_empty() {
        imported.note(
            "the locker lies outside the repository: artifacts are named by address and digest, and their history does not come along",
        );
    }
    if locker.signed > 0 {
        imported.note(format!("{} files carry an agent's signature, which was not verified", locker.signed));
    }
    Ok(imported)
}

/// Evidence that no manifest names is listed with the reason.
fn leave_unused(entry: &Entry, used: &BTreeSet<String>, unused: &BTreeMap<String, String>, imported: &mut Imported) {
    if used.contains(&entry.path) {
        return;
    }
    let counted = if entry.is_report() { REPORTS } else { EVIDENCE };
    let why = match (&entry.unusable, unused.get(&entry.path)) {
        (Some(why), _) | (None, Some(why)) => why.clone(),
        (None, None) => "no check names it".to_owned(),
    };
    imported.leave(counted, entry.path.as_str(), why);
}

fn say_stale(source: &Source<'_>, locker: &Locker, imported: &mut Imported) {
    let stale = |entry: &&Entry| {
        let (Some(fetched), Some(days)) = (entry.fetched, entry.ttl_days) else { return false };
        add_days(Zone::UTC.date_of(fetched), days) < source.today
    };
    let stale: Vec<&str> =
        locker.entries.values().filter(|entry| !entry.is_report()).filter(stale).map(|entry| entry.path.as_str()).collect();
    if !stale.is_empty() {
        imported.note(format!(
            "by the locker's own times to live, {} of its evidence were stale on {}: {}",
            stale.len(),
            source.today,
            stale.join(", ")
        ));
    }
}

/// What is at work while checks are read.
struct Work<'s, 'a> {
    source: &'s Source<'a>,
    locker: &'s Locker,
    controls: Names,
    /// Entries that a manifest names.
    used: BTreeSet<String>,
    /// Entries that a check names and no manifest can, with the reason.
    unused: BTreeMap<String, String>,
    /// Paths that checks name and no index does.
    unheard: BTreeSet<String>,
    /// Times to live that were rounded up.
    rounded: usize,
}

impl Work<'_, '_> {
    fn check(&mut self, check: &Check, imported: &mut Imported) {
        let id = self.controls.give(check.name());
        let known = self.source.programme.controls.contains_key(&ControlId::new(id.clone()));
        let ttl = check.evidence.iter().filter_map(|used| self.locker.entries.get(&used.path)).filter_map(|entry| entry.ttl_days).min();
        let rounded =
            check.evidence.iter().filter_map(|used| self.locker.entries.get(&used.path)).filter(|entry| entry.ttl_rounded).count();
        if known {
            imported.leave("checks", check.class.as_str(), format!("the programme has a control `{id}` already"));
        } else {
            self.rounded += rounded;
            let (path, text) = manifest::control(check, &id, ttl);
            imported.write(path, text, vec![("checks", check.class.clone())]);
        }
        for (paths, counted) in [(check.evidence_paths(), EVIDENCE), (check.report_paths(), REPORTS)] {
            for path in paths.into_iter().filter(|path| !self.locker.entries.contains_key(path)) {
                if self.unheard.insert(path.clone()) {
                    imported.leave(counted, path, format!("{} names it, and no index.json does", check.class));
                }
            }
        }
        self.result(check, &id, imported);
    }

    fn result(&mut self, check: &Check, id: &str, imported: &mut Imported) {
        let outcome = check.outcome(self.source.programme.config.organization.zone);
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(why) => {
                for path in check.named() {
                    self.unused.entry(path).or_insert_with(|| format!("no manifest can name it: of {}, {why}", check.class));
                }
                return imported.leave("results", check.class.as_str(), why);
            }
        };
        let evidence = format!("{id}-{}", outcome.stamp);
        if self.source.programme.evidence.contains_key(&EvidenceId::new(evidence.clone())) {
            for path in check.named() {
                self.unused.entry(path).or_insert_with(|| format!("the manifest `{evidence}` was there already"));
            }
            return imported.leave("results", check.class.as_str(), format!("the programme has the manifest `{evidence}` already"));
        }
        let mut draft = manifest::Draft::new(check, id, evidence, outcome);
        for used in &check.evidence {
            self.artifact(used, EVIDENCE, &mut draft);
        }
        for report in check.reports.keys() {
            let used = checks::Used { path: report.clone(), ..checks::Used::default() };
            self.artifact(&used, REPORTS, &mut draft);
        }
        draft.write(imported);
    }

    /// Adds the files of one piece of evidence, or remembers why it is left.
    fn artifact(&mut self, used: &checks::Used, counted: &'static str, draft: &mut manifest::Draft<'_>) {
        let Some(entry) = self.locker.entries.get(&used.path) else { return };
        match entry.files_as_seen(used, self.source) {
            Ok(files) => {
                draft.add(self.source, entry, used, files);
                if self.used.insert(used.path.clone()) {
                    draft.holds.push((counted, used.path.clone()));
                }
            }
            Err(why) => {
                self.unused.insert(used.path.clone(), why);
            }
        }
    }
}

/// A file of the locker with its digest and size.
struct Digested {
    path: RepoPath,
    sha256: String,
    size: u64,
}
