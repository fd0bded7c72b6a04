//! Markdown with `last_reviewed_on` and `review_in` in its front matter, as the GOV.UK tech docs template has it: a review
//! cadence that is ready to be used.

use std::collections::BTreeMap;

use super::{
    Imported, Importer, Source, counted,
    dates::{free_date, free_span},
    documents::{Desk, Found, Held, stem},
    file_slug,
    node::{is_map, other_keys, text},
};
use crate::{
    id::RepoPath,
    load::{
        Front, Limits, Node, foreign_yaml, front,
        raw::{CadenceText, DateText, Document, Name},
    },
    model::DocumentKind,
};

pub(super) const FRONT_MATTER: Importer = Importer {
    name: "front-matter",
    about: "Markdown whose front matter has last_reviewed_on and review_in (GOV.UK tech docs)",
    looks_for: "Markdown files whose front matter has `last_reviewed_on` or `review_in`",
    recognise,
    run,
};

const DOCUMENTS: &str = "documents";
/// The keys that are taken, or said in a comment.
const KEYS: [&str; 4] = ["title", "last_reviewed_on", "review_in", "owner_slack"];
/// After this many files without such front matter a folder is taken for another format.
const MOST_TRIED: usize = 2_000;

fn recognise(source: &Source<'_>) -> bool {
    let reviewed =
        |path: &RepoPath| source.text(path).is_ok_and(|text| text.text.lines().take(60).any(|line| is_review_key(line.trim_start())));
    source.paths().filter(|path| is_markdown(path)).take(MOST_TRIED).any(reviewed)
}

fn is_review_key(line: &str) -> bool {
    line.starts_with("last_reviewed_on:") || line.starts_with("review_in:")
}

/// `.md`, `.markdown`, and what is made into them (`.html.md.erb`).
fn is_markdown(path: &RepoPath) -> bool {
    let name = path.file_name().to_lowercase();
    [".md", ".markdown", ".md.erb"].iter().any(|ending| name.ends_with(ending))
}

fn run(source: &Source<'_>) -> anyhow::Result<Imported> {
    let mut imported = Imported::default();
    imported.expect(DOCUMENTS);
    let mut work = Work { desk: Desk::new(source), procedures: 0, policies: 0, templates: Vec::new(), slack: 0, others: BTreeMap::new() };
    let ours = |path: &RepoPath| {
        let Some(place) = source.in_repository(path) else { return false };
        source.programme.documents.values().any(|document| !document.adopted && document.text.path == place)
    };
    let paths: Vec<&RepoPath> = source.paths().filter(|path| is_markdown(path) && !ours(path)).collect();
    for path in paths {
        work.document(source, path, &mut imported);
    }
    let Work { desk, procedures, policies, templates, slack, others } = work;
    desk.place("front-matter", &mut imported);
    if policies + procedures > 0 {
        imported.note(format!(
            "{policies} came in as policies and {procedures} as procedures, whose path speaks of procedures, runbooks or playbooks; \
             move an entry to the other list where that is wrong"
        ));
    }
    if slack > 0 {
        imported.note(format!("`owner_slack` of {slack} stands in a comment: an owner is a person or a team of content/people.yaml"));
    }
    if !others.is_empty() {
        let keys: Vec<String> = others.iter().map(|(key, count)| format!("`{key}` ({count})")).collect();
        imported.note(format!(
            "{} of front matter {} not taken: {}",
            counted(others.len(), "key", "keys"),
            if others.len() == 1 { "was" } else { "were" },
            keys.join(", ")
        ));
    }
    if !templates.is_empty() {
        imported.note(format!("{} hold ERB templates (`<%`), which are left as they are: {}", templates.len(), templates.join(", ")));
    }
    Ok(imported)
}

struct Work<'s, 'a> {
    desk: Desk<'s, 'a>,
    procedures: usize,
    policies: usize,
    templates: Vec<String>,
    slack: usize,
    /// Keys of front matter that have no place here, with how many documents have them.
    others: BTreeMap<String, usize>,
}

