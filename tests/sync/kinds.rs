//! What a source may be, found by looking.

use crate::harness::server::{Reply, Server};
use crate::{asked, project, records, result, rss, source, state};

const RSS: &str = "application/rss+xml";

fn article(n: u32, words: &str) -> String {
    let text = format!("On its way across the bay the old steamer number {n} met heavy weather, {words}. ").repeat(12);
    format!(
        "<!doctype html><html><head><title>Steamer {n}</title>\
         <meta property=\"article:published_time\" content=\"2022-03-{:02}T08:00:00Z\"></head>\
         <body><article><h1>Steamer {n}</h1><p>{text}</p><p>{text}</p></article></body></html>",
        n % 28 + 1
    )
}

#[test]
fn a_feed_comes_once_and_then_only_what_is_new() {
    let server = Server::start();
    let (first, second) = (rss("bay", "", 1..=3), rss("bay", "", 2..=5));
    server.script(
        "/feed.xml",
        [Reply::conditional("\"v1\"", "Sun, 22 Nov 2026 10:00:00 GMT", first).header("Content-Type", RSS)],
    );
    let project = project(&source(&server.url("/feed.xml"), ""));
    let ran = project.run("sync --json").done();
    assert_eq!((result(&ran).as_str(), records(&project).len()), ("new", 3));
    assert_eq!(state(&project)["etag"], "\"v1\"");
    assert_eq!(state(&project)["history"]["reach"], "none-offered");

    assert_eq!(result(&project.run("sync --json").done()), "not-due", "an hour has not passed");
    assert_eq!(server.count(), 1);
    let ran = project.run("sync --json --force").done();
    assert_eq!(result(&ran), "unchanged");
    let again = &server.log()[1];
    assert_eq!(again.header("if-none-match"), Some("\"v1\""));
    assert_eq!(again.header("if-modified-since"), Some("Sun, 22 Nov 2026 10:00:00 GMT"));
    assert!(again.header("user-agent").unwrap().starts_with("feedmill/"));
    assert!(again.header("cookie").is_none() && again.header("referer").is_none());

    server.on("/feed.xml", Reply::conditional("\"v2\"", "Sun, 22 Nov 2026 11:00:00 GMT", second));
    let ran = project.run("sync --json --force").done();
    assert_eq!(ran.json()["sync"]["added"], 2);
    assert_eq!(records(&project).len(), 5);
    assert_eq!(state(&project)["etag"], "\"v2\"");
}

#[test]
fn an_entry_without_a_date_is_news_once() {
    let server = Server::start();
    let undated =
        "<item><title>Undated</title><guid>tag:bay.example,2020:x</guid><description>Some day.</description></item>";
    let feed = |entries| Reply::ok(RSS, rss("bay", "", entries).replace("</channel>", &format!("{undated}</channel>")));
    server.on("/feed.xml", feed(1..=2));
    let project = project(&source(&server.url("/feed.xml"), ""));
    project.run("sync").exits(1).mentions("no publication date found");
    server.on("/feed.xml", feed(1..=3));
    let ran = project.run("sync --json --force").done().json();
    assert_eq!((&ran["sync"]["added"], &ran["sync"]["sources"][0]["undated"]), (&1.into(), &1.into()), "{ran}");
}

#[test]
fn a_page_leads_to_its_feed_and_an_article_is_one() {
    let server = Server::start();
    let home = "<html><head><title>Bay</title><link rel=alternate type=\"application/rss+xml\" href=\"/feed.xml\"></head><p>Hello";
    server.on("/", Reply::ok("text/html", home)).on("/feed.xml", Reply::ok(RSS, rss("bay", "", 1..=2)));
    server.on("/story", Reply::ok("text/html", article(4, "and the captain kept his course")));
    let project = project(&(source(&server.url("/"), "") + &source(&server.url("/story"), "")));
    project.run("sync").done();
    assert_eq!(records(&project).len(), 3);
    let states = project.run("sources --json").done().json();
    assert_eq!(states["sources"][0]["state"]["kind"], "feed");
    assert_eq!(states["sources"][0]["state"]["address"], server.url("/feed.xml"));
    assert_eq!(states["sources"][1]["state"]["kind"], "page");
    server.forget();
    project.run("sync --force").done();
    assert!(asked(&server).iter().all(|target| target != "/"), "the feed is asked from then on: {:?}", asked(&server));
}

#[test]
fn a_feed_that_only_the_server_names_is_found() {
    let server = Server::start();
    let page = || Reply::ok("text/html", "<html><head><title>Bay</title></head><p>Hello");
    let link = "</style.css>; rel=preload, </news.xml>; rel=\"alternate\"; type=\"application/rss+xml\"";
    server.on("/", page().header("Link", link)).on("/news.xml", Reply::ok(RSS, rss("bay", "", 1..=2)));
    let project = project(&source(&server.url("/"), ""));
    project.run("sync").done();
    assert_eq!((records(&project).len(), state(&project)["address"].as_str()), (2, Some(&*server.url("/news.xml"))));
    project.run_args(["sources", "add", &server.url("/"), "--allow-private"]).done().mentions("/news.xml (feed");
}

