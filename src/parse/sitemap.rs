//! Sitemaps: the pages of a site, and when each was changed (sitemaps.org, protocol 0.9; Google's news).

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use url::Url;

use super::kind::kind_of;
use super::root::{self, Root};
use super::xml::{self, Element, Step, Trouble, Vocabulary, Walk, Want};
use super::{first_instant, web_url};
use crate::error::{Error, Result};
use crate::source::{Document, HEAD, MAX_WHOLE};
use feedmill_dates::{self as dates, DateValue, Order};
use feedmill_markup as markup;

/// A page, or another sitemap, that a sitemap names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its address, without a fragment.
    pub url: String,
    /// Whether it is a sitemap itself: the entry of an index.
    pub is_sitemap: bool,
    /// When it was changed, as precisely as the sitemap says it (`lastmod`).
    pub modified: Option<DateValue>,
    /// The same as an instant: of a day its beginning, in UTC where no zone is stated.
    pub modified_at: Option<DateTime<Utc>>,
    /// Whether it lies on the host of the sitemap, `www.` aside. The protocol wants no other there.
    pub same_host: bool,
    /// What a news sitemap says of it.
    pub news: Option<News>,
}

/// An article, as a news sitemap describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// When it was published.
    pub published: Option<DateValue>,
    /// Its title, one line.
    pub title: Option<String>,
    /// Its language, as BCP 47 writes it.
    pub language: Option<String>,
}

/// What kind of sitemap it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SitemapKind {
    /// Pages (`urlset`).
    Pages,
    /// Other sitemaps (`sitemapindex`).
    Index,
    /// Pages in plain text, one address a line.
    Text,
}

/// What was read of a sitemap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// What kind it is.
    pub kind: SitemapKind,
    /// How many entries were passed on.
    pub entries: usize,
    /// How many more have no address that can be asked for.
    pub unusable: usize,
    /// Whether there are more than [`MOST`], which were not read.
    pub has_more: bool,
    /// Whether it breaks off before its end.
    pub is_cut: bool,
}

/// The most entries that are read. The protocol allows 50,000 in a file; some write more.
pub const MOST: usize = 100_000;

/// So much of the text is repaired and read at a time: memory does not grow with the sitemap, of which the bytes are
/// held by the caller.
const PIECE: usize = 1 << 20;

/// Reads a sitemap of up to 64 MiB (the protocol allows 50) that was found at `url`, and passes on its entries in their
/// order. `charset` is the encoding that the server declared. Compressed ones are to be
/// [unpacked](crate::source::unpack) before.
///
/// Lenient: any namespace, relative addresses, dates in any form, a bare `&`, a sitemap that is cut. Pictures, videos
/// and translations are passed over; an address may come twice if it stands there twice. A feed that serves as a
/// sitemap is read as a [feed](super::channel).
///
/// # Errors
/// The bytes are no sitemap and no list of addresses; the error says what they are.
///
/// ```
/// use feedmill::parse::sitemap;
/// let xml = b"<urlset><url><loc>https://harbour.example/1</loc><lastmod>2023-07-09</lastmod></url></urlset>";
/// let mut found = Vec::new();
/// let summary = sitemap::read(xml, None, "https://harbour.example/sitemap.xml", &mut |entry| found.push(entry)).unwrap();
/// assert_eq!((summary.entries, found[0].url.as_str()), (1, "https://harbour.example/1"));
/// assert_eq!(found[0].modified.as_ref().unwrap().to_string(), "2023-07-09");
/// ```
pub fn read(bytes: &[u8], charset: Option<&str>, url: &str, each: &mut dyn FnMut(Entry)) -> Result<Summary> {
    if bytes.len() as u64 > MAX_WHOLE {
        return Err(Error::input(url, format!("a sitemap of at most {} MiB", MAX_WHOLE >> 20), "a longer one"));
    }
    let base = Url::parse(url).ok();
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Cow::Borrowed(text),
        _ => Cow::Owned(markup::decode(bytes, charset).ok_or_else(|| no_sitemap(bytes, url))?),
    };
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let mut reader = Reader { base, each, entries: 0, unusable: 0, has_more: false };
    let (kind, is_cut) = match text.starts_with('<') {
        true => {
            let (root, kind) = root_of(text).ok_or_else(|| no_sitemap(bytes, url))?;
            let refusal =
                |trouble: Trouble| Error::input(url, format!("a sitemap with {}", trouble.expected), trouble.found);
            (kind, reader.pieces(text, root).map_err(refusal)?)
        }
        false => {
            reader.lines(text);
            if reader.entries == 0 {
                return Err(no_sitemap(bytes, url));
            }
            (SitemapKind::Text, false)
        }
    };
    let Reader { entries, unusable, has_more, .. } = reader;
    Ok(Summary { kind, entries, unusable, has_more, is_cut })
}

/// The error on bytes that are something else, which it names.
fn no_sitemap(bytes: &[u8], url: &str) -> Error {
    let found = match bytes.trim_ascii().is_empty() {
        true => "an empty answer",
        false => kind_of(&Document::from_bytes(url, "", bytes[..bytes.len().min(HEAD)].to_vec())).about(),
    };
    Error::input(url, "a sitemap", found)
}

