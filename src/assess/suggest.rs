//! Suggestions: by the crosswalks, where a control that serves a line of one framework could serve lines of another.
//!
//! A suggestion is a reason to read a line and nothing more: no rule and no count of coverage reads it. A pair is one step;
//! pairs are never chained. A pair that names a heading speaks of the lines below it, and says less about each of them than
//! about the heading. What is withdrawn, out of scope or not applicable suggests nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    id::{ControlId, FrameworkId, RequirementId},
    model::{Basis, Control, ControlStatus, Crosswalk, Framework, LineKind, Programme, Relation, Requirement, Selection, Standing},
};

/// A line of a framework.
type Key<'a> = (&'a FrameworkId, &'a RequirementId);

/// The crosswalks between the frameworks in scope, read both ways.
pub struct Counterparts<'a> {
    scoped: BTreeMap<&'a FrameworkId, Scoped<'a>>,
    pairs: BTreeMap<Key<'a>, Vec<End<'a>>>,
    claims: BTreeMap<Key<'a>, Vec<&'a Control>>,
    crosswalks: Vec<&'a Crosswalk>,
}

/// One framework: its lines that can suggest and be suggested, and what lies below each heading.
struct Scoped<'a> {
    framework: &'a Framework,
    lines: BTreeMap<&'a RequirementId, &'a Requirement>,
    below: BTreeMap<&'a RequirementId, Vec<&'a Requirement>>,
}

/// The other end of a pair, with how it relates to this one.
#[derive(Clone, Copy)]
struct End<'a> {
    key: Key<'a>,
    relation: Relation,
    crosswalk: &'a Crosswalk,
}

/// A line of another framework that speaks of the same as the line asked about.
#[derive(Clone, Copy)]
pub struct Counterpart<'a> {
    /// Its framework.
    pub framework: &'a Framework,
    /// The line: a requirement or a heading.
    pub line: &'a Requirement,
    /// How it relates to the line asked about: `superset` asks all that it asks, and more.
    pub relation: Relation,
    /// The heading above the line asked about, where the pair names that.
    pub by: Option<By<'a>>,
    /// Where the pair stands.
    pub crosswalk: &'a Crosswalk,
}

/// A heading that a pair names in place of a line below it.
#[derive(Clone, Copy)]
pub struct By<'a> {
    /// Its framework.
    pub framework: &'a Framework,
    /// The heading.
    pub heading: &'a Requirement,
}

impl By<'_> {
    /// What it is called: `standard 164.308(a)(1)(i)`.
    pub fn words(&self) -> String {
        format!("{} {}", self.framework.word_of(self.heading), self.heading.id)
    }
}

/// How far a control could serve a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// A line that it serves asks all that this one asks.
    Whole,
    /// A line that it serves asks something of what this one asks.
    Partial,
}

impl Reach {
    /// The words for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Partial => "in part",
        }
    }
}

/// One way from a control to a line: the line that it serves already, and the pair between the two.
#[derive(Clone, Copy)]
pub struct Way<'a> {
    /// The framework of the line that the control serves.
    pub framework: &'a Framework,
    /// That line.
    pub served: &'a Requirement,
    /// How that line relates to the suggested one.
    pub relation: Relation,
    /// The heading above one of the two lines, where the pair names that in place of the line.
    pub by: Option<By<'a>>,
    /// Where the pair stands.
    pub crosswalk: &'a Crosswalk,
}

impl Way<'_> {
    /// How far it carries.
    pub fn reach(&self) -> Reach {
        match self.relation {
            Relation::Equal | Relation::Superset => Reach::Whole,
            Relation::Subset | Relation::Intersects | Relation::None => Reach::Partial,
        }
    }

    fn rank(&self) -> (u8, Basis, bool, &RequirementId, &str) {
        (weakness(self.relation), self.crosswalk.basis, self.by.is_some(), &self.served.id, &self.crosswalk.id)
    }
}

