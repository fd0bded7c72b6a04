//! Every code that loading reports, with its explanation. A code is a constant in the file of its subject and a line here.

mod files;
mod records;
mod references;
mod yaml;

pub(super) use files::*;
pub(super) use records::*;
pub(super) use references::*;
pub(super) use yaml::*;

use super::digests::ARTIFACT_DIGEST_MISMATCH;
use crate::diag::Code;

/// Every code, by name of its constant.
pub const CODES: &[Code] = &[
    ARTIFACT_DIGEST_MISMATCH,
    ADOPTED_TEXT_MISSING,
    ARTIFACT_MISSING,
    ARTIFACT_OUTSIDE,
    ARTIFACT_UNCLAIMED,
    BAD_CADENCE,
    BAD_DATE,
    BAD_DIGEST,
    BAD_ID,
    BAD_INSTANT,
    BAD_PERIOD,
    BAD_SPAN,
    CONFIG_MISSING,
    DUPLICATE_ID,
    DUPLICATE_KEY,
    FILE_NOT_READ,
    FRAMEWORK_REPLACED,
    FRONT_MATTER_EMPTY,
    FRONT_MATTER_MISSING,
    FRONT_MATTER_UNCLOSED,
    HISTORY_UNREAD,
    LFS_POINTER,
    LINK_NOT_FOLLOWED,
    MISSING_KEY,
    NOT_PUBLIC,
    OUT_OF_RANGE,
    PEOPLE_MISSING,
    RECORD_UNREAD,
    REQUIREMENT_HEADING,
    REQUIREMENT_WITHDRAWN,
    SUBMODULE_NOT_READ,
    TEXT_ENCODING,
    UNKNOWN_CONTROL,
    UNKNOWN_DOCUMENT,
    UNKNOWN_EVIDENCE,
    UNKNOWN_FRAMEWORK,
    UNKNOWN_GROUP,
    UNKNOWN_KEY,
    UNKNOWN_PARENT,
    UNKNOWN_PERSON,
    UNKNOWN_REQUIREMENT,
    UNKNOWN_SELECTION,
    UNKNOWN_WORD,
    UNKNOWN_ZONE,
    WRONG_TYPE,
    YAML_ALIAS,
    YAML_DOCUMENTS,
    YAML_KEY,
    YAML_LIMIT,
    YAML_SYNTAX,
    YAML_TAG,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_has_one_name_and_an_explanation_that_says_how_to_mend_it() {
        let names: BTreeSet<&str> = CODES.iter().map(|code| code.name).collect();
        assert_eq!(names.len(), CODES.len(), "two codes share a name");
        for code in CODES {
            assert!(code.explanation.contains("**Rule.**") && code.explanation.contains("**What mends it.**"), "{}", code.name);
            assert!(code.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", code.name);
        }
    }

    #[test]
    fn every_constant_is_listed() {
        for (file, text) in [
            ("files", include_str!("files.rs")),
            ("records", include_str!("records.rs")),
            ("references", include_str!("references.rs")),
            ("yaml", include_str!("yaml.rs")),
        ] {
            for name in text.lines().filter_map(|line| line.trim().strip_prefix("name: \"")?.split('"').next()) {
                assert!(CODES.iter().any(|code| code.name == name), "{name} of {file} is not listed");
            }
        }
    }
}
