//! How the language of the programme's texts is judged, as `tickmark.yaml` sets it.

use std::collections::BTreeMap;

/// What the `language` key says; empty when it is absent.
#[derive(Clone, Debug, Default)]
pub struct LanguageConfig {
    /// Rules with a level of their own, by name; the others follow the state of the text they speak about.
    pub rules: BTreeMap<&'static str, RuleLevel>,
    /// Words and phrases that are not reported.
    pub allow: Vec<String>,
    /// Words and phrases that count as vague besides the built-in ones.
    pub vague: Vec<String>,
}

/// What becomes of a rule's findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleLevel {
    /// The rule is not run.
    Off,
    /// They are notes.
    Note,
    /// They are warnings.
    Warning,
}
