//! Records of WARC 1.1 (ISO 28500:2017), as bytes: what a server answered, kept as it came.
//!
//! Each record is a gzip member of its own, so that a file of them can be appended to, cut between any two, and read
//! from any of them on: a `.warc.gz` as every tool for web archives reads it. The same answer at the same second
//! gives the same bytes.

use std::io::Write;
use std::net::IpAddr;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use url::Url;
use uuid::Uuid;

/// What a server answered.
#[derive(Clone, Copy, Debug)]
pub struct Response<'a> {
    /// The address that answered. A name and a password in it are left out of the record.
    pub url: &'a str,
    /// The machine that answered.
    pub ip: Option<IpAddr>,
    /// When it did.
    pub at: DateTime<Utc>,
    /// The status.
    pub status: u16,
    /// The words behind the status; where there are none, as in HTTP/2, the usual ones are written.
    pub reason: &'a str,
    /// The headers as they came.
    pub headers: &'a [(String, String)],
    /// The body without transfer and content codings.
    pub body: &'a [u8],
}

/// A record of type `response`: the answer as HTTP/1.1 would have carried it, whatever the version was.
///
/// Since the body is stored without its codings, the headers that spoke of them are kept under other names, as
/// crawlers do it (`X-Crawler-Content-Encoding`, `-Transfer-Encoding`, `-Content-Length`), and `Content-Length` is that
/// of the body. The id is a UUID (version 5) of address, time and content; the digests are SHA-256 in Base32.
///
/// ```
/// use feedmill::source::warc::write::{Response, response_record};
/// let headers = [("content-type".to_owned(), "text/html".to_owned())];
/// let at = "2023-07-09T14:30:05Z".parse().unwrap();
/// let url = "https://harbour.example/";
/// let record = response_record(&Response { url, ip: None, at, status: 200, reason: "", headers: &headers, body: b"<p>" });
/// assert!(record.starts_with(b"\x1f\x8b"));
/// ```
pub fn response_record(response: &Response<'_>) -> Vec<u8> {
    let reason = match line(response.reason) {
        reason if reason.is_empty() => usual_reason(response.status).to_owned(),
        reason => reason,
    };
    let mut block = format!("HTTP/1.1 {} {reason}\r\n", response.status).into_bytes();
    for (name, value) in response.headers.iter().filter(|(name, _)| is_token(name)) {
        let is_void = VOID.iter().any(|void| name.eq_ignore_ascii_case(void));
        let prefix = if is_void { "X-Crawler-" } else { "" };
        block.extend_from_slice(format!("{prefix}{name}: {}\r\n", line(value)).as_bytes());
    }
    block.extend_from_slice(format!("Content-Length: {}\r\n\r\n", response.body.len()).as_bytes());
    block.extend_from_slice(response.body);

    let (url, date) = (address(response.url), moment(response.at));
    let payload_digest = digest(response.body);
    let id = Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("{url}\n{date}\n{payload_digest}").as_bytes());
    let mut fields = vec![
        ("WARC-Type", "response".to_owned()),
        ("WARC-Record-ID", format!("<urn:uuid:{id}>")),
        ("WARC-Date", date),
        ("WARC-Target-URI", url),
    ];
    fields.extend(response.ip.map(|ip| ("WARC-IP-Address", ip.to_string())));
    fields.push(("WARC-Block-Digest", digest(&block)));
    fields.push(("WARC-Payload-Digest", payload_digest));
    fields.push(("Content-Type", "application/http;msgtype=response".to_owned()));
    record(&fields, &block)
}

/// A record of type `warcinfo`, with which a file begins: its name, and the program that wrote it
/// (`feedmill/1.0 (+https://…)`).
pub fn warcinfo_record(file_name: &str, software: &str, at: DateTime<Utc>) -> Vec<u8> {
    const CONFORMS_TO: &str = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/";
    let (file_name, software, date) = (line(file_name), line(software), moment(at));
    let block = format!("software: {software}\r\nformat: WARC File Format 1.1\r\nconformsTo: {CONFORMS_TO}\r\n");
    let id = Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("warcinfo\n{file_name}\n{date}\n{software}").as_bytes());
    let fields = [
        ("WARC-Type", "warcinfo".to_owned()),
        ("WARC-Record-ID", format!("<urn:uuid:{id}>")),
        ("WARC-Date", date),
        ("WARC-Filename", file_name),
        ("WARC-Block-Digest", digest(block.as_bytes())),
        ("Content-Type", "application/warc-fields".to_owned()),
    ];
    record(&fields, block.as_bytes())
}