/// A control that could serve a line.
pub struct Suggestion<'a> {
    /// The control.
    pub control: &'a Control,
    /// The ways from it to the line, the strongest first; never empty.
    pub ways: Vec<Way<'a>>,
}

/// A line that a control could serve.
pub struct Reachable<'a> {
    /// Its framework.
    pub framework: &'a Framework,
    /// The line.
    pub line: &'a Requirement,
    /// The strongest way to it.
    pub way: Way<'a>,
}

/// Which pairs are looked at.
#[derive(Clone, Copy, Debug)]
pub struct Filter {
    /// The weakest relation, in the order equal, superset, subset, intersects.
    pub least: Relation,
    /// Only pairs that their author stated.
    pub direct: bool,
}

impl Default for Filter {
    fn default() -> Self {
        Self { least: Relation::Intersects, direct: false }
    }
}

impl Filter {
    fn lets(self, relation: Relation, crosswalk: &Crosswalk) -> bool {
        weakness(relation) <= weakness(self.least) && (!self.direct || crosswalk.basis == Basis::Direct)
    }
}

impl<'a> Counterparts<'a> {
    /// Reads the crosswalks between the frameworks in scope.
    pub fn new(programme: &'a Programme, crosswalks: &'a BTreeMap<String, Crosswalk>) -> Self {
        let in_scope = programme.config.scope.frameworks.iter();
        let known = in_scope.filter_map(|(id, selection)| Some((id, scoped(programme, programme.frameworks.get(id)?, selection))));
        let scoped: BTreeMap<&FrameworkId, Scoped<'_>> = known.collect();
        let between = |crosswalk: &&Crosswalk| {
            crosswalk.from != crosswalk.to && scoped.contains_key(&crosswalk.from) && scoped.contains_key(&crosswalk.to)
        };
        let crosswalks: Vec<&Crosswalk> = crosswalks.values().filter(between).collect();
        let mut pairs: BTreeMap<Key<'_>, Vec<End<'_>>> = BTreeMap::new();
        for crosswalk in &crosswalks {
            for pair in crosswalk.pairs.iter().filter(|pair| pair.relation != Relation::None) {
                let (from, to) = ((&crosswalk.from, &pair.from), (&crosswalk.to, &pair.to));
                pairs.entry(to).or_default().push(End { key: from, relation: pair.relation, crosswalk });
                pairs.entry(from).or_default().push(End { key: to, relation: pair.relation.reversed(), crosswalk });
            }
        }
        let claims = claims(programme, &scoped);
        Self { scoped, pairs, claims, crosswalks }
    }

    /// The crosswalks that are read, by id.
    pub fn crosswalks(&self) -> &[&'a Crosswalk] {
        &self.crosswalks
    }

