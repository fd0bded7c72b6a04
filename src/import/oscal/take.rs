//! The records that come of OSCAL documents, as files with the things they hold.

use std::collections::{BTreeMap, BTreeSet};

use super::{Desk, catalog::ReadCatalogue, component, documents::Model, mapping, results};
use crate::{
    import::{Names, catalogue::REST, counted, counts, draft::plan_control, file_slug, framework_path, plan::plan_framework},
    load::yaml,
};

/// The kinds under which things are counted.
const ENTRIES: &str = "catalogue entries";
/// Lines that a profile selects.
pub(super) const SELECTED: &str = "lines that profiles select";
const REPLACEMENTS: &str = "replacements of withdrawn entries";
const REQUIREMENTS: &str = "implemented requirements";
const CLAIMS: &str = "claims of requirement lines";
const PAIRS: &str = "pairs of mappings";
const FINDINGS: &str = "findings of assessments";
const OBSERVATIONS: &str = "observations of assessments";

/// Framework and line to the controls that claim it.
pub(super) type Claims = BTreeMap<(String, String), BTreeSet<String>>;

impl Desk<'_> {
    /// Plans the framework files.
    pub fn write_catalogues(&mut self, catalogues: BTreeMap<usize, ReadCatalogue>) {
        for (at, read) in catalogues {
            let ReadCatalogue { catalogue, ids, left, left_replacements, replacements, kept_ids, parts, params, empty_groups, .. } = read;
            let key = catalogue.key.clone();
            let path = framework_path(&key);
            let mut holds: Vec<(&'static str, String)> =
                catalogue.lines().iter().map(|line| (ENTRIES, format!("{key} {}", line.id))).collect();
            // What a catalogue of our own says of selections no profile said.
            for line in catalogue.lines().iter().filter(|_| !catalogue.selects) {
                holds.extend(line.selections.iter().map(|name| (SELECTED, format!("{name}: {}", line.id))));
            }
            holds.extend((0..replacements).map(|_| (REPLACEMENTS, format!("a replacement in {key}"))));
            left.into_iter().for_each(|(what, why)| self.imported.leave(ENTRIES, what, why));
            left_replacements.into_iter().for_each(|(what, why)| self.imported.leave(REPLACEMENTS, what, why));
            let withdrawn = catalogue.lines().iter().filter(|line| line.withdrawn).count();
            let enhancements = catalogue.lines().iter().filter(|line| line.parent.is_some()).count();
            let all = catalogue.lines().len();
            self.imported.note(format!(
                "{path}: {}, {} ({enhancements} of them below another one), {withdrawn} withdrawn, {} active",
                counted(catalogue.groups.len(), "group", "groups"),
                counted(all, "entry", "entries"),
                all - withdrawn
            ));
            if empty_groups > 0 {
                self.imported.note(format!("{}: groups without an entry in them, not taken: {empty_groups}", self.documents[at].path));
            }
            let texts = [
                (parts, "part (statement, guidance, objective)", "parts (statements, guidance, objectives)"),
                (params, "parameter", "parameters"),
            ];
            if let Some(words) = counts(&texts) {
                let path = &self.documents[at].path;
                self.imported.note(format!("{path}: not taken, since a framework file holds ids and titles: {words}"));
            }
            if kept_ids > 0 {
                self.imported.note(format!("{path}: ids kept as OSCAL writes them, for want of a label that is an id: {kept_ids}"));
            }
            let unselected = catalogue.unselected();
            if !catalogue.selects && !catalogue.selections().is_empty() && unselected > 0 {
                self.imported.note(format!("{path}: lines that no profile selects: {unselected}; the selection `{REST}` names them"));
            }
            self.known.say_alike(&catalogue, &mut self.imported);
            if !self.source.stays(&catalogue.key) {
                self.known.add(&catalogue);
            }
            self.known.spell(&key, &ids);
            plan_framework(&mut self.imported, catalogue, holds);
        }
    }

    /// Plans the drafted controls; gives the lines that controls claim, those of the programme among them.
    pub fn components(&mut self, keys: &BTreeMap<usize, String>) -> Claims {
        let mut claims = Claims::new();
        for control in self.source.programme.controls.values() {
            for (framework, lines) in &control.satisfies {
                for line in lines {
                    claims.entry((framework.to_string(), line.to_string())).or_default().insert(control.id.to_string());
                }
            }
        }
        let (mut ids, mut paths) = (Names::default(), Names::default());
        for at in self.of(Model::ComponentDefinition) {
            let mut looker = std::mem::take(&mut self.looker);
            let read = component::read(&self.documents[at], &self.frameworks(keys), &mut looker);
            self.looker = looker;
            read.notes.iter().for_each(|note| self.imported.note(note));
            for (what, why) in read.left {
                self.imported.leave(REQUIREMENTS, what, why);
            }
            for (what, why) in read.left_claims {
                self.imported.leave(CLAIMS, what, why);
            }
            for title in read.idle {
                self.imported.note(format!("{}: component {title} implements no requirement", self.documents[at].path));
            }
            for (folder, mut draft, requirements) in read.drafts {
                draft.id = ids.give(&draft.id);
                let mut holds: Vec<(&'static str, String)> = requirements.into_iter().map(|what| (REQUIREMENTS, what)).collect();
                for (framework, lines) in &draft.satisfies {
                    for line in lines {
                        holds.push((CLAIMS, format!("{framework} {line} by {}", draft.id)));
                        claims.entry((framework.clone(), line.clone())).or_default().insert(draft.id.clone());
                    }
                }
                plan_control(&mut self.imported, self.source.programme, &mut paths, &folder, draft, holds);
            }
        }
        claims
    }

    /// Plans the crosswalks.
    pub fn mappings(&mut self, keys: &BTreeMap<usize, String>) {
        let mut ids = Names::default();
        for at in self.of(Model::MappingCollection) {
            let mut looker = std::mem::take(&mut self.looker);
            let read = mapping::read(&self.documents[at], &self.frameworks(keys), &mut looker);
            self.looker = looker;
            read.notes.iter().for_each(|note| self.imported.note(note));
            read.left.into_iter().for_each(|(what, why)| self.imported.leave(PAIRS, what, why));
            for mut walk in read.walks {
                walk.id = ids.give(&walk.id);
                walk.plan(&mut self.imported, PAIRS);
            }
        }
    }

    /// Plans deviations and manifests.
    pub fn results(&mut self, keys: &BTreeMap<usize, String>, claims: Claims) {
        let ours = self.source.programme.controls.keys().map(ToString::to_string);
        let ids: BTreeSet<String> = ours.chain(claims.values().flatten().cloned()).collect();
        let (mut names, mut records) = (Names::default(), Names::default());
        for at in self.of(Model::AssessmentResults) {
            let mut looker = std::mem::take(&mut self.looker);
            let controls = results::Controls { claims: &claims, ids: &ids };
            let read = results::read(&self.documents[at], &self.frameworks(keys), &controls, (&mut names, &mut records), &mut looker);
            self.looker = looker;
            read.notes.iter().for_each(|note| self.imported.note(note));
            read.left_findings.into_iter().for_each(|(what, why)| self.imported.leave(FINDINGS, what, why));
            read.left_observations.into_iter().for_each(|(what, why)| self.imported.leave(OBSERVATIONS, what, why));
            for (deviation, what) in read.deviations {
                let id = deviation.id.as_ref().map(|id| id.0.clone()).unwrap_or_default();
                self.imported.write(format!("content/deviations/{}.yaml", file_slug(&id)), yaml(&deviation), vec![(FINDINGS, what)]);
            }
            for (control, manifest, what) in read.manifests {
                let id = manifest.id.as_ref().map(|id| id.0.clone()).unwrap_or_default();
                let path = format!("content/evidence/{}/{}.yaml", file_slug(&control), file_slug(&id));
                self.imported.write(path, yaml(&manifest), vec![(OBSERVATIONS, what)]);
            }
            for (kind, count) in read.others {
                for number in 1..=count {
                    self.imported.leave(
                        kind,
                        format!("{} #{number}", self.documents[at].path),
                        "no record here holds one without inventing what it lacks",
                    );
                }
            }
        }
    }
}
