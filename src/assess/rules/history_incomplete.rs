//! `history-incomplete`: history is not wholly seen (GT-01).

use super::{Facts, Rule};
use crate::diag::{Code, Finding, Severity, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "history-incomplete",
        severity: Severity::Warning,
        title: "history is not wholly seen",
        explanation: r#"**Facts.** What walking the repository could not see: a shallow or partial clone, grafts, replaced or missing objects,
no repository.

**Rule.** Something is missing. Obligations that depend on it are unknown, never missed.

**What could fool it.** A clone of one commit, which continuous integration makes unless it is told otherwise.

**What mends it.** Run the command that the finding names."#,
    },
    gt: &["GT-01"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for missing in &facts.ground.history.missing {
        let hint = if missing.command.is_empty() { String::new() } else { format!("`{}`", missing.command) };
        findings.push(Finding::new(&RULE.code, Subject::History, missing.message.clone()).hint(hint));
    }
}
