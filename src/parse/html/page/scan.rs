//! The pass itself: a stack of open elements, and what is being written down while they are open.

use super::lines;
use super::place::{self, Classes, Place};
use super::{Heading, Holds, Line, Link, Mark, Page};
use crate::markup;
use crate::markup::html::tokens::{self, Listener, Tag};

/// Deeper elements are not told apart; no page that people read is as deep.
const DEEPEST: usize = 400;
/// More metadata than any page has, and longer than any value that says something.
const MOST_METAS: usize = 600;
const LONGEST_META: usize = 4096;
/// Linked data that is read: so many scripts, with so many bytes together.
const MOST_SCRIPTS: usize = 64;
const MOST_SCRIPT_BYTES: usize = 4 << 20;
/// More headings, marks, lines and tags than tell anything.
const MOST_HEADINGS: usize = 200;
const MOST_MARKS: usize = 1000;
const MOST_LINES: usize = 2000;
const MOST_TAGS: usize = 200;
/// A heading or an element that holds a date or a name is no longer than this, in bytes.
const LONGEST_CAPTURE: usize = 600;
/// How many elements are written down at a time; nested ones beyond that are not.
const MOST_CAPTURES: usize = 12;
/// A line of text that is kept is no longer than this, in bytes; longer ones are prose.
const LONGEST_LINE: usize = 320;
/// A line of prose is at least this long, in bytes.
const PROSE: usize = 120;

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

/// What the microdata around an element are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Scope {
    /// Nothing, or the article.
    #[default]
    Article,
    /// Its author.
    Person,
    /// Something else: a comment, a product, a list of other articles.
    Other,
}

/// An element whose text is being written down.
struct Capture {
    /// How many elements were open inside which it stands, itself included.
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
    line: String,
    line_place: Place,
    line_at: usize,
    /// Whether the line went on beyond [`LONGEST_LINE`].
    line_length: usize,
    /// A line that says what the next one holds.
    label: Option<String>,
    /// The last line, where it is short.
    above: String,
    /// Whether the last line was kept for its date, so that the next one is kept beside it.
    is_below_date: bool,
    script_bytes: usize,
    /// Whether the script that comes next holds linked data.
    is_linked_data: bool,
}

