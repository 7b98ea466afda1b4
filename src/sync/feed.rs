//! Feeds and their history.

use std::collections::HashSet;

use chrono::Weekday;

use super::state::{Reach, Rhythm, number};
use super::visit::{Halt, MOST_BYTES, Message, Step, Visit, refused};
use super::{Ended, Event, page};
use crate::archive::RemotePage;
use crate::article::bare;
use crate::error::Error;
use crate::ingest::Piece;
use crate::parse::channel::{self, Channel};
use crate::parse::opml::Lead;
use crate::parse::{kind, opml};
use crate::source::Document;
use crate::source::http::Answer;
use feedmill_markup as markup;

const ACCEPT: &str =
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5";

/// The most documents of one history, in all runs together.
const MOST_HISTORY: u32 = 20_000;
/// So many entries of the last answer are remembered, by their links and their paths, to see whether the next one follows on.
const REMEMBERED: usize = 100;
/// How the version of a history document that was read is called: it does not change.
const READ: &str = "read";

/// Takes a feed in, and walks its history.
pub(super) fn take(visit: &mut Visit, mut doc: Document<'static>, answer: &Answer, seal: String) -> Step<Ended> {
    let charset = doc.charset.clone();
    let channel = channel::read(doc.bytes()?, charset.as_deref(), &answer.url)?;
    visit.seen.insert(answer.url.clone());
    let is_whole = entries(visit, doc)?;
    visit.state.title = channel.title.clone().or(visit.state.title.take());
    plan(visit, &channel, answer)?;
    visit.keep_validators(answer, Some(seal));
    if !is_whole {
        // What could not be read may be whole next time; the server must not say that nothing has changed.
        visit.state.forget_validators();
    }
    visit.state.rhythm = rhythm(&channel);
    visit.succeed(answer);
    if visit.state.news.is_none() && channel.is_summaries_only() && !visit.source.full_text {
        visit.note(
            "carries summaries only; `full_text = true` in the source fetches the texts from the pages".to_owned(),
        )?;
    }
    if let Some(new) = channel.new_feed_url.as_ref().filter(|new| **new != answer.url) {
        visit.note(format!("says that its address is {new} now; change the source if that is so"))?;
    }
    if channel.is_expired {
        visit.note("says of itself that it will not be updated any more".to_owned())?;
    }
    visit.save()?;
    go_on(visit)
}

/// What the feed says of when it changes.
fn rhythm(channel: &Channel) -> Rhythm {
    Rhythm {
        every: channel.interval().map(|every| every.as_secs()),
        skip_hours: (0..24).zip(channel.skip_hours).filter_map(|(hour, skips)| skips.then_some(hour)).collect(),
        skip_days: channel.skip_days.iter(Weekday::Mon).map(|day| day.num_days_from_monday()).collect(),
    }
}

/// Passes the entries of a document on; whether all of it could be read.
fn entries(visit: &mut Visit, doc: Document<'static>) -> Step<bool> {
    if !visit.source.full_text {
        return page::read(visit, doc);
    }
    let mut held: Vec<Vec<Piece>> = Vec::new();
    let is_whole = {
        let mut is_whole = true;
        let _ = crate::ingest::read(doc, &visit.source.reading, &mut |pieces| {
            is_whole &= pieces.iter().all(|piece| piece.failure().is_none_or(Error::is_no_article));
            held.push(pieces);
            std::ops::ControlFlow::Continue(())
        });
        is_whole
    };
    for mut pieces in held {
        for piece in &mut pieces {
            complete(visit, piece)?;
        }
        visit.send(Message::Pieces(visit.at, pieces))?;
    }
    Ok(is_whole)
}

/// Gives the entries of a piece the text of their pages. An entry whose page was fetched and that has not changed since
/// is left out: the archive has its text, and the feed only the beginning of it.
fn complete(visit: &mut Visit, piece: &mut Piece) -> Step<()> {
    let mut halted = Ok(());
    let mut fetched = Vec::new();
    piece.change(&mut |incoming| {
        let article = incoming.article();
        let Some(url) = article.url.clone().filter(|_| halted.is_ok()) else { return Some(incoming) };
        let mark = incoming.sha256();
        let mut step = || -> Step<Option<crate::archive::Incoming>> {
            let known = visit.known.page(&visit.source.url, &url)?;
            if known.as_ref().is_some_and(|known| known.mark == mark) {
                return Ok(None);
            }
            let found = page::article(visit, &url)?;
            visit.count(None)?;
            let length = |body: &crate::article::Body| body.text.split_whitespace().count();
            let known = known.unwrap_or_else(|| RemotePage::new(&url));
            match found.filter(|found| length(&found.body) > length(&article.body)) {
                Some(found) => {
                    fetched.push(RemotePage { mark: mark.clone(), failures: 0, ..known });
                    Ok(Some(incoming.clone().with_body(found.body)))
                }
                None => {
                    let failures = known.failures + 1;
                    // Asked again at the next runs, but not for ever.
                    let mark = if failures >= 3 { mark.clone() } else { String::new() };
                    fetched.push(RemotePage { mark, failures, ..known });
                    Ok(Some(incoming.clone()))
                }
            }
        };
        match step() {
            Ok(changed) => changed,
            Err(halt) => {
                halted = Err(halt);
                Some(incoming)
            }
        }
    });
    halted?;
    for page in fetched {
        visit.send(Message::Page(visit.at, page))?;
    }
    Ok(())
}

