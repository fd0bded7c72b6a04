//! OpenControl: `opencontrol.yaml` (1.0) and what it names: components (2.x, 3.x), standards, certifications.
//!
//! Standards become frameworks, certifications selections of their lines, and each entry of a component a drafted control.
//! Dependencies lie elsewhere: they are named and never fetched. A status word is the source's word and stays one.

mod component;
mod standard;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    Imported, Importer, Source,
    json::{Looker, from_yaml, parse_yaml},
    known::Known,
};
use crate::{
    id::RepoPath,
    load::{Limits, Node},
};

/// The importer.
pub(super) const OPENCONTROL: Importer = Importer {
    name: "opencontrol",
    about: "OpenControl: opencontrol.yaml, components 2 and 3, standards, certifications",
    looks_for: "opencontrol.yaml, or files named component.yaml",
    recognise,
    run,
};

fn recognise(source: &Source<'_>) -> bool {
    project_file(source).is_some() || source.paths().any(is_component)
}

fn is_component(path: &RepoPath) -> bool {
    matches!(path.file_name(), "component.yaml" | "component.yml")
}

fn project_file(source: &Source<'_>) -> Option<&'static str> {
    ["opencontrol.yaml", "opencontrol.yml"].into_iter().find(|name| source.has(name))
}

fn run(source: &Source<'_>) -> anyhow::Result<Imported> {
    let mut desk = Desk {
        source,
        imported: Imported::default(),
        looker: Looker::default(),
        known: Known::of(source.programme),
        standards: BTreeMap::new(),
    };
    let project = desk.project();
    let mut catalogues = desk.standards(&project);
    desk.certifications(&project, &mut catalogues);
    desk.write_standards(catalogues);
    desk.components(&project);
    desk.leave_unnamed(&project);
    desk.say_odd();
    Ok(desk.imported)
}

/// What the steps share.
struct Desk<'a> {
    source: &'a Source<'a>,
    imported: Imported,
    looker: Looker,
    known: Known,
    /// The name of each standard that came in, to the key of its framework.
    standards: BTreeMap<String, String>,
}

/// The files that make up the project, by kind.
#[derive(Default)]
struct Project {
    components: Vec<RepoPath>,
    standards: Vec<RepoPath>,
    certifications: Vec<RepoPath>,
    /// The name of the file that names them; `None` when they were found by their places.
    named_by: Option<&'static str>,
}

