//! What is wrong inside a record.

use crate::diag::{Code, Severity};

/// `unknown-key`.
pub(in crate::load) const UNKNOWN_KEY: Code = Code {
    name: "unknown-key",
    severity: Severity::Error,
    title: "a record has a key that its kind does not know",
    explanation: r#"**Facts.** The keys of every record, compared with its schema (`tickmark schema KIND`).

**Rule.** A key that is not known is reported, and the nearest known one suggested. It would otherwise be ignored in
silence, and with it what the author meant to say. The rest of the record is used.

**What mends it.** Correct the spelling, or move the text into `description` or `notes`.

```yaml
frequncy: quarterly     # wrong: did you mean `frequency`?
```"#,
};

/// `missing-key`.
pub(in crate::load) const MISSING_KEY: Code = Code {
    name: "missing-key",
    severity: Severity::Error,
    title: "a record lacks a key that it needs",
    explanation: r#"**Facts.** The keys a kind of record requires, by its schema. A key without a value counts as absent.

**Rule.** Every record needs its `id` (evidence may do without); the others that are needed differ by kind. A record
without id cannot be used. Evidence that lacks a needed key is not used, and what it might answer is `unknown`.

**What mends it.** Write the key. `tickmark schema KIND` lists what a kind requires."#,
};

/// `wrong-type`.
pub(in crate::load) const WRONG_TYPE: Code = Code {
    name: "wrong-type",
    severity: Severity::Error,
    title: "a value is of another type than its key wants",
    explanation: r#"**Facts.** The values of every record, compared with its schema.

**Rule.** Text, whole numbers, `true` and `false`, lists and mappings are told apart strictly: `yes` is no truth value, and
`"3"` no number. Where text is wanted, numbers and dates are taken as they are written. The value is left out, the rest of
the record is used; evidence is not used.

**What mends it.** Write the value as the finding says.

```yaml
approvers: lee          # wrong
approvers: [lee]        # right
```"#,
};

/// `unknown-word`.
pub(in crate::load) const UNKNOWN_WORD: Code = Code {
    name: "unknown-word",
    severity: Severity::Error,
    title: "a value is none of the words its key knows",
    explanation: r#"**Facts.** Values of keys that take one of a few words, such as `status` or `result`.

**Rule.** Other words are reported and left out; the record is then read as if the key were absent, which never makes it
look better. Evidence is not used.

**What mends it.** Use one of the words that the finding lists."#,
};

/// `out-of-range`.
pub(in crate::load) const OUT_OF_RANGE: Code = Code {
    name: "out-of-range",
    severity: Severity::Error,
    title: "a number lies outside its bounds",
    explanation: r#"**Facts.** Numbers with bounds: months, likelihood and impact of a risk, counts.

**Rule.** A number outside the bounds is left out. Exceptions that outnumber the items tested are reported and kept.

**What mends it.** Correct the number."#,
};

/// `record-unread`.
pub(in crate::load) const RECORD_UNREAD: Code = Code {
    name: "record-unread",
    severity: Severity::Error,
    title: "a file holds no record that can be read",
    explanation: r#"**Facts.** YAML files in which nothing is written, and records that pass their schema and still cannot be read.

**Rule.** A file in a folder of records holds at least one. The second case should not happen: schema and reader are made
from one definition.

**What mends it.** Write the record or delete the file; in the second case simplify the value that the message names, and
report it to the project."#,
};

/// `bad-id`.
pub(in crate::load) const BAD_ID: Code = Code {
    name: "bad-id",
    severity: Severity::Error,
    title: "an id is no name",
    explanation: r#"**Facts.** The ids of all records.

**Rule.** An id is a text of 1 to 200 characters without control characters and without blanks at its ends. A record
without a usable id is not used.

**What mends it.** Use letters, digits, `-`, `_` and `.`, and never change the id afterwards: history is joined by it."#,
};

/// `bad-date`.
pub(in crate::load) const BAD_DATE: Code = Code {
    name: "bad-date",
    severity: Severity::Error,
    title: "a text is no day",
    explanation: r#"**Facts.** Values of keys that take a day.

**Rule.** A day is written `2026-03-31` and must exist in the calendar. Other forms are not guessed: `03/04/26` is two
different days to two readers. The value is left out; evidence is not used.

**What mends it.** Write year, month and day with hyphens."#,
};

