//! Wrong use: exit code 2, a message that says what to do, and nothing changed.

use expect_test::expect;

use crate::harness::Project;

#[test]
fn commands_and_options_that_do_not_exist() {
    let project = Project::new();
    project.run("biuld").exits(2).says(expect![[r#"
        $ feedmill biuld
        error: unrecognized subcommand 'biuld'

          tip: a similar subcommand exists: 'build'

        Usage: feedmill [OPTIONS] <COMMAND>

        For more information, try '--help'.
        [exit 2]
    "#]]);
    project.run("build --as-off 2024-01-01").exits(2).says(expect![[r#"
        $ feedmill build --as-off 2024-01-01
        error: unexpected argument '--as-off' found

          tip: a similar argument exists: '--as-of'

        Usage: feedmill build --as-of <WHEN>

        For more information, try '--help'.
        [exit 2]
    "#]]);
    project.run("").exits(2);
}

#[test]
fn a_configuration_that_is_not_there() {
    let project = Project::empty();
    for command in ["build", "ingest", "generate", "status", "index", "check", "explain x"] {
        project.run(command).exits(2).mentions("`feedmill init` writes one");
    }
    project.run("build").exits(2).says(expect![[r#"
        $ feedmill build
        error: feedmill.toml: expected it here or in a parent directory, found none
          hint: `feedmill init` writes one; --config names one that stands elsewhere
        [exit 2]
    "#]]);
    project.run("build --config elsewhere.toml").exits(2).says(expect![[r#"
        $ feedmill build --config elsewhere.toml
        error: elsewhere.toml: expected a configuration file, found none
          hint: `feedmill init` writes one
        [exit 2]
    "#]]);
    assert!(project.tree("").is_empty());
}

#[test]
fn a_source_that_is_not_there() {
    let project = Project::new();
    project.run("build").exits(1).says(expect![[r#"
        $ feedmill build
        error: inbox: cannot read: No such file or directory (os error 2)
          hint: check the path; relative paths start at the directory of feedmill.toml, or here without one
             Read 0 files
           Failed 1 input, named above
            Wrote feeds/ (0 entries), 4 files
             next open feeds/index.html in a browser, or subscribe to feeds/atom.xml
        [exit 1]
    "#]]);
    project.run("ingest nowhere.txt").exits(1).says(expect![[r#"
        $ feedmill ingest nowhere.txt
        error: nowhere.txt: cannot read: No such file or directory (os error 2)
          hint: check the path; relative paths start at the directory of feedmill.toml, or here without one
             Read 0 files
           Failed 1 input, named above
        [exit 1]
    "#]]);
}

#[test]
fn an_instant_that_is_none() {
    let project = Project::new();
    project.run("generate --as-of yesterday").exits(2).says(expect![[r#"
        $ feedmill generate --as-of yesterday
        error: --as-of: expected a date or a time, found "yesterday"
          hint: write 2024-05-01 or 2024-05-01T12:00:00Z
        [exit 2]
    "#]]);
    assert!(!project.path("archive").exists());
}

#[test]
fn nothing_to_explain() {
    let project = Project::new();
    project.file("inbox/a.txt", " date 2023-07-09 The pump is back. It works.\n");
    project.run("build").done();
    project.run("explain nothing").exits(1).says(expect![[r#"
        $ feedmill explain nothing
        error: nothing: no article of that id, path or URL is in the archive
          hint: the last part of a path is enough, such as `storm.txt`
        [exit 1]
    "#]]);
}

#[test]
fn init_never_overwrites() {
    let project = Project::empty();
    project.run("init").done().says(expect![[r#"
        $ feedmill init
            Wrote feedmill.toml
             next set [site] and the path of [[source]] in it, then run `feedmill build`
    "#]]);
    let first = project.read("feedmill.toml");
    project.run("init").exits(2).says(expect![[r#"
        $ feedmill init
        error: feedmill.toml: expected no file there, found one; nothing was written
          hint: edit it, or remove it first
        [exit 2]
    "#]]);
    assert_eq!(project.read("feedmill.toml"), first);
    project.run("init newsroom").done();
    assert_eq!(project.read("newsroom/feedmill.toml"), first);
}