/// What of the feed's past is to be fetched.
fn plan(visit: &mut Visit, channel: &Channel, answer: &Answer) -> Step<()> {
    let entries: Vec<u64> =
        channel.entry_links.iter().take(REMEMBERED).flat_map(|link| [number(link), number(on_host(link))]).collect();
    let before = std::mem::replace(&mut visit.state.entries, entries.clone());
    let is_first = visit.state.answered.is_none();
    let follows = before.is_empty() || entries.is_empty() || {
        let before: HashSet<u64> = before.into_iter().collect();
        entries.iter().any(|entry| before.contains(entry))
    };
    let reach = &mut visit.state.history.reach;
    if !visit.source.history {
        return if follows { Ok(()) } else { missed(visit) };
    }
    if channel.is_complete {
        *reach = Reach::Complete;
        return Ok(());
    }
    let open = &mut visit.state.history.open;
    if let Some(archive) = &channel.prev_archive {
        // RFC 5005 section 4: everything that has left this document is in that one, or behind it.
        if visit.known.page(&visit.source.url, archive)?.is_none() && !open.contains(archive) {
            open.push(archive.clone());
            *reach = Reach::Walking;
        }
        return Ok(());
    }
    if !is_first && follows {
        return Ok(());
    }
    match channel.next.clone().or_else(|| wordpress(channel, &answer.url, 2)) {
        Some(next) if !open.contains(&next) => {
            open.push(next);
            if is_first {
                *reach = Reach::Walking;
            }
            Ok(())
        }
        Some(_) => Ok(()),
        None if is_first => {
            *reach = Reach::NoneOffered;
            Ok(())
        }
        None => missed(visit),
    }
}

/// A link without scheme and host, which change when a site moves.
fn on_host(link: &str) -> &str {
    link.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..])).unwrap_or(link)
}

/// The feed has rolled over since it was last asked, and nothing leads back.
fn missed(visit: &mut Visit) -> Step<()> {
    let since = visit.state.answered.map_or_else(String::new, |at| format!(" since {}", at.format("%Y-%m-%d %H:%M")));
    visit.note(format!(
        "has only entries that are new{since}: older ones may have come and gone in between; ask more often"
    ))
}

/// Walks the history as far as one run goes.
pub(super) fn go_on(visit: &mut Visit) -> Step<Ended> {
    let mut ended = Ended::New;
    while let Some(url) = visit.state.history.open.last().cloned() {
        if visit.has_enough() {
            ended = Ended::Unfinished;
            break;
        }
        if visit.state.history.documents >= MOST_HISTORY {
            stop(visit, format!("{MOST_HISTORY} documents were read, and there are more"));
            break;
        }
        if !visit.seen.insert(url.clone()) {
            stop(visit, format!("its documents lead back to {url}"));
            break;
        }
        match document(visit, &url) {
            Ok(()) => {}
            // The past can wait, and must not keep the present from coming.
            Err(Halt::Failed(err, headers)) => {
                visit.stumble(&headers);
                visit.tell(Event::Problem(visit.at, err))?;
                ended = Ended::Unfinished;
                break;
            }
            Err(halt) => return Err(halt),
        }
        (visit.state.stumbles, visit.state.resume) = (0, None);
        visit.count(None)?;
        visit.save()?;
    }
    visit.save()?;
    Ok(ended)
}

