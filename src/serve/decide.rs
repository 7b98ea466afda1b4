//! What a request for a file that is there is answered, decided from the request and the file alone.

use std::ops::Range;
use std::sync::Arc;
use std::time::SystemTime;

use hyper::body::Incoming;
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Method, Request, StatusCode};

use super::House;
use super::answer::Answer;
use super::body::Body;
use super::coding::{Accepted, Coding};
use super::condition::{self, Listed, Tag, whole_seconds};
use super::delta;
use super::held::{Held, Variant};
use super::range::{self, Part};

/// Caches may keep it as long as they like: other bytes would have another name. A year is what RFC 9111 calls for ever.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Answers depend on what the client takes, whether that was used or not.
pub(super) const VARY: HeaderValue = HeaderValue::from_static("Accept-Encoding");

/// What an answer of new entries only depends on (RFC 3229 section 10.8).
const VARY_WIDELY: HeaderValue = HeaderValue::from_static("Accept, Accept-Encoding, A-IM, If-None-Match");

/// What is answered.
pub(super) enum Decision {
    /// This.
    Said(Answer),
    /// This head, with a body of that file.
    Body(Answer, Wanted),
}

/// Which bytes of a file are sent.
pub(super) enum Wanted {
    /// All of them, in a coding other than identity.
    Pressed(Coding),
    /// These, as they are.
    Plain(Range<u64>),
}

impl Decision {
    /// The same, with the body in it where nothing has to be made or read for that.
    pub(super) fn with_what_is_held(self, held: &Held) -> Decision {
        let Decision::Body(mut answer, wanted) = self else { return self };
        match (&wanted, &held.plain) {
            (Wanted::Plain(part), Some(plain)) => {
                let at = |offset: u64| usize::try_from(offset).unwrap_or(usize::MAX).min(plain.len());
                *answer.response.body_mut() = Body::Whole(plain.slice(at(part.start)..at(part.end)));
                Decision::Said(answer)
            }
            (Wanted::Pressed(coding), _) => match held.variant(*coding) {
                Some(variant) => Decision::Said(pressed(answer, variant)),
                None => Decision::Body(answer, wanted),
            },
            _ => Decision::Body(answer, wanted),
        }
    }
}

/// The answer with a body in a coding.
pub(super) fn pressed(mut answer: Answer, variant: &Variant) -> Answer {
    answer.response.headers_mut().insert(header::CONTENT_LENGTH, variant.length.clone());
    *answer.response.body_mut() = Body::Whole(variant.bytes.clone());
    answer
}

/// Decides what is answered to a request for a file.
pub(super) fn decide(
    house: &House,
    request: &Request<Incoming>,
    path: &str,
    held: &Arc<Held>,
    now: SystemTime,
) -> Decision {
    let asked = request.headers();
    let accepted = Accepted::read(asked);
    let Some(coding) = accepted.best(held.is_pressed()) else {
        let words = "There is no form of this file that you accept.\n";
        return Decision::Said(Answer::words(StatusCode::NOT_ACCEPTABLE, words));
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
    let head = |status: StatusCode, coding: Coding| {
        let mut headers = HeaderMap::with_capacity(16);
        headers.insert(header::ETAG, held.etag(coding).clone());
        if let Some((_, date)) = modified {
            headers.insert(header::LAST_MODIFIED, date.clone());
        }
        let usual = &house.usual;
        headers.insert(header::CACHE_CONTROL, if held.treatment.is_immutable { FOR_EVER } else { usual.clone() });
        headers.insert(header::VARY, VARY);
        if status.is_success() {
            describe(&mut headers, held);
        }
        Answer { class: held.treatment.class, coding, ..Answer::new(status, headers, Body::Empty) }
    };
    let words = |status, text| Answer { class: held.treatment.class, ..Answer::words(status, text) };

    if condition::has_failed(asked, |tag| current(tag).is_some(), modified_at) {
        return Decision::Said(words(StatusCode::PRECONDITION_FAILED, "The file is another one now.\n"));
    }
    let unchanged = match condition::if_none_match(asked) {
        Some(Listed::Any) => Some(coding),
        Some(Listed::Tags(tags)) => match tags.iter().find_map(current) {
            Some(coding) => Some(coding),
            None => match news(house, request, path, held, &accepted, &tags) {
                Some((bytes, base)) => {
                    let mut answer = head(StatusCode::IM_USED, Coding::Identity)
                        .with(header::HeaderName::from_static("im"), HeaderValue::from_static("feed"))
                        .with(header::HeaderName::from_static("delta-base"), base)
                        .with(header::VARY, VARY_WIDELY)
                        // Caches that do not know the manipulation must not take it for the feed (RFC 3229 section
                        // 10.8.3).
                        .with(header::CACHE_CONTROL, HeaderValue::from_static("no-store, im"))
                        .with(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
                    answer.response.headers_mut().remove(header::ACCEPT_RANGES);
                    *answer.response.body_mut() = Body::Whole(bytes.into());
                    return Decision::Said(answer);
                }
                None => None,
            },
        },
        None => modified_at.filter(|at| condition::is_not_modified(asked, *at)).map(|_| coding),
    };
    if let Some(coding) = unchanged {
        return Decision::Said(head(StatusCode::NOT_MODIFIED, coding));
    }

    let length = held.stamp.length;
    let range =
        asked.get(header::RANGE).filter(|_| request.method() == Method::GET).and_then(|range| range.to_str().ok());
    if let Some(range) = range.filter(|_| accepted.takes(Coding::Identity)) {
        let etag = held.etag(Coding::Identity);
        let is_same = condition::allows_range(asked, etag.to_str().unwrap_or_default(), modified_at);
        // Digits are always fit for a header.
        let place = |text: String| HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("bytes */*"));
        match range::read(range, length) {
            Part::Bytes(part) if is_same => {
                let answer = head(StatusCode::PARTIAL_CONTENT, Coding::Identity)
                    .with(header::CONTENT_RANGE, place(format!("bytes {}-{}/{length}", part.start, part.end - 1)))
                    .with(header::CONTENT_LENGTH, HeaderValue::from(part.end - part.start));
                return Decision::Body(answer, Wanted::Plain(part));
            }
            Part::Outside if is_same => {
                let answer = words(StatusCode::RANGE_NOT_SATISFIABLE, "The file has no such part.\n");
                return Decision::Said(answer.with(header::CONTENT_RANGE, place(format!("bytes */{length}"))));
            }
            _ => {}
        }
    }
    let answer = head(StatusCode::OK, coding);
    match coding {
        Coding::Identity => {
            let answer = answer.with(header::CONTENT_LENGTH, held.length.clone());
            Decision::Body(answer, Wanted::Plain(0..length))
        }
        _ => {
            let answer = answer.with(header::CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
            Decision::Body(answer, Wanted::Pressed(coding))
        }
    }
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
    let bytes = outline.without(plain, &known)?;
    let tag = tags.iter().find(|tag| tag.parts().0 == base)?;
    Some((bytes, HeaderValue::try_from(tag.quoted()).ok()?))
}
