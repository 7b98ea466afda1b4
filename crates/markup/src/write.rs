//! Writing XML: escaping that is always well-formed, and a small streaming writer on top of it.
//!
//! Whatever a string holds, what is written is legal: characters that XML 1.0 forbids (section 2.2) and C1 controls
//! are dropped, CR and CRLF become LF. Strings of the right kind are copied in whole runs, so that a feed is written
//! about as fast as its text can be copied.

use std::io::{self, BufWriter, Write};

/// How the text of an element is written.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// Plain text, with the named entities.
    Text(&'a str),
    /// Plain text in the form that the RSS Advisory Board's profile recommends for titles: `&#x3C;` and `&#x26;`,
    /// which readers that unescape twice leave alone.
    Profile(&'a str),
    /// Plain text where a reader expects HTML: escaped as HTML and then as XML.
    Escaped(&'a str),
    /// HTML where a reader expects HTML, as CDATA sections.
    Html(&'a str),
}

/// As much as is gathered before it is passed on: enough to make system calls rare, little enough to stay in the cache.
pub const BUFFER: usize = 64 << 10;

/// Writes elements one after the other, indented by two blanks a level.
pub struct XmlWriter<'a> {
    out: BufWriter<&'a mut dyn Write>,
    depth: usize,
}

impl<'a> XmlWriter<'a> {
    /// Begins a document in UTF-8 with its XML declaration.
    pub fn new(out: &'a mut dyn Write) -> io::Result<Self> {
        let mut out = BufWriter::with_capacity(BUFFER, out);
        out.write_all(b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")?;
        Ok(XmlWriter { out, depth: 0 })
    }

    /// Passes on what is still in the buffer.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Opens an element that holds other elements.
    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.tag(name, attributes)?;
        self.depth += 1;
        self.out.write_all(b">\n")
    }

    /// Closes the element that was opened last, which has that name.
    pub fn close(&mut self, name: &str) -> io::Result<()> {
        self.depth = self.depth.saturating_sub(1);
        self.indent()?;
        self.end(name)
    }

    /// Writes an element without content.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.tag(name, attributes)?;
        self.out.write_all(b"/>\n")
    }

    /// Writes an element that holds text.
    pub fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], value: Value<'_>) -> io::Result<()> {
        self.tag(name, attributes)?;
        self.out.write_all(b">")?;
        match value {
            Value::Text(text) => write_text(&mut self.out, text),
            Value::Profile(text) => write_profile_text(&mut self.out, text),
            Value::Escaped(text) => write_escaped_text(&mut self.out, text),
            Value::Html(html) => write_cdata(&mut self.out, html),
        }?;
        self.end(name)
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.indent()?;
        self.out.write_all(b"<")?;
        self.out.write_all(name.as_bytes())?;
        for (key, value) in attributes {
            self.out.write_all(b" ")?;
            self.out.write_all(key.as_bytes())?;
            self.out.write_all(b"=\"")?;
            write_attribute(&mut self.out, value)?;
            self.out.write_all(b"\"")?;
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> io::Result<()> {
        self.out.write_all(b"</")?;
        self.out.write_all(name.as_bytes())?;
        self.out.write_all(b">\n")
    }

    fn indent(&mut self) -> io::Result<()> {
        const BLANKS: &[u8] = b"                ";
        self.out.write_all(&BLANKS[..(self.depth * 2).min(BLANKS.len())])
    }
}

/// Writes plain text as the content of an XML or HTML element.
pub fn write_text(out: &mut impl Write, text: &str) -> io::Result<()> {
    write_runs(out, text, &TEXT, |byte| matches!(byte, b'&' | b'<' | b'>'))
}

/// Writes plain text as the value of a double-quoted XML or HTML attribute. White space survives the normalisation
/// of attribute values (XML 1.0 section 3.3.3).
pub fn write_attribute(out: &mut impl Write, text: &str) -> io::Result<()> {
    write_runs(out, text, &ATTRIBUTE, |byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\n' | b'\t'))
}

fn write_profile_text(out: &mut impl Write, text: &str) -> io::Result<()> {
    write_runs(out, text, &PROFILE, |byte| matches!(byte, b'&' | b'<' | b'>'))
}

fn write_escaped_text(out: &mut impl Write, text: &str) -> io::Result<()> {
    write_runs(out, text, &ESCAPED, |byte| matches!(byte, b'&' | b'<' | b'>'))
}

fn write_cdata(out: &mut impl Write, html: &str) -> io::Result<()> {
    out.write_all(b"<![CDATA[")?;
    write_runs(out, html, &CDATA, |byte| byte == b']')?;
    out.write_all(b"]]>")
}

/// What is written instead of what.
struct Escapes {
    /// Replaced strings; the first bytes are those that the caller of [`write_runs`] names.
    strings: &'static [(&'static str, &'static str)],
    /// Instead of CR and CRLF.
    newline: &'static str,
    /// Instead of an illegal character.
    illegal: &'static str,
}

const TEXT: Escapes = Escapes { strings: &[("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")], newline: "\n", illegal: "" };

const ATTRIBUTE: Escapes = Escapes {
    strings: &[("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("\n", "&#xA;"), ("\t", "&#x9;")],
    newline: "&#xA;",
    illegal: "",
};

const PROFILE: Escapes =
    Escapes { strings: &[("&", "&#x26;"), ("<", "&#x3C;"), (">", "&#x3E;")], newline: "\n", illegal: "" };

const ESCAPED: Escapes =
    Escapes { strings: &[("&", "&amp;amp;"), ("<", "&amp;lt;"), (">", "&amp;gt;")], newline: "\n", illegal: "" };

/// `]]>` ends a CDATA section and is shared out between two (XML 1.0 section 2.7). An illegal character parts them
/// as well, or what stands on its two sides could make up a `]]>`.
const CDATA: Escapes = Escapes { strings: &[("]]>", "]]]]><![CDATA[>")], newline: "\n", illegal: "]]><![CDATA[" };

/// Copies `text` in runs, but for the strings of `escapes`, whose first bytes `special` names, and for what is not
/// legal.
#[inline(always)]
fn write_runs(out: &mut impl Write, text: &str, escapes: &Escapes, special: impl Fn(u8) -> bool) -> io::Result<()> {
    let bytes = text.as_bytes();
    // Two bytes are asked, so that French quotation marks and Chinese punctuation are no suspects.
    let suspect = |byte: u8, next: u8| {
        (byte < 0x20) & (byte != b'\n') & (byte != b'\t')
            | (byte == 0xC2) & (next < 0xA0)
            | (byte == 0xEF) & (next == 0xBF)
            | special(byte)
    };
    let (mut from, mut at) = (0, 0);
    while let Some(found) = find(&bytes[at..], suspect) {
        at += found;
        match decide(&bytes[at..], escapes) {
            Step::Keep(length) => at += length,
            Step::Replace(length, instead) => {
                out.write_all(&bytes[from..at])?;
                out.write_all(instead.as_bytes())?;
                at += length;
                from = at;
            }
        }
    }
    out.write_all(&bytes[from..])
}

/// What becomes of the next bytes: how many are kept, or replaced by what.
enum Step {
    Keep(usize),
    Replace(usize, &'static str),
}

fn decide(bytes: &[u8], escapes: &Escapes) -> Step {
    if let Some((string, instead)) = escapes.strings.iter().find(|(string, _)| bytes.starts_with(string.as_bytes())) {
        return Step::Replace(string.len(), instead);
    }
    match bytes {
        [b'\r', b'\n', ..] => Step::Replace(2, escapes.newline),
        [b'\r', ..] => Step::Replace(1, escapes.newline),
        [b'\t' | b'\n', ..] => Step::Keep(1),
        [0..0x20, ..] => Step::Replace(1, escapes.illegal),
        [0xC2, 0x80..=0x9F, ..] => Step::Replace(2, escapes.illegal),
        [0xEF, 0xBF, 0xBE | 0xBF, ..] => Step::Replace(3, escapes.illegal),
        [0xC2, ..] => Step::Keep(2),
        [0xEF, ..] => Step::Keep(3),
        _ => Step::Keep(1),
    }
}

/// The place of the first byte that is suspect beside the one that follows it. Whole blocks are tested without a
/// branch, which the compiler turns into vector instructions.
#[inline(always)]
fn find(bytes: &[u8], suspect: impl Fn(u8, u8) -> bool) -> Option<usize> {
    const BLOCK: usize = 32;
    let mut at = 0;
    while let Some([block @ .., _]) = bytes[at..].first_chunk::<{ BLOCK + 1 }>() {
        let next = &bytes[at + 1..][..BLOCK];
        if block.iter().zip(next).fold(false, |any, (&byte, &next)| any | suspect(byte, next)) {
            break;
        }
        at += BLOCK;
    }
    let rest = &bytes[at..];
    // The last byte of a text never begins a longer character.
    let found =
        rest.iter().zip(rest[1.min(rest.len())..].iter().chain(&[0])).position(|(&byte, &next)| suspect(byte, next));
    found.map(|found| at + found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str, write: fn(&mut Vec<u8>, &str) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out, text).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn each_form_has_its_escapes() {
        let text = "a < b && \"c\" > d\r\ne\tf\rg\0\u{FFFE}\u{85}\u{e9}]]>";
        assert_eq!(written(text, write_text), "a &lt; b &amp;&amp; \"c\" &gt; d\ne\tf\ng\u{e9}]]&gt;");
        assert_eq!(
            written(text, write_attribute),
            "a &lt; b &amp;&amp; &quot;c&quot; &gt; d&#xA;e&#x9;f&#xA;g\u{e9}]]&gt;"
        );
        assert_eq!(written(text, write_profile_text), "a &#x3C; b &#x26;&#x26; \"c\" &#x3E; d\ne\tf\ng\u{e9}]]&#x3E;");
        assert_eq!(written("x<&", write_escaped_text), "x&amp;lt;&amp;amp;");
    }

    #[test]
    fn no_cdata_section_ends_early() {
        for html in ["]]>", "]]]>", "a]]>b]]>", "]\0]>", "]]\u{FFFF}>", "]", "]]", "<![CDATA[x]]>", "x[a[1]]>2"] {
            let xml = format!("<x>{}</x>", written(html, write_cdata));
            let doc = roxmltree::Document::parse(&xml).unwrap_or_else(|err| panic!("{html:?}: {err}: {xml}"));
            let read: String = doc.root_element().children().filter_map(|node| node.text()).collect();
            assert_eq!(read, legal(html));
        }
    }

    /// An independent statement of what is legal.
    fn legal(text: &str) -> String {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        text.chars()
            .filter(|&c| {
                matches!(c, '\t' | '\n' | '\u{20}'..='\u{7F}' | '\u{A0}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}')
                    || c as u32 >= 0x10000
            })
            .collect()
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(text in "(?s)([\u{0}-\u{ff}]|[\\]>&<\r\n\u{fffd}-\u{ffff}]|.|[a-z ]{40}){0,60}") {
            let xml = format!(
                "<x a=\"{}\"><t>{}</t><p>{}</p><c>{}</c><e>{}</e></x>",
                written(&text, write_attribute),
                written(&text, write_text),
                written(&text, write_profile_text),
                written(&text, write_cdata),
                written(&text, write_escaped_text),
            );
            let doc = roxmltree::Document::parse(&xml).unwrap();
            let expected = legal(&text);
            let root = doc.root_element();
            prop_assert_eq!(root.attribute("a").unwrap(), &expected);
            for node in root.children() {
                let mut read: String = node.children().filter_map(|text| text.text()).collect();
                if node.has_tag_name("e") {
                    read = read.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
                }
                prop_assert_eq!(&read, &expected, "{:?}", node.tag_name());
            }
        }
    }
}
