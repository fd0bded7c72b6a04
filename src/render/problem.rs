//! What went wrong in a theme, in words that name the template, the line and what there is to use.

use std::fmt;

use serde::Serialize;
use tera::{ErrorKind, Tera};

/// A reason why a theme cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeProblem {
    /// The template's full name (`@default/base.html`); empty when the problem lies between templates.
    pub template: String,
    /// Line, from 1; 0 when the problem is not about one.
    pub line: usize,
    /// Column, from 1; 0 when the problem is not about one.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for ThemeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.template.as_str(), self.line) {
            ("", _) => f.write_str(&self.message),
            (template, 0) => write!(f, "{template}: {}", self.message),
            (template, line) => write!(f, "{template}, line {line}, column {}: {}", self.column, self.message),
        }
    }
}

impl ThemeProblem {
    pub(super) fn whole(template: &str, message: &str) -> Self {
        Self { template: template.to_owned(), line: 0, column: 0, message: message.to_owned() }
    }
}

/// The syntax error of one template, looked at alone: what it names elsewhere is not looked for.
pub(super) fn of_syntax(template: &str, text: &str) -> Option<ThemeProblem> {
    let error = Tera::default().add_raw_template(template, text).err()?;
    match error.kind() {
        ErrorKind::SyntaxError(report) => Some(ThemeProblem {
            template: template.to_owned(),
            line: report.span().start_line,
            column: report.span().start_col + 1,
            message: report.message().to_owned(),
        }),
        _ => None,
    }
}

/// What is wrong between templates: a parent, block, filter or include that is not there. Tera's own report names places.
pub(super) fn of_theme(report: &str) -> ThemeProblem {
    ThemeProblem { template: String::new(), line: 0, column: 0, message: report.to_owned() }
}

/// A page that could not be rendered.
pub(super) fn of_rendering(template: &str, context: &impl Serialize, error: &tera::Error) -> anyhow::Error {
    let problem = match error.kind() {
        ErrorKind::RenderingError(report) => ThemeProblem {
            template: report.filename().to_owned(),
            line: report.span().start_line,
            column: report.span().start_col + 1,
            message: report.message().to_owned(),
        },
        ErrorKind::TemplateNotFound(name) => ThemeProblem::whole(name, "there is no such template"),
        _ => ThemeProblem::whole(template, &error.to_string()),
    };
    anyhow::anyhow!("cannot render {problem}\nhint: `{template}` is given: {}", variables(context))
}

/// The context's variables in order, each with its fields: `page {title, path}, controls [{id, title}]`.
fn variables(context: &impl Serialize) -> String {
    match serde_json::to_value(context) {
        Ok(serde_json::Value::Object(fields)) => {
            fields.iter().map(|(name, value)| format!("{name}{}", shape(value))).collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    }
}

fn shape(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Object(fields) => format!(" {{{}}}", fields.keys().cloned().collect::<Vec<_>>().join(", ")),
        serde_json::Value::Array(items) => match items.first() {
            Some(first @ serde_json::Value::Object(_)) => format!(" [{}]", shape(first).trim_start()),
            _ => " []".to_owned(),
        },
        _ => String::new(),
    }
}
