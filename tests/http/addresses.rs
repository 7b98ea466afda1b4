//! Addresses of this machine and of private networks are not asked.

use feedmill::source::http::{Client, Request};

use crate::harness::server::{Reply, Server};
use crate::{FEED, client, fail, request};

fn strict(client: &Client, url: &str) -> feedmill::error::Result<feedmill::source::http::Answer> {
    client.get(&Request { private: false, ..request(url) })
}

#[test]
fn private_addresses_are_refused_before_anything_is_sent() {
    let server = Server::start();
    server.on("/", Reply::ok("text/xml", FEED));
    let (port, client) = (server.port_at("127.0.0.1"), client());
    for host in ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"] {
        let near = strict(&client, &format!("http://{host}:{port}/")).unwrap_err();
        assert!(near.is_forbidden_address() && near.is_remote(), "{near}");
        assert!(near.hint_text().unwrap().contains("allow_private = true"));
    }
    let named = strict(&client, &server.url("/")).unwrap_err();
    assert_eq!(named.message(), "expected a public address, found 127.0.0.1");
    for far in
        ["http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "https://[fd00::1]/", "http://100.64.0.1/"]
    {
        assert!(strict(&client, far).unwrap_err().is_forbidden_address(), "{far}");
    }
    assert_eq!((server.count(), server.connections()), (0, 0));
    assert_eq!(client.get(&request(&server.url("/"))).unwrap().body, FEED.as_bytes());
}

#[test]
fn names_of_this_machine_are_refused() {
    let server = Server::start();
    server.on("/", Reply::ok("text/xml", FEED));
    let port = server.port_at("127.0.0.1");
    for host in ["localhost", "LocalHost.", "feeds.localhost"] {
        let near = strict(&client(), &format!("http://{host}:{port}/")).unwrap_err();
        assert!(near.is_forbidden_address(), "{near}");
    }
    assert_eq!(server.connections(), 0);
    assert_eq!(client().get(&request(&format!("http://localhost:{port}/"))).unwrap().status, 200);
}

#[test]
fn a_name_without_an_address_is_named() {
    let lost = fail(&client(), "http://no-such-host.invalid/feed.xml");
    assert!(lost.message().starts_with("cannot find the address of no-such-host.invalid: "), "{lost}");
    assert!(!lost.is_timeout());
}

#[test]
fn a_closed_port_is_named() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let closed = fail(&client(), &format!("http://127.0.0.1:{port}/"));
    assert!(closed.message().starts_with("cannot connect: ") && closed.message().contains("refused"), "{closed}");
}
