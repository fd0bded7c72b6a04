//! `tickmark check`.

use clap::Args as ClapArgs;

use super::{say_what_was_read, tally, usual_reading};
use crate::{
    app,
    cli::{
        Exit,
        args::{FailOn, Format, Shared},
        findings::findings_text,
        progress::Bars,
        terminal::Terminal,
    },
};

/// Load and assess, and print what was found: the gate for CI
///
/// Reads the working directory; in CI (when CI is set), or with --at, a commit.
#[derive(ClapArgs)]
pub(in crate::cli) struct Args {
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Print every finding, where a long run of one kind is told by its first few
    #[arg(long)]
    all: bool,
    /// Exit with 1 when a finding is at least this grave
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "LEVEL")]
    fail_on: FailOn,
}

pub(in crate::cli) fn run(shared: &Shared, args: &Args, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let source = shared.source(usual_reading())?;
    let bars = Bars::new(terminal);
    let checked = app::check(&source, &bars)?;
    drop(bars);
    match args.format {
        Format::Json => terminal.data(&serde_json::to_string_pretty(&checked.document())?)?,
        Format::Human => {
            for text in findings_text(&checked.assessed.assessment.findings, args.all) {
                terminal.data(&text)?;
                terminal.data("")?;
            }
        }
    }
    say_what_was_read(terminal, &checked.assessed);
    terminal.say(&tally(&checked.assessed));
    Ok(if !checked.assessed.history.is_complete() {
        Exit::CannotSee
    } else if args.fail_on.severity().is_some_and(|severity| checked.has(severity)) {
        Exit::Findings
    } else {
        Exit::Good
    })
}
