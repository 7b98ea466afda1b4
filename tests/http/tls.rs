//! TLS: certificates that are not trusted end it, and HTTP/2 is spoken where the server can.

use std::io::{Read, Write};
use std::process::Command;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

use crate::harness::server::{Reply, Server};
use crate::{FEED, client, fail};

/// An issuer of certificates.
fn issuer() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// What a server needs that has a certificate for this name; its last year of validity is `year`.
fn identity(issuer: &CertifiedIssuer<'_, KeyPair>, name: &str, year: i32, protocols: &[&str]) -> rustls::ServerConfig {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.not_after = rcgen::date_time_ymd(year, 1, 1);
    let certificate = params.signed_by(&key, issuer).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = rustls::pki_types::PrivatePkcs8KeyDer::from(key.serialize_der());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key.into())
        .unwrap();
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    config
}

#[test]
fn an_unknown_issuer_is_not_trusted() {
    let server = Server::secure(identity(&issuer(), "127.0.0.1", 2100, &[]));
    server.on("/", Reply::ok("text/xml", FEED));
    let err = fail(&client(), &server.url("/"));
    let known = ["unknown issuer", "certificates of issuers on this machine"];
    assert!(known.iter().any(|words| err.message().contains(words)), "{err}");
    assert_eq!(server.count(), 0, "nothing was asked");
}

#[test]
fn a_server_without_tls_is_named() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.read_exact(&mut [0; 16]).unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
    });
    let said = played("plain", &url, &issuer().pem());
    server.join().unwrap();
    assert!(said.contains("expected TLS, found something else"), "{said}");
}

#[test]
fn an_issuer_of_the_system_is_trusted_for_its_own_names_and_times() {
    let issuer = issuer();
    let pem = issuer.pem();
    let good = Server::secure(identity(&issuer, "127.0.0.1", 2100, &["http/1.1"]));
    good.on("/", Reply::ok("text/xml", FEED).gzip());
    assert_eq!(played("good", &good.url("/"), &pem), format!("200 {FEED}"));

    let other = Server::secure(identity(&issuer, "other.example", 2100, &[]));
    let said = played("other", &other.url("/"), &pem);
    assert!(said.contains("found one for another host"), "{said}");
    let old = Server::secure(identity(&issuer, "127.0.0.1", 2001, &[]));
    let said = played("old", &old.url("/"), &pem);
    assert!(said.contains("found one that has expired"), "{said}");
}

#[test]
fn a_machine_without_issuers_is_told() {
    let server = Server::secure(identity(&issuer(), "127.0.0.1", 2100, &[]));
    let said = played("none", &server.url("/"), "");
    assert!(said.contains("expected certificates of issuers on this machine, found none"), "{said}");
    let plain = Server::start();
    plain.on("/", Reply::ok("text/xml", FEED));
    assert_eq!(played("plain http", &plain.url("/"), ""), format!("200 {FEED}"));
}

/// A server of HTTP/2 for one connection: what `speak` does once the request is there.
fn by_frames<T: Send + 'static>(
    speak: impl FnOnce(&mut dyn Write) -> T + Send + 'static,
) -> (String, std::thread::JoinHandle<T>) {
    let issuer = issuer();
    let config = Arc::new(identity(&issuer, "127.0.0.1", 2100, &["h2", "http/1.1"]));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let session = rustls::ServerConnection::new(config).unwrap();
        let mut stream = rustls::StreamOwned::new(session, stream);
        let mut preface = [0; 24];
        stream.read_exact(&mut preface).unwrap();
        assert_eq!(&preface, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        assert_eq!(stream.conn.alpn_protocol(), Some(&b"h2"[..]));
        stream.write_all(&frame(SETTINGS, 0, 0, b"")).unwrap();
        loop {
            let mut head = [0; 9];
            stream.read_exact(&mut head).unwrap();
            let mut payload = vec![0; u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize];
            stream.read_exact(&mut payload).unwrap();
            if head[3] == HEADERS {
                break;
            }
        }
        let done = speak(&mut stream);
        let _ = stream.read_to_end(&mut Vec::new());
        done
    });
    (played("h2", &url, &issuer.pem()), server)
}

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const SETTINGS: u8 = 4;
const CONTINUATION: u8 = 9;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;
/// `:status: 200` in the static table.
const FINE: u8 = 0x88;

