//! Content transfer encodings (RFC 2045 section 6), read as far as they hold.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode_char;

/// What base64 gave.
pub(super) struct Decoded<'a> {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What follows the encoded lines: list managers append their footer as plain text.
    pub rest: &'a [u8],
}

/// The bytes of a part whose transfer encoding is `encoding`.
pub(super) fn decode(raw: &[u8], encoding: &str) -> Vec<u8> {
    match encoding.trim().trim_matches(['"', ';']).to_ascii_lowercase().as_str() {
        "base64" | "b" => {
            let Decoded { mut bytes, rest } = base64(raw);
            if bytes.is_empty() {
                return raw.to_vec();
            }
            if !rest.trim_ascii().is_empty() {
                bytes.push(b'\n');
                bytes.extend_from_slice(rest);
            }
            bytes
        }
        "quoted-printable" | "quoted-printabel" | "quoted printable" | "q" => quoted_printable(raw),
        "x-uuencode" | "uuencode" | "x-uue" | "uue" => uuencoded(raw).map_or_else(|| raw.to_vec(), |file| file.bytes),
        _ => raw.to_vec(),
    }
}

/// Base64 up to the first line that is none.
pub(super) fn base64(raw: &[u8]) -> Decoded<'_> {
    if let Some(bytes) = base64_decode(raw) {
        return Decoded { bytes, rest: &[] };
    }
    let is_base64 =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'\r' | b' ' | b'\t');
    let mut end = 0;
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        // A footer may begin with a line of one word; a line with a blank inside is no base64 either.
        if !text.iter().all(is_base64) || text.trim_ascii().contains(&b' ') {
            break;
        }
        end += line.len();
    }
    let (encoded, rest) = raw.split_at(end);
    Decoded { bytes: base64_decode(encoded).unwrap_or_default(), rest }
}

/// Quoted-printable; a `=` that encodes nothing stands for itself.
pub(super) fn quoted_printable(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        let (text, end) = match line.strip_suffix(b"\n") {
            Some(text) => (text.strip_suffix(b"\r").unwrap_or(text).trim_ascii_end(), &b"\n"[..]),
            None => (line, &b""[..]),
        };
        let (text, end) = match text.strip_suffix(b"=") {
            Some(text) => (text, &b""[..]),
            None => (text, end),
        };
        push_unquoted(text, &mut out);
        out.extend_from_slice(end);
    }
    out
}

/// The bytes of an encoded word in the Q encoding (RFC 2047 section 4.2).
pub(super) fn quoted_word(text: &[u8]) -> Vec<u8> {
    let blanks: Vec<u8> = text
        .iter()
        .filter(|byte| !matches!(byte, b'\r' | b'\n'))
        .map(|byte| if *byte == b'_' { b' ' } else { *byte })
        .collect();
    let mut out = Vec::with_capacity(text.len());
    push_unquoted(&blanks, &mut out);
    out
}

fn push_unquoted(text: &[u8], out: &mut Vec<u8>) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'=', rest) {
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        let code = rest.get(..2).and_then(|pair| quoted_printable_decode_char(pair[0], pair[1]));
        match code {
            Some(byte) => {
                out.push(byte);
                rest = &rest[2..];
            }
            None => out.push(b'='),
        }
    }
    out.extend_from_slice(rest);
}

/// A file in uuencode inside a text.
pub(super) struct Uuencoded<'a> {
    /// Its name.
    pub name: &'a [u8],
    /// Its content.
    pub bytes: Vec<u8>,
    /// Where it begins and ends in the text.
    pub span: std::ops::Range<usize>,
}

/// The first file in uuencode in a text: `begin 644 name`, lines, `end`.
pub(super) fn uuencoded(text: &[u8]) -> Option<Uuencoded<'_>> {
    let mut from = 0;
    loop {
        let start = from + memchr::memmem::find(&text[from..], b"begin ")?;
        from = start + 1;
        let at_line = start == 0 || text[start - 1] == b'\n';
        let (first, mut at) = super::fields::line(text, start);
        let mut words = first.splitn(3, |byte| *byte == b' ').skip(1);
        let mode = words.next().filter(|mode| (3..=4).contains(&mode.len()) && mode.iter().all(u8::is_ascii_digit));
        let (Some(_), Some(name), true) = (mode, words.next(), at_line) else { continue };
        let mut bytes = Vec::new();
        let mut lines = 0;
        while at < text.len() {
            let (line, next) = super::fields::line(text, at);
            if line == b"end" {
                if lines > 0 {
                    return Some(Uuencoded { name: name.trim_ascii(), bytes, span: start..next });
                }
                break;
            }
            if !push_uu(line, &mut bytes) {
                break;
            }
            (at, lines) = (next, lines + 1);
        }
        // What was looked at once is not looked at again.
        from = from.max(at);
    }
}

/// Decodes a line of uuencode; `false` where it is none.
fn push_uu(line: &[u8], out: &mut Vec<u8>) -> bool {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let value = |byte: u8| (b' '..=b'`').contains(&byte).then(|| (byte - b' ') & 63);
    let Some(length) = line.first().copied().and_then(value).map(usize::from) else { return line.is_empty() };
    let digits = &line[1..];
    let groups = length.div_ceil(3);
    // Blanks at the end of a line are lost at times, and a check sum may follow.
    if digits.len() > groups * 4 + 2 || digits.iter().any(|byte| value(*byte).is_none()) {
        return false;
    }
    let digit = |at: usize| digits.get(at).copied().and_then(value).unwrap_or(0);
    let start = out.len();
    for group in 0..groups {
        let [a, b, c, d] = [0, 1, 2, 3].map(|at| digit(group * 4 + at));
        out.extend([a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]);
    }
    out.truncate(start + length);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_read_as_far_as_they_hold() {
        for (encoding, given, expected) in [
            ("base64", "SGVsbG8s\r\nd29ybGQ=\r\n", "Hello,world"),
            ("BASE64", "SGVsbG8s\n_____________\nFerry mailing list\n", "Hello,\n_____________\nFerry mailing list\n"),
            ("base64", "Not base64 at all, whatever they say", "Not base64 at all, whatever they say"),
            ("base64", "SGVsbG8", "Hello"),
            ("quoted-printable", "a=3Db=\r\nc =\n d  \r\ne", "a=bc  d\ne"),
            ("quoted-printable", "100% = all, =ZZ =4", "100% = all, =ZZ =4"),
            ("quoted-printable", "soft=", "soft"),
            ("7bit", "a=3D", "a=3D"),
            ("x-unknown", "as it is", "as it is"),
            ("x-uuencode", "begin 644 a.txt\n#0V%T\n`\nend\n", "Cat"),
        ] {
            assert_eq!(String::from_utf8(decode(given.as_bytes(), encoding)).unwrap(), expected, "{encoding} {given}");
        }
    }

    #[test]
    fn a_file_in_uuencode_is_found_in_a_text() {
        let text = b"See below\nbegin the day\nbegin 644 cat.txt\n#0V%T\n`\nend\nBye\n";
        let found = uuencoded(text).unwrap();
        assert_eq!((found.name, &found.bytes[..]), (&b"cat.txt"[..], &b"Cat"[..]));
        assert_eq!(&text[found.span.end..], b"Bye\n");
        assert!(uuencoded(b"begin 644 x\nlower case is no uuencode\nend\n").is_none());
        assert!(uuencoded(&b"begin 644 x\n".repeat(1 << 14)).is_none());
    }
}
