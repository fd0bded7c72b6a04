//! The files that machines read: `security.txt` (RFC 9116), a feed (Atom, RFC 4287), and the page as data.

use serde::Serialize;

use super::public::{PublicProgramme, PublicReport, PublicSubprocessor, PublicTopic};
use crate::{
    date::{Date, utc_text},
    text::{escape, slug},
};

/// Where RFC 9116 wants it.
pub(super) const SECURITY_TXT: &str = ".well-known/security.txt";
/// The feed of updates and subprocessors.
pub(super) const FEED: &str = "updates.xml";
/// The page as data.
pub(super) const JSON: &str = "trust.json";

/// `security.txt`, while a contact with an expiry is recorded and has not expired.
pub(super) fn security_txt(public: &PublicProgramme) -> Option<String> {
    let security = public.security.as_ref()?;
    let mut text = format!("Contact: {}\nExpires: {}\n", security.contact, utc_text(security.expires));
    if let Some(policy) = &security.policy {
        text.push_str(&format!("Policy: {policy}\n"));
    }
    if let Some(base) = public.base_url.as_ref().filter(|base| base.starts_with("https://")) {
        text.push_str(&format!("Canonical: {base}/{SECURITY_TXT}\n"));
    }
    Some(text)
}

/// Whether there is a feed: its entries need addresses that last, so the site's own must be known.
pub(super) fn has_feed(public: &PublicProgramme) -> bool {
    public.base_url.is_some() && !entries(public).is_empty()
}

/// Updates, and the notice of each subprocessor, newest first. Ids are made of day and name, so they never change.
pub(super) fn feed(public: &PublicProgramme) -> Option<String> {
    let base = public.base_url.as_ref().filter(|_| has_feed(public))?;
    let host = base.split_once("://").map_or(base.as_str(), |(_, rest)| rest).split(['/', ':']).next().unwrap_or_default();
    let entries = entries(public);
    let updated = entries.first().map_or(public.as_of, |entry| entry.date);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n  <id>{base}/</id>\n  <title>{}</title>\n  \
         <updated>{updated}T00:00:00Z</updated>\n  <author><name>{}</name></author>\n  <link rel=\"self\" href=\"{base}/{FEED}\"/>\n  \
         <link href=\"{base}/\"/>\n",
        xml_text(&public.title),
        xml_text(&public.organization),
        base = xml_text(base),
    );
    for Entry { kind, name, title, date, href, content } in entries {
        xml.push_str(&format!(
            "  <entry>\n    <id>tag:{},{date}:{kind}/{}</id>\n    <title>{}</title>\n    <updated>{date}T00:00:00Z</updated>\n    \
             <link href=\"{base}/{href}\"/>\n    <content type=\"{}\" xml:base=\"{base}/{href}\">{}</content>\n  </entry>\n",
            xml_text(host),
            xml_text(&slug(name)),
            xml_text(&title),
            content.kind(),
            xml_text(content.text()),
            base = xml_text(base),
            href = xml_text(&href),
        ));
    }
    xml.push_str("</feed>\n");
    Some(xml)
}

struct Entry<'a> {
    kind: &'static str,
    name: &'a str,
    title: String,
    date: Date,
    href: String,
    content: Content<'a>,
}

enum Content<'a> {
    Html(&'a str),
    Text(&'a str),
}

impl Content<'_> {
    fn kind(&self) -> &'static str {
        match self {
            Self::Html(_) => "html",
            Self::Text(_) => "text",
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Html(text) | Self::Text(text) => text,
        }
    }
}

