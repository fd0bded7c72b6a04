//! Options that all commands share.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::{
    app::{AsOf, Reading, Source, now},
    diag::Severity,
};

/// Options shared by all commands.
#[derive(Args)]
#[command(next_help_heading = "Options of all commands")]
pub(super) struct Shared {
    /// The repository, or a folder in it
    #[arg(long, global = true, value_name = "DIR", default_value = ".", hide_default_value = true)]
    pub repo: PathBuf,
    /// Read this revision in place of the configured branch's tip
    #[arg(long, global = true, value_name = "REV", conflicts_with = "worktree")]
    pub at: Option<String>,
    /// Read the working directory, committed or not
    #[arg(long, global = true)]
    pub worktree: bool,
    /// Assess as of this date or instant in place of now
    #[arg(long, global = true, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Say only what was asked for
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// When to use colour
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto, hide_default_value = true)]
    pub color: Color,
}

/// When to use colour.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// When the output is a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The gravest severity that is let through.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Only errors make the exit code 1
    Error,
    /// Warnings too
    Warning,
    /// Notes too
    Note,
    /// Nothing does
    Never,
}

impl FailOn {
    /// The threshold; `None` when nothing fails.
    pub(super) fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}

/// How data is printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[value(alias = "text")]
    Human,
    /// One JSON document
    Json,
}

impl Shared {
    /// What is read: `otherwise` where neither `--at` nor `--worktree` says.
    pub(super) fn source(&self, otherwise: Reading) -> anyhow::Result<Source> {
        let reading = match (&self.at, self.worktree) {
            (Some(rev), _) => Reading::Rev(rev.clone()),
            (None, true) => Reading::Worktree,
            (None, false) => otherwise,
        };
        let as_of = match &self.as_of {
            Some(text) => AsOf::Given(text.clone()),
            None => AsOf::Read(now()?),
        };
        Ok(Source { repo: self.repo.clone(), reading, as_of })
    }
}
