//! The `language` key of `tickmark.yaml`.

use crate::{
    load::raw,
    model::{LanguageConfig, RuleLevel},
};

/// Lowers how language is judged. A rule that is not known never comes here: the schema names the rules.
pub(super) fn language(raw: raw::Language) -> LanguageConfig {
    let raw::Language { rules, allow, vague } = raw;
    let raw::LanguageRules {
        claim_word,
        copied_criterion_wording,
        placeholder_left,
        promise_without_evidence,
        promise_without_frequency,
        promise_without_owner,
        starter_text,
        vague_term,
    } = rules.unwrap_or_default();
    let levels = [
        ("claim-word", claim_word),
        ("copied-criterion-wording", copied_criterion_wording),
        ("placeholder-left", placeholder_left),
        ("promise-without-evidence", promise_without_evidence),
        ("promise-without-frequency", promise_without_frequency),
        ("promise-without-owner", promise_without_owner),
        ("starter-text", starter_text),
        ("vague-term", vague_term),
    ];
    LanguageConfig {
        rules: levels.into_iter().filter_map(|(name, level)| level.map(|level| (name, self::level(level)))).collect(),
        allow: allow.unwrap_or_default(),
        vague: vague.unwrap_or_default(),
    }
}

fn level(raw: raw::RuleLevel) -> RuleLevel {
    match raw {
        raw::RuleLevel::Off => RuleLevel::Off,
        raw::RuleLevel::Note => RuleLevel::Note,
        raw::RuleLevel::Warning => RuleLevel::Warning,
    }
}
