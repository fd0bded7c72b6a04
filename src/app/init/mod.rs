//! `tickmark init`: the starter programme, honestly all draft, and only what is in scope.

mod starter;
mod tailor;

use std::{fs, io::ErrorKind, path::PathBuf};

use anyhow::Context;

use super::UsageError;
use crate::{
    date::{Date, Zone, add_days, add_months, parse_date},
    diag::did_you_mean,
    id::FrameworkId,
    load,
    model::Framework,
};

/// What a new programme is made from.
#[derive(Clone, Debug)]
pub struct InitOptions {
    /// The folder; made when absent.
    pub dir: PathBuf,
    /// The organization's name.
    pub name: String,
    /// Its zone, an IANA name.
    pub timezone: String,
    /// The frameworks in scope, at least one.
    pub frameworks: Vec<FrameworkChoice>,
    /// First day of the window; `None`: the first day of the month after `today`.
    pub start: Option<String>,
    /// Last day of the window; `None`: twelve months after its first day.
    pub end: Option<String>,
    /// How large the organization is.
    pub size: Size,
    /// Whether to write no records but the people.
    pub bare: bool,
    /// The present day.
    pub today: Date,
}

/// A framework and the parts of it that are in scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameworkChoice {
    /// Its key.
    pub key: String,
    /// The selections; empty: all of it (of SOC 2: security alone).
    pub selections: Vec<String>,
}

/// How large an organization is: a small one gets the controls that its size needs to cover the same requirements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Under 25 people.
    Small,
    /// Any other.
    Standard,
}

/// What was written.
#[derive(Clone, Debug)]
pub struct InitReport {
    /// Files that were written, relative to the folder.
    pub written: Vec<String>,
    /// Files that were there already and were left as they are.
    pub kept: Vec<String>,
    /// The window's days.
    pub window: (Date, Date),
    /// How many controls the programme begins with.
    pub controls: usize,
    /// How many policies, procedures and parts of a system description.
    pub documents: usize,
    /// Whether the folder lies in a Git repository.
    pub in_repository: bool,
}

/// The frameworks that the binary carries, in the order in which they are offered.
pub fn known_frameworks() -> Vec<Framework> {
    let mut frameworks: Vec<Framework> = load::built_in_frameworks().into_values().collect();
    frameworks.sort_by_key(|framework| (framework.id.as_str() != SOC2, framework.id.clone()));
    frameworks
}

/// The key of the framework that is chosen when nobody chooses.
pub const SOC2: &str = "soc2";
/// The part of SOC 2 that every report has.
pub const SECURITY: &str = "security";

/// Writes the starter programme. A file that is there already is kept, never overwritten.
///
/// # Errors
/// When an option cannot be understood or a file cannot be written.
pub fn init(options: &InitOptions) -> anyhow::Result<InitReport> {
    let window = window(options)?;
    check_words(options)?;
    let choices = choices(options)?;
    let configuration = configuration(options, &choices, window);
    let starter = starter::starter(options, &configuration)?;
    let mut report = InitReport {
        written: Vec::new(),
        kept: Vec::new(),
        window,
        controls: starter.controls,
        documents: starter.documents,
        in_repository: false,
    };
    write(options, "tickmark.yaml", &configuration, &mut report)?;
    // Built sites are made from the records and are no record themselves.
    write(options, ".gitignore", "/build/\n", &mut report)?;
    for (path, text) in &starter.files {
        write(options, path, text, &mut report)?;
    }
    report.in_repository = is_in_repository(options)?;
    Ok(report)
}

/// Whether the folder, or one above it, is a Git repository.
fn is_in_repository(options: &InitOptions) -> anyhow::Result<bool> {
    let full = options.dir.canonicalize().with_context(|| format!("cannot read the folder {}", options.dir.display()))?;
    Ok(full.ancestors().any(|folder| folder.join(".git").exists()))
}

fn window(options: &InitOptions) -> anyhow::Result<(Date, Date)> {
    let date =
        |text: &str| parse_date(text).ok_or_else(|| UsageError::because(format!("`{text}` is not a date"), "write dates as 2026-01-01"));
    let start = match &options.start {
        Some(text) => date(text)?,
        None => next_month(options.today)?,
    };
    let end = match &options.end {
        Some(text) => date(text)?,
        None => add_days(add_months(start, 12).context("the window leaves the calendar")?, -1),
    };
    if end < start {
        return Err(UsageError::because(
            format!("the window ends on {end}, before it starts on {start}"),
            "give --start and --end in order",
        ));
    }
    Ok((start, end))
}

