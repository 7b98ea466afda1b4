//! Names with a grammar of their own: tag URIs, URNs, media types, Base64.

use super::{Fault, numbers};
use crate::rules::{Rule, atom, value};

/// RFC 4151 section 2.1.
pub(super) fn is_tag(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("tag:") else { return false };
    let Some((entity, specific)) = rest.split_once(':') else { return false };
    let Some((authority, date)) = entity.split_once(',') else { return false };
    let is_name = |name: &str| {
        let is_label = |label: &str| {
            !label.is_empty()
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        name.split('.').all(is_label)
    };
    let is_authority = match authority.split_once('@') {
        Some((local, host)) => {
            !local.is_empty()
                && local.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._+".contains(&b))
                && is_name(host)
        }
        None => is_name(authority),
    };
    let mut parts = date.split('-');
    let year = parts.next().unwrap_or_default();
    let fits = |part: Option<&str>, most: u32| match part {
        Some(part) => part.len() == 2 && numbers::is_within(part, 1, most),
        None => true,
    };
    let is_date = year.len() == 4
        && numbers::is_digits(year)
        && fits(parts.next(), 12)
        && fits(parts.next(), 31)
        && parts.next().is_none();
    let is_specific =
        specific.chars().all(|c| !c.is_ascii() || c.is_ascii_alphanumeric() || "-._~:@!$&'()*+,;=/?#%".contains(c));
    is_authority && is_date && is_specific && !specific.contains(char::is_whitespace)
}

/// The rule that a URN breaks (RFC 8141 section 2).
pub(super) fn urn(text: &str) -> Option<&'static Rule> {
    let rest = text.get("urn:".len()..)?;
    let Some((name, specific)) = rest.split_once(':') else { return Some(&value::URN) };
    let is_name = (2..=32).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-');
    if !is_name || specific.is_empty() {
        return Some(&value::URN);
    }
    if name.eq_ignore_ascii_case("uuid") {
        let is_hex = |group: &str, length: usize| group.len() == length && group.bytes().all(|b| b.is_ascii_hexdigit());
        let mut groups = specific.split('-');
        let fits = [8, 4, 4, 4, 12].iter().all(|length| groups.next().is_some_and(|group| is_hex(group, *length)));
        return (!fits || groups.next().is_some()).then_some(&value::UUID);
    }
    let allowed = |c: char| c.is_alphanumeric() || "-._~:@!$&'()*+,;=/?#%".contains(c);
    let bytes = specific.as_bytes();
    let is_hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    let is_encoded = memchr::memchr_iter(b'%', bytes).all(|at| is_hex(at + 1) && is_hex(at + 2));
    // RFC 2141 section 2.1 reserves the name of the scheme itself.
    let is_reserved = name.eq_ignore_ascii_case("urn");
    (is_reserved || !is_encoded || !specific.chars().all(allowed)).then_some(&value::URN)
}

/// The specific part of a URN as RFC 2141 section 2.2 has it.
pub(super) fn is_nss(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"()+,-.:=@;$_!*'%/?#".contains(&byte))
}

