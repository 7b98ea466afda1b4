//! An archive that shows itself.

use expect_test::expect;

use crate::harness::Project;

const CONFIG: &str = "[site]\ntitle = \"Test\"\nurl = \"https://test.example/\"\n\n[output]\narchive = true\n\n\
                      [[source]]\npath = \"inbox\"\n";

#[test]
fn the_archive_is_published_beside_the_feeds() {
    let project = Project::with_config(CONFIG);
    project.file("inbox/pump.txt", " date 2023-07-09 The pump is back. It works again.\n");
    project.file("inbox/ferry.txt", " date 2023-08-10 The ferry is late. Nobody knows why.\n");
    project.run("build").done().says(expect![[r#"
        $ feedmill build
             Read 2 files
         Archived articles: 2 added
            Wrote feeds/ (2 entries), 4 files
        Published feeds/archive.json (2 articles): 2 files copied, 2 months listed anew
             next open feeds/index.html in a browser, or subscribe to feeds/atom.xml
    "#]]);
    project.run("build").done().says(expect![[r#"
        $ feedmill build
             Read 0 files, 2 unchanged and not read
             Kept 1 feed in feeds: nothing changed
             next open feeds/index.html in a browser, or subscribe to feeds/atom.xml
    "#]]);
    std::fs::remove_file(project.path("archive/2023/08/10/the-ferry-is-late.txt")).unwrap();
    project.run("build").done().says(expect![[r#"
        $ feedmill build
          Took up 1 record removed by hand
             Read 0 files, 2 unchanged and not read
            Wrote feeds/ (1 entry), 4 files
        Published feeds/archive.json (1 article): 1 file removed, 1 month listed anew
             next open feeds/index.html in a browser, or subscribe to feeds/atom.xml
    "#]]);
    let published = project.run("generate --json").done().json();
    assert_eq!(published["generate"]["archive"]["articles"], 1);
    assert_eq!(published["generate"]["archive"]["written"], false);
}

#[test]
fn no_feed_stands_where_the_archive_does() {
    for name in ["archive", "Archive/culture", "archive.json"] {
        let project = Project::with_config(&format!("[[source]]\npath = \"inbox\"\n[[feed]]\nname = {name:?}\n"));
        std::fs::create_dir(project.path("inbox")).unwrap();
        project.run("build").exits(2).mentions("hint: the archive is published there");
        assert!(!project.path("feeds").exists());
    }
}
