//! Standards: the built-in catalogue where their ids are its ids, else a catalogue of their own.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    id::{FrameworkId, RepoPath, RequirementId},
    import::{
        Imported, Names, Source,
        documents::is_name,
        file_slug,
        node::{entries, is_map, text},
    },
    load::{
        Limits, foreign_yaml,
        raw::{Framework, Group, Name, Requirement},
        yaml,
    },
};

const FOLDER: &str = "standards";
const COUNTED: &str = "standards";
const LINES: &str = "requirements";
const SOC2: &str = "soc2";

/// Id, family and name of a line.
type Line = (String, String, String);

/// One standard.
struct Standard {
    path: String,
    framework: String,
    /// In the order of the file.
    lines: Vec<Line>,
    /// Whether the catalogue is there already.
    known: bool,
}

/// The standards of a folder, by name.
#[derive(Default)]
pub(super) struct Standards {
    by_name: BTreeMap<String, Standard>,
    /// Where claims go whose standard is not there: the framework that the command line names, and its ids.
    fallback: Option<(String, BTreeSet<String>)>,
}

impl Standards {
    /// Reads `standards/*.yml`.
    pub fn read(source: &Source<'_>, imported: &mut Imported) -> Self {
        imported.expect(COUNTED);
        let mut standards = Self::default();
        let mut keys = Names::taken(source.programme.frameworks.keys().map(|key| key.to_string()));
        let paths: Vec<&RepoPath> = source.below(FOLDER).collect();
        for path in paths {
            if path.parent() != FOLDER || path.extension() != "yml" {
                source.touch(path);
                imported.leave("other files", path.as_str(), "comply reads only YAML files (`.yml`) that lie directly in standards/");
                continue;
            }
            match standard(source, path, &mut keys, imported) {
                Ok((name, _)) if standards.by_name.contains_key(&name) => {
                    imported.leave(COUNTED, path.as_str(), format!("another file is the standard `{name}` too"));
                }
                Ok((name, standard)) => {
                    standards.by_name.insert(name, standard);
                }
                Err(why) => imported.leave(COUNTED, path.as_str(), why),
            }
        }
        standards.fallback = source.options.framework.as_ref().and_then(|key| {
            let framework = source.programme.frameworks.get(&FrameworkId::new(key.clone()))?;
            Some((key.clone(), framework.requirements.keys().map(|id| id.to_string()).collect()))
        });
        standards
    }

    /// The framework to which a claimed id belongs; `Err` is why there is none.
    pub fn resolve(&self, standard: &str, id: &str) -> Result<&str, String> {
        match (self.by_name.get(standard), &self.fallback) {
            (Some(known), _) => {
                let has = |id: &str| known.lines.iter().any(|(known, ..)| known == id);
                if has(id) { Ok(&known.framework) } else { Err(no_such_id(&known.path, id, has)) }
            }
            (None, Some((framework, ids))) if ids.contains(id) => Ok(framework),
            (None, Some((framework, ids))) => Err(no_such_id(&format!("the framework {framework}"), id, |id| ids.contains(id))),
            (None, None) => Err(format!(
                "no file in standards/ that could be read has the name `{standard}`; --framework KEY names the catalogue it means"
            )),
        }
    }

    /// Whether it can be told which ids a standard has.
    pub fn knows(&self, standard: &str) -> bool {
        self.by_name.contains_key(standard) || self.fallback.is_some()
    }

    /// Says how much of each standard is claimed.
    pub fn say_claims(&self, claimed: &BTreeSet<(String, String)>, imported: &mut Imported) {
        for (name, standard) in &self.by_name {
            let count = claimed.iter().filter(|(of, _)| of == name).count();
            imported.note(format!(
                "{count} of the {} ids of {name} are claimed by documents; a claim is a mapping, no control and no evidence",
                standard.lines.len()
            ));
        }
    }

    /// Counts the lines, and plans a catalogue for each standard that is none of the programme's.
    pub fn write(&self, imported: &mut Imported) {
        for (name, standard) in &self.by_name {
            if standard.known {
                imported.take(COUNTED);
                (0..standard.lines.len()).for_each(|_| imported.take(LINES));
                imported.note(format!(
                    "the ids of {name} are ids of the catalogue `{0}`: claims became `satisfies: {{{0}: ...}}`",
                    standard.framework
                ));
                continue;
            }
            let mut holds = vec![(COUNTED, standard.path.clone())];
            holds.extend(standard.lines.iter().map(|(id, ..)| (LINES, format!("{name} {id}"))));
            imported.write(format!("frameworks/{}.yaml", file_slug(&standard.framework)), yaml(&catalogue(name, standard)), holds);
            imported.note(format!("{name} became the catalogue `{}`", standard.framework));
        }
    }
}

