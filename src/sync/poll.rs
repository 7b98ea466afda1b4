//! One visit: asks a source, looks at what its answer is, and lets the kind that it is take it in.

use super::decide;
use super::visit::{Halt, MOST_BYTES, Message, Step, Visit};
use super::{Done, Ended, Kind, feed, file, listing, page, pull, sitemap};
use crate::article::{bare, record};
use crate::error::Error;
use crate::parse::kind::{self, Kind as Content};
use crate::source::http::Answer;

/// What is welcome where a feed is expected, and where anything may be.
const FEEDS: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, \
                     text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.3";

/// After so many failures in a row at an address that was found, the configured one is asked again.
const LOST: u32 = 5;

/// Visits a source, and passes on how it ended and what is to be remembered. An error means that nobody listens.
pub(super) fn visit(mut visit: Visit<'_>) -> Step<()> {
    let ended = match poll(&mut visit) {
        Ok(ended) => ended,
        Err(Halt::HungUp) => return Err(Halt::HungUp),
        Err(Halt::Gone) => {
            visit.state.next = decide::gone();
            visit.state.problem = Some("it is gone for good (410)".to_owned());
            Ended::Gone
        }
        Err(Halt::Failed(err, headers)) => {
            failed(&mut visit, &err, &headers);
            Ended::Failed
        }
    };
    let Visit { at, state, requests, send, .. } = visit;
    send.send(Message::Done(at, ended, Box::new(state), requests)).map_err(|_| Halt::HungUp)
}

fn failed(visit: &mut Visit, err: &Error, headers: &[(String, String)]) {
    let now = visit.now();
    let state = &mut visit.state;
    state.failures += 1;
    state.problem = Some(err.to_string());
    state.next = decide::after_failure(headers, state.failures, visit.source.interval, &visit.source.url, now);
    if state.failures.is_multiple_of(LOST) && state.address.take().is_some() {
        state.forget_validators();
    }
}

fn poll(visit: &mut Visit) -> Step<Ended> {
    let is_due = visit.state.is_due(visit.now()) || visit.crew.settings.force;
    if !is_due {
        // It may not be asked, but what it named before may be fetched.
        return go_on(visit);
    }
    if visit.source.kind.or(visit.state.kind) == Some(Kind::File)
        || visit.source.kind.is_none() && file::is_named_so(visit)
    {
        visit.state.kind = Some(Kind::File);
        return file::poll(visit);
    }
    let address = visit.address();
    if let Some(Kind::Page | Kind::Listing) = visit.source.kind.or(visit.state.kind)
        && !visit.is_allowed(&address)?
    {
        return Err(page::forbidden(&address).into());
    }
    let Some(answer) = visit.ask(FEEDS, MOST_BYTES)? else {
        let went_on = go_on(visit)?;
        return Ok(unchanged(visit, went_on));
    };
    take(visit, answer, true)
}

/// Goes on with what an earlier run has not finished.
fn go_on(visit: &mut Visit) -> Step<Ended> {
    if visit.state.is_unfinished() && !visit.may_go_on() {
        return Ok(Ended::Unfinished);
    }
    if !visit.state.is_unfinished() {
        return Ok(Ended::New);
    }
    visit.save()?;
    match visit.source.kind.or(visit.state.kind) {
        Some(Kind::Feed) => feed::go_on(visit),
        Some(Kind::Sitemap) => sitemap::go_on(visit),
        Some(Kind::Listing) => listing::go_on(visit),
        _ => Ok(Ended::New),
    }
}

/// What the visit of a source that has not changed comes to, where going on came to that.
fn unchanged(visit: &Visit, went_on: Ended) -> Ended {
    if went_on == Ended::New && visit.documents == 0 { Ended::Unchanged } else { went_on }
}

