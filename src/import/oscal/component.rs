//! OSCAL component definitions: how components meet requirements, as drafted controls.
//!
//! One control an implemented requirement, except that requirements of one component which say the same words share one:
//! what is done once is one control that serves several lines.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    catalog::line_of_part,
    documents::{Document, referenced, telling},
    ours::OSCAL_NAMESPACE,
    profile::href_words,
};
use crate::import::{
    catalogue::title_line,
    counts,
    draft::{Draft, id_part, paragraphs, short},
    json::Looker,
    known::Known,
    lines::framework_key,
};

/// The property that says how far a requirement or one of its statements is met.
const STATUS: &str = "implementation-status";

/// What came of one component definition.
#[derive(Debug, Default)]
pub(super) struct Components {
    /// Drafts, each with the folder for its file and the requirements it stands for.
    pub drafts: Vec<(String, Draft, Vec<String>)>,
    /// Claims that are not taken: what, why.
    pub left_claims: Vec<(String, String)>,
    /// Implemented requirements that are not taken: what, why.
    pub left: Vec<(String, String)>,
    /// Components that implement nothing.
    pub idle: Vec<String>,
    /// Sentences about what was taken for what.
    pub notes: BTreeSet<String>,
    /// What has no place in a control.
    unsaid: Unsaid,
}

/// How much is said of components and requirements that no control here says.
#[derive(Debug, Default)]
struct Unsaid {
    properties: usize,
    roles: usize,
    parameters: usize,
}

/// An implemented requirement, read.
struct Requirement {
    control: String,
    body: String,
    shares: bool,
}

/// The frameworks that requirements may belong to.
pub(super) struct Frameworks<'a> {
    /// All documents of the import.
    pub documents: &'a [Document],
    /// The key of each document that is a catalogue, or a profile of one.
    pub keys: &'a BTreeMap<usize, String>,
    /// All frameworks.
    pub known: &'a Known,
    /// The key that the command line gives.
    pub given: Option<&'a str>,
}

impl Frameworks<'_> {
    /// The framework of the document that a reference names.
    pub fn named(&self, from: &Document, href: &str) -> Option<String> {
        referenced(self.documents, from, href).and_then(|at| self.keys.get(&at)).cloned()
    }

    /// The framework of ids: the one of the document that is referred to, the one the command line names, the one that the
    /// reference is spelt like, or the one that knows the ids.
    pub fn of(&self, from: &Document, href: Option<&str>, ids: &[&str]) -> Option<String> {
        let named = href.and_then(|href| self.named(from, href));
        let given = || self.given.filter(|key| self.known.has(key)).map(str::to_owned);
        let alike = || candidates(from, href?).into_iter().find(|key| self.known.has(key));
        named.or_else(given).or_else(alike).or_else(|| self.known.owner_of(ids).map(str::to_owned))
    }

    /// The line that an OSCAL id, or the id of a part, claims.
    pub fn claim(&self, key: &str, id: &str) -> Result<String, String> {
        let line = line_of_part(id, |id| self.known.line(key, id)).unwrap_or(id);
        self.known.claim(key, line)
    }
}

/// The keys that a reference may stand for, by what it is called.
pub(super) fn candidates(from: &Document, href: &str) -> Vec<String> {
    from.hrefs(href).iter().map(|href| framework_key(telling(href))).collect()
}

/// Reads a component definition.
pub(super) fn read(document: &Document, frameworks: &Frameworks<'_>, looker: &mut Looker) -> Components {
    let mut components = Components::default();
    for (list, word, name) in [("components", "component", "title"), ("capabilities", "capability", "name")] {
        for component in looker.list(&document.root, list, "the component definition") {
            let title = looker.text(component, name, word).and_then(title_line).unwrap_or_else(|| format!("unnamed {word}"));
            components.component(document, component, &title, frameworks, looker);
        }
    }
    let Unsaid { properties, roles, parameters } = components.unsaid;
    let unsaid = counts(&[
        (properties, "property", "properties"),
        (roles, "responsible role", "responsible roles"),
        (parameters, "parameter of a whole implementation", "parameters of whole implementations"),
    ]);
    components
        .notes
        .extend(unsaid.map(|words| format!("{}: not taken, since a control here has no field for them: {words}", document.path)));
    components
}

impl Unsaid {
    /// Counts what stands at one thing, its status aside.
    fn count(&mut self, value: &Value, looker: &mut Looker) {
        let text = |prop: &Value, key: &str| prop.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let unsaid = |prop: &&Value| text(prop, "name") != STATUS && text(prop, "ns") != OSCAL_NAMESPACE;
        self.properties += looker.list(value, "props", "a component").iter().filter(unsaid).count();
        self.roles += looker.list(value, "responsible-roles", "a component").len();
    }
}

impl Components {
    fn component(&mut self, document: &Document, value: &Value, title: &str, frameworks: &Frameworks<'_>, looker: &mut Looker) {
        let implementations = looker.list(value, "control-implementations", title);
        if implementations.is_empty() {
            self.idle.push(title.to_owned());
        }
        // What is said once of a component stands in each of its controls, so it is kept short.
        let about = looker.text(value, "description", title).map(short).unwrap_or_default();
        let kind = looker.text(value, "type", title).and_then(title_line).unwrap_or_else(|| "component".to_owned());
        self.unsaid.count(value, looker);
        for implementation in implementations {
            self.unsaid.count(implementation, looker);
            self.unsaid.parameters += looker.list(implementation, "set-parameters", title).len();
            let requirements = self.requirements(implementation, title, looker);
            let ids: Vec<&str> = requirements.iter().map(|requirement| requirement.control.as_str()).collect();
            let source = looker.text(implementation, "source", title);
            let framework = frameworks.of(document, source, &ids);
            self.notes.extend(framework.as_ref().map(|key| format!("{}: its control ids are taken as those of {key}", document.path)));
            let source = source.and_then(|source| title_line(&href_words(document, source))).unwrap_or_else(|| "no catalogue".to_owned());
            let origin = Origin { title, kind: &kind, about: &about, source: &source, path: document.path.as_str() };
            for group in together(requirements) {
                self.draft(&origin, group, framework.as_deref(), frameworks);
            }
        }
    }

