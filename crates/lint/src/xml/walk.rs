//! The walk through a document.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::attributes::{self, Attribute, Kind};
use super::doctype::Doctype;
use crate::place::Places;
use crate::report::{Report, shown};
use crate::rules::{Rule, xml};
use feedmill_markup as markup;

/// Deeper documents are not walked: recursive readers overflow.
const DEEPEST: usize = 200;

/// One step.
pub(crate) enum Step<'t> {
    Start(Tag<'t>),
    /// A piece of text, its references resolved; whether it is a CDATA section.
    Text {
        text: Cow<'t, str>,
        at: usize,
        raw: bool,
    },
    /// The innermost element ends; what was never closed ends before the document does.
    End {
        at: usize,
    },
    Over,
}

/// A start tag.
pub(crate) struct Tag<'t> {
    /// The name as it is written.
    pub name: &'t str,
    pub attributes: Vec<Attribute<'t>>,
    pub at: usize,
    /// Where its content begins.
    pub end: usize,
}

pub(crate) struct Walk<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    /// The names of the open elements.
    open: Vec<&'t str>,
    /// Ends that are due before the next event.
    due: usize,
    /// Where the end tag began that made them due.
    due_at: usize,
    has_root: bool,
    is_over: bool,
    pub doctype: Option<Doctype>,
    pub has_declaration: bool,
}

impl<'t> Walk<'t> {
    pub fn new(text: &'t str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Walk {
            text,
            reader,
            open: Vec::new(),
            due: 0,
            due_at: 0,
            has_root: false,
            is_over: false,
            doctype: None,
            has_declaration: false,
        }
    }

    pub fn step(&mut self, report: &mut Report, places: &mut Places<'_>) -> Step<'t> {
        loop {
            if self.due > 0 {
                self.due -= 1;
                self.open.pop();
                return Step::End { at: self.due_at };
            }
            if self.is_over {
                return Step::Over;
            }
            let at = self.at();
            let event = self.reader.read_event();
            let end = self.at();
            let mut complain = |rule: &'static Rule, at: usize, found: &str| report.plain(rule, places, at, found);
            match event {
                Ok(Event::Start(start)) => {
                    return self.start(start.name().as_ref().len(), at, end, false, report, places);
                }
                Ok(Event::Empty(start)) => {
                    return self.start(start.name().as_ref().len(), at, end, true, report, places);
                }
                Ok(Event::End(tag)) => {
                    self.due_at = at;
                    let name = tag.name();
                    let name: &str = name.as_ref();
                    match self.open.iter().rposition(|open| *open == name) {
                        Some(position) => {
                            self.due = self.open.len() - position;
                            if self.due > 1 {
                                let open = self.open.last().copied().unwrap_or_default();
                                complain(&xml::END_MISMATCH, at, &format!("</{name}> where <{open}> is open"));
                            }
                        }
                        None => complain(&xml::END_MISMATCH, at, &format!("</{name}> without a start")),
                    }
                }
                Ok(Event::Text(text)) => {
                    let text = text.into_inner();
                    if self.open.is_empty() {
                        if let Some(inner) = text.find(|c: char| !c.is_ascii_whitespace()) {
                            let rule = if self.has_root { &xml::AFTER_ROOT } else { &xml::MALFORMED };
                            complain(rule, at + inner, &format!("the text {}", shown(&text)));
                        }
                        continue;
                    }
                    for inner in memchr::memchr_iter(b'&', text.as_bytes()) {
                        complain(&xml::BARE_AMPERSAND, at + inner, &shown(text.get(inner..).unwrap_or_default()));
                    }
                    let ends = memchr::memchr_iter(b']', text.as_bytes());
                    if let Some(inner) = ends.into_iter().find(|at| text.as_bytes()[*at..].starts_with(b"]]>")) {
                        complain(&xml::CDATA_END, at + inner, "`]]>`");
                    }
                    return Step::Text { text, at, raw: false };
                }
                Ok(Event::CData(text)) => {
                    if self.open.is_empty() {
                        complain(&xml::MALFORMED, at, "a CDATA section outside the root element");
                        continue;
                    }
                    return Step::Text { text: text.into_inner(), at: at + "<![CDATA[".len(), raw: true };
                }
                Ok(Event::GeneralRef(reference)) => {
                    let name: &str = &reference;
                    let text = resolve(self.doctype.as_ref(), name);
                    if name.starts_with('#') && text.as_deref().is_some_and(|text| text.chars().all(is_control)) {
                        complain(&xml::CONTROL, at, &format!("&{};", shown(name).trim_matches('"')));
                    }
                    if text.is_none() {
                        complain(&xml::ENTITY_UNDEFINED, at, &format!("&{};", shown(name).trim_matches('"')));
                    }
                    if self.open.is_empty() {
                        continue;
                    }
                    return Step::Text { text: Cow::Owned(text.unwrap_or_default()), at, raw: false };
                }
                Ok(Event::Decl(declaration)) => {
                    self.has_declaration = true;
                    if at > 0 {
                        complain(&xml::BEFORE_DECLARATION, at, "something before it");
                    }
                    let written = self.text.get(at + "<?xml".len()..end.saturating_sub("?>".len())).unwrap_or_default();
                    if let Some(found) = super::decode::fault_of_declaration(written) {
                        complain(&xml::MALFORMED, at, &found);
                    }
                    match declaration.version() {
                        Ok(version) if version == "1.0" => {}
                        Ok(version) => complain(&xml::XML_VERSION, at, &shown(&version)),
                        Err(_) => complain(&xml::XML_VERSION, at, "no version"),
                    }
                }
                Ok(Event::PI(instruction)) => {
                    let target = instruction.target().to_owned();
                    if !attributes::is_name(&target) || target.contains(':') {
                        complain(&xml::NAME, at, &shown(&target));
                    } else if target.eq_ignore_ascii_case("xml") {
                        complain(&xml::BEFORE_DECLARATION, at, "something before it");
                    } else if target == "xml-stylesheet" && instruction.content().contains("xsl") {
                        complain(&xml::PROCESSING, at, "an XSLT stylesheet");
                    }
                }
                Ok(Event::DocType(_)) if self.has_root || self.doctype.is_some() => {
                    complain(&xml::MALFORMED, at, "a document type after the beginning of the document");
                }
                Ok(Event::DocType(text)) => {
                    let doctype = Doctype::read(&text.into_inner());
                    if let Some(name) = &doctype.external {
                        complain(&xml::ENTITY_EXTERNAL, at, &shown(name));
                    }
                    self.doctype = Some(doctype);
                }
                Ok(Event::Comment(comment)) => {
                    let inner: &str = &comment;
                    if inner.contains("--") || inner.ends_with('-') {
                        complain(&xml::MALFORMED, at, "`--` in a comment");
                    }
                }
                Ok(Event::Eof) => {
                    if let Some(name) = self.open.last() {
                        complain(
                            &xml::UNCLOSED,
                            self.text.len(),
                            &format!("the end of the document inside <{}>", name.escape_debug()),
                        );
                    }
                    if !self.has_root {
                        complain(&xml::MALFORMED, self.text.len(), "no element");
                    }
                    self.finish();
                }
                Err(err) => {
                    complain(&xml::MALFORMED, self.reader.error_position() as usize, &err.to_string());
                    self.finish();
                }
            }
        }
    }

    fn at(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.text.len())
    }

    fn finish(&mut self) {
        self.due = self.open.len();
        self.due_at = self.text.len();
        self.is_over = true;
    }

    fn start(
        &mut self,
        name_length: usize,
        at: usize,
        end: usize,
        is_empty: bool,
        report: &mut Report,
        places: &mut Places<'_>,
    ) -> Step<'t> {
        let inner = &self.text[at + 1..end - 1];
        let inner = if is_empty { &inner[..inner.len() - 1] } else { inner };
        let (name, rest) = inner.split_at(name_length);
        if self.open.is_empty() {
            if self.has_root {
                report.plain(&xml::AFTER_ROOT, places, at, format!("<{}>", shown(name).trim_matches('"')));
                self.finish();
                return Step::Over;
            }
            self.has_root = true;
        }
        if !attributes::is_name(name) {
            report.plain(&xml::NAME, places, at, shown(name));
        }
        let mut wrong = Vec::new();
        let doctype = self.doctype.as_ref();
        let attributes = attributes::read(rest, at + 1 + name_length, &|name| resolve(doctype, name), &mut wrong);
        for fault in wrong {
            let rule = match fault.kind {
                Kind::Syntax => &xml::ATTRIBUTE_SYNTAX,
                Kind::Ampersand => &xml::BARE_AMPERSAND,
                Kind::Entity => &xml::ENTITY_UNDEFINED,
            };
            report.plain(rule, places, fault.at, fault.found);
        }
        if self.open.len() >= DEEPEST {
            report.plain(&xml::TOO_DEEP, places, at, "deeper ones");
            self.finish();
            return self.step(report, places);
        }
        self.open.push(name);
        self.due = usize::from(is_empty);
        self.due_at = end;
        Step::Start(Tag { name, attributes, at, end })
    }
}

