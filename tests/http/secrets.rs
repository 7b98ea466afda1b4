//! Passwords and tokens go to the origin that they are for, and are shown nowhere.

use feedmill::source::http::{Request, Secret, Settings};

use crate::harness::server::{Reply, Server};
use crate::{FEED, client, fail, get, patient, request};

#[test]
fn own_headers_go_to_the_origin_that_was_asked_and_to_no_other() {
    let server = Server::start();
    let (other_host, other_port) = (server.url_at("127.0.0.2", "/b"), Server::start());
    other_port.on("/c", Reply::redirect(302, &server.url("/home")));
    server.on("/a", Reply::redirect(301, "/same"));
    server.on("/same", Reply::redirect(301, &other_host));
    server.on("/b", Reply::redirect(302, &other_port.url("/c")));
    server.on("/home", Reply::ok("text/xml", FEED));
    let headers = [
        ("Authorization".to_owned(), Secret::new("Bearer t0ken")),
        ("X-Key".to_owned(), Secret::new("k3y")),
        ("Accept".to_owned(), Secret::new("text/xml")),
    ];
    let url = server.url("/a");
    let answer = client().get(&Request { headers: &headers, ..request(&url) }).unwrap();
    assert_eq!(answer.redirects.len(), 4);
    let mut seen: Vec<_> = server.log();
    seen.extend(other_port.log());
    for asked in seen {
        let home = asked.address.to_string() == "127.0.0.1" && asked.target != "/c";
        assert_eq!(asked.header("authorization"), home.then_some("Bearer t0ken"), "{}", asked.target);
        assert_eq!(asked.header("x-key"), home.then_some("k3y"), "{}", asked.target);
        assert_eq!(asked.header("accept"), Some(if home { "text/xml" } else { "application/rss+xml, */*;q=0.1" }));
    }
}

#[test]
fn a_password_in_the_address_is_sent_home_and_never_shown() {
    let server = Server::start();
    let port = server.port_at("127.0.0.1");
    server.on("/a", Reply::redirect(302, "b"));
    server.on("/b", Reply::redirect(302, &server.url_at("127.0.0.2", "/c")));
    server.on("/c", Reply::ok("text/xml", FEED));
    let answer = get(&client(), &format!("http://ann:s%40cret@127.0.0.1:{port}/a"));
    assert_eq!(answer.redirects[0].to, server.url("/b"));
    let sent: Vec<_> = server.log().iter().map(|asked| asked.header("authorization").map(str::to_owned)).collect();
    // "ann:s@cret" in base64.
    assert_eq!(sent, [Some("Basic YW5uOnNAY3JldA==".to_owned()), Some("Basic YW5uOnNAY3JldA==".to_owned()), None]);

    server.on("/a", Reply::hang_up());
    let shown = fail(&client(), &format!("http://ann:s%40cret@127.0.0.1:{port}/a"));
    assert_eq!(shown.subject(), server.url("/a"));
    server.on("/a", Reply::redirect(302, "/a"));
    let circle = fail(&client(), &format!("http://ann:s%40cret@127.0.0.1:{port}/a"));
    for wrong in ["http://ann:s%40cret@127.0.0.1:0/", "http://ann:s%40cret@", "ftp://ann:s%40cret@a.example/"] {
        assert!(!format!("{:?}", fail(&client(), wrong)).contains("cret"), "{wrong}");
    }
    assert!(!format!("{circle:?}{shown:?}").contains("cret"));
}

#[test]
fn a_server_cannot_hand_out_passwords() {
    let server = Server::start();
    let port = server.port_at("127.0.0.1");
    server.on("/a", Reply::redirect(302, &format!("http://eve:evil@127.0.0.1:{port}/b")));
    server.on("/b", Reply::redirect(302, &server.url_at("127.0.0.2", "/c").replace("//", "//eve:evil@")));
    server.on("/c", Reply::ok("text/xml", FEED));
    let answer = get(&client(), &server.url("/a"));
    assert_eq!(answer.url, server.url_at("127.0.0.2", "/c"));
    assert!(!format!("{answer:?}").contains("evil"));
    assert!(server.log().iter().all(|asked| asked.header("authorization").is_none()));
}

#[test]
fn secrets_are_not_in_messages() {
    let server = Server::start();
    server.on("/", Reply::hang_up());
    let url = server.url("/");
    let say = |name: &str, value: &str| {
        let headers = [(name.to_owned(), Secret::new(value))];
        let err = client().get(&Request { headers: &headers, ..request(&url) }).unwrap_err();
        assert!(!format!("{err:?} {err} {headers:?}").contains("t0ken"), "{err}");
        (err.is_usage(), err.message().to_owned())
    };
    assert!(!say("X-Key", "t0ken").0);
    let (usage, said) = say("X-Key", "t0ken\r\nX-Evil: 1");
    assert!(usage && said.contains("value of the header x-key"), "{said}");
    for name in ["X Key", "", "Host", "Content-Length", "transfer-encoding"] {
        let (usage, said) = say(name, "t0ken");
        assert!(usage && said.contains(&format!("found the name {name:?}")), "{said}");
    }
}

#[test]
fn settings_show_no_password() {
    let settings = Settings { proxy: Some("http://ann:t0ken@127.0.0.1:3128".to_owned()), ..patient() };
    let client = feedmill::source::http::Client::new(&settings).unwrap();
    let shown = format!("{settings:?} {client:?}");
    assert!(shown.contains("http://127.0.0.1:3128") && !shown.contains("t0ken"), "{shown}");
    for wrong in ["ann:t0ken@proxy.example", "socks4://ann:t0ken@127.0.0.1", "http://ann:t0ken@:99999/"] {
        let err =
            feedmill::source::http::Client::new(&Settings { proxy: Some(wrong.to_owned()), ..patient() }).unwrap_err();
        assert!(err.is_usage() && !format!("{err:?}").contains("t0ken"), "{err}");
    }
}
