//! Addresses: URIs (RFC 3986), IRIs (RFC 3987), and the ids of Atom.

use std::borrow::Cow;

use super::{Fault, identifiers, lists, numbers};
use crate::rules::value;

/// A longer address is taken for one without looking at all of it.
const LONGEST: usize = 20_000;

/// The parts of an address (RFC 3986 appendix B).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Address<'a> {
    pub scheme: Option<&'a str>,
    pub authority: Option<&'a str>,
    pub path: &'a str,
    pub query: Option<&'a str>,
    pub fragment: Option<&'a str>,
}

impl<'a> Address<'a> {
    pub fn split(text: &'a str) -> Address<'a> {
        let (rest, fragment) = cut(text, '#');
        let (rest, query) = cut(rest, '?');
        let (scheme, rest) = match rest.split_once(':') {
            Some((scheme, after)) if is_scheme(scheme) => (Some(scheme), after),
            _ => (None, rest),
        };
        let (authority, path) = match rest.strip_prefix("//") {
            Some(after) => {
                let end = after.find('/').unwrap_or(after.len());
                (Some(&after[..end]), &after[end..])
            }
            None => (None, rest),
        };
        Address { scheme, authority, path, query, fragment }
    }

    /// The host without user and port.
    pub fn host(&self) -> Option<&'a str> {
        let authority = self.authority?;
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        if let Some(end) = host.strip_prefix('[').and_then(|_| host.find(']')) {
            return Some(&host[..=end]);
        }
        Some(host.split_once(':').map_or(host, |(host, _)| host))
    }

    fn port(&self) -> Option<&'a str> {
        let authority = self.authority?;
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let rest = host.strip_prefix('[').and_then(|inner| inner.split_once(']')).map_or(host, |(_, rest)| rest);
        rest.split_once(':').map(|(_, port)| port)
    }

    fn is_of_web(&self) -> bool {
        self.scheme
            .is_some_and(|scheme| ["http", "https", "ftp"].iter().any(|known| scheme.eq_ignore_ascii_case(known)))
    }
}

fn cut(text: &str, mark: char) -> (&str, Option<&str>) {
    match text.split_once(mark) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// The address that a reference means, for comparing; the reference itself where there is no base to join it to.
pub(crate) fn resolve<'a>(base: Option<&str>, reference: &'a str) -> Cow<'a, str> {
    let joined = base.filter(|base| base.len() < LONGEST && reference.len() < LONGEST).and_then(|base| {
        let base = url::Url::parse(base).ok()?;
        base.join(reference).ok()
    });
    match joined {
        Some(url) => Cow::Owned(url.to_string()),
        None => Cow::Borrowed(reference),
    }
}

pub(super) fn full(text: &str, faults: &mut Vec<Fault>) {
    let address = Address::split(text);
    if address.scheme.is_none() {
        let rule = match text {
            "" => &value::URI,
            _ if text.starts_with(':') => &value::URI,
            _ if text.contains(char::is_whitespace) => &value::URI_CHARACTER,
            _ => &value::URI_RELATIVE,
        };
        faults.push(Fault::new(rule, text));
        return;
    }
    ascii(text, &address, faults);
    registered(&address, text, faults);
}

