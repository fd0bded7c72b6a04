//! The second wall: whatever the Markdown passes let through by mistake, ammonia takes out.
//!
//! HTML that the gate knows tag by tag is what ammonia would write, and passes without the cost of a tree.
//! The lists name exactly what the passes write; anything else is a mistake there and falls here.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::Builder;

/// Removes everything that the passes of this folder do not write themselves.
pub(super) fn sanitize(html: String) -> String {
    if super::gate::knows(&html) { html } else { clean(&html) }
}

/// Parses the HTML and writes what is allowed of it.
pub(super) fn clean(html: &str) -> String {
    static WALL: LazyLock<Builder<'static>> = LazyLock::new(wall);
    WALL.clean(html).to_string()
}

/// The classes of a redline's blocks.
const REDLINE: &str = "rl-same rl-changed rl-added rl-removed rl-quote rl-item rl-depth-1 rl-depth-2 rl-depth-3 rl-depth-4";

fn wall() -> Builder<'static> {
    let set = |words: &'static str| words.split_ascii_whitespace().collect::<HashSet<_>>();
    let map = |entries: &[(&'static str, &'static str)]| entries.iter().map(|(tag, words)| (*tag, set(words))).collect::<HashMap<_, _>>();
    let mut wall = Builder::empty();
    wall.tags(set(
        "a blockquote br code del div em h1 h2 h3 h4 h5 h6 hr img ins li ol p pre span strong sup table tbody td th thead tr ul",
    ))
    .clean_content_tags(set("script style"))
    .url_schemes(set("http https mailto"))
    .link_rel(None)
    .tag_attributes(map(&[
        ("a", "href id title"),
        ("div", "id tabindex role aria-label"),
        ("h1", "id"),
        ("h2", "id"),
        ("h3", "id"),
        ("h4", "id"),
        ("h5", "id"),
        ("h6", "id"),
        ("img", "src alt title"),
        ("ol", "start"),
        ("th", "scope"),
    ]))
    .allowed_classes(map(&[
        ("code", "hl"),
        ("div", "table footnote"),
        ("h1", REDLINE),
        ("h2", REDLINE),
        ("h3", REDLINE),
        ("h4", REDLINE),
        ("h5", REDLINE),
        ("h6", REDLINE),
        ("hr", REDLINE),
        ("p", REDLINE),
        ("pre", "code rl-same rl-changed rl-added rl-removed rl-quote"),
        ("span", "task rl-address rl-struck"),
        ("tr", REDLINE),
        ("sup", "footnote-ref"),
        ("td", "align-left align-center align-right"),
        ("th", "align-left align-center align-right"),
    ]))
    .add_allowed_classes("span", super::highlight::CLASSES);
    wall
}
