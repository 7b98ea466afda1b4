//! Links in running text.

use crate::email::is_domain;
use crate::xml::{push_content, push_quoted};
use crate::{is_email, link};

use super::join::is_cjk;

/// Characters around an `@` that are looked at: longer addresses are none (RFC 5321 section 4.5.3.1).
const MAX_LOCAL: usize = 64;
const MAX_DOMAIN: usize = 254;

/// Appends the text escaped, web and e-mail addresses as links.
pub(crate) fn push_text(out: &mut String, text: &str) {
    if !may_hold_link(text) {
        return push_content(out, text);
    }
    let mut rest = text;
    while let Some(found) = next_link(rest) {
        push_content(out, &rest[..found.start]);
        out.push_str("<a href=\"");
        push_quoted(out, &found.href);
        out.push_str("\">");
        push_content(out, &rest[found.start..found.end]);
        out.push_str("</a>");
        rest = &rest[found.end..];
    }
    push_content(out, rest);
}

/// An address in a text.
struct Found {
    start: usize,
    end: usize,
    href: String,
}

/// Whether the text may hold an address: a cheap look that most texts do not pass.
pub(crate) fn may_hold_link(text: &str) -> bool {
    text.contains("://") || text.contains('@') || text.contains("www.")
}

/// The first address. Every place that looks like one is looked at once, over a bounded length or up to its end.
fn next_link(text: &str) -> Option<Found> {
    let mut from = 0;
    while let Some(at) = text.as_bytes()[from..].iter().position(|byte| matches!(byte, b':' | b'@' | b'w')) {
        let at = from + at;
        let found = match text.as_bytes()[at] {
            b':' if text[at..].starts_with("://") => web_address(text, from, at),
            b'w' if text[at..].starts_with("www.") => bare_address(text, at),
            b'@' => mail_address(text, from, at),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        from = at + 1;
    }
    None
}

/// An address with a scheme; `colon` is where the scheme ends.
fn web_address(text: &str, from: usize, colon: usize) -> Option<Found> {
    let scheme = ["https", "http", "ftp"].into_iter().find(|scheme| {
        colon.checked_sub(scheme.len()).is_some_and(|start| {
            start >= from && text.get(start..colon).is_some_and(|s| s.eq_ignore_ascii_case(scheme))
        })
    })?;
    let start = colon - scheme.len();
    if text[..start].ends_with(|ch: char| ch.is_ascii_alphanumeric()) {
        return None;
    }
    let end = address_end(text, start);
    (end > colon + 3).then_some(())?;
    link::absolute(&text[start..end], None).map(|href| Found { start, end, href })
}

/// An address that begins with `www.`.
fn bare_address(text: &str, start: usize) -> Option<Found> {
    if text[..start].ends_with(|ch: char| ch.is_alphanumeric() || "/.-_@".contains(ch)) {
        return None;
    }
    let end = address_end(text, start);
    let address = &text[start..end];
    let host = address.split(['/', '?', '#', ':']).next()?;
    if !is_domain(host) || host.matches('.').count() < 2 {
        return None;
    }
    link::absolute(&format!("http://{address}"), None).map(|href| Found { start, end, href })
}

/// An e-mail address; `at` is its `@`.
fn mail_address(text: &str, from: usize, at: usize) -> Option<Found> {
    let is_local = |ch: char| ch.is_ascii_alphanumeric() || ".!#$%&'*+-/=?^_`{|}~".contains(ch);
    let local: usize =
        text[from..at].chars().rev().take(MAX_LOCAL).take_while(|ch| is_local(*ch)).map(char::len_utf8).sum();
    let is_domain_char = |ch: char| (ch.is_alphanumeric() && !is_cjk(ch)) || ch == '.' || ch == '-';
    let domain: usize =
        text[at + 1..].chars().take(MAX_DOMAIN).take_while(|ch| is_domain_char(*ch)).map(char::len_utf8).sum();
    let end = text[..at + 1 + domain].trim_end_matches(['.', '-']).len();
    // Quotation marks and brackets of the sentence may stand before the address.
    let start =
        at - local + (local - text[at - local..at].trim_start_matches(['\'', '*', '_', '/', '.', '`', '{', '|']).len());
    let address = text.get(start..end)?;
    is_email(address).then_some(())?;
    link::absolute(&format!("mailto:{address}"), None).map(|href| Found { start, end, href })
}

/// The end of the address that begins at `start`: before blanks, quotation marks, brackets of the sentence, and the
/// sentence's own punctuation.
fn address_end(text: &str, start: usize) -> usize {
    let is_end = |ch: char| ch.is_whitespace() || ch.is_control() || "<>\"“”„«»‹›`|\\^{}".contains(ch) || is_cjk(ch);
    let length = text[start..].find(is_end).unwrap_or(text.len() - start);
    let mut address = &text[start..start + length];
    // Brackets are counted once and kept in step, so that a long row of them costs one look each.
    let count = |ch: char| address.matches(ch).count();
    let mut surplus = [count(')').saturating_sub(count('(')), count(']').saturating_sub(count('['))];
    while let Some(last) = address.chars().next_back() {
        let goes = match last {
            ')' | ']' => {
                let surplus = &mut surplus[usize::from(last == ']')];
                let is_surplus = *surplus > 0;
                *surplus = surplus.saturating_sub(1);
                is_surplus
            }
            _ => ".,;:!?'’*_~…".contains(last),
        };
        if !goes {
            break;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    start + address.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        let mut out = String::new();
        push_text(&mut out, text);
        out
    }

    #[test]
    fn addresses_become_links_without_the_punctuation_of_the_sentence() {
        let link = |address: &str| format!("<a href=\"{address}\">{address}</a>");
        for (text, before, address, after) in [
            ("See https://example.org/a.", "See ", "https://example.org/a", "."),
            ("(http://example.org/a_(b))", "(", "http://example.org/a_(b)", ")"),
            ("<https://example.org/?a=1>, x", "&lt;", "https://example.org/?a=1", "&gt;, x"),
            ("„https://example.org/“!", "„", "https://example.org/", "“!"),
            ("詳細はhttps://example.org/xを参照", "詳細は", "https://example.org/x", "を参照"),
            ("is it ftp://example.org/x?!", "is it ", "ftp://example.org/x", "?!"),
        ] {
            assert_eq!(html(text), format!("{before}{}{after}", link(address)));
        }
        assert_eq!(html("www.example.org/x, a"), "<a href=\"http://www.example.org/x\">www.example.org/x</a>, a");
        assert_eq!(
            html("a&b https://e.org/?a&b"),
            "a&amp;b <a href=\"https://e.org/?a&amp;b\">https://e.org/?a&amp;b</a>"
        );
    }

    #[test]
    fn mail_addresses_become_links() {
        assert_eq!(html("to 'a.b@example.org'."), "to '<a href=\"mailto:a.b@example.org\">a.b@example.org</a>'.");
        assert_eq!(html("mailto:a@b.de"), "mailto:<a href=\"mailto:a@b.de\">a@b.de</a>");
        assert_eq!(html("a@b @user x@ 3@4.5"), "a@b @user x@ 3@4.5");
    }

    #[test]
    fn what_is_no_address_stays_text() {
        for text in ["http://", "x://y", "javascript://a", "www.", "www.example", "awww.example.org", "a:b @ c"] {
            assert_eq!(html(text), text);
        }
    }
}