impl Listener for Scan {
    fn start(&mut self, tag: &Tag, is_raw: bool) -> bool {
        self.implied_ends(&tag.name);
        let (outer, scope) = self.open.last().map_or_else(Default::default, |open| (open.place, open.scope));
        self.is_linked_data = &*tag.name == "script"
            && tag.attribute("type").is_some_and(|kind| {
                let kind = kind.trim();
                kind.get(..19).is_some_and(|start| start.eq_ignore_ascii_case("application/ld+json"))
            });
        match &*tag.name {
            "html" => self.page.language = self.page.language.take().or_else(|| language(tag)),
            "base" => {
                if self.page.base.is_none() {
                    self.page.base = tag.attribute("href").map(str::trim).filter(|href| !href.is_empty()).map(cut);
                }
            }
            "meta" => self.meta(tag, scope),
            "link" => self.link(tag),
            "input" if tag.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("password")) => {
                self.page.counts.passwords += 1;
            }
            _ => {}
        }
        if is_block(&tag.name) {
            self.end_line();
        } else if matches!(&*tag.name, "span" | "a" | "time" | "img" | "i" | "svg" | "button") {
            self.part();
        }
        if is_void(&tag.name) {
            return false;
        }
        let element = place::of_element(tag);
        let classes = place::of_classes(tag);
        let mut place = outer.with(element).with(classes.place);
        if element.is_any(Place::ARTICLE) {
            self.page.counts.articles += usize::from(!outer.is_any(Place::ARTICLE));
            if outer.is_any(Place::ARTICLE) {
                place = place.with(Place::NESTED);
            }
        }
        if outer.is_any(Place::MUTE) {
            self.push(tag, place, scope);
            return is_raw;
        }
        let scope = self.scope(tag, scope);
        let holds = holds(tag, &classes, scope);
        if holds.is_some_and(|holds| holds >= Holds::AuthorName) {
            place = place.with(Place::AUTHOR);
        }
        let was_open = self.open.len();
        self.push(tag, place, scope);
        if self.open.len() > was_open {
            self.begin_captures(tag, &classes, holds, place, outer);
        }
        is_raw
    }

    fn end(&mut self, name: &str) {
        if is_block(name) {
            self.end_line();
        } else if matches!(name, "span" | "a" | "time" | "i" | "button") {
            self.part();
        }
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
        let place = self.open.last().map_or_else(Place::default, |open| open.place);
        let in_title = self.captures.last().is_some_and(|capture| matches!(capture.what, What::Title));
        if in_title {
            if let Some(capture) = self.captures.last_mut() {
                push_cut(&mut capture.text, text, LONGEST_META);
            }
            return;
        }
        if place.is_any(Place::MUTE) || text.is_empty() {
            return;
        }
        for capture in &mut self.captures {
            // A badge inside a heading is no part of it.
            let is_badge = place.is_any(Place::BADGE) && !capture.place.is_any(Place::BADGE);
            if !is_badge || !matches!(capture.what, What::Heading { .. }) {
                push_cut(&mut capture.text, text, LONGEST_CAPTURE);
            }
        }
        if place.is_any(Place::HIDDEN) {
            return;
        }
        let visible = text.trim_ascii();
        if visible.is_empty() {
            self.part();
            return;
        }
        if self.line.is_empty() {
            self.line_at = self.page.counts.text;
            self.line_place = place;
        }
        self.line_length += visible.len();
        push_cut(&mut self.line, text, LONGEST_LINE);
        self.page.counts.text += visible.len();
        if place.is_any(Place::LINK) {
            self.page.counts.link_text += visible.len();
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
    fn push(&mut self, tag: &Tag, place: Place, scope: Scope) {
        if self.open.len() < DEEPEST {
            self.open.push(Open { name: Name::new(&tag.name), place, scope });
        } else {
            self.beyond += 1;
        }
    }

    /// Elements whose end tags most people leave out.
    fn implied_ends(&mut self, name: &str) {
        let Some(top) = self.open.last() else { return };
        let ends = |ended: &[&str]| ended.iter().any(|ended| top.name == Name::new(ended));
        let is_over = match name {
            "li" => ends(&["li"]),
            "dt" | "dd" => ends(&["dt", "dd"]),
            "tr" | "td" | "th" => ends(&["td", "th"]),
            "option" => ends(&["option"]),
            // A page that never closes its head still has a body.
            "body" => ends(&["head", "title"]),
            _ => is_block(name) && name != "br" && ends(&["p"]),
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

    fn begin_captures(&mut self, tag: &Tag, classes: &Classes, holds: Option<Holds>, place: Place, outer: Place) {
        if self.captures.len() >= MOST_CAPTURES {
            return;
        }
        if &*tag.name == "title" {
            if self.page.title.is_empty() {
                self.begin(What::Title, None, place);
            }
            return;
        }
        let names_title = classes.is_title || has_word(tag, "itemprop", &["headline"]);
        let level = match tag.name.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => level - b'0',
            _ => 0,
        };
        if level > 0 || (names_title && !matches!(&*tag.name, "a" | "li" | "ul" | "section" | "article" | "main")) {
            if self.page.headings.len() < MOST_HEADINGS {
                self.begin(What::Heading { level, is_title: names_title }, None, place);
            }
            if level > 0 && (place.is_any(Place::LINK) || outer.is_any(Place::LINK)) {
                self.page.counts.linked_headings += 1;
            }
        }
        if &*tag.name == "a" && place.is_any(Place::HEADING) {
            self.page.counts.linked_headings += 1;
        }
        if &*tag.name == "a" && has_word(tag, "rel", &["tag"]) && self.page.tags.len() < MOST_TAGS {
            self.begin(What::Tag, None, place);
        }
        if let Some(holds) = holds.filter(|_| self.page.marks.len() < MOST_MARKS) {
            let value = ["content", "datetime", "title"].iter().find_map(|name| tag.attribute(name));
            let is_date = holds <= Holds::Date;
            let value = value.filter(|value| is_date && value.len() <= 64 && value.bytes().any(|b| b.is_ascii_digit()));
            let content = tag.attribute("content").filter(|_| !is_date && holds <= Holds::Author);
            self.begin(What::Holds(holds), value.or(content).map(cut), place);
        }
    }

    fn begin(&mut self, what: What, value: Option<String>, place: Place) {
        let at = self.page.counts.text;
        let before = tail(&self.line).to_owned();
        self.captures.push(Capture { depth: self.open.len(), what, text: String::new(), value, place, at, before });
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
                let text = tidy_lines(&text);
                if (!text.is_empty() || value.is_some()) && self.page.marks.len() < MOST_MARKS {
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

    fn scope(&mut self, tag: &Tag, scope: Scope) -> Scope {
        let kind = tag.attribute("itemtype").or_else(|| tag.attribute("typeof"));
        let Some(kind) = kind.filter(|_| tag.attribute("itemscope").is_some() || tag.attribute("typeof").is_some())
        else {
            return scope;
        };
        let kind = kind.trim().trim_end_matches('/').rsplit(['/', ':', '#']).next().unwrap_or_default();
        const MOST: usize = 100;
        if self.page.item_types.len() < MOST && kind.len() < 40 {
            self.page.item_types.push(kind.to_owned());
        }
        match kind {
            "Person" | "Organization" if scope == Scope::Article => Scope::Person,
            _ if kind.ends_with("Article")
                || kind.ends_with("Posting")
                || kind.ends_with("Page")
                || kind == "Report" =>
            {
                if scope == Scope::Other {
                    Scope::Other
                } else {
                    Scope::Article
                }
            }
            "CreativeWork" | "Question" | "Recipe" | "WebSite" | "HowTo" => scope,
            _ => Scope::Other,
        }
    }

    fn meta(&mut self, tag: &Tag, scope: Scope) {
        let Some(content) = tag.attribute("content").map(str::trim).filter(|content| !content.is_empty()) else {
            return;
        };
        if let Some(property) = tag.attribute("itemprop")
            && !self.open.is_empty()
            && tag.attribute("property").is_none()
        {
            self.meta_item(property, content, scope);
            if scope != Scope::Article {
                return;
            }
        }
        for name in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(key) = tag.attribute(name).map(str::trim).filter(|key| !key.is_empty() && key.len() < 100)
                && self.page.metas.len() < MOST_METAS
            {
                let key = key.to_lowercase();
                if self.page.metas.last().is_none_or(|(last, known)| *last != key || known != content) {
                    self.page.metas.push((key, cut(content)));
                }
            }
        }
    }

    /// `<meta itemprop>` in the text, about what stands around it.
    fn meta_item(&mut self, property: &str, content: &str, scope: Scope) {
        let place = self.open.last().map_or_else(Place::default, |open| open.place);
        let holds = match property {
            "datePublished" if scope == Scope::Article => Holds::Published,
            "dateCreated" if scope == Scope::Article => Holds::Created,
            "dateModified" if scope == Scope::Article => Holds::Modified,
            "author" if scope == Scope::Article => Holds::AuthorName,
            "name" if scope == Scope::Person && place.is_any(Place::AUTHOR) => Holds::AuthorName,
            _ => return,
        };
        if self.page.marks.len() < MOST_MARKS {
            let (at, before) = (self.page.counts.text, String::new());
            let value = Some(cut(content));
            self.page.marks.push(Mark { holds, text: String::new(), value, place, at, before });
        }
    }

    fn link(&mut self, tag: &Tag) {
        const MOST: usize = 200;
        let (Some(rel), Some(href)) = (tag.attribute("rel"), tag.attribute("href")) else { return };
        let rel = rel.trim().to_ascii_lowercase();
        let wanted = ["canonical", "shortlink", "amphtml", "alternate", "author", "image_src"];
        if let Some(rel) = rel.split_ascii_whitespace().find(|rel| wanted.contains(rel))
            && self.page.links.len() < MOST
            && !href.trim().is_empty()
            && href.len() <= LONGEST_META
        {
            let language = tag.attribute("hreflang").map(cut);
            self.page.links.push(Link { rel: rel.to_owned(), href: href.trim().to_owned(), language });
        }
    }

    /// A blank between two elements of one line.
    fn part(&mut self) {
        if !self.line.is_empty() && !self.line.ends_with(' ') {
            push_cut(&mut self.line, " ", LONGEST_LINE);
        }
        for capture in &mut self.captures {
            if !matches!(capture.what, What::Heading { .. } | What::Title) && !capture.text.is_empty() {
                push_cut(&mut capture.text, " ", LONGEST_CAPTURE);
            }
        }
    }

    fn end_line(&mut self) {
        for capture in &mut self.captures {
            if !capture.text.is_empty() && !matches!(capture.what, What::Title) {
                push_cut(&mut capture.text, "\n", LONGEST_CAPTURE);
            }
        }
        if self.line.is_empty() {
            return;
        }
        let length = std::mem::take(&mut self.line_length);
        if length >= PROSE && !self.line_place.is_any(Place::ELSEWHERE.with(Place::FOOTER).with(Place::LINK)) {
            self.page.counts.prose += length;
        }
        let mut text = std::mem::take(&mut self.line);
        if length <= LONGEST_LINE && self.page.lines.len() < MOST_LINES {
            self.keep_line(&text);
        } else {
            self.label = None;
            self.above.clear();
            self.is_below_date = false;
        }
        text.clear();
        self.line = text;
    }

    fn keep_line(&mut self, line: &str) {
        /// A line beside a date that is a name is no longer, in bytes.
        const SHORT: usize = 60;
        let text = line.trim();
        let label = self.label.take();
        let short = if text.len() <= SHORT { markup::one_line(text) } else { String::new() };
        if std::mem::take(&mut self.is_below_date)
            && let Some(last) = self.page.lines.last_mut()
        {
            last.below.clone_from(&short);
        }
        let above = std::mem::replace(&mut self.above, short);
        if lines::is_label(text) {
            self.label = Some(markup::one_line(text));
            return;
        }
        let is_dated = lines::may_hold_date(text);
        if label.is_some() || is_dated || lines::opens_byline(text) || self.opens_title(text) {
            let text = markup::one_line(text);
            let text = match label {
                Some(label) => format!("{label} {text}"),
                None => text,
            };
            let above = if is_dated { above } else { String::new() };
            self.is_below_date = is_dated;
            let (place, at) = (self.line_place, self.line_at);
            self.page.lines.push(Line { text, place, at, above, below: String::new() });
        }
    }

    /// Whether the line may be the title, on a page that has no heading for it.
    fn opens_title(&self, line: &str) -> bool {
        const SHORT: usize = 10;
        let title = &self.page.title;
        let shared = line.bytes().zip(title.bytes()).take_while(|(a, b)| a == b).count();
        line.len() >= SHORT && (shared == line.len() || shared > 2 * SHORT || title.ends_with(line))
    }

    fn finish(mut self) -> Page {
        self.end_line();
        self.close(0);
        self.page
    }
}

/// What the element says that it holds.
fn holds(tag: &Tag, classes: &Classes, scope: Scope) -> Option<Holds> {
    // Places that are classes: the element itself must say it, not the ones around it.
    let is = |place: Place| classes.place.is_any(place);
    for property in ["itemprop", "property"] {
        let Some(value) = tag.attribute(property) else { continue };
        for word in value.split_ascii_whitespace() {
            let word = word.rsplit([':', '/']).next().unwrap_or(word);
            let found = match (word, scope) {
                ("datePublished", Scope::Article) => Some(Holds::Published),
                ("dateCreated", Scope::Article) => Some(Holds::Created),
                ("dateModified", Scope::Article) => Some(Holds::Modified),
                ("author" | "creator", Scope::Article | Scope::Person) => Some(Holds::Author),
                ("name", Scope::Person) => Some(Holds::AuthorName),
                _ => None,
            };
            if found.is_some() {
                return found;
            }
        }
    }
    if is(Place::UPDATED) {
        return Some(Holds::Modified);
    }
    if &*tag.name == "time" {
        return Some(if is(Place::PUBLISHED) || tag.attribute("pubdate").is_some() {
            Holds::Published
        } else {
            Holds::Date
        });
    }
    if has_word(tag, "rel", &["author"]) {
        return Some(Holds::AuthorLink);
    }
    if &*tag.name == "a" && tag.attribute("href").is_some_and(is_author_path) {
        return Some(Holds::AuthorPath);
    }
    if classes.is_author {
        return Some(Holds::Byline);
    }
    if classes.is_user {
        return Some(Holds::User);
    }
    if is(Place::PUBLISHED) || is(Place::DATE) {
        return Some(Holds::Date);
    }
    None
}

/// Whether an address is that of somebody who writes.
fn is_author_path(href: &str) -> bool {
    const FOLDERS: [&str; 9] =
        ["author", "authors", "autor", "autores", "auteur", "auteurs", "contributor", "contributors", "writers"];
    let mut folders = href.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').split('/').rev();
    folders.next().is_some_and(|last| !last.is_empty())
        && folders.next().is_some_and(|folder| FOLDERS.contains(&folder))
}

fn has_word(tag: &Tag, attribute: &str, words: &[&str]) -> bool {
    tag.attribute(attribute).is_some_and(|value| {
        value.split_ascii_whitespace().any(|word| words.iter().any(|wanted| word.eq_ignore_ascii_case(wanted)))
    })
}

fn language(tag: &Tag) -> Option<String> {
    let value = ["lang", "xml:lang"].iter().find_map(|name| tag.attribute(name))?.trim();
    (!value.is_empty()).then(|| cut(value))
}

/// Elements that stand on lines of their own.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "br"
            | "hr"
            | "li"
            | "ul"
            | "ol"
            | "dl"
            | "dt"
            | "dd"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "nav"
            | "aside"
            | "table"
            | "tr"
            | "td"
            | "th"
            | "thead"
            | "tbody"
            | "blockquote"
            | "figure"
            | "figcaption"
            | "address"
            | "form"
            | "fieldset"
            | "body"
            | "head"
            | "html"
            | "pre"
            | "details"
            | "summary"
            | "center"
            | "caption"
            | "label"
            | "option"
    )
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Appends at most so much that the whole stays within the length.
fn push_cut(text: &mut String, more: &str, longest: usize) {
    let mut room = longest.saturating_sub(text.len()).min(more.len());
    while !more.is_char_boundary(room) {
        room -= 1;
    }
    text.push_str(&more[..room]);
}

fn cut(text: &str) -> String {
    let mut short = String::new();
    push_cut(&mut short, text, LONGEST_META);
    short
}

/// The last words of a line.
fn tail(line: &str) -> &str {
    const LONGEST: usize = 40;
    let mut start = line.len().saturating_sub(LONGEST);
    while !line.is_char_boundary(start) {
        start += 1;
    }
    line[start..].trim()
}

/// The lines of a text without blank ones, each on one line.
fn tidy_lines(text: &str) -> String {
    let lines = text.split('\n').map(markup::one_line).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}
