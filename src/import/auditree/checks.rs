//! Checks: what check_results.json, the reports' indexes and controls.json say of them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    CONTROLS, RESULTS,
    locker::{Locker, json, utc},
};
use crate::{
    date::{Date, Instant, Zone, instant_from_seconds, utc_text},
    id::RepoPath,
    import::{Imported, Source},
    load::raw::EvidenceResult,
};

/// Evidence as a check saw it.
#[derive(Clone, Debug, Default)]
pub(super) struct Used {
    /// From the locker's root.
    pub path: String,
    /// When what it saw had been fetched.
    pub fetched: Option<Instant>,
    /// Where the locker lies, without anything that is a secret.
    pub locker: Option<String>,
    /// The locker's commit.
    pub commit: Option<String>,
}

impl Used {
    /// A list as results and indexes hold it: mappings with a path, or paths.
    pub fn list(value: &Value) -> Vec<Self> {
        value.as_array().into_iter().flatten().filter_map(Self::one).collect()
    }

    fn one(value: &Value) -> Option<Self> {
        let text = |key: &str| value[key].as_str().filter(|text| !text.is_empty());
        let path = text("path").or_else(|| value.as_str())?;
        Some(Self {
            path: path.trim_start_matches("./").to_owned(),
            fetched: text("last_update").and_then(utc),
            locker: text("locker_url").and_then(public_address),
            commit: text("commit_sha").filter(|sha| sha.bytes().all(|byte| byte.is_ascii_hexdigit())).map(str::to_owned),
        })
    }
}

/// An address without the account and password that may stand in it; `None` when it is none of the web.
fn public_address(address: &str) -> Option<String> {
    let rest = address.strip_prefix("https://")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.rsplit('@').next()?;
    let path = path.split(['?', '#']).next().unwrap_or_default();
    Some(format!("https://{host}/{}", path.trim_end_matches('/').trim_end_matches(".git")))
}

/// One test of a check.
#[derive(Clone, Debug)]
pub(super) struct Test {
    /// `pass`, `fail`, `warn`, `error`; absent when it did not run.
    pub status: Option<String>,
    /// When it ran.
    at: Option<Instant>,
    /// Failures and warnings.
    pub counts: (u64, u64),
}

/// One check class.
#[derive(Clone, Debug, Default)]
pub(super) struct Check {
    /// Its dotted name.
    pub class: String,
    /// What it is counted for, as the locker and controls.json write it.
    pub accreditations: Vec<String>,
    /// Its tests.
    pub tests: BTreeMap<String, Test>,
    /// The evidence it used.
    pub evidence: Vec<Used>,
    /// Its reports with their descriptions.
    pub reports: BTreeMap<String, String>,
}

/// How a check ended, and when.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    /// What a manifest says.
    pub result: EvidenceResult,
    /// The day in the organization's zone.
    pub day: Date,
    /// The time as a part of an id.
    pub stamp: String,
    /// The time as text.
    pub at: String,
}

impl Check {
    /// The last part of its name.
    pub fn name(&self) -> &str {
        self.class.rsplit('.').next().unwrap_or(&self.class)
    }

    /// The paths it names.
    pub fn named(&self) -> Vec<String> {
        self.evidence_paths().into_iter().chain(self.report_paths()).collect()
    }

    /// The paths of its evidence.
    pub fn evidence_paths(&self) -> Vec<String> {
        self.evidence.iter().map(|used| used.path.clone()).collect()
    }

    /// The paths of its reports.
    pub fn report_paths(&self) -> Vec<String> {
        self.reports.keys().cloned().collect()
    }

    /// How it ended; `Err` is why nobody can say, as the end of a sentence.
    pub fn outcome(&self, zone: Zone) -> Result<Outcome, String> {
        if self.tests.is_empty() {
            return Err("no result says how it ended".to_owned());
        }
        let mut result = EvidenceResult::Pass;
        for (name, test) in &self.tests {
            match (test.status.as_deref(), result) {
                (Some("pass"), _) => {}
                (Some("warn"), EvidenceResult::Fail) => {}
                (Some("warn"), _) => result = EvidenceResult::PassWithExceptions,
                (Some("fail"), _) => result = EvidenceResult::Fail,
                (Some("error"), _) => return Err(format!("the test {name} ended in an error, so what it would have found is unknown")),
                (Some(other), _) => return Err(format!("the test {name} has the status `{other}`, which is no result")),
                (None, _) => return Err(format!("the test {name} has no result")),
            }
        }
        let last = self.tests.values().filter_map(|test| test.at).max().ok_or("no test says when it ran")?;
        let at = utc_text(last);
        Ok(Outcome { result, day: zone.date_of(last), stamp: at.replace([':', '+'], "-").trim_end_matches('Z').to_owned(), at })
    }
}

