//! `evidence-stale`: the newest evidence of a control is stale (GT-13).

use super::{Facts, Rule};
use crate::{
    assess::{Design, Freshness},
    date::long_date,
    diag::{Code, Finding, Severity},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "evidence-stale",
        severity: Severity::Warning,
        title: "the newest evidence of a control is stale",
        explanation: r#"**Facts.** `ttl` of the control; `source.extracted_at` of its newest record, else `performed_on`; never a commit date.

**Rule.** The newest evidence is older than `ttl` at the as-of, or there is none although the control is in place.

**What could fool it.** A claimed day of extraction.

**What mends it.** Take the data out anew and record it."#,
    },
    gt: &["GT-13"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for control in facts.controls.iter().filter(|control| control.design == Design::InPlace) {
        let message = match control.freshness {
            Freshness::Stale(since) => format!("the newest evidence of {} has been stale since {}", control.id, long_date(since)),
            Freshness::Never if !control.in_place.is_empty() => format!("{} has a ttl, and no evidence at all", control.id),
            _ => continue,
        };
        findings.push(
            Finding::new(&RULE.code, facts.about(control), message)
                .hint("take the data out anew and record it")
                .at(facts.control_place(&control.id)),
        );
    }
}
