//! A text that holds several dated articles.

use std::collections::BTreeMap;

use expect_test::expect;

use crate::harness::Project;

const LINES: &str = " date 2023-05-01 The kiosk opens. It sells tea.\n date 2023-05-02 The kiosk is shut.\n";

const WHOLE: &str = "[site]\nurl = \"https://kiosk.example/\"\n[[source]]\npath = \"inbox\"\nsplit = false\n";

/// The ids of all records by the titles of their articles.
fn ids(project: &Project) -> BTreeMap<String, String> {
    let rows = project.tree("archive").into_iter().filter(|(name, _)| name.starts_with("20") && name.ends_with(".txt"));
    let value = |text: &str, key: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(key)).unwrap();
        line.trim().trim_matches('"').to_owned()
    };
    rows.map(|(_, bytes)| String::from_utf8(bytes).unwrap())
        .map(|text| (value(&text, "title:"), value(&text, "id:")))
        .collect()
}

#[test]
fn every_article_of_a_text_is_an_entry_and_keeps_its_id() {
    let project = Project::new();
    project.file("inbox/kiosk.txt", LINES);
    project.run("build").done().says(expect![[r#"
        $ feedmill build
             Read 1 file
         Archived articles: 2 added
            Wrote feeds/ (2 entries), 4 files
             next open feeds/index.html in a browser, or subscribe to feeds/atom.xml
    "#]]);
    let first = ids(&project);
    assert_eq!(first.len(), 2);
    // One more at both ends, and one edited.
    let longer = format!(
        " date 2023-04-30 The kiosk is built.\n{} date 2023-05-03 The kiosk has a queue.\n",
        LINES.replace("is shut.", "is shut. A sign says why.")
    );
    project.file("inbox/kiosk.txt", longer);
    project.run("build").done().says(expect![[r#"
        $ feedmill build
             Read 1 file
         Archived articles: 2 added, 1 replaced, 1 the same as before
            Wrote feeds/ (4 entries), 4 files
             next open feeds/index.html in a browser, or subscribe to feeds/atom.xml
    "#]]);
    let second = ids(&project);
    assert_eq!(second.len(), 4);
    assert!(first.iter().all(|(title, id)| second.get(title) == Some(id)), "{first:?} {second:?}");
    project.run("build").done().says(expect![[r#"
        $ feedmill build
             Read 0 files, 1 unchanged and not read
             Kept 1 feed in feeds: nothing changed
             next open feeds/index.html in a browser, or subscribe to feeds/atom.xml
    "#]]);
}

#[test]
fn a_source_may_keep_its_texts_whole() {
    let project = Project::with_config(WHOLE);
    project.file("inbox/kiosk.txt", LINES);
    project.run("build").done();
    let whole = ids(&project);
    assert_eq!(whole.keys().collect::<Vec<_>>(), ["The kiosk opens"]);
    // The first of the articles is the one that the text was before.
    project.file("feedmill.toml", WHOLE.replace("split = false\n", ""));
    project.run("build").done().says(expect![[r#"
        $ feedmill build
        note: inbox/kiosk.txt#2023-05-01: replaces what inbox/kiosk.txt said under the same id or address; see .feedmill/revisions
             Read 1 file
         Archived articles: 1 added, 1 replaced
            Wrote feeds/ (2 entries), 4 files
             next open feeds/index.html in a browser, or subscribe to feeds/atom.xml
    "#]]);
    let parts = ids(&project);
    assert_eq!(parts.len(), 2);
    assert_eq!(parts["The kiosk opens"], whole["The kiosk opens"]);
    let first = project.read("archive/2023/05/01/the-kiosk-opens.txt");
    assert!(first.contains("It sells tea.") && !first.contains("is shut"), "{first}");
}

#[test]
fn drafts_stay_drafts_in_pieces() {
    let project = Project::new();
    project.file("inbox/_drafts/kiosk.txt", LINES);
    project
        .file("inbox/log.md", "---\nprivate: true\n---\n## 2023-06-01\n\nA quiet day.\n\n## 2023-06-02\n\nAnother.\n");
    project.run("build").done().mentions("Held back 4 articles");
    assert!(!project.read("feeds/atom.xml").contains("<entry>"));
}
