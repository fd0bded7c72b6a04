//! What several pages show in the same way: links, marks, rows of lists. Only words and addresses, ready to print.
//!
//! Every number here is already text: templates count and format nothing.

use serde::Serialize;

use crate::{
    assess::{Coverage, Design, Operation, Outcome},
    date::Lapse,
    diag::Severity,
    proof::{Proof, grade_word},
    text,
};

/// Something that can be opened; an empty `href` is plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Link {
    /// Address relative to the page; empty when there is no page to open.
    pub href: String,
    /// What it is called: a name or a sentence, never a bare hash.
    pub text: String,
}

impl Link {
    /// Text that leads nowhere.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { href: String::new(), text: text.into() }
    }
}

/// A sign with its word. The shape and the word carry the meaning; colour only repeats it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// The shape, as the theme's `glyph` component knows it (`late_beyond_grace`).
    pub name: &'static str,
    /// The word beside it.
    pub words: String,
}

impl Mark {
    /// An obligation's outcome.
    pub fn outcome(outcome: Outcome) -> Self {
        Self { name: outcome.name(), words: outcome.words() }
    }

    /// A control's operation, under the shape of the outcome that stands for it.
    pub fn operation(operation: Operation) -> Self {
        Self { name: operation.mark().name(), words: operation.words().to_owned() }
    }

    /// A control's design.
    pub fn design(design: Design) -> Self {
        let (name, words) = match design {
            Design::Drafted => ("drafted", "drafted"),
            Design::Approved => ("approved", "approved"),
            Design::InPlace => ("in_place", "in place"),
            Design::Retired => ("retired", "retired"),
            Design::NotApplicable => ("not_applicable", "not applicable"),
        };
        Self { name, words: words.to_owned() }
    }

    /// Whether a requirement is served.
    pub fn coverage(coverage: Coverage) -> Self {
        let (name, words) = match coverage {
            Coverage::Covered => ("in_place", "covered"),
            Coverage::Uncovered => ("uncovered", "uncovered"),
            Coverage::Alternative => ("waived", "alternative"),
            Coverage::NotApplicable => ("not_applicable", "not applicable"),
        };
        Self { name, words: words.to_owned() }
    }

    /// A finding's severity.
    pub fn severity(severity: Severity) -> Self {
        let name = match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        Self { name, words: severity.word().to_owned() }
    }

    /// The same shape under other words.
    #[must_use]
    pub fn saying(mut self, words: impl Into<String>) -> Self {
        self.words = words.into();
        self
    }
}

/// A time: as people read it, and exactly.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Time {
    /// ISO 8601, a day or an instant with its offset.
    pub iso: String,
    /// The same for people.
    pub text: String,
}

/// A commit as a page names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CommitView {
    /// Its entry in the list of changes; empty when it has none.
    pub href: String,
    /// The first ten digits.
    pub short: String,
    /// All forty.
    pub id: String,
    /// First line of its message; empty when it was not kept.
    pub subject: String,
}

/// One axis of proof strength (DOMAIN 3.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Axis {
    /// What the axis asks: `identity`, `time`, `review`, `completeness`.
    pub name: &'static str,
    /// The grade, `0` to `3`.
    pub grade: String,
    /// The grade's word.
    pub word: &'static str,
    /// What would raise it; empty at the top.
    pub raise: &'static str,
}

/// Proof strength on its four axes. There is no overall number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProofView {
    /// The axes: identity, time, review, completeness.
    pub axes: Vec<Axis>,
}

impl ProofView {
    /// The view of some grades.
    pub fn new(proof: Proof) -> Self {
        let axis = |name, grade: u8, raises: [&'static str; 3]| Axis {
            name,
            grade: grade.to_string(),
            word: grade_word(grade),
            raise: raises.get(usize::from(grade)).copied().unwrap_or(""),
        };
        Self {
            axes: vec![
                axis(
                    "identity",
                    proof.identity,
                    [
                        "Sign commits; this version does not verify signatures yet, so names stay claims.",
                        "Sign with a key of the person rather than of the platform.",
                        "Sign with a hardware-backed or logged key.",
                    ],
                ),
                axis(
                    "time",
                    proof.time,
                    [
                        "Commit the record: a landing on the branch gives a recorded time.",
                        "Have another party sign or tag commits before and after.",
                        "Anchor the tip with a third party's time stamp.",
                    ],
                ),
                axis(
                    "review",
                    proof.review,
                    [
                        "Let a second person review, and name them in a Reviewed-by trailer or in the record.",
                        "Merge through a platform that records the approver.",
                        "Have the approver sign the merge.",
                    ],
                ),
                axis(
                    "completeness",
                    proof.completeness,
                    [
                        "Fetch the whole history: git fetch --unshallow.",
                        "Compare the tip with tips published earlier, to rule out a rewrite.",
                        "Reconcile the count with an independent list.",
                    ],
                ),
            ],
        }
    }
}

/// One obligation in a list.
#[derive(Clone, Debug, Serialize)]
pub struct ObligationRow {
    /// The row's anchor.
    pub anchor: String,
    /// The control, by its title.
    pub control: Link,
    /// The control's id.
    pub control_id: String,
    /// The period as files write it.
    pub period: String,
    /// The period's days in words.
    pub days: String,
    /// The day it is due.
    pub due: String,
    /// The last day of grace; empty when it is the due day.
    pub grace_until: String,
    /// How far the due day is: `in 14 days`, `34 days ago`.
    pub distance: String,
    /// What history says.
    pub mark: Mark,
    /// Why, as a sentence; safe HTML.
    pub reason_html: String,
    /// The record that answers it, told without its control and period.
    pub record: Option<Link>,
    /// When that record landed.
    pub landed: Option<Time>,
    /// The mainline commit that landed it.
    pub commit: Option<CommitView>,
    /// Who answers for the control.
    pub owner: Option<Link>,
    /// The waiver that covers it.
    pub waiver: Option<Link>,
}

