//! Which of the starter's files a programme gets: the controls that answer something in scope, the documents that these
//! controls name, and of risks and questions those that speak of such controls.

use std::collections::BTreeSet;

use anyhow::Context;

use super::{InitOptions, Size, tailor::Tailor};
use crate::{
    assets,
    id::{ControlId, DocumentId, FrameworkId, RepoPath, RequirementId},
    load::{Loaded, load},
    model::{Control, DocumentKind, Origin, Programme},
    tree::{DirectoryTree, MemoryTree},
};

/// The files of a new programme, with their counts.
pub(super) struct Starter {
    /// Path and text.
    pub files: Vec<(String, String)>,
    /// How many controls.
    pub controls: usize,
    /// How many documents.
    pub documents: usize,
}

/// The people, whom every programme has.
const PEOPLE: &str = "content/people.yaml";

/// The list of controls that a small organization can do without.
const SIZES: &str = "controls/starter-sizes.yaml";

/// The starter for a configuration.
///
/// # Errors
/// When a starter file is missing from the binary.
pub(super) fn starter(options: &InitOptions, configuration: &str) -> anyhow::Result<Starter> {
    let all = assets_of(&options.name)?;
    if options.bare {
        let people = all.into_iter().filter(|(path, _)| path == PEOPLE).collect();
        return Ok(Starter { files: people, controls: 0, documents: 0 });
    }
    let tree = all.iter().map(|(path, text)| (RepoPath::new(path.as_str()), text.clone().into_bytes()));
    let config = [(RepoPath::new("tickmark.yaml"), configuration.as_bytes().to_vec())];
    let Loaded { programme, .. } = load(&MemoryTree::new(tree.chain(config)), options.today)?;
    let spared = if options.size == Size::Small { not_for_small()? } else { BTreeSet::new() };
    let controls = controls(&programme, &spared);
    let documents = documents(&programme, &controls);
    let tailor = Tailor {
        frameworks: programme.config.scope.frameworks.keys().map(FrameworkId::as_str).collect(),
        controls_left_out: programme.controls.keys().filter(|id| !controls.contains(id)).map(ControlId::as_str).collect(),
        documents_left_out: programme.documents.keys().filter(|id| !documents.contains(id)).map(DocumentId::as_str).collect(),
    };
    let there = already_there(options)?;
    let files = all
        .iter()
        .filter(|(path, _)| is_in_scope(&programme, path, &controls, &documents) && !there.holds(&programme, path))
        .filter_map(|(path, text)| Some((path.clone(), tailor.file(path, text)?)))
        .collect();
    Ok(Starter { files, controls: controls.len(), documents: documents.len() })
}

/// The starter's files as they would stand in a repository, with the organization's name filled in.
fn assets_of(organization: &str) -> anyhow::Result<Vec<(String, String)>> {
    let controls = assets::list("controls/starter").into_iter().map(|asset| {
        let path = asset.replacen("controls/starter/", "controls/", 1);
        (asset, path)
    });
    let content = assets::list("content").into_iter().map(|asset| (asset.clone(), asset));
    let read = |(asset, path): (String, String)| {
        let text = assets::read_text(&asset).with_context(|| format!("the starter file {asset} is missing from this binary"))?;
        Ok((path, text.replace("{{organization}}", organization.trim())))
    };
    controls.chain(content).map(read).collect()
}

/// The records that the folder holds before anything is written.
struct AlreadyThere(Programme);

/// Reads what stands in the folder: an imported programme keeps its records, and an id names one record.
fn already_there(options: &InitOptions) -> anyhow::Result<AlreadyThere> {
    Ok(AlreadyThere(load(&DirectoryTree::new(&options.dir), options.today)?.programme))
}

