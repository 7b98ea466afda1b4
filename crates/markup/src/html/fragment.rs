//! The first pass: a well-nested fragment of allow-listed elements.
//!
//! The nesting rules are those of the HTML Living Standard (section 13.2.6) as far as they concern the elements of
//! the allow-list, with two differences that a reader of feeds is glad of: text that stands between the rows of a
//! table gets a cell instead of being moved before the table, and an inline element that ends inside a block that it
//! does not contain the start of ends with that block.

mod tables;

use memchr::memchr2_iter;
use url::Url;

use super::allow::{self, Element, Fate, Kind};
use super::attributes::{Sources, push_attribute, push_attributes, sources};
use super::embed;
use super::is_heading;
use super::skip::{Covers, Skip};
use super::tokens::{self, Listener, Tag};
use crate::link;
use crate::xml::push_content;

/// Real articles stay below 60. Every tag costs a look through the open elements, here and in the sanitiser, so that
/// the bound is what keeps the time linear; the tags beyond it go, their text stays.
const MAX_DEPTH: usize = 200;
/// After so many `&` and no-break spaces in one text, a `<wbr>`, which nobody sees, parts it: the serialiser behind
/// the sanitiser looks from each to the end of the text.
const MAX_REFERENCES: usize = 1024;
/// How far back an end tag is matched among the start tags that went because they were nested too deeply.
const MAX_OVERFLOW_SEARCH: usize = 8;

/// A no-break space is written as a reference; its first byte stands for all characters that begin so.
const NO_BREAK_SPACE: &[u8] = "\u{a0}".as_bytes();

/// The HTML as a well-nested fragment of allow-listed elements with absolute links.
pub(super) fn rewrite(html: &str, base: Option<&Url>) -> String {
    let mut fragment = Fragment {
        out: String::with_capacity(html.len() + html.len() / 8),
        base: base.cloned(),
        has_own_base: false,
        open: Vec::new(),
        overflow: Vec::new(),
        skipping: None,
        at_pre_start: false,
        after_lazy_image: false,
        in_noscript: false,
        text_end: 0,
        references: 0,
        last_embed: None,
    };
    tokens::read(html, &mut fragment);
    fragment.close_to(0);
    fragment.out
}

struct Fragment {
    out: String,
    base: Option<Url>,
    has_own_base: bool,
    open: Vec<Open>,
    /// Start tags that went because they were nested too deeply, to find their end tags.
    overflow: Vec<&'static str>,
    skipping: Option<Skip>,
    /// Whether nothing was written since a `<pre>`: a line feed there would be lost in the next reading.
    at_pre_start: bool,
    /// Whether a `noscript` that follows repeats the picture that was just written.
    after_lazy_image: bool,
    in_noscript: bool,
    /// Where the last text ends in `out`, and how many references and their like the text has had so far.
    text_end: usize,
    references: usize,
    /// The address of the last link that stands for something embedded, until other text or markup follows.
    last_embed: Option<String>,
}

/// An element whose end tag is still to be written.
struct Open {
    element: &'static Element,
    /// Whether its end tag was read inside a block that is still open; it ends with that block.
    has_ended: bool,
}

impl Listener for Fragment {
    fn start(&mut self, tag: &Tag, is_raw: bool) -> bool {
        if let Some(skip) = &mut self.skipping {
            let is_raw = !skip.is_foreign();
            if skip.covers_start(tag) {
                return is_raw;
            }
            self.skipping = None;
        }
        match allow::fate(&tag.name) {
            Fate::Keep(element) => self.start_element(element, tag),
            Fate::Drop => self.skipping = Skip::from(tag),
            Fate::Unwrap => self.start_unwrapped(tag),
            Fate::Embed => {
                self.write_embed(tag);
                // What stands in an `iframe` is for browsers that know no frames.
                self.skipping = Skip::from(tag).filter(|_| is_raw);
            }
        }
        true
    }

