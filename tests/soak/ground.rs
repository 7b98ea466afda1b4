//! The ground on which a mill stands: a disk that can run full, and a clock that can jump.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The size of the small disk: far more than the articles of an hour take.
const DISK: &str = "size=256m";

/// Directories of a run. What this machine cannot do is said once, on standard error.
pub struct Ground {
    dir: tempfile::TempDir,
    /// Whether `disk()` is a disk of its own.
    pub is_small: bool,
    /// The library that moves the clock of a process.
    faketime: Option<PathBuf>,
}

impl Ground {
    pub fn new() -> Ground {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("disk")).unwrap();
        fs::create_dir_all(dir.path().join("inbox")).unwrap();
        let is_small = Command::new("mount")
            .args(["-t", "tmpfs", "-o", DISK, "feedmill-soak"])
            .arg(dir.path().join("disk"))
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        let faketime = faketime();
        let ground = Ground { dir, is_small, faketime };
        ground.set_clock(0);
        let demanded = std::env::var_os("FEEDMILL_REQUIRE_READERS").is_some_and(|value| value == "1");
        for (is_there, left_out) in [
            (is_small, "the full disk, since mounting one needs root"),
            (ground.can_jump(), "the jumps of the clock, since libfaketime is not installed"),
        ] {
            if !is_there {
                assert!(!demanded, "cannot try {left_out}");
                // Written directly, since the test runner shows what passing tests print to nobody.
                let _ = std::io::stderr().write_all(format!("left out: {left_out}\n").as_bytes());
            }
        }
        ground
    }

    /// Where articles are written by people, on a disk that does not run full.
    pub fn inbox(&self) -> PathBuf {
        self.dir.path().join("inbox")
    }

    /// Where archive and feeds are.
    pub fn disk(&self) -> PathBuf {
        self.dir.path().join("disk")
    }

    /// Where the mill says what it does.
    pub fn log(&self) -> PathBuf {
        self.dir.path().join("mill.log")
    }

    /// Not a byte is left from now on.
    pub fn fill(&self) {
        let mut ballast = File::create(self.disk().join(".ballast")).unwrap();
        for size in [1 << 20, 1 << 12, 1] {
            let zeros = vec![0; size];
            while ballast.write_all(&zeros).is_ok() {}
        }
    }

    /// There is room again.
    pub fn empty(&self) {
        let _ = fs::remove_file(self.disk().join(".ballast"));
    }

    pub fn can_jump(&self) -> bool {
        self.faketime.is_some()
    }

    /// So many seconds stand between the clock of the mill and that of everybody else.
    pub fn set_clock(&self, seconds: i64) {
        let clock = self.dir.path().join("clock");
        let new = self.dir.path().join("clock.new");
        fs::write(&new, format!("{seconds:+}\n")).unwrap();
        fs::rename(new, clock).unwrap();
    }

    /// What a process needs to know to see that clock.
    pub fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        let Some(library) = &self.faketime else { return Vec::new() };
        vec![
            ("LD_PRELOAD", library.clone()),
            ("FAKETIME_TIMESTAMP_FILE", self.dir.path().join("clock")),
            ("FAKETIME_CACHE_DURATION", PathBuf::from("1")),
            // The steady clock is steady, and files have the times that they have.
            ("FAKETIME_DONT_FAKE_MONOTONIC", PathBuf::from("1")),
            ("NO_FAKE_STAT", PathBuf::from("1")),
            // Nothing that a killed process would leave behind.
            ("FAKETIME_DISABLE_SHM", PathBuf::from("1")),
        ]
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        if self.is_small {
            let _ = Command::new("umount").arg("-l").arg(self.disk()).status();
        }
    }
}

/// Debian's place for it.
fn faketime() -> Option<PathBuf> {
    let triples = fs::read_dir("/usr/lib").ok()?;
    let libraries = triples.filter_map(|triple| Some(triple.ok()?.path().join("faketime/libfaketimeMT.so.1")));
    libraries.into_iter().find(|library| Path::exists(library))
}
