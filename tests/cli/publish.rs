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

/// A mail with a file of these words.
fn mail(words: &str) -> String {
    format!(
        "From: Ada <ada@test.example>\nDate: Sun, 9 Jul 2023 12:00:00 +0000\nSubject: The tide table\n\
         Message-ID: <tide@test.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b\"\n\n\
         --b\nContent-Type: text/plain\n\nAs announced.\n\n\
         --b\nContent-Type: application/pdf; name=\"tide.pdf\"\nContent-Disposition: attachment; \
         filename=\"tide.pdf\"\n\n{words}\n--b--\n"
    )
}

#[test]
fn a_file_that_nothing_names_any_more_is_not_public() {
    let project = Project::with_config(CONFIG);
    let public = || -> Vec<String> {
        let pdf = |path: &String| path.ends_with(".pdf");
        project.tree("feeds").into_iter().map(|(path, _)| path).filter(pdf).collect()
    };
    project.file("inbox/tide.eml", mail("the draft, with names"));
    project.run("build").done();
    let before = public();
    assert_eq!(before.len(), 2, "beside the feeds, and in the published archive: {before:?}");
    project.file("inbox/tide.eml", mail("the table"));
    project.run("build").done();
    let after = public();
    assert!(after.len() == 2 && after.iter().all(|path| !before.contains(path)), "{before:?} {after:?}");
    let kept = project.tree("feeds");
    std::fs::remove_dir_all(project.path("feeds")).unwrap();
    project.run("generate").done();
    let paths = |tree: &[(String, Vec<u8>)]| tree.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&project.tree("feeds")), paths(&kept));

    // A draft shows nothing, and what is removed by hand goes; also where the index is new and knows of no former name.
    let record = "archive/2023/07/09/the-tide-table.txt";
    let text = project.read(record);
    project.file(record, text.replacen("---\n", "---\ndraft: true\n", 1));
    project.run("build").done();
    assert_eq!(public(), [""; 0]);
    project.file(record, &text);
    project.run("build").done();
    assert_eq!(public(), after);
    std::fs::remove_file(project.path(record)).unwrap();
    project.run("index --rebuild").done();
    project.run("generate").done();
    assert_eq!(public(), [""; 0]);
    // What else lies there is none of ours.
    project.file("feeds/files/own.pdf", "mine");
    project.run("index --rebuild").done();
    project.run("generate").done();
    assert_eq!(public(), ["files/own.pdf"]);
}
