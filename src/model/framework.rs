//! Frameworks: catalogues of requirements, built in or written by the user, and what was decided about single lines.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Origin, Selection};
use crate::{
    date::Date,
    id::{FrameworkId, RequirementId},
};

/// No catalogue has more levels than this.
const LEVELS: usize = 8;

/// A framework.
#[derive(Clone, Debug, PartialEq)]
pub struct Framework {
    /// Its key (`soc2`).
    pub id: FrameworkId,
    /// Its name.
    pub name: String,
    /// Who publishes it.
    pub owner: String,
    /// What one line is called: criterion, clause, article.
    pub word: String,
    /// Its groups in order.
    pub groups: Vec<Group>,
    /// Its lines, by id: requirements, and the headings, background and withdrawn lines around them.
    pub requirements: BTreeMap<RequirementId, Requirement>,
}

/// A group of requirements.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its id (`CC6`).
    pub id: String,
    /// Its title in our own words.
    pub title: String,
    /// The name by which `scope.frameworks` selects it; `None`: always in scope.
    pub selection: Option<String>,
    /// What one of its lines is called, in place of the framework's word.
    pub word: Option<String>,
    /// Whether its lines may be declared not applicable.
    pub applicability: Applicability,
}

/// Whether the lines of a group may be declared not applicable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Applicability {
    /// They may, with a reason.
    Reasoned,
    /// They always apply (clauses 4 to 10 of ISO/IEC 27001).
    Always,
    /// Every line needs a decision with a reason (the statement of applicability of ISO/IEC 27001, Annex A).
    Statement,
}

/// One line of a framework.
#[derive(Clone, Debug, PartialEq)]
pub struct Requirement {
    /// Its id.
    pub id: RequirementId,
    /// Its group's id.
    pub group: String,
    /// The line above it.
    pub parent: Option<RequirementId>,
    /// What it is.
    pub kind: LineKind,
    /// Whether it must be met as it stands; `None` where the framework makes no such difference.
    pub need: Option<Need>,
    /// What it is called, in place of the group's or the framework's word.
    pub word: Option<String>,
    /// The names by which `scope.frameworks` selects it, in place of its group's; empty: as its group.
    pub selections: Vec<String>,
    /// Whether the publisher withdrew it: it is known, and never in scope.
    pub withdrawn: bool,
    /// What took the place of a withdrawn line.
    pub replaced_by: Vec<RequirementId>,
    /// Its title in our own words; its id where there is none.
    pub title: String,
    /// Its place in the catalogue's file, from 0: the order of the pages.
    pub place: usize,
}

/// What a line of a framework is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// Something to be met.
    Requirement,
    /// Structure above other lines; not counted.
    Heading,
    /// Background; shown and not counted.
    Context,
}

/// Whether a line must be met as it stands (45 CFR 164.306(d)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// It must be met.
    Required,
    /// It must be met, or a documented reason and alternative must stand in its place.
    Addressable,
}

/// A decision about a requirement: a line of a statement of applicability, or what stands in place of an addressable
/// specification.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The framework.
    pub framework: FrameworkId,
    /// The requirement.
    pub id: RequirementId,
    /// What was decided.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// Who decided, as written.
    pub decided_by: Option<String>,
    /// The day of the decision, as claimed.
    pub decided_on: Option<Date>,
    /// Where the record stands.
    pub origin: Origin,
}

/// What was decided about a requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It applies.
    Included,
    /// It does not apply.
    Excluded,
    /// Something else is done in its place: what.
    Alternative(String),
}

impl Group {
    /// A group without anything special about it.
    pub fn plain(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self { id: id.into(), title: title.into(), selection: None, word: None, applicability: Applicability::Reasoned }
    }
}

impl Requirement {
    /// A requirement without anything special about it.
    pub fn plain(id: impl Into<String>, group: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            id: RequirementId::new(id),
            group: group.into(),
            parent: None,
            kind: LineKind::Requirement,
            need: None,
            word: None,
            selections: Vec::new(),
            withdrawn: false,
            replaced_by: Vec::new(),
            title: title.into(),
            place: 0,
        }
    }
}

impl Framework {
    /// The names that `scope.frameworks` may list, in order of first use: those of groups, then those of single lines.
    pub fn selections(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        let of_groups = self.groups.iter().filter_map(|group| group.selection.as_deref());
        let of_lines = self.requirements.values().flat_map(|line| line.selections.iter().map(String::as_str));
        for name in of_groups.chain(of_lines) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The lines in scope under a selection, by id: requirements, headings and background, but nothing withdrawn.
    pub fn lines_in_scope<'a>(&'a self, selection: &'a Selection) -> impl Iterator<Item = &'a Requirement> {
        self.requirements.values().filter(move |line| self.is_in_scope(line, selection))
    }

    /// The requirements in scope under a selection, by id: what is to be met and is counted.
    pub fn in_scope<'a>(&'a self, selection: &'a Selection) -> impl Iterator<Item = &'a Requirement> {
        self.lines_in_scope(selection).filter(|line| line.kind == LineKind::Requirement)
    }

    /// Whether a line is in scope under a selection, whatever its kind.
    pub fn is_in_scope(&self, line: &Requirement, selection: &Selection) -> bool {
        !line.withdrawn && self.is_selected(line, selection)
    }

    /// The lines above a line, nearest first, up to eight of them: parents may lead in a circle.
    pub fn above<'a>(&'a self, line: &'a Requirement) -> impl Iterator<Item = &'a Requirement> {
        let parent = |line: &Requirement| line.parent.as_ref().and_then(|id| self.requirements.get(id));
        std::iter::successors(parent(line), move |line| parent(line)).take(LEVELS)
    }

    /// The group of a line; `None` when it names none that exists.
    pub fn group_of(&self, line: &Requirement) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == line.group)
    }

    /// What a line is called.
    pub fn word_of<'a>(&'a self, line: &'a Requirement) -> &'a str {
        let of_group = || self.group_of(line).and_then(|group| group.word.as_deref());
        line.word.as_deref().or_else(of_group).unwrap_or(&self.word)
    }

    /// Whether a line may be declared not applicable, and how.
    pub fn applicability_of(&self, line: &Requirement) -> Applicability {
        self.group_of(line).map_or(Applicability::Reasoned, |group| group.applicability)
    }

    fn is_selected(&self, line: &Requirement, selection: &Selection) -> bool {
        let Selection::Named(names) = selection else { return true };
        if !line.selections.is_empty() {
            return line.selections.iter().any(|name| names.contains(name));
        }
        self.group_of(line).is_none_or(|group| group.selection.as_ref().is_none_or(|name| names.contains(name)))
    }
}
