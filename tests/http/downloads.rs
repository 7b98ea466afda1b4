//! Downloads: passed on as they come, and taken up again where they broke off.

use feedmill::error::{Error, Result};
use feedmill::source::http::{Answer, Client, Piece, Request, Resume};

use crate::harness::server::{Reply, Server};
use crate::{client, hasty, request};

/// What a download passed on: the status that it began with, its bytes, and how it ended.
fn download(client: &Client, url: &str, from: Option<Resume<'_>>) -> (Option<u16>, Vec<u8>, Result<Answer>) {
    let (mut begun, mut bytes) = (None, Vec::new());
    let ended = client.download(&request(url), from, &mut |piece| {
        match piece {
            Piece::Begin(answer) => assert!(begun.replace(answer.status).is_none() && bytes.is_empty()),
            Piece::Bytes(piece) => {
                assert!(begun.is_some() && !piece.is_empty());
                bytes.extend_from_slice(piece);
            }
        }
        Ok(())
    });
    (begun, bytes, ended)
}

fn archive() -> Vec<u8> {
    (0..300_000_u32).flat_map(|number| number.to_le_bytes()).take(700_000).collect()
}

#[test]
fn goes_on_where_it_broke_off() {
    let server = Server::start();
    let file = archive();
    let whole = Reply::conditional("\"v1\"", "", &file).ranges();
    server.script("/a.tar", [whole.clone().cut_after(300_000), whole]);
    let url = server.url("/a.tar");
    let (status, mut bytes, ended) = download(&client(), &url, None);
    assert_eq!((status, bytes.len()), (Some(200), 300_000));
    assert!(ended.unwrap_err().message().contains("found its end after 300000 bytes"));
    let resume = Resume { from: bytes.len() as u64, validator: "\"v1\"" };
    let (status, rest, ended) = download(&client(), &url, Some(resume));
    assert_eq!(status, Some(206));
    assert_eq!(ended.unwrap().header("content-range"), Some("bytes 300000-699999/700000"));
    bytes.extend(rest);
    assert!(bytes == file);
    let asked = &server.log()[1];
    assert_eq!((asked.header("range"), asked.header("if-range")), (Some("bytes=300000-"), Some("\"v1\"")));
    assert_eq!(asked.header("accept-encoding"), Some("identity"));
}

#[test]
fn begins_anew_where_the_file_has_changed_or_ranges_are_not_known() {
    let server = Server::start();
    let file = archive();
    server.on("/changed", Reply::conditional("\"v2\"", "", &file).ranges());
    server.on("/plain", Reply::ok("application/x-tar", &file));
    for path in ["/changed", "/plain"] {
        let resume = Resume { from: 5, validator: "\"v1\"" };
        let (status, bytes, ended) = download(&client(), &server.url(path), Some(resume));
        assert!(status == Some(200) && bytes == file && ended.unwrap().body.is_empty(), "{path}");
    }
}

#[test]
fn a_weak_validator_cannot_promise_the_same_bytes() {
    let server = Server::start();
    server.on("/a.tar", Reply::ok("application/x-tar", "file").ranges());
    for resume in [("W/\"v1\"", 2), ("", 2), ("\r\n", 2), ("\"v1\"", 0)] {
        let resume = Resume { from: resume.1, validator: resume.0 };
        let (status, bytes, _) = download(&client(), &server.url("/a.tar"), Some(resume));
        assert_eq!((status, bytes.as_slice()), (Some(200), &b"file"[..]));
    }
    assert!(server.log().iter().all(|asked| asked.header("range").is_none() && asked.header("if-range").is_none()));
}

#[test]
fn nothing_is_left_to_fetch() {
    let server = Server::start();
    server.on("/a.tar", Reply::conditional("\"v1\"", "", "file").ranges());
    let (status, bytes, ended) =
        download(&client(), &server.url("/a.tar"), Some(Resume { from: 4, validator: "\"v1\"" }));
    assert_eq!((status, bytes.len()), (Some(416), 0));
    assert_eq!(ended.unwrap().header("content-range"), Some("bytes */4"));
}

