//! `tickmark demo`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{build::say_built, counted};
use crate::{
    app::{self, AsOf, BuildOptions, DEMO_AS_OF, Reading, Source},
    cli::{Exit, args::Shared, progress::Bars, terminal::Terminal},
};

/// Write an example company with a year of history, and build its sites
///
/// The company is invented; its history is the same on every machine. It is assessed as of the day after its story
/// ends unless --as-of says otherwise.
#[derive(ClapArgs)]
pub(in crate::cli) struct Args {
    /// The folder to write it to
    #[arg(default_value = "tickmark-demo")]
    dir: PathBuf,
    /// Serve the sites on 127.0.0.1 afterwards
    #[cfg(feature = "serve")]
    #[arg(long)]
    serve: bool,
    /// The port to serve on; 0 takes one that is free
    #[cfg(feature = "serve")]
    #[arg(long, default_value_t = 4444)]
    port: u16,
}

pub(in crate::cli) fn run(shared: &Shared, args: &Args, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let report = app::demo(&args.dir)?;
    match report.commits {
        Some(commits) => terminal.say(&format!(
            "wrote the example company to {} ({}, tip {})",
            report.dir.display(),
            counted(commits, "commit"),
            report.tip.short()
        )),
        None => terminal.say(&format!("the example company is in {} already (tip {})", report.dir.display(), report.tip.short())),
    }
    let as_of = AsOf::Given(shared.as_of.clone().unwrap_or_else(|| DEMO_AS_OF.to_owned()));
    let source = Source { repo: report.dir, reading: Reading::Tip, as_of };
    let options = BuildOptions { source, site_output: None, trust_output: None };
    #[cfg(feature = "serve")]
    if args.serve {
        return super::serve::serve(&app::ServeOptions { build: options, port: args.port, watch: true }, terminal);
    }
    let bars = Bars::new(terminal);
    let built = app::build(&options, &bars)?;
    drop(bars);
    say_built(terminal, &built);
    Ok(Exit::Good)
}
