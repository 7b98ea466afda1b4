//! What the server says of itself and of its visitors.

use feedmill::serve::Exposure;

use crate::harness::{Site, atom};

#[test]
fn health() {
    let site = Site::new();
    assert_eq!((site.get("/healthz", "").status, site.get("/healthz", "").text()), (200, "ok\n"));
    std::fs::remove_dir_all(site.path("")).unwrap();
    assert_eq!(site.get("/healthz", "").status, 503);
}

#[test]
fn metrics_count_requests_bytes_subscribers_and_age() {
    let site = Site::new();
    site.file("atom.xml", atom(&["1"])).file("notices/rss.xml", "<rss/>");
    let first = site.get("/atom.xml", "User-Agent: Feedly/1.0 (+http://x; 16 subscribers; like x)\r\n");
    let tag = format!("If-None-Match: {}\r\n", first.etag());
    for _ in 0..3 {
        assert_eq!(site.get("/atom.xml", &format!("{tag}User-Agent: Feedly/1.1 (17 subscribers)\r\n")).status, 304);
    }
    site.get("/nothing", "");
    let answer = site.get("/metrics", "");
    assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    let text = answer.text();
    for line in [
        "feedmill_http_requests_total{class=\"feed\",status=\"200\"} 1",
        "feedmill_http_requests_total{class=\"feed\",status=\"304\"} 3",
        "feedmill_http_requests_total{class=\"other\",status=\"404\"} 1",
        "feedmill_feed_not_modified_ratio 0.75",
        "feedmill_subscribers{feed=\"/atom.xml\",aggregator=\"feedly\"} 17",
        // From 1 April, 08:00, to 1 May, 12:00.
        "feedmill_feed_staleness_seconds{feed=\"/atom.xml\"} 2606400",
        "feedmill_feed_staleness_seconds{feed=\"/notices/rss.xml\"} 2606400",
        "feedmill_connections_total 6",
    ] {
        assert!(text.lines().any(|known| known == line), "{line} is not in\n{text}");
    }
    for line in text.lines() {
        assert!(line.starts_with("# ") || line.rsplit_once(' ').unwrap().1.parse::<f64>().is_ok(), "{line}");
    }
}

#[test]
fn metrics_are_for_this_machine_unless_told_otherwise() {
    let site = Site::new();
    assert_eq!(site.get("/metrics", "").status, 200);
    // A proxy on this machine asks for somebody else.
    assert_eq!(site.get("/metrics", "X-Forwarded-For: 192.0.2.1\r\n").status, 404);
    let open = Site::with(|settings| settings.metrics = Exposure::Public);
    assert_eq!(open.get("/metrics", "X-Forwarded-For: 192.0.2.1\r\n").status, 200);
    let shut = Site::with(|settings| settings.metrics = Exposure::Off);
    assert_eq!(shut.get("/metrics", "").status, 404);
}

#[test]
fn the_access_log_is_in_the_combined_format() {
    let mut site = Site::new();
    site.file("atom.xml", "x".repeat(10));
    site.get("/atom.xml?a=b", "User-Agent: a \"b\" ä\\\r\nReferer: https://r.example/\r\n");
    site.ask("HEAD", "/nothing", "X-Forwarded-For: 10.0.0.1, 192.0.2.7\r\n");
    let log = site.log();
    let lines: Vec<&str> = log.lines().collect();
    assert_eq!(lines.len(), 2, "{log}");
    assert_eq!(lines[1], "192.0.2.7 - - [01/May/2024:12:00:00 +0000] \"HEAD /nothing HTTP/1.1\" 404 0 \"-\" \"-\"",);
    assert!(lines[0].contains("200 10 \"https://r.example/\""), "{}", lines[0]);
    assert!(!lines[0].contains('\x1b'), "{}", lines[0]);
}
