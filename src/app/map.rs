//! `tickmark map`: what the crosswalks suggest, and which crosswalks there are. Nothing here counts as coverage.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Assessed, Source, UsageError, Watch, assessed};
use crate::{
    assess::{
        self, Assessment, Coverage, RequirementAssessment,
        suggest::{Counterparts, Filter, Reach, Suggestion, Way},
    },
    diag::did_you_mean,
    id::{ControlId, FrameworkId},
    load,
    model::{Basis, ControlStatus, Crosswalk, Framework, Mapping, Programme, Relation, Selection},
};

/// What is asked of the crosswalks.
#[derive(Clone, Debug, Default)]
pub struct MapRequest {
    /// The framework to be served, in scope or not; `None`: all in scope.
    pub framework: Option<String>,
    /// The one control that is asked about.
    pub control: Option<String>,
    /// Which pairs are looked at.
    pub filter: Filter,
    /// Whether requirements with a control in place are looked at too.
    pub all: bool,
}

/// What the crosswalks suggest for one framework.
#[derive(Clone, Debug, Serialize)]
pub struct MapReport {
    /// Its key.
    pub framework: String,
    /// Its name.
    pub name: String,
    /// Whether it is in scope; if not, all here is as if it were, as a whole.
    pub in_scope: bool,
    /// Its requirements by coverage, as the assessment has them.
    pub counts: MapCounts,
    /// The ids of the requirements looked at that a control could serve whole.
    pub whole: Vec<String>,
    /// Those that a control could serve in part.
    pub partial: Vec<String>,
    /// Those for which the crosswalks know no control.
    pub none: Vec<String>,
    /// The requirements looked at for which there is a suggestion, in the catalogue's order.
    pub requirements: Vec<MapLine>,
}

/// Requirements by coverage.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct MapCounts {
    /// All in scope.
    pub requirements: usize,
    /// With a control in place.
    pub covered: usize,
    /// With an alternative in place of an addressable specification.
    pub alternative: usize,
    /// Declared not applicable.
    pub not_applicable: usize,
    /// The others.
    pub uncovered: usize,
    /// Those of the uncovered that a control claims which is not in place.
    pub claimed: usize,
}

/// One requirement with the controls that could serve it.
#[derive(Clone, Debug, Serialize)]
pub struct MapLine {
    /// Its id.
    pub id: String,
    /// Our title.
    pub title: String,
    /// Whether a control in place serves it already.
    pub coverage: Coverage,
    /// How far the strongest suggestion carries.
    pub reach: Reach,
    /// The controls, the strongest suggestion first.
    pub controls: Vec<MapControl>,
}

/// A control that could serve a requirement.
#[derive(Clone, Debug, Serialize)]
pub struct MapControl {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How far its design has come.
    pub status: ControlStatus,
    /// How far the strongest way carries.
    pub reach: Reach,
    /// The ways from a requirement that it serves, the strongest first.
    pub ways: Vec<MapWay>,
}

/// A way from a requirement that a control serves to one that it could serve.
#[derive(Clone, Debug, Serialize)]
pub struct MapWay {
    /// The framework of the requirement that it serves.
    pub framework: String,
    /// That requirement.
    pub id: String,
    /// How that relates to the suggested one.
    pub relation: Relation,
    /// Whether the pair was stated or computed.
    pub basis: Basis,
    /// The crosswalk that has the pair.
    pub crosswalk: String,
    /// Who stated the pairs.
    pub author: String,
    /// The heading that the pair names in place of one of the two lines.
    pub by: Option<String>,
}

/// What the crosswalks suggest.
pub struct Mapped {
    /// What was assessed.
    pub assessed: Assessed,
    /// A report for each framework asked about, by key.
    pub reports: Vec<MapReport>,
    /// What each control serves already, for the lines to be pasted.
    pub serves: BTreeMap<String, Mapping>,
}

