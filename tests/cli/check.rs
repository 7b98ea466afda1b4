//! Judging feeds: files, directories, addresses, and the feeds of the project itself.

use expect_test::expect;

use crate::harness::Project;
use crate::harness::server::{Reply, Server};

const GOOD: &str = r#"<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Quay</title>
<link>https://quay.example/</link><description>News</description><language>en</language>
<atom:link rel="self" type="application/rss+xml" href="https://quay.example/feed"/></channel></rss>"#;

const BAD: &str = r#"<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Quay</title>
<link>quay.example</link><description>News</description><language>en</language>
<atom:link rel="self" type="application/rss+xml" href="https://quay.example/feed"/>
<item><title>Storm</title><guid isPermaLink="false">12</guid></item></channel></rss>"#;

#[test]
fn files_and_directories() {
    let project = Project::empty();
    // Names say nothing: what is a feed is told by its content.
    project
        .file("site/news", GOOD)
        .file("site/deep/old.txt", BAD)
        .file("site/page.html", "<html><body>rss</body></html>");
    project.run("check site/news").done();
    project.run("check site").exits(1).says(expect![[r#"
        $ feedmill check site
        site/deep/old.txt:2:7: error: expected an absolute address, found "quay.example" [uri-relative]
          /rss/channel/link, RFC 3986 4.3
          hint: write it in full, with https:// and the host
        site/deep/old.txt:4:53: warning: expected a guid that nobody else uses, found "12" [rss-guid-not-unique]
          /rss/channel/item[1]/guid, RSS profile, guid
          hint: write a web address, or urn:uuid:…
          Checked 2 feeds: 1 error, 1 warning
        [exit 1]
    "#]]);
    let warned = BAD.replace("<link>quay", "<link>https://quay");
    project.file("warned.xml", &warned);
    project.run("check warned.xml").done();
    project.run("check --strict warned.xml").exits(1);
    project.run("check site/page.html").exits(1).mentions("[not-a-feed]");
    project.run("check nowhere").exits(2).mentions("expected a file, a directory or an address");
}

#[test]
fn findings_for_programs() {
    let project = Project::empty();
    project.file("a b.xml", BAD);
    let report = project.run_args(["check", "--json", "a b.xml"]).exits(1).json();
    assert_eq!((report["errors"].as_u64(), report["warnings"].as_u64()), (Some(1), Some(1)));
    let finding = &report["feeds"][0]["findings"][0];
    assert_eq!(finding["code"], "uri-relative");
    assert_eq!((finding["line"].as_u64(), finding["column"].as_u64()), (Some(2), Some(7)));

    let log = project.run_args(["check", "--format", "sarif", "a b.xml"]).exits(1).json();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let result = &run["results"][0];
    let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
    assert_eq!((&rule["id"], &result["level"]), (&result["ruleId"], &"error".into()));
    assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "a%20b.xml");
}

#[test]
fn rules_are_listed_and_explained() {
    let project = Project::empty();
    project.run("check --list-rules").done().mentions("date-weekday");
    project.run("check --explain date-weekday").done().mentions("RFC 822 5");
    project.run("check --explain date-weakday").exits(2).mentions("did you mean date-weekday?");
}

#[test]
fn the_feeds_of_the_project_are_judged_with_the_archive() {
    let project = Project::new();
    project.file("inbox/storm.txt", " date 2023-07-09 A storm closed the harbour for a day.\n");
    project.run("build --strict").done();
    project.run("check --strict").done().mentions("4 feeds: nothing is wrong");
    let feed = project.read("feeds/atom.xml");
    project.file("feeds/atom.xml", feed.replace("<updated>", "<updated>on "));
    project.run("check").exits(1).mentions("feeds/atom.xml:").mentions("[date-rfc3339]");
}

#[test]
fn feeds_at_addresses_are_judged_with_their_headers() {
    let server = Server::start();
    let project = Project::empty();
    let feed = GOOD.replace("https://quay.example/feed", &server.url("/feed"));
    server.on("/feed", Reply::ok("text/html", &feed).header("etag", "\"1\""));
    let url = server.url("/feed");
    let ran = project.run(&format!("check --private {url}"));
    ran.done().mentions("[http-content-type]").mentions("[http-304-ignored]").mentions("[http-not-https]");
    assert_eq!(server.count(), 2);
    // Nobody asks this machine unless told to.
    project.run(&format!("check {url}")).exits(1).mentions("error:");
    assert_eq!(server.count(), 2);
}

#[test]
fn damage_is_found_and_mended_and_feeds_are_compared_with_the_records() {
    let project = Project::new();
    project.file("inbox/pump.txt", " date 2023-07-09 The pump is back. It works again.\n");
    project.file("inbox/ferry.txt", " date 2023-07-10 The ferry is late. Nobody knows why.\n");
    project.run("build").done();
    project.run("check").done().mentions("nothing is wrong");
    let feeds = project.tree("feeds");

    // A feed that says something else, and looks as it was left.
    let path = project.path("feeds/atom.xml");
    let modified = std::fs::metadata(&path).unwrap().modified().unwrap();
    let wrong = project.read("feeds/atom.xml").replace("The pump is back", "The pump is lost");
    std::fs::write(&path, wrong).unwrap();
    std::fs::File::options().write(true).open(&path).unwrap().set_modified(modified).unwrap();
    project.run("check").exits(1).mentions("feeds/atom.xml is missing, or holds something else than the records say");
    std::fs::remove_file(&path).unwrap();
    project.run("check").exits(1).mentions("feeds/atom.xml is missing");
    project.run("generate").done();
    assert!(project.tree("feeds") == feeds);

    // A title in the index that the disk has changed.
    let index = project.path("archive/.feedmill/index.sqlite");
    let mut bytes = std::fs::read(&index).unwrap();
    let at = bytes.windows(8).rposition(|bytes| bytes == b"The pump").unwrap();
    bytes[at + 4] ^= 1;
    std::fs::write(&index, bytes).unwrap();
    project.run("generate").done().mentions("the index was damaged, and was made anew from the records");
    assert!(project.tree("feeds") == feeds);
    project.run("check").done().mentions("nothing is wrong");

    // What waits to be generated is no finding.
    project.file("inbox/tide.txt", " date 2023-07-11 The tide is high. It will fall.\n");
    project.run("ingest").done();
    project.run("check").done().mentions("nothing is wrong");
}
