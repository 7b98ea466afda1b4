//! Encoded words (RFC 2047), and text in whatever character set it is in.

use mail_parser::decoders::charsets::map::charset_decoder;

use super::transfer;
use feedmill_markup as markup;

/// A piece of a field.
enum Piece<'a> {
    /// Text as it stands.
    Raw(&'a [u8]),
    /// The bytes of an encoded word, and their character set.
    Word { charset: &'a [u8], bytes: Vec<u8> },
}

/// The text of a field: folded lines as one, encoded words decoded, raw 8-bit text in `charset` if it is no UTF-8.
///
/// Words that follow each other belong together: their bytes are joined before they are decoded, since many programs
/// cut in the middle of a character. Words inside quotes or without blanks around them are decoded too.
pub(super) fn decode(value: &[u8], charset: Option<&str>) -> String {
    if !value.contains(&b'=') {
        return unfolded(value, charset);
    }
    let mut text = String::with_capacity(value.len());
    let mut pending: Option<(&[u8], Vec<u8>)> = None;
    let flush = |pending: &mut Option<(&[u8], Vec<u8>)>, text: &mut String| {
        if let Some((charset, bytes)) = pending.take() {
            text.push_str(&in_charset(&bytes, std::str::from_utf8(charset).ok()));
        }
    };
    let mut rest = value;
    while !rest.is_empty() {
        let (piece, used) = next(rest);
        rest = &rest[used..];
        match piece {
            Piece::Word { charset, bytes } => match &mut pending {
                Some((known, before)) if known.eq_ignore_ascii_case(charset) => before.extend(bytes),
                _ => {
                    flush(&mut pending, &mut text);
                    pending = Some((charset, bytes));
                }
            },
            // Blanks between words are there only to part them.
            Piece::Raw(raw) if pending.is_some() && raw.trim_ascii().is_empty() && !rest.is_empty() => {}
            Piece::Raw(raw) => {
                flush(&mut pending, &mut text);
                text.push_str(&unfolded(raw, charset));
            }
        }
    }
    flush(&mut pending, &mut text);
    text
}

/// Bytes as text in the character set that they are said to be in, if they can be; else in the one they look like.
pub(super) fn in_charset(bytes: &[u8], charset: Option<&str>) -> String {
    // RFC 2231 section 5 puts a language behind the character set.
    let label = charset.map(|label| label.split('*').next().unwrap_or(label).trim().trim_matches('"'));
    let is = |names: &[&str]| label.is_some_and(|label| names.iter().any(|name| label.eq_ignore_ascii_case(name)));
    if bytes.is_ascii() && !bytes.contains(&0x1b) && !is(&["utf-7", "unicode-1-1-utf-7", "hz-gb-2312"]) {
        // The commonest case; UTF-16 has zeros in it.
        if !bytes.contains(&0) {
            return String::from_utf8_lossy(bytes).into_owned();
        }
    }
    // A NUL here and there is damage, and would make UTF-16 of a short text.
    let is_wide = || {
        is(&["utf-16", "utf-16le", "utf-16be", "utf-32"])
            || bytes.starts_with(b"\xff\xfe")
            || bytes.starts_with(b"\xfe\xff")
    };
    let nuls = bytes.iter().filter(|byte| **byte == 0).count();
    if nuls > 0 && nuls * 3 < bytes.len() && !is_wide() {
        let bytes: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
        return in_charset(&bytes, charset);
    }
    // Sets that are unknown on the web, and so to the reader of encodings.
    if is(&["utf-7", "unicode-1-1-utf-7", "ibm850", "cp850", "cp-850"])
        && let Some(decode) = label.and_then(|label| charset_decoder(label.as_bytes()))
    {
        return decode(bytes);
    }
    let plain = |label: &&str| !matches!(label.to_ascii_lowercase().as_str(), "us-ascii" | "ascii");
    if let Some(text) = markup::decode(bytes, label.filter(plain)) {
        return text;
    }
    // Not text by its looks, but a sender said that it is: what can be read of it is kept.
    let bytes: Vec<u8> = bytes.iter().copied().filter(|byte| !matches!(byte, 0..=8 | 0x0e..=0x1a)).collect();
    markup::decode(&bytes, label.filter(plain)).unwrap_or_else(|| String::from_utf8_lossy(&bytes).into_owned())
}

/// Raw text of a field on one line.
fn unfolded(raw: &[u8], charset: Option<&str>) -> String {
    let text = in_charset(raw, charset);
    if text.contains(['\r', '\n']) { text.replace("\r\n", "").replace(['\r', '\n'], "") } else { text }
}

/// The piece at the start of a value, and its length.
fn next(value: &[u8]) -> (Piece<'_>, usize) {
    if let Some(found) = word(value) {
        return found;
    }
    let mut from = 1;
    while let Some(at) = memchr::memmem::find(&value[from.min(value.len())..], b"=?") {
        let at = from + at;
        if word(&value[at..]).is_some() {
            return (Piece::Raw(&value[..at]), at);
        }
        from = at + 1;
    }
    (Piece::Raw(value), value.len())
}

/// `=?charset?Q?text?=` at the start of a value, and its length.
fn word(value: &[u8]) -> Option<(Piece<'_>, usize)> {
    /// Longer names of character sets are none; a search without end for each mark would take quadratic time.
    const LONGEST_CHARSET: usize = 60;
    /// The standard allows 75; some programs write a whole subject as one word.
    const LONGEST_WORD: usize = 2 << 10;
    let inner = value.strip_prefix(b"=?")?;
    let charset_end = memchr::memchr(b'?', &inner[..inner.len().min(LONGEST_CHARSET)])?;
    let charset = &inner[..charset_end];
    let encoding = *inner.get(charset_end + 1)?;
    if inner.get(charset_end + 2) != Some(&b'?') || charset.is_empty() || !charset.iter().all(u8::is_ascii_graphic) {
        return None;
    }
    let start = charset_end + 3;
    let window = &inner[start..inner.len().min(start + LONGEST_WORD)];
    let length = memchr::memmem::find(window, b"?=")?;
    let text = &window[..length];
    let bytes = match encoding {
        b'q' | b'Q' => transfer::quoted_word(text),
        b'b' | b'B' => transfer::base64(text).bytes,
        _ => return None,
    };
    Some((Piece::Word { charset, bytes }, 2 + start + length + 2))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn words_are_decoded_as_they_are_met() {
        for (given, expected) in [
            ("plain", "plain"),
            ("=?utf-8?Q?F=C3=A4hre_f=C3=A4hrt?=", "Fähre fährt"),
            ("=?UTF-8?B?RsOkaHJl?=", "Fähre"),
            ("Re: =?iso-8859-1?q?F=E4hre?= today", "Re: Fähre today"),
            ("=?utf-8?Q?Fa?= =?utf-8?Q?hre?=", "Fahre"),
            ("=?utf-8?Q?F=C3?=\r\n =?utf-8?Q?=A4hre?=", "Fähre"),
            ("=?utf-8?B?RsM=?= =?utf-8?B?pGhyZQ==?=", "Fähre"),
            ("=?koi8-r?B?8MHSz80=?= =?utf-8?Q?_=C3=A4?=", "Паром ä"),
            ("\"=?utf-8?Q?J=C3=B6rg?=\"", "\"Jörg\""),
            ("a=?utf-8?Q?=C3=A4?=b", "aäb"),
            ("=?iso-8859-1*de?Q?F=E4hre?=", "Fähre"),
            ("=?iso-2022-jp?B?GyRCJUYlOSVIGyhC?=", "テスト"),
            ("=?utf-7?Q?F+AOQ-hre?=", "Fähre"),
            ("=?utf-8?Q?two words?=", "two words"),
            ("=?utf-8?X?broken?= and =? more", "=?utf-8?X?broken?= and =? more"),
            ("a\r\n b\r\n\tc", "a b\tc"),
            ("1 + 1 = 2 =?", "1 + 1 = 2 =?"),
        ] {
            assert_eq!(decode(given.as_bytes(), None), expected, "{given}");
        }
        assert_eq!(decode(b"F\xe4hre", Some("iso-8859-1")), "Fähre");
        assert_eq!(decode(b"F\xc3\xa4hre", Some("iso-8859-1")), "Fähre", "UTF-8 is recognised whatever is said");
        assert_eq!(decode(b"\xf0\xc1\xd2\xcf\xcd", Some("koi8-r")), "Паром");
    }

    #[test]
    fn hostile_fields_take_no_time() {
        let flood = b"=?".repeat(1 << 16);
        assert_eq!(decode(&flood, None).len(), flood.len());
        let open = b"=?utf-8?Q?".repeat(1 << 12);
        assert!(decode(&open, None).len() <= open.len());
    }
}
