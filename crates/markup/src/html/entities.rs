//! Character references (HTML Living Standard section 13.2.5.72 and following).

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use html5ever::data::NAMED_ENTITIES;
use memchr::memchr;

/// The longest name of a reference, with its semicolon.
const MAX_NAME: usize = 32;
/// The longest name that may stand without a semicolon, as all names could once.
const MAX_OLD_NAME: usize = 6;

/// The characters that a named reference stands for, by its name without `&` and `;` (`nbsp`, `eacute`).
///
/// ```
/// assert_eq!(feedmill_markup::html::entity("eacute").as_deref(), Some("é"));
/// assert_eq!(feedmill_markup::html::entity("harbour"), None);
/// ```
pub fn entity(name: &str) -> Option<String> {
    let mut characters = String::new();
    (name.len() < MAX_NAME && push_named(&format!("{name};"), &mut characters)).then_some(characters)
}

/// Where a reference stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In running text.
    Text,
    /// In the value of an attribute, where `?a=1&copy=2` is an address and no reference.
    Attribute,
}

/// The text with its references resolved. What looks like a reference and is none stays.
pub(super) fn resolve(text: &str, place: Place) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut rest = &text[first..];
    loop {
        let length = match rest.as_bytes().get(1) {
            Some(b'#') => numeric(rest, &mut out),
            Some(byte) if byte.is_ascii_alphanumeric() => named(rest, place, &mut out),
            _ => None,
        };
        let length = length.unwrap_or_else(|| {
            out.push('&');
            1
        });
        rest = &rest[length..];
        let next = memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        out.push_str(&rest[..next]);
        rest = &rest[next..];
        if rest.is_empty() {
            return Cow::Owned(out);
        }
    }
}

/// Appends what `&#…` at the beginning of the text stands for, and returns its length.
fn numeric(text: &str, out: &mut String) -> Option<usize> {
    let (radix, start) = if text[2..].starts_with(['x', 'X']) { (16, 3) } else { (10, 2) };
    let length = text[start..].find(|ch: char| !ch.is_digit(radix)).unwrap_or(text.len() - start);
    if length == 0 {
        return None;
    }
    let end = start + length;
    // What does not fit is no character either.
    let code = u32::from_str_radix(&text[start..end], radix).unwrap_or(u32::MAX);
    match code {
        // Writers of old meant windows-1252.
        0x80..=0x9F => out.push_str(&WINDOWS_1252.decode_without_bom_handling(&[code as u8]).0),
        0 => out.push(char::REPLACEMENT_CHARACTER),
        _ => out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)),
    }
    Some(end + usize::from(text[end..].starts_with(';')))
}

/// Appends what `&name` at the beginning of the text stands for, and returns its length.
fn named(text: &str, place: Place, out: &mut String) -> Option<usize> {
    let name = &text[1..];
    let length = name.bytes().take(MAX_NAME).take_while(u8::is_ascii_alphanumeric).count();
    if name[length..].starts_with(';') && push_named(&name[..=length], out) {
        return Some(1 + length + 1);
    }
    for length in (2..=length.min(MAX_OLD_NAME)).rev() {
        let next = name.as_bytes().get(length);
        let is_address =
            place == Place::Attribute && next.is_some_and(|byte| *byte == b'=' || byte.is_ascii_alphanumeric());
        if !is_address && push_named(&name[..length], out) {
            return Some(1 + length);
        }
    }
    None
}

/// Appends the characters of that name, if there are any: the table holds the beginnings of names too, with zeros.
fn push_named(name: &str, out: &mut String) -> bool {
    let Some((first, second)) = NAMED_ENTITIES.get(name).copied().filter(|(first, _)| *first != 0) else {
        return false;
    };
    out.extend([first, second].into_iter().filter(|code| *code != 0).filter_map(char::from_u32));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved() {
        for (text, expected) in [
            ("plain", "plain"),
            ("&amp;&lt;&nbsp;&eacute;&NotEqualTilde;", "&<\u{a0}é≂̸"),
            ("&#65;&#x1F600;&#150;&#0;&#x110000;&#99999999999;", "A😀–\u{fffd}\u{fffd}\u{fffd}"),
            ("&copy2024 &notit; &amp &#65 b", "©2024 ¬it; & A b"),
            ("AT&T & &; &# &#x &unknown; &", "AT&T & &; &# &#x &unknown; &"),
            ("&amp;lt;", "&lt;"),
        ] {
            assert_eq!(resolve(text, Place::Text), expected, "{text}");
        }
        assert_eq!(resolve("?a&copy=1&lt=2&amp;b&ampc&reg", Place::Attribute), "?a&copy=1&lt=2&b&ampc®");
    }
}
