//! The trust page.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DateText, InstantText, MappingText, Name, RangeText};

/// What the public trust page says. `content/trust/trust.yaml`.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trust {
    /// The address of this schema, for editors.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// The page's title.
    #[schemars(required)]
    pub title: Option<String>,
    /// One line under it.
    pub tagline: Option<String>,
    /// Markdown.
    pub intro: Option<String>,
    /// How to reach you.
    pub contact: Option<Contact>,
    /// Where vulnerabilities are reported.
    pub security: Option<Security>,
    /// Reports that exist.
    pub reports: Option<Vec<TrustReport>>,
    /// Documents on offer.
    pub documents: Option<Vec<PublicDocument>>,
    /// Practices, in words for the public.
    pub practices: Option<Vec<Practice>>,
    /// What customers must do themselves.
    pub complementary: Option<Vec<Complementary>>,
    /// Cookies of the trust page: it sets none, and no other word is known.
    pub cookies: Option<Cookies>,
}

/// Cookies of the trust page.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cookies {
    /// None.
    None,
}

/// How to reach the organization.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The public mail address.
    pub email: Option<String>,
    /// The public postal address.
    pub postal: Option<String>,
}

/// Where vulnerabilities are reported (RFC 9116).
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Security {
    /// A `mailto:` or `https:` address.
    #[schemars(required)]
    pub contact: Option<String>,
    /// The address of the disclosure policy.
    pub policy: Option<String>,
    /// When this contact expires.
    pub expires: Option<InstantText>,
}

/// A report that exists.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrustReport {
    /// Its id.
    #[schemars(required)]
    pub id: Option<Name>,
    /// What it is (`SOC 2`).
    #[schemars(required)]
    pub kind: Option<String>,
    /// `type1` or `type2`, where that is known of such a report.
    #[serde(rename = "type")]
    pub report_type: Option<String>,
    /// The categories it speaks about.
    pub scope: Option<Vec<String>>,
    /// The independent firm that issued it.
    pub firm: Option<String>,
    /// The days it speaks for.
    pub period: Option<RangeText>,
    /// The day it was issued.
    pub issued_on: Option<DateText>,
    /// How it is given out. Without it: `on_request`.
    pub access: Option<Access>,
    /// How to get it.
    pub how: Option<String>,
}

/// How something is given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// To anybody.
    Public,
    /// To those who ask.
    OnRequest,
}

/// A document on offer.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicDocument {
    /// Its id.
    #[schemars(required)]
    pub id: Option<Name>,
    /// Its title.
    #[schemars(required)]
    pub title: Option<String>,
    /// What it is, in a sentence.
    pub summary: Option<String>,
    /// How it is given out. Without it: `on_request`.
    pub access: Option<Access>,
    /// The id of the policy whose text is shown; it must be classified public.
    pub policy: Option<Name>,
}

/// A practice, in words for the public.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    /// Its topic.
    #[schemars(required)]
    pub topic: Option<String>,
    /// The sentence.
    #[schemars(required)]
    pub text: Option<String>,
    /// The ids of the controls behind it.
    pub controls: Option<Vec<Name>>,
}

/// What customers must do themselves.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Complementary {
    /// Its id.
    pub id: Option<Name>,
    /// The sentence.
    #[schemars(required)]
    pub text: Option<String>,
    /// The requirements that rest on it: framework to ids.
    pub satisfies: Option<MappingText>,
}

/// A question with its answer. `content/trust/faq.yaml` is a list of them.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Faq {
    /// The address of this schema, for editors.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// Its id.
    #[schemars(required)]
    pub id: Option<Name>,
    /// The question.
    #[schemars(required)]
    pub question: Option<String>,
    /// Markdown.
    #[schemars(required)]
    pub answer: Option<String>,
    /// The ids of the controls behind it.
    pub controls: Option<Vec<Name>>,
}

/// The front matter of a piece of news. `content/trust/updates/*.md`.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Update {
    /// The address of this schema, for editors.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// Its id.
    #[schemars(required)]
    pub id: Option<Name>,
    /// Its title.
    #[schemars(required)]
    pub title: Option<String>,
    /// Its day.
    #[schemars(required)]
    pub date: Option<DateText>,
}
