//! `tickmark completions`.

use clap::Args as ClapArgs;
use clap_complete::Shell;

use crate::cli::{Exit, definition, terminal::Terminal};

/// Print completions for a shell
#[derive(ClapArgs)]
pub(in crate::cli) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(in crate::cli) fn run(args: &Args, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut definition(), "tickmark", &mut script);
    terminal.raw(&script)?;
    Ok(Exit::Good)
}
