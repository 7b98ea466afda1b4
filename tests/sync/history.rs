//! The past of a feed, as far as it can be had.

use crate::harness::Project;
use crate::harness::server::{Reply, Server};
use crate::{asked, project, records, result, rss, source, state};

const RSS: &str = "application/rss+xml";

fn link(rel: &str, url: &str) -> String {
    format!("<atom:link rel=\"{rel}\" href=\"{url}\"/>")
}

#[test]
fn archive_documents_are_walked_to_the_beginning_once() {
    let server = Server::start();
    let archive = |n: u32, older: bool| {
        let older = if older { link("prev-archive", &server.url(&format!("/{}.xml", n - 1))) } else { String::new() };
        Reply::ok(RSS, rss("bay", &format!("<fh:archive/>{older}"), n * 10..n * 10 + 10))
    };
    let head = |n: u32| {
        Reply::ok(RSS, rss("bay", &link("prev-archive", &server.url(&format!("/{n}.xml"))), n * 10 + 8..n * 10 + 15))
    };
    server
        .on("/feed.xml", head(3))
        .on("/1.xml", archive(1, false))
        .on("/2.xml", archive(2, true))
        .on("/3.xml", archive(3, true));
    let project = project(&source(&server.url("/feed.xml"), ""));
    project.run("sync").done();
    assert_eq!(records(&project).len(), 35, "10 to 44");
    let history = state(&project)["history"].clone();
    assert_eq!((history["reach"].as_str(), history["documents"].as_u64()), (Some("complete"), Some(3)));

    server.forget();
    server.on("/4.xml", archive(4, true)).on("/feed.xml", head(4));
    project.run("sync --force").done();
    assert_eq!(records(&project).len(), 45, "10 to 54");
    assert_eq!((server.asked("/4.xml").len(), server.asked("/3.xml").len()), (1, 0), "only what is not known");
}

#[test]
fn a_walk_goes_on_where_it_was_interrupted_and_says_where_it_cannot() {
    let server = Server::start();
    for n in 1..=6 {
        let next = link("next", &server.url(&format!("/feed.xml?page={}", n + 1)));
        let next = if n == 6 { String::new() } else { next };
        let path = if n == 1 { "/feed.xml".to_owned() } else { format!("/feed.xml?page={n}") };
        server.on(&path, Reply::ok(RSS, rss("bay", &next, 60 - n * 10..70 - n * 10)));
    }
    server.script(
        "/feed.xml?page=4",
        [Reply::status(500), Reply::ok(RSS, rss("bay", &link("next", &server.url("/gone.xml")), 20..30))],
    );
    let project = project(&source(&server.url("/feed.xml"), ""));
    let ran = project.run("sync --json").done();
    assert_eq!((result(&ran).as_str(), records(&project).len()), ("unfinished", 30));
    assert_eq!(state(&project)["history"]["reach"], "walking");
    assert_eq!(result(&project.run("sync --json").done()), "not-due", "who stumbled is left alone for a while");
    let ran = project.run("sync --json --force").done();
    assert_eq!((result(&ran).as_str(), records(&project).len()), ("new", 40), "it goes on where it was");
    let why = state(&project)["history"]["reach"]["incomplete"].as_str().unwrap().to_owned();
    assert!(why.contains("/gone.xml") && why.contains("404"), "{why}");
    project.run("sources").done().mentions("history   incomplete");
}

