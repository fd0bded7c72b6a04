//! The only door to Tera: themes, filters, errors that help. A page's context goes in, its HTML comes out.
//!
//! Themes are layered: a template is looked for in each source in turn, the user's first, the built-in last. A template
//! that replaces another can extend the one it replaces by its full name, `@SOURCE/NAME` (`@default/base.html`), and call
//! `super()` in its blocks. Everything is escaped; the one way out is the filter `safe_html`, for fields that are
//! documented as HTML. Templates reach no clock, no disk, no network.

mod filters;
mod problem;

use std::collections::BTreeSet;

use anyhow::{Context as _, bail};
use serde::Serialize;
use tera::{Context, Tera};

pub use problem::ThemeProblem;

use crate::assets;

/// The templates of one theme, or of one layer of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeSource {
    /// The layer's name, unique among the sources; its templates can be named in full as `@NAME/...`.
    pub name: String,
    /// Templates: the name (`controls/control.html`, ends in `.html`) and the text.
    pub templates: Vec<(String, String)>,
}

impl ThemeSource {
    /// The templates of a built-in theme.
    ///
    /// # Errors
    /// When the binary carries no theme of that name, or one of its templates is not UTF-8.
    pub fn built_in(theme: &str) -> anyhow::Result<Self> {
        let folder = format!("themes/{theme}");
        let mut templates = Vec::new();
        for path in assets::list(&folder).into_iter().filter(|path| path.ends_with(".html")) {
            let text = assets::read_text(&path).with_context(|| format!("the template {path} is not UTF-8"))?;
            templates.push((path[folder.len() + 1..].to_owned(), text));
        }
        if templates.is_empty() {
            bail!("there is no built-in theme `{theme}`\nhint: the built-in theme is `default`");
        }
        Ok(Self { name: theme.to_owned(), templates })
    }
}

/// Turns page contexts into HTML. Can be shared between threads.
#[derive(Clone, Debug)]
pub struct Renderer {
    tera: Tera,
}

impl Renderer {
    /// Reads the templates of every source; for each name the first source that has it counts.
    ///
    /// # Errors
    /// When a template cannot be parsed, names a filter, block or template that is not there, or has a name that does not
    /// end in `.html`; when two sources share a name. The message names every template, line and column.
    pub fn new(sources: Vec<ThemeSource>) -> anyhow::Result<Self> {
        let problems = check(&sources);
        if !problems.is_empty() {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            bail!("the theme cannot be used\n{}", lines.join("\n"));
        }
        let mut tera = empty(&sources)?;
        tera.add_raw_templates(full_names(&sources)).map_err(|error| anyhow::anyhow!("the theme cannot be used\n{error}"))?;
        Ok(Self { tera })
    }

    /// The renderer of a built-in theme alone.
    ///
    /// # Errors
    /// As [`Renderer::new`], and when there is no such theme.
    pub fn from_assets(theme: &str) -> anyhow::Result<Self> {
        Self::new(vec![ThemeSource::built_in(theme)?])
    }

    /// Renders a page. The fields of the context are the template's variables.
    ///
    /// # Errors
    /// When there is no such template, or it asks for something that is not in the context; the message names the
    /// template, the line and the variables there are.
    pub fn render(&self, template: &str, context: &impl Serialize) -> anyhow::Result<String> {
        let variables =
            Context::from_serialize(context).map_err(|error| anyhow::anyhow!("the context of `{template}` is not a struct: {error}"))?;
        self.tera.render(template, &variables).map_err(|error| problem::of_rendering(template, context, &error))
    }

    /// The variables that a template and the templates it extends or includes ask for at their top level, sorted. A test
    /// compares them with the page's context.
    ///
    /// # Errors
    /// When there is no such template.
    pub fn variables(&self, template: &str) -> anyhow::Result<BTreeSet<String>> {
        let names = self.tera.get_template_variables(template).map_err(|error| anyhow::anyhow!("{error}"))?;
        Ok(names.into_iter().map(str::to_owned).collect())
    }
}

/// What is wrong with the templates of a theme; empty when it can be used. Every template is parsed, not only the first
/// that fails.
pub fn check(sources: &[ThemeSource]) -> Vec<ThemeProblem> {
    let mut problems = Vec::new();
    let mut names = BTreeSet::new();
    for source in sources {
        if source.name.contains('/') || !names.insert(&source.name) {
            problems.push(ThemeProblem::whole(&source.name, "two layers of a theme share this name, or it holds a slash"));
        }
        for (name, text) in &source.templates {
            let full = full_name(source, name);
            if !name.ends_with(".html") {
                problems.push(ThemeProblem::whole(&full, "a template's name ends in .html, so that everything in it is escaped"));
            }
            problems.extend(problem::of_syntax(&full, text));
        }
    }
    if problems.is_empty() {
        let together = empty(sources).and_then(|mut tera| Ok(tera.add_raw_templates(full_names(sources))?));
        problems.extend(together.err().map(|error| problem::of_theme(&error.to_string())));
    }
    problems
}

fn empty(sources: &[ThemeSource]) -> anyhow::Result<Tera> {
    let mut tera = Tera::default();
    tera.set_fallback_prefixes(sources.iter().map(|source| format!("@{}/", source.name)))?;
    filters::register(&mut tera);
    Ok(tera)
}

fn full_name(source: &ThemeSource, template: &str) -> String {
    format!("@{}/{template}", source.name)
}

fn full_names<'a>(sources: &'a [ThemeSource]) -> Vec<(String, &'a str)> {
    let of = |source: &'a ThemeSource| source.templates.iter().map(|(name, text)| (full_name(source, name), text.as_str()));
    sources.iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests;
