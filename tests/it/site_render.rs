//! The rendered sample site: every internal link resolves, titles are unique words, nothing is inline, nothing can run.

use std::{collections::BTreeMap, path::Path};

use crate::site_sample::sample;

#[test]
fn the_sample_renders_and_can_be_looked_at() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site-sample");
    for (path, bytes) in sample(0).render() {
        let file = folder.join(&path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
    println!("the sample stands at {}", folder.display());
}

/// Files that a build adds to the rendered pages; the demo's tests read them.
const ADDED_BY_THE_BUILD: [&str; 2] = ["SHA256SUMS", "data/assessment.json"];

#[test]
fn every_internal_link_resolves() {
    let files = sample(150).render();
    let mut broken = Vec::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        for href in attributes(html, "href").into_iter().chain(attributes(html, "src")) {
            if href.contains("://") || href.starts_with("mailto:") {
                continue;
            }
            let (target, anchor) = href.split_once('#').unwrap_or((&href, ""));
            let target = if target.is_empty() { path.clone() } else { resolve(path, target) };
            match files.get(&target) {
                None if ADDED_BY_THE_BUILD.contains(&target.as_str()) => {}
                None => broken.push(format!("{path}: {href}")),
                Some(bytes) if !anchor.is_empty() => {
                    let there = std::str::from_utf8(bytes).unwrap().contains(&format!("id=\"{anchor}\""));
                    if !there {
                        broken.push(format!("{path}: {href} (no such anchor)"));
                    }
                }
                Some(_) => {}
            }
        }
    }
    broken.sort();
    broken.dedup();
    assert!(broken.is_empty(), "{} broken links:\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn every_page_keeps_the_strict_policy_and_says_what_it_is() {
    for (path, html) in pages() {
        assert!(!html.contains(" style=") && !html.contains("<style"), "{path} has an inline style");
        assert_eq!(html.matches("<script").count(), 1, "{path} has an inline script");
        assert!(!html.contains(" onclick=") && !html.contains(" onload="), "{path} has an event handler");
        assert!(html.contains("default-src 'none'"), "{path} has no content security policy");
        assert!(html.contains("Management's own information, prepared with Tickmark. Not an audit and not an opinion."), "{path}");
        assert!(html.contains("Not committed"), "{path} hides that it is not committed");
        assert_eq!(html.matches("<h1>").count(), 1, "{path} has another number of headings than one");
        let title = html.split("<h1>").nth(1).unwrap().split("</h1>").next().unwrap();
        assert!(title.trim().len() > 4, "{path}: the title `{title}` is no name");
        for word in ["compliant", "certified", " proves", "guarantee"] {
            assert!(!html.to_lowercase().contains(word), "{path} says `{word}`");
        }
    }
}

#[test]
fn raw_copies_are_inert() {
    for path in sample(0).render().into_keys().filter(|path| path.starts_with("raw/")) {
        assert!(!path.ends_with(".html") && !path.ends_with(".svg") && !path.ends_with(".js"), "{path} could run");
    }
}

#[test]
fn two_renderings_are_the_same_bytes() {
    assert_eq!(sample(3).render(), sample(3).render());
}

fn pages() -> BTreeMap<String, String> {
    let pages = sample(0).render().into_iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
}

/// The values of an attribute, unescaped as far as addresses need it.
fn attributes(html: &str, name: &str) -> Vec<String> {
    let opening = format!(" {name}=\"");
    let values = html.split(&opening).skip(1).filter_map(|rest| rest.split('"').next());
    values.map(|value| value.replace("&amp;", "&").replace("&#x2F;", "/").replace("&#39;", "'")).collect()
}

fn resolve(page: &str, target: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." => {}
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[test]
fn five_thousand_records_are_planned_without_being_held() {
    let sample = sample(5_000);
    let input = sample.input();
    let plan = tickmark::site::plan(&input).unwrap();
    assert!(plan.pages.len() > 5_000, "{} pages", plan.pages.len());
    let planned: usize = plan.pages.iter().map(|page| page.path.len()).sum();
    assert!(planned < 1_000_000, "a planned page holds its path and nothing it shows");
}
