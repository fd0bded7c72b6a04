//! The JSON Schemas of the record kinds: published for editors, and the rules by which files are checked.

use std::{collections::BTreeMap, sync::OnceLock};

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Value, json};

use super::{kind::Kind, raw, shape::Shape};
use crate::model::DocumentKind;

/// The kinds of records that have a schema, in the order of the documentation.
pub const KINDS: &[&str] = &[
    "config",
    "control",
    "document",
    "evidence",
    "people",
    "waiver",
    "deviation",
    "incident",
    "risk",
    "vendor",
    "trust",
    "faq",
    "update",
    "framework",
    "applicability",
    "crosswalk",
];

const ALL: [Kind; 16] = [
    Kind::Config,
    Kind::Control,
    Kind::Document(DocumentKind::Policy),
    Kind::Evidence,
    Kind::People,
    Kind::Waiver,
    Kind::Deviation,
    Kind::Incident,
    Kind::Risk,
    Kind::Vendor,
    Kind::Trust,
    Kind::Faq,
    Kind::Update,
    Kind::Framework,
    Kind::Decision,
    Kind::Crosswalk,
];

/// The JSON Schema (draft-07) of a file of a kind; `None` when there is no such kind.
pub fn schema(kind: &str) -> Option<Value> {
    let kind = ALL.into_iter().find(|known| known.name() == kind)?;
    let mut record = record_schema(kind);
    if kind.listed() {
        let definitions = record.as_object_mut().and_then(|object| object.remove("definitions")).unwrap_or_else(|| json!({}));
        let title = record.get("title").cloned().unwrap_or_default();
        let description = record.get("description").cloned().unwrap_or_default();
        if let Some(object) = record.as_object_mut() {
            object.remove("$schema");
        }
        let mut definitions = definitions;
        definitions["Record"] = record;
        return Some(json!({
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": title,
            "description": description,
            "anyOf": [{"$ref": "#/definitions/Record"}, {"type": "array", "items": {"$ref": "#/definitions/Record"}}],
            "definitions": definitions,
        }));
    }
    Some(record)
}

/// The shape of one record of a kind, made once from its schema.
pub(super) fn shape(kind: Kind) -> &'static Shape {
    static SHAPES: OnceLock<BTreeMap<&'static str, Shape>> = OnceLock::new();
    let shapes = SHAPES.get_or_init(|| ALL.into_iter().map(|kind| (kind.name(), Shape::compile(&record_schema(kind)))).collect());
    &shapes[kind.name()]
}

fn record_schema(kind: Kind) -> Value {
    match kind {
        Kind::Config => of::<raw::Config>(),
        Kind::Control => of::<raw::Control>(),
        Kind::Document(_) => of::<raw::Document>(),
        Kind::Evidence => of::<raw::Evidence>(),
        Kind::People => of::<raw::People>(),
        Kind::Waiver => of::<raw::Waiver>(),
        Kind::Deviation => of::<raw::Deviation>(),
        Kind::Incident => of::<raw::Incident>(),
        Kind::Risk => of::<raw::Risk>(),
        Kind::Vendor => of::<raw::Vendor>(),
        Kind::Trust => of::<raw::Trust>(),
        Kind::Faq => of::<raw::Faq>(),
        Kind::Update => of::<raw::Update>(),
        Kind::Framework => of::<raw::Framework>(),
        Kind::Decision => of::<raw::Decision>(),
        Kind::Crosswalk => of::<raw::Crosswalk>(),
    }
}

fn of<T: JsonSchema>() -> Value {
    SchemaSettings::draft07().into_generator().into_root_schema_for::<T>().to_value()
}
