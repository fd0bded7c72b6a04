//! Promises: sentences that say that something will be done, again and again.
//!
//! English has no grammar that a program could check in milliseconds, so this knows the handful of forms in which policies
//! promise: `must review`, `shall be tested`, `are audited`, `the team monitors`, `must perform a restore test`. What it does
//! not recognise it passes over: a promise missed is better than a sentence that is none.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::LazyLock,
};

use super::{
    actors::is_actor,
    reading::Reading,
    words::{Words, set},
};

/// Work that policies promise.
#[derive(Debug, PartialEq, Eq)]
pub struct Activity {
    /// The verb, for sentences: `review`.
    pub verb: &'static str,
    /// What every form of it begins with: `review`, `rotat`.
    pub stem: &'static str,
    /// Whether it is done again and again by its nature; else it is done when something happens.
    pub recurring: bool,
}

/// A sentence that promises work.
#[derive(Debug)]
pub struct Promise {
    /// Which sentence of the text.
    pub sentence: usize,
    /// The words that promise, from the modal to the verb.
    pub words: Range<usize>,
    /// The work.
    pub activity: &'static Activity,
    /// Whether nobody in it acts: `is reviewed`.
    pub passive: bool,
}

macro_rules! activities {
    ($($verb:literal $stem:literal $third:literal $participle:literal $recurring:literal;)*) => {
        const ACTIVITIES: &[(Activity, &str, &str)] = &[
            $((Activity { verb: $verb, stem: $stem, recurring: $recurring }, $third, $participle)),*
        ];
    };
}

activities! {
    "review" "review" "reviews" "reviewed" true;
    "test" "test" "tests" "tested" true;
    "train" "train" "trains" "trained" true;
    "scan" "scan" "scans" "scanned" true;
    "rotate" "rotat" "rotates" "rotated" true;
    "monitor" "monitor" "monitors" "monitored" false;
    "audit" "audit" "audits" "audited" true;
    "reconcile" "reconcil" "reconciles" "reconciled" true;
    "recertify" "recertif" "recertifies" "recertified" true;
    "inspect" "inspect" "inspects" "inspected" true;
    "rehearse" "rehears" "rehearses" "rehearsed" true;
    "exercise" "exercis" "exercises" "exercised" false;
    "restore" "restor" "restores" "restored" false;
    "assess" "assess" "assesses" "assessed" false;
    "evaluate" "evaluat" "evaluates" "evaluated" false;
    "check" "check" "checks" "checked" false;
    "verify" "verif" "verifies" "verified" false;
    "examine" "examin" "examines" "examined" false;
    "approve" "approv" "approves" "approved" false;
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Base,
    Third,
    Participle,
}

static FORMS: LazyLock<HashMap<&'static str, (&'static Activity, Form)>> = LazyLock::new(|| {
    let forms = ACTIVITIES.iter().flat_map(|(activity, third, participle)| {
        [(activity.verb, (activity, Form::Base)), (*third, (activity, Form::Third)), (*participle, (activity, Form::Participle))]
    });
    forms.collect()
});

/// Nouns for work that is "performed", "conducted" or "carried out".
static NOUNS: LazyLock<HashMap<&'static str, &'static Activity>> = LazyLock::new(|| {
    let nouns = "review/review reviews/review test/test tests/test testing/test training/train scan/scan scans/scan scanning/scan audit/audit \
                 audits/audit inspection/inspect inspections/inspect exercise/exercise exercises/exercise reconciliation/reconcile \
                 reconciliations/reconcile assessment/assess assessments/assess";
    let pairs = nouns.split_whitespace().filter_map(|pair| pair.split_once('/'));
    pairs.filter_map(|(noun, verb)| FORMS.get(verb).map(|(activity, _)| (noun, *activity))).collect()
});

static ADVERBS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| set("also then always at least once twice first both each every year month quarter week"));

/// Words that begin a clause which only says when or which.
static SUBORDINATE: LazyLock<HashSet<&str>> =
    LazyLock::new(|| set("after before when whenever once until unless if that which who whether how because while where as what"));

/// The promises of a text: at most one a sentence.
pub fn promises(reading: &Reading<'_>) -> Vec<Promise> {
    let found = reading.running().filter_map(|(sentence, words)| {
        let (words, activity, passive) = (0..words.len()).find_map(|at| promise_at(words, at))?;
        Some(Promise { sentence, words, activity, passive })
    });
    found.collect()
}

