//! References: whether what a record names is there, with a did-you-mean where it is not.
//!
//! A name that leads nowhere is a finding at the name; the record itself stays.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    codes::{
        ARTIFACT_MISSING, NOT_PUBLIC, PEOPLE_MISSING, REQUIREMENT_HEADING, REQUIREMENT_WITHDRAWN, UNKNOWN_CONTROL, UNKNOWN_DOCUMENT,
        UNKNOWN_EVIDENCE, UNKNOWN_FRAMEWORK, UNKNOWN_PERSON, UNKNOWN_REQUIREMENT, UNKNOWN_SELECTION,
    },
    lower::{Reference, Target, normal, suggestion},
};
use crate::{
    diag::{Code, Finding, Subject, did_you_mean},
    id::{ControlId, DocumentId, EvidenceId, FrameworkId, PersonId, RepoPath, RequirementId},
    model::{Classification, Framework, LineKind, Programme, Requirement},
};

/// What is wrong with a reference.
struct Dangling {
    code: &'static Code,
    message: String,
    hint: String,
}

/// This many names of one file that lead nowhere are listed: each costs a search for what was meant.
const MOST_OF_A_FILE: usize = 200;

/// Looks every reference up. What a broken file may hold is not called missing: its own finding says enough.
pub(super) fn resolve(programme: &Programme, references: &[Reference]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let paths: BTreeSet<String> = programme.files.keys().map(|path| normal(path.as_str())).collect();
    // A framework that is not known is told once for each record, not for each of its requirements.
    let mut told = BTreeSet::new();
    let mut counts: BTreeMap<&RepoPath, usize> = BTreeMap::new();
    for reference in references {
        if counts.get(&reference.place.path).is_some_and(|count| *count > MOST_OF_A_FILE) {
            continue;
        }
        if let Some(Dangling { code, message, hint }) = dangling(programme, &paths, reference) {
            if code.name == UNKNOWN_FRAMEWORK.name && !told.insert((&reference.from, message.clone())) {
                continue;
            }
            let count = counts.entry(&reference.place.path).or_default();
            *count += 1;
            let (message, hint) = if *count > MOST_OF_A_FILE {
                let message = format!("more than {MOST_OF_A_FILE} names of this file lead nowhere; from here on they are not looked up");
                (message, "mend the first ones".to_owned())
            } else {
                (message, hint)
            };
            findings.push(Finding::new(code, reference.from.clone(), message).hint(hint).at(reference.place.clone()));
        }
    }
    findings.extend(people_missing(programme, references));
    findings
}

fn nobody_is_listed(programme: &Programme) -> bool {
    programme.people.people.is_empty() && programme.people.teams.is_empty()
}

fn people_missing(programme: &Programme, references: &[Reference]) -> Option<Finding> {
    let first = references.iter().find(|reference| matches!(reference.target, Target::Person(_)))?;
    (nobody_is_listed(programme) && !is_unread(programme, "content/people")).then(|| {
        Finding::new(&PEOPLE_MISSING, Subject::Programme, "records name people, and content/people.yaml lists nobody")
            .hint("list the people with the e-mail addresses they commit with")
            .at(first.place.clone())
    })
}

fn dangling(programme: &Programme, paths: &BTreeSet<String>, reference: &Reference) -> Option<Dangling> {
    let key = reference.key;
    match &reference.target {
        Target::Control(id) => {
            let known = programme.controls.keys().map(ControlId::as_str);
            (!programme.controls.contains_key(&ControlId::from(id.as_str())) && !is_unread(programme, "controls"))
                .then(|| missing(&UNKNOWN_CONTROL, key, id, "control", known, "controls stand in controls/"))
        }
        Target::Document(id) => document(programme, key, id),
        Target::PublicDocument(id) => document(programme, key, id).or_else(|| not_public(programme, id)),
        // Where nobody is listed, one finding says so for all.
        Target::Person(_) if nobody_is_listed(programme) => None,
        Target::Person(id) => {
            let people = &programme.people.people;
            let known = people.keys().map(PersonId::as_str);
            (!people.contains_key(&PersonId::from(id.as_str())) && !is_unread(programme, "content/people"))
                .then(|| missing(&UNKNOWN_PERSON, key, id, "person", known, "people stand in content/people.yaml"))
        }
        Target::Evidence(id) => {
            let known = programme.evidence.keys().map(EvidenceId::as_str);
            (!programme.evidence.contains_key(&EvidenceId::from(id.as_str())) && !is_unread(programme, "content/evidence"))
                .then(|| missing(&UNKNOWN_EVIDENCE, key, id, "evidence manifest", known, "name the id that its file states"))
        }
        Target::Framework(id) => framework(programme, key, id),
        Target::Selection(framework_id, name) => selection(programme, key, framework_id, name),
        Target::Requirement(framework_id, id) => requirement(programme, key, framework_id, id),
        Target::Artifact { path, .. } if paths.contains(path.as_str()) => None,
        Target::Artifact { path, written, .. } => Some(artifact(programme, path, written)),
    }
}

