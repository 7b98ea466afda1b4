//! Telling messages from other texts that begin with `Key: value`.

use super::fields;

/// Fields that mail has and other headers have not, in lower case. One alone may be an accident.
const EVIDENCE: &[&str] = &[
    "from",
    "received",
    "message-id",
    "mime-version",
    "return-path",
    "delivered-to",
    "x-mailer",
    "newsgroups",
    "path",
    "references",
    "in-reply-to",
    "list-id",
    "list-unsubscribe",
    "dkim-signature",
    "x-mozilla-status",
    "envelope-to",
    "content-transfer-encoding",
    "x-originating-ip",
    "nntp-posting-host",
];

/// Keys that headers of posts have and mail has not, in lower case (Pelican, MultiMarkdown, PEPs).
const POST_KEYS: &[&str] =
    &["title", "slug", "tags", "category", "author", "authors", "layout", "permalink", "status", "pep"];

/// Whether a text begins with the header of a message: lines that are fields and their continuations, at least two of
/// them fields that only mail has, and none that only posts have.
pub(super) fn is_message(head: &[u8]) -> bool {
    let mut at = 0;
    let (mut evidence, mut of_posts, mut has_fields) = (Vec::new(), false, false);
    while at < head.len() {
        let (line, next) = fields::line(head, at);
        let is_first = at == 0;
        at = next;
        if line.is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            if is_first {
                return false;
            }
            continue;
        }
        let Some((name, value)) = fields::field(line) else {
            // The number of bytes of Apple's Mail may stand above. A separator makes it a mailbox.
            if line.starts_with(b">From ") || is_first && is_count(line) {
                continue;
            }
            break;
        };
        has_fields = true;
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        of_posts |= POST_KEYS.contains(&name.as_str()) && name != "status";
        // A `From:` or `To:` of mail names an address.
        let is_address =
            || value.contains(&b'@') || memchr::memmem::find(value, b" at ").is_some() || value.contains(&b'<');
        let counts = match name.as_str() {
            "from" | "to" | "cc" => is_address() || value.contains(&b'!'),
            other => EVIDENCE.contains(&other),
        };
        if counts && !evidence.contains(&name) {
            evidence.push(name);
        }
    }
    has_fields && !of_posts && evidence.len() >= 2
}

/// A page that a browser saved as MHTML: its header is that of a mail, but nobody sent it, and its date is that of the
/// saving.
pub(super) fn is_saved_page(head: &[u8]) -> bool {
    let contains = |mark: &[u8]| memchr::memmem::find(head, mark).is_some();
    contains(b"Snapshot-Content-Location:")
        || contains(b"<Saved by ")
        || contains(b"Saved by Windows Internet Explorer")
}

/// Whether a line is the number of bytes that Apple's Mail writes before a message.
pub(super) fn is_count(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    (1..=10).contains(&line.len()) && line.iter().all(u8::is_ascii_digit)
}
