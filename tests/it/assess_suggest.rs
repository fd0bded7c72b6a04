//! What the crosswalks suggest, and that a suggestion counts for nothing.

use std::collections::BTreeMap;

use tickmark::{
    assess::{
        Coverage,
        suggest::{Counterparts, Filter},
    },
    model::{Crosswalk, Relation},
};

use crate::assess_world::World;

/// Two frameworks with a control on each kind of line.
const TWO: &str = "
line soc2 CC6.1
line soc2 CC6.2
line soc2 CC6.3
line hipaa S kind heading
line hipaa S1 parent S need required
line hipaa S2 parent S need addressable
line hipaa T
line hipaa OLD withdrawn yes
line hipaa BACK kind context
control AC-01 satisfies CC6.1
control AC-02 satisfies CC6.2
control BK-01 status drafted satisfies hipaa:T
";

fn crosswalks(world: &World) -> &BTreeMap<String, Crosswalk> {
    &world.programme.crosswalks
}

/// `CONTROL reach by ways`, for a line `framework id`.
fn suggested(world: &World, line: &str, filter: Filter) -> Vec<String> {
    let counterparts = Counterparts::new(&world.programme, crosswalks(world));
    let (framework, id) = line.split_once(' ').unwrap();
    let found = counterparts.suggestions(&framework.into(), &id.into(), filter);
    let way = |suggestion: &tickmark::assess::suggest::Suggestion<'_>| {
        let way = &suggestion.ways[0];
        let by = way.by.map_or_else(String::new, |by| format!(" by {}", by.heading.id));
        format!("{} {} from {} ({:?}{by})", suggestion.control.id, way.reach().words(), way.served.id, way.relation)
    };
    found.iter().map(way).collect()
}

fn world(pairs: &str) -> World {
    World::read(&format!("{TWO}{pairs}"))
}

#[test]
fn a_relation_is_read_towards_the_line_that_is_asked_about() {
    let with = |relation: &str| world(&format!("pair soc2-hipaa CC6.1 {relation} T"));
    let to_t = |relation| suggested(&with(relation), "hipaa T", Filter::default());
    assert_eq!(to_t("equal"), ["AC-01 whole from CC6.1 (Equal)"]);
    assert_eq!(to_t("superset"), ["AC-01 whole from CC6.1 (Superset)"]);
    assert_eq!(to_t("subset"), ["AC-01 in part from CC6.1 (Subset)"]);
    assert_eq!(to_t("intersects"), ["AC-01 in part from CC6.1 (Intersects)"]);
    assert_eq!(to_t("none"), [""; 0]);
    // The same pair from its other end: what asks all of T is only asked in part by T.
    assert_eq!(suggested(&with("superset"), "soc2 CC6.1", Filter::default()), ["BK-01 in part from T (Subset)"]);
    assert_eq!(suggested(&with("subset"), "soc2 CC6.1", Filter::default()), ["BK-01 whole from T (Superset)"]);
}

#[test]
fn a_pair_with_a_heading_speaks_of_the_lines_below_it_and_says_less_of_them() {
    let below = |relation: &str| suggested(&world(&format!("pair soc2-hipaa CC6.1 {relation} S")), "hipaa S1", Filter::default());
    assert_eq!(below("equal"), ["AC-01 whole from CC6.1 (Superset by S)"]);
    assert_eq!(below("superset"), ["AC-01 whole from CC6.1 (Superset by S)"]);
    assert_eq!(below("subset"), ["AC-01 in part from CC6.1 (Intersects by S)"]);
    let from_below = |relation: &str| {
        let text = format!("control SP-01 satisfies hipaa:S1\npair soc2-hipaa CC6.3 {relation} S");
        suggested(&world(&text), "soc2 CC6.3", Filter::default())
    };
    assert_eq!(from_below("equal"), ["SP-01 in part from S1 (Subset by S)"]);
    assert_eq!(from_below("superset"), ["SP-01 in part from S1 (Subset by S)"]);
    assert_eq!(from_below("subset"), ["SP-01 in part from S1 (Intersects by S)"]);
}

