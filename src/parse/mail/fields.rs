//! The header of a message or of a part: fields with their lines, as they stand.

use super::words;

/// The fields of a header.
pub(super) struct Fields<'a> {
    fields: Vec<(&'a [u8], &'a [u8])>,
    /// The character set that raw 8-bit text in the fields may be in.
    charset: Option<String>,
}

/// More fields than these are an attack; the rest is passed over.
const MOST_FIELDS: usize = 2000;

/// Longer values are cut: no field that is read here needs as much.
const LONGEST_VALUE: usize = 32 << 10;

/// Fields of which a header has at least one, in lower case.
const TELLING: &[&str] = &[
    "from",
    "date",
    "subject",
    "message-id",
    "received",
    "return-path",
    "mime-version",
    "content-type",
    "newsgroups",
    "to",
    "content-transfer-encoding",
    "delivered-to",
    "references",
    "in-reply-to",
];

impl<'a> Fields<'a> {
    /// Takes the header off a message, and gives back what follows it.
    ///
    /// Forgiven are lines of mailbox separators, blank lines in front, a line that is no field among others that are,
    /// a blank line in the middle where nothing above it says that this was the header, and a missing blank line.
    pub fn split(message: &'a [u8]) -> (Self, &'a [u8]) {
        let start = message.iter().position(|byte| !matches!(byte, b'\n' | b'\r')).unwrap_or(message.len());
        Self::read(&message[start..], true)
    }

    /// Takes the header off a part, which may have none: then it begins with a blank line.
    pub fn split_part(part: &'a [u8]) -> (Self, &'a [u8]) {
        Self::read(part, false)
    }

    /// The header of nothing.
    pub fn none() -> Self {
        Fields { fields: Vec::new(), charset: None }
    }

    fn read(message: &'a [u8], is_message: bool) -> (Self, &'a [u8]) {
        let mut header = Self::none();
        let mut at = 0;
        loop {
            let (line, next) = line(message, at);
            if line.is_empty() && at >= message.len() {
                break;
            }
            if line.is_empty() {
                if is_message && !header.is_telling() && looks_like_header(&message[next..]) {
                    at = next;
                    continue;
                }
                at = next;
                break;
            }
            if let Some((name, value)) = field(line) {
                let mut end = next;
                while matches!(message.get(end), Some(b' ' | b'\t')) {
                    end = self::line(message, end).1;
                }
                let start = at + (line.len() - value.len());
                let value = message[start..end.min(start + LONGEST_VALUE)].trim_ascii();
                if header.fields.len() < MOST_FIELDS {
                    header.fields.push((name, value));
                }
                at = end;
                continue;
            }
            let is_separator = line.starts_with(b"From ") || line.starts_with(b">From ");
            if is_separator && header.fields.len() < 3 || looks_like_header(&message[next..]) && is_stray(line) {
                at = next;
                continue;
            }
            break;
        }
        (header, &message[at.min(message.len())..])
    }

    /// The raw value of the first field of that name, unless it is empty.
    pub fn get(&self, name: &str) -> Option<&'a [u8]> {
        self.all(name).next()
    }

    /// The raw values of all fields of that name that are not empty.
    pub fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'a [u8]> + 's {
        self.fields
            .iter()
            .filter(move |(known, value)| known.eq_ignore_ascii_case(name.as_bytes()) && !value.is_empty())
            .map(|(_, value)| *value)
    }

    /// Whether there is a field of that name.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The value of a field as one line of text, its encoded words decoded.
    pub fn text(&self, name: &str) -> Option<String> {
        Some(self.decoded(self.get(name)?)).filter(|text| !text.is_empty())
    }

    /// A raw value as one line of text, its encoded words decoded.
    pub fn decoded(&self, value: &[u8]) -> String {
        feedmill_markup::one_line(&words::decode(value, self.charset.as_deref()))
    }

    /// The character set of raw 8-bit text in the fields.
    pub fn charset(&self) -> Option<&str> {
        self.charset.as_deref()
    }

    /// Says in which character set raw 8-bit text may be.
    pub fn set_charset(&mut self, charset: Option<String>) {
        self.charset = charset;
    }

    fn is_telling(&self) -> bool {
        self.fields.iter().any(|(name, _)| is_telling(name))
    }
}

/// A line without its end, and where the next one begins.
pub(super) fn line(text: &[u8], at: usize) -> (&[u8], usize) {
    let rest = text.get(at..).unwrap_or_default();
    match memchr::memchr(b'\n', rest) {
        Some(end) => (rest[..end].strip_suffix(b"\r").unwrap_or(&rest[..end]), at + end + 1),
        None => (rest.strip_suffix(b"\r").unwrap_or(rest), at + rest.len()),
    }
}

/// The name and the value of the field that begins on a line. Blanks before the colon are forgiven (RFC 5322 4.5).
pub(super) fn field(line: &[u8]) -> Option<(&[u8], &[u8])> {
    /// Longer words before a colon are no names.
    const LONGEST_NAME: usize = 100;
    let colon = memchr::memchr(b':', &line[..line.len().min(LONGEST_NAME)])?;
    let name = line[..colon].trim_ascii_end();
    let is_name = !name.is_empty() && name.iter().all(|byte| matches!(byte, b'!'..=b'~'));
    is_name.then_some((name, &line[colon + 1..]))
}

/// Whether a text begins with two lines of a header, one of them telling.
pub(super) fn looks_like_header(text: &[u8]) -> bool {
    let (first, next) = line(text, 0);
    let Some((name, _)) = field(first) else { return false };
    let (second, _) = line(text, next);
    let second_name = field(second).map(|(name, _)| name);
    let continues = second.starts_with(b" ") || second.starts_with(b"\t");
    (is_telling(name) || second_name.is_some_and(is_telling)) && (continues || second_name.is_some())
}

fn is_telling(name: &[u8]) -> bool {
    TELLING.iter().any(|telling| name.eq_ignore_ascii_case(telling.as_bytes()))
}

/// Whether a line among fields may be one that lost its indentation, and not the beginning of the text.
fn is_stray(line: &[u8]) -> bool {
    const LONGEST: usize = 1000;
    line.len() <= LONGEST
}
