//! The walk of the judge: elements, attributes and text held against the tables.

mod atom;
mod attributes;
mod elements;
mod extensions;
mod find;
mod frame;
mod hooks;
mod namespaces;
mod opml;
mod root;
mod rss;
mod text;

use super::Context;
use super::grammar::Grammar;
use super::place::Places;
use super::report::Report;
use super::rules::{atom as atom_rules, structure, value};
use super::schema::{self, ANYTHING, Content, ENTRY, Element, Hook, Need};
use super::xml::{Step, Tag, Walk};
use find::display;
use frame::{Facts, Frame};
use namespaces::Namespaces;
use text::TextKind;

/// Readers built on libxml2 stop at a field of this size.
const LARGEST_FIELD: usize = 10_000_000;

/// Judges a document of XML; `false` where its root is that of no feed.
pub(super) fn judge(text: &str, context: &Context, report: &mut Report) -> bool {
    let mut judge = Judge {
        text,
        places: Places::new(text),
        context,
        report,
        frames: Vec::new(),
        namespaces: Namespaces::default(),
        facts: Facts::default(),
    };
    let mut walk = Walk::new(text);
    super::xml::judge_characters(text, judge.report, &mut judge.places);
    loop {
        match walk.step(judge.report, &mut judge.places) {
            Step::Start(tag) => judge.start(tag, &walk),
            Step::Text { text, at, raw } => judge.text(&text, at, raw),
            Step::End { at } => judge.end(at),
            Step::Over => break,
        }
    }
    !judge.report.format.is_empty()
}

struct Judge<'t, 'r> {
    text: &'t str,
    places: Places<'t>,
    context: &'r Context<'r>,
    report: &'r mut Report,
    frames: Vec<Frame<'t>>,
    namespaces: Namespaces<'t>,
    facts: Facts,
}

