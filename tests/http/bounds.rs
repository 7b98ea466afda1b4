//! Answers that are late, slow, endless, too large or cut off.

use std::time::Duration;

use feedmill::source::http::{Client, Request};

use crate::harness::server::{Reply, Server};
use crate::{FEED, client, fail, get, hasty, request};

const PAUSE: Duration = Duration::from_millis(20);
const FOREVER: Duration = Duration::from_secs(3600);

#[test]
fn a_silent_server_is_given_up() {
    let server = Server::start();
    server.on("/mute", Reply::status(200).after(FOREVER));
    server.on("/sleeps", Reply::ok("text/xml", FEED).slowly(10, FOREVER));
    let client = Client::new(&hasty()).unwrap();
    let mute = fail(&client, &server.url("/mute"));
    assert!(mute.is_timeout() && mute.message() == "expected an answer within 300 ms, found none", "{mute}");
    let sleeps = fail(&client, &server.url("/sleeps"));
    assert!(sleeps.is_timeout(), "{sleeps}");
    assert_eq!(sleeps.message(), "expected more within 200 ms, found silence after 10 bytes");
    assert_eq!(sleeps.subject(), server.url("/sleeps"));
}

#[test]
fn a_slow_loris_dies_with_the_time_of_the_answer() {
    let server = Server::start();
    server.on("/head", Reply::ok("text/xml", FEED).drip(PAUSE));
    server.on("/body", Reply::ok("text/xml", FEED).slowly(1, PAUSE));
    server.on("/endless", Reply::ok("text/xml", "x").endless().slowly(1, PAUSE));
    server.on("/refusal", Reply::status(503).body(FEED).header("Retry-After", "60").slowly(1, PAUSE));
    let client = Client::new(&hasty()).unwrap();
    assert!(fail(&client, &server.url("/head")).is_timeout());
    for path in ["/body", "/endless"] {
        let slow = fail(&client, &server.url(path));
        // Which of the limits it meets first is up to the machine.
        assert!(slow.is_timeout(), "{slow}");
    }
    let refusal = get(&client, &server.url("/refusal"));
    assert_eq!((refusal.status, refusal.header("retry-after")), (503, Some("60")), "what matters is known");
    assert!(server.settle().log().iter().all(|asked| asked.left), "the connections are closed");
}

#[test]
fn time_at_the_gate_is_not_the_servers() {
    struct Slow;
    impl feedmill::source::http::Gate for Slow {
        fn enter(&self, _: &str) {
            std::thread::sleep(Duration::from_millis(700));
        }
        fn leave(&self, _: &str) {}
    }
    let server = Server::start();
    server.on("/feed", Reply::ok("text/xml", FEED));
    let url = server.url("/feed");
    let answer = Client::new(&hasty()).unwrap().get(&Request { gate: &Slow, ..request(&url) });
    assert_eq!(answer.unwrap().body, FEED.as_bytes());
}

#[test]
fn an_endless_body_ends_at_the_bound() {
    let server = Server::start();
    server.on("/plain", Reply::ok("text/xml", "x").endless());
    server.on("/refusal", Reply::status(404).body("x").endless());
    let client = client();
    let endless = fail(&client, &server.url("/plain"));
    assert_eq!(endless.message(), "expected at most 1048576 bytes, found more");
    assert_eq!(get(&client, &server.url("/refusal")).body.len(), 64 << 10);
    for asked in server.settle().log() {
        assert!(asked.left && asked.sent < 64 << 20, "{} bytes of {}", asked.sent, asked.target);
    }
}

#[test]
fn the_bound_is_kept_to_the_byte() {
    let server = Server::start();
    let size = FEED.len() as u64;
    server.on("/plain", Reply::ok("text/xml", FEED));
    server.on("/chunks", Reply::ok("text/xml", FEED).chunked());
    server.on("/gzip", Reply::ok("text/xml", FEED).gzip());
    for path in ["/plain", "/chunks", "/gzip"] {
        let url = server.url(path);
        let ask = |max_bytes| client().get(&Request { max_bytes, ..request(&url) });
        assert_eq!(ask(size).unwrap().body, FEED.as_bytes());
        assert!(ask(size - 1).unwrap_err().message().starts_with("expected at most "), "{path}");
        assert!(ask(u64::MAX).is_ok());
        assert!(ask(0).is_err());
    }
    let said = client().get(&Request { max_bytes: 10, ..request(&server.url("/plain")) }).unwrap_err();
    assert_eq!(said.message(), format!("expected at most 10 bytes, found {size} bytes"));
}

