//! `evidence-result-fail`: a record reports that the control failed (GT-12, GT-26).

use super::{Facts, Rule};
use crate::{
    diag::{Code, Finding, Severity},
    model::EvidenceResult,
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "evidence-result-fail",
        severity: Severity::Error,
        title: "a record reports that the control failed",
        explanation: r#"**Facts.** `result` of the records that count in the window, of their earlier versions and of the records that they
correct.

**Rule.** One of them is `fail`. That it was performed in time is kept; the failure is a deviation. A later `pass`
does not erase an earlier `fail`.

**What could fool it.** A result that was typed wrongly and corrected: it still shows, because history cannot tell the
two apart.

**What mends it.** Explain the failure in `content/deviations/`; a mistyped result belongs there as `false_positive`."#,
    },
    gt: &["GT-12", "GT-26"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for (control, _, record) in facts.counted() {
        if !record.failed {
            continue;
        }
        let name = facts.record_name(&record.evidence);
        let said = if record.result == EvidenceResult::Fail { "reports" } else { "or a version before it reported" };
        let message = format!("{name} {said} that the control failed");
        findings.push(
            Finding::new(&RULE.code, facts.about(control), message)
                .hint("explain the failure, its impact and its correction in content/deviations/")
                .at(facts.evidence_place(&record.evidence))
                .commits(record.landed_in.map(|at| facts.commit_id(at))),
        );
    }
}
