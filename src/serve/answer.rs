//! From a request to its answer.

use std::fs::File;
use std::io::{self, Seek, SeekFrom};
use std::net::IpAddr;
use std::ops::Range;
use std::sync::Arc;
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use hyper::body::{Body as _, Incoming};
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Method, Request, Response, StatusCode, Version};
use tokio::task::spawn_blocking;

use super::House;
use super::address::{self, Refused};
use super::body::Body;
use super::coding::{Accepted, Coding};
use super::condition::{self, Listed, Tag, whole_seconds};
use super::delta;
use super::endpoint;
use super::held::{Found, Held, Stamp};
use super::range::{self, Part};
use super::treatment::Class;

/// Caches may keep it as long as they like: other bytes would have another name. A year is what RFC 9111 calls for ever.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Answers depend on what the client takes, whether that was used or not.
const VARY: HeaderValue = HeaderValue::from_static("Accept-Encoding");

/// What an answer of new entries only depends on (RFC 3229 section 10.8).
const VARY_WIDELY: HeaderValue = HeaderValue::from_static("Accept-Encoding, A-IM, If-None-Match");

/// An answer and what is counted of it.
pub(super) struct Answer {
    pub(super) response: Response<Body>,
    pub(super) class: Class,
    pub(super) coding: Coding,
}

impl Answer {
    fn new(status: StatusCode, headers: HeaderMap, body: Body) -> Answer {
        let mut response = Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Answer { response, class: Class::Other, coding: Coding::Identity }
    }

    /// A few words for the person who sees them.
    pub(super) fn words(status: StatusCode, words: &'static str) -> Answer {
        let mut headers = HeaderMap::with_capacity(8);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::VARY, VARY);
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(words.len()));
        Answer::new(status, headers, Body::Whole(words.as_bytes().into()))
    }

    fn with(mut self, name: header::HeaderName, value: HeaderValue) -> Answer {
        self.response.headers_mut().insert(name, value);
        self
    }
}

/// Answers a request; what is counted and logged is counted and logged.
pub(super) async fn answer(house: &Arc<House>, peer: IpAddr, request: Request<Incoming>) -> Response<Body> {
    let now = (house.clock)();
    let Answer { mut response, class, coding } = respond(house, peer, &request, now).await;
    if request.method() == Method::HEAD {
        *response.body_mut() = Body::Empty;
    }
    let (status, bytes) = (response.status(), response.body().length());
    house.metrics.count(class, status, coding, bytes);
    if class == Class::Feed && (status.is_success() || status == StatusCode::NOT_MODIFIED) {
        house.metrics.subscribers.note(&request, now);
    }
    if let Some(log) = &house.log {
        log.write(peer, &request, status, bytes, now);
    }
    response
}

async fn respond(house: &Arc<House>, peer: IpAddr, request: &Request<Incoming>, now: DateTime<Utc>) -> Answer {
    if let Some(answer) = refuse(request) {
        return answer;
    }
    if let Some(answer) = endpoint::answer(house, peer, request, now).await {
        return answer;
    }
    let address = match address::read(request.uri().path()) {
        Ok(address) => address,
        Err(Refused::Malformed) => return Answer::words(StatusCode::BAD_REQUEST, "This is no address of a file.\n"),
        Err(Refused::Nothing) => return nothing(),
    };
    if house.gone.contains(&address.path) {
        let usual = house.usual.clone();
        return Answer::words(StatusCode::GONE, "This feed is gone. Please unsubscribe.\n")
            .with(header::CACHE_CONTROL, usual);
    }
    // A large file that was replaced between looking and opening is looked for once more.
    for _ in 0..2 {
        let found = house.shelf.find(&address.path, now.into()).await;
        let answered = match found {
            Ok(Found::File(held)) => hand_out(house, request, &address.path, &held, now.into()).await,
            Ok(Found::Directory) if !address.is_directory => {
                Ok(Some(redirect(house, request, &address.path, now).await))
            }
            Ok(Found::Directory | Found::Nothing) => return nothing(),
            Ok(Found::Forbidden) => return Answer::words(StatusCode::FORBIDDEN, "This file is not for you.\n"),
            Err(err) => Err(err),
        };
        match answered {
            Ok(Some(answer)) => return answer,
            Ok(None) => {}
            Err(_) => break,
        }
    }
    Answer::words(StatusCode::INTERNAL_SERVER_ERROR, "This file cannot be read now.\n")
        .with(header::RETRY_AFTER, HeaderValue::from_static("60"))
}

fn nothing() -> Answer {
    Answer::words(StatusCode::NOT_FOUND, "There is nothing here.\n")
}

