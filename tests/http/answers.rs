//! Good answers, and the ones that a source is told by: 304, 404, 410, 429, 503.

use std::time::Duration;

use feedmill::source::http::Request;

use crate::harness::server::{Reply, Server, http_date};
use crate::{FEED, client, get, request};

#[test]
fn a_feed_comes_with_its_headers() {
    let server = Server::start();
    server.on(
        "/feed.xml",
        Reply::ok("application/rss+xml; charset=iso-8859-1", FEED).header("X-Two", "a").header("X-Two", "b"),
    );
    let answer = get(&client(), &server.url("/feed.xml#news"));
    assert_eq!((answer.status, answer.body.as_slice()), (200, FEED.as_bytes()));
    assert_eq!(answer.url, server.url("/feed.xml"));
    assert_eq!(answer.header("content-type"), Some("application/rss+xml; charset=iso-8859-1"));
    assert_eq!(answer.headers.iter().filter(|(name, _)| name == "x-two").count(), 2);
    assert!(answer.redirects.is_empty());
}

#[test]
fn a_request_says_who_asks_and_nothing_of_the_user() {
    let server = Server::start();
    server.on("/", Reply::ok("text/html", "").header("Set-Cookie", "id=1; Path=/"));
    let client = client();
    get(&client, &server.url("/"));
    get(&client, &server.url("/"));
    for asked in server.log() {
        let mut names: Vec<&str> = asked.headers.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["accept", "accept-encoding", "host", "user-agent"]);
        assert_eq!(asked.header("user-agent"), Some("feedmill/test (+https://feedmill.example/)"));
        assert_eq!(asked.header("accept"), Some("application/rss+xml, */*;q=0.1"));
        assert_eq!(asked.header("accept-encoding"), Some("gzip, br, zstd"));
    }
    assert_eq!(server.connections(), 1, "a connection is used again");
}

#[test]
fn bodies_are_unpacked() {
    let server = Server::start();
    let client = client();
    let replies = [
        Reply::ok("text/xml", FEED).gzip(),
        Reply::ok("text/xml", FEED).gzip().chunked(),
        Reply::ok("text/xml", FEED).zstd(),
        Reply::ok("text/xml", FEED).chunked(),
        Reply::ok("text/xml", FEED).until_close(),
        Reply::ok("text/xml", FEED).header("Content-Encoding", "utf-8"),
        Reply::ok("text/xml", FEED).slowly(50, Duration::from_millis(1)),
        Reply::ok("text/xml", FEED).gzip().drip(Duration::ZERO),
    ];
    for (number, reply) in replies.into_iter().enumerate() {
        server.on("/feed", reply);
        assert_eq!(get(&client, &server.url("/feed")).body, FEED.as_bytes(), "reply {number}");
    }
}

#[test]
fn an_empty_body_may_claim_to_be_packed() {
    let server = Server::start();
    server.on("/empty", Reply::ok("text/xml", "").header("Content-Encoding", "gzip"));
    server.on("/none", Reply::status(204).header("Content-Encoding", "br"));
    assert_eq!(get(&client(), &server.url("/empty")).body, b"");
    assert_eq!(get(&client(), &server.url("/none")).status, 204);
}

#[test]
fn validators_go_back_to_the_letter() {
    let server = Server::start();
    let date = http_date(1_700_000_000);
    // Whitespace inside, a tag without quotes, a date that is none: all of it is the server's own.
    for (etag, modified) in [("W/\"a b,c\"", date.as_str()), ("unquoted", "yesterday"), ("", "1699999999")] {
        server.on("/feed", Reply::conditional(etag, modified, FEED).header("Content-Encoding", "identity"));
        let first = get(&client(), &server.url("/feed"));
        server.forget();
        let known = |name| first.header(name).filter(|value| !value.is_empty());
        let again = Request { etag: known("etag"), last_modified: known("last-modified"), ..request(&first.url) };
        let second = client().get(&again).unwrap();
        assert_eq!((second.status, second.body.len()), (304, 0), "{etag}");
        let asked = &server.log()[0];
        assert_eq!(asked.header("if-none-match"), Some(etag).filter(|etag| !etag.is_empty()));
        assert_eq!(asked.header("if-modified-since"), Some(modified));
    }
}

