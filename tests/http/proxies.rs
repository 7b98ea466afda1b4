//! Proxies, played by a few lines each.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use feedmill::source::http::{Client, Request, Settings};

use crate::harness::server::{Reply, Server};
use crate::{FEED, fail, get, patient, request};

/// A proxy that notes what it is asked, and passes on bytes.
struct Proxy {
    port: u16,
    notes: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    fn start(speak: fn(&mut TcpStream, &Mutex<Vec<String>>) -> Option<TcpStream>) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Proxy { port: listener.local_addr().unwrap().port(), notes: Arc::default() };
        let notes = proxy.notes.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (mut near, notes) = (stream.unwrap(), notes.clone());
                std::thread::spawn(move || {
                    let Some(mut far) = speak(&mut near, &notes) else { return };
                    let (mut from_far, mut to_near) = (far.try_clone().unwrap(), near.try_clone().unwrap());
                    std::thread::spawn(move || std::io::copy(&mut from_far, &mut to_near));
                    let _ = std::io::copy(&mut near, &mut far);
                });
            }
        });
        proxy
    }

    fn client(&self, scheme: &str, login: &str) -> Client {
        let proxy = Some(format!("{scheme}://{login}127.0.0.1:{}", self.port));
        Client::new(&Settings { proxy, ..patient() }).unwrap()
    }

    fn notes(&self) -> Vec<String> {
        self.notes.lock().unwrap().clone()
    }
}

fn bytes<const N: usize>(stream: &mut TcpStream) -> [u8; N] {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes).unwrap();
    bytes
}

/// SOCKS 5 (RFC 1928), with name and password (RFC 1929) where the client offers them.
fn socks(near: &mut TcpStream, notes: &Mutex<Vec<String>>) -> Option<TcpStream> {
    let [_, count] = bytes(near);
    let mut methods = vec![0; count.into()];
    near.read_exact(&mut methods).unwrap();
    if methods.contains(&2) {
        near.write_all(&[5, 2]).unwrap();
        let [version] = bytes(near);
        assert_eq!(version, 1);
        let login: [String; 2] = std::array::from_fn(|_| {
            let [length] = bytes(near);
            let mut text = vec![0; length.into()];
            near.read_exact(&mut text).unwrap();
            String::from_utf8(text).unwrap()
        });
        notes.lock().unwrap().push(login.join(":"));
        near.write_all(&[1, 0]).unwrap();
    } else {
        near.write_all(&[5, 0]).unwrap();
    }
    let [_, _, _, kind] = bytes(near);
    let host = match kind {
        1 => std::net::Ipv4Addr::from(bytes::<4>(near)).to_string(),
        3 => {
            let [length] = bytes(near);
            let mut name = vec![0; length.into()];
            near.read_exact(&mut name).unwrap();
            String::from_utf8(name).unwrap()
        }
        _ => std::net::Ipv6Addr::from(bytes::<16>(near)).to_string(),
    };
    let port = u16::from_be_bytes(bytes(near));
    notes.lock().unwrap().push(host.clone());
    near.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).unwrap();
    // Whatever the name, it is this machine.
    TcpStream::connect(("127.0.0.1", port)).ok()
}

/// HTTP: the address in the request line, or CONNECT.
fn http(near: &mut TcpStream, notes: &Mutex<Vec<String>>) -> Option<TcpStream> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.extend(bytes::<1>(near));
    }
    let head = String::from_utf8(head).unwrap();
    let line = head.lines().next().unwrap().to_owned();
    let login = head.lines().find(|line| line.to_ascii_lowercase().starts_with("proxy-authorization"));
    notes.lock().unwrap().push(format!("{line} {}", login.unwrap_or("-")));
    if let Some(rest) = line.strip_prefix("CONNECT ") {
        let port = rest.split_whitespace().next().unwrap().rsplit_once(':').unwrap().1.parse().unwrap();
        near.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").unwrap();
        return TcpStream::connect(("127.0.0.1", port)).ok();
    }
    if line.contains("/moved") {
        near.write_all(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n").unwrap();
        return None;
    }
    let body = FEED.len();
    near.write_all(format!("HTTP/1.1 200 OK\r\nContent-Length: {body}\r\nConnection: close\r\n\r\n{FEED}").as_bytes())
        .unwrap();
    None
}

