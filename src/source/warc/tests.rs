//! Containers written here, whole, cut and wrong.

use std::io::Read;

use proptest::prelude::*;

use super::*;

/// What a container holds: name and text of each document, errors as their messages; and the verdict on the whole.
fn read_all(bytes: &[u8]) -> (Vec<(String, String)>, Vec<String>, Option<String>) {
    let mut doc = Document::from_reader("c.warc", "c.warc", bytes).unwrap();
    let (mut documents, mut errors) = (Vec::new(), Vec::new());
    let whole = responses(&mut doc, &mut |inner| {
        match inner {
            Ok(mut inner) => {
                let text = String::from_utf8_lossy(inner.bytes().unwrap()).into_owned();
                documents.push((inner.name, text));
            }
            Err(err) => errors.push(err.to_string()),
        }
        ControlFlow::Continue(())
    });
    (documents, errors, whole.err().map(|err| err.to_string()))
}

fn names(bytes: &[u8]) -> Vec<String> {
    read_all(bytes).0.into_iter().map(|(name, _)| name).collect()
}

fn record(kind: &str, uri: &str, content_type: &str, content: &str) -> String {
    record_of(kind, uri, content_type, content, content.len())
}

fn record_of(kind: &str, uri: &str, content_type: &str, content: &str, length: usize) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2019-03-04T05:06:07Z\r\n\
         WARC-Record-ID: <urn:uuid:0a>\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n\
         {content}\r\n\r\n"
    )
}

fn page(uri: &str, text: &str) -> String {
    record("response", uri, "application/http; msgtype=response", &http("text/html; charset=iso-8859-2", text))
}

fn http(content_type: &str, text: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nLast-Modified: Fri, 1 Mar 2019 10:00:00 GMT\r\n\
         Content-Length: {}\r\n\r\n{text}",
        text.len()
    )
}

const ONE: &str = "https://harbour.example/one";
const TWO: &str = "https://harbour.example/two";

#[test]
fn a_container_is_told_by_its_beginning() {
    for head in ["WARC/1.1\r\n", "WARC/0.17\n", "warc/0.9 10 response", "\r\nWARC/1.0", "filedesc://a.arc 0.0.0.0 "] {
        assert!(is_warc(head.as_bytes()), "{head}");
    }
    for head in ["", "WARC", "WARC/x", "WARCs were made", "From ada"] {
        assert!(!is_warc(head.as_bytes()), "{head}");
    }
}

