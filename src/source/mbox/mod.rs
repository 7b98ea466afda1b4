//! Mailboxes: files in which one mail follows the other.
//!
//! An mbox has a line `From jane@example.org Thu Jul 24 10:27:04 2003` before each message. What is read here is the
//! whole family: mboxo and mboxrd (a `>` before lines of the text that would look like such a line), mboxcl2 (a
//! `Content-Length` field instead), the text archives of list managers (`From jane at example.org …`), and MMDF (lines
//! of four control characters instead). No member of the family says which one it is, so nothing depends on knowing.
//!
//! A separator is a line that ends with a plausible date and has a line of a header behind it; the blank line before
//! it may be missing where that line is a field of mail beyond doubt. One without a date (`From `, `From -`) must have a
//! header behind it that says who wrote and when. The line of `git format-patch` separates only in what that program made:
//! inside a message it is part of a patch. A message of more than 64 MiB is reported and
//! passed over; no more than one message is held at a time.

mod separator;
mod unquote;
mod window;

#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

use serde_json::Value;

use super::{Document, Each, MAX_WHOLE};
use crate::article::record;
use crate::error::{Error, Result};
use window::Window;

/// The line around each message of an MMDF mailbox.
const MMDF: &[u8] = b"\x01\x01\x01\x01";

/// Whether a file that begins like this is a mailbox.
pub fn is_mbox(head: &[u8]) -> bool {
    let head = opening(head);
    head.starts_with(MMDF) || separator::read(head, true, true).is_some()
}

/// Passes on each message of a mailbox as a document of the type `message/rfc822`, with the separator before it under
/// `mbox` in what is known about it.
///
/// A message is named by its Message-ID, so that the same message has the same name wherever it stands in the
/// mailbox; by the digest of its bytes where it has none.
pub fn messages(doc: &mut Document<'_>, each: Each<'_>) -> Result<ControlFlow<()>> {
    let mut window = Window::new(doc.stream());
    window.fill(super::HEAD);
    let blank = window.bytes().len() - opening(window.bytes()).len();
    window.advance(blank);
    let is_mmdf = window.bytes().starts_with(MMDF);
    let mut among_patches = false;
    while !window.bytes().is_empty() {
        let step = match is_mmdf {
            true => mmdf_message(&mut window, doc),
            false => from_message(&mut window, &mut among_patches, doc),
        };
        if let Some(message) = step
            && each(message).is_break()
        {
            return Ok(ControlFlow::Break(()));
        }
    }
    match window.failure() {
        Some(err) => Err(Error::io("read", &doc.origin, err).hint("the messages before the damage were taken")),
        None => Ok(ControlFlow::Continue(())),
    }
}

/// What follows a byte order mark and blank lines.
fn opening(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = bytes.iter().position(|byte| !matches!(byte, b'\n' | b'\r')).unwrap_or(bytes.len());
    &bytes[start..]
}

/// The message that the window begins with, `None` where there is nothing but blank lines.
///
/// A mailbox is made of patches from the first that stands at the beginning of a message on.
fn from_message(window: &mut Window, among_patches: &mut bool, doc: &Document) -> Option<Result<Document<'static>>> {
    // What the message before ended with has been decided.
    let line = match separator::read(window.bytes(), true, true) {
        Some(found) => {
            *among_patches |= found.is_patch;
            let line = said(window.bytes(), found);
            window.advance(found.next);
            line
        }
        // Only the first message of a file that was named a mailbox may lack its separator.
        None => String::new(),
    };
    let counted = counted_end(window, *among_patches);
    let Some(end) = counted.or_else(|| scanned_end(window, *among_patches)) else {
        return Some(Err(oversized(window, &line, *among_patches, doc)));
    };
    let message = without_last_blank(&window.bytes()[..end]);
    let found = (!message.trim_ascii().is_empty()).then(|| {
        // Where the length said where the message ends, a line that looks like a separator proves that none is quoted.
        let is_quoted = counted.is_none() || memchr::memmem::find(message, b"\nFrom ").is_none();
        let bytes = if is_quoted { unquote::unquote(message) } else { message.to_vec() };
        Ok(inner(doc, bytes, line))
    });
    window.advance(end);
    found
}

fn mmdf_message(window: &mut Window, doc: &Document) -> Option<Result<Document<'static>>> {
    let start =
        window.bytes().iter().position(|byte| !matches!(byte, 1 | b'\r' | b'\n')).unwrap_or(window.bytes().len());
    window.advance(start);
    let Some(end) = window.find(b"\n\x01\x01\x01\x01", 0, &mut |_, _| true) else {
        return Some(Err(oversized(window, "", false, doc)));
    };
    let mut message = &window.bytes()[..end];
    let mut line = String::new();
    if let Some(found) = separator::read(message, true, true) {
        line = said(message, found);
        message = &message[found.next..];
    }
    let found = (!message.trim_ascii().is_empty()).then(|| Ok(inner(doc, message.to_vec(), line)));
    window.advance(end + 1);
    found
}

/// What a separator says, behind its first word.
fn said(bytes: &[u8], found: separator::Separator) -> String {
    String::from_utf8_lossy(&bytes[b"From".len()..found.line]).trim().to_owned()
}

