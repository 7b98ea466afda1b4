//! Message-IDs, and the address that RFC 2392 gives them.

use super::fields::Fields;

/// Longer ones are no ids.
const LONGEST: usize = 500;

/// A thread that is longer is known by its last messages.
const MOST: usize = 200;

/// The id of a message, without its brackets.
pub(super) fn of_message(fields: &Fields) -> Option<String> {
    let value = String::from_utf8_lossy(fields.get("message-id")?).into_owned();
    bracketed(&value).next().or_else(|| {
        let bare: String = value.split_whitespace().next()?.trim_matches(['<', '>']).to_owned();
        (bare.len() <= LONGEST).then_some(bare).filter(|bare| !bare.is_empty())
    })
}

/// The ids of the messages that a message answers, oldest first, so that the direct parent is the last.
pub(super) fn of_ancestors(fields: &Fields) -> Vec<String> {
    let all = |name| -> Vec<String> {
        fields.all(name).flat_map(|value| bracketed(&String::from_utf8_lossy(value)).collect::<Vec<_>>()).collect()
    };
    let mut ids = all("references");
    // `In-Reply-To: Your message of Monday <id>` may hold addresses too, and the first id is the parent.
    if let Some(parent) = all("in-reply-to").into_iter().next() {
        ids.retain(|id| *id != parent);
        ids.push(parent);
    }
    let excess = ids.len().saturating_sub(MOST);
    ids.drain(..excess);
    let mut seen = std::collections::HashSet::new();
    // Of one that is named twice the later place counts.
    ids.reverse();
    ids.retain(|id| seen.insert(id.clone()));
    ids.reverse();
    ids
}

/// The `mid:` address of an id: what a URI may not hold, and `/`, is percent-encoded.
pub(super) fn mid(id: &str) -> String {
    let mut uri = String::with_capacity(id.len() + 4);
    uri.push_str("mid:");
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => uri.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'='
            | b':' | b'@' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// What stands in `<` and `>`, without the blanks of folded lines.
fn bracketed(text: &str) -> impl Iterator<Item = String> {
    text.split('<').skip(1).filter_map(|rest| {
        let id: String = rest.split_once('>')?.0.split_whitespace().collect();
        (!id.is_empty() && id.len() <= LONGEST).then_some(id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_end_with_the_direct_parent() {
        let ids = |header: &str| of_ancestors(&Fields::split(header.as_bytes()).0);
        assert_eq!(ids("References: <a@x> <b@x>\n\t<c@x>\nIn-Reply-To: <c@x>\n\n"), ["a@x", "b@x", "c@x"]);
        assert_eq!(ids("References: <a@x> <b@x>\nIn-Reply-To: <a@x>\n\n"), ["b@x", "a@x"]);
        assert_eq!(ids("In-Reply-To: Your message of Monday <p@x> (jane@x)\n\n"), ["p@x"]);
        assert_eq!(ids("In-Reply-To: \"jane\" 's message of Monday\n\n"), [""; 0]);
        assert_eq!(ids(&format!("References:{}\n\n", " <a@x>".repeat(5000))), ["a@x"]);
    }

    #[test]
    fn ids_become_addresses() {
        let id = |header: &str| of_message(&Fields::split(header.as_bytes()).0).map(|id| mid(&id));
        assert_eq!(id("Message-ID: <a/b%c d@x.example>\n\n").as_deref(), Some("mid:a%2Fb%25cd@x.example"));
        assert_eq!(id("Message-Id: bare@x.example\n\n").as_deref(), Some("mid:bare@x.example"));
        assert_eq!(id("Message-ID:\n <folded@\n x.example>\n\n").as_deref(), Some("mid:folded@x.example"));
        assert_eq!(id("Message-ID: <>\n\n"), None);
        assert_eq!(id("Subject: none\n\n"), None);
    }
}