/// The start tag of the root as it is written, and what it is the root of.
fn root_of(text: &str) -> Option<(&str, SitemapKind)> {
    let near = &text[..floor(text, HEAD)];
    let (kind, name) = match root::root(near.as_bytes(), None)? {
        Root::Sitemap => (SitemapKind::Pages, "urlset"),
        Root::SitemapIndex => (SitemapKind::Index, "sitemapindex"),
        _ => return None,
    };
    let starts = memchr::memchr_iter(b'<', near.as_bytes());
    let tags = starts.map(|at| &near[at..at + near[at..].find('>').map_or(near.len() - at, |end| end + 1)]);
    let is_root = |tag: &&str| {
        let written = tag[1..].split(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).next().unwrap_or("");
        written.rsplit(':').next().is_some_and(|local| local.eq_ignore_ascii_case(name))
    };
    let tag = tags.filter(is_root).find(|tag| tag.ends_with('>'))?;
    Some((tag, kind))
}

struct Reader<'e> {
    base: Option<Url>,
    each: &'e mut dyn FnMut(Entry),
    entries: usize,
    unusable: usize,
    has_more: bool,
}

impl Reader<'_> {
    /// Reads the text piece by piece, each with the start of the root before it; true where it is cut.
    fn pieces(&mut self, text: &str, root: &str) -> Result<bool, Trouble> {
        let mut rest = text;
        let mut is_first = true;
        loop {
            let (piece, behind) = rest.split_at(end_of_piece(rest));
            let piece = if is_first { piece.to_owned() } else { format!("{root}{piece}") };
            let piece = xml::well_formed(piece)?;
            let is_cut = self.piece(&piece)?;
            if behind.is_empty() || self.has_more {
                return Ok(is_cut && !self.has_more);
            }
            (rest, is_first) = (behind, false);
        }
    }

    /// Reads a piece; true where the text ends inside of an element.
    fn piece(&mut self, text: &str) -> Result<bool, Trouble> {
        let mut walk = Walk::new(text, self.base.clone());
        loop {
            match walk.step()? {
                Step::Start(tag) if tag.vocabulary == Vocabulary::Plain && matches!(&*tag.name, "url" | "sitemap") => {
                    if let Some(element) = Element::read(&mut walk, &tag, Want::Tree)? {
                        self.element(&element);
                    }
                    if self.has_more {
                        return Ok(false);
                    }
                }
                Step::Over => return Ok(walk.was_cut()),
                _ => {}
            }
        }
    }

    fn element(&mut self, element: &Element) {
        let said = |name: &str| element.child(name).and_then(Element::trimmed);
        let modified = said("lastmod").and_then(value);
        let news = element.children.iter().find(|child| child.vocabulary == Vocabulary::News && child.name == "news");
        let entry = said("loc").and_then(|link| self.entry(link, element.name == "sitemap"));
        self.pass(entry.map(|entry| Entry {
            modified_at: modified.as_ref().map(first_instant),
            modified,
            news: news.map(news_of),
            ..entry
        }));
    }

    fn lines(&mut self, text: &str) {
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let is_whole = line.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http"));
            let entry =
                Some(line).filter(|line| is_whole && !line.contains(' ')).and_then(|line| self.entry(line, false));
            self.pass(entry);
            if self.has_more {
                return;
            }
        }
    }

    fn entry(&self, link: &str, is_sitemap: bool) -> Option<Entry> {
        let url = web_url(link, self.base.as_ref())?;
        let url = url.split('#').next().unwrap_or(&url).to_owned();
        let same_host = match (Url::parse(&url).ok()?.host_str(), self.base.as_ref().and_then(Url::host_str)) {
            (Some(host), Some(own)) => bare(host) == bare(own),
            _ => false,
        };
        Some(Entry { url, is_sitemap, modified: None, modified_at: None, same_host, news: None })
    }

    fn pass(&mut self, entry: Option<Entry>) {
        match entry {
            None => self.unusable += 1,
            Some(_) if self.entries == MOST => self.has_more = true,
            Some(entry) => {
                self.entries += 1;
                (self.each)(entry);
            }
        }
    }
}

fn bare(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// A date that means one day.
fn value(text: &str) -> Option<DateValue> {
    dates::read(text).filter(|reading| reading.order != Order::Ambiguous).map(|reading| reading.value)
}

fn news_of(element: &Element) -> News {
    /// The longest title that is kept, in characters.
    const LONGEST_TITLE: usize = 300;
    let said = |name: &str| element.child(name).and_then(Element::trimmed);
    let language = element.child("publication").and_then(|publication| publication.child("language"));
    let title = said("title").map(|title| markup::excerpt(title, LONGEST_TITLE));
    News {
        published: said("publication_date").and_then(value),
        title: title.filter(|title| !title.is_empty()),
        language: language.and_then(Element::trimmed).and_then(markup::language_tag),
    }
}

/// Where the first piece of a text ends: behind the first end of an entry after [`PIECE`].
fn end_of_piece(text: &str) -> usize {
    let from = floor(text, PIECE);
    let ends = memchr::memmem::find_iter(&text.as_bytes()[from..], b"</").map(|at| from + at);
    let mut ends = ends.filter_map(|at| {
        let name_ends = memchr::memchr(b'>', text.as_bytes()[at..].get(..100.min(text.len() - at))?)?;
        let written = text.get(at + 2..at + name_ends)?.trim_end();
        let local = written.rsplit(':').next()?;
        let is_entry = ["url", "sitemap"].iter().any(|name| local.eq_ignore_ascii_case(name));
        is_entry.then_some(at + name_ends + 1)
    });
    ends.next().unwrap_or(text.len())
}

/// The last place between two characters that is not behind `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests;