    /// The lines of the other frameworks that speak of the same as a line, by framework and place; a line that several
    /// crosswalks name stands several times in a row, the strongest relation first.
    pub fn of(&self, framework: &FrameworkId, line: &RequirementId) -> Vec<Counterpart<'a>> {
        let Some((scoped, line)) = self.line(framework, line) else { return Vec::new() };
        let above = scoped.framework.above(line).filter(|above| above.kind == LineKind::Heading);
        let mut found: Vec<Counterpart<'a>> = Vec::new();
        for (by, key) in std::iter::once((None, line)).chain(above.map(|above| (Some(above), above))) {
            let ends = self.pairs.get(&(framework, &key.id)).map_or(&[][..], Vec::as_slice);
            found.extend(ends.iter().filter_map(|end| {
                let (other, line) = self.line(end.key.0, end.key.1)?;
                let relation = if by.is_some() { to_part(end.relation) } else { end.relation };
                let by = by.map(|heading| By { framework: scoped.framework, heading });
                Some(Counterpart { framework: other.framework, line, relation, by, crosswalk: end.crosswalk })
            }));
        }
        found.sort_by(|a, b| {
            let rank = |one: &Counterpart<'a>| (weakness(one.relation), one.crosswalk.basis, one.by.is_some(), &one.crosswalk.id);
            (&a.framework.id, a.line.place, &a.line.id, rank(a)).cmp(&(&b.framework.id, b.line.place, &b.line.id, rank(b)))
        });
        found
    }

    /// The controls that could serve a line and do not claim it, the strongest suggestion first.
    pub fn suggestions(&self, framework: &FrameworkId, line: &RequirementId, filter: Filter) -> Vec<Suggestion<'a>> {
        if self.line(framework, line).is_none_or(|(_, line)| line.kind != LineKind::Requirement) {
            return Vec::new();
        }
        let claimed: BTreeSet<&ControlId> = self.claims.get(&(framework, line)).into_iter().flatten().map(|control| &control.id).collect();
        let mut ways: BTreeMap<&ControlId, Suggestion<'a>> = BTreeMap::new();
        for counterpart in self.of(framework, line) {
            for (served, is_part) in self.served_lines(&counterpart.framework.id, counterpart.line) {
                let relation = if is_part { from_part(counterpart.relation) } else { counterpart.relation };
                if !filter.lets(relation, counterpart.crosswalk) {
                    continue;
                }
                let by = counterpart.by.or(is_part.then_some(By { framework: counterpart.framework, heading: counterpart.line }));
                let way = Way { framework: counterpart.framework, served, relation, by, crosswalk: counterpart.crosswalk };
                let claims = self.claims.get(&(&counterpart.framework.id, &served.id)).map_or(&[][..], Vec::as_slice);
                for control in claims.iter().filter(|control| !claimed.contains(&control.id)) {
                    ways.entry(&control.id).or_insert_with(|| Suggestion { control, ways: Vec::new() }).ways.push(way);
                }
            }
        }
        let mut found: Vec<Suggestion<'a>> = ways.into_values().collect();
        found.iter_mut().for_each(|suggestion| suggestion.ways.sort_by(|a, b| a.rank().cmp(&b.rank())));
        let rank = |one: &Suggestion<'a>| (weakness(one.ways[0].relation), one.ways[0].crosswalk.basis, usize::MAX - one.ways.len());
        found.sort_by(|a, b| (rank(a), &a.control.id).cmp(&(rank(b), &b.control.id)));
        found
    }

    /// The lines that a control could serve and does not claim, by framework and place.
    pub fn reachable(&self, control: &Control) -> Vec<Reachable<'a>> {
        let mut best: BTreeMap<(&FrameworkId, usize, &RequirementId), Reachable<'a>> = BTreeMap::new();
        let claimed = |key: Key<'_>| self.claims.get(&key).is_some_and(|claims| claims.iter().any(|one| one.id == control.id));
        let lines = control.satisfies.iter().flat_map(|(framework, ids)| ids.iter().map(move |id| (framework, id)));
        for (framework, served) in lines.filter(|key| claimed(*key)) {
            let Some((from, served)) = self.line(framework, served) else { continue };
            for counterpart in self.of(framework, &served.id) {
                for (line, is_part) in self.served_lines(&counterpart.framework.id, counterpart.line) {
                    if claimed((&counterpart.framework.id, &line.id)) {
                        continue;
                    }
                    // Read from the other end: there the served line is the counterpart.
                    let relation = counterpart.relation.reversed();
                    let relation = if is_part { to_part(relation) } else { relation };
                    let by = counterpart.by.or(is_part.then_some(By { framework: counterpart.framework, heading: counterpart.line }));
                    let way = Way { framework: from.framework, served, relation, by, crosswalk: counterpart.crosswalk };
                    let found = Reachable { framework: counterpart.framework, line, way };
                    let entry = best.entry((&counterpart.framework.id, line.place, &line.id));
                    let kept = entry.or_insert_with(|| Reachable { framework: counterpart.framework, line, way });
                    if found.way.rank() < kept.way.rank() {
                        *kept = found;
                    }
                }
            }
        }
        best.into_values().collect()
    }

    /// The requirements that a line stands for, each with whether it is only a part of it: itself, or those below a heading.
    pub fn served_lines(&self, framework: &FrameworkId, line: &'a Requirement) -> Vec<(&'a Requirement, bool)> {
        if line.kind == LineKind::Requirement {
            return vec![(line, false)];
        }
        let below = self.scoped.get(framework).and_then(|scoped| scoped.below.get(&line.id));
        below.map_or_else(Vec::new, |below| below.iter().map(|line| (*line, true)).collect())
    }

    fn line(&self, framework: &FrameworkId, line: &RequirementId) -> Option<(&Scoped<'a>, &'a Requirement)> {
        let scoped = self.scoped.get(framework)?;
        Some((scoped, scoped.lines.get(line)?))
    }
}