#[test]
fn bombs_fizzle_out() {
    let server = Server::start();
    server.on("/gzip", Reply::bomb("text/xml", 512));
    server.on("/zstd", Reply::ok("text/xml", vec![0; 64 << 20]).zstd());
    // Nothing but packing, without an end: empty members, empty blocks, frames that are skipped.
    let gzip = Reply::ok("text/xml", "").gzip();
    server.on("/members", gzip.endless());
    let empty_blocks = [0, 0, 0, 0xff, 0xff].repeat(1 << 20);
    let head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    server.on("/blocks", Reply::ok("text/xml", [&head[..], &empty_blocks].concat()).header("Content-Encoding", "gzip"));
    let skipped = [0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0].repeat(1 << 19);
    server.on("/skipped", Reply::ok("text/xml", skipped).header("Content-Encoding", "zstd"));
    let client = client();
    for path in ["/gzip", "/zstd", "/members", "/blocks", "/skipped"] {
        let bomb = fail(&client, &server.url(path));
        assert!(bomb.message().starts_with("expected at most "), "{path}: {bomb}");
    }
}

#[test]
fn a_body_that_is_cut_off_is_no_body() {
    let server = Server::start();
    let whole = FEED.repeat(50);
    server.on("/length", Reply::ok("text/xml", &whole).claims_length(whole.len() as u64 + 1));
    server.on("/cut", Reply::ok("text/xml", &whole).cut_after(1000));
    server.on("/chunk", Reply::ok("text/xml", &whole).chunked().cut_after(whole.len()));
    server.on("/broken", Reply::ok("text/xml", &whole).broken_chunk());
    for (path, said) in [
        ("/length", format!("found its end after {} bytes", whole.len())),
        ("/cut", "found its end after 1000 bytes".to_owned()),
        ("/chunk", "found its end after ".to_owned()),
        ("/broken", "found its end after ".to_owned()),
    ] {
        let cut = fail(&client(), &server.url(path));
        assert!(cut.message().contains(&said) && !cut.is_timeout(), "{path}: {cut}");
    }
}

#[test]
fn a_packed_body_that_is_cut_off_is_no_body() {
    let server = Server::start();
    let whole = FEED.repeat(50);
    for (path, packed) in
        [("/gzip", Reply::ok("text/xml", &whole).gzip()), ("/zstd", Reply::ok("text/xml", &whole).zstd())]
    {
        // The connection ends without a length, as if that were the end of the body.
        server.on(path, packed.until_close().cut_after(60));
        let cut = fail(&client(), &server.url(path));
        let expected = format!("expected a body packed by {}, found another: ", &path[1..]);
        assert!(cut.message().starts_with(&expected), "{path}: {cut}");
    }
}

#[test]
fn no_garbage_comes_of_a_coding_that_is_unknown_or_untrue() {
    let server = Server::start();
    server.on("/unknown", Reply::ok("text/xml", FEED).header("Content-Encoding", "dcb"));
    server.on("/twice", Reply::ok("text/xml", FEED).gzip().gzip());
    server.on("/stacked", Reply::ok("text/xml", FEED).header("Content-Encoding", "gzip, br"));
    server
        .on("/lines", Reply::ok("text/xml", FEED).header("Content-Encoding", "gzip").header("Content-Encoding", "br"));
    server.on("/hop", Reply::ok("text/xml", FEED).gzip().header("Transfer-Encoding", "gzip").until_close());
    server.on("/untrue", Reply::ok("text/xml", FEED).header("Content-Encoding", "gzip"));
    let say = |path: &str| fail(&client(), &server.url(path)).message().to_owned();
    assert_eq!(say("/unknown"), "expected a body packed once, by gzip, br, zstd, found `dcb`");
    assert_eq!(say("/twice"), "expected a body packed once, by gzip, br, zstd, found `gzip, gzip`");
    assert_eq!(say("/stacked"), "expected a body packed once, by gzip, br, zstd, found `gzip, br`");
    assert_eq!(say("/lines"), "expected a body packed once, by gzip, br, zstd, found `gzip, br`");
    assert_eq!(say("/hop"), "expected a body packed once, by gzip, br, zstd, found `gzip, gzip`");
    assert!(say("/untrue").starts_with("expected a body packed by gzip, found another: "), "{}", say("/untrue"));
}

#[test]
fn a_part_is_not_the_whole() {
    let server = Server::start();
    server.on("/part", Reply::status(206).header("Content-Range", "bytes 0-3/9").body("<rss"));
    assert_eq!(fail(&client(), &server.url("/part")).message(), "expected the whole document, found a part of it");
}
