//! HTML in feeds: what readers repair, remove, or cannot follow.

use super::grammar::{self, Address, Fault, Words, words};
use super::rules::content;
use feedmill_markup::html::tokens::{self, Listener, Tag};

/// Elements without an end tag, and those whose end tag may be left out (HTML Living Standard 13.1.2.4).
const NO_END: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "colgroup", "command", "dd", "dt", "embed", "frame", "hr",
    "img", "input", "isindex", "keygen", "li", "link", "meta", "option", "optgroup", "p", "param", "rb", "rp", "rt",
    "rtc", "source", "spacer", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];
/// Deeper nesting is not followed.
const DEEPEST: usize = 200;
/// No name of a reference is longer.
const LONGEST_NAME: usize = 33;
/// Of one field, so many faults of each kind are worth telling.
const MOST: usize = 20;
const ADDRESSES: &[&str] = &["href", "src", "cite", "action", "longdesc", "poster", "background", "usemap", "data"];

/// Judges escaped HTML; `is_absolute` says whether links must be.
pub(super) fn judge(html: &str, is_absolute: bool, faults: &mut Vec<Fault>) {
    let mut judge = Judge { faults, is_absolute, open: Vec::new(), unbalanced: None };
    references(html, judge.faults);
    names(html, judge.faults);
    unended(html, judge.faults);
    if !html.contains('<') {
        return;
    }
    tokens::read(html, &mut judge);
    let left = judge.open.pop();
    if let Some(name) = judge.unbalanced.take().or(left) {
        judge.faults.push(Fault::new(&content::FRAGMENT, &format!("<{name}>")));
    }
}

/// References to the controls U+0080 to U+009F: they mean windows-1252, and only browsers know it.
fn references(html: &str, faults: &mut Vec<Fault>) {
    for (at, _) in html.match_indices("&#").take(10_000) {
        let rest = &html[at + 2..];
        let (digits, radix) = match rest.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16),
            None => (rest, 10),
        };
        let end = digits.bytes().take(8).position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(8).min(digits.len());
        let Some(code) = digits.get(..end).and_then(|digits| u32::from_str_radix(digits, radix).ok()) else { continue };
        if (0x80..0xA0).contains(&code) {
            let shown = html.get(at..at + 2 + rest.len().min(6)).unwrap_or("&#");
            faults.push(Fault::new(&content::NOT_HTML, shown));
            return;
        }
    }
}

/// References by names that HTML does not have.
fn names(html: &str, faults: &mut Vec<Fault>) {
    for at in memchr::memchr_iter(b'&', html.as_bytes()).take(10_000) {
        let rest = &html[at + 1..];
        let end = rest.bytes().take(LONGEST_NAME).position(|byte| !byte.is_ascii_alphanumeric());
        let Some(end) = end.filter(|end| rest.as_bytes()[*end] == b';') else { continue };
        let is_name = rest.starts_with(|c: char| c.is_ascii_alphabetic());
        if is_name && feedmill_markup::html::entity(&rest[..end]).is_none() {
            faults.push(Fault::new(&content::NOT_HTML, &html[at..at + end + 2]));
            return;
        }
    }
}

/// A tag that never ends, a quote in it that never does, and a declaration that is none of HTML.
fn unended(html: &str, faults: &mut Vec<Fault>) {
    let bytes = html.as_bytes();
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'<', &bytes[from..]).map(|at| from + at) {
        let rest = &html[at..];
        from = at + 1;
        if let Some(inner) = rest.strip_prefix("<!") {
            let is_known =
                inner.starts_with("--") || inner.starts_with("[CDATA[") || starts_with_word(inner, "doctype");
            if !is_known {
                faults.push(Fault::new(&content::NOT_HTML, rest));
                return;
            }
            if let Some(comment) = inner.strip_prefix("--") {
                from = comment.find("-->").map_or(bytes.len(), |end| bytes.len() - comment.len() + end);
            }
            continue;
        }
        let name = rest[1..].trim_start_matches('/');
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let Some(end) = end_of_tag(rest) else {
            faults.push(Fault::new(&content::NOT_HTML, rest));
            return;
        };
        from = at + end;
        // What is in them is no markup.
        if let Some(raw) = ["script", "style"].iter().find(|raw| starts_with_word(&rest[1..], raw)) {
            let mut ends = memchr::memchr_iter(b'<', &bytes[from..]).map(|end| from + end);
            let close =
                ends.find(|end| html[*end..].strip_prefix("</").is_some_and(|name| starts_with_word(name, raw)));
            from = close.unwrap_or(bytes.len());
        }
    }
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// The length of a tag, whose quoted values may hold `>`; `None` where it or a quote in it does not end.
fn end_of_tag(rest: &str) -> Option<usize> {
    let mut quote = None;
    let mut is_value = false;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') if is_value => quote = Some(byte),
            _ => {}
        }
        is_value = byte == b'=' || is_value && byte.is_ascii_whitespace();
    }
    None
}

