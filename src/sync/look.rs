//! Looks at an address before it becomes a source: what is there, and which feeds lead on from it.

use super::visit::origin_of;
use super::{Clock, Hosts, Kind, Settings, Source};
use crate::error::{Error, Result};
use crate::parse::kind::{self, Kind as Content};
use crate::parse::{channel, discover};
use crate::source::Document;
use crate::source::http::{Answer, Client, Request};

/// The most bytes that are looked at.
const MOST_BYTES: u64 = 32 << 20;

/// What stands at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// The address.
    pub url: String,
    /// What it is.
    pub kind: Kind,
    /// What it calls itself.
    pub title: Option<String>,
    /// Of a feed, the number of its entries.
    pub entries: Option<usize>,
}

/// What stands at the address of a source: the best answer first. Of a page, its feeds; where it names none, the usual
/// places are tried; where there is none either, the page itself.
///
/// # Errors
/// Nothing answers there.
pub fn look(source: &Source, settings: &Settings, clock: &dyn Clock) -> Result<Vec<Looked>> {
    let client = Client::new(&settings.http)?;
    let hosts = Hosts::new(clock, settings.delay);
    let get = |url: &str| {
        client.get(&Request {
            url,
            accept: "*/*",
            headers: if origin_of(url) == origin_of(&source.url) { &source.headers } else { &[] },
            etag: None,
            last_modified: None,
            max_bytes: MOST_BYTES,
            private: source.private,
            gate: &hosts,
        })
    };
    let answer = get(&source.url)?;
    if answer.status != 200 {
        let found = super::visit::status(answer.status);
        return Err(Error::remote(&source.url, format!("expected 200, found {found}")));
    }
    let doc = document(&answer);
    let is = |kind| Ok(vec![Looked { url: source.url.clone(), kind, title: None, entries: None }]);
    match kind::kind_of(&doc) {
        Content::Feed | Content::JsonFeed => return feed(&source.url, &answer).map(|looked| vec![looked]),
        Content::Opml => return is(Kind::Opml),
        Content::Sitemap | Content::SitemapIndex => return is(Kind::Sitemap),
        Content::DirectoryIndex | Content::UrlList => return is(Kind::Listing),
        Content::Manifest => return is(Kind::Archive),
        Content::Container | Content::Other => return is(Kind::File),
        Content::Page => {}
    }
    let charset = doc.charset.clone();
    let mut named = discover::feeds(&answer.body, charset.as_deref(), &answer.url);
    let declared = named.iter().filter(|feed| feed.is_declared).count();
    named.splice(declared..declared, discover::in_headers(answer.all("link"), &answer.url));
    let tried = named.iter().map(|feed| feed.url.clone()).chain(discover::guesses(&answer.url));
    let (mut found, mut seen) = (Vec::<Looked>::new(), std::collections::HashSet::new());
    let declared = named.iter().filter(|feed| feed.is_declared).count();
    for (at, url) in tried.enumerate() {
        // What the page names is believed before what is usual.
        if at >= declared && !found.is_empty() || !seen.insert(url.clone()) {
            continue;
        }
        let Ok(answer) = get(&url) else { continue };
        if answer.status == 200
            && matches!(kind::kind_of(&document(&answer)), Content::Feed | Content::JsonFeed)
            && let Ok(looked) = feed(&url, &answer)
        {
            found.push(looked);
        }
    }
    if found.is_empty() { is(Kind::Page) } else { Ok(found) }
}

fn document(answer: &Answer) -> Document<'static> {
    let mut doc = Document::from_bytes(&answer.url, super::visit::name_of(&answer.url), answer.body.clone());
    doc.media_type = answer.header("content-type").map(str::to_owned);
    doc.charset = super::visit::charset_of(answer);
    doc.url = Some(answer.url.clone());
    doc
}

fn feed(url: &str, answer: &Answer) -> Result<Looked> {
    let channel = channel::read(&answer.body, super::visit::charset_of(answer).as_deref(), &answer.url)?;
    Ok(Looked { url: url.to_owned(), kind: Kind::Feed, title: channel.title, entries: Some(channel.entries) })
}