#[test]
fn what_is_withdrawn_out_of_scope_or_not_applicable_suggests_nothing() {
    let nothing = |text: &str, line: &str| assert_eq!(suggested(&world(text), line, Filter::default()), [""; 0], "{text}");
    nothing("control X-01 satisfies hipaa:OLD\npair soc2-hipaa CC6.3 equal OLD", "soc2 CC6.3");
    nothing("control X-01 satisfies hipaa:BACK\npair soc2-hipaa CC6.3 equal BACK", "soc2 CC6.3");
    nothing("control X-01 satisfies hipaa:S\npair soc2-hipaa CC6.3 equal S", "soc2 CC6.3");
    nothing("exclude CC6.1\npair soc2-hipaa CC6.1 equal T", "hipaa T");
    nothing("exclude hipaa T\npair soc2-hipaa CC6.1 equal T", "hipaa T");
    nothing("unscope soc2\npair soc2-hipaa CC6.1 equal T", "hipaa T");
    nothing("control AC-01 status retired satisfies CC6.1 at 2026-01-02T00:00:00Z\npair soc2-hipaa CC6.1 equal T", "hipaa T");
    // A control that claims the line already is no suggestion, and one pair is one step.
    nothing("control AC-01 satisfies CC6.1,hipaa:T at 2026-01-02T00:00:00Z\npair soc2-hipaa CC6.1 equal T", "hipaa T");
    nothing("line iso A.1\npair soc2-iso CC6.1 equal A.1\npair iso-hipaa A.1 equal T", "hipaa T");
}

#[test]
fn parents_that_lead_in_a_circle_come_to_an_end() {
    let world =
        world("line iso A kind heading parent B\nline iso B kind heading parent A\nline iso C parent A\npair soc2-iso CC6.1 superset B");
    assert_eq!(suggested(&world, "iso C", Filter::default()), ["AC-01 whole from CC6.1 (Superset by B)"]);
}

#[test]
fn the_filter_keeps_strong_and_stated_pairs() {
    let world = world("pair soc2-hipaa CC6.1 intersects T\npair !soc2-hipaa CC6.2 subset T");
    let with = |least, direct| suggested(&world, "hipaa T", Filter { least, direct });
    assert_eq!(with(Relation::Intersects, false), ["AC-02 in part from CC6.2 (Subset)", "AC-01 in part from CC6.1 (Intersects)"]);
    assert_eq!(with(Relation::Intersects, true), ["AC-02 in part from CC6.2 (Subset)"]);
    assert_eq!(with(Relation::Subset, false), ["AC-02 in part from CC6.2 (Subset)"]);
    assert_eq!(with(Relation::Superset, false), [""; 0]);
}

#[test]
fn both_directions_agree_and_nothing_of_it_counts_as_coverage() {
    let pairs = "
        control SP-01 satisfies hipaa:S1,hipaa:T
        pair soc2-hipaa CC6.1 superset S
        pair soc2-hipaa CC6.2 equal T
        pair hipaa-soc2 S2 subset CC6.1
        pair soc2-hipaa CC6.3 intersects S";
    let world = world(pairs);
    let counterparts = Counterparts::new(&world.programme, crosswalks(&world));
    let mut towards = Vec::new();
    for (id, framework) in &world.programme.frameworks {
        for line in framework.requirements.keys() {
            for suggestion in counterparts.suggestions(id, line, Filter::default()) {
                let way = suggestion.ways[0];
                towards.push(format!("{} {id} {line} {:?} from {}", suggestion.control.id, way.relation, way.served.id));
            }
        }
    }
    let controls = world.programme.controls.values();
    let mut from: Vec<String> = controls
        .flat_map(|control| counterparts.reachable(control).into_iter().map(move |line| (control, line)))
        .map(|(control, found)| {
            let way = found.way;
            format!("{} {} {} {:?} from {}", control.id, found.framework.id, found.line.id, way.relation, way.served.id)
        })
        .collect();
    towards.sort();
    from.sort();
    assert_eq!(towards, from);
    assert!(towards.len() > 6, "{towards:#?}");
    let uncovered =
        |id: &str| world.assess().requirements.iter().any(|line| line.id.as_str() == id && line.coverage == Coverage::Uncovered);
    assert!(uncovered("S2") && uncovered("CC6.3"), "a suggestion covers nothing");
}
