//! Text that is nearly XML, as XML.

use memchr::{memchr, memchr2, memmem};

use super::decode::meant;
use super::entities::Entities;
use feedmill_markup as markup;

/// Elements may have names of this length; longer ones are none.
const LONGEST_NAME: usize = 100;

/// The text with what no reader needs taken out and what would stop one mended (see
/// [`well_formed`](super::well_formed)); `None` when it grows beyond `most` bytes.
pub(super) fn repair(text: &str, most: usize) -> Option<String> {
    piece(text, most, &mut Entities::default())
}

/// As [`repair`], of a part of a document that has such entities.
pub(super) fn piece(text: &str, most: usize, entities: &mut Entities) -> Option<String> {
    let mut repair = Repair { text, out: String::with_capacity(text.len()), never: Never::default(), entities };
    let mut at = 0;
    while let Some(found) = memchr2(b'<', b'&', &text.as_bytes()[at..]) {
        repair.out.push_str(&text[at..at + found]);
        at += found;
        at = if text.as_bytes()[at] == b'<' {
            repair.markup(at)
        } else {
            reference(text, at, repair.entities, false, &mut repair.out)
        };
        if repair.out.len() > most {
            return None;
        }
    }
    repair.out.push_str(&text[at..]);
    (repair.out.len() <= most).then_some(repair.out)
}

/// The text with its references by number resolved, as it is done where an entity is declared (XML 1.0 section 4.4.5).
pub(super) fn characters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("&#") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = memchr(b';', &rest.as_bytes()[..rest.len().min(LONGEST_REFERENCE)]);
        match end.and_then(|end| Some((character(&rest[2..end])?, end))) {
            Some((character, end)) => {
                out.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                out.push_str("&#");
                rest = &rest[2..];
            }
        }
    }
    out + rest
}

struct Repair<'t, 'e> {
    text: &'t str,
    out: String,
    never: Never,
    entities: &'e mut Entities,
}

/// Ends that do not come any more: without this, a text full of beginnings would be searched once for each.
#[derive(Default)]
struct Never {
    cdata: bool,
    comment: bool,
    instruction: bool,
    doctype: bool,
}

impl Repair<'_, '_> {
    /// Takes what begins with the `<` at that place, and returns the place behind it.
    fn markup(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        if rest.starts_with("<![CDATA[") {
            return match end_of(rest, "]]>", &mut self.never.cdata) {
                Some(length) => {
                    self.out.push_str(&rest[..length]);
                    at + length
                }
                // The document was cut inside of it, or means something else.
                None => at + "<![CDATA[".len(),
            };
        }
        if rest.starts_with("<!--") {
            let end = end_of(rest, "-->", &mut self.never.comment);
            return at + end.unwrap_or("<!--".len());
        }
        if rest.starts_with("<?") {
            let end = end_of(rest, "?>", &mut self.never.instruction);
            let before_next = || memchr2(b'<', b'>', &rest.as_bytes()[1..]).map(|end| end + 2);
            return at + end.or_else(before_next).filter(|end| rest[..*end].ends_with('>')).unwrap_or("<?".len());
        }
        // A document has one type; what else looks so is text.
        if rest.get(..9).is_some_and(|word| word.eq_ignore_ascii_case("<!doctype")) && !self.never.doctype {
            self.never.doctype = true;
            if let Some(length) = doctype(rest) {
                *self.entities = Entities::of(&rest[..length]);
                return at + length;
            }
        }
        self.tag(at)
    }

    fn tag(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let name_at = if rest.starts_with("</") { 2 } else { 1 };
        let name = name_of(&rest[name_at..]);
        // A tag ends before the next one begins: XML knows no `<` inside.
        let window = name.map(|_| &rest[1..memchr(b'<', &rest.as_bytes()[1..]).map_or(rest.len(), |end| end + 1)]);
        let Some((name, window)) = name.zip(window) else {
            self.out.push_str("&lt;");
            return at + 1;
        };
        match end_of_tag(window) {
            Some(end) => {
                self.attributes(&rest[..1 + end]);
                at + 1 + end
            }
            // Quotation marks are not in pairs: the name is kept, the attributes are beyond repair.
            None => match memchr(b'>', window.as_bytes()) {
                Some(end) => {
                    self.out.push_str(&rest[..name_at]);
                    self.out.push_str(name);
                    self.out.push_str(if window[..end].ends_with('/') { "/>" } else { ">" });
                    at + 1 + end + 1
                }
                None => {
                    self.out.push_str("&lt;");
                    at + 1
                }
            },
        }
    }

