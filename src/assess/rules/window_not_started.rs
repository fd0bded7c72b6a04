//! `window-not-started`: the window has not begun (GT-18).

use super::{Facts, Rule};
use crate::{
    date::long_date,
    diag::{Code, Finding, Severity, Subject},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "window-not-started",
        severity: Severity::Note,
        title: "the window has not begun",
        explanation: r#"**Facts.** The window's first day and the as-of.

**Rule.** The window begins after the as-of: everything in it is still ahead.

**What could fool it.** Nothing.

**What mends it.** Nothing, or correct `window.start`."#,
    },
    gt: &["GT-18"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let first = facts.ground.window.range.first;
    if facts.ground.today < first {
        let message = format!("the window begins on {}: everything in it is still ahead", long_date(first));
        findings.push(Finding::new(&RULE.code, Subject::Programme, message));
    }
}
