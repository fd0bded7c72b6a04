//! OSCAL 1.2.1 (JSON): catalogues of the frameworks, the programme as a component definition, crosswalks as a mapping
//! collection.
//!
//! A catalogue is a framework as a whole, whatever of it is in scope: ids and our titles, never a publisher's text. The
//! component definition speaks of what is in scope, and of designs: whether a control operated is a property beside it. The
//! documents refer to each other by the paths that they have in one folder.
//!
//! The same programme at the same tip and as-of gives the same bytes. Instants are written in UTC, since OSCAL's pattern
//! refuses some offsets that zones have.

mod catalog;
mod component;
mod ids;
mod mapping;
mod model;

use std::collections::BTreeMap;

use anyhow::Context;
use serde::Serialize;

use super::{Choice, Document, Exported, Exporter, Parts, Refusal};
use crate::{
    date::utc_text,
    diag::did_you_mean,
    id::FrameworkId,
    import::token,
    model::{Framework, Programme},
    tree::sha256_hex,
};
use ids::Uuids;
use model::{Metadata, OSCAL_VERSION, Party, Prop, Responsible, Role, one_line};

/// The catalogue of each framework.
pub(super) const CATALOG: Exporter = Exporter {
    name: "oscal-catalog",
    about: "OSCAL 1.2.1: the catalogue of each framework in scope",
    ending: "json",
    by_framework: true,
    single: "or one framework with --framework KEY",
    run: |parts, choice| catalog::export(&Desk::new(parts), choice),
};

/// The programme's controls as the implementation of requirements.
pub(super) const COMPONENT_DEFINITION: Exporter = Exporter {
    name: "oscal-component-definition",
    about: "OSCAL 1.2.1: controls by the requirements they serve",
    ending: "json",
    by_framework: true,
    single: "",
    run: |parts, choice| component::export(&Desk::new(parts), choice),
};

/// The crosswalks between frameworks.
pub(super) const MAPPING_COLLECTION: Exporter = Exporter {
    name: "oscal-mapping-collection",
    about: "OSCAL 1.2.1: the crosswalks between the frameworks in scope",
    ending: "json",
    by_framework: true,
    single: "",
    run: |parts, choice| mapping::export(&Desk::new(parts), choice),
};

/// All of them, into one folder.
pub(super) const ALL: Exporter = Exporter {
    name: "oscal",
    about: "OSCAL 1.2.1: all three into one folder",
    ending: "json",
    by_framework: true,
    single: "or print one with oscal-catalog, oscal-component-definition or oscal-mapping-collection",
    run: |parts, choice| all(&Desk::new(parts), choice),
};

/// The role of the organization in every document.
const CREATOR: Role = Role { id: "creator", title: "Creator of this document" };

fn all(desk: &Desk<'_>, choice: &Choice) -> anyhow::Result<Exported> {
    let mut exported = catalog::export(desk, choice)?;
    for (what, part) in [("component definition", component::export as Part), ("mapping collection", mapping::export)] {
        match part(desk, choice) {
            Ok(more) => {
                exported.documents.extend(more.documents);
                exported.notes.extend(more.notes);
            }
            // What is refused alone is missing among others, and said to be.
            Err(error) => match error.downcast::<Refusal>() {
                Ok(refusal) => exported.notes.push(format!("no {what}: {}", refusal.message)),
                Err(error) => return Err(error),
            },
        }
    }
    Ok(exported)
}

type Part = fn(&Desk<'_>, &Choice) -> anyhow::Result<Exported>;

/// What all documents are made with.
struct Desk<'a> {
    parts: &'a Parts<'a>,
    uuids: Uuids,
    organization: String,
}

impl<'a> Desk<'a> {
    fn new(parts: &'a Parts<'a>) -> Self {
        let organization = one_line(&parts.programme.config.organization.name, "Unnamed organization");
        Self { parts, uuids: Uuids::of(&organization), organization }
    }

    fn programme(&self) -> &'a Programme {
        self.parts.programme
    }

    /// The frameworks that were chosen, by key.
    fn frameworks(&self, choice: &Choice) -> anyhow::Result<Vec<&'a Framework>> {
        let programme = self.programme();
        let (known, scope) = (&programme.frameworks, &programme.config.scope.frameworks);
        let chosen: Vec<&Framework> = match &choice.framework {
            Some(key) => vec![known.get(key).ok_or_else(|| no_framework(known, key))?],
            None => known.values().filter(|framework| choice.all || scope.contains_key(&framework.id)).collect(),
        };
        if chosen.is_empty() {
            let read = if programme.configured { "" } else { "tickmark.yaml is not there or cannot be read: `tickmark check` says why; " };
            let hint = format!("{read}name a framework with --framework KEY, or take all with --all");
            return Err(Refusal::because("no framework is in scope", hint));
        }
        Ok(chosen)
    }

    /// The organization as a party.
    fn organization_party(&self) -> Party {
        Party {
            uuid: self.uuids.name(&["party", "organization"]),
            r#type: "organization",
            name: self.organization.clone(),
            member_of_organizations: Vec::new(),
        }
    }

    /// What a document says about itself: created by the organization, at the as-of, in the version of the tip.
    fn metadata(&self, title: &str, props: Vec<Prop>, remarks: &str) -> Metadata {
        let assessment = self.parts.assessment;
        // What was read from a working directory is no version that a commit could name.
        let (version, uncommitted) = match (self.parts.history.tip, self.parts.committed) {
            (Some(tip), true) => (tip.to_string(), ""),
            _ => (assessment.today.to_string(), " Read from the working directory, not committed."),
        };
        let party = self.organization_party();
        Metadata {
            title: one_line(title, "untitled"),
            last_modified: utc_text(assessment.as_of),
            version,
            oscal_version: OSCAL_VERSION,
            props,
            roles: vec![CREATOR],
            responsible_parties: vec![Responsible { role_id: CREATOR.id, party_uuids: vec![party.uuid.clone()] }],
            parties: vec![party],
            remarks: format!("Written by Tickmark {}. {remarks}{uncommitted}", env!("CARGO_PKG_VERSION")),
        }
    }

    /// A document: its content under its wrapper, with the UUID of the content.
    fn document(&self, path: String, wrapper: &'static str, content: &impl Serialize) -> anyhow::Result<Document> {
        let failed = || format!("cannot write the {wrapper} as JSON");
        let digest = sha256_hex(&serde_json::to_vec(content).with_context(failed)?);
        let whole = Identified { uuid: self.uuids.name(&["document", wrapper, &digest]), content };
        let mut bytes = serde_json::to_vec_pretty(&BTreeMap::from([(wrapper, whole)])).with_context(failed)?;
        bytes.push(b'\n');
        Ok(Document { path, bytes })
    }
}

/// A document's content behind its UUID.
#[derive(Serialize)]
struct Identified<'a, T> {
    uuid: String,
    #[serde(flatten)]
    content: &'a T,
}

/// The path of a framework's catalogue, from the folder that holds all documents: also the reference to it.
fn catalog_path(framework: &FrameworkId) -> String {
    format!("catalogs/{}.json", token(framework.as_str(), "f"))
}

fn no_framework(known: &BTreeMap<FrameworkId, Framework>, key: &FrameworkId) -> anyhow::Error {
    let keys: Vec<&str> = known.keys().map(FrameworkId::as_str).collect();
    let near = did_you_mean(key.as_str(), keys.iter().copied()).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
    Refusal::because(format!("there is no framework `{key}`"), format!("{near}there are: {}", keys.join(", ")))
}