impl AlreadyThere {
    /// Whether the id of a starter file's record is taken by another file of the folder.
    fn holds(&self, starter: &Programme, path: &str) -> bool {
        let here = |origin: &Origin| origin.path.as_str() == path;
        let Self(own) = self;
        let control = starter.controls.values().find(|control| here(&control.origin));
        let document = starter.documents.values().find(|document| here(&document.origin));
        let risk = starter.risks.values().find(|risk| here(&risk.origin));
        let vendor = starter.vendors.values().find(|vendor| here(&vendor.origin));
        let elsewhere = |origin: Option<&Origin>| origin.is_some_and(|origin| !here(origin));
        elsewhere(control.and_then(|record| own.controls.get(&record.id)).map(|record| &record.origin))
            || elsewhere(document.and_then(|record| own.documents.get(&record.id)).map(|record| &record.origin))
            || elsewhere(risk.and_then(|record| own.risks.get(&record.id)).map(|record| &record.origin))
            || elsewhere(vendor.and_then(|record| own.vendors.get(&record.id)).map(|record| &record.origin))
    }
}

/// The ids of the list: one item a line, with a comment behind it.
fn not_for_small() -> anyhow::Result<BTreeSet<String>> {
    let text = assets::read_text(SIZES).with_context(|| format!("the starter file {SIZES} is missing from this binary"))?;
    let items = text.lines().filter_map(|line| line.trim().strip_prefix("- "));
    Ok(items.filter_map(|item| item.split_whitespace().next()).map(str::to_owned).collect())
}

/// The controls that answer something in scope. Of those that can be spared only those go whose every line in scope is
/// answered by one that stays.
fn controls<'a>(programme: &'a Programme, spared: &BTreeSet<String>) -> BTreeSet<&'a ControlId> {
    let lines = lines_in_scope(programme);
    let answered = |control: &'a Control| -> BTreeSet<(&'a FrameworkId, &'a RequirementId)> {
        let named = control.satisfies.iter().flat_map(|(framework, ids)| ids.iter().map(move |id| (framework, id)));
        named.filter(|line| lines.contains(line)).collect()
    };
    let useful = programme.controls.values().map(|control| (control, answered(control))).filter(|(_, answers)| !answers.is_empty());
    let (dispensable, kept): (Vec<_>, Vec<_>) = useful.partition(|(control, _)| spared.contains(control.id.as_str()));
    let safe: BTreeSet<(&FrameworkId, &RequirementId)> = kept.iter().flat_map(|(_, answers)| answers.iter().copied()).collect();
    let needed = dispensable.into_iter().filter(|(_, answers)| !answers.is_subset(&safe));
    kept.iter().map(|(control, _)| &control.id).chain(needed.map(|(control, _)| &control.id)).collect()
}

fn lines_in_scope(programme: &Programme) -> BTreeSet<(&FrameworkId, &RequirementId)> {
    let chosen = programme.config.scope.frameworks.iter();
    let known = chosen.filter_map(|(id, selection)| Some((programme.frameworks.get(id)?, selection)));
    known.flat_map(|(framework, selection)| framework.in_scope(selection).map(move |line| (&framework.id, &line.id))).collect()
}

/// The documents that the chosen controls name, and the system description where SOC 2 asks for one.
fn documents<'a>(programme: &'a Programme, controls: &BTreeSet<&ControlId>) -> BTreeSet<&'a DocumentId> {
    let named: BTreeSet<&DocumentId> =
        programme.controls.values().filter(|control| controls.contains(&control.id)).flat_map(|control| &control.policies).collect();
    let described = programme.config.scope.frameworks.contains_key(&FrameworkId::from(super::SOC2));
    let wanted = |id: &DocumentId, kind: DocumentKind| if kind == DocumentKind::System { described } else { named.contains(id) };
    programme.documents.values().filter(|document| wanted(&document.id, document.kind)).map(|document| &document.id).collect()
}

/// Whether a file is written at all; what it says is tailored later.
fn is_in_scope(programme: &Programme, path: &str, controls: &BTreeSet<&ControlId>, documents: &BTreeSet<&DocumentId>) -> bool {
    if let Some(control) = programme.controls.values().find(|control| control.origin.path.as_str() == path) {
        return controls.contains(&control.id);
    }
    if let Some(document) = programme.documents.values().find(|document| document.origin.path.as_str() == path) {
        return documents.contains(&document.id);
    }
    if let Some(risk) = programme.risks.values().find(|risk| risk.origin.path.as_str() == path) {
        return risk.controls.is_empty() || risk.controls.iter().any(|id| controls.contains(id));
    }
    true
}
