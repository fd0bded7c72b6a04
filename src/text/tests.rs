//! Hostile texts, and what people write.

use proptest::prelude::*;

use super::*;

fn html(source: &str) -> String {
    markdown(source, &|link| Some(format!("site/{link}"))).html
}

/// What must never stand in rendered HTML, whatever went in. The check reads tags, not text: `&lt;script` is fine.
fn assert_harmless(html: &str) {
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or("").to_lowercase();
        let name: String = tag.chars().take_while(|c| c.is_alphanumeric() || *c == '/').collect();
        let known =
            "a blockquote br code del div em h1 h2 h3 h4 h5 h6 hr img ins li ol p pre span strong sup table tbody td th thead tr ul";
        assert!(known.split(' ').any(|known| known == name.trim_start_matches('/')), "tag <{tag}> in {html}");
        let attributes = &tag[name.len()..];
        let outside: String = attributes.split('"').step_by(2).collect();
        for attribute in outside.split_whitespace() {
            let attribute = attribute.trim_end_matches('=');
            assert!(
                ["href", "id", "class", "src", "alt", "title", "start", "scope", "tabindex", "role", "aria-label"].contains(&attribute),
                "{attribute} in <{tag}>"
            );
        }
        for (at, value) in attributes.split('"').enumerate().filter(|(at, _)| at % 2 == 1) {
            let before = attributes.split('"').nth(at - 1).unwrap_or("");
            if before.trim().ends_with("href=") || before.trim().ends_with("src=") {
                assert!(is_safe_address(&value.replace("&amp;", "&")), "{value} in <{tag}>");
            }
        }
    }
}

#[test]
fn hostile_markdown_is_shown_or_dropped() {
    let table = [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>x</p>\n"),
        ("[x](JaVaScRiPt:alert(1))", "<p>x</p>\n"),
        ("[x](&#106;avascript:alert(1))", "<p>x</p>\n"),
        ("[x](java&Tab;script:alert(1))", "<p>x</p>\n"),
        ("[x](<java\tscript:alert(1)>)", "<p>x</p>\n"),
        ("[x](&#1;javascript:alert(1))", "<p>x</p>\n"),
        ("[x](data:text/html;base64,PHN2Zz4=)", "<p>x</p>\n"),
        ("[x](vbscript:x)", "<p>x</p>\n"),
        ("[x](//evil.example/x)", "<p>x</p>\n"),
        ("[x](\\\\\\\\evil.example)", "<p>x</p>\n"),
        ("<javascript:alert(1)>", "<p>javascript:alert(1)</p>\n"),
        ("[x][r]\n\n[r]: javascript:alert(1)", "<p>x</p>\n"),
        ("![pixel](https://evil.example/p.gif)", "<p>pixel</p>\n"),
        ("![pixel](data:image/svg+xml,x)", "<p>pixel</p>\n"),
        ("# T {#id onclick=alert(1) .x}", "<h1 id=\"s-t-id-onclick-alert-1-x\">T {#id onclick=alert(1) .x}</h1>\n"),
        ("```\"><script>\nx\n```", "<pre class=\"code\"><code class=\"hl\">x\n</code></pre>\n"),
        (
            "[^\"onmouseover=x]\n\n[^\"onmouseover=x]: y",
            "<p><sup class=\"footnote-ref\"><a href=\"#s-note-1\" id=\"s-ref-1\">1</a></sup></p>\n<div class=\"footnote\" id=\"s-note-1\"><sup>1</sup> \n<p>y</p>\n</div>\n",
        ),
        ("[a](https://x.example \"t\\\" onclick=y\")", "<p><a href=\"https://x.example\" title=\"t&quot; onclick=y\">a</a></p>\n"),
    ];
    for (source, expected) in table {
        let html = html(source);
        assert_harmless(&html);
        assert_eq!(html, expected, "{source}");
    }
}

