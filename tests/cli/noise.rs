//! How much is said, and when a run fails: what is new is told, what is known is counted.

use expect_test::expect;

use crate::harness::Project;

const DATED: &str = "date 2023-07-09\n\nThe pump house has a new roof.\n";

#[test]
fn many_problems_of_a_kind_are_three_examples_and_a_count() {
    let project = Project::new();
    project.file("inbox/roof.txt", DATED);
    for n in 0..40 {
        project.file(&format!("inbox/note-{n:02}.txt"), format!("Note {n} has no day.\n"));
    }
    project.file("inbox/x.json", "{\"title\": ").file("inbox/y.json", "[1,").file("inbox/z.bin", b"\0\x01\x02");
    project.run("build").exits(1).says(expect![[r#"
        $ feedmill build
        error: inbox/note-00.txt: no publication date found; looked at the metadata, the path "inbox/note-00.txt", the title and the first lines of the text
          hint: begin it with a line `date: 2023-07-09` or have that in its front matter, call it `2023-07-09-note-00.txt`, or allow `undated = "mtime"`
        error: inbox/note-01.txt: no publication date found; looked at the metadata, the path "inbox/note-01.txt", the title and the first lines of the text
          hint: begin it with a line `date: 2023-07-09` or have that in its front matter, call it `2023-07-09-note-01.txt`, or allow `undated = "mtime"`
        error: inbox/note-02.txt: no publication date found; looked at the metadata, the path "inbox/note-02.txt", the title and the first lines of the text
          hint: begin it with a line `date: 2023-07-09` or have that in its front matter, call it `2023-07-09-note-02.txt`, or allow `undated = "mtime"`
        error: inbox/x.json: expected JSON, found EOF while parsing a value at line 1 column 10
          hint: articles before that place were read; where each line is an object, name the file .jsonl
        error: inbox/y.json: expected an object with a title or a text, found a number
        error: inbox/y.json: expected JSON, found EOF while parsing a value at line 1 column 3
          hint: articles before that place were read; where each line is an object, name the file .jsonl
        error: inbox/z.bin: expected an article, found binary data
          more: 37 without a date (`feedmill status --problems` lists all)
             Read 44 files
         Archived articles: 1 added
        Set aside 40 articles without a date
           Failed 4 inputs
            Wrote feeds/ (1 entry), 4 files
             next open feeds/index.html in a browser, or subscribe to feeds/atom.xml
        [exit 1]
    "#]]);
    project.run("build").done().says(expect![[r#"
        $ feedmill build
             Read 0 files, 44 unchanged and not read
        Unchanged 40 articles without a date and 4 inputs that could not be read (`feedmill status --problems` lists all)
             Kept 1 feed in feeds: nothing changed
             next open feeds/index.html in a browser, or subscribe to feeds/atom.xml
    "#]]);
    let all = project.run("status --problems").done().stdout;
    assert_eq!(all.lines().filter(|line| line.contains("no publication date")).count(), 40);
    assert_eq!(project.run("status --json").done().json()["problems"].as_array().unwrap().len(), 44);
    project.run("status").done().mentions("and 37 more (`feedmill status --problems` lists all)");
    // `--verbose` names every one.
    std::fs::remove_dir_all(project.path("archive")).unwrap();
    let verbose = project.run("build --verbose").exits(1).stderr;
    assert_eq!(verbose.lines().filter(|line| line.starts_with("error: inbox/note-")).count(), 40);
}

#[test]
fn skipping_what_is_undated_is_no_failure() {
    let project = Project::with_config(
        "[site]\ntitle = \"T\"\nurl = \"https://t.example/\"\n[[source]]\npath = \"inbox\"\nundated = \"skip\"\n",
    );
    project.file("inbox/roof.txt", DATED).file("inbox/note.txt", "No day at all.\n");
    project.run("build").done().mentions("1 article without a date");
    project.run("status --problems").done().mentions("inbox/note.txt: no publication date found");
    project.run("build --undated report").done();
}

#[test]
fn what_stands_beside_articles_is_no_failure() {
    let project = Project::new();
    project
        .file("inbox/roof.txt", DATED)
        .file("inbox/README.md", "# About these notes\n\nThey were written by the keeper.\n")
        .file("inbox/LICENSE", "Do what you want.\n")
        .file("inbox/_config.yml", "title: Notes\n")
        .file("inbox/package.json", "{\"name\": \"notes\"}\n")
        .file("inbox/theme/site.scss", "a { b: c }\n")
        .file("inbox/tools/make.ts", "export {}\n")
        .file("inbox/Makefile", "all:\n");
    let json = project.run("build --json").done().json();
    let ingest = &json["ingest"];
    assert_eq!((&ingest["added"], &ingest["passed_over"], &ingest["no_articles"]), (&1.into(), &5.into(), &2.into()));
    // A date makes an article of any text.
    project.file("inbox/README.md", "---\ndate: 2023-07-10\n---\n# About these notes\n\nThey are complete now.\n");
    project.run("build").done().mentions("1 added");
}

#[test]
fn an_address_that_may_not_be_asked_is_not_called_right() {
    let project = Project::empty();
    project.run("check http://127.0.0.1:9/feed").exits(1).says(expect![[r#"
        $ feedmill check http://127.0.0.1:9/feed
        error: http://127.0.0.1:9/feed: expected a public address, found 127.0.0.1
          hint: --private permits addresses of this machine and of private networks
           Failed 1 input, named above
        [exit 1]
    "#]]);
    assert_eq!(
        project.run("check http://127.0.0.1:9/feed --json").exits(1).json()["unread"][0]["name"],
        "http://127.0.0.1:9/feed"
    );
}

#[test]
fn an_unknown_command_leads_to_the_nearest_one() {
    let project = Project::empty();
    project.run("biuld").exits(2).mentions("'build'");
    project.run("fetch").exits(2).mentions("tip: `feedmill sync` may be what is meant");
    project.run("publish").exits(2).mentions("tip: `feedmill build` may be what is meant");
    assert!(!project.run("qqqqq").exits(2).stderr.contains("may be what is meant"));
}