/// RFC 6838 section 4.2, with parameters.
pub(super) fn is_media_type(text: &str) -> bool {
    let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
    let Some((kind, subtype)) = essence.trim_end().split_once('/') else { return false };
    is_token(kind) && is_token(subtype) && (parameters.is_empty() || parameters_of(parameters).all(|p| p.is_some()))
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// `name=value` pairs; `None` for what is none.
fn parameters_of(text: &str) -> impl Iterator<Item = Option<(&str, &str)>> {
    text.split(';').filter(|part| !part.trim().is_empty()).map(|part| {
        let (name, value) = part.trim().split_once('=')?;
        let bare = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        (is_token(name) && (bare.is_some() || is_token(value))).then_some((name, bare.unwrap_or(value)))
    })
}

/// What a collection of RFC 5023 accepts: a media type in which stars may stand; nothing at all is nothing accepted.
pub(super) fn media_range(text: &str, faults: &mut Vec<Fault>) {
    if text.is_empty() {
        return;
    }
    let essence = text.split(';').next().unwrap_or_default().trim();
    let is_range = essence == "*/*" || essence.strip_suffix("/*").is_some_and(is_token) || is_media_type(text);
    if !is_range || essence.contains(',') || (essence.starts_with("*/") && essence != "*/*") {
        faults.push(Fault::new(&atom::MEDIA_RANGE, text));
        return;
    }
    let Some((_, parameters)) = text.split_once(';') else { return };
    if essence == "application/atom+xml" {
        for (name, word) in parameters_of(parameters).flatten() {
            if name != "type" || !matches!(word, "entry" | "feed") {
                faults.push(Fault::new(&atom::PARAMETER, parameters));
            }
        }
    }
}

/// Whether a text is percent-encoded as the query of an address is.
pub(super) fn is_encoded(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().all(|(at, byte)| match byte {
        b'%' => bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)),
        byte => byte.is_ascii_alphanumeric() || b"-._~+*!'()".contains(byte),
    })
}

/// The text that was encoded in Base64; `None` where it is no UTF-8.
pub(crate) fn base64_text(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut length) = (0u32, 0u32);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        length += 6;
        if length >= 8 {
            length -= 8;
            bytes.push((bits >> length) as u8);
            bits &= (1 << length) - 1;
        }
    }
    String::from_utf8(bytes).ok()
}

/// RFC 4648 section 4, with white space anywhere.
pub(super) fn is_base64(text: &str) -> bool {
    let mut letters = 0usize;
    let mut padding = 0usize;
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        match byte {
            b'=' => padding += 1,
            _ if padding > 0 => return false,
            _ if byte.is_ascii_alphanumeric() || b"+/".contains(&byte) => letters += 1,
            _ => return false,
        }
    }
    padding <= 2 && (letters + padding).is_multiple_of(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags() {
        for right in ["tag:example.org,2023:a", "tag:ada+x@ex-1.org,2023-07-09:", "tag:e,2023-07:a/b?c#d"] {
            assert!(is_tag(right), "{right}");
        }
        for wrong in [
            "tag:example.org:a",
            "tag:example.org,23:a",
            "tag:example.org,2023-7:a",
            "tag:example.org,20230709:a",
            "tag:exa*mple.org,2023:a",
            "tag:example.org,2023:a b",
            "tag:example.org, 2023:a",
            "tag:example.org,2023",
            "tag:,2023:a",
        ] {
            assert!(!is_tag(wrong), "{wrong}");
        }
    }

    #[test]
    fn urns() {
        let code = |text| urn(text).map(|rule| rule.code);
        assert_eq!(code("urn:isbn:0451450523"), None);
        assert_eq!(code("urn:uuid:60a76c80-d399-11d9-b93C-0003939e0af6"), None);
        assert_eq!(code("urn:uuid:60a76c80"), Some("uri-uuid"));
        for wrong in ["urn:urn:c", "urn:ab:%zz", "urn:a.b:c", "urn:-ab:c", "urn:ab", "urn:ab:"] {
            assert_eq!(code(wrong), Some("uri-urn"), "{wrong}");
        }
    }

    #[test]
    fn media_types_and_base64() {
        for right in ["text/html", "application/atom+xml;type=entry", "text/plain; charset=\"utf-8\""] {
            assert!(is_media_type(right), "{right}");
        }
        for wrong in ["", "html", "text/", "text/html;x", "text html/x", "a/b/c"] {
            assert!(!is_media_type(wrong), "{wrong}");
        }
        assert_eq!(base64_text("aGVs\nbG8=").as_deref(), Some("hello"));
        assert_eq!(base64_text("/w=="), None);
        assert!(is_base64("aGVs\nbG8=") && is_base64(""));
        assert!(!is_base64("aGVsbG8") && !is_base64("aG=s") && !is_base64("a€=="));
    }
}
