//! `required-excluded`: a required specification is declared not applicable (GT-50).

use super::{Facts, Rule};
use crate::{
    diag::{Code, Finding, Severity, Subject},
    model::{Need, Standing},
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "required-excluded",
        severity: Severity::Note,
        title: "a required specification is declared not applicable",
        explanation: r#"**Facts.** The decisions about requirements in scope, and `need: required` of the line.

**Rule.** A required specification of the HIPAA Security Rule has to be met. To exclude one holds only where its subject does
not exist, such as clearinghouse functions where there is no clearinghouse. The reason has to say that, so it is worth a look.

**What could fool it.** A reason that sounds like one.

**What mends it.** Nothing, where the subject does not exist. Otherwise take the decision out and serve it with a control."#,
    },
    gt: &["GT-50"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let programme = facts.ground.programme;
    for (framework, line) in facts.lines().filter(|(_, line)| line.need == Some(Need::Required)) {
        let Standing::NotApplicable(reason) = programme.standing(framework, line) else { continue };
        let message = format!("{} is required, and it is declared not applicable: {}", line.id, reason.trim_end_matches('.'));
        let subject = Subject::Requirement(framework.id.clone(), line.id.clone());
        let decision = programme.stated(&framework.id, &line.id).and_then(|stated| stated.decision);
        let place = decision.map(|decision| decision.origin.place());
        let hint = "this holds only while its subject does not exist here; the reason has to say so";
        findings.push(Finding::new(&RULE.code, subject, message).hint(hint).at(place));
    }
}
