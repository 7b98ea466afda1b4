//! Files that the disk refuses for a while.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Output;

use crate::harness::Project;

/// Nobody's: whoever is root can read everything.
const NOBODY: u32 = 65_534;

/// Gives everything to a user for whom permissions count; `None` where there is no such user to be.
fn as_somebody(project: &Project) -> bool {
    let probe = project.path("probe");
    fs::write(&probe, "").unwrap();
    fs::set_permissions(&probe, fs::Permissions::from_mode(0o000)).unwrap();
    let is_root = fs::read(&probe).is_ok();
    fs::remove_file(&probe).unwrap();
    if is_root {
        give(project.root());
    }
    is_root
}

fn give(path: &Path) {
    chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    if path.is_dir() {
        fs::read_dir(path).unwrap().for_each(|entry| give(&entry.unwrap().path()));
    }
}

/// Runs the program; `None` where that user may not.
fn run(project: &Project, is_root: bool, arguments: &str) -> Option<Output> {
    let mut command = project.command();
    command.args(arguments.split_whitespace());
    if is_root {
        give(project.root());
        command.uid(NOBODY).gid(NOBODY);
    }
    match command.output() {
        Err(err) if err.kind() == std::io::ErrorKind::PermissionDenied => None,
        output => Some(output.unwrap()),
    }
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn what_could_not_be_read_is_read_when_it_can_be() {
    let project = Project::new();
    project.file("inbox/pump.txt", " date 2023-07-09 The pump is back.\n");
    project.file("inbox/ferry.txt", " date 2023-07-10 The ferry is late.\n");
    project.file("inbox/large.txt", format!(" date 2023-07-11 A long list.\n\n{}", "A line of many.\n".repeat(80_000)));
    let is_root = as_somebody(&project);
    for name in ["ferry.txt", "large.txt"] {
        mode(&project.path("inbox").join(name), 0);
    }
    let Some(first) = run(&project, is_root, "build") else { return };
    let said = String::from_utf8_lossy(&first.stderr).into_owned();
    assert!(said.contains("inbox/ferry.txt: cannot read") && first.status.code() == Some(1), "{said}");
    for name in ["ferry.txt", "large.txt"] {
        mode(&project.path("inbox").join(name), 0o644);
    }
    assert_eq!(run(&project, is_root, "ingest").unwrap().status.code(), Some(0));
    let records = || project.tree("archive").iter().filter(|(path, _)| path.starts_with("2023")).count();
    assert_eq!(records(), 3);

    // A published copy that cannot be read is written anew, and a record is looked at again.
    assert!(run(&project, is_root, "build").unwrap().status.success());
    let feed = project.read("feeds/rss.xml");
    mode(&project.path("feeds/rss.xml"), 0);
    fs::write(project.path("feeds/atom.xml"), "damaged").unwrap();
    let record = project.path("archive/2023/07/10/the-ferry-is-late.txt");
    let text = fs::read_to_string(&record).unwrap();
    fs::write(&record, text.replace("is late", "is early")).unwrap();
    mode(&record, 0);
    let failed = run(&project, is_root, "build").unwrap();
    assert!(String::from_utf8_lossy(&failed.stderr).contains("the-ferry-is-late.txt: cannot read"));
    assert_eq!(failed.status.code(), Some(1));
    mode(&record, 0o644);
    let mended = run(&project, is_root, "build").unwrap();
    assert!(String::from_utf8_lossy(&mended.stderr).contains("Took up 1 record edited by hand"), "{mended:?}");
    let now = project.read("feeds/rss.xml");
    assert!(now.contains("is early") && now != feed);
}
