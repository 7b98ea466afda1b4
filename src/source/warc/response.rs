//! What a server answered: status, headers, and the body without the codings of its way.

use std::borrow::Cow;
use std::io::Read;

use super::head::{end_of_head, fields};
use crate::source::MAX_WHOLE;

/// Status and headers of an answer.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    /// The status; `None` where there is no status line, and thus no header.
    pub status: Option<u16>,
    pub media_type: Option<String>,
    pub charset: Option<String>,
    /// `Content-Type` as written.
    pub content_type: Option<String>,
    pub last_modified: Option<String>,
    codings: Vec<String>,
    is_chunked: bool,
    body_at: usize,
}

/// A longer header is none.
pub(super) const LONGEST_HEADER: usize = 256 << 10;

impl Answer {
    /// Reads the head of an answer. Bytes without a status line are all body.
    pub fn read(bytes: &[u8]) -> Answer {
        if !bytes.get(..5).is_some_and(|start| start.eq_ignore_ascii_case(b"HTTP/")) {
            return Answer::default();
        }
        let bytes = &bytes[..bytes.len().min(LONGEST_HEADER)];
        let body_at = end_of_head(bytes).map_or_else(|| unparted(bytes), |end| end.min(unparted(bytes)));
        let head = &bytes[..body_at];
        let first = memchr::memchr(b'\n', head).unwrap_or(head.len());
        let status = String::from_utf8_lossy(&head[..first]);
        let fields = fields(head.get(first + 1..).unwrap_or_default());
        let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let content_type = field("content-type").filter(|value| !value.is_empty());
        let (media_type, charset) = content_type.map_or((None, None), typed);
        Answer {
            status: Some(status.split_whitespace().nth(1).and_then(|code| code.parse().ok()).unwrap_or(0)),
            media_type,
            charset,
            content_type: content_type.map(str::to_owned),
            last_modified: field("last-modified").map(str::to_owned),
            codings: list(field("content-encoding")),
            is_chunked: list(field("transfer-encoding")).iter().any(|coding| coding == "chunked"),
            body_at,
        }
    }

    /// Where the body begins.
    pub fn body_at(&self) -> usize {
        self.body_at
    }

    /// The body as the server meant it, and what is wrong with it. Codings that were declared, and are not there, are
    /// none; what can be decoded of a damaged body is the body.
    ///
    /// # Errors
    /// What is in the way, in words: a coding that nothing here knows, or more than [`MAX_WHOLE`].
    pub fn body<'b>(&self, content: &'b [u8]) -> Result<(Cow<'b, [u8]>, Option<&'static str>), String> {
        let raw = content.get(self.body_at..).unwrap_or_default();
        let mut damage = None;
        let mut body = match self.is_chunked {
            true => unchunked(raw, &mut damage),
            false => Cow::Borrowed(raw),
        };
        for coding in self.codings.iter().rev().take(MOST_CODINGS) {
            if let Some(decoded) = decoded(coding, &body, &mut damage)? {
                body = Cow::Owned(decoded);
            }
        }
        match body.len() as u64 > MAX_WHOLE {
            true => Err(format!("more than {} MiB", MAX_WHOLE >> 20)),
            false => Ok((body, damage)),
        }
    }
}

/// Servers use one, and proxies may add another.
const MOST_CODINGS: usize = 3;

/// The end of a header that no blank line parts from its body: before the first line that is no field.
fn unparted(bytes: &[u8]) -> usize {
    let mut at = 0;
    for (number, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let begins_body = line.trim_ascii_start().starts_with(b"<");
        if number > 0 && begins_body {
            return at;
        }
        at += line.len();
    }
    at
}

/// The media type in lower case and the charset of a `Content-Type`.
pub(super) fn typed(value: &str) -> (Option<String>, Option<String>) {
    let mut parts = value.split(';');
    let media_type = parts.next().map(|word| word.split(',').next().unwrap_or(word).trim().to_ascii_lowercase());
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']).trim();
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    });
    (media_type.filter(|word| word.contains('/')), charset)
}

fn list(value: Option<&str>) -> Vec<String> {
    let words = value.unwrap_or_default().split(',').map(|word| word.trim().to_ascii_lowercase());
    words.filter(|word| !word.is_empty() && word != "identity").collect()
}

