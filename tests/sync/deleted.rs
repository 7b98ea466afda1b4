//! What remote sources name no longer.

use crate::harness::Project;
use crate::harness::server::{Reply, Server};
use crate::{asked, project, records, source};

const RETRACT: &str = "deleted = \"retract\"\n";

fn article(n: u32) -> String {
    let text = format!("On its way across the bay the old steamer number {n} met heavy weather in the month {n}. ");
    let (one, two) = (text.repeat(12), format!("{n} passengers of steamer {n} saw land number {n}. ").repeat(12));
    format!(
        "<!doctype html><html><head><title>Steamer {n}</title>\
         <meta property=\"article:published_time\" content=\"2022-{n:02}-01T08:00:00Z\"></head>\
         <body><article><h1>Steamer {n}</h1><p>{one}</p><p>{two}</p></article></body></html>"
    )
}

/// A sitemap of these articles.
fn map(server: &Server, numbers: impl IntoIterator<Item = u32>) -> Reply {
    let url = |n| format!("<url><loc>{}</loc><lastmod>2022-12-01</lastmod></url>", server.url(&format!("/news/{n}")));
    let urls: String = numbers.into_iter().map(url).collect();
    let map = format!("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{urls}</urlset>");
    Reply::ok("application/xml", map)
}

/// A server with five articles.
fn five() -> Server {
    let server = Server::start();
    for n in 1..=5 {
        server.on(
            &format!("/news/{n}"),
            Reply::conditional("\"1\"", "Sun, 22 Nov 2026 10:00:00 GMT", article(n))
                .header("Content-Type", "text/html"),
        );
    }
    server
}

/// The numbers of the articles that are retracted.
fn retracted(project: &Project) -> Vec<String> {
    let all = project.tree("archive").into_iter().filter(|(path, _)| path.starts_with("2022"));
    all.filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("\nretracted:"))
        .map(|(path, _)| path[5..7].into())
        .collect()
}

#[test]
fn what_a_sitemap_names_no_longer_is_retracted_until_it_does() {
    let server = five();
    server.on("/sitemap.xml", map(&server, 1..=5));
    let project = project(&source(&server.url("/sitemap.xml"), RETRACT));
    project.run("sync").done();
    assert_eq!(records(&project).len(), 5);
    server.on("/sitemap.xml", map(&server, [1, 2, 4]));
    project.run("sync --force").done().mentions("is gone, so 2022/03/01/steamer-3.");
    assert_eq!(retracted(&project), ["03", "05"]);
    server.forget();
    project.run("sync --force").done();
    assert_eq!(asked(&server), ["/sitemap.xml"], "nothing is asked for twice");
    server.on("/sitemap.xml", map(&server, [1, 2, 3, 4]));
    project.run("sync --force").done();
    assert_eq!(retracted(&project), ["05"]);
}

#[test]
fn a_sitemap_that_is_empty_or_broken_takes_nothing_away() {
    let server = five();
    server.on("/sitemap.xml", map(&server, 1..=5));
    let project = project(&source(&server.url("/sitemap.xml"), RETRACT));
    project.run("sync").done();
    server.on("/sitemap.xml", map(&server, []));
    project.run("sync --force").mentions("expected at most half of its 5 articles to be gone, found 5");
    server.on("/sitemap.xml", Reply::ok("application/xml", "<urlset><url><loc>"));
    project.run("sync --force");
    assert_eq!(retracted(&project), [""; 0]);
    server.forget();
    server.on("/sitemap.xml", map(&server, 1..=5));
    project.run("sync --force").done();
    assert_eq!(asked(&server), ["/sitemap.xml"], "and no page is fetched again");
    project.run(&format!("withdraw {} --dry-run", server.url("/sitemap.xml"))).done().mentions("0 articles of 5 gone");
}

#[test]
fn a_page_that_another_sitemap_names_is_not_gone() {
    let server = five();
    let index = |n: u32| {
        let entry = |k| format!("<sitemap><loc>{}</loc></sitemap>", server.url(&format!("/map-{k}.xml")));
        let all: String = (1..=n).map(entry).collect();
        let index = format!("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{all}</sitemapindex>");
        server.on("/sitemap.xml", Reply::ok("application/xml", index));
    };
    index(2);
    server.on("/map-1.xml", map(&server, [1, 2, 3])).on("/map-2.xml", map(&server, [4, 5]));
    let project = project(&source(&server.url("/sitemap.xml"), RETRACT));
    project.run("sync").done();
    server.on("/map-1.xml", map(&server, [1, 2])).on("/map-2.xml", map(&server, [3, 4]));
    project.run("sync --force").done();
    assert_eq!(retracted(&project), ["05"]);
    // What cannot be read now may name what the others do not.
    server.on("/map-1.xml", map(&server, [1])).on("/map-2.xml", Reply::ok("application/xml", "no sitemap"));
    project.run("sync --force");
    assert_eq!(retracted(&project), ["05"]);
}

#[test]
fn a_listing_is_withdrawn_from_on_request() {
    let server = five();
    let list = |numbers: &[u32]| {
        let links: String =
            numbers.iter().map(|n| format!("<a href=\"/news/{n}\">{n}</a>   2022-12-01 10:00   9K\n")).collect();
        let page = format!(
            "<html><head><title>Index of /</title></head><body><h1>Index of /</h1><pre><a href=\"../\">../</a>\n{links}</pre></body></html>"
        );
        server.on("/", Reply::ok("text/html", page));
    };
    list(&[1, 2, 3, 4, 5]);
    let project = project(&source(&server.url("/"), "kind = \"listing\"\nrobots = false\n"));
    project.run("sync").done();
    assert_eq!(records(&project).len(), 5);
    list(&[1, 2, 3]);
    project.run("sync --force").done();
    assert_eq!(retracted(&project), [""; 0], "its source keeps what is gone");
    project.run("withdraw").done();
    assert_eq!(retracted(&project), ["04", "05"]);
}

#[test]
fn a_feed_cannot_tell_what_was_deleted() {
    let project = project(&source("https://bay.example/feed.xml", "kind = \"feed\"\ndeleted = \"retract\"\n"));
    project.run("sync").exits(2).mentions("a source of the kind \"feed\" cannot tell what was deleted");
}