pub(super) fn web(text: &str, faults: &mut Vec<Fault>) {
    let before = faults.len();
    full(text, faults);
    let is_web =
        Address::split(text).scheme.is_some_and(|s| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https"));
    if faults.len() == before && !is_web {
        faults.push(Fault::expecting(&value::URI, "an address that begins with http:// or https://", text));
    }
}

pub(super) fn reference(text: &str, faults: &mut Vec<Fault>) {
    let address = Address::split(text);
    ascii(text, &address, faults);
    if address.scheme.is_none() && text.contains("://") && !text.contains('?') {
        faults.push(Fault::new(&value::URI, text));
    }
    registered(&address, text, faults);
}

/// A URI, which has no letters beyond ASCII.
fn ascii(text: &str, address: &Address<'_>, faults: &mut Vec<Fault>) {
    if !text.is_ascii() {
        faults.push(Fault::new(&value::URI_NOT_ASCII, text));
        return;
    }
    form(text, address, faults);
}

pub(super) fn iri(text: &str, must_be_absolute: bool, faults: &mut Vec<Fault>) {
    let trimmed = text.trim();
    if trimmed.len() != text.len() && !trimmed.is_empty() {
        faults.push(Fault::expecting(&value::WHITESPACE, "no white space around the address", "some"));
    }
    let address = Address::split(trimmed);
    if must_be_absolute && address.scheme.is_none() {
        let is_prose = trimmed.contains(char::is_whitespace);
        let rule = if is_prose { &value::URI_CHARACTER } else { &value::URI_RELATIVE };
        faults.push(Fault::new(rule, text));
        return;
    }
    form(trimmed, &address, faults);
    registered(&address, text, faults);
}

pub(super) fn id(text: &str, faults: &mut Vec<Fault>) {
    let before = faults.len();
    iri(text, true, faults);
    if faults.len() == before && !is_canonical(text) {
        faults.push(Fault::new(&value::URI_CANONICAL, text));
    }
}

/// What holds for all addresses: the characters, the authority, and the own grammar of `tag:` and `urn:`.
fn form(text: &str, address: &Address<'_>, faults: &mut Vec<Fault>) {
    match address.scheme {
        Some("tag") => {
            if !identifiers::is_tag(text) {
                faults.push(Fault::new(&value::TAG_URI, text));
            }
            return;
        }
        Some(scheme) if scheme.eq_ignore_ascii_case("urn") => {
            if let Some(rule) = identifiers::urn(text) {
                faults.push(Fault::new(rule, text));
            }
            return;
        }
        _ => {}
    }
    let is_forbidden = |c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c);
    if let Some(c) = text.chars().take(LONGEST).find(|c| is_forbidden(*c)) {
        faults.push(Fault {
            rule: &value::URI_CHARACTER,
            expected: None,
            found: format!("{c:?} in {}", super::shown(text)),
        });
        return;
    }
    if let Some(after) = broken_percent(text) {
        let expected = "two hexadecimal digits after each percent sign";
        faults.push(Fault::expecting(&value::URI_CHARACTER, expected, after));
        return;
    }
    let wrong = |expected: &'static str| Some(expected);
    let complaint = if address.is_of_web() && address.host().is_none_or(str::is_empty) {
        wrong("a host after //")
    } else if address.host().is_some_and(|host| !is_host(host)) {
        wrong("a host that is a name or a number")
    } else if address.port().is_some_and(|port| !port.is_empty() && port.parse::<u16>().is_err()) {
        wrong("a port from 0 to 65535")
    } else if text.matches('#').take(2).count() > 1 {
        wrong("one # at most")
    } else if address.scheme.is_none() && text.starts_with(':') {
        wrong("a scheme before the colon")
    } else if address.authority.is_none() && address.is_of_web() {
        wrong("// after the scheme")
    } else if address.path.contains(['[', ']']) || address.authority.is_none() && address.path.starts_with('[') {
        wrong("no brackets in a path")
    } else {
        None
    };
    if let Some(expected) = complaint {
        faults.push(Fault::expecting(&value::URI, expected, text));
    } else if address.is_of_web() && !address.host().is_some_and(is_name) {
        faults.push(Fault::new(&value::URI_HOST, text));
    }
}

fn is_host(host: &str) -> bool {
    if let Some(inner) = host.strip_prefix('[') {
        let inner = inner.strip_suffix(']').unwrap_or_default();
        let future = inner.strip_prefix(['v', 'V']);
        return inner.parse::<std::net::Ipv6Addr>().is_ok() || future.is_some_and(|rest| rest.contains('.'));
    }
    !host.contains(['[', ']', '@', '#']) && host.chars().all(|c| !c.is_whitespace())
}

/// Whether a host is a name of the DNS, of any script, or a number.
fn is_name(host: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| !c.is_ascii() || c.is_ascii_alphanumeric() || "-_%".contains(c))
    };
    host.starts_with('[') || host.strip_suffix('.').unwrap_or(host).split('.').all(is_label)
}

/// The text from the first percent sign that is not followed by two hexadecimal digits.
fn broken_percent(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let is_hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    let at = memchr::memchr_iter(b'%', bytes).find(|at| !is_hex(at + 1) || !is_hex(at + 2))?;
    Some(&text[at..])
}

/// Whether a scheme is one that IANA knows.
fn registered(address: &Address<'_>, text: &str, faults: &mut Vec<Fault>) {
    let Some(scheme) = address.scheme else { return };
    if !lists::is_known_scheme(&scheme.to_ascii_lowercase()) {
        faults.push(Fault::new(&value::URI_SCHEME, text));
    }
}

