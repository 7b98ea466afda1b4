//! Bytes as text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// As many bytes are looked at to tell text from other things, and to guess an encoding.
const SAMPLE: usize = 64 * 1024;
/// Beginnings of files that are not text although much of them may look like it.
const MAGIC: &[&[u8]] = &[
    b"%PDF-",
    b"\x89PNG",
    b"\xFF\xD8\xFF",
    b"GIF87a",
    b"GIF89a",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1F\x8B",
    b"BZh",
    b"\xFD7zXZ\0",
    b"7z\xBC\xAF\x27\x1C",
    b"\x28\xB5\x2F\xFD",
    b"Rar!\x1A\x07",
    b"\x7FELF",
    b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
    b"SQLite format 3\0",
    b"OggS",
    b"ID3",
    b"fLaC",
    b"RIFF",
    b"wOFF",
    b"wOF2",
    b"\0asm",
    b"\xCA\xFE\xBA\xBE",
    b"MZ\x90",
    b"II*\0",
    b"MM\0*",
    b"!<arch>\n",
    b"\x00\x00\x01\x00",
];

/// The bytes as text, without a byte order mark; `None` when they are not text.
///
/// Tried in this order: a byte order mark (UTF-8, UTF-16, UTF-32); the look of UTF-16 without a mark; UTF-8, where the bytes are valid, whatever is declared; the `declared` character set (a label as in HTTP or
/// in an XML declaration); a guess from the bytes, which falls back to windows-1252. Malformed sequences become
/// U+FFFD. Line ends and control characters stay as they are: see [`legal`](super::legal).
///
/// Bytes are not text when they begin like a well-known binary format, hold NUL bytes that no encoding explains, or
/// more than a few control characters.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Option<String> {
    if let Some(text) = decode_marked(bytes) {
        return text;
    }
    if MAGIC.iter().any(|magic| bytes.starts_with(magic)) {
        return None;
    }
    if let Some(encoding) = sniff_utf16(bytes) {
        return decode_as(encoding, bytes);
    }
    if is_binary(bytes) {
        return None;
    }
    // ISO-2022 and HZ are ASCII to look at, so that only a declaration tells.
    let declared = declared.and_then(|label| Encoding::for_label_no_replacement(label.trim().as_bytes()));
    if let Some(encoding) = declared.filter(|encoding| !encoding.is_ascii_compatible() && bytes.contains(&0x1B)) {
        return decode_as(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    if is_cut_utf8(bytes) {
        return decode_as(UTF_8, bytes);
    }
    // A declaration of UTF-8 has just been proved wrong, and of UTF-16 before.
    let is_possible =
        |encoding: &&'static Encoding| *encoding != UTF_8 && encoding.is_ascii_compatible() && fits(encoding, bytes);
    decode_as(declared.filter(is_possible).unwrap_or_else(|| guess(bytes)), bytes)
}

/// The name of the encoding that a label means (Encoding Standard section 4.2): `windows-1252` for `latin1`.
pub fn encoding_name(label: &str) -> Option<&'static str> {
    Encoding::for_label_no_replacement(label.trim().as_bytes()).map(Encoding::name)
}

