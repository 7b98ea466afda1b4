//! Absolute, percent-encoded links.

use std::fmt::Write;

use url::Url;

/// The schemes that a published link may have: the web, and what a click hands to another program without running
/// anything: mail, calls, messages, downloads, maps, chat.
pub const SCHEMES: &[&str] = &[
    "ftp", "gemini", "geo", "gopher", "http", "https", "irc", "ircs", "magnet", "mailto", "matrix", "news", "sip",
    "sms", "tel", "webcal", "xmpp",
];

/// The link as feeds may carry it: absolute, with one of the [`SCHEMES`], every character one that RFC 3986 allows.
///
/// A relative link is resolved against `base` (RFC 3986 section 5, as browsers do it); without a base it is `None`,
/// except that `//host/path` is taken for `https`. Blanks and control characters around and line breaks inside the
/// link go; blanks, letters beyond ASCII and stray `%` are percent-encoded as UTF-8; hosts beyond ASCII become
/// punycode. Links that are empty, broken or of another scheme (`javascript:`, `data:`, `file:`) are `None`.
///
/// ```
/// let base = url::Url::parse("https://example.org/2023/strike.html").unwrap();
/// let link = feedmill_markup::link::absolute("a b.png", Some(&base));
/// assert_eq!(link.as_deref(), Some("https://example.org/2023/a%20b.png"));
/// assert_eq!(feedmill_markup::link::absolute("javascript:alert(1)", Some(&base)), None);
/// ```
pub fn absolute(link: &str, base: Option<&Url>) -> Option<String> {
    let link = link.trim_matches(|ch: char| ch.is_whitespace() || ch.is_control() || ch == '\u{feff}');
    if link.is_empty() {
        return None;
    }
    let url = match base {
        Some(base) => base.join(link).ok()?,
        None if link.starts_with("//") => Url::parse(&format!("https:{link}")).ok()?,
        None => Url::parse(link).ok()?,
    };
    if !SCHEMES.contains(&url.scheme()) || is_hollow(&url) {
        return None;
    }
    Some(encode(url))
}

/// Whether there is nothing behind the scheme (`mailto:`, `https:///`).
fn is_hollow(url: &Url) -> bool {
    match url.host_str() {
        Some(host) => host.is_empty(),
        None => url.path().is_empty() && url.query().is_none(),
    }
}

/// The URL with the characters percent-encoded that browsers let pass and RFC 3986 does not.
fn encode(url: Url) -> String {
    // Square brackets are allowed around an IPv6 address and nowhere else.
    let host_end = url[..url::Position::AfterHost].len();
    let text = String::from(url);
    let bytes = text.as_bytes();
    let is_escape = |at: usize| bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
    let needs_escape = |at: usize, byte: u8| match byte {
        b'%' => !is_escape(at),
        b'[' | b']' => at >= host_end,
        b'#' => text[..at].contains('#'),
        b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => true,
        _ => byte <= b' ' || byte >= 0x7f,
    };
    if !bytes.iter().enumerate().any(|(at, byte)| needs_escape(at, *byte)) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (at, byte) in text.bytes().enumerate() {
        if needs_escape(at, byte) {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        } else {
            out.push(char::from(byte));
        }
    }
    out
}

/// The text with every `%XX` as the byte that it stands for (RFC 3986 section 2.1); bytes that are no UTF-8 become
/// U+FFFD.
pub fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let code = (*first == b'%').then(|| std::str::from_utf8(more.get(..2)?).ok()).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &more[2..];
            }
            None => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn resolve(link: &str) -> Option<String> {
        absolute(link, Some(&Url::parse("https://example.org/a/b.html?q=1#f").unwrap()))
    }

    #[test]
    fn resolves_as_browsers_do() {
        let cases = [
            ("c.png", "https://example.org/a/c.png"),
            ("/c.png", "https://example.org/c.png"),
            ("../../../c", "https://example.org/c"),
            ("//cdn.example.com/c", "https://cdn.example.com/c"),
            ("?p=2", "https://example.org/a/b.html?p=2"),
            ("#note", "https://example.org/a/b.html?q=1#note"),
            (" \n\thttp://x.example/a\nb ", "http://x.example/ab"),
            ("HTTPS://EXAMPLE.com", "https://example.com/"),
            ("mailto:jane@example.org?subject=a b", "mailto:jane@example.org?subject=a%20b"),
            ("tel:+49 30 1", "tel:+49%2030%201"),
        ];
        for (link, expected) in cases {
            assert_eq!(resolve(link).as_deref(), Some(expected), "{link:?}");
        }
    }

    #[test]
    fn every_character_is_one_that_rfc_3986_allows() {
        let cases = [
            ("/a b/é?q=ü|{x}[1]#[^]", "https://example.org/a%20b/%C3%A9?q=%C3%BC%7C%7Bx%7D%5B1%5D#%5B%5E%5D"),
            ("/100%/50%25", "https://example.org/100%25/50%25"),
            ("/a#b#c", "https://example.org/a#b%23c"),
            ("http://bücher.example/", "http://xn--bcher-kva.example/"),
            ("http://[::1]:80/[x]", "http://[::1]/%5Bx%5D"),
            ("/\"<>`\\", "https://example.org/%22%3C%3E%60/"),
        ];
        for (link, expected) in cases {
            assert_eq!(resolve(link).as_deref(), Some(expected), "{link:?}");
        }
    }

    #[test]
    fn refuses_what_no_feed_should_carry() {
        for link in [
            "",
            "  ",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "vbscript:x",
            "about:blank",
            "C:\\a.txt",
            "http://",
            "http://a b/",
            "mailto:",
            "blob:x",
        ] {
            assert_eq!(resolve(link), None, "{link:?}");
        }
    }

    #[test]
    fn without_a_base_only_absolute_links_remain() {
        assert_eq!(absolute("c.png", None), None);
        assert_eq!(absolute("#a", None), None);
        assert_eq!(absolute("//cdn.example.com/x", None).as_deref(), Some("https://cdn.example.com/x"));
        assert_eq!(absolute("x", Some(&Url::parse("mailto:a@example.org").unwrap())), None);
    }

    proptest! {
        #[test]
        fn an_absolute_link_is_legal_and_final(link in "(https?://|/|mailto:|)[a-z0-9:/?#@%\\[\\]{}|^ \"é日.]{0,30}") {
            if let Some(url) = resolve(&link) {
                prop_assert!(url.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte)), "{}", url);
                prop_assert_eq!(absolute(&url, None), Some(url.clone()));
            }
        }

        #[test]
        fn any_text_is_no_reason_to_panic(link in any::<String>()) {
            let _ = (resolve(&link), absolute(&link, None));
        }
    }
}