#[test]
fn pages_come_with_their_provenance_and_the_rest_is_passed_over() {
    let warc = [
        record("warcinfo", "", "application/warc-fields", "software: x\r\n"),
        record("request", ONE, "application/http; msgtype=request", "GET /one HTTP/1.1\r\n\r\n"),
        page(ONE, "<p>The ferry</p>"),
        record("response", TWO, "application/http", &http("image/png", "PNG")),
        record("response", TWO, "application/http", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\ngone"),
        record("response", "https://harbour.example/robots.txt", "application/http", &http("text/plain", "Disallow:")),
        record("revisit", TWO, "application/http", &http("text/html", "")),
        record("metadata", TWO, "text/plain", "via: x"),
        record("resource", "dns:harbour.example", "text/dns", "20190304 1.2.3.4"),
        record("conversion", TWO, "text/plain", "The harbour closed."),
        record("response", "<https://harbour.example/three>", "application/http", &http("", "<!doctype html><p>x")),
    ]
    .concat();
    let mut doc = Document::from_bytes("in/c.warc", "c.warc", warc.into_bytes());
    doc.weigh = true;
    let mut seen = Vec::new();
    let finished = responses(&mut doc, &mut |inner| {
        seen.push(inner.unwrap().bytes().map(|bytes| bytes.len()).unwrap());
        ControlFlow::Continue(())
    });
    assert!(finished.unwrap().is_continue());
    assert_eq!(seen.len(), 4);
    let mut doc = Document::from_bytes("in/c.warc", "c.warc", page(ONE, "<p>The ferry</p>").into_bytes());
    let stopped = responses(&mut doc, &mut |inner| {
        let mut inner = inner.unwrap();
        assert_eq!((&*inner.origin, &*inner.name), ("in/c.warc/https://harbour.example/one", ONE));
        assert_eq!((inner.url.as_deref(), inner.media_type.as_deref()), (Some(ONE), Some("text/html")));
        assert_eq!(inner.charset.as_deref(), Some("iso-8859-2"));
        assert_eq!(inner.modified.unwrap().to_rfc3339(), "2019-03-04T05:06:07+00:00");
        assert_eq!(
            serde_json::to_string(&inner.about).unwrap(),
            "{\"warc\":{\"content-type\":\"text/html; charset=iso-8859-2\",\"date\":\"2019-03-04T05:06:07Z\",\
             \"last-modified\":\"Fri, 1 Mar 2019 10:00:00 GMT\",\"record-id\":\"<urn:uuid:0a>\",\"status\":200,\
             \"uri\":\"https://harbour.example/one\"}}"
        );
        assert_eq!(inner.bytes().unwrap(), b"<p>The ferry</p>");
        ControlFlow::Break(())
    });
    assert!(stopped.unwrap().is_break());
}

#[test]
fn line_feeds_alone_and_old_versions() {
    let content = http("text/html", "<p>a</p>").replace("\r\n", "\n");
    let warc = record("response", ONE, "application/http", &content).replace("\r\n", "\n").repeat(2);
    assert_eq!(names(warc.as_bytes()), [ONE, ONE]);
    let content = http("text/html", "<p>b</p>");
    let old = |length: usize| format!("warc/0.9 {length} response {TWO} 20060101 urn:uuid:1 application/http\r\n\r\n");
    let whole = old(1000).len() - 1 + content.len();
    for length in [whole, content.len()] {
        let warc = format!("{}{content}\r\n\r\n{}", old(length), page(ONE, "c"));
        assert_eq!(names(warc.as_bytes()), [TWO, ONE], "{length}");
    }
}

#[test]
fn arc_of_each_version() {
    let content = http("text/html", "<p>The ferry</p>");
    let one = "filedesc://c.arc 0.0.0.0 19970417175710 text/plain 27\n1 0 Harbour Archive\nURL IP\n\n";
    let first = |uri: &str, length: usize| format!("{uri} 192.0.2.7 19970417175800 text/html {length}\n{content}\n");
    let arc = [one, &first("http://harbour.example/a b 20010101000000", content.len()), &first(ONE, content.len())];
    let (documents, errors, whole) = read_all(arc.concat().as_bytes());
    assert_eq!((errors, whole), (vec![], None));
    assert_eq!(documents[0], ("http://harbour.example/a b 20010101000000".into(), "<p>The ferry</p>".into()));
    assert_eq!(documents[1].0, ONE);
    let two = format!("{TWO} 192.0.2.7 19970417175800 text/html 200 - - 155 c.arc {}\n{content}\n", content.len());
    let dns = "dns:harbour.example 192.0.2.7 19970417175800 text/dns 3\nabc\n";
    assert_eq!(names([one, dns, &two, &two].concat().as_bytes()), [TWO, TWO]);
    for wrong in [content.len() * 3, 7] {
        let arc = [one, &first(ONE, wrong), &first(TWO, content.len()), &first(ONE, content.len())].concat();
        assert_eq!(names(arc.as_bytes()), [ONE, TWO, ONE], "{wrong}");
    }
    let mut doc = Document::from_bytes("c", "c", first(ONE, content.len()).into_bytes());
    let unmarked = responses(&mut doc, &mut |_| ControlFlow::Continue(()));
    assert!(unmarked.is_err(), "a page list is no ARC");
}

#[test]
fn lengths_that_are_wrong_cost_no_other_page() {
    let content = http("text/html", "<p>first</p>");
    for claimed in [0, 30, content.len() - 1, content.len() + 1, content.len() + 100, 1500, 60_000_000, usize::MAX / 2]
    {
        for kind in ["response", "request"] {
            let wrong = record_of(kind, "https://harbour.example/wrong", "application/http", &content, claimed);
            let warc =
                [page(ONE, "a"), wrong, page(TWO, "b"), "x".repeat(9), "\r\n\r\n".into(), page(ONE, "c")].concat();
            let (documents, errors, whole) = read_all(warc.as_bytes());
            let found: Vec<&str> =
                documents.iter().map(|(name, _)| &**name).filter(|n| !n.ends_with("wrong")).collect();
            assert_eq!(found, [ONE, TWO, ONE], "{kind} {claimed} {errors:?} {whole:?}");
            if kind == "response" && claimed < 64 << 20 {
                let wrong = documents.iter().find(|(name, _)| name.ends_with("wrong")).unwrap();
                assert_eq!(wrong.1.trim_end(), "<p>first</p>", "{claimed}");
            }
        }
    }
}

#[test]
fn a_page_about_warc_stays_whole() {
    let inner = page(TWO, "inner");
    let warc = [page(ONE, &format!("<pre>{inner}{inner}</pre>")), page(TWO, "b")].concat();
    let (documents, errors, whole) = read_all(warc.as_bytes());
    assert_eq!((documents.len(), errors.len(), whole), (2, 0, None));
    assert!(documents[0].1.ends_with("</pre>"));
}

#[test]
fn a_cut_container_says_what_is_missing() {
    let (first, second) = (page(ONE, "<p>a</p>"), page(TWO, &"b".repeat(5000)));
    let warc = [first.clone(), second].concat();
    for end in 0..warc.len() {
        let (documents, _, whole) = read_all(&warc.as_bytes()[..end]);
        let complete = usize::from(end >= first.len() - 4) + usize::from(end >= warc.len() - 4);
        assert_eq!(documents.len(), complete, "{end}");
        let at_boundary = (first.len() - 4..=first.len()).contains(&end) || end >= warc.len() - 4;
        assert_eq!(whole.is_none(), at_boundary, "{end} {whole:?}");
    }
    let (_, _, whole) = read_all(&warc.as_bytes()[..first.len() + 1500]);
    let message = whole.unwrap();
    assert!(message.contains("one that ends after 1,2") && message.contains(" of 5,1"), "{message}");
}

#[test]
fn a_stream_that_breaks_is_an_error_after_what_it_held() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the gzip member ends early"))
        }
    }
    let long = page(ONE, &"x".repeat(20_000));
    let mut doc = Document::from_reader("c", "c", long.as_bytes().chain(Broken)).unwrap();
    let mut count = 0;
    let err = responses(&mut doc, &mut |_| {
        count += 1;
        ControlFlow::Continue(())
    });
    assert!(err.unwrap_err().to_string().contains("the gzip member ends early"));
    assert_eq!(count, 1);
}

