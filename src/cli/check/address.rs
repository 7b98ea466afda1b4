//! Feeds at addresses: fetched, judged, and how they are served.

use std::time::Duration;

use super::feeds::{Document, Judged};
use crate::error::Result;
use crate::source::http::{Answer, Client, Gate, Request, Settings};
use feedmill_lint::{self as lint, Context};

/// What a reader would ask for.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, \
                      text/xml;q=0.9, application/json;q=0.8, */*;q=0.1";
/// Somebody waits: what takes longer than this is no way to serve a feed.
const CONNECT: Duration = Duration::from_secs(10);
const IDLE: Duration = Duration::from_secs(20);
const TOTAL: Duration = Duration::from_secs(60);
/// As many as browsers follow would hide what is wrong; this is what readers follow.
const REDIRECTS: usize = 10;
/// No reader takes more.
const LARGEST: u64 = 64 << 20;

/// Two requests, one after the other, need no gate.
struct Open;

impl Gate for Open {
    fn enter(&self, _: &str) {}
    fn leave(&self, _: &str) {}
}

pub(super) fn is_address(input: &str) -> bool {
    let starts = |scheme: &str| input.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    starts("http://") || starts("https://")
}

/// Fetches a feed and judges it, and asks once more, to see whether the server knows what has not changed.
pub(super) fn judge(url: &str, private: bool, judged: &mut Judged) {
    match fetch(url, private) {
        Ok(document) => judged.documents.push(document),
        // The configuration of a source has no say here.
        Err(err) if err.is_forbidden_address() => {
            judged.trouble(err.hint("--private permits addresses of this machine and of private networks"));
        }
        Err(err) => judged.trouble(err),
    }
}

fn fetch(url: &str, private: bool) -> Result<Document> {
    let client = Client::new(&Settings {
        user_agent: format!("feedmill/{}", env!("CARGO_PKG_VERSION")),
        proxy: None,
        connect_timeout: CONNECT,
        idle_timeout: IDLE,
        total_timeout: TOTAL,
        max_redirects: REDIRECTS,
    })?;
    let request = Request {
        url,
        accept: ACCEPT,
        headers: &[],
        etag: None,
        last_modified: None,
        max_bytes: LARGEST,
        private,
        gate: &Open,
    };
    let first = client.get(&request)?;
    let (etag, last_modified) = (first.header("etag"), first.header("last-modified"));
    // A server that fails the second time is judged by the first.
    let again = match etag.or(last_modified) {
        Some(_) => client.get(&Request { etag, last_modified, ..request }).ok(),
        None => None,
    };
    let content_type = first.header("content-type").unwrap_or_default();
    let charset = content_type.split(';').skip(1).find_map(|part| part.trim().strip_prefix("charset="));
    let charset = charset.map(|charset| charset.trim_matches('"'));
    let report = match first.status {
        200..=299 => lint::check(&first.url, &first.body, &Context { url: Some(&first.url), charset }),
        _ => lint::Report::default(),
    };
    let serving = served(url, &first, report.format, again.as_ref());
    Ok(Document { name: url.to_owned(), report, serving: Some(serving) })
}

fn served(asked: &str, first: &Answer, format: &str, again: Option<&Answer>) -> lint::Report {
    let redirects: Vec<(u16, &str)> = first.redirects.iter().map(|step| (step.status, step.to.as_str())).collect();
    let headers = borrowed(&first.headers);
    let of_again = again.map(|again| borrowed(&again.headers)).unwrap_or_default();
    let one = lint::Answer { status: first.status, url: &first.url, redirects: &redirects, headers: &headers };
    let two =
        again.map(|again| lint::Answer { status: again.status, url: &again.url, redirects: &[], headers: &of_again });
    lint::headers(asked, &one, format, two.as_ref())
}

fn borrowed(headers: &[(String, String)]) -> Vec<(&str, &str)> {
    headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}