    fn end(&mut self, name: &str) {
        if let Some(skip) = &mut self.skipping {
            match skip.covers_end(name, |name| self.open.iter().any(|open| open.element.name == name)) {
                Covers::More => return,
                Covers::Last => return self.skipping = None,
                Covers::Nothing => self.skipping = None,
            }
        }
        match name {
            "noscript" => self.in_noscript = false,
            "br" => self.out.push_str("<br>"),
            _ => {
                if let Some(element) = allow::element(allow::modern_name(name)) {
                    self.end_element(element);
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipping.is_some() {
            return;
        }
        let text = if self.at_pre_start { text.trim_start_matches(['\r', '\n']) } else { text };
        if text.is_empty() {
            return;
        }
        if !text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            self.enter_cell();
            self.after_lazy_image &= self.in_noscript;
            self.last_embed = None;
        }
        self.at_pre_start = false;
        self.push_text(text);
    }
}

impl Fragment {
    fn push_text(&mut self, text: &str) {
        if self.out.len() != self.text_end {
            self.references = 0;
        }
        let mut start = 0;
        for at in memchr2_iter(b'&', NO_BREAK_SPACE[0], text.as_bytes()) {
            if self.references == MAX_REFERENCES {
                push_content(&mut self.out, &text[start..at]);
                self.out.push_str("<wbr>");
                (start, self.references) = (at, 0);
            }
            self.references += 1;
        }
        push_content(&mut self.out, &text[start..]);
        self.text_end = self.out.len();
    }

    fn start_unwrapped(&mut self, tag: &Tag) {
        match &*tag.name {
            "noscript" => self.in_noscript = true,
            "base" if !self.has_own_base => {
                let url = tag.attribute("href").and_then(|href| link::absolute(href, self.base.as_ref()));
                if let Some(url) = url.and_then(|url| Url::parse(&url).ok()).filter(|url| url.has_host()) {
                    self.base = Some(url);
                    self.has_own_base = true;
                }
            }
            // A formula in markup that most readers cannot show; its author's own wording says it in text.
            "math" => {
                if let Some(words) = tag.attribute("alttext").filter(|words| !words.trim().is_empty()) {
                    let words = words.to_owned();
                    self.text(&words);
                    self.skipping = Skip::from(tag);
                }
            }
            _ => {}
        }
    }

    fn start_element(&mut self, element: &'static Element, tag: &Tag) {
        match element.kind {
            Kind::TablePart | Kind::TableVoid => return self.start_table_part(element, tag),
            Kind::Wall if element.name != "table" => return self.start_table_part(element, tag),
            Kind::Inline | Kind::InlineVoid | Kind::Block | Kind::BlockVoid | Kind::Wall => {}
        }
        let media = match element.name {
            "img" | "source" | "video" | "audio" | "track" => {
                let media = sources(tag, self.base.as_ref());
                if !self.is_worth_writing(element.name, tag, &media) {
                    return;
                }
                Some(media)
            }
            _ => None,
        };
        self.enter_cell();
        self.close_before(element);
        let is_void = matches!(element.kind, Kind::InlineVoid | Kind::BlockVoid);
        if !is_void && self.open.len() >= MAX_DEPTH {
            self.overflow.push(element.name);
            if element.kind != Kind::Inline {
                self.separate();
            }
            return;
        }
        self.write_start(element, Some(tag), media);
        if !is_void {
            self.open.push(Open { element, has_ended: false });
        }
    }

    /// Whether a picture or player is there to be shown; the text that stands for a picture is written here.
    fn is_worth_writing(&mut self, name: &str, tag: &Tag, media: &Sources) -> bool {
        if name == "img" {
            if self.in_noscript && self.after_lazy_image {
                return false;
            }
            if media.src.is_none() {
                if let Some(alt) = tag.attribute("alt").map(str::trim).filter(|alt| !alt.is_empty()) {
                    let alt = alt.to_owned();
                    self.text(&alt);
                }
                return false;
            }
            self.after_lazy_image = media.is_lazy;
        }
        match name {
            "source" => media.src.is_some() || media.srcset.is_some(),
            "track" => media.src.is_some(),
            // Without an address of its own, a player has `source` elements.
            _ => true,
        }
    }

    /// Keeps the text before a block whose tags go from running into the text after it.
    fn separate(&mut self) {
        if !self.at_pre_start && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn write_start(&mut self, element: &'static Element, tag: Option<&Tag>, media: Option<Sources>) {
        self.out.push('<');
        self.out.push_str(element.name);
        if let Some(media) = media {
            if let Some(src) = media.src {
                push_attribute(&mut self.out, "src", &src);
            }
            if let Some(srcset) = media.srcset.filter(|_| matches!(element.name, "img" | "source")) {
                push_attribute(&mut self.out, "srcset", &srcset);
            }
        }
        if let Some(tag) = tag {
            push_attributes(&mut self.out, element, tag, self.base.as_ref());
        }
        self.out.push('>');
        self.at_pre_start = element.name == "pre";
    }

    /// A link in place of something embedded: in a paragraph of its own, unless it stands in a line of text.
    fn write_embed(&mut self, tag: &Tag) {
        let Some(embed::Link { href, label }) = embed::link(tag, self.base.as_ref()) else { return };
        // An `embed` inside an `object`, for browsers of old, shows the same again.
        if self.last_embed.as_ref() == Some(&href) {
            return;
        }
        self.enter_cell();
        self.close_nearest(|open| open.name == "a");
        let in_line = self.open.last().is_some_and(|open| {
            let Element { name, kind, .. } = open.element;
            *kind == Kind::Inline || matches!(*name, "p" | "summary") || is_heading(name)
        });
        self.out.push_str(if in_line { "<a" } else { "<p><a" });
        push_attribute(&mut self.out, "href", &href);
        self.out.push('>');
        push_content(&mut self.out, &label);
        self.out.push_str(if in_line { "</a>" } else { "</a></p>" });
        self.at_pre_start = false;
        self.last_embed = Some(href);
    }

    /// Ends the elements that a start tag ends by itself.
    fn close_before(&mut self, element: &Element) {
        match element.name {
            "li" => self.close_item(&["li"]),
            "dt" | "dd" => self.close_item(&["dt", "dd"]),
            "rt" | "rp" => self.close_if_on_top(&["rt", "rp"]),
            "a" => self.close_nearest(|open| open.name == "a"),
            name if is_heading(name) => self.close_nearest(|open| is_heading(open.name)),
            _ => {}
        }
        if matches!(element.kind, Kind::Block | Kind::BlockVoid) || element.name == "table" {
            self.close_nearest(|open| open.name == "p");
        }
    }

    /// Ends the item before this one: the nearest, unless a block stands between that is more than a wrapper.
    fn close_item(&mut self, names: &[&str]) {
        for at in (0..self.open.len()).rev() {
            let element = self.open[at].element;
            if names.contains(&element.name) {
                return self.close_to(at);
            }
            if element.kind != Kind::Inline && !matches!(element.name, "address" | "div" | "p") {
                return;
            }
        }
    }

    fn close_if_on_top(&mut self, names: &[&str]) {
        if self.open.last().is_some_and(|open| names.contains(&open.element.name)) {
            self.close_to(self.open.len() - 1);
        }
    }

    /// Ends the nearest such element inside the same cell, and what is open in it.
    fn close_nearest(&mut self, wanted: impl Fn(&Element) -> bool) {
        if let Some(at) = self.find_open(wanted) {
            self.close_to(at);
        }
    }

    /// The nearest such open element inside the same cell.
    fn find_open(&self, wanted: impl Fn(&Element) -> bool) -> Option<usize> {
        for at in (0..self.open.len()).rev() {
            let element = self.open[at].element;
            if wanted(element) {
                return Some(at);
            }
            if element.kind == Kind::Wall {
                return None;
            }
        }
        None
    }

    fn end_element(&mut self, element: &'static Element) {
        if let Some(last) = self.overflow.len().checked_sub(1) {
            let from = self.overflow.len().saturating_sub(MAX_OVERFLOW_SEARCH);
            let found = (from..=last).rev().find(|at| self.overflow[*at] == element.name);
            return if let Some(at) = found {
                self.overflow.truncate(at)
            };
        }
        match element.kind {
            Kind::InlineVoid | Kind::BlockVoid | Kind::TableVoid => {}
            Kind::TablePart | Kind::Wall => {
                if let Some(at) = self.find_in_table(&[element.name]) {
                    self.close_to(at);
                }
            }
            Kind::Block if is_heading(element.name) => self.close_nearest(|open| is_heading(open.name)),
            Kind::Block => self.close_nearest(|open| open.name == element.name),
            Kind::Inline => {
                let Some(at) = self.find_open(|open| open.name == element.name) else { return };
                if self.open[at..].iter().all(|open| open.element.kind == Kind::Inline) {
                    self.close_to(at);
                } else {
                    self.open[at].has_ended = true;
                }
            }
        }
    }

    /// Writes end tags until `depth` elements are open, and on through those that have ended already.
    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth || self.open.last().is_some_and(|open| open.has_ended) {
            let Some(open) = self.open.pop() else { return };
            self.out.push_str("</");
            self.out.push_str(open.element.name);
            self.out.push('>');
            self.at_pre_start = false;
        }
    }
}