#[test]
fn another_part_than_was_asked_for_is_refused() {
    let server = Server::start();
    let part = |range: &str, body: &str| Reply::status(206).header("Content-Range", range).body(body);
    server.on("/before", part("bytes 0-3/8", "abcd"));
    server.on("/behind", part("bytes 5-7/8", "fgh"));
    server.on("/unsaid", Reply::status(206).body("efgh"));
    server.on("/many", Reply::status(206).header("Content-Type", "multipart/byteranges; boundary=x").body("--x"));
    server.on("/short", part("bytes 4-7/8", "ef"));
    server.on("/long", part("bytes 4-5/6", "efgh"));
    server.on("/less", part("bytes 4-5/8", "ef"));
    let ask = |path: &str, from| download(&client(), &server.url(path), from);
    let resume = Some(Resume { from: 4, validator: "\"v1\"" });
    for path in ["/before", "/behind", "/unsaid", "/many"] {
        let (begun, bytes, ended) = ask(path, resume);
        assert!(begun.is_none() && bytes.is_empty(), "{path}");
        assert!(
            ended.unwrap_err().message().starts_with("expected the file from byte 4 on, found the range "),
            "{path}"
        );
    }
    let say = |path: &str| ask(path, resume).2.unwrap_err().message().to_owned();
    assert_eq!(say("/short"), "expected 4 bytes from byte 4 on, found 2");
    assert_eq!(say("/long"), "expected 2 bytes from byte 4 on, found 4");
    assert_eq!(say("/less"), "expected 8 bytes in all, found the end after 6");
    assert_eq!(ask("/before", None).2.unwrap_err().message(), "expected the whole file, found a part of it");
}

#[test]
fn refusals_bring_no_pieces() {
    let server = Server::start();
    server.on("/a.tar", Reply::challenge(403));
    let (status, bytes, ended) = download(&client(), &server.url("/a.tar"), None);
    assert_eq!((status, bytes.len()), (Some(403), 0));
    assert!(String::from_utf8(ended.unwrap().body).unwrap().contains("Just a moment"));
}

#[test]
fn a_packed_file_stays_packed() {
    let server = Server::start();
    let label = |coding: &str| Reply::ok("application/x-tar", "file").header("Content-Encoding", coding);
    server.on("/a.tgz", Reply::ok("application/x-tar", "file").gzip());
    server.on("/b.tgz", label("x-gzip"));
    server.on("/c.tar", label("br"));
    server.on("/d.tar", label("gzip, gzip"));
    let (_, bytes, ended) = download(&client(), &server.url("/a.tgz"), None);
    assert!(ended.is_ok() && bytes.starts_with(&[0x1f, 0x8b]));
    assert_eq!(download(&client(), &server.url("/b.tgz"), None).1, b"file");
    let br = download(&client(), &server.url("/c.tar"), None).2.unwrap_err();
    assert_eq!(br.message(), "expected the file as it is, found it packed as `br`");
    assert!(download(&client(), &server.url("/d.tar"), None).2.is_err());
}

#[test]
fn the_bound_counts_what_is_there_already() {
    let server = Server::start();
    let file = archive();
    server.on("/a.tar", Reply::conditional("\"v1\"", "", &file).ranges());
    server.on("/endless", Reply::ok("application/x-tar", "x").endless());
    let ask = |path: &str, from, max_bytes| {
        let url = server.url(path);
        let mut count = 0;
        let resume = Resume { from, validator: "\"v1\"" };
        let ended = client().download(&Request { max_bytes, ..request(&url) }, Some(resume), &mut |piece| {
            if let Piece::Bytes(bytes) = piece {
                count += bytes.len();
            }
            Ok(())
        });
        (count, ended.map_err(|err| err.message().to_owned()).map(|answer| answer.status))
    };
    assert_eq!(ask("/a.tar", 600_000, 700_000), (100_000, Ok(206)));
    let refused = Err("expected at most 699999 bytes, found 700000 bytes".to_owned());
    assert_eq!(ask("/a.tar", 600_000, 699_999), (0, refused));
    let (count, ended) = ask("/endless", 0, 100_000);
    assert!(count <= 100_000 && ended.is_err());
    assert!(server.settle().log().iter().all(|asked| asked.target != "/endless" || asked.left));
}

#[test]
fn a_full_disk_ends_it() {
    let server = Server::start();
    server.on("/endless", Reply::ok("application/x-tar", "x").endless());
    let full = || Error::io("write", "a.tar", std::io::Error::from(std::io::ErrorKind::StorageFull));
    let ended = client().download(&request(&server.url("/endless")), None, &mut |piece| match piece {
        Piece::Begin(_) => Ok(()),
        Piece::Bytes(_) => Err(full()),
    });
    assert_eq!(ended.unwrap_err().to_string(), full().to_string());
    assert!(server.settle().log()[0].left);
}

#[test]
fn a_byte_now_and_then_is_no_download() {
    let server = Server::start();
    server.on("/a.tar", Reply::ok("application/x-tar", "x").endless().slowly(1, std::time::Duration::from_millis(20)));
    let (_, bytes, ended) = download(&Client::new(&hasty()).unwrap(), &server.url("/a.tar"), None);
    assert!(ended.unwrap_err().is_timeout() && !bytes.is_empty());
}
