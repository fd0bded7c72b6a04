//! Codes of the guard: what is refused before a text is looked at as a record.

use crate::diag::{Code, Severity};

/// A file is not YAML.
pub(in crate::load) const YAML_SYNTAX: Code = Code {
    name: "yaml-syntax",
    severity: Severity::Error,
    title: "a file is not YAML",
    explanation: "\
**Rule.** Every record is YAML: a file of its own, or the front matter of a Markdown file. Where the text stops being YAML, nothing after that place is read.

**What mends it.** Quote texts that contain `: ` or begin with `{`, `[`, `*`, `&`, `!`, `%`, `@` or a back-tick; indent with spaces.

```yaml
title: \"Access: who may have it\"
```
",
};

/// A file is larger or deeper than a record can be.
pub(in crate::load) const YAML_LIMIT: Code = Code {
    name: "yaml-limit",
    severity: Severity::Error,
    title: "a file is larger or deeper than a record can be",
    explanation: "\
**Rule.** A text of more than 2 MiB, nested deeper than 32 levels, or with more than 100,000 values is refused before anything is made of it: such texts stop other tools too.

**What mends it.** Divide the file. Large exports are artifacts; name them from a manifest with their digest.
",
};

/// A record uses an anchor or an alias.
pub(in crate::load) const YAML_ALIAS: Code = Code {
    name: "yaml-alias",
    severity: Severity::Error,
    title: "a record uses an anchor or an alias",
    explanation: "\
**Rule.** `&name` and `*name` let one place of a file change the meaning of another. A reviewer who sees a changed line must see all that changed, so records write everything out.

**What mends it.** Write the value at each place.

```yaml
owner: dana        # not: owner: *security
```
",
};

/// A record uses a tag.
pub(in crate::load) const YAML_TAG: Code = Code {
    name: "yaml-tag",
    severity: Severity::Error,
    title: "a record uses a tag",
    explanation: "\
**Rule.** `!name` asks the program that reads the file to make something special of a value. Records hold texts, numbers, lists and mappings, and nothing in them is ever run.

**What mends it.** Take the tag away; quote the text when it really begins with `!`.
",
};

/// A file holds several YAML documents.
pub(in crate::load) const YAML_DOCUMENTS: Code = Code {
    name: "yaml-documents",
    severity: Severity::Error,
    title: "a file holds several YAML documents",
    explanation: "\
**Rule.** A line `---` in the middle begins a second document, which some readers drop without a word. A file holds one record or one list of records.

**What mends it.** Make a list of the documents (`- id: ...`), or a file of each.
",
};

/// A key is not a text.
pub(in crate::load) const YAML_KEY: Code = Code {
    name: "yaml-key",
    severity: Severity::Error,
    title: "a key is not a text",
    explanation: "\
**Rule.** The keys of a mapping are plain texts. Lists and mappings as keys mean different things to different readers.

**What mends it.** Write a plain key.
",
};

/// A key stands twice in one mapping.
pub(in crate::load) const DUPLICATE_KEY: Code = Code {
    name: "duplicate-key",
    severity: Severity::Error,
    title: "a key stands twice in one mapping",
    explanation: "\
**Rule.** YAML readers differ in which of two equal keys they take; most take the last without a word, and a text is lost. Both places are named, and the first one is used. A manifest or waiver with such a key counts for nothing until it is mended.

**What mends it.** Delete one of the two, or join their texts.

```yaml
description: |
  Both texts under one key.
```
",
};
