//! A framework as an OSCAL catalogue: its groups, and in them its lines as controls, each below the line above it.
//!
//! OSCAL asks every control that is not withdrawn for a statement. Ours says where the text is to be read, since a
//! publisher's text is not ours to give. What OSCAL has no word for stands in properties of our namespace: `kind` (heading
//! or context), `need` (required or addressable), `word`, `selection`, `applicability`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    CREATOR, Choice, Desk, Exported, catalog_path,
    model::{Link, Metadata, Party, Prop, Responsible, Role, one_line},
};
use crate::{
    id::RequirementId,
    import::Tokens,
    model::{Applicability, Framework, Group, LineKind, Need, Requirement},
};

/// The deepest nesting of controls. A chain of lines in a user's own framework may be any length; below this depth lines
/// stand side by side and link to the line above them.
const DEEPEST: usize = 16;

/// The role of a framework's publisher. It is not the publisher of this document.
const FRAMEWORK_PUBLISHER: Role =
    Role { id: "framework-publisher", title: "Publisher of the framework, whose text is not in this document" };

#[derive(Serialize)]
struct Catalog {
    metadata: Metadata,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    controls: Vec<Control>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    groups: Vec<OscalGroup>,
}

#[derive(Serialize)]
struct OscalGroup {
    id: String,
    title: String,
    props: Vec<Prop>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    controls: Vec<Control>,
}

#[derive(Serialize)]
struct Control {
    id: String,
    title: String,
    props: Vec<Prop>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<Link>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Part>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    controls: Vec<Control>,
}

#[derive(Serialize)]
struct Part {
    id: String,
    name: &'static str,
    prose: String,
}

/// One catalogue for each chosen framework.
pub(super) fn export(desk: &Desk<'_>, choice: &Choice) -> anyhow::Result<Exported> {
    let mut exported = Exported::default();
    for framework in desk.frameworks(choice)? {
        let content = catalog(desk, framework);
        exported.documents.push(desk.document(catalog_path(&framework.id), "catalog", &content)?);
    }
    Ok(exported)
}

fn catalog(desk: &Desk<'_>, framework: &Framework) -> Catalog {
    let mut shelf = Shelf::new(framework);
    let mut seen = BTreeSet::new();
    let once = framework.groups.iter().filter(|group| seen.insert(&group.id));
    let groups = once.map(|group| shelf.group(group)).collect();
    // What is left has a group that does not exist.
    let controls = shelf.place(|_| true);
    Catalog { metadata: metadata(desk, framework), controls, groups }
}

fn metadata(desk: &Desk<'_>, framework: &Framework) -> Metadata {
    let props = vec![Prop::ours("framework", framework.id.as_str()), Prop::ours("word", &framework.word)];
    let owner = one_line(&framework.owner, "its publisher");
    let remarks =
        format!("Ids and titles in our own words. The text of the framework is published by {owner} and is not part of this catalogue.");
    let mut metadata = desk.metadata(&framework.name, props, &remarks);
    if !framework.owner.trim().is_empty() {
        let publisher = Party {
            uuid: desk.uuids.name(&["party", "framework-publisher", framework.id.as_str()]),
            r#type: "organization",
            name: owner,
            member_of_organizations: Vec::new(),
        };
        metadata.roles = vec![CREATOR, FRAMEWORK_PUBLISHER];
        let responsible = Responsible { role_id: FRAMEWORK_PUBLISHER.id, party_uuids: vec![publisher.uuid.clone()] };
        metadata.responsible_parties.push(responsible);
        metadata.parties.push(publisher);
    }
    metadata
}

/// A framework's lines on their way into groups.
struct Shelf<'a> {
    framework: &'a Framework,
    /// Every line, in the order of the framework's file.
    lines: Vec<&'a Requirement>,
    tokens: Tokens,
    /// The lines directly below each line and in the same group, by id.
    below: BTreeMap<&'a RequirementId, Vec<&'a Requirement>>,
    placed: BTreeSet<&'a RequirementId>,
}

impl<'a> Shelf<'a> {
    fn new(framework: &'a Framework) -> Self {
        let mut lines: Vec<&Requirement> = framework.requirements.values().collect();
        lines.sort_by_key(|line| line.place);
        let mut below: BTreeMap<&RequirementId, Vec<&Requirement>> = BTreeMap::new();
        for line in &lines {
            if let Some(above) = above(framework, line) {
                below.entry(&above.id).or_default().push(line);
            }
        }
        Self { framework, lines, tokens: Tokens::of(framework), below, placed: BTreeSet::new() }
    }

