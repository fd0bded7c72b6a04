//! `addressable-undecided`: addressable specifications are neither served nor decided (GT-50).

use super::{Facts, Rule};
use crate::{
    assess::{Coverage, wording::first_few},
    diag::{Code, Finding, Severity, Subject},
    model::Need,
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "addressable-undecided",
        severity: Severity::Warning,
        title: "addressable specifications are served by no control in place, and nothing is decided about them",
        explanation: r#"**Facts.** The lines in scope with `need: addressable`, the controls that claim them, and the decisions in
`content/applicability/`.

**Rule.** Addressable is not optional: the specification is put in place, or something equivalent is, and the reason is
written down (45 CFR 164.306(d)(3)). One finding a framework tells how many lines have neither a control in place nor a
decision.

**What could fool it.** An alternative that is none.

**What mends it.** Put a control in place, or write a decision: `decision: alternative` with `alternative:` and the reason,
`included` while the control is on its way, or `excluded` with the reason."#,
    },
    gt: &["GT-50"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for (framework, lines) in facts.by_framework(|_, line| line.need == Some(Need::Addressable)) {
        let is_open = |id| facts.requirement(&framework.id, id).is_some_and(|judged| judged.coverage == Coverage::Uncovered);
        let undecided: Vec<&str> = lines
            .iter()
            .filter(|line| is_open(&line.id) && facts.ground.programme.stated(&framework.id, &line.id).is_none())
            .map(|line| line.id.as_str())
            .collect();
        if undecided.is_empty() {
            continue;
        }
        let (count, of) = (undecided.len(), lines.len());
        let message = format!(
            "{count} of {of} addressable lines of {} have neither a control in place nor a decision: {}",
            framework.name,
            first_few(&undecided)
        );
        let hint =
            format!("put a control in place, or write what is done instead and why into content/applicability/{}.yaml", framework.id);
        findings.push(Finding::new(&RULE.code, Subject::Programme, message).hint(hint));
    }
}
