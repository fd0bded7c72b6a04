//! When something is done, as a sentence says it: intervals, deadlines, things that happen.

use std::{collections::HashSet, ops::Range, sync::LazyLock};

use super::{
    promise::Promise,
    words::{Lexicon, Words, set},
};

/// Whether a sentence says how often, or by when.
pub fn names_interval(words: &Words) -> bool {
    (0..words.len()).any(|at| INTERVALS.at(words, at).is_some() || is_counted_unit(words, at) || is_each(words, at))
}

/// Whether a sentence ties what it promises to something that happens: then it says when. What comes one by one counts
/// where it is what the work is done on: before a passive (`changes must be reviewed`), after an active verb.
pub fn names_event(words: &Words, promise: &Promise) -> bool {
    const OBJECT: usize = 6;
    let following = |at: usize| words.word(at) == "following" && at > 0 && words.word(at - 1) != "the";
    let tied = (0..words.len()).any(|at| TIES.at(words, at).is_some() || following(at));
    let Range { start, end } = promise.words;
    let mut worked_on = if promise.passive { 0..start } else { end..end + OBJECT };
    tied || worked_on.any(|at| HAPPENINGS.contains(words.word(at)))
}

static INTERVALS: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    let words = set(
        "hourly daily nightly weekly fortnightly biweekly monthly bimonthly quarterly yearly annually annual biannual biannually \
                     semiannual semiannually biennial biennially triennial 24x7 continuous continuously constantly always permanently schedule \
                     deadline january february april june july august september october november december",
    );
    let phrases = [
        "semi annual",
        "semi annually",
        "per hour",
        "per day",
        "per week",
        "per month",
        "per quarter",
        "per year",
        "per sprint",
        "per release",
        "once a",
        "once per",
        "twice a",
        "twice per",
        "times a",
        "times per",
        "a year",
        "a month",
        "a quarter",
        "a week",
        "a day",
        "24 7",
        "around the clock",
        "round the clock",
        "real time",
        "at all times",
        "no later than",
        "end of the",
        "beginning of the",
        "start of the",
        "the same day",
        "review cycle",
    ];
    Lexicon::new(words.into_iter().chain(phrases).map(|phrase| (phrase, ())))
});

static UNITS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| set("minute minutes hour hours day days week weeks fortnight month months quarter quarters year years"));

static NUMBERS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| set("one two three four five six seven eight nine ten twelve fifteen twenty thirty sixty ninety"));

/// What may stand between `every` or a number and a unit.
static BETWEEN: LazyLock<HashSet<&str>> = LazyLock::new(|| set("business working calendar consecutive fiscal more other second third"));

/// Words that tie a sentence to something that happens.
static TIES: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    let words =
        set("when whenever upon after before once prior during if until unless onboarding offboarding hire hired hiring termination new \
                     automatically requested");
    let phrases = ["as part of", "in case", "in the event", "at the time", "on request", "at any time", "at each", "as soon as"];
    Lexicon::new(words.into_iter().chain(phrases).map(|phrase| (phrase, ())))
});

/// Things that happen, or come one by one: work on them is done for each.
static HAPPENINGS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    set(
        "alert alerts allegation allegations applicant applicants breach breaches build builds candidate candidates change changes claim claims \
         code commit commits complaint complaints contract contracts deployment deployments event events exception exceptions feature features \
         finding findings hires incident incidents input invoice invoices issue issues joiner joiners leaver leavers merge message messages \
         modification modifications patch patches proposal proposals purchase purchases push pushes release releases report reports request \
         requests submission submissions ticket tickets transaction transactions update updates upgrade upgrades upload uploads violation \
         violations visitor visitors vulnerability vulnerabilities waiver waivers",
    )
});

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) || NUMBERS.contains(word)
}

/// `90 days`, `five business days`, `[three] years`.
fn is_counted_unit(words: &Words, at: usize) -> bool {
    let next = words.word(at + 1);
    is_number(words.word(at)) && (UNITS.contains(next) || BETWEEN.contains(next) && UNITS.contains(words.word(at + 2)))
}

/// `every quarter`, `each release`, `every other week`, `every 90 days`, `each Monday`.
fn is_each(words: &Words, at: usize) -> bool {
    let next = words.word(at + 1);
    let stretch = || {
        UNITS.contains(next)
            || BETWEEN.contains(next)
            || HAPPENINGS.contains(next)
            || is_number(next)
            || next.ends_with("day")
            || next == "sprint"
    };
    matches!(words.word(at), "every" | "each") && stretch()
}
