//! `tickmark init`: the starter programme, honestly all draft.

use std::{fs, path::PathBuf};

use anyhow::Context;

use super::UsageError;
use crate::{
    assets,
    date::{Date, Zone, add_days, add_months, parse_date},
    diag::did_you_mean,
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
    /// The SOC 2 categories in scope, besides security.
    pub categories: Vec<String>,
    /// First day of the window; `None`: the first day of the month after `today`.
    pub start: Option<String>,
    /// Last day of the window; `None`: twelve months after its first day.
    pub end: Option<String>,
    /// The present day.
    pub today: Date,
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
}

/// Writes the starter programme. A file that is there already is kept, never overwritten.
///
/// # Errors
/// When an option cannot be understood or a file cannot be written.
pub fn init(options: &InitOptions) -> anyhow::Result<InitReport> {
    let window = window(options)?;
    check_words(options)?;
    let mut report = InitReport { written: Vec::new(), kept: Vec::new(), window };
    write(options, "tickmark.yaml", &configuration(options, window), &mut report)?;
    // Built sites are made from the records and are no record themselves.
    write(options, ".gitignore", "/build/\n", &mut report)?;
    for (asset, path) in starter_files() {
        let text = assets::read_text(&asset).with_context(|| format!("the starter file {asset} is missing from this binary"))?;
        write(options, &path, &text.replace("{{organization}}", options.name.trim()), &mut report)?;
    }
    Ok(report)
}

/// The starter's files: where they stand in the binary and in a repository.
fn starter_files() -> Vec<(String, String)> {
    let controls = assets::list("controls/starter").into_iter().map(|asset| {
        let path = asset.replacen("controls/starter/", "controls/", 1);
        (asset, path)
    });
    controls.chain(assets::list("content").into_iter().map(|asset| (asset.clone(), asset))).collect()
}

fn window(options: &InitOptions) -> anyhow::Result<(Date, Date)> {
    let date =
        |text: &str| parse_date(text).ok_or_else(|| UsageError::because(format!("`{text}` is not a date"), "write dates as 2026-01-01"));
    let start = match &options.start {
        Some(text) => date(text)?,
        None => {
            let first = options.today.format("%Y-%m-01").to_string();
            parse_date(&first).and_then(|first| add_months(first, 1)).context("the present day stands outside the calendar")?
        }
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

fn check_words(options: &InitOptions) -> anyhow::Result<()> {
    if Zone::named(&options.timezone).is_none() {
        let near = did_you_mean(&options.timezone, Zone::names())
            .map_or_else(|| "write an IANA name such as Europe/Berlin".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(UsageError::because(format!("there is no time zone `{}`", options.timezone), near));
    }
    const CATEGORIES: [&str; 5] = ["security", "availability", "confidentiality", "processing_integrity", "privacy"];
    for category in &options.categories {
        if !CATEGORIES.contains(&category.as_str()) {
            return Err(UsageError::because(
                format!("SOC 2 has no category `{category}`"),
                format!("there are: {}", CATEGORIES.join(", ")),
            ));
        }
    }
    if options.name.trim().is_empty() || options.name.contains(['\n', '\r']) {
        return Err(UsageError::because("the organization's name must be one line of text", "give it with --name"));
    }
    Ok(())
}

fn configuration(options: &InitOptions, (start, end): (Date, Date)) -> String {
    let mut categories = vec!["security"];
    categories.extend(options.categories.iter().map(String::as_str).filter(|category| *category != "security"));
    // JSON strings are YAML strings too, so any name is quoted right.
    let quoted = |text: &str| serde_json::Value::from(text.trim()).to_string();
    format!(
        "# Everything Tickmark knows about the programme as a whole. `tickmark schema config` explains every key.\n\
         organization:\n  name: {name}\n  timezone: {zone}   # every date in these files means a day in this zone\n  fiscal_year_start: 1\n\
         scope:\n  system: {system}\n  frameworks: {{soc2: [{categories}]}}\n\
         # The period the examination will speak about. Records that land in it count; what happened before it does not.\n\
         window: {{start: {start}, end: {end}, report: type2}}\n\
         site: {{output: build/readiness}}\n\
         trust: {{output: build/trust}}\n",
        name = quoted(&options.name),
        zone = options.timezone,
        system = quoted(&format!("{} service", options.name.trim())),
        categories = categories.join(", "),
    )
}

fn write(options: &InitOptions, path: &str, text: &str, report: &mut InitReport) -> anyhow::Result<()> {
    let full = options.dir.join(path);
    if full.exists() {
        report.kept.push(path.to_owned());
        return Ok(());
    }
    if let Some(folder) = full.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    fs::write(&full, text).with_context(|| format!("cannot write {}", full.display()))?;
    report.written.push(path.to_owned());
    Ok(())
}
