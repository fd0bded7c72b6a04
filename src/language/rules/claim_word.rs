//! `claim-word`: an internal text claims what only an issuer may say, or what nobody can keep.

use super::{Hit, Rule};
use crate::{
    diag::{Code, Severity},
    language::{
        around::Around,
        claims::internal_claims,
        reading::{Of, Reading},
    },
};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code {
        name: "claim-word",
        severity: Severity::Warning,
        title: "an internal text claims more than a record can show",
        explanation: r#"**Facts.** The sentences of documents and controls. What is written for the public page is read more strictly, by
`trust-claim-word`.

**Rule.** A SOC 2 report is an attestation report: nobody is certified by it and nobody passes it; nor does anybody certify
adherence to HIPAA or the GDPR. A sentence that says so is reported, and so is one that calls the company compliant with a
framework, guarantees something on its behalf or calls it unhackable. "SOC II" and "SOC2" are spellings of SOC 2: a note. Sentences with a
"not", "no" or "never" are passed over.

**Example.**

> We are SOC 2 certified and fully compliant with HIPAA.

**What mends it.** Say who issued what about which days, or what is done:

> An independent licensed CPA firm issued a SOC 2 Type 2 report about July 2025 to June 2026.

**What could fool it.** A sentence about somebody else, such as a supplier; a claim in words it does not know."#,
    },
    run,
};

fn run(reading: &Reading<'_>, around: &Around<'_>, hits: &mut Vec<Hit>) {
    if !matches!(reading.of, Of::Document(_) | Of::Control(_)) {
        return;
    }
    for (sentence, words) in reading.sentences.iter().enumerate() {
        let claims = internal_claims(words);
        if claims.is_empty() {
            continue;
        }
        let allowed: Vec<_> = around.allowed(words).into_iter().map(|range| words.bytes(range)).collect();
        let mut claims =
            claims.into_iter().filter(|claim| !allowed.iter().any(|range| range.start <= claim.at.start && claim.at.end <= range.end));
        let Some(first) = claims.next() else { continue };
        let said = &words.sentence.text[first.at.clone()];
        let message = if first.spelling {
            format!("the report is called SOC 2; here it is \"{said}\"")
        } else {
            format!("\"{said}\" claims more than a record can show")
        };
        hits.push(Hit { at: Some((sentence, first.at)), message, hint: first.phrase.hint.to_owned(), slight: first.spelling });
    }
}
