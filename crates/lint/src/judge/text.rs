//! Text constructs: plain, HTML, XHTML, and content of any media type.

use super::Judge;
use super::frame::Frame;
use crate::grammar::{self, Grammar, ambiguous, markup_in};
use crate::html;
use crate::report::{Family, shown};
use crate::rules::{atom, content, structure, value, xml};
use crate::schema::{ANYTHING, Content, Element, XHTML};
use crate::vocabulary::Vocabulary as V;

/// The root of a page begins within so many characters of it.
const BEFORE_ROOT: usize = 2000;

/// What the text of a construct is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextKind {
    Text,
    Html,
    Xhtml,
    /// Elements of some vocabulary.
    Xml,
    /// Bytes in Base64.
    Encoded,
    /// Somewhere else.
    Remote,
}

impl<'t> Judge<'t, '_> {
    /// Decides what the construct holds that has just begun.
    pub(super) fn begin_text(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let is_content = matches!(frame.element.content, Content::AtomContent);
        let at = frame.at_of("type");
        let declared = frame.attribute("type").map(str::to_owned);
        let src = frame.attribute("src").map(|src| (frame.at_of("src"), src.to_owned()));
        let kind = match declared.as_deref() {
            None | Some("text") => TextKind::Text,
            Some("html") => TextKind::Html,
            Some("xhtml") => TextKind::Xhtml,
            Some(other) => self.other_type(other, at, is_content),
        };
        if let Some(kind) = &declared
            && !kind.trim().is_empty()
            && !matches!(self.frames.last(), Some(f) if f.kind == TextKind::Remote)
        {
            let is_media_type = matches!(kind.as_str(), "text" | "html" | "xhtml") || kind.contains('/');
            if is_media_type {
                self.report.accept(Family::MediaType);
            }
        }
        self.facts.needs_summary |= is_content && (src.is_some() || kind == TextKind::Encoded);
        if let Some((src_at, src)) = src.filter(|_| is_content) {
            match declared.as_deref() {
                None => self.find(&atom::SRC_TYPE, src_at, None, &shown(&src)),
                // RFC 4287 section 4.1.3.2: beside src the type is a media type.
                Some(kind @ ("text" | "html" | "xhtml")) => self.find_value(&value::MEDIA_TYPE, at, kind),
                Some(_) => {}
            }
            self.frame_kind(TextKind::Remote);
        } else {
            self.frame_kind(kind);
        }
    }

    fn frame_kind(&mut self, kind: TextKind) {
        if let Some(frame) = self.frames.last_mut() {
            frame.kind = kind;
        }
    }

    /// A type that is none of the three words.
    fn other_type(&mut self, kind: &str, at: usize, is_content: bool) -> TextKind {
        let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if kind.trim().is_empty() {
            self.find(&value::ATTRIBUTE_BLANK, at, None, "type=\"\"");
            return TextKind::Text;
        }
        if !is_content {
            self.find_value(&atom::TEXT_TYPE, at, kind);
            return match essence.as_str() {
                "text/html" => TextKind::Html,
                "application/xhtml+xml" => TextKind::Xhtml,
                _ => TextKind::Text,
            };
        }
        self.value(Grammar::MediaType, kind, at, "/@type");
        if essence.starts_with("multipart/") || essence.starts_with("message/") {
            self.find(&value::MEDIA_TYPE, at, Some("no composite media type"), &shown(kind));
        }
        match essence.as_str() {
            // Not what RFC 4287 says, and yet what everybody means who writes it.
            "text/html" => TextKind::Html,
            essence if essence.ends_with("+xml") || essence.ends_with("/xml") => TextKind::Xml,
            essence if essence.starts_with("text/") => TextKind::Text,
            essence if essence.contains('/') => TextKind::Encoded,
            _ => TextKind::Text,
        }
    }

    /// An element in a construct.
    pub(super) fn in_text(&mut self, frame: &Frame<'t>, prefix: &str) -> &'static Element {
        let Some(parent) = self.frames.last() else { return &ANYTHING };
        let (kind, is_first) = (parent.kind, parent.elements == 1);
        match kind {
            TextKind::Xml => {
                // An Atom document in content is judged where it is published.
                if is_first
                    && frame.name == "html"
                    && let Some(parent) = self.frames.last_mut()
                {
                    parent.has_page = true;
                }
                if frame.vocabulary == V::Xhtml { self.xhtml(frame, prefix) } else { &ANYTHING }
            }
            TextKind::Xhtml => {
                if frame.vocabulary != V::Xhtml || frame.name != "div" || !is_first {
                    self.find_child(&content::XHTML_DIV, frame);
                }
                match frame.vocabulary {
                    V::Xhtml => self.xhtml(frame, prefix),
                    // A div that forgot its namespace: what is in it is meant all the same.
                    _ if frame.name == "div" => &XHTML,
                    _ => &ANYTHING,
                }
            }
            TextKind::Html => {
                self.find_child(&content::NOT_ESCAPED, frame);
                self.find_child(&structure::UNEXPECTED_CHILD, frame);
                &ANYTHING
            }
            TextKind::Text | TextKind::Encoded | TextKind::Remote => {
                self.find_child(&structure::UNEXPECTED_CHILD, frame);
                &ANYTHING
            }
        }
    }

    /// An element inside of XHTML.
    pub(super) fn xhtml(&mut self, frame: &Frame<'t>, prefix: &str) -> &'static Element {
        let mut faults = Vec::new();
        match frame.vocabulary {
            V::Xhtml => {
                if !prefix.is_empty() {
                    self.find(&xml::PREFIX_AVOID, frame.at, None, &format!("{prefix:?}"));
                }
                html::element(frame.name, &mut faults);
            }
            V::Svg if grammar::is_svg_element(frame.name) => {}
            V::MathMl if grammar::is_mathml_element(frame.name) => {}
            V::Svg | V::MathMl => self.find_child(&content::SECURITY, frame),
            V::None => {
                self.find_child(&structure::NO_VOCABULARY, frame);
                return &ANYTHING;
            }
            V::Unknown | V::Known => {
                self.told_unknown(frame.vocabulary, prefix, frame.at);
                return &ANYTHING;
            }
            vocabulary if vocabulary.is_closed() => {
                self.find_child(&structure::MISPLACED_ELEMENT, frame);
                return &ANYTHING;
            }
            _ => return &ANYTHING,
        }
        let language = match frame.vocabulary {
            V::Xhtml => Some(html::Language::Html),
            V::Svg => Some(html::Language::Svg),
            V::MathMl => Some(html::Language::MathMl),
            _ => None,
        };
        if let Some(language) = language {
            let is_absolute = self.facts.is_rss || self.facts.is_rdf;
            let attributes = frame.attributes.iter().filter(|a| !a.name.starts_with("xmlns"));
            html::attributes(attributes.map(|a| (a.name, &*a.value)), language, is_absolute, &mut faults);
        }
        self.faults(faults, frame.at, "");
        &XHTML
    }

    pub(super) fn atom_text(&mut self, text: &str, at: usize) {
        let Some(frame) = self.frames.last() else { return };
        let (is_blank, is_summary) = (text.trim().is_empty() && frame.elements == 0, frame.name == "summary");
        self.facts.has_text |= is_summary && !is_blank;
        if is_blank {
            self.find(&value::BLANK, at, None, "nothing");
        }
        self.construct(text, at);
    }

    pub(super) fn atom_content(&mut self, text: &str, at: usize) {
        let Some(frame) = self.frames.last() else { return };
        let is_blank = text.trim().is_empty() && frame.elements == 0 && frame.attribute("src").is_none();
        self.facts.has_text |= !is_blank;
        if is_blank {
            self.find(&value::BLANK, at, None, "nothing");
        }
        self.construct(text, at);
    }

    fn construct(&mut self, text: &str, at: usize) {
        let Some(frame) = self.frames.last() else { return };
        let (kind, elements) = (frame.kind, frame.elements);
        match kind {
            TextKind::Text => {
                if elements == 0 {
                    match markup_in(text) {
                        Some(found) => self.find_value(&content::HTML_UNDECLARED, at, found),
                        None => self.report.accept(Family::Plain),
                    }
                }
            }
            TextKind::Html => {
                self.whole_page(text);
                self.escaped_html(text, at, false);
            }
            TextKind::Xhtml => {
                let has_div = self.frames.last().is_some_and(|frame| frame.elements > 0);
                let own_text = elements == 0 && !text.trim().is_empty();
                if !has_div {
                    self.find(&content::XHTML_DIV, at, None, if own_text { "text" } else { "nothing" });
                } else if self.frames.last().is_some_and(|frame| frame.has_loose_text) {
                    self.find(&content::XHTML_DIV, at, None, "text beside it");
                }
                match markup_in(text).filter(|_| self.frames.last().is_some_and(|frame| frame.inner_elements == 0)) {
                    Some(found) => self.find_value(&content::NOT_INLINE, at, found),
                    None => self.report.accept(Family::Html),
                }
            }
            TextKind::Encoded => {
                self.value(Grammar::Base64, text, at, "");
                let is_html =
                    self.frames.last().and_then(|frame| frame.attribute("type")).is_some_and(|t| t.contains("html"));
                if let Some(html) = is_html.then(|| grammar::base64_text(text)).flatten() {
                    self.escaped_html(&html, at, false);
                }
            }
            TextKind::Remote => {
                if elements > 0 || !text.trim().is_empty() {
                    self.find(&structure::NOT_EMPTY, at, Some("an empty element beside src"), &shown(text));
                }
            }
            TextKind::Xml => {
                self.whole_page("");
                if elements == 0 && !text.trim().is_empty() {
                    self.find(&content::NOT_INLINE, at, Some("elements"), &shown(text));
                }
            }
        }
        self.garbled(text, at);
    }

    /// RFC 4287 section 4.1.3.3: a media type is that of a document, and a part of a page is none.
    fn whole_page(&mut self, text: &str) {
        let Some(frame) = self.frames.last() else { return };
        let Some(kind) = frame.attribute("type").map(str::to_owned) else { return };
        let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let is_part = match essence.as_str() {
            "text/html" => {
                let start: String = text.chars().take(BEFORE_ROOT).collect();
                !start.to_ascii_lowercase().contains("<html")
            }
            "application/xhtml+xml" => frame.elements > 0 && !frame.has_page,
            _ => false,
        };
        let is_content = matches!(frame.element.content, Content::AtomContent);
        if is_content && is_part {
            let at = frame.at_of("type");
            self.find(&atom::DOCUMENT_TYPE, at, None, &format!("a part of a page as {}", shown(&kind)));
        }
    }

    pub(super) fn media_text(&mut self, text: &str, at: usize) {
        if text.trim().is_empty() {
            self.find(&value::BLANK, at, None, "nothing");
        }
        let is_html = self.frames.last().and_then(|frame| frame.attribute("type")) == Some("html");
        if is_html {
            self.escaped_html(text, at, false);
        } else {
            match markup_in(text) {
                Some(found) => self.find_value(&content::HTML_UNDECLARED, at, found),
                None => self.report.accept(Family::Plain),
            }
        }
        self.garbled(text, at);
    }

    pub(super) fn escaped_html(&mut self, text: &str, at: usize, is_absolute: bool) {
        let mut faults = Vec::new();
        html::judge(text, is_absolute, &mut faults);
        if faults.is_empty() {
            self.report.accept(Family::Html);
        }
        self.faults(faults, at, "");
    }

    /// The title of RSS: readers agree only on the profile's way of writing `<` and `&`.
    pub(super) fn rss_title(&mut self, at: usize, end: usize) {
        let readable = self.as_readers_see_it(end);
        if let Some(found) = markup_in(&readable) {
            self.find_value(&content::HTML_IN_TEXT, at, found);
        } else if let Some(found) = ambiguous(&readable) {
            self.find_value(&content::CHARACTER_DATA, at, found);
        }
    }

    pub(super) fn is_rss_element(&self) -> bool {
        self.frames.last().is_some_and(|frame| matches!(frame.vocabulary, V::None | V::Rss10))
    }

    /// The text of the innermost element, whose end tag is at `end`, without the characters that were written as
    /// numbers: the profile's form, which nobody takes for markup.
    pub(super) fn as_readers_see_it(&self, end: usize) -> String {
        let mut rest = self.frames.last().and_then(|frame| self.text.get(frame.inner..end)).unwrap_or_default();
        let mut out = String::with_capacity(rest.len());
        while let Some(at) = memchr::memchr2(b'&', b'<', rest.as_bytes()) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let (shown, length) = if let Some(inner) = rest.strip_prefix("<![CDATA[") {
                let inner = inner.split("]]>").next().unwrap_or_default();
                (inner, (inner.len() + "<![CDATA[]]>".len()).min(rest.len()))
            } else {
                let named = [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&quot;", "\""), ("&apos;", "'")];
                let found = named.iter().find(|(written, _)| rest.starts_with(written));
                match found {
                    Some((written, shown)) => (*shown, written.len()),
                    // The decimal forms, which some readers take for markup as they do the named ones.
                    None if is_number(rest, 62) => (">", rest.find(';').map_or(rest.len(), |at| at + 1)),
                    None if is_number(rest, 38) => ("&", rest.find(';').map_or(rest.len(), |at| at + 1)),
                    None if is_number(rest, 60) => ("<", rest.find(';').map_or(rest.len(), |at| at + 1)),
                    // A number in hexadecimal, a comment, an element that is out of place.
                    None => ("\u{fffc}", rest.find([';', '>']).map_or(rest.len(), |at| at + 1)),
                }
            };
            out.push_str(shown);
            rest = &rest[length..];
        }
        out + rest
    }

    /// Text that was decoded wrongly once, and encoded again.
    pub(super) fn garbled(&mut self, text: &str, at: usize) {
        if let Some(found) = mojibake(text) {
            self.find_value(&xml::GARBLED, at, found);
        }
    }
}

/// Whether a text begins with the reference to that character by its decimal number.
fn is_number(text: &str, code: u32) -> bool {
    let digits = text.strip_prefix("&#").and_then(|rest| rest.get(..rest.find(';').filter(|at| *at <= 8)?));
    digits.is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()) && digits.parse() == Ok(code))
}

/// UTF-8 that was taken for windows-1252: a letter from Â to ï and then what a continuation byte looks like.
pub(super) fn mojibake(text: &str) -> Option<&str> {
    // The letters that it makes begin with this byte in UTF-8.
    memchr::memchr_iter(0xC3, text.as_bytes()).find_map(|at| {
        let mut chars = text.get(at..)?.chars();
        let (first, second) = (chars.next()?, chars.next()?);
        let is_low = matches!(second, '\u{80}'..='\u{bf}');
        let is_it = match first {
            'Â' => is_low,
            'Ã' => is_low || matches!(second, '‚'..='…' | 'œ' | 'Ÿ' | '™'),
            'â' => matches!(second, '€' | '\u{80}'),
            _ => false,
        };
        is_it.then(|| &text[at..at + first.len_utf8() + second.len_utf8()])
    })
}