#[test]
fn pages_of_wordpress_and_of_json_feeds() {
    let server = Server::start();
    let generator = "<generator>https://wordpress.org/?v=6.5</generator>";
    for (path, entries) in [("/feed", 20..30), ("/feed?paged=2", 10..20), ("/feed?paged=3", 1..10)] {
        server.on(path, Reply::ok(RSS, rss("press", generator, entries)));
    }
    server.on("/feed?paged=4", Reply::status(404));
    let json = |from: u32, next: &str| {
        let items: Vec<String> = (from..from + 5)
            .map(|n| format!("{{\"id\": \"j{n}\", \"title\": \"Buoy {n}\", \"content_text\": \"Buoy {n} was painted by {} men.\", \
                 \"date_published\": \"2024-01-{:02}T00:00:00Z\"}}", n * 3, n + 1))
            .collect();
        let next = if next.is_empty() { String::new() } else { format!("\"next_url\": \"{next}\", ") };
        format!(
            "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Buoys\", {next}\"items\": [{}]}}",
            items.join(",")
        )
    };
    server.on("/j.json", Reply::ok("application/feed+json", json(10, &server.url("/j2.json"))));
    server.on("/j2.json", Reply::ok("application/feed+json", json(5, &server.url("/j.json"))));
    let project = project(&(source(&server.url("/feed"), "") + &source(&server.url("/j.json"), "")));
    project.run("sync").done();
    assert_eq!(records(&project).len(), 29 + 10);
    let states = project.run("sources --json").done().json();
    assert_eq!(states["sources"][0]["state"]["history"]["reach"], "complete");
    let reach = states["sources"][1]["state"]["history"]["reach"]["incomplete"].to_string();
    assert!(reach.contains("lead back"), "{reach}");
}

#[test]
fn a_feed_that_rolled_over_is_said_to_have_gaps() {
    let server = Server::start();
    server.on("/feed.xml", Reply::ok(RSS, rss("bay", "", 1..5)));
    let project = project(&source(&server.url("/feed.xml"), ""));
    project.run("sync").done();
    server.on("/feed.xml", Reply::ok(RSS, rss("bay", "", 50..55)));
    project.run("sync --force").done().mentions("older ones may have come and gone");
    server.on("/feed.xml", Reply::ok(RSS, rss("bay", "<fh:complete/>", 1..60)));
    project.run("sync --force").done();
    assert_eq!(state(&project)["history"]["reach"], "complete");
    assert_eq!(records(&project).len(), 59);
}

/// Hands out every feed that a project has generated, history and all.
fn hand_out(server: &Server, publisher: &Project) {
    for (path, bytes) in publisher.tree("feeds") {
        let media_type = match path.rsplit_once('.') {
            Some((_, "json")) => "application/feed+json",
            Some((_, "rss")) => RSS,
            _ => "application/xml",
        };
        server.on(&format!("/{path}"), Reply::ok(media_type, bytes));
    }
}

#[test]
fn what_this_program_publishes_is_walked_back_to_the_first_article() {
    let server = Server::start();
    let publisher = Project::with_config(&format!(
        "[site]\ntitle = \"Bay\"\nurl = \"{}\"\n\n[[source]]\npath = \"inbox\"\n\n[[feed]]\nmax_items = 5\nmin_items = 2\n",
        server.url("/")
    ));
    let text = |n: u32, more: &str| format!("The ferry took {} people and {n} cars over the bay{more}.\n", n * 7 + 3);
    let day = |n: u32| format!("{}-{:02}-{:02}", 2019 + n / 40, n % 40 / 10 * 3 + 1, n % 10 / 3 + 5);
    for n in 0..110 {
        publisher
            .file(&format!("inbox/ferry-{n}.txt"), format!("date {}\n\nFerry number {n}\n\n{}", day(n), text(n, "")));
    }
    publisher.run("build").done();
    hand_out(&server, &publisher);
    let documents = publisher.tree("feeds/history").len() / 4;
    assert!(documents > 9, "{documents}");

    let readers = ["/atom.xml", "/rss.xml", "/feed.json"].map(|path| project(&source(&server.url(path), "")));
    for reader in &readers {
        reader.run("sync").done();
        assert_eq!(records(reader).len(), 110);
        assert_eq!(state(reader)["history"]["reach"], "complete");
    }

    // A correction reaches those who have read everything, and they ask for no more than what is new to them.
    publisher.file(
        "inbox/ferry-3.txt",
        format!("date {}\n\nFerry number 3\n\n{}", day(3), text(3, ", and not one of them paid")),
    );
    publisher.run("build").done();
    hand_out(&server, &publisher);
    for reader in &readers {
        server.forget();
        reader.run("sync --force").done();
        let corrected = reader.tree("archive").into_iter().filter(|(path, bytes)| {
            path.starts_with("20") && String::from_utf8_lossy(bytes).contains("not one of them paid")
        });
        assert_eq!((corrected.count(), records(reader).len()), (1, 110));
        assert_eq!(server.count(), 1, "{:?}", asked(&server));
    }
}
