//! `tickmark policy`.

use clap::Args as ClapArgs;

use crate::{
    app::{self, Reading},
    cli::{Exit, args::Shared, progress::Bars, terminal::Terminal},
};

/// Print the text of a policy that was in force on a day
#[derive(ClapArgs)]
pub(in crate::cli) struct Args {
    /// The policy's id
    id: String,
    /// The day; without it, today
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
}

pub(in crate::cli) fn run(shared: &Shared, args: &Args, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let bars = Bars::new(terminal);
    let assessed = app::assessed(&shared.source(Reading::Tip)?, &bars)?;
    drop(bars);
    let text = app::policy_on(&assessed, &args.id, args.on.as_deref())?;
    let version = if text.version.is_empty() { String::new() } else { format!(", version {}", text.version) };
    let until = text.to.map_or_else(|| "still in force".to_owned(), |to| format!("until {to}"));
    terminal.say(&format!("{}{version}: in force on {}, from {}, {until}", text.title, text.on, text.from));
    terminal.say(&match text.commit {
        Some(commit) => format!("from {} at commit {commit}", text.path),
        None => format!("from {}, not committed", text.path),
    });
    terminal.raw(text.body.as_bytes())?;
    Ok(Exit::Good)
}