/// Requests that are not answered, whatever they ask for. One with a body, or with no host or several, may be meant
/// to be understood otherwise by a proxy on the way (RFC 9112 sections 3.2 and 11.2).
fn refuse(request: &Request<Incoming>) -> Option<Answer> {
    let is_first_version = request.version() < Version::HTTP_2;
    let close = |answer: Answer| match is_first_version {
        true => answer.with(header::CONNECTION, HeaderValue::from_static("close")),
        false => answer,
    };
    let headers = request.headers();
    let has_body = match is_first_version {
        true => !request.body().is_end_stream() || headers.contains_key(header::TRANSFER_ENCODING),
        false => headers.get(header::CONTENT_LENGTH).is_some_and(|length| length.as_bytes() != b"0"),
    };
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let answer = Answer::words(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are possible here.\n")
            .with(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Some(if has_body { close(answer) } else { answer });
    }
    if has_body {
        return Some(close(Answer::words(StatusCode::BAD_REQUEST, "A request must not have a body here.\n")));
    }
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next();
    let is_clear = match host {
        None => request.version() != Version::HTTP_11,
        Some(host) => hosts.next().is_none() && host.as_bytes().iter().all(|byte| !b" \t,/\\@?#".contains(byte)),
    };
    (!is_clear).then(|| close(Answer::words(StatusCode::BAD_REQUEST, "A request must name one host.\n")))
}

/// From a directory to its page, which stands at the address with a slash.
async fn redirect(house: &Arc<House>, request: &Request<Incoming>, path: &str, now: DateTime<Utc>) -> Answer {
    let page = format!("{path}/index.html");
    if !matches!(house.shelf.find(&page, now.into()).await, Ok(Found::File(_))) {
        return nothing();
    }
    // The path began with one slash and holds no empty segment, so that it cannot name another host.
    let query = request.uri().query().map_or(String::new(), |query| format!("?{query}"));
    let Ok(location) = HeaderValue::try_from(format!("{}/{query}", request.uri().path())) else { return nothing() };
    Answer::words(StatusCode::MOVED_PERMANENTLY, "The address of this page ends with a slash.\n")
        .with(header::LOCATION, location)
        .with(header::CACHE_CONTROL, house.usual.clone())
}

/// Answers with a file, or with what there is to say instead; `None` where it was replaced in the meantime.
async fn hand_out(
    house: &Arc<House>,
    request: &Request<Incoming>,
    path: &str,
    held: &Arc<Held>,
    now: SystemTime,
) -> io::Result<Option<Answer>> {
    let asked = request.headers();
    let accepted = Accepted::read(asked);
    let Some(coding) = accepted.best(held.is_pressed()) else {
        return Ok(Some(Answer::words(StatusCode::NOT_ACCEPTABLE, "There is no form of this file that you accept.\n")));
    };
    // Another change may fall into the same second, as long as that is not over; until then there is no date that tells
    // what the client has.
    let modified = held.modified.as_ref().filter(|(at, _)| whole_seconds(now).is_some_and(|now| *at < now));
    let modified_at = modified.map(|(at, _)| *at);
    let current = |tag: &Tag| {
        let (hash, coding) = tag.parts();
        let exists = coding == Coding::Identity || held.is_pressed();
        (hash == held.hash && exists && accepted.takes(coding)).then_some(coding)
    };
    let said = |coding: Coding| {
        let mut headers = HeaderMap::with_capacity(16);
        headers.insert(header::ETAG, held.etag(coding));
        if let Some((_, date)) = modified {
            headers.insert(header::LAST_MODIFIED, date.clone());
        }
        let usual = &house.usual;
        headers.insert(header::CACHE_CONTROL, if held.treatment.is_immutable { FOR_EVER } else { usual.clone() });
        headers.insert(header::VARY, VARY);
        headers
    };
    let counted = |answer: Answer, coding| Ok(Some(Answer { class: held.treatment.class, coding, ..answer }));

    if condition::has_failed(asked, |tag| current(tag).is_some(), modified_at) {
        return counted(Answer::words(StatusCode::PRECONDITION_FAILED, "The file is another one now.\n"), coding);
    }
    let unchanged = match condition::if_none_match(asked) {
        Some(Listed::Any) => Some(coding),
        Some(Listed::Tags(tags)) => match tags.iter().find_map(current) {
            Some(coding) => Some(coding),
            None => match news(house, request, path, held, &accepted, &tags) {
                Some((bytes, base)) => {
                    let mut headers = said(Coding::Identity);
                    describe(&mut headers, held);
                    headers.insert("im", HeaderValue::from_static("feed"));
                    headers.insert("delta-base", base);
                    headers.insert(header::VARY, VARY_WIDELY);
                    // Caches that do not know the manipulation must not take it for the feed (RFC 3229 section 10.8.3).
                    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store, im"));
                    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
                    let answer = Answer::new(StatusCode::IM_USED, headers, Body::Whole(bytes.into()));
                    return counted(answer, Coding::Identity);
                }
                None => None,
            },
        },
        None => modified_at.filter(|at| condition::is_not_modified(asked, *at)).map(|_| coding),
    };
    if let Some(coding) = unchanged {
        return counted(Answer::new(StatusCode::NOT_MODIFIED, said(coding), Body::Empty), coding);
    }

    let length = held.stamp.length;
    let range =
        asked.get(header::RANGE).filter(|_| request.method() == Method::GET).and_then(|range| range.to_str().ok());
    if let Some(range) = range.filter(|_| accepted.takes(Coding::Identity)) {
        let etag = held.etag(Coding::Identity);
        let is_same = condition::allows_range(asked, etag.to_str().unwrap_or_default(), modified_at);
        match range::read(range, length) {
            Part::Bytes(part) if is_same => {
                let Some(body) = open(held, part.clone()).await? else { return Ok(None) };
                let mut headers = said(Coding::Identity);
                describe(&mut headers, held);
                let place = format!("bytes {}-{}/{length}", part.start, part.end - 1);
                headers.insert(header::CONTENT_RANGE, HeaderValue::try_from(place).map_err(io::Error::other)?);
                headers.insert(header::CONTENT_LENGTH, HeaderValue::from(part.end - part.start));
                return counted(Answer::new(StatusCode::PARTIAL_CONTENT, headers, body), Coding::Identity);
            }
            Part::Outside if is_same => {
                let place = HeaderValue::try_from(format!("bytes */{length}")).map_err(io::Error::other)?;
                let answer = Answer::words(StatusCode::RANGE_NOT_SATISFIABLE, "The file has no such part.\n");
                return counted(answer.with(header::CONTENT_RANGE, place), Coding::Identity);
            }
            _ => {}
        }
    }

    let mut headers = said(coding);
    describe(&mut headers, held);
    let body = match coding {
        Coding::Identity => {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
            let Some(body) = open(held, 0..length).await? else { return Ok(None) };
            body
        }
        _ => {
            let variant = house.shelf.variant(held, coding).await?;
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(variant.bytes.len()));
            Body::Whole(variant.bytes)
        }
    };
    counted(Answer::new(StatusCode::OK, headers, body), coding)
}

