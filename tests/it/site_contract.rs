//! The contexts of the readiness site and its templates, compared both ways: a template asks for nothing that its context
//! lacks, and a context holds nothing that no template shows.
//!
//! The contexts are those of the sample; what it never fills cannot be looked into, and is reported as such.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use tickmark::{assess::Design, assets, site};

use crate::site_sample::{Sample, sample};

#[test]
fn templates_and_contexts_agree_both_ways() {
    let contexts = contexts();
    let mut check = Check { components: components(), used: BTreeSet::new(), problems: BTreeSet::new(), template: String::new() };
    for kind in site::KINDS {
        let context = contexts.get(kind.template).unwrap_or_else(|| panic!("the sample has no page of the kind {}", kind.name));
        kind.template.clone_into(&mut check.template);
        for text in [template("base.html"), template(kind.template)] {
            check.text(&text, &mut vec![Map::new()], context);
        }
    }
    let mut unused = BTreeSet::new();
    for context in contexts.values() {
        each_object(context, &mut |object| {
            let identity = identity(object);
            let alone = object.keys().filter(|key| !check.used.contains(&(identity.clone(), (*key).clone())));
            unused.extend(alone.map(|key| format!("{key}, beside {identity}")));
        });
    }
    let problems: Vec<String> = check.problems.into_iter().collect();
    assert!(problems.is_empty(), "templates ask for what is not there:\n{}", problems.join("\n"));
    let unused: Vec<String> = unused.into_iter().collect();
    assert!(unused.is_empty(), "no template shows these keys:\n{}", unused.join("\n"));
}

/// The sample as if nothing were in place yet and nothing recorded: what the first page says at the beginning.
fn beginning() -> Sample {
    let mut sample = sample(0);
    sample.assessment.controls.iter_mut().for_each(|control| control.design = Design::Drafted);
    sample.timelines.evidence.clear();
    sample
}

/// The contexts of all pages of each template, laid over each other.
fn contexts() -> BTreeMap<&'static str, Value> {
    let mut merged: BTreeMap<&'static str, Value> = BTreeMap::new();
    for sample in [sample(450), beginning()] {
        for page in &site::plan(&sample.input()).unwrap().pages {
            let context = serde_json::to_value(page.context().unwrap()).unwrap();
            merge(merged.entry(page.template).or_insert(Value::Null), context);
        }
    }
    // What stands around pages is one structure for all: where one kind leaves it empty, another shows what it holds.
    for shared in ["frame", "pager"] {
        let mut all = Value::Null;
        merged.values().filter_map(|context| context.get(shared)).for_each(|one| merge(&mut all, one.clone()));
        for context in merged.values_mut() {
            // The page of gaps has a way through each of its two lists.
            for list in ["open", "fixed"] {
                context.get_mut(list).and_then(|list| list.get_mut(shared)).into_iter().for_each(|one| merge(one, all.clone()));
            }
            context.get_mut(shared).into_iter().for_each(|one| merge(one, all.clone()));
        }
    }
    merged
}

/// Lists become the one element that all of theirs merge into.
fn merge(into: &mut Value, other: Value) {
    match (into, other) {
        (Value::Object(into), Value::Object(other)) => {
            for (key, value) in other {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into @ (Value::Null | Value::Array(_)), Value::Array(items)) => {
            let mut element = match into.take() {
                Value::Array(mut known) => known.pop().unwrap_or(Value::Null),
                _ => Value::Null,
            };
            items.into_iter().for_each(|item| merge(&mut element, item));
            *into = Value::Array(if element.is_null() { Vec::new() } else { vec![element] });
        }
        (into @ Value::Null, Value::Object(other)) => {
            *into = Value::Object(Map::new());
            merge(into, Value::Object(other));
        }
        (into @ Value::Null, other) => *into = other,
        _ => {}
    }
}

fn each_object(value: &Value, look: &mut dyn FnMut(&Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            look(object);
            object.values().for_each(|value| each_object(value, look));
        }
        Value::Array(items) => items.iter().for_each(|item| each_object(item, look)),
        _ => {}
    }
}

/// Objects with the same keys are of one structure.
fn identity(object: &Map<String, Value>) -> String {
    object.keys().cloned().collect::<Vec<_>>().join(" ")
}

fn template(name: &str) -> String {
    assets::read_text(&format!("themes/default/{name}")).unwrap_or_else(|| panic!("there is no template {name}"))
}

/// The body of each component, and its parameters.
fn components() -> BTreeMap<String, (Vec<String>, String)> {
    let text = template("components.html");
    let mut found = BTreeMap::new();
    for part in text.split("{%- component ").skip(1) {
        let (head, rest) = part.split_once("-%}").unwrap();
        let body = rest.split("{%- endcomponent").next().unwrap();
        let (name, parameters) = head.trim().trim_end_matches(')').split_once('(').unwrap();
        let parameters = parameters.split(',').filter_map(|one| one.split('=').next()).map(|one| one.trim().to_owned()).collect();
        found.insert(name.to_owned(), (parameters, body.to_owned()));
    }
    found
}

