//! Golden pages: what a small programme's pages say, kept as files that a person reads before accepting them.
//!
//! Renew with `INSTA_UPDATE=always cargo test golden`. Ids of objects are redacted, so that the text of a page changes only
//! when its words do.

use std::fs;

use super::{
    commands::PROGRAMME,
    support::{Repo, files_below},
};

/// The inside of a page's `<main>`, one tag a line, with object ids replaced.
fn main_of(page: &str) -> String {
    let start = page.find("<main").unwrap();
    let end = page.find("</main>").unwrap();
    let text = page[start..end].replace("><", ">\n<");
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    redacted(&lines.collect::<Vec<_>>().join("\n"))
}

/// Runs of ten or more hexadecimal digits that hold a digit and a letter are object ids or digests.
fn redacted(text: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_digit() || ('a'..='f').contains(&c) {
            run.push(c);
            continue;
        }
        let is_id = run.len() >= 10 && run.bytes().any(|b| b.is_ascii_digit()) && run.bytes().any(|b| b.is_ascii_alphabetic());
        out += if is_id { "[ID]" } else { &run };
        run.clear();
        out.push(c);
    }
    out.trim_end().to_owned()
}

#[test]
fn the_pages_of_a_small_programme_say_what_they_said() {
    let repo = Repo::from_script(PROGRAMME);
    let run = repo.run(&["build", "--at", "main", "--as-of", "2026-08-01T09:00:00+02:00"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let site = repo.dir().join("build/readiness");
    let pages = [
        "index.html",
        "controls/ac-03.html",
        "policies/access.html",
        "gaps.html",
        "method.html",
        "evidence/content-evidence-ac-03-2026-q1-yaml.html",
    ];
    let there: Vec<String> = files_below(&site).into_iter().map(|(path, _)| path).collect();
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "golden", omit_expression => true }, {
        insta::assert_snapshot!("files", there.join("\n"));
        for page in pages.iter().filter(|page| there.iter().any(|path| path == *page)) {
            let text = fs::read_to_string(site.join(page)).unwrap();
            insta::assert_snapshot!(page.replace('/', "-").trim_end_matches(".html"), main_of(&text));
        }
    });
}

#[test]
fn findings_are_printed_as_they_were() {
    let repo = Repo::from_script(PROGRAMME);
    repo.write(
        "controls/AC-03.yaml",
        "id: AC-03\ntitle: Access\nownr: dana\nfrequncy: quarterly\nsatisfies: {soc2: [CC9.9]}\npolicies: [acess]\n",
    );
    repo.write("content/evidence/broken.yaml", "control: AC-03\nperiod: 2026-Q5\nperformed_on: 2026-02-30\nresult: pass\nresult: fail\n");
    let run = repo.run(&["check", "--worktree", "--as-of", "2026-08-01T09:00:00+02:00"]);
    assert_eq!(run.code, 1, "{}", run.err);
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "golden", omit_expression => true }, {
        insta::assert_snapshot!("findings", run.out);
    });
}
