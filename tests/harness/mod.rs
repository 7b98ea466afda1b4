//! A project in a temporary directory, and a shell to work in it.
//!
//! Tests written with it read like a session at a terminal. Expected text stands inline and updates itself:
//! `UPDATE_EXPECT=1 cargo test`.

#![allow(dead_code, unused_imports, reason = "every test binary uses a part of it")]

pub mod server;

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use expect_test::Expect;

/// The repository that the tests belong to.
pub const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

/// A temporary directory, removed at the end.
pub struct Project {
    dir: tempfile::TempDir,
    zone: &'static str,
    locale: &'static str,
}

impl Project {
    /// An empty directory.
    pub fn empty() -> Project {
        Project { dir: tempfile::tempdir().unwrap(), zone: "UTC", locale: "C" }
    }

    /// A directory with a configuration that reads `inbox/` and knows its address.
    pub fn new() -> Project {
        Project::with_config(
            "[site]\ntitle = \"Test\"\nurl = \"https://test.example/\"\n\n[[source]]\npath = \"inbox\"\n",
        )
    }

    /// A directory with that configuration.
    pub fn with_config(config: &str) -> Project {
        let project = Project::empty();
        project.file("feedmill.toml", config);
        project
    }

    /// A copy of the repository's sample: its configuration and its articles.
    pub fn sample() -> Project {
        let project = Project::empty();
        let from = Path::new(REPOSITORY);
        project.file("feedmill.toml", std::fs::read(from.join("feedmill.toml")).unwrap());
        copy_tree(&from.join("examples/articles"), &project.path("examples/articles"));
        project
    }

    /// The same project as seen by a process in another time zone and locale.
    pub fn in_zone(mut self, zone: &'static str, locale: &'static str) -> Project {
        (self.zone, self.locale) = (zone, locale);
        self
    }

    /// The project's directory.
    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    /// A path in the project.
    pub fn path(&self, below: &str) -> PathBuf {
        self.dir.path().join(below)
    }

    /// Writes a file, and the directories that it stands in.
    pub fn file(&self, below: &str, bytes: impl AsRef<[u8]>) -> &Project {
        let path = self.path(below);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    /// The text of a file.
    pub fn read(&self, below: &str) -> String {
        std::fs::read_to_string(self.path(below)).unwrap_or_else(|err| panic!("{below}: {err}"))
    }

    /// Every file below a directory of the project: its path below it, its bytes; sorted by path.
    pub fn tree(&self, below: &str) -> Vec<(String, Vec<u8>)> {
        tree(&self.path(below))
    }

    /// Runs `feedmill` with arguments separated by blanks.
    pub fn run(&self, arguments: &str) -> Ran {
        self.run_args(arguments.split_whitespace())
    }

    /// Runs `feedmill` with these arguments.
    pub fn run_args(&self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Ran {
        self.run_with(arguments, b"")
    }

    /// Runs `feedmill` with these arguments and this standard input.
    pub fn run_with(&self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>, input: &[u8]) -> Ran {
        let arguments: Vec<std::ffi::OsString> = arguments.into_iter().map(|a| a.as_ref().to_owned()).collect();
        let mut child = self
            .command()
            .args(&arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A child that has failed already has closed its input: that is its answer, and not our error.
        let _ = child.stdin.take().unwrap().write_all(input);
        let out = child.wait_with_output().unwrap();
        let shown: Vec<String> = arguments.iter().map(|a| a.to_string_lossy().into_owned()).collect();
        Ran {
            command: format!("feedmill {}", shown.join(" ")),
            code: out.status.code(),
            stdout: self.anonymous(&out.stdout),
            stderr: self.anonymous(&out.stderr),
        }
    }

    /// The program, in this project's directory, with nothing of the tester's environment that could matter.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_feedmill"));
        command
            .current_dir(self.root())
            .env_clear()
            .env("TZ", self.zone)
            .env("LANG", self.locale)
            .env("LC_ALL", self.locale)
            .env("HOME", self.root());
        command
    }

    fn anonymous(&self, bytes: &[u8]) -> String {
        let text = String::from_utf8_lossy(bytes);
        let real = self.root().canonicalize().unwrap();
        text.replace(real.to_str().unwrap(), "[project]").replace(self.root().to_str().unwrap(), "[project]")
    }
}

/// What a command did.
pub struct Ran {
    command: String,
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// It did all of it.
    #[track_caller]
    pub fn done(self) -> Ran {
        self.exits(0)
    }

    /// It ended with this code.
    #[track_caller]
    pub fn exits(self, code: i32) -> Ran {
        assert_eq!(self.code, Some(code), "{}", self.session());
        self
    }

    /// Standard output and standard error are this.
    #[track_caller]
    pub fn says(self, expected: Expect) -> Ran {
        expected.assert_eq(&self.session());
        self
    }

    /// Both outputs hold this piece of text somewhere.
    #[track_caller]
    pub fn mentions(self, piece: &str) -> Ran {
        let session = self.session();
        assert!(session.contains(piece), "{piece:?} is not in:\n{session}");
        self
    }

    /// Standard output, one JSON value.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|err| panic!("{err}\n{}", self.session()))
    }

    /// Standard output, one JSON value a line.
    #[track_caller]
    pub fn json_lines(&self) -> Vec<serde_json::Value> {
        self.stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|err| panic!("{err}\n{line}")))
            .collect()
    }

    /// The command, what it wrote, and how it ended, as a terminal shows it.
    fn session(&self) -> String {
        let mut shown = format!("$ {}\n", self.command);
        for line in self.stdout.lines().chain(self.stderr.lines()) {
            // Blanks at the end of a line cannot be seen, and expected texts are better off without them.
            shown.push_str(line.trim_end());
            shown.push('\n');
        }
        if self.code != Some(0) {
            shown.push_str(&match self.code {
                Some(code) => format!("[exit {code}]\n"),
                None => "[killed by a signal]\n".to_owned(),
            });
        }
        shown
    }
}

/// Every file below a directory: its path below it, its bytes; sorted by path.
pub fn tree(root: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(&dir).unwrap_or_else(|err| panic!("{}: {err}", dir.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                files.push((name, std::fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

fn copy_tree(from: &Path, to: &Path) {
    for (name, bytes) in tree(from) {
        let path = to.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}
