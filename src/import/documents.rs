//! Documents of another format: adopted where they are, moved, or copied, each with what is known of it.

use std::collections::BTreeMap;

use super::{Imported, Names, Source, file_slug};
use crate::{
    id::RepoPath,
    load::{
        raw::{Document, DocumentStatus, Header, Name},
        yaml,
    },
    model::DocumentKind,
};

/// A document that was read.
pub(super) struct Found {
    /// Where it lies in the folder.
    pub path: RepoPath,
    /// What it becomes.
    pub kind: DocumentKind,
    /// Under which kind it is counted.
    pub counted: &'static str,
    /// What is known of it; the id is a wish. Path, header and status are set here.
    pub record: Document,
    /// Whether its text begins with a header that no fence opens.
    pub unfenced: bool,
    /// Its text without its header, byte for byte.
    pub body: String,
    /// What has no key of ours, as lines of a comment.
    pub remarks: Vec<String>,
    /// What it holds besides itself, kind and name: taken or left with it.
    pub holds: Vec<Held>,
}

/// A thing that a file holds: its kind and its name.
pub(super) type Held = (&'static str, String);

/// The ids that documents get: wished for, then given once each. Documents that the programme has already are left.
pub(super) struct Desk<'s, 'a> {
    source: &'s Source<'a>,
    ids: Names,
    found: Vec<Found>,
}

impl<'s, 'a> Desk<'s, 'a> {
    /// A desk with nothing on it.
    pub fn new(source: &'s Source<'a>) -> Self {
        let ids = Names::taken(source.programme.documents.keys().map(|id| id.to_string()));
        Self { source, ids, found: Vec::new() }
    }

    /// Takes a document in and gives its id; `None` when it is left.
    pub fn add(&mut self, mut found: Found, imported: &mut Imported) -> Option<String> {
        let wish = found.record.id.take().map(|id| id.0).filter(|id| is_name(id));
        let wish = wish.unwrap_or_else(|| file_slug(stem(&found.path)));
        if let Some(why) = self.there_already(&found, &wish) {
            imported.leave(found.counted, found.path.as_str(), why);
            found.holds.into_iter().for_each(|(kind, name)| imported.leave(kind, name, "its document was left"));
            return None;
        }
        let id =
            if self.ids.has(&wish) { self.ids.give(&format!("{wish}-{}", file_slug(found.kind.word()))) } else { self.ids.give(&wish) };
        if id != wish {
            imported.note(format!("`{wish}` is the id of another document, so {} is `{id}`", found.path));
        }
        found.record.id = Some(Name(id.clone()));
        found.record.status = Some(DocumentStatus::Draft);
        self.found.push(found);
        Some(id)
    }

    fn there_already(&self, found: &Found, wish: &str) -> Option<String> {
        let documents = &self.source.programme.documents;
        match self.source.in_repository(&found.path) {
            Some(path) => {
                let known = documents.values().find(|document| document.text.path == path);
                known.map(|document| format!("the programme has it already, as `{}`", document.id))
            }
            None => documents.contains_key(&wish.into()).then(|| {
                format!("the programme has a document `{wish}` already; where it is another one, rename the file and import again")
            }),
        }
    }

    /// Plans the files: lists that adopt, or documents with front matter of ours. `name` is the format's.
    pub fn place(self, name: &str, imported: &mut Imported) {
        let held = |found: &mut Found| {
            let mut held = vec![(found.counted, found.path.to_string())];
            held.append(&mut found.holds);
            held
        };
        if self.source.inside.is_none() && !self.found.is_empty() {
            imported.note(
                "the folder lies outside the repository: texts are copied, and their history does not come along; \
                 to keep it, bring the folder into the repository with its commits and import it there",
            );
        }
        let mut lists: BTreeMap<DocumentKind, Vec<Adopted>> = BTreeMap::new();
        for mut found in self.found {
            let held = held(&mut found);
            match self.source.in_repository(&found.path) {
                Some(place) if !self.source.options.move_documents => {
                    found.record.path = Some(place.to_string());
                    found.record.header = found.unfenced.then_some(Header::Unfenced);
                    let text = comment(&found.remarks) + &yaml(&[found.record]);
                    lists.entry(found.kind).or_default().push(Adopted { text, held });
                }
                from => with_front_matter(found, held, from, imported),
            }
        }
        let names = Names::taken(self.source.programme.files.keys().map(|path| path.to_string()));
        for (kind, adopted) in lists {
            let stem = format!("{}/imported-{name}", home(kind));
            let free = std::iter::once(format!("{stem}.yaml")).chain((2..).map(|number| format!("{stem}-{number}.yaml")));
            let path = free.into_iter().find(|path| !names.has(path)).unwrap_or(stem);
            let head = "# Documents that stay where they are; their history counts. The keys are those of front matter.\n";
            let text = adopted.iter().fold(head.to_owned(), |text, entry| text + &entry.text);
            imported.write(path, text, adopted.into_iter().flat_map(|entry| entry.held).collect());
        }
    }
}

/// An entry of a list that adopts.
struct Adopted {
    text: String,
    held: Vec<Held>,
}

/// A document as a file of its own: the body stays as it is, byte for byte, so that a move is seen as one.
fn with_front_matter(found: Found, held: Vec<Held>, from: Option<RepoPath>, imported: &mut Imported) {
    let Found { kind, record, body, remarks, .. } = found;
    let id = record.id.as_ref().map(|id| file_slug(&id.0)).unwrap_or_default();
    let to = format!("{}/{id}.md", home(kind));
    let text = format!("---\n{}{}---\n{body}", comment(&remarks), yaml(&record));
    match from {
        Some(from) if from.as_str() == to => {
            let why = "it lies where it would be moved to, with a header that is not ours";
            held.into_iter().for_each(|(kind, name)| imported.leave(kind, name, why));
        }
        Some(from) => imported.shift(from, to, text, held),
        None => imported.write(to, text, held),
    }
}

/// The folder of a kind.
pub(super) fn home(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Policy => "content/policies",
        DocumentKind::Procedure => "content/procedures",
        DocumentKind::System => "content/system",
    }
}

/// A file's name without its ending.
pub(super) fn stem(path: &RepoPath) -> &str {
    let name = path.file_name();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Whether a text can be an id as it stands.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && text.chars().count() <= 200 && !text.chars().any(char::is_control)
}

/// Lines of a YAML comment; what could end a line is a space in them.
pub(super) fn comment(remarks: &[String]) -> String {
    let line = |remark: &String| {
        let plain: String =
            remark.chars().map(|c| if c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect();
        format!("# {}\n", plain.trim())
    };
    remarks.iter().map(line).collect()
}
