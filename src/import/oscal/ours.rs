//! What this program's own OSCAL export says in properties of our namespace: read back as what it was.
//!
//! Anybody may write such a property, so it is taken as any other text is: it names kinds and words, and claims nothing.

use serde_json::Value;

use super::documents::Document;
use crate::{
    import::catalogue::{AboutGroup, Line, title_line},
    load::raw,
};

/// The namespace of our own properties. A name, not an address: nothing answers there.
pub(crate) const OSCAL_NAMESPACE: &str = "urn:tickmark:oscal";

/// The values of our properties of a name.
pub(super) fn values<'v>(value: &'v Value, name: &'v str) -> impl Iterator<Item = &'v str> {
    let props = value.get("props").and_then(Value::as_array).into_iter().flatten();
    let text = |prop: &'v Value, key: &str| prop.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    props.filter_map(move |prop| {
        (text(prop, "ns") == Some(OSCAL_NAMESPACE) && text(prop, "name") == Some(name)).then(|| text(prop, "value"))?
    })
}

/// The value of the first of them.
pub(super) fn value<'v>(of: &'v Value, name: &'v str) -> Option<&'v str> {
    values(of, name).next()
}

/// The value of one in a document's metadata.
pub(super) fn metadata<'d>(document: &'d Document, name: &'d str) -> Option<&'d str> {
    value(document.root.get("metadata")?, name)
}

/// What a group's properties say.
pub(super) fn about_group(group: &Value) -> AboutGroup {
    AboutGroup {
        selection: value(group, "selection").and_then(title_line),
        word: value(group, "word").and_then(title_line),
        applicability: match value(group, "applicability") {
            Some("always") => Some(raw::Applicability::Always),
            Some("statement") => Some(raw::Applicability::Statement),
            _ => None,
        },
    }
}

/// Adds to a line what a control's properties say.
pub(super) fn about_line(control: &Value, line: &mut Line) {
    line.heading = value(control, "kind") == Some("heading");
    line.context = value(control, "kind") == Some("context");
    line.need = match value(control, "need") {
        Some("required") => Some(raw::Need::Required),
        Some("addressable") => Some(raw::Need::Addressable),
        _ => None,
    };
    line.word = value(control, "word").and_then(title_line);
    line.selections.extend(values(control, "selection").filter_map(title_line));
}
