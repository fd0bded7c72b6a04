//! What is said of files: those that cannot be read, and those that no record comes from.

use crate::diag::{Code, Severity};

/// `config-missing`.
pub(in crate::load) const CONFIG_MISSING: Code = Code {
    name: "config-missing",
    severity: Severity::Error,
    title: "there is no tickmark.yaml",
    explanation: r#"**Facts.** The file `tickmark.yaml` at the repository's root.

**Rule.** It says whose programme this is, which frameworks are in scope and which window is assessed. Without it records
are still checked, but nothing is in scope and no window is judged.

**What mends it.** `tickmark init` writes one. At least:

```yaml
organization: {name: Example Inc., timezone: Europe/Berlin}
scope: {frameworks: {soc2: [security]}}
window: {start: 2026-01-01, end: 2026-12-31, report: type2}
```"#,
};

/// `people-missing`.
pub(in crate::load) const PEOPLE_MISSING: Code = Code {
    name: "people-missing",
    severity: Severity::Warning,
    title: "nobody is listed, and records name people",
    explanation: r#"**Facts.** `content/people.yaml`, and the people whom records name.

**Rule.** When the file is absent or lists nobody, no name can be matched with a person or with the author of a commit. One
finding says so, instead of one for each name.

**What mends it.** List the people with the e-mail addresses they commit with.

```yaml
people:
  - {id: dana, name: Dana Ito, emails: [dana@example.com], kind: human, from: 2025-01-01}
```"#,
};

/// `file-not-read`.
pub(in crate::load) const FILE_NOT_READ: Code = Code {
    name: "file-not-read",
    severity: Severity::Note,
    title: "a file under the programme's folders is no record",
    explanation: r#"**Facts.** Every file under `controls/`, `content/` and `frameworks/`, and what could not be listed there.

**Rule.** Each file is a record, an artifact, or named here: files of another type beside documents, files in folders
that mean nothing. Nothing is passed over in silence, because a policy in a folder with a mistyped name would look
like a policy that does not exist. Readmes, and empty files that only keep a folder (`.gitkeep`), are not named.

**What mends it.** Nothing, when the file is meant as it is. Else move it to the folder of its kind; a document in another
format can be adopted only as Markdown."#,
};

/// `link-not-followed`.
pub(in crate::load) const LINK_NOT_FOLLOWED: Code = Code {
    name: "link-not-followed",
    severity: Severity::Warning,
    title: "a symbolic link stands where records live",
    explanation: r#"**Facts.** Symbolic links under `controls/`, `content/` and `frameworks/`.

**Rule.** Links are named and never followed: their target may lie outside the repository, and what they show would change
without a commit. A link in place of an evidence manifest leaves what it might answer `unknown`.

**What mends it.** Put the file itself there, or adopt a document at its real path:

```yaml
- {id: privacy, title: Privacy Policy, path: legal/privacy.md}
```"#,
};

/// `submodule-not-read`.
pub(in crate::load) const SUBMODULE_NOT_READ: Code = Code {
    name: "submodule-not-read",
    severity: Severity::Warning,
    title: "a submodule stands where records live",
    explanation: r#"**Facts.** Submodules under `controls/`, `content/` and `frameworks/`.

**Rule.** A submodule is another repository with another history; its files are not read as records of this one. Under
`content/evidence/` what it might answer is `unknown`.

**What mends it.** Keep the records in this repository, or build the programme from that one."#,
};

/// `lfs-pointer`.
pub(in crate::load) const LFS_POINTER: Code = Code {
    name: "lfs-pointer",
    severity: Severity::Warning,
    title: "a file is only a Git LFS pointer",
    explanation: r#"**Facts.** Records and artifacts that begin as Git LFS pointers do.

**Rule.** A pointer names content that is not in the repository and is never fetched. A record must be there: its history
is the proof, so the file is not used. An artifact may stay in LFS; its digest is then the one that the pointer states.

**What mends it.** For a record: `git lfs untrack` its pattern in `.gitattributes`, add the file again and commit. For an
artifact nothing; whoever tests the record needs `git lfs pull`."#,
};

/// `text-encoding`.
pub(in crate::load) const TEXT_ENCODING: Code = Code {
    name: "text-encoding",
    severity: Severity::Warning,
    title: "a text is not UTF-8",
    explanation: r#"**Facts.** The bytes of a document or record.

**Rule.** UTF-16 with a byte order mark is converted. In a document's text, bytes that are no characters are shown as
U+FFFD, so the text on the site is not wholly the text that was approved. A YAML file with such bytes is not read at all
(an error): a record with holes says something that nobody wrote. The place is the first byte that is no character.

**What mends it.** Save the file as UTF-8; `iconv -f latin1 -t utf-8` converts the usual kind."#,
};

/// `front-matter-empty`.
pub(in crate::load) const FRONT_MATTER_EMPTY: Code = Code {
    name: "front-matter-empty",
    severity: Severity::Error,
    title: "the front matter of a document is empty",
    explanation: r#"**Facts.** Front matter in which nothing is written, or comments only.

**Rule.** A document needs at least an id and a title.

**What mends it.** Write the keys between the two lines.

```yaml
---
id: access
title: Access Control Policy
---
```"#,
};

/// `front-matter-missing`.
pub(in crate::load) const FRONT_MATTER_MISSING: Code = Code {
    name: "front-matter-missing",
    severity: Severity::Error,
    title: "a Markdown file has no front matter",
    explanation: r#"**Facts.** The first line of a Markdown file in a folder of documents that is not blank.

**Rule.** It must be `---`. Without front matter the file has no id, no owner and no status, so it is no document of the
programme, unless a list adopts it.

**What mends it.** Begin the file with front matter, or adopt it as it is from a YAML file in the same folder:

```yaml
- {id: backup, title: Backup Policy, path: content/policies/backup.md, owner: dana, status: approved}
```"#,
};

/// `front-matter-unclosed`.
pub(in crate::load) const FRONT_MATTER_UNCLOSED: Code = Code {
    name: "front-matter-unclosed",
    severity: Severity::Error,
    title: "front matter begins and never ends",
    explanation: r#"**Facts.** The lines of a Markdown file after an opening `---`.

**Rule.** A line that is exactly `---` (or `...`) ends the front matter. Without it the text cannot be told from the keys.

**What mends it.** Write the closing line."#,
};

/// `adopted-text-missing`.
pub(in crate::load) const ADOPTED_TEXT_MISSING: Code = Code {
    name: "adopted-text-missing",
    severity: Severity::Error,
    title: "a document that a list adopts is not there",
    explanation: r#"**Facts.** The `path` of every entry in a list of documents, and the files of the tree.

**Rule.** The path names a text file of this repository, from its root. Links, folders and LFS pointers do not count. The
document stays known, with an empty text.

**What mends it.** Correct the path. Upper and lower case matter; composed and decomposed accents do not."#,
};

/// `history-version-unread`.
pub(in crate::load) const HISTORY_UNREAD: Code = Code {
    name: "history-version-unread",
    severity: Severity::Note,
    title: "earlier versions of records cannot be read",
    explanation: r#"**Facts.** Every content that the mainline held of each record, read as the present one is.

**Rule.** Versions that cannot be read, or whose content this copy lacks (a partial clone), are counted. What the record
said while such a version stood is unknown; the versions before and after are used.

**What mends it.** Nothing, for texts that were broken: history is not rewritten. Missing contents come with
`git fetch --refetch --no-filter`."#,
};
