//! Frameworks: catalogues of requirements, built in or written by the user.

use std::collections::BTreeMap;

use super::Selection;
use crate::id::{FrameworkId, RequirementId};

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
    /// Its lines, by id.
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
}

/// One line of a framework.
#[derive(Clone, Debug, PartialEq)]
pub struct Requirement {
    /// Its id.
    pub id: RequirementId,
    /// Its group's id.
    pub group: String,
    /// Its title in our own words.
    pub title: String,
}

impl Framework {
    /// The names that `scope.frameworks` may list, in order of first use.
    pub fn selections(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for name in self.groups.iter().filter_map(|group| group.selection.as_deref()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The requirements in scope under a selection, by id.
    pub fn in_scope<'a>(&'a self, selection: &'a Selection) -> impl Iterator<Item = &'a Requirement> {
        self.requirements.values().filter(move |requirement| match selection {
            Selection::All => true,
            Selection::Named(names) => self
                .groups
                .iter()
                .find(|group| group.id == requirement.group)
                .is_none_or(|group| group.selection.as_ref().is_none_or(|name| names.contains(name))),
        })
    }
}
