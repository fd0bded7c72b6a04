//! `tickmark serve`.

use std::sync::Mutex;

use clap::Args as ClapArgs;

use super::build::say_built;
use crate::{
    app::{self, BuildOptions, Reading, ServeEvent, ServeOptions},
    cli::{Exit, args::Shared, progress::Bars, terminal::Terminal},
};

/// Build, serve on 127.0.0.1, rebuild and reload on change
#[derive(ClapArgs)]
pub(in crate::cli) struct Args {
    /// The port; 0 takes one that is free
    #[arg(long, default_value_t = 4444)]
    port: u16,
}

pub(in crate::cli) fn run(shared: &Shared, args: &Args, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let build = BuildOptions { source: shared.source(Reading::Worktree)?, site_output: None, trust_output: None };
    serve(&ServeOptions { build, port: args.port, watch: true }, terminal)
}

/// Serves, and says what happens.
pub(super) fn serve(options: &ServeOptions, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let bars = Bars::new(terminal);
    let terminal = Mutex::new(terminal);
    app::serve(options, &bars, &|event| {
        let Ok(mut terminal) = terminal.lock() else { return };
        match event {
            ServeEvent::Listening(address) => {
                terminal.say(&format!("serving http://{address}/ (trust page: http://{address}/_trust/); stop with ctrl-c"));
            }
            ServeEvent::Built(built) => say_built(&mut terminal, built),
            ServeEvent::Failed(error) => terminal.complain(&format!("{error:#}"), Some("the last good site is still served")),
        }
    })?;
    Ok(Exit::Good)
}
