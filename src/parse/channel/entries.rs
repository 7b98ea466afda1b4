//! The entries of a feed as they are counted in passing.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::{DateTime, Utc};

use super::Channel;
use crate::parse::first_instant;
use feedmill_dates::{self as dates, Order};

/// The most links of entries that are kept: more than any feed shows at a time that is read to its beginning by pages.
const MOST_LINKS: usize = 2000;

/// A description with so many characters is no summary. Feeds that are cut short show 50 to 100 words; 1,000
/// characters are twice that.
pub(super) const LONG: usize = 1000;

/// The longest text that is looked at for a date.
const LONGEST_DATE: usize = 80;

/// How much of its text an entry carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Carries {
    #[default]
    Nothing,
    Summary,
    Full,
}

/// What was seen of an entry.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Its page.
    pub link: Option<String>,
    /// When it was published.
    pub published: Option<DateTime<Utc>>,
    /// When it was changed.
    pub updated: Option<DateTime<Utc>>,
    /// What it carries.
    pub carries: Carries,
}

impl Seen {
    /// Takes note of a text with so many characters, in an element that is meant for the full text or not.
    pub fn text(&mut self, characters: usize, is_full: bool) {
        let carries = match characters {
            0 => Carries::Nothing,
            _ if is_full || characters >= LONG => Carries::Full,
            _ => Carries::Summary,
        };
        self.carries = self.carries.max(carries);
    }
}

/// The links that were seen, as numbers.
#[derive(Default)]
pub(super) struct Links(HashSet<u64>);

/// Counts an entry.
pub(super) fn count(channel: &mut Channel, links: &mut Links, seen: Seen) {
    channel.entries += 1;
    match seen.carries {
        Carries::Full => channel.full_texts += 1,
        Carries::Summary => channel.summaries += 1,
        Carries::Nothing => {}
    }
    if let Some(at) = seen.published.or(seen.updated) {
        channel.oldest = Some(channel.oldest.map_or(at, |oldest| oldest.min(at)));
        channel.newest = channel.newest.max(Some(at));
    }
    if let Some(link) = seen.link.filter(|_| channel.entry_links.len() < MOST_LINKS) {
        let mut hasher = DefaultHasher::new();
        link.hash(&mut hasher);
        if links.0.insert(hasher.finish()) {
            channel.entry_links.push(link);
        }
    }
}

/// The instant that a date of an entry names, of a day its beginning; `None` where it is no date, or may be another one.
pub(super) fn instant(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if text.len() > LONGEST_DATE {
        return None;
    }
    let reading = dates::read(text).filter(|reading| reading.order != Order::Ambiguous)?;
    Some(first_instant(&reading.value))
}

/// Counts the characters of a text outside of tags, white space apart; no further than to [`LONG`].
#[derive(Default)]
pub(super) struct Meter {
    characters: usize,
    in_tag: bool,
}

impl Meter {
    /// Goes on with a piece of the text.
    pub fn add(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                _ if self.characters >= LONG => return,
                '<' => self.in_tag = true,
                '>' => self.in_tag = false,
                _ if !self.in_tag && !c.is_whitespace() => self.characters += 1,
                _ => {}
            }
        }
    }

    /// How many there are.
    pub fn characters(&self) -> usize {
        self.characters
    }
}
