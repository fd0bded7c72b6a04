//! `tickmark record`.

use std::{path::PathBuf, process::Command};

use clap::Args as ClapArgs;

use crate::{
    app::{self, Reading, RecordOptions},
    cli::{Exit, args::Shared, progress::Bars, terminal::Terminal},
};

/// Write an evidence manifest with digests, and say which obligation it answers
#[derive(ClapArgs)]
pub(in crate::cli) struct Args {
    /// The control that was performed
    control: String,
    /// The period it was performed for; without it, the earliest one that is open
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// The day the work was done; without it, today
    #[arg(long, value_name = "DATE")]
    performed_on: Option<String>,
    /// Who did it; without it, the person with Git's configured e-mail
    #[arg(long = "by", value_name = "PERSON")]
    performed_by: Option<String>,
    /// Who looked at it afterwards
    #[arg(long, value_name = "PERSON")]
    reviewed_by: Option<String>,
    /// What came of it: pass, pass_with_exceptions, fail, or nil when nothing occurred
    #[arg(long, default_value = "pass")]
    result: String,
    /// A file of evidence; may be given more than once
    #[arg(long = "artifact", value_name = "FILE")]
    artifacts: Vec<PathBuf>,
    /// The system the data came from
    #[arg(long)]
    system: Option<String>,
    /// The query that took it out, verbatim
    #[arg(long)]
    query: Option<String>,
    /// When it was taken out
    #[arg(long, value_name = "INSTANT")]
    extracted_at: Option<String>,
    /// How many rows it had
    #[arg(long)]
    count: Option<u64>,
    /// Notes, in Markdown
    #[arg(long)]
    notes: Option<String>,
    /// Show the manifest, write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(in crate::cli) fn run(shared: &Shared, args: &Args, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let bars = Bars::new(terminal);
    let assessed = app::assessed(&shared.source(Reading::Worktree)?, &bars)?;
    drop(bars);
    let options = RecordOptions {
        control: args.control.clone(),
        period: args.period.clone(),
        performed_on: args.performed_on.clone(),
        performed_by: args.performed_by.clone(),
        reviewed_by: args.reviewed_by.clone(),
        result: args.result.clone(),
        system: args.system.clone(),
        query: args.query.clone(),
        extracted_at: args.extracted_at.clone(),
        count: args.count,
        artifacts: args.artifacts.clone(),
        notes: args.notes.clone(),
        git_email: git_email(&assessed.root),
        dry_run: args.dry_run,
    };
    let recorded = app::record(&assessed, &options)?;
    if args.dry_run {
        terminal.raw(recorded.text.as_bytes())?;
        terminal.say(&format!("would write {}", recorded.path));
    } else {
        terminal.data(&recorded.path)?;
        for path in &recorded.copied {
            terminal.data(path)?;
        }
    }
    for answer in &recorded.answers {
        terminal.say(answer);
    }
    if !args.dry_run {
        terminal.say("commit it: a record counts from the moment it lands on the main branch");
    }
    Ok(Exit::Good)
}

/// The e-mail Git would put into a commit here; `None` when it has none or Git is not installed.
fn git_email(root: &std::path::Path) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(root).args(["config", "user.email"]).output().ok()?;
    let email = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !email.is_empty()).then_some(email)
}
