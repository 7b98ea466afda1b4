//! What is not sent again, and what is sent in part.

use crate::harness::{Site, WRITTEN, atom};

#[test]
fn each_validator_alone_and_the_tag_before_the_date() {
    let site = Site::new();
    site.file("atom.xml", atom(&["1"]));
    let first = site.get("/atom.xml", "");
    let tag = first.etag();
    let status = |headers: &str| site.get("/atom.xml", headers).status;
    assert_eq!(status(&format!("If-None-Match: {tag}\r\n")), 304);
    assert_eq!(status(&format!("If-None-Match: W/{tag}\r\n")), 304);
    assert_eq!(status(&format!("If-None-Match: \"x\", {tag}\r\n")), 304);
    assert_eq!(status("If-None-Match: *\r\n"), 304);
    assert_eq!(status("If-None-Match: \"x\"\r\n"), 200);
    assert_eq!(status(&format!("If-Modified-Since: {WRITTEN}\r\n")), 304);
    assert_eq!(status("If-Modified-Since: Mon, 01 Apr 2024 07:59:59 GMT\r\n"), 200);
    assert_eq!(status("If-Modified-Since: tomorrow\r\n"), 200);
    assert_eq!(status(&format!("If-None-Match: \"x\"\r\nIf-Modified-Since: {WRITTEN}\r\n")), 200);
    assert_eq!(status(&format!("If-None-Match: {tag}\r\nIf-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT\r\n")), 304);
    assert_eq!(status("If-Match: \"x\"\r\n"), 412);
    assert_eq!(status(&format!("If-Match: {tag}\r\n")), 200);
    assert_eq!(site.ask("HEAD", "/atom.xml", "If-None-Match: *\r\n").status, 304);

    let unchanged = site.get("/atom.xml", &format!("If-None-Match: {tag}\r\n"));
    assert!(unchanged.body.is_empty() && unchanged.etag() == tag);
    assert_eq!(unchanged.header("cache-control"), first.header("cache-control"));
    assert_eq!(unchanged.header("vary"), first.header("vary"));
}

#[test]
fn a_tag_of_any_coding_that_the_client_takes_is_the_same_feed() {
    let site = Site::new();
    site.file("atom.xml", atom(&["1", "2"]));
    let plain = site.get("/atom.xml", "").etag().to_owned();
    let gzip = site.get("/atom.xml", "Accept-Encoding: gzip\r\n").etag().to_owned();
    assert_ne!(plain, gzip);
    let ask = |tag: &str, accept: &str| {
        let answer = site.get("/atom.xml", &format!("If-None-Match: {tag}\r\n{accept}"));
        (answer.status, answer.etag().to_owned())
    };
    assert_eq!(ask(&gzip, "Accept-Encoding: gzip\r\n"), (304, gzip.clone()));
    assert_eq!(ask(&plain, "Accept-Encoding: gzip\r\n"), (304, plain.clone()));
    assert_eq!(ask(&gzip, "Accept-Encoding: br\r\n").0, 200);
    assert_eq!(ask(&plain, "Accept-Encoding: gzip, identity;q=0\r\n").0, 200);
}

#[test]
fn a_date_is_told_only_when_its_second_is_over() {
    let site = Site::new();
    // Now is 12:00:00 at the server; a further change may follow in this second, and one second is all that a date tells.
    let now = chrono::DateTime::parse_from_rfc3339(crate::harness::NOW).unwrap();
    site.file_of("atom.xml", atom(&["1"]), now.into());
    let fresh = site.get("/atom.xml", "If-Modified-Since: Wed, 01 May 2024 12:00:00 GMT\r\n");
    assert_eq!((fresh.status, fresh.header("last-modified")), (200, None));
    // Nor is a date of the future.
    site.file_of("rss.xml", atom(&["1"]), (now + chrono::TimeDelta::days(1)).into());
    assert_eq!(site.get("/rss.xml", "").header("last-modified"), None);
}

#[test]
fn one_range_of_the_plain_bytes() {
    let site = Site::new();
    site.file("files/talk.mp3", "0123456789");
    let ask = |headers: &str| site.get("/files/talk.mp3", headers);
    let whole = ask("");
    for (range, body, place) in [
        ("bytes=0-3", "0123", "bytes 0-3/10"),
        ("bytes=8-", "89", "bytes 8-9/10"),
        ("bytes=-2", "89", "bytes 8-9/10"),
        ("bytes=5-99", "56789", "bytes 5-9/10"),
    ] {
        let part = ask(&format!("Range: {range}\r\n"));
        assert_eq!((part.status, part.text(), part.header("content-range")), (206, body, Some(place)), "{range}");
        assert_eq!(part.etag(), whole.etag());
    }
    for range in ["bytes=0-1,4-5", "bytes=3-1", "bytes=x", "lines=1-2", "bytes"] {
        let answer = ask(&format!("Range: {range}\r\n"));
        assert_eq!((answer.status, answer.text()), (200, "0123456789"), "{range}");
    }
    let outside = ask("Range: bytes=10-\r\n");
    assert_eq!((outside.status, outside.header("content-range")), (416, Some("bytes */10")));
    assert_eq!(ask(&format!("Range: bytes=0-1\r\nIf-Range: {}\r\n", whole.etag())).status, 206);
    assert_eq!(ask(&format!("Range: bytes=0-1\r\nIf-Range: {WRITTEN}\r\n")).status, 206);
    assert_eq!(ask("Range: bytes=0-1\r\nIf-Range: \"x\"\r\n").status, 200);
    assert_eq!(ask(&format!("Range: bytes=0-1\r\nIf-Range: W/{}\r\n", whole.etag())).status, 200);
    assert_eq!(ask(&format!("Range: bytes=0-1\r\nIf-None-Match: {}\r\n", whole.etag())).status, 304);
    assert_eq!(site.ask("HEAD", "/files/talk.mp3", "Range: bytes=0-1\r\n").status, 200);

    site.file("atom.xml", atom(&["1"]));
    let part = site.get("/atom.xml", "Accept-Encoding: br\r\nRange: bytes=0-4\r\n");
    assert_eq!((part.status, part.text(), part.header("content-encoding")), (206, "<?xml", None));
    assert_eq!(part.header("vary"), Some("Accept-Encoding"));
}
