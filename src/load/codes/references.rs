//! What records name and the programme lacks.

use crate::diag::{Code, Severity};

/// `duplicate-id`.
pub(in crate::load) const DUPLICATE_ID: Code = Code {
    name: "duplicate-id",
    severity: Severity::Error,
    title: "two records have the same id",
    explanation: r#"**Facts.** The ids of all records of a kind, with their files and lines.

**Rule.** An id names one record. The first in the order of paths is used, the others are not; the finding stands at the
other one and names both. What a second evidence manifest might answer is `unknown`.

**What mends it.** Give one of them another id, or remove the copy."#,
};

/// `unknown-control`.
pub(in crate::load) const UNKNOWN_CONTROL: Code = Code {
    name: "unknown-control",
    severity: Severity::Error,
    title: "a record names a control that does not exist",
    explanation: r#"**Facts.** The controls that evidence, waivers, deviations, risks and the trust page name.

**Rule.** Each must be a control's id. Evidence for a control that does not exist answers nothing.

**What mends it.** Correct the id. If the control was removed, retire it instead: `status: retired` with `retired_on` keeps
its records meaningful."#,
};

/// `unknown-document`.
pub(in crate::load) const UNKNOWN_DOCUMENT: Code = Code {
    name: "unknown-document",
    severity: Severity::Error,
    title: "a record names a document that does not exist",
    explanation: r#"**Facts.** The policies that controls and the trust page name, by id.

**Rule.** Each must be the id of a policy, procedure or part of the system description.

**What mends it.** Correct the id. It is the `id` of the front matter, not the file's name."#,
};

/// `document-not-public`.
pub(in crate::load) const NOT_PUBLIC: Code = Code {
    name: "document-not-public",
    severity: Severity::Error,
    title: "the trust page offers a document that is not classified public",
    explanation: r#"**Facts.** Documents of the trust page with `access: public`, and the classification of their policies.

**Rule.** Only the text of a policy with `classification: public` is shown to the public.

**What mends it.** Let the policy's owner classify it public in a reviewed change, or offer it with
`access: on_request`."#,
};

/// `unknown-person`.
pub(in crate::load) const UNKNOWN_PERSON: Code = Code {
    name: "unknown-person",
    severity: Severity::Error,
    title: "a record names somebody who is not listed",
    explanation: r#"**Facts.** Owners, performers, reviewers, approvers and team members in all records, and `content/people.yaml`.

**Rule.** Each is the id of a person; an owner or approver may be a team. A name that is neither is nobody's: an owner is
then absent, and a performer or reviewer cannot be compared with the authors of commits.

**What mends it.** Correct the id or list the person. Somebody who left stays listed, with `to`."#,
};

/// `unknown-evidence`.
pub(in crate::load) const UNKNOWN_EVIDENCE: Code = Code {
    name: "unknown-evidence",
    severity: Severity::Error,
    title: "a manifest corrects one that does not exist",
    explanation: r#"**Facts.** `supersedes` of every evidence manifest.

**Rule.** It is the id of another manifest, or its path where that has no id. The corrected record stays in the
repository: removing it would remove the proof of when it was made.

**What mends it.** Correct the id, or bring the removed record back."#,
};

/// `unknown-framework`.
pub(in crate::load) const UNKNOWN_FRAMEWORK: Code = Code {
    name: "unknown-framework",
    severity: Severity::Error,
    title: "a framework is named that is not known",
    explanation: r#"**Facts.** The frameworks of `scope` and `satisfies`; the built-in ones and those under `frameworks/`.

**Rule.** A framework needs a catalogue, or none of its requirements can be shown as covered or uncovered.

**What mends it.** Correct the key, or add `frameworks/KEY.yaml` with its groups and requirements."#,
};

/// `unknown-requirement`.
pub(in crate::load) const UNKNOWN_REQUIREMENT: Code = Code {
    name: "unknown-requirement",
    severity: Severity::Error,
    title: "a requirement is claimed that its framework does not have",
    explanation: r#"**Facts.** The requirements under `satisfies` and `scope.not_applicable`, and the frameworks' catalogues.

**Rule.** Each id must stand in the catalogue, letter by letter. One that does not counts for nothing, and is not dropped
in silence: such ids are copied from template to template for years.

**What mends it.** Correct the id. Ids that look like numbers are safe: `5.10` and `5.1` are two clauses here."#,
};

