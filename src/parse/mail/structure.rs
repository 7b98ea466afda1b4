//! Messages and their parts (RFC 2046): a tree of slices of the message, nothing decoded yet.
//!
//! The walk is our own and not that of the mail crate: trees of that crate are built and dropped by recursion, so that
//! nested messages overflow the stack; and its texts are decoded, lossily where a sender lies about the character
//! set, before we see them. Fields with a grammar of their own are read by the crate.

use mail_parser::parsers::MessageStream;
use mail_parser::{ContentType, HeaderValue};

use super::fields::{self, Fields};
use super::words;

/// Parts in parts deeper than this are text: nobody composes them, and each level reads its content again.
const DEEPEST: usize = 24;

/// More parts than these in one message are an attack; what follows them is one text.
const MOST_PARTS: usize = 5000;

/// A part of a message, or the message itself.
pub(super) struct Part<'a> {
    /// Its header.
    pub fields: Fields<'a>,
    /// Its media type in lower case, `text/plain` where none is named.
    pub media_type: String,
    /// The parameters of the media type, their names in lower case.
    parameters: Vec<(String, String)>,
    /// Its body as it stands, still in its transfer encoding.
    pub raw: &'a [u8],
    /// What it holds.
    pub content: Content<'a>,
}

/// What a part holds.
pub(super) enum Content<'a> {
    /// Something that is no container.
    Leaf,
    /// Other parts.
    Parts(Vec<Part<'a>>),
    /// A message.
    Message(Box<Part<'a>>),
}

/// How many parts may still be read.
struct Budget {
    left: usize,
}

/// Reads a message.
pub(super) fn read(message: &[u8]) -> (Part<'_>, bool) {
    let mut budget = Budget { left: MOST_PARTS };
    let part = message_at(message, 0, &mut budget);
    (part, budget.left == 0)
}

impl<'a> Part<'a> {
    /// A parameter of the media type, by its name in lower case.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether the media type is that one.
    pub fn is(&self, media_type: &str) -> bool {
        self.media_type == media_type
    }

    /// The disposition in lower case (`inline`, `attachment`), empty where none is named.
    pub fn disposition(&self) -> String {
        match self.fields.get("content-disposition") {
            Some(value) => content_type(value).map(|found| found.c_type.to_ascii_lowercase()).unwrap_or_default(),
            None => String::new(),
        }
    }

    /// The name of the file that the part is, as the sender wrote it.
    pub fn file_name(&self) -> Option<String> {
        let disposition = self.fields.get("content-disposition").and_then(|value| {
            let value = content_type(value)?;
            value.attribute("filename").map(str::to_owned)
        });
        let name = disposition.or_else(|| self.parameter("name").map(str::to_owned))?;
        // Encoded words have no place in parameters, and are there all the same.
        Some(words::decode(name.as_bytes(), self.fields.charset())).filter(|name| !name.trim().is_empty())
    }

    /// The Content-ID without its brackets.
    pub fn content_id(&self) -> Option<String> {
        let id = String::from_utf8_lossy(self.fields.get("content-id")?).trim().to_owned();
        let id = id.trim_start_matches('<').trim_end_matches('>').to_owned();
        (!id.is_empty()).then_some(id)
    }

    /// The transfer encoding as declared.
    pub fn encoding(&self) -> String {
        String::from_utf8_lossy(self.fields.get("content-transfer-encoding").unwrap_or(b"7bit")).into_owned()
    }
}

fn message_at<'a>(bytes: &'a [u8], depth: usize, budget: &mut Budget) -> Part<'a> {
    let (fields, raw) = Fields::split(bytes);
    with_header(fields, raw, "text/plain", depth, budget)
}

fn part_at<'a>(bytes: &'a [u8], default: &str, depth: usize, budget: &mut Budget) -> Part<'a> {
    let (fields, raw) = Fields::split_part(bytes);
    // The blank line before the message is missing.
    if default == "message/rfc822" && (fields.has("from") || fields.has("subject")) {
        return with_header(Fields::none(), bytes, default, depth, budget);
    }
    with_header(fields, raw, default, depth, budget)
}

fn with_header<'a>(
    mut fields: Fields<'a>,
    raw: &'a [u8],
    default: &str,
    depth: usize,
    budget: &mut Budget,
) -> Part<'a> {
    budget.left = budget.left.saturating_sub(1);
    let declared = fields.get("content-type").and_then(content_type);
    let (media_type, parameters) = match declared {
        Some(found) => typed(&found),
        None => (default.to_owned(), Vec::new()),
    };
    let mut part = Part { fields: Fields::none(), media_type, parameters, raw, content: Content::Leaf };
    fields.set_charset(part.parameter("charset").map(str::to_owned));
    part.fields = fields;
    if depth >= DEEPEST || budget.left == 0 {
        return part;
    }
    if part.media_type.starts_with("multipart/") {
        part.content = match parts(&part, depth, budget) {
            Some(parts) => Content::Parts(parts),
            None => Content::Leaf,
        };
        if matches!(part.content, Content::Leaf) {
            // No part anywhere: what is there is text, and not lost.
            part.media_type = "text/plain".to_owned();
        }
    } else if part.media_type == "message/rfc822" || part.media_type == "message/global" {
        let encoding = part.encoding().to_ascii_lowercase();
        // Encoded messages are against the rules; they are kept as files.
        if !matches!(encoding.trim(), "base64" | "quoted-printable") {
            part.content = Content::Message(Box::new(message_at(raw, depth + 1, budget)));
        }
    }
    part
}

