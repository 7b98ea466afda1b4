//! Reading one document: one file = one input format.
//!
//! A parser is pure: a document in, articles out; no clock, no disk, no network. What it cannot read it reports,
//! with the name of the document, and goes on where it can.
//!
//! The formats stand side by side and know nothing of each other. What they share stands below them: the containers
//! of `front_matter`, the way from keys and values to the fields of an article (`metadata`), the gathering of
//! dates (`evidence`) and of titles (`titles`), and what converters of markup languages write with (`typeset`,
//! `manuscript`).
//!
//! Beside the formats stand the readers of what holds no articles and leads to them: what a feed says of itself
//! ([`channel`]), the feeds that a page names ([`discover`]), lists of subscriptions ([`opml`]), of pages ([`sitemap`])
//! and of files ([`listing`]). [`kind::kind_of`] tells which of them an answer is for.

mod foreign;
mod plain;
mod titles;
mod variables;
mod dateline;
mod evidence;
mod front_matter;
pub mod marks;
mod metadata;
mod template;
mod split;
mod movable;
mod xml;
mod root;
mod members;
pub mod opml;
pub mod listing;
pub mod kind;
pub mod channel;
pub mod discover;
pub mod sitemap;
mod generator;
mod typeset;
mod manuscript;

mod asciidoc;
mod feed;
mod html;
mod json;
mod mail;
mod markdown;
mod org;
mod rst;
mod sgml;
mod table;
mod text;

pub use generator::jekyll_permalink;

use std::borrow::Cow;

use chrono::{DateTime, NaiveTime, Utc};

use crate::article::{Article, Offer};
use crate::error::{Error, Result};
use crate::source::Document;
use feedmill_dates::DateValue;
use feedmill_markup as markup;

/// How sure a parser is that a document is written in its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It is not.
    No,
    /// It could be read so if nothing better offers itself.
    Fallback,
    /// The name says so.
    Name,
    /// The bytes say so.
    Content,
}

/// One way of writing articles down.
pub trait Parser: Sync {
    /// The name that users give to `--format` and that records keep.
    fn name(&self) -> &'static str;
    /// One line for help and documentation.
    fn about(&self) -> &'static str;
    /// The lower-case file extensions that usually hold the format, without dots.
    fn extensions(&self) -> &'static [&'static str];
    /// How sure it is, from the name, the media type and the head of a document.
    fn sniff(&self, doc: &Document) -> Confidence;
    /// Reads the document and emits its articles, and the items that it cannot read as errors, in order. An
    /// error that is returned, and not emitted, concerns the document as a whole.
    fn parse(&self, doc: &mut Document, emit: &mut dyn FnMut(Result<Article>)) -> Result<()>;
}

/// Every input format. Help, checks and documentation derive from this table. Of equally confident parsers the
/// earlier wins.
pub static PARSERS: &[&dyn Parser] = &[
    &feed::Feed,
    &json::Json,
    &mail::Mail,
    &sgml::Sgml,
    &table::Table,
    &html::Html,
    &asciidoc::AsciiDoc,
    &org::Org,
    &rst::Rst,
    &markdown::Markdown,
    &text::Text,
];

/// The parser of that name.
pub fn by_name(name: &str) -> Option<&'static dyn Parser> {
    PARSERS.iter().copied().find(|parser| parser.name() == name)
}

/// The parser that is most confident about the document.
///
/// Content beats name, a name beats the fallback. A document that evidently is something else (a web page, a mailbox,
/// a feed) is an error that says so, unless its content speaks for one of the formats all the same, as a page with
/// front matter does.
pub fn choose(doc: &Document) -> Result<&'static dyn Parser> {
    let mut best: Option<(&'static dyn Parser, Confidence)> = None;
    for parser in PARSERS.iter().copied() {
        let confidence = parser.sniff(doc);
        if confidence > best.map_or(Confidence::No, |(_, c)| c) {
            best = Some((parser, confidence));
        }
    }
    if doc.head().is_empty() {
        return Err(Error::not_text(&doc.origin, "an empty file"));
    }
    if template::recognise(doc) {
        return Err(Error::no_article(&doc.origin, "a template, which a site generator fills in")
            .hint("name its format if it is an article after all"));
    }
    if opml::recognise(doc) {
        return Err(opml::refusal(&doc.origin));
    }
    if best.is_none_or(|(_, confidence)| confidence < Confidence::Content)
        && let Some(what) = foreign::recognise(doc)
    {
        return Err(Error::input(&doc.origin, "text, Markdown or JSON", what)
            .hint("leave it out of the source, or name its format if it is one of these after all"));
    }
    best.map(|(parser, _)| parser).ok_or_else(|| Error::not_text(&doc.origin, "bytes of no known format"))
}

