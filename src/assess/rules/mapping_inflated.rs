//! `mapping-inflated`: one control claims very many requirements (GT-50).

use std::collections::BTreeMap;

use super::{Facts, Rule};
use crate::{
    diag::{Code, Finding, Severity, Subject},
    id::FrameworkId,
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "mapping-inflated",
        severity: Severity::Note,
        title: "one control claims very many requirements",
        explanation: r#"**Facts.** `satisfies` of the control, by framework in scope; how many requirements the framework has in scope.

**Rule.** More than 8 requirements of one framework, or more than one in fifteen of a long one. An auditor tests what a control does, not what it is mapped to.

**What could fool it.** A control that is truly broad.

**What mends it.** Split the control, or leave out what it does not serve."#,
    },
    gt: &["GT-50"],
    run,
};

/// More requirements of one framework than this are worth a second look.
const MANY: usize = 8;
/// A long catalogue says one thing in several lines; of such a one this part is still no surprise.
const ONE_IN: usize = 15;

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let mut in_scope: BTreeMap<&FrameworkId, usize> = BTreeMap::new();
    for line in &facts.requirements {
        *in_scope.entry(&line.framework).or_default() += 1;
    }
    let many = |framework: &FrameworkId| in_scope.get(framework).map(|lines| MANY.max(lines / ONE_IN));
    for control in facts.ground.programme.controls.values() {
        for (framework, ids) in control.satisfies.iter().filter(|(framework, ids)| many(framework).is_some_and(|many| ids.len() > many)) {
            let message = format!("{} claims {} requirements of {framework}", control.id, ids.len());
            findings.push(
                Finding::new(&RULE.code, Subject::Control(control.id.clone()), message)
                    .hint("split it, or leave out what it does not serve")
                    .at(control.origin.place()),
            );
        }
    }
}
