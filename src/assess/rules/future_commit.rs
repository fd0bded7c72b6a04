//! `future-commit`: commits are recorded after the instant of the assessment (GT-07).

use super::{Facts, Rule};
use crate::{
    assess::CLOCK_TOLERANCE,
    diag::{Code, Finding, Severity, Subject},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "future-commit",
        severity: Severity::Warning,
        title: "commits are recorded after the instant of the assessment",
        explanation: r#"**Facts.** The committer times of all commits, and the as-of.

**Rule.** A commit is recorded more than 15 minutes after the as-of. What it brought cannot be judged at that instant.

**What could fool it.** An as-of that was given on purpose for a day before the tip.

**What mends it.** Assess the tip of that day (`--at`), or set the clock that made the commit."#,
    },
    gt: &["GT-07"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let latest = facts.ground.as_of.timestamp() + CLOCK_TOLERANCE;
    let ahead: Vec<_> = facts.ground.history.nodes.iter().filter(|node| node.committed > latest).map(|node| node.id).collect();
    if !ahead.is_empty() {
        let message = format!("{} commits are recorded after the instant of this assessment", ahead.len());
        findings.push(
            Finding::new(&RULE.code, Subject::History, message)
                .hint("assess the tip of that day with --at, or set the clock that made them")
                .commits(ahead),
        );
    }
}