#[test]
fn a_validator_that_no_header_can_hold_is_left_out() {
    let server = Server::start();
    server.on("/feed", Reply::ok("text/xml", FEED));
    let url = server.url("/feed");
    let asked = Request { etag: Some("\"a\r\nX-Evil: 1\""), last_modified: Some("\0"), ..request(&url) };
    assert_eq!(client().get(&asked).unwrap().status, 200);
    let log = server.log();
    assert_eq!((log[0].header("if-none-match"), log[0].header("x-evil")), (None, None));
}

#[test]
fn new_validators_come_with_an_old_body() {
    let server = Server::start();
    server.on("/feed", Reply::fickle("text/xml", FEED));
    let (first, second) = (get(&client(), &server.url("/feed")), get(&client(), &server.url("/feed")));
    assert_eq!(first.body, second.body);
    assert_ne!(first.header("etag"), second.header("etag"));
}

#[test]
fn refusals_are_answers() {
    let server = Server::start();
    let date = http_date(1_900_000_000);
    server.on("/busy", Reply::status(429).header("Retry-After", "120"));
    server.on("/later", Reply::status(503).header("Retry-After", &date));
    server.on("/gone", Reply::status(410).gzip());
    server.on("/guard", Reply::challenge(403));
    server.on("/broken", Reply::status(500).body("half of it").claims_length(5000));
    server.on("/coded", Reply::status(500).header("Content-Encoding", "dcb"));
    server.on("/choices", Reply::status(300));
    server
        .on("/upgrade", Reply::raw("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nxyz"));
    let get = |path: &str| get(&client(), &server.url(path));
    assert_eq!((get("/busy").status, get("/busy").header("retry-after")), (429, Some("120")));
    assert_eq!(get("/later").header("retry-after"), Some(date.as_str()));
    assert_eq!((get("/gone").status, get("/gone").body.as_slice()), (410, &b"410\n"[..]));
    assert!(String::from_utf8(get("/guard").body).unwrap().contains("Just a moment"));
    assert_eq!((get("/broken").status, get("/broken").body.as_slice()), (500, &b"half of it"[..]));
    assert_eq!((get("/coded").status, get("/coded").body.len()), (500, 0));
    assert_eq!(get("/choices").status, 300);
    assert_eq!((get("/upgrade").status, get("/upgrade").body.len()), (101, 0));
}

#[test]
fn many_threads_ask_at_once() {
    let server = Server::start();
    server.respond("/feed/*", |asked| Reply::ok("text/xml", &asked.target).gzip());
    let client = client();
    std::thread::scope(|scope| {
        for thread in 0..32 {
            let (client, server) = (&client, &server);
            scope.spawn(move || {
                for round in 0..10 {
                    let path = format!("/feed/{thread}/{round}");
                    assert_eq!(get(client, &server.url(&path)).body, path.as_bytes());
                }
            });
        }
    });
    assert_eq!(server.count(), 320);
}

#[test]
fn a_run_over_many_hosts_leaves_no_connection_behind_at_each() {
    let server = Server::start();
    server.respond("/*", |_| Reply::ok("text/xml", FEED));
    let client = client();
    for host in 1..=150 {
        get(&client, &server.url_at(&format!("127.0.1.{host}"), "/feed"));
    }
    get(&client, &server.url_at("127.0.1.1", "/feed"));
    // The first hosts keep theirs.
    let log = server.log();
    let closed = log.iter().filter(|asked| asked.header("connection") == Some("close")).count();
    assert_eq!((log.len(), closed), (151, 150 - 128));
    assert_eq!(log[150].header("connection"), None);
}