/// Takes a whole answer in. A page may lead on to its feed, once.
fn take(visit: &mut Visit, mut answer: Answer, may_lead_on: bool) -> Step<Ended> {
    let body = std::mem::take(&mut answer.body);
    // Read in another way, the same bytes are news.
    let seal = record::sha256_hex(format!("{} {}", record::sha256_hex(&body), visit.reading()).as_bytes());
    let origin = visit.source.url.clone();
    let doc = visit.document(&origin, &answer, body);
    let content = kind::kind_of(&doc);
    let was = visit.source.kind.or(visit.state.kind);
    let is = match (was, content) {
        (Some(Kind::Page), _) => Kind::Page,
        (Some(Kind::Listing), Content::Page | Content::DirectoryIndex | Content::UrlList | Content::Other) => {
            Kind::Listing
        }
        (_, Content::Feed | Content::JsonFeed) => match was {
            // A sitemap may be a feed (sitemaps.org, "Other formats").
            Some(Kind::Sitemap) => Kind::Sitemap,
            _ => Kind::Feed,
        },
        (_, Content::Opml) => Kind::Opml,
        (_, Content::Sitemap | Content::SitemapIndex) => Kind::Sitemap,
        (Some(Kind::Sitemap), Content::UrlList | Content::Other) => Kind::Sitemap,
        (_, Content::Manifest) => Kind::Archive,
        (_, Content::DirectoryIndex | Content::UrlList) => Kind::Listing,
        (None, Content::Page) => Kind::Page,
        (_, Content::Page) => return Err(challenged(visit, was, &answer)),
        (_, Content::Container | Content::Other) => Kind::File,
    };
    if let Some(was) = visit.source.kind.filter(|was| *was != is) {
        let err = Error::input(visit.address(), format!("{} ({})", was.name(), words(was)), words(is));
        return Err(Halt::Failed(err.hint("leave out `kind` to have it found by looking"), answer.headers));
    }
    if visit.source.kind.is_none() && visit.state.kind == Some(Kind::Feed) && is != Kind::Feed {
        let err = Error::input(visit.address(), "a feed, as before", words(is));
        return Err(Halt::Failed(err.hint("nothing in the archive was changed"), answer.headers));
    }
    if is == Kind::Page && visit.source.kind.is_none() && may_lead_on {
        let mut doc = doc;
        if let Some(found) = page::feed_of(&mut doc, &answer)?.filter(|found| *found != answer.url) {
            visit.note(format!("is a page; its feed is {found}"))?;
            visit.state.address = Some(bare(&found).into_owned());
            visit.state.kind = Some(Kind::Feed);
            visit.state.forget_validators();
            let address = visit.address();
            let led = visit.get(|visit| visit.crew.client.get(&visit.request(&address, FEEDS, MOST_BYTES)))?;
            if led.status != 200 {
                return Err(super::visit::refused(&address, led));
            }
            return take(visit, led, false);
        }
        visit.state.kind = Some(is);
        return page::take(visit, doc, &answer, seal);
    }
    visit.state.kind = Some(is);
    visit.believe_redirects(&answer)?;
    if visit.state.body.as_deref() == Some(&seal) {
        // The same body under other validators: these count from now on.
        visit.keep_validators(&answer, Some(seal));
        visit.succeed(&answer);
        let went_on = go_on(visit)?;
        return Ok(unchanged(visit, went_on));
    }
    match is {
        Kind::Feed => feed::take(visit, doc, &answer, seal),
        Kind::Page => page::take(visit, doc, &answer, seal),
        Kind::Sitemap => sitemap::take(visit, doc, &answer, seal),
        Kind::Listing => listing::take(visit, doc, &answer, seal),
        Kind::Opml => feed::subscriptions(visit, doc, &answer, seal),
        Kind::Archive => pull::take(visit, doc, &answer, seal),
        Kind::File => file::take(visit, doc, &answer, seal),
    }
}

/// A web page stands where something else was.
fn challenged(visit: &Visit, was: Option<Kind>, answer: &Answer) -> Halt {
    let expected = was.map_or("a feed", words);
    let err = Error::input(visit.address(), expected, "a web page")
        .hint("a server may answer so to keep programs out; nothing in the archive was changed");
    Halt::Failed(err, answer.headers.clone())
}

/// A kind in words.
fn words(kind: Kind) -> &'static str {
    match kind {
        Kind::Feed => "a feed",
        Kind::Page => "a web page",
        Kind::Sitemap => "a sitemap",
        Kind::File => "a file of articles",
        Kind::Listing => "a list of files",
        Kind::Archive => "the manifest of an archive",
        Kind::Opml => "a subscription list",
    }
}

impl Done {
    /// When the source may be asked again, and why then.
    pub fn next(&self) -> &super::Next {
        &self.state.next
    }
}
