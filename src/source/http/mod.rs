//! HTTP: the only place that talks to other machines.
//!
//! What a server sends can be slow, endless, compressed a thousandfold, redirected in circles or to addresses of
//! this network; every answer is bounded in time, size and steps, and addresses are checked after the name was
//! resolved. A [`Client`] may be used by many threads at once; each call blocks until its answer is there.

use std::time::Duration;

use crate::error::Result;

/// How all requests of a run are made.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Who asks: `name/version (+address)`.
    pub user_agent: String,
    /// `http://`, `https://`, `socks5://` or `socks5h://`, with a name and a password in it where the proxy wants them.
    pub proxy: Option<String>,
    /// The longest that a connection may take to come about.
    pub connect_timeout: Duration,
    /// The longest silence of a server before the next bytes.
    pub idle_timeout: Duration,
    /// The longest that one answer may take in all, its redirects included; downloads are bound by silence only.
    pub total_timeout: Duration,
    /// The most redirects that are followed.
    pub max_redirects: usize,
}

/// A value that is never shown: a password, a token.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// One request.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// What is asked for, `http` or `https`.
    pub url: &'a str,
    /// What answers are welcome (`Accept`).
    pub accept: &'a str,
    /// Headers of the source's own; they go to the origin (scheme, host, port) of `url` and to no other.
    pub headers: &'a [(String, Secret)],
    /// The `ETag` that the server gave, to the letter.
    pub etag: Option<&'a str>,
    /// The `Last-Modified` that the server gave, to the letter.
    pub last_modified: Option<&'a str>,
    /// The most bytes that are taken, after decompression.
    pub max_bytes: u64,
    /// Whether addresses of this machine and of private networks may be asked.
    pub private: bool,
    /// Keeps requests to one host apart.
    pub gate: &'a dyn Gate,
}

/// Lets requests to a host through, one at a time.
pub trait Gate: Sync {
    /// Blocks until the host may be asked. Called before every step of a request, redirects included.
    fn enter(&self, host: &str);
    /// The answer of the host is there, or will not come.
    fn leave(&self, host: &str);
}

/// A step on the way to an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// 301, 302, 303, 307 or 308.
    pub status: u16,
    /// Where it led.
    pub to: String,
}

/// What a server answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The address that answered in the end.
    pub url: String,
    /// The steps that led there.
    pub redirects: Vec<Redirect>,
    /// The headers of the last step, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, decompressed. Empty for a download, whose pieces were passed on.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header of that lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
