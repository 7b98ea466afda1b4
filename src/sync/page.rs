//! Web pages: the feed that they name, or the article that they are.

use std::ops::ControlFlow;

use super::visit::{Halt, MOST_BYTES, Message, Step, Visit, refused};
use super::{Ended, Kind};
use crate::archive::RemotePage;
use crate::error::{Error, Result};
use crate::ingest::{self, Piece};
use crate::parse::discover;
use crate::source::Document;
use crate::source::http::{Answer, Request};

/// What is welcome where an article is expected.
const PAGES: &str = "text/html, application/xhtml+xml, */*;q=0.5";

/// A page is given up after so many failures, until its source says that it has changed.
const MOST_TRIES: u32 = 5;

/// The feed that a page, or its server, says is its own. What only looks like one is not asked.
pub(super) fn feed_of(doc: &mut Document<'_>, answer: &Answer) -> Result<Option<String>> {
    let charset = doc.charset.clone();
    let found = discover::feeds(doc.bytes()?, charset.as_deref(), &answer.url);
    let in_page = found.into_iter().find(|feed| feed.is_declared);
    Ok(in_page
        .or_else(|| discover::in_headers(answer.all("link"), &answer.url).into_iter().next())
        .map(|feed| feed.url))
}

/// Takes a source in that is one article.
pub(super) fn take(visit: &mut Visit, mut doc: Document<'static>, answer: &Answer, seal: String) -> Step<Ended> {
    if !visit.is_allowed(&answer.url)? {
        return Err(forbidden(&answer.url).into());
    }
    doc.fetched = Some(visit.now());
    visit.keep_validators(answer, Some(seal));
    visit.succeed(answer);
    visit.state.kind = Some(Kind::Page);
    read(visit, doc)?;
    visit.save()?;
    Ok(Ended::New)
}

/// Fetches one page that a source names, if it has changed since it was fetched, and passes it on. Only what ends the
/// visit is an error; what is wrong with the page is told.
pub(super) fn fetch(visit: &mut Visit, page: RemotePage, wanted: &str) -> Step<()> {
    let url = page.url.clone();
    if !visit.is_allowed(&url)? {
        visit.tell(super::Event::Problem(visit.at, forbidden(&url)))?;
        // Not asked again until its source names another version.
        return done(visit, RemotePage { mark: wanted.to_owned(), ..page });
    }
    let asked = visit.get(|visit| {
        let request = Request {
            etag: page.etag.as_deref(),
            last_modified: page.last_modified.as_deref(),
            ..visit.request(&url, PAGES, MOST_BYTES)
        };
        visit.crew.client.get(&request)
    });
    let mut answer = match asked {
        Ok(answer) => answer,
        Err(Halt::Failed(err, _)) => return missed(visit, page, wanted, err),
        Err(halt) => return Err(halt),
    };
    match answer.status {
        304 => return done(visit, RemotePage { mark: wanted.to_owned(), failures: 0, ..page }),
        200..=203 => {}
        // The host wants to be left alone, or cannot answer: all of the visit waits.
        429 | 503 => return Err(refused(&url, answer)),
        404 | 410 => {
            visit.tell(super::Event::Problem(visit.at, gone(&url, answer.status)))?;
            return done(visit, RemotePage { mark: wanted.to_owned(), ..page });
        }
        _ => {
            let Halt::Failed(err, _) = refused(&url, answer) else { return Ok(()) };
            return missed(visit, page, wanted, err);
        }
    }
    let body = std::mem::take(&mut answer.body);
    let mut doc = visit.document(&url, &answer, body);
    doc.fetched = Some(visit.now());
    read(visit, doc)?;
    let header = |name| answer.header(name).map(str::to_owned);
    let (etag, last_modified) = (header("etag"), header("last-modified"));
    done(visit, RemotePage { mark: wanted.to_owned(), etag, last_modified, failures: 0, wanted: None, ..page })
}

/// The text of the page at an address, where it can be had; `None` is told by the caller, who has another text.
pub(super) fn article(visit: &mut Visit, url: &str) -> Step<Option<crate::article::Article>> {
    if !visit.is_allowed(url)? {
        return Ok(None);
    }
    let asked = visit.get(|visit| visit.crew.client.get(&visit.request(url, PAGES, MOST_BYTES)));
    let mut answer = match asked {
        Ok(answer) if answer.status == 200 => answer,
        Ok(answer) if matches!(answer.status, 429 | 503) => return Err(refused(url, answer)),
        Ok(_) | Err(Halt::Failed(..)) => return Ok(None),
        Err(halt) => return Err(halt),
    };
    let body = std::mem::take(&mut answer.body);
    let mut doc = visit.document(url, &answer, body);
    let (_, articles, _) = ingest::read_all(&mut doc, &ingest::Options::default());
    Ok(articles.into_iter().flatten().next())
}

/// Reads a document and passes on what is in it; whether all of it could be read.
pub(super) fn read(visit: &Visit, doc: Document<'_>) -> Step<bool> {
    read_with(visit, doc, &mut |_| Ok(()))
}

/// Reads a document, lets every piece pass through `change`, and passes it on; whether all of it could be read.
pub(super) fn read_with(
    visit: &Visit,
    doc: Document<'_>,
    change: &mut dyn FnMut(&mut Vec<Piece>) -> Step<()>,
) -> Step<bool> {
    let (mut is_whole, mut stopped) = (true, Ok(()));
    let _ = ingest::read(doc, &visit.source.reading, &mut |mut pieces| {
        is_whole &= pieces.iter().all(|piece| piece.failure().is_none_or(Error::is_no_article));
        stopped = change(&mut pieces).and_then(|()| visit.send(Message::Pieces(visit.at, pieces)));
        if stopped.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    stopped.map(|()| is_whole)
}

/// The page is remembered as fetched in the version that its source named.
pub(super) fn done(visit: &mut Visit, page: RemotePage) -> Step<()> {
    visit.send(Message::Page(visit.at, RemotePage { wanted: None, ..page }))
}

/// The page is remembered as still to be fetched, unless that was tried often enough.
pub(super) fn missed(visit: &mut Visit, page: RemotePage, wanted: &str, err: Error) -> Step<()> {
    let failures = page.failures + 1;
    visit.tell(super::Event::Problem(visit.at, err))?;
    match failures {
        MOST_TRIES.. => done(visit, RemotePage { mark: wanted.to_owned(), failures, ..page }),
        _ => {
            visit.state.unfinished = true;
            if visit.state.resume.is_none() {
                visit.stumble(&[]);
            }
            let page = RemotePage { failures, wanted: Some(wanted.to_owned()), ..page };
            visit.send(Message::Page(visit.at, page))
        }
    }
}

/// What is said of an address that `robots.txt` closes.
pub(super) fn forbidden(url: &str) -> Error {
    Error::remote(url, "robots.txt of the server forbids to fetch it")
        .hint("if you may, say `robots = false` in the source")
}

fn gone(url: &str, status: u16) -> Error {
    Error::remote(url, format!("expected a page, found {}", super::visit::status(status)))
}
