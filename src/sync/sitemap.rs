//! Sitemaps: which pages are new or changed, and those pages.

use super::visit::{Halt, Message, Step, Visit, refused};
use super::{Ended, Event, page};
use crate::archive::RemotePage;
use crate::error::Error;
use crate::parse::kind::{self, Kind as Content};
use crate::parse::{channel, sitemap};
use crate::source::Document;
use crate::source::http::{Answer, Request};

/// The most bytes of a sitemap, decompressed (sitemaps.org: 50 MiB).
const MOST_BYTES: u64 = 64 << 20;
/// The most sitemaps of an index that are read in one run.
const MOST_SITEMAPS: usize = 5_000;
/// Sitemaps in sitemaps: an index of indexes is not allowed and met all the same.
const DEEPEST: usize = 3;

const ACCEPT: &str = "application/xml, text/xml, text/plain;q=0.8, */*;q=0.5";

/// Takes a sitemap in: remembers what is to be fetched, and fetches it.
pub(super) fn take(visit: &mut Visit, doc: Document<'static>, answer: &Answer, seal: String) -> Step<Ended> {
    let mut complete = true;
    let is_whole = read(visit, doc, 0, &mut complete)?;
    if complete {
        visit.tell_gone()?;
    }
    // An index may stand still while its sitemaps change: only a sitemap without others has validators of its own.
    visit.keep_validators(answer, is_whole.then_some(seal));
    if !is_whole {
        visit.state.forget_validators();
    }
    visit.succeed(answer);
    visit.state.unfinished = true;
    visit.save()?;
    go_on(visit)
}

/// Fetches the pages that are still to be fetched.
pub(super) fn go_on(visit: &mut Visit) -> Step<Ended> {
    fetch_all(visit, &mut |visit, page, wanted| page::fetch(visit, page, wanted))
}

/// Fetches all that the source named and that is still to be fetched, one after the other, as far as one run goes.
pub(super) fn fetch_all(
    visit: &mut Visit,
    fetch: &mut dyn FnMut(&mut Visit, RemotePage, &str) -> Step<()>,
) -> Step<Ended> {
    if !visit.state.unfinished {
        return Ok(Ended::New);
    }
    // What this run has found is committed by the other thread: it is asked until all of that is there.
    visit.settle()?;
    let pages = visit.known.wanted_pages(&visit.source.url)?;
    let total = pages.len() as u64;
    visit.state.unfinished = false;
    let stumbled = visit.state.resume.take().is_some();
    for page in pages {
        if visit.has_enough() {
            visit.state.unfinished = true;
            break;
        }
        let wanted = page.wanted.clone().unwrap_or_default();
        fetch(visit, page, &wanted)?;
        visit.count(Some(total))?;
    }
    if visit.state.resume.is_none() && stumbled {
        visit.state.stumbles = 0;
    }
    visit.save()?;
    Ok(if visit.state.unfinished { Ended::Unfinished } else { Ended::New })
}

/// Reads a sitemap, or an index and its sitemaps; whether it is a sitemap alone. Where something of it could not be read,
/// it is not `complete`.
fn read(visit: &mut Visit, mut doc: Document<'static>, depth: usize, complete: &mut bool) -> Step<bool> {
    let url = doc.url.clone().unwrap_or_else(|| doc.origin.clone());
    let (content, charset) = (kind::kind_of(&doc), doc.charset.clone());
    let bytes = unzipped(&mut doc)?;
    if matches!(content, Content::Feed | Content::JsonFeed) {
        let found = channel::read(&bytes, charset.as_deref(), &url)?;
        // A feed names its latest entries, and not all that there is.
        for link in found.entry_links {
            want(visit, &link, String::new(), None)?;
        }
        return Ok(true);
    }
    let wanted = visit.wanted()?;
    let mut entries = Vec::new();
    let summary = sitemap::read(&bytes, charset.as_deref(), &url, &mut |entry| entries.push(entry))?;
    drop(bytes);
    if summary.kind == sitemap::SitemapKind::Index {
        if depth >= DEEPEST || entries.len() > MOST_SITEMAPS {
            *complete = false;
        }
        if depth >= DEEPEST {
            return Ok(false);
        }
        for entry in entries.into_iter().take(MOST_SITEMAPS) {
            if !entry.same_host || !visit.seen.insert(entry.url.clone()) {
                continue;
            }
            let mark = entry.modified.as_ref().map(|date| date.to_string()).unwrap_or_default();
            let is_read = child(visit, &entry.url, mark, depth, complete)?;
            *complete &= is_read;
        }
        return Ok(false);
    }
    if summary.has_more {
        *complete = false;
        visit.note(format!("{url} names more addresses than a sitemap may; the rest is left out"))?;
    }
    for entry in entries {
        visit.named.insert(entry.url.clone());
        // A sitemap speaks for its own host (sitemaps.org, "location").
        if entry.same_host && wanted.has(&entry.url) {
            let mark = entry.modified.as_ref().map(|date| date.to_string()).unwrap_or_default();
            want(visit, &entry.url, mark, Some(&url))?;
        }
    }
    visit.lists.push(url);
    Ok(true)
}

