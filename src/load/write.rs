//! Records as text: what `import` writes is made from the same mirrors that reading uses, so that what is written is
//! what will be read.

use serde::Serialize;
use serde_yaml::Value;

/// A record (a mirror of `raw`, or a list of them) as YAML: absent keys left out, texts in quotes where another reader
/// could take them for numbers, truth values or days.
///
/// # Panics
/// Never: the mirrors hold texts, numbers, lists and maps with text keys, which YAML can always write.
pub fn yaml(record: &impl Serialize) -> String {
    let value = serde_yaml::to_value(record).expect("mirrors hold nothing that YAML cannot write");
    serde_yaml::to_string(&without_absent(value)).expect("a YAML value can be written")
}

/// The value without the keys whose values are absent.
fn without_absent(value: Value) -> Value {
    match value {
        Value::Mapping(map) => {
            Value::Mapping(map.into_iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| (key, without_absent(value))).collect())
        }
        Value::Sequence(items) => Value::Sequence(items.into_iter().map(without_absent).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::yaml;
    use crate::load::raw::{Control, ControlStatus, Name};

    #[test]
    fn a_control_is_written_as_it_is_read() {
        let control = Control {
            id: Some(Name("5.10".to_owned())),
            title: Some("Rooms: locked # always".to_owned()),
            status: Some(ControlStatus::Drafted),
            key: Some(false),
            description: Some("First line.\nSecond line.\n".to_owned()),
            ..Control::default()
        };
        let text = yaml(&control);
        assert_eq!(
            text,
            "id: '5.10'\ntitle: 'Rooms: locked # always'\nstatus: drafted\nkey: false\ndescription: |\n  First line.\n  Second line.\n"
        );
    }
}