type Found = (Range<usize>, &'static Activity, bool);

fn promise_at(words: &Words, at: usize) -> Option<Found> {
    match words.word(at) {
        "must" | "shall" | "will" | "ll" => after_modal(words, at, at + 1),
        "is" | "are" => match (words.word(at + 1), words.word(at + 2)) {
            ("to", "be") => after_modal(words, at, at + 2),
            ("required" | "obliged", "to") => after_modal(words, at, at + 3),
            _ if is_subordinate(words, at) => None,
            _ => participle(words, at, at + 1),
        },
        "need" | "needs" | "has" | "have" if words.word(at + 1) == "to" => after_modal(words, at, at + 2),
        _ if is_actor(words, at) && !is_subordinate(words, at) => active(words, at),
        _ => None,
    }
}

/// `must [also] review`, `must be reviewed`, `must perform a review`, `must list and review`.
fn after_modal(words: &Words, from: usize, mut at: usize) -> Option<Found> {
    const FURTHEST: usize = 8;
    if matches!(words.word(at), "not" | "never") {
        return None;
    }
    while is_adverb(words.word(at)) {
        at += 1;
    }
    if words.word(at) == "be" {
        return participle(words, from, at + 1);
    }
    if let Some((activity, Form::Base)) = FORMS.get(words.word(at)) {
        return Some((from..at + 1, activity, false));
    }
    performs(words, from, at).or_else(|| {
        // A second verb: `must list and review`.
        let joined = (at + 1..at + FURTHEST).find(|at| matches!(words.word(*at), "and" | "or"))?;
        let (activity, form) = FORMS.get(words.word(joined + 1))?;
        // A noun would look the same: `must keep logs and review notes`; a verb is followed by what it acts on.
        let acts = matches!(words.word(joined + 2), "the" | "all" | "each" | "every" | "its" | "their" | "them" | "it" | "any");
        (*form == Form::Base && acts).then_some((from..joined + 2, *activity, false))
    })
}

/// `are [regularly] reviewed`, `are listed and reviewed`, `is performed`, after the words of the promise.
fn participle(words: &Words, from: usize, mut at: usize) -> Option<Found> {
    while is_adverb(words.word(at)) {
        at += 1;
    }
    let one = |at: usize| match FORMS.get(words.word(at)) {
        Some((activity, Form::Participle)) => Some((from..at + 1, *activity, true)),
        _ => None,
    };
    let joined = matches!(words.word(at + 1), "and" | "or") && words.word(at).ends_with("ed");
    one(at).or_else(|| if joined { one(at + 2) } else { None }).or_else(|| performed(words, from, at))
}

/// `reviews are performed`: the noun stands before the verb.
fn performed(words: &Words, from: usize, at: usize) -> Option<Found> {
    const NEAREST: usize = 4;
    if !matches!(words.word(at), "performed" | "conducted" | "undertaken" | "held") {
        return None;
    }
    let activity = (from.saturating_sub(NEAREST)..from).rev().find_map(|noun| NOUNS.get(words.word(noun)))?;
    Some((from..at + 1, activity, true))
}

/// `perform [a full] review`, `carries out an audit`.
fn performs(words: &Words, from: usize, at: usize) -> Option<Found> {
    const FURTHEST: usize = 5;
    let start = match (words.word(at), words.word(at + 1)) {
        ("perform" | "performs" | "conduct" | "conducts" | "undertake" | "undertakes" | "complete" | "run" | "undergo", _) => at + 1,
        ("carry" | "carries", "out") => at + 2,
        _ => return None,
    };
    let (noun, activity) = (start..start + FURTHEST).find_map(|noun| NOUNS.get(words.word(noun)).map(|activity| (noun, activity)))?;
    Some((from..noun + 1, activity, false))
}

/// `the team reviews`, `we [also] test`.
fn active(words: &Words, actor: usize) -> Option<Found> {
    let mut at = actor + 1;
    while is_adverb(words.word(at)) {
        at += 1;
    }
    let plural = matches!(words.word(actor), "we" | "everybody" | "everyone") || words.word(actor).ends_with('s');
    let wanted = if plural { Form::Base } else { Form::Third };
    match FORMS.get(words.word(at)) {
        // `We monitor` describes a service more often than it promises work.
        Some((Activity { verb: "monitor", .. }, _)) if words.word(actor) == "we" => None,
        // `Security team reviews are kept` speaks of reviews.
        Some(_) if matches!(words.word(at + 1), "is" | "are" | "must" | "shall" | "will" | "may" | "of") => None,
        Some((activity, form)) if *form == wanted => Some((actor..at + 1, activity, false)),
        _ => performs(words, actor, at),
    }
}

fn is_adverb(word: &str) -> bool {
    word.len() > 3 && word.ends_with("ly") && word != "only" || ADVERBS.contains(word)
}

/// Whether a verb stands in a clause that only says when or which: `after access is reviewed`, `systems that are tested`.
fn is_subordinate(words: &Words, verb: usize) -> bool {
    const NEAREST: usize = 6;
    (verb.saturating_sub(NEAREST)..verb).any(|at| SUBORDINATE.contains(words.word(at)))
}
