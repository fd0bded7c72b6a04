//! Stubs: ready texts for files that a gap asks for. They hold what is known and say what is to be filled in; they never
//! claim a result.

use super::{Finding, Owed};
use crate::{
    assess::{Facts, Outcome},
    date::Period,
    diag::Subject,
    id::RepoPath,
    model::{Control, Framework, OwnerRef, Requirement},
};

/// The file to make for a finding with its text; nothing where an existing file is to be changed.
pub fn file(facts: &Facts<'_>, finding: &Finding, owed: Option<Owed<'_>>) -> (Option<RepoPath>, Option<String>) {
    let made = match (finding.code, owed) {
        ("evidence-missed" | "evidence-due-soon", Some((control, slot))) => {
            facts.control(&control.id).map(|record| evidence(facts, record, slot.period))
        }
        ("evidence-unknown", Some((control, slot))) if slot.record.is_none() => {
            facts.control(&control.id).map(|record| evidence(facts, record, slot.period))
        }
        ("evidence-late-beyond-grace", Some((control, slot))) if facts.deviation(&control.id, slot.period).is_none() => {
            facts.control(&control.id).map(|record| deviation(facts, record, slot))
        }
        ("requirement-uncovered", _) => uncovered(facts, &finding.subject),
        _ => None,
    };
    made.map_or((None, None), |(path, text)| (Some(path), Some(text)))
}

fn evidence(facts: &Facts<'_>, control: &Control, period: Period) -> (RepoPath, String) {
    let id = control.id.as_str();
    let (name, declared) = match period {
        // A rolling stretch has no name: the day of the performance decides.
        Period::Range(range) => (range.last.to_string(), String::new()),
        named => (named.to_string(), format!("period: {named}\n")),
    };
    let path = free_path(facts, &format!("content/evidence/{}/{}", file_part(id), file_part(&name)));
    let performer = match &control.owner {
        Some(OwnerRef::Person(person)) => person.to_string(),
        _ => String::new(),
    };
    let reviewer = if control.approvals > 0 { "reviewed_by:                    # somebody else\n" } else { "" };
    let text = format!(
        "control: {}\n{declared}performed_on:                   # the day the work was done\nperformed_by: {}\n{reviewer}\
         result:                         # pass | pass_with_exceptions | fail | nil: what you saw\n\
         source:\n  system:                       # where the data came from\n  query:                        # as it was asked\n  \
         extracted_at:                 # with the offset, as in 2026-04-02T09:12:00+02:00\n  count:                        # how many rows\n\
         artifacts: []                   # {{path, sha256}} or {{uri, sha256, size}}\nnotes: \"\"\n",
        scalar(id),
        scalar(&performer),
    );
    (path, text)
}

fn deviation(facts: &Facts<'_>, control: &Control, slot: &crate::assess::Obligation) -> (RepoPath, String) {
    let id = format!("D-{}-{}", control.id, slot.period);
    let path = free_path(facts, &format!("content/deviations/{}", file_part(&id)));
    debug_assert_eq!(slot.outcome, Outcome::LateBeyondGrace);
    let owner = control.owner.as_ref().map_or(String::new(), |owner| owner.to_string());
    let text = format!(
        "id: {}\ntitle: {}\ncontrol: {}\nperiod: {}\nfound_on: {}\nexpected: {}\nobserved: {}\n\
         cause: \"\"\nimpact: \"\"\ncompensating: \"\"\ncorrection: \"\"\nowner: {}\ndisposition: deviation\n",
        scalar(&id),
        scalar(&format!("{} was performed too late for {}", control.id, slot.period)),
        scalar(control.id.as_str()),
        period(slot.period),
        facts.ground.today,
        scalar(&format!("performed and landed by {}", slot.due)),
        scalar(&slot.reason),
        scalar(&owner),
    );
    (path, text)
}

fn uncovered(facts: &Facts<'_>, subject: &Subject) -> Option<(RepoPath, String)> {
    let Subject::Requirement(framework, id) = subject else { return None };
    let line = facts.requirement(framework, id)?;
    if !line.controls.is_empty() {
        return None;
    }
    let name = format!("{framework}-{id}");
    let path = free_path(facts, &format!("controls/{}", file_part(&name)));
    let text = format!(
        "id: {}\ntitle: {}\nowner:                          # a person or a team\nstatus: drafted\nkind: manual\n\
         frequency:                      # daily | weekly | monthly | quarterly | semiannual | annual | per_event | continuous\n\
         satisfies: {{{}: [{}]}}\ndescription: \"\"\n",
        scalar(&name),
        scalar(&line.title),
        scalar(framework.as_str()),
        scalar(id.as_str()),
    );
    Some((path, text))
}

/// A ready text for lines of a statement of applicability that have no decision. It decides nothing: every line is a comment
/// until somebody takes the mark away and says why.
pub fn undecided(framework: &Framework, lines: &[&Requirement]) -> String {
    let head = "# Take the # away from a line once it is decided: included or excluded, with the reason.\n";
    let entry = |line: &&Requirement| {
        let (key, id) = (scalar(framework.id.as_str()), scalar(line.id.as_str()));
        let title: String = line.title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        format!("# {title}\n#- {{framework: {key}, id: {id}, decision: included, reason: \"\", decided_by: \"\"}}\n")
    };
    lines.iter().map(entry).fold(head.to_owned(), |text, entry| text + &entry)
}

/// A path that no file of the tree has: with a number behind it where the first one is taken.
fn free_path(facts: &Facts<'_>, stem: &str) -> RepoPath {
    let files = &facts.ground.programme.files;
    let first = RepoPath::new(format!("{stem}.yaml"));
    if !files.contains_key(&first) {
        return first;
    }
    let numbered = (2..=files.len() + 2).map(|number| RepoPath::new(format!("{stem}-{number}.yaml")));
    numbered.into_iter().find(|path| !files.contains_key(path)).unwrap_or(first)
}

/// An id as a part of a file name: what is not plain becomes a hyphen, and a leading dot goes.
fn file_part(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '-' }).collect();
    let plain = plain.trim_start_matches('.');
    if plain.is_empty() { "record".to_owned() } else { plain.to_owned() }
}

fn period(period: Period) -> String {
    match period {
        Period::Range(range) => format!("{{from: {}, to: {}}}", range.first, range.last),
        named => named.to_string(),
    }
}

/// A text as one YAML scalar: plain where it cannot be taken for anything else, else quoted.
fn scalar(text: &str) -> String {
    let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
        && !words.contains(&text.to_ascii_lowercase().as_str());
    // Nothing is known: the key stays without a value, for somebody to fill in.
    if plain || text.is_empty() {
        return text.to_owned();
    }
    let escaped: String = text
        .chars()
        .map(|c| match c {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            '\n' => "\\n".to_owned(),
            '\t' => "\\t".to_owned(),
            control if control.is_control() => format!("\\u{:04x}", u32::from(control)),
            other => other.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}
