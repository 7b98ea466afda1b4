//! The main line: from files to feeds, once and again.

use std::time::{Duration, SystemTime};

use expect_test::expect;

use crate::harness::Project;

const PUMP: &str = " date 2023-07-09 The pump is back. It works again.\n\nMany thanks to all.\n";
const FERRY: &str = " date 2023-07-10 The ferry is late. Nobody knows why.\n";

#[test]
fn from_a_file_to_feeds() {
    let project = Project::new();
    project.file("inbox/pump.txt", PUMP).file("inbox/ferry.txt", FERRY);
    project.run("build").done().says(expect![[r#"
        $ feedmill build
             Read 2 files
         Archived articles: 2 added
            Wrote feeds/ (2 entries), 4 files
             next open feeds/index.html in a browser, or subscribe to feeds/atom.xml
    "#]]);
    for file in ["atom.xml", "rss.xml", "feed.json", "index.html"] {
        let text = project.read(&format!("feeds/{file}"));
        assert!(text.contains("Many thanks to all."), "{file}:\n{text}");
    }
    project.run("status").done().says(expect![[r#"
        $ feedmill status
        archive   archive, 249e01ae-dee7-5d9c-b097-c6639cdbc7fe
        articles  2, of which 0 drafts; from 2023-07-09 to 2023-07-10
        sources   2 files, 0 problems
        feed      (top): 2 entries, the newest of 2023-07-10
    "#]]);
}

#[test]
fn the_second_build_changes_nothing_and_touches_no_file() {
    let project = Project::sample();
    project.run("build").done();
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let made: Vec<_> = ["archive", "feeds"]
        .iter()
        .flat_map(|dir| project.tree(dir).into_iter().map(move |(name, bytes)| (format!("{dir}/{name}"), bytes)))
        .filter(|(name, _)| !name.contains(".feedmill"))
        .collect();
    assert!(made.len() > 20);
    for (name, _) in made.iter().filter(|(name, _)| name.starts_with("feeds/")) {
        let file = std::fs::File::options().write(true).open(project.path(name)).unwrap();
        file.set_modified(long_ago).unwrap();
    }
    let modified = |name: &String| project.path(name).metadata().unwrap().modified().unwrap();
    let before: Vec<SystemTime> = made.iter().map(|(name, _)| modified(name)).collect();
    project.run("build").done().says(expect![[r#"
        $ feedmill build
             Read 0 files, 20 unchanged and not read
             Kept 3 feeds in feeds: nothing changed
             next open feeds/index.html in a browser, or subscribe to feeds/atom.xml
    "#]]);
    for ((name, bytes), before) in made.iter().zip(before) {
        assert_eq!(std::fs::read(project.path(name)).unwrap(), *bytes, "{name} has changed");
        assert_eq!(modified(name), before, "{name} was touched");
    }
}

#[test]
fn a_changed_article_is_replaced_and_keeps_its_id() {
    let project = Project::new();
    project.file("inbox/pump.txt", PUMP);
    project.run("build").done();
    let id = |project: &Project| {
        let feed: serde_json::Value = serde_json::from_str(&project.read("feeds/feed.json")).unwrap();
        assert_eq!(feed["items"].as_array().unwrap().len(), 1);
        (feed["items"][0]["id"].clone(), feed["items"][0]["date_published"].clone())
    };
    let before = id(&project);
    project.file("inbox/pump.txt", PUMP.replace("works again", "leaks again"));
    project.run("build").done().mentions("1 replaced");
    assert_eq!(id(&project), before);
    assert!(project.read("feeds/atom.xml").contains("leaks again"));
    // The former version is kept.
    let kept = project.tree("archive/.feedmill/revisions");
    assert!(kept.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("works again")), "{kept:?}");
}

#[test]
fn a_moved_file_is_the_same_article() {
    let project = Project::new();
    project.file("inbox/pump.txt", PUMP);
    project.run("build").done();
    std::fs::create_dir_all(project.path("inbox/old")).unwrap();
    std::fs::rename(project.path("inbox/pump.txt"), project.path("inbox/old/pump.txt")).unwrap();
    project.run("build").done();
    assert_eq!(project.run("status --json").done().json()["articles"], 1);
}

#[test]
fn a_record_edited_by_hand_is_honoured() {
    let project = Project::new();
    project.file("inbox/pump.txt", PUMP);
    project.run("build").done();
    let (name, bytes) = project.tree("archive").into_iter().find(|(name, _)| name.starts_with("2023/")).unwrap();
    let record = String::from_utf8(bytes).unwrap();
    project.file(&format!("archive/{name}"), record.replace("Many thanks", "Hearty thanks"));
    project.run("build").done();
    assert!(project.read("feeds/rss.xml").contains("Hearty thanks"));
    // The source has not changed, so it does not win over the hand.
    project.run("build").done();
    assert!(project.read("feeds/rss.xml").contains("Hearty thanks"));
    std::fs::remove_file(project.path(&format!("archive/{name}"))).unwrap();
    project.run("index").done();
    assert_eq!(project.run("status --json").done().json()["articles"], 0);
}

#[test]
fn the_hint_of_an_undated_article_names_spellings_that_work() {
    let project = Project::new();
    project.file("inbox/2023-07-09-note.txt", "Somebody should look at the lock.\n");
    project.file("inbox/lock.md", "date: 2023-07-10\n\n# The lock\n\nIt sticks.\n");
    project.file("inbox/quay.txt", "date: 2023-07-11\n\nThe quay is wet.\n");
    project.file(
        "inbox/pump.html",
        "<html><head><title>The pump</title><meta name=\"date\" content=\"2023-07-12\"></head>\
         <body><h1>The pump</h1><p>It leaks at the old place again, and a plumber comes.</p></body></html>",
    );
    project.run("build").done();
    let atom = project.read("feeds/atom.xml");
    for day in ["2023-07-09", "2023-07-10", "2023-07-11", "2023-07-12"] {
        assert!(atom.contains(&format!("<published>{day}")), "{day}: {atom}");
    }
}

#[test]
fn an_undated_article_is_named_and_set_aside() {
    let project = Project::new();
    project.file("inbox/pump.txt", PUMP).file("inbox/note.txt", "Somebody should look at the lock.\n");
    project.run("build").exits(1).says(expect![[r#"
        $ feedmill build
        error: inbox/note.txt: no publication date found; looked at the metadata, the path "inbox/note.txt", the title and the first lines of the text
          hint: begin it with a line `date: 2023-07-09` or have that in its front matter, call it `2023-07-09-note.txt`, or allow `undated = "mtime"`
             Read 2 files
         Archived articles: 1 added
        Set aside 1 article without a date
            Wrote feeds/ (1 entry), 4 files
             next open feeds/index.html in a browser, or subscribe to feeds/atom.xml
        [exit 1]
    "#]]);
    assert!(project.read("feeds/atom.xml").contains("Many thanks"));
    // It is counted as long as it lies there: nothing is lost silently, and nobody is told the same every day.
    project.run("build").done().says(expect![[r#"
        $ feedmill build
             Read 0 files, 2 unchanged and not read
        Unchanged 1 article without a date (`feedmill status --problems` lists all)
             Kept 1 feed in feeds: nothing changed
             next open feeds/index.html in a browser, or subscribe to feeds/atom.xml
    "#]]);
    let known = project.run("build --json").done().json();
    assert_eq!(known["ingest"]["problems"][0]["origin"], "inbox/note.txt");
    assert_eq!(known["ingest"]["problems"][0]["known"], true);
    project.run("status --problems").done().says(expect![[r#"
        $ feedmill status --problems
        inbox/note.txt: no publication date found; looked at the metadata, the path "inbox/note.txt", the title and the first lines of the text; begin it with a line `date: 2023-07-09` or have that in its front matter, call it `2023-07-09-note.txt`, or allow `undated = "mtime"`
    "#]]);
    // Who asks for the file itself is answered.
    project.run("ingest inbox/note.txt").exits(1).mentions("error: inbox/note.txt: no publication date found");
    project.run("ingest inbox").done();
    project.run("ingest --undated mtime").done();
    assert_eq!(project.run("status --json").done().json()["articles"], 2);
    let project = Project::new();
    project.file("inbox/pump.txt", PUMP).file("inbox/note.txt", "Somebody should look at the lock.\n");
    project.run("ingest --undated fail").exits(1).mentions("inbox/note.txt");
}

#[test]
fn articles_of_the_future_wait() {
    let project = Project::new();
    project.file("inbox/pump.txt", PUMP).file("inbox/ferry.txt", FERRY);
    project.run("ingest").done();
    project.run("generate --as-of 2023-07-09").done();
    let feed = project.read("feeds/atom.xml");
    assert!(feed.contains("The pump is back") && !feed.contains("The ferry is late"));
    project.run("generate --as-of 2023-07-10T11:59:59Z").done().mentions("nothing changed");
    project.run("generate --as-of 2023-07-10T12:00:00Z").done();
    assert!(project.read("feeds/atom.xml").contains("The ferry is late"));
}

#[test]
fn standard_input_is_a_source() {
    let project = Project::new();
    let line = r#"{"id":"tag:test.example,2023:1","title":"From a pipe","date":"2023-07-09","text":"Hello."}"#;
    let input = format!("{line}\n{}\n", line.replace(":1\"", ":2\"").replace("a pipe", "another pipe"));
    project.run_with(["ingest", "-"], input.as_bytes()).done().says(expect![[r#"
        $ feedmill ingest -
             Read 1 file
         Archived articles: 2 added
             next run `feedmill generate` to write the feeds
    "#]]);
    project.run_with(["ingest", "-"], input.as_bytes()).done().says(expect![[r#"
        $ feedmill ingest -
             Read 1 file
         Archived articles: 2 the same as before
    "#]]);
}

#[test]
fn reports_for_machines() {
    let project = Project::new();
    project.file("inbox/pump.txt", PUMP).file("inbox/bad.json", "{ \"title\": ");
    let ran = project.run("build --json").exits(1);
    let report = ran.json();
    assert_eq!(report["ingest"]["added"], 1, "{report}");
    assert_eq!(report["ingest"]["problems"][0]["origin"], "inbox/bad.json", "{report}");
    let ran = project.run("build --quiet").done();
    assert!(
        ran.stdout.is_empty()
            && ran.stderr.lines().all(|line| line.starts_with("error:") || line.starts_with("  hint:"))
    );
}