/// Why an id is not taken. Some write the title behind it.
fn no_such_id(whose: &str, id: &str, has: impl Fn(&str) -> bool) -> String {
    let first = id.split_whitespace().next().unwrap_or_default().trim_end_matches([':', ',', ';']);
    let rest = if first != id && has(first) { format!("; its first word `{first}` is one, so leave out the rest") } else { String::new() };
    format!("{whose} has no such id{rest}")
}

fn standard(source: &Source<'_>, path: &RepoPath, keys: &mut Names, imported: &mut Imported) -> Result<(String, Standard), String> {
    let whole = source.text(path)?.text;
    let read = foreign_yaml(&whole, 0..whole.len(), Limits::RECORDS)?;
    let root = read.root.filter(is_map).ok_or("it holds no keys")?;
    for repeat in read.repeats {
        imported.leave(LINES, format!("{path}, an id that stands twice"), repeat);
    }
    let name = text(&root, "name").ok_or("it has no name, so no document can claim it")?.to_owned();
    let mut lines = Vec::new();
    let mut described = 0;
    for entry in entries(&root).iter().filter(|entry| entry.key != "name") {
        let id = entry.key.trim();
        if !is_name(id) || !is_map(&entry.value) {
            imported.leave(LINES, format!("{path} {}", entry.key), "it is no id with family, name and description");
            continue;
        }
        described += usize::from(text(&entry.value, "description").is_some());
        let of = |key| text(&entry.value, key).unwrap_or_default().to_owned();
        lines.push((id.to_owned(), of("family"), of("name")));
    }
    if lines.is_empty() {
        return Err("it has no ids".to_owned());
    }
    if described > 0 {
        imported.note(format!("{path} describes {described} of its ids; the descriptions were not taken, since a catalogue holds titles and the texts may be the publisher's"));
    }
    let (framework, known) = place(source, path, &name, &mut lines, keys, imported);
    Ok((name, Standard { path: path.to_string(), framework, lines, known }))
}

/// The framework that a standard is, and whether that is there already: what the command line names, else SOC 2 when all
/// its ids are ids of SOC 2, else one of its own. Lines that the named framework does not have are left.
fn place(
    source: &Source<'_>,
    path: &RepoPath,
    name: &str,
    lines: &mut Vec<Line>,
    keys: &mut Names,
    imported: &mut Imported,
) -> (String, bool) {
    let has = |key: &str, id: &str| {
        let framework = source.programme.frameworks.get(&FrameworkId::new(key));
        framework.is_some_and(|framework| framework.requirements.contains_key(&RequirementId::new(id)))
    };
    if let Some(key) = source.options.framework.as_deref().filter(|key| source.programme.frameworks.contains_key(&FrameworkId::new(*key))) {
        lines.retain(|(id, ..)| {
            let there = has(key, id);
            if !there {
                imported.leave(LINES, format!("{path} {id}"), format!("the catalogue {key}, which --framework names, has no such id"));
            }
            there
        });
        return (key.to_owned(), true);
    }
    let shared = lines.iter().filter(|(id, ..)| has(SOC2, id)).count();
    if shared == lines.len() {
        return (SOC2.to_owned(), true);
    }
    if shared * 2 >= lines.len() {
        imported.note(format!(
            "{shared} of the {} ids of {path} are ids of {SOC2} and the others are not, so it became a catalogue of its own; --framework {SOC2} takes it for {SOC2}",
            lines.len()
        ));
    }
    (keys.give(&source.options.framework.clone().unwrap_or_else(|| file_slug(name))), false)
}

fn catalogue(name: &str, standard: &Standard) -> Framework {
    let mut groups: Vec<&str> = Vec::new();
    for (_, family, _) in &standard.lines {
        let family = if family.is_empty() { name } else { family };
        if !groups.contains(&family) {
            groups.push(family);
        }
    }
    let requirement = |(id, family, title): &Line| Requirement {
        id: Some(Name(id.clone())),
        group: Some(Name(if family.is_empty() { name } else { family }.to_owned())),
        title: Some(if title.is_empty() { id } else { title }.clone()),
        ..Requirement::default()
    };
    Framework {
        framework: Some(Name(standard.framework.clone())),
        name: Some(name.to_owned()),
        groups: Some(
            groups.into_iter().map(|id| Group { id: Some(Name(id.to_owned())), title: Some(id.to_owned()), ..Group::default() }).collect(),
        ),
        requirements: Some(standard.lines.iter().map(requirement).collect()),
        ..Framework::default()
    }
}
