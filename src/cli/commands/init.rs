//! `tickmark init`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::counted;
use crate::{
    app::{self, InitOptions},
    cli::{Exit, terminal::Terminal},
    date::Zone,
};

/// Write a starter programme, honestly all draft
///
/// Files that are there already are kept as they are.
#[derive(ClapArgs)]
pub(in crate::cli) struct Args {
    /// The folder to write it to
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// The organization's name; without it, the folder's name
    #[arg(long)]
    name: Option<String>,
    /// The zone in which the organization's days begin and end, an IANA name
    #[arg(long, default_value = "UTC", value_name = "ZONE")]
    timezone: String,
    /// The SOC 2 categories besides security: availability, confidentiality, processing_integrity, privacy
    #[arg(long, value_delimiter = ',', value_name = "LIST")]
    categories: Vec<String>,
    /// First day of the window; without it, the first of next month
    #[arg(long, value_name = "DATE")]
    start: Option<String>,
    /// Last day of the window; without it, twelve months after its first
    #[arg(long, value_name = "DATE")]
    end: Option<String>,
}

pub(in crate::cli) fn run(args: &Args, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let today = Zone::named(&args.timezone).unwrap_or(Zone::UTC).date_of(app::now()?);
    let options = InitOptions {
        name: args.name.clone().unwrap_or_else(|| folder_name(&args.dir)),
        dir: args.dir.clone(),
        timezone: args.timezone.clone(),
        categories: args.categories.clone(),
        start: args.start.clone(),
        end: args.end.clone(),
        today,
    };
    let report = app::init(&options)?;
    for path in &report.written {
        terminal.data(path)?;
    }
    for path in &report.kept {
        terminal.say(&format!("kept {path} as it is"));
    }
    let (start, end) = report.window;
    terminal.say(&format!("wrote {} for {}; the window is {start} to {end}", counted(report.written.len(), "file"), options.name));
    terminal.say("everything is a draft: nothing counts as in place until you make it yours and say so");
    terminal.say("next: put your people into content/people.yaml, commit, and run `tickmark serve`");
    Ok(Exit::Good)
}

fn folder_name(dir: &std::path::Path) -> String {
    let full = dir.canonicalize().unwrap_or_else(|_| dir.to_path_buf());
    full.file_name().map_or_else(|| "Unnamed organization".to_owned(), |name| name.to_string_lossy().into_owned())
}
