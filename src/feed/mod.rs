//! A feed: the entries that a subscriber gets, ready to be rendered.
//!
//! [`select()`] makes a [`Feed`] from the archive, as a [`FeedSpec`] describes it. Everything in a feed is already fit
//! for every output format: strings hold only characters that XML allows and LF line ends, addresses are absolute
//! and percent-encoded, HTML is sanitised. So rendering cannot fail. What is said once, in the [`Head`], and the
//! entries are apart, so that entries can come from anywhere, one at a time.

mod address;
mod roster;
mod entry;
pub mod history;
mod iri;
mod media;
mod notes;
mod origin;
mod outline;
mod picture;
mod podcast;
#[cfg(test)]
pub(crate) mod sample;
mod select;
mod spec;
mod split;
mod window;

pub use address::{AddressRule, PAGES};
pub use entry::Linked;
pub use history::{History, Place};
pub use media::{Probe, media_type, media_type_of};
pub use origin::Origin;
pub use outline::{Instants, Outline};
pub use picture::Picture;
pub use podcast::{Category, Episode, EpisodeKind, GUID_NAMESPACE, Podcast, Show, is_cover};
pub use roster::{Group, Listed, Roster, page_of, written_page, written_page_path};
pub use select::{Selected, archived, entry_of, page, select, wanted};
pub use spec::{FeedSpec, MAX_BYTES, MAX_ITEMS, MIN_ITEMS, Site};
pub use split::{SLUG, Split, Value, title};
pub use window::Shortened;

use std::borrow::Cow;

use chrono::{DateTime, FixedOffset};
use uuid::Uuid;

use crate::article::{Enclosure, Person};

/// A feed at one instant.
#[derive(Clone, Debug, PartialEq)]
pub struct Feed {
    /// What it says of itself.
    pub head: Head,
    /// The entries, in the order in which they are shown.
    pub entries: Vec<Entry>,
}

/// What a feed says of itself, whatever its entries are.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// An absolute IRI that never changes (RFC 4287 section 4.2.6).
    pub id: String,
    /// The UUID of the archive, in which [`Entry::iri`] mints.
    pub namespace: Uuid,
    /// The title, plain text, never empty.
    pub title: String,
    /// A sentence about the feed, plain text, never empty.
    pub description: String,
    /// The name of the site that publishes the feed, plain text, never empty.
    pub publisher: String,
    /// The language as a BCP 47 tag.
    pub language: Option<String>,
    /// The address of the web page or site that the feed is about.
    pub home_url: String,
    /// The address of the directory that the feed's documents stand in, with a `/` at its end.
    pub base_url: String,
    /// Authors of the whole feed.
    pub authors: Vec<Person>,
    /// The copyright line.
    pub rights: Option<String>,
    /// The address of a picture or icon for the feed.
    pub image: Option<String>,
    /// The latest change of anything that the feed says; never goes backwards, never the clock.
    pub updated: DateTime<FixedOffset>,
    /// Which of the feed's documents this is.
    pub place: Place,
    /// What stands beside it on the site.
    pub beside: Beside,
    /// Articles of the time that the feed covers that were retracted, newest first; empty unless
    /// [`FeedSpec::tombstones`] asks for them. Only formats that can say it do.
    pub tombstones: Vec<Tombstone>,
    /// The hub that tells subscribers of changes (WebSub), absolute.
    pub hub: Option<String>,
    /// After how many minutes it is worth to look again, where that is known; at least 1.
    pub ttl: Option<u32>,
    /// What podcast directories want to know; `None` where the feed is no podcast.
    pub show: Option<Show>,
}

/// An entry that is gone, and that readers are to remove (RFC 6721).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstone {
    /// The id of the entry: a guid of any form. Renderers that need an IRI ask [`Tombstone::iri`].
    pub id: String,
    /// When it was retracted.
    pub at: DateTime<FixedOffset>,
    /// Why, plain text in one line, never blank.
    pub reason: Option<String>,
}

/// What a feed's web page tells of the other feeds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// The address of the list of all feeds; `None` where there is one feed only.
    pub all: Option<String>,
    /// What the front page names: feeds, and kinds of feeds with their number, each with its address.
    pub named: Vec<(String, String)>,
}

/// One entry of a feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The id: a guid of any form, unique in the feed. Renderers that need an IRI ask [`Entry::iri`].
    pub id: String,
    /// What the entry is called on the feed's web page: a fragment of ASCII letters, digits, `-`, `_` and `.`, unique
    /// in the archive and as stable as the record's path.
    pub anchor: String,
    /// The title, plain text, never empty.
    pub title: String,
    /// The address of the article.
    pub url: String,
    /// First publication.
    pub published: DateTime<FixedOffset>,
    /// Last significant change; equals `published` when there was none, and is never earlier.
    pub updated: DateTime<FixedOffset>,
    /// Who wrote it.
    pub authors: Vec<Person>,
    /// Section and tags, plain text, none blank, none twice.
    pub tags: Vec<String>,
    /// The language as a BCP 47 tag.
    pub language: Option<String>,
    /// A short description, plain text; `None` where it could only repeat a short text.
    pub summary: Option<String>,
    /// The full text as sanitised HTML; `None` when the entry was too large for the feed, or there is no text.
    pub content: Option<String>,
    /// Media files, each with its media type.
    pub enclosures: Vec<Enclosure>,
    /// The picture that stands for the entry.
    pub picture: Option<Picture>,
    /// The feed that the entry was copied from, where it is another site's.
    pub origin: Option<Origin>,
    /// What podcast players show of it; `None` where the feed is no podcast.
    pub episode: Option<Episode>,
}

impl Tombstone {
    /// The id as the entry said it in formats that demand an IRI: [`Entry::iri`].
    pub fn iri(&self, namespace: &Uuid) -> Cow<'_, str> {
        iri::of(&self.id, namespace)
    }
}

impl Head {
    /// The address of one of the feed's documents.
    pub fn url_of(&self, file_name: &str) -> String {
        format!("{}{file_name}", self.base_url)
    }

    /// The address of a history document, by its name and the extension of its format.
    pub fn history_url(&self, name: &str, extension: &str) -> String {
        format!("{}{}/{name}.{extension}", self.base_url, history::DIRECTORY)
    }
}

impl Entry {
    /// The id as an absolute IRI, for formats that demand one (RFC 4287 section 4.2.6).
    ///
    /// An id that is an `http`, `https`, `urn` or `tag` IRI stands for itself. Any other becomes a `urn:uuid:`,
    /// version 5 of the id in `namespace`: the same for ever, and another one in another archive. Readers know
    /// entries by it, so the rule must never change.
    pub fn iri(&self, namespace: &Uuid) -> Cow<'_, str> {
        iri::of(&self.id, namespace)
    }

    /// Whether the article changed after its first publication.
    pub fn was_edited(&self) -> bool {
        self.updated.timestamp() != self.published.timestamp()
    }
}