/// Where the message ends that the window begins with, according to its `Content-Length`, if that is true: if the
/// mailbox ends there, or goes on with a separator.
fn counted_end(window: &mut Window, among_patches: bool) -> Option<usize> {
    /// A header that is longer is none that a length can be trusted in.
    const LONGEST_HEADER: usize = 256 << 10;
    window.fill(LONGEST_HEADER);
    let head = &window.bytes()[..window.bytes().len().min(LONGEST_HEADER)];
    let body = body_start(head)?;
    let length: usize = field(&head[..body], b"content-length")?.trim_ascii().utf8().parse().ok()?;
    let end = body.checked_add(length).filter(|end| *end as u64 <= MAX_WHOLE)?;
    window.fill(end + separator::LOOK_AHEAD);
    let rest = window.bytes().get(end..)?;
    let blank = rest.len() - opening(rest).len();
    // The text ends with its own line feed, or with the one before the separator.
    let at_line = blank > 0 || window.bytes()[..end].ends_with(b"\n");
    let is_end = rest[blank..].is_empty() || at_line && separator::read(&rest[blank..], true, among_patches).is_some();
    is_end.then_some(end + blank)
}

/// Where the message ends that the window begins with: before the next separator. `None` where it is too large.
fn scanned_end(window: &mut Window, among_patches: bool) -> Option<usize> {
    window
        .find(b"\nFrom", 0, &mut |before, from| {
            let is_blank = before.ends_with(b"\n") || before.ends_with(b"\n\r") || before.trim_ascii().is_empty();
            separator::read(from, is_blank, among_patches).is_some()
        })
        .map(|at| if at < window.bytes().len() { at + 1 } else { at })
}

/// Passes over the rest of a message of which the window holds as much as it may.
fn oversized(window: &mut Window, line: &str, among_patches: bool, doc: &Document) -> Error {
    let id = message_id(&window.bytes()[..window.bytes().len().min(super::HEAD)]);
    let subject = match (id, line) {
        (Some(id), _) => format!("{}/{id}", doc.origin),
        (None, "") => doc.origin.clone(),
        (None, line) => format!("{} (From {line})", doc.origin),
    };
    window.skip_past_message(among_patches);
    Error::not_text(subject, format!("a message of more than {} MiB", MAX_WHOLE >> 20))
        .hint("the other messages of the mailbox are read")
}

/// The document of a message.
fn inner(doc: &Document, bytes: Vec<u8>, line: String) -> Document<'static> {
    let name = message_id(&bytes).unwrap_or_else(|| record::sha256_hex(&bytes)[..16].to_owned());
    let mut inside = doc.inside(&name, bytes);
    inside.media_type = Some("message/rfc822".to_owned());
    if !line.is_empty() {
        inside.about.insert("mbox".to_owned(), Value::String(line));
    }
    inside
}

/// The Message-ID in the header of a message, without its brackets and as one segment of a path.
fn message_id(message: &[u8]) -> Option<String> {
    /// Longer ones are no ids, and no names of files.
    const LONGEST: usize = 250;
    let head = &message[..body_start(message).unwrap_or(message.len())];
    let value = field(head, b"message-id")?.utf8();
    let id = match value.split_once('<') {
        Some((_, rest)) => rest.split('>').next().unwrap_or_default(),
        None => &value,
    };
    let id: String = id.split_whitespace().collect();
    let name = segment(&id);
    (!id.is_empty() && name.len() <= LONGEST).then_some(name)
}

/// A text as one segment of a path: `/`, `\`, `%`, controls and a dot in front are written as `%XX`.
fn segment(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        if matches!(c, '/' | '\\' | '%') || c.is_control() || c == '.' && at == 0 {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                name.push_str(&format!("%{byte:02X}"));
            }
        } else {
            name.push(c);
        }
    }
    name
}

/// Where the text begins, behind the blank line that ends the header.
fn body_start(message: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(length) = memchr::memchr(b'\n', &message[at..]) {
        let line = &message[at..at + length];
        at += length + 1;
        if line.is_empty() || line == b"\r" {
            return Some(at);
        }
    }
    None
}

/// The value of the first field of that lower-case name, with its continuation lines.
fn field<'m>(head: &'m [u8], name: &[u8]) -> Option<&'m [u8]> {
    let mut at = 0;
    while at < head.len() {
        let line = &head[at..];
        let length = memchr::memchr(b'\n', line).map_or(line.len(), |end| end + 1);
        let is_field = line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
            && line[name.len()..length].trim_ascii_start().starts_with(b":");
        if is_field {
            let start = at + name.len() + memchr::memchr(b':', &line[name.len()..])? + 1;
            let mut end = at + length;
            while matches!(head.get(end), Some(b' ' | b'\t')) {
                end += memchr::memchr(b'\n', &head[end..]).map_or(head.len() - end, |more| more + 1);
            }
            return Some(&head[start.min(end)..end]);
        }
        at += length;
    }
    None
}

/// The message without the blank line that belongs to the next separator.
fn without_last_blank(message: &[u8]) -> &[u8] {
    let cut = message.strip_suffix(b"\r\n").or_else(|| message.strip_suffix(b"\n"));
    cut.filter(|rest| rest.ends_with(b"\n")).unwrap_or(message)
}

/// Bytes of a header as text.
trait Utf8 {
    fn utf8(&self) -> std::borrow::Cow<'_, str>;
}

impl Utf8 for [u8] {
    fn utf8(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self)
    }
}
