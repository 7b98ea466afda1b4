//! The elements of a story: where they begin and end, and the text in them.
//!
//! This is no reader of all SGML. End tags may be forgotten, a `<` before anything but a tag is text, and nothing is
//! nested in a way that matters beyond an element and those around it.

use feedmill_markup as markup;

/// One element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'t> {
    pub name: &'t str,
    /// What stands in its tag behind the name.
    attributes: &'t str,
    /// What stands between its tags.
    pub inner: &'t str,
    from: usize,
}

/// More are text: no story has so many fields.
const MOST: usize = 1000;

/// Deeper ones are text.
const DEEPEST: usize = 50;

/// The elements of a text in the order of their start tags, but for paragraphs.
pub(super) fn elements(text: &str) -> Vec<Element<'_>> {
    let mut found: Vec<Element<'_>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for tag in tags(text) {
        let is_end = tag.is_end;
        if is_paragraph(tag.name) {
            continue;
        }
        if is_end {
            if let Some(at) = open.iter().rposition(|at| found[*at].name.eq_ignore_ascii_case(tag.name)) {
                for element in open.drain(at..) {
                    let element = &mut found[element];
                    element.inner = &text[element.from..tag.start];
                }
            }
        } else if found.len() < MOST && open.len() < DEEPEST {
            let is_empty = tag.attributes.trim_end().ends_with('/');
            let inner = if is_empty { "" } else { &text[tag.end..] };
            found.push(Element { name: tag.name, attributes: tag.attributes, inner, from: tag.end });
            if !is_empty {
                open.push(found.len() - 1);
            }
        }
    }
    found
}

impl<'t> Element<'t> {
    /// Whether it has one of the names, given in capitals.
    pub fn is(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.name.eq_ignore_ascii_case(name))
    }

    /// Whether the other one stands in it.
    pub fn holds(&self, other: &Element<'_>) -> bool {
        self.from <= other.from
            && other.from + other.inner.len() <= self.from + self.inner.len()
            && self.from != other.from
    }

    /// What stands in it, without what stands in the others.
    pub fn without(&self, others: &[&Element<'_>]) -> String {
        let mut left = String::with_capacity(self.inner.len());
        let mut at = 0;
        for other in others.iter().filter(|other| self.holds(other)) {
            let start = other.from - self.from;
            left.push_str(self.inner.get(at..start).unwrap_or_default());
            at = at.max(start + other.inner.len());
        }
        left.push_str(self.inner.get(at..).unwrap_or_default());
        left
    }

    /// The value of an attribute, whatever the case of its name.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes;
        while let Some((key, after)) = rest.split_once('=') {
            let key = key.split_whitespace().next_back().unwrap_or_default();
            let after = after.trim_start();
            let (value, behind) = match after.chars().next()? {
                quote @ ('"' | '\'') => after[1..].split_once(quote)?,
                _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
            };
            if key.eq_ignore_ascii_case(name) {
                return Some(resolved(value.trim_end_matches('/')).trim().to_owned()).filter(|value| !value.is_empty());
            }
            rest = behind;
        }
        None
    }

    /// Its text on one line.
    pub fn line(&self) -> String {
        markup::one_line(&text_of(self.inner))
    }
}

/// The text of a piece of a story: tags gone, paragraphs parted by blank lines where they are marked, everything else
/// as it stands, but for control characters.
pub(super) fn text_of(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len());
    let mut from = 0;
    let mut has_paragraphs = false;
    for tag in tags(inner) {
        out.push_str(&inner[from..tag.start]);
        if is_paragraph(tag.name) {
            has_paragraphs = true;
            out.push_str("\n\n");
        } else if !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
        from = tag.end;
    }
    out.push_str(&inner[from..]);
    let text = resolved(&out);
    if !has_paragraphs {
        return text;
    }
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let lines: Vec<&str> = paragraph.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        lines.join("\n")
    });
    paragraphs.filter(|paragraph| !paragraph.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn is_paragraph(name: &str) -> bool {
    name.eq_ignore_ascii_case("P") || name.eq_ignore_ascii_case("PARAGRAPH")
}

/// A tag, and where it stands.
struct Tag<'t> {
    name: &'t str,
    attributes: &'t str,
    is_end: bool,
    start: usize,
    end: usize,
}

fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    /// A longer one is none; and a search without end for each `<` would take quadratic time.
    const LONGEST: usize = 4000;
    let mut from = 0;
    memchr::memchr_iter(b'<', text.as_bytes()).filter_map(move |start| {
        if start < from {
            return None;
        }
        let bytes = text.as_bytes();
        let is_end = bytes.get(start + 1) == Some(&b'/');
        let name_at = start + 1 + usize::from(is_end);
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':');
        let length = bytes[name_at..].iter().take(40).take_while(|byte| is_part(byte)).count();
        let behind = name_at + length;
        let is_tag = bytes.get(name_at).is_some_and(u8::is_ascii_alphabetic)
            && bytes.get(behind).is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
        if !is_tag {
            return None;
        }
        let window = &bytes[behind..bytes.len().min(behind + LONGEST)];
        let stop = memchr::memchr2(b'>', b'<', window).filter(|at| window[*at] == b'>')?;
        from = behind + stop + 1;
        Some(Tag { name: &text[name_at..behind], attributes: &text[behind..behind + stop], is_end, start, end: from })
    })
}

/// The text with its entities resolved, and without the control characters that wires use.
pub(super) fn resolved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match entity(rest) {
            Some((characters, length)) => {
                out.push_str(&characters);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out.retain(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    out
}

/// What the entity at the beginning of a text stands for, and its length.
fn entity(text: &str) -> Option<(String, usize)> {
    const LONGEST: usize = 12;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let length = end + 1;
    if let Some(number) = name.strip_prefix('#') {
        let number = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        let character = char::from_u32(number)?;
        return Some((character.to_string(), length));
    }
    let characters = match name {
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "amp" | "AMP" => "&".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        // Names of the ISO sets that HTML has not taken over.
        "hyph" => "-".to_owned(),
        "blank" => " ".to_owned(),
        _ if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            let found = markup::html::to_text(&text[..length]);
            Some(found).filter(|found| !found.is_empty() && !found.contains('&'))?
        }
        _ => return None,
    };
    Some((characters, length))
}
