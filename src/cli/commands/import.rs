//! `tickmark import`.

use std::{collections::BTreeMap, path::PathBuf};

use clap::Args as ClapArgs;
use serde_json::json;

use super::counted;
use crate::{
    app::{self, AsOf, ImportReport, ImportRequest, Reading, UsageError},
    cli::{
        Exit,
        args::{Format, Shared},
        findings::printable,
        terminal::Terminal,
    },
    import::{IMPORTERS, ImportOptions, Left},
};

/// Bring in a programme that is kept in another format, and say what was not taken and why
///
/// No record that is there is overwritten, nothing is fetched, and everything comes in as a draft.
#[derive(ClapArgs)]
#[command(after_help = formats())]
pub(in crate::cli) struct Args {
    /// The format; they stand below
    format: String,
    /// The folder or file to bring in
    dir: PathBuf,
    /// Move documents into content/, in place of adopting them where they are
    #[arg(long = "move")]
    move_documents: bool,
    /// Show what would be written, write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write frameworks and crosswalks anew that are in frameworks/ already; records are never written over
    #[arg(long)]
    replace: bool,
    /// For csv: our keys and the headers of their columns, as id=Ref,title=Control,soc2=TSC
    #[arg(long, value_name = "MAP")]
    columns: Option<String>,
    /// The key of the framework that a catalogue becomes, or that plain ids belong to
    #[arg(long, value_name = "KEY")]
    framework: Option<String>,
    /// How the result is printed
    #[arg(long = "format", value_enum, value_name = "FORMAT", default_value_t = Format::Human)]
    output: Format,
}

fn formats() -> String {
    let width = IMPORTERS.iter().map(|importer| importer.name.len()).max().unwrap_or(0);
    let lines = IMPORTERS.iter().map(|importer| format!("\n  {:width$}  {}", importer.name, importer.about));
    lines.fold("Formats:".to_owned(), |text, line| text + &line)
}

pub(in crate::cli) fn run(shared: &Shared, args: &Args, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let request = ImportRequest {
        format: args.format.clone(),
        dir: args.dir.clone(),
        repo: shared.repo.clone(),
        as_of: as_of(shared)?,
        options: ImportOptions {
            move_documents: args.move_documents,
            columns: columns(args.columns.as_deref())?,
            framework: args.framework.clone(),
            replace: args.replace,
        },
        dry_run: args.dry_run,
    };
    let report = app::import(&request)?;
    match args.output {
        Format::Json => terminal.data(&serde_json::to_string_pretty(&document(&report, args.dry_run))?)?,
        Format::Human => print(&report, args.dry_run, terminal)?,
    }
    for step in &report.next {
        terminal.say(step);
    }
    Ok(Exit::Good)
}

fn as_of(shared: &Shared) -> anyhow::Result<AsOf> {
    Ok(shared.source(Reading::Worktree)?.as_of)
}

/// `id=Ref,title=Control`: a header that holds a comma is written in quotes.
fn columns(map: Option<&str>) -> anyhow::Result<BTreeMap<String, String>> {
    let mut columns = BTreeMap::new();
    for pair in map.into_iter().flat_map(pairs).filter(|pair| !pair.trim().is_empty()) {
        let refuse = |why: String| UsageError::because(why, "write --columns id=Ref,title=Control; a header with a comma stands in quotes");
        let (key, header) = pair.split_once('=').ok_or_else(|| refuse(format!("`{}` maps nothing", pair.trim())))?;
        let (key, header) = (key.trim().to_owned(), header.trim().trim_matches('"').to_owned());
        if columns.insert(key.clone(), header).is_some() {
            return Err(refuse(format!("`{key}` is mapped twice")));
        }
    }
    Ok(columns)
}

fn pairs(map: &str) -> Vec<String> {
    let (mut pairs, mut quoted) = (vec![String::new()], false);
    for c in map.chars() {
        quoted ^= c == '"';
        match pairs.last_mut() {
            Some(pair) if c != ',' || quoted => pair.push(c),
            _ => pairs.push(String::new()),
        }
    }
    pairs
}

fn print(report: &ImportReport, dry_run: bool, terminal: &mut Terminal) -> anyhow::Result<()> {
    for file in &report.written {
        if dry_run {
            terminal.data(&printable(&format!("-- {} --", file.path)))?;
            terminal.raw(file.text.as_bytes())?;
        } else {
            terminal.data(&printable(&format!("wrote {}", file.path)))?;
        }
    }
    let moved = if dry_run { "would move" } else { "moved" };
    for (from, to) in &report.moved {
        terminal.data(&printable(&format!("{moved} {from} -> {to}")))?;
    }
    for path in &report.replaced {
        terminal.data(&printable(&format!("{path} was there and was written anew")))?;
    }
    for path in &report.same {
        terminal.data(&printable(&format!("{path} is there already and says the same")))?;
    }
    for path in &report.kept {
        terminal.data(&printable(&format!("kept {path} as it is")))?;
    }
    for tally in &report.kinds {
        terminal.data(&format!("{}: found {}, took {}, left {}", tally.kind, tally.found(), tally.taken, tally.left.len()))?;
        print_left(&tally.left, terminal)?;
    }
    for note in &report.notes {
        terminal.data(&printable(&format!("note: {note}")))?;
    }
    if !dry_run {
        let moved = if report.moved.is_empty() { String::new() } else { format!(", moved {}", report.moved.len()) };
        terminal.say(&format!("wrote {}, kept {}{moved}", counted(report.written.len(), "file"), report.kept.len()));
    }
    Ok(())
}

/// What was left, a line each; of many with one reason the first few and how many more: the JSON names them all.
fn print_left(left: &[Left], terminal: &mut Terminal) -> anyhow::Result<()> {
    const FEW: usize = 5;
    const MANY: usize = 12;
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    left.iter().for_each(|left| *reasons.entry(&left.why).or_default() += 1);
    let mut said: BTreeMap<&str, usize> = BTreeMap::new();
    for Left { what, why } in left {
        let (all, said) = (reasons[why.as_str()], said.entry(why).or_default());
        *said += 1;
        if all <= MANY || *said <= FEW {
            terminal.data(&printable(&format!("  left {what}: {why}")))?;
        } else if *said == FEW + 1 {
            terminal.data(&printable(&format!("  left {} more: {why} (--format json names them all)", all - FEW)))?;
        }
    }
    Ok(())
}

fn document(report: &ImportReport, dry_run: bool) -> serde_json::Value {
    let file =
        |file: &crate::import::NewFile| if dry_run { json!({"path": file.path, "text": file.text}) } else { json!({"path": file.path}) };
    let kinds: Vec<_> = report
        .kinds
        .iter()
        .map(|tally| {
            let left: Vec<_> = tally.left.iter().map(|left| json!({"what": left.what, "why": left.why})).collect();
            json!({"kind": tally.kind, "found": tally.found(), "took": tally.taken, "left": left})
        })
        .collect();
    json!({
        "schema": "tickmark/import/1",
        "format": report.format,
        "dry_run": dry_run,
        "written": report.written.iter().map(file).collect::<Vec<_>>(),
        "moved": report.moved.iter().map(|(from, to)| json!({"from": from, "to": to})).collect::<Vec<_>>(),
        "replaced": report.replaced,
        "same": report.same,
        "kept": report.kept,
        "kinds": kinds,
        "notes": report.notes,
        "next": report.next,
    })
}
