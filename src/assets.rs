//! What the binary carries: built-in frameworks, the starter programme, the example company, the default theme.
//!
//! The only door to rust-embed. In debug builds the files are read from the source tree, which helps work on themes.

use std::borrow::Cow;

use rust_embed::Embed;

/// Built-in frameworks and the starter controls.
#[derive(Embed)]
#[folder = "controls"]
#[prefix = "controls/"]
struct Controls;

/// The starter programme's documents.
#[derive(Embed)]
#[folder = "content"]
#[prefix = "content/"]
struct Content;

/// The example company.
#[derive(Embed)]
#[folder = "demo"]
#[prefix = "demo/"]
struct Demo;

/// Themes.
#[derive(Embed)]
#[folder = "themes"]
#[prefix = "themes/"]
struct Themes;

/// A file's bytes by its path from the project's root (`themes/default/base.html`); `None` when there is none.
pub fn read(path: &str) -> Option<Cow<'static, [u8]>> {
    [Controls::get, Content::get, Demo::get, Themes::get].iter().find_map(|get| get(path)).map(|file| file.data)
}

/// A text file by its path; `None` when there is none or it is not UTF-8.
pub fn read_text(path: &str) -> Option<String> {
    read(path).and_then(|bytes| String::from_utf8(bytes.into_owned()).ok())
}

/// The paths below a folder (given without a trailing slash), sorted.
pub fn list(folder: &str) -> Vec<String> {
    let prefix = format!("{folder}/");
    let all = Controls::iter().chain(Content::iter()).chain(Demo::iter()).chain(Themes::iter());
    let mut paths: Vec<String> = all.filter(|path| path.starts_with(&prefix)).map(Cow::into_owned).collect();
    paths.sort();
    paths
}
