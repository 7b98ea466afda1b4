//! Readers that run inside a browser: a page of another site may read what is public here (the CORS protocol of the
//! Fetch standard, section 3.2).
//!
//! Files are the same for everybody, and nothing here knows cookies or passwords, so `*` gives nothing away. What the
//! server looks up on request (search, lists, articles) is left to its own pages: another site must not send its
//! visitors here to search.

use hyper::StatusCode;
use hyper::header::{self, HeaderMap, HeaderValue};

use super::answer::Answer;
use super::body::Body;

/// The methods that are answered.
pub(super) const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, OPTIONS");

/// Headers that a script may send beside those that it always may: the ones that decide an answer.
const REQUEST_HEADERS: HeaderValue = HeaderValue::from_static(
    "A-IM, Accept, Cache-Control, If-Match, If-Modified-Since, If-None-Match, If-Range, If-Unmodified-Since, Range",
);

/// Headers of an answer that a script may read beside those that it always may (`Last-Modified` is among them).
const RESPONSE_HEADERS: HeaderValue = HeaderValue::from_static(
    "Accept-Ranges, Content-Disposition, Content-Range, Date, Delta-Base, ETag, IM, Link, Retry-After",
);

/// How long a browser need not ask again, in seconds: a day, of which browsers take two hours at most.
const ASKED_AGAIN_AFTER: HeaderValue = HeaderValue::from_static("86400");

/// Lets scripts of any site read the answer. Answers of every status say so: one that refuses, or that says that
/// nothing has changed, is of use to a reader too.
pub(super) fn allow(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, RESPONSE_HEADERS);
}

/// The answer to `OPTIONS` (RFC 9110 section 9.3.7), and to the question that browsers ask before some requests.
pub(super) fn options(is_public_file: bool) -> Answer {
    let mut headers = HeaderMap::with_capacity(8);
    headers.insert(header::ALLOW, METHODS);
    if is_public_file {
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS);
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, ASKED_AGAIN_AFTER);
    }
    Answer::new(StatusCode::NO_CONTENT, headers, Body::Empty)
}