struct Judge<'f> {
    faults: &'f mut Vec<Fault>,
    is_absolute: bool,
    open: Vec<String>,
    unbalanced: Option<String>,
}

impl Listener for Judge<'_> {
    fn start(&mut self, tag: &Tag, is_raw: bool) -> bool {
        element(&tag.name, self.faults);
        let attributes = tag.attributes.iter().map(|(name, value)| (&**name, &**value));
        self::attributes(attributes, self.language_of(&tag.name), self.is_absolute, self.faults);
        if !tag.self_closing && !NO_END.contains(&&*tag.name) && self.open.len() < DEEPEST {
            self.open.push(tag.name.to_string());
        }
        is_raw
    }

    fn end(&mut self, name: &str) {
        match self.open.iter().rposition(|open| open == name) {
            Some(at) => {
                if at + 1 < self.open.len() && self.unbalanced.is_none() {
                    self.unbalanced = self.open.last().cloned();
                }
                self.open.truncate(at);
            }
            None if NO_END.contains(&name) => {}
            None => {
                element(name, self.faults);
                self.unbalanced.get_or_insert_with(|| name.to_owned());
            }
        }
    }

    fn text(&mut self, _: &str) {}
}

impl Judge<'_> {
    /// The language of an element of escaped HTML, where only names tell.
    fn language_of(&self, name: &str) -> Language {
        let is_in = |root: &str| name == root || self.open.iter().any(|open| open == root);
        if is_in("svg") {
            Language::Svg
        } else if is_in("math") {
            Language::MathMl
        } else {
            Language::Html
        }
    }
}

/// Judges the name of an element.
pub(super) fn element(name: &str, faults: &mut Vec<Fault>) {
    if faults.len() > MOST * 4 {
        return;
    }
    if grammar::is_unsafe_element(name) {
        faults.push(Fault::new(&content::SECURITY, &format!("<{name}>")));
    } else if !grammar::is_html_element(name) && !grammar::is_svg_element(name) && !grammar::is_mathml_element(name) {
        faults.push(Fault::new(&content::NOT_HTML, &format!("<{name}>")));
    }
}

/// The language that an element is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Html,
    Svg,
    MathMl,
}

/// Judges the attributes of an element.
pub(super) fn attributes<'a>(
    attributes: impl Iterator<Item = (&'a str, &'a str)>,
    language: Language,
    is_absolute: bool,
    faults: &mut Vec<Fault>,
) {
    for (name, value) in attributes {
        if faults.len() > MOST * 4 {
            return;
        }
        if name == "style" {
            if let Some(part) = dangerous(value) {
                faults.push(Fault::new(&content::STYLE, part));
            }
            continue;
        }
        let is_handler = name.len() > 2 && name.starts_with("on");
        let is_known = match language {
            Language::Html => grammar::is_safe_attribute(name),
            Language::Svg => grammar::is_svg_attribute(name),
            Language::MathMl => grammar::is_mathml_attribute(name),
        };
        if is_handler || !is_known {
            faults.push(Fault::new(&content::SECURITY_ATTRIBUTE, &format!("{name}=")));
            continue;
        }
        if !ADDRESSES.contains(&name) {
            continue;
        }
        // Browsers drop line breaks and tabs from addresses (URL Standard 4.4).
        let value: String = value.trim().chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
        let value = value.as_str();
        let address = Address::split(value);
        match address.scheme {
            Some(scheme) if scheme.eq_ignore_ascii_case("javascript") || scheme.eq_ignore_ascii_case("vbscript") => {
                faults.push(Fault::new(&content::SCRIPT_LINK, value));
            }
            None if is_absolute && !value.starts_with('#') && !value.is_empty() => {
                faults.push(Fault::new(&content::RELATIVE, value));
            }
            _ => {}
        }
    }
}

