//! Staging, swapping, refusing.

use std::process::Command;

use tempfile::TempDir;

use super::*;

fn build(out: &Path, files: &[(&str, &str)]) -> anyhow::Result<Emitted> {
    let writer = Writer::begin(out)?;
    for (path, text) in files {
        writer.put(path, text.as_bytes())?;
    }
    writer.finish()
}

fn read(out: &Path, path: &str) -> Option<String> {
    fs::read_to_string(out.join(path)).ok()
}

fn folder() -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a temporary folder");
    let out = folder.path().join("build/site");
    (folder, out)
}

#[test]
fn a_second_build_writes_what_changed_and_deletes_what_is_stale() {
    let (_folder, out) = folder();
    let first = build(&out, &[("index.html", "a"), ("x/y/old.html", "b"), ("x/same.html", "c")]).expect("builds");
    assert_eq!((first.written, first.unchanged, first.removed), (4, 0, 0));
    let time = |path: &str| fs::metadata(out.join(path)).and_then(|meta| meta.modified()).expect("a time");
    let before = time("x/same.html");
    let second = build(&out, &[("index.html", "aa"), ("x/same.html", "c"), ("new.html", "d")]).expect("builds");
    assert_eq!((second.written, second.unchanged, second.removed), (2, 2, 1));
    assert_eq!(time("x/same.html"), before);
    assert_eq!(read(&out, "index.html").as_deref(), Some("aa"));
    assert!(!out.join("x/y").exists());
    assert_eq!(second.files, [".tickmark-output", "index.html", "new.html", "x/same.html"]);
    let third = build(&out, &[("index.html", "aa"), ("x/same.html", "c"), ("new.html", "d")]).expect("builds");
    assert_eq!((third.written, third.unchanged, third.removed), (0, 4, 0));
    let left: Vec<_> =
        fs::read_dir(out.parent().expect("a parent")).expect("lists").map(|entry| entry.expect("an entry").file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("staging")), "{left:?}");
}

