//! `tickmark export`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{counted, say_what_was_read, tally};
use crate::{
    app::{self, Delivered, ExportOptions, Reading},
    cli::{Exit, args::Shared, progress::Bars, terminal::Terminal},
    export::EXPORTERS,
};

/// Print or write the programme and its assessment in another format
///
/// One document is printed; several need a folder. Nothing that another command wrote is overwritten.
#[derive(ClapArgs)]
#[command(after_help = formats())]
pub(in crate::cli) struct Args {
    /// The format; they stand below
    format: String,
    /// Write to this folder, or to this file where the name ends as the format's files do
    #[arg(long, value_name = "DIR|FILE")]
    out: Option<PathBuf>,
    /// Only this framework, in scope or not
    #[arg(long, value_name = "KEY")]
    framework: Option<String>,
    /// Frameworks and crosswalks out of scope too
    #[arg(long, conflicts_with = "framework")]
    all: bool,
}

fn formats() -> String {
    let width = EXPORTERS.iter().map(|exporter| exporter.name.len()).max().unwrap_or(0);
    let lines = EXPORTERS.iter().map(|exporter| format!("\n  {:width$}  {}", exporter.name, exporter.about));
    lines.fold("Formats:".to_owned(), |text, line| text + &line)
}

pub(in crate::cli) fn run(shared: &Shared, args: &Args, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let options = ExportOptions {
        source: shared.source(Reading::Tip)?,
        format: args.format.clone(),
        framework: args.framework.clone(),
        all: args.all,
        out: args.out.clone(),
    };
    let bars = Bars::new(terminal);
    let report = app::export(&options, &bars)?;
    drop(bars);
    if let Delivered::Printed(bytes) = &report.delivered {
        terminal.raw(bytes)?;
    }
    say_what_was_read(terminal, &report.assessed);
    terminal.say(&tally(&report.assessed));
    report.notes.iter().for_each(|note| terminal.say(note));
    match &report.delivered {
        Delivered::Printed(_) => {}
        Delivered::File { path, unchanged: true } => terminal.say(&format!("{} holds the same already", path.display())),
        Delivered::File { path, unchanged: false } => terminal.say(&format!("wrote {}", path.display())),
        Delivered::Folder { folder, emitted } => terminal.say(&format!(
            "{}: {}, {} written, {} unchanged, {} removed",
            folder.display(),
            counted(emitted.files.len(), "file"),
            emitted.written,
            emitted.unchanged,
            emitted.removed
        )),
    }
    Ok(Exit::Good)
}