/// The chunks put together (RFC 9112 section 7.1). Where a size is wrong, what follows stays as it is.
fn unchunked<'b>(raw: &'b [u8], damage: &mut Option<&'static str>) -> Cow<'b, [u8]> {
    let Some((size, mut at)) = chunk_size(raw) else { return Cow::Borrowed(raw) };
    // Many programs undo the chunks and leave the header. A text that begins with a hexadecimal word by chance has no
    // line end where the chunk would end.
    let first_ends = at.checked_add(size).and_then(|end| raw.get(end..));
    if first_ends.is_some_and(|behind| !behind.is_empty() && !behind.starts_with(b"\r") && !behind.starts_with(b"\n")) {
        return Cow::Borrowed(raw);
    }
    let mut size = size;
    let mut body = Vec::with_capacity(raw.len());
    loop {
        if size == 0 {
            return Cow::Owned(body);
        }
        let end = at.saturating_add(size).min(raw.len());
        body.extend_from_slice(&raw[at..end]);
        if end - at < size || end == raw.len() {
            *damage = Some("the last chunk is missing");
            return Cow::Owned(body);
        }
        let rest = &raw[end..];
        let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        let rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        match chunk_size(rest) {
            Some((next, used)) => {
                at = raw.len() - rest.len() + used;
                size = next;
            }
            None => {
                if !rest.is_empty() {
                    *damage = Some("a chunk has a wrong size");
                }
                body.extend_from_slice(rest);
                return Cow::Owned(body);
            }
        }
    }
}

/// The size on the line that begins a chunk, and the length of the line.
fn chunk_size(bytes: &[u8]) -> Option<(usize, usize)> {
    const LONGEST: usize = 200;
    let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(LONGEST)])?;
    let line = std::str::from_utf8(&bytes[..end]).ok()?;
    let digits = line.split(';').next()?.trim();
    (digits.len() <= 8).then(|| usize::from_str_radix(digits, 16).ok()).flatten().map(|size| (size, end + 1))
}

