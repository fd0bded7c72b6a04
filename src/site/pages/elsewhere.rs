//! What the frameworks have to do with one requirement, control or document: what it serves, and what the crosswalks say of
//! it, which is shown as suggestions and never as coverage. A part of other pages, not a page of its own.

use serde::Serialize;

use super::frameworks::{basis, crosswalk_link};
use crate::{
    assess::{
        Coverage,
        suggest::{Counterpart, Filter, Reachable, Suggestion, Way},
    },
    id::{FrameworkId, RequirementId},
    model::{Control, LineKind, Mapping, Relation},
    site::{
        links::At,
        view::{Link, Mark, counted, number, plural},
    },
};

/// No more counterparts than this are named.
const COUNTERPARTS_NAMED: usize = 40;
/// No more suggested controls than this are named.
const SUGGESTIONS_NAMED: usize = 10;
/// No more lines than this are named of one framework on a control's page.
const LINES_NAMED: usize = 8;

/// The requirements of one framework that a control or a document serves.
#[derive(Clone, Debug, Serialize)]
pub struct Serves {
    /// The framework.
    pub framework: Link,
    /// The requirements.
    pub lines: Vec<Link>,
}

/// Lines of one other framework that relate to a requirement in the same way, by the same crosswalks.
#[derive(Clone, Debug, Serialize)]
pub struct Elsewhere {
    /// The framework.
    pub framework: Link,
    /// How its lines relate to this requirement, as words.
    pub relation: String,
    /// Where the pairs stand, each with its basis.
    pub sources: Vec<Source>,
    /// The lines.
    pub rows: Vec<CounterpartRow>,
}

/// A line of another framework.
#[derive(Clone, Debug, Serialize)]
pub struct CounterpartRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub line: Link,
    /// Whether it is covered, in words.
    pub coverage: String,
}

/// Where a pair stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Source {
    /// The crosswalk.
    pub crosswalk: Link,
    /// Whether its author stated the pair or it was computed.
    pub basis: &'static str,
}

/// A control that could serve a requirement.
#[derive(Clone, Debug, Serialize)]
pub struct SuggestionRow {
    /// The control.
    pub control: Link,
    /// Its design.
    pub design: Mark,
    /// `whole` or `in part`.
    pub reach: &'static str,
    /// The strongest way, as a sentence that ends before the source.
    pub way: String,
    /// The line that the control serves already.
    pub served: Link,
    /// Where the pair stands.
    pub source: Source,
    /// How many more ways there are, in words; empty when there is none.
    pub more: String,
}

/// Lines of one framework that a control could serve too.
#[derive(Clone, Debug, Serialize)]
pub struct CouldServe {
    /// The framework.
    pub framework: Link,
    /// `whole` or `in part`.
    pub reach: &'static str,
    /// The lines, by id.
    pub lines: Vec<Link>,
    /// How many more there are, in words; empty when all are named.
    pub more: String,
}

/// What a control or a document serves, by framework.
pub fn serves(at: At<'_, '_>, mapping: &Mapping) -> Vec<Serves> {
    let lines = |(framework, ids): (&FrameworkId, &Vec<RequirementId>)| Serves {
        framework: at.framework(framework),
        lines: ids.iter().map(|id| at.requirement(framework, id)).collect(),
    };
    mapping.iter().map(lines).collect()
}

/// The counterparts of a requirement, and how many are not named, in words.
pub fn elsewhere<'a>(at: At<'_, 'a>, counterparts: &[Counterpart<'a>]) -> (Vec<Elsewhere>, String) {
    let same = |a: &Counterpart<'_>, b: &Counterpart<'_>| a.framework.id == b.framework.id && a.line.id == b.line.id;
    let lines: Vec<&[Counterpart<'_>]> = counterparts.chunk_by(same).collect();
    let mut found: Vec<Elsewhere> = Vec::new();
    for pairs in lines.iter().take(COUNTERPARTS_NAMED) {
        let framework = at.framework(&pairs[0].framework.id);
        let (relation, sources) = (relation_of(&pairs[0]), sources(at, pairs));
        let alike = |block: &&mut Elsewhere| block.framework == framework && block.relation == relation && block.sources == sources;
        let row = counterpart(at, &pairs[0]);
        match found.iter_mut().find(alike) {
            Some(block) => block.rows.push(row),
            None => found.push(Elsewhere { framework, relation, sources, rows: vec![row] }),
        }
    }
    let more = lines.len().saturating_sub(COUNTERPARTS_NAMED);
    (found, if more == 0 { String::new() } else { counted(more, "more line", "more lines") })
}

fn relation_of(counterpart: &Counterpart<'_>) -> String {
    let words = match counterpart.relation {
        Relation::Equal => "ask the same as this",
        Relation::Superset => "ask all of this and more",
        Relation::Subset => "ask a part of this",
        Relation::Intersects => "share something with this",
        Relation::None => "share nothing with this",
    };
    counterpart.by.map_or_else(|| words.to_owned(), |by| format!("{words}, by {}", by.words()))
}

fn sources<'a>(at: At<'_, 'a>, pairs: &[Counterpart<'a>]) -> Vec<Source> {
    let mut sources: Vec<Source> = pairs.iter().map(|pair| source(at, pair.crosswalk)).collect();
    sources.sort();
    sources.dedup();
    sources
}