#[test]
fn the_link_map_is_asked_for_relative_links_only_and_checked() {
    let asked = std::sync::Mutex::new(Vec::new());
    let map = |link: &str| {
        asked.lock().expect("no panic while held").push(link.to_owned());
        (link == "bad.md").then(|| "javascript:alert(1)".to_owned()).or((link == "a.md").then(|| "../policies/a.html".to_owned()))
    };
    let html = markdown(
        "# Top\n[a](a.md) [b](bad.md) [c](none.md) [d](https://x.example/) [e](#top) [f](#nowhere) <me@x.example> ![i](a.md)",
        &map,
    )
    .html;
    assert_eq!(
        html,
        "<h1 id=\"s-top\">Top</h1>\n<p><a href=\"../policies/a.html\">a</a> b c <a href=\"https://x.example/\">d</a> <a href=\"#s-top\">e</a> f <a href=\"mailto:me@x.example\">me@x.example</a> <img src=\"../policies/a.html\" alt=\"i\"></p>\n"
    );
    assert_eq!(*asked.lock().expect("no panic while held"), ["a.md", "bad.md", "none.md", "a.md"]);
}

#[test]
fn tables_lists_and_code_keep_their_meaning_without_inline_style() {
    assert_eq!(
        html("| a | b |\n|---|--:|\n| 1 | 2 |"),
        "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"table\"><table><thead><tr><th scope=\"col\">a</th><th scope=\"col\" class=\"align-right\">b</th></tr></thead><tbody>\n<tr><td>1</td><td class=\"align-right\">2</td></tr>\n</tbody></table></div>\n"
    );
    assert_eq!(
        html("- [x] done\n- [ ] open"),
        "<ul>\n<li><span class=\"task\">☑</span> done</li>\n<li><span class=\"task\">☐</span> open</li>\n</ul>\n"
    );
    assert_eq!(html("\"quotes\" -- stay..."), "<p>\"quotes\" -- stay...</p>\n");
    assert!(html("```yaml\nid: AC-03 # c\n```").contains("<span class=\"hl-k\">id</span>: AC-03 <span class=\"hl-c\"># c</span>"));
}

#[test]
fn headings_are_unique_and_under_the_page() {
    let options = MarkdownOptions { anchors: "x-", top: Some(2), hide_comments: true };
    let rendered =
        markdown_with("# A\n## A\n# A 2\n# A\n###### `c` *d*\n<!-- note\nto self --> shown\n\nb <!-- n --> c", options, &|_| None);
    let anchors: Vec<(u8, &str)> = rendered.headings.iter().map(|heading| (heading.level, heading.anchor.as_str())).collect();
    assert_eq!(anchors, [(2, "x-a"), (3, "x-a-2"), (2, "x-a-2-2"), (2, "x-a-3"), (6, "x-c-d")]);
    assert!(rendered.html.ends_with("<p>shown</p>\n<p>b  c</p>\n"), "{}", rendered.html);
    assert!(html("b <!-- n --> c").contains("&lt;!-- n --&gt;"));
    let levels = |source| markdown_with(source, options, &|_| None).headings.iter().map(|heading| heading.level).collect::<Vec<_>>();
    assert_eq!(levels("### A\n#### B\n## C"), [3, 4, 2]);
    assert!(html("### A").starts_with("<h3"));
}

#[test]
fn titles_and_plain_text() {
    assert_eq!(without_title("# Access Control\n\nText", "Access  control"), "\nText");
    assert_eq!(without_title("# Other\nText", "Access control"), "# Other\nText");
    assert_eq!(plain_text("# A *b*\n\n- [c](d) `e`\n\n| f | g |\n|---|---|\n| h | i |"), "A b c e f g h i");
    assert!(
        html("---\ntitle: x\n---\n# A")
            .starts_with("<pre class=\"code\"><code class=\"hl\"><span class=\"hl-k\">title</span>: x</code></pre>\n<h1")
    );
    assert_eq!(slug("Wer prüft? – §5.10"), "wer-prüft-5-10");
    assert_eq!(slug("…"), "untitled");
}

