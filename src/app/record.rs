//! `tickmark record`: writes an evidence manifest with digests, and says which obligation it answers.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;

use super::{Assessed, UsageError, outputs::stays_inside};
use crate::{
    assess::{Obligation, Outcome},
    date::{Date, Period, parse_date, parse_instant},
    diag::did_you_mean,
    id::{ControlId, PersonId},
    model::{Control, ControlStatus},
    text::slug,
    tree::sha256_hex,
};

/// What a record says. Texts are as the user typed them.
#[derive(Clone, Debug, Default)]
pub struct RecordOptions {
    /// The control.
    pub control: String,
    /// The period; `None`: the earliest obligation that is still open.
    pub period: Option<String>,
    /// The day the work was done; `None`: today.
    pub performed_on: Option<String>,
    /// Who did it; `None`: the person whose e-mail Git is configured with.
    pub performed_by: Option<String>,
    /// Who reviewed it.
    pub reviewed_by: Option<String>,
    /// `pass`, `pass_with_exceptions`, `fail` or `nil`.
    pub result: String,
    /// System of record.
    pub system: Option<String>,
    /// The query, verbatim.
    pub query: Option<String>,
    /// When the data was taken out.
    pub extracted_at: Option<String>,
    /// How many rows it had.
    pub count: Option<u64>,
    /// Files of evidence; those outside the evidence folder are copied beside the manifest.
    pub artifacts: Vec<PathBuf>,
    /// Markdown.
    pub notes: Option<String>,
    /// The e-mail Git is configured with, when it is.
    pub git_email: Option<String>,
    /// Whether only to show what would be written.
    pub dry_run: bool,
}

/// What was recorded.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The manifest's path in the repository.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Copies made beside it: path in the repository.
    pub copied: Vec<String>,
    /// What it answers, as sentences.
    pub answers: Vec<String>,
}

/// Writes the manifest, after everything in it was checked.
///
/// # Errors
/// When the control, a person, a date or a file does not exist, or the manifest is there already.
pub fn record(assessed: &Assessed, options: &RecordOptions) -> anyhow::Result<Recorded> {
    let control = find_control(assessed, &options.control)?;
    let judged = assessed.assessment.control(&control.id);
    let obligations = judged.map(|judged| judged.obligations.as_slice()).unwrap_or_default();
    let period = choose_period(options, control, obligations)?;
    let performed_on = performed_on(options, assessed.assessment.today)?;
    let performed_by = performer(assessed, options)?;
    if let Some(reviewer) = &options.reviewed_by {
        known_person(assessed, reviewer)?;
    }
    let stem = period.map_or_else(|| performed_on.to_string(), |period| period.to_string());
    let path = format!("content/evidence/{}/{}.yaml", folder_name(control.id.as_str()), slug_keeping_case(&stem));
    if !stays_inside(&assessed.root, &assessed.root.join(&path))? {
        return Err(UsageError::because(format!("{path} leads out of the repository by a link"), "put a folder in the link's place"));
    }
    if assessed.root.join(&path).exists() {
        return Err(UsageError::because(
            format!("{path} is there already"),
            "a correction is a new record with `supersedes:`; edit nothing that has landed",
        ));
    }
    let (artifacts, copies) = artifacts(assessed, options, &path)?;
    let text = manifest(options, control, period, performed_on, &performed_by, &artifacts)?;
    let answers = answers(assessed, control, obligations, period, performed_on);
    if !options.dry_run {
        copies.iter().try_for_each(|file| copy(&file.from, &assessed.root.join(&file.to)))?;
        write(&assessed.root.join(&path), &text)?;
    }
    Ok(Recorded { path, text, copied: copies.into_iter().map(|file| file.to).collect(), answers })
}

fn find_control<'a>(assessed: &'a Assessed, name: &str) -> anyhow::Result<&'a Control> {
    let controls = &assessed.programme.controls;
    controls.get(&ControlId::from(name)).ok_or_else(|| {
        let near = did_you_mean(name, controls.keys().map(ControlId::as_str));
        let hint = near.map_or_else(|| "the ids stand in controls/".to_owned(), |near| format!("did you mean `{near}`?"));
        UsageError::because(format!("there is no control `{name}`"), hint)
    })
}

