//! Words and marks: what each outcome, status and grade means.

use std::sync::Arc;

use serde::Serialize;

use super::{frame, page};
use crate::{
    assess::{Design, Outcome},
    proof::grade_word,
    site::{Page, links::At, nav::Frame, shelf::Shelf, view::Mark},
};

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub struct Glossary {
    /// What stands around it.
    pub frame: Frame,
    /// The outcomes of an obligation.
    pub outcomes: Vec<MarkMeaning>,
    /// The design of a control.
    pub designs: Vec<MarkMeaning>,
    /// The grades of proof.
    pub grades: Vec<Grade>,
    /// Other words.
    pub words: Vec<Word>,
}

/// A mark with its meaning.
#[derive(Clone, Debug, Serialize)]
pub struct MarkMeaning {
    /// The mark.
    pub mark: Mark,
    /// What it means.
    pub meaning: &'static str,
}

/// A grade with its word.
#[derive(Clone, Debug, Serialize)]
pub struct Grade {
    /// `0` to `3`.
    pub grade: String,
    /// Its word.
    pub word: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// A word with its meaning.
#[derive(Clone, Debug, Serialize)]
pub struct Word {
    /// The word.
    pub word: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// Words that pages use.
const WORDS: [(&str, &str); 16] = [
    ("Control", "What the organization does. It serves requirements of any number of frameworks."),
    ("Crosswalk", "Pairs of lines of two frameworks that speak of the same. It suggests where a control could serve too, and covers nothing."),
    ("Statement of applicability", "Of every line of a catalogue whether it applies, why, and what is in place."),
    ("Addressable", "A specification that is done as it stands, or in whose place something equivalent is done, with the reason written down."),
    ("Obligation", "One expected performance of a control: the control, a period, a due day and its grace."),
    ("Record", "An evidence manifest: who performed a control when, for which period, from which source, with which files."),
    ("Mainline", "The first-parent chain of the commit assessed: what the branch itself held, commit by commit."),
    ("Landing time", "The committer time of the first mainline commit that contains a change. Lateness is judged by it, never by author time."),
    ("As of", "The instant of the assessment. It is given or read once; two builds with the same commit and instant give the same pages."),
    ("Window", "The stretch of time that is assessed."),
    ("Population", "A complete numbered list under a rule, with its count, its digest and the command that makes it again."),
    ("Finding", "What a rule reports: a stable code, a severity, a place, a sentence and a hint."),
    ("Gap", "A finding turned into work: an owner, a due day, and whether it can still be mended."),
    ("Deviation", "A fact in the window that remediation does not erase. It stays in every later report of the window."),
    ("Key control", "A control that requirements rest on. A requirement's operation is the worst among its key controls."),
    ("Readiness", "What management prepares. It is neither an audit nor an opinion; an independent licensed CPA firm gives one."),
];

/// Plans the page.
pub fn plan<'a>(shelf: &Arc<Shelf<'a>>) -> Vec<Page<'a>> {
    vec![page(shelf, "glossary.html", "glossary.html", |at| Ok(glossary(at)))]
}

fn glossary(at: At<'_, '_>) -> Glossary {
    let designs = [
        (Design::Drafted, "Written down, not yet agreed."),
        (Design::Approved, "Agreed, not yet working."),
        (Design::InPlace, "Working, as its file says."),
        (Design::Retired, "No longer done."),
        (Design::NotApplicable, "Does not apply, with a reason."),
    ];
    let meanings = [
        "A text somebody wrote: nothing else speaks for it.",
        "It stands in the history of the repository, in an order that fits.",
        "Something that another party made fits with it.",
        "A third party holds proof of it, outside the organization.",
    ];
    Glossary {
        frame: frame(at, "glossary.html", "Words and marks"),
        outcomes: Outcome::ALL.iter().map(|outcome| MarkMeaning { mark: Mark::outcome(*outcome), meaning: meaning(*outcome) }).collect(),
        designs: designs.iter().map(|(design, meaning)| MarkMeaning { mark: Mark::design(*design), meaning }).collect(),
        grades: (0u8..).zip(meanings).map(|(grade, meaning)| Grade { grade: grade.to_string(), word: grade_word(grade), meaning }).collect(),
        words: WORDS.iter().map(|&(word, meaning)| Word { word, meaning }).collect(),
    }
}

/// What an outcome means.
pub fn meaning(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::OnTime => "A record landed by the end of the due day.",
        Outcome::Late => "A record landed after the due day, within grace.",
        Outcome::LateBeyondGrace => "A record landed after grace was over. It is a deviation, even though the control was performed.",
        Outcome::Missed => "Grace is over and no record landed. It is a deviation.",
        Outcome::DueSoon => "No record has landed yet; the due day is near, or past and within grace.",
        Outcome::NotYetDue => "No record has landed yet; the due day is far.",
        Outcome::NotInPlace => "The control was not in place for the period.",
        Outcome::NoOccurrence => "Nothing occurred that the control would act on, and a record says so.",
        Outcome::Waived => "Decided beforehand not to perform it. A waiver that landed after the miss explains it and waives nothing.",
        Outcome::NotApplicable => "The control does not apply, with a reason.",
        Outcome::Unknown => "It cannot be seen from here, so nothing is concluded: neither that it was performed nor that it was missed.",
    }
}
