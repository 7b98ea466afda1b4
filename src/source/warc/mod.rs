//! WARC 0.9 to 1.1 and ARC 1.0 to 2: what a crawler brought home, page by page.
//!
//! A container is read as a stream, one record at a time. What no parser reads (requests, pictures, names of hosts,
//! what was not found) is passed over without a copy. Lengths that are wrong cost no page but their own; see
//! `records`.

mod head;
mod records;
mod response;
mod window;
pub mod write;

#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

use serde_json::{Map, Value};

use super::names::encoded;
use super::{Document, Each, MAX_WHOLE};
use crate::error::{Error, Result};
use head::{Format, Head, Kind};
use records::{Extent, Next, Records};
use response::Answer;

/// Whether a document that begins so is a WARC or ARC container.
pub(super) fn is_warc(head: &[u8]) -> bool {
    Format::of(head).is_some()
}

/// Calls back with the documents in a container, in its order: answers of web servers with status 200 or 203, and
/// stored documents, of any type that a parser may read. The origin and the name of each end with its address, and
/// [`Document::about`] tells under `warc` when and from where it was fetched.
///
/// # Errors
/// It is no container, or ends in the middle of a record. What stands before that comes out all the same.
pub(super) fn responses(doc: &mut Document<'_>, each: Each<'_>) -> Result<ControlFlow<()>> {
    let Some(format) = Format::of(doc.head()) else {
        return Err(Error::input(&doc.origin, "WARC or ARC", "other bytes"));
    };
    let mut records = Records::new(format, doc.stream());
    loop {
        let step = match records.next() {
            Next::Record(head) => record(&head, &mut records, doc, each)?,
            Next::Junk { at, bytes } => {
                let found = format!("{} bytes that belong to none, from byte {} on", grouped(bytes), grouped(at));
                each(Err(Error::input(&doc.origin, "a record", found).hint("the records after them are read")))
            }
            Next::CutHead => return Err(failed(&mut records, &doc.origin, "one that ends within its head")),
            Next::End => match records.window().take_failure() {
                Some(err) => return Err(Error::io("read", &doc.origin, err)),
                None => return Ok(ControlFlow::Continue(())),
            },
        };
        if step.is_break() {
            return Ok(step);
        }
    }
}

/// The error on a container that ends too early: why, if the stream says so, else where.
fn failed(records: &mut Records<'_>, origin: &str, found: &str) -> Error {
    let hint = "what stands before it was read; fetch or copy the file again";
    match records.window().take_failure() {
        Some(err) => Error::io("read on", origin, err).hint(hint),
        None => Error::input(origin, "a whole last record", found).hint(hint),
    }
}

/// Reads the content of a record, and passes it on if it is a document.
fn record(head: &Head, records: &mut Records<'_>, doc: &Document<'_>, each: Each<'_>) -> Result<ControlFlow<()>> {
    let answer = answer_to_keep(head, records);
    let extent = records.extent(head.length, answer.is_some());
    let Some(answer) = answer else {
        return match extent {
            Extent::Cut(had) => Err(cut(had, head, records, doc)),
            Extent::Here(bytes) => {
                records.window().pass(bytes);
                Ok(ControlFlow::Continue(()))
            }
            Extent::Passed => Ok(ControlFlow::Continue(())),
        };
    };
    let is_large = head.length > MAX_WHOLE;
    let origin = || format!("{}/{}", doc.origin, encoded(&head.uri));
    let too_large = || Error::not_text(origin(), format!("more than {} MiB", MAX_WHOLE >> 20));
    match extent {
        Extent::Cut(had) => Err(cut(had, head, records, doc)),
        Extent::Passed => Ok(each(Err(too_large()))),
        Extent::Here(bytes) => {
            let inner = match answer.body(&records.window().bytes()[..bytes]) {
                _ if is_large => Err(too_large()),
                Ok((body, _)) if body.trim_ascii().is_empty() => Err(Error::not_text(origin(), "an empty answer")),
                Ok((body, damage)) => Ok(document(head, &answer, body.into_owned(), damage, doc)),
                Err(found) => Err(Error::not_text(origin(), found)),
            };
            records.window().pass(bytes);
            Ok(each(inner))
        }
    }
}

fn cut(had: u64, head: &Head, records: &mut Records<'_>, doc: &Document<'_>) -> Error {
    let found = format!("one that ends after {} of {} bytes ({})", grouped(had), grouped(head.length), head.uri);
    failed(records, &doc.origin, &found)
}

