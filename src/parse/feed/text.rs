//! Titles, summaries and contents, in the many ways in which feeds write them.

use url::Url;

use crate::article::BodyKind;
use crate::parse::xml::{Element, Vocabulary};
use crate::parse::{plain, unix_lines};
use feedmill_markup as markup;

/// A text with what it is written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    pub kind: BodyKind,
    pub value: String,
}

/// The text of an element, where it has one.
///
/// Atom declares what it is (RFC 4287 section 3.1; Atom 0.3 by media type and `mode`). RSS does not: what has tags or
/// references in it is HTML.
pub(super) fn of(element: &Element) -> Option<Text> {
    let declared = element.attribute("type").unwrap_or_default().to_ascii_lowercase();
    let declared = declared.split(';').next().unwrap_or_default().trim();
    if is_base64(element, declared) {
        let decoded = base64(&element.text)?;
        return found(kind_of(element, declared, &decoded), decoded);
    }
    match &element.markup {
        Some(markup) => found(BodyKind::Html, markup.clone()),
        None => found(kind_of(element, declared, &element.text), element.text.clone()),
    }
}

fn found(kind: BodyKind, value: String) -> Option<Text> {
    let value = value.trim();
    let value = value.strip_prefix("<![CDATA[").and_then(|inner| inner.strip_suffix("]]>")).unwrap_or(value);
    (!value.is_empty()).then(|| Text { kind, value: unix_lines(value.to_owned()) })
}

fn kind_of(element: &Element, declared: &str, text: &str) -> BodyKind {
    let by_look = || if looks_like_html(text) { BodyKind::Html } else { BodyKind::Text };
    let is_atom = element.vocabulary == Vocabulary::Atom;
    match declared {
        "html" | "xhtml" | "text/html" | "application/xhtml+xml" | "text/x-html" | "text/xhtml" => BodyKind::Html,
        "text/markdown" | "text/x-markdown" => BodyKind::Markdown,
        "text" | "text/plain" if is_atom => BodyKind::Text,
        // Atom takes an undeclared text as it stands; of contents many forget to say that they are HTML.
        "" if is_atom && element.name == "title" => BodyKind::Text,
        _ if element.name == "encoded" => BodyKind::Html,
        _ => by_look(),
    }
}

/// One line of plain text.
///
/// Of a text that is longer than any title the beginning is taken.
pub(super) fn line(element: &Element) -> Option<String> {
    const LONGEST: usize = 20_000;
    if let Some(markup) = &element.markup {
        // All tags in it are elements: what looks like one is text.
        let line = markup::one_line(&markup::html::to_text(cut(markup, LONGEST)));
        return Some(line).filter(|line| !line.is_empty());
    }
    let text = of(element)?;
    let text = Text { value: cut(&text.value, LONGEST).to_owned(), ..text };
    let line = match text.kind {
        BodyKind::Text if element.vocabulary == Vocabulary::Atom => markup::one_line(&text.value),
        // Titles of RSS are HTML as often as not, and those of Atom that say so are.
        _ => plain::html(&text.value),
    };
    (!line.is_empty()).then_some(line)
}

