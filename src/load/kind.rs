//! Kinds of records: their names, the folders they live in, and what is said of a file that is none.

use super::node::Node;
use crate::{
    diag::Subject,
    id::{ControlId, DocumentId, EvidenceId, RepoPath, VendorId},
    model::DocumentKind,
};

/// A kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// `tickmark.yaml`.
    Config,
    /// A control.
    Control,
    /// A document's front matter or its entry in a list.
    Document(DocumentKind),
    /// An evidence manifest.
    Evidence,
    /// People and teams.
    People,
    /// A waiver.
    Waiver,
    /// A deviation in the register.
    Deviation,
    /// An incident.
    Incident,
    /// A risk.
    Risk,
    /// A vendor.
    Vendor,
    /// The trust page.
    Trust,
    /// Questions and answers.
    Faq,
    /// A piece of news.
    Update,
    /// A framework.
    Framework,
    /// A decision about a requirement.
    Decision,
    /// A crosswalk between frameworks.
    Crosswalk,
}

impl Kind {
    /// The name of its schema.
    pub fn name(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Control => "control",
            Self::Document(_) => "document",
            Self::Evidence => "evidence",
            Self::People => "people",
            Self::Waiver => "waiver",
            Self::Deviation => "deviation",
            Self::Incident => "incident",
            Self::Risk => "risk",
            Self::Vendor => "vendor",
            Self::Trust => "trust",
            Self::Faq => "faq",
            Self::Update => "update",
            Self::Framework => "framework",
            Self::Decision => "applicability",
            Self::Crosswalk => "crosswalk",
        }
    }

    /// The record in a sentence: `an evidence manifest`.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Config => "the configuration",
            Self::Control => "a control",
            Self::Document(DocumentKind::Policy) => "a policy",
            Self::Document(DocumentKind::Procedure) => "a procedure",
            Self::Document(DocumentKind::System) => "a part of the system description",
            Self::Evidence => "an evidence manifest",
            Self::People => "the list of people and teams",
            Self::Waiver => "a waiver",
            Self::Deviation => "a deviation",
            Self::Incident => "an incident",
            Self::Risk => "a risk",
            Self::Vendor => "a vendor",
            Self::Trust => "the trust page",
            Self::Faq => "a question with its answer",
            Self::Update => "an update",
            Self::Framework => "a framework",
            Self::Decision => "a decision about a requirement",
            Self::Crosswalk => "a crosswalk",
        }
    }

    /// Whether a file may hold a list of such records.
    pub fn listed(self) -> bool {
        !matches!(self, Self::Config | Self::People | Self::Trust | Self::Framework | Self::Crosswalk | Self::Update)
    }

    /// What a finding about a record of this kind is about, as far as its `id` can be read.
    pub fn subject(self, node: Option<&Node>, path: &RepoPath) -> Subject {
        let id = node.and_then(|node| node.get("id")).and_then(Node::text).filter(|id| !id.is_empty() && id.len() <= 800);
        match (self, id) {
            (Self::Evidence, id) => Subject::Evidence(EvidenceId::new(id.unwrap_or(path.as_str()))),
            (Self::Control, Some(id)) => Subject::Control(ControlId::new(id)),
            (Self::Document(_), Some(id)) => Subject::Document(DocumentId::new(id)),
            (Self::Vendor, Some(id)) => Subject::Vendor(VendorId::new(id)),
            (Self::Waiver | Self::Deviation | Self::Incident | Self::Risk | Self::Faq | Self::Update, Some(id)) => {
                Subject::Register(self.name(), id.to_owned())
            }
            _ => Subject::Programme,
        }
    }
}

/// What a file under a programme's folders is, by its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// YAML: one record or a list.
    Yaml(Kind),
    /// Markdown with front matter.
    Markdown(Kind),
    /// A file of evidence.
    Artifact,
    /// None of them; why, as the end of a sentence.
    Unread(&'static str),
    /// An empty file that only keeps its folder in Git, or a readme that explains it.
    Keeper,
}

