//! The line before a message: `From jane@example.org Thu Jul 24 10:27:04 2003`.

use feedmill_dates::{self as dates, Precision};

/// As many bytes behind a possible separator are needed to decide: the line, and the beginning of the next.
pub(super) const LOOK_AHEAD: usize = 2 * LONGEST;

/// The longest separator; addresses and dates need less.
const LONGEST: usize = 1000;

/// A separator at the beginning of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Separator {
    /// The length of the line, without its end.
    pub line: usize,
    /// Where the next line begins.
    pub next: usize,
}

/// The fields that a message begins with, in lower case: what stands behind a separator that no blank line precedes.
const FIRST_FIELDS: &[&str] = &[
    "return-path",
    "received",
    "from",
    "date",
    "message-id",
    "delivered-to",
    "subject",
    "to",
    "x-",
    "status",
    "mime-version",
    "content-",
    "envelope-to",
    "list-",
    "path",
    "newsgroups",
    "sender",
    "reply-to",
    "in-reply-to",
    "delivery-date",
    "dkim-signature",
    "authentication-results",
    "arc-",
    "organization",
    "cc",
];

/// The separator that the bytes begin with. Without a blank line before it, the next line must be a field of mail.
pub(super) fn read(bytes: &[u8], after_blank: bool) -> Option<Separator> {
    let rest = bytes.strip_prefix(b"From ")?;
    let end = memchr::memchr(b'\n', &rest[..rest.len().min(LONGEST)])?;
    let line = rest[..end].trim_ascii_end();
    // Some programs write nothing, or a hyphen, for the sender and the date.
    let is_bare = matches!(line, b"" | b"-");
    if !is_bare {
        date_of(line)?;
    }
    let found = Separator { line: b"From ".len() + line.len(), next: b"From ".len() + end + 1 };
    let behind = &bytes[found.next..];
    field_name(behind)?;
    let is_separator = if is_bare { opens_header(behind, after_blank) } else { after_blank || is_first_field(behind) };
    is_separator.then_some(found)
}

/// Whether a header of mail begins here. Without a blank line before it, two of its fields must be known.
fn opens_header(bytes: &[u8], after_blank: bool) -> bool {
    let second = memchr::memchr(b'\n', bytes).map_or(&bytes[bytes.len()..], |end| &bytes[end + 1..]);
    is_first_field(bytes) && (after_blank || is_first_field(second))
}

/// Whether a line is a field of mail beyond doubt.
fn is_first_field(line: &[u8]) -> bool {
    let Some(name) = field_name(line) else { return false };
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    FIRST_FIELDS.iter().any(|field| name == *field || field.ends_with('-') && name.starts_with(field))
}

/// The date that git puts into the separator of every patch.
const PATCH_DATE: &[u8] = b"Mon Sep 17 00:00:00 2001";

/// Whether bytes begin with the separator of a patch: the name of a commit, and a date that is always the same. Inside
/// another message it is a part of a patch that the message quotes.
pub(super) fn is_patch(bytes: &[u8]) -> bool {
    let Some(rest) = bytes.strip_prefix(b"From ") else { return false };
    let commit = rest.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    commit >= 40 && rest[commit..].trim_ascii_start().starts_with(PATCH_DATE)
}

/// The name of the field that a line is; some mailers repeat the separator as `>From ` before the first field.
fn field_name(line: &[u8]) -> Option<&[u8]> {
    /// The longest name of a field.
    const LONGEST_NAME: usize = 78;
    if line.starts_with(b">From ") {
        return Some(b"from");
    }
    let colon = memchr::memchr(b':', &line[..line.len().min(LONGEST_NAME)])?;
    let name = line[..colon].trim_ascii_end();
    (!name.is_empty() && name.iter().all(|byte| matches!(byte, b'!'..=b'~'))).then_some(name)
}

/// The text of the date at the end of a separator, behind the sender.
fn date_of(line: &[u8]) -> Option<&str> {
    /// A date has no more words, and what has fewer is none.
    const WORDS: std::ops::RangeInclusive<usize> = 4..=8;
    // The sender may be in any encoding; only the part from the date on need be text.
    let line = match memchr::memmem::find(line, b" remote from ") {
        Some(at) => &line[..at],
        None => line,
    };
    if !line.contains(&b':') || !line.iter().any(u8::is_ascii_digit) {
        return None;
    }
    let start = line.iter().rposition(|byte| !byte.is_ascii()).map_or(0, |at| at + 1);
    let text = std::str::from_utf8(&line[start..]).ok()?;
    let starts: Vec<usize> = text
        .char_indices()
        .filter(|(at, c)| !c.is_whitespace() && (*at == 0 || text[..*at].ends_with(char::is_whitespace)))
        .map(|(at, _)| at)
        .collect();
    let from = starts.len().saturating_sub(*WORDS.end());
    let words = &starts[from..];
    words.iter().take((words.len() + 1).saturating_sub(*WORDS.start())).find_map(|at| {
        let candidate = &text[*at..];
        let reading = dates::read(candidate)?;
        (reading.value.precision() >= Precision::Minute).then_some(candidate)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_told_from_prose() {
        for line in [
            "From jane@harbour.example Thu Jul 24 10:27:04 2003",
            "From jane at harbour.example  Thu Jul  3 10:27:04 2003",
            "From jane@harbour.example Thu Jul 24 10:27 2003",
            "From - Thu Jul 24 10:27:04 2003",
            "From MAILER-DAEMON Thu Jul 24 10:27:04 2003 +0200",
            "From jane@harbour.example Thu Jul 24 10:27:04 MEST 2003",
            "From 1467299312345@xxx Thu Jul 24 10:27:04 +0000 2003",
            "From jane@harbour.example Thu, 24 Jul 2003 10:27:04 +0200",
            "From uucp Thu Jul 24 10:27:04 1986 remote from dockside",
            "From \"jane doe\"@harbour.example Thu Jul 24 10:27:04 2003",
            "From   Thu Jul 24 10:27:04 2003",
            "From 10bfc107dd29b23d10bfc107dd29b23d10bfc107 Mon Sep 17 00:00:00 2001",
        ] {
            let bytes = format!("{line}\nReturn-Path: <x>\n");
            assert!(read(bytes.as_bytes(), false).is_some(), "{line}");
            assert!(read(format!("{line}\nHello,\n").as_bytes(), true).is_none(), "{line}: no field behind it");
        }
        for line in ["From ", "From -"] {
            let bytes = format!("{line}\nSubject: x\n");
            assert!(read(bytes.as_bytes(), true).is_some() && read(bytes.as_bytes(), false).is_none(), "{line}");
            assert!(read(format!("{line}\nNote: x\n").as_bytes(), true).is_none(), "{line}: no field of mail");
        }
        for line in [
            "From the beginning it was clear that 10:30 would be too late",
            "From Monday on the ferry leaves at 10:30",
            "From 24 July 2003 we close at noon",
            "From jane@harbour.example",
            "From: jane@harbour.example Thu Jul 24 10:27:04 2003",
        ] {
            assert_eq!(read(format!("{line}\nSubject: x\n").as_bytes(), true), None, "{line}");
        }
        let odd = b"From jane@harbour.example Thu Jul 24 10:27:04 2003\nNote: the tide\n";
        assert!(read(odd, true).is_some() && read(odd, false).is_none(), "without a blank line it must be mail");
    }
}