/// The checks of a locker, by name.
pub(super) fn read(source: &Source<'_>, locker: &Locker, imported: &mut Imported) -> Vec<Check> {
    let mut checks: BTreeMap<String, Check> = BTreeMap::new();
    if source.has(RESULTS) {
        match json(source, &RepoPath::new(RESULTS)) {
            Ok(Value::Object(map)) => {
                for (class, value) in &map {
                    if value.is_object() {
                        checks.insert(class.clone(), check(class, value));
                    } else {
                        imported.leave("checks", class.as_str(), "its result is no mapping");
                    }
                }
            }
            Ok(_) => imported.note(format!("{RESULTS} holds no checks")),
            Err(why) => imported.note(format!("{RESULTS} was not read: {why}")),
        }
    } else {
        imported.note(format!("there is no {RESULTS}: checks come from reports and controls.json, and no result says how they ended"));
    }
    from_reports(locker, &mut checks);
    from_controls(source, &mut checks, imported);
    checks.into_values().collect()
}

fn check(class: &str, value: &Value) -> Check {
    let test = |value: &Value| Test {
        status: value["status"].as_str().map(str::to_lowercase),
        at: value["timestamp"].as_f64().filter(|seconds| seconds.abs() < 1e12).and_then(|seconds| instant_from_seconds(seconds as i64)),
        counts: (value["failures_count"].as_u64().unwrap_or(0), value["warnings_count"].as_u64().unwrap_or(0)),
    };
    let tests = value["checks"].as_object().into_iter().flatten();
    let reports = value["reports"].as_object().into_iter().flatten();
    let mut accreditations: Vec<String> =
        value["accreditations"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    accreditations.sort();
    Check {
        class: class.to_owned(),
        accreditations,
        tests: tests.map(|(name, value)| (name.clone(), test(value))).collect(),
        evidence: Used::list(&value["evidence"]),
        reports: reports.map(|(path, value)| (path.clone(), value.as_str().unwrap_or_default().to_owned())).collect(),
    }
}

/// A report names the tests that made it (`class.method`), also where no result does.
fn from_reports(locker: &Locker, checks: &mut BTreeMap<String, Check>) {
    for entry in locker.entries.values().filter(|entry| entry.is_report()) {
        let Some((class, _)) = entry.checks.first().and_then(|check| check.rsplit_once('.')) else { continue };
        let check = checks.entry(class.to_owned()).or_insert_with(|| Check { class: class.to_owned(), ..Check::default() });
        check.reports.entry(entry.path.clone()).or_insert_with(|| entry.description.clone());
        for used in &entry.evidence {
            if !check.evidence.iter().any(|known| known.path == used.path) {
                check.evidence.push(used.clone());
            }
        }
    }
}

/// `{check: [accreditation]}`, or the older `{check: {key: {sub: [accreditation]}}}`.
fn from_controls(source: &Source<'_>, checks: &mut BTreeMap<String, Check>, imported: &mut Imported) {
    if !source.has(CONTROLS) {
        return;
    }
    let map = match json(source, &RepoPath::new(CONTROLS)) {
        Ok(Value::Object(map)) => map,
        Ok(_) => return imported.note(format!("{CONTROLS} holds no checks")),
        Err(why) => return imported.note(format!("{CONTROLS} was not read: {why}")),
    };
    for (class, value) in &map {
        let check = checks.entry(class.clone()).or_insert_with(|| Check { class: class.clone(), ..Check::default() });
        let mut lines = Vec::new();
        flatten(value, "", &mut lines);
        for line in lines {
            if !check.accreditations.contains(&line) {
                check.accreditations.push(line);
            }
        }
    }
}

fn flatten(value: &Value, above: &str, lines: &mut Vec<String>) {
    let join = |text: &str| if above.is_empty() { text.to_owned() } else { format!("{above} {text}") };
    match value {
        Value::String(text) => lines.push(join(text)),
        Value::Array(items) => items.iter().for_each(|item| flatten(item, above, lines)),
        Value::Object(map) => map.iter().for_each(|(key, value)| flatten(value, &join(key), lines)),
        _ => {}
    }
}
