//! Sites that move: to https, to another host. Their subscribers see nothing again.

use crate::harness::Project;
use crate::harness::server::{Reply, Server};
use crate::{project, records, source};

const RSS: &str = "application/rss+xml";

/// An entry with an address for its id.
fn item(site: &str, n: u32, title: &str) -> String {
    format!(
        "<item><title>{title}</title><link>{site}/2024/post-{n}/</link><guid>{site}/?p={n}</guid>\
         <pubDate>{:02} Jan 2024 10:00:00 GMT</pubDate><description>&lt;p&gt;Post {n} of the rowing club: \
         &lt;a href=\"{site}/boats/\"&gt;eight boats&lt;/a&gt; went out and came home.&lt;/p&gt;</description></item>",
        n + 1
    )
}

fn feed(items: &[String]) -> Reply {
    let items = items.concat();
    Reply::ok(
        RSS,
        format!(
            "<rss version=\"2.0\"><channel><title>Club</title><link>https://c.example/</link><description>News</description>{items}</channel></rss>"
        ),
    )
}

fn club(site: &str) -> Reply {
    feed(&[item(site, 1, "Spring"), item(site, 2, "Summer"), item(site, 3, "Autumn")])
}

fn ids(project: &Project) -> Vec<String> {
    let all = records(project).into_iter().map(|path| {
        let text = project.read(&format!("archive/{path}"));
        text.lines().find_map(|line| line.strip_prefix("id: ")).unwrap_or_default().trim_matches(['"', '\'']).to_owned()
    });
    let mut all: Vec<String> = all.collect();
    all.sort();
    all
}

#[test]
fn a_feed_moves_to_https_loses_www_and_changes_its_host() {
    let server = Server::start();
    server.on("/feed.xml", club("http://www.club.example"));
    let project = project(&source(&server.url("/feed.xml"), ""));
    project.run("sync").done();
    let before = ids(&project);
    assert_eq!(before.len(), 3);
    for site in ["https://www.club.example", "https://club.example", "https://rowing.example", "http://rowing.example"]
    {
        server.on("/feed.xml", club(site));
        let ran = project.run("sync --json --force").done().json();
        assert_eq!(
            (&ran["sync"]["added"], &ran["sync"]["notes"]),
            (&0.into(), &serde_json::json!([])),
            "{site}: {ran}"
        );
        assert_eq!(ids(&project), before, "{site}");
        let again = project.run("sync --json --force").done().json();
        assert_eq!((&again["sync"]["added"], &again["sync"]["replaced"]), (&0.into(), &0.into()), "{site}");
    }
    let text = project.read(&format!("archive/{}", records(&project)[0]));
    assert!(text.contains("http://rowing.example/2024/post-1/") && !text.contains("updated:"), "{text}");
    // What is edited after the move is the same article; what is new is new.
    let site = "http://rowing.example";
    server.on("/feed.xml", feed(&[item(site, 1, "Spring on the river"), item(site, 4, "Winter")]));
    let ran = project.run("sync --json --force").done().json();
    assert_eq!((&ran["sync"]["added"], &ran["sync"]["replaced"]), (&1.into(), &1.into()), "{ran}");
}

#[test]
fn another_address_of_the_feed_itself_changes_nothing() {
    let server = Server::start();
    server.on("/old.xml", club("http://club.example")).on("/new.xml", club("https://club.example"));
    let project = project(&source(&server.url("/old.xml"), ""));
    project.run("sync").done();
    let before = ids(&project);
    let config = project.read("feedmill.toml").replace("/old.xml", "/new.xml");
    project.file("feedmill.toml", config);
    project.run("sync").done();
    assert_eq!(ids(&project), before);
}

#[test]
fn two_entries_of_one_document_stay_two() {
    let server = Server::start();
    let both = |n| [item("http://club.example", n, "Spring"), item("https://club.example", n, "Spring")];
    server.on("/feed.xml", feed(&both(1)));
    let project = project(&source(&server.url("/feed.xml"), ""));
    project.run("sync").done();
    assert_eq!(records(&project).len(), 2);
    // The second of them may come later.
    server.on("/feed.xml", feed(&[both(1).concat(), item("http://club.example", 5, "Regatta")]));
    project.run("sync --force").done();
    server.on("/feed.xml", feed(&both(5)));
    project.run("sync --force").done();
    assert_eq!(records(&project).len(), 4);
}

#[test]
fn other_days_titles_and_texts_are_other_articles() {
    let server = Server::start();
    server.on("/feed.xml", club("http://club.example"));
    let project = project(&source(&server.url("/feed.xml"), ""));
    project.run("sync").done();
    let other = item("https://rowing.example", 1, "Spring")
        .replace("eight boats", "a choir of forty sang for three hours until the lamps");
    let later = item("https://rowing.example", 2, "Summer").replace("Jan 2024", "Feb 2024");
    let titled = item("https://rowing.example", 3, "Fall");
    server.on("/feed.xml", feed(&[other, later, titled]));
    project.run("sync --force").done();
    assert_eq!(records(&project).len(), 6);
}
