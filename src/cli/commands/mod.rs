//! One file a command: its arguments and what it prints.

pub(super) mod build;
pub(super) mod check;
pub(super) mod completions;
pub(super) mod demo;
pub(super) mod explain;
pub(super) mod export;
pub(super) mod import;
pub(super) mod init;
pub(super) mod man;
pub(super) mod map;
pub(super) mod policy;
pub(super) mod population;
pub(super) mod record;
pub(super) mod schema;
#[cfg(feature = "serve")]
pub(super) mod serve;

use super::terminal::Terminal;
use crate::{
    app::{Assessed, Reading},
    diag::Severity,
};

/// Whether a CI engine runs this: they all set CI.
fn in_ci() -> bool {
    #[expect(clippy::disallowed_methods, reason = "a default of the command line, never of an assessment")]
    let set = std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false");
    set
}

/// What `check` reads when nobody says: the working directory for a person, the commit for a CI engine.
fn usual_reading() -> Reading {
    if in_ci() { Reading::Tip } else { Reading::Worktree }
}

/// Says what was assessed and what could not be seen.
fn say_what_was_read(terminal: &mut Terminal, assessed: &Assessed) {
    let state = match (&assessed.history.tip, assessed.committed) {
        (Some(tip), true) => format!("commit {} of {}", tip.short(), branch(assessed)),
        (Some(tip), false) => format!("the working directory on commit {}, not committed", tip.short()),
        (None, _) => "the working directory, without history".to_owned(),
    };
    terminal.say(&format!("read {state}; as of {}", assessed.stamp.as_of_text));
    for reason in &assessed.history.missing {
        terminal.say(&format!("cannot see: {}", reason.message));
        terminal.say(&format!("hint: {}", reason.command));
    }
}

fn branch(assessed: &Assessed) -> &str {
    if assessed.history.branch.is_empty() { "no branch" } else { &assessed.history.branch }
}

/// "3 errors, 2 warnings, 7 notes".
fn tally(assessed: &Assessed) -> String {
    let count = |severity| assessed.assessment.findings.iter().filter(|finding| finding.severity == severity).count();
    let part = |severity: Severity| {
        let count = count(severity);
        format!("{count} {}{}", severity.word(), if count == 1 { "" } else { "s" })
    };
    format!("{}, {}, {}", part(Severity::Error), part(Severity::Warning), part(Severity::Note))
}

/// "1 file", "2 files".
fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
