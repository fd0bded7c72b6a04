//! Plain data: what a programme says and what history shows. No behaviour that needs a clock, a disk or a library.
//!
//! Everything here is built once by `load` and `git` and only read afterwards; there are no setters.

mod config;
mod control;
mod crosswalk;
mod document;
mod evidence;
mod framework;
mod history;
mod language;
mod people;
mod programme;
mod registers;
mod timeline;
mod trust;

pub use config::{
    Assumptions, Config, EdgeRule, HistoryConfig, NotApplicable, Organization, ProductRepository, Report, Scope, Selection, SiteConfig,
    TrustConfig, Window,
};
pub use control::{Control, ControlKind, ControlStatus, FirstPeriod, Mapping};
pub use crosswalk::{Basis, Crosswalk, Pair, Relation};
pub use document::{Classification, Document, DocumentKind, DocumentStatus};
pub use evidence::{Artifact, ArtifactTarget, Evidence, EvidenceResult, EvidenceSource, Items};
pub use framework::{Applicability, Decision, Framework, Group, LineKind, Need, Requirement, Verdict};
pub use history::{Actor, Commit, CommitIx, FileChange, FileState, History, Landing, MissingSight, Node, SignatureKind, Skipped, Trailer};
pub use language::{LanguageConfig, RuleLevel};
pub use people::{OwnerRef, People, Person, PersonKind, Team};
pub use programme::{Files, Origin, Programme, Standing, Stated, UnreadRecord};
pub use registers::{ComplementaryControl, Deviation, Disposition, Incident, Risk, Treatment, Vendor, VendorReport, VendorRole, Waiver};
pub use timeline::{Timeline, Timelines, Version};
pub use trust::{FaqEntry, Practice, PublicDocument, SecurityContact, TrustPage, TrustReport, Update};