/// The text after a byte order mark; `None` without one.
fn decode_marked(bytes: &[u8]) -> Option<Option<String>> {
    let utf32 = |rest: &[u8], read: fn([u8; 4]) -> u32| {
        let units = rest.chunks_exact(4).map(|unit| read([unit[0], unit[1], unit[2], unit[3]]));
        units.map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>()
    };
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE\0\0") {
        return Some(reject_binary(utf32(rest, u32::from_le_bytes)));
    }
    if let Some(rest) = bytes.strip_prefix(b"\0\0\xFE\xFF") {
        return Some(reject_binary(utf32(rest, u32::from_be_bytes)));
    }
    let (encoding, length) = Encoding::for_bom(bytes)?;
    Some(decode_as(encoding, &bytes[length..]))
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    reject_binary(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

/// The text, unless it is full of what no text holds.
fn reject_binary(text: String) -> Option<String> {
    let sample = || text.chars().take(SAMPLE);
    let strange = sample().filter(|ch| is_strange(*ch)).count();
    (strange * MIN_PER_CONTROL <= sample().count().max(MIN_PER_CONTROL - 1)).then_some(text)
}

/// Text holds fewer control characters than one in so many.
const MIN_PER_CONTROL: usize = 20;

fn is_strange(ch: char) -> bool {
    ch == char::REPLACEMENT_CHARACTER || (ch.is_control() && !"\t\n\r\u{b}\u{c}\u{1b}\u{85}".contains(ch))
}

/// UTF-16 without a mark. What gives it away are the units below 128: they make up most of a Western text, and the
/// spaces and line ends at least of any other; read in the other byte order, hardly a unit is so low.
fn sniff_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 2 || (bytes.len() % 2 == 1 && bytes.len() < SAMPLE) {
        return None;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    // A unit below 128 has a zero byte.
    memchr::memchr(0, sample)?;
    let plain = sample.iter().filter(|byte| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r')).count();
    // Where most bytes read as ASCII, a few zeros are damage to another encoding.
    let needed = if plain * 10 > sample.len() * 6 { sample.len() / 4 } else { sample.len() / 100 };
    let looks_like = |read: fn([u8; 2]) -> u16, other: fn([u8; 2]) -> u16| {
        let units = |read: fn([u8; 2]) -> u16| sample.chunks_exact(2).map(move |unit| read([unit[0], unit[1]]));
        let is_text = |unit: &u16| matches!(unit, 0x20..=0x7E | 0x09 | 0x0A | 0x0D);
        let low = units(read).filter(is_text).count();
        let controls = units(read).filter(|unit| *unit < 0x20 && !is_text(unit)).count();
        low > 0 && low >= needed && controls * MIN_PER_CONTROL <= low && units(other).filter(is_text).count() * 4 <= low
    };
    let encoding = if looks_like(u16::from_le_bytes, u16::from_be_bytes) {
        UTF_16LE
    } else if looks_like(u16::from_be_bytes, u16::from_le_bytes) {
        UTF_16BE
    } else {
        return None;
    };
    fits(encoding, sample).then_some(encoding)
}

/// Whether the bytes hold NULs, or too many control characters.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let nuls = sample.iter().filter(|byte| **byte == 0).count();
    let controls = sample.iter().filter(|byte| matches!(byte, 1..=8 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F)).count();
    // A stray NUL happens to text that passed through old programs.
    nuls * 500 > sample.len() || controls * MIN_PER_CONTROL > sample.len().max(MIN_PER_CONTROL - 1)
}

/// Whether the bytes are UTF-8 but for a few places: a file that was cut, or pieced together.
fn is_cut_utf8(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let chunks = || sample.utf8_chunks();
    let bad = chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let good = chunks().map(|chunk| chunk.valid().chars().filter(|ch| !ch.is_ascii()).count()).sum::<usize>();
    good > bad * 10
}

/// Whether the bytes are well-formed in the encoding.
fn fits(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let capacity = decoder.max_utf8_buffer_length_without_replacement(sample.len()).unwrap_or(sample.len() * 3);
    let mut out = String::with_capacity(capacity);
    let (result, _) = decoder.decode_to_string_without_replacement(sample, &mut out, false);
    matches!(result, encoding_rs::DecoderResult::InputEmpty)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, sample.len() == bytes.len());
    let guess = detector.guess(None, Utf8Detection::Deny);
    if fits(guess, bytes) { guess } else { WINDOWS_1252 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RUSSIAN: &str = "Сегодня утром паром снова вышел в море, сообщили в порту. Все очень рады этому событию.";
    const POLISH: &str = "Dziś rano prom znów wypłynął w morze, powiadomił kapitan portu. Wszyscy są bardzo zadowoleni, że łódź wróciła.";
    const GERMAN: &str = "Die Fähre fährt wieder über das Meer, sagte der Hafenmeister. Schöne Grüße aus Österreich.";
    const FRENCH: &str = "Le bœuf coûte 5 € au marché de l'île, où l'été a été très long.";
    const JAPANESE: &str = "今朝、フェリーが再び運航を始めたと港湾事務所が発表しました。みんな喜んでいます。";
    const CHINESE: &str = "今天早上，渡轮再次出海，港务局表示。大家都非常高兴。";

    fn encode(label: &str, text: &str) -> Vec<u8> {
        let (bytes, _, had_errors) = Encoding::for_label(label.as_bytes()).unwrap().encode(text);
        assert!(!had_errors);
        bytes.into_owned()
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn undeclared_encodings_are_guessed() {
        for (label, text) in [
            ("windows-1251", RUSSIAN),
            ("koi8-u", RUSSIAN),
            ("windows-1250", POLISH),
            ("windows-1252", GERMAN),
            ("shift_jis", JAPANESE),
            ("euc-jp", JAPANESE),
            ("gb18030", CHINESE),
            ("big5", "今天早上，渡輪再次出海，港務局表示。大家都非常高興。"),
            ("utf-8", JAPANESE),
        ] {
            assert_eq!(decode(&encode(label, text), None).as_deref(), Some(text), "{label}");
        }
    }

    #[test]
    fn a_declaration_decides_where_the_bytes_allow_it() {
        assert_eq!(decode(&encode("iso-8859-15", FRENCH), Some(" ISO-8859-15 ")).as_deref(), Some(FRENCH));
        assert_eq!(decode(&encode("iso-2022-jp", JAPANESE), Some("iso-2022-jp")).as_deref(), Some(JAPANESE));
        assert_eq!(decode(RUSSIAN.as_bytes(), Some("windows-1251")).as_deref(), Some(RUSSIAN));
        assert_eq!(decode(&encode("windows-1251", RUSSIAN), Some("utf-8")).as_deref(), Some(RUSSIAN));
        assert_eq!(decode(&encode("windows-1252", GERMAN), Some("no-such-set")).as_deref(), Some(GERMAN));
        assert_eq!(decode(b"plain", Some("utf-16")).as_deref(), Some("plain"));
    }

    #[test]
    fn utf16_and_utf32_with_and_without_a_mark() {
        for text in [GERMAN, RUSSIAN, "A\u{1f600}B"] {
            for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
                let with_space = format!("{text}\r\n");
                let with_mark = format!("\u{feff}{with_space}");
                assert_eq!(decode(&utf16(&with_space, to_bytes), None).as_deref(), Some(&*with_space));
                assert_eq!(decode(&utf16(&with_mark, to_bytes), None).as_deref(), Some(&*with_space));
            }
            let utf32: Vec<u8> = format!("\u{feff}{text}").chars().flat_map(|ch| u32::from(ch).to_le_bytes()).collect();
            assert_eq!(decode(&utf32, None).as_deref(), Some(text));
        }
        assert_eq!(decode(b"\xEF\xBB\xBFabc", None).as_deref(), Some("abc"));
    }

    #[test]
    fn what_is_not_text_is_refused() {
        let noise: Vec<u8> = (0..4096u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for bytes in [
            &b"\x89PNG\r\n\x1a\n"[..],
            b"%PDF-1.7 text",
            b"PK\x03\x04abc",
            b"a\0b\0\0\0c\x01",
            b"\x01\x02\x03abc",
            &noise,
        ] {
            assert_eq!(decode(bytes, None), None, "{bytes:?}");
        }
    }

    #[test]
    fn slightly_damaged_text_is_text() {
        assert_eq!(decode(b"", None).as_deref(), Some(""));
        let mut cut = JAPANESE.as_bytes().to_vec();
        cut.pop();
        assert!(
            decode(&cut, None).is_some_and(|text| text.starts_with("今朝、フェリー") && text.ends_with('\u{fffd}'))
        );
        let stray = format!("{}\0{}", "text ".repeat(200), "more ".repeat(200));
        assert!(decode(stray.as_bytes(), None).is_some());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), label in "[a-z0-9-]{0,12}") {
            let _ = decode(&bytes, Some(&label));
        }

        #[test]
        fn utf8_text_comes_back(text in "[^\\x00-\\x1f\\x7f-\\x9f\u{feff}\u{fffd}]{0,80}") {
            prop_assume!(!MAGIC.iter().any(|magic| text.as_bytes().starts_with(magic)));
            prop_assert_eq!(decode(text.as_bytes(), None), Some(text));
        }
    }
}
