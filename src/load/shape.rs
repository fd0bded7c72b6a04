//! Checks a tree against a record's schema: every problem at once, each with its place.
//!
//! What is wrong is taken out, so that one mistake gives one finding; what is right becomes a value whose scalars have
//! the type the schema wants: `5.10` stays text where text is wanted. Meaning (does the day exist?) is for `lower`.

use std::fmt;

use serde_json::Value as Json;
use serde_yaml::{Mapping, Value};

use super::{
    codes::{MISSING_KEY, OUT_OF_RANGE, UNKNOWN_KEY, UNKNOWN_WORD, WRONG_TYPE, YAML_LIMIT},
    guard::Problem,
    node::{Content, Node},
};
use crate::{
    diag::{Code, did_you_mean},
    source::Span,
};

/// What a value may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Any scalar, taken as text.
    Text,
    /// A whole number within bounds, both included.
    Whole(u64, u64),
    /// `true` or `false`.
    Truth,
    /// One of these words.
    Words(Vec<String>),
    /// A list of one kind of item.
    List(Box<Shape>),
    /// Known keys.
    Record(Vec<Field>),
    /// Any keys, one kind of value.
    Map(Box<Shape>),
    /// One of several, told apart by scalar, list and mapping.
    Either(Vec<Shape>),
}

/// A key of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    name: String,
    shape: Shape,
    required: bool,
}

impl Shape {
    /// Makes a shape of a JSON Schema as `raw` gives it: a part of draft-07 without recursion.
    pub fn compile(schema: &Json) -> Self {
        Self::from_schema(schema, &schema["definitions"])
    }

    fn from_schema(schema: &Json, definitions: &Json) -> Self {
        if let Some(name) = schema["$ref"].as_str().and_then(|at| at.strip_prefix("#/definitions/")) {
            return Self::from_schema(&definitions[name], definitions);
        }
        if let Some([only]) = schema["allOf"].as_array().map(Vec::as_slice) {
            return Self::from_schema(only, definitions);
        }
        if let Some(several) = schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array()) {
            return Self::alternatives(several, definitions);
        }
        if let Some(word) = schema["const"].as_str() {
            return Self::Words(vec![word.to_owned()]);
        }
        if let Some(words) = schema["enum"].as_array() {
            return Self::Words(words.iter().filter_map(Json::as_str).map(str::to_owned).collect());
        }
        let types: Vec<&str> = match &schema["type"] {
            Json::String(one) => vec![one],
            Json::Array(many) => many.iter().filter_map(Json::as_str).collect(),
            _ => Vec::new(),
        };
        match types.iter().find(|name| **name != "null") {
            Some(&"integer") => {
                let bound = |key: &str| schema[key].as_f64().map(|bound| bound as u64);
                Self::Whole(bound("minimum").unwrap_or(0), bound("maximum").unwrap_or(u64::MAX))
            }
            Some(&"boolean") => Self::Truth,
            Some(&"array") => Self::List(Box::new(Self::from_schema(&schema["items"], definitions))),
            Some(&"object") => Self::object(schema, definitions),
            _ => Self::Text,
        }
    }

    fn alternatives(several: &[Json], definitions: &Json) -> Self {
        let mut shapes: Vec<Shape> =
            several.iter().filter(|schema| schema["type"] != "null").map(|schema| Self::from_schema(schema, definitions)).collect();
        if shapes.iter().all(|shape| matches!(shape, Self::Words(_))) {
            let words = shapes.into_iter().flat_map(|shape| if let Self::Words(words) = shape { words } else { Vec::new() });
            return Self::Words(words.collect());
        }
        if shapes.len() == 1 { shapes.swap_remove(0) } else { Self::Either(shapes) }
    }

    fn object(schema: &Json, definitions: &Json) -> Self {
        let Some(properties) = schema["properties"].as_object() else {
            return Self::Map(Box::new(Self::from_schema(&schema["additionalProperties"], definitions)));
        };
        let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
        let field = |(name, schema): (&String, &Json)| Field {
            name: name.clone(),
            shape: Self::from_schema(schema, definitions),
            required: required.contains(&name.as_str()),
        };
        Self::Record(properties.iter().map(field).collect())
    }

    /// What is wanted, for a sentence.
    fn wanted(&self) -> String {
        match self {
            Self::Text => "a text".to_owned(),
            Self::Words(_) => "a word".to_owned(),
            Self::Whole(..) => "a whole number".to_owned(),
            Self::Truth => "true or false".to_owned(),
            Self::List(_) => "a list".to_owned(),
            Self::Record(_) | Self::Map(_) => "a mapping".to_owned(),
            Self::Either(several) => several.iter().map(Self::wanted).collect::<Vec<_>>().join(" or "),
        }
    }

    fn takes(&self, content: &Content) -> bool {
        match self {
            Self::Text | Self::Words(_) | Self::Whole(..) | Self::Truth => matches!(content, Content::Scalar { .. }),
            Self::List(_) => matches!(content, Content::List(_)),
            Self::Record(_) | Self::Map(_) => matches!(content, Content::Map(_)),
            Self::Either(several) => several.iter().any(|shape| shape.takes(content)),
        }
    }
}