impl Work<'_, '_> {
    fn document(&mut self, source: &Source<'_>, path: &RepoPath, imported: &mut Imported) {
        let read = source.text(path).and_then(|text| {
            if let Some(remark) = &text.remark {
                imported.note(format!("{path} {remark}"));
            }
            parts(&text.text)
        });
        let (keys, repeats, body) = match read {
            Ok(read) => read,
            Err(why) => return imported.leave(DOCUMENTS, path.as_str(), why),
        };
        if keys.get("last_reviewed_on").is_none() && keys.get("review_in").is_none() {
            return imported.leave(DOCUMENTS, path.as_str(), "its front matter has neither last_reviewed_on nor review_in");
        }
        let kind = kind(path);
        let mut holds = Vec::new();
        let record = Document {
            id: Some(Name(file_slug(name(path)))),
            title: Some(title(&keys, &body, path)),
            reviewed_on: reviewed_on(source, &keys, path, &mut holds, imported),
            review_every: review_every(&keys, path, &mut holds, imported),
            ..Document::default()
        };
        let slack = text(&keys, "owner_slack").map(|slack| format!("{path}: owner_slack {slack}"));
        let holds_templates = body.contains("<%");
        let found = Found {
            path: path.clone(),
            kind,
            counted: DOCUMENTS,
            record,
            unfenced: false,
            body,
            remarks: slack.iter().cloned().collect(),
            holds,
        };
        if self.desk.add(found, imported).is_none() {
            return;
        }
        repeats.iter().for_each(|repeat| imported.note(format!("{path}: {repeat}")));
        self.slack += usize::from(slack.is_some());
        for key in other_keys(&keys, &KEYS) {
            *self.others.entry(key.chars().take(60).collect()).or_default() += 1;
        }
        match kind {
            DocumentKind::Procedure => self.procedures += 1,
            _ => self.policies += 1,
        }
        if holds_templates {
            self.templates.push(path.to_string());
        }
    }
}

/// The keys of the front matter, what stands in it twice, and the text below.
fn parts(whole: &str) -> Result<(Node, Vec<String>, String), String> {
    match front(whole) {
        Front::Missing => Err("it has no front matter".to_owned()),
        Front::Unclosed(_) => Err("its front matter is never closed by a line `---`".to_owned()),
        Front::Found { yaml, body } => {
            let read = foreign_yaml(whole, yaml, Limits::RECORDS).map_err(|why| format!("its front matter is not used: {why}"))?;
            let root = read.root.ok_or("its front matter is empty")?;
            if !is_map(&root) {
                return Err(format!("its front matter is {}, not keys with values", root.kind_word()));
            }
            Ok((root, read.repeats, whole[body].to_owned()))
        }
    }
}

/// The name a path gives: that of its folder for an index.
fn name(path: &RepoPath) -> &str {
    let first = stem(path).split('.').next().unwrap_or_default();
    let parent = path.parent().rsplit('/').next().unwrap_or_default();
    if first == "index" && !parent.is_empty() { parent } else { first }
}

fn kind(path: &RepoPath) -> DocumentKind {
    let path = path.as_str().to_lowercase();
    let speaks = ["procedure", "runbook", "playbook"].iter().any(|word| path.contains(word));
    if speaks { DocumentKind::Procedure } else { DocumentKind::Policy }
}

/// The stated title, else the first heading, else the name of the file.
fn title(keys: &Node, body: &str, path: &RepoPath) -> String {
    let heading = || body.lines().find_map(|line| line.strip_prefix("# ")).map(str::trim).filter(|heading| !heading.is_empty());
    text(keys, "title").or_else(heading).unwrap_or_else(|| name(path)).to_owned()
}

fn reviewed_on(source: &Source<'_>, keys: &Node, path: &RepoPath, holds: &mut Vec<Held>, imported: &mut Imported) -> Option<DateText> {
    const COUNTED: &str = "review dates";
    let written = text(keys, "last_reviewed_on")?;
    match free_date(written) {
        Ok(date) if date > source.today => {
            imported.leave(COUNTED, path.as_str(), format!("{date} is yet to come, and nobody reviewed anything on it"));
            None
        }
        Ok(date) => {
            holds.push((COUNTED, path.to_string()));
            Some(DateText(date.to_string()))
        }
        Err(why) => {
            imported.leave(COUNTED, path.as_str(), why);
            None
        }
    }
}

fn review_every(keys: &Node, path: &RepoPath, holds: &mut Vec<Held>, imported: &mut Imported) -> Option<CadenceText> {
    const COUNTED: &str = "review intervals";
    let written = text(keys, "review_in")?;
    match free_span(written) {
        Ok(span) => {
            holds.push((COUNTED, path.to_string()));
            Some(CadenceText(span))
        }
        Err(why) => {
            imported.leave(COUNTED, path.as_str(), why);
            None
        }
    }
}