fn missing<'a>(code: &'static Code, key: &str, id: &str, what: &str, known: impl Iterator<Item = &'a str>, otherwise: &str) -> Dangling {
    let hint = suggestion(did_you_mean(id, known), otherwise);
    Dangling { code, message: format!("`{key}` names `{id}`, and there is no {what} of that id"), hint }
}

/// Whether a file of that folder could not be read: the record may stand there.
fn is_unread(programme: &Programme, folder: &str) -> bool {
    programme.unread.iter().any(|unread| unread.path.as_str().starts_with(folder))
}

fn document(programme: &Programme, key: &str, id: &str) -> Option<Dangling> {
    let known = programme.documents.keys().map(DocumentId::as_str);
    let unread = ["content/policies", "content/procedures", "content/system"].iter().any(|folder| is_unread(programme, folder));
    (!programme.documents.contains_key(&DocumentId::from(id)) && !unread).then(|| {
        missing(&UNKNOWN_DOCUMENT, key, id, "document", known, "documents stand in content/policies, content/procedures and content/system")
    })
}

fn not_public(programme: &Programme, id: &str) -> Option<Dangling> {
    let document = programme.documents.get(&DocumentId::from(id))?;
    (document.classification != Classification::Public).then(|| Dangling {
        code: &NOT_PUBLIC,
        message: format!("the trust page offers `{id}` to everybody, and it is not classified public"),
        hint: "classify the document public, or offer it with `access: on_request`".to_owned(),
    })
}

fn framework(programme: &Programme, key: &str, id: &str) -> Option<Dangling> {
    let known = programme.frameworks.keys().map(FrameworkId::as_str);
    let otherwise = "put its list into frameworks/, or take it out";
    (!programme.frameworks.contains_key(&FrameworkId::from(id)))
        .then(|| missing(&UNKNOWN_FRAMEWORK, key, id, "framework", known, otherwise))
}

fn selection(programme: &Programme, key: &str, framework_id: &str, name: &str) -> Option<Dangling> {
    // The framework itself is a reference of its own; one mistake gives one finding.
    let framework = programme.frameworks.get(&FrameworkId::from(framework_id))?;
    let known = framework.selections();
    if known.contains(&name) {
        return None;
    }
    let otherwise = if known.is_empty() { "write `all`".to_owned() } else { format!("there are: {}", known.join(", ")) };
    let hint = suggestion(did_you_mean(name, known.iter().copied()), &otherwise);
    Some(Dangling { code: &UNKNOWN_SELECTION, message: format!("`{key}` selects `{name}`, which {} does not have", framework.name), hint })
}

fn requirement(programme: &Programme, key: &str, framework_id: &str, id: &str) -> Option<Dangling> {
    let Some(framework) = programme.frameworks.get(&FrameworkId::from(framework_id)) else {
        return self::framework(programme, key, framework_id);
    };
    if let Some(line) = framework.requirements.get(&RequirementId::from(id)) {
        return no_requirement(framework, line, key);
    }
    let near = did_you_mean(id, framework.requirements.keys().map(RequirementId::as_str));
    let hint = suggestion(near, &format!("its ids are those of {}", framework.name));
    let message = format!("`{key}` claims `{id}`, and {} has no {} of that id", framework.name, framework.word);
    Some(Dangling { code: &UNKNOWN_REQUIREMENT, message, hint })
}

/// What is said of a line that is known and yet nothing to be met.
fn no_requirement(framework: &Framework, line: &Requirement, key: &str) -> Option<Dangling> {
    if line.withdrawn {
        let successors: Vec<&str> = line.replaced_by.iter().map(RequirementId::as_str).collect();
        let hint =
            if successors.is_empty() { "take it out".to_owned() } else { format!("its place was taken by {}", successors.join(", ")) };
        let message = format!("`{key}` claims `{}`, which was withdrawn from {}", line.id, framework.name);
        return Some(Dangling { code: &REQUIREMENT_WITHDRAWN, message, hint });
    }
    (line.kind == LineKind::Heading).then(|| {
        let below = framework.requirements.values().filter(|below| below.parent.as_ref() == Some(&line.id)).map(|below| below.id.as_str());
        let below: Vec<&str> = below.take(4).collect();
        let message = format!("`{key}` claims `{}`, a heading of {}: the lines below it stay uncovered", line.id, framework.name);
        Dangling { code: &REQUIREMENT_HEADING, message, hint: format!("name the lines that are answered, such as {}", below.join(", ")) }
    })
}

fn artifact(programme: &Programme, path: &RepoPath, written: &str) -> Dangling {
    let name = path.file_name();
    let elsewhere = programme.files.keys().find(|known| known.file_name() == name && known.is_under("content/evidence"));
    let hint = match elsewhere {
        Some(found) => format!("a file of that name stands at {found}; paths are relative to the manifest's folder"),
        None if written.contains('\\') => "write `/` between folders".to_owned(),
        None => "commit the file, or name where it is".to_owned(),
    };
    Dangling { code: &ARTIFACT_MISSING, message: format!("the artifact `{written}` is not there"), hint }
}
