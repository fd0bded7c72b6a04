//! The registry is whole.

use std::collections::BTreeSet;

use super::RULES;

#[test]
fn every_file_is_registered_under_its_own_name() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/assess/rules");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .expect("the folder of the rules")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().trim_end_matches(".rs").replace('_', "-"))
        .filter(|name| name != "mod" && name != "tests")
        .collect();
    let codes: BTreeSet<String> = RULES.iter().map(|rule| rule.code.name.to_owned()).collect();
    assert_eq!(files, codes);
    assert_eq!(codes.len(), RULES.len(), "two rules share a code");
}

#[test]
fn every_rule_explains_itself() {
    for rule in RULES {
        let code = &rule.code;
        assert!(!code.title.is_empty() && !rule.gt.is_empty(), "{}", code.name);
        for part in ["**Facts.**", "**Rule.**", "**What could fool it.**", "**What mends it.**"] {
            assert!(code.explanation.contains(part), "{} lacks {part}", code.name);
        }
        for word in ["compliant", "certified", "proves", "passed", "guarantee"] {
            assert!(!code.explanation.to_lowercase().contains(word) && !code.title.contains(word), "{} says {word}", code.name);
        }
    }
}
