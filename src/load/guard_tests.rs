//! Hostile and broken texts at the guard: each is refused by its code, quickly, and never crashes.

use super::*;

fn codes(text: &str) -> Vec<&'static str> {
    guard(text, 0).problems.iter().map(|problem| problem.code.name).collect()
}

#[test]
fn what_could_mean_two_things_is_refused_by_name() {
    for (text, code) in [
        ("a: &x 1\nb: *x\n", "yaml-alias"),
        ("a: !ruby/object x\n", "yaml-tag"),
        ("a: 1\n---\nb: 2\n", "yaml-documents"),
        ("a: 1\na: 2\n", "duplicate-key"),
        ("[a]: 1\n", "yaml-key"),
        ("a: [1\n", "yaml-syntax"),
    ] {
        assert!(codes(text).contains(&code), "{text:?}: {:?}", codes(text));
    }
}

#[test]
fn hostile_texts_are_refused() {
    let laughs = (1..20).fold("a0: &a0 [x]\n".to_owned(), |text, at| text + &format!("a{at}: &a{at} [*a{0}, *a{0}, *a{0}]\n", at - 1));
    for text in
        ["{a: ".repeat(50_000), "[".repeat(100_000), "- ".repeat(100_000), laughs, "a: ".to_owned() + &"x".repeat(Limits::RECORDS.bytes)]
    {
        assert!(!guard(&text, 0).usable, "{}", &text[..20]);
    }
}

#[test]
fn both_places_of_a_repeated_key_are_named() {
    let guarded = guard("id: a\nowner: b\nid: c\n", 10);
    let [problem] = guarded.problems.as_slice() else { panic!("{:?}", guarded.problems) };
    assert_eq!((problem.span.start, problem.also.map(|span| span.start)), (10 + 15, Some(10)));
    assert_eq!(guarded.root.and_then(|root| root.get("id").and_then(Node::text).map(str::to_owned)).as_deref(), Some("a"));
}

#[test]
fn aliases_of_other_tools_are_written_out_within_bounds() {
    let read = |text: &str| guard_within(text, 0, Limits::CATALOGUE);
    let guarded = read("a: &x ['Yes', 'No']\nb: *x\nc: {d: *x}\n");
    assert!(guarded.usable, "{:?}", guarded.problems);
    assert_eq!(guarded.root.unwrap().find(&["c", "d", "1"]).and_then(Node::text), Some("No"));
    let laughs = (1..20).fold("a0: &a0 [x]\n".to_owned(), |text, at| text + &format!("a{at}: &a{at} [*a{0}, *a{0}, *a{0}]\n", at - 1));
    let wide = format!("a: &x '{}'\nb: [{}]\n", "x".repeat(100_000), "*x, ".repeat(100_000));
    let deep = (1..40).fold("a0: &a0 [x]\n".to_owned(), |text, at| text + &format!("a{at}: &a{at} [*a{}]\n", at - 1));
    for text in [laughs.as_str(), &wide, &deep, "a: &x [*x]\n", "a: *nobody\n", "a: &x {b: c}\nd: {<<: *x}\n"] {
        assert!(!read(text).usable, "{}", &text[..10]);
    }
}
