//! What is handed out, how it is described, and what is not.

use std::fs;
use std::io::Read;

use crate::harness::{Site, WRITTEN, atom};

#[test]
fn a_feed_comes_with_everything_that_readers_and_caches_need() {
    let site = Site::new();
    site.file("atom.xml", atom(&["1", "2"]));
    let answer = site.get("/atom.xml?utm=x", "");
    assert_eq!((answer.status, answer.text()), (200, atom(&["1", "2"]).as_str()));
    for (name, value) in [
        ("content-type", "application/atom+xml; charset=utf-8"),
        ("cache-control", "public, max-age=300"),
        ("vary", "Accept-Encoding"),
        ("last-modified", WRITTEN),
        ("x-content-type-options", "nosniff"),
        ("accept-ranges", "bytes"),
        ("link", "<https://feeds.example/atom.xml>; rel=\"self\", <https://hub.example/>; rel=\"hub\""),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    let etag = answer.etag();
    assert!(etag.starts_with('"') && etag.len() == 34, "{etag}");
    assert!(answer.header("date").is_some() && answer.header("content-encoding").is_none());

    let head = site.ask("HEAD", "/atom.xml", "");
    assert_eq!((head.status, head.etag(), head.header("content-length")), (200, etag, answer.header("content-length")));
}

#[test]
fn media_types_policies_and_lifetimes() {
    let site = Site::new();
    for name in
        ["rss.xml", "index.html", "logo.png", "files/0123456789abcdef-song.mp3", "files/0123456789abcdef-x.html"]
    {
        site.file(name, "something");
    }
    site.file("feed.json", r#"{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[]}"#);
    site.file("2023/05.xml", atom(&["1"]));
    let kind = |path: &str| site.get(path, "").header("content-type").unwrap().to_owned();
    assert_eq!(kind("/rss.xml"), "application/rss+xml; charset=utf-8");
    assert_eq!(kind("/feed.json"), "application/feed+json; charset=utf-8");
    assert_eq!(kind("/2023/05.xml"), "application/atom+xml; charset=utf-8");
    assert_eq!(kind("/logo.png"), "image/png");
    let page = site.get("/", "");
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert_eq!(page.header("referrer-policy"), Some("strict-origin-when-cross-origin"));
    let song = site.get("/files/0123456789abcdef-song.mp3", "");
    assert_eq!(song.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!((song.header("content-type"), song.header("content-disposition")), (Some("audio/mpeg"), None));
    let letter = site.get("/files/0123456789abcdef-x.html", "");
    assert_eq!(letter.header("content-disposition"), Some("attachment"));
    assert!(letter.header("content-security-policy").unwrap().contains("sandbox"));
}

#[test]
fn directories_have_a_page_or_nothing() {
    let site = Site::new();
    site.file("notices/index.html", "<p>notices</p>").file("bare/atom.xml", atom(&[]));
    assert_eq!(site.get("/notices/", "").text(), "<p>notices</p>");
    let moved = site.get("/notices?page=2", "");
    assert_eq!((moved.status, moved.header("location")), (301, Some("/notices/?page=2")));
    assert_eq!(
        (site.get("/bare/", "").status, site.get("/bare", "").status, site.get("/", "").status),
        (404, 404, 404)
    );
    assert_eq!(site.get("/notices/index.html/", "").status, 404);
    assert_eq!(site.get("//notices", "").status, 404);
}

#[test]
fn nothing_outside_and_nothing_hidden() {
    let site = Site::new();
    site.file("a/atom.xml", atom(&[])).file(".secret", "hidden").file("küste.txt", "sea").file("a/.b/x.txt", "hidden");
    fs::write(site.path("../outside.txt"), "outside").unwrap();
    #[cfg(unix)]
    {
        let link = |to: &str, at: &str| std::os::unix::fs::symlink(to, site.path(at)).unwrap();
        link("../outside.txt", "leak.txt");
        link("..", "up");
        link(".secret", "shown.txt");
        link("a/atom.xml", "inside.xml");
        link("circle", "circle");
        for path in ["/leak.txt", "/up/outside.txt", "/shown.txt", "/circle", "/up/"] {
            assert_eq!(site.get(path, "").status, 404, "{path}");
        }
        assert_eq!(site.get("/inside.xml", "").status, 200);
        // A link that was good and is set elsewhere is looked at again.
        fs::remove_file(site.path("inside.xml")).unwrap();
        link("../outside.txt", "inside.xml");
        assert_eq!(site.get("/inside.xml", "").status, 404);
    }
    assert_eq!(site.get("/k%c3%bcste.txt", "").text(), "sea");
    for path in
        ["/../outside.txt", "/a/../../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt", "/%00", "/%", "*"]
    {
        assert_eq!(site.get(path, "").status, 400, "{path}");
    }
    for path in [
        "/.secret",
        "/%2esecret",
        "/a/.b/x.txt",
        "/..\\outside.txt",
        "/..%5coutside.txt",
        "/a/atom.xml/x",
        "/a//atom.xml",
    ] {
        assert_eq!(site.get(path, "").status, 404, "{path}");
    }
    assert_eq!(site.get(&format!("/{}", "x/".repeat(2000)), "").status, 404);
}

#[test]
fn codings_by_quality_each_with_its_own_tag() {
    let site = Site::new();
    let feed = atom(&["1", "2", "3", "4", "5", "6", "7", "8"]);
    site.file("atom.xml", &feed).file("logo.png", [7; 500]);
    let plain = site.get("/atom.xml", "");
    let mut tags = vec![plain.etag().to_owned()];
    for (asked, coding) in [("gzip", "gzip"), ("gzip, deflate, br;q=0.9", "gzip"), ("br, gzip", "br"), ("zstd", "zstd")]
    {
        let answer = site.get("/atom.xml", &format!("Accept-Encoding: {asked}\r\n"));
        assert_eq!((answer.status, answer.header("content-encoding")), (200, Some(coding)), "{asked}");
        assert_eq!(answer.header("vary"), Some("Accept-Encoding"));
        let mut text = String::new();
        match coding {
            "gzip" => drop(flate2::read::GzDecoder::new(&*answer.body).read_to_string(&mut text).unwrap()),
            "br" => drop(brotli::Decompressor::new(&*answer.body, 4096).read_to_string(&mut text).unwrap()),
            _ => text = String::from_utf8(zstd::decode_all(&*answer.body).unwrap()).unwrap(),
        }
        assert_eq!(text, feed);
        tags.push(answer.etag().to_owned());
    }
    tags.dedup();
    assert_eq!(tags.len(), 4, "{tags:?}");
    assert_eq!(site.get("/logo.png", "Accept-Encoding: br, gzip\r\n").header("content-encoding"), None);
    assert_eq!(site.get("/logo.png", "Accept-Encoding: gzip, identity;q=0\r\n").status, 406);
    assert_eq!(site.get("/atom.xml", "Accept-Encoding: *;q=0\r\n").status, 406);
    assert_eq!(
        site.get("/atom.xml", "Accept-Encoding: identity;q=0, gzip\r\n").header("content-encoding"),
        Some("gzip")
    );
}

#[test]
fn retired_feeds_are_gone_from_one_request_to_the_next() {
    let site = Site::new();
    site.file("notices/atom.xml", atom(&[])).file("atom.xml", atom(&[]));
    assert_eq!(site.get("/notices/atom.xml", "").status, 200);
    site.file(".gone", "# since May\nnotices/\nold.xml\n");
    assert_eq!(site.get("/notices/atom.xml", "").status, 410);
    assert_eq!((site.get("/old.xml", "").status, site.get("/notices/", "").status), (410, 410));
    assert_eq!((site.get("/atom.xml", "").status, site.get("/.gone", "").status), (200, 404));
    fs::remove_file(site.path(".gone")).unwrap();
    assert_eq!(site.get("/notices/atom.xml", "").status, 200);
}

#[test]
fn large_files_are_sent_whole_in_parts_and_from_one_state() {
    let site = Site::new();
    let large: Vec<u8> = (0..9_000_000_u32).map(|n| (n % 251) as u8).collect();
    site.file("files/0123456789abcdef-talk.mp3", &large);
    let whole = site.get("/files/0123456789abcdef-talk.mp3", "Accept-Encoding: br\r\n");
    assert!(whole.status == 200 && whole.body == large && whole.header("content-encoding").is_none());
    let part = site.get("/files/0123456789abcdef-talk.mp3", "Range: bytes=8000000-8000009\r\n");
    assert_eq!((part.status, &*part.body), (206, &large[8_000_000..8_000_010]));
    assert_eq!(part.header("content-range"), Some("bytes 8000000-8000009/9000000"));
    let tag = format!("If-None-Match: {}\r\n", whole.etag());
    assert_eq!(site.get("/files/0123456789abcdef-talk.mp3", &tag).status, 304);
    site.file("files/0123456789abcdef-talk.mp3", &large[1..]);
    assert_eq!(site.get("/files/0123456789abcdef-talk.mp3", &tag).status, 200);
}
