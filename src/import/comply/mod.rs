//! strongdm/comply: narratives, policies and procedures with a header that no fence opens, and standards.
//!
//! Read as the tool reads it, but more carefully: a header ends at the first line that is `---`. Nothing of `comply.yml`
//! is taken but what it calls the organization, and that only to be said: the file holds tokens.

mod header;
mod settings;
mod standards;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Imported, Importer, Names, Source, cron,
    dates::free_date,
    documents::{Desk, Found, Held, is_name, stem},
    file_slug,
};
use crate::{
    id::RepoPath,
    load::{
        raw::{CadenceText, Control, ControlKind, ControlStatus, Document, MappingText, Name},
        yaml,
    },
    model::DocumentKind,
};
use header::{Header, Revision, header};
use standards::Standards;

pub(super) const COMPLY: Importer = Importer {
    name: "comply",
    about: "strongdm/comply: narratives, policies, procedures and standards",
    looks_for: "comply.yml, or Markdown files in narratives/, policies/ or procedures/ that begin with a header up to a line `---`",
    recognise,
    run,
};

/// The folders of documents: name, what a document in it becomes.
const FOLDERS: [(&str, DocumentKind); 3] =
    [("narratives", DocumentKind::System), ("policies", DocumentKind::Policy), ("procedures", DocumentKind::Procedure)];

fn recognise(source: &Source<'_>) -> bool {
    let has_header = |path: &RepoPath| {
        let first =
            |text: String| text.trim_start().lines().next().is_some_and(|line| line.starts_with("name:") || line.starts_with("id:"));
        source.text(path).is_ok_and(|text| first(text.text))
    };
    source.has("comply.yml")
        || FOLDERS.iter().any(|(folder, _)| {
            source.directly_in(folder).filter(|path| path.extension() == "md" && !is_readme(path)).take(3).any(has_header)
        })
}

fn is_readme(path: &RepoPath) -> bool {
    path.file_name().to_ascii_uppercase().starts_with("README")
}

fn run(source: &Source<'_>) -> anyhow::Result<Imported> {
    let mut imported = Imported::default();
    for kind in ["narratives", "policies", "procedures", "schedules", "standards", "requirements", "claims"] {
        imported.expect(kind);
    }
    settings::say(source, &mut imported);
    let standards = Standards::read(source, &mut imported);
    let mut work = Work {
        source,
        standards: &standards,
        desk: Desk::new(source),
        controls: Names::taken(source.programme.controls.keys().map(|id| id.to_string())),
        templates: Vec::new(),
        claimed: BTreeSet::new(),
        missing: BTreeMap::new(),
    };
    for (folder, kind) in FOLDERS {
        let paths: Vec<&RepoPath> = source.below(folder).collect();
        for path in paths {
            if path.parent() != folder || path.extension() != "md" {
                let why = source.bytes(path, 0).err().filter(|_| !source.has(path.as_str()));
                let why = why.unwrap_or_else(|| format!("comply reads only Markdown files (`.md`) that lie directly in {folder}/"));
                imported.leave("other files", path.as_str(), why);
            } else if is_readme(path) {
                source.touch(path);
                imported.leave("readmes", path.as_str(), "comply skips files whose name begins with README");
            } else {
                work.document(path, folder, kind, &mut imported);
            }
        }
    }
    let Work { desk, templates, claimed, missing, .. } = work;
    desk.place("comply", &mut imported);
    say_templates(&templates, &mut imported);
    say_missing(&standards, missing, &mut imported);
    standards.say_claims(&claimed, &mut imported);
    standards.write(&mut imported);
    Ok(imported)
}

/// Claims of ids that do not exist, and of standards of which it cannot be told.
fn say_missing(standards: &Standards, missing: BTreeMap<(String, String), usize>, imported: &mut Imported) {
    let mut untold: BTreeMap<String, usize> = BTreeMap::new();
    for ((standard, id), count) in missing {
        if standards.knows(&standard) {
            let documents = if count == 1 { "document claims" } else { "documents claim" };
            imported.note(format!("{count} {documents} {standard} {id}, which does not exist"));
        } else {
            *untold.entry(standard).or_default() += count;
        }
    }
    for (standard, count) in untold {
        let claims = if count == 1 { "claim names" } else { "claims name" };
        imported.note(format!(
            "{count} {claims} the standard `{standard}`, of which no file is here; import again with --framework KEY, such as soc2, where it is a catalogue that is here"
        ));
    }
}

fn say_templates(templates: &[String], imported: &mut Imported) {
    if !templates.is_empty() {
        let (are, their) = if templates.len() == 1 { ("document holds", "it was") } else { ("documents hold", "they were") };
        imported.note(format!(
            "{} {are} Go templates (`{{{{.Name}}}}`); {their} left as {}: {}",
            templates.len(),
            if templates.len() == 1 { "it is" } else { "they are" },
            templates.join(", ")
        ));
    }
}

/// What is at work while documents are read.
struct Work<'s, 'a> {
    source: &'s Source<'a>,
    standards: &'s Standards,
    desk: Desk<'s, 'a>,
    controls: Names,
    /// Documents with Go templates in their text.
    templates: Vec<String>,
    /// Ids that documents claim and that exist, with their standard.
    claimed: BTreeSet<(String, String)>,
    /// Ids that documents claim and that are not found, with how many documents do.
    missing: BTreeMap<(String, String), usize>,
}

