//! Holds what `src/lib.rs` promises about the code: the floors, the doors, the absences, the sizes.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// A source file: its path below `src/`, its module (the first folder or the file's stem), and its code without tests.
struct SourceFile {
    path: String,
    module: String,
    text: String,
    code: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
}

fn sources() -> Vec<SourceFile> {
    let src = root().join("src");
    let mut paths = Vec::new();
    files_below(&src, &mut paths);
    paths.into_iter().map(|path| source(&src, &path)).collect()
}

fn source(src: &Path, path: &Path) -> SourceFile {
    let text = fs::read_to_string(path).unwrap();
    let path = path.strip_prefix(src).unwrap().to_string_lossy().replace('\\', "/");
    let module = path.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
    let is_test = path.ends_with("tests.rs") || path.contains("/tests/") || path.ends_with("testing.rs");
    let code = if is_test { String::new() } else { without_comments(text.split("#[cfg(test)]").next().unwrap_or(&text)) };
    SourceFile { path, module, text, code }
}

fn without_comments(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).fold(String::new(), |code, line| code + line + "\n")
}

/// Module -> (floor, place from the left), from the table in `src/lib.rs`.
fn floors() -> BTreeMap<String, (u32, usize)> {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let table = lib.split("```text").nth(1).expect("lib.rs has a table of floors").split("```").next().unwrap().to_owned();
    let mut floors = BTreeMap::new();
    for line in table.lines().map(|line| line.trim_start_matches("//!").trim()).filter(|line| !line.is_empty()) {
        let (floor, rest) = line.split_once(' ').unwrap();
        let modules = rest.trim_start().split("  ").next().unwrap();
        for (place, module) in modules.split(' ').enumerate() {
            floors.insert(module.to_owned(), (floor.parse().unwrap(), place));
        }
    }
    floors
}

/// Fails with every offence at once.
fn none(what: &str, offences: Vec<String>) {
    assert!(offences.is_empty(), "{what}:\n  {}", offences.join("\n  "));
}

/// Names after `crate::`, also inside `use crate::{a, b::c}`.
fn crate_imports(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let (mut depth, mut name) = (1, String::new());
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 1 && (c == ',' || c == ':') || depth == 0 {
                    names.push(std::mem::take(&mut name));
                    if depth == 0 {
                        break;
                    }
                } else if depth == 1 && !c.is_whitespace() {
                    name.push(c);
                }
            }
        } else {
            names.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    names
}

#[test]
fn every_module_has_a_floor_and_imports_only_from_below_or_the_left() {
    let floors = floors();
    let mut offences = Vec::new();
    for file in sources().iter().filter(|file| !["main", "lib"].contains(&file.module.as_str())) {
        let Some(own) = floors.get(&file.module) else {
            offences.push(format!("{} has no floor in lib.rs", file.module));
            continue;
        };
        for name in crate_imports(&file.code) {
            if let Some(other) = floors.get(&name)
                && name != file.module
                && !(other.0 < own.0 || other.0 == own.0 && other.1 < own.1)
            {
                offences.push(format!("{} imports {name}, which does not lie below or to the left", file.path));
            }
        }
    }
    none("imports that cross a floor", offences);
}

#[test]
fn each_foreign_library_stands_behind_its_door() {
    let doors: [(&str, &[&str]); 25] = [
        ("git2", &["git"]),
        ("ssh_key", &["git"]),
        ("tera", &["render"]),
        ("pulldown_cmark", &["text"]),
        ("ammonia", &["text"]),
        ("syntect", &["text"]),
        ("similar", &["text", "git"]),
        ("serde_yaml", &["load"]),
        ("granit_parser", &["load"]),
        ("unicode_normalization", &["load"]),
        ("chrono", &["date"]),
        ("chrono_tz", &["date"]),
        ("clap", &["cli"]),
        ("annotate_snippets", &["cli"]),
        ("anstream", &["cli"]),
        ("indicatif", &["cli"]),
        ("dialoguer", &["cli"]),
        ("iana_time_zone", &["app"]),
        ("axum", &["app"]),
        ("tokio", &["app"]),
        ("notify_debouncer_mini", &["app"]),
        ("rust_embed", &["assets"]),
        ("strsim", &["diag"]),
        ("csv", &["text", "export"]),
        ("uuid", &["export"]),
    ];
    let mut offences = Vec::new();
    for file in sources() {
        for (library, allowed) in doors {
            let used = file.code.contains(&format!("use {library}::")) || mentions(&file.code, library);
            if used && !allowed.contains(&file.module.as_str()) {
                offences.push(format!("{} uses {library}, whose door is {}", file.path, allowed.join(", ")));
            }
        }
    }
    none("libraries outside their doors", offences);
}

