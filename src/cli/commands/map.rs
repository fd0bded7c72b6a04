//! `tickmark map`: suggestions as sentences that can be read aloud, and the list of crosswalks.

use std::collections::BTreeMap;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use serde::Serialize;

use super::{counted, say_what_was_read, usual_reading};
use crate::{
    app::{self, CrosswalkRow, MapControl, MapLine, MapReport, MapRequest, MapWay, Mapped},
    assess::suggest::{Filter, Reach},
    cli::{Exit, args::Shared, findings::printable, progress::Bars, terminal::Terminal},
    id::ControlId,
    load,
    model::{Basis, ControlStatus, Mapping, Relation},
};

/// Of each control no more suggestions than this are printed unless it is asked about: the strongest.
const STRONGEST: usize = 8;

/// Ask the crosswalks which controls could serve other frameworks too
///
/// A suggestion is a reason to read a requirement. It never counts as coverage: only a control in place that names the
/// requirement under `satisfies` does.
#[derive(ClapArgs)]
pub(in crate::cli) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Suggest(Suggest),
    List(List),
}

/// Suggest controls for requirements that none in place serves
///
/// With a framework that is not in scope it answers what that would cost: how many of its requirements the controls that
/// are there come near.
#[derive(ClapArgs)]
struct Suggest {
    /// The framework to be served, in scope or not; without it, all in scope
    #[arg(long, value_name = "KEY")]
    framework: Option<String>,
    /// Only what this control could serve
    #[arg(long, value_name = "ID")]
    control: Option<String>,
    /// The weakest relation that is looked at
    #[arg(long, value_enum, value_name = "RELATION", default_value_t = Least::Intersects)]
    min: Least,
    /// Only pairs that their author stated, none that were computed
    #[arg(long)]
    direct: bool,
    /// Requirements with a control in place too
    #[arg(long)]
    all: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Output::Text)]
    format: Output,
}

/// List the crosswalks: between which frameworks, how many pairs, who stated them, under which licence
#[derive(ClapArgs)]
struct List {
    /// How to print
    #[arg(long, value_enum, default_value_t = Output::Text)]
    format: Output,
}

/// The weakest relation that is looked at, read from the requirement that a control serves to the suggested one.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Least {
    /// It asks the same
    Equal,
    /// It asks all of it, and more
    Superset,
    /// It asks a part of it
    Subset,
    /// It shares something with it
    Intersects,
}

/// How data is printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    /// Sentences
    #[value(alias = "human")]
    Text,
    /// One JSON document
    Json,
    /// One YAML document
    Yaml,
}

pub(in crate::cli) fn run(shared: &Shared, args: &Args, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    match &args.command {
        Command::Suggest(args) => suggest(shared, args, terminal),
        Command::List(args) => list(shared, args, terminal),
    }
}

fn suggest(shared: &Shared, args: &Suggest, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let least = match args.min {
        Least::Equal => Relation::Equal,
        Least::Superset => Relation::Superset,
        Least::Subset => Relation::Subset,
        Least::Intersects => Relation::Intersects,
    };
    let request = MapRequest {
        framework: args.framework.clone(),
        control: args.control.clone(),
        filter: Filter { least, direct: args.direct },
        all: args.all,
    };
    let bars = Bars::new(terminal);
    let mapped = app::map_suggest(&shared.source(usual_reading())?, &request, &bars)?;
    drop(bars);
    match args.format {
        Output::Text => {
            for report in &mapped.reports {
                print_report(terminal, report, &mapped, args)?;
            }
        }
        Output::Json | Output::Yaml => print_data(terminal, args.format, &mapped.reports)?,
    }
    say_what_was_read(terminal, &mapped.assessed);
    if mapped.reports.len() < 2 && args.framework.is_none() {
        terminal.say("suggestions go from one framework to another, and fewer than two are in scope");
        terminal.say("hint: `tickmark map suggest --framework KEY` asks about one that is not in scope");
    }
    Ok(Exit::Good)
}