/// One finding in a list.
#[derive(Clone, Debug, Serialize)]
pub struct FindingRow {
    /// Its severity.
    pub mark: Mark,
    /// The rule behind it.
    pub code: Link,
    /// What it is about.
    pub subject: Link,
    /// What is wrong; safe HTML.
    pub message_html: String,
    /// What to do; safe HTML, empty when there is nothing to do.
    pub hint_html: String,
    /// File and line; empty when it stands nowhere.
    pub place: String,
    /// The line's text; empty when the finding is about more than a line.
    pub excerpt: String,
    /// The commits that show it.
    pub commits: Vec<CommitView>,
}

/// One gap in a list.
#[derive(Clone, Debug, Serialize)]
pub struct GapRow {
    /// Its rank.
    pub rank: String,
    /// Its anchor.
    pub anchor: String,
    /// What it is about.
    pub subject: Link,
    /// The rule behind it.
    pub code: Link,
    /// What is wrong; safe HTML.
    pub message_html: String,
    /// Why it ranks here.
    pub why: String,
    /// Who answers for it.
    pub owner: Option<Link>,
    /// When it is due, with its distance; empty without a day.
    pub due: String,
    /// Whether and until when it can be mended, as a sentence.
    pub recoverable: String,
    /// What to do; safe HTML.
    pub action_html: String,
    /// The file to create or change; empty when there is none.
    pub file: String,
    /// A ready text for that file, highlighted; empty when there is none, or when it stands elsewhere.
    pub stub_html: String,
    /// Where the ready text stands; `None` when it is here or there is none.
    pub stub_at: Option<Link>,
}

/// One way through a list that stands on several pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pager {
    /// What this page holds: `rows 1 to 200 of 412`.
    pub summary: String,
    /// All its pages; empty when there is only one.
    pub pages: Vec<PagerItem>,
}

/// One page of a paged list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PagerItem {
    /// Its address.
    pub href: String,
    /// Its number.
    pub text: String,
    /// Whether it is the page being shown.
    pub current: bool,
}

/// A count that is a link to what it counts: `26 of 31 due (3 not yet due, 0 unknown)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The number.
    pub number: String,
    /// What it is out of; empty when it is a plain count.
    pub of: String,
    /// What is counted.
    pub label: String,
    /// What the count leaves out or cannot see; empty when nothing.
    pub rest: String,
    /// The list behind it.
    pub href: String,
}

/// A fact with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is.
    pub name: String,
    /// What it says; empty when it is missing.
    pub value: Link,
    /// What its absence means, or a remark; empty when there is none.
    pub note: String,
}

/// A number for people: `1,234`.
pub fn number(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with its noun: `1 control`, `1,234 controls`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { many })
}

/// The word for several of them: `criteria`, `subcategories`, `Annex A controls`.
pub fn plural(word: &str) -> String {
    if word == "criterion" {
        return "criteria".to_owned();
    }
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{word}s"),
    }
}

/// Words in a row: `a`, `a and b`, `a, b and c`.
pub fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// A sentence with its first letter in upper case; one that begins with a path or a code keeps it as it is written.
pub fn capitalised(text: &str) -> String {
    let first_word = text.split_whitespace().next().unwrap_or_default();
    if first_word.contains(['/', '_', '.', '`']) {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A sentence as safe HTML: what stands between backticks becomes code.
pub fn said(sentence: &str) -> String {
    let sentence = capitalised(sentence);
    let mut html = String::with_capacity(sentence.len() + 16);
    let mut rest = sentence.as_str();
    while let Some((before, (code, after))) = rest.split_once('`').and_then(|(before, after)| Some((before, after.split_once('`')?))) {
        html.push_str(&text::escape(before));
        html.push_str("<code>");
        html.push_str(&text::escape(code));
        html.push_str("</code>");
        rest = after;
    }
    html.push_str(&text::escape(rest));
    html
}

/// A length of time in words: `20 days`, `3 months`, `5 business days`.
pub fn lapse_words(lapse: Lapse) -> String {
    match lapse {
        Lapse::Business(days) => counted(days as usize, "business day", "business days"),
        Lapse::Calendar { months: 0, days } => counted(days as usize, "day", "days"),
        Lapse::Calendar { months, days: 0 } if months % 12 == 0 => counted(months as usize / 12, "year", "years"),
        Lapse::Calendar { months, days: 0 } => counted(months as usize, "month", "months"),
        Lapse::Calendar { months, days } => {
            format!("{} and {}", counted(months as usize, "month", "months"), counted(days as usize, "day", "days"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_lists_read_well() {
        assert_eq!(
            (number(7), number(999), number(1234), number(1_234_567)),
            ("7".into(), "999".into(), "1,234".into(), "1,234,567".into())
        );
        assert_eq!(counted(1, "control", "controls"), "1 control");
        assert_eq!(["criterion", "subcategory", "clause", "way"].map(plural), ["criteria", "subcategories", "clauses", "ways"]);
        assert_eq!(listed(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!(capitalised("élan"), "Élan");
        assert_eq!(capitalised("content/a.yaml is late"), "content/a.yaml is late");
        assert_eq!(said("the key `<a>` isn't known ` here"), "The key <code>&lt;a&gt;</code> isn&#39;t known ` here");
        assert_eq!(lapse_words(Lapse::days(1)), "1 day");
    }
}
