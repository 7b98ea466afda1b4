//! Bytes as text that a reader of XML can go through.

use std::borrow::Cow;

use super::{GROWTH, LONGEST, repair};
use feedmill_markup as markup;

/// Why a document cannot be read, or not to its end: what was expected, and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::parse) struct Trouble {
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub found: String,
}

impl Trouble {
    pub(super) fn new(expected: impl Into<String>, found: impl Into<String>) -> Self {
        Trouble { expected: expected.into(), found: found.into() }
    }

    fn too_long() -> Self {
        Self::new(format!("at most {} MiB", LONGEST >> 20), "more")
    }
}

/// The text of a document, repaired (see [`well_formed`]).
///
/// The encoding is that of a byte order mark, or UTF-16 or UTF-32 by their looks; then UTF-8 where the bytes are
/// valid, whatever is declared; then the one that the server declared, or the XML declaration; at last it is guessed,
/// down to windows-1252.
pub(in crate::parse) fn text(bytes: Vec<u8>, charset: Option<&str>) -> Result<String, Trouble> {
    if bytes.len() > LONGEST {
        return Err(Trouble::too_long());
    }
    let binary = || Trouble::new("XML", "binary data");
    let text = match wide(&bytes) {
        Some(text) => text,
        None => {
            let declared = charset.map(str::to_owned).or_else(|| declared(&bytes));
            // A mark, the zeros of UTF-16, and the escapes of ISO-2022 are valid UTF-8 too.
            let is_marked = bytes.starts_with(b"\xef\xbb\xbf");
            let is_other = bytes.contains(&0) || declared.is_some() && bytes.contains(&0x1b);
            let is_plain_utf8 = !is_marked && !is_other;
            match String::from_utf8(bytes) {
                // The usual case: nothing is copied.
                Ok(text) if is_plain_utf8 => text,
                Ok(text) => decoded(text.into_bytes(), declared.as_deref()).ok_or_else(binary)?,
                Err(err) => decoded(err.into_bytes(), declared.as_deref()).ok_or_else(binary)?,
            }
        }
    };
    well_formed(text)
}

/// The bytes as text, whatever controls stand among them, so long as a document begins with them.
fn decoded(mut bytes: Vec<u8>, declared: Option<&str>) -> Option<String> {
    if let Some(text) = markup::decode(&bytes, declared) {
        return Some(text);
    }
    // UTF-16 that was cut inside a character.
    if bytes.len() % 2 == 1
        && bytes.contains(&0)
        && let Some(text) = markup::decode(&bytes[..bytes.len() - 1], declared)
    {
        return Some(text);
    }
    let first = bytes.iter().find(|byte| **byte > b' ' && !matches!(byte, 0xef | 0xbb | 0xbf));
    if first != Some(&b'<') {
        return None;
    }
    // XML knows none of these (section 2.2), and a document of nothing else is beyond repair.
    let before = bytes.len();
    bytes.retain(|byte| !matches!(byte, 0..=8 | 0x0b | 0x0c | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f));
    if bytes.len() < before / 2 {
        return None;
    }
    markup::decode(&bytes, declared)
}

/// The text as well-formed as its reader needs it: XML declaration, processing instructions, comments and the
/// document type with its internal subset are gone, and so are characters that XML forbids; a bare `&` is written
/// out, and references by the names of HTML are resolved; a `<` that begins no tag is text.
pub(in crate::parse) fn well_formed(text: String) -> Result<String, Trouble> {
    if text.len() > LONGEST + GROWTH {
        return Err(Trouble::too_long());
    }
    let text = match text.contains(is_c1) {
        true => text.chars().map(meant).collect(),
        false => text,
    };
    let text = match markup::legal(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(legal) => legal,
    };
    repair::repair(&text, LONGEST + GROWTH).ok_or_else(Trouble::too_long)
}

/// Controls that no text has.
fn is_c1(c: char) -> bool {
    ('\u{80}'..='\u{9f}').contains(&c)
}

/// What was meant by a control: its byte in windows-1252, which somebody took for Latin-1.
pub(super) fn meant(c: char) -> char {
    if !is_c1(c) {
        return c;
    }
    let text = markup::decode(&[c as u8], Some("windows-1252"));
    text.and_then(|text| text.chars().next()).unwrap_or(c)
}

/// UTF-32 without a mark, which begins with `<`.
fn wide(bytes: &[u8]) -> Option<String> {
    let read: fn([u8; 4]) -> u32 = match bytes.get(..8)? {
        [0, 0, 0, b'<', 0, ..] => u32::from_be_bytes,
        [b'<', 0, 0, 0, .., 0] => u32::from_le_bytes,
        _ => return None,
    };
    let units = bytes.chunks_exact(4).map(|unit| read([unit[0], unit[1], unit[2], unit[3]]));
    Some(units.map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

/// The encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    const LONGEST: usize = 400;
    /// Comments and blank lines may stand above the declaration, although they must not.
    const NEAR: usize = 4 << 10;
    let at = memchr::memmem::find(&bytes[..bytes.len().min(NEAR)], b"<?xml ")?;
    let head = &bytes[at..bytes.len().min(at + LONGEST)];
    let end = memchr::memchr(b'>', head)?;
    let declaration = String::from_utf8_lossy(&head[..end]);
    let (_, rest) = declaration.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (name, _) = rest[1..].split_once(quote)?;
    Some(name.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], charset: Option<&str>) -> String {
        text(bytes.to_vec(), charset).unwrap()
    }

    #[test]
    fn the_encoding_is_found() {
        let latin = b"<?xml version='1.0' encoding='iso-8859-1'?><a>caf\xe9</a>";
        assert_eq!(read(latin, None), "<a>café</a>");
        assert_eq!(read(b"<?xml version='1.0' encoding='utf-8'?><a>caf\xe9 \x93x\x94</a>", None), "<a>café “x”</a>");
        assert_eq!(read("<?xml version='1.0' encoding='iso-8859-1'?><a>café</a>".as_bytes(), None), "<a>café</a>");
        assert_eq!(read(b"<?xml encoding = \"koi8-r\"?><a>\xf0\xcf\xd2\xd4</a>", None), "<a>Порт</a>");
        assert_eq!(read(b"<?xml encoding='utf-8'?><a>\xcf\xee\xf0\xf2</a>", Some("windows-1251")), "<a>Порт</a>");
        assert_eq!(read(b"<?xml encoding='iso-2022-jp'?><a>\x1b$B9A\x1b(B</a>", None), "<a>港</a>");
        let wide = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "<a>Порт é</a>".encode_utf16().flat_map(to_bytes).collect()
        };
        assert_eq!(read(&wide(u16::to_le_bytes), None), "<a>Порт é</a>");
        assert_eq!(read(&wide(u16::to_be_bytes), None), "<a>Порт é</a>");
        let wider: Vec<u8> = "<a>é</a>".chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        assert_eq!(read(&wider, None), "<a>é</a>");
        assert_eq!(read(b"\xef\xbb\xbf<a/>", None), "<a/>");
    }

    #[test]
    fn controls_are_what_they_were_meant_to_be() {
        assert_eq!(well_formed("<a>don\u{92}t \u{93}&#146;\u{81}</a>".into()).unwrap(), "<a>don’t “’</a>");
    }

    #[test]
    fn what_is_too_long_or_no_text_is_refused() {
        assert!(text(vec![b' '; LONGEST + 1], None).is_err());
        // Each of these would become five bytes.
        assert_eq!(text(vec![b'&'; LONGEST], None).unwrap_err().expected, "at most 32 MiB");
        assert_eq!(text(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), None).unwrap_err().found, "binary data");
    }
}