/// The head of the answer at the window, if it is one that a parser may read.
fn answer_to_keep(head: &Head, records: &mut Records<'_>) -> Option<Answer> {
    if head.kind == Kind::Other || head.uri.is_empty() {
        return None;
    }
    let is_http = head.kind == Kind::Response;
    // Addresses of host names, of the crawler itself, of what it was told: nothing that readers were given.
    let scheme = head.uri.split(':').next().unwrap_or_default().to_ascii_lowercase();
    if matches!(scheme.as_str(), "dns" | "whois" | "urn" | "warcinfo" | "metadata" | "filedesc") && is_http {
        return None;
    }
    let mut answer = Answer::default();
    if is_http {
        // Most headers are short; a longer one is looked for as far as it may reach. One that ends behind the content
        // is that of a record whose length is wrong, or has no body.
        const USUAL: usize = 4 << 10;
        let claimed = usize::try_from(head.length).unwrap_or(usize::MAX);
        for reach in [USUAL.min(claimed), USUAL, response::LONGEST_HEADER] {
            records.window().ensure(reach);
            let bytes = records.window().bytes();
            let bytes = &bytes[..bytes.len().min(reach)];
            answer = Answer::read(bytes);
            if answer.body_at() < bytes.len() {
                break;
            }
        }
        if !matches!(answer.status, None | Some(200 | 203)) {
            return None;
        }
    }
    if answer.media_type.is_none() {
        // In a response, the type of the record is that of the message: `application/http`.
        let own = head.content_type.as_deref().filter(|value| !value.starts_with("application/http"));
        for value in [own, head.identified_type.as_deref()].into_iter().flatten() {
            let (media_type, charset) = response::typed(value);
            if media_type.as_deref().is_some_and(|media_type| !says_nothing(media_type)) {
                answer.content_type = Some(value.to_owned());
                (answer.media_type, answer.charset) = (media_type, charset.or(answer.charset));
                break;
            }
        }
    }
    let bytes = records.window().bytes();
    let body = bytes.get(answer.body_at()..).unwrap_or_default();
    let is_wanted = match answer.media_type.as_deref() {
        Some(media_type) if !says_nothing(media_type) => may_be_read(media_type),
        _ => looks_readable(body),
    };
    (is_wanted && !is_for_robots(&head.uri)).then_some(answer)
}

/// Types that servers give when they do not know.
fn says_nothing(media_type: &str) -> bool {
    matches!(media_type, "application/octet-stream" | "unknown/unknown" | "application/unknown" | "*/*" | "no-type")
        || !media_type.contains('/')
}

/// Whether a parser may read documents of this type.
fn may_be_read(media_type: &str) -> bool {
    const NOT: &[&str] =
        &["text/css", "text/javascript", "text/ecmascript", "text/vtt", "text/x-javascript", "text/x-component"];
    match media_type {
        "image/svg+xml" => false,
        _ if NOT.contains(&media_type) => false,
        _ if media_type.starts_with("text/") || media_type.ends_with("+xml") || media_type.ends_with("+json") => true,
        "application/xml"
        | "application/json"
        | "application/ndjson"
        | "application/x-ndjson"
        | "application/jsonl"
        | "message/rfc822"
        | "application/mbox" => true,
        _ => false,
    }
}

/// Whether a body of unknown type begins like markup or JSON.
fn looks_readable(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
    let starts = |word: &str| body.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()));
    ["<!doctype html", "<html", "<?xml", "<rss", "<feed", "<head", "{\"", "[{"].iter().any(|word| starts(word))
}

/// Every crawl holds these files, and none is an article.
fn is_for_robots(uri: &str) -> bool {
    let path = uri.split(['?', '#']).next().unwrap_or(uri);
    path.ends_with("/robots.txt")
}

fn document(
    head: &Head,
    answer: &Answer,
    body: Vec<u8>,
    damage: Option<&'static str>,
    container: &Document<'_>,
) -> Document<'static> {
    let mut inner = container.inside(&encoded(&head.uri), body);
    inner.url = Some(head.uri.clone());
    inner.media_type = answer.media_type.clone().filter(|media_type| !says_nothing(media_type));
    inner.charset = answer.charset.clone();
    // When the page was fetched it had been published.
    inner.fetched = head::moment(&head.date);
    inner.modified = inner.fetched;
    inner.about = container.about.clone();
    let text = |value: &str| Some(Value::from(value)).filter(|_| !value.is_empty());
    let said = [
        ("date", text(&head.date)),
        ("uri", text(&head.uri)),
        ("record-id", head.id.as_deref().and_then(text)),
        ("status", answer.status.map(Value::from)),
        ("last-modified", answer.last_modified.as_deref().and_then(text)),
        ("content-type", answer.content_type.as_deref().and_then(text)),
        ("truncated", head.truncated.as_deref().and_then(text)),
        ("damaged", damage.map(Value::from)),
    ];
    let said: Map<String, Value> = said.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect();
    inner.about.insert("warc".to_owned(), Value::Object(said));
    inner
}

/// A number as people read it: `1,234`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
