//! Frameworks.

use std::collections::BTreeMap;

use super::{Record, normal};
use crate::{
    diag::did_you_mean,
    id::{FrameworkId, RequirementId},
    load::{
        codes::{DUPLICATE_ID, UNKNOWN_GROUP},
        raw,
    },
    model::{Framework, Group, Requirement},
};

/// Lowers a framework; `None` when it has no key.
pub(in crate::load) fn framework(record: &mut Record<'_>, raw: raw::Framework) -> Option<Framework> {
    let raw::Framework { schema: _, framework, name, owner, word, groups, requirements } = raw;
    let id = record.id(framework, &["framework"])?;
    let groups: Vec<Group> = groups.into_iter().flatten().filter_map(group).collect();
    let mut lines = BTreeMap::new();
    for (at, raw) in requirements.into_iter().flatten().enumerate() {
        let at = at.to_string();
        if let Some(requirement) = requirement(record, raw, &groups, &at) {
            if lines.contains_key(&requirement.id) {
                let message = format!("the requirement `{}` stands twice in this framework", requirement.id);
                record.report(&DUPLICATE_ID, &["requirements", &at, "id"], message, "give one of them another id");
            } else {
                lines.insert(requirement.id.clone(), requirement);
            }
        }
    }
    Some(Framework {
        name: name.unwrap_or_else(|| id.clone()),
        id: FrameworkId::new(id),
        owner: owner.unwrap_or_default(),
        word: word.unwrap_or_else(|| "requirement".to_owned()),
        groups,
        requirements: lines,
    })
}

fn group(raw: raw::Group) -> Option<Group> {
    let raw::Group { id, title, selection } = raw;
    let id = normal(&id?.0);
    Some(Group { title: title.unwrap_or_else(|| id.clone()), id, selection: selection.map(|name| name.0) })
}

fn requirement(record: &mut Record<'_>, raw: raw::Requirement, groups: &[Group], at: &str) -> Option<Requirement> {
    let raw::Requirement { id, group, title } = raw;
    let id = record.id(id, &["requirements", at, "id"])?;
    let group = group.map(|name| normal(&name.0)).unwrap_or_default();
    if !group.is_empty() && !groups.iter().any(|known| known.id == group) {
        let near = did_you_mean(&group, groups.iter().map(|group| group.id.as_str()));
        let hint = super::suggestion(near, "the groups stand under `groups`");
        record.report(&UNKNOWN_GROUP, &["requirements", at, "group"], format!("`{group}` is no group of this framework"), hint);
    }
    Some(Requirement { title: title.unwrap_or_else(|| id.clone()), id: RequirementId::new(id), group })
}