    fn requirements(&mut self, implementation: &Value, title: &str, looker: &mut Looker) -> Vec<Requirement> {
        let mut requirements = Vec::new();
        for value in looker.list(implementation, "implemented-requirements", title) {
            self.unsaid.count(value, looker);
            for statement in looker.list(value, "statements", title) {
                self.unsaid.count(statement, looker);
            }
            match looker.text(value, "control-id", title) {
                Some(control) => requirements.push(requirement(value, control, looker)),
                None => self.left.push((format!("a requirement of {title}"), "it has no `control-id` that is a text".to_owned())),
            }
        }
        requirements
    }

    fn draft(&mut self, origin: &Origin<'_>, group: Vec<Requirement>, framework: Option<&str>, frameworks: &Frameworks<'_>) {
        let first = &group[0].control;
        let mut satisfies: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut name = None;
        for Requirement { control, .. } in &group {
            let claim = match framework {
                Some(key) => frameworks.claim(key, control).map(|line| (key, line)),
                None => Err("it is not known which framework that id belongs to; --framework KEY names one that is here".to_owned()),
            };
            match claim {
                Ok((key, line)) => {
                    name = name.or_else(|| frameworks.known.title(key, &line).map(str::to_owned));
                    satisfies.entry(key.to_owned()).or_default().insert(line);
                }
                Err(why) => self.left_claims.push((format!("{control} of {}", origin.title), why)),
            }
        }
        let more = if group.len() > 1 { format!(" and {} more", group.len() - 1) } else { String::new() };
        let line = satisfies.values().flatten().next().cloned().unwrap_or_else(|| first.clone());
        let what = group.iter().map(|requirement| format!("{} of {}", requirement.control, origin.title)).collect();
        let ids: Vec<&str> = group.iter().map(|requirement| requirement.control.as_str()).collect();
        let draft = Draft {
            id: format!("{}-{}", id_part(origin.title), id_part(&line)),
            title: format!("{}: {}{more}", origin.title, name.unwrap_or(line)),
            satisfies,
            description: paragraphs([
                format!(
                    "Imported from the OSCAL component definition {}: {} of {} ({}), for {}.",
                    origin.path,
                    ids.join(", "),
                    origin.title,
                    origin.kind,
                    origin.source
                )
                .as_str(),
                &group[0].body,
                &if origin.about.is_empty() { String::new() } else { format!("About the component: {}", origin.about) },
            ]),
        };
        self.drafts.push((origin.title.to_owned(), draft, what));
    }
}

/// Where a requirement stands.
struct Origin<'a> {
    title: &'a str,
    kind: &'a str,
    about: &'a str,
    source: &'a str,
    path: &'a str,
}

/// Requirements that say the same words, in the order of the first of each.
fn together(requirements: Vec<Requirement>) -> Vec<Vec<Requirement>> {
    let mut groups: Vec<Vec<Requirement>> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for requirement in requirements {
        match places.get(&requirement.body).filter(|_| requirement.shares) {
            Some(at) => groups[*at].push(requirement),
            None => {
                if requirement.shares {
                    places.insert(requirement.body.clone(), groups.len());
                }
                groups.push(vec![requirement]);
            }
        }
    }
    groups
}

fn requirement(value: &Value, control: &str, looker: &mut Looker) -> Requirement {
    let description = looker.text(value, "description", control).unwrap_or_default();
    let mut body = vec![description.to_owned()];
    body.extend(status(value, control, looker).map(|words| format!("The source gives its status as {words}.")));
    for statement in looker.list(value, "statements", control) {
        let id = looker.text(statement, "statement-id", control).unwrap_or("a statement");
        // A status of a part may be worse than that of the whole.
        let status = status(statement, control, looker).map(|words| format!("the source gives its status as {words}."));
        let said = looker.text(statement, "description", control);
        let remarks = looker.text(statement, "remarks", control);
        body.extend(said.into_iter().chain(status.as_deref()).chain(remarks).map(|words| format!("{id}: {words}")));
    }
    for parameter in looker.list(value, "set-parameters", control) {
        let id = looker.text(parameter, "param-id", control).unwrap_or("a parameter");
        body.push(format!("Parameter {id}: {}", looker.texts(parameter, "values", control).join(", ")));
    }
    body.extend(looker.text(value, "remarks", control).map(|text| format!("Remarks: {text}")));
    Requirement {
        control: control.to_owned(),
        body: paragraphs(body.iter().map(String::as_str)),
        // Words shared by accident ("none") or missing do not make two things one.
        shares: description.split_whitespace().count() >= 3,
    }
}

/// The stated status, as a code span.
fn status(value: &Value, whose: &str, looker: &mut Looker) -> Option<String> {
    looker.prop(value, STATUS, whose).map(|word| format!("`{}`", word.escape_debug()))
}
