//! The pass itself: a stack of open elements, and what is being written down while they are open.

use super::attributes::{Attributes, has_word};
use super::classes::{self, Classes};
use super::elements::{self, Element};
use super::holds::{Scope, held_by, holds, stated};
use super::lines::Lines;
use super::place::{self, Place};
use super::{Heading, Holds, Mark, Page, cut, head, push_cut};
use feedmill_markup as markup;
use feedmill_markup::html::tokens::{self, Listener, Tag};

/// Deeper elements are not told apart; no page that people read is as deep.
const DEEPEST: usize = 400;
/// Linked data that is read: so many scripts, with so many bytes together.
const MOST_SCRIPTS: usize = 64;
const MOST_SCRIPT_BYTES: usize = 4 << 20;
/// More headings, marks, tags and kinds of things than tell anything.
const MOST_HEADINGS: usize = 200;
const MOST_MARKS: usize = 1000;
const MOST_TAGS: usize = 200;
const MOST_TYPES: usize = 100;
/// The title of a page is no longer than this, in bytes, and neither is a value that an attribute states.
const LONGEST_TITLE: usize = 2000;
/// A heading, or an element that holds a date or a name, is no longer than this, in bytes.
const LONGEST_CAPTURE: usize = 600;
/// How many elements are written down at a time; nested ones beyond that are not.
const MOST_CAPTURES: usize = 12;

/// Reads a page.
pub(in super::super) fn read(html: &str) -> Page {
    let mut scan = Scan::default();
    tokens::read(html, &mut scan);
    scan.finish()
}

/// An open element.
struct Open {
    name: Name,
    place: Place,
    scope: Scope,
}

/// The name of an element: its first eight letters, which tell all elements apart that matter here.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Name([u8; 8]);

impl Name {
    fn new(name: &str) -> Name {
        let mut first = [0; 8];
        let length = name.len().min(8);
        first[..length].copy_from_slice(&name.as_bytes()[..length]);
        Name(first)
    }
}

/// An element whose text is being written down.
struct Capture {
    /// How many elements are open inside which it stands, itself included.
    depth: usize,
    what: What,
    text: String,
    value: Option<String>,
    place: Place,
    at: usize,
    before: String,
}

enum What {
    Title,
    Heading { level: u8, is_title: bool },
    Holds(Holds),
    Tag,
}

#[derive(Default)]
struct Scan {
    page: Page,
    open: Vec<Open>,
    /// Elements that are open beyond [`DEEPEST`].
    beyond: usize,
    captures: Vec<Capture>,
    lines: Lines,
    classes: classes::Reader,
    script_bytes: usize,
    /// Whether the script that comes next holds linked data.
    is_linked_data: bool,
}

