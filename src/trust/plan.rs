//! The pages and files of the public site, from the public programme alone.

use serde::Serialize;

use super::{
    files,
    public::{PublicProgramme, PublicReport, PublicSubprocessor, PublicTopic},
};
use crate::{
    assets,
    date::Date,
    text::{Heading, highlight_css},
};

/// Files of the theme that every public site carries.
const STATIC: [&str; 3] = ["trust.css", "mark.svg", "mark-dark.svg"];

/// The file of the colours of highlighted code; part of the site only where a text holds some.
const HIGHLIGHT: &str = "highlight.css";

/// The public site before it is rendered.
#[derive(Debug)]
pub struct Plan {
    /// Pages.
    pub pages: Vec<Page>,
    /// Files that are ready: path from the site's root, and bytes. A theme's own static files may replace them by path.
    pub files: Vec<(String, Vec<u8>)>,
}

/// One page.
#[derive(Debug)]
pub struct Page {
    /// Its path from the site's root.
    pub path: String,
    /// Its template.
    pub template: &'static str,
    /// What the template is given.
    pub context: TrustContext,
}

/// The context of a page; its fields are the template's variables.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum TrustContext {
    /// `trust/index.html`.
    Index(Box<IndexPage>),
    /// `trust/policy.html`.
    Policy(Box<PolicyPage>),
    /// `trust/update.html`.
    Update(Box<UpdatePage>),
}

/// What every page knows.
#[derive(Clone, Debug, Serialize)]
pub struct Site {
    /// The organization's name.
    pub organization: String,
    /// The site's title.
    pub title: String,
    /// What search engines and link previews show; empty when nothing is said.
    pub description: String,
    /// What leads from this page to the site's root: empty, or `../`.
    pub root: &'static str,
    /// This page's own address, when the site's is known.
    pub canonical: Option<String>,
    /// The day the page speaks for.
    pub as_of: Date,
    /// Whether there is a feed.
    pub feed: bool,
    /// Whether there is a `security.txt`.
    pub security_txt: bool,
    /// Whether this page needs the colours of highlighted code.
    pub highlight: bool,
}

/// The page that says it all.
#[derive(Debug, Serialize)]
pub struct IndexPage {
    /// What every page knows.
    pub site: Site,
    /// One line under the title; empty when none.
    pub tagline: String,
    /// HTML; empty when none.
    pub intro_html: String,
    /// Reports, newest first.
    pub reports: Vec<PublicReport>,
    /// Documents to read here.
    pub readable: Vec<Readable>,
    /// Documents given on request.
    pub on_request: Vec<OnRequest>,
    /// Practices by topic.
    pub practices: Vec<PublicTopic>,
    /// Subprocessors.
    pub subprocessors: Vec<PublicSubprocessor>,
    /// What customers must do themselves.
    pub complementary: Vec<String>,
    /// Questions and answers.
    pub questions: Vec<Question>,
    /// Where weaknesses are reported.
    pub security: Option<Security>,
    /// News, newest first.
    pub updates: Vec<Link>,
    /// The public mail address.
    pub email: Option<String>,
    /// The public postal address.
    pub postal: Option<String>,
}

/// A document to read here.
#[derive(Debug, Serialize)]
pub struct Readable {
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// What it is, in a sentence; empty when nothing is said.
    pub summary: String,
    /// Its version; empty when none.
    pub version: String,
    /// The first day it binds.
    pub effective_from: Option<Date>,
}

/// A document given on request.
#[derive(Debug, Serialize)]
pub struct OnRequest {
    /// Its title.
    pub title: String,
    /// What it is, in a sentence; empty when nothing is said.
    pub summary: String,
    /// A `mailto:` address with a prepared letter; `None` without a public mail address.
    pub href: Option<String>,
}

/// A question with its answer.
#[derive(Debug, Serialize)]
pub struct Question {
    /// Its anchor.
    pub anchor: String,
    /// The question.
    pub question: String,
    /// HTML.
    pub answer_html: String,
}

/// Where weaknesses are reported.
#[derive(Debug, Serialize)]
pub struct Security {
    /// The address to follow.
    pub href: String,
    /// The address as people read it.
    pub label: String,
    /// The disclosure policy's address.
    pub policy: Option<String>,
}

/// A piece of news.
#[derive(Debug, Serialize)]
pub struct Link {
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// Its day.
    pub date: Date,
}

/// A policy's text.
#[derive(Debug, Serialize)]
pub struct PolicyPage {
    /// What every page knows.
    pub site: Site,
    /// What the text is: `policy`, `procedure`, `system description`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// Its version; empty when none.
    pub version: String,
    /// The first day it binds.
    pub effective_from: Option<Date>,
    /// HTML.
    pub html: String,
    /// The sections of the text, for a table of contents; empty for a short one.
    pub sections: Vec<Section>,
}

/// A section of a text.
#[derive(Debug, Serialize)]
pub struct Section {
    /// Its anchor.
    pub anchor: String,
    /// Its heading.
    pub text: String,
}

/// A piece of news.
#[derive(Debug, Serialize)]
pub struct UpdatePage {
    /// What every page knows.
    pub site: Site,
    /// Its title.
    pub title: String,
    /// Its day.
    pub date: Date,
    /// HTML.
    pub html: String,
}

