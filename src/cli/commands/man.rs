//! `tickmark man`.

use std::{fs, path::PathBuf};

use anyhow::Context;
use clap::Args as ClapArgs;
use clap_mangen::Man;

use crate::cli::{Exit, definition, terminal::Terminal};

/// Print the manual page, or write one a command to a folder
#[derive(ClapArgs)]
pub(in crate::cli) struct Args {
    /// Write the pages of all commands here
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub(in crate::cli) fn run(args: &Args, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let Some(dir) = &args.dir else {
        let mut page = Vec::new();
        Man::new(definition()).render(&mut page).context("cannot render the manual page")?;
        terminal.raw(&page)?;
        return Ok(Exit::Good);
    };
    fs::create_dir_all(dir).with_context(|| format!("cannot make the folder {}", dir.display()))?;
    clap_mangen::generate_to(definition(), dir).with_context(|| format!("cannot write manual pages to {}", dir.display()))?;
    terminal.say(&format!("wrote the manual pages to {}", dir.display()));
    Ok(Exit::Good)
}
