//! OSCAL assessment results: what an assessor found, as far as our registers can hold it honestly.
//!
//! A finding that is not satisfied becomes a deviation where exactly one control claims the line it is about; which of two
//! controls failed is not ours to say. A finding that is satisfied is an assessor's word and no record here. An observation
//! becomes a manifest only where it names a control of ours and its outcome is stated.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{component::Frameworks, documents::Document};
use crate::{
    date::{parse_date, parse_instant},
    import::{
        Names,
        catalogue::title_line,
        draft::{id_part, paragraphs},
        json::Looker,
    },
    load::raw::{self, DateText, InstantText, Name, OneOrMany},
};

/// What came of one document.
#[derive(Debug, Default)]
pub(super) struct Results {
    /// Deviations, with the names of the findings they stand for.
    pub deviations: Vec<(raw::Deviation, String)>,
    /// Manifests: the control's id, the record, the observation's name.
    pub manifests: Vec<(String, raw::Evidence, String)>,
    /// Findings that are not taken: what, why.
    pub left_findings: Vec<(String, String)>,
    /// Observations that are not taken: what, why.
    pub left_observations: Vec<(String, String)>,
    /// Other parts that are not taken: how many, of what.
    pub others: BTreeMap<&'static str, usize>,
    /// Sentences about what was taken for what.
    pub notes: Vec<String>,
}

/// What is known of controls: those of the programme and those that come in.
pub(super) struct Controls<'a> {
    /// Framework and line to the controls that claim it.
    pub claims: &'a BTreeMap<(String, String), BTreeSet<String>>,
    /// All ids.
    pub ids: &'a BTreeSet<String>,
}

/// Reads a document. `names` gives out ids of deviations, `records` those of manifests.
pub(super) fn read(
    document: &Document,
    frameworks: &Frameworks<'_>,
    controls: &Controls<'_>,
    names: (&mut Names, &mut Names),
    looker: &mut Looker,
) -> Results {
    let mut results = Results::default();
    let (names, records) = names;
    let all = looker.list(&document.root, "results", "the assessment results");
    let findings: Vec<&Value> = all.iter().flat_map(|result| looker.list(result, "findings", "a result")).collect();
    let targets: Vec<&str> = findings.iter().filter_map(|finding| target(finding).map(|(id, _)| control_of(id))).collect();
    let framework = frameworks.of(document, None, &targets);
    if let (Some(key), false) = (&framework, targets.is_empty()) {
        results.notes.push(format!("{}: the targets of its findings are taken as lines of {key}", document.path));
    }
    for result in all {
        let index = Index::of(result);
        let mut reader = Reader { document, frameworks, controls, result, index, framework: framework.as_deref(), results: &mut results };
        for finding in looker.list(result, "findings", "a result") {
            reader.finding(finding, names, looker);
        }
        for observation in looker.list(result, "observations", "a result") {
            reader.observation(observation, records, looker);
        }
        for (key, kind) in [("risks", "risks"), ("attestations", "attestations")] {
            *results.others.entry(kind).or_default() += looker.list(result, key, "a result").len();
        }
    }
    results
}

/// What findings and observations of one result say of each other.
#[derive(Default)]
struct Index<'a> {
    /// Observation to the day it was collected.
    days: BTreeMap<&'a str, String>,
    /// Observation to the states of the findings that rest on it.
    states: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Index<'a> {
    fn of(result: &'a Value) -> Self {
        let list = |key: &str| result.get(key).and_then(Value::as_array).into_iter().flatten();
        let mut index = Self::default();
        for observation in list("observations") {
            if let (Some(uuid), Some(day)) = (observation.get("uuid").and_then(Value::as_str), day(observation, "collected")) {
                index.days.insert(uuid.trim(), day);
            }
        }
        for finding in list("findings") {
            let Some((_, state)) = target(finding) else { continue };
            for uuid in related(finding) {
                index.states.entry(uuid).or_default().insert(state);
            }
        }
        index
    }
}

/// The observations that a finding rests on.
fn related(finding: &Value) -> impl Iterator<Item = &str> {
    let related = finding.get("related-observations").and_then(Value::as_array).into_iter().flatten();
    related.filter_map(|related| related.get("observation-uuid").and_then(Value::as_str)).map(str::trim)
}

