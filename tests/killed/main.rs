//! SIGKILL at any moment: the next run finishes the job, with nothing lost, doubled or half-written.

#![cfg(unix)]

#[path = "../harness/mod.rs"]
mod harness;

mod campaign;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How many times a run is killed.
const KILLS: u32 = 50;
const ARTICLES: u32 = 300;

#[test]
fn a_killed_build_is_finished_by_the_next() {
    let undisturbed = project();
    let start = Instant::now();
    assert!(build(undisturbed.path()).wait().unwrap().success());
    let duration = start.elapsed();
    let expected = outcome(undisturbed.path());
    assert_eq!(expected.keys().filter(|path| path.starts_with("archive/2")).count(), ARTICLES as usize);

    let mut hit = 0;
    for kill in 0..KILLS {
        let project = project();
        let mut child = build(project.path());
        // Spread over the whole run, and a little beyond, since this machine may be slower now than before.
        std::thread::sleep(duration * kill / KILLS + Duration::from_micros(u64::from(kill) * 137 % 1000));
        let _ = child.kill();
        hit += u32::from(!child.wait().unwrap().success());
        for (path, bytes) in outcome(project.path()) {
            let whole = expected.get(&path).is_some_and(|expected| *expected == bytes);
            assert!(
                whole,
                "after kill {kill}, {path} is neither absent nor whole:\n{}",
                String::from_utf8_lossy(&bytes)
            );
        }
        assert!(build(project.path()).wait().unwrap().success(), "the run after kill {kill}");
        let after = outcome(project.path());
        assert_eq!(after.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "after kill {kill}");
        assert!(after == expected, "after kill {kill}, some file has other bytes");
    }
    assert!(hit > KILLS / 4, "only {hit} of {KILLS} runs were killed before their end: the test proves little");
}

fn project() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let inbox = dir.path().join("in");
    fs::create_dir(&inbox).unwrap();
    for n in 0..ARTICLES {
        let text = format!(
            " date 2023-{:02}-{:02} Article {n} of the harbour.\n\n{}\n",
            n % 12 + 1,
            n % 28 + 1,
            "Text. ".repeat(200)
        );
        fs::write(inbox.join(format!("{n}.txt")), text).unwrap();
    }
    let config = "[site]\ntitle = \"Ledger\"\nurl = \"https://ledger.example/\"\n\n[[source]]\npath = \"in\"\n";
    fs::write(dir.path().join("feedmill.toml"), config).unwrap();
    dir
}

fn build(dir: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_feedmill"))
        .args(["build", "--quiet", "--as-of", "2024-06-01T00:00:00Z"])
        .current_dir(dir)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap()
}

/// Every file that readers and people see, with its bytes: not the index, and not what a dead process was writing.
fn outcome(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut dirs = vec![dir.join("archive"), dir.join("feeds")];
    while let Some(next) = dirs.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(dir).unwrap().to_str().unwrap().to_owned();
            if path.file_name().unwrap().to_str().unwrap().starts_with('.') {
                continue;
            }
            if path.is_dir() {
                dirs.push(path);
            } else {
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}
