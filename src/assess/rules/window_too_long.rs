//! `window-too-long`: the window is longer than ten years (GT-12).

use super::{Facts, Rule};
use crate::{
    assess::LONGEST_WINDOW,
    diag::{Code, Finding, Severity, Subject},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "window-too-long",
        severity: Severity::Error,
        title: "the window is longer than ten years",
        explanation: r#"**Facts.** The window's first and last day.

**Rule.** It has more than 3,660 days. Nothing is scheduled in it.

**What could fool it.** Nothing.

**What mends it.** Correct `window.start` or `window.end` in `tickmark.yaml`."#,
    },
    gt: &["GT-12"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let days = facts.ground.window.range.days();
    if days > LONGEST_WINDOW {
        let message = format!("the window has {days} days, so nothing is scheduled in it");
        findings.push(Finding::new(&RULE.code, Subject::Programme, message).hint("correct window.start or window.end in tickmark.yaml"));
    }
}