/// Properties that change how text looks, and not where it is.
static PROPERTIES: Words = words!(
    " azimuth background background-color border border-bottom border-bottom-color border-bottom-style \
    border-bottom-width border-collapse border-color border-left border-left-color border-left-style border-left-width border-right \
    border-right-color border-right-style border-right-width border-spacing border-style border-top border-top-color border-top-style \
    border-top-width border-width border-radius box-sizing caption-side clear color cursor direction display elevation empty-cells float font \
    font-family font-size font-style font-variant font-weight height letter-spacing line-height list-style list-style-position \
    list-style-type margin margin-bottom margin-left margin-right margin-top max-height max-width min-height min-width opacity orphans \
    overflow overflow-wrap overflow-x overflow-y padding padding-bottom padding-left padding-right padding-top page-break-after \
    page-break-before page-break-inside pause pause-after pause-before pitch pitch-range quotes richness speak speak-header speak-numeral \
    speak-punctuation speech-rate stress text-align text-decoration text-indent text-transform unicode-bidi vertical-align voice-family \
    volume white-space widows width word-break word-spacing word-wrap zoom -webkit-text-size-adjust aspect-ratio object-fit gap flex \
    flex-direction flex-wrap justify-content align-items align-self text-overflow table-layout "
);
/// A margin or padding of more than so many of its unit pushes other things off the screen.
const FARTHEST: f64 = 2000.0;
const FARTHEST_RELATIVE: f64 = 99.0;

/// The first declaration of a style that can reach beyond its place.
pub(super) fn dangerous(style: &str) -> Option<&str> {
    style.split(';').map(str::trim).filter(|part| !part.is_empty()).find(|part| {
        let Some((name, value)) = part.split_once(':') else { return true };
        let name = name.trim().to_ascii_lowercase();
        let value = value.to_ascii_lowercase();
        let is_known = PROPERTIES.contains(name.as_str());
        // An escape or a comment can hide anything.
        let is_hidden = ["url(", "expression", "\\", "/*", "javascript", "behavior", "@import", "-moz-binding"];
        let can_move = name.starts_with("margin") || name.starts_with("padding") || name == "text-indent";
        !is_known
            || is_hidden.iter().any(|word| value.contains(word))
            || can_move && value.split_whitespace().any(is_far)
    })
}

fn is_far(length: &str) -> bool {
    let end = length.find(|c: char| c.is_ascii_alphabetic() || c == '%').unwrap_or(length.len());
    let (number, unit) = length.split_at(end);
    let Ok(number) = number.parse::<f64>() else { return false };
    let farthest = if matches!(unit, "em" | "ex" | "rem" | "in" | "vw" | "vh") { FARTHEST_RELATIVE } else { FARTHEST };
    number.abs() > farthest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(html: &str) -> Vec<&'static str> {
        let mut faults = Vec::new();
        judge(html, true, &mut faults);
        faults.iter().map(|fault| fault.rule.code).collect()
    }

    #[test]
    fn html_that_is_in_order() {
        for right in [
            "",
            "5 < 6 & 7",
            "<!DOCTYPE html><!-- <a --><p title='a > b'>&eacute; AT&T</p>",
            "<p>One<p>Two <a href='https://example.org/'>three</a><br>",
            "<ul><li>x<li>y</ul>",
            "<img src=\"data:image/png;base64,AA==\" alt='' style='float: left; margin: 0 15px 0 0'>",
            "<a href='#top'>up</a>",
            "<svg viewBox='0 0 1 1'><circle cx='1' r='2'/></svg>",
            "<math><mi mathvariant='bold'>x</mi></math>",
        ] {
            assert!(codes(right).is_empty(), "{right}: {:?}", codes(right));
        }
    }

    #[test]
    fn html_that_is_not() {
        for (wrong, code) in [
            ("<script>alert(1)</script>", "html-unsafe-element"),
            ("<p onclick='x()'>a</p>", "html-unsafe-attribute"),
            ("<a href='/x'>a</a>", "html-relative-link"),
            ("<svg><circle colour='red'/></svg>", "html-unsafe-attribute"),
            ("<svg><circle onclick='x()'/></svg>", "html-unsafe-attribute"),
            ("<p viewBox='0'>x</p>", "html-unsafe-attribute"),
            ("<a href='javascript:x'>a</a>", "html-script-link"),
            ("<b>x", "html-unbalanced"),
            ("<b><i>x</b></i>", "html-unbalanced"),
            ("<bogus>x</bogus>", "html-invalid"),
            ("it&#x92;s", "html-invalid"),
            ("x <a", "html-invalid"),
            ("<p class=\"x>y</p>", "html-invalid"),
            ("<!foo>", "html-invalid"),
            ("a &bogus; b", "html-invalid"),
            ("a </foo> b", "html-invalid"),
            ("<a href='java\nscript:x'>a</a>", "html-script-link"),
            ("<p style='position:absolute'>x</p>", "html-unsafe-style"),
            ("<p style='margin: 99999em'>x</p>", "html-unsafe-style"),
        ] {
            assert!(codes(wrong).contains(&code), "{wrong}: {:?}", codes(wrong));
        }
    }
}
