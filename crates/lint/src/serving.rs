//! Answers of servers: whether readers can ask cheaply, safely and for good.

use super::grammar::http_date;
use super::place::Places;
use super::report::{Report, shown};
use super::rules::{Rule, serving as rules};

/// What a server answered to a request for a feed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Answer<'a> {
    /// The status of the last step.
    pub status: u16,
    /// The address that answered in the end.
    pub url: &'a str,
    /// The steps that led there: the status of each, and where it led.
    pub redirects: &'a [(u16, &'a str)],
    /// The headers of the last step, names in lower case.
    pub headers: &'a [(&'a str, &'a str)],
}

impl<'a> Answer<'a> {
    fn header(&self, name: &str) -> Option<&'a str> {
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    fn has_word(&self, name: &str, word: &str) -> bool {
        let mut values = self.headers.iter().filter(|(known, _)| *known == name);
        values.any(|(_, value)| value.split(',').any(|part| part.trim().eq_ignore_ascii_case(word)))
    }
}

/// Judges how a feed is served.
///
/// `asked` is the address that was asked for, `first` the answer, `format` what the body turned out to be
/// ([`Report::format`]), and `again` the answer to a second request with the `ETag` and `Last-Modified` of the first.
/// Findings have no place in a document; their path is the name of the header.
pub fn headers(asked: &str, first: &Answer, format: &str, again: Option<&Answer>) -> Report {
    let mut report = Report::default();
    let mut find = |rule: &'static Rule, header: &str, found: String| report.of_header(rule, header, found);
    if !(200..300).contains(&first.status) && first.status != 304 {
        find(&rules::STATUS, "status", first.status.to_string());
    }
    way(asked, first, &mut find);
    content_type(first, format, &mut find);
    caching(first, again, &mut find);
    transfer(first, &mut find);
    report
}

/// What a finding is told to.
type Find<'f> = dyn FnMut(&'static Rule, &str, String) + 'f;

/// The steps that led to the answer.
fn way(asked: &str, first: &Answer, find: &mut Find<'_>) {
    let is_safe = |url: &str| url.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"));
    if let Some((status, to)) = first.redirects.iter().find(|(status, _)| !matches!(status, 301 | 308)) {
        find(&rules::REDIRECT, "location", format!("{status} to {}", shown(to)));
    }
    if first.redirects.len() > 1 {
        find(&rules::REDIRECT_MANY, "location", format!("{} of them", first.redirects.len()));
    }
    let mut before = is_safe(asked);
    for (_, to) in first.redirects {
        let now = is_safe(to);
        if before && !now {
            find(&rules::DOWNGRADE, "location", shown(to));
        }
        before = now;
    }
    if !is_safe(first.url) {
        find(&rules::PLAIN_HTTP, "status", shown(first.url));
    }
}

/// The media types of a format, the registered one first; general ones say less.
fn media_types(format: &str) -> &'static [&'static str] {
    match format {
        _ if format.starts_with("RSS 1.0") || format.starts_with("RSS 0.90") => {
            &["application/rdf+xml", "application/rss+xml"]
        }
        _ if format.starts_with("RSS") => &["application/rss+xml"],
        _ if format.starts_with("Atom service") => &["application/atomsvc+xml"],
        _ if format.starts_with("Atom categories") => &["application/atomcat+xml"],
        _ if format.starts_with("Atom") => &["application/atom+xml"],
        _ if format.starts_with("JSON") => &["application/feed+json", "application/json"],
        _ if format.starts_with("OPML") => &["text/x-opml", "text/xml", "application/xml"],
        _ => &[],
    }
}

fn content_type(first: &Answer, format: &str, find: &mut Find<'_>) {
    let wanted = media_types(format);
    let Some(value) = first.header("content-type") else {
        return find(&rules::TYPE_MISSING, "content-type", "none".into());
    };
    let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_general = matches!(essence.as_str(), "text/xml" | "application/xml");
    if !wanted.is_empty() && !wanted.contains(&essence.as_str()) {
        let is_xml = !format.starts_with("JSON");
        let rule = if is_general && is_xml { &rules::TYPE_GENERAL } else { &rules::TYPE };
        find(rule, "content-type", format!("{} where {} belongs", shown(&essence), wanted[0]));
    }
    let charset = value.split(';').skip(1).find_map(|part| part.trim().strip_prefix("charset="));
    let is_utf8 = charset.is_none_or(|charset| charset.trim_matches('"').eq_ignore_ascii_case("utf-8"));
    if !is_utf8 && format.starts_with("JSON") {
        find(&rules::CHARSET, "content-type", shown(charset.unwrap_or_default()));
    }
}

