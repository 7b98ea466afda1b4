//! What went wrong on the way to an answer, in plain words.

use std::error::Error as Cause;
use std::io;
use std::time::Duration;

use rustls::CertificateError;
use rustls::Error as Tls;
use url::Url;

use super::Settings;
use super::address::{Refused, Unresolved};
use crate::error::Error;
use feedmill_markup::one_line;

/// The most characters of foreign words that a message holds.
const MOST_SAID: usize = 200;

/// The URL as it may be shown: without the name and the password that may stand in it.
///
/// ```
/// # use feedmill::source::http::shown;
/// assert_eq!(shown("https://ann:secret@feeds.example/all.xml?page=2"), "https://feeds.example/all.xml?page=2");
/// ```
pub fn shown(url: &str) -> String {
    if let Ok(mut url) = Url::parse(url)
        && url.has_host()
    {
        bare(&mut url);
        return url.into();
    }
    // No URL, and perhaps one all the same in the eyes of whoever wrote it: everything before the last @ goes.
    let (scheme, rest) = url.split_once("//").map_or(("", url), |(scheme, rest)| (&url[..scheme.len() + 2], rest));
    said(&format!("{scheme}{}", rest.rsplit_once('@').map_or(rest, |(_, host)| host)))
}

/// Takes the name and the password out of a URL.
pub(super) fn bare(url: &mut Url) {
    // Fails for URLs without a host only, which have neither.
    let _ = url.set_username("");
    let _ = url.set_password(None);
}

/// Foreign words on one line, and not too many of them.
pub(super) fn said(words: &str) -> String {
    let line = one_line(words);
    let end = line.char_indices().nth(MOST_SAID).map(|(at, _)| at);
    end.map_or(line.clone(), |end| format!("{}…", &line[..end]))
}

/// A span of time as a message shows it: `30 s`, `250 ms`.
pub(super) fn span(time: Duration) -> String {
    match time.as_millis() {
        millis if millis < 1000 => format!("{millis} ms"),
        millis if millis % 1000 == 0 => format!("{} s", millis / 1000),
        millis => format!("{}.{} s", millis / 1000, millis % 1000 / 100),
    }
}

/// Why there is no answer: the connection did not come about, or what came over it is none.
pub(super) fn no_answer(url: &Url, err: &reqwest::Error, settings: &Settings) -> Error {
    let shown = shown(url.as_str());
    let causes = || causes(err);
    if let Some(Refused(address)) = causes().find_map(|cause| cause.downcast_ref()) {
        return Error::remote_address(shown, address);
    }
    if let Some(Unresolved(why)) = causes().find_map(|cause| cause.downcast_ref()) {
        let host = url.host_str().unwrap_or_default();
        return Error::remote(shown, format!("cannot find the address of {host}: {}", said(why)));
    }
    if let Some(err) = causes().find_map(|cause| cause.downcast_ref()) {
        return tls(shown, err);
    }
    if err.is_timeout() {
        let message = format!("expected a connection within {}, found none", span(settings.connect_timeout));
        return Error::remote_time(shown, message);
    }
    let why = said(&deepest(err));
    if err.is_connect() {
        let through = if settings.proxy.is_some() { " through the proxy" } else { "" };
        return Error::remote(shown, format!("cannot connect{through}: {why}"));
    }
    Error::remote(shown, format!("expected an answer, found none: {why}"))
}

/// What the innermost error says: the outer ones say that there was one.
pub(super) fn deepest(err: &(dyn Cause + 'static)) -> String {
    causes(err).last().map(ToString::to_string).unwrap_or_default()
}

/// The error, and the ones that caused it. An [`io::Error`] speaks for the error inside it, and would leave it out.
fn causes<'e>(err: &'e (dyn Cause + 'static)) -> impl Iterator<Item = &'e (dyn Cause + 'static)> {
    std::iter::successors(Some(err), |err: &&'e (dyn Cause + 'static)| {
        let err = *err;
        match err.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner as &(dyn Cause + 'static)),
            None => err.source(),
        }
    })
}

fn tls(url: String, err: &Tls) -> Error {
    let Tls::InvalidCertificate(wrong) = err else {
        let message = match err {
            Tls::InvalidMessage(_) => "expected TLS, found something else".to_owned(),
            Tls::PeerIncompatible(_) | Tls::AlertReceived(_) => {
                format!("expected TLS 1.2 or 1.3 in common, found no agreement: {}", said(&err.to_string()))
            }
            _ => format!("the connection is not safe: {}", said(&err.to_string())),
        };
        return Error::remote(url, message);
    };
    let found = match wrong {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "one that has expired",
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => "one that is not valid yet",
        CertificateError::UnknownIssuer => {
            return Error::remote(url, "expected a certificate by an issuer that is trusted, found an unknown issuer")
                .hint("an issuer of your own network can be named in the environment: SSL_CERT_FILE=issuers.pem");
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => "one for another host",
        CertificateError::Revoked => "one that was revoked",
        _ => return Error::remote(url, format!("expected a valid certificate, found: {}", said(&wrong.to_string()))),
    };
    Error::remote(url, format!("expected a valid certificate of this host, found {found}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_urls_without_their_secrets() {
        for (url, expected) in [
            ("https://ann:secret@a.example/x", "https://a.example/x"),
            ("https://secret@a.example:8443/x?y#z", "https://a.example:8443/x?y#z"),
            ("socks5://ann:s%40t@proxy.example", "socks5://proxy.example"),
            ("https://ann:sec@ret@a.example/", "https://a.example/"),
            // No URLs: the port is none, the scheme is missing.
            ("https://ann:secret@a.example:99999/", "https://a.example:99999/"),
            ("ann:secret@a.example/\u{1b}[31m", "a.example/[31m"),
            ("//ann:sec/ret@a.example", "//a.example"),
        ] {
            assert_eq!(shown(url), expected, "{url}");
            assert!(!shown(url).contains("secret") && !shown(url).contains("ann"), "{url}");
        }
    }

    #[test]
    fn names_spans_of_time() {
        let millis = [250, 30_000, 1500].map(|millis| span(Duration::from_millis(millis)));
        assert_eq!(millis, ["250 ms", "30 s", "1.5 s"]);
    }

    #[test]
    fn says_what_is_wrong_with_a_certificate() {
        let say = |wrong| tls("https://a.example/".to_owned(), &Tls::InvalidCertificate(wrong)).to_string();
        assert!(say(CertificateError::Expired).ends_with("found one that has expired"));
        assert!(say(CertificateError::UnknownIssuer).contains("unknown issuer; "));
        assert!(say(CertificateError::NotValidForName).ends_with("found one for another host"));
        assert!(say(CertificateError::Revoked).ends_with("found one that was revoked"));
    }

    #[test]
    fn keeps_foreign_words_short_and_on_a_line() {
        let words = said(&format!("bad\r\nname {}", "ä".repeat(500)));
        assert!(words.starts_with("bad name ä") && words.ends_with('…') && words.chars().count() == MOST_SAID + 1);
    }
}
