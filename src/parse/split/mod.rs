//! One text, many dated articles: a diary, a journal, a changelog, lines that each begin with a date.
//!
//! A text is split where at least two heads of one form stand at the same level and nothing contradicts: a chapter of one
//! article that merely names a day is no head. What stands before the first head belongs to the file and to none of its
//! articles. The key of a piece, which tells it from the others, is its date (or its version), so that pieces may be
//! added at both ends, and be rewritten, without another one becoming a different article.

mod headings;
mod lines;

use std::collections::{BTreeSet, HashMap};

use super::evidence::Evidence;
use super::metadata;
use super::titles;
use crate::article::{Article, Body, BodyKind, Title, TitleSource};
use crate::source::Document;
use feedmill_dates::{Precision, Reading};
use feedmill_markup as markup;

/// What a text is written in, as far as its headings go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    /// `#` and lines below a heading.
    Markdown,
    /// `*`.
    Org,
    /// `=`.
    AsciiDoc,
    /// A line of signs below a heading, and perhaps above it.
    Rst,
}

/// One of the articles of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// Its date.
    pub reading: Reading,
    /// The date as written.
    pub raw: String,
    /// Its title, where its head has one.
    pub title: Option<String>,
    /// Its text.
    pub body: String,
    /// What tells it from the others.
    pub key: String,
}

/// A line that an article begins with.
struct Head {
    start: usize,
    /// Where the text of the article begins.
    body: usize,
    end: usize,
    reading: Reading,
    raw: String,
    title: Option<String>,
    /// A version, which tells better than a day which article it is.
    name: Option<String>,
}

/// The articles of a plain text; `None` where it is one article. `has_day` says that the text as a whole has a day of its
/// own, which only lines that spell out the date of an article outdo.
pub(super) fn of_text(text: &str, has_day: bool) -> Option<Vec<Piece>> {
    let spelt_out = lines::worded(text).or_else(|| lines::tabbed(text)).or_else(|| lines::stamped(text));
    let spelt_out = spelt_out.or_else(|| lines::logged(text));
    let below = || lines::below_dates(text, |_| true).or_else(|| headings::heads(text, Writing::Markdown));
    let heads = spelt_out.or_else(|| if has_day { None } else { below() })?;
    Some(pieces(text, heads))
}

/// The articles below the headings of a text that has no day of its own; `None` where it is one article.
pub(super) fn of_markup(text: &str, writing: Writing) -> Option<Vec<Piece>> {
    if writing != Writing::Markdown {
        return headings::heads(text, writing).map(|heads| pieces(text, heads));
    }
    let links = Links::at_the_end_of(text);
    let own = &text[..links.start];
    let found = headings::heads(own, writing).or_else(|| lines::worded(own)).or_else(|| lines::stamped(own));
    let found = found.or_else(|| lines::logged(own)).or_else(|| lines::below_dates(own, lines::is_bold));
    let mut pieces = pieces(own, found?);
    for piece in &mut pieces {
        links.add_to(&mut piece.body);
    }
    Some(pieces)
}

/// The entries of the index of a capsule (`=> ferry.gmi 2022-11-05 - The ferry returns`): a link each.
pub(super) fn of_links(text: &str) -> Option<Vec<Piece>> {
    lines::linked(text).map(|heads| pieces(text, heads))
}

/// The targets that stand together at the end of a Markdown text (`[1.2.0]: https://…`), for all of its articles.
struct Links<'t> {
    start: usize,
    /// The part in brackets, and the whole line.
    all: HashMap<&'t str, &'t str>,
}

