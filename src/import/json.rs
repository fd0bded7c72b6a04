//! JSON, and YAML as JSON, that somebody else wrote: read strictly, looked at leniently.
//!
//! A key that stands twice is refused, since one of its values would be lost in silence. Nesting is bounded by the parser.
//! A value of a wrong type is remembered as odd and the rest is read.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::load::{Content, Limits, Node, foreign_yaml};

/// Reads a JSON text; `Err` is why it cannot be read, with line and column, as the end of a sentence.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Strict.deserialize(&mut deserializer).map_err(|error| format!("it is not JSON that can be used: {error}"))?;
    deserializer.end().map_err(|error| format!("it is not JSON that can be used: {error}"))?;
    Ok(value)
}

/// Reads a YAML text within the limits of a catalogue. A key that stands twice is a reason to leave the file, as in JSON.
pub(super) fn parse_yaml(text: &str) -> Result<Node, String> {
    let yaml = foreign_yaml(text, 0..text.len(), Limits::CATALOGUE)?;
    if let Some(repeat) = yaml.repeats.first() {
        let first = repeat.split(';').next().unwrap_or(repeat);
        let more = if yaml.repeats.len() > 1 { format!(" (and {} more)", yaml.repeats.len() - 1) } else { String::new() };
        return Err(format!("{first}{more}; one of the texts would be lost, so the file is left as it is"));
    }
    yaml.root.ok_or_else(|| "it is empty".to_owned())
}

/// A guarded YAML tree as the JSON it stands for. Scalars stay text, which is all that is looked at.
pub(super) fn from_yaml(node: &Node) -> Value {
    match &node.content {
        Content::Scalar { .. } if node.is_null() => Value::Null,
        Content::Scalar { text, .. } => Value::String(text.clone()),
        Content::List(items) => Value::Array(items.iter().map(from_yaml).collect()),
        Content::Map(entries) => Value::Object(entries.iter().map(|entry| (entry.key.clone(), from_yaml(&entry.value))).collect()),
    }
}

/// Builds values and refuses repeated keys.
struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Strict)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if map.contains_key(&key) {
                return Err(A::Error::custom(format_args!("the key `{key}` stands twice in one object")));
            }
            map.insert(key, entries.next_value_seed(Strict)?);
        }
        Ok(Value::Object(map))
    }
}

/// Looks at values and remembers those of a wrong type: what, and why it was not used.
#[derive(Debug, Default)]
pub(super) struct Looker {
    /// What was odd, in the order in which it was met.
    pub odd: Vec<(String, String)>,
}

impl Looker {
    /// The list under a key; empty when there is none.
    pub fn list<'v>(&mut self, value: &'v Value, key: &str, whose: &str) -> &'v [Value] {
        match value.get(key) {
            None | Some(Value::Null) => &[],
            Some(Value::Array(items)) => items,
            // OSCAL writes a group of one as the thing itself in some models.
            Some(one @ Value::Object(_)) => std::slice::from_ref(one),
            Some(other) => {
                self.wrong(key, whose, other, "a list");
                &[]
            }
        }
    }

    /// The text under a key, trimmed; `None` when there is none or nothing in it.
    pub fn text<'v>(&mut self, value: &'v Value, key: &str, whose: &str) -> Option<&'v str> {
        match value.get(key) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.trim()).filter(|text| !text.is_empty()),
            Some(other) => {
                self.wrong(key, whose, other, "a text");
                None
            }
        }
    }

    /// The texts of a list under a key.
    pub fn texts<'v>(&mut self, value: &'v Value, key: &str, whose: &str) -> Vec<&'v str> {
        let mut texts = Vec::new();
        for item in self.list(value, key, whose) {
            match item.as_str() {
                Some(text) => texts.push(text.trim()),
                None => self.wrong(key, whose, item, "a text in this list"),
            }
        }
        texts
    }

    /// The value of the first property of a name, a property without a class first.
    pub fn prop<'v>(&mut self, value: &'v Value, name: &str, whose: &str) -> Option<&'v str> {
        let mut found = None;
        for prop in self.list(value, "props", whose) {
            if prop.get("name").and_then(Value::as_str) == Some(name)
                && let Some(text) = prop.get("value").and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
            {
                if prop.get("class").is_none() {
                    return Some(text);
                }
                found = found.or(Some(text));
            }
        }
        found
    }

    /// Remembers a value of a wrong type.
    pub fn wrong(&mut self, key: &str, whose: &str, value: &Value, wanted: &str) {
        self.odd.push((format!("`{key}` of {whose}"), format!("it is {} where {wanted} is wanted", kind_word(value))));
    }
}

/// What kind of value this is, for a sentence.
pub(super) fn kind_word(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_key_and_deep_nesting_are_refused_with_their_place() {
        assert!(parse("{\"a\": 1,\n\"a\": 2}").unwrap_err().contains("`a` stands twice in one object at line 2"));
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse("{} {}").is_err());
        assert_eq!(parse("{\"a\": [1, 2.5, null, true, \"x\"]}").unwrap()["a"][4], "x");
    }

    #[test]
    fn a_value_of_a_wrong_type_is_remembered() {
        let value = parse(r#"{"title": 5, "controls": "none", "ids": ["a", 7], "one": {"id": "x"}}"#).unwrap();
        let mut looker = Looker::default();
        assert_eq!(looker.text(&value, "title", "x"), None);
        assert!(looker.list(&value, "controls", "x").is_empty());
        assert_eq!(looker.texts(&value, "ids", "x"), ["a"]);
        assert_eq!(looker.list(&value, "one", "x").len(), 1);
        assert_eq!(looker.odd.len(), 3);
        assert_eq!(looker.odd[0], ("`title` of x".to_owned(), "it is a number where a text is wanted".to_owned()));
    }
}