#[test]
fn the_list_is_what_sha256sum_checks() {
    let (_folder, out) = folder();
    build(&out, &[("b.html", "b"), ("a/ü x.html", "a")]).expect("builds");
    let sums = read(&out, SUMS).expect("a list");
    let names: Vec<&str> = sums.lines().map(|line| &line[66..]).collect();
    assert_eq!(names, [".tickmark-output", "a/ü x.html", "b.html"]);
    if let Ok(output) = Command::new("sha256sum").args(["--check", "--strict", "--quiet", SUMS]).current_dir(&out).output() {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn a_dropped_build_leaves_everything_as_it_was() {
    let (_folder, out) = folder();
    build(&out, &[("index.html", "a")]).expect("builds");
    let writer = Writer::begin(&out).expect("begins");
    writer.put("index.html", b"half").expect("puts");
    drop(writer);
    assert_eq!(read(&out, "index.html").as_deref(), Some("a"));
    assert_eq!(verify(&out).expect("verifies").differences, []);
}

#[test]
fn a_build_that_was_cut_off_is_mended() {
    let (_folder, out) = folder();
    build(&out, &[("index.html", "a"), ("old.html", "b")]).expect("builds");
    // As if the swap had ended after one file: same size, other bytes, and a file that only the new list knows.
    fs::write(out.join("index.html"), "x").expect("writes");
    fs::write(out.join("new.html"), "n").expect("writes");
    fs::write(out.join(NEXT_SUMS), format!("{}  index.html\n{}  new.html\n", sha256_hex(b"x"), sha256_hex(b"n"))).expect("writes");
    assert!(verify(&out).expect("verifies").unfinished);
    let emitted = build(&out, &[("index.html", "a")]).expect("builds");
    assert_eq!((emitted.written, emitted.removed), (2, 2));
    assert_eq!((read(&out, "index.html").as_deref(), read(&out, "new.html"), read(&out, NEXT_SUMS)), (Some("a"), None, None));
}

#[test]
fn a_first_build_that_was_cut_off_is_mended() {
    let (_folder, out) = folder();
    fs::create_dir_all(&out).expect("creates");
    fs::write(out.join("index.html"), "x").expect("writes");
    fs::write(out.join(NEXT_SUMS), format!("{}  index.html\n", sha256_hex(b"x"))).expect("writes");
    build(&out, &[("index.html", "a")]).expect("builds");
    assert_eq!(verify(&out).expect("verifies").differences, []);
}

#[test]
fn foreign_files_are_refused_and_never_touched() {
    let (_folder, out) = folder();
    fs::create_dir_all(&out).expect("creates");
    build(&out, &[("a.html", "a")]).expect("an empty folder is fine");
    fs::write(out.join("CNAME"), "trust.example.com").expect("writes");
    build(&out, &[("b.html", "b")]).expect("builds beside it");
    assert_eq!(read(&out, "CNAME").as_deref(), Some("trust.example.com"));
    let error = build(&out, &[("CNAME", "mine")]).expect_err("collides").to_string();
    assert!(error.contains("no build wrote it"), "{error}");

    let (_other, out) = folder();
    fs::create_dir_all(&out).expect("creates");
    fs::write(out.join("thesis.txt"), "years").expect("writes");
    fs::write(out.join(SUMS), format!("{}  thesis.txt\n", sha256_hex(b"years"))).expect("writes");
    let error = build(&out, &[("a.html", "a")]).expect_err("a list of somebody else's").to_string();
    assert!(error.contains("hint:"), "{error}");
    assert_eq!(read(&out, "thesis.txt").as_deref(), Some("years"));
}

#[test]
fn unsafe_and_colliding_paths_are_refused() {
    let (_folder, out) = folder();
    let writer = Writer::begin(&out).expect("begins");
    for path in [
        "",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a//b",
        "./a",
        "a\\b",
        "C:x",
        "a\nb",
        "a/.",
        "SHA256SUMS",
        "sha256sums.next",
        "a ",
        "b.",
        "x|y",
    ] {
        assert!(writer.put(path, b"x").is_err(), "{path:?}");
    }
    writer.put("a.html", b"x").expect("puts");
    assert!(writer.put("a.html", b"x").is_err());
    writer.put("A.html", b"x").expect("puts");
    assert!(writer.finish().expect_err("case").to_string().contains("one file on some disks"));
    assert!(build(&out, &[("a", "x"), ("a/b", "y")]).is_err());
}

#[test]
fn a_file_may_become_a_folder_and_back() {
    let (_folder, out) = folder();
    build(&out, &[("a", "x")]).expect("builds");
    build(&out, &[("a/b", "y"), ("a/c", "z")]).expect("a file became a folder");
    build(&out, &[("a", "x")]).expect("a folder became a file");
    assert_eq!(verify(&out).expect("verifies").differences, []);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_output_is_not_followed() {
    let (folder, out) = folder();
    build(&out, &[("a.html", "a")]).expect("builds");
    let elsewhere = folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).expect("creates");
    std::os::unix::fs::symlink(&elsewhere, out.join("x")).expect("links");
    assert!(build(&out, &[("x/b.html", "b")]).is_err());
    assert!(fs::read_dir(&elsewhere).expect("lists").next().is_none());
}

#[test]
fn two_builds_do_not_mix() {
    let (_folder, out) = folder();
    let first = Writer::begin(&out).expect("begins");
    assert!(Writer::begin(&out).expect_err("held").to_string().contains("another build"));
    drop(first);
    Writer::begin(&out).expect("free again");
}

#[test]
fn puts_from_many_threads_meet_in_one_build() {
    let (_folder, out) = folder();
    let writer = Writer::begin(&out).expect("begins");
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let writer = &writer;
            scope.spawn(move || (0..50).for_each(|n| writer.put(&format!("{thread}/{n}.html"), b"x").expect("puts")));
        }
    });
    assert_eq!(writer.finish().expect("finishes").written, 201);
}

#[test]
fn verify_names_what_differs() {
    let (_folder, out) = folder();
    build(&out, &[("a.html", "a"), ("b.html", "b"), ("c.html", "c")]).expect("builds");
    fs::write(out.join("a.html"), "A").expect("writes");
    fs::remove_file(out.join("b.html")).expect("deletes");
    fs::write(out.join("d.html"), "d").expect("writes");
    let verified = verify(&out).expect("verifies");
    let differences: Vec<(&str, &str)> = verified.differences.iter().map(|difference| (difference.path(), difference.word())).collect();
    assert_eq!(differences, [("a.html", "changed"), ("b.html", "missing"), ("d.html", "not listed")]);
    assert_eq!((verified.files, verified.digest.len()), (4, 64));
    let (_other, nowhere) = folder();
    assert!(verify(&nowhere).is_err());
}