impl Listener for Scan {
    fn start(&mut self, tag: &Tag, is_raw: bool) -> bool {
        let name = &*tag.name;
        let attributes = Attributes::of(tag);
        let element = elements::of(name);
        self.end_implied(name, element);
        self.part(element);
        let outer = self.place();
        let scope = self.open.last().map(|open| open.scope).unwrap_or_default();
        match name {
            "html" => head::language(&mut self.page, tag),
            "base" => head::base(&mut self.page, &attributes),
            "meta" => self.meta(tag, &attributes, scope),
            "link" => head::link(&mut self.page, &attributes),
            "script" => self.is_linked_data = is_linked_data(tag),
            "input" if tag.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("password")) => {
                self.page.counts.passwords += 1;
            }
            _ => {}
        }
        if element.is_void {
            return false;
        }
        if outer.is_any(Place::MUTE) {
            self.push(name, outer, scope);
            return is_raw;
        }
        let own = element.place.with(place::of_attributes(name, &attributes));
        let classes = self.classes.read(name, &attributes);
        let mut place = outer.with(own).with(classes.place);
        if own.is_any(Place::ARTICLE) {
            let is_nested = outer.is_any(Place::ARTICLE);
            self.page.counts.articles += usize::from(!is_nested);
            place = if is_nested { place.with(Place::NESTED) } else { place };
        }
        let scope = self.scope(&attributes, scope);
        if scope == Scope::Other {
            place = place.with(Place::THING);
        }
        let holds = holds(name, &attributes, &classes, scope, outer);
        if holds == Some(Holds::Author) {
            place = place.with(Place::AUTHOR);
        }
        if self.push(name, place, scope) {
            self.begin_captures(name, element.level, &attributes, &classes, holds, place);
        }
        is_raw
    }

    fn end(&mut self, name: &str) {
        self.part(elements::of(name));
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let wanted = Name::new(name);
        if let Some(at) = self.open.iter().rposition(|open| open.name == wanted) {
            self.close(at);
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(capture) = self.captures.last_mut().filter(|capture| matches!(capture.what, What::Title)) {
            return push_cut(&mut capture.text, text, LONGEST_TITLE);
        }
        let place = self.place();
        if place.is_any(Place::MUTE) {
            return;
        }
        for capture in &mut self.captures {
            // A badge inside a heading is no part of it.
            let is_badge = place.is_any(Place::BADGE) && !capture.place.is_any(Place::BADGE);
            if !is_badge || !matches!(capture.what, What::Heading { .. }) {
                push_cut(&mut capture.text, text, LONGEST_CAPTURE);
            }
        }
        if !place.is_any(Place::HIDDEN) {
            self.lines.push(text, place, &mut self.page.counts);
        }
    }

    fn code(&mut self, code: &str) {
        let room = MOST_SCRIPT_BYTES - self.script_bytes;
        if self.is_linked_data && self.page.scripts.len() < MOST_SCRIPTS && code.len() <= room {
            self.script_bytes += code.len();
            self.page.scripts.push(code.to_owned());
        }
    }
}

impl Scan {
    fn place(&self) -> Place {
        self.open.last().map(|open| open.place).unwrap_or_default()
    }

    /// Opens an element; false where there are too many.
    fn push(&mut self, name: &str, place: Place, scope: Scope) -> bool {
        let has_room = self.open.len() < DEEPEST;
        if has_room {
            self.open.push(Open { name: Name::new(name), place, scope });
        } else {
            self.beyond += 1;
        }
        has_room
    }

    /// Ends elements whose end tags most people leave out.
    fn end_implied(&mut self, name: &str, element: Element) {
        let Some(top) = self.open.last() else { return };
        let ends = |ended: &[&str]| ended.iter().any(|ended| top.name == Name::new(ended));
        let is_over = match name {
            "li" => ends(&["li"]),
            "dt" | "dd" => ends(&["dt", "dd"]),
            "tr" | "td" | "th" => ends(&["td", "th"]),
            "option" => ends(&["option"]),
            // A page that never closes its head still has a body.
            "body" => ends(&["head", "title"]),
            "br" => false,
            _ => element.is_block && ends(&["p"]),
        };
        if is_over {
            self.close(self.open.len() - 1);
        }
    }

    /// Closes the element at that depth and all inside it.
    fn close(&mut self, at: usize) {
        self.open.truncate(at);
        while let Some(capture) = self.captures.pop_if(|capture| capture.depth > at) {
            self.end_capture(capture);
        }
    }

    fn begin_captures(
        &mut self,
        name: &str,
        level: u8,
        attributes: &Attributes,
        classes: &Classes,
        holds: Option<Holds>,
        place: Place,
    ) {
        if self.captures.len() >= MOST_CAPTURES {
            return;
        }
        if name == "title" && self.page.title.is_empty() {
            return self.begin(What::Title, None, place);
        }
        let is_title = classes.is_title || has_word(attributes.item_property, "headline");
        let is_container = matches!(name, "a" | "li" | "ul" | "section" | "article" | "main");
        if (level > 0 || (is_title && !is_container)) && self.page.headings.len() < MOST_HEADINGS {
            self.begin(What::Heading { level, is_title }, None, place);
        }
        let is_linked = if level > 0 { place.is_any(Place::LINK) } else { name == "a" && place.is_any(Place::HEADING) };
        self.page.counts.linked_headings += usize::from(is_linked);
        if place.is_any(Place::HOME) {
            // A heading that leads home is the name of the site.
            for capture in self.captures.iter_mut().filter(|capture| matches!(capture.what, What::Heading { .. })) {
                capture.place = capture.place.with(Place::HOME);
            }
        }
        if name == "a" && has_word(attributes.rel, "tag") && self.page.tags.len() < MOST_TAGS {
            self.begin(What::Tag, None, place);
        }
        if let Some(holds) = holds.filter(|_| self.page.marks.len() < MOST_MARKS) {
            self.begin(What::Holds(holds), stated(attributes, holds), place);
        }
    }

