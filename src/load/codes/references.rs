//! Codes of references between records and to files.

use crate::diag::{Code, Severity};

/// A record names a control that is not there.
pub(in crate::load) const UNKNOWN_CONTROL: Code = Code {
    name: "unknown-control",
    severity: Severity::Error,
    title: "a record names a control that is not there",
    explanation: "\
**Rule.** Everything that names a control by id is looked up among the controls of the same tree. A manifest for a control that is not there shows nothing.

**What mends it.** Spell the id as the hint says. A control that was retired stays in the tree with `status: retired`.
",
};

/// A record names a document that is not there.
pub(in crate::load) const UNKNOWN_DOCUMENT: Code = Code {
    name: "unknown-document",
    severity: Severity::Error,
    title: "a record names a document that is not there",
    explanation: "\
**Rule.** Documents are policies, procedures and parts of the system description, by the id in their front matter.

**What mends it.** Spell the id as the hint says, or write the document.
",
};

/// A record names somebody who is not known.
pub(in crate::load) const UNKNOWN_PERSON: Code = Code {
    name: "unknown-person",
    severity: Severity::Error,
    title: "a record names somebody who is not known",
    explanation: "\
**Rule.** Owners, performers, reviewers and approvers are people or teams of `content/people.yaml`. A name that is nobody's gives nobody to ask.

**What mends it.** Spell the id as the hint says, or add the person. People who left stay in the file with `to:`.

```yaml
- {id: dana, name: Dana Ito, emails: [dana@example.com], kind: human, from: 2025-01-01}
```
",
};

/// A record supersedes one that is not there.
pub(in crate::load) const UNKNOWN_EVIDENCE: Code = Code {
    name: "unknown-evidence",
    severity: Severity::Error,
    title: "a record supersedes one that is not there",
    explanation: "\
**Rule.** `supersedes` names the record that this one corrects, by its id. The corrected record stays in the tree: deleting it would hide what was first said.

**What mends it.** Spell the id as the hint says.
",
};

/// A framework is not known.
pub(in crate::load) const UNKNOWN_FRAMEWORK: Code = Code {
    name: "unknown-framework",
    severity: Severity::Error,
    title: "a framework is not known",
    explanation: "\
**Rule.** Frameworks are built in or stand in `frameworks/`. A mapping to a framework that nobody has is not coverage of anything.

**What mends it.** Spell its key as the hint says, or put its list into `frameworks/`.
",
};

/// A part of a framework is not known.
pub(in crate::load) const UNKNOWN_SELECTION: Code = Code {
    name: "unknown-selection",
    severity: Severity::Error,
    title: "a part of a framework is not known",
    explanation: "\
**Rule.** `scope.frameworks` names parts of a framework, such as the categories of SOC 2. A part that does not exist would leave the scope smaller than its writer meant.

**What mends it.** Choose from the parts that the hint lists, or write `all`.

```yaml
frameworks: {soc2: [security, availability]}
```
",
};

/// A requirement does not exist.
pub(in crate::load) const UNKNOWN_REQUIREMENT: Code = Code {
    name: "unknown-requirement",
    severity: Severity::Error,
    title: "a requirement does not exist",
    explanation: "\
**Rule.** Claimed ids are looked up in the framework's list. Ids that do not exist (`CC9.9`) are found in many real programmes; they are reported, and neither dropped nor counted as coverage.

**What mends it.** Claim an id of the list.

```yaml
satisfies: {soc2: [CC9.2]}   # not: CC9.9
```
",
};

/// A requirement belongs to a group that is not there.
pub(in crate::load) const UNKNOWN_GROUP: Code = Code {
    name: "unknown-group",
    severity: Severity::Error,
    title: "a requirement belongs to a group that is not there",
    explanation: "\
**Rule.** In a framework's list every requirement names one of its groups, by which scope is selected.

**What mends it.** Add the group, or spell it as the hint says.
",
};

/// The trust page offers a text that is not public.
pub(in crate::load) const NOT_PUBLIC: Code = Code {
    name: "document-not-public",
    severity: Severity::Error,
    title: "the trust page offers a text that is not public",
    explanation: "\
**Rule.** Only a document classified `public` may be shown to everybody. Its text is left out until then.

**What mends it.** Classify it public, when its owner agrees, or offer it with `access: on_request`.
",
};

/// A manifest names a file that is not there.
pub(in crate::load) const ARTIFACT_MISSING: Code = Code {
    name: "artifact-missing",
    severity: Severity::Error,
    title: "a manifest names a file that is not there",
    explanation: "\
**Rule.** An artifact's path is relative to the manifest's own folder. Without the file the record says that something was looked at, and shows nothing.

**What mends it.** Commit the file, or correct the path.

```yaml
artifacts: [{path: 2026-Q1/users.csv, sha256: \"...\"}]
```
",
};

/// A manifest names a file outside the repository.
pub(in crate::load) const ARTIFACT_OUTSIDE: Code = Code {
    name: "artifact-outside",
    severity: Severity::Error,
    title: "a manifest names a file outside the repository",
    explanation: "\
**Rule.** Nothing outside the repository is ever opened by path. What lies elsewhere is named by its address, with its digest.

**What mends it.** Copy the file beside the manifest, or write `uri:` with `sha256:`.
",
};

/// A file of evidence is named by no manifest.
pub(in crate::load) const ARTIFACT_UNCLAIMED: Code = Code {
    name: "artifact-unclaimed",
    severity: Severity::Note,
    title: "a file of evidence is named by no manifest",
    explanation: "\
**Rule.** Files under `content/evidence` count only through a manifest, which says who, when, for which period and from where.

**What mends it.** Name the file under `artifacts:` of its manifest, or delete it.
",
};

/// The text of an adopted document is not there.
pub(in crate::load) const ADOPTED_TEXT_MISSING: Code = Code {
    name: "adopted-text-missing",
    severity: Severity::Error,
    title: "the text of an adopted document is not there",
    explanation: "\
**Rule.** A list may adopt a Markdown file anywhere in the repository by its path from the root. A link is not followed.

**What mends it.** Correct `path:`; name the file that a link points to.

```yaml
- {id: privacy, title: Privacy Policy, path: privacy/index.md, owner: dana, status: approved}
```
",
};