/// Asks the crosswalks for suggestions.
///
/// # Errors
/// As [`assessed`], and when the framework or the control is not known.
pub fn map_suggest(source: &Source, request: &MapRequest, watch: &dyn Watch) -> anyhow::Result<Mapped> {
    let assessed = assessed(source, watch)?;
    let programme = &assessed.programme;
    let framework = request.framework.as_deref().map(|key| known_framework(programme, key)).transpose()?;
    let control = request.control.as_deref().map(|id| known_control(programme, id)).transpose()?;
    let crosswalks = load::crosswalks(programme);
    let asked: Vec<FrameworkId> = match framework {
        Some(id) => vec![id],
        None => programme.config.scope.frameworks.keys().cloned().collect(),
    };
    let mut reports = Vec::new();
    for id in &asked {
        let look = Look { framework: id, control: control.as_ref(), request };
        if programme.config.scope.frameworks.contains_key(id) {
            reports.extend(report(programme, &assessed.assessment, &crosswalks, &look));
        } else {
            let mut wider = programme.clone();
            wider.config.scope.frameworks.insert(id.clone(), Selection::All);
            let report = report(&wider, &as_if(&assessed, &wider), &crosswalks, &look);
            reports.extend(report.map(|report| MapReport { in_scope: false, ..report }));
        }
    }
    let serves = programme.controls.iter().map(|(id, control)| (id.to_string(), control.satisfies.clone())).collect();
    Ok(Mapped { assessed, reports, serves })
}

/// The crosswalks there are: the built-in ones, and the programme's own in their place.
///
/// # Errors
/// As [`assessed`].
pub fn map_list(source: &Source, watch: &dyn Watch) -> anyhow::Result<(Assessed, Vec<CrosswalkRow>)> {
    let assessed = assessed(source, watch)?;
    let programme = &assessed.programme;
    let rows = load::crosswalks(programme).values().map(|crosswalk| row(programme, crosswalk)).collect();
    Ok((assessed, rows))
}

/// One crosswalk in a list.
#[derive(Clone, Debug, Serialize)]
pub struct CrosswalkRow {
    /// Its id.
    pub crosswalk: String,
    /// The framework from which it reads.
    pub from: String,
    /// The framework to which it reads.
    pub to: String,
    /// How many pairs it has.
    pub pairs: usize,
    /// How many of them name two lines that the catalogues here have.
    pub known: usize,
    /// Whether both frameworks are in scope, so that its pairs are shown.
    pub in_scope: bool,
    /// Whether the pairs were stated or computed.
    pub basis: Basis,
    /// Who stated them.
    pub author: String,
    /// Under which licence.
    pub licence: String,
    /// Where they were read.
    pub source: String,
    /// What a reader should know.
    pub note: String,
}

fn row(programme: &Programme, crosswalk: &Crosswalk) -> CrosswalkRow {
    let (from, to) = (programme.frameworks.get(&crosswalk.from), programme.frameworks.get(&crosswalk.to));
    let has = |framework: Option<&Framework>, id| framework.is_some_and(|framework| framework.requirements.contains_key(id));
    let scope = &programme.config.scope.frameworks;
    CrosswalkRow {
        crosswalk: crosswalk.id.clone(),
        from: crosswalk.from.to_string(),
        to: crosswalk.to.to_string(),
        pairs: crosswalk.pairs.len(),
        known: crosswalk.pairs.iter().filter(|pair| has(from, &pair.from) && has(to, &pair.to)).count(),
        in_scope: scope.contains_key(&crosswalk.from) && scope.contains_key(&crosswalk.to),
        basis: crosswalk.basis,
        author: crosswalk.author.clone(),
        licence: crosswalk.licence.clone(),
        source: crosswalk.source.clone(),
        note: crosswalk.note.clone(),
    }
}

/// What is looked at in one framework.
struct Look<'l> {
    framework: &'l FrameworkId,
    control: Option<&'l ControlId>,
    request: &'l MapRequest,
}

