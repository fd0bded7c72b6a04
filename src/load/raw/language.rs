//! The `language` key of `tickmark.yaml`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the language of the programme's texts is judged.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// Rules of language and what becomes of their findings. Without a rule here: notes about drafts, warnings about what is
    /// approved or in place.
    pub rules: Option<LanguageRules>,
    /// Words and phrases that no rule of language reports (`appropriate technical and organisational measures`).
    pub allow: Option<Vec<String>>,
    /// Words and phrases of the organization's own that `vague-term` reports as well.
    pub vague: Option<Vec<String>>,
}

/// The rules of language, by name.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LanguageRules {
    /// Words that promise more than records can show.
    pub claim_word: Option<RuleLevel>,
    /// Text in a standard's voice.
    pub copied_criterion_wording: Option<RuleLevel>,
    /// Places that are still to be filled in.
    pub placeholder_left: Option<RuleLevel>,
    /// Promises of recurring work without a record of it.
    pub promise_without_evidence: Option<RuleLevel>,
    /// Promises of recurring work that do not say how often.
    pub promise_without_frequency: Option<RuleLevel>,
    /// Promises that do not say who.
    pub promise_without_owner: Option<RuleLevel>,
    /// Documents that are the starter's, word for word.
    pub starter_text: Option<RuleLevel>,
    /// Words that each reader understands differently.
    pub vague_term: Option<RuleLevel>,
}

/// What becomes of a rule's findings.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RuleLevel {
    /// The rule is not run.
    Off,
    /// They are notes.
    Note,
    /// They are warnings.
    Warning,
}
