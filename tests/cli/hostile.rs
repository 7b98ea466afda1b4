//! Input that means harm, or has come to harm: it is named, the rest is taken in, and nothing is written elsewhere.

use crate::harness::Project;

const GOOD: &str = " date 2023-07-09 The pump is back. It works again.\n";

/// Builds, expects the good article in the feed, and returns what was said.
#[track_caller]
fn build_with(name: &str, bytes: impl AsRef<[u8]>, code: i32) -> (Project, String) {
    let project = Project::new();
    project.file("inbox/good.txt", GOOD).file(&format!("inbox/{name}"), bytes);
    let ran = project.run("build").exits(code);
    assert!(project.read("feeds/atom.xml").contains("It works again"), "{}", ran.stderr);
    project.run("check").done();
    (project, ran.stderr)
}

#[test]
fn bad_documents_are_named_and_the_rest_is_taken_in() {
    let deep = "[".repeat(100_000);
    let cases: [(&str, &[u8]); 6] = [
        ("empty.txt", b""),
        ("binary.txt", b"\x7fELF\0\0\0\x01\0\0\0\0\0\0"),
        ("cut.json", b"{\"title\": \"x\", \"date\":"),
        ("number.json", b"42"),
        ("deep.json", deep.as_bytes()),
        ("blank.md", b"---\n---\n"),
    ];
    for (name, bytes) in cases {
        let (_, said) = build_with(name, bytes, 1);
        assert!(said.contains(&format!("inbox/{name}")), "{name}: {said}");
    }
}

#[test]
fn strange_documents_are_read() {
    let huge_line = format!(" date 2023-07-08 {}\n", "word ".repeat(400_000));
    let nested = format!("---\ntitle: Nested\ndate: 2023-07-08\n---\n\n{}x\n", "> ".repeat(20_000));
    let cases: [(&str, &[u8]); 5] = [
        ("huge.txt", huge_line.as_bytes()),
        ("nul.txt", b" date 2023-07-08 A\x0b bell \x07 rings. It is loud.\n"),
        ("nested.md", nested.as_bytes()),
        ("cdata.txt", b" date 2023-07-08 Look: ]]> and <![CDATA[ and &amp; &bogus; <b>. So it goes.\n"),
        ("bom.txt", b"\xff\xfe \0d\0a\0t\0e\0 \x002\x000\x002\x003\0-\x000\x007\0-\x000\x008\0 \0H\0i\0.\0\n\0"),
    ];
    for (name, bytes) in cases {
        let (project, said) = build_with(name, bytes, 0);
        assert_eq!(project.run("status --json").done().json()["articles"], 2, "{name}: {said}");
        let atom = project.read("feeds/atom.xml");
        let tree = roxmltree::Document::parse(&atom).unwrap_or_else(|err| panic!("{name}: {err}"));
        let entries = tree.descendants().filter(|n| n.tag_name().name() == "entry").count();
        assert_eq!(entries, 2, "{name}");
    }
}

#[test]
fn titles_and_slugs_stay_in_the_archive() {
    let evil =
        "---\ntitle: ../../../escaped\nslug: ../../../escaped\nid: ../../../escaped\ndate: 2023-07-08\n---\n\nText.\n";
    let (project, _) = build_with("evil.md", evil, 0);
    assert!(!project.root().parent().unwrap().join("escaped.md").exists());
    let names: Vec<String> = project.tree("archive").into_iter().map(|(name, _)| name).collect();
    assert!(names.iter().any(|name| name.starts_with("2023/07/08/") && name.contains("escaped")), "{names:?}");
    let outside: Vec<String> = project
        .tree("")
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| !["archive/", "feeds/", "inbox/"].iter().any(|dir| name.starts_with(dir)))
        .collect();
    assert_eq!(outside, ["feedmill.toml"]);
}

#[test]
fn file_names_do_not_reach_the_terminal_raw() {
    let (_, said) = build_with("a\x1b[2Jb.json", "{", 1);
    assert!(!said.contains('\x1b'), "{said:?}");
}

#[cfg(unix)]
#[test]
fn symlink_loops_end() {
    let project = Project::new();
    project.file("inbox/good.txt", GOOD);
    std::os::unix::fs::symlink(project.path("inbox"), project.path("inbox/again")).unwrap();
    std::os::unix::fs::symlink("self", project.path("inbox/self")).unwrap();
    let ran = project.run("build");
    assert!(matches!(ran.code, Some(0 | 1)), "{}", ran.stderr);
    assert_eq!(project.run("status --json").done().json()["articles"], 1);
}

#[cfg(unix)]
#[test]
fn unreadable_files_are_named() {
    use std::os::unix::fs::PermissionsExt;

    let project = Project::new();
    project.file("inbox/good.txt", GOOD).file("inbox/secret.txt", GOOD);
    let secret = project.path("inbox/secret.txt");
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&secret).is_ok() {
        eprintln!("skipped: this user (root?) may read every file, so there is no unreadable one");
        return;
    }
    project.run("build").exits(1).mentions("inbox/secret.txt");
    assert!(project.read("feeds/atom.xml").contains("It works again"));
}

#[test]
fn a_thousand_empty_files_are_three_lines_and_a_count() {
    let project = Project::new();
    project.file("inbox/good.txt", GOOD);
    for n in 0..1000 {
        project.file(&format!("inbox/{n}.txt"), "");
    }
    let ran = project.run("build").exits(1);
    assert_eq!(ran.stderr.lines().filter(|line| line.starts_with("error:")).count(), 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("more: 997 like inbox/0.txt"), "{}", ran.stderr);
    assert_eq!(project.run("status --problems").done().stdout.lines().count(), 1000);
}
