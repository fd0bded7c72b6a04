//! `identity-unknown`: somebody who changed the programme is not in the people file (GT-06).

use std::collections::{BTreeMap, BTreeSet};

use super::{Facts, Rule};
use crate::{
    diag::{Code, Finding, Severity, Subject},
    model::CommitIx,
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "identity-unknown",
        severity: Severity::Warning,
        title: "somebody who changed the programme is not in the people file",
        explanation: r#"**Facts.** The authors of the commits that changed programme files and landed in the window, and the e-mail addresses
in `content/people.yaml`.

**Rule.** An address belongs to nobody there, or to more than one person.

**What could fool it.** An alias; an address that the forge made up.

**What mends it.** Add the address to its person, or the person to `content/people.yaml`."#,
    },
    gt: &["GT-06"],
    run,
};

fn run(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let ground = &facts.ground;
    let mut unknown: BTreeMap<String, (String, BTreeSet<CommitIx>)> = BTreeMap::new();
    for change in &ground.history.changes {
        let Some(commit) = ground.history.commits.get(&change.commit) else { continue };
        let landed = ground.history.landed(change.commit);
        let inside = ground.window.range.contains(ground.day(landed)) && landed <= ground.as_of;
        if inside && ground.actor(&commit.author).is_none() {
            let email = commit.author.email.to_ascii_lowercase();
            unknown.entry(email).or_insert_with(|| (commit.author.name.clone(), BTreeSet::new())).1.insert(change.commit);
        }
    }
    for (email, (name, commits)) in unknown {
        let message = format!("{name} <{email}> changed the programme in {} commits and is not in the people file", commits.len());
        findings.push(
            Finding::new(&RULE.code, Subject::History, message)
                .hint("add the address to its person in content/people.yaml")
                .commits(commits.into_iter().map(|at| facts.commit_id(at))),
        );
    }
}