#[test]
fn data_is_highlighted_well() {
    assert_eq!(
        highlight("id: AC-03\nkey: true\ncount: 3\nquery: 'a' # why\n", "yaml"),
        "<span class=\"hl-k\">id</span>: AC-03\n<span class=\"hl-k\">key</span>: <span class=\"hl-l\">true</span>\n<span class=\"hl-k\">count</span>: <span class=\"hl-n\">3</span>\n<span class=\"hl-k\">query</span>: <span class=\"hl-s\">'a'</span> <span class=\"hl-c\"># why</span>\n"
    );
    assert_eq!(
        highlight("{\"a\": [\"b\", 1, null]}", "json"),
        "{<span class=\"hl-k\">\"a\"</span>: [<span class=\"hl-s\">\"b\"</span>, <span class=\"hl-n\">1</span>, <span class=\"hl-l\">null</span>]}"
    );
    let classes = |text: &str| {
        let html = highlight(text, "yaml");
        html.split("<span class=\"hl-")
            .skip(1)
            .map(|part| part.split("</span>").next().unwrap_or("").replace("\">", "="))
            .collect::<Vec<_>>()
    };
    assert_eq!(classes("- {id: dana, from: 2025-01-01, n: -3}"), ["k=id", "k=from", "k=n", "n=-3"]);
    assert_eq!(classes("a: it's # not\nb: x#y\nc: http://x.example\n"), ["k=a", "c=# not", "k=b", "k=c"]);
    assert_eq!(classes("notes: |\n  key: no # no\n\n  more\nnext: >-\n  x: y\nend: 1"), ["k=notes", "k=next", "k=end", "n=1"]);
    assert_eq!(classes("\"a b\": 'it''s'\n\"open"), ["k=\"a b\"", "s='it''s'\n\"open"]);
    assert_eq!(highlight("fn main() {}", "rs"), "<span class=\"hl-w\">fn</span> <span class=\"hl-f\">main</span>() {}");
    assert_eq!(highlight("<a>&", "nothing"), "&lt;a&gt;&amp;");
    assert_eq!(highlight(&"a: b\n".repeat(60_000), "yaml").len(), 300_000);
    assert!(highlight_css().contains("prefers-color-scheme: dark"));
}

#[test]
fn a_redline_shows_words_inside_blocks() {
    let before = "# Access\n\nAccess is reviewed every quarter by the owner.\n\n1. One\n2. Two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nGone for good.\n";
    let after = "# Access\n\nAccess is reviewed\nevery year by the owner.\n\n1. Zero *new* thing\n1. One\n2. Two\n\n| a | b |\n|---|---|\n| 1 | 3 |\n";
    assert_eq!(
        redline(before, after),
        "<h3 class=\"rl-same\">Access</h3>\n<p class=\"rl-changed\">Access is reviewed every <del>quarter</del><ins>year</ins> by the owner.</p>\n<p class=\"rl-added rl-item rl-depth-1\">1. <ins>Zero <em>new</em> thing</ins></p>\n<p class=\"rl-same rl-item rl-depth-1\">2. One</p>\n<p class=\"rl-same rl-item rl-depth-1\">3. Two</p>\n<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"table\"><table><tbody>\n<tr class=\"rl-same\"><th>a</th><th>b</th></tr>\n<tr class=\"rl-changed\"><td>1</td><td><del>2</del><ins>3</ins></td></tr>\n</tbody></table></div>\n<p class=\"rl-removed\"><del>Gone for good.</del></p>\n"
    );
    assert!(redline("see [x](a.md)", "see [x](b.md)").contains("(</span><del><span class=\"rl-address\">a</span></del><ins>"));
    assert!(redline("a *b* c", "a b c").contains("<del><em>b</em></del><ins>b</ins>"));
    assert!(redline("x <script>1</script>", "x <script>2</script>").contains("&lt;script&gt;"));
    assert_eq!(redline("same\ntext", "same text"), "<p class=\"rl-same\">same text</p>\n");
}

