//! Ids as IRIs.

use std::borrow::Cow;

use uuid::Uuid;

/// See [`super::Entry::iri`].
pub(super) fn of<'a>(id: &'a str, namespace: &Uuid) -> Cow<'a, str> {
    if stands_for_itself(id) {
        return Cow::Borrowed(id);
    }
    Cow::Owned(minted(namespace, id))
}

/// The `urn:uuid:` of a name in a namespace (RFC 9562 section 5.5).
pub(super) fn minted(namespace: &Uuid, name: &str) -> String {
    Uuid::new_v5(namespace, name.as_bytes()).urn().to_string()
}

/// Only schemes whose ids are meant to be unique in the world: a guid such as `post:12` has the form of an IRI, and yet
/// says nothing outside its own feed.
pub(super) fn stands_for_itself(id: &str) -> bool {
    let Some((scheme, rest)) = id.split_once(':') else { return false };
    let is = |name: &str| scheme.eq_ignore_ascii_case(name);
    let is_named = if is("http") || is("https") {
        rest.starts_with("//") && url::Url::parse(id).is_ok_and(|url| url.has_host())
    } else {
        (is("urn") && is_urn(rest)) || (is("tag") && is_tag(rest))
    };
    is_named && rest.chars().all(is_iri_char) && percent_encoded(rest)
}

/// `NID:NSS` (RFC 8141 section 2).
fn is_urn(rest: &str) -> bool {
    let Some((nid, nss)) = rest.split_once(':') else { return false };
    let well_formed = (2..=32).contains(&nid.len())
        && nid.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !nid.starts_with('-')
        && !nid.ends_with('-');
    let is_nss = !nss.is_empty() && nss.is_ascii() && !nss.contains('#');
    well_formed && is_nss && (!nid.eq_ignore_ascii_case("uuid") || (nss.len() == 36 && Uuid::try_parse(nss).is_ok()))
}

/// `authority,date:specific` (RFC 4151 section 2.1).
fn is_tag(rest: &str) -> bool {
    let Some((entity, specific)) = rest.split_once(':') else { return false };
    let Some((authority, date)) = entity.split_once(',') else { return false };
    let is_authority = |text: &str| {
        let (_, host) = text.split_once('@').unwrap_or(("", text));
        !host.is_empty()
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._@".contains(&byte))
            && text.matches('@').count() <= 1
    };
    let is_date = |text: &str| {
        let lengths: Vec<usize> = text.split('-').map(str::len).collect();
        matches!(lengths[..], [4] | [4, 2] | [4, 2, 2])
            && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
    };
    is_authority(authority) && is_date(date) && specific.is_ascii()
}

/// The characters of RFC 3987 section 2.2, a little stricter: none that XML forbids, and no private use.
fn is_iri_char(c: char) -> bool {
    match c {
        '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`' | '[' | ']' => false,
        '!'..='~' => true,
        '\u{A0}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFEF}' => !c.is_whitespace(),
        '\u{10000}'.. => u32::from(c) & 0xFFFE != 0xFFFE && u32::from(c) < 0xE1000,
        _ => false,
    }
}

fn percent_encoded(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'%')
        .all(|(at, _)| bytes.get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iris_stand_for_themselves() {
        for id in [
            "https://example.org/2023/a?b=c#d",
            "HTTP://example.org/é",
            "https://example.org/a%20b",
            "urn:uuid:0c5b4f6e-51a2-4a5e-9f53-0c9a1cf0a001",
            "urn:isbn:0451450523",
            "tag:example.org,2023:posts/1",
            "tag:anna@example.org,2023-07-09:x",
            "tag:example.org,2023:",
        ] {
            assert_eq!(of(id, &Uuid::NAMESPACE_URL), id);
        }
    }

    #[test]
    fn other_guids_become_uuids() {
        for id in [
            "",
            "12",
            "post:12",
            "http:example.org",
            "https://example.org/a b",
            "https://example.org/50%",
            "https://",
            "urn:x",
            "urn:uuid:12",
            "tag:example.org:1",
            "tag:example.org,23:1",
            "C:\\news\\1",
            "https://example.org/\u{FFFE}",
        ] {
            let iri = of(id, &Uuid::NAMESPACE_URL);
            assert!(iri.starts_with("urn:uuid:"), "{id}: {iri}");
            assert!(stands_for_itself(&iri));
            assert_ne!(iri, of(id, &Uuid::NAMESPACE_OID), "other archives mint other ids");
        }
    }

    #[test]
    fn the_rule_never_changes() {
        let namespace = Uuid::try_parse("0c5b4f6e-51a2-4a5e-9f53-0c9a1cf0a001").unwrap();
        // As Python's `uuid.uuid5` makes it.
        assert_eq!(of("post:12", &namespace), "urn:uuid:d9371e5f-29d3-5523-ac40-542ac3f1198d");
    }
}
