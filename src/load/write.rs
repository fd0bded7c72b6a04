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
    let mut odd = Odd { mark: "odd".to_owned(), texts: Vec::new() };
    while mentions(&value, &odd.mark) {
        odd.mark.push('-');
    }
    let text = serde_yaml::to_string(&odd.taken_out(value)).expect("a YAML value can be written");
    odd.put_back(text)
}

/// Texts that the writer of YAML writes in a way that readers read differently: line separators of Unicode, control
/// characters, blanks at the ends of lines. A mark stands in their place while the rest is written.
struct Odd {
    /// What no text of the record contains.
    mark: String,
    texts: Vec<String>,
}

impl Odd {
    /// The value without the keys whose values are absent, and with marks for odd texts.
    fn taken_out(&mut self, value: Value) -> Value {
        match value {
            Value::Mapping(map) => {
                let present = map.into_iter().filter(|(_, value)| !value.is_null());
                Value::Mapping(present.map(|(key, value)| (self.taken_out(key), self.taken_out(value))).collect())
            }
            Value::Sequence(items) => Value::Sequence(items.into_iter().map(|item| self.taken_out(item)).collect()),
            Value::String(text) if is_odd(&text) => {
                self.texts.push(text);
                Value::String(format!("{}{}.", self.mark, self.texts.len() - 1))
            }
            other => other,
        }
    }

    fn put_back(&self, written: String) -> String {
        let marked = self.texts.iter().enumerate();
        marked.fold(written, |written, (at, text)| written.replacen(&format!("{}{at}.", self.mark), &quoted(text), 1))
    }
}

fn mentions(value: &Value, mark: &str) -> bool {
    match value {
        Value::Mapping(map) => map.iter().any(|(key, value)| mentions(key, mark) || mentions(value, mark)),
        Value::Sequence(items) => items.iter().any(|item| mentions(item, mark)),
        Value::String(text) => text.contains(mark),
        _ => false,
    }
}

fn is_odd(text: &str) -> bool {
    text.chars().any(|c| c != '\n' && is_escaped(c))
        || text.contains('\n')
            && (text.starts_with(char::is_whitespace) || text.contains(" \n") || text.ends_with("\n\n") || text.ends_with(' '))
}

/// Whether a character is written as an escape: it would end a line, be dropped, or not be seen.
fn is_escaped(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

/// A text in double quotes. The escapes are those of JSON, which YAML knows too.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            c if is_escaped(c) => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted + "\""
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