    /// Appends a tag with its references mended.
    fn attributes(&mut self, tag: &str) {
        let mut at = 0;
        while let Some(found) = memchr(b'&', &tag.as_bytes()[at..]) {
            self.out.push_str(&tag[at..at + found]);
            at = reference(tag, at + found, self.entities, true, &mut self.out);
        }
        self.out.push_str(&tag[at..]);
    }
}

/// The length of what begins here and ends with `end`; remembers when there is no such end any more.
fn end_of(rest: &str, end: &str, never: &mut bool) -> Option<usize> {
    if *never {
        return None;
    }
    let found = memmem::find(rest.as_bytes(), end.as_bytes());
    *never = found.is_none();
    found.map(|at| at + end.len())
}

/// The length of a document type, with the internal subset that it may have.
fn doctype(rest: &str) -> Option<usize> {
    let (mut depth, mut quote) = (0usize, None);
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'[' | b'<') => depth += 1,
            (None, b']') => depth = depth.saturating_sub(1),
            (None, b'>') if depth <= 1 => return Some(at + 1),
            (None, b'>') => depth -= 1,
            _ => {}
        }
    }
    // Quotation marks without partners: as far as the first `>`.
    memchr(b'>', rest.as_bytes()).map(|end| end + 1)
}

/// The name at the beginning of a text; `None` when it does not begin with one.
fn name_of(text: &str) -> Option<&str> {
    let is_start = |c: char| c.is_alphabetic() || matches!(c, '_' | ':');
    let is_name = |c: char| is_start(c) || c.is_alphanumeric() || matches!(c, '-' | '.' | '·');
    if !text.starts_with(is_start) {
        return None;
    }
    let end = text.find(|c| !is_name(c)).unwrap_or(text.len());
    let behind = &text[end..];
    let is_over = behind.is_empty() || behind.starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | '>'));
    (is_over && end <= LONGEST_NAME).then(|| &text[..end])
}

/// Where the `>` of a tag stands behind which it ends, past those in quotation marks.
fn end_of_tag(window: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in window.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// References are shorter than this.
const LONGEST_REFERENCE: usize = 64;

/// Appends what the `&` at that place begins, and returns the place behind it.
fn reference(text: &str, at: usize, entities: &mut Entities, in_tag: bool, out: &mut String) -> usize {
    let rest = &text.as_bytes()[at + 1..];
    let window = &rest[..rest.len().min(LONGEST_REFERENCE)];
    let name = memchr(b';', window).map(|end| &text[at + 1..at + 1 + end]);
    let known = name.is_some_and(|name| match name {
        "amp" | "lt" | "gt" | "quot" | "apos" => {
            out.push('&');
            out.push_str(name);
            out.push(';');
            true
        }
        _ => match (name.strip_prefix('#'), entities.resolve(name)) {
            (Some(number), _) => numeric(number, out),
            // What stands in quotation marks has no tags in it, and must not end them.
            (None, Some(value)) if in_tag => {
                value.chars().for_each(|c| if c == '&' { out.push(c) } else { push_escaped(c, out) });
                true
            }
            (None, Some(value)) => {
                out.push_str(&value);
                true
            }
            (None, None) => name.bytes().all(|byte| byte.is_ascii_alphanumeric()) && named(name, out),
        },
    });
    match name.filter(|_| known) {
        Some(name) => at + 1 + name.len() + 1,
        None => {
            out.push_str("&amp;");
            at + 1
        }
    }
}

fn numeric(number: &str, out: &mut String) -> bool {
    let Some(character) = character(number) else { return false };
    markup::legal(character.encode_utf8(&mut [0; 4])).chars().for_each(|c| push_escaped(c, out));
    true
}

/// The character of a reference by number, without `&#` and `;`.
fn character(number: &str) -> Option<char> {
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16),
        None => (number, 10),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    let code = u32::from_str_radix(digits, radix).unwrap_or(u32::MAX);
    Some(meant(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)))
}

