//! Codes of files as a whole.

use crate::diag::{Code, Severity};

/// There is no configuration.
pub(in crate::load) const CONFIG_MISSING: Code = Code {
    name: "config-missing",
    severity: Severity::Error,
    title: "there is no configuration",
    explanation: "\
**Rule.** `tickmark.yaml` says whose programme this is, in which zone its days are, what is in scope and which window is assessed. Without it nothing can be called due.

**What mends it.** Run `tickmark init`; files that are there already are kept.
",
};

/// A file under the programme's folders is not read.
pub(in crate::load) const FILE_NOT_READ: Code = Code {
    name: "file-not-read",
    severity: Severity::Note,
    title: "a file under the programme's folders is not read",
    explanation: "\
**Rule.** Every file under `controls`, `content` and `frameworks` is a record, a document, an artifact, or is named here: nothing is skipped in silence.

**What mends it.** Move it to where its kind lives, or leave it: it does no harm.
",
};

/// A symbolic link is not followed.
pub(in crate::load) const LINK_NOT_FOLLOWED: Code = Code {
    name: "link-not-followed",
    severity: Severity::Warning,
    title: "a symbolic link is not followed",
    explanation: "\
**Rule.** A link can lead out of the repository, and what it leads to can change without a commit. Its target is named, and not read.

**What mends it.** Put the file itself there, or adopt the target by its own path.
",
};

/// A submodule is not read.
pub(in crate::load) const SUBMODULE_NOT_READ: Code = Code {
    name: "submodule-not-read",
    severity: Severity::Warning,
    title: "a submodule is not read",
    explanation: "\
**Rule.** A submodule is a commit of another repository, whose history is not here.

**What mends it.** Keep records in this repository.
",
};

/// A file is only a Git LFS pointer.
pub(in crate::load) const LFS_POINTER: Code = Code {
    name: "lfs-pointer",
    severity: Severity::Warning,
    title: "a file is only a Git LFS pointer",
    explanation: "\
**Rule.** Git LFS keeps the file elsewhere and a pointer in Git. What the pointer stands for cannot be seen here, and may be pruned without a commit.

**What mends it.** Keep records and evidence in Git itself (`git lfs untrack`), or fetch the files before the build.
",
};

/// A text is not UTF-8.
pub(in crate::load) const TEXT_ENCODING: Code = Code {
    name: "text-encoding",
    severity: Severity::Warning,
    title: "a text is not UTF-8",
    explanation: "\
**Rule.** UTF-16 with a byte order mark is read as what it is. Bytes that are no text are replaced by a visible sign, so that nothing is lost without a trace.

**What mends it.** Save the file as UTF-8.
",
};

/// A document has no front matter.
pub(in crate::load) const FRONT_MATTER_MISSING: Code = Code {
    name: "front-matter-missing",
    severity: Severity::Error,
    title: "a document has no front matter",
    explanation: "\
**Rule.** A Markdown file under `content/policies`, `content/procedures` or `content/system` begins with `---`, its keys, and `---`. Without them nobody knows its id, owner or status.

**What mends it.** Write the front matter, or adopt the file from a YAML list with `path:`, which needs no change of the file.

```yaml
---
id: access-control
title: Access Control Policy
owner: dana
status: draft
---
```
",
};

/// Front matter is never closed.
pub(in crate::load) const FRONT_MATTER_UNCLOSED: Code = Code {
    name: "front-matter-unclosed",
    severity: Severity::Error,
    title: "front matter is never closed",
    explanation: "\
**Rule.** The keys end at a line that is exactly `---`. Without it the whole text would be read as keys.

**What mends it.** Write the closing line.
",
};

/// Front matter is empty.
pub(in crate::load) const FRONT_MATTER_EMPTY: Code = Code {
    name: "front-matter-empty",
    severity: Severity::Error,
    title: "front matter is empty",
    explanation: "\
**Rule.** Two fences with nothing between them say nothing about the document.

**What mends it.** Write at least `id:` and `title:`.
",
};

/// Earlier versions of records cannot be read.
pub(in crate::load) const HISTORY_UNREAD: Code = Code {
    name: "history-version-unread",
    severity: Severity::Note,
    title: "earlier versions of records cannot be read",
    explanation: "\
**Rule.** Every version that the mainline held is read. Those that cannot be, for the same reasons as today's files, are counted here; what they said is unknown.

**What mends it.** Nothing: history stays as it is. The versions that followed can be read.
",
};