#[test]
fn socks5h_leaves_the_name_to_the_proxy() {
    let server = Server::start();
    server.on("/feed", Reply::ok("text/xml", FEED));
    let proxy = Proxy::start(socks);
    let url = format!("http://feeds.example:{}/feed", server.port_at("127.0.0.1"));
    assert_eq!(get(&proxy.client("socks5h", ""), &url).body, FEED.as_bytes());
    assert_eq!(proxy.notes(), ["feeds.example"]);
}

#[test]
fn a_proxy_gets_its_password() {
    let server = Server::start();
    server.on("/feed", Reply::ok("text/xml", FEED));
    let url = format!("http://feeds.example:{}/feed", server.port_at("127.0.0.1"));
    let socks = Proxy::start(socks);
    get(&socks.client("socks5h", "ann:s%40cret@"), &url);
    assert_eq!(socks.notes(), ["ann:s@cret", "feeds.example"]);
    let web = Proxy::start(http);
    get(&web.client("http", "ann:s%40cret@"), "http://feeds.example/feed");
    assert_eq!(web.notes(), ["GET http://feeds.example/feed HTTP/1.1 proxy-authorization: Basic YW5uOnNAY3JldA=="]);
    assert!(server.log().iter().all(|asked| asked.header("proxy-authorization").is_none()));
}

#[test]
fn socks5_resolves_here_and_refuses_private_addresses() {
    let proxy = Proxy::start(socks);
    let client = proxy.client("socks5", "");
    for url in ["http://localhost/", "http://127.0.0.1/", "http://10.0.0.1/"] {
        let near = client.get(&Request { private: false, ..request(url) }).unwrap_err();
        assert!(near.is_forbidden_address(), "{near}");
    }
    assert!(proxy.notes().is_empty());
}

#[test]
fn an_http_proxy_is_asked_for_names_and_for_no_private_address() {
    let proxy = Proxy::start(http);
    let client = proxy.client("http", "");
    let ask = |url: &str| client.get(&Request { private: false, ..request(url) });
    assert_eq!(ask("http://feeds.example/feed").unwrap().body, FEED.as_bytes());
    for url in ["http://127.0.0.1/", "http://localhost/", "http://192.168.0.1/"] {
        assert!(ask(url).unwrap_err().is_forbidden_address(), "{url}");
    }
    assert_eq!(proxy.notes(), ["GET http://feeds.example/feed HTTP/1.1 -"]);
}

/// The only public server that a test on this machine can have is one behind a proxy.
#[test]
fn a_redirect_from_a_public_address_to_a_private_one_is_refused() {
    let proxy = Proxy::start(http);
    let client = proxy.client("http", "");
    let url = "http://feeds.example/moved";
    let near = client.get(&Request { private: false, ..request(url) }).unwrap_err();
    assert!(near.is_forbidden_address() && near.subject() == "http://127.0.0.1/", "{near}");
    assert_eq!(proxy.notes(), ["GET http://feeds.example/moved HTTP/1.1 -"]);
    assert_eq!(get(&client, url).redirects[0].to, "http://127.0.0.1/");
}

#[test]
fn https_goes_through_a_tunnel() {
    // Nobody listens at the other end: what matters is the way there.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let proxy = Proxy::start(http);
    fail(&proxy.client("http", ""), &format!("https://feeds.example:{port}/feed"));
    assert_eq!(proxy.notes(), [format!("CONNECT feeds.example:{port} HTTP/1.1 -")]);
}

#[test]
fn a_proxy_that_is_not_there_is_named() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for scheme in ["http", "socks5h"] {
        let proxy = Some(format!("{scheme}://ann:s3cret@127.0.0.1:{port}"));
        let client = Client::new(&Settings { proxy, ..patient() }).unwrap();
        let gone = fail(&client, "http://feeds.example/");
        assert!(gone.message().starts_with("cannot connect through the proxy: "), "{gone}");
        assert!(!format!("{gone:?}").contains("s3cret"));
    }
}
