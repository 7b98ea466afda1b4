//! The heads of records: named fields in WARC 0.17 to 1.1, one line in WARC 0.9 and in ARC.

use chrono::{DateTime, NaiveDateTime, Utc};

/// How the records of a container are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Warc,
    Arc,
}

/// What a record is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// What a server answered, with its status line and headers.
    Response,
    /// A document without them (`resource`, `conversion`).
    Payload,
    /// Requests, metadata, revisits, names of hosts: nothing that anybody wrote for readers.
    Other,
}

/// The head of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub kind: Kind,
    pub uri: String,
    pub date: String,
    pub id: Option<String>,
    pub content_type: Option<String>,
    /// What the program that wrote the container took the payload for.
    pub identified_type: Option<String>,
    /// Why the record holds less than was sent (`length`, `time`, `disconnect`).
    pub truncated: Option<String>,
    /// How many bytes it says that it holds. A WARC 0.9 record counts its own head, too.
    pub length: u64,
}

/// Longer heads are none: a window that looks for the end of one stays small.
pub(super) const LONGEST: usize = 256 << 10;

/// An ARC line holds one address.
const LONGEST_LINE: usize = 16 << 10;

/// What the addresses of ARC records begin with.
const SCHEMES: [&[u8]; 7] = [b"http://", b"https://", b"dns:", b"ftp://", b"filedesc://", b"gopher://", b"whois:"];

impl Format {
    /// How a container is written that begins so; `None` when it is none.
    pub fn of(bytes: &[u8]) -> Option<Format> {
        let bytes = bytes.trim_ascii_start();
        if starts_warc(bytes) {
            return Some(Format::Warc);
        }
        bytes.starts_with(b"filedesc://").then_some(Format::Arc)
    }

    /// As many bytes tell whether a record begins.
    pub fn lookahead(self) -> usize {
        match self {
            Format::Warc => 64,
            Format::Arc => LONGEST_LINE,
        }
    }

    /// Whether a record begins here.
    pub fn begins(self, bytes: &[u8]) -> bool {
        match self {
            Format::Warc => starts_warc(bytes),
            Format::Arc => line(bytes).is_some_and(|line| arc_line(line).is_some()),
        }
    }

    /// Whether a record may have begun where a stream ends after so few bytes.
    pub fn may_begin(self, bytes: &[u8]) -> bool {
        match self {
            Format::Warc => b"WARC/".starts_with(&bytes.to_ascii_uppercase()),
            Format::Arc => {
                !bytes.contains(&b'\n') && SCHEMES.iter().any(|s| bytes.starts_with(s) || s.starts_with(bytes))
            }
        }
    }

    /// Where, at or after `from` and before `until`, a content ends that a new record follows.
    pub fn boundary(self, bytes: &[u8], from: usize, until: usize) -> Option<usize> {
        match self {
            Format::Warc => memchr::memmem::find_iter(bytes.get(from..)?, b"\nWARC/")
                .map(|at| from + at)
                .take_while(|at| *at < until + 4)
                .filter(|at| starts_warc(&bytes[at + 1..]) && is_named(&bytes[at + 1..]))
                .map(|at| {
                    let before = &bytes[..=at];
                    let blank =
                        [&b"\r\n\r\n"[..], b"\n\n", b"\r\n", b"\n"].into_iter().find(|end| before.ends_with(end));
                    before.len() - blank.map_or(0, <[u8]>::len)
                })
                .find(|at| *at < until),
            Format::Arc => memchr::memchr_iter(b'\n', bytes.get(from..until)?)
                .map(|at| from + at)
                .find(|at| self.begins(&bytes[at + 1..])),
        }
    }

    /// The head at the beginning of the bytes, and its length; `None` when it does not end within them. A head
    /// that makes no sense is one of a record of no interest.
    pub fn head(self, bytes: &[u8]) -> Option<(Head, usize)> {
        match self {
            Format::Warc => {
                let end = end_of_head(bytes)?;
                Some((warc(&bytes[..end]), end))
            }
            Format::Arc => {
                let line = line(bytes)?;
                Some((arc_line(line)?, line.len() + 1))
            }
        }
    }
}

fn starts_warc(bytes: &[u8]) -> bool {
    bytes.get(..5).is_some_and(|magic| magic.eq_ignore_ascii_case(b"WARC/"))
        && bytes.get(5).is_some_and(u8::is_ascii_digit)
}

