//! From a request to its answer.

use std::convert::Infallible;
use std::fs::File;
use std::io::{self, Seek, SeekFrom};
use std::net::IpAddr;
use std::ops::Range;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use chrono::{DateTime, Utc};
use hyper::body::{Body as _, Incoming};
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Method, Request, Response, StatusCode, Version};
use tokio::task::spawn_blocking;

use super::House;
use super::address::{self, Address, Refused};
use super::body::Body;
use super::coding::Coding;
use super::cross_origin;
use super::decide::{Decision, VARY, Wanted, decide, pressed};
use super::endpoint;
use super::held::{Found, Held, Stamp};
use super::live;
use super::treatment::Class;

/// An answer and what is counted of it.
pub(super) struct Answer {
    pub(super) response: Response<Body>,
    pub(super) class: Class,
    pub(super) coding: Coding,
}

impl Answer {
    pub(super) fn new(status: StatusCode, headers: HeaderMap, body: Body) -> Answer {
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

    pub(super) fn with(mut self, name: header::HeaderName, value: HeaderValue) -> Answer {
        self.response.headers_mut().insert(name, value);
        self
    }
}

/// An answer that is there, or one that takes time. Most are there: kept apart, they cost no more than they must.
pub(super) enum Answering {
    Now(Option<Response<Body>>),
    InTime(Pin<Box<dyn Future<Output = Response<Body>> + Send>>),
}

impl Future for Answering {
    type Output = Result<Response<Body>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut *self {
            Answering::Now(answer) => answer.take().map_or(Poll::Pending, |answer| Poll::Ready(Ok(answer))),
            Answering::InTime(answer) => answer.as_mut().poll(context).map(Ok),
        }
    }
}

/// Answers a request; what is counted and logged is counted and logged.
pub(super) fn answer(house: &Arc<House>, peer: IpAddr, request: Request<Incoming>) -> Answering {
    let now = (house.clock)();
    if let Some(answer) = at_once(house, &request, now) {
        return Answering::Now(Some(finish(house, peer, &request, answer, now)));
    }
    let house = house.clone();
    Answering::InTime(Box::pin(async move {
        let answer = match endpoint::answer(&house, peer, &request, now).await {
            Some(answer) => answer,
            None => match live::answer(&house, peer, &request, now).await {
                Some(answer) => answer,
                None => in_time(&house, &request, now).await,
            },
        };
        finish(&house, peer, &request, answer, now)
    }))
}

fn finish(
    house: &House,
    peer: IpAddr,
    request: &Request<Incoming>,
    answer: Answer,
    now: DateTime<Utc>,
) -> Response<Body> {
    let Answer { mut response, class, coding } = answer;
    if is_public_file(house, request) {
        cross_origin::allow(response.headers_mut());
    }
    if request.method() == Method::HEAD {
        *response.body_mut() = Body::Empty;
    }
    let (status, bytes) = (response.status(), response.body().length());
    house.metrics.count(class, status, coding, bytes);
    if class == Class::Feed && (status.is_success() || status == StatusCode::NOT_MODIFIED) {
        house.metrics.subscribers.note(request, now);
    }
    if let Some(log) = &house.log {
        log.write(peer, request, status, bytes, now);
    }
    response
}

/// Whether the request is for a file below the directory, and not for something that the server makes or says itself.
fn is_public_file(house: &House, request: &Request<Incoming>) -> bool {
    !endpoint::is_one(request) && !live::is_one(house, request)
}

/// The answer, where nothing has to be waited for: refusals, and files that are held as they are wanted.
fn at_once(house: &House, request: &Request<Incoming>, now: DateTime<Utc>) -> Option<Answer> {
    if let Some(answer) = refuse(request) {
        return Some(answer);
    }
    if request.method() == Method::OPTIONS {
        return Some(cross_origin::options(is_public_file(house, request)));
    }
    if endpoint::is_one(request) || live::is_one(house, request) {
        return None;
    }
    let address = match find_address(house, request, now) {
        Ok(address) => address,
        Err(answer) => return Some(*answer),
    };
    let held = house.shelf.held(&address.path, now.into())?;
    match decide(house, request, &address.path, &held, now.into()).with_what_is_held(&held) {
        Decision::Said(answer) => Some(answer),
        Decision::Body(..) => None,
    }
}

/// The answer, once the file is found, read, or compressed.
async fn in_time(house: &Arc<House>, request: &Request<Incoming>, now: DateTime<Utc>) -> Answer {
    let address = match find_address(house, request, now) {
        Ok(address) => address,
        Err(answer) => return *answer,
    };
    // A large file that was replaced between looking and opening is looked for once more.
    for _ in 0..2 {
        let held = match house.shelf.find(&address.path, now.into()).await {
            Ok(Found::File(held)) => held,
            Ok(Found::Directory) if !address.is_directory => return redirect(house, request, &address.path, now).await,
            Ok(Found::Directory | Found::Nothing) => return nothing(),
            Ok(Found::Forbidden) => return Answer::words(StatusCode::FORBIDDEN, "This file is not for you.\n"),
            Err(_) => break,
        };
        let decision = decide(house, request, &address.path, &held, now.into()).with_what_is_held(&held);
        let (mut answer, wanted) = match decision {
            Decision::Said(answer) => return answer,
            Decision::Body(answer, wanted) => (answer, wanted),
        };
        match wanted {
            Wanted::Pressed(coding) => match house.shelf.variant(&held, coding).await {
                Ok(variant) => return pressed(answer, &variant),
                Err(_) => break,
            },
            Wanted::Plain(part) => match open(&held, part).await {
                Ok(Some(body)) => {
                    *answer.response.body_mut() = body;
                    return answer;
                }
                Ok(None) => {}
                Err(_) => break,
            },
        }
    }
    Answer::words(StatusCode::INTERNAL_SERVER_ERROR, "This file cannot be read now.\n")
        .with(header::RETRY_AFTER, HeaderValue::from_static("60"))
}

/// Where the request leads, unless that is nowhere, or was retired.
fn find_address<'a>(
    house: &House,
    request: &'a Request<Incoming>,
    now: DateTime<Utc>,
) -> Result<Address<'a>, Box<Answer>> {
    let address = address::read(request.uri().path()).map_err(|refused| match refused {
        Refused::Malformed => Box::new(Answer::words(StatusCode::BAD_REQUEST, "This is no address of a file.\n")),
        Refused::Nothing => Box::new(nothing()),
    })?;
    if house.gone.contains(&address.path, now.into()) {
        let answer = Answer::words(StatusCode::GONE, "This feed is gone. Please unsubscribe.\n");
        return Err(Box::new(answer.with(header::CACHE_CONTROL, house.usual.clone())));
    }
    Ok(address)
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
    if ![Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method()) {
        let answer = Answer::words(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are possible here.\n")
            .with(header::ALLOW, cross_origin::METHODS);
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

/// A part of a file that is not held; `None` where it is another one by now.
async fn open(held: &Arc<Held>, part: Range<u64>) -> io::Result<Option<Body>> {
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