fn list(shared: &Shared, args: &List, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let bars = Bars::new(terminal);
    let (assessed, rows) = app::map_list(&shared.source(usual_reading())?, &bars)?;
    drop(bars);
    match args.format {
        Output::Text => print_rows(terminal, &rows)?,
        Output::Json | Output::Yaml => print_data(terminal, args.format, &rows)?,
    }
    say_what_was_read(terminal, &assessed);
    Ok(Exit::Good)
}

fn print_data(terminal: &mut Terminal, format: Output, data: &impl Serialize) -> anyhow::Result<()> {
    let mut text = if format == Output::Yaml { load::yaml(data) } else { serde_json::to_string_pretty(data)? };
    text.truncate(text.trim_end().len());
    text.push('\n');
    Ok(terminal.raw(text.as_bytes())?)
}

fn print_rows(terminal: &mut Terminal, rows: &[CrosswalkRow]) -> anyhow::Result<()> {
    for row in rows {
        let known = if row.known == row.pairs { String::new() } else { format!(" ({} between lines known here)", row.known) };
        let author = if row.author.is_empty() { "nobody named" } else { &row.author };
        let scope = if row.in_scope { "; both in scope" } else { "" };
        terminal.data(&printable(&format!("{}: {} to {}{scope}", row.crosswalk, row.from, row.to)))?;
        terminal.data(&printable(&format!("  {}{known}, {}, by {author}", counted(row.pairs, "pair"), basis(row.basis))))?;
        if !row.licence.is_empty() {
            terminal.data(&printable(&format!("  licence: {}", row.licence)))?;
        }
    }
    Ok(())
}

fn print_report(terminal: &mut Terminal, report: &MapReport, mapped: &Mapped, args: &Suggest) -> anyhow::Result<()> {
    let MapReport { counts, whole, partial, none, .. } = report;
    let scope = if report.in_scope { "in scope" } else { "not in scope; what follows is as if it were, as a whole" };
    terminal.data(&printable(&format!("{} ({}), {scope}", report.name, report.framework)))?;
    let others = [(counts.alternative, "with an alternative"), (counts.not_applicable, "not applicable")];
    let others: String = others.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!(", {count} {what}")).collect();
    let claimed = match counts.claimed {
        0 => String::new(),
        claimed => format!(" ({claimed} of them claimed by controls that are not in place)"),
    };
    let requirements = counted(counts.requirements, "requirement");
    terminal
        .data(&format!("  {requirements}: {} with a control in place{others}, {} uncovered{claimed}", counts.covered, counts.uncovered))?;
    let looked_at = whole.len() + partial.len() + none.len();
    let of = if args.all { format!("of the {looked_at} that apply") } else { format!("of the {looked_at} uncovered") };
    terminal.data(&format!(
        "  {of}, controls could serve {} whole and {} in part; none is suggested for {}",
        whole.len(),
        partial.len(),
        none.len()
    ))?;
    for (what, ids) in [("whole", whole), ("in part", partial), ("none", none)] {
        if !ids.is_empty() {
            terminal.data(&printable(&wrapped(&format!("  {what}:"), ids)))?;
        }
    }
    terminal.data("")?;
    for (control, lines) in by_control(&report.requirements) {
        let most = if args.control.is_some() { usize::MAX } else { STRONGEST };
        print_control(terminal, report, control, &lines, most, mapped.serves.get(&control.id))?;
    }
    Ok(())
}

/// Ids behind a heading, in lines of a width that people read.
fn wrapped(head: &str, ids: &[String]) -> String {
    const WIDTH: usize = 110;
    let mut text = head.to_owned();
    let mut width = text.chars().count();
    for (at, id) in ids.iter().enumerate() {
        let word = if at + 1 == ids.len() { id.clone() } else { format!("{id},") };
        if width + 1 + word.chars().count() > WIDTH {
            text.push_str("\n   ");
            width = 3;
        }
        text.push(' ');
        text.push_str(&word);
        width += 1 + word.chars().count();
    }
    text
}

