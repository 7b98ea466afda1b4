//! What a feed says of itself: its addresses, its rhythm, its history, and how much its entries carry.
//!
//! The entries themselves are read by the formats `feed` and `json`. What stands here decides when a feed is asked
//! again, where its older entries are, and whether the pages of its articles have to be fetched.

mod entries;
mod json;
mod rhythm;
mod xml;

use std::time::Duration;

use chrono::{DateTime, Datelike, Timelike, Utc, WeekdaySet};
use url::Url;

use super::kind::kind_of;
use super::root::{self, Root};
use crate::error::{Error, Result};
use crate::source::{Document, HEAD};

/// How a feed is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ChannelFormat {
    /// RSS 0.91 to 0.94 and 2.0.
    #[default]
    Rss,
    /// RSS 0.90, 1.0 and 1.1, which are RDF.
    Rdf,
    /// Atom 0.3 and 1.0.
    Atom,
    /// JSON Feed 1 and 1.1.
    Json,
}

/// A feed without its entries. Every address in it is absolute, and `http` or `https`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Channel {
    /// How it is written.
    pub format: ChannelFormat,
    /// Its title, one line of plain text.
    pub title: Option<String>,
    /// What it is a feed of: RSS `link`, Atom `rel=alternate`, JSON `home_page_url`.
    pub home_url: Option<String>,
    /// Its own address, as it sees it: `rel=self`, JSON `feed_url`.
    pub self_url: Option<String>,
    /// Who tells when it changes: `rel=hub` (WebSub), the first of JSON `hubs`.
    pub hub: Option<String>,
    /// For how many minutes it may be kept: RSS `ttl`, from 1 to 525,600, a year.
    pub ttl: Option<u32>,
    /// How often it is made anew: `sy:updatePeriod` and `sy:updateFrequency`.
    pub update_interval: Option<Duration>,
    /// The hours of the day, in UTC, in which nothing new comes: RSS `skipHours`. Never all of them.
    pub skip_hours: [bool; 24],
    /// The days, in UTC, on which nothing new comes: RSS `skipDays`. Never all of them.
    pub skip_days: WeekdaySet,
    /// The archive document with the entries before these (RFC 5005 section 4).
    pub prev_archive: Option<String>,
    /// The archive document with the entries after these.
    pub next_archive: Option<String>,
    /// The feed that the archive document belongs to.
    pub current: Option<String>,
    /// The page with older entries: `rel=next` (RFC 5005 section 3), JSON `next_url`.
    pub next: Option<String>,
    /// Whether it is an archive document: its entries do not change (`fh:archive`).
    pub is_archive: bool,
    /// Whether it holds every entry that there is, so that one which is not in it is gone (`fh:complete`).
    pub is_complete: bool,
    /// What made it, one line.
    pub generator: Option<String>,
    /// Whether WordPress made it, or a program of its family: older entries are at `?paged=2` and so on.
    pub is_wordpress: bool,
    /// Where it has moved to (`itunes:new-feed-url`).
    pub new_feed_url: Option<String>,
    /// Whether nothing new will ever come (JSON `expired`).
    pub is_expired: bool,
    /// How many entries it has.
    pub entries: usize,
    /// How many of them carry their full text: an element for it that is not empty, or a description as long as one.
    pub full_texts: usize,
    /// How many of them carry a summary and no full text.
    pub summaries: usize,
    /// The earliest date of publication, else of change, among the entries. A date without a zone is taken for UTC.
    pub oldest: Option<DateTime<Utc>>,
    /// The latest one, as stated: it may lie in the future.
    pub newest: Option<DateTime<Utc>>,
    /// The pages of the entries, in the order of the feed, each once; of very long feeds the first 2,000.
    pub entry_links: Vec<String>,
    /// Whether it breaks off before its end: what is missing in it may be none the less.
    pub is_cut: bool,
}

impl Channel {
    /// Whether no entry carries more than a summary.
    pub fn is_summaries_only(&self) -> bool {
        self.summaries > 0 && self.full_texts == 0
    }

    /// How long it wants to be kept before it is asked again: the longer of [`ttl`](Self::ttl) and
    /// [`update_interval`](Self::update_interval).
    pub fn interval(&self) -> Option<Duration> {
        let ttl = self.ttl.map(|minutes| Duration::from_secs(u64::from(minutes) * 60));
        ttl.max(self.update_interval)
    }

    /// Whether it asks not to be read at that moment (`skipHours`, `skipDays`).
    pub fn is_silent_at(&self, at: DateTime<Utc>) -> bool {
        let hour = self.skip_hours.get(at.hour() as usize).copied().unwrap_or_default();
        hour || self.skip_days.contains(at.weekday())
    }
}

/// Reads what a feed says of itself: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1 and 1.1.
///
/// `charset` is the encoding that the server declared, `url` the address that answered: links are resolved against it.
/// Lenient as the readers of entries are: namespaces by their meaning, any case, what is malformed is left out, what
/// breaks off is read as far as it goes. Of JSON nothing but these fields is ever held.
///
/// # Errors
/// The bytes are no feed (a web page, a list of subscriptions, …; [`kind_of`] says what), or pass a limit: more than
/// 32 MiB of XML, 2 million elements, elements more than 200 deep.
///
/// ```
/// let rss = br#"<rss version="2.0"><channel><title>Harbour</title><link>/</link><ttl>60</ttl></channel></rss>"#;
/// let channel = feedmill::parse::channel::read(rss, None, "https://harbour.example/feed").unwrap();
/// assert_eq!(channel.home_url.as_deref(), Some("https://harbour.example/"));
/// assert_eq!((channel.ttl, channel.entries), (Some(60), 0));
/// ```
pub fn read(bytes: &[u8], charset: Option<&str>, url: &str) -> Result<Channel> {
    let base = Url::parse(url).ok();
    let is_json = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start().starts_with(b"{");
    if is_json {
        let found = json::read(bytes, charset, base.as_ref());
        return found.map_err(|found| Error::input(url, "a feed", found));
    }
    let refusal =
        |trouble: super::xml::Trouble| Error::input(url, format!("a feed with {}", trouble.expected), trouble.found);
    let bytes = &bytes[super::xml::start(bytes)..];
    if !is_text(bytes) {
        return Err(no_feed(bytes, charset, url));
    }
    let text = super::xml::text(bytes.to_vec(), charset).map_err(refusal)?;
    if root::root_of(&text) != Some(Root::Feed) {
        return Err(no_feed(bytes, charset, url));
    }
    xml::read(&text, base).map_err(refusal)
}

/// Whether the bytes may be XML at all, so that nothing large is decoded for the sake of an error.
fn is_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let first =
        head.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0 | 0xef | 0xbb | 0xbf | 0xfe | 0xff));
    first == Some(&b'<')
}

/// The error on bytes that are something else, which it names.
fn no_feed(bytes: &[u8], charset: Option<&str>, url: &str) -> Error {
    if bytes.trim_ascii().is_empty() {
        return Error::input(url, "a feed", "an empty answer");
    }
    let mut doc = Document::from_bytes(url, "", bytes[..bytes.len().min(HEAD)].to_vec());
    doc.charset = charset.map(str::to_owned);
    doc.url = Some(url.to_owned());
    let kind = kind_of(&doc);
    let err = Error::input(url, "a feed", kind.about());
    match kind {
        super::kind::Kind::Page => err.hint("a server may answer so when it wants to keep programs out"),
        _ => err,
    }
}

#[cfg(test)]
mod tests;
