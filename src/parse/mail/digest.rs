//! Digests: one mail that holds many.

use super::fields;
use super::structure::{Content, Part};

/// The messages of a `multipart/digest`, wherever it stands in a message (list managers put a masthead before it and a
/// footer behind); empty for a message that is none.
pub(super) fn parts<'p, 'a>(message: &'p Part<'a>) -> Vec<&'p Part<'a>> {
    let Content::Parts(parts) = &message.content else { return Vec::new() };
    let messages = parts.iter().filter_map(|part| match &part.content {
        Content::Message(inner) if message.is("multipart/digest") => Some(inner.as_ref()),
        _ => None,
    });
    let found: Vec<&Part> = messages.collect();
    if !found.is_empty() {
        return found;
    }
    parts.iter().map(self::parts).find(|found| !found.is_empty()).unwrap_or_default()
}

/// The messages of a digest in plain text (RFC 1153): behind a line of 70 dashes, with lines of 30 dashes between
/// them; empty for a text that is none.
pub(super) fn texts(text: &[u8]) -> Vec<&[u8]> {
    let mut found: Vec<&[u8]> = Vec::new();
    let mut open: Option<usize> = None;
    let mut after_blank = true;
    let mut at = 0;
    while at < text.len() {
        let (line, next) = fields::line(text, at);
        let dashes = line.trim_ascii_end();
        let is_dashes = dashes.len() >= 27 && dashes.iter().all(|byte| *byte == b'-');
        let is_rule = after_blank
            && is_dashes
            && match open {
                None => (65..=75).contains(&dashes.len()),
                Some(_) => (27..=33).contains(&dashes.len()),
            };
        if is_rule {
            let behind = skip_blank(text, next);
            let is_message = fields::looks_like_header(&text[behind..]);
            let is_end = text[behind..].get(..7).is_some_and(|start| start.eq_ignore_ascii_case(b"end of "));
            if let Some(start) = open
                && (is_message || is_end)
            {
                found.push(&text[start..at]);
                open = None;
            }
            if is_message && open.is_none() {
                open = Some(behind);
            } else if is_end {
                return found;
            }
        }
        after_blank = line.trim_ascii().is_empty();
        at = next;
    }
    // Without its end the last message is as long as the text.
    found.extend(open.map(|start| &text[start..]));
    found
}

fn skip_blank(text: &[u8], mut at: usize) -> usize {
    while at < text.len() && fields::line(text, at).0.trim_ascii().is_empty() {
        at = fields::line(text, at).1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::texts;

    #[test]
    fn a_digest_in_plain_text_comes_apart() {
        let text = format!(
            "Ferry Digest, Volume 4\n\nToday's topics:\n\n   1. Tides\n   2. Ice\n\n{}\n\nDate: Thu, 24 Jul 2003 10:27:04 +0200\n\
             From: Jane <jane@harbour.example>\nSubject: Tides\n\nHigh.\n\n{}\n\nis no message\n\n{}\n\nFrom: Ola\nSubject: Ice\n\n\
             None.\n\n{}\n\nEnd of Ferry Digest\n*******\n",
            "-".repeat(70),
            "-".repeat(30),
            "-".repeat(30),
            "-".repeat(30)
        );
        let found: Vec<_> = texts(text.as_bytes()).into_iter().map(|found| String::from_utf8_lossy(found)).collect();
        assert_eq!(found.len(), 2, "{found:#?}");
        assert!(found[0].starts_with("Date: ") && found[0].contains("is no message"));
        assert!(found[1].starts_with("From: Ola") && found[1].trim_end().ends_with("None."));
        let crlf = text.replace('\n', "\r\n");
        assert_eq!(texts(crlf.as_bytes()).len(), 2);
        assert!(texts(b"no digest\n\n---------\n\nSubject: x\n").is_empty());
    }
}