struct Reader<'a> {
    document: &'a Document,
    frameworks: &'a Frameworks<'a>,
    controls: &'a Controls<'a>,
    result: &'a Value,
    index: Index<'a>,
    framework: Option<&'a str>,
    results: &'a mut Results,
}

impl Reader<'_> {
    fn finding(&mut self, finding: &Value, names: &mut Names, looker: &mut Looker) {
        let what = name_of(finding, "a finding", looker);
        match self.deviation(finding, names, looker) {
            Ok(deviation) => self.results.deviations.push((deviation, what)),
            Err(why) => self.results.left_findings.push((what, why)),
        }
    }

    fn deviation(&self, finding: &Value, names: &mut Names, looker: &mut Looker) -> Result<raw::Deviation, String> {
        let (id, state) = target(finding).ok_or("it does not say what it is about (`target`)")?;
        match state {
            "not-satisfied" => {}
            "satisfied" => return Err("it is satisfied: an assessor's word, and no record here; what shows it is evidence".to_owned()),
            "" => return Err("it does not say whether its target is satisfied".to_owned()),
            other => return Err(format!("its state `{}` is not known here", other.escape_debug())),
        }
        let framework =
            self.framework.ok_or("it is not known which framework its target belongs to; --framework KEY names one that is here")?;
        let line = self.frameworks.claim(framework, id)?;
        let claiming = self.controls.claims.get(&(framework.to_owned(), line.clone()));
        let claiming: Vec<&String> = claiming.into_iter().flatten().collect();
        let control = match claiming.as_slice() {
            [] => return Err(format!("no control here claims {line} of {framework}, and a deviation belongs to a control")),
            [one] => (*one).clone(),
            several => {
                let several: Vec<&str> = several.iter().map(|id| id.as_str()).collect();
                return Err(format!("{} claim {line}, and the finding does not say which of them failed", several.join(", ")));
            }
        };
        let uuid = looker.text(finding, "uuid", "a finding").map_or_else(|| line.clone(), |uuid| uuid.chars().take(8).collect());
        let texts = ["description", "remarks"].map(|key| looker.text(finding, key, "a finding").unwrap_or_default().to_owned());
        let reason = finding.get("target").and_then(|target| target.get("status")).and_then(|status| status.get("reason"));
        let line_title = self.frameworks.known.title(framework, &line).map(|title| format!(" ({title})")).unwrap_or_default();
        Ok(raw::Deviation {
            id: Some(Name(names.give(&format!("oscal-{}", id_part(&uuid))))),
            title: Some(
                looker.text(finding, "title", "a finding").and_then(title_line).unwrap_or_else(|| format!("{line} is not satisfied")),
            ),
            control: Some(Name(control)),
            found_on: self.found_on(finding).map(DateText),
            expected: Some(format!("{line}{line_title} is satisfied, as assessed by {}", id.escape_debug())),
            observed: Some(paragraphs(texts.iter().map(String::as_str))).filter(|text| !text.is_empty()),
            cause: reason.and_then(Value::as_str).map(|reason| format!("The source gives the reason `{}`.", reason.escape_debug())),
            disposition: Some(raw::Disposition::Deviation),
            ..raw::Deviation::default()
        })
    }

    /// The day of the last observation it rests on, else the day the result ends or starts, as the source writes it.
    fn found_on(&self, finding: &Value) -> Option<String> {
        let collected = related(finding).filter_map(|uuid| self.index.days.get(uuid)).max();
        collected.cloned().or_else(|| day(self.result, "end")).or_else(|| day(self.result, "start"))
    }

    fn observation(&mut self, observation: &Value, records: &mut Names, looker: &mut Looker) {
        let what = name_of(observation, "an observation", looker);
        match self.manifest(observation, records, looker) {
            Ok((control, manifest)) => self.results.manifests.push((control, manifest, what)),
            Err(why) => self.results.left_observations.push((what, why)),
        }
    }

    fn manifest(&self, observation: &Value, records: &mut Names, looker: &mut Looker) -> Result<(String, raw::Evidence), String> {
        let control = self.control_named(observation, looker).ok_or("it names no control of this programme")?;
        let result = self.outcome(observation, looker).ok_or("neither a finding nor a property `result` says what came of it")?;
        let collected = looker.text(observation, "collected", "an observation");
        let day = day(observation, "collected").ok_or("it does not say when it was collected")?;
        let uuid: String = looker.text(observation, "uuid", "an observation").unwrap_or(&day).chars().take(8).collect();
        let mut notes = vec![looker.text(observation, "description", "an observation").unwrap_or_default().to_owned()];
        notes.push(format!(
            "Imported from {}: an observation by {}.",
            self.document.path,
            looker.texts(observation, "methods", "an observation").join(", ")
        ));
        notes.extend(looker.text(observation, "remarks", "an observation").map(str::to_owned));
        for evidence in looker.list(observation, "relevant-evidence", "an observation") {
            let words = ["description", "href"].map(|key| looker.text(evidence, key, "evidence").unwrap_or_default());
            notes.push(format!("Evidence, not fetched: {}", words.join(" ").trim()));
        }
        let manifest = raw::Evidence {
            id: Some(Name(records.give(&format!("{control}-oscal-{}", id_part(&uuid))))),
            control: Some(OneOrMany::One(Name(control.clone()))),
            performed_on: Some(DateText(day)),
            result: Some(result),
            source: collected
                .filter(|text| parse_instant(text).is_some())
                .map(|text| raw::EvidenceSource { extracted_at: Some(InstantText(text.to_owned())), ..raw::EvidenceSource::default() }),
            notes: Some(paragraphs(notes.iter().map(String::as_str))),
            ..raw::Evidence::default()
        };
        Ok((control, manifest))
    }

    /// The control of ours that an observation names in its title, a subject's title or a property.
    fn control_named(&self, observation: &Value, looker: &mut Looker) -> Option<String> {
        let mut words: Vec<&str> = looker.text(observation, "title", "an observation").into_iter().collect();
        for subject in looker.list(observation, "subjects", "an observation") {
            words.extend(looker.text(subject, "title", "a subject"));
        }
        for prop in looker.list(observation, "props", "an observation") {
            words.extend(looker.text(prop, "value", "a property"));
        }
        words.into_iter().find(|word| self.controls.ids.contains(*word)).map(str::to_owned)
    }

    /// What came of an observation: what the findings that rest on it say, or its own property `result`.
    fn outcome(&self, observation: &Value, looker: &mut Looker) -> Option<raw::EvidenceResult> {
        let uuid = looker.text(observation, "uuid", "an observation");
        let none = BTreeSet::new();
        let states = uuid.and_then(|uuid| self.index.states.get(uuid)).unwrap_or(&none);
        let own = looker.prop(observation, "result", "an observation").map(str::to_ascii_lowercase);
        match (states.len(), states.first().copied(), own.as_deref()) {
            (1, Some("satisfied"), _) | (0, _, Some("pass" | "satisfied")) => Some(raw::EvidenceResult::Pass),
            (1, Some("not-satisfied"), _) | (0, _, Some("fail" | "not-satisfied")) => Some(raw::EvidenceResult::Fail),
            _ => None,
        }
    }
}

