//! HTML as plain text.

use super::allow::{self, Fate, Kind};
use super::skip::{Covers, Skip};
use super::tokens::{self, Listener, Tag};
use crate::legal;

/// The text of the HTML as a person would copy it from the page: blocks on lines of their own, paragraphs apart by a
/// blank line, list items marked, preformatted text as it stands.
///
/// Scripts, styles and drawings say nothing, nor do the readings of ruby annotations. The alternative text of
/// pictures is used only where there is no other text at all. The result is trimmed, XML-legal, with LF line ends.
pub fn to_text(html: &str) -> String {
    let mut page = Page::default();
    tokens::read(html, &mut page);
    let text = if page.out.is_empty() { page.alternatives } else { page.out };
    legal(text.trim_end()).into_owned()
}

#[derive(Default)]
struct Page {
    out: String,
    /// The alternative texts of the pictures.
    alternatives: String,
    gap: Gap,
    /// How many `pre` are open.
    preformatted: usize,
    skipping: Option<Skip>,
    /// The open lists: the next number, or `None` for bullets.
    lists: Vec<Option<i32>>,
    /// Whether the row of a table has a cell already.
    has_cell: bool,
}

/// What stands between the last text and the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Tab,
    Line,
    Paragraph,
}

impl Page {
    fn widen(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn push(&mut self, text: &str) {
        if !self.out.is_empty() {
            self.out.push_str(match self.gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Tab => "\t",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        self.gap = Gap::None;
        self.out.push_str(text);
    }
}

impl Listener for Page {
    fn start(&mut self, tag: &Tag, is_raw: bool) -> bool {
        let name = allow::modern_name(&tag.name);
        if let Some(skip) = &mut self.skipping {
            let is_raw = !skip.is_foreign();
            if skip.covers_start(tag) {
                return is_raw;
            }
            self.skipping = None;
        }
        let is_hidden = match allow::fate(name) {
            Fate::Drop => true,
            Fate::Embed => is_raw,
            Fate::Keep(_) | Fate::Unwrap => matches!(name, "rt" | "rp"),
        };
        if is_hidden {
            self.skipping = Skip::from(tag);
            return true;
        }
        match name {
            "br" => {
                // Two of them are how many pages part paragraphs.
                let gap = if self.gap >= Gap::Line { Gap::Paragraph } else { Gap::Line };
                self.widen(gap);
            }
            "ul" => self.lists.push(None),
            "ol" => self.lists.push(Some(tag.attribute("start").and_then(|n| n.trim().parse().ok()).unwrap_or(1))),
            "li" => {
                self.widen(Gap::Line);
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let marker = format!("{number}.");
                        *number = number.saturating_add(1);
                        marker
                    }
                    _ => "-".to_owned(),
                };
                self.push(&marker);
                self.gap = Gap::Space;
            }
            "tr" => self.has_cell = false,
            "td" | "th" => {
                if std::mem::replace(&mut self.has_cell, true) {
                    self.widen(Gap::Tab);
                }
                return true;
            }
            "pre" => self.preformatted += 1,
            "q" => self.push("“"),
            "img" => {
                if let Some(alt) = tag.attribute("alt").map(str::trim).filter(|alt| !alt.is_empty()) {
                    self.alternatives.push_str(alt);
                    self.alternatives.push('\n');
                }
            }
            _ => {}
        }
        if name != "li" {
            self.widen(gap_around(name, !self.lists.is_empty()));
        }
        true
    }

    fn end(&mut self, name: &str) {
        if let Some(skip) = &mut self.skipping {
            match skip.covers_end(name, |_| true) {
                Covers::More => return,
                Covers::Last => return self.skipping = None,
                Covers::Nothing => self.skipping = None,
            }
        }
        match allow::modern_name(name) {
            "ul" | "ol" => {
                self.lists.pop();
            }
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            "q" => self.out.push('”'),
            _ => {}
        }
        self.widen(gap_around(allow::modern_name(name), !self.lists.is_empty()));
    }

    fn text(&mut self, text: &str) {
        if self.skipping.is_some() {
            return;
        }
        if self.preformatted > 0 {
            return self.push_preformatted(text);
        }
        // A no-break space is a character of its own, and stays.
        let is_space = |ch: char| ch.is_ascii_whitespace();
        for (at, word) in text.split(is_space).enumerate() {
            if at > 0 {
                self.widen(Gap::Space);
            }
            if !word.is_empty() {
                self.push(word);
            }
        }
    }
}

impl Page {
    fn push_preformatted(&mut self, text: &str) {
        let text = if self.gap >= Gap::Line { text.trim_start_matches(['\r', '\n']) } else { text };
        let kept = text.trim_end_matches(['\r', '\n']);
        if !kept.is_empty() {
            self.push(kept);
        }
        if kept.len() < text.len() {
            self.widen(Gap::Line);
        }
    }
}

/// What stands before and after an element.
fn gap_around(name: &str, in_list: bool) -> Gap {
    match name {
        "div" | "tr" | "caption" | "dt" | "dd" | "figcaption" | "summary" | "li" | "address" => Gap::Line,
        "td" | "th" => Gap::None,
        "ul" | "ol" | "p" if in_list => Gap::Line,
        "table" | "pre" => Gap::Paragraph,
        _ => match allow::element(name) {
            Some(element) if matches!(element.kind, Kind::Block | Kind::BlockVoid) => Gap::Paragraph,
            _ => Gap::None,
        },
    }
}
