//! The door of the tests that run the binary: a repository from a history script, a command with nothing of this machine
//! in it, and what came out.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;
use tickmark::{git::script, tree::MemoryTree};

/// A repository in a temporary folder.
pub struct Repo {
    folder: TempDir,
}

/// What a run of the binary said.
pub struct Run {
    /// Its exit code.
    pub code: i32,
    /// Data.
    pub out: String,
    /// Everything else.
    pub err: String,
}

impl Repo {
    /// A folder with nothing in it, not a repository.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A repository by a history script (`docs/formats.md`).
    pub fn from_script(text: &str) -> Self {
        let repo = Self::empty();
        script::replay(text, &MemoryTree::default(), &repo.path().join("r")).unwrap_or_else(|error| panic!("{error:#}"));
        repo
    }

    /// A plain clone of something, by git itself.
    pub fn clone_of(source: &Path) -> Self {
        let repo = Self::empty();
        let output = git_command(repo.path()).arg("clone").arg("-q").arg(source).arg("r").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        repo
    }

    /// The temporary folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The repository in it.
    pub fn dir(&self) -> PathBuf {
        self.path().join("r")
    }

    /// Runs the binary on the repository.
    pub fn run(&self, args: &[&str]) -> Run {
        let mut command = tickmark(self.path());
        command.arg("--repo").arg(self.dir()).args(args);
        run(command)
    }

    /// Runs git in the repository and gives its output.
    pub fn git(&self, args: &[&str]) -> String {
        let output = git_command(&self.dir()).args(args).output().unwrap();
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Writes a file in the working directory.
    pub fn write(&self, path: &str, text: &str) {
        let full = self.dir().join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, text).unwrap();
    }

    /// Commits everything at a fixed time by a fixed person.
    pub fn commit(&self, message: &str, time: &str) {
        self.git(&["add", "--all"]);
        let output = git_command(&self.dir())
            .args(["commit", "-q", "-m", message])
            .env("GIT_AUTHOR_DATE", time)
            .env("GIT_COMMITTER_DATE", time)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

impl Run {
    /// The output as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.out, self.err))
    }
}

/// The binary with nothing of this machine in its environment.
pub fn tickmark(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tickmark"));
    isolate(&mut command, folder);
    command
}

fn git_command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    isolate(&mut command, folder);
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "Test Person").env(format!("GIT_{who}_EMAIL"), "test@example.com");
    }
    command
}

fn isolate(command: &mut Command, folder: &Path) {
    command.current_dir(folder).env_clear();
    for name in ["PATH", "SYSTEMROOT", "LLVM_PROFILE_FILE"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command
        .env("HOME", folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_COUNT", "1")
        .env("GIT_CONFIG_KEY_0", "init.defaultBranch")
        .env("GIT_CONFIG_VALUE_0", "main");
}

/// Runs a command to its end.
pub fn run(mut command: Command) -> Run {
    let Output { status, stdout, stderr } = command.output().unwrap();
    Run {
        code: status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&stdout).into_owned(),
        err: String::from_utf8_lossy(&stderr).into_owned(),
    }
}

/// Every file below a folder: its path from there and its bytes, sorted.
pub fn files_below(folder: &Path) -> Vec<(String, Vec<u8>)> {
    fn collect(root: &Path, folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(root, &path, found);
            } else {
                found.push((path.strip_prefix(root).unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    collect(folder, folder, &mut found);
    found.sort();
    found
}

/// A file of real material that lies beside the project; `None`, said loudly, when it does not.
pub fn real_material(path: &str) -> Option<PathBuf> {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/real").join(path);
    if full.exists() {
        return Some(full);
    }
    eprintln!("NOT TESTED: the real material {path} does not lie beside the project");
    None
}
