//! Walks a repository's history once and prints what it held: the program that `tests/bench/walk.sh` measures.
//!
//! `walk REPOSITORY [PATH ...]`; without paths everything is wanted, and `*.md` means Markdown wherever it stands.
#![allow(clippy::print_stdout, reason = "printing is all that an example does")]

use std::path::Path;

use anyhow::Context;
use tickmark::git::{At, Wanted, open};

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let directory = arguments.next().context("usage: walk REPOSITORY [PATH ...]")?;
    let mut folders: Vec<String> = arguments.collect();
    let markdown_anywhere = folders.iter().any(|path| path == "*.md");
    folders.retain(|path| path != "*.md");
    if folders.is_empty() && !markdown_anywhere {
        folders.push(String::new());
    }
    let opened = open(Path::new(&directory))?;
    for sight in &opened.missing {
        println!("{}: {}\n  {}", sight.kind, sight.message, sight.command);
    }
    let Some(repository) = opened.repository else { return Ok(()) };
    let tip = repository.resolve(At::Branch(None))?.context("no commit yet")?;
    let history = repository.walk(&tip, &Wanted { folders, files: Vec::new(), markdown_anywhere }, &|_, _| {})?;
    println!(
        "{} commits, {} on the mainline, {} of them with data; {} changes, {} landings; {} left out",
        history.nodes.len(),
        history.mainline.len(),
        history.commits.len(),
        history.changes.len(),
        history.landings.len(),
        history.skipped.len()
    );
    Ok(())
}