impl Desk<'_> {
    /// Reads which files there are.
    fn project(&mut self) -> Project {
        let Some(name) = project_file(self.source) else {
            self.imported.note(
                "there is no opencontrol.yaml, so every component.yaml and the folders standards/ and certifications/ were looked at",
            );
            return self.by_place();
        };
        self.imported.expect("files");
        let root = match self.yaml(&RepoPath::new(name)) {
            Ok(node) => from_yaml(&node),
            Err(why) => {
                self.imported.leave("files", name, why);
                self.imported.note(format!(
                    "{name} cannot be used, so every component.yaml and the folders standards/ and certifications/ were looked at"
                ));
                return self.by_place();
            }
        };
        self.imported.take("files");
        let version = self.looker.text(&root, "schema_version", name).unwrap_or("none");
        if !version.starts_with("1.") {
            self.imported.note(format!("{name} states schema version {}; it was read as 1.0", version.escape_debug()));
        }
        if root.get("metadata").is_some() {
            self.imported.note(format!(
                "{name}: `metadata` (description, maintainers) is not taken: a programme's people stand in content/people.yaml"
            ));
        }
        self.leave_dependencies(&root, name);
        Project {
            components: self.paths(&root, name, "components"),
            standards: self.paths(&root, name, "standards"),
            certifications: self.paths(&root, name, "certifications"),
            named_by: Some(name),
        }
    }

    fn by_place(&self) -> Project {
        let yaml = |folder: &str| {
            let paths = self.source.directly_in(folder).filter(|path| matches!(path.extension().as_str(), "yaml" | "yml"));
            paths.cloned().collect()
        };
        Project {
            components: self.source.paths().filter(|path| is_component(path)).cloned().collect(),
            standards: yaml("standards"),
            certifications: yaml("certifications"),
            named_by: None,
        }
    }

    /// The files that a list of `opencontrol.yaml` names. A component is named by its folder.
    fn paths(&mut self, root: &Value, name: &str, kind: &'static str) -> Vec<RepoPath> {
        let mut paths = Vec::new();
        for written in self.looker.texts(root, kind, name) {
            let Some(path) = RepoPath::new(name).sibling(written) else {
                self.imported.leave(kind, written, "it lies outside of the folder");
                continue;
            };
            if self.source.has(path.as_str()) {
                paths.push(path);
                continue;
            }
            let folder: Vec<RepoPath> = match kind {
                "components" => ["component.yaml", "component.yml"].iter().map(|name| join(&path, name)).collect(),
                _ => self.source.directly_in(path.as_str()).filter(|path| path.extension() == "yaml").cloned().collect(),
            };
            let inside: Vec<RepoPath> = folder.into_iter().filter(|path| self.source.has(path.as_str())).collect();
            let is_folder = self.source.below(path.as_str()).next().is_some();
            match (inside.is_empty(), is_folder) {
                (false, _) => paths.extend(inside),
                (true, true) if kind == "components" => self.imported.leave(kind, written, "there is no component.yaml in that folder"),
                (true, true) => self.imported.leave(kind, written, "there is no file ending in .yaml in that folder"),
                // What is not there is said when it is read.
                (true, false) => paths.push(path),
            }
        }
        paths.dedup();
        paths
    }

    fn leave_dependencies(&mut self, root: &Value, name: &str) {
        let Some(dependencies) = root.get("dependencies") else { return };
        for kind in ["certifications", "standards", "systems", "components"] {
            for dependency in self.looker.list(dependencies, kind, name) {
                let parts =
                    ["url", "contextdir", "revision"].map(|key| self.looker.text(dependency, key, "a dependency").unwrap_or_default());
                let what = parts.iter().filter(|part| !part.is_empty()).map(|part| without_account(part)).collect::<Vec<_>>().join(" ");
                self.imported.leave(
                    "dependencies",
                    format!("{kind}: {what}"),
                    "it lies elsewhere and is never fetched; import it by itself when you have it",
                );
            }
        }
    }

    /// The tree of a YAML file. A key that stands twice is a reason to leave the file: one of its texts would be lost.
    fn yaml(&mut self, path: &RepoPath) -> Result<Node, String> {
        let text = self.source.text_up_to(path, Limits::CATALOGUE.bytes as u64)?;
        if let Some(remark) = &text.remark {
            self.imported.note(format!("{path} {remark}"));
        }
        parse_yaml(&text.text)
    }

    /// Names files of this format that lie beside those that were taken and that nothing names.
    fn leave_unnamed(&mut self, project: &Project) {
        let Some(name) = project.named_by else { return };
        let why = format!("{name} does not name it");
        let components: BTreeSet<&RepoPath> = project.components.iter().collect();
        for path in self.source.paths().filter(|path| is_component(path) && !components.contains(path)) {
            self.source.touch(path);
            self.imported.leave("components", path.as_str(), why.clone());
        }
        for (kind, named) in [("standards", &project.standards), ("certifications", &project.certifications)] {
            let mut folders: BTreeSet<&str> = named.iter().map(RepoPath::parent).filter(|folder| !folder.is_empty()).collect();
            folders.insert(kind);
            let beside =
                self.source.paths().filter(|path| folders.contains(path.parent()) && matches!(path.extension().as_str(), "yaml" | "yml"));
            let taken: BTreeSet<&RepoPath> = project.standards.iter().chain(&project.certifications).collect();
            for path in beside.filter(|path| !taken.contains(path) && !is_component(path)) {
                self.source.touch(path);
                self.imported.leave(kind, path.as_str(), why.clone());
            }
        }
    }

    fn say_odd(&mut self) {
        let mut said = BTreeSet::new();
        for (what, why) in std::mem::take(&mut self.looker.odd) {
            if said.insert((what.clone(), why.clone())) {
                self.imported.leave("values of a wrong type", what, why);
            }
        }
    }
}

/// An address without the account and password that may stand in it: a token would be printed to logs.
fn without_account(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let (host, path) = rest.find(['/', '?', '#']).map_or((rest, ""), |at| rest.split_at(at));
    match host.rsplit_once('@') {
        Some((_, host)) => format!("{scheme}://***@{host}{path}"),
        None => address.to_owned(),
    }
}

fn join(folder: &RepoPath, name: &str) -> RepoPath {
    if folder.as_str().is_empty() { RepoPath::new(name) } else { RepoPath::new(format!("{folder}/{name}")) }
}
