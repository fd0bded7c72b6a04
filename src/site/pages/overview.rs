//! The first page: counts that are links, what needs attention, what is due next, coverage, outcomes.

use std::sync::Arc;

use serde::Serialize;

use super::{frame, page};
use crate::{
    assess::{Coverage, FirstStep, Outcome, first_steps},
    date::days_between,
    model::{MissingSight, Report},
    site::{
        Page,
        catalogue::{Catalogue, Tally},
        links::{At, days, outcome_page},
        nav::Frame,
        pages::changes::ChangeRow,
        shelf::Shelf,
        view::{Count, GapRow, Link, Mark, ObligationRow, counted, number, plural, said},
    },
};

/// How many gaps, due obligations and changes the first page names before it links to the rest.
pub const FIRST_FEW: usize = 6;

/// What the first page shows.
#[derive(Clone, Debug, Serialize)]
pub struct Overview {
    /// What stands around it.
    pub frame: Frame,
    /// The window in words.
    pub window: WindowView,
    /// The headline counts.
    pub counts: Vec<Count>,
    /// What cannot be seen, with the commands that mend it.
    pub missing: Vec<MissingSight>,
    /// What to do first, while nothing is in place.
    pub steps: Vec<StepView>,
    /// The gaps that rank first.
    pub gaps: Vec<GapRow>,
    /// The list of all gaps.
    pub all_gaps: Link,
    /// What can still be performed, by due day: past it and within grace first.
    pub due: Vec<ObligationRow>,
    /// How many were missed, as a link to them; `None` when none were.
    pub missed: Option<Link>,
    /// The calendar.
    pub all_due: Link,
    /// Coverage of every framework in scope.
    pub coverage: Vec<CoverageView>,
    /// Every outcome with its count.
    pub outcomes: Vec<OutcomeCount>,
    /// The newest changes.
    pub changes: Vec<ChangeRow>,
    /// The list of all changes.
    pub all_changes: Link,
}

/// One of the first actions.
#[derive(Clone, Debug, Serialize)]
pub struct StepView {
    /// What to do, with code marked.
    pub action_html: String,
    /// Why it comes now.
    pub why: String,
    /// What it is about, where that has a page.
    pub subject: Option<Link>,
    /// The file to change; empty when none.
    pub file: String,
    /// A command that helps; empty when none.
    pub command: String,
}

/// The window as a stretch with a place for today.
#[derive(Clone, Debug, Serialize)]
pub struct WindowView {
    /// Its days.
    pub days: String,
    /// The report it prepares for.
    pub report: &'static str,
    /// Where the day of the assessment lies, as a sentence.
    pub place: String,
    /// The same from 0 to 1000, for the drawn bar; held inside the bar.
    pub permille: String,
    /// First day.
    pub first: String,
    /// Last day.
    pub last: String,
    /// Whether the window is longer than a day.
    pub is_period: bool,
}

/// Coverage of one framework.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageView {
    /// The framework.
    pub framework: Link,
    /// What several of its lines are called.
    pub words: String,
    /// Its numbers.
    pub tally: Tally,
    /// Those without a control in place, where they are few.
    pub uncovered: Vec<Link>,
}

/// How often an outcome was found.
#[derive(Clone, Debug, Serialize)]
pub struct OutcomeCount {
    /// The outcome.
    pub mark: Mark,
    /// How many obligations have it.
    pub count: String,
    /// Whether there are none.
    pub none: bool,
    /// The list of them.
    pub href: String,
}

/// Plans the page.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    vec![page(shelf, "index.html", "overview.html", |at| Ok(overview(at)))]
}

fn overview(at: At<'_, '_>) -> Overview {
    let shelf = at.shelf;
    let input = &shelf.input;
    let title = format!("{}: readiness as of {}", input.programme.config.organization.name, crate::date::long_date(input.assessment.today));
    Overview {
        frame: frame(at, "index.html", title),
        window: window(at),
        counts: counts(at),
        missing: input.history.missing.clone(),
        steps: first_steps(input.programme, input.timelines, input.assessment).into_iter().map(|first| step(at, first)).collect(),
        gaps: input.assessment.gaps.iter().take(FIRST_FEW).map(|gap| at.gap(gap)).collect(),
        all_gaps: at.to("gaps.html", format!("All {}", counted(input.assessment.gaps.len(), "gap", "gaps"))),
        due: shelf
            .open
            .iter()
            .filter(|due| due.obligation.outcome != Outcome::Missed)
            .take(FIRST_FEW)
            .map(|due| at.obligation(*due))
            .collect(),
        missed: (shelf.count(Outcome::Missed) > 0)
            .then(|| at.to(&outcome_page(Outcome::Missed), counted(shelf.count(Outcome::Missed), "obligation", "obligations"))),
        all_due: at.to("calendar.html", "The whole calendar"),
        coverage: shelf.catalogues.iter().map(|catalogue| coverage(at, catalogue)).collect(),
        outcomes: Outcome::ALL.iter().map(|outcome| outcome_count(at, *outcome)).collect(),
        changes: super::changes::rows(at, 0..FIRST_FEW),
        all_changes: at.to("changes.html", format!("All {}", counted(shelf.landings.len(), "change", "changes"))),
    }
}