/// Reads one document of the past. The last of the open ones is done with afterwards, and the one behind it is open.
fn document(visit: &mut Visit, url: &str) -> Step<()> {
    let mut answer = visit.get(|visit| visit.crew.client.get(&visit.request(url, ACCEPT, MOST_BYTES)))?;
    if matches!(answer.status, 400 | 404 | 410) && page_number(url).is_some() {
        // WordPress has no page behind the last one.
        visit.state.history.open.pop();
        return beginning(visit);
    }
    match answer.status {
        200 => {}
        404 | 410 | 403 | 401 | 451 => {
            stop(visit, format!("{url} answers {}", super::visit::status(answer.status)));
            return Ok(());
        }
        _ => return Err(refused(url, answer)),
    }
    let body = std::mem::take(&mut answer.body);
    // An entry has one origin, whichever document of its feed it stands in.
    let origin = visit.source.url.clone();
    let mut doc = visit.document(&origin, &answer, body);
    if !matches!(kind::kind_of(&doc), kind::Kind::Feed | kind::Kind::JsonFeed) {
        stop(visit, format!("{url} is no feed"));
        return Ok(());
    }
    let charset = doc.charset.clone();
    let channel = channel::read(doc.bytes()?, charset.as_deref(), &answer.url)?;
    entries(visit, doc)?;
    visit.state.history.documents += 1;
    visit.state.history.open.pop();
    let page = RemotePage { mark: READ.to_owned(), ..RemotePage::new(url) };
    visit.send(Message::Page(visit.at, page))?;
    let older = match channel.prev_archive.clone() {
        Some(archive) => Some(archive),
        // An archive document without one is the oldest.
        None if channel.is_archive => None,
        None => channel.next.clone().or_else(|| {
            let number = page_number(url)?;
            wordpress(&channel, url, number.checked_add(1)?)
        }),
    };
    match older {
        Some(older) if visit.known.page(&visit.source.url, &older)?.is_some() => beginning(visit),
        Some(older) => {
            visit.state.history.open.push(older);
            Ok(())
        }
        None => beginning(visit),
    }
}

/// The walk has come to what is known, or to the beginning.
fn beginning(visit: &mut Visit) -> Step<()> {
    let history = &mut visit.state.history;
    if history.open.is_empty() && history.reach == Reach::Walking {
        history.reach = Reach::Complete;
    }
    Ok(())
}

/// The walk cannot go on here.
fn stop(visit: &mut Visit, why: String) {
    visit.state.history.open.pop();
    visit.state.history.reach = Reach::Incomplete(why);
}

/// The address of a page of older posts of a WordPress feed; `None` where the feed is another's, or has none.
fn wordpress(channel: &Channel, url: &str, number: u32) -> Option<String> {
    if !channel.is_wordpress || channel.entries == 0 {
        return None;
    }
    let mut url = url::Url::parse(url).ok()?;
    let kept: Vec<(String, String)> =
        url.query_pairs().filter(|(key, _)| key != "paged").map(|(k, v)| (k.into_owned(), v.into_owned())).collect();
    url.query_pairs_mut().clear().extend_pairs(kept).append_pair("paged", &number.to_string());
    Some(url.into())
}

/// Which page of older posts an address is of.
fn page_number(url: &str) -> Option<u32> {
    let url = url::Url::parse(url).ok()?;
    url.query_pairs().find(|(key, _)| key == "paged").and_then(|(_, number)| number.parse().ok())
}

/// Takes a subscription list in: its feeds are sources of their own.
pub(super) fn subscriptions(
    visit: &mut Visit,
    mut doc: Document<'static>,
    answer: &Answer,
    seal: String,
) -> Step<Ended> {
    let charset = doc.charset.clone();
    let text = markup::decode(doc.bytes()?, charset.as_deref())
        .ok_or_else(|| Error::input(visit.address(), "a subscription list", "binary data"))?;
    let found = opml::outlines(&text)?;
    let is_remote = |lead: &Lead| *lead != Lead::File;
    let files = found.leads.iter().filter(|(lead, _)| !is_remote(lead)).map(|(_, file)| (&file.title, "is a file"));
    let left: Vec<_> = found.rest.iter().map(|(name, why)| (name, *why)).chain(files).collect();
    if let Some((name, why)) = left.first() {
        let others = if left.len() > 1 { format!(", and {} more", left.len() - 1) } else { String::new() };
        visit.note(format!("names what is not asked: {name:?} {why}{others}"))?;
    }
    visit.state.parts = found
        .leads
        .iter()
        .filter(|(lead, _)| is_remote(lead))
        .map(|(_, feed)| serde_json::json!({ "url": bare(&feed.xml_url), "title": bare(&feed.title), "folders": feed.folders }))
        .collect();
    visit.keep_validators(answer, Some(seal));
    visit.succeed(answer);
    visit.save()?;
    Ok(Ended::New)
}