/// Headers that are true of the answer on its way, and not of what is stored.
const VOID: [&str; 3] = ["content-encoding", "transfer-encoding", "content-length"];

fn record(fields: &[(&str, String)], block: &[u8]) -> Vec<u8> {
    let mut head = "WARC/1.1\r\n".to_owned();
    for (name, value) in fields {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", block.len()));
    let mut member = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    for part in [head.as_bytes(), block, b"\r\n\r\n"] {
        // Writing to memory cannot fail.
        let _ = member.write_all(part);
    }
    member.finish().unwrap_or_default()
}

/// The value as one line: what would begin another field, or another record, is a blank.
fn line(value: &str) -> String {
    let clean: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.trim().to_owned()
}

/// Whether a name is one that a header may have (RFC 9110 section 5.6.2).
fn is_token(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// The address as the field has it: without what only its owner knows, and without what would break the line.
fn address(url: &str) -> String {
    let mut url = url.to_owned();
    if let Ok(mut parsed) = Url::parse(&url)
        && (!parsed.username().is_empty() || parsed.password().is_some())
    {
        // An address without a host has neither of these.
        let _ = (parsed.set_username(""), parsed.set_password(None));
        url = parsed.into();
    }
    let mut out = String::with_capacity(url.len());
    for c in url.trim().chars() {
        match c {
            c if c.is_control() || c.is_whitespace() => {
                let mut bytes = [0; 4];
                c.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
            }
            c => out.push(c),
        }
    }
    out
}

fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", base32(&Sha256::digest(bytes)))
}

/// Base32 with padding (RFC 4648 section 6), in which tools for WARC compare digests.
fn base32(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut out = String::with_capacity(bytes.len().div_ceil(5) * 8);
    for group in bytes.chunks(5) {
        let mut padded = [0; 8];
        padded[3..3 + group.len()].copy_from_slice(group);
        let bits = u64::from_be_bytes(padded);
        let digits = (group.len() * 8).div_ceil(5);
        for at in 0..8 {
            let digit = DIGITS[(bits >> (35 - 5 * at) & 31) as usize];
            out.push(if at < digits { char::from(digit) } else { '=' });
        }
    }
    out
}

/// The words that RFC 9110 section 15 puts behind a status.
fn usual_reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        203 => "Non-Authoritative Information",
        204 => "No Content",
        206 => "Partial Content",
        226 => "IM Used",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        406 => "Not Acceptable",
        410 => "Gone",
        429 => "Too Many Requests",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Unknown",
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::ops::ControlFlow;

    use proptest::prelude::*;

    use super::*;
    use crate::source::{Document, unpack};

    const URL: &str = "https://harbour.example/storm?x=1&y=ü";

    fn headers(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn response<'a>(headers: &'a [(String, String)], body: &'a [u8]) -> Response<'a> {
        let at = "2023-07-09T14:30:05.25Z".parse().unwrap();
        Response { url: URL, ip: "192.0.2.1".parse().ok(), at, status: 200, reason: "", headers, body }
    }

    fn text(record: &[u8]) -> String {
        let mut text = Vec::new();
        flate2::read::GzDecoder::new(record).read_to_end(&mut text).unwrap();
        String::from_utf8_lossy(&text).into_owned()
    }

    /// What the reader finds in a file: address, declared encoding, time, bytes.
    fn read_back(file: Vec<u8>) -> Vec<(String, Option<String>, String, Vec<u8>)> {
        let mut found = Vec::new();
        let _ = unpack(Document::from_bytes("raw.warc.gz", "raw.warc.gz", file), &mut |doc| {
            let mut doc = doc.unwrap();
            let bytes = doc.bytes().unwrap().to_vec();
            found.push((doc.url.clone().unwrap(), doc.charset.clone(), doc.fetched.unwrap().to_rfc3339(), bytes));
            ControlFlow::Continue(())
        });
        found
    }

    #[test]
    fn a_record_to_the_letter() {
        let headers = headers(&[
            ("content-type", "text/html"),
            ("Content-Encoding", "br"),
            ("content-length", "9"),
            ("transfer-encoding", "chunked"),
            ("x-evil", "a\r\n\r\nWARC/1.1"),
            ("bad name", "x"),
            ("link", "a"),
            ("link", "b"),
        ]);
        expect_test::expect![[r#"
            WARC/1.1
            WARC-Type: response
            WARC-Record-ID: <urn:uuid:x>
            WARC-Date: 2023-07-09T14:30:05Z
            WARC-Target-URI: https://harbour.example/storm?x=1&y=ü
            WARC-IP-Address: 192.0.2.1
            Content-Type: application/http;msgtype=response
            Content-Length: 214

            HTTP/1.1 200 OK
            content-type: text/html
            X-Crawler-Content-Encoding: br
            X-Crawler-content-length: 9
            X-Crawler-transfer-encoding: chunked
            x-evil: a    WARC/1.1
            link: a
            link: b
            Content-Length: 10

            <p>It rai."#]]
        .assert_eq(&shown(&response_record(&response(&headers, b"<p>It rai."))));
        expect_test::expect![[r#"
            WARC/1.1
            WARC-Type: warcinfo
            WARC-Record-ID: <urn:uuid:x>
            WARC-Date: 2023-07-09T14:30:05Z
            WARC-Filename: raw-1.warc.gz
            Content-Type: application/warc-fields
            Content-Length: 146

            software: feedmill/1.0
            format: WARC File Format 1.1
            conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"#]]
        .assert_eq(&shown(&warcinfo_record("raw-1.warc.gz", "feedmill/1.0\n", response(&[], b"").at)));
    }

    /// The record without its id and digests, in lines.
    fn shown(record: &[u8]) -> String {
        let text = text(record);
        let lines = text.lines().filter(|line| !line.contains("-Digest: "));
        let lines = lines.map(|line| if line.contains("-ID: ") { "WARC-Record-ID: <urn:uuid:x>" } else { line });
        lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let html = headers(&[("content-type", "text/html; charset=iso-8859-1"), ("content-encoding", "gzip")]);
        let json = headers(&[("content-type", "application/feed+json"), ("transfer-encoding", "chunked")]);
        let body = b"<p>caf\xe9\r\n\r\nWARC/1.1\r\nWARC-Type: response\r\n";
        let file = [
            warcinfo_record("raw.warc.gz", "feedmill", response(&[], b"").at),
            response_record(&response(&html, body)),
            response_record(&Response {
                url: "https://harbour.example/feed.json",
                ..response(&json, b"{\"items\": []}")
            }),
            response_record(&Response { status: 404, ..response(&html, b"gone") }),
        ]
        .concat();
        let time = || "2023-07-09T14:30:05+00:00".to_owned();
        assert_eq!(
            read_back(file),
            [
                (URL.to_owned(), Some("iso-8859-1".to_owned()), time(), body.to_vec()),
                ("https://harbour.example/feed.json".to_owned(), None, time(), b"{\"items\": []}".to_vec()),
            ]
        );
    }

    #[test]
    fn the_same_answer_is_the_same_record() {
        let headers = headers(&[("content-type", "text/html")]);
        let record = response_record(&response(&headers, b"x"));
        assert_eq!(record, response_record(&response(&headers, b"x")));
        let id = |record: &[u8]| text(record).lines().find(|line| line.contains("-ID: ")).unwrap().to_owned();
        assert_ne!(id(&record), id(&response_record(&response(&headers, b"y"))));
        assert_ne!(
            id(&record),
            id(&response_record(&Response { url: "https://x.example/", ..response(&headers, b"x") }))
        );
    }

    #[test]
    fn addresses_tell_no_secrets_and_keep_their_line() {
        assert_eq!(address("https://ada:secret@harbour.example/x"), "https://harbour.example/x");
        assert_eq!(
            address("https://harbour.example/x\r\nWARC-Type: a b"),
            "https://harbour.example/x%0D%0AWARC-Type:%20a%20b"
        );
    }

    #[test]
    fn digests_are_those_of_the_standard() {
        // RFC 4648 section 10.
        for (bytes, expected) in [
            ("", ""),
            ("f", "MY======"),
            ("fo", "MZXQ===="),
            ("foo", "MZXW6==="),
            ("foob", "MZXW6YQ="),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI======"),
        ] {
            assert_eq!(base32(bytes.as_bytes()), expected);
        }
        let record = text(&response_record(&response(&[], b"")));
        assert!(
            record.contains("WARC-Payload-Digest: sha256:4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ====")
        );
    }

    proptest! {
        #[test]
        fn any_body_comes_back(body in prop::collection::vec(any::<u8>(), 1..400), value in any::<String>()) {
            prop_assume!(!body.trim_ascii().is_empty());
            let headers = [("content-type".to_owned(), "text/html".to_owned()), ("x-any".to_owned(), value)];
            let file = [response_record(&response(&headers, &body)), response_record(&response(&headers, b"<p>last"))].concat();
            let found = read_back(file);
            prop_assert_eq!(found.len(), 2);
            prop_assert_eq!(&found[0].3, &body);
            prop_assert_eq!(&found[1].3, b"<p>last");
        }
    }
}
