//! A wrong configuration: exit code 2, the line and column, and nothing changed.

use expect_test::{Expect, expect};

use crate::harness::Project;

#[track_caller]
fn wrong(config: &str, expected: Expect) {
    let project = Project::with_config(config);
    project.file("inbox/a.txt", " date 2023-07-09 The pump is back. It works.\n");
    project.run("build").exits(2).says(expected);
    assert!(!project.path("archive").exists() && !project.path("feeds").exists());
}

#[test]
fn mistakes_are_pointed_at() {
    wrong(
        "[site]\nlangauge = \"en\"\n",
        expect![[r#"
        $ feedmill build
        error: feedmill.toml:2:1: unknown key "langauge"
          hint: did you mean "language"?
        [exit 2]
    "#]],
    );
    wrong(
        "[site]\ntimezone = \"Europe/Dubln\"\n",
        expect![[r#"
        $ feedmill build
        error: feedmill.toml:2:12: expected a time zone such as "Europe/Berlin", found "Europe/Dubln"
          hint: did you mean "Europe/Dublin"?
        [exit 2]
    "#]],
    );
    wrong(
        "[[feed]]\nname = \"a\"\n\n[[feed]]\nname = \"a\"\n",
        expect![[r#"
        $ feedmill build
        error: feedmill.toml:4:1: there are two feeds of the name "a"
          hint: give each [[feed]] a name of its own; one may have none and stands at the top
        [exit 2]
    "#]],
    );
    wrong(
        "[[feed]]\nmax_items = \"many\"\n",
        expect![[r#"
        $ feedmill build
        error: feedmill.toml:2:13: expected a whole number, 0 or more, found string "many"
        [exit 2]
    "#]],
    );
}

#[test]
fn it_is_found_in_a_parent_directory() {
    let project = Project::new();
    project.file("inbox/deep/a.txt", " date 2023-07-09 The pump is back. It works.\n");
    let out = project.command().arg("build").current_dir(project.path("inbox/deep")).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    assert!(project.path("feeds/atom.xml").exists());
    // The same article, whatever the directory that the command was given in.
    project.run("build").done().mentions("nothing changed");
}

#[test]
fn without_an_address_the_feeds_are_for_this_machine() {
    let project = Project::with_config("[[source]]\npath = \"inbox\"\n");
    project.file("inbox/a.txt", " date 2023-07-09 The pump is back. It works.\n");
    project.run("build").done().mentions("http://127.0.0.1:8080/");
    assert!(project.read("feeds/atom.xml").contains("http://127.0.0.1:8080/atom.xml"));
}