#[test]
fn large_records_are_passed_over_in_a_small_window() {
    let uri = "https://harbour.example/film";
    let large = 300u64 << 20;
    let head = |kind: &str, http: &str| {
        let record = record_of(kind, uri, "application/http", http, http.len() + large as usize);
        record.trim_end().to_owned() + "\r\n\r\n"
    };
    let zeros = || std::io::repeat(b'z').take(large);
    let ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html";
    let (film, dump) = (head("metadata", ""), head("response", ok));
    // The blank line that ends the header counts.
    let dump = dump.replace(
        &format!("Content-Length: {}", ok.len() as u64 + large),
        &format!("Content-Length: {}", ok.len() as u64 + 4 + large),
    );
    let film = film.as_bytes().chain(zeros()).chain(&b"\r\n\r\n"[..]);
    let dump = dump.as_bytes().chain(zeros()).chain(&b"\r\n\r\n"[..]);
    let last = page(ONE, "a");
    let mut doc = Document::from_reader("c", "c", film.chain(dump).chain(last.as_bytes())).unwrap();
    let mut records = Records::new(Format::Warc, doc.stream());
    let (mut found, mut largest) = (Vec::new(), 0);
    while let Next::Record(head) = records.next() {
        let step = super::record(&head, &mut records, &doc, &mut |inner| {
            found.push(inner.map_or_else(|err| err.message().to_owned(), |inner| inner.name));
            ControlFlow::Continue(())
        });
        assert!(step.is_ok());
        largest = largest.max(records.window().bytes().len());
    }
    assert_eq!(found, ["expected an article, found more than 64 MiB", ONE]);
    assert!(largest < 1 << 20, "{largest}");
}

#[test]
fn wrong_lengths_by_the_thousand_take_linear_time() {
    let started = std::time::Instant::now();
    let one = record_of("response", ONE, "application/http", &http("text/html", "<p>x</p>"), 60 << 20);
    let (documents, _, _) = read_all(one.repeat(20_000).as_bytes());
    assert_eq!(documents.len(), 19_999, "the last one is cut");
    let endless = format!("WARC/1.0\r\n{}", "A: b\r\n".repeat(2_000_000));
    assert!(read_all(endless.as_bytes()).0.is_empty());
    assert!(read_all("WARC/1.0\r\n\r\n".repeat(200_000).as_bytes()).0.is_empty());
    assert!(
        read_all(format!("filedesc://a 0.0.0.0 19970417175710 a 0\n{}", "http:// ".repeat(500_000)).as_bytes())
            .0
            .is_empty()
    );
    // Generous, for slow machines; what this guards against takes hours.
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), version in "(WARC/1.0|warc/0.9|filedesc://)") {
        let _ = read_all(&[version.as_bytes(), &bytes].concat());
    }

    #[test]
    fn no_damage_makes_it_panic(at in 0usize..900, byte in any::<u8>(), cut in 0usize..40) {
        let mut warc = [page(ONE, "4\r\nabcd\r\n0\r\n\r\n"), page(TWO, "b"), page(ONE, "c")].concat().into_bytes();
        let at = at.min(warc.len() - 1);
        warc[at] = byte;
        warc.drain(at..(at + cut).min(warc.len()));
        let (documents, _, _) = read_all(&warc);
        prop_assert!(documents.iter().any(|(name, text)| name == ONE && text == "c") || !(8..600).contains(&at));
    }
}