fn entries(public: &PublicProgramme) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for news in &public.updates {
        let (href, title, date) = (news.page.clone(), news.title.clone(), news.date);
        let name = news.page.trim_start_matches("updates/").trim_end_matches(".html");
        entries.push(Entry { kind: "update", name, title, date, href, content: Content::Html(&news.html) });
    }
    for subprocessor in &public.subprocessors {
        let Some(date) = subprocessor.announced_on else { continue };
        let title = format!("Subprocessor: {}", subprocessor.name);
        let (name, content) = (subprocessor.name.as_str(), Content::Text(&subprocessor.purpose));
        entries.push(Entry { kind: "subprocessor", name, title, date, href: "#subprocessors".to_owned(), content });
    }
    entries.sort_by(|a, b| (b.date, a.kind, a.name).cmp(&(a.date, b.kind, b.name)));
    entries
}

/// Escaped text without the characters that XML 1.0 cannot hold.
fn xml_text(text: &str) -> String {
    let allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    escape(&text.chars().filter(allowed).collect::<String>())
}

#[derive(Serialize)]
struct Data<'a> {
    schema: &'static str,
    notice: &'static str,
    organization: &'a str,
    title: &'a str,
    tagline: &'a str,
    as_of: Date,
    contact: Contact<'a>,
    security: Option<SecurityData<'a>>,
    reports: &'a [PublicReport],
    documents: Vec<DocumentData<'a>>,
    policies: Vec<PolicyData<'a>>,
    practices: &'a [PublicTopic],
    subprocessors: &'a [PublicSubprocessor],
    complementary: &'a [String],
    questions: Vec<QuestionData<'a>>,
    updates: Vec<UpdateData<'a>>,
}

#[derive(Serialize)]
struct Contact<'a> {
    email: Option<&'a str>,
    postal: Option<&'a str>,
}

#[derive(Serialize)]
struct SecurityData<'a> {
    contact: &'a str,
    policy: Option<&'a str>,
    expires: String,
}

#[derive(Serialize)]
struct DocumentData<'a> {
    title: &'a str,
    summary: &'a str,
    access: &'static str,
    page: Option<&'a str>,
}

#[derive(Serialize)]
struct PolicyData<'a> {
    title: &'a str,
    version: &'a str,
    effective_from: Option<Date>,
    page: &'a str,
}

#[derive(Serialize)]
struct QuestionData<'a> {
    question: &'a str,
    answer: &'a str,
}

#[derive(Serialize)]
struct UpdateData<'a> {
    title: &'a str,
    date: Date,
    page: &'a str,
    text: &'a str,
}

/// The same facts as the pages, as data (`tickmark/trust/1`); texts are plain.
pub(super) fn json(public: &PublicProgramme) -> String {
    let access = |page: Option<&str>| if page.is_some() { "public" } else { "on_request" };
    let documents = public.documents.iter().map(|document| {
        let page = document.page.as_deref();
        DocumentData { title: &document.title, summary: &document.summary, access: access(page), page }
    });
    let policies = public.policies.iter().map(|policy| PolicyData {
        title: &policy.title,
        version: &policy.version,
        effective_from: policy.effective_from,
        page: &policy.page,
    });
    let security = public.security.as_ref().map(|security| SecurityData {
        contact: &security.contact,
        policy: security.policy.as_deref(),
        expires: utc_text(security.expires),
    });
    let updates = public.updates.iter();
    let data = Data {
        schema: "tickmark/trust/1",
        notice: "States what the organization records about itself. Not an audit report and not an opinion.",
        organization: &public.organization,
        title: &public.title,
        tagline: &public.tagline,
        as_of: public.as_of,
        contact: Contact { email: public.email.as_deref(), postal: public.postal.as_deref() },
        security,
        reports: &public.reports,
        documents: documents.collect(),
        policies: policies.collect(),
        practices: &public.practices,
        subprocessors: &public.subprocessors,
        complementary: &public.complementary,
        questions: public.questions.iter().map(|entry| QuestionData { question: &entry.question, answer: &entry.answer }).collect(),
        updates: updates
            .map(|update| UpdateData { title: &update.title, date: update.date, page: &update.page, text: &update.text })
            .collect(),
    };
    let text = serde_json::to_string_pretty(&data).expect("texts, days and lists always have a form in JSON");
    text + "\n"
}