/// What is said of bytes whenever they are sent.
fn describe(headers: &mut HeaderMap, held: &Held) {
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(held.treatment.media_type));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Some(policy) = held.treatment.policy {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    }
    if held.treatment.is_download {
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    }
    if let Some(link) = &held.link {
        headers.insert(header::LINK, link.clone());
    }
}

/// The feed with only those entries that the client has not seen, and the tag of the version that it has, if the client
/// wants that and it can be told (RFC 3229).
fn news(
    house: &House,
    request: &Request<Incoming>,
    path: &str,
    held: &Held,
    accepted: &Accepted,
    tags: &[Tag],
) -> Option<(Vec<u8>, HeaderValue)> {
    let (outline, plain) = (held.outline.as_ref()?, held.plain.as_ref()?);
    if !accepted.takes(Coding::Identity) || !delta::is_welcome(request.headers()) {
        return None;
    }
    let hashes: Vec<&str> = tags.iter().map(|tag| tag.parts().0).collect();
    let (base, known) = house.shelf.former.newest_of(path, &hashes)?;
    let bytes = outline.without(&plain.bytes, &known)?;
    let tag = tags.iter().find(|tag| tag.parts().0 == base)?;
    Some((bytes, HeaderValue::try_from(tag.quoted()).ok()?))
}

/// A part of the plain bytes; `None` where the file is another one by now.
async fn open(held: &Arc<Held>, part: Range<u64>) -> io::Result<Option<Body>> {
    if let Some(plain) = &held.plain {
        let at = |offset: u64| usize::try_from(offset).unwrap_or(usize::MAX).min(plain.bytes.len());
        return Ok(Some(Body::Whole(plain.bytes.slice(at(part.start)..at(part.end)))));
    }
    let held = held.clone();
    let length = part.end - part.start;
    let opened = spawn_blocking(move || {
        let mut file = File::open(&held.real_path)?;
        let is_same = Stamp::of(&file.metadata()?) == held.stamp;
        file.seek(SeekFrom::Start(part.start))?;
        io::Result::Ok(is_same.then_some(file))
    });
    Ok(opened.await.map_err(io::Error::other)??.map(|file| Body::part(file, length)))
}
