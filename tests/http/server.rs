//! The server of the tests itself: what it sends, byte for byte, to a client that understands nothing.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::harness::server::{Reply, Server, http_date};

/// Sends requests over one connection, and reads until the server ends it.
fn talk(server: &Server, address: &str, requests: &str) -> String {
    let mut stream = TcpStream::connect((address, server.port_at(address))).unwrap();
    stream.write_all(requests.replace('\n', "\r\n").as_bytes()).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).replace('\r', "")
}

#[test]
fn answers_one_request_after_the_other_and_logs_them() {
    let server = Server::start();
    server.script("/a", [Reply::status(503).header("Retry-After", "7"), Reply::ok("text/plain", "fine")]);
    server.on("/z", Reply::status(410).close());
    let said = talk(&server, "127.0.0.1", "GET /a HTTP/1.1\nX-Word: yes\n\nGET /a?q=1 HTTP/1.1\n\nGET /z HTTP/1.1\n\n");
    assert_eq!(
        said,
        "HTTP/1.1 503 Service Unavailable\nRetry-After: 7\nContent-Length: 4\n\n503\n\
         HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Length: 4\n\nfine\
         HTTP/1.1 410 Gone\nConnection: close\nContent-Length: 4\n\n410\n"
    );
    let log = server.settle().log();
    assert_eq!(log.iter().map(|asked| asked.target.as_str()).collect::<Vec<_>>(), ["/a", "/a?q=1", "/z"]);
    assert_eq!(log[0].header("x-word"), Some("yes"));
    assert!(log.iter().all(|asked| asked.connection == log[0].connection && asked.beside == 1 && !asked.left));
    assert_eq!((server.connections(), server.asked("/a").len()), (1, 2));
    server.forget();
    assert_eq!(server.count(), 0);
}

#[test]
fn honours_validators_and_ranges() {
    let server = Server::start();
    let date = http_date(1_700_000_000);
    assert_eq!(date, "Tue, 14 Nov 2023 22:13:20 GMT");
    server.on("/feed", Reply::conditional("\"v1\"", &date, "news").ranges().close());
    let ask = |header: &str| talk(&server, "127.0.0.1", &format!("GET /feed HTTP/1.1\n{header}\n\n"));
    assert!(ask("If-None-Match: W/\"v1\"").starts_with("HTTP/1.1 304 "));
    assert!(ask(&format!("If-Modified-Since: {date}")).starts_with("HTTP/1.1 304 "));
    assert!(ask(&format!("If-None-Match: \"v2\"\nIf-Modified-Since: {date}")).starts_with("HTTP/1.1 200 "));
    assert!(ask("Range: bytes=2-\nIf-Range: \"v1\"").ends_with("Content-Range: bytes 2-3/4\nContent-Length: 2\n\nws"));
    assert!(ask("Range: bytes=2-\nIf-Range: \"v0\"").ends_with("\n\nnews"));
    assert!(ask("Range: bytes=4-").starts_with("HTTP/1.1 416 "));
}

#[test]
fn is_several_hosts_and_counts_what_is_in_hand_at_each() {
    let server = Server::start();
    server.on("/a", Reply::ok("text/plain", "slow").after(Duration::from_millis(300)).close());
    server.on("127.0.0.2/a", Reply::ok("text/plain", "other").close());
    server.respond("/x/*", |asked| Reply::ok("text/plain", &asked.target).close());
    std::thread::scope(|scope| {
        scope.spawn(|| talk(&server, "127.0.0.1", "GET /a HTTP/1.1\n\n"));
        scope.spawn(|| talk(&server, "127.0.0.1", "GET /a HTTP/1.1\n\n"));
        assert!(talk(&server, "127.0.0.2", "GET /a HTTP/1.1\n\n").ends_with("other"));
        assert!(talk(&server, "127.0.0.2", "GET /x/y/z?q HTTP/1.1\n\n").ends_with("/x/y/z?q"));
    });
    let most = |host: &str| {
        server.log().iter().filter(|asked| asked.address.to_string() == host).map(|asked| asked.beside).max()
    };
    assert_eq!((most("127.0.0.1"), most("127.0.0.2")), (Some(2), Some(1)));
}

#[test]
fn goes_wrong_in_every_way() {
    let server = Server::start();
    server.on("/short", Reply::ok("text/plain", "half of it").claims_length(99));
    server.on("/cut", Reply::ok("text/plain", "half of it").cut_after(4));
    server.on("/chunks", Reply::ok("text/plain", "abcdef").chunked().close());
    server.on("/broken", Reply::ok("text/plain", "abcdef").broken_chunk());
    server.on("/nothing", Reply::hang_up());
    server.on("/noise", Reply::raw("SSH-2.0\r\n"));
    server.on("/drip", Reply::ok("text/plain", "drop").drip(Duration::from_micros(100)).close());
    let ask = |path: &str| talk(&server, "127.0.0.1", &format!("GET {path} HTTP/1.1\n\n"));
    assert!(ask("/short").ends_with("Content-Length: 99\n\nhalf of it"));
    assert!(ask("/cut").ends_with("Content-Length: 10\n\nhalf"));
    assert!(ask("/chunks").ends_with("\n\n2\nab\n2\ncd\n2\nef\n0\n\n"));
    assert!(ask("/broken").ends_with("\n\n2\nab\nxyz\ncd\n2\nef\n0\n\n"));
    assert_eq!((ask("/nothing").as_str(), ask("/noise").as_str()), ("", "SSH-2.0\n"));
    assert!(ask("/drip").ends_with("\n\ndrop"));
}