    fn begin(&mut self, what: What, value: Option<String>, place: Place) {
        let before = self.lines.tail().to_owned();
        let (depth, at) = (self.open.len(), self.page.counts.text);
        self.captures.push(Capture { depth, what, text: String::new(), value, place, at, before });
    }

    fn end_capture(&mut self, capture: Capture) {
        let Capture { what, text, value, place, at, before, .. } = capture;
        match what {
            What::Title => self.page.title = markup::one_line(&text),
            What::Heading { level, is_title } => {
                let text = markup::one_line(&text);
                if !text.is_empty() {
                    self.page.headings.push(Heading { level, text, place, at, is_title });
                }
            }
            What::Holds(holds) => {
                let lines = text.split('\n').map(markup::one_line).filter(|line| !line.is_empty());
                let text = lines.collect::<Vec<_>>().join("\n");
                if !text.is_empty() || value.is_some() {
                    self.page.marks.push(Mark { holds, text, value, place, at, before });
                }
            }
            What::Tag => {
                let text = markup::one_line(&text);
                if !text.is_empty() && !place.is_any(Place::RELATED.with(Place::ASIDE)) {
                    self.page.tags.push(text);
                }
            }
        }
    }

    /// What the things are about that stand in the element.
    fn scope(&mut self, attributes: &Attributes, scope: Scope) -> Scope {
        let Some(kind) = attributes.item_type else { return scope };
        let kind = kind.trim().trim_end_matches('/').rsplit(['/', ':', '#']).next().unwrap_or_default();
        const LONGEST: usize = 40;
        if self.page.item_types.len() < MOST_TYPES && kind.len() < LONGEST {
            self.page.item_types.push(kind.to_owned());
        }
        scope.of(kind)
    }

    fn meta(&mut self, tag: &Tag, attributes: &Attributes, scope: Scope) {
        let Some(content) = attributes.content.map(str::trim).filter(|content| !content.is_empty()) else { return };
        if let Some(property) = attributes.item_property.filter(|_| attributes.property.is_none()) {
            if let Some(holds) = held_by(property, scope, self.place())
                && self.page.marks.len() < MOST_MARKS
            {
                let (place, at, value) = (self.place(), self.page.counts.text, Some(cut(content, LONGEST_TITLE)));
                self.page.marks.push(Mark { holds, text: String::new(), value, place, at, before: String::new() });
            }
            if scope != Scope::Article {
                return;
            }
        }
        head::meta(&mut self.page, tag, content);
    }

    /// Ends the line at a block, and parts the words at other elements.
    fn part(&mut self, element: Element) {
        let is_block = element.is_block;
        if is_block {
            self.lines.end(&mut self.page.counts, &self.page.title);
        } else if element.is_part {
            self.lines.part();
        } else {
            return;
        }
        let sign = if is_block { "\n" } else { " " };
        for capture in self.captures.iter_mut().filter(|capture| !capture.text.is_empty()) {
            // The words of a heading may be parted for their colours.
            let is_whole = match capture.what {
                What::Heading { .. } => !is_block,
                What::Title => true,
                _ => false,
            };
            if !is_whole {
                push_cut(&mut capture.text, sign, LONGEST_CAPTURE);
            }
        }
    }

    fn finish(mut self) -> Page {
        self.lines.end(&mut self.page.counts, &self.page.title);
        self.close(0);
        Page { lines: self.lines.kept, ..self.page }
    }
}

fn is_linked_data(tag: &Tag) -> bool {
    const KIND: &str = "application/ld+json";
    let kind = tag.attribute("type").unwrap_or_default().trim();
    kind.get(..KIND.len()).is_some_and(|start| start.eq_ignore_ascii_case(KIND))
}