struct Check {
    components: BTreeMap<String, (Vec<String>, String)>,
    used: BTreeSet<(String, String)>,
    problems: BTreeSet<String>,
    template: String,
}

impl Check {
    /// Follows a template's tags in order; `scopes` holds what loops and components bind.
    fn text(&mut self, text: &str, scopes: &mut Vec<Map<String, Value>>, context: &Value) {
        for tag in tags(text) {
            let words: Vec<&str> = tag.split_whitespace().collect();
            match words.first().copied().unwrap_or_default() {
                "for" => {
                    let element = match self.value(words[3], scopes, context) {
                        Some(Value::Array(mut items)) => items.pop().unwrap_or(Value::Null),
                        _ => Value::Null,
                    };
                    if element.is_null() {
                        self.problems.insert(format!("{}: the sample never fills the list {}", self.template, words[3]));
                    }
                    scopes.push(Map::from_iter([(words[1].to_owned(), element)]));
                }
                "endfor" => {
                    scopes.pop();
                }
                "block" | "endblock" | "extends" | "else" | "endif" => {}
                first if first.starts_with("<ui.") => self.call(tag, scopes, context),
                _ => paths(tag).iter().for_each(|path| {
                    self.value(path, scopes, context);
                }),
            }
        }
    }

    fn call(&mut self, tag: &str, scopes: &mut [Map<String, Value>], context: &Value) {
        let inner = tag.trim_start_matches('<').trim_end_matches("/>").trim();
        let (name, arguments) = inner.split_once(' ').unwrap_or((inner, ""));
        let (parameters, body) = self.components.get(name).cloned().unwrap_or_else(|| panic!("no component {name}"));
        let mut bound: Map<String, Value> = parameters.iter().map(|name| (name.clone(), Value::Null)).collect();
        for argument in arguments.split('}').filter(|part| part.contains("={")) {
            let (parameter, path) = argument.split_once("={").unwrap();
            let value = paths(path).iter().find_map(|path| self.value(path, scopes, context));
            let parameter = parameter.rsplit([' ', '"']).next().unwrap_or(parameter);
            bound.insert(parameter.to_owned(), value.unwrap_or(Value::Bool(true)));
        }
        self.text(&body, &mut vec![bound], &Value::Object(Map::new()));
    }

    /// What a path leads to; notes every key on the way.
    fn value(&mut self, path: &str, scopes: &[Map<String, Value>], context: &Value) -> Option<Value> {
        let mut parts = path.split('.');
        let first = parts.next()?;
        if first == "loop" {
            return None;
        }
        let bound = scopes.iter().rev().find_map(|scope| scope.get(first));
        let mut here = match (bound, context) {
            (Some(value), _) => value,
            (None, Value::Object(object)) if object.contains_key(first) => {
                self.used.insert((identity(object), first.to_owned()));
                &object[first]
            }
            _ => {
                self.problems.insert(format!("{}: `{path}` is not in the context", self.template));
                return None;
            }
        };
        for part in parts {
            match here {
                Value::Object(object) if object.contains_key(part) => {
                    self.used.insert((identity(object), part.to_owned()));
                    here = &object[part];
                }
                Value::Null => return None,
                _ => {
                    self.problems.insert(format!("{}: `{path}` has no `{part}`", self.template));
                    return None;
                }
            }
        }
        Some(here.clone())
    }
}

/// What stands between `{{ }}` and `{% %}`, in order.
fn tags(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{']) {
        rest = &rest[at + 1..];
        let end = match rest.chars().next() {
            Some('{') => "}}",
            Some('%') => "%}",
            _ => continue,
        };
        let Some((tag, after)) = rest[1..].split_once(end) else { break };
        // A component's argument ends in `}` before its tag does.
        found.push(tag.trim_matches(['-', ' ', '\n']));
        rest = after;
    }
    found
}

/// The variables of an expression: no texts, no words of the language, no filters.
fn paths(expression: &str) -> Vec<&str> {
    const WORDS: [&str; 10] = ["if", "elif", "not", "and", "or", "is", "in", "none", "true", "false"];
    let outside_texts = expression.split('"').step_by(2);
    let mut found = Vec::new();
    for piece in outside_texts {
        let mut after_pipe = false;
        for word in piece.split(|c: char| !(c.is_alphanumeric() || "_.|".contains(c))).filter(|word| !word.is_empty()) {
            if word == "|" {
                after_pipe = true;
            } else if after_pipe {
                after_pipe = false;
            } else if !WORDS.contains(&word) && word.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_') {
                found.push(word);
            }
        }
    }
    found
}
