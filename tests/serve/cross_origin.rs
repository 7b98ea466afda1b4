//! Readers that run in a browser, on a page of another site.

use crate::harness::{Site, atom};

#[test]
fn every_answer_about_a_file_may_be_read_by_scripts() {
    let site = Site::new();
    site.file("atom.xml", atom(&[])).file("feeds.opml", "<opml version=\"2.0\"><body/></opml>");
    site.file("archive/2023/07/09/storm.txt", "A storm.").file(".gone", "old.xml\n");
    let tag = site.get("/atom.xml", "").header("etag").unwrap().to_owned();
    for (path, ask, status) in [
        ("/atom.xml", String::new(), 200),
        ("/atom.xml", format!("If-None-Match: {tag}\r\n"), 304),
        ("/atom.xml", "Range: bytes=0-3\r\n".to_owned(), 206),
        ("/feeds.opml", "Origin: https://reader.example\r\n".to_owned(), 200),
        ("/archive/2023/07/09/storm.txt", String::new(), 200),
        ("/old.xml", String::new(), 410),
        ("/nothing.xml", String::new(), 404),
    ] {
        let answer = site.get(path, &ask);
        assert_eq!((answer.status, answer.header("access-control-allow-origin")), (status, Some("*")), "{path}");
        let exposed = answer.header("access-control-expose-headers").unwrap();
        assert!(exposed.contains("ETag") && exposed.contains("Link"), "{exposed}");
        assert_eq!(answer.header("access-control-allow-credentials"), None);
    }
    for path in ["/healthz", "/metrics"] {
        assert_eq!(site.get(path, "").header("access-control-allow-origin"), None, "{path}");
    }
}

#[test]
fn browsers_that_ask_first_are_told() {
    let site = Site::new();
    site.file("atom.xml", atom(&[]));
    let asked = "Origin: https://reader.example\r\nAccess-Control-Request-Method: GET\r\n\
                 Access-Control-Request-Headers: a-im, if-none-match\r\n";
    let answer = site.ask("OPTIONS", "/atom.xml", asked);
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (204, Some("*")));
    let headers = answer.header("access-control-allow-headers").unwrap();
    assert!(headers.contains("A-IM") && headers.contains("If-None-Match"), "{headers}");
    assert_eq!(answer.header("access-control-allow-methods"), Some("GET, HEAD, OPTIONS"));
    assert!(answer.body.is_empty());
    assert_eq!(site.ask("OPTIONS", "/metrics", asked).header("access-control-allow-methods"), None);
}
