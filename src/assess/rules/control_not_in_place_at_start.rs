//! `control-not-in-place-at-start`: a control was not in place for all of the window so far (GT-17).

use super::{Facts, Rule};
use crate::{
    assess::{Design, tenure::without},
    date::long_date,
    diag::{Code, Finding, Severity},
    model::Report,
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "control-not-in-place-at-start",
        severity: Severity::Warning,
        title: "a control was not in place for all of the window so far",
        explanation: r#"**Facts.** The days on which the mainline held the control as in place and effective. A date in a file does not reach
back before its landing.

**Rule.** A type 2 window has begun, the control is in place, and it was not in place on the window's first day or on
some days since.

**What could fool it.** A repository that is younger than the window: what was done before cannot be seen in it.

**What mends it.** Start the window later, or show the auditor by other means that the control was in place before."#,
    },
    gt: &["GT-17"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let ground = &facts.ground;
    let Some(so_far) = ground.window_so_far().filter(|_| ground.window.report == Report::Type2 && ground.history.is_complete()) else {
        return;
    };
    for control in facts.controls.iter().filter(|control| control.design == Design::InPlace && !control.in_place.is_empty()) {
        let absent = without(so_far, &control.in_place);
        if absent.is_empty() {
            continue;
        }
        let days: i64 = absent.iter().map(|days| days.days()).sum();
        let present = so_far.days() - days;
        let spans: Vec<String> = absent.iter().map(|days| format!("{} to {}", long_date(days.first), long_date(days.last))).collect();
        let message = format!(
            "{} was in place on {present} of the {} days of the window so far; absent {}",
            control.id,
            so_far.days(),
            spans.join(", ")
        );
        let begun = ground.first_landing_day().filter(|begun| so_far.first < *begun && *begun <= so_far.last);
        let hint = match begun {
            Some(begun) => format!("the history of this programme begins on {}; start the window then or later", long_date(begun)),
            None => "start the window later, or show by other means that it was in place".to_owned(),
        };
        findings.push(Finding::new(&RULE.code, facts.about(control), message).hint(hint).at(facts.control_place(&control.id)));
    }
}