impl<'t> Judge<'t, '_> {
    fn start(&mut self, tag: Tag<'t>, walk: &Walk<'t>) {
        let bound = self.namespaces.len();
        self.bind(&tag);
        let (prefix, local) = tag.name.split_once(':').unwrap_or(("", tag.name));
        let vocabulary = self.vocabulary(prefix, tag.at);
        let mut frame = Frame {
            element: &ANYTHING,
            vocabulary,
            name: local,
            at: tag.at,
            inner: tag.end,
            attributes: tag.attributes,
            text: String::new(),
            text_at: None,
            kind: TextKind::Text,
            seen: 0,
            extensions: Vec::new(),
            elements: 0,
            inner_elements: 0,
            has_loose_text: false,
            has_page: false,
            entries: 0,
            ordinal: 0,
            bound,
            base: None,
            scope: None,
        };
        frame.element = match self.frames.is_empty() {
            true => self.root(&frame, prefix, walk),
            false => self.choose(&frame, prefix),
        };
        let place = frame.element.place;
        if place & ENTRY != 0 && matches!(frame.element.hook, Hook::Item | Hook::RdfItem | Hook::Entry) {
            self.facts.entries += 1;
            if let Some(parent) = self.frames.last_mut() {
                parent.entries += 1;
                frame.ordinal = parent.entries;
            }
        }
        if place & (schema::FEED | ENTRY | schema::SOURCE | schema::MEDIA) != 0
            || matches!(frame.element.hook, Hook::SkipHours | Hook::SkipDays)
        {
            frame.scope = Some(Box::default());
        }
        self.frames.push(frame);
        self.attributes();
        self.begin();
    }

    fn text(&mut self, text: &str, at: usize, _raw: bool) {
        let depth = self.frames.len();
        let Some(frame) = self.frames.last_mut() else { return };
        match frame.element.content {
            Content::Elements | Content::Empty => {
                if let Some(inner) = text.find(|c: char| !c.is_ascii_whitespace()) {
                    let rule = match frame.element.content {
                        Content::Empty => &structure::NOT_EMPTY,
                        _ => &structure::UNEXPECTED_TEXT,
                    };
                    self.find_value(rule, at + inner, text);
                }
            }
            Content::Anything | Content::Xhtml => {
                if frame.element.hook == Hook::Link && !text.trim().is_empty() {
                    frame.text.push_str(text.trim());
                }
                let is_described = !frame.element.attributes.is_empty() && frame.element.hook != Hook::Link;
                if is_described && !text.trim().is_empty() {
                    self.find_value(&structure::QUESTIONABLE, at, text);
                }
                // What is inside of markup is text of the construct around it.
                let holder = self.frames.iter_mut().take(depth - 1).rev().find(|frame| frame.element.is_text());
                if let Some(holder) = holder {
                    holder.push(text, at);
                }
            }
            _ => {
                frame.has_loose_text |= frame.kind == TextKind::Xhtml && !text.trim().is_empty();
                frame.push(text, at);
            }
        }
    }

    fn end(&mut self, at: usize) {
        let Some(frame) = self.frames.last_mut() else { return };
        let text = std::mem::take(&mut frame.text);
        let element = frame.element;
        let value_at = frame.value_at();
        if text.len() >= LARGEST_FIELD {
            self.find(&value::FIELD_TOO_LARGE, value_at, None, &format!("{} bytes", text.len()));
        }
        match element.content {
            Content::Value(grammar) => self.leaf(grammar, &text, value_at, at),
            Content::ValueOrRdf(grammar) => {
                if self.frames.last().is_some_and(|frame| {
                    frame.elements == 0 && frame.attributes.iter().all(|a| !a.name.starts_with("rdf:"))
                }) {
                    self.leaf(grammar, &text, value_at, at);
                }
            }
            Content::AtomText => self.atom_text(&text, value_at),
            Content::AtomContent => self.atom_content(&text, value_at),
            Content::MediaText => self.media_text(&text, value_at),
            Content::Empty => {
                if self.frames.last().is_some_and(|frame| frame.elements > 0) {
                    let at = self.frames.last().map_or(at, |frame| frame.at);
                    self.find(&structure::NOT_EMPTY, at, None, "elements in it");
                }
            }
            Content::Elements => self.missing(),
            Content::Anything | Content::Xhtml => {}
        }
        self.finish(&text, value_at, at);
        if let Some(frame) = self.frames.pop() {
            self.namespaces.truncate(frame.bound);
        }
    }

    fn leaf(&mut self, grammar: Grammar, text: &str, value_at: usize, end: usize) {
        match grammar {
            // Descriptions of RSS 0.91 are plain text, and may speak of markup.
            Grammar::Html if self.report.format == "RSS 0.91" => {}
            Grammar::Html => self.escaped_html(text, value_at, true),
            Grammar::RssTitle => {
                self.rss_title(value_at, end);
                self.value(grammar, text, value_at, "");
            }
            Grammar::Plain if self.is_rss_element() => {
                let readable = self.as_readers_see_it(end);
                self.value(grammar, &readable, value_at, "");
            }
            _ => self.value(grammar, text, value_at, ""),
        }
        self.garbled(text, value_at);
    }

    /// Required children that did not come.
    fn missing(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let (element, seen, at) = (frame.element, frame.seen, frame.at);
        let parent = display(frame.vocabulary, frame.name);
        for (_, child) in element.children.iter().enumerate().filter(|(index, _)| seen & (1 << index) == 0) {
            let rule = match child.need {
                Need::One | Need::Some => &structure::MISSING_ELEMENT,
                Need::Wanted => &atom_rules::SOURCE,
                Need::Optional | Need::Any => continue,
            };
            let name = display(child.vocabulary, child.name);
            let tail = format!("/{name}");
            let found = format!("<{parent}> without it");
            self.find_at(rule, at, Some(&format!("the element <{name}>")), &found, element.clause, &tail);
        }
    }
}

impl Element {
    fn is_text(&self) -> bool {
        matches!(self.content, Content::AtomText | Content::AtomContent | Content::MediaText)
    }
}

/// For comparing texts without keeping them.
pub(super) fn hash(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
