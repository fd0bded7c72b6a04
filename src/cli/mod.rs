//! The command line: arguments, terminal, exit codes. The only place that prints.
//!
//! A command is a file in `commands/` with its arguments and a `run`, and a line in [`Command`].
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the command line is the place that prints")]

mod args;
mod ask;
mod commands;
mod findings;
mod progress;
mod terminal;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::app::UsageError;
use terminal::Terminal;

/// Turns a Git repository of controls, policies and evidence into proof of audit readiness.
///
/// Tickmark prepares; an independent licensed CPA firm examines. What it cannot see it calls unknown.
#[derive(Parser)]
#[command(name = "tickmark", version, max_term_width = 100, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    shared: args::Shared,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Init(commands::init::Args),
    Check(commands::check::Args),
    Build(commands::build::Args),
    #[cfg(feature = "serve")]
    Serve(commands::serve::Args),
    Demo(commands::demo::Args),
    Record(commands::record::Args),
    Export(commands::export::Args),
    Import(commands::import::Args),
    Map(commands::map::Args),
    Explain(commands::explain::Args),
    Policy(commands::policy::Args),
    Population(commands::population::Args),
    Schema(commands::schema::Args),
    Completions(commands::completions::Args),
    Man(commands::man::Args),
}

/// What a run comes to, as an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// 0: nothing at or above the threshold.
    Good,
    /// 1: findings at or above the threshold.
    Findings,
    /// 2: usage or environment.
    Broken,
    /// 3: history is not seen well enough to conclude.
    CannotSee,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Good => 0,
            Exit::Findings => 1,
            Exit::Broken => 2,
            Exit::CannotSee => 3,
        })
    }
}

/// Parses the arguments, runs the command, and says how it went.
pub fn main() -> ExitCode {
    let Cli { shared, command } = Cli::parse();
    let mut terminal = Terminal::new(&shared);
    match run(&shared, command, &mut terminal) {
        Ok(exit) => exit.into(),
        Err(error) if is_closed_pipe(&error) => Exit::Good.into(),
        Err(error) => {
            print_error(&mut terminal, &error);
            Exit::Broken.into()
        }
    }
}

fn run(shared: &args::Shared, command: Command, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    match command {
        Command::Init(args) => commands::init::run(&args, terminal),
        Command::Check(args) => commands::check::run(shared, &args, terminal),
        Command::Build(args) => commands::build::run(shared, &args, terminal),
        #[cfg(feature = "serve")]
        Command::Serve(args) => commands::serve::run(shared, &args, terminal),
        Command::Demo(args) => commands::demo::run(shared, &args, terminal),
        Command::Record(args) => commands::record::run(shared, &args, terminal),
        Command::Export(args) => commands::export::run(shared, &args, terminal),
        Command::Import(args) => commands::import::run(shared, &args, terminal),
        Command::Map(args) => commands::map::run(shared, &args, terminal),
        Command::Explain(args) => commands::explain::run(shared, &args, terminal),
        Command::Policy(args) => commands::policy::run(shared, &args, terminal),
        Command::Population(args) => commands::population::run(shared, &args, terminal),
        Command::Schema(args) => commands::schema::run(&args, terminal),
        Command::Completions(args) => commands::completions::run(&args, terminal),
        Command::Man(args) => commands::man::run(&args, terminal),
    }
}

/// The command as clap knows it, for completions and man pages.
fn definition() -> clap::Command {
    Cli::command()
}

/// A reader that went away (`tickmark check | head`) is no error of ours.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe))
}

/// The one spot where a chain of causes is printed.
fn print_error(terminal: &mut Terminal, error: &anyhow::Error) {
    let hint = error.chain().find_map(|cause| cause.downcast_ref::<UsageError>()).map(|usage| usage.hint.clone());
    terminal.complain(&format!("{error:#}"), hint.as_deref());
}