/// The id and state of a finding's target.
fn target(finding: &Value) -> Option<(&str, &str)> {
    let target = finding.get("target")?;
    let id = target.get("target-id").and_then(Value::as_str).map(str::trim).filter(|id| !id.is_empty())?;
    let status = target.get("status");
    // OSCAL 1.0 writes an object, its drafts a word.
    let state = status.and_then(|status| status.get("state").or(Some(status))).and_then(Value::as_str).unwrap_or_default();
    Some((id, state))
}

/// The control of a target: objectives and statements are named after it.
fn control_of(id: &str) -> &str {
    id.split('_').next().unwrap_or(id)
}

/// The day of an instant, as it is written: the day where it was written.
fn day(value: &Value, key: &str) -> Option<String> {
    let text = value.get(key)?.as_str()?.trim();
    let day = text.get(..10)?;
    parse_date(day).map(|_| day.to_owned())
}

fn name_of(value: &Value, otherwise: &str, looker: &mut Looker) -> String {
    let title = looker.text(value, "title", otherwise).and_then(title_line);
    let uuid = looker.text(value, "uuid", otherwise).map(|uuid| uuid.chars().take(8).collect::<String>());
    match (title, uuid) {
        (Some(title), Some(uuid)) => format!("{title} ({uuid})"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => otherwise.to_owned(),
    }
}