/// One sitemap of an index; whether it could be read, or has not changed.
fn child(visit: &mut Visit, url: &str, mark: String, depth: usize, complete: &mut bool) -> Step<bool> {
    let known = visit.known.page(&visit.source.url, url)?;
    if !mark.is_empty() && known.as_ref().is_some_and(|known| known.mark == mark) {
        return Ok(true);
    }
    let (etag, last_modified) = known.map(|known| (known.etag, known.last_modified)).unwrap_or_default();
    let answer = visit.get(|visit| {
        let request = Request {
            etag: etag.as_deref(),
            last_modified: last_modified.as_deref(),
            ..visit.request(url, ACCEPT, MOST_BYTES)
        };
        visit.crew.client.get(&request)
    });
    let mut answer = match answer {
        Ok(answer) => answer,
        Err(Halt::Failed(err, _)) => return visit.tell(Event::Problem(visit.at, err)).map(|()| false),
        Err(halt) => return Err(halt),
    };
    match answer.status {
        304 => return Ok(true),
        200..=203 => {}
        429 | 503 => return Err(refused(url, answer)),
        _ => {
            let Halt::Failed(err, _) = refused(url, answer) else { return Ok(false) };
            return visit.tell(Event::Problem(visit.at, err)).map(|()| false);
        }
    }
    let body = std::mem::take(&mut answer.body);
    let doc = visit.document(url, &answer, body);
    match read(visit, doc, depth + 1, complete) {
        Ok(_) => {}
        Err(Halt::Failed(err, _)) => return visit.tell(Event::Problem(visit.at, err)).map(|()| false),
        Err(halt) => return Err(halt),
    }
    let header = |name| answer.header(name).map(str::to_owned);
    let (etag, last_modified) = (header("etag"), header("last-modified"));
    let page = RemotePage { url: url.to_owned(), mark, etag, last_modified, ..RemotePage::default() };
    visit.send(Message::Page(visit.at, page)).map(|()| true)
}

/// Remembers a page as one to be fetched, unless it was fetched in this version. Without a version it is fetched once.
/// `list` is what names it, where that names all that there is.
pub(super) fn want(visit: &mut Visit, url: &str, version: String, list: Option<&str>) -> Step<()> {
    if !visit.seen.insert(url.to_owned()) {
        return Ok(());
    }
    let known = visit.known.page(&visit.source.url, url)?;
    // An empty mark is that of a page that was never fetched.
    let version = if version.is_empty() { "?".to_owned() } else { version };
    let is_fetched = |known: &RemotePage| known.mark == version || known.wanted.as_ref() == Some(&version);
    let list = list.map(str::to_owned);
    match known {
        Some(known) if is_fetched(&known) => {
            let list = list.or(known.list.clone());
            if known.list == list && !known.gone {
                return Ok(());
            }
            // It is named by another list now, or again.
            visit.send(Message::Page(visit.at, RemotePage { list, gone: false, ..known }))
        }
        known => {
            let known = known.unwrap_or_else(|| RemotePage::new(url));
            let list = list.or(known.list.clone());
            let page = RemotePage { failures: 0, wanted: Some(version), list, gone: false, ..known };
            visit.send(Message::Page(visit.at, page))
        }
    }
}

/// The bytes of a sitemap, which may be compressed on top of what HTTP does.
fn unzipped(doc: &mut Document<'static>) -> Result<Vec<u8>, Error> {
    let held = std::mem::replace(doc, Document::from_bytes("", "", Vec::new()));
    if !crate::source::is_container(&held) {
        let mut held = held;
        return held.bytes().map(<[u8]>::to_vec);
    }
    let origin = held.origin.clone();
    let mut found = Err(Error::input(&origin, "a sitemap", "an empty container"));
    let _ = crate::source::unpack(held, &mut |inner| {
        found = inner.and_then(|mut inner| inner.bytes().map(<[u8]>::to_vec));
        std::ops::ControlFlow::Break(())
    });
    found
}