#[test]
fn the_pages_of_a_sitemap_come_as_they_change() {
    let server = Server::start();
    let map = |dates: [&str; 3]| {
        let urls: String = (1..=3)
            .map(|n| {
                format!(
                    "<url><loc>{}</loc><lastmod>{}</lastmod></url>",
                    server.url(&format!("/news/{n}")),
                    dates[n - 1]
                )
            })
            .collect();
        format!(
            "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{urls}\
                 <url><loc>{}</loc></url><url><loc>https://elsewhere.example/x</loc></url></urlset>",
            server.url("/tags/a")
        )
    };
    let index = format!(
        "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><sitemap><loc>{}</loc></sitemap></sitemapindex>",
        server.url("/map.xml")
    );
    server.on("/sitemap.xml", Reply::ok("application/xml", index));
    server.on("/map.xml", Reply::ok("application/xml", map(["2022-03-01", "2022-03-02", "2022-03-03"])));
    server.on("/robots.txt", Reply::ok("text/plain", "User-agent: *\nDisallow: /news/2\n"));
    for n in 1..=3 {
        server.on(&format!("/news/{n}"), Reply::ok("text/html", article(n, "as so often in March")));
    }
    let project = project(&source(&server.url("/sitemap.xml"), "include = [\"news/*\"]"));
    let ran = project.run("sync --json").exits(0);
    assert_eq!((result(&ran).as_str(), records(&project).len()), ("new", 2), "{}", ran.stderr);
    assert!(ran.stdout.contains("robots.txt"), "{}", ran.stdout);
    assert_eq!(server.asked("/news/2").len() + server.asked("/tags/a").len(), 0, "forbidden, and not wanted");

    server.forget();
    server.on("/map.xml", Reply::ok("application/xml", map(["2022-03-01", "2022-03-02", "2022-04-04"])));
    server.on("/news/3", Reply::ok("text/html", article(3, "and in April")));
    project.run("sync --force").done();
    assert_eq!((server.asked("/news/1").len(), server.asked("/news/3").len()), (0, 1), "only what has changed");
    assert_eq!(records(&project).len(), 2);
}

#[test]
fn a_container_is_taken_up_where_its_download_broke_off() {
    let server = Server::start();
    let mails: String = (1..=400)
        .map(|n| {
            format!(
                "From a@b.example Mon Jul 10 08:00:00 2023\nFrom: A <a@b.example>\nSubject: Tide table {n}\nMessage-ID: <{n}@b.example>\n\
                 Date: Mon, 10 Jul 2023 08:{:02}:{:02} +0000\n\nHigh water {n} at the old pier, and {} boats in.\n\n",
                n / 60, n % 60, n * 11
            )
        })
        .collect();
    let whole = Reply::ok("application/mbox", &mails).header("ETag", "\"m1\"").ranges();
    server.script("/tides.mbox", [whole.clone().cut_after(20_000), whole.clone()]);
    let project = project(&source(&server.url("/tides.mbox"), ""));
    let ran = project.run("sync --json").exits(1);
    assert_eq!((result(&ran).as_str(), records(&project).len()), ("failed", 0));
    let ran = project.run("sync --json --force").done();
    assert_eq!((result(&ran).as_str(), records(&project).len()), ("new", 400));
    let resumed = &server.log()[1];
    let from: usize =
        resumed.header("range").unwrap().trim_start_matches("bytes=").trim_end_matches('-').parse().unwrap();
    assert!(from > 1000, "{from}");
    assert_eq!(resumed.header("if-range"), Some("\"m1\""));
    assert_eq!(result(&project.run("sync --json --force").done()), "unchanged");
    assert!(
        !project.path("archive/.feedmill/downloads").exists() || project.tree("archive/.feedmill/downloads").is_empty()
    );
}

#[test]
fn a_file_is_held_against_its_digest() {
    let server = Server::start();
    let lines = "{\"title\": \"A\", \"date\": \"2023-01-02\", \"text\": \"The lighthouse is dark.\"}\n";
    server.on("/a.jsonl", Reply::ok("application/jsonl", lines));
    server.on("/b.jsonl", Reply::ok("application/jsonl", lines).header("Repr-Digest", "sha-256=:AAAA:"));
    let wrong = "0".repeat(64);
    let project = project(
        &(source(&server.url("/a.jsonl"), &format!("sha256 = \"{wrong}\"")) + &source(&server.url("/b.jsonl"), "")),
    );
    let ran = project.run("sync").exits(1).mentions("SHA-256").mentions("the server names");
    assert!(records(&project).is_empty(), "{}", ran.stderr);
}