/// At most so many bytes of a text.
fn cut(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The text as one line of plain text.
pub(super) fn one_line(text: &Text) -> String {
    match text.kind {
        BodyKind::Html => markup::one_line(&markup::html::to_text(&text.value)),
        BodyKind::Text | BodyKind::Markdown => markup::one_line(&text.value),
    }
}

/// The text with its relative links resolved, where they are not those of the article's own page.
pub(super) fn resolved(text: Text, element: &Element, page: Option<&str>, home: Option<&Url>) -> Text {
    let stated = element.base.as_deref().filter(|_| element.states_base);
    let base = stated.or_else(|| home.filter(|_| page.is_none()));
    // Resolving takes many times the memory of the text. What is longer keeps its links as they are.
    const LONGEST: usize = 1 << 20;
    let is_wanted = text.kind == BodyKind::Html && text.value.len() <= LONGEST;
    match base.filter(|base| is_wanted && page != Some(base.as_str())) {
        Some(base) if has_relative_links(&text.value) => {
            Text { value: markup::html::clean(&text.value, Some(base)), ..text }
        }
        _ => text,
    }
}

/// Whether a link is not whole; when in doubt, it is not.
fn has_relative_links(html: &str) -> bool {
    ["href", "src", "poster", "cite"].iter().any(|name| {
        memchr::memmem::find_iter(html.as_bytes(), name).any(|at| {
            let value = html[at + name.len()..].trim_start().strip_prefix('=').unwrap_or_default();
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let scheme = value.bytes().take(20).position(|byte| !byte.is_ascii_alphanumeric());
            !value.is_empty() && scheme.is_none_or(|end| value.as_bytes()[end] != b':')
        })
    })
}

/// Whether the text has a tag or a reference of HTML in it.
pub(super) fn looks_like_html(text: &str) -> bool {
    const TAGS: &[&str] = &[
        "a",
        "abbr",
        "article",
        "b",
        "blockquote",
        "br",
        "center",
        "cite",
        "code",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "embed",
        "figure",
        "font",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "iframe",
        "img",
        "ins",
        "li",
        "object",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "section",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "table",
        "td",
        "tr",
        "tt",
        "u",
        "ul",
        "video",
    ];
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'<', b'&', bytes).any(|at| {
        let rest = &bytes[at + 1..];
        if bytes[at] == b'&' {
            let length = rest.iter().take(10).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
            return length > 1 && rest.get(length) == Some(&b';');
        }
        let rest = rest.strip_prefix(b"/").unwrap_or(rest);
        let length = rest.iter().take(12).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let is_over = matches!(rest.get(length), Some(b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r'));
        is_over && TAGS.iter().any(|tag| tag.as_bytes().eq_ignore_ascii_case(&rest[..length]))
    })
}

/// Whether a content is written in Base64: where Atom 0.3 says so, or where Atom 1.0 implies it by a media type that
/// is neither text nor XML (RFC 4287 section 4.1.3.3).
fn is_base64(element: &Element, declared: &str) -> bool {
    let stated =
        element.attribute("mode").or_else(|| element.attribute("encoding")).or_else(|| element.attribute("encode"));
    match stated {
        Some(mode) => mode.eq_ignore_ascii_case("base64"),
        None => {
            let is_other = declared.contains('/')
                && !declared.starts_with("text/")
                && !declared.ends_with("+xml")
                && !declared.ends_with("/xml");
            is_other && element.vocabulary == Vocabulary::Atom && element.name == "content" && element.markup.is_none()
        }
    }
}

/// The text that Base64 stands for; `None` where it is none.
fn base64(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    let text = markup::decode(&bytes, None)?;
    Some(markup::legal(&text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_known_by_its_look() {
        for text in ["<p>x", "a<br/>b", "x &amp; y", "&#8217;", "</DIV>", "<a href=x>"] {
            assert!(looks_like_html(text), "{text}");
        }
        for text in ["", "a < b", "AT&T & co", "<ada@example.org>", "ACME <ACM>", "R&D;x", "<"] {
            assert!(!looks_like_html(text), "{text}");
        }
    }

    #[test]
    fn base64_is_text_or_nothing() {
        assert_eq!(base64("PHA+SXQgcmFpbmVk\n ITwvcD4=").as_deref(), Some("<p>It rained!</p>"));
        assert_eq!(base64("not base64!"), None);
        assert_eq!(base64("iVBORw0KGgoAAAANSUhEUg=="), None);
    }

    #[test]
    fn relative_links_are_seen() {
        for html in ["<a href='b'>", "<img src=/c.png>", "<a href = \"?q\">", "<a href=\"#n\">"] {
            assert!(has_relative_links(html), "{html}");
        }
        for html in ["<a href='https://x.example/'>", "<a href=\"mailto:a@b.example\">", "<p>x</p>", "href"] {
            assert!(!has_relative_links(html), "{html}");
        }
    }
}
