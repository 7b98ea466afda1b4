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
    /// Whether `git format-patch` writes such lines, which stand above patches in the text of messages too.
    pub is_patch: bool,
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
/// `among_patches` says that the mailbox was made by `git format-patch`, where the lines of such patches are separators.
pub(super) fn read(bytes: &[u8], after_blank: bool, among_patches: bool) -> Option<Separator> {
    let rest = bytes.strip_prefix(b"From")?;
    let end = memchr::memchr(b'\n', &rest[..rest.len().min(LONGEST)])?;
    let line = rest[..end].trim_ascii_end();
    if !line.is_empty() && !line.starts_with(b" ") {
        return None;
    }
    let said = line.trim_ascii();
    let is_patch = is_patch(said);
    let found = Separator { line: b"From".len() + line.len(), next: b"From".len() + end + 1, is_patch };
    let behind = &bytes[found.next..];
    if is_patch && !among_patches {
        return None;
    }
    if date_of(said).is_none() {
        // Without a date the header must speak for itself, and a sender must stand alone.
        let is_bare = said.is_empty() || said == b"-";
        let is_sender = after_blank && !said.iter().any(u8::is_ascii_whitespace) && !said.ends_with(b":");
        return ((is_bare || is_sender) && is_header(behind)).then_some(found);
    }
    let Some(name) = field_name(behind) else { return (after_blank && is_empty_message(behind)).then_some(found) };
    let known = || {
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        FIRST_FIELDS.iter().any(|field| name == *field || field.ends_with('-') && name.starts_with(field))
    };
    (after_blank || known()).then_some(found)
}

/// Whether a separator is that of `git format-patch`: the hash of a commit, and a date that never changes.
fn is_patch(line: &[u8]) -> bool {
    let hash = line.strip_suffix(b" Mon Sep 17 00:00:00 2001").unwrap_or_default();
    (7..=64).contains(&hash.len()) && hash.iter().all(u8::is_ascii_hexdigit)
}

/// Whether there is no message behind a separator, but the next separator or the end.
fn is_empty_message(behind: &[u8]) -> bool {
    let rest = behind.trim_ascii_start();
    if rest.len() == behind.len() || rest.is_empty() {
        return behind.trim_ascii().is_empty();
    }
    let line = rest.strip_prefix(b"From ").map(|rest| &rest[..rest.len().min(LONGEST)]).unwrap_or_default();
    let line = &line[..memchr::memchr(b'\n', line).unwrap_or(0)];
    date_of(line.trim_ascii()).is_some()
}

/// Whether the header of a message follows beyond doubt: nothing but fields, among them who wrote it, and when or as
/// what.
fn is_header(bytes: &[u8]) -> bool {
    let (mut has_sender, mut has_stamp) = (false, false);
    for (at, line) in bytes[..bytes.len().min(LONGEST)].split_inclusive(|byte| *byte == b'\n').enumerate() {
        if line.trim_ascii().is_empty() || has_sender && has_stamp {
            break;
        }
        if at > 0 && line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(name) = field_name(line) else { return false };
        match name.to_ascii_lowercase().as_slice() {
            b"from" | b"sender" | b"return-path" => has_sender = true,
            b"date" | b"message-id" | b"received" => has_stamp = true,
            _ => {}
        }
    }
    has_sender && has_stamp
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
        ] {
            let bytes = format!("{line}\nReturn-Path: <x>\n");
            assert!(read(bytes.as_bytes(), false, false).is_some(), "{line}");
            assert!(read(format!("{line}\nHello,\n").as_bytes(), true, true).is_none(), "{line}: no field behind it");
        }
        for line in [
            "From the beginning it was clear that 10:30 would be too late",
            "From Monday on the ferry leaves at 10:30",
            "From 24 July 2003 we close at noon",
            "From jane@harbour.example",
            "From: jane@harbour.example Thu Jul 24 10:27:04 2003",
        ] {
            assert_eq!(read(format!("{line}\nSubject: x\n").as_bytes(), true, true), None, "{line}");
        }
        let odd = b"From jane@harbour.example Thu Jul 24 10:27:04 2003\nNote: the tide\n";
        assert!(
            read(odd, true, false).is_some() && read(odd, false, false).is_none(),
            "without a blank line it must be mail"
        );
    }
    #[test]
    fn separators_without_a_date_need_a_header() {
        let header = "X-Note: a\n b\nFrom: Jane <jane@harbour.example>\nDate: Thu, 24 Jul 2003 10:27:04 +0200\n\n";
        for line in ["From ", "From", "From   ", "From -", "From - "] {
            for end in ["\n", "\r\n"] {
                let bytes = format!("{line}\n{header}").replace('\n', end);
                assert!(read(bytes.as_bytes(), false, false).is_some(), "{bytes:?}");
            }
            for behind in ["From: a@b.example\n\n", "Date: today\n\n", "Hello\nFrom: a@b.example\nDate: x\n", "\n", ""]
            {
                assert_eq!(read(format!("{line}\n{behind}").as_bytes(), true, true), None, "{line:?} {behind:?}");
            }
        }
        let lone = format!("From jane@harbour.example\n{header}");
        assert!(read(lone.as_bytes(), true, false).is_some() && read(lone.as_bytes(), false, false).is_none());
        for line in ["From now on", "From - this is none", "Fromage", "From:"] {
            assert_eq!(read(format!("{line}\n{header}").as_bytes(), true, true), None, "{line}");
        }
    }

    #[test]
    fn patches_part_only_what_is_made_of_patches() {
        for hash in ["0123456789abcdef0123456789abcdef01234567", "0000000", &"ab".repeat(32)] {
            let line = format!("From {hash} Mon Sep 17 00:00:00 2001\nFrom: a\n");
            assert!(read(line.as_bytes(), true, true).is_some_and(|found| found.is_patch), "{line}");
            assert_eq!(read(line.as_bytes(), true, false), None, "{line}");
        }
        let sent = b"From jane@harbour.example Mon Sep 17 00:00:00 2001\nFrom: a\n";
        assert!(read(sent, true, false).is_some_and(|found| !found.is_patch));
    }
}