/// Whether the line behind the version is a named field: a page about WARC may show a version in its text.
fn is_named(bytes: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'\n', &bytes[..bytes.len().min(64)]) else { return false };
    let version = bytes[..end].trim_ascii_end();
    let next = &bytes[end + 1..];
    let named = |name: &[u8]| next.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    version.len() <= 10 && (named(b"WARC-") || named(b"Content-"))
}

/// Where the blank line ends that ends a head.
pub(super) fn end_of_head(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'\n', bytes).find_map(|at| match bytes.get(at + 1..)? {
        [b'\n', ..] => Some(at + 2),
        [b'\r', b'\n', ..] => Some(at + 3),
        _ => None,
    })
}

/// Names and values of the lines of a head; a line that is indented goes on with the value above it. A line that is
/// no field is left out.
pub(super) fn fields(bytes: &[u8]) -> Vec<(String, String)> {
    /// More are an attack.
    const MOST: usize = 1000;
    let text = String::from_utf8_lossy(bytes);
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.lines().take(MOST) {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    fields
}

fn warc(bytes: &[u8]) -> Head {
    let first = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
    let fields = fields(bytes.get(first + 1..).unwrap_or_default());
    let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let version = String::from_utf8_lossy(&bytes[..first]);
    // `warc/0.9 length type uri date id content-type`
    let words: Vec<&str> = version.split_whitespace().collect();
    if let [_, length, kind, uri @ .., date, id, content_type] = words.as_slice()
        && let Ok(length) = length.parse::<u64>()
    {
        return Head {
            kind: kind_of(kind),
            uri: uri.join(" "),
            date: (*date).to_owned(),
            id: Some((*id).to_owned()),
            content_type: Some((*content_type).to_owned()),
            identified_type: None,
            truncated: field("truncated"),
            length: length.saturating_sub(bytes.len() as u64),
        };
    }
    let uri = field("warc-target-uri").unwrap_or_default();
    Head {
        kind: field("warc-type").map_or(Kind::Other, |kind| kind_of(&kind)),
        uri: uri.strip_prefix('<').and_then(|uri| uri.strip_suffix('>')).unwrap_or(&uri).to_owned(),
        date: field("warc-date").unwrap_or_default(),
        id: field("warc-record-id"),
        content_type: field("content-type"),
        identified_type: field("warc-identified-payload-type"),
        truncated: field("warc-truncated")
            .or_else(|| field("warc-segment-number").map(|number| format!("segment {number}"))),
        length: field("content-length").and_then(|length| length.parse().ok()).unwrap_or(0),
    }
}

fn kind_of(kind: &str) -> Kind {
    match kind.to_ascii_lowercase().as_str() {
        "response" => Kind::Response,
        "resource" | "conversion" => Kind::Payload,
        _ => Kind::Other,
    }
}

fn line(bytes: &[u8]) -> Option<&[u8]> {
    memchr::memchr(b'\n', &bytes[..bytes.len().min(LONGEST_LINE)]).map(|end| &bytes[..end])
}

/// `URL IP date type length`, or in version 2 `URL IP date type status checksum location offset file length`.
/// Addresses may hold blanks; so the line is read from the address of the host and the date behind it.
fn arc_line(line: &[u8]) -> Option<Head> {
    if !SCHEMES.iter().any(|scheme| line.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))) {
        return None;
    }
    let line = String::from_utf8_lossy(line);
    let words: Vec<&str> = line.split_whitespace().collect();
    let length = words.last()?.parse().ok()?;
    let is_moment = |word: &str| (12..=17).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_host = |word: &str| {
        word == "-" || word.contains(['.', ':']) && word.bytes().all(|b| b.is_ascii_hexdigit() || b".:[]".contains(&b))
    };
    // Of a line that looks like two dates the later place is right: an address may hold anything.
    let at = (2..words.len().saturating_sub(2)).rev().find(|at| is_moment(words[*at]) && is_host(words[*at - 1]))?;
    let uri = words[..at - 1].join(" ");
    let is_web = uri.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http"));
    Some(Head {
        kind: if is_web { Kind::Response } else { Kind::Other },
        uri,
        date: words[at].to_owned(),
        id: None,
        content_type: words.get(at + 1).filter(|word| word.contains('/')).map(|word| (*word).to_owned()),
        identified_type: None,
        truncated: None,
        length,
    })
}

/// The moment of a record: RFC 3339 in WARC, fourteen digits in ARC. Less than a day bounds nothing.
pub(super) fn moment(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(text.trim()) {
        return Some(moment.to_utc());
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).take(14).collect();
    NaiveDateTime::parse_from_str(&digits, "%Y%m%d%H%M%S").ok().map(|moment| moment.and_utc())
}