/// The pages and files of the public site.
pub fn plan(public: &PublicProgramme) -> Plan {
    let mut pages = vec![index(public)];
    pages.extend(public.policies.iter().map(|policy| {
        let context = PolicyPage {
            site: site(public, &policy.page, &[&policy.html]),
            kind: policy.kind,
            title: policy.title.clone(),
            version: policy.version.clone(),
            effective_from: policy.effective_from,
            html: policy.html.clone(),
            sections: sections(&policy.headings),
        };
        Page { path: policy.page.clone(), template: "trust/policy.html", context: TrustContext::Policy(Box::new(context)) }
    }));
    pages.extend(public.updates.iter().map(|update| {
        let context = UpdatePage {
            site: site(public, &update.page, &[&update.html]),
            title: update.title.clone(),
            date: update.date,
            html: update.html.clone(),
        };
        Page { path: update.page.clone(), template: "trust/update.html", context: TrustContext::Update(Box::new(context)) }
    }));
    let highlighted = pages.iter().any(|page| page.context.site().highlight);
    Plan { files: all_files(public, highlighted), pages }
}

impl TrustContext {
    fn site(&self) -> &Site {
        match self {
            Self::Index(page) => &page.site,
            Self::Policy(page) => &page.site,
            Self::Update(page) => &page.site,
        }
    }
}

fn all_files(public: &PublicProgramme, highlighted: bool) -> Vec<(String, Vec<u8>)> {
    let theme =
        STATIC.iter().filter_map(|name| Some(((*name).to_owned(), assets::read(&format!("themes/default/trust/{name}"))?.into_owned())));
    let colours = highlighted.then(|| (HIGHLIGHT.to_owned(), highlight_css().as_bytes().to_vec()));
    let security = files::security_txt(public).map(|text| (files::SECURITY_TXT.to_owned(), text.into_bytes()));
    let feed = files::feed(public).map(|text| (files::FEED.to_owned(), text.into_bytes()));
    let json = (files::JSON.to_owned(), files::json(public).into_bytes());
    theme.chain(colours).chain(security).chain(feed).chain([json]).collect()
}

fn site(public: &PublicProgramme, path: &str, texts: &[&str]) -> Site {
    let address = |base: &String| if path == "index.html" { format!("{base}/") } else { format!("{base}/{path}") };
    Site {
        organization: public.organization.clone(),
        title: public.title.clone(),
        description: public.tagline.clone(),
        root: if path.contains('/') { "../" } else { "" },
        canonical: public.base_url.as_ref().map(address),
        as_of: public.as_of,
        feed: files::has_feed(public),
        security_txt: public.security.is_some(),
        highlight: texts.iter().any(|html| html.contains("class=\"hl-")),
    }
}

fn index(public: &PublicProgramme) -> Page {
    let mut texts: Vec<&str> = public.questions.iter().map(|question| question.answer_html.as_str()).collect();
    texts.push(&public.intro_html);
    let path = "index.html";
    let context = IndexPage {
        site: site(public, path, &texts),
        tagline: public.tagline.clone(),
        intro_html: public.intro_html.clone(),
        reports: public.reports.clone(),
        readable: readable(public),
        on_request: on_request(public),
        practices: public.practices.clone(),
        subprocessors: public.subprocessors.clone(),
        complementary: public.complementary.clone(),
        questions: public
            .questions
            .iter()
            .map(|entry| Question {
                anchor: entry.anchor.clone(),
                question: entry.question.clone(),
                answer_html: entry.answer_html.clone(),
            })
            .collect(),
        security: public.security.as_ref().map(|security| Security {
            href: security.contact.clone(),
            label: security.contact.trim_start_matches("mailto:").trim_start_matches("tel:").trim_start_matches("https://").to_owned(),
            policy: security.policy.clone(),
        }),
        updates: public
            .updates
            .iter()
            .map(|update| Link { href: update.page.clone(), title: update.title.clone(), date: update.date })
            .collect(),
        email: public.email.clone(),
        postal: public.postal.clone(),
    };
    Page { path: path.to_owned(), template: "trust/index.html", context: TrustContext::Index(Box::new(context)) }
}

/// The documents that `trust.yaml` offers, in its order, then every other public policy by title.
fn readable(public: &PublicProgramme) -> Vec<Readable> {
    let policy = |page: &str| public.policies.iter().find(|policy| policy.page == page);
    let offered = public.documents.iter().filter_map(|document| {
        let policy = policy(document.page.as_deref()?)?;
        Some((policy, document.title.as_str(), document.summary.as_str()))
    });
    let is_offered = |page: &str| public.documents.iter().any(|document| document.page.as_deref() == Some(page));
    let others = public.policies.iter().filter(|policy| !is_offered(&policy.page)).map(|policy| (policy, policy.title.as_str(), ""));
    offered
        .chain(others)
        .map(|(policy, title, summary)| Readable {
            href: policy.page.clone(),
            title: title.to_owned(),
            summary: summary.to_owned(),
            version: policy.version.clone(),
            effective_from: policy.effective_from,
        })
        .collect()
}

fn on_request(public: &PublicProgramme) -> Vec<OnRequest> {
    let requested = public.documents.iter().filter(|document| document.page.is_none());
    requested
        .map(|document| OnRequest {
            title: document.title.clone(),
            summary: document.summary.clone(),
            href: public.email.as_ref().map(|email| letter(email, &document.title)),
        })
        .collect()
}

/// A `mailto:` address with a subject and the questions that are asked anyway.
fn letter(email: &str, title: &str) -> String {
    let subject = percent(&format!("Request: {title}"));
    let body = percent("Company:\r\nYour name and role:\r\nWhat you need it for:\r\n");
    format!("mailto:{}?subject={subject}&body={body}", percent(email).replace("%40", "@"))
}

fn percent(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// The top sections of a text that is long enough to need a table of contents.
fn sections(headings: &[Heading]) -> Vec<Section> {
    let top = headings.iter().map(|heading| heading.level).min().unwrap_or(0);
    let sections: Vec<Section> = headings
        .iter()
        .filter(|heading| heading.level == top)
        .map(|heading| Section { anchor: heading.anchor.clone(), text: heading.text.clone() })
        .collect();
    if sections.len() < 4 { Vec::new() } else { sections }
}
