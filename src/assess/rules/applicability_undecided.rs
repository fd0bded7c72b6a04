//! `applicability-undecided`: lines of a statement of applicability wait for a decision (GT-50).

use super::{Facts, Rule};
use crate::{
    assess::wording::first_few,
    diag::{Code, Finding, Severity, Subject},
    model::Applicability,
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "applicability-undecided",
        severity: Severity::Warning,
        title: "lines of a statement of applicability have no decision",
        explanation: r#"**Facts.** The lines in scope of groups with `applicability: statement` (Annex A of ISO/IEC 27001), the decisions in
`content/applicability/`, and `scope.not_applicable`.

**Rule.** A statement of applicability says of every line whether it applies, and why. One finding a framework tells how many
lines have no decision. A control that serves a line is no decision about it.

**What could fool it.** A decision whose reason says nothing.

**What mends it.** Write a decision with a reason for each: `decision: included` or `decision: excluded`, who decided and when.

```yaml
- framework: iso27001
  id: A.7.4
  decision: excluded
  reason: We have no premises of our own.
  decided_by: dana
  decided_on: 2026-02-01
```"#,
    },
    gt: &["GT-50"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for (framework, lines) in facts.by_framework(|framework, line| framework.applicability_of(line) == Applicability::Statement) {
        let undecided: Vec<&str> = lines
            .iter()
            .filter(|line| facts.ground.programme.stated(&framework.id, &line.id).is_none())
            .map(|line| line.id.as_str())
            .collect();
        if undecided.is_empty() {
            continue;
        }
        let (count, of) = (undecided.len(), lines.len());
        let message = format!(
            "the statement of applicability of {} has no decision about {count} of {of} lines: {}",
            framework.name,
            first_few(&undecided)
        );
        let hint = format!("decide each in content/applicability/{}.yaml: included or excluded, with the reason", framework.id);
        findings.push(Finding::new(&RULE.code, Subject::Programme, message).hint(hint));
    }
}
