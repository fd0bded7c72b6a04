//! `tickmark build`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{counted, say_what_was_read, tally};
use crate::{
    app::{self, BuildOptions, Built, Reading},
    cli::{
        Exit,
        args::{FailOn, Shared},
        progress::Bars,
        terminal::Terminal,
    },
    emit::Emitted,
};

/// Build the readiness site and the trust page
#[derive(ClapArgs)]
pub(in crate::cli) struct Args {
    /// Write the readiness site here in place of the configured folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write the trust page here in place of the configured folder
    #[arg(long, value_name = "DIR")]
    trust_out: Option<PathBuf>,
    /// Exit with 1 when a finding is at least this grave; the site is written all the same
    #[arg(long, value_enum, default_value_t = FailOn::Never, value_name = "LEVEL")]
    fail_on: FailOn,
}

pub(in crate::cli) fn run(shared: &Shared, args: &Args, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let options =
        BuildOptions { source: shared.source(Reading::Tip)?, site_output: args.out.clone(), trust_output: args.trust_out.clone() };
    let bars = Bars::new(terminal);
    let built = app::build(&options, &bars)?;
    drop(bars);
    say_built(terminal, &built);
    let fails =
        args.fail_on.severity().is_some_and(|level| built.assessed.assessment.findings.iter().any(|finding| finding.severity >= level));
    Ok(if fails { Exit::Findings } else { Exit::Good })
}

/// Says what a build did.
pub(super) fn say_built(terminal: &mut Terminal, built: &Built) {
    say_what_was_read(terminal, &built.assessed);
    terminal.say(&tally(&built.assessed));
    terminal.say(&format!("readiness site: {} ({})", built.site_folder.join("index.html").display(), emitted(&built.site)));
    match &built.trust {
        Some((folder, report)) => terminal.say(&format!("trust page: {} ({})", folder.join("index.html").display(), emitted(report))),
        None => terminal.say("trust page: none, as content/trust/trust.yaml is not there or cannot be read"),
    }
}

fn emitted(report: &Emitted) -> String {
    format!(
        "{}, {} written, {} unchanged, {} removed",
        counted(report.files.len(), "file"),
        report.written,
        report.unchanged,
        report.removed
    )
}
