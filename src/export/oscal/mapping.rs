//! Crosswalks as an OSCAL mapping collection: one mapping a crosswalk, one map a pair.
//!
//! A pair suggests and never counts, and the collection says so. OSCAL wants a rationale for the matching; no author states
//! one, so `semantic` (the meanings were compared) is written, with that remark. A confidence is optional and not known, and
//! so none is given.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Choice, Desk, Exported, Refusal, catalog_path,
    model::{Metadata, Prop, one_line, paragraphs},
};
use crate::{
    id::FrameworkId,
    import::Tokens,
    load,
    model::{Basis, Crosswalk, Framework, Pair, Relation},
};

#[derive(Serialize)]
struct MappingCollection {
    metadata: Metadata,
    provenance: Provenance,
    mappings: Vec<Mapping>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Provenance {
    method: &'static str,
    matching_rationale: &'static str,
    status: &'static str,
    mapping_description: String,
    remarks: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Mapping {
    uuid: String,
    method: &'static str,
    source_resource: Resource,
    target_resource: Resource,
    maps: Vec<Map>,
    props: Vec<Prop>,
    mapping_description: String,
}

#[derive(Serialize)]
struct Resource {
    r#type: &'static str,
    href: String,
}

#[derive(Serialize)]
struct Map {
    uuid: String,
    relationship: &'static str,
    sources: Vec<Item>,
    targets: Vec<Item>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Item {
    r#type: &'static str,
    id_ref: String,
}

/// One collection of the crosswalks between the frameworks in scope; with `--all`, of all between frameworks that are known;
/// with `--framework`, of those that touch it.
pub(super) fn export(desk: &Desk<'_>, choice: &Choice) -> anyhow::Result<Exported> {
    let frameworks = desk.frameworks(choice)?;
    let mut sides = Sides { known: &desk.programme().frameworks, tokens: BTreeMap::new() };
    let mut exported = Exported::default();
    let mut mappings = Vec::new();
    let mut bases = Vec::new();
    for crosswalk in load::crosswalks(desk.programme()).values().filter(|crosswalk| is_chosen(desk, choice, crosswalk)) {
        let (from, to) = (&crosswalk.from, &crosswalk.to);
        let absent: Vec<&str> = [from, to].into_iter().filter(|key| !sides.known.contains_key(*key)).map(FrameworkId::as_str).collect();
        if !absent.is_empty() {
            exported.notes.push(format!("left out the crosswalk `{}`: `{}` is not here", crosswalk.id, absent.join("` and `")));
            continue;
        }
        let (maps, unknown) = sides.maps(desk, crosswalk);
        if !unknown.is_empty() {
            let pairs: Vec<String> = unknown.iter().map(|pair| format!("{} to {}", pair.from, pair.to)).collect();
            exported.notes.push(format!("left out of the crosswalk `{}`, for want of such lines: {}", crosswalk.id, pairs.join(", ")));
        }
        if !maps.is_empty() {
            bases.push(crosswalk.basis);
            mappings.push(mapping(desk, crosswalk, maps));
        }
    }
    if mappings.is_empty() {
        let keys: Vec<&str> = frameworks.iter().map(|framework| framework.id.as_str()).collect();
        return Err(Refusal::because(
            format!("there is no crosswalk between these frameworks: {}", keys.join(", ")),
            "--all takes every crosswalk between frameworks that are known; crosswalks of your own stand in frameworks/crosswalks/",
        ));
    }
    let content = collection(desk, mappings, &bases);
    exported.documents.push(desk.document("mapping-collection.json".to_owned(), "mapping-collection", &content)?);
    Ok(exported)
}

fn is_chosen(desk: &Desk<'_>, choice: &Choice, crosswalk: &Crosswalk) -> bool {
    let ends = [&crosswalk.from, &crosswalk.to];
    let scope = &desk.programme().config.scope.frameworks;
    let near = choice.all || ends.iter().all(|key| scope.contains_key(*key) || choice.framework.as_ref() == Some(*key));
    near && choice.framework.as_ref().is_none_or(|key| ends.contains(&key))
}

fn collection(desk: &Desk<'_>, mappings: Vec<Mapping>, bases: &[Basis]) -> MappingCollection {
    let derived = bases.iter().filter(|basis| **basis == Basis::Derived).count();
    let method = match derived {
        0 => "human",
        _ if derived == bases.len() => "automation",
        _ => "hybrid",
    };
    let remarks = "Crosswalks between frameworks. Each names its author, source and licence.";
    MappingCollection {
        metadata: desk.metadata(&format!("Crosswalks of {}", desk.organization), Vec::new(), remarks),
        provenance: Provenance {
            method,
            matching_rationale: "semantic",
            // What is not mapped was not compared, or nobody said so.
            status: "not-complete",
            mapping_description: "A pair suggests where one control could serve elsewhere. It never counts as coverage by itself, \
                                  and nothing follows from what is not mapped."
                .to_owned(),
            remarks: "No author states by which rationale the lines were matched; that their meanings were compared is assumed. \
                      No author states a confidence, so none is given.",
        },
        mappings,
    }
}

fn mapping(desk: &Desk<'_>, crosswalk: &Crosswalk, maps: Vec<Map>) -> Mapping {
    let Crosswalk { id, from, to, basis, author, source, licence, note, pairs: _ } = crosswalk;
    let resource = |key: &FrameworkId| Resource { r#type: "catalog", href: catalog_path(key) };
    let (method, basis) = match basis {
        Basis::Direct => ("human", "direct"),
        Basis::Derived => ("automation", "derived"),
    };
    let mut props = vec![Prop::ours("crosswalk", id), Prop::ours("basis", basis)];
    for (name, value) in [("author", author), ("source", source), ("licence", licence)] {
        if !value.trim().is_empty() {
            props.push(Prop::ours(name, value));
        }
    }
    let stated = if basis == "direct" { "Its author states the pairs." } else { "The pairs were computed." };
    let author =
        if author.trim().is_empty() { String::new() } else { format!("Author: {}.", one_line(author, "unknown").trim_end_matches('.')) };
    Mapping {
        uuid: desk.uuids.name(&["mapping", id]),
        method,
        source_resource: resource(from),
        target_resource: resource(to),
        maps,
        props,
        mapping_description: paragraphs(&[stated, &author, note]),
    }
}

/// The frameworks at the ends of crosswalks, with their tokens, each made once.
struct Sides<'a> {
    known: &'a BTreeMap<FrameworkId, Framework>,
    tokens: BTreeMap<FrameworkId, Tokens>,
}

impl Sides<'_> {
    /// The pairs as maps, and those of which a line is not known.
    fn maps<'c>(&mut self, desk: &Desk<'_>, crosswalk: &'c Crosswalk) -> (Vec<Map>, Vec<&'c Pair>) {
        for key in [&crosswalk.from, &crosswalk.to] {
            if let Some(framework) = self.known.get(key) {
                self.tokens.entry(key.clone()).or_insert_with(|| Tokens::of(framework));
            }
        }
        let token = |key, id| self.tokens.get(key).and_then(|tokens: &Tokens| tokens.line(id));
        let item = |token: &str| vec![Item { r#type: "control", id_ref: token.to_owned() }];
        let (mut maps, mut unknown) = (Vec::new(), Vec::new());
        for pair in &crosswalk.pairs {
            let (Some(from), Some(to)) = (token(&crosswalk.from, &pair.from), token(&crosswalk.to, &pair.to)) else {
                unknown.push(pair);
                continue;
            };
            let relationship = relationship(pair.relation);
            maps.push(Map {
                uuid: desk.uuids.name(&["map", &crosswalk.id, pair.from.as_str(), pair.to.as_str(), relationship]),
                relationship,
                sources: item(from),
                targets: item(to),
            });
        }
        (maps, unknown)
    }
}

/// OSCAL's word for a relation. Under the rationale `semantic`, `equal-to` is what NIST IR 8477 calls equal.
fn relationship(relation: Relation) -> &'static str {
    match relation {
        Relation::Equal => "equal-to",
        Relation::Subset => "subset-of",
        Relation::Superset => "superset-of",
        Relation::Intersects => "intersects-with",
        Relation::None => "no-relationship",
    }
}