/// The text of a reference; `None` where nothing declares it, or the character is not allowed.
fn resolve(doctype: Option<&Doctype>, name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| super::walk::is_character(*c)).map(String::from);
    }
    match name {
        "lt" => Some("<".into()),
        "gt" => Some(">".into()),
        "amp" => Some("&".into()),
        "quot" => Some("\"".into()),
        "apos" => Some("'".into()),
        _ => match doctype?.entity(name) {
            Some(text) => Some(text.unwrap_or_default().to_owned()),
            None if doctype?.is_of_rss() => markup::html::entity(name),
            None => None,
        },
    }
}

/// XML 1.0 section 2.2.
pub(super) fn is_character(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// What XML advises against, since it comes from windows-1252 that was taken for ISO 8859-1.
fn is_control(c: char) -> bool {
    matches!(c, '\u{7F}'..='\u{84}' | '\u{86}'..='\u{9F}')
}

/// Complains about characters that XML forbids, or advises against.
pub(crate) fn judge_characters(text: &str, report: &mut Report, places: &mut Places<'_>) {
    let bytes = text.as_bytes();
    // Nearly every text has nothing to look at twice.
    let is_suspect =
        |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r') || matches!(byte, 0x7F | 0xC2 | 0xEF);
    for at in (0..bytes.len()).filter(|at| is_suspect(&bytes[*at])) {
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        if !is_character(c) {
            report.plain(&xml::CHARACTER, places, at, format!("U+{:04X}", u32::from(c)));
        } else if is_control(c) {
            report.plain(&xml::CONTROL, places, at, format!("U+{:04X}", u32::from(c)));
        }
    }
}
