//! Characters that every output may carry.

use std::borrow::Cow;

/// The text without the characters that no feed may carry, with LF line ends.
///
/// Dropped: what XML 1.0 section 2.2 forbids (U+0000–08, 0B, 0C, 0E–1F, FFFE, FFFF), the C1 controls U+0080–9F that
/// the section advises against, and the other noncharacters of Unicode. CR LF and CR become LF, as an XML parser
/// would make them (section 2.11). Text that is legal already, the usual case, is borrowed.
pub fn legal(text: &str) -> Cow<'_, str> {
    let Some(first) = find_illegal(text, 0) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let mut kept = 0;
    let mut next = Some(first);
    while let Some(at) = next {
        out.push_str(&text[kept..at]);
        let ch = text[at..].chars().next().unwrap_or('\0');
        kept = at + ch.len_utf8();
        if ch == '\r' && !text[kept..].starts_with('\n') {
            out.push('\n');
        }
        next = find_illegal(text, kept);
    }
    out.push_str(&text[kept..]);
    Cow::Owned(out)
}

/// The text as one line: legal characters, runs of white space as one space, none at the ends.
///
/// A single no-break space between two words is typography and stays. Controls that break a line or a page (U+000B,
/// U+000C, U+0085) count as white space here, so that the words around them stay apart.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap: Option<char> = None;
    for ch in text.chars() {
        if ch.is_whitespace() {
            gap = Some(match (gap, ch) {
                (None, '\u{a0}' | '\u{202f}') => ch,
                _ => ' ',
            });
        } else if is_legal(ch) {
            if let Some(gap) = gap.take()
                && !out.is_empty()
            {
                out.push(gap);
            }
            out.push(ch);
        }
    }
    out
}

/// The text as character data of HTML or XML, in content and in quoted attribute values: `&`, `<`, `>` and `"` as
/// references, characters made [`legal`].
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    push_quoted(&mut out, text);
    out
}

/// Appends the text as content of an element: quotation marks stay.
pub(super) fn push_content(out: &mut String, text: &str) {
    push_escaped(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        _ => None,
    });
}

/// Appends the text as the value of an attribute in double quotation marks.
pub(super) fn push_quoted(out: &mut String, text: &str) {
    push_escaped(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    });
}

/// Appends the text with references in place of bytes that have one; these are ASCII.
fn push_escaped(out: &mut String, text: &str, reference: impl Fn(u8) -> Option<&'static str>) {
    let text = legal(text);
    let mut kept = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(reference) = reference(byte) {
            out.push_str(&text[kept..at]);
            out.push_str(reference);
            kept = at + 1;
        }
    }
    out.push_str(&text[kept..]);
}

/// The byte position of the first character at or after `from` that [`legal`] changes.
fn find_illegal(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(skipped) = text.as_bytes().get(at..)?.iter().position(|byte| is_suspect(*byte)) {
        at += skipped;
        let ch = text[at..].chars().next()?;
        if !is_legal(ch) {
            return Some(at);
        }
        at += ch.len_utf8();
    }
    None
}

/// Whether a character may begin with this byte that is not legal; true for first bytes of characters only.
fn is_suspect(byte: u8) -> bool {
    (byte < 0x20 && byte != b'\t' && byte != b'\n') || byte == 0xC2 || byte >= 0xEF
}

/// Whether the character may stand in an output as it is.
fn is_legal(ch: char) -> bool {
    match ch {
        '\t' | '\n' => true,
        '\0'..='\u{1f}' | '\u{80}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}' => false,
        _ => u32::from(ch) & 0xFFFE != 0xFFFE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn drops_what_xml_forbids_and_keeps_the_rest() {
        assert_eq!(legal("a\0b\u{b}c\u{1f}d\u{85}e\u{fffe}f\u{1ffff}g\u{fdd0}h"), "abcdefgh");
        assert_eq!(
            legal("tab\tnew\nline é 日本 🎉 \u{a0}\u{feff}\u{fffd} ]]>"),
            "tab\tnew\nline é 日本 🎉 \u{a0}\u{feff}\u{fffd} ]]>"
        );
    }

    #[test]
    fn line_ends_become_lf() {
        assert_eq!(legal("a\r\nb\rc\r\r\nd\n\re\r"), "a\nb\nc\n\nd\n\ne\n");
    }

    #[test]
    fn legal_text_is_borrowed() {
        assert!(matches!(legal("«legal» \u{a0} text 🎉\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn one_line_keeps_words_apart() {
        assert_eq!(one_line("  two\r\n words\u{c}here\u{85}now \u{a0} then\u{1} "), "two words here now then");
        assert_eq!(one_line("Ça va\u{202f}? 5\u{a0}km"), "Ça va\u{202f}? 5\u{a0}km");
        assert_eq!(one_line("\u{a0}\n "), "");
    }

    #[test]
    fn escapes_for_content_and_attributes() {
        assert_eq!(escape("a < b & \"c\" > 'd' ]]>\0"), "a &lt; b &amp; &quot;c&quot; &gt; 'd' ]]&gt;");
    }

    proptest! {
        #[test]
        fn an_xml_parser_reads_back_what_was_escaped(text in any::<String>()) {
            let xml = format!("<t a=\"{0}\">{0}</t>", escape(&text));
            let doc = roxmltree::Document::parse(&xml).expect("well-formed");
            let legal = legal(&text).into_owned();
            prop_assert_eq!(doc.root_element().text().unwrap_or(""), legal);
        }

        #[test]
        fn legal_is_a_projection(text in any::<String>()) {
            let once = legal(&text).into_owned();
            prop_assert!(matches!(legal(&once), Cow::Borrowed(_)));
            prop_assert!(!one_line(&text).contains(['\n', '\r', '\t']));
        }
    }
}