/// Whether `library::` occurs as a path's first part.
fn mentions(code: &str, library: &str) -> bool {
    let needle = format!("{library}::");
    code.match_indices(&needle).any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
}

#[test]
fn the_world_is_touched_only_where_lib_rs_says() {
    let absences: [(&str, &[&str], &str); 6] = [
        ("SystemTime::now", &["app"], "the clock"),
        ("Utc::now", &["app"], "the clock"),
        ("env::var", &["app", "cli"], "the environment"),
        ("fs::", &["tree", "emit", "git", "app", "cli"], "the disk"),
        ("println!", &["cli"], "printing"),
        ("Command::new", &["cli"], "other programs"),
    ];
    let mut offences = Vec::new();
    for file in sources() {
        for (needle, allowed, what) in absences {
            if file.code.contains(needle) && !allowed.contains(&file.module.as_str()) {
                offences.push(format!("{}: {what} (`{needle}`)", file.path));
            }
        }
    }
    none("touches of the world", offences);
}

#[test]
fn nothing_is_dropped_in_silence_or_left_unfinished() {
    let forbidden = ["filter_map(Result::ok)", ".flatten_ok(", "let _ =", ".unwrap()", concat!("#[ig", "nore")];
    let mut offences = Vec::new();
    for file in sources() {
        for (number, line) in file.code.lines().enumerate() {
            for needle in forbidden {
                if line.contains(needle) {
                    offences.push(format!("{} (code line {}): {}", file.path, number + 1, line.trim()));
                }
            }
        }
        if [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX")].iter().any(|mark| file.text.contains(mark)) {
            offences.push(format!("{} has an unfinished mark", file.path));
        }
    }
    none("results dropped or work left open", offences);
}

#[test]
fn no_file_is_over_five_hundred_lines_and_each_says_what_it_is_for() {
    let mut offences = Vec::new();
    for file in sources() {
        let lines = file.text.lines().count();
        if lines > 500 {
            offences.push(format!("{} has {lines} lines", file.path));
        }
        if !file.text.starts_with("//! ") {
            offences.push(format!("{} does not begin by saying what it is for", file.path));
        }
    }
    none("files too long or without a header", offences);
}

#[test]
fn assess_and_proof_see_no_bytes_and_trust_sees_no_assessment() {
    let mut offences = Vec::new();
    for file in sources() {
        let names = crate_imports(&file.code);
        let blind: &[&str] = match file.module.as_str() {
            "assess" | "proof" => &["text", "git", "load", "render", "site"],
            "trust" => &["assess", "proof", "site", "git"],
            _ => continue,
        };
        offences.extend(names.iter().filter(|name| blind.contains(&name.as_str())).map(|name| format!("{} imports {name}", file.path)));
    }
    none("modules that see what they must not", offences);
}

#[test]
fn no_path_of_a_machine_and_no_forbidden_claim_is_committed() {
    let mut offences = Vec::new();
    for name in ["README.md", "CHANGELOG.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(root().join(name)).unwrap();
        for needle in ["/home/", "/root/", "/tmp/", "fully compliant", "SOC 2 certified"] {
            if text.contains(needle) {
                offences.push(format!("{name} says {needle}"));
            }
        }
    }
    none("texts that say what they must not", offences);
}
