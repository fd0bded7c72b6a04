//! The system description: which document answers each of its sections, and whether it is in force (DC 200).

use super::DocumentAssessment;
use crate::{
    id::{DocumentId, FrameworkId},
    model::{Programme, Report},
};

/// The sections of a system description: what each tells, in our own words.
pub const SECTIONS: [(&str, &str); 9] = [
    ("DC1", "the services provided"),
    ("DC2", "the commitments to customers and the requirements of the system"),
    ("DC3", "infrastructure, software, people, procedures and data"),
    ("DC4", "the significant incidents"),
    ("DC5", "the criteria and the controls that meet them"),
    ("DC6", "what customers must do themselves"),
    ("DC7", "the subservice organizations and what is expected of them"),
    ("DC8", "the criteria that are not relevant, and why"),
    ("DC9", "the significant changes in the window"),
];

/// The section that only a type 2 report asks for.
const TYPE_2_ONLY: &str = "DC9";

/// One section of the system description.
#[derive(Clone, Debug)]
pub struct Section<'a> {
    /// Its id (`DC1`).
    pub id: &'static str,
    /// What it tells, in our own words.
    pub tells: &'static str,
    /// Whether the window's report asks for it.
    pub asked: bool,
    /// The documents that name it, each with whether a version of it is in force.
    pub documents: Vec<(&'a DocumentId, bool)>,
}

impl Section<'_> {
    /// Whether a document in force answers it.
    pub fn is_answered(&self) -> bool {
        self.documents.iter().any(|(_, in_force)| *in_force)
    }
}

/// The framework whose reports describe a system.
pub fn describes_system(framework: &FrameworkId) -> bool {
    framework.as_str() == "soc2"
}

/// The sections in order.
pub fn sections<'a>(programme: &'a Programme, documents: &[DocumentAssessment]) -> Vec<Section<'a>> {
    let in_force = |id: &DocumentId| documents.iter().any(|document| document.id == *id && document.in_force.is_some());
    let type_2 = programme.config.window.report == Report::Type2;
    let section = |&(id, tells): &(&'static str, &'static str)| Section {
        id,
        tells,
        asked: type_2 || id != TYPE_2_ONLY,
        documents: programme
            .documents
            .values()
            .filter(|document| document.section.as_deref() == Some(id))
            .map(|document| (&document.id, in_force(&document.id)))
            .collect(),
    };
    SECTIONS.iter().map(section).collect()
}