/// `bad-instant`.
pub(in crate::load) const BAD_INSTANT: Code = Code {
    name: "bad-instant",
    severity: Severity::Error,
    title: "a text is no instant",
    explanation: r#"**Facts.** Values of keys that take an instant, such as `extracted_at`.

**Rule.** An instant is written with day, time and offset: `2026-03-31T09:12:00+02:00`, or with `Z` for UTC. Without an
offset it would be another instant in every zone. The value is left out; evidence is not used.

**What mends it.** Write the offset. `date --iso-8601=seconds` prints the present in this form."#,
};

/// `bad-period`.
pub(in crate::load) const BAD_PERIOD: Code = Code {
    name: "bad-period",
    severity: Severity::Error,
    title: "a value is no period",
    explanation: r#"**Facts.** Values of keys that take a period, and pairs of days.

**Rule.** A period is `2026`, `2026-H1`, `2026-Q1`, `2026-03`, `2026-W09`, `2026-03-15` or `{from: DATE, to: DATE}` with both
days included. Quarter 5, month 13, week 53 of a year with 52, and a range that ends before it starts are refused.

**What mends it.** Write one of these forms. Quarters and halves follow the fiscal year and carry the year it starts in."#,
};

/// `bad-span`.
pub(in crate::load) const BAD_SPAN: Code = Code {
    name: "bad-span",
    severity: Severity::Error,
    title: "a text is no length of time",
    explanation: r#"**Facts.** Values of `due`, `grace`, `ttl`, `due_soon` and `contemporaneous`.

**Rule.** A length is `P10D`, `P2W`, `P1M`, `P1Y`, a combination in the order years, months, weeks, days, or business days
(`5bd`). Hours are refused: records are due on a day. The default stands in for a value that cannot be read.

**What mends it.** Write one of these forms."#,
};

/// `bad-cadence`.
pub(in crate::load) const BAD_CADENCE: Code = Code {
    name: "bad-cadence",
    severity: Severity::Error,
    title: "a text does not say how often",
    explanation: r#"**Facts.** Values of `frequency` and `review_every`.

**Rule.** They are `continuous`, `per_event`, `daily`, `weekly`, `monthly`, `quarterly`, `semiannual`, `annual`, or a length
such as `P90D`, counted from the last time. A value that cannot be read is left out, and nothing is then expected of the
control: mend it first.

**What mends it.** Write one of these words."#,
};

/// `bad-digest`.
pub(in crate::load) const BAD_DIGEST: Code = Code {
    name: "bad-digest",
    severity: Severity::Error,
    title: "a text is no SHA-256",
    explanation: r#"**Facts.** The `sha256` of every artifact.

**Rule.** It is 64 hexadecimal digits. A text that is not is left out, and the artifact counts as having no stated digest.

**What mends it.** `sha256sum FILE` prints the digest; `tickmark record` writes it."#,
};

/// `unknown-zone`.
pub(in crate::load) const UNKNOWN_ZONE: Code = Code {
    name: "unknown-zone",
    severity: Severity::Error,
    title: "the time zone is not known",
    explanation: r#"**Facts.** `organization.timezone`.

**Rule.** It is a name of the IANA database. All dates mean days in this zone, so a wrong one moves due days; UTC is used
until it is mended.

**What mends it.** Write a name such as `Europe/Berlin`. Abbreviations such as CEST change with the season and are no
names."#,
};

/// `unknown-group`.
pub(in crate::load) const UNKNOWN_GROUP: Code = Code {
    name: "unknown-group",
    severity: Severity::Error,
    title: "a requirement belongs to a group that its framework lacks",
    explanation: r#"**Facts.** The groups and requirements of a framework's file.

**Rule.** Every requirement names a group of the same file; the group decides by which selection it is in scope. A
requirement of an unknown group is always in scope.

**What mends it.** Add the group or correct the name."#,
};

/// `unknown-parent`.
pub(in crate::load) const UNKNOWN_PARENT: Code = Code {
    name: "unknown-parent",
    severity: Severity::Error,
    title: "a requirement stands below a line that its framework lacks",
    explanation: r#"**Facts.** `parent` of the requirements of a framework's file.

**Rule.** It is the id of another line of the same file. A line whose parent is unknown is shown without one.

**What mends it.** Add the line above, often with `kind: heading`, or correct the id."#,
};