#[test]
fn a_directory_and_a_list_of_addresses() {
    let server = Server::start();
    let index = "<html><head><title>Index of /notes/</title></head><body><h1>Index of /notes/</h1><pre>\
        <a href=\"../\">../</a>\n<a href=\"a.txt\">a.txt</a>  09-Jul-2023 14:30   40\n\
        <a href=\"old/\">old/</a>  09-Jul-2022 09:00   -\n<a href=\"b.pdf\">b.pdf</a>  09-Jul-2022 09:00  9\n</pre></body></html>";
    let older = "<html><head><title>Index of /notes/old/</title></head><body><h1>Index of /notes/old/</h1><pre>\
        <a href=\"../\">../</a>\n<a href=\"c.txt\">c.txt</a>  09-Jul-2021 14:30   40\n</pre></body></html>";
    server.on("/notes/", Reply::ok("text/html", index)).on("/notes/old/", Reply::ok("text/html", older));
    server.on("/notes/a.txt", Reply::ok("text/plain", " date 2023-07-09 The gulls are back at the pier."));
    server.on("/notes/old/c.txt", Reply::ok("text/plain", " date 2021-07-09 No gull was seen this year."));
    let list = format!("{}\n{}\n", server.url_at("127.0.0.2", "/x.txt"), server.url("/y.txt"));
    server.on("/list.txt", Reply::ok("text/plain", list));
    server.on("/x.txt", Reply::ok("text/plain", " date 2020-01-01 Ice on the harbour basin."));
    server.on("/y.txt", Reply::ok("text/plain", " date 2020-01-02 The ice has gone again."));
    let project =
        project(&(source(&server.url("/notes/"), "exclude = [\"**/*.pdf\"]") + &source(&server.url("/list.txt"), "")));
    project.run("sync").done();
    assert_eq!(records(&project).len(), 4);
    assert_eq!(server.asked("/notes/b.pdf").len(), 0);
    server.forget();
    project.run("sync --force").done();
    assert_eq!(server.asked("/notes/a.txt").len() + server.asked("/y.txt").len(), 0, "{:?}", asked(&server));
}

#[test]
fn a_subscription_list_brings_its_feeds() {
    let server = Server::start();
    let opml = |feeds: &[&str]| {
        let outlines: String = feeds
            .iter()
            .map(|feed| {
                format!("<outline text=\"{feed}\" type=\"rss\" xmlUrl=\"{}\"/>", server.url(&format!("/{feed}.xml")))
            })
            .collect();
        format!("<opml version=\"2.0\"><head/><body><outline text=\"Sea\">{outlines}</outline></body></opml>")
    };
    server.on("/list.opml", Reply::ok("text/x-opml", opml(&["bay", "pier"])));
    for feed in ["bay", "pier", "quay"] {
        server.on(&format!("/{feed}.xml"), Reply::ok(RSS, rss(feed, "", 1..=2)));
    }
    let project = project(&source(&server.url("/list.opml"), ""));
    let ran = project.run("sync --json").done();
    assert_eq!(ran.json()["sync"]["sources"].as_array().unwrap().len(), 3);
    assert_eq!(records(&project).len(), 4);
    assert!(
        project.tree("archive").iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("Sea")),
        "folders are tags"
    );
    server.on("/list.opml", Reply::ok("text/x-opml", opml(&["bay", "pier", "quay"])));
    project.run("sync --force").done();
    assert_eq!(records(&project).len(), 6);
    project.run("sources export").done().mentions(&server.url("/quay.xml"));
}

#[test]
fn summaries_are_completed_from_their_pages_once() {
    let server = Server::start();
    let entry = |n: u32| {
        format!(
            "<item><title>Steamer {n}</title><link>{}</link><guid>{n}</guid><pubDate>{:02} Mar 2022 08:00:00 GMT</pubDate>\
             <description>Only the beginning.</description></item>",
            server.url(&format!("/s/{n}")),
            n + 1
        )
    };
    let feed = |numbers: &[u32]| {
        format!(
            "<rss version=\"2.0\"><channel><title>S</title>{}</channel></rss>",
            numbers.iter().map(|n| entry(*n)).collect::<String>()
        )
    };
    server.on("/feed.xml", Reply::ok(RSS, feed(&[1, 2])));
    for n in 1..=3 {
        server.on(&format!("/s/{n}"), Reply::ok("text/html", article(n, "as every spring")));
    }
    let project = project(&source(&server.url("/feed.xml"), "full_text = true"));
    project.run("sync").done();
    let texts = || project.tree("archive").into_iter().filter(|(path, _)| path.starts_with("2022")).collect::<Vec<_>>();
    assert_eq!(texts().len(), 2);
    assert!(texts().iter().all(|(_, bytes)| String::from_utf8_lossy(bytes).contains("as every spring")));
    server.forget();
    server.on("/feed.xml", Reply::ok(RSS, feed(&[1, 2, 3])));
    project.run("sync --force").done();
    assert_eq!(server.asked("/s/1").len() + server.asked("/s/2").len(), 0, "fetched once");
    assert!(
        texts().len() == 3
            && texts().iter().all(|(_, bytes)| String::from_utf8_lossy(bytes).contains("as every spring"))
    );
}
