//! The registry is whole.

use std::collections::BTreeSet;

use super::{RULES, STARTER_TEXT};
use crate::load;

#[test]
fn every_file_is_registered_under_its_own_name_and_known_to_the_schema() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/language/rules");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .expect("the folder of the rules")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().trim_end_matches(".rs").replace('_', "-"))
        .filter(|name| name != "mod" && name != "tests")
        .collect();
    let codes: BTreeSet<String> = RULES.iter().map(|rule| rule.code.name.to_owned()).collect();
    assert_eq!(files, codes);
    let schema = load::schema("config").expect("the schema of tickmark.yaml");
    let known = schema["definitions"]["LanguageRules"]["properties"].as_object().expect("the rules in the schema");
    assert_eq!(known.keys().cloned().collect::<BTreeSet<String>>(), codes);
    assert_eq!(RULES[0].code.name, STARTER_TEXT);
}

#[test]
fn every_rule_explains_itself() {
    for rule in RULES {
        let code = &rule.code;
        assert!(!code.title.is_empty(), "{}", code.name);
        for part in ["**Facts.**", "**Rule.**", "**Example.**", "**What could fool it.**", "**What mends it.**"] {
            assert!(code.explanation.contains(part), "{} lacks {part}", code.name);
        }
    }
}
