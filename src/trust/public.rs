//! What the public may know, as data. Texts are rendered already, so that nothing private is needed later.

use serde::Serialize;

use crate::{
    date::{Date, DateRange, Instant},
    text::Heading,
};

/// Everything that the trust page may show. Made by [`super::project`] only.
#[derive(Clone, Debug)]
pub struct PublicProgramme {
    /// The organization's name.
    pub organization: String,
    /// The page's title.
    pub title: String,
    /// One line under it; empty when none.
    pub tagline: String,
    /// Safe HTML; empty when none.
    pub intro_html: String,
    /// The day the page speaks for, in the organization's zone.
    pub as_of: Date,
    /// The address the page will be served from, without a trailing slash.
    pub base_url: Option<String>,
    /// The public mail address.
    pub email: Option<String>,
    /// The public postal address.
    pub postal: Option<String>,
    /// Where weaknesses are reported, while that contact has not expired.
    pub security: Option<PublicSecurity>,
    /// Reports whose records are complete, newest first.
    pub reports: Vec<PublicReport>,
    /// Documents on offer, in the order of `trust.yaml`.
    pub documents: Vec<PublicDocumentEntry>,
    /// Public policies in force, by title.
    pub policies: Vec<PublicPolicy>,
    /// Practices by topic.
    pub practices: Vec<PublicTopic>,
    /// Subprocessors that customers were told about, by name.
    pub subprocessors: Vec<PublicSubprocessor>,
    /// What customers must do themselves.
    pub complementary: Vec<String>,
    /// Questions and answers.
    pub questions: Vec<PublicQuestion>,
    /// News up to the as-of day, newest first.
    pub updates: Vec<PublicUpdate>,
}

/// Where weaknesses are reported.
#[derive(Clone, Debug)]
pub struct PublicSecurity {
    /// A `mailto:`, `https:` or `tel:` address.
    pub contact: String,
    /// The disclosure policy's `https:` address.
    pub policy: Option<String>,
    /// When the contact expires; after the as-of.
    pub expires: Instant,
}

/// A report whose record names firm, type, scope and days.
#[derive(Clone, Debug, Serialize)]
pub struct PublicReport {
    /// What it is, for people: `SOC 2® Type 2 report`.
    pub name: String,
    /// What it speaks about.
    pub scope: Vec<String>,
    /// Who issued it.
    pub firm: String,
    /// The days it speaks for; one day for a type 1 report.
    pub period: Option<DateRange>,
    /// The day it was issued.
    pub issued_on: Date,
    /// Whether more than twelve months have passed since the last day it speaks for (since its issue, where it names none).
    pub expired: bool,
    /// Whether anybody may have it, or on request.
    pub public: bool,
    /// How to get it; empty when nothing is said.
    pub how: String,
}

/// A document on offer.
#[derive(Clone, Debug)]
pub struct PublicDocumentEntry {
    /// Its title.
    pub title: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// The page of its text; `None`: it is given on request.
    pub page: Option<String>,
}

/// A policy that is classified public and in force.
#[derive(Clone, Debug)]
pub struct PublicPolicy {
    /// Its page, from the root of the site (`policies/access-control.html`).
    pub page: String,
    /// What it is: `policy`, `procedure`, `system description`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// Its version; empty when none.
    pub version: String,
    /// The first day it binds.
    pub effective_from: Option<Date>,
    /// Safe HTML without the title.
    pub html: String,
    /// The headings of the text.
    pub headings: Vec<Heading>,
}

/// What is done about one topic.
#[derive(Clone, Debug, Serialize)]
pub struct PublicTopic {
    /// The topic.
    pub topic: String,
    /// Sentences.
    pub sentences: Vec<String>,
}

/// Somebody who processes personal data of customers.
#[derive(Clone, Debug, Serialize)]
pub struct PublicSubprocessor {
    /// Its name.
    pub name: String,
    /// Its web address.
    pub website: Option<String>,
    /// Why it processes.
    pub purpose: String,
    /// The kinds of data.
    pub data: Vec<String>,
    /// Where.
    pub locations: Vec<String>,
    /// The day customers were told.
    pub announced_on: Option<Date>,
    /// The day processing starts.
    pub effective_on: Option<Date>,
    /// Whether that day is still to come.
    pub upcoming: bool,
}

/// A question with its answer.
#[derive(Clone, Debug)]
pub struct PublicQuestion {
    /// Its anchor on the page.
    pub anchor: String,
    /// The question.
    pub question: String,
    /// Safe HTML.
    pub answer_html: String,
    /// The answer as plain text.
    pub answer: String,
}

/// A piece of news.
#[derive(Clone, Debug)]
pub struct PublicUpdate {
    /// Its page, from the root of the site.
    pub page: String,
    /// Its title.
    pub title: String,
    /// Its day.
    pub date: Date,
    /// Safe HTML.
    pub html: String,
    /// The text as plain text.
    pub text: String,
}