/// A frame (RFC 9113, 4.1).
fn frame(kind: u8, flags: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let length = (payload.len() as u32).to_be_bytes();
    [&length[1..], &[kind, flags, 0, 0, 0, stream], payload].concat()
}

#[test]
fn http2_is_spoken() {
    let (said, server) = by_frames(|out| {
        out.write_all(&frame(HEADERS, END_HEADERS, 1, &[FINE])).unwrap();
        out.write_all(&frame(DATA, END_STREAM, 1, b"by frames")).unwrap();
        out.flush().unwrap();
    });
    assert_eq!(said, "200 by frames");
    server.join().unwrap();
}

#[test]
fn headers_without_an_end_are_given_up_over_http2_too() {
    let (said, server) = by_frames(|out| {
        out.write_all(&frame(HEADERS, 0, 1, &[FINE])).unwrap();
        // `x: yyyy…` in one frame after the other.
        let header = [&[0, 1, b'x', 127, 0x80, 0x3e][..], &[b'y'; 8063]].concat();
        (0..100_000).map_while(|_| out.write_all(&frame(CONTINUATION, 0, 1, &header)).ok()).count()
    });
    assert!(said.contains("expected an answer, found none"), "{said}");
    let sent = server.join().unwrap();
    assert!(sent < 1000, "{sent} frames of 8 KiB were taken");
}

#[test]
fn frames_without_a_byte_are_no_sign_of_life() {
    let (said, server) = by_frames(|out| {
        out.write_all(&frame(HEADERS, END_HEADERS, 1, &[FINE])).unwrap();
        (0..1_000_000).map_while(|_| out.write_all(&frame(DATA, 0, 1, b"")).ok()).count()
    });
    assert!(said.contains("expected the rest of the answer, found its end after 0 bytes: "), "{said}");
    assert!(server.join().unwrap() < 100_000, "the connection is closed");
}

/// What a process says that trusts these issuers and asks for this.
fn played(scene: &str, url: &str, issuers: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("issuers.pem");
    std::fs::write(&file, issuers).unwrap();
    let out = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "tls::asks_for_another_process", "--ignored", "--nocapture"])
        .env("SSL_CERT_FILE", &file)
        .env("SSL_CERT_DIR", dir.path().join("none"))
        .env("ASK", url)
        .output()
        .unwrap();
    let said = String::from_utf8(out.stdout).unwrap();
    let begin = said.find("[[").unwrap_or_else(|| panic!("{scene}: {said}{}", String::from_utf8_lossy(&out.stderr)));
    said[begin + 2..said.rfind("]]").unwrap()].to_owned()
}

#[test]
#[ignore = "a role in the tests above: the issuers that a process trusts are set once for all its threads"]
fn asks_for_another_process() {
    let url = std::env::var("ASK").unwrap();
    let settings =
        feedmill::source::http::Settings { idle_timeout: std::time::Duration::from_secs(2), ..crate::patient() };
    let client = feedmill::source::http::Client::new(&settings).unwrap();
    match client.get(&crate::request(&url)) {
        Ok(answer) => println!("[[{} {}]]", answer.status, String::from_utf8_lossy(&answer.body)),
        Err(err) => println!("[[{err}]]"),
    }
}

#[test]
fn a_redirect_from_https_to_http_takes_no_secrets_along() {
    let issuer = issuer();
    let plain = Server::start();
    plain.on("/b", Reply::ok("text/xml", FEED));
    let server = Server::secure(identity(&issuer, "127.0.0.1", 2100, &[]));
    server.on("/a", Reply::redirect(301, &plain.url("/b")));
    let url = server.url("/a");
    assert_eq!(played("without", &url, &issuer.pem()), format!("200 {FEED}"));
    let said = played("with", &url.replace("//", "//ann:s3cret@"), &issuer.pem());
    assert!(
        said.contains("expected to stay with https, found a redirect to http://") && !said.contains("s3cret"),
        "{said}"
    );
    assert_eq!(plain.count(), 1);
}