fn named(name: &str, out: &mut String) -> bool {
    markup::html::entity(name).map(|text| text.chars().for_each(|c| push_escaped(c, out))).is_some()
}

/// Appends a character that came out of a reference: what is markup stays one.
fn push_escaped(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&apos;"),
        _ => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn repaired(text: &str) -> String {
        repair(text, usize::MAX).unwrap()
    }

    #[test]
    fn what_no_reader_needs_goes() {
        for (text, expected) in [
            ("<?xml version='1.0'?>\n<!-- x --><a/>", "\n<a/>"),
            ("<?xml-stylesheet href='a>b'?><a/>", "<a/>"),
            ("<!DOCTYPE rss PUBLIC \"-//x//EN\" \"http://x/rss.dtd\"><a/>", "<a/>"),
            ("<!DOCTYPE a [<!ENTITY b \"<c/>]>\"><!ELEMENT a (#PCDATA)>]><a>&b;</a>", "<a><c/>]></a>"),
            ("<!doctype a [ <!ENTITY b 'x' ]><a/>", "<a/>"),
            ("a<!-- <b> & -- -->c<!-- cut <b>", "ac cut <b>"),
        ] {
            assert_eq!(repaired(text), expected, "{text}");
        }
    }

    #[test]
    fn what_would_stop_a_reader_is_mended() {
        for (text, expected) in [
            ("AT&T & co &amp; &lt;b&gt; &apos;", "AT&amp;T &amp; co &amp; &lt;b&gt; &apos;"),
            ("&nbsp;&eacute;&unknown;&#150;&#x41;&#60;&#0;&#x;&#xD800;", "\u{a0}é&amp;unknown;–A&lt;&amp;#x;\u{fffd}"),
            ("<a href='?a=1&b=2&copy=3&eacute;'>", "<a href='?a=1&amp;b=2&amp;copy=3é'>"),
            ("1 < 2 <3 << <a>x</ a></a>", "1 &lt; 2 &lt;3 &lt;&lt; <a>x&lt;/ a></a>"),
            ("<a b=\"c>d\">x<e f=\"g>h</e>", "<a b=\"c>d\">x<e>h</e>"),
            ("<a <b>", "&lt;a <b>"),
            ("<![CDATA[ <b> & &eacute; ]]>&", "<![CDATA[ <b> & &eacute; ]]>&amp;"),
            ("<a><![CDATA[cut <b>", "<a>cut <b>"),
            ("<ada@example.org> <5>", "&lt;ada@example.org> &lt;5>"),
            ("<![if x]>y<!>", "&lt;![if x]>y&lt;!>"),
            ("<a", "&lt;a"),
        ] {
            assert_eq!(repaired(text), expected, "{text}");
        }
    }

    #[test]
    fn hostile_repetition_takes_linear_time() {
        for piece in ["<![CDATA[", "<!--", "<?", "<!DOCTYPE [", "<a \"", "&", "<", "</", "<a='", "&#", "<!doctype '"] {
            let text = piece.repeat((1 << 20) / piece.len());
            assert!(repaired(&text).len() <= text.len() * 5, "{piece}");
        }
    }

    proptest! {
        #[test]
        fn any_text_becomes_what_the_reader_takes(text in "[<>&;a-c/!?\"'= \\[\\]\\-#xCDATé\\u{1}]{0,60}") {
            let repaired = repaired(&markup::legal(&text));
            let mut reader = quick_xml::Reader::from_str(&repaired);
            reader.config_mut().check_end_names = false;
            reader.config_mut().allow_unmatched_ends = true;
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(err) => return Err(TestCaseError::fail(format!("{repaired:?}: {err}"))),
                }
            }
        }

        #[test]
        fn well_formed_text_stays(text in "(<a b=\"[a-zé ]{0,5}\">|</a>|<b/>|[a-zé ]{1,5}|&amp;|<!\\[CDATA\\[[a-z<&]{0,5}\\]\\]>){0,12}") {
            prop_assert_eq!(repaired(&text), text);
        }
    }
}
