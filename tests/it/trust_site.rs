//! The public site as bytes: what it shows, and that nothing else is in it.

use std::collections::{BTreeMap, BTreeSet};

use tickmark::{
    model::{Document, DocumentStatus, Programme, Timelines},
    render::Renderer,
    trust,
};

use crate::{
    trust_fixture::{self as fixture, CANARY, OBJECT, day, instant},
    trust_programme as programme,
};

/// The whole site: path and text of every page and file.
fn site(programme: &Programme, timelines: &Timelines, as_of: &str) -> BTreeMap<String, String> {
    let withdrawn = BTreeSet::from(["withdrawn".to_owned()]);
    let public = trust::project(programme, timelines, instant(as_of), &withdrawn);
    let plan = trust::plan(&public);
    let renderer = Renderer::from_assets("default").expect("the built-in theme parses");
    let mut site: BTreeMap<String, String> = BTreeMap::new();
    for page in &plan.pages {
        let html = renderer.render(page.template, &page.context).unwrap_or_else(|error| panic!("{error}"));
        assert!(site.insert(page.path.clone(), html).is_none(), "two pages at {}", page.path);
    }
    for (path, bytes) in plan.files {
        assert!(site.insert(path.clone(), String::from_utf8(bytes).expect("text")).is_none(), "two files at {path}");
    }
    site
}

fn now() -> BTreeMap<String, String> {
    site(&programme::programme(), &programme::timelines(), "2026-06-30T12:00:00+02:00")
}

#[test]
fn no_private_text_is_in_any_byte() {
    for (path, text) in now() {
        let lower = format!("{path}\n{text}").to_lowercase();
        if let Some(at) = lower.find(CANARY) {
            panic!("{path}: {}", &lower[at.saturating_sub(80)..(at + 80).min(lower.len())]);
        }
        assert!(!lower.contains(&OBJECT.to_string()[..7]), "{path} shows an object id");
        for word in [
            "987654",
            "987,654",
            "4711",
            "content/",
            ".yaml",
            "on_time",
            "missed",
            "late beyond grace",
            "not due",
            "2024-01-03",
            "2025-01-02",
            "2026-01-19",
            "2026-03-30",
            "2026-04-02",
            "2026-05-10",
            "2026-06-29",
        ] {
            assert!(!lower.contains(word), "{path} holds {word}");
        }
    }
}

#[test]
fn every_public_text_is_shown() {
    let site = now();
    let index = &site["index.html"];
    for what in [
        "organization",
        "title",
        "tagline",
        "intro",
        "postal address",
        "scope",
        "firm",
        "way to get it",
        "document on offer",
        "summary",
        "document on request",
        "summary of it",
        "topic",
        "practice",
        "group title",
        "sentence of a control",
        "subprocessor",
        "data",
        "place",
        "purpose",
        "part of customers",
        "question",
        "answer",
        "news",
    ] {
        assert!(index.contains(&fixture::public(what)), "the front page lacks {what}");
    }
    assert!(index.contains("SOC 2® Type 2 report") && index.contains("1 January 2025 to 31 December 2025"));
    assert!(index.contains("mailto:security@shown.example?subject=Request%3A%20Shown%20document%20on%20request&amp;body="));
    assert!(
        site["policies/open.html"].contains("Shown policy text")
            && site["policies/open.html"].contains("Version 2.1, in force since 1 February 2026")
    );
    assert!(site["policies/open.html"].contains("a word and <a href=\"open.html\">itself</a>"));
    assert!(site["updates/news.html"].contains("Shown news text"));
    let paths: Vec<&str> = site.keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        [
            ".well-known/security.txt",
            "index.html",
            "mark-dark.svg",
            "mark.svg",
            "policies/open.html",
            "trust.css",
            "trust.json",
            "updates.xml",
            "updates/news.html"
        ]
    );
}

#[test]
fn every_page_says_what_it_is_and_loads_nothing_from_elsewhere() {
    for (path, html) in now().into_iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(
            html.contains("This page states what the organization records about itself. It is not an audit report and not an opinion."),
            "{path}"
        );
        assert!(html.contains("As of 30 June 2026"), "{path}");
        assert!(
            html.contains("content=\"default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'\""),
            "{path}"
        );
        for word in ["<script", "<style", " style=", "<iframe", "<form", " onclick", "@import", "src=\"http", "srcset=\"http"] {
            assert!(!html.contains(word), "{path} holds {word}");
        }
        for link in html.split("<link ").skip(1).filter(|link| link.starts_with("rel=\"stylesheet\"") || link.starts_with("rel=\"icon\"")) {
            assert!(!link.split('>').next().unwrap_or("").contains("://"), "{path}: {link}");
        }
    }
}

#[test]
fn links_lead_to_pages_and_anchors_that_exist() {
    let site = now();
    for (path, html) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        for href in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            if href.contains(':') {
                continue;
            }
            let (target, anchor) = href.split_once('#').unwrap_or((href, ""));
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let full = match target.strip_prefix("../") {
                Some(rest) => rest.to_owned(),
                None if target.is_empty() => path.clone(),
                None if folder.is_empty() => target.to_owned(),
                None => format!("{folder}/{target}"),
            };
            let page = site.get(&full).unwrap_or_else(|| panic!("{path} links to {href}"));
            assert!(anchor.is_empty() || page.contains(&format!("id=\"{anchor}\"")), "{path} links to {href}");
        }
    }
}