fn choose_period(options: &RecordOptions, control: &Control, obligations: &[Obligation]) -> anyhow::Result<Option<Period>> {
    if let Some(text) = &options.period {
        let period = text
            .parse()
            .map_err(|error| UsageError::because(format!("{error}"), "write 2026, 2026-H1, 2026-Q1, 2026-03, 2026-W09 or 2026-03-15"))?;
        return Ok(Some(period));
    }
    let open = obligations.iter().find(|obligation| matches!(obligation.outcome, Outcome::Missed | Outcome::DueSoon | Outcome::NotYetDue));
    match open {
        Some(obligation) => Ok(Some(obligation.period)),
        None if control.frequency.is_some_and(|cadence| cadence.period_of(Date::MIN, 1).is_some()) => {
            let message = format!("control {} has no open obligation in the window", control.id);
            Err(match control.status {
                ControlStatus::InPlace => UsageError::because(message, "name the period with --period"),
                _ => UsageError::because(
                    format!("{message}: it is not in place"),
                    "set `status: in_place` and `effective_from` first, or name the period with --period",
                ),
            })
        }
        None => Ok(None),
    }
}

fn performed_on(options: &RecordOptions, today: Date) -> anyhow::Result<Date> {
    let Some(text) = &options.performed_on else { return Ok(today) };
    let date = parse_date(text).ok_or_else(|| UsageError::because(format!("`{text}` is not a date"), "write --performed-on 2026-04-02"))?;
    if date > today {
        return Err(UsageError::because(format!("{date} has not come yet"), "record the work on the day it is done, or later"));
    }
    Ok(date)
}

fn performer(assessed: &Assessed, options: &RecordOptions) -> anyhow::Result<String> {
    if let Some(name) = &options.performed_by {
        known_person(assessed, name)?;
        return Ok(name.clone());
    }
    let email = options.git_email.as_deref().unwrap_or_default();
    match assessed.programme.people.by_email(email) {
        Some(person) => Ok(person.id.to_string()),
        None => Err(UsageError::because(
            format!("nobody in content/people.yaml has the e-mail `{email}` that Git is configured with"),
            "say who did the work with --by PERSON",
        )),
    }
}

fn known_person(assessed: &Assessed, name: &str) -> anyhow::Result<()> {
    let people = &assessed.programme.people.people;
    if people.contains_key(&PersonId::from(name)) {
        return Ok(());
    }
    let near = did_you_mean(name, people.keys().map(PersonId::as_str));
    let hint = near.map_or_else(|| "people stand in content/people.yaml".to_owned(), |near| format!("did you mean `{near}`?"));
    Err(UsageError::because(format!("there is no person `{name}`"), hint))
}

/// An artifact as the manifest names it, with its digest.
struct NamedArtifact {
    relative: String,
    sha256: String,
}

/// A file to be copied beside the manifest.
struct FileCopy {
    from: PathBuf,
    /// Where to, from the repository's root.
    to: String,
}

/// Reads the files; those that do not lie below the manifest's folder are to be copied beside it.
fn artifacts(assessed: &Assessed, options: &RecordOptions, manifest: &str) -> anyhow::Result<(Vec<NamedArtifact>, Vec<FileCopy>)> {
    let folder = manifest.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = manifest.trim_end_matches(".yaml");
    let root = assessed.root.canonicalize().with_context(|| format!("cannot find {}", assessed.root.display()))?;
    let (mut named, mut copies): (Vec<NamedArtifact>, Vec<FileCopy>) = (Vec::new(), Vec::new());
    for file in &options.artifacts {
        let bytes = fs::read(file)
            .map_err(|error| UsageError::because(format!("cannot read {}: {error}", file.display()), "name a file with --artifact FILE"))?;
        let full = file.canonicalize().with_context(|| format!("cannot find {}", file.display()))?;
        let inside = full.strip_prefix(root.join(folder)).ok().map(|path| path.to_string_lossy().replace('\\', "/"));
        let relative = match inside {
            Some(relative) => relative,
            None => {
                let name = full.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                let target = format!("{beside}/{name}");
                if assessed.root.join(&target).exists() || copies.iter().any(|copy| copy.to == target) {
                    return Err(UsageError::because(format!("{target} is there already"), "rename the file before recording it"));
                }
                copies.push(FileCopy { from: full, to: target.clone() });
                target[folder.len() + 1..].to_owned()
            }
        };
        named.push(NamedArtifact { relative, sha256: sha256_hex(&bytes) });
    }
    Ok((named, copies))
}