impl Work<'_, '_> {
    fn document(&mut self, path: &RepoPath, folder: &'static str, kind: DocumentKind, imported: &mut Imported) {
        let read = self.source.text(path).and_then(|text| {
            if let Some(remark) = &text.remark {
                imported.note(format!("{path} {remark}"));
            }
            header(&text.text)
        });
        let header = match read {
            Ok(header) => header,
            Err(why) => return imported.leave(folder, path.as_str(), why),
        };
        for remark in &header.remarks {
            imported.note(format!("{path}: {remark}"));
        }
        let mut holds = Vec::new();
        let satisfies = self.claims(path, &header, &mut holds, imported);
        let remarks = revisions(path, &header, &mut holds, imported);
        if header.body.contains("{{") {
            self.templates.push(path.to_string());
        }
        let wish = header.id.clone().filter(|id| is_name(id)).unwrap_or_else(|| file_slug(stem(path)));
        let title = header.name.clone().unwrap_or_else(|| stem(path).to_owned());
        let record = Document {
            id: Some(Name(wish.clone())),
            title: Some(title.clone()),
            version: (!header.revisions.is_empty()).then(|| Name(header.revisions.len().to_string())),
            satisfies: (!satisfies.is_empty()).then(|| satisfies.clone()),
            ..Document::default()
        };
        let found =
            Found { path: path.clone(), kind, counted: folder, record, unfenced: header.unfenced, body: header.body, remarks, holds };
        let id = self.desk.add(found, imported);
        match (id, &header.cron) {
            (Some(document), Some(schedule)) => self.schedule(Procedure { path, wish, title, document, satisfies }, schedule, imported),
            (None, Some(schedule)) => imported.leave("schedules", format!("{path} (`{schedule}`)"), "its document was left"),
            (_, None) => {}
        }
    }

    /// The requirements that a document claims and that exist, by framework.
    fn claims(&mut self, path: &RepoPath, header: &Header, holds: &mut Vec<Held>, imported: &mut Imported) -> MappingText {
        let mut mapping: BTreeMap<String, Vec<Name>> = BTreeMap::new();
        for (standard, id) in &header.satisfies {
            match self.standards.resolve(standard, id) {
                Ok(framework) => {
                    holds.push(("claims", format!("{path} claims {standard} {id}")));
                    self.claimed.insert((standard.clone(), id.clone()));
                    let ids = mapping.entry(framework.to_owned()).or_default();
                    if !ids.iter().any(|known| known.0 == *id) {
                        ids.push(Name(id.clone()));
                    }
                }
                Err(why) => {
                    *self.missing.entry((standard.clone(), id.clone())).or_default() += 1;
                    imported.leave("claims", format!("{path} claims {standard} {id}"), why);
                }
            }
        }
        mapping
    }

    /// A procedure with a schedule becomes a control that it is the procedure of.
    fn schedule(&mut self, procedure: Procedure<'_>, schedule: &str, imported: &mut Imported) {
        let Procedure { path, wish, title, document, satisfies } = procedure;
        let frequency = match cron::cadence(schedule) {
            Ok(frequency) => frequency,
            Err(why) => return imported.leave("schedules", format!("{path} (`{schedule}`)"), why),
        };
        let id = self.controls.give(&wish);
        let control = Control {
            id: Some(Name(id.clone())),
            title: Some(title),
            status: Some(ControlStatus::Drafted),
            kind: Some(ControlKind::Manual),
            frequency: Some(CadenceText(frequency.to_owned())),
            satisfies: (!satisfies.is_empty()).then_some(satisfies),
            policies: Some(vec![Name(document)]),
            description: Some(format!("Imported from the schedule `{schedule}` of `{path}`.\n")),
            ..Control::default()
        };
        imported.write(format!("controls/{}.yaml", file_slug(&id)), yaml(&control), vec![("schedules", path.to_string())]);
    }
}

/// A procedure whose document has its id.
struct Procedure<'p> {
    path: &'p RepoPath,
    /// The id its control would have.
    wish: String,
    title: String,
    /// The document's id.
    document: String,
    satisfies: MappingText,
}

/// What the revisions say, for a comment: our keys hold no day on which somebody wrote something.
fn revisions(path: &RepoPath, header: &Header, holds: &mut Vec<Held>, imported: &mut Imported) -> Vec<String> {
    let mut last: Option<(String, &Revision)> = None;
    for revision in &header.revisions {
        match free_date(&revision.date) {
            Ok(date) => {
                holds.push(("revisions", format!("the revision of {path} on {date}")));
                let date = date.to_string();
                if last.as_ref().is_none_or(|(known, _)| *known <= date) {
                    last = Some((date, revision));
                }
            }
            Err(why) => imported.leave("revisions", format!("the date of a revision in {path}"), why),
        }
    }
    let mut remarks = Vec::new();
    if let Some((date, revision)) = last {
        let comment: String = revision.comment.chars().take(200).collect();
        let comment = if comment.is_empty() { comment } else { format!(": {comment}") };
        let count = header.revisions.len();
        let revisions = if count == 1 { "major revision" } else { "major revisions" };
        remarks.push(format!("{path}: {count} {revisions}, the last on {date}{comment}"));
    }
    if let Some(acronym) = &header.acronym {
        remarks.push(format!("acronym {acronym}"));
    }
    remarks
}