impl<'t> Links<'t> {
    fn at_the_end_of(text: &'t str) -> Links<'t> {
        let mut links = Links { start: text.len(), all: HashMap::new() };
        let mut at = text.len();
        for line in text.split_inclusive('\n').rev() {
            at -= line.len();
            let line = line.trim_end();
            if line.is_empty() {
                continue;
            }
            let close = if line.starts_with('[') { line.find("]: ") } else { None };
            let Some(close) = close else { break };
            links.all.insert(&line[..=close], line);
            links.start = at;
        }
        links
    }

    /// Appends those that a text refers to.
    fn add_to(&self, body: &mut String) {
        /// A longer label is text in brackets.
        const LONGEST: usize = 200;
        let labels = body.match_indices('[').filter_map(|(at, _)| {
            let length = body.as_bytes()[at..].iter().take(LONGEST).position(|byte| *byte == b']')?;
            self.all.get(&body[at..=at + length])
        });
        let used: BTreeSet<&str> = labels.copied().collect();
        if !used.is_empty() {
            let used: Vec<&str> = used.into_iter().collect();
            body.push_str(&format!("\n{}\n", used.join("\n")));
        }
    }
}

/// Cuts a text at its heads.
fn pieces(text: &str, heads: Vec<Head>) -> Vec<Piece> {
    let keys = keys(&heads);
    let cut = heads.into_iter().zip(keys);
    cut.map(|(head, key)| Piece {
        reading: head.reading,
        raw: head.raw,
        title: head.title.map(|title| markup::one_line(&title)).filter(|title| !title.is_empty()),
        body: tidy(text.get(head.body..head.end).unwrap_or_default()),
        key,
    })
    .collect()
}

/// A text without blank lines around it, ending with one line end.
fn tidy(text: &str) -> String {
    let from = text.len() - text.trim_start().len();
    let line = text[..from].rfind('\n').map_or(0, |at| at + 1);
    let text = text[line..].trim_end();
    if text.is_empty() { String::new() } else { format!("{text}\n") }
}

/// What each head is known by. Of several on one day the later ones are numbered, counted from the older end of the text,
/// since new articles come at the other.
fn keys(heads: &[Head]) -> Vec<String> {
    let time = |head: &Head| {
        let value = &head.reading.value;
        value.local_time().unwrap_or_else(|| value.first_day().and_time(chrono::NaiveTime::MIN))
    };
    let newest_first = match heads {
        [first, .., last] => time(first) > time(last),
        _ => false,
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut keys = vec![String::new(); heads.len()];
    let mut order: Vec<usize> = (0..heads.len()).collect();
    if newest_first {
        order.reverse();
    }
    for at in order {
        let head = &heads[at];
        let key = head.name.clone().unwrap_or_else(|| head.reading.value.to_string());
        let count = counts.entry(key.clone()).or_default();
        *count += 1;
        keys[at] = if *count == 1 { key } else { format!("{key}.{count}") };
    }
    keys
}

/// The article that a piece is. `shared` is what the text says of all of them; `body` is the text of the piece as it shall be
/// kept.
pub(super) fn article(piece: &Piece, shared: &Article, body: Body, doc: &Document) -> Article {
    let mut article = Article {
        title: Title { text: String::new(), source: TitleSource::FileName },
        id: None,
        url: None,
        date: None,
        summary: None,
        fragment: piece.key.clone(),
        body,
        weighed: None,
        ..shared.clone()
    };
    let mut evidence = Evidence::new(doc.weigh);
    evidence.first_line(piece.reading.clone(), "head", &piece.raw, true);
    article.title = match &piece.title {
        Some(title) => Title { text: title.clone(), source: TitleSource::Heading },
        None => {
            let found = match article.body.kind {
                BodyKind::Html => titles::of_html(&article.body.text),
                BodyKind::Markdown => titles::of_markup(&article.body.text),
                BodyKind::Text => titles::of_prose(&article.body.text),
            };
            // Never the name of the file, which holds others too.
            found.unwrap_or_else(|| Title { text: markup::one_line(&piece.raw), source: TitleSource::Heading })
        }
    };
    metadata::conclude(&mut article, evidence, &doc.name);
    article
}

/// Whether a date names a day or more.
fn is_day(reading: &Reading) -> bool {
    reading.value.precision() >= Precision::Day
}

#[cfg(test)]
mod tests;