fn step(at: At<'_, '_>, step: FirstStep) -> StepView {
    StepView {
        action_html: said(&step.action),
        why: step.why,
        subject: step.subject.map(|subject| at.subject(&subject)),
        file: step.file.map_or_else(String::new, |path| path.to_string()),
        command: step.command.unwrap_or_default(),
    }
}

/// An outcome with its count and its list.
pub fn outcome_count(at: At<'_, '_>, outcome: Outcome) -> OutcomeCount {
    let count = at.shelf.count(outcome);
    OutcomeCount { mark: Mark::outcome(outcome), count: number(count), none: count == 0, href: at.outcome_list(outcome) }
}

fn window(at: At<'_, '_>) -> WindowView {
    let assessment = at.shelf.input.assessment;
    let (range, today) = (assessment.window.range, assessment.today);
    let day = days_between(range.first, today) + 1;
    let place = match day {
        ahead if ahead < 1 => format!("it begins {}", at.distance(range.first)),
        day if day > range.days() => format!("it ended {}", at.distance(range.last)),
        day => format!("day {day} of {}", range.days()),
    };
    WindowView {
        days: days(range),
        report: match assessment.window.report {
            Report::Type1 => "a type 1 report: design as of a date",
            Report::Type2 => "a type 2 report: design and operation throughout",
        },
        place,
        permille: (day.clamp(0, range.days()) * 1000 / range.days()).to_string(),
        first: range.first.to_string(),
        last: range.last.to_string(),
        is_period: range.days() > 1,
    }
}

/// The counts of the first screen. Each is the length of the list that it leads to; what it leaves out stands beside it.
fn counts(at: At<'_, '_>) -> Vec<Count> {
    let shelf = at.shelf;
    let assessment = shelf.input.assessment;
    let of = |outcome: Outcome| shelf.count(outcome);
    let settled = [Outcome::OnTime, Outcome::NoOccurrence, Outcome::Late, Outcome::LateBeyondGrace, Outcome::Missed, Outcome::Unknown];
    let in_place = assessment.controls.iter().filter(|control| control.design == crate::assess::Design::InPlace).count();
    let applicable = assessment.requirements.iter().filter(|line| line.coverage != Coverage::NotApplicable).count();
    let covered = assessment.requirements.iter().filter(|line| line.coverage == Coverage::Covered).count();
    let waiting = of(Outcome::DueSoon) + of(Outcome::NotYetDue);
    let alternatives = match assessment.requirements.iter().filter(|line| line.coverage == Coverage::Alternative).count() {
        0 => String::new(),
        alternatives => format!("{} with an alternative, ", number(alternatives)),
    };
    let count = |count: usize, of: Option<usize>, label: &str, rest: String, path: &str| Count {
        number: number(count),
        of: of.map_or_else(String::new, number),
        label: label.to_owned(),
        rest,
        href: at.href(path),
    };
    let nothing_occurred = match of(Outcome::NoOccurrence) {
        0 => String::new(),
        nil => format!("{} with no occurrence, ", number(nil)),
    };
    vec![
        count(
            of(Outcome::OnTime),
            Some(settled.iter().map(|outcome| of(*outcome)).sum()),
            "obligations due so far answered on time",
            format!("{nothing_occurred}{} not yet due, {} unknown", number(waiting), number(of(Outcome::Unknown))),
            &outcome_page(Outcome::OnTime),
        ),
        count(
            of(Outcome::Missed),
            None,
            if of(Outcome::Missed) == 1 { "obligation missed" } else { "obligations missed" },
            format!("{} more late beyond grace; both stay deviations", number(of(Outcome::LateBeyondGrace))),
            &outcome_page(Outcome::Missed),
        ),
        count(in_place, Some(assessment.controls.len()), "controls in place", String::new(), "controls.html"),
        count(
            covered,
            Some(applicable),
            "requirements with a control in place",
            format!("{alternatives}{} not applicable", number(assessment.requirements.len() - applicable)),
            "frameworks.html",
        ),
    ]
}

/// Coverage of one framework.
fn coverage<'a>(at: At<'_, 'a>, catalogue: &Catalogue<'a>) -> CoverageView {
    let framework = catalogue.framework;
    let uncovered = catalogue.with(Coverage::Uncovered);
    let few = if uncovered.len() <= FIRST_FEW { &uncovered[..] } else { &[] };
    CoverageView {
        framework: at.framework(&framework.id),
        words: plural(&framework.word),
        tally: catalogue.tally(at, None),
        uncovered: few.iter().map(|(_, line)| at.requirement(&framework.id, &line.id)).collect(),
    }
}
