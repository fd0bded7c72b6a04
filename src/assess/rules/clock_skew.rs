//! `clock-skew`: recorded times run backwards on the mainline (GT-07).

use super::{Facts, Rule};
use crate::{
    assess::CLOCK_TOLERANCE,
    diag::{Code, Finding, Severity, Subject},
    model::CommitIx,
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "clock-skew",
        severity: Severity::Warning,
        title: "recorded times run backwards on the mainline",
        explanation: r#"**Facts.** The committer times of the mainline commits.

**Rule.** A commit is recorded more than 15 minutes before the mainline commit below it. It is taken to have landed no
earlier than that one.

**What could fool it.** A wrong clock; a rebase with kept dates. Often innocent.

**What mends it.** Nothing mends recorded times. Set the clock, and let the forge make the merge."#,
    },
    gt: &["GT-07"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let history = facts.ground.history;
    let skewed: Vec<CommitIx> = history
        .mainline
        .windows(2)
        .filter(|pair| history.node(pair[1]).committed < history.node(pair[0]).landed.saturating_sub(CLOCK_TOLERANCE))
        .map(|pair| pair[1])
        .collect();
    if !skewed.is_empty() {
        let message = format!("recorded times are inconsistent: {} mainline commits are dated before the commit below them", skewed.len());
        findings.push(
            Finding::new(&RULE.code, Subject::History, message)
                .hint("often innocent (a wrong clock, a rebase); such a commit counts from the time of the commit below it")
                .commits(skewed.into_iter().map(|at| facts.commit_id(at))),
        );
    }
}
