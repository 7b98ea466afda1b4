//! The client against a server that plays every answer, and the server itself.

#[path = "../harness/mod.rs"]
mod harness;

mod addresses;
mod answers;
mod bounds;
mod downloads;
mod hostile;
mod proxies;
mod redirects;
mod secrets;
mod server;
mod tls;

use std::sync::Mutex;
use std::time::Duration;

use feedmill::error::Error;
use feedmill::source::http::{Answer, Client, Gate, Request, Settings};

pub const FEED: &str = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Harbour news</title>\
                        <item><title>The ferry sails again</title></item></channel></rss>";

/// More patience than any answer of these tests needs, on a machine that is busy.
pub fn patient() -> Settings {
    Settings {
        user_agent: "feedmill/test (+https://feedmill.example/)".to_owned(),
        proxy: None,
        connect_timeout: Duration::from_secs(5),
        idle_timeout: Duration::from_secs(10),
        total_timeout: Duration::from_secs(30),
        max_redirects: 5,
    }
}

/// So little patience that a server that waits for good is given up soon.
pub fn hasty() -> Settings {
    Settings {
        connect_timeout: Duration::from_millis(100),
        idle_timeout: Duration::from_millis(200),
        total_timeout: Duration::from_millis(600),
        ..patient()
    }
}

pub fn client() -> Client {
    Client::new(&patient()).unwrap()
}

/// A plain request; addresses of this machine are permitted, since the server has no others.
pub fn request(url: &str) -> Request<'_> {
    Request {
        url,
        accept: "application/rss+xml, */*;q=0.1",
        headers: &[],
        etag: None,
        last_modified: None,
        max_bytes: 1 << 20,
        private: true,
        gate: &NoGate,
    }
}

#[track_caller]
pub fn get(client: &Client, url: &str) -> Answer {
    client.get(&request(url)).unwrap()
}

#[track_caller]
pub fn fail(client: &Client, url: &str) -> Error {
    let err = client.get(&request(url)).unwrap_err();
    assert!(err.is_remote(), "{err:?}");
    err
}

/// Lets everybody through.
pub struct NoGate;

impl Gate for NoGate {
    fn enter(&self, _: &str) {}
    fn leave(&self, _: &str) {}
}

/// Lets everybody through and notes it: `+host` and `-host`.
#[derive(Default)]
pub struct Doorman(pub Mutex<Vec<String>>);

impl Doorman {
    pub fn notes(&self) -> String {
        self.0.lock().unwrap().join(" ")
    }
}

impl Gate for Doorman {
    fn enter(&self, host: &str) {
        self.0.lock().unwrap().push(format!("+{host}"));
    }
    fn leave(&self, host: &str) {
        self.0.lock().unwrap().push(format!("-{host}"));
    }
}
