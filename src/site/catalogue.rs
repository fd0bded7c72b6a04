//! A framework in scope as its pages need it: its lines in the order of its file, in groups, with the places where they
//! and the lists of them stand.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    links::At,
    paging,
    routes::{FrameworkPart, nth_page},
    shelf::Shelf,
    view::{Link, number},
};
use crate::{
    assess::{Assessment, Coverage},
    id::RequirementId,
    model::{Applicability, Framework, Group, LineKind, Programme, Requirement, Selection},
    text::slug,
};

/// How many lines a page of a framework shows, in whole groups.
const LINES_A_PAGE: usize = 350;
/// How many lines of one coverage a page lists.
pub const LISTED_A_PAGE: usize = 250;

/// A framework in scope.
pub struct Catalogue<'a> {
    /// The framework.
    pub framework: &'a Framework,
    /// What of it is in scope.
    pub selection: &'a Selection,
    /// Its groups with lines in scope, in order.
    pub groups: Vec<Section<'a>>,
    /// The coverage of each requirement.
    coverage: BTreeMap<&'a RequirementId, Coverage>,
}

/// A group with its lines in scope.
pub struct Section<'a> {
    /// The group; `None`: the lines whose group the catalogue does not name.
    pub group: Option<&'a Group>,
    /// Its anchor on the framework's page and on the lists.
    pub anchor: String,
    /// The page of the framework on which it stands, from 1.
    pub page: usize,
    /// Its lines in order: requirements, headings and background.
    pub lines: Vec<&'a Requirement>,
}

/// How many lines there are of each coverage; each number leads to its list.
#[derive(Clone, Debug, Serialize)]
pub struct Tally {
    /// With a control in place.
    pub covered: Link,
    /// How many apply.
    pub of: String,
    /// With an alternative in place of an addressable specification.
    pub alternative: Link,
    /// Declared not applicable.
    pub not_applicable: Link,
    /// The others.
    pub uncovered: Link,
}

impl<'a> Section<'a> {
    /// Whether its lines may be declared not applicable, and how.
    pub fn applicability(&self) -> Applicability {
        self.group.map_or(Applicability::Reasoned, |group| group.applicability)
    }

    /// Its requirements in order.
    pub fn requirements(&self) -> impl Iterator<Item = &'a Requirement> {
        self.lines.iter().copied().filter(|line| line.kind == LineKind::Requirement)
    }

    /// Its title; what stands in its place where the catalogue names no such group.
    pub fn title(&self) -> &'a str {
        self.group.map_or("Without a group", |group| group.title.as_str())
    }

    /// Its id; empty where the catalogue names no such group, or where it is a plain word, which its title says better.
    pub fn id(&self) -> &'a str {
        let id = self.group.map_or("", |group| group.id.as_str());
        if id.chars().all(|c| c.is_lowercase() || c == '-' || c == '_') { "" } else { id }
    }
}

/// The frameworks in scope that have requirements, in the order of their keys.
pub fn catalogues<'a>(programme: &'a Programme, assessment: &'a Assessment) -> Vec<Catalogue<'a>> {
    let known = programme.config.scope.frameworks.iter();
    let catalogue = known.filter_map(|(id, selection)| Some(Catalogue::new(programme.frameworks.get(id)?, selection, assessment)));
    catalogue.filter(|catalogue| !catalogue.coverage.is_empty()).collect()
}

impl<'a> Catalogue<'a> {
    fn new(framework: &'a Framework, selection: &'a Selection, assessment: &'a Assessment) -> Self {
        let of_it = assessment.requirements.iter().filter(|line| line.framework == framework.id);
        let mut lines: Vec<&Requirement> = framework.lines_in_scope(selection).collect();
        lines.sort_by_key(|line| line.place);
        let groups = framework.groups.iter().map(|group| (Some(group), group.id.as_str()));
        let mut groups: Vec<Section<'_>> = groups
            .map(|(group, id)| Section { group, anchor: format!("g-{}", slug(id)), page: 1, lines: Vec::new() })
            .chain([Section { group: None, anchor: "g-other".to_owned(), page: 1, lines: Vec::new() }])
            .collect();
        let places: BTreeMap<&str, usize> = framework.groups.iter().enumerate().map(|(at, group)| (group.id.as_str(), at)).rev().collect();
        let last = groups.len() - 1;
        for line in lines {
            groups[places.get(line.group.as_str()).copied().unwrap_or(last)].lines.push(line);
        }
        groups.retain(|group| !group.lines.is_empty());
        place(&mut groups);
        Self { framework, selection, groups, coverage: of_it.map(|line| (&line.id, line.coverage)).collect() }
    }

