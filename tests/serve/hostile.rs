//! Requests that no honest client sends.

use crate::harness::{Site, atom};

#[test]
fn methods_and_bodies_that_are_not_welcome() {
    let site = Site::new();
    site.file("atom.xml", atom(&[]));
    for method in ["POST", "PUT", "DELETE", "TRACE", "BREW"] {
        let answer = site.ask(method, "/atom.xml", "");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD, OPTIONS")), "{method}");
    }
    let mut client = site.connect();
    client.send("GET /atom.xml HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
    assert_eq!(client.answer(false).unwrap().status, 400);
    assert!(client.is_closed());
}

#[test]
fn one_request_is_never_taken_for_two() {
    let site = Site::new();
    site.file("atom.xml", atom(&[])).file("secret.xml", atom(&[]));
    let inner = "GET /secret.xml HTTP/1.1\r\nHost: a\r\n\r\n";
    let length = inner.len();
    for head in [
        format!("Content-Length: {length}\r\n"),
        format!("Content-Length: {length}\r\nContent-Length: 0\r\n"),
        format!("Content-Length: 0\r\nContent-Length: {length}\r\n"),
        format!("Content-Length: +{length}\r\n"),
        format!("Content-Length: {length}, 0\r\n"),
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n".to_owned(),
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n".to_owned(),
        "Transfer-Encoding: chunked\r\n".to_owned(),
        "Transfer-Encoding: xchunked\r\n".to_owned(),
        "Transfer-Encoding: gzip, chunked\r\n".to_owned(),
        "Transfer-Encoding : chunked\r\n".to_owned(),
        "X: y\r\n Transfer-Encoding: chunked\r\n".to_owned(),
        "X\0: y\r\n".to_owned(),
        "Bad Name: y\r\n".to_owned(),
    ] {
        let mut client = site.connect();
        client.send(&format!("GET /atom.xml HTTP/1.1\r\nHost: a\r\n{head}\r\n0\r\n\r\n{inner}"));
        let answer = client.answer(false).unwrap_or_else(|| panic!("{head}: no answer"));
        assert_eq!(answer.status, 400, "{head}");
        assert!(client.is_closed(), "{head}: the connection went on");
    }
}

#[test]
fn a_request_names_one_host_in_one_version() {
    let site = Site::new();
    site.file("atom.xml", atom(&[]));
    for (request, status) in [
        ("GET /atom.xml HTTP/1.1\r\n\r\n", 400),
        ("GET /atom.xml HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ("GET /atom.xml HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
        ("GET /atom.xml HTTP/1.1\r\nHost: a, b\r\n\r\n", 400),
        ("GET /atom.xml HTTP/1.1\r\nHost:\r\n\r\n", 200),
        ("GET http://feeds.example/atom.xml HTTP/1.1\r\nHost: a\r\n\r\n", 200),
        ("GET /atom.xml HTTP/1.0\r\n\r\n", 200),
        ("GET /atom.xml HTTP/3.0\r\nHost: a\r\n\r\n", 400),
        ("GET /atom.xml\r\n\r\n", 400),
        ("GET  /atom.xml HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 405),
        ("\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400),
    ] {
        let mut client = site.connect();
        client.send(request);
        assert_eq!(client.answer(false).map(|answer| answer.status), Some(status), "{request:?}");
    }
}

#[test]
fn heads_have_a_size() {
    let site = Site::new();
    site.file("atom.xml", atom(&[]));
    let status = |headers: String| {
        let mut client = site.connect();
        // The server may close before everything is sent: that is an answer, too.
        let request = format!("GET /atom.xml HTTP/1.1\r\nHost: a\r\n{headers}\r\n");
        let _ = std::io::Write::write_all(&mut client.stream, request.as_bytes());
        client.answer(false).map(|answer| answer.status)
    };
    assert_eq!(status(format!("X: {}\r\n", "y".repeat(15_000))), Some(200));
    assert_eq!(status(format!("X: {}\r\n", "y".repeat(20_000))), Some(431));
    assert_eq!(status("X: y\r\n".repeat(60)), Some(200));
    assert_eq!(status("X: y\r\n".repeat(100)), Some(431));
    let long = site.get(&format!("/{}", "x".repeat(10_000)), "");
    assert_eq!(long.status, 404);
    // Lists that would take long to read are read in part.
    assert_eq!(site.get("/atom.xml", &format!("If-None-Match: {}\r\n", "\"x\",".repeat(3000))).status, 200);
    assert_eq!(site.get("/atom.xml", &format!("Accept-Encoding: {}\r\n", "gzip;q=0.1,".repeat(1000))).status, 200);
}

#[test]
fn what_is_no_file_is_not_opened() {
    let site = Site::new();
    site.file("atom.xml", atom(&[]));
    #[cfg(unix)]
    {
        let _socket = std::os::unix::net::UnixListener::bind(site.path("socket.xml")).unwrap();
        assert_eq!(site.get("/socket.xml", "").status, 404);
    }
    std::fs::create_dir(site.path("dir.xml")).unwrap();
    assert_eq!(site.get("/dir.xml", "").status, 404);
    // A feed that is none is bytes.
    site.file("rss.xml", "<rss><channel>").file("feed.json", "[[[[");
    assert_eq!((site.get("/rss.xml", "").status, site.get("/feed.json", "").status), (200, 200));
    site.file("empty.txt", "");
    assert_eq!(site.get("/empty.txt", "").header("content-length"), Some("0"));
    assert_eq!(site.get("/empty.txt", "Range: bytes=0-\r\n").status, 416);
}