#[test]
fn reports_age_and_need_their_record() {
    let programme = programme::programme();
    let fresh = now();
    assert_eq!(fresh["index.html"].matches("<article class=\"card").count(), 1);
    assert!(!fresh["index.html"].contains("twelve months back"));
    let later = site(&programme, &programme::timelines(), "2027-01-01T12:00:00+01:00");
    assert!(later["index.html"].contains("Its days lie more than twelve months back"));
    let mut without = programme::programme();
    without.trust.iter_mut().for_each(|page| page.reports.clear());
    let none = site(&without, &programme::timelines(), "2026-06-30T12:00:00+02:00");
    assert!(none["index.html"].contains("No report is recorded") && !none["index.html"].contains("SOC 2"));
}

#[test]
fn security_txt_is_there_while_the_contact_lasts() {
    assert_eq!(
        now()[".well-known/security.txt"],
        "Contact: mailto:security@shown.example\nExpires: 2026-12-31T23:59:59Z\nPolicy: https://shown.example/disclosure\nCanonical: https://trust.shown.example/.well-known/security.txt\n"
    );
    let programme = programme::programme();
    let expired = site(&programme, &programme::timelines(), "2027-01-01T00:00:00Z");
    assert!(!expired.contains_key(".well-known/security.txt") && !expired["index.html"].contains("security.txt"));
    for change in [
        |contact: &mut tickmark::model::SecurityContact| contact.expires = None,
        |contact: &mut tickmark::model::SecurityContact| contact.contact = "security@shown.example".to_owned(),
        |contact: &mut tickmark::model::SecurityContact| contact.contact = "mailto:a@b.example\nContact: mailto:evil@x.example".to_owned(),
    ] {
        let mut programme = programme::programme();
        programme.trust.iter_mut().filter_map(|page| page.security.as_mut()).for_each(change);
        assert!(!site(&programme, &programme::timelines(), "2026-06-30T12:00:00Z").contains_key(".well-known/security.txt"));
    }
}

#[test]
fn the_text_in_force_is_shown_and_no_other() {
    let shown =
        |as_of: &str, timelines: &Timelines, programme: &Programme| site(programme, timelines, as_of).contains_key("policies/open.html");
    let (programme, timelines) = (programme::programme(), programme::timelines());
    assert!(shown("2026-06-30T12:00:00Z", &timelines, &programme));
    // Without a history the text at hand counts.
    assert!(shown("2026-06-30T12:00:00Z", &Timelines::default(), &programme));
    assert!(!shown("2026-01-31T12:00:00Z", &Timelines::default(), &programme));
    let changed = |change: fn(&mut Document)| {
        let mut timelines = programme::timelines();
        let versions = timelines.documents.values_mut().flat_map(|timeline| &mut timeline.versions);
        versions.skip(2).take(1).filter_map(|version| version.record.as_mut()).for_each(change);
        timelines
    };
    let retired = changed(|document| document.status = DocumentStatus::Retired);
    assert!(!shown("2026-06-30T12:00:00Z", &retired, &programme));
    let mut internal = programme::programme();
    internal.documents.values_mut().for_each(|document| document.classification = tickmark::model::Classification::Internal);
    assert!(!shown("2026-06-30T12:00:00Z", &timelines, &internal));
}

#[test]
fn an_announced_subprocessor_is_listed_before_it_begins() {
    let mut programme = programme::programme();
    let mut vendor = fixture::vendor();
    vendor.id = "next".into();
    vendor.name = "Next Ltd".to_owned();
    vendor.announced_on = Some(day("2026-06-20"));
    vendor.effective_on = Some(day("2026-07-20"));
    programme.vendors.insert(vendor.id.clone(), vendor);
    let site = site(&programme, &programme::timelines(), "2026-06-30T12:00:00Z");
    assert!(site["index.html"].contains("<span class=\"upcoming\">from </span><time datetime=\"2026-07-20\">"));
    assert!(site["updates.xml"].contains("<id>tag:trust.shown.example,2026-06-20:subprocessor/next-ltd</id>"));
}

#[test]
fn a_programme_without_a_trust_page_still_gives_one() {
    let mut programme = programme::programme();
    programme.trust = None;
    programme.vendors.clear();
    let site = site(&programme, &Timelines::default(), "2026-06-30T12:00:00Z");
    assert!(site["index.html"].contains("Shown organization: trust center") && site["index.html"].contains("No contact is recorded."));
    assert!(!site.contains_key("updates.xml"));
}

#[test]
fn the_same_programme_gives_the_same_bytes() {
    assert_eq!(now(), now());
}

#[test]
fn templates_ask_for_what_contexts_give() {
    let renderer = Renderer::from_assets("default").expect("parses");
    let public = trust::project(&programme::programme(), &programme::timelines(), fixture::as_of(), &BTreeSet::new());
    for page in trust::plan(&public).pages {
        let value = serde_json::to_value(&page.context).expect("a context");
        let given: BTreeSet<String> = value.as_object().expect("a struct").keys().cloned().collect();
        assert_eq!(renderer.variables(page.template).expect("there"), given, "{}", page.template);
    }
}
