//! Redirects: followed, counted, never in circles, and each a visit of its own at the gate.

use feedmill::source::http::{Client, Piece, Redirect, Request, Settings};

use crate::harness::server::{Reply, Server};
use crate::{Doorman, FEED, client, fail, get, patient, request};

#[test]
fn every_kind_is_followed_and_remembered() {
    let server = Server::start();
    server.on("/a/feed", Reply::redirect(301, "../b"));
    server.on(
        "/b",
        Reply::redirect(
            302,
            "//127.0.0.2:{port}/c".replace("{port}", &server.port_at("127.0.0.2").to_string()).as_str(),
        ),
    );
    server.on("/c", Reply::redirect(303, "?d"));
    server.on("/c?d", Reply::redirect(307, &server.url("/e#part")));
    server.on("/e", Reply::redirect(308, "/größe und mehr"));
    server.on("/gr%C3%B6%C3%9Fe%20und%20mehr", Reply::ok("text/xml", FEED));
    let answer = get(&client(), &server.url("/a/feed"));
    assert_eq!(answer.body, FEED.as_bytes());
    let steps = [
        (301, server.url("/b")),
        (302, server.url_at("127.0.0.2", "/c")),
        (303, server.url_at("127.0.0.2", "/c?d")),
        (307, server.url("/e")),
        (308, server.url("/gr%C3%B6%C3%9Fe%20und%20mehr")),
    ];
    assert_eq!(answer.redirects, steps.map(|(status, to)| Redirect { status, to }));
    assert_eq!(answer.url, answer.redirects[4].to);
    assert!(server.log().iter().all(|asked| asked.header("referer").is_none()));
}

#[test]
fn circles_are_seen_at_once() {
    let server = Server::start();
    server.on("/self", Reply::redirect(301, "/self#again"));
    server.on("/a", Reply::redirect(302, "/b"));
    server.on("/b", Reply::redirect(302, "/a"));
    let itself = fail(&client(), &server.url("/self"));
    assert_eq!(
        itself.to_string(),
        format!("{0}: expected an answer, found redirects in a circle: {0} was asked already", server.url("/self"))
    );
    assert_eq!(server.count(), 1);
    fail(&client(), &server.url("/a"));
    assert_eq!(server.count(), 3);
}

#[test]
fn there_are_only_so_many() {
    let server = Server::start();
    server.respond("/step/*", |asked| {
        let number: usize = asked.target["/step/".len()..].parse().unwrap();
        if number == 5 { Reply::ok("text/xml", FEED) } else { Reply::redirect(302, &format!("/step/{}", number + 1)) }
    });
    assert_eq!(get(&client(), &server.url("/step/0")).redirects.len(), 5);
    let four = Client::new(&Settings { max_redirects: 4, ..patient() }).unwrap();
    let far = fail(&four, &server.url("/step/0"));
    assert!(far.message().starts_with("expected at most 4 redirects, found another one to http"), "{far}");
    let none = Client::new(&Settings { max_redirects: 0, ..patient() }).unwrap();
    assert!(none.get(&request(&server.url("/step/5"))).is_ok());
    fail(&none, &server.url("/step/4"));
}

#[test]
fn places_that_cannot_be_asked_are_named() {
    let server = Server::start();
    server.on("/nowhere", Reply::status(301));
    server.on("/empty", Reply::redirect(301, " "));
    server.on("/file", Reply::redirect(301, "file:///etc/passwd"));
    server.on("/script", Reply::redirect(301, "javascript:alert(1)"));
    server.on("/port", Reply::redirect(301, "http://127.0.0.1:0/"));
    server.on("/host", Reply::redirect(301, "http://"));
    server.on("/long", Reply::redirect(301, &format!("/{}", "a".repeat(20_000))));
    let say = |path: &str| fail(&client(), &server.url(path)).message().to_owned();
    assert_eq!(say("/nowhere"), "expected a redirect (301) to somewhere, found no `Location`");
    assert_eq!(say("/empty"), "expected a redirect (301) to somewhere, found an empty `Location`");
    assert_eq!(say("/file"), "a redirect leads nowhere: expected an http or https address, found `file`");
    assert!(say("/script").contains("found `javascript`"));
    assert!(say("/port").contains("expected a port from 1 to 65535, found 0"));
    assert!(say("/host").contains("empty host"), "{}", say("/host"));
    assert!(say("/long").ends_with("found an address of 20001 bytes"));
    for wrong in ["ftp://a.example/", "feed.xml", "http://", "http://a.example:0/", "", "mailto:a@b.example"] {
        fail(&client(), wrong);
    }
}

#[test]
fn each_step_passes_the_gate() {
    let server = Server::start();
    let two = server.url_at("127.0.0.2", "/b");
    server.on("/a", Reply::redirect(302, &two));
    server.on("/b", Reply::ok("text/xml", FEED));
    server.on("/lost", Reply::redirect(302, "ftp://a.example/"));
    server.on("/cut", Reply::hang_up());
    let visit = |path: &str| {
        let doorman = Doorman::default();
        let _ = client().get(&Request { gate: &doorman, ..request(&server.url(path)) });
        doorman.notes()
    };
    assert_eq!(visit("/a"), "+127.0.0.1 -127.0.0.1 +127.0.0.2 -127.0.0.2");
    assert_eq!(visit("/lost"), "+127.0.0.1 -127.0.0.1");
    assert_eq!(visit("/cut"), "+127.0.0.1 -127.0.0.1");
}

#[test]
fn the_gate_is_held_until_the_body_has_come() {
    let server = Server::start();
    server.on("/slow", Reply::ok("text/xml", "ab").slowly(1, std::time::Duration::from_millis(50)));
    let (doorman, url) = (Doorman::default(), server.url("/slow"));
    let noted = |note: &str| doorman.0.lock().unwrap().push(note.to_owned());
    let asked = Request { gate: &doorman, ..request(&url) };
    let ended = client().download(&asked, None, &mut |piece| {
        noted(if matches!(piece, Piece::Begin(_)) { "head" } else { "bytes" });
        Ok(())
    });
    assert_eq!(ended.unwrap().status, 200);
    let notes = doorman.notes().replace("bytes bytes", "bytes");
    assert_eq!(notes, "+127.0.0.1 head bytes -127.0.0.1");
}

#[test]
fn the_gate_is_left_when_a_sink_panics() {
    let server = Server::start();
    server.on("/file", Reply::ok("application/zip", "PK"));
    let doorman = Doorman::default();
    let url = server.url("/file");
    let client = client();
    let asked = Request { gate: &doorman, ..request(&url) };
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        client.download(&asked, None, &mut |_| std::panic::resume_unwind(Box::new("disk")))
    }));
    assert!(panicked.is_err());
    assert_eq!(doorman.notes(), "+127.0.0.1 -127.0.0.1");
}
