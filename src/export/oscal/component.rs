//! The programme as an OSCAL component definition: one component, the organization's system as a service, and for each
//! framework in scope which control serves which requirement.
//!
//! An implemented requirement stands for one requirement and one control, so that each has a status of its own. The status is
//! the design's: a control is `implemented` from the day it is in place, and `planned` while it is drafted or approved; how
//! it operated in the window is the property `operation`. A requirement that no control serves has no entry, since nothing
//! implements it: it is named in a property `uncovered`. So every requirement in scope is there, in one way or the other.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    CREATOR, Choice, Desk, Exported, Refusal, catalog_path,
    model::{Metadata, Party, Prop, Responsible, Role, one_line, paragraphs},
};
use crate::{
    assess::{ControlAssessment, Operation, RequirementAssessment},
    date::Date,
    id::{ControlId, FrameworkId},
    import::Tokens,
    model::{Control, ControlStatus, Framework, OwnerRef, Standing},
};

/// The role of whoever answers for a control.
const OWNER: Role = Role { id: "control-owner", title: "Owner of a control" };

#[derive(Serialize)]
struct ComponentDefinition {
    metadata: Metadata,
    components: Vec<Component>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Component {
    uuid: String,
    r#type: &'static str,
    title: String,
    description: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    props: Vec<Prop>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    control_implementations: Vec<Implementation>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Implementation {
    uuid: String,
    source: String,
    description: String,
    props: Vec<Prop>,
    implemented_requirements: Vec<Implemented>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Implemented {
    uuid: String,
    control_id: String,
    description: String,
    props: Vec<Prop>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    responsible_roles: Vec<Responsible>,
}

/// One component definition of the frameworks in scope, or of the one that is named.
pub(super) fn export(desk: &Desk<'_>, choice: &Choice) -> anyhow::Result<Exported> {
    let scope = &desk.programme().config.scope.frameworks;
    let chosen = Choice { framework: choice.framework.clone(), all: false };
    let frameworks = desk.frameworks(&chosen)?;
    if let Some(key) = choice.framework.as_ref().filter(|key| !scope.contains_key(*key)) {
        let keys: Vec<&str> = scope.keys().map(FrameworkId::as_str).collect();
        let hint = format!("a component definition speaks of what is in scope: {}", keys.join(", "));
        return Err(Refusal::because(format!("the framework `{key}` is not in scope"), hint));
    }
    let mut bench = Bench::new(desk);
    let mut props = Vec::new();
    let mut implementations = Vec::new();
    for framework in frameworks {
        match bench.implementation(framework) {
            Some(implementation) => implementations.push(implementation),
            None => {
                props.push(Prop::ours("framework-without-controls", framework.id.as_str()));
                bench.notes.push(format!("no control serves a requirement of `{}` that is in scope", framework.id));
            }
        }
    }
    let content = ComponentDefinition {
        metadata: bench.metadata(),
        components: vec![Component {
            uuid: desk.uuids.name(&["component", "system"]),
            r#type: "service",
            title: one_line(&desk.programme().config.scope.system, &format!("The system of {}", desk.organization)),
            description: format!(
                "The controls of {} as its programme states them. Nobody outside the organization has examined what stands here.",
                desk.organization
            ),
            props,
            control_implementations: implementations,
        }],
    };
    let document = desk.document("component-definition.json".to_owned(), "component-definition", &content)?;
    Ok(Exported { documents: vec![document], notes: bench.notes() })
}

/// How far a control has come, in OSCAL's words, with ours.
struct State {
    word: &'static str,
    remark: String,
}

/// What the entries are made with.
struct Bench<'a> {
    desk: &'a Desk<'a>,
    today: Date,
    judged: BTreeMap<&'a ControlId, &'a ControlAssessment>,
    /// The owners of the controls that were written.
    owners: BTreeSet<&'a OwnerRef>,
    retired: BTreeSet<&'a ControlId>,
    notes: Vec<String>,
}

impl<'a> Bench<'a> {
    fn new(desk: &'a Desk<'a>) -> Self {
        let assessment = desk.parts.assessment;
        let judged = assessment.controls.iter().map(|control| (&control.id, control)).collect();
        let (owners, retired) = (BTreeSet::new(), BTreeSet::new());
        Self { desk, today: assessment.today, judged, owners, retired, notes: Vec::new() }
    }

    /// The entries of one framework; `None` when nothing can be said of any requirement.
    fn implementation(&mut self, framework: &'a Framework) -> Option<Implementation> {
        let tokens = Tokens::of(framework);
        let requirements = self.desk.parts.assessment.requirements.iter().filter(|requirement| requirement.framework == framework.id);
        let (mut entries, mut uncovered, mut count) = (Vec::new(), Vec::new(), 0);
        for requirement in requirements {
            count += 1;
            let found = tokens.line(&requirement.id).map(|token| self.entries(framework, requirement, token)).unwrap_or_default();
            if found.is_empty() {
                uncovered.push(Prop::ours("uncovered", requirement.id.as_str()));
            }
            entries.extend(found);
        }
        if entries.is_empty() {
            return None;
        }
        let mut props = vec![Prop::ours("framework", framework.id.as_str()), Prop::ours("requirements-in-scope", &count.to_string())];
        let description = format!(
            "{} of {count} requirements of {} in scope have an entry here; those without a control are named in `uncovered`.",
            count - uncovered.len(),
            one_line(&framework.name, framework.id.as_str()),
        );
        props.extend(uncovered);
        Some(Implementation {
            uuid: self.desk.uuids.name(&["control-implementation", framework.id.as_str()]),
            source: catalog_path(&framework.id),
            description,
            props,
            implemented_requirements: entries,
        })
    }

    /// The entries of one requirement: what was decided about it, and the controls that serve it.
    fn entries(&mut self, framework: &'a Framework, requirement: &'a RequirementAssessment, token: &str) -> Vec<Implemented> {
        let programme = self.desk.programme();
        let standing = framework.requirements.get(&requirement.id).map(|line| programme.standing(framework, line));
        let controls = requirement.controls.iter().filter_map(|id| programme.controls.get(id));
        let mut entries = Vec::new();
        match standing {
            Some(Standing::NotApplicable(reason)) => {
                let mut entry = self.decision(requirement, token, "not-applicable", &format!("It does not apply. Reason: {reason}"));
                // What a control does is not asked here; that one names the requirement all the same is not hidden.
                entry.props.extend(controls.map(|control| Prop::ours("control", control.id.as_str())));
                return vec![entry];
            }
            Some(Standing::Alternative(what, reason)) => {
                let text = paragraphs(&[&format!("Done in its place: {what}"), &format!("Reason: {reason}")]);
                entries.push(self.decision(requirement, token, "alternative", &text));
            }
            Some(Standing::Applies) | None => {}
        }
        for control in controls {
            match state(control, self.today) {
                Some(state) => entries.push(self.entry(requirement, token, control, &state)),
                None => {
                    self.retired.insert(&control.id);
                }
            }
        }
        entries
    }

    fn decision(&self, requirement: &RequirementAssessment, token: &str, word: &'static str, description: &str) -> Implemented {
        Implemented {
            uuid: self.desk.uuids.name(&["decision", requirement.framework.as_str(), requirement.id.as_str(), word]),
            control_id: token.to_owned(),
            description: description.to_owned(),
            props: vec![Prop::oscal("implementation-status", word)],
            responsible_roles: Vec::new(),
        }
    }

    fn entry(&mut self, requirement: &RequirementAssessment, token: &str, control: &'a Control, state: &State) -> Implemented {
        let judged = self.judged.get(&control.id);
        let operated = judged.filter(|_| state.word == "implemented").map(|judged| operation_words(judged.operation));
        // Who reads OSCAL's own words only must not take a design for its operation.
        let operated = operated.map(|words| format!(" Operation in the window so far: {words}.")).unwrap_or_default();
        let mut props = vec![
            Prop::oscal("implementation-status", state.word).remark(&format!("{}{operated}", state.remark)),
            Prop::ours("control", control.id.as_str()),
        ];
        if let Some(judged) = judged {
            props.push(Prop::ours("design", &name(&judged.design)));
            props.push(Prop::ours("operation", &name(&judged.operation)));
        }
        let owner = control.owner.as_ref();
        self.owners.extend(owner);
        let uuid = |owner: &OwnerRef| vec![self.party_uuid(owner)];
        Implemented {
            uuid: self.desk.uuids.name(&[
                "implemented-requirement",
                requirement.framework.as_str(),
                requirement.id.as_str(),
                control.id.as_str(),
            ]),
            control_id: token.to_owned(),
            // The same for every requirement of a control: what is done once is one control, however many it serves.
            description: paragraphs(&[&one_line(&control.title, control.id.as_str()), &control.description]),
            props,
            responsible_roles: owner.map(|owner| Responsible { role_id: OWNER.id, party_uuids: uuid(owner) }).into_iter().collect(),
        }
    }

    fn party_uuid(&self, owner: &OwnerRef) -> String {
        let kind = match owner {
            OwnerRef::Person(_) => "person",
            OwnerRef::Team(_) => "team",
        };
        self.desk.uuids.name(&["party", kind, owner.as_str()])
    }

    /// The document's metadata, with the owners as parties: their names, no address.
    fn metadata(&self) -> Metadata {
        let title = format!("Controls of {}", self.desk.organization);
        let remarks = "Statuses are those of the designs at the as-of; `operation` is what history shows for the window so far.";
        let mut metadata = self.desk.metadata(&title, Vec::new(), remarks);
        if !self.owners.is_empty() {
            metadata.roles = vec![CREATOR, OWNER];
        }
        let organization = self.desk.organization_party().uuid;
        metadata.parties.extend(self.owners.iter().map(|owner| Party {
            uuid: self.party_uuid(owner),
            r#type: if matches!(owner, OwnerRef::Person(_)) { "person" } else { "organization" },
            name: one_line(&self.desk.programme().people.display_name(owner), owner.as_str()),
            member_of_organizations: vec![organization.clone()],
        }));
        metadata
    }

    fn notes(mut self) -> Vec<String> {
        if !self.retired.is_empty() {
            let ids: Vec<&str> = self.retired.iter().map(|id| id.as_str()).collect();
            self.notes.push(format!("left out retired controls: {}", ids.join(", ")));
        }
        self.notes
    }
}

/// How far a control has come on a day; `None` when it is retired, for which OSCAL has no word.
fn state(control: &Control, today: Date) -> Option<State> {
    let planned = |remark: &str| Some(State { word: "planned", remark: remark.to_owned() });
    if let Some(reason) = &control.not_applicable {
        return Some(State { word: "not-applicable", remark: format!("The control does not apply. Reason: {reason}") });
    }
    let retired = control.retired_on.is_some_and(|day| day <= today);
    match control.status {
        ControlStatus::Retired => None,
        ControlStatus::InPlace if retired => None,
        ControlStatus::Drafted => planned("Drafted: written down, not yet agreed."),
        ControlStatus::Approved => planned("Approved: agreed, not yet working."),
        ControlStatus::InPlace => match control.effective_from.filter(|from| *from > today) {
            Some(from) => planned(&format!("In place from {from} on, as its file says.")),
            None => Some(State { word: "implemented", remark: "In place, as its file says.".to_owned() }),
        },
    }
}

/// How a control that is in place operated, as the end of a sentence.
fn operation_words(operation: Operation) -> &'static str {
    match operation {
        Operation::Missed => "at least one performance was missed",
        Operation::DeviationNoted => "a deviation is noted",
        Operation::Unknown => "unknown",
        Operation::Late => "late within grace",
        Operation::DueSoon => "due soon",
        Operation::EffectiveSoFar => "on time",
        Operation::NoOccurrence => "no occurrence",
        Operation::Waived => "waived",
        // In place, but not for the whole of any period that is over.
        Operation::NotYetDue | Operation::NotInPlace | Operation::NoObligations => "nothing was due",
        Operation::NotApplicable => "it does not apply",
    }
}

/// The name of a unit variant in data (`in_place`).
fn name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
