//! The files of a folder that are OSCAL: which model each is, and why the others are left.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    id::RepoPath,
    import::{
        Imported, Source,
        json::{Looker, from_yaml, kind_word, parse, parse_yaml},
    },
    load::ForeignText,
};

/// The largest file that is read, in bytes. NIST's largest resolved catalogue has a third of it; as values, a text takes
/// about eight times its size.
const LARGEST: u64 = 32 * 1024 * 1024;
/// How much text is read in all, in bytes.
const LARGEST_TOTAL: u64 = 4 * LARGEST;
/// How many links of one resource are looked at.
const MOST_LINKS: usize = 20;
/// The kind under which files are counted.
pub(super) const FILES: &str = "files";

/// A model that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Model {
    /// Requirements.
    Catalog,
    /// A selection of requirements.
    Profile,
    /// How components meet requirements.
    ComponentDefinition,
    /// What an assessor found.
    AssessmentResults,
    /// How requirements of two catalogues relate.
    MappingCollection,
}

const MODELS: [(&str, Model); 5] = [
    ("catalog", Model::Catalog),
    ("profile", Model::Profile),
    ("component-definition", Model::ComponentDefinition),
    ("assessment-results", Model::AssessmentResults),
    ("mapping-collection", Model::MappingCollection),
];

/// Models that have no place in a programme of ours, with their names.
const OTHERS: [(&str, &str); 3] = [
    ("system-security-plan", "a system security plan"),
    ("assessment-plan", "an assessment plan"),
    ("plan-of-action-and-milestones", "a plan of action and milestones"),
];

/// An OSCAL document.
#[derive(Debug)]
pub(super) struct Document {
    /// Its file.
    pub path: RepoPath,
    /// What it is.
    pub model: Model,
    /// What stands under its wrapper.
    pub root: Value,
    /// The resources of its back matter.
    resources: BTreeMap<String, Vec<String>>,
}

impl Document {
    /// Its title, or else its file's name.
    pub fn title(&self) -> String {
        let title = self.root.get("metadata").and_then(|metadata| metadata.get("title")).and_then(Value::as_str).map(str::trim);
        // NIST writes before the title what the file is.
        let plain = |title: &'_ str| -> String {
            let rest = ["Electronic (OSCAL) Version of ", "Electronic Version of "].iter().find_map(|words| title.strip_prefix(words));
            rest.unwrap_or(title).to_owned()
        };
        title.filter(|title| !title.is_empty()).map_or_else(|| self.stem().to_owned(), plain)
    }

    /// The name of its file without the ending.
    pub fn stem(&self) -> &str {
        let name = self.path.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The name of the party that published what is in it, or else the document, or else created that.
    pub fn publisher(&self) -> Option<String> {
        let metadata = self.root.get("metadata")?;
        let list = |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let named = ["framework-publisher", "publisher", "creator"].iter().find_map(|role| {
            let responsible = list(metadata, "responsible-parties");
            let party = responsible.iter().find(|party| party.get("role-id").and_then(Value::as_str) == Some(role))?;
            let uuid = party.get("party-uuids")?.get(0)?.as_str()?.to_owned();
            let parties = list(metadata, "parties");
            let party = parties.iter().find(|party| party.get("uuid").and_then(Value::as_str) == Some(&uuid))?;
            party.get("name")?.as_str().map(|name| name.trim().to_owned())
        })?;
        (!named.is_empty()).then_some(named)
    }

    /// What a reference of this document stands for: itself, or the links and title of the resource that `#uuid` names.
    pub fn hrefs(&self, href: &str) -> Vec<String> {
        let Some(uuid) = href.strip_prefix('#') else { return vec![href.to_owned()] };
        let links = self.resources.get(uuid).into_iter().flatten().cloned();
        links.chain([uuid.to_owned()]).collect()
    }
}

/// The resources of a document's back matter: uuid to its links and its title.
fn resources(root: &Value) -> BTreeMap<String, Vec<String>> {
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let resources = root.get("back-matter").and_then(|back| back.get("resources")).and_then(Value::as_array);
    let mut all = BTreeMap::new();
    for resource in resources.into_iter().flatten() {
        let Some(uuid) = text(resource, "uuid") else { continue };
        let links = resource.get("rlinks").and_then(Value::as_array).into_iter().flatten().filter_map(|link| text(link, "href"));
        all.insert(uuid, links.chain(text(resource, "title")).take(MOST_LINKS).collect());
    }
    all
}

