//! robots.txt is kept at every place where something is fetched that nobody named: each would be missed alone.

use crate::harness::server::{Reply, Server};
use crate::{project, records, source};

const PAGE: &str = "<html><head><title>The pier</title><meta property=\"article:published_time\" content=\"2022-03-01\">\
    </head><body><article><h1>The pier</h1><p>The old pier was painted green in spring, as every year since the war, and \
    the gulls have taken to it at once. Nobody had asked them.</p></article></body></html>";

/// A server with these rules.
fn server(rules: &str) -> Server {
    let server = Server::start();
    server.on("/robots.txt", Reply::ok("text/plain", format!("User-agent: *\n{rules}\n")));
    server
}

#[test]
fn a_page_that_is_a_source_is_not_asked_against_the_rules() {
    for (rules, keys, comes) in [
        ("Disallow: /pier", "kind = \"page\"", false),
        ("Disallow: /pier", "kind = \"page\"\nrobots = false", true),
        ("Disallow: /pi\nAllow: /pier", "kind = \"page\"", true),
        ("Disallow: /other", "kind = \"page\"", true),
        ("Disallow: /*er$", "", false),
    ] {
        let server = server(rules);
        server.on("/pier", Reply::ok("text/html", PAGE));
        let project = project(&source(&server.url("/pier"), keys));
        project.run("sync").exits(i32::from(!comes));
        assert_eq!(records(&project).len(), usize::from(comes), "{rules} {keys}");
        let asked_once_to_learn_what_it_is = usize::from(keys.is_empty());
        assert_eq!(
            server.asked("/pier").len(),
            usize::from(comes).max(asked_once_to_learn_what_it_is),
            "{rules} {keys}"
        );
    }
}

#[test]
fn documents_and_directories_of_a_listing_are_not_fetched_against_the_rules() {
    let server = server("Disallow: /notes/b.txt\nDisallow: /notes/old/");
    let index = |name: &str, links: &str| {
        let page = format!(
            "<html><head><title>Index of {name}</title></head><body><h1>Index of {name}</h1><pre>\
            <a href=\"../\">../</a>\n{links}</pre></body></html>"
        );
        Reply::ok("text/html", page)
    };
    let line = |name: &str| format!("<a href=\"{name}\">{name}</a>  09-Jul-2023 14:30   40\n");
    server.on(
        "/notes/",
        index("/notes/", &(line("a.txt") + &line("b.txt") + "<a href=\"old/\">old/</a>  09-Jul-2022 09:00   -\n")),
    );
    server.on("/notes/old/", index("/notes/old/", &line("c.txt")));
    for name in ["a.txt", "b.txt", "old/c.txt"] {
        server.on(
            &format!("/notes/{name}"),
            Reply::ok("text/plain", format!(" date 2023-07-09 The gulls of {name} are back.")),
        );
    }
    let project = project(&source(&server.url("/notes/"), ""));
    project.run("sync").exits(0).mentions("robots.txt");
    assert_eq!(records(&project).len(), 1);
    for path in ["/notes/b.txt", "/notes/old/", "/notes/old/c.txt"] {
        assert_eq!(server.asked(path).len(), 0, "{path}");
    }
}

#[test]
fn pages_of_entries_are_not_fetched_against_the_rules() {
    let server = server("Disallow: /s/1");
    let entry = |n: u32| {
        format!(
            "<item><title>Steamer {n}</title><link>{}</link><guid>{n}</guid><pubDate>0{n} Mar 2022 08:00:00 GMT</pubDate>\
             <description>Only the beginning.</description></item>",
            server.url(&format!("/s/{n}"))
        )
    };
    let feed = format!("<rss version=\"2.0\"><channel><title>S</title>{}{}</channel></rss>", entry(1), entry(2));
    server.on("/feed.xml", Reply::ok("application/rss+xml", feed));
    for n in 1..=2 {
        server.on(&format!("/s/{n}"), Reply::ok("text/html", PAGE));
    }
    let project = project(&source(&server.url("/feed.xml"), "full_text = true"));
    project.run("sync");
    assert_eq!((server.asked("/s/1").len(), server.asked("/s/2").len()), (0, 1));
    assert_eq!(records(&project).len(), 2, "the summary is there all the same");
}

#[test]
fn a_server_that_cannot_be_asked_for_its_rules_is_not_asked_for_pages() {
    for (status, comes) in [(404, true), (403, true), (429, false), (500, false), (503, false)] {
        let server = Server::start();
        server.on("/robots.txt", Reply::status(status));
        server.on("/pier", Reply::ok("text/html", PAGE));
        let project = project(&source(&server.url("/pier"), "kind = \"page\""));
        project.run("sync");
        assert_eq!(
            (server.asked("/pier").len(), records(&project).len()),
            (usize::from(comes), usize::from(comes)),
            "{status}"
        );
    }
}
