//! Layers, escaping, filters and errors.

use serde::Serialize;

use super::*;

#[derive(Serialize)]
struct Page {
    title: &'static str,
    html: &'static str,
    count: u32,
    day: &'static str,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    id: &'static str,
}

fn page() -> Page {
    Page { title: "<A> & \"b\"", html: "<b>c</b>", count: 12_345, day: "2026-03-01T09:00:00+01:00", items: vec![Item { id: "AC-03" }] }
}

fn source(name: &str, templates: &[(&str, &str)]) -> ThemeSource {
    ThemeSource {
        name: name.to_owned(),
        templates: templates.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
    }
}

fn render(template: &str) -> anyhow::Result<String> {
    Renderer::new(vec![source("default", &[("a.html", template)])])?.render("a.html", &page())
}

#[test]
fn everything_is_escaped_and_one_filter_is_not() {
    let html = render("<p title=\"{{ title }}\">{{ html }}{{ html | safe_html }}</p>").expect("renders");
    assert_eq!(html, "<p title=\"&lt;A&gt; &amp; &quot;b&quot;\">&lt;b&gt;c&lt;/b&gt;<b>c</b></p>");
    assert!(render("{{ html | safe }}").expect_err("one word for it").to_string().contains("safe_html"));
}

#[test]
fn filters_write_for_people() {
    let cases = [
        ("{{ day | date }}", "2026-03-01"),
        ("{{ day | long_date }}", "1 March 2026"),
        ("{{ count | number }}", "12,345"),
        ("{{ -1 | number }}", "−1"),
        ("{{ count | plural(one=\"commit\", many=\"commits\") }}", "12,345 commits"),
        ("{{ 1 | plural(one=\"commit\", many=\"commits\") }}", "1 commit"),
        ("{{ \"AC 03\" | slug }}", "ac-03"),
    ];
    for (template, expected) in cases {
        assert_eq!(render(template).expect("renders"), expected, "{template}");
    }
    assert!(render("{{ title | date }}").is_err());
}

#[test]
fn the_first_layer_counts_and_can_extend_what_it_replaces() {
    let own = source("site", &[("base.html", "{% extends \"@default/base.html\" %}{% block main %}own, {{ super() }}{% endblock %}")]);
    let default = source(
        "default",
        &[
            ("base.html", "[{% block main %}base{% endblock %}]"),
            ("page.html", "{% extends \"base.html\" %}{% block main %}page, {{ super() }}{% endblock %}"),
        ],
    );
    let renderer = Renderer::new(vec![own, default.clone()]).expect("parses");
    assert_eq!(renderer.render("page.html", &page()).expect("renders"), "[page, own, base]");
    let plain = Renderer::new(vec![default]).expect("parses");
    assert_eq!(plain.render("page.html", &page()).expect("renders"), "[page, base]");
}

#[test]
fn errors_name_template_line_and_variables() {
    let error = render("one\n{{ titel }}").expect_err("no such variable").to_string();
    assert!(error.contains("@default/a.html, line 2, column 4") && error.contains("titel"), "{error}");
    assert!(error.contains("count, day, html, items [{id}], title"), "{error}");
    let error = render("{% for item in items %}\n{{ item.name }}{% endfor %}").expect_err("no such field").to_string();
    assert!(error.contains("line 2") && error.contains("name"), "{error}");
    let renderer = Renderer::new(vec![source("default", &[])]).expect("an empty theme");
    assert!(renderer.render("b.html", &page()).expect_err("no template").to_string().contains("there is no such template"));
}

#[test]
fn a_theme_is_checked_as_a_whole() {
    let theme = source("acme", &[("a.html", "{% if %}"), ("b.html", "\n\n{{ x | }}"), ("c.txt", "")]);
    let problems: Vec<String> = check(&[theme.clone(), source("acme", &[])]).iter().map(ToString::to_string).collect();
    assert_eq!(problems.len(), 4, "{problems:?}");
    assert!(problems[0].starts_with("@acme/a.html, line 1"), "{problems:?}");
    assert!(problems[1].starts_with("@acme/b.html, line 3"), "{problems:?}");
    for (template, word) in
        [("{{ x | shout }}", "shout"), ("{% extends \"nowhere.html\" %}", "nowhere.html"), ("{% include \"gone.html\" %}", "gone.html")]
    {
        let problems = check(&[source("acme", &[("a.html", template)])]);
        assert!(problems.len() == 1 && problems[0].message.contains(word), "{problems:?}");
    }
    assert!(Renderer::new(vec![theme]).is_err());
}

#[test]
fn variables_are_known() {
    let renderer = Renderer::new(vec![source("default", &[("a.html", "{{ title }}{% for item in items %}{{ item.id }}{% endfor %}")])])
        .expect("parses");
    assert_eq!(renderer.variables("a.html").expect("there").into_iter().collect::<Vec<_>>(), ["items", "title"]);
}
