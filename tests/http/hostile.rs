//! What an attacker would send.

use std::time::Duration;

use feedmill::source::http::{Client, Request};

use crate::harness::server::{Reply, Server};
use crate::{FEED, client, fail, get, hasty, request};

#[test]
fn noise_is_no_answer() {
    let server = Server::start();
    for noise in [
        &b""[..],
        b"\0\0\0\0",
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"HTTP/1.1",
        b"HTTP/1.1 200",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"HTTP/1.1 99999 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nabc",
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"<html>no head</html>",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        server.on("/", Reply::raw(noise));
        let said = fail(&client(), &server.url("/"));
        assert!(said.message().starts_with("expected ") && !said.is_timeout(), "{noise:?}: {said}");
    }
}

#[test]
fn heads_without_an_end_are_given_up() {
    let server = Server::start();
    let long = format!("HTTP/1.1 200 OK\r\nX-Long: {}", "a".repeat(8 << 20));
    server.on("/long", Reply::raw(long));
    let many: String = (0..100_000).map(|number| format!("X-{number}: a\r\n")).collect();
    server.on("/many", Reply::raw(format!("HTTP/1.1 200 OK\r\n{many}\r\n")));
    // Hints that the answer is about to come, for ever.
    server.on("/hints", Reply::raw("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n").endless());
    let client = Client::new(&hasty()).unwrap();
    let say = |path: &str| fail(&client, &server.url(path)).message().to_owned();
    assert_eq!(say("/long"), "expected an answer, found none: message head is too large");
    assert_eq!(say("/many"), "expected an answer, found none: message head is too large");
    assert_eq!(say("/hints"), "expected an answer within 300 ms, found none");
    // The connection may be read for a while after the request was given up; it ends with its client at the latest.
    drop(client);
    assert!(server.settle().log().iter().all(|asked| asked.left || !asked.open));
}

/// Bytes behind the end of an answer must not become the answer to the next request.
#[test]
fn an_answer_cannot_bring_the_next_one_along() {
    let server = Server::start();
    let evil = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngoodHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
    server.respond("/first", move |_| Reply::raw(evil).after(Duration::ZERO));
    server.on("/second", Reply::ok("text/xml", FEED));
    let client = client();
    assert_eq!(get(&client, &server.url("/first")).body, b"good");
    assert_eq!(get(&client, &server.url("/second")).body, FEED.as_bytes());
}

#[test]
fn the_body_of_a_redirect_is_not_waited_for() {
    let server = Server::start();
    server.on("/endless", Reply::redirect(302, "/feed").body("x").endless());
    server.on("/mute", Reply::redirect(302, "/feed").slowly(1, Duration::from_secs(3600)));
    server.on("/feed", Reply::ok("text/xml", FEED));
    let client = client();
    for path in ["/endless", "/mute"] {
        assert_eq!(get(&client, &server.url(path)).body, FEED.as_bytes());
    }
}

#[test]
fn a_304_with_a_body_does_not_answer_the_next_request() {
    let server = Server::start();
    server.on("/304", Reply::raw("HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\nHTTP/1.1 200 OK\r\n\r\nevil"));
    server.on("/feed", Reply::ok("text/xml", FEED));
    let client = client();
    assert_eq!(get(&client, &server.url("/304")).status, 304);
    assert_eq!(get(&client, &server.url("/feed")).body, FEED.as_bytes());
}

#[test]
fn the_name_in_a_gzip_head_ends() {
    let server = Server::start();
    let head = [0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 255];
    let body = [&head[..], &vec![b'x'; 900_000]].concat();
    server.on("/", Reply::ok("text/xml", body).header("Content-Encoding", "gzip"));
    let err = fail(&client(), &server.url("/"));
    assert!(err.message().starts_with("expected a body packed by gzip, found another: "), "{err}");
}

#[test]
fn trailers_and_comments_of_chunks_end() {
    let server = Server::start();
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    server.on("/trailers", Reply::raw(format!("{head}4\r\ngood\r\n0\r\n{}", "X: y\r\n".repeat(1 << 20))));
    server.on("/comments", Reply::raw(format!("{head}4;{}\r\ngood\r\n0\r\n\r\n", "a".repeat(4 << 20))));
    server.on("/crumbs", Reply::raw(format!("{head}{}", "1\r\nx\r\n".repeat(1 << 14))));
    for (path, said) in [
        ("/trailers", "expected the rest of the answer, found its end after 4 bytes: "),
        ("/comments", "expected the rest of the answer, found its end after 0 bytes: "),
        ("/crumbs", "expected at most 8192 bytes, found more"),
    ] {
        let err = client().get(&Request { max_bytes: 8192, ..request(&server.url(path)) }).unwrap_err();
        assert!(err.message().starts_with(said), "{path}: {err}");
    }
}

#[test]
fn foreign_words_cannot_paint_the_terminal() {
    let server = Server::start();
    server.on("/escape", Reply::redirect(301, "http://\u{1b}[31m evil"));
    server.on("/coding", Reply::ok("text/xml", FEED).header("Content-Encoding", "\u{9b}31m\u{202e}x"));
    for path in ["/escape", "/coding"] {
        let said = fail(&client(), &server.url(path)).to_string();
        assert!(!said.chars().any(char::is_control), "{said:?}");
    }
}

#[test]
fn headers_in_any_bytes_are_text() {
    let server = Server::start();
    let mut head =
        b"HTTP/1.1 200 OK\r\nX-Latin: caf\xe9\r\nX-Utf: caf\xc3\xa9\r\nBad Name: x\r\nX-Folded: a\r\n b\r\n".to_vec();
    head.extend_from_slice(b"Content-Length: 4\r\n\r\ngood");
    server.on("/", Reply::raw(head));
    let answer = get(&client(), &server.url("/"));
    assert_eq!((answer.header("x-latin"), answer.header("x-utf")), (Some("café"), Some("café")));
    assert_eq!(answer.body, b"good");
}