    fn group(&mut self, group: &Group) -> OscalGroup {
        let framework = self.framework;
        let mut controls = self.place(|line| line.group == group.id && above(framework, line).is_none());
        // What stands in a circle has nothing above all of it, and what stands too deep is not below anything here.
        controls.extend(self.place(|line| line.group == group.id));
        OscalGroup {
            id: self.tokens.group(&group.id).unwrap_or_default().to_owned(),
            title: one_line(&group.title, &one_line(&group.id, "untitled")),
            props: group_props(group),
            controls,
        }
    }

    /// The lines that are wanted and not placed yet, each with all that stands below it.
    fn place(&mut self, wanted: impl Fn(&Requirement) -> bool) -> Vec<Control> {
        let mut controls = Vec::new();
        for line in self.lines.clone() {
            if !self.placed.contains(&line.id) && wanted(line) {
                controls.push(self.control(line, 0));
            }
        }
        controls
    }

    /// A line with all that stands below it.
    fn control(&mut self, requirement: &'a Requirement, depth: usize) -> Control {
        self.placed.insert(&requirement.id);
        let token = self.tokens.line(&requirement.id).unwrap_or_default().to_owned();
        let mut controls = Vec::new();
        if depth < DEEPEST {
            for line in self.below.get(&requirement.id).cloned().unwrap_or_default() {
                if !self.placed.contains(&line.id) {
                    controls.push(self.control(line, depth + 1));
                }
            }
        }
        Control {
            title: one_line(&requirement.title, &one_line(requirement.id.as_str(), "untitled")),
            props: self.props(requirement),
            links: self.links(requirement, depth),
            parts: if requirement.withdrawn { Vec::new() } else { vec![self.statement(requirement, &token)] },
            id: token,
            controls,
        }
    }

    fn statement(&self, requirement: &Requirement, token: &str) -> Part {
        let Framework { name, owner, .. } = self.framework;
        let owner = one_line(owner, "its publisher");
        Part {
            id: format!("{token}_smt"),
            name: "statement",
            prose: format!(
                "The text is {} of {}, published by {owner}; it is not part of this catalogue.",
                requirement.id,
                one_line(name, "the framework")
            ),
        }
    }

    fn props(&self, requirement: &Requirement) -> Vec<Prop> {
        let mut props = vec![Prop::oscal("label", requirement.id.as_str())];
        if requirement.withdrawn {
            props.push(Prop::oscal("status", "withdrawn"));
        }
        props.extend(kind_word(requirement.kind).map(|word| Prop::ours("kind", word)));
        props.extend(requirement.need.map(|need| Prop::ours("need", need_word(need))));
        props.extend(requirement.word.as_deref().map(|word| Prop::ours("word", word)));
        props.extend(requirement.selections.iter().map(|name| Prop::ours("selection", name)));
        let unknown = requirement.replaced_by.iter().filter(|id| self.tokens.line(id).is_none());
        props.extend(unknown.map(|id| Prop::ours("replaced-by", id.as_str())));
        props
    }

    /// What took a line's place, and the line above it where nesting does not show it.
    fn links(&self, requirement: &Requirement, depth: usize) -> Vec<Link> {
        let link = |id: &RequirementId, rel| self.tokens.line(id).map(|token| Link { href: format!("#{token}"), rel });
        let replaced = requirement.replaced_by.iter().filter_map(|id| link(id, "incorporated-into"));
        let parent = requirement.parent.as_ref().filter(|_| depth == 0).and_then(|id| link(id, "parent"));
        replaced.chain(parent).collect()
    }
}

/// The line above a line, where it stands in the same group.
fn above<'a>(framework: &'a Framework, line: &Requirement) -> Option<&'a Requirement> {
    line.parent.as_ref().and_then(|id| framework.requirements.get(id)).filter(|above| above.group == line.group && above.id != line.id)
}

fn group_props(group: &Group) -> Vec<Prop> {
    let mut props = vec![Prop::oscal("label", &group.id)];
    props.extend(group.selection.as_deref().map(|name| Prop::ours("selection", name)));
    props.extend(group.word.as_deref().map(|word| Prop::ours("word", word)));
    match group.applicability {
        Applicability::Reasoned => {}
        Applicability::Always => props.push(Prop::ours("applicability", "always")),
        Applicability::Statement => props.push(Prop::ours("applicability", "statement")),
    }
    props
}

fn kind_word(kind: LineKind) -> Option<&'static str> {
    match kind {
        LineKind::Requirement => None,
        LineKind::Heading => Some("heading"),
        LineKind::Context => Some("context"),
    }
}

fn need_word(need: Need) -> &'static str {
    match need {
        Need::Required => "required",
        Need::Addressable => "addressable",
    }
}