/// `requirement-withdrawn`.
pub(in crate::load) const REQUIREMENT_WITHDRAWN: Code = Code {
    name: "requirement-withdrawn",
    severity: Severity::Warning,
    title: "a requirement is claimed that its publisher withdrew",
    explanation: r#"**Facts.** The requirements that records name, and the lines that the catalogues mark as withdrawn.

**Rule.** A withdrawn line is known, is never in scope, and counts for nothing: neither as covered nor as a gap.

**What mends it.** Name the line that took its place, where the finding knows it, or take the id out."#,
};

/// `requirement-heading`.
pub(in crate::load) const REQUIREMENT_HEADING: Code = Code {
    name: "requirement-heading",
    severity: Severity::Note,
    title: "a heading is claimed, and the lines below it stay uncovered",
    explanation: r#"**Facts.** The requirements under `satisfies`, and the lines that the catalogues mark as headings.

**Rule.** A heading gathers lines and asks nothing by itself. Claiming it says nothing about the lines below it, so it
counts for none of them.

**What could fool it.** A catalogue that marks as a heading what its publisher assesses.

**What mends it.** Name the lines that the control answers, one by one."#,
};

/// `unknown-selection`.
pub(in crate::load) const UNKNOWN_SELECTION: Code = Code {
    name: "unknown-selection",
    severity: Severity::Error,
    title: "the scope selects a part that its framework does not have",
    explanation: r#"**Facts.** The lists under `scope.frameworks`, and the `selection` of each framework's groups.

**Rule.** Each name must be a selection of that framework. A name that is not selects nothing.

**What mends it.** Use one of the names that the finding lists, or `all`."#,
};

/// `framework-replaced`.
pub(in crate::load) const FRAMEWORK_REPLACED: Code = Code {
    name: "framework-replaced",
    severity: Severity::Note,
    title: "a file replaces a built-in framework",
    explanation: r#"**Facts.** The keys of the built-in frameworks and of those under `frameworks/`.

**Rule.** The repository's own catalogue is used in place of the built-in one, with all its lines; the two are not mixed.
It is named because a shorter catalogue makes coverage look better.

**What mends it.** Nothing, when it is meant. Else give it another key."#,
};

/// `artifact-missing`.
pub(in crate::load) const ARTIFACT_MISSING: Code = Code {
    name: "artifact-missing",
    severity: Severity::Error,
    title: "a manifest names a file that is not there",
    explanation: r#"**Facts.** The `path` of every artifact, and the files of the tree.

**Rule.** The path is relative to the manifest's folder and names a file of the same commit. Links and folders do not count.

**What mends it.** Commit the file, correct the path, or use `uri` with `sha256` for a file that is kept elsewhere. Look
at `.gitignore` too."#,
};

/// `artifact-outside`.
pub(in crate::load) const ARTIFACT_OUTSIDE: Code = Code {
    name: "artifact-outside",
    severity: Severity::Error,
    title: "a manifest names a file outside the repository",
    explanation: r#"**Facts.** The `path` of every artifact.

**Rule.** A path that begins with `/` or leaves the repository with `..` is refused; nothing outside is ever read.

**What mends it.** Put the file beside the manifest, or use `uri`."#,
};

/// `artifact-unclaimed`.
pub(in crate::load) const ARTIFACT_UNCLAIMED: Code = Code {
    name: "artifact-unclaimed",
    severity: Severity::Note,
    title: "a file of evidence belongs to no manifest",
    explanation: r#"**Facts.** Files under `content/evidence/` that are no manifests, and the artifacts that manifests name.

**Rule.** A file that no manifest names shows nothing: nobody said who took it, when, from where and for which control.
Beside a manifest that cannot be read nothing is reported, since it may name the file.

**What mends it.** `tickmark record` writes a manifest for it; a file that is not evidence belongs elsewhere."#,
};