fn counterpart<'a>(at: At<'_, 'a>, counterpart: &Counterpart<'a>) -> CounterpartRow {
    let (framework, line) = (counterpart.framework, counterpart.line);
    let link = if line.kind == LineKind::Heading {
        let title = format!("{} ({})", line.title, framework.word_of(line));
        let place = at.shelf.catalogue(&framework.id).and_then(|catalogue| catalogue.line_path(at.shelf, line));
        place.map_or_else(|| Link::plain(title.as_str()), |path| at.to(&path, title.as_str()))
    } else {
        Link { text: line.title.clone(), ..at.requirement(&framework.id, &line.id) }
    };
    CounterpartRow { id: line.id.to_string(), line: link, coverage: coverage(at, counterpart) }
}

fn source(at: At<'_, '_>, crosswalk: &crate::model::Crosswalk) -> Source {
    Source { crosswalk: crosswalk_link(at, crosswalk), basis: basis(crosswalk.basis) }
}

/// Whether a counterpart is covered; of a heading, how many of the lines below it are.
fn coverage(at: At<'_, '_>, counterpart: &Counterpart<'_>) -> String {
    let (framework, line) = (counterpart.framework, counterpart.line);
    let Some(catalogue) = at.shelf.catalogue(&framework.id) else { return String::new() };
    if line.kind == LineKind::Requirement {
        return catalogue.coverage(line).map_or_else(String::new, |coverage| Mark::coverage(coverage).words);
    }
    let below = at.shelf.counterparts.served_lines(&framework.id, line);
    let covered = below.iter().filter(|(line, _)| catalogue.coverage(line) == Some(Coverage::Covered)).count();
    format!("{} of {} {} below it covered", number(covered), number(below.len()), plural(&framework.word))
}

/// The controls that could serve a requirement, and how many are not named, in words.
pub fn could_be_served<'a>(at: At<'_, 'a>, line: &crate::assess::RequirementAssessment) -> (Vec<SuggestionRow>, String) {
    let found = at.shelf.counterparts.suggestions(&line.framework, &line.id, Filter::default());
    let more = found.len().saturating_sub(SUGGESTIONS_NAMED);
    let rows = found.iter().take(SUGGESTIONS_NAMED).map(|suggestion| self::suggestion(at, suggestion)).collect();
    (rows, if more == 0 { String::new() } else { counted(more, "more control", "more controls") })
}

fn suggestion<'a>(at: At<'_, 'a>, suggestion: &Suggestion<'a>) -> SuggestionRow {
    let Suggestion { control, ways } = suggestion;
    let way = &ways[0];
    let design = at.shelf.controls.get(&control.id).map(|control| Mark::design(control.design));
    SuggestionRow {
        control: at.control_named(&control.id),
        design: design.unwrap_or_else(|| Mark::outcome(crate::assess::Outcome::Unknown)),
        reach: way.reach().words(),
        way: way_words(way),
        served: Link { text: format!("{} of {}", way.served.id, way.framework.name), ..at.requirement(&way.framework.id, &way.served.id) },
        source: source(at, way.crosswalk),
        more: if ways.len() > 1 { counted(ways.len() - 1, "more way", "more ways") } else { String::new() },
    }
}

fn way_words(way: &Way<'_>) -> String {
    let by = way.by.map_or_else(String::new, |by| format!(", by {}", by.words()));
    let words = match way.relation {
        Relation::Equal => "asks the same as this",
        Relation::Superset => "asks all of this and more",
        Relation::Subset => "asks a part of this",
        Relation::Intersects | Relation::None => "shares something with this",
    };
    format!("{words}{by}")
}

/// The lines that a control could serve too, by framework: those that it could serve whole before the others.
pub fn could_serve<'a>(at: At<'_, 'a>, control: &Control) -> Vec<CouldServe> {
    let mut found = at.shelf.counterparts.reachable(control);
    found.sort_by_key(|line| line.way.reach());
    found.sort_by(|a, b| a.framework.id.cmp(&b.framework.id));
    let same = |a: &Reachable<'_>, b: &Reachable<'_>| a.framework.id == b.framework.id && a.way.reach() == b.way.reach();
    let of = |lines: &[Reachable<'_>]| {
        let link = |line: &Reachable<'_>| Link { text: line.line.id.to_string(), ..at.requirement(&line.framework.id, &line.line.id) };
        let more = lines.len().saturating_sub(LINES_NAMED);
        CouldServe {
            framework: at.framework(&lines[0].framework.id),
            reach: lines[0].way.reach().words(),
            lines: lines.iter().take(LINES_NAMED).map(link).collect(),
            more: if more == 0 { String::new() } else { format!("{} more", number(more)) },
        }
    };
    found.chunk_by(same).map(of).collect()
}