fn known_framework(programme: &Programme, key: &str) -> anyhow::Result<FrameworkId> {
    let id = FrameworkId::from(key);
    if programme.frameworks.contains_key(&id) {
        return Ok(id);
    }
    let known: Vec<&str> = programme.frameworks.keys().map(FrameworkId::as_str).collect();
    let near = did_you_mean(key, known.iter().copied()).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
    Err(UsageError::because(format!("there is no framework `{key}`"), format!("{near}there are: {}", known.join(", "))))
}

fn known_control(programme: &Programme, id: &str) -> anyhow::Result<ControlId> {
    let known = ControlId::from(id);
    if programme.controls.contains_key(&known) {
        return Ok(known);
    }
    let hint = match did_you_mean(id, programme.controls.keys().map(ControlId::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "controls stand in controls/".to_owned(),
    };
    Err(UsageError::because(format!("there is no control `{id}`"), hint))
}

/// The assessment of a programme whose scope is wider than its configuration says.
fn as_if(assessed: &Assessed, wider: &Programme) -> Assessment {
    let Assessed { history, timelines, assessment, .. } = assessed;
    assess::assess(assess::Input { programme: wider, history, timelines, as_of: assessment.as_of, findings: Vec::new() })
}

fn report(programme: &Programme, assessment: &Assessment, crosswalks: &BTreeMap<String, Crosswalk>, look: &Look<'_>) -> Option<MapReport> {
    let framework = programme.frameworks.get(look.framework)?;
    let counterparts = Counterparts::new(programme, crosswalks);
    let mut judged: Vec<&RequirementAssessment> = assessment.requirements.iter().filter(|line| line.framework == framework.id).collect();
    let count = |coverage| judged.iter().filter(|line| line.coverage == coverage).count();
    let counts = MapCounts {
        requirements: judged.len(),
        covered: count(Coverage::Covered),
        alternative: count(Coverage::Alternative),
        not_applicable: count(Coverage::NotApplicable),
        uncovered: count(Coverage::Uncovered),
        claimed: judged.iter().filter(|line| line.coverage == Coverage::Uncovered && !line.controls.is_empty()).count(),
    };
    judged.retain(|line| line.coverage == Coverage::Uncovered || look.request.all && line.coverage != Coverage::NotApplicable);
    judged.sort_by_key(|line| framework.requirements.get(&line.id).map(|line| line.place));
    let mut report = MapReport {
        framework: framework.id.to_string(),
        name: framework.name.clone(),
        in_scope: true,
        counts,
        whole: Vec::new(),
        partial: Vec::new(),
        none: Vec::new(),
        requirements: Vec::new(),
    };
    for line in judged {
        let mut found = counterparts.suggestions(&framework.id, &line.id, look.request.filter);
        found.retain(|suggestion| look.control.is_none_or(|control| suggestion.control.id == *control));
        let reach = found.first().map(|suggestion| suggestion.ways[0].reach());
        let list = match reach {
            Some(Reach::Whole) => &mut report.whole,
            Some(Reach::Partial) => &mut report.partial,
            None => &mut report.none,
        };
        list.push(line.id.to_string());
        if let Some(reach) = reach {
            report.requirements.push(MapLine {
                id: line.id.to_string(),
                title: line.title.clone(),
                coverage: line.coverage,
                reach,
                controls: found.iter().map(map_control).collect(),
            });
        }
    }
    Some(report)
}

fn map_control(suggestion: &Suggestion<'_>) -> MapControl {
    MapControl {
        id: suggestion.control.id.to_string(),
        title: suggestion.control.title.clone(),
        status: suggestion.control.status,
        reach: suggestion.ways[0].reach(),
        ways: suggestion.ways.iter().map(map_way).collect(),
    }
}

fn map_way(way: &Way<'_>) -> MapWay {
    MapWay {
        framework: way.framework.id.to_string(),
        id: way.served.id.to_string(),
        relation: way.relation,
        basis: way.crosswalk.basis,
        crosswalk: way.crosswalk.id.clone(),
        author: way.crosswalk.author.clone(),
        by: way.by.map(|by| by.words()),
    }
}