#[test]
fn what_people_write_passes_the_gate() {
    let text = "# A\n\nA *b* **c** `d` [e](e.md) <https://x.example/?a=1>\\\nf\n\n- g\n\n  > h\n  1. i\n\n|j|k|\n|-|-:|\n|l|m|\n\n```yaml\nn: 'o' # p\n```\n\n---\n\n![q](q.png) [^1] \"r\" & s\n\n[^1]: t\n";
    let rendered = html(text);
    assert!(gate::knows(&rendered), "{rendered}");
    assert_eq!(sanitize::clean(&rendered), rendered);
    let compared = redline(text, &text.replace("g", "**u** v").replace("l|m", "l|w"));
    assert!(gate::knows(&compared), "{compared}");
    assert_eq!(sanitize::clean(&compared), compared);
    for hostile in [
        "<script>a</script>",
        "<p onclick=\"a\">b</p>",
        "<p class=\"x\">b</p>",
        "<a href=\"javascript:a\">b</a>",
        "<p>a",
        "<p>a</b></p>",
        "a",
        "<p>a > b</p>",
        "<p><p>a</p></p>",
        "<p><a href=\"a\"><em><a href=\"b\">c</a></em></a></p>",
        "<p style=\"a\">b</p>",
        "<p id=\"a\">b</p>",
        "<P>a</P>",
        "<p >a</p>",
        "<p><img src=\"a\" onerror=\"b\"></p>",
        "<p><img src=\"a\"/></p>",
        "<!-- a -->",
        "<p>&nbsp;</p>",
        "<svg></svg>",
        "<p><br/></p>",
    ] {
        assert!(!gate::knows(hostile), "{hostile}");
    }
}

#[test]
fn long_redlines_end() {
    let text = |word: &str| (0..3_000).map(|n| format!("{word}{n} {word}{} and so on\n\n", n * 7)).collect::<String>();
    assert!(redline(&text("a"), &text("b")).contains("<ins>"));
    let line = |word: &str| (0..20_000).map(|n| format!("{word}{n} same ")).collect::<String>();
    assert!(redline(&line("a"), &line("b")).contains("<ins>"));
}

fn markup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<script>"),
        Just("</script>"),
        Just("<img src=x onerror=a>"),
        Just("javascript:"),
        Just("](javascript:a)"),
        Just("[a"),
        Just("!["),
        Just("](data:x)"),
        Just("](https://e.example/\"onx=1)"),
        Just("|"),
        Just("\n"),
        Just("\n\n"),
        Just("# "),
        Just("- "),
        Just("> "),
        Just("```"),
        Just("`"),
        Just("*"),
        Just("<"),
        Just(">"),
        Just("\""),
        Just("'"),
        Just("&#106;"),
        Just("&lt;"),
        Just("<!--"),
        Just("-->"),
        Just("|-|:-:|\n"),
        Just("[^1]"),
        Just("[^1]: "),
        Just("<svg/onload=a>"),
        Just("style="),
        Just("\t"),
        Just("\u{0}"),
        Just("1. "),
        Just("<a href=x>"),
        Just("~~"),
        Just("<![CDATA["),
        Just("]]>"),
        Just("<?x"),
        Just("<math><mtext>"),
        Just("---\n"),
        Just("(x.md)"),
        Just("word "),
    ];
    prop::collection::vec(prop_oneof![4 => piece.prop_map(str::to_owned), 1 => ".{0,8}"], 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_gives_harmless_html(source in markup(), other in markup()) {
        let rendered = html(&source);
        assert_harmless(&rendered);
        prop_assert_eq!(sanitize::clean(&rendered), rendered);
        let compared = redline(&source, &other);
        assert_harmless(&compared);
        prop_assert_eq!(sanitize::clean(&compared), compared);
    }

    #[test]
    fn any_text_is_highlighted_as_itself(text in markup(), language in prop_oneof![Just("yaml"), Just("json"), Just("html"), Just("sh")]) {
        let html = highlight(&text, language);
        let bare: String = html.split('<').enumerate().map(|(at, part)| if at == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) }).collect();
        prop_assert_eq!(bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"), text);
    }
}