/// The folders of a programme that are read.
pub(super) const FOLDERS: [&str; 3] = ["controls", "content", "frameworks"];
/// The configuration's path.
pub(super) const CONFIG: &str = "tickmark.yaml";

/// The folders of records: path, kind of YAML records, whether Markdown documents stand there too.
const HOMES: [(&str, Kind, bool); 15] = [
    ("frameworks/crosswalks", Kind::Crosswalk, false),
    ("controls/frameworks", Kind::Framework, false),
    ("frameworks", Kind::Framework, false),
    ("controls", Kind::Control, false),
    ("content/policies", Kind::Document(DocumentKind::Policy), true),
    ("content/procedures", Kind::Document(DocumentKind::Procedure), true),
    ("content/system", Kind::Document(DocumentKind::System), true),
    ("content/evidence", Kind::Evidence, false),
    ("content/applicability", Kind::Decision, false),
    ("content/vendors", Kind::Vendor, false),
    ("content/risks", Kind::Risk, false),
    ("content/waivers", Kind::Waiver, false),
    ("content/deviations", Kind::Deviation, false),
    ("content/incidents", Kind::Incident, false),
    ("content/trust/updates", Kind::Update, true),
];

/// The folders that records are read from, for suggestions.
pub(super) fn homes() -> impl Iterator<Item = &'static str> {
    HOMES.iter().map(|(folder, ..)| *folder)
}

/// What a path is, judged by its folder and ending.
pub(super) fn role(path: &RepoPath, size: u64) -> Role {
    let name = path.file_name();
    let ending = path.extension();
    let yaml = matches!(ending.as_str(), "yaml" | "yml");
    match path.as_str() {
        CONFIG => return Role::Yaml(Kind::Config),
        "content/people.yaml" | "content/people.yml" => return Role::Yaml(Kind::People),
        "content/trust/trust.yaml" | "content/trust/trust.yml" => return Role::Yaml(Kind::Trust),
        "content/trust/faq.yaml" | "content/trust/faq.yml" => return Role::Yaml(Kind::Faq),
        _ => {}
    }
    if size == 0 && name.starts_with('.') {
        return Role::Keeper;
    }
    if is_readme(name) {
        return Role::Keeper;
    }
    match HOMES.iter().find(|(folder, ..)| path.is_under(folder)) {
        Some((_, Kind::Update, _)) if ending == "md" => Role::Markdown(Kind::Update),
        Some((_, Kind::Update, _)) => Role::Unread("updates are Markdown files (`.md`)"),
        Some((_, kind, _)) if yaml => Role::Yaml(*kind),
        Some((_, Kind::Evidence, _)) => Role::Artifact,
        Some((_, kind, true)) if ending == "md" => Role::Markdown(*kind),
        Some((_, _, true)) => Role::Unread("documents are Markdown files (`.md`) or YAML lists"),
        Some(_) => Role::Unread("records here are YAML files (`.yaml`)"),
        None => Role::Unread("no record lives at this path"),
    }
}

/// A readme explains its folder to people and is never a record, so nobody misses it.
fn is_readme(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    matches!(name.strip_prefix("readme"), Some("" | ".md" | ".txt" | ".markdown"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_decides() {
        let role = |path: &str| super::role(&RepoPath::new(path), 1);
        assert_eq!(role("controls/access/AC-03.yml"), Role::Yaml(Kind::Control));
        assert_eq!(role("controls/frameworks/own.yaml"), Role::Yaml(Kind::Framework));
        assert_eq!(role("content/policies/a/b.md"), Role::Markdown(Kind::Document(DocumentKind::Policy)));
        assert_eq!(role("content/evidence/2026/users.csv"), Role::Artifact);
        assert_eq!(role("content/policies/ReadMe.MD"), Role::Keeper);
        assert_eq!(role("controls/readme-first.yaml"), Role::Yaml(Kind::Control));
        assert!(matches!(role("content/policy/access.md"), Role::Unread(_)));
        assert!(matches!(role("content/policies/signed.pdf"), Role::Unread(_)));
    }
}