/// The first day of the month after a day.
///
/// # Errors
/// When the day stands at the end of the calendar.
pub fn next_month(today: Date) -> anyhow::Result<Date> {
    let first = today.format("%Y-%m-01").to_string();
    parse_date(&first).and_then(|first| add_months(first, 1)).context("the present day stands outside the calendar")
}

fn check_words(options: &InitOptions) -> anyhow::Result<()> {
    check_zone(&options.timezone)?;
    if options.name.trim().is_empty() || options.name.contains(['\n', '\r']) {
        return Err(UsageError::because("the organization's name must be one line of text", "give it with --name"));
    }
    Ok(())
}

/// Whether a time zone is known.
///
/// # Errors
/// When it is not, with the nearest name.
pub fn check_zone(name: &str) -> anyhow::Result<()> {
    if Zone::named(name).is_some() {
        return Ok(());
    }
    let near = did_you_mean(name, Zone::names())
        .map_or_else(|| "write an IANA name such as Europe/Berlin".to_owned(), |near| format!("did you mean `{near}`?"));
    Err(UsageError::because(format!("there is no time zone `{name}`"), near))
}

/// The choices with every name looked up; security is always part of SOC 2.
fn choices(options: &InitOptions) -> anyhow::Result<Vec<FrameworkChoice>> {
    let known = known_frameworks();
    let mut choices: Vec<FrameworkChoice> = Vec::new();
    for choice in &options.frameworks {
        let Some(framework) = known.iter().find(|framework| framework.id == FrameworkId::from(choice.key.as_str())) else {
            let keys: Vec<&str> = known.iter().map(|framework| framework.id.as_str()).collect();
            let hint = did_you_mean(&choice.key, keys.iter().copied())
                .map_or_else(|| format!("there are: {}", keys.join(", ")), |near| format!("did you mean `{near}`?"));
            return Err(UsageError::because(format!("there is no built-in framework `{}`", choice.key), hint));
        };
        let mut selections = Vec::new();
        if choice.key == SOC2 {
            selections.push(SECURITY.to_owned());
        }
        for name in &choice.selections {
            check_selection(framework, name)?;
            if !selections.contains(name) {
                selections.push(name.clone());
            }
        }
        if choices.iter().all(|chosen| chosen.key != choice.key) {
            choices.push(FrameworkChoice { key: choice.key.clone(), selections });
        }
    }
    if choices.is_empty() {
        return Err(UsageError::because("no framework is chosen", "give one with --frameworks, such as soc2"));
    }
    Ok(choices)
}

fn check_selection(framework: &Framework, name: &str) -> anyhow::Result<()> {
    let there = framework.selections();
    if there.contains(&name) {
        return Ok(());
    }
    let hint = if there.is_empty() { "it is taken as a whole".to_owned() } else { format!("there are: {}", there.join(", ")) };
    Err(UsageError::because(format!("{} has no part `{name}`", framework.name), hint))
}

fn configuration(options: &InitOptions, choices: &[FrameworkChoice], (start, end): (Date, Date)) -> String {
    let frameworks: Vec<String> = choices
        .iter()
        .map(|choice| match choice.selections.as_slice() {
            [] => format!("    {}: all\n", choice.key),
            names => format!("    {}: [{}]\n", choice.key, names.join(", ")),
        })
        .collect();
    // JSON strings are YAML strings too, so any name is quoted right.
    let quoted = |text: &str| serde_json::Value::from(text.trim()).to_string();
    format!(
        "# Everything Tickmark knows about the programme as a whole. `tickmark schema config` explains every key.\n\
         organization:\n  name: {name}\n  timezone: {zone}   # every date in these files means a day in this zone\n  fiscal_year_start: 1\n\
         scope:\n  system: {system}\n  frameworks:\n{frameworks}\
         # The period the examination will speak about. Records that land in it count; what happened before it does not.\n\
         window: {{start: {start}, end: {end}, report: type2}}\n\
         site: {{output: build/readiness}}\n\
         trust: {{output: build/trust}}\n",
        name = quoted(&options.name),
        zone = options.timezone,
        system = quoted(&format!("{} service", options.name.trim())),
        frameworks = frameworks.concat(),
    )
}

fn write(options: &InitOptions, path: &str, text: &str, report: &mut InitReport) -> anyhow::Result<()> {
    let full = options.dir.join(path);
    if let Some(folder) = full.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    // Made only when nothing is there, a dangling link included.
    match fs::OpenOptions::new().write(true).create_new(true).open(&full) {
        Ok(mut file) => {
            std::io::Write::write_all(&mut file, text.as_bytes()).with_context(|| format!("cannot write {}", full.display()))?;
            report.written.push(path.to_owned());
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => report.kept.push(path.to_owned()),
        Err(error) => return Err(error).with_context(|| format!("cannot write {}", full.display())),
    }
    Ok(())
}
