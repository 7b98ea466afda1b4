//! Preconditions (RFC 9110 section 13): is what the client has still what there is?

use std::time::{Duration, SystemTime};

use hyper::HeaderMap;
use hyper::header::{HeaderName, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE};

use super::coding::Coding;

/// Tags beyond this many in a request are not looked at; caches list the few versions that they hold.
const MOST_TAGS: usize = 64;

/// An entity tag as a client sends it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// What stands between the quotes.
    opaque: &'a str,
    is_weak: bool,
}

impl<'a> Tag<'a> {
    /// The hash of the content, and the coding. Proxies that compress weaken a tag, and a few append `-gzip`; the
    /// content is the same.
    pub(super) fn parts(&self) -> (&'a str, Coding) {
        let pressed = Coding::PRESSED.into_iter().find_map(|coding| {
            let hash = self.opaque.strip_suffix(coding.suffix())?;
            Some((hash, coding))
        });
        pressed.unwrap_or((self.opaque, Coding::Identity))
    }

    /// The tag as it stands in a header.
    pub(super) fn quoted(&self) -> String {
        format!("\"{}\"", self.opaque)
    }
}

/// What stands in `If-Match` or `If-None-Match`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Listed<'a> {
    /// `*`: whatever there is.
    Any,
    Tags(Vec<Tag<'a>>),
}

/// The tags that the client has a version of; `None` without the header.
pub(super) fn if_none_match(headers: &HeaderMap) -> Option<Listed<'_>> {
    listed(headers, IF_NONE_MATCH)
}

fn listed(headers: &HeaderMap, name: HeaderName) -> Option<Listed<'_>> {
    let mut values = headers.get_all(name).iter().peekable();
    values.peek()?;
    let mut tags = Vec::new();
    for value in values {
        let Ok(value) = value.to_str() else { continue };
        if value.trim() == "*" {
            return Some(Listed::Any);
        }
        read_tags(value, &mut tags);
    }
    Some(Listed::Tags(tags))
}

/// Reads a list of tags. Some clients lose the quotes: a bare word is taken for a tag.
fn read_tags<'a>(value: &'a str, tags: &mut Vec<Tag<'a>>) {
    let mut rest = value;
    while tags.len() < MOST_TAGS {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            return;
        }
        let (is_weak, behind) = match rest.strip_prefix("W/").or_else(|| rest.strip_prefix("w/")) {
            Some(behind) => (true, behind),
            None => (false, rest),
        };
        let (opaque, after) = match behind.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => behind.split_at(behind.find([',', ' ', '\t']).unwrap_or(behind.len())),
        };
        tags.push(Tag { opaque, is_weak });
        rest = after;
    }
}

/// Whether the client wants an answer only for another state than this: 412.
pub(super) fn has_failed(headers: &HeaderMap, is_current: impl Fn(&Tag) -> bool, modified: Option<SystemTime>) -> bool {
    match listed(headers, IF_MATCH) {
        Some(Listed::Any) => false,
        Some(Listed::Tags(tags)) => !tags.iter().any(|tag| !tag.is_weak && is_current(tag)),
        None => match (date(headers, IF_UNMODIFIED_SINCE), modified) {
            (Some(asked), Some(modified)) => modified > asked,
            _ => false,
        },
    }
}

/// Whether nothing has changed since the date that the client names.
pub(super) fn is_not_modified(headers: &HeaderMap, modified: SystemTime) -> bool {
    date(headers, IF_MODIFIED_SINCE).is_some_and(|asked| modified <= asked)
}

/// Whether a part may be sent: there is no `If-Range`, or it names exactly what there is (section 13.1.5).
pub(super) fn allows_range(headers: &HeaderMap, etag: &str, modified: Option<SystemTime>) -> bool {
    let Some(value) = headers.get(IF_RANGE) else { return true };
    let Ok(value) = value.to_str() else { return false };
    match httpdate::parse_http_date(value.trim()) {
        Ok(asked) => modified == Some(asked),
        Err(_) => value.trim() == etag,
    }
}

/// The date of a header, in any of the three forms of section 5.6.7; anything else counts as no header.
fn date(headers: &HeaderMap, name: HeaderName) -> Option<SystemTime> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    // Some old clients append `; length=…`.
    let text = value.to_str().ok()?.split(';').next()?.trim();
    values.next().is_none().then(|| httpdate::parse_http_date(text).ok()).flatten()
}

/// The whole seconds of an instant, since dates in headers know no others.
pub(super) fn whole_seconds(instant: SystemTime) -> Option<SystemTime> {
    let since = instant.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(SystemTime::UNIX_EPOCH + Duration::from_secs(since.as_secs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &str, values: &[&str]) -> HeaderMap {
        values.iter().map(|value| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn tags_in_every_shape() {
        let read = |values: &[&str]| match if_none_match(&headers("if-none-match", values)) {
            Some(Listed::Tags(tags)) => {
                tags.iter().map(|tag| format!("{}{}", if tag.is_weak { "~" } else { "" }, tag.opaque)).collect()
            }
            Some(Listed::Any) => vec!["ANY".to_owned()],
            None => vec!["NONE".to_owned()],
        };
        assert_eq!(read(&["\"a\""]), ["a"]);
        assert_eq!(read(&["\"a\", W/\"b,c\" ,,\"d\""]), ["a", "~b,c", "d"]);
        assert_eq!(read(&["\"a\"", "\"b\""]), ["a", "b"]);
        assert_eq!(read(&[" * "]), ["ANY"]);
        assert_eq!(read(&["bare, \"open"]), ["bare", "open"]);
        assert_eq!(read(&[""]), Vec::<String>::new());
        assert_eq!(read(&[]), ["NONE"]);
        assert_eq!(read(&[&"\"x\",".repeat(10_000)]).len(), MOST_TAGS);
        let tag = |opaque| Tag { opaque, is_weak: true }.parts();
        assert_eq!(tag("0a-gzip"), ("0a", Coding::Gzip));
        assert_eq!(tag("0a"), ("0a", Coding::Identity));
    }

    #[test]
    fn dates_and_strong_tags() {
        let at = |text: &str| httpdate::parse_http_date(text).unwrap();
        let modified = at("Sun, 06 Nov 1994 08:49:37 GMT");
        for (asked, unchanged) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", true),
            ("Sunday, 06-Nov-94 08:49:38 GMT", true),
            ("Sun Nov  6 08:49:37 1994", true),
            ("Sun, 06 Nov 1994 08:49:37 GMT; length=123", true),
            ("Sun, 06 Nov 1994 08:49:36 GMT", false),
            ("yesterday", false),
        ] {
            assert_eq!(is_not_modified(&headers("if-modified-since", &[asked]), modified), unchanged, "{asked}");
        }
        let range = |value| allows_range(&headers("if-range", &[value]), "\"0a\"", Some(modified));
        assert!(range("\"0a\"") && range("Sun, 06 Nov 1994 08:49:37 GMT"));
        assert!(!range("W/\"0a\"") && !range("\"0b\"") && !range("Sun, 06 Nov 1994 08:49:38 GMT"));
        let failed = |value| has_failed(&headers("if-match", &[value]), |tag| tag.opaque == "0a", None);
        assert!(!failed("*") && !failed("\"0b\", \"0a\""));
        assert!(failed("\"0b\"") && failed("W/\"0a\""));
        let failed = |value| has_failed(&headers("if-unmodified-since", &[value]), |_| true, Some(modified));
        assert!(failed("Sun, 06 Nov 1994 08:49:36 GMT") && !failed("Sun, 06 Nov 1994 08:49:37 GMT"));
    }
}
