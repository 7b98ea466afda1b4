//! `A-IM: feed`: only what is new (RFC 3229).

use std::io::Cursor;

use crate::harness::{Site, atom};

fn ids(bytes: &[u8]) -> Vec<String> {
    // A reader that is not ours.
    let feed = atom_syndication::Feed::read_from(Cursor::new(bytes)).unwrap();
    feed.entries().iter().map(|entry| entry.id().to_owned()).collect()
}

#[test]
fn only_the_entries_that_the_client_has_not_seen() {
    let site = Site::new();
    site.file("atom.xml", atom(&["2", "1"]));
    let first = site.get("/atom.xml", "").etag().to_owned();
    let ask = |tag: &str, more: &str| site.get("/atom.xml", &format!("If-None-Match: {tag}\r\n{more}"));
    assert_eq!(ask(&first, "A-IM: feed\r\n").status, 304);

    site.file("atom.xml", atom(&["3", "2", "1"]));
    let second = site.get("/atom.xml", "").etag().to_owned();
    let news = ask(&first, "A-IM: gzip, feed\r\n");
    assert_eq!((news.status, ids(&news.body)), (226, vec!["3".to_owned()]));
    assert_eq!((news.header("im"), news.etag(), news.header("delta-base")), (Some("feed"), &*second, Some(&*first)));
    assert_eq!(news.header("vary"), Some("Accept, Accept-Encoding, A-IM, If-None-Match"));
    assert_eq!(news.header("cache-control"), Some("no-store, im"));
    assert_eq!(news.header("content-type"), Some("application/atom+xml; charset=utf-8"));

    // An entry that was edited is new; one that is gone is not there; both versions are still known.
    site.file("atom.xml", atom(&["4", "3", "2"]).replace("About 2", "All about 2"));
    assert_eq!(ids(&ask(&first, "A-IM: feed\r\n").body), ["4", "3", "2"]);
    assert_eq!(ids(&ask(&second, "A-IM: feed\r\n").body), ["4", "2"]);
    assert_eq!(ids(&ask(&format!("{first}, {second}"), "A-IM: feed\r\n").body), ["4", "2"]);
    assert_eq!(ids(&ask(&format!("W/{second}"), "A-IM: feed\r\n").body), ["4", "2"]);
}

#[test]
fn everything_where_that_is_not_asked_for_or_cannot_be_told() {
    let site = Site::new();
    site.file("atom.xml", atom(&["1"])).file("index.html", "<p>1");
    let (first, page) = (site.get("/atom.xml", "").etag().to_owned(), site.get("/", "").etag().to_owned());
    site.file("atom.xml", atom(&["2", "1"])).file("index.html", "<p>2");
    let status = |headers: &str| site.get("/atom.xml", headers).status;
    assert_eq!(status(&format!("If-None-Match: {first}\r\n")), 200);
    assert_eq!(status(&format!("If-None-Match: {first}\r\nA-IM: feed;q=0\r\n")), 200);
    assert_eq!(status(&format!("If-None-Match: {first}\r\nA-IM: vcdiff\r\n")), 200);
    assert_eq!(
        status(&format!("If-None-Match: {first}\r\nA-IM: feed\r\nAccept-Encoding: gzip, identity;q=0\r\n")),
        200
    );
    // A library that says so for programs that do not know: see docs/serving.md.
    let feedparser = "A-IM: feed\r\nAccept: application/rss+xml,application/x-netcdf,*/*;q=0.1\r\n";
    assert_eq!(status(&format!("If-None-Match: {first}\r\n{feedparser}")), 200);
    assert_eq!(status("If-None-Match: \"0123456789abcdef0123456789abcdef\"\r\nA-IM: feed\r\n"), 200);
    assert_eq!(status("A-IM: feed\r\n"), 200);
    assert_eq!(site.get("/", &format!("If-None-Match: {page}\r\nA-IM: feed\r\n")).status, 200);
    // Nothing of the old version is left: all of it is new.
    site.file("atom.xml", atom(&["9", "8"]));
    assert_eq!(status(&format!("If-None-Match: {first}\r\nA-IM: feed\r\n")), 200);
}

#[test]
fn rss_and_json_too() {
    let site = Site::new();
    let rss = |ids: &[&str]| {
        let items: String = ids.iter().map(|id| format!("<item><guid>{id}</guid></item>")).collect();
        format!(
            "<rss version=\"2.0\"><channel><title>T</title><link>https://a.example/</link><description/>{items}</channel></rss>"
        )
    };
    let json = |ids: &[&str]| {
        let items: Vec<_> = ids.iter().map(|id| serde_json::json!({"id": id, "content_text": "t"})).collect();
        serde_json::json!({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items}).to_string()
    };
    site.file("rss.xml", rss(&["2", "1"])).file("feed.json", json(&["2", "1"]));
    let tag = |path: &str| format!("A-IM: feed\r\nIf-None-Match: {}\r\n", site.get(path, "").etag());
    let (of_rss, of_json) = (tag("/rss.xml"), tag("/feed.json"));
    site.file("rss.xml", rss(&["3", "2"])).file("feed.json", json(&["4", "3", "2"]));
    let news = site.get("/rss.xml", &of_rss);
    let items = rss::Channel::read_from(&*news.body).unwrap().into_items();
    assert_eq!((news.status, items.len(), items[0].guid().unwrap().value()), (226, 1, "3"));
    let news: serde_json::Value = serde_json::from_slice(&site.get("/feed.json", &of_json).body).unwrap();
    assert_eq!(news["items"], serde_json::json!([{"id": "4", "content_text": "t"}, {"id": "3", "content_text": "t"}]));
}