    /// How many pages the framework takes.
    pub fn pages(&self) -> usize {
        self.groups.last().map_or(1, |group| group.page)
    }

    /// Whether a line is something to be met, and how it stands.
    pub fn coverage(&self, line: &Requirement) -> Option<Coverage> {
        self.coverage.get(&line.id).copied()
    }

    /// The requirements of one coverage in order, each with the number of its group.
    pub fn with(&self, coverage: Coverage) -> Vec<(usize, &'a Requirement)> {
        let groups = self.groups.iter().enumerate();
        let lines = groups.flat_map(|(at, group)| group.lines.iter().map(move |line| (at, *line)));
        lines.filter(|(_, line)| self.coverage(line) == Some(coverage)).collect()
    }

    /// The groups whose lines a statement of applicability decides.
    pub fn stated_groups(&self) -> impl Iterator<Item = &Section<'a>> {
        self.groups.iter().filter(|group| group.applicability() == Applicability::Statement)
    }

    /// The requirements in order.
    pub fn requirements(&self) -> impl Iterator<Item = &'a Requirement> {
        self.groups.iter().flat_map(Section::requirements)
    }

    /// Where a line stands on the framework's page, as a path from the site's root.
    pub fn line_path(&self, shelf: &Shelf<'a>, line: &Requirement) -> Option<String> {
        let first = shelf.routes.framework(&self.framework.id)?;
        let group = self.groups.iter().find(|group| group.lines.iter().any(|known| known.id == line.id))?;
        Some(format!("{}#{}", nth_page(first, group.page), line_anchor(line)))
    }

    /// The numbers of a group, or of the whole framework.
    pub fn tally(&self, at: At<'_, 'a>, group: Option<usize>) -> Tally {
        let count = |coverage| self.count(at, coverage, group);
        let applies = [Coverage::Covered, Coverage::Uncovered, Coverage::Alternative];
        let of =
            applies.iter().map(|coverage| self.with(*coverage).iter().filter(|(own, _)| group.is_none_or(|group| group == *own)).count());
        Tally {
            of: number(of.sum()),
            covered: count(Coverage::Covered),
            alternative: count(Coverage::Alternative),
            not_applicable: count(Coverage::NotApplicable),
            uncovered: count(Coverage::Uncovered),
        }
    }

    fn count(&self, at: At<'_, 'a>, coverage: Coverage, group: Option<usize>) -> Link {
        let lines = self.with(coverage);
        let is_in = |(own, _): &&(usize, &Requirement)| group.is_none_or(|group| group == *own);
        let count = lines.iter().filter(is_in).count();
        let path = at.shelf.routes.framework_part(&self.framework.id, FrameworkPart::Lines(coverage));
        let (Some(path), Some(first)) = (path, lines.iter().position(|line| is_in(&line))) else { return Link::plain(number(count)) };
        let page = paging::page_of(path, first, LISTED_A_PAGE);
        let place = group.map_or(page.clone(), |group| format!("{page}#{}", self.groups[group].anchor));
        at.to(&place, number(count))
    }
}

/// The anchor of a line on its framework's page.
pub fn line_anchor(line: &Requirement) -> String {
    format!("l-{}", line.place)
}

/// Gives every group an anchor of its own and its page.
fn place(groups: &mut [Section<'_>]) {
    let (mut taken, mut page, mut lines) = (BTreeSet::new(), 1, 0);
    for (at, group) in groups.iter_mut().enumerate() {
        if !taken.insert(group.anchor.clone()) {
            group.anchor = format!("{}--{at}", group.anchor);
        }
        if lines > 0 && lines + group.lines.len() > LINES_A_PAGE {
            (page, lines) = (page + 1, 0);
        }
        lines += group.lines.len();
        group.page = page;
    }
}
