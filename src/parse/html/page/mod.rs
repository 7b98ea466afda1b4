//! What one pass over the tokens of a page finds: everything but the text of the article.
//!
//! Nothing is decided here. Metadata, headings, dates and names are noted with the place where they stand; the rooms
//! beside this one weigh them.

mod attributes;
mod place;
mod classes;
mod elements;
mod head;
mod holds;
mod lines;
mod scan;

pub(super) use place::Place;
pub(super) use scan::read;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The language of the root element.
    pub language: Option<String>,
    /// The first `<base href>`.
    pub base: Option<String>,
    /// Metadata in the order of the page: the key in lower case, and its content.
    pub metas: Vec<(String, String)>,
    /// `<link>`s that say something about the article.
    pub links: Vec<Link>,
    /// The first `<title>`.
    pub title: String,
    /// Scripts of linked data.
    pub scripts: Vec<String>,
    /// Headings, and what the classes call a title.
    pub headings: Vec<Heading>,
    /// Elements that say what they hold: a date, an author.
    pub marks: Vec<Mark>,
    /// Lines of text that hold a date or a name.
    pub lines: Vec<Line>,
    /// Tags that links say they are (`rel="tag"`).
    pub tags: Vec<String>,
    /// Kinds of things that the page says it is about (`itemtype`), by their last word.
    pub item_types: Vec<String>,
    /// What the page holds, in numbers.
    pub counts: Counts,
}

/// A `<link>`.
#[derive(Debug)]
pub(super) struct Link {
    /// The word of `rel` that it was taken for.
    pub rel: &'static str,
    /// `href`, as it stands.
    pub href: String,
}

/// A heading.
#[derive(Debug)]
pub(super) struct Heading {
    /// 1 to 6, or 0 for an element of another name that the classes or the microdata call the title.
    pub level: u8,
    /// Its text on one line.
    pub text: String,
    /// Where it stands.
    pub place: Place,
    /// How much text stands before it.
    pub at: usize,
    /// Whether its classes or its microdata call it the title of an article.
    pub is_title: bool,
}

/// What an element says that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holds {
    /// The publication date, by microdata or microformat.
    Published,
    /// The creation date, by microdata.
    Created,
    /// The date of the last change.
    Modified,
    /// Some date: `<time>`, or a class that speaks of a date.
    Date,
    /// The author's name, by microdata or microformat.
    AuthorName,
    /// A link to the author, by its `rel`.
    AuthorLink,
    /// The author, by microdata; dates and roles may stand in it too.
    Author,
    /// A link whose address is that of an author.
    AuthorPath,
    /// A byline, by its classes.
    Byline,
    /// The name of a user.
    User,
}

/// An element that says what it holds.
#[derive(Debug)]
pub(super) struct Mark {
    /// What it holds.
    pub holds: Holds,
    /// Its text; blocks in it are lines of it.
    pub text: String,
    /// Its value where an attribute states it.
    pub value: Option<String>,
    /// Where it stands.
    pub place: Place,
    /// How much text stands before it.
    pub at: usize,
    /// The last words before it on the same line, for what they say about it.
    pub before: String,
}

/// A line of text.
#[derive(Debug)]
pub(super) struct Line {
    /// The text, with a label that stood on a line of its own before it.
    pub text: String,
    /// Where it stands.
    pub place: Place,
    /// How much text stands before it.
    pub at: usize,
    /// The line before it, where it is short and this one may hold a date.
    pub above: String,
    /// The line after it, likewise.
    pub below: String,
}

/// Where the title stands: dates and names near it are those of the article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    /// How much text stands before it.
    pub at: usize,
    /// Where it stands. What is said of its surroundings says nothing against its neighbours: a template may call the
    /// column that holds the article a sidebar.
    pub place: Place,
}

impl Anchor {
    /// The place of something as the neighbour of the title.
    pub fn excused(anchor: Option<Anchor>, place: Place) -> Place {
        anchor.map_or(place, |anchor| {
            place.without(
                Place::ELSEWHERE.with(Place::FOOTER).with(Place::NESTED).with(Place::LINK).common(anchor.place),
            )
        })
    }
}

/// What the page holds, in numbers.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Bytes of text that a reader sees.
    pub text: usize,
    /// Bytes of text in links.
    pub link_text: usize,
    /// Bytes of text in paragraphs of some length.
    pub prose: usize,
    /// `article` elements that stand in no other.
    pub articles: usize,
    /// Headings that are links.
    pub linked_headings: usize,
    /// Fields for passwords.
    pub passwords: usize,
}

/// Appends at most so much that the whole stays within the length, in bytes.
fn push_cut(text: &mut String, more: &str, longest: usize) {
    let mut room = longest.saturating_sub(text.len()).min(more.len());
    while !more.is_char_boundary(room) {
        room -= 1;
    }
    text.push_str(&more[..room]);
}

/// The text, at most so long.
fn cut(text: &str, longest: usize) -> String {
    let mut short = String::new();
    push_cut(&mut short, text, longest);
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