/// The bytes without the coding; `None` where they do not have it.
fn decoded(coding: &str, bytes: &[u8], damage: &mut Option<&'static str>) -> Result<Option<Vec<u8>>, String> {
    /// Longer distances would take more memory than a page is allowed to.
    const ZSTD_WINDOW_LOG: u32 = 26;
    let mut take = |reader: &mut dyn Read| {
        let mut out = Vec::new();
        let ended = reader.take(MAX_WHOLE + 1).read_to_end(&mut out);
        if ended.is_err() {
            *damage = Some("its compressed form is damaged or cut");
        }
        out
    };
    match coding {
        "gzip" | "x-gzip" if bytes.starts_with(b"\x1f\x8b") => {
            Ok(Some(take(&mut flate2::read::MultiGzDecoder::new(bytes))))
        }
        "gzip" | "x-gzip" => Ok(None),
        "deflate" => {
            // RFC 9110 means zlib by it, some servers bare deflate.
            let is_zlib =
                bytes.len() >= 2 && bytes[0] & 0x0f == 8 && u16::from_be_bytes([bytes[0], bytes[1]]).is_multiple_of(31);
            if is_zlib {
                return Ok(Some(take(&mut flate2::read::ZlibDecoder::new(bytes))));
            }
            let mut out = Vec::new();
            let whole = flate2::read::DeflateDecoder::new(bytes).take(MAX_WHOLE + 1).read_to_end(&mut out);
            Ok((whole.is_ok() && !out.is_empty()).then_some(out))
        }
        "zstd" if bytes.starts_with(b"\x28\xb5\x2f\xfd") => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(bytes).map_err(|err| err.to_string())?;
            decoder.window_log_max(ZSTD_WINDOW_LOG).map_err(|err| err.to_string())?;
            Ok(Some(take(&mut decoder)))
        }
        "zstd" => Ok(None),
        // Undone long ago, where the text is there to be read.
        _ if bytes.trim_ascii_start().starts_with(b"<") || bytes.trim_ascii_start().starts_with(b"{") => Ok(None),
        other => Err(format!("the coding {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn body(head: &str, body: &[u8]) -> Result<(String, Option<&'static str>), String> {
        let content = [head.as_bytes(), body].concat();
        let answer = Answer::read(&content);
        answer.body(&content).map(|(body, damage)| (String::from_utf8_lossy(&body).into_owned(), damage))
    }

    const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    #[test]
    fn heads_as_servers_write_them() {
        let answer = Answer::read(
            b"HTTP/1.0 203\nContent-type:Text/HTML;  Charset=\"utf-8\"\nX\nLast-Modified: Mon,\n\t6 Jul\n\nx",
        );
        assert_eq!((answer.status, answer.media_type.as_deref()), (Some(203), Some("text/html")));
        assert_eq!((answer.charset.as_deref(), answer.last_modified.as_deref()), (Some("utf-8"), Some("Mon, 6 Jul")));
        assert_eq!(body("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n", b"all of it").unwrap().0, "all of it");
        assert_eq!(body("HTTP/1.1 200 OK\r\nA: b\r\n<html>\n\n", b"x").unwrap().0, "<html>\n\nx");
        assert_eq!(body("<p>no head</p>\n\n", b"x").unwrap().0, "<p>no head</p>\n\nx");
        assert_eq!(Answer::read(b"HTTP/1.1 two hundred").status, Some(0));
    }

    #[test]
    fn chunks_right_and_wrong() {
        assert_eq!(body(CHUNKED, b"4\r\nHarb\r\n3;x=y\r\nour\r\n0\r\nA: b\r\n\r\n").unwrap(), ("Harbour".into(), None));
        assert_eq!(body(CHUNKED, b"<p>Harbour</p>").unwrap(), ("<p>Harbour</p>".into(), None));
        assert_eq!(body(CHUNKED, b"add\nthe ferry").unwrap().0, "the ferry");
        assert_eq!(body(CHUNKED, b"3\nthe ferry").unwrap(), ("3\nthe ferry".into(), None));
        assert_eq!(
            body(CHUNKED, b"4\r\nHarb\r\nff\r\nour").unwrap(),
            ("Harbour".into(), Some("the last chunk is missing"))
        );
        assert_eq!(body(CHUNKED, b"4\r\nHarb\r\nour").unwrap(), ("Harbour".into(), Some("a chunk has a wrong size")));
        assert_eq!(body(CHUNKED, b"").unwrap().0, "");
    }

    #[test]
    fn codings_declared_or_not_there() {
        let text = "The ferry sails again. ".repeat(50);
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gz.write_all(text.as_bytes()).unwrap();
        let gz = gz.finish().unwrap();
        let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        raw.write_all(text.as_bytes()).unwrap();
        let raw = raw.finish().unwrap();
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        zlib.write_all(text.as_bytes()).unwrap();
        let zlib = zlib.finish().unwrap();
        let zst = zstd::encode_all(text.as_bytes(), 1).unwrap();
        let with = |coding: &str| format!("HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n");
        for (coding, bytes) in [("gzip", &gz), ("X-GZIP", &gz), ("deflate", &raw), ("deflate", &zlib), ("zstd", &zst)] {
            assert_eq!(body(&with(coding), bytes).unwrap(), (text.clone(), None), "{coding}");
            let cut = body(&with(coding), &bytes[..bytes.len() - 9]).unwrap();
            assert!(coding == "deflate" || cut.1.is_some(), "{coding}");
        }
        let twice = zstd::encode_all(&gz[..], 1).unwrap();
        assert_eq!(body(&with("gzip, zstd"), &twice).unwrap().0, text);
        assert_eq!(body(&with("gzip"), b"<p>plain</p>").unwrap(), ("<p>plain</p>".into(), None));
        assert_eq!(body(&with("br"), b"<p>plain</p>").unwrap(), ("<p>plain</p>".into(), None));
        assert_eq!(body(&with("br"), b"\x0b\x02\x80").unwrap_err(), "the coding br");
    }

    #[test]
    fn bombs_are_refused() {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        let zeros = vec![0; 1 << 20];
        for _ in 0..(MAX_WHOLE >> 20) + 1 {
            gz.write_all(&zeros).unwrap();
        }
        let gz = gz.finish().unwrap();
        assert_eq!(body("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", &gz).unwrap_err(), "more than 64 MiB");
    }
}
