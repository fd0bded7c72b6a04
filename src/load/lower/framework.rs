//! Frameworks, decisions about their lines, and crosswalks between them.

use std::collections::BTreeMap;

use super::{Record, Target, normal};
use crate::{
    diag::did_you_mean,
    id::{FrameworkId, RequirementId},
    load::{
        codes::{DUPLICATE_ID, MISSING_KEY, UNKNOWN_GROUP, UNKNOWN_PARENT},
        raw,
    },
    model::{Applicability, Basis, Crosswalk, Decision, Framework, Group, LineKind, Need, Pair, Relation, Requirement, Verdict},
};

/// Lowers a framework; `None` when it has no key.
pub(in crate::load) fn framework(record: &mut Record<'_>, raw: raw::Framework) -> Option<Framework> {
    let raw::Framework { schema: _, framework, name, owner, word, groups, requirements } = raw;
    let id = record.id(framework, &["framework"])?;
    let groups: Vec<Group> = groups.into_iter().flatten().filter_map(group).collect();
    let mut lines = BTreeMap::new();
    let mut parents = Vec::new();
    for (place, raw) in requirements.into_iter().flatten().enumerate() {
        let at = place.to_string();
        if let Some(requirement) = requirement(record, raw, &groups, (place, &at)) {
            if lines.contains_key(&requirement.id) {
                let message = format!("the requirement `{}` stands twice in this framework", requirement.id);
                record.report(&DUPLICATE_ID, &["requirements", &at, "id"], message, "give one of them another id");
            } else {
                parents.extend(requirement.parent.clone().map(|parent| (parent, at)));
                lines.insert(requirement.id.clone(), requirement);
            }
        }
    }
    for (parent, at) in parents.iter().filter(|(parent, _)| !lines.contains_key(parent)) {
        let near = did_you_mean(parent.as_str(), lines.keys().map(RequirementId::as_str));
        let hint = super::suggestion(near, "`parent` names another line of the same framework");
        record.report(&UNKNOWN_PARENT, &["requirements", at, "parent"], format!("`{parent}` is no line of this framework"), hint);
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
    let raw::Group { id, title, selection, word, applicability } = raw;
    let id = normal(&id?.0);
    Some(Group {
        title: title.unwrap_or_else(|| id.clone()),
        id,
        selection: selection.map(|name| name.0),
        word,
        applicability: match applicability {
            Some(raw::Applicability::Always) => Applicability::Always,
            Some(raw::Applicability::Statement) => Applicability::Statement,
            None => Applicability::Reasoned,
        },
    })
}

fn requirement(record: &mut Record<'_>, raw: raw::Requirement, groups: &[Group], (place, at): (usize, &str)) -> Option<Requirement> {
    let raw::Requirement { id, group, parent, kind, need, word, selections, withdrawn, replaced_by, title } = raw;
    let id = record.id(id, &["requirements", at, "id"])?;
    let group = group.map(|name| normal(&name.0)).unwrap_or_default();
    if !group.is_empty() && !groups.iter().any(|known| known.id == group) {
        let near = did_you_mean(&group, groups.iter().map(|group| group.id.as_str()));
        let hint = super::suggestion(near, "the groups stand under `groups`");
        record.report(&UNKNOWN_GROUP, &["requirements", at, "group"], format!("`{group}` is no group of this framework"), hint);
    }
    let line = |name: raw::Name| RequirementId::new(normal(&name.0));
    Some(Requirement {
        title: title.unwrap_or_else(|| id.clone()),
        id: RequirementId::new(id),
        group,
        parent: parent.map(line),
        kind: match kind {
            Some(raw::LineKind::Heading) => LineKind::Heading,
            Some(raw::LineKind::Context) => LineKind::Context,
            Some(raw::LineKind::Requirement) | None => LineKind::Requirement,
        },
        need: need.map(|need| match need {
            raw::Need::Required => Need::Required,
            raw::Need::Addressable => Need::Addressable,
        }),
        word,
        selections: selections.into_iter().flatten().map(|name| name.0).collect(),
        withdrawn: withdrawn.unwrap_or(false),
        replaced_by: replaced_by.into_iter().flatten().map(line).collect(),
        place,
    })
}

/// Lowers a decision about a requirement; `None` when it does not say about which, or what was decided and why.
pub(in crate::load) fn decision(record: &mut Record<'_>, raw: raw::Decision) -> Option<Decision> {
    let raw::Decision { schema: _, framework, id, decision, reason, alternative, decided_by, decided_on } = raw;
    let framework = record.id(framework, &["framework"])?;
    let id = record.id(id, &["id"])?;
    record.refer("id", &["id"], Target::Requirement(framework.clone(), id.clone()));
    let verdict = match (decision?, alternative) {
        (raw::DecisionWord::Included, _) => Verdict::Included,
        (raw::DecisionWord::Excluded, _) => Verdict::Excluded,
        (raw::DecisionWord::Alternative, Some(text)) => Verdict::Alternative(text),
        (raw::DecisionWord::Alternative, None) => {
            let message = "the decision is `alternative`, and `alternative:` does not say what is done instead";
            record.lost(&MISSING_KEY, &["decision"], message, "write `alternative:` with what is done in its place");
            return None;
        }
    };
    Some(Decision {
        framework: FrameworkId::new(framework),
        id: RequirementId::new(id),
        verdict,
        reason: reason?,
        decided_by: record.person(decided_by, "decided_by", &["decided_by"]),
        decided_on: record.date(decided_on, &["decided_on"]),
        origin: record.origin(),
    })
}

/// Lowers a crosswalk; `None` when it does not say between which frameworks. Whether its ids exist is not asked: a
/// crosswalk may speak of a framework that this programme does not have.
pub(in crate::load) fn crosswalk(record: &mut Record<'_>, raw: raw::Crosswalk) -> Option<Crosswalk> {
    let raw::Crosswalk { schema: _, crosswalk, from, to, basis, author, source, licence, note, relation, pairs, relations } = raw;
    let id = record.id(crosswalk, &["crosswalk"])?;
    let from = record.id(from, &["from"])?;
    let to = record.id(to, &["to"])?;
    let shared = relation.map_or(Relation::Intersects, self::relation);
    let line = |text: &str| RequirementId::new(normal(text));
    let plain = pairs.into_iter().flatten().flat_map(|(from, ids)| {
        let from = line(&from);
        ids.into_iter().map(move |to| Pair { from: from.clone(), to: line(&to.0), relation: shared }).collect::<Vec<_>>()
    });
    let own = relations.into_iter().flatten().filter_map(|raw::RelatedPair { from, to, relation }| {
        Some(Pair { from: line(&from?.0), to: line(&to?.0), relation: self::relation(relation?) })
    });
    let mut pairs: Vec<Pair> = plain.chain(own).collect();
    pairs.sort();
    pairs.dedup();
    Some(Crosswalk {
        id,
        from: FrameworkId::new(from),
        to: FrameworkId::new(to),
        basis: match basis {
            Some(raw::Basis::Direct) => Basis::Direct,
            Some(raw::Basis::Derived) | None => Basis::Derived,
        },
        author: author.unwrap_or_default(),
        source: source.unwrap_or_default(),
        licence: licence.unwrap_or_default(),
        note: note.unwrap_or_default(),
        pairs,
    })
}

fn relation(raw: raw::Relation) -> Relation {
    match raw {
        raw::Relation::Equal => Relation::Equal,
        raw::Relation::Subset => Relation::Subset,
        raw::Relation::Superset => Relation::Superset,
        raw::Relation::Intersects => Relation::Intersects,
        raw::Relation::None => Relation::None,
    }
}
