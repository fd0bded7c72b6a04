//! The parts of OSCAL 1.2.1 (JSON) that several models share, and the texts it allows.
//!
//! Lists that are empty are absent, as the schemas want. What a datatype allows is held by [`one_line`]: a line of text without
//! line ends and control characters, never empty.

use serde::Serialize;

use crate::import::OSCAL_NAMESPACE;

/// The version of OSCAL that is written.
pub(super) const OSCAL_VERSION: &str = "1.2.1";

/// A name and a value.
#[derive(Serialize)]
pub(super) struct Prop {
    name: &'static str,
    /// Absent for names that OSCAL itself defines.
    #[serde(skip_serializing_if = "Option::is_none")]
    ns: Option<&'static str>,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    remarks: Option<String>,
}

impl Prop {
    /// A property that OSCAL defines.
    pub(super) fn oscal(name: &'static str, value: &str) -> Self {
        Self { name, ns: None, value: one_line(value, "none"), remarks: None }
    }

    /// A property of ours.
    pub(super) fn ours(name: &'static str, value: &str) -> Self {
        Self { ns: Some(OSCAL_NAMESPACE), ..Self::oscal(name, value) }
    }

    /// With a remark.
    pub(super) fn remark(self, remark: &str) -> Self {
        Self { remarks: Some(remark.to_owned()), ..self }
    }
}

/// A reference.
#[derive(Serialize)]
pub(super) struct Link {
    pub(super) href: String,
    pub(super) rel: &'static str,
}

/// What every document says about itself.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Metadata {
    pub(super) title: String,
    pub(super) last_modified: String,
    pub(super) version: String,
    pub(super) oscal_version: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) props: Vec<Prop>,
    pub(super) roles: Vec<Role>,
    pub(super) parties: Vec<Party>,
    pub(super) responsible_parties: Vec<Responsible>,
    pub(super) remarks: String,
}

/// What a party may be to a document or a control.
#[derive(Serialize)]
pub(super) struct Role {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
}

/// A person or an organization.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Party {
    pub(super) uuid: String,
    pub(super) r#type: &'static str,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) member_of_organizations: Vec<String>,
}

/// Who has a role.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Responsible {
    pub(super) role_id: &'static str,
    pub(super) party_uuids: Vec<String>,
}

/// A text as one line: blanks and line ends become single spaces, control characters go; `otherwise` where nothing is left.
pub(super) fn one_line(text: &str, otherwise: &str) -> String {
    let shown: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = shown.split_whitespace().collect();
    if words.is_empty() { otherwise.to_owned() } else { words.join(" ") }
}

/// Paragraphs of Markdown, those that are empty left out.
pub(super) fn paragraphs(texts: &[&str]) -> String {
    let texts: Vec<&str> = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    texts.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_line_end_and_is_never_empty() {
        assert_eq!(one_line(" a\n b\u{0}\u{1b}[1m ", "x"), "a b [1m");
        assert_eq!(one_line(" \n\t", "x"), "x");
        assert_eq!(paragraphs(&["a\n", "", "  b"]), "a\n\nb");
    }
}