/// Checks a record; the value holds what is right of it. `phrase` names the record in sentences (`a control`).
pub(super) fn check(shape: &Shape, node: &Node, phrase: &str) -> (Option<Value>, Vec<Problem>) {
    let mut walk = Walk { phrase, problems: Vec::new() };
    let value = walk.value(shape, node, &Trail::Record);
    (value, walk.problems)
}

/// This many problems of one record are listed.
const MOST_PROBLEMS: usize = 50;

/// The way from the record to a value, for sentences.
enum Trail<'a> {
    Record,
    Key(&'a Trail<'a>, &'a str),
}

struct Walk<'a> {
    phrase: &'a str,
    problems: Vec<Problem>,
}

impl Walk<'_> {
    /// Reports a problem; of a record with very many only the first are listed, and the last one says so.
    fn report(&mut self, code: &'static Code, span: Span, message: String, hint: String) {
        match self.problems.len() {
            ..MOST_PROBLEMS => self.problems.push(Problem { code, span, also: None, message, hint }),
            MOST_PROBLEMS => {
                let message = format!("more than {MOST_PROBLEMS} problems stand in {}; the others are not listed", self.phrase);
                let hint = "mend these first".to_owned();
                self.problems.push(Problem { code: &YAML_LIMIT, span, also: None, message, hint });
            }
            _ => {}
        }
    }

    fn name(&self, trail: &Trail<'_>) -> String {
        match trail {
            Trail::Record => self.phrase.to_owned(),
            Trail::Key(..) => format!("`{trail}`"),
        }
    }

    fn value(&mut self, shape: &Shape, node: &Node, trail: &Trail<'_>) -> Option<Value> {
        match (shape, &node.content) {
            (Shape::Either(several), content) => match several.iter().find(|shape| shape.takes(content)) {
                Some(Shape::Words(words)) if several.iter().any(|shape| matches!(shape, Shape::List(_))) => {
                    self.word(words, node, trail, "several, or one that is not this word, stand in brackets: `[security]`")
                }
                Some(shape) => self.value(shape, node, trail),
                None => self.wrong(shape, node, trail),
            },
            (Shape::Text, Content::Scalar { text, .. }) => Some(Value::String(text.clone())),
            (Shape::Words(words), Content::Scalar { .. }) => self.word(words, node, trail, ""),
            (Shape::Whole(least, most), Content::Scalar { text, plain }) => self.whole((*least, *most), text, *plain, node, trail),
            (Shape::Truth, Content::Scalar { text, plain }) => match (text.as_str(), plain) {
                ("true", true) => Some(Value::Bool(true)),
                ("false", true) => Some(Value::Bool(false)),
                _ => self.wrong(shape, node, trail),
            },
            (Shape::List(item), Content::List(nodes)) => {
                Some(Value::Sequence(nodes.iter().filter_map(|node| self.item(item, node, trail)).collect()))
            }
            (Shape::Record(fields), Content::Map(_)) => Some(self.record(fields, node, trail)),
            (Shape::Map(of), Content::Map(entries)) => {
                let mut mapping = Mapping::new();
                for entry in entries.iter().filter(|entry| !entry.value.is_null()) {
                    if let Some(value) = self.value(of, &entry.value, &Trail::Key(trail, &entry.key)) {
                        mapping.insert(Value::String(entry.key.clone()), value);
                    }
                }
                Some(Value::Mapping(mapping))
            }
            _ => self.wrong(shape, node, trail),
        }
    }

    fn item(&mut self, shape: &Shape, node: &Node, trail: &Trail<'_>) -> Option<Value> {
        if node.is_null() {
            let message = format!("an empty item stands in {}", self.name(trail));
            self.report(&WRONG_TYPE, node.span, message, "take the item out or write its value".to_owned());
            return None;
        }
        self.value(shape, node, trail)
    }

    fn record(&mut self, fields: &[Field], node: &Node, trail: &Trail<'_>) -> Value {
        let mut mapping = Mapping::new();
        let Content::Map(entries) = &node.content else { return Value::Mapping(mapping) };
        for entry in entries {
            let Some(field) = fields.iter().find(|field| field.name == entry.key) else {
                let message = format!("`{}` is no key of {}", entry.key, self.name(trail));
                let near = did_you_mean(&entry.key, fields.iter().map(|field| field.name.as_str()));
                let known =
                    || fields.iter().map(|field| field.name.as_str()).filter(|name| *name != "$schema").collect::<Vec<_>>().join(", ");
                let hint = near.map_or_else(|| format!("its keys are {}", known()), |near| format!("did you mean `{near}`?"));
                self.report(&UNKNOWN_KEY, entry.key_span, message, hint);
                continue;
            };
            if entry.value.is_null() {
                continue;
            }
            if let Some(value) = self.value(&field.shape, &entry.value, &Trail::Key(trail, &field.name)) {
                mapping.insert(Value::String(field.name.clone()), value);
            }
        }
        for field in fields.iter().filter(|field| field.required && node.get(&field.name).is_none_or(Node::is_null)) {
            let message = format!("{} has no `{}`", self.name(trail), field.name);
            let hint = format!("write `{}:` with {}", field.name, field.shape.wanted());
            self.report(&MISSING_KEY, Span { start: node.span.start, end: node.span.start }, message, hint);
        }
        Value::Mapping(mapping)
    }

    fn word(&mut self, words: &[String], node: &Node, trail: &Trail<'_>, also: &str) -> Option<Value> {
        let text = node.text().unwrap_or("");
        if words.iter().any(|word| word == text) {
            return Some(Value::String(text.to_owned()));
        }
        let known = words.join(", ");
        let message = format!("{} is `{text}`, which is no word known here", self.name(trail));
        let hint = match (did_you_mean(text, words.iter().map(String::as_str)), also) {
            (Some(near), _) => format!("did you mean `{near}`? known are {known}"),
            (None, "") => format!("known are {known}"),
            (None, also) => format!("known are {known}; {also}"),
        };
        self.report(&UNKNOWN_WORD, node.span, message, hint);
        None
    }

    fn whole(&mut self, (least, most): (u64, u64), text: &str, plain: bool, node: &Node, trail: &Trail<'_>) -> Option<Value> {
        let digits = plain && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits || (text.len() > 1 && text.starts_with('0')) {
            return self.wrong(&Shape::Whole(least, most), node, trail);
        }
        match text.parse::<u64>() {
            Ok(number) if (least..=most).contains(&number) => Some(Value::Number(number.into())),
            _ => {
                let bounds = if most < 1_000 { format!("from {least} to {most}") } else { format!("at least {least}, and not so large") };
                let message = format!("{} is {text}; it is a whole number {bounds}", self.name(trail));
                self.report(&OUT_OF_RANGE, node.span, message, String::new());
                None
            }
        }
    }

    fn wrong(&mut self, shape: &Shape, node: &Node, trail: &Trail<'_>) -> Option<Value> {
        let found = match &node.content {
            Content::Scalar { text, .. } if !matches!(shape, Shape::List(_) | Shape::Record(_) | Shape::Map(_)) => format!("`{text}`"),
            _ => node.kind_word().to_owned(),
        };
        let message = format!("{} is {}, and {found} stands here", self.name(trail), shape.wanted());
        let hint = match (shape, &node.content) {
            (Shape::List(_), Content::Scalar { text, .. }) => format!("write it in brackets: `[{text}]`"),
            (Shape::Whole(..) | Shape::Truth, Content::Scalar { plain: false, .. }) => "leave the quotes out".to_owned(),
            (Shape::Truth, _) => "write true or false".to_owned(),
            (Shape::Whole(..), _) => "write digits only".to_owned(),
            (Shape::Text, Content::Map(_)) => "text that contains `: ` or begins with `{` needs quotes".to_owned(),
            _ => String::new(),
        };
        self.report(&WRONG_TYPE, node.span, message, hint);
        None
    }
}

impl fmt::Display for Trail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record => Ok(()),
            Self::Key(Trail::Record, key) => f.write_str(key),
            Self::Key(parent, key) => write!(f, "{parent}.{key}"),
        }
    }
}