fn scoped<'a>(programme: &Programme, framework: &'a Framework, selection: &Selection) -> Scoped<'a> {
    let counts = |line: &&Requirement| match line.kind {
        LineKind::Requirement => !matches!(programme.standing(framework, line), Standing::NotApplicable(_)),
        LineKind::Heading => true,
        LineKind::Context => false,
    };
    // Scope is asked of the framework as it was given; the selection need not live as long.
    let in_scope = framework.requirements.values().filter(|line| framework.is_in_scope(line, selection));
    let lines: BTreeMap<&RequirementId, &Requirement> = in_scope.filter(counts).map(|line| (&line.id, line)).collect();
    let mut below: BTreeMap<&RequirementId, Vec<&Requirement>> = BTreeMap::new();
    for line in lines.values().filter(|line| line.kind == LineKind::Requirement) {
        for above in framework.above(line).filter(|above| above.kind == LineKind::Heading) {
            let list = below.entry(&above.id).or_default();
            // Parents that lead in a circle name a heading twice.
            if list.last().is_none_or(|last| last.id != line.id) {
                list.push(line);
            }
        }
    }
    Scoped { framework, lines, below }
}

/// The controls that claim each line; those that are retired or do not apply claim nothing.
fn claims<'a>(programme: &'a Programme, scoped: &BTreeMap<&'a FrameworkId, Scoped<'a>>) -> BTreeMap<Key<'a>, Vec<&'a Control>> {
    let mut claims: BTreeMap<Key<'a>, Vec<&'a Control>> = BTreeMap::new();
    let live = |control: &&Control| control.status != ControlStatus::Retired && control.not_applicable.is_none();
    for control in programme.controls.values().filter(live) {
        for (framework, ids) in control.satisfies.iter().filter(|(framework, _)| scoped.contains_key(framework)) {
            let known = |id: &&RequirementId| scoped[framework].lines.get(id).is_some_and(|line| line.kind == LineKind::Requirement);
            for id in ids.iter().filter(known) {
                let holders = claims.entry((framework, id)).or_default();
                // A requirement listed twice is still one claim.
                if holders.last().is_none_or(|last| last.id != control.id) {
                    holders.push(control);
                }
            }
        }
    }
    claims
}

/// How weak a relation is as a suggestion: `equal` the least.
fn weakness(relation: Relation) -> u8 {
    match relation {
        Relation::Equal => 0,
        Relation::Superset => 1,
        Relation::Subset => 2,
        Relation::Intersects => 3,
        Relation::None => 4,
    }
}

/// How a line relates to a part of the heading to which it has this relation.
fn to_part(relation: Relation) -> Relation {
    match relation {
        Relation::Equal | Relation::Superset => Relation::Superset,
        Relation::Subset | Relation::Intersects => Relation::Intersects,
        Relation::None => Relation::None,
    }
}

/// How a part of a heading relates to the line to which the heading has this relation.
fn from_part(relation: Relation) -> Relation {
    to_part(relation.reversed()).reversed()
}
