//! Codes of single records: shape and values.

use crate::diag::{Code, Severity};

/// A record has a key that nobody knows.
pub(in crate::load) const UNKNOWN_KEY: Code = Code {
    name: "unknown-key",
    severity: Severity::Error,
    title: "a record has a key that nobody knows",
    explanation: "\
**Rule.** Every kind of record has a published schema (`tickmark schema control`). A key outside it is most often a typing mistake, and what it should have said would be missing without a word.

**What mends it.** Spell the key as the hint says, or take it out. Editors that know the schema suggest the keys as you type.

```yaml
frequency: quarterly   # not: frequncy
```
",
};

/// A record lacks something it must have.
pub(in crate::load) const MISSING_KEY: Code = Code {
    name: "missing-key",
    severity: Severity::Error,
    title: "a record lacks something it must have",
    explanation: "\
**Rule.** Some keys are required, because without them the record cannot be used or cannot be named.

**What mends it.** Write the key that the message names.

```yaml
control: AC-03
period: 2026-Q1
result: pass
```
",
};

/// A value is of the wrong type.
pub(in crate::load) const WRONG_TYPE: Code = Code {
    name: "wrong-type",
    severity: Severity::Error,
    title: "a value is of the wrong type",
    explanation: "\
**Rule.** A list is wanted where a text stands, a number where a word stands, and so on. The value is left out; the rest of the record is used.

**What mends it.** Write the value as the hint shows. Ids, versions and dates are always text: `5.10` stays `5.10`.

```yaml
satisfies: {soc2: [CC6.1]}   # not: soc2: CC6.1
```
",
};

/// A value is not one of the known words.
pub(in crate::load) const UNKNOWN_WORD: Code = Code {
    name: "unknown-word",
    severity: Severity::Error,
    title: "a value is not one of the known words",
    explanation: "\
**Rule.** Some keys take one of a few words. Any other word is refused, so that a status nobody defined never looks like one that counts.

**What mends it.** Choose one of the words that the hint lists.

```yaml
status: in_place   # drafted, approved, in_place or retired
```
",
};

/// A number is outside what makes sense.
pub(in crate::load) const OUT_OF_RANGE: Code = Code {
    name: "out-of-range",
    severity: Severity::Error,
    title: "a number is outside what makes sense",
    explanation: "\
**Rule.** Numbers have bounds: a month is 1 to 12, likelihood and impact are 1 to 5, exceptions are not more than the items tested.

**What mends it.** Write a number within the bounds.
",
};

/// A record cannot be read.
pub(in crate::load) const RECORD_UNREAD: Code = Code {
    name: "record-unread",
    severity: Severity::Error,
    title: "a record cannot be read",
    explanation: "\
**Rule.** The file is empty where a record is expected, or its values do not make a record. What it would have said is unknown: an obligation that it may have answered is `unknown`, never `missed`.

**What mends it.** Compare it with the schema of its kind (`tickmark schema`), or delete the file.
",
};

/// An id is no name.
pub(in crate::load) const BAD_ID: Code = Code {
    name: "bad-id",
    severity: Severity::Error,
    title: "an id is no name",
    explanation: "\
**Rule.** Every record is keyed by its id for ever, so an id is one line of text without blanks at its ends, at most 200 characters.

**What mends it.** Use letters, digits, `-`, `_` and `.`.

```yaml
id: AC-03
```
",
};

/// An id is given twice.
pub(in crate::load) const DUPLICATE_ID: Code = Code {
    name: "duplicate-id",
    severity: Severity::Error,
    title: "an id is given twice",
    explanation: "\
**Rule.** An id names one record. The first in path order is used, every other is named here and not used.

**What mends it.** Give one of them another id. An id that was used once is not given to something else later: history joins records by it.
",
};

/// A day is not in any calendar.
pub(in crate::load) const BAD_DATE: Code = Code {
    name: "bad-date",
    severity: Severity::Error,
    title: "a day is not in any calendar",
    explanation: "\
**Rule.** Days are written `2026-03-31`, in the organization's zone. 30 February and the 31st of a short month do not exist; a record that claims one cannot be judged.

**What mends it.** Write the day that was meant. If the record has landed, file a new one with `supersedes:`.

```yaml
performed_on: 2026-06-30   # not: 2026-06-31
```
",
};

/// An instant is not readable.
pub(in crate::load) const BAD_INSTANT: Code = Code {
    name: "bad-instant",
    severity: Severity::Error,
    title: "an instant is not readable",
    explanation: "\
**Rule.** Instants are written with their offset, because a time without one means another moment in every zone.

**What mends it.** Write `2026-03-31T09:12:00+02:00`.

```yaml
extracted_at: 2026-03-31T09:12:00+02:00
```
",
};

/// A period is not readable.
pub(in crate::load) const BAD_PERIOD: Code = Code {
    name: "bad-period",
    severity: Severity::Error,
    title: "a period is not readable",
    explanation: "\
**Rule.** Periods are `2026`, `2026-H1`, `2026-Q1`, `2026-03`, `2026-W09`, `2026-03-15`, or `{from, to}`. Quarter 5, month 13 and week 53 of a year with 52 do not exist.

**What mends it.** Write the period that the work was done for.

```yaml
period: 2026-Q1
```
",
};

/// A length of time is not readable.
pub(in crate::load) const BAD_SPAN: Code = Code {
    name: "bad-span",
    severity: Severity::Error,
    title: "a length of time is not readable",
    explanation: "\
**Rule.** Lengths are whole days or longer: `P10D`, `P2W`, `P1M`, `P1Y`, or business days, `5bd`. Hours are refused, because a record is due on a day.

**What mends it.** Write one of these forms.

```yaml
grace: 5bd
```
",
};

/// A frequency is not readable.
pub(in crate::load) const BAD_CADENCE: Code = Code {
    name: "bad-cadence",
    severity: Severity::Error,
    title: "a frequency is not readable",
    explanation: "\
**Rule.** A frequency is `continuous`, `per_event`, `daily`, `weekly`, `monthly`, `quarterly`, `semiannual`, `annual`, or a length such as `P90D`, which rolls from the last performance.

**What mends it.** Choose one of them. \"Regularly\" is not a frequency: nobody can tell when it was missed.

```yaml
frequency: quarterly
```
",
};

/// A digest is not a SHA-256.
pub(in crate::load) const BAD_DIGEST: Code = Code {
    name: "bad-digest",
    severity: Severity::Error,
    title: "a digest is not a SHA-256",
    explanation: "\
**Rule.** Digests are the 64 hexadecimal digits that `sha256sum` prints. Anything else cannot be checked, so it is left out.

**What mends it.** Let `tickmark record` write the manifest, or run `sha256sum FILE`.
",
};

/// A time zone is not known.
pub(in crate::load) const UNKNOWN_ZONE: Code = Code {
    name: "unknown-zone",
    severity: Severity::Error,
    title: "a time zone is not known",
    explanation: "\
**Rule.** The organization's zone decides on which day something happened, and so whether it was on time. It is an IANA name.

**What mends it.** Write a name such as `Europe/Berlin`. Abbreviations such as `CET` forget about daylight saving.

```yaml
timezone: Europe/Berlin
```
",
};