/// The parts between the delimiters; `None` where there are no delimiters.
fn parts<'a>(container: &Part<'a>, depth: usize, budget: &mut Budget) -> Option<Vec<Part<'a>>> {
    let default = if container.is("multipart/digest") { "message/rfc822" } else { "text/plain" };
    let boundary = container.parameter("boundary").map(|name| name.trim_end().as_bytes().to_vec());
    let body = container.raw;
    let delimiters = |boundary: &[u8]| Delimiters { body, boundary: [b"--", boundary].concat(), at: 0 };
    let declared = boundary.filter(|name| !name.is_empty() && delimiters(name).next().is_some());
    let boundary = declared.or_else(|| guessed_boundary(body))?;
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for delimiter in delimiters(&boundary) {
        if let Some(start) = open.take() {
            // The line feed before a delimiter belongs to it.
            let end = delimiter.start.max(start);
            let inner = &body[start..end];
            let inner = inner.strip_suffix(b"\n").unwrap_or(inner);
            found.push(part_at(inner.strip_suffix(b"\r").unwrap_or(inner), default, depth + 1, budget));
        }
        if delimiter.is_last {
            return Some(found);
        }
        if budget.left == 0 {
            // The rest is one text, so that nothing is lost.
            found.push(with_header(Fields::none(), &body[delimiter.start..], "text/plain", DEEPEST, budget));
            return Some(found);
        }
        open = Some(delimiter.next);
    }
    if let Some(start) = open {
        // The last delimiter is missing: the message was cut.
        found.push(part_at(&body[start..], default, depth + 1, budget));
    }
    Some(found)
}

/// A line that parts the parts.
struct Delimiter {
    start: usize,
    next: usize,
    is_last: bool,
}

/// The lines that consist of two dashes, the boundary, perhaps two dashes, and blanks.
struct Delimiters<'a> {
    body: &'a [u8],
    boundary: Vec<u8>,
    at: usize,
}

impl Iterator for Delimiters<'_> {
    type Item = Delimiter;

    fn next(&mut self) -> Option<Delimiter> {
        loop {
            let start = self.at + memchr::memmem::find(self.body.get(self.at..)?, &self.boundary)?;
            self.at = start + self.boundary.len();
            if start > 0 && self.body[start - 1] != b'\n' {
                continue;
            }
            let (line, next) = fields::line(self.body, self.at);
            let (rest, is_last) = match line.strip_prefix(b"--") {
                Some(rest) => (rest, true),
                None => (line, false),
            };
            if rest.iter().all(u8::is_ascii_whitespace) {
                self.at = next;
                return Some(Delimiter { start, next, is_last });
            }
        }
    }
}

/// The boundary that a body shows where none is declared, or another: a line `--x` with a header behind it.
fn guessed_boundary(body: &[u8]) -> Option<Vec<u8>> {
    /// As far as preambles reach.
    const REACH: usize = 64 << 10;
    /// RFC 2046 section 5.1.1 allows 70; some programs write more.
    const LONGEST: usize = 200;
    let mut at = 0;
    while at < body.len().min(REACH) {
        let (line, next) = fields::line(body, at);
        if let Some(name) = line.strip_prefix(b"--")
            && (1..=LONGEST).contains(&name.trim_ascii().len())
            && name.iter().any(u8::is_ascii_alphanumeric)
            && starts_a_part(&body[next..])
        {
            return Some(name.trim_ascii_end().to_vec());
        }
        at = next;
    }
    None
}

fn starts_a_part(text: &[u8]) -> bool {
    let (first, _) = fields::line(text, 0);
    fields::field(first)
        .is_some_and(|(name, _)| name.get(..8).is_some_and(|start| start.eq_ignore_ascii_case(b"content-")))
}

/// The media type and its parameters.
fn typed(found: &ContentType) -> (String, Vec<(String, String)>) {
    let kind = found.c_type.to_ascii_lowercase();
    let media_type = match &found.c_subtype {
        Some(subtype) if !subtype.is_empty() => format!("{kind}/{}", subtype.to_ascii_lowercase()),
        // `Content-Type: text` of old programs.
        _ if kind == "text" || kind.is_empty() => "text/plain".to_owned(),
        _ if kind == "multipart" => "multipart/mixed".to_owned(),
        _ => "application/octet-stream".to_owned(),
    };
    let parameters = found.attributes.iter().flatten();
    let parameters = parameters.map(|a| (a.name.to_ascii_lowercase(), a.value.trim().to_owned())).collect();
    (media_type, parameters)
}

/// A field in the grammar of `Content-Type` and `Content-Disposition`, with the parameters of RFC 2231.
fn content_type(value: &[u8]) -> Option<ContentType<'static>> {
    /// Longer ones are an attack; the crate merges continued parameters in quadratic time.
    const LONGEST: usize = 8 << 10;
    let value = &value[..value.len().min(LONGEST)];
    // The grammar ends at a line feed that no blank follows.
    let line = [value, b"\n"].concat();
    match MessageStream::new(&line).parse_content_type() {
        HeaderValue::ContentType(found) => Some(owned(&found)),
        _ => None,
    }
}

fn owned(found: &ContentType) -> ContentType<'static> {
    let owned = |text: &std::borrow::Cow<'_, str>| std::borrow::Cow::Owned(text.to_string());
    let attribute =
        |a: &mail_parser::Attribute| mail_parser::Attribute { name: owned(&a.name), value: owned(&a.value) };
    ContentType {
        c_type: owned(&found.c_type),
        c_subtype: found.c_subtype.as_ref().map(owned),
        attributes: found.attributes.as_ref().map(|all| all.iter().map(attribute).collect()),
    }
}