/// Where a date was looked for, in words, for the report on an article that has none.
pub fn looked_at(article: &Article, doc_name: &str) -> String {
    let mut places = Vec::new();
    let refused: Vec<&Offer> = article.weighed.iter().flat_map(|weighed| &weighed.dates).collect();
    let is_refused = |key: &&str| refused.iter().any(|offer| offer.place.ends_with(&format!("{key:?}")));
    let unread: Vec<&str> = metadata::dating_keys(article).filter(|key| !is_refused(key)).collect();
    if !unread.is_empty() {
        places.push(format!("the metadata ({} cannot be read as a publication date)", unread.join(", ")));
    } else if article.extra.is_empty() {
        places.push("the metadata".to_owned());
    } else {
        const MOST: usize = 12;
        let keys: Vec<&str> = article.extra.keys().take(MOST).map(String::as_str).collect();
        places.push(format!("the metadata ({})", keys.join(", ")));
    }
    places.push(format!("the path {doc_name:?}"));
    if article.fragment.is_empty() {
        places.push("the title and the first lines of the text".to_owned());
    }
    places.extend(refused.iter().map(|offer| format!("{:?} ({}), {}", offer.value, offer.place, offer.verdict)));
    places.join(", ")
}

/// The whole document as text with LF line ends and without a byte order mark; an error for an empty or binary one.
fn read_text(doc: &mut Document) -> Result<String> {
    let charset = doc.charset.clone();
    let origin = doc.origin.clone();
    let bytes = doc.bytes()?;
    if bytes.is_empty() {
        return Err(Error::not_text(origin, "an empty file"));
    }
    let text = markup::decode(bytes, charset.as_deref()).ok_or_else(|| Error::not_text(&origin, "binary data"))?;
    let text = unix_lines(text);
    if text.trim().is_empty() {
        return Err(Error::not_text(origin, "nothing but white space"));
    }
    Ok(text)
}

/// The text with LF line ends, whatever it had, and without a byte order mark.
fn unix_lines(mut text: String) -> String {
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// The beginning of a document as its parsers sniff it: in an encoding that has ASCII in it, without a byte order
/// mark and without leading white space.
fn opening<'d>(doc: &'d Document<'_>) -> Cow<'d, [u8]> {
    let head = xml_head(doc);
    let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") || head.iter().take(4).any(|b| *b == 0);
    if wide && let Some(text) = markup::decode(&head[..head.len() & !1], doc.charset.as_deref()) {
        return Cow::Owned(text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).as_bytes().to_vec());
    }
    // Some programs write the mark more than once, and controls that no text has.
    let mut rest = head;
    loop {
        let next = rest.strip_prefix(b"\xef\xbb\xbf").unwrap_or(rest);
        let blanks = next.iter().take_while(|byte| **byte <= b' ').count();
        if blanks == 0 && next.len() == rest.len() {
            return Cow::Borrowed(rest);
        }
        rest = &next[blanks..];
    }
}

/// The head of a document from the place on where XML begins, if something was printed before it. Texts may show XML
/// below their first words, and begin where they begin.
fn xml_head<'d>(doc: &'d Document<'_>) -> &'d [u8] {
    let head = doc.head();
    let is_text =
        matches!(doc.extension().as_deref(), Some("md" | "markdown" | "txt" | "text" | "adoc" | "rst" | "org"))
            || matches!(media_type(doc).as_deref(), Some("text/markdown" | "text/x-markdown"))
            || head.starts_with(b"---");
    if is_text { head } else { &head[xml::start(head)..] }
}

/// The instant that a date names, or the first one of its day, month or year; UTC where it states no zone.
fn first_instant(value: &DateValue) -> DateTime<Utc> {
    let begins = || value.first_day().and_time(NaiveTime::MIN).and_utc();
    value.instant_in(&Utc).map_or_else(begins, |instant| instant.to_utc())
}

/// The longest address that somebody means; servers refuse longer ones.
const LONGEST_ADDRESS: usize = 4000;

/// The address as one that can be asked for: absolute, `http` or `https`, of reasonable length.
fn web_url(link: &str, base: Option<&url::Url>) -> Option<String> {
    let link = link.trim();
    if link.len() > LONGEST_ADDRESS {
        return None;
    }
    let is_web = |url: &String| url.starts_with("http://") || url.starts_with("https://");
    markup::link::absolute(link, base).filter(|url| is_web(url) && url.len() <= LONGEST_ADDRESS)
}

/// The encoding that `<meta charset>`, `<meta http-equiv>` or the XML declaration of a page names.
fn declared_charset(head: &[u8]) -> Option<String> {
    /// A declaration stands within so many bytes (HTML Living Standard section 4.2.5.4), or should.
    const NEAR: usize = 4096;
    let head = String::from_utf8_lossy(&head[..head.len().min(NEAR)]).to_ascii_lowercase();
    let behind = head.find("charset=").map(|at| at + "charset=".len());
    let in_xml =
        || head.starts_with("<?xml").then(|| head.find("encoding=").map(|at| at + "encoding=".len())).flatten();
    let rest = head[behind.or_else(in_xml)?..].trim_start_matches(['"', '\'', ' ']);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(rest.len());
    Some(rest[..end].to_owned()).filter(|name| !name.is_empty())
}

/// The media type that a server declared, in lower case and without parameters.
fn media_type(doc: &Document) -> Option<String> {
    let declared = doc.media_type.as_deref()?;
    Some(declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
}

#[cfg(test)]
mod tests;
