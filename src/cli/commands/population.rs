//! `tickmark population`.

use clap::{Args as ClapArgs, ValueEnum};

use super::say_what_was_read;
use crate::{
    app::{self, Reading},
    assess::Population,
    cli::{Exit, args::Shared, findings::printable, progress::Bars, terminal::Terminal},
};

/// Print a numbered list with its count, digest and the command that re-performs it
#[derive(ClapArgs)]
pub(in crate::cli) struct Args {
    /// The list; without it, the lists there are
    id: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    format: ListFormat,
}

/// How a list is printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    /// Numbered lines
    Human,
    /// Comma-separated values, safe to open in a spreadsheet
    Csv,
    /// One JSON document
    Json,
}

pub(in crate::cli) fn run(shared: &Shared, args: &Args, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let bars = Bars::new(terminal);
    let assessed = app::assessed(&shared.source(Reading::Tip)?, &bars)?;
    drop(bars);
    match &args.id {
        None => {
            for population in app::populations(&assessed) {
                terminal.data(&printable(&format!("{:14} {:>6}  {}", population.id, population.rows.len(), population.title)))?;
            }
        }
        Some(id) => print(terminal, app::population(&assessed, id)?, args.format)?,
    }
    say_what_was_read(terminal, &assessed);
    Ok(Exit::Good)
}

fn print(terminal: &mut Terminal, population: &Population, format: ListFormat) -> anyhow::Result<()> {
    match format {
        ListFormat::Json => terminal.data(&serde_json::to_string_pretty(&serde_json::json!({
            "id": population.id, "title": population.title, "rule": population.rule, "count": population.rows.len(),
            "digest": population.digest, "command": population.command, "columns": population.columns, "rows": population.rows,
        }))?)?,
        ListFormat::Csv => terminal.raw(crate::export::population_csv(population).as_bytes())?,
        ListFormat::Human => {
            let width = population.rows.len().to_string().len();
            for (at, row) in population.rows.iter().enumerate() {
                let cells: Vec<String> = row.iter().map(|cell| printable(cell)).collect();
                terminal.data(&format!("{:>width$}  {}", at + 1, cells.join("  ")))?;
            }
        }
    }
    terminal.say(&population.rule);
    terminal.say(&format!("count: {}", population.rows.len()));
    terminal.say(&format!("sha-256 of the rows: {}", population.digest));
    if !population.command.is_empty() {
        terminal.say(&format!("re-perform: {}", population.command));
    }
    Ok(())
}
