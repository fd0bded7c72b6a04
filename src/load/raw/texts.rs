//! Texts with a form: dates, spans, periods, ids. Here they are still texts; `lower` reads them.

use std::{borrow::Cow, collections::BTreeMap};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $schema:tt;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )*};
}

texts! {
    /// An id or a version: text for ever, even where it looks like a number.
    Name = {"type": ["string", "number"]};
    /// A day.
    DateText = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "examples": ["2026-03-31"]};
    /// An instant with its offset.
    InstantText = {"type": "string", "format": "date-time", "examples": ["2026-03-31T09:12:00+02:00"]};
    /// A length of time.
    SpanText = {"type": "string", "pattern": "^(P([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?|[0-9]+bd)$", "examples": ["P10D", "5bd"]};
    /// How often something is expected.
    CadenceText = {
        "type": "string",
        "pattern": "^(continuous|per_event|daily|weekly|monthly|quarterly|semiannual|annual|P([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?)$",
        "examples": ["quarterly", "P90D"]
    };
}

/// Which requirements are meant: framework to ids.
pub type MappingText = BTreeMap<String, Vec<Name>>;

/// A stretch of days, both included.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RangeText {
    /// The first day.
    #[schemars(required)]
    pub from: Option<DateText>,
    /// The last day, included.
    #[schemars(required)]
    pub to: Option<DateText>,
}

/// A period: `2026`, `2026-H1`, `2026-Q1`, `2026-03`, `2026-W09`, `2026-03-15`, or `{from, to}`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum PeriodText {
    /// A named period.
    Named(Name),
    /// Two days and all between them.
    Range(RangeText),
}

/// One id or a list of them.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One.
    One(Name),
    /// Several.
    Many(Vec<Name>),
}