fn caching(first: &Answer, again: Option<&Answer>, find: &mut Find<'_>) {
    let (etag, modified) = (first.header("etag"), first.header("last-modified"));
    if etag.is_none() && modified.is_none() {
        find(&rules::VALIDATOR, "etag", "neither".into());
    }
    if let Some(etag) = etag {
        let opaque = etag.strip_prefix("W/").unwrap_or(etag);
        let is_right =
            opaque.len() >= 2 && opaque.starts_with('"') && opaque.ends_with('"') && opaque.matches('"').count() == 2;
        if !is_right {
            find(&rules::ETAG_FORM, "etag", shown(etag));
        }
    }
    if let Some(modified) = modified {
        let at = http_date(modified);
        let answered = first.header("date").and_then(http_date);
        // A server that says when it answered cannot have changed the feed later.
        let is_future = at.zip(answered).is_some_and(|(at, answered)| at > answered);
        if at.is_none() || is_future {
            find(&rules::MODIFIED_FORM, "last-modified", shown(modified));
        }
    }
    if let Some(again) = again
        && (etag.is_some() || modified.is_some())
        && again.status == 200
    {
        let is_same = again.header("etag") == etag && again.header("last-modified") == modified;
        // Something that changed between two requests is a whole answer rightly.
        if is_same {
            find(&rules::NOT_MODIFIED, "status", "200 for the same document".into());
        }
    }
    match first.header("cache-control") {
        None if first.header("expires").is_none() => find(&rules::CACHE, "cache-control", "none".into()),
        Some(_) if first.has_word("cache-control", "no-store") => {
            find(&rules::CACHE_NEVER, "cache-control", "no-store".into());
        }
        _ => {}
    }
    if first.header("set-cookie").is_some() {
        find(&rules::COOKIE, "set-cookie", "a cookie".into());
    }
}

fn transfer(first: &Answer, find: &mut Find<'_>) {
    let is_compressed = first.header("content-encoding").is_some_and(|coding| !coding.eq_ignore_ascii_case("identity"));
    if !is_compressed {
        find(&rules::COMPRESSION, "content-encoding", "none".into());
    } else if !first.has_word("vary", "accept-encoding") && !first.has_word("vary", "*") {
        find(&rules::VARY, "vary", first.header("vary").map_or("none".into(), shown));
    }
    if first.header("access-control-allow-origin").is_none() {
        find(&rules::CORS, "access-control-allow-origin", "none".into());
    }
}

impl Report {
    fn of_header(&mut self, rule: &'static Rule, header: &str, found: String) {
        self.plain(rule, &mut Places::new(""), 0, found);
        if let Some(finding) = self.findings.last_mut() {
            finding.path = header.to_owned();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An answer with nothing to complain about.
    const GOOD: &[(&str, &str)] = &[
        ("content-type", "application/atom+xml; charset=utf-8"),
        ("etag", "\"a1\""),
        ("last-modified", "Sun, 09 Jul 2023 12:30:00 GMT"),
        ("cache-control", "public, max-age=3600"),
        ("content-encoding", "gzip"),
        ("vary", "Accept-Encoding"),
        ("access-control-allow-origin", "*"),
    ];

    fn codes(headers: &[(&str, &str)], redirects: &[(u16, &str)], again: Option<u16>) -> Vec<&'static str> {
        let url = redirects.last().map_or("https://quay.example/atom.xml", |(_, to)| to);
        let first = Answer { status: 200, url, redirects, headers };
        let again = again.map(|status| Answer { status, ..first });
        let report = super::headers("https://quay.example/atom.xml", &first, "Atom 1.0", again.as_ref());
        report.findings.iter().map(|finding| finding.rule.code).collect()
    }

    /// The good answer with one header replaced; nothing for its value takes it out.
    fn but(name: &str, value: &'static str) -> Vec<(&'static str, &'static str)> {
        let mut headers: Vec<_> = GOOD.iter().copied().filter(|(known, _)| *known != name).collect();
        if let Some((known, _)) = GOOD.iter().find(|(known, _)| *known == name).filter(|_| !value.is_empty()) {
            headers.push((known, value));
        }
        headers
    }

    #[test]
    fn an_answer_in_order() {
        assert_eq!(codes(GOOD, &[], Some(304)), Vec::<&str>::new());
        assert_eq!(codes(GOOD, &[(301, "https://quay.example/feeds/atom.xml")], Some(304)), Vec::<&str>::new());
    }

    #[test]
    fn each_fault_has_its_code() {
        for (name, value, code) in [
            ("content-type", "text/html", "http-content-type"),
            ("content-type", "text/xml", "http-content-type-general"),
            ("content-type", "", "http-content-type-missing"),
            ("etag", "a1", "http-etag"),
            ("last-modified", "yesterday", "http-last-modified"),
            ("cache-control", "no-store", "http-no-store"),
            ("cache-control", "", "http-cache-control"),
            ("content-encoding", "", "http-not-compressed"),
            ("vary", "", "http-vary"),
            ("access-control-allow-origin", "", "http-cors"),
        ] {
            assert_eq!(codes(&but(name, value), &[], Some(304)), [code], "{name}: {value}");
        }
        assert_eq!(codes(GOOD, &[], Some(200)), ["http-304-ignored"]);
        assert_eq!(codes(GOOD, &[(302, "https://quay.example/b")], None), ["http-redirect-temporary"]);
        let down = codes(GOOD, &[(301, "http://quay.example/b"), (301, "http://quay.example/c")], None);
        assert_eq!(down, ["http-redirect-chain", "http-downgrade", "http-not-https"]);
        let gone = Answer { status: 410, url: "https://quay.example/", headers: GOOD, ..Answer::default() };
        assert_eq!(super::headers("https://quay.example/", &gone, "", None).findings[0].rule.code, "http-status");
    }
}
