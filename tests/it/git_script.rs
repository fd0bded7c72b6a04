//! History scripts against Git: the same commits each time, signatures that Git accepts, a clean working directory.

use tickmark::{date::GitTime, model::SignatureKind};

use crate::git_support::{Sandbox, everything};

const STORY: &str = "== commit 2026-01-05T10:00:00+01:00 dana
Add a record

Reviewed-by: Lee Park <lee@example.com>
-- content/a.md --
{sha256 content/b.txt}
-- content/b.txt --
b
-- keys --
{ssh-key dana}
== commit 2026-01-06T10:00:00-02:30 lee on side author dana
Not signed: lee has no key
-- content/b.txt --
bb
== commit 2026-01-06T12:00:00+01:00 dana unsigned
Not signed: left so
-- c.txt --
c
== merge 2026-01-07T10:00:00+01:00 dana side
Merge side
";

#[test]
fn two_replays_give_the_same_commits_here_and_everywhere() {
    let sandbox = Sandbox::new();
    let (one, two) = (sandbox.script("one", STORY), sandbox.script("two", STORY));
    assert_eq!(one, two);
    // Written down once: the same on every machine.
    assert_eq!(one.branches["main"].to_string(), "3a7504719a7e633a46404e22ff8c5e4e33281b4d");
    assert_eq!(sandbox.git("one", &["rev-parse", "HEAD"]).trim(), one.branches["main"].to_string());
    assert_eq!(sandbox.git("one", &["status", "--porcelain"]), "");
    assert_eq!(sandbox.git("one", &["fsck", "--strict"]), "");
    let times = sandbox.git("one", &["log", "--format=%aN %cN %cI", "-1", "side"]);
    assert_eq!(times.trim(), "Dana Ito Lee Park 2026-01-06T10:00:00-02:30");
}

#[test]
fn git_accepts_the_signatures() {
    let sandbox = Sandbox::new();
    let report = sandbox.script("r", STORY);
    std::fs::write(sandbox.path("signers"), format!("dana@example.com namespaces=\"git\" {}\n", report.keys["dana"])).expect("writes");
    let signers = format!("gpg.ssh.allowedSignersFile={}", sandbox.path("signers").display());
    let verify = |id: &str| sandbox.command("r", &["-c", &signers, "verify-commit", "-v", id]).output().expect("git runs");
    let history = sandbox.walk("r", &everything());
    let kinds: Vec<SignatureKind> = report
        .commits
        .iter()
        .map(|id| {
            let commit = history.commits.values().find(|commit| commit.id == *id).expect("every commit here changes something");
            assert_eq!(verify(&id.to_string()).status.success(), commit.signature == SignatureKind::Ssh, "{id}");
            commit.signature
        })
        .collect();
    assert_eq!(kinds, [SignatureKind::Ssh, SignatureKind::None, SignatureKind::None, SignatureKind::Ssh]);
    let key = std::fs::read_to_string(sandbox.path("r/keys")).expect("checked out");
    assert_eq!(key.trim(), report.keys["dana"]);
}

#[test]
fn times_and_actors_stay_as_recorded() {
    let sandbox = Sandbox::new();
    let report = sandbox.script("r", STORY);
    let history = sandbox.walk("r", &everything());
    let side = history.commits.values().find(|commit| commit.id == report.commits[1]).expect("kept");
    assert_eq!((side.author.name.as_str(), side.committer.name.as_str()), ("Dana Ito", "Lee Park"));
    assert_eq!(Some(side.committer.time), GitTime::parse("2026-01-06T10:00:00-02:30"));
    assert_eq!(side.author.recorded, None);
}
