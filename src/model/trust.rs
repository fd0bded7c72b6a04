//! What the public trust page says, as `content/trust/` states it.

use super::{ComplementaryControl, Origin};
use crate::{
    date::{Date, DateRange, Instant},
    id::{ControlId, DocumentId},
};

/// `content/trust/`: everything written for the public.
#[derive(Clone, Debug, Default)]
pub struct TrustPage {
    /// The page's title.
    pub title: String,
    /// One line under it.
    pub tagline: String,
    /// Markdown.
    pub intro: String,
    /// The public mail address.
    pub email: Option<String>,
    /// The public postal address.
    pub postal: Option<String>,
    /// Where vulnerabilities are reported.
    pub security: Option<SecurityContact>,
    /// Reports that exist.
    pub reports: Vec<TrustReport>,
    /// Documents on offer.
    pub documents: Vec<PublicDocument>,
    /// Practices written for the public.
    pub practices: Vec<Practice>,
    /// What customers must do themselves (CUECs).
    pub complementary: Vec<ComplementaryControl>,
    /// Questions and answers.
    pub faq: Vec<FaqEntry>,
    /// News, newest first.
    pub updates: Vec<Update>,
}

/// Where vulnerabilities are reported (RFC 9116).
#[derive(Clone, Debug)]
pub struct SecurityContact {
    /// A `mailto:` or `https:` address.
    pub contact: String,
    /// The disclosure policy's address.
    pub policy: Option<String>,
    /// When this contact expires.
    pub expires: Option<Instant>,
}

/// A report that exists; nothing about it is shown unless firm, type, scope and day are recorded.
#[derive(Clone, Debug)]
pub struct TrustReport {
    /// Its id.
    pub id: String,
    /// What it is (`SOC 2`).
    pub kind: String,
    /// `type1` or `type2`; empty for others.
    pub report_type: String,
    /// The categories it speaks about.
    pub scope: Vec<String>,
    /// The independent firm that issued it.
    pub firm: String,
    /// The days it speaks for.
    pub period: Option<DateRange>,
    /// The day it was issued.
    pub issued_on: Option<Date>,
    /// `public` or `on_request`.
    pub access: String,
    /// How to get it.
    pub how: String,
    /// Where the record stands.
    pub origin: Origin,
}

/// A document on offer.
#[derive(Clone, Debug)]
pub struct PublicDocument {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// Whether the text itself is public; else it is given on request.
    pub public: bool,
    /// The policy whose text is shown when it is public.
    pub policy: Option<DocumentId>,
    /// Where the record stands.
    pub origin: Origin,
}

/// A practice written for the public.
#[derive(Clone, Debug)]
pub struct Practice {
    /// Its topic.
    pub topic: String,
    /// The sentence.
    pub text: String,
    /// The controls behind it.
    pub controls: Vec<ControlId>,
    /// Where the record stands.
    pub origin: Origin,
}

/// A question with its answer.
#[derive(Clone, Debug)]
pub struct FaqEntry {
    /// Its id.
    pub id: String,
    /// The question.
    pub question: String,
    /// Markdown.
    pub answer: String,
    /// The controls behind it.
    pub controls: Vec<ControlId>,
    /// Where the record stands.
    pub origin: Origin,
}

/// A piece of news.
#[derive(Clone, Debug)]
pub struct Update {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its day.
    pub date: Date,
    /// Markdown.
    pub body: String,
    /// Where it stands.
    pub origin: Origin,
}