/// Finds the document that a reference names, by uuid or by the end of its path. Of two that fit alike, neither is meant.
pub(super) fn referenced(documents: &[Document], from: &Document, href: &str) -> Option<usize> {
    let hrefs = from.hrefs(href);
    let by_uuid = |document: &Document| {
        let uuid = document.root.get("uuid").and_then(Value::as_str);
        hrefs.iter().any(|href| Some(href.as_str()) == uuid)
    };
    if let Some(at) = documents.iter().position(by_uuid) {
        return Some(at);
    }
    let fit = |document: &Document| hrefs.iter().map(|href| path_fit(href, document.path.as_str())).max().unwrap_or(0);
    let fits: Vec<usize> = documents.iter().map(fit).collect();
    let best = fits.iter().copied().max().filter(|best| *best > 0)?;
    let mut fitting = (0..documents.len()).filter(|at| fits[*at] == best);
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

/// How many parts a reference and a path have in common, from the end. Some tools name every file alike (`catalog.json`):
/// then the folder must fit as well, where the reference names one.
fn path_fit(href: &str, path: &str) -> usize {
    const ALIKE: [&str; 3] = ["catalog", "profile", "resolved-profile_catalog"];
    let href = href.split(['?', '#']).next().unwrap_or(href);
    let parts: Vec<&str> = href.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
    let mut pairs = parts.iter().rev().copied().zip(path.rsplit('/'));
    if pairs.next().is_none_or(|(name, own)| stem(name) != stem(own)) {
        return 0;
    }
    let fit = 1 + pairs.take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    let alike = parts.last().is_some_and(|name| ALIKE.contains(&stem(name).as_str()));
    if alike && parts.len() > 1 && fit == 1 { 0 } else { fit }
}

/// A file's name without what differs between the forms in which one document is published: JSON, XML, YAML, minified.
fn stem(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let stem = [".json", ".xml", ".yaml", ".yml"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
    stem.strip_suffix("-min").unwrap_or(stem).to_owned()
}

/// The part of a reference that tells which catalogue it is: its file's name, or the folder's where every file has that name.
pub(super) fn telling(href: &str) -> &str {
    let href = href.split(['?', '#']).next().unwrap_or(href).trim_end_matches('/');
    let mut parts = href.rsplit('/');
    let name = parts.next().unwrap_or(href);
    let stem = [".json", ".yaml", ".yml", ".xml"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    match parts.next() {
        Some(folder) if ["catalog", "profile", "resolved-profile_catalog"].contains(&stem) && !folder.is_empty() => folder,
        _ => stem,
    }
}

/// Whether a folder looks like OSCAL: one of its first files has the beginning of a model.
pub(super) fn recognise(source: &Source<'_>) -> bool {
    const MOST_LOOKED_AT: usize = 60;
    let candidates = source.paths().filter(|path| matches!(path.extension().as_str(), "json" | "yaml" | "yml" | "xml"));
    candidates.take(MOST_LOOKED_AT).any(|path| match source.text_up_to(path, LARGEST) {
        Ok(text) => looks_like(&text.text, &path.extension()),
        // What is too large to be looked at is said by the reading.
        Err(_) => path.extension() == "json" && source.size(path).is_some_and(|size| size > LARGEST),
    })
}

/// Whether a text begins like a model. Only its beginning is looked at: a wrapper stands first, after `$schema` at most.
fn looks_like(text: &str, ending: &str) -> bool {
    const BEGINNING: usize = 2_000;
    let end = (0..=BEGINNING.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let beginning = &text[..end];
    let mut wrappers = MODELS.iter().map(|(name, _)| *name).chain(OTHERS.iter().map(|(name, _)| *name));
    match ending {
        "json" => wrappers.any(|name| has_key(beginning, name)) || (has_key(beginning, "results") && has_key(text, "observations")),
        "xml" => beginning.contains("csrc.nist.gov/ns/oscal"),
        _ => wrappers.any(|name| beginning.lines().any(|line| line.strip_prefix(name).is_some_and(|rest| rest.trim_end() == ":"))),
    }
}

/// Whether `"name"` stands in a JSON text as a key whose value is an object or list.
fn has_key(text: &str, name: &str) -> bool {
    let quoted = format!("\"{name}\"");
    text.match_indices(&quoted).any(|(at, _)| {
        let rest = text[at + quoted.len()..].trim_start();
        rest.strip_prefix(':').is_some_and(|rest| rest.trim_start().starts_with(['{', '[']))
    })
}

/// Reads every OSCAL document of the folder, in path order.
pub(super) fn documents(source: &Source<'_>, imported: &mut Imported) -> Vec<Document> {
    let mut documents = Vec::new();
    let mut met: BTreeMap<(Model, String, String), RepoPath> = BTreeMap::new();
    let mut total = 0;
    imported.expect(FILES);
    let paths: Vec<RepoPath> = source.paths().cloned().collect();
    for path in paths {
        let ending = path.extension();
        if !matches!(ending.as_str(), "json" | "yaml" | "yml" | "xml") {
            continue;
        }
        total += source.size(&path).filter(|size| *size <= LARGEST).unwrap_or(0);
        if total > LARGEST_TOTAL {
            source.touch(&path);
            imported.leave(
                FILES,
                path.as_str(),
                format!("more than {LARGEST_TOTAL} bytes were read before it; import fewer files at once"),
            );
            continue;
        }
        match read(source, &path, &ending, imported) {
            Ok(Some(document)) => {
                // Publishers give one document in several forms: twice the same is once.
                let uuid = document.root.get("uuid").and_then(Value::as_str).map(str::to_owned);
                if let Some(uuid) = uuid
                    && let Some(first) = met.insert((document.model, uuid, document.title()), path.clone())
                {
                    imported.leave(FILES, path.as_str(), format!("it is the document of {first} again: its uuid and title are the same"));
                    continue;
                }
                say_version(&document, imported);
                imported.take(FILES);
                documents.push(document);
            }
            Ok(None) => source.forget(&path),
            Err(why) => imported.leave(FILES, path.as_str(), why),
        }
    }
    documents
}

/// Reads one file; `None` when it is YAML or XML of something else.
fn read(source: &Source<'_>, path: &RepoPath, ending: &str, imported: &mut Imported) -> Result<Option<Document>, String> {
    let ForeignText { text, remark } = source.text_up_to(path, LARGEST)?;
    if ending != "json" && !looks_like(&text, ending) {
        return Ok(None);
    }
    let value = match ending {
        "json" => parse(&text)?,
        "xml" => return Err("it is OSCAL in XML; only JSON and YAML are read, and NIST publishes its content as JSON too".to_owned()),
        _ => from_yaml(&parse_yaml(&text)?),
    };
    let document = document(path, value)?;
    if let Some(draft) = draft(&document) {
        return Err(format!(
            "it is OSCAL {}, a draft from before 1.0, whose keys mean other things; take a newer release of it",
            draft.escape_debug()
        ));
    }
    if let Some(remark) = remark {
        imported.note(format!("{path} {remark}"));
    }
    Ok(Some(document))
}

fn document(path: &RepoPath, value: Value) -> Result<Document, String> {
    let Value::Object(mut map) = value else {
        return Err(format!("it is {}, not an OSCAL document", kind_word(&value)));
    };
    for (name, model) in MODELS {
        match map.remove(name) {
            Some(root @ Value::Object(_)) => return Ok(Document { path: path.clone(), model, resources: resources(&root), root }),
            Some(other) => return Err(format!("its `{name}` is {} where an object is wanted", kind_word(&other))),
            None => {}
        }
    }
    if let Some((_, words)) = OTHERS.iter().find(|(name, _)| map.contains_key(*name)) {
        return Err(format!("it is {words}, for which a programme here has no record"));
    }
    // Fixtures of compliance-trestle are the inside of assessment results, without the wrapper.
    if map.get("results").is_some_and(Value::is_array) {
        let resources = BTreeMap::new();
        return Ok(Document { path: path.clone(), model: Model::AssessmentResults, resources, root: Value::Object(map) });
    }
    let keys: Vec<&str> = map.keys().take(4).map(String::as_str).collect();
    let keys = if keys.is_empty() { "nothing".to_owned() } else { format!("`{}`", keys.join("`, `").escape_debug()) };
    Err(format!("no OSCAL model stands at its top, but {keys}"))
}

/// Says what a document states of itself that is missing or unusual.
fn say_version(document: &Document, imported: &mut Imported) {
    let path = &document.path;
    let mut looker = Looker::default();
    let Some(metadata) = document.root.get("metadata") else {
        let bare = document.model == Model::AssessmentResults && document.root.get("uuid").is_none();
        let what = if bare { "holds bare `results` without the wrapper `assessment-results`" } else { "has no `metadata`" };
        imported.note(format!("{path} {what}; it was read all the same"));
        return;
    };
    match looker.text(metadata, "oscal-version", "metadata") {
        None => imported.note(format!("{path} does not say which version of OSCAL it is; it was read as 1.2")),
        Some(version) if !is_known_version(version) => {
            imported.note(format!("{path} is OSCAL {}, which is not known here; it was read as 1.2", version.escape_debug()));
        }
        Some(_) => {}
    }
    if looker.text(&document.root, "uuid", "the document").is_none() {
        imported.note(format!("{path} has no uuid, which OSCAL requires; nothing here needs it"));
    }
}

/// The version of a document of the drafts that kept lists as mappings and chose controls by other keys.
fn draft(document: &Document) -> Option<&str> {
    let stated = document.root.get("metadata")?.get("oscal-version")?.as_str()?.trim();
    let version = stated.trim_start_matches('v');
    let is_draft = version.starts_with("0.") || version.contains("milestone") || version.starts_with("1.0.0-rc1");
    is_draft.then_some(stated)
}

/// Whether a version is 1.0.x to 1.2.x; some write a `v` before it.
fn is_known_version(version: &str) -> bool {
    let mut parts = version.trim_start_matches('v').split('.');
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    parts.next() == Some("1") && parts.next().is_some_and(|minor| matches!(minor, "0" | "1" | "2")) && parts.all(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_from_1_0_to_1_2_are_known() {
        for version in ["1.0.0", "1.0.4", "1.1.2", "v1.1.3", "1.2.2"] {
            assert!(is_known_version(version), "{version}");
        }
        for version in ["1.3.0", "2.0.0", "1", "", "latest", "1.0.0-rc2"] {
            assert!(!is_known_version(version), "{version}");
        }
    }

    #[test]
    fn the_wrapper_decides_and_what_is_none_says_what_it_is() {
        let document = |text: &str| super::document(&RepoPath::new("a.json"), parse(text).unwrap());
        assert_eq!(document(r#"{"$schema": "x", "profile": {}}"#).unwrap().model, Model::Profile);
        assert_eq!(document(r#"{"results": []}"#).unwrap().model, Model::AssessmentResults);
        for (text, why) in [
            (r#"{"catalog": []}"#, "its `catalog` is a list where an object is wanted"),
            (r#"{"assessment-plan": {}}"#, "it is an assessment plan, for which a programme here has no record"),
            (r#"{"name": "x"}"#, "no OSCAL model stands at its top, but `name`"),
            ("[]", "it is a list, not an OSCAL document"),
        ] {
            assert_eq!(document(text).unwrap_err(), why);
        }
    }

    #[test]
    fn references_fit_from_the_end() {
        assert_eq!(path_fit("../../rev5/NIST_catalog.json", "NIST_catalog.json"), 1);
        assert_eq!(path_fit("trestle://catalogs/nist/catalog.json", "catalogs/nist/catalog.json"), 3);
        assert_eq!(path_fit("catalogs/csf/catalog.json", "catalogs/nist/catalog.json"), 0);
        assert_eq!(path_fit("./catalog.json#x", "a/catalog.json"), 1);
        assert_eq!(path_fit("other.json", "catalog.json"), 0);
        assert_eq!(path_fit("xml/NIST_rev5_catalog.xml", "NIST_rev5_catalog-min.json"), 1);
    }

    #[test]
    fn a_reference_tells_its_catalogue() {
        assert_eq!(telling("https://example.com/rev5/NIST_SP-800-53_rev5_catalog.json"), "NIST_SP-800-53_rev5_catalog");
        assert_eq!(telling("catalogs/NIST_CSF_v2.0/catalog.json"), "NIST_CSF_v2.0");
        assert_eq!(telling("A title v1.1"), "A title v1.1");
        assert_eq!(telling("catalog.json"), "catalog");
    }

    #[test]
    fn a_beginning_is_told_from_a_word() {
        assert!(looks_like("{\n \"$schema\": \"x\", \"catalog\" : {", "json"));
        assert!(!looks_like("{\"name\": \"catalog\", \"a\": {}}", "json"));
        assert!(looks_like("---\ncatalog:\n  uuid: x\n", "yaml"));
        assert!(!looks_like("catalogue:\n  - catalog: x\n", "yaml"));
    }
}