fn manifest(
    options: &RecordOptions,
    control: &Control,
    period: Option<Period>,
    performed_on: Date,
    performed_by: &str,
    artifacts: &[NamedArtifact],
) -> anyhow::Result<String> {
    const RESULTS: [&str; 4] = ["pass", "pass_with_exceptions", "fail", "nil"];
    if !RESULTS.contains(&options.result.as_str()) {
        return Err(UsageError::because(format!("`{}` is not a result", options.result), format!("there are: {}", RESULTS.join(", "))));
    }
    if let Some(text) = &options.extracted_at
        && parse_instant(text).is_none()
    {
        return Err(UsageError::because(format!("`{text}` is not an instant"), "write --extracted-at 2026-04-02T09:12:00+02:00"));
    }
    let mut text = format!("control: {}\n", word(control.id.as_str()));
    if let Some(period) = period {
        text += &match period {
            Period::Range(range) => format!("period: {{from: {}, to: {}}}\n", range.first, range.last),
            period => format!("period: {period}\n"),
        };
    }
    text += &format!("performed_on: {performed_on}\nperformed_by: {}\n", word(performed_by));
    if let Some(reviewer) = &options.reviewed_by {
        text += &format!("reviewed_by: {}\n", word(reviewer));
    }
    text += &format!("result: {}\n", options.result);
    text += &source_lines(options, performed_by);
    if !artifacts.is_empty() {
        text += "artifacts:\n";
        for artifact in artifacts {
            text += &format!("  - {{path: {}, sha256: \"{}\"}}\n", quoted(&artifact.relative), artifact.sha256);
        }
    }
    if let Some(notes) = &options.notes {
        text += &notes_lines(notes);
    }
    Ok(text)
}

fn source_lines(options: &RecordOptions, performed_by: &str) -> String {
    let mut lines = String::new();
    let mut line = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            lines += &format!("  {key}: {value}\n");
        }
    };
    line("system", options.system.as_deref().map(quoted));
    line("query", options.query.as_deref().map(quoted));
    line("extracted_at", options.extracted_at.clone());
    line("extracted_by", options.extracted_at.as_ref().map(|_| word(performed_by)));
    line("count", options.count.map(|count| count.to_string()));
    if lines.is_empty() { lines } else { format!("source:\n{lines}") }
}

/// Notes as lines below their key; as one quoted line where a block of lines would not read back as it was written.
fn notes_lines(notes: &str) -> String {
    if notes.starts_with(char::is_whitespace) || notes.chars().any(|c| c.is_control() && c != '\n') {
        return format!("notes: {}\n", quoted(notes));
    }
    notes.lines().fold("notes: |\n".to_owned(), |text, line| text + "  " + line + "\n")
}

/// What the record answers, in the words of the ledger.
fn answers(assessed: &Assessed, control: &Control, obligations: &[Obligation], period: Option<Period>, performed_on: Date) -> Vec<String> {
    let Some(period) = period else {
        return vec![format!(
            "it is an occurrence of control {} ({}); such controls have no obligations by the calendar",
            control.id, control.title
        )];
    };
    let Some(obligation) = obligations.iter().find(|obligation| obligation.period == period) else {
        let expected: Vec<String> = obligations.iter().map(|obligation| obligation.period.to_string()).collect();
        let expected = if expected.is_empty() { "none".to_owned() } else { expected.join(", ") };
        return vec![format!("it answers no obligation of control {}: the window expects {expected}", control.id)];
    };
    let today = assessed.assessment.today;
    let timing = if today <= obligation.due {
        format!("on time if it lands by the end of {}", obligation.due)
    } else if today <= obligation.grace_until {
        format!("late (due {}), within grace if it lands by the end of {}", obligation.due, obligation.grace_until)
    } else {
        format!("late beyond grace (due {}, grace until {}): the deviation stays in the report", obligation.due, obligation.grace_until)
    };
    let mut answers = vec![format!("it answers control {} for {period}: {timing}", control.id)];
    if let Some(record) = &obligation.record {
        answers.push(format!("but {} answers that obligation already; this one will count as additional", record.path));
    }
    if performed_on < obligation.range.first {
        answers.push(format!(
            "but the work was done on {performed_on}, before the period began on {}: an early performance does not count",
            obligation.range.first
        ));
    }
    answers
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    make_folder(to)?;
    fs::copy(from, to).with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    make_folder(path)?;
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn make_folder(file: &Path) -> anyhow::Result<()> {
    match file.parent() {
        Some(folder) => fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display())),
        None => Ok(()),
    }
}

/// A JSON string is a YAML string too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A name as a YAML value: in quotes unless it is a plain word.
fn word(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_alphanumeric()) && text.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
    if plain { text.to_owned() } else { quoted(text) }
}

/// A control's id as the name of its folder: as it stands when it is a plain word, never a way to somewhere else.
fn folder_name(id: &str) -> String {
    let plain = id.len() <= 100 && !id.starts_with('.') && !id.ends_with('.');
    if plain && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)) {
        id.to_owned()
    } else {
        slug(id).chars().take(50).collect()
    }
}

/// A period's name as a file name: `2026-Q1` keeps its capital.
fn slug_keeping_case(text: &str) -> String {
    if text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') { text.to_owned() } else { slug(text) }
}