/// A requirement, and what is suggested of one control for it.
type Served<'r> = (&'r MapLine, &'r MapControl);

/// The suggestions of a report by control, in the order of the controls' ids; of each control the strongest first.
fn by_control(lines: &[MapLine]) -> Vec<(&MapControl, Vec<Served<'_>>)> {
    let mut found: BTreeMap<ControlId, (&MapControl, Vec<Served<'_>>)> = BTreeMap::new();
    for line in lines {
        for control in &line.controls {
            let entry = found.entry(control.id.as_str().into()).or_insert_with(|| (control, Vec::new()));
            entry.1.push((line, control));
        }
    }
    let strength = |control: &MapControl| control.ways.first().map(|way| (control.reach, way.basis, way.by.is_some()));
    found.values_mut().for_each(|(_, lines)| lines.sort_by_key(|(_, control)| strength(control)));
    found.into_values().collect()
}

fn print_control(
    terminal: &mut Terminal,
    report: &MapReport,
    control: &MapControl,
    lines: &[Served<'_>],
    most: usize,
    serves: Option<&Mapping>,
) -> anyhow::Result<()> {
    let status = match control.status {
        ControlStatus::Drafted => "drafted",
        ControlStatus::Approved => "approved, not yet in place",
        ControlStatus::InPlace => "in place",
        ControlStatus::Retired => "retired",
    };
    terminal.data(&printable(&format!("{} {} ({status})", control.id, control.title)))?;
    let shown = &lines[..lines.len().min(most)];
    for reach in [Reach::Whole, Reach::Partial] {
        let mut those = shown.iter().filter(|(_, control)| control.reach == reach).peekable();
        if those.peek().is_some() {
            terminal.data(&format!("  could serve {}:", reach.words()))?;
        }
        for (line, control) in those {
            terminal.data(&printable(&format!("    {} {}: {}", line.id, line.title, ways(&control.ways))))?;
        }
    }
    if shown.len() < lines.len() {
        let more = lines.len() - shown.len();
        terminal.data(&printable(&format!(
            "    and {more} more: tickmark map suggest --framework {} --control {}",
            report.framework, control.id
        )))?;
    }
    let known = serves.and_then(|serves| serves.get(&report.framework.as_str().into()));
    let known = known.into_iter().flatten().map(|id| id.as_str());
    let ids: Vec<String> = known.chain(shown.iter().map(|(line, _)| line.id.as_str())).map(yaml_word).collect();
    terminal.data("  to paste once you have read them, without those that it does not serve:")?;
    terminal.data("    satisfies:")?;
    terminal.data(&printable(&format!("      {}: [{}]", yaml_word(&report.framework), ids.join(", "))))?;
    terminal.data("")?;
    Ok(())
}

/// The strongest way as a sentence, and how many more there are.
fn ways(ways: &[MapWay]) -> String {
    let Some(first) = ways.first() else { return String::new() };
    let asks = match first.relation {
        Relation::Equal => "asks the same",
        Relation::Superset => "asks all of it and more",
        Relation::Subset => "asks a part of it",
        Relation::Intersects | Relation::None => "shares something with it",
    };
    let by = first.by.as_ref().map_or_else(String::new, |by| format!(", by {by}"));
    let more = match ways.len() - 1 {
        0 => String::new(),
        1 => "; one more way".to_owned(),
        more => format!("; {more} more ways"),
    };
    format!("{} of {} {asks}{by} ({}, {}){more}", first.id, first.framework, basis(first.basis), first.crosswalk)
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Direct => "direct",
        Basis::Derived => "derived",
    }
}

/// An id inside a YAML list: plain where no reader takes it for anything else, else in quotes.
fn yaml_word(text: &str) -> String {
    let plain =
        text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(|c| c.is_ascii_alphanumeric() || "._-()".contains(c));
    if plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "''")) }
}
