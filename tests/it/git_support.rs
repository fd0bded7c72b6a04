//! A sandbox for repositories: Git itself with nothing of the machine's configuration, and histories from scripts.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tickmark::{
    git::{At, Repository, ScriptReport, Tip, Wanted, open, script::replay},
    model::{CommitIx, FileState, History},
    tree::MemoryTree,
};

/// People of the scripts in these tests.
pub const PEOPLE: &str = "person dana \"Dana Ito\" dana@example.com signs\nperson lee \"Lee Park\" lee@example.com\n";

/// A temporary folder in which Git runs alone.
pub struct Sandbox {
    dir: tempfile::TempDir,
}

impl Sandbox {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a temporary folder") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Replays a script (without its people) into a folder.
    pub fn script(&self, name: &str, script: &str) -> ScriptReport {
        replay(&format!("{PEOPLE}\n{script}"), &MemoryTree::default(), &self.path(name)).expect("the script replays")
    }

    /// A Git command in a folder of the sandbox, with fixed people and times.
    pub fn command(&self, folder: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.current_dir(self.path(folder)).args(arguments).env_remove("GIT_DIR").env_remove("GIT_WORK_TREE");
        for (key, value) in [
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_AUTHOR_NAME", "Kim Ro"),
            ("GIT_AUTHOR_EMAIL", "kim@example.com"),
            ("GIT_AUTHOR_DATE", "1767600000 +0100"),
            ("GIT_COMMITTER_NAME", "Kim Ro"),
            ("GIT_COMMITTER_EMAIL", "kim@example.com"),
            ("GIT_COMMITTER_DATE", "1767600000 +0100"),
            ("GIT_NO_LAZY_FETCH", "1"),
            ("LC_ALL", "C"),
            ("TZ", "UTC"),
        ] {
            command.env(key, value);
        }
        command.env("HOME", self.dir.path());
        command
    }

    /// Runs Git and gives what it prints; anything but success fails the test.
    pub fn git(&self, folder: &str, arguments: &[&str]) -> String {
        let output = self.command(folder, arguments).output().expect("git runs");
        text(&output, arguments)
    }

    /// Runs Git with something on its standard input.
    pub fn feed(&self, folder: &str, arguments: &[&str], input: &[u8]) -> String {
        use std::{io::Write, process::Stdio};
        let mut command = self.command(folder, arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("git runs");
        child.stdin.take().expect("a pipe").write_all(input).expect("writes");
        text(&child.wait_with_output().expect("ends"), arguments)
    }

    /// Writes an object of a kind as it stands, whatever Git thinks of it, and gives its id.
    pub fn object(&self, folder: &str, kind: &str, bytes: &[u8]) -> String {
        self.feed(folder, &["hash-object", "-t", kind, "-w", "--stdin", "--literally"], bytes).trim().to_owned()
    }

    pub fn open(&self, folder: &str) -> Repository {
        open(&self.path(folder)).expect("opens").repository.expect("a repository")
    }

    /// Walks the checked-out branch.
    pub fn walk(&self, folder: &str, wanted: &Wanted) -> History {
        walk(&self.open(folder), wanted)
    }
}

fn text(output: &Output, arguments: &[&str]) -> String {
    assert!(output.status.success(), "git {arguments:?} failed: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Everything in the repository.
pub fn everything() -> Wanted {
    Wanted { folders: vec![String::new()], ..Wanted::default() }
}

/// Some folders or files.
pub fn only(paths: &[&str]) -> Wanted {
    Wanted { folders: paths.iter().map(|path| (*path).to_owned()).collect(), ..Wanted::default() }
}

pub fn walk(repository: &Repository, wanted: &Wanted) -> History {
    repository.walk(&tip(repository), wanted, &|_, _| {}).expect("walks")
}

pub fn tip(repository: &Repository) -> Tip {
    repository.resolve(At::Branch(None)).expect("resolves").expect("a commit")
}

/// One change as text, so that a difference reads well: commit, path, before, after.
pub type Event = (String, String, String, String);

pub fn event(history: &History, commit: CommitIx, path: &str, before: Option<FileState>, after: Option<FileState>) -> Event {
    let state = |state: Option<FileState>| state.map_or("-".to_owned(), |state| format!("{:06o} {}", state.mode, state.blob));
    (history.node(commit).id.to_string(), path.to_owned(), state(before), state(after))
}

/// Our changes, sorted.
pub fn changes(history: &History) -> Vec<Event> {
    let mut events: Vec<Event> =
        history.changes.iter().map(|change| event(history, change.commit, change.path.as_str(), change.before, change.after)).collect();
    events.sort();
    events
}

/// Our landings, sorted.
pub fn landings(history: &History) -> Vec<Event> {
    let mut events: Vec<Event> = history
        .landings
        .iter()
        .map(|landing| event(history, landing.commit, landing.path.as_str(), landing.before, landing.after))
        .collect();
    events.sort();
    events
}

/// The events of `git log --raw --no-abbrev --format=commit:%H`, sorted. A merge's line names every parent's state.
pub fn events_of_git(log: &str) -> Vec<Event> {
    let mut commit = "";
    let mut events = Vec::new();
    for line in log.lines() {
        if let Some(id) = line.strip_prefix("commit:") {
            commit = id;
        } else if line.starts_with(':') {
            let parents = line.bytes().take_while(|byte| *byte == b':').count();
            let (states, path) = line[parents..].split_once('\t').expect("a path after a tab");
            let words: Vec<&str> = states.split(' ').collect();
            let state = |at: usize| match words[at] {
                "000000" => "-".to_owned(),
                mode => format!("{mode} {}", words[parents + 1 + at]),
            };
            events.push((commit.to_owned(), path.to_owned(), state(0), state(parents)));
        }
    }
    events.sort();
    events
}

/// A file of real data (`real/NAME`) in the folder named by `TICKMARK_REAL_DATA`, or in a folder beside the project.
#[expect(clippy::disallowed_methods, reason = "tests are told by the environment where real data lies")]
pub fn real_data(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).parent().and_then(|parent| std::fs::read_dir(parent).ok());
    let mut places: Vec<PathBuf> = beside.into_iter().flatten().flatten().map(|item| item.path().join("real")).collect();
    places.sort();
    places.splice(0..0, std::env::var_os("TICKMARK_REAL_DATA").map(PathBuf::from));
    places.into_iter().map(|place| place.join(name)).find(|file| file.exists())
}
