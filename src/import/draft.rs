//! A control as it comes in from another format: drafted, without an owner, with the source's words in its description.

use std::collections::{BTreeMap, BTreeSet};

use super::{Imported, Names, file_slug, plan::plan};
use crate::{
    id::ControlId,
    load::{
        raw::{self, Name},
        yaml,
    },
    model::Programme,
};

/// A control to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The lines it serves: framework to ids. Only lines that are known stand here.
    pub satisfies: BTreeMap<String, BTreeSet<String>>,
    /// Markdown.
    pub description: String,
}

impl Draft {
    /// The text of the control's file.
    pub fn yaml(self) -> String {
        let named = |ids: BTreeSet<String>| ids.into_iter().map(Name).collect();
        let satisfies: raw::MappingText = self.satisfies.into_iter().map(|(framework, ids)| (framework, named(ids))).collect();
        yaml(&raw::Control {
            id: Some(Name(self.id)),
            title: Some(self.title),
            status: Some(raw::ControlStatus::Drafted),
            satisfies: (!satisfies.is_empty()).then_some(satisfies),
            description: Some(self.description).filter(|text| !text.is_empty()),
            ..raw::Control::default()
        })
    }
}

/// Plans the file of a drafted control, unless the programme has a control of that id elsewhere. `folder` names the folder.
pub(super) fn plan_control(
    imported: &mut Imported,
    programme: &Programme,
    paths: &mut Names,
    folder: &str,
    draft: Draft,
    holds: Vec<(&'static str, String)>,
) {
    let path = format!("controls/{}/{}", file_slug(folder), file_slug(&draft.id));
    let path = format!("{}.yaml", paths.give(&path));
    let there = programme.controls.get(&ControlId::from(draft.id.as_str())).filter(|control| control.origin.path.as_str() != path);
    match there {
        Some(control) => {
            let why = format!("the control `{}` is there already, in {}", draft.id, control.origin.path);
            holds.into_iter().for_each(|(kind, what)| imported.leave(kind, what, why.clone()));
        }
        None => plan(imported, path, draft.yaml(), holds),
    }
}

/// A text as a part of an id: letters, digits, `-`, `_` and `.`; `AC-2(1)` becomes `AC-2.1`.
pub(super) fn id_part(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut part = String::new();
    for c in text.trim().chars() {
        match c {
            c if c.is_alphanumeric() || c == '_' || c == '.' => part.push(c),
            '(' => {
                part.truncate(part.trim_end_matches('-').len());
                part.push('.');
            }
            ')' => {}
            _ if !part.ends_with('-') && !part.is_empty() => part.push('-'),
            _ => {}
        }
    }
    let short: String = part.chars().take(LONGEST).collect();
    short.trim_matches(['-', '.']).to_owned()
}

/// A text as far as it may be repeated in many records.
pub(super) fn short(text: &str) -> String {
    const LONGEST: usize = 2_000;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{} ... (shortened)", &text[..at]),
        None => text.to_owned(),
    }
}

/// The paragraphs of a description: those with something in them, a blank line between, line ends and trailing blanks tidied.
pub(super) fn paragraphs<'p>(texts: impl IntoIterator<Item = &'p str>) -> String {
    let mut all = String::new();
    for text in texts {
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        let text = lines.join("\n");
        let text = text.trim_matches('\n');
        if text.trim().is_empty() {
            continue;
        }
        if !all.is_empty() {
            all.push('\n');
        }
        all.push_str(text);
        all.push('\n');
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_ids_are_safe_and_readable() {
        assert_eq!(id_part("AC-2 (1)"), "AC-2.1");
        assert_eq!(id_part("AU_policy"), "AU_policy");
        assert_eq!(id_part(" ../Login & Audit: Service/ "), "Login-Audit-Service");
        assert_eq!(id_part("164.312(a)(1)"), "164.312.a.1");
        assert!(id_part("???").is_empty());
    }

    #[test]
    fn a_draft_is_written_without_what_it_lacks() {
        let draft = Draft { id: "A-1".to_owned(), title: "Title".to_owned(), ..Draft::default() };
        assert_eq!(draft.yaml(), "id: A-1\ntitle: Title\nstatus: drafted\n");
        assert_eq!(paragraphs(["a  \r\nb\n", " ", "c"]), "a\nb\n\nc\n");
    }
}