/// RFC 4287 section 4.2.6.1: ids are compared letter by letter, so that two spellings of an address are two ids.
pub(crate) fn is_canonical(text: &str) -> bool {
    let address = Address::split(text);
    if address.scheme.is_some_and(|scheme| scheme.contains(|c: char| c.is_ascii_uppercase())) {
        return false;
    }
    if matches!(address.scheme, Some("tag" | "urn")) {
        return true;
    }
    let host = address.host().unwrap_or_default();
    let default_port = match address.scheme {
        Some("http") => "80",
        Some("https") => "443",
        Some("ftp") => "21",
        _ => "",
    };
    let has_port = address.port().is_some_and(|port| port.is_empty() || port == default_port || port.starts_with('0'));
    let has_empty_user = address
        .authority
        .and_then(|authority| authority.rsplit_once('@'))
        .is_some_and(|(user, _)| user.is_empty() || user.ends_with(':'));
    let has_dots = address.path.split('/').any(|segment| segment == "." || segment == "..");
    let is_empty_path = address.is_of_web() && address.path.is_empty();
    !host.contains(|c: char| c.is_ascii_uppercase())
        && !has_port
        && !has_empty_user
        && !has_dots
        && !is_empty_path
        && !over_encoded(text)
        && !text.chars().any(|c| c.is_ascii_control())
        && is_composed(text)
}

/// Whether a percent sign encodes what needs none, or in lower case, or letters in a form that is not composed.
fn over_encoded(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut decoded = Vec::new();
    let mut last_end = 0;
    for at in memchr::memchr_iter(b'%', bytes) {
        let Some(hex) = text.get(at + 1..at + 3) else { return false };
        if hex.bytes().any(|byte| byte.is_ascii_lowercase()) {
            return true;
        }
        let Ok(byte) = u8::from_str_radix(hex, 16) else { return false };
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            return true;
        }
        decoded.extend_from_slice(&bytes[last_end..at]);
        decoded.push(byte);
        last_end = at + 3;
    }
    if decoded.is_empty() {
        return false;
    }
    decoded.extend_from_slice(&bytes[last_end..]);
    // Bytes that are no UTF-8 mean another letter in every encoding.
    std::str::from_utf8(&decoded).map_or(true, |text| !is_composed(text))
}

fn is_composed(text: &str) -> bool {
    use unicode_normalization::UnicodeNormalization;
    text.is_ascii() || text.chars().take(LONGEST).nfc().eq(text.chars().take(LONGEST))
}

/// Whether a text is an address that identifies something everywhere, as a guid should.
pub(crate) fn is_weak_guid(text: &str) -> bool {
    text.len() < 9 && numbers::is_digits(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(grammar: fn(&str, &mut Vec<Fault>), text: &str) -> Vec<&'static str> {
        let mut faults = Vec::new();
        grammar(text, &mut faults);
        faults.iter().map(|fault| fault.rule.code).collect()
    }

    #[test]
    fn full_addresses() {
        for right in [
            "http://example.org/",
            "https://example.org:8080/a,b;c?d=e&f#g",
            "mailto:ada@example.org",
            "ftp://[::1]/x",
            "http://xn--8ws00zhy3a.com/",
            "tag:example.org,2023:a",
            "urn:isbn:0451450523",
            "feed://example.org/x",
            "http://a_b.example.org./",
        ] {
            assert!(codes(full, right).is_empty(), "{right} {:?}", codes(full, right));
        }
        for (wrong, code) in [
            ("/news", "uri-relative"),
            ("www.example.org", "uri-relative"),
            ("http://a b/", "uri-character"),
            ("http:///x", "uri-invalid"),
            ("http:/example.org", "uri-invalid"),
            ("http://詹姆斯.com/", "uri-not-ascii"),
            ("http://example.org/%zz", "uri-character"),
            ("htp://example.org/", "uri-scheme-unknown"),
            ("http://example.org:99999/", "uri-invalid"),
            ("", "uri-invalid"),
            ("http://a..example.org/", "uri-host"),
            ("http://.example.org/", "uri-host"),
            ("http://example,org/", "uri-host"),
        ] {
            assert_eq!(codes(full, wrong), [code], "{wrong}");
        }
    }

    #[test]
    fn ids_are_in_normal_form() {
        for right in
            ["http://example.org/", "http://example.org/a?", "tag:example.org,2023:A", "http://example.org/%C3%87"]
        {
            assert!(codes(id, right).is_empty(), "{right} {:?}", codes(id, right));
        }
        for wrong in [
            "HTTP://example.org/",
            "http://Example.org/",
            "http://example.org",
            "http://example.org:80/",
            "http://example.org/../a",
            "http://example.org/%7Ea",
            "http://example.org/%c3%87",
            "http://@example.org/",
            "http://ada:@example.org/",
            "http://example.org:080/",
            "http://example.org/?q=%C7",
            "http://example.org/?q=C%CC%A7",
            "http://example.org/a/./b",
        ] {
            assert_eq!(codes(id, wrong), ["uri-not-canonical"], "{wrong}");
        }
        assert_eq!(codes(id, "a/b"), ["uri-relative"]);
        assert_eq!(codes(id, " tag:example.org,2023:a"), ["value-whitespace"]);
    }
}
