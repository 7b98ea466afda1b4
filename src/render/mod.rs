//! Showing a feed: one file = one output format.
//!
//! A document is written in one pass: its head, its entries as they come, its end. What a head says of the entries is
//! in an [`Outline`], which is known before the first of them; so a feed of any length takes the memory of one entry,
//! and the documents of a feed can be written side by side from one reading of the archive.

mod atom;
pub(crate) mod html;
mod itunes;
mod json;
mod media;
mod rss;
#[cfg(test)]
mod tests;

pub use html::list;
use std::borrow::Borrow;

use std::io::{self, Write};

use crate::feed::{Entry, Feed, Head, Outline, Place};

/// The name under which documents say what made them. Without a version: a newer program that writes the same feed
/// leaves every file, and every reader's cache, alone.
pub const GENERATOR: &str = "feedmill";

/// One way of showing a feed. Infallible but for the writer: a feed that exists can be rendered.
pub trait Renderer: Sync {
    /// The name that configurations use.
    fn name(&self) -> &'static str;
    /// The name that readers of web pages know.
    fn label(&self) -> &'static str;
    /// One line for help and documentation.
    fn about(&self) -> &'static str;
    /// The file that the format is written to, in the feed's directory.
    fn file_name(&self) -> &'static str;
    /// The extension of history documents; that of [`Renderer::file_name`] would not tell formats apart.
    fn extension(&self) -> &'static str;
    /// The media type with its charset parameter.
    fn media_type(&self) -> &'static str;
    /// Begins a document with everything that stands before its first entry. `outline` is that of exactly the entries
    /// that follow. Writes are large; no writer needs a buffer.
    fn begin<'a>(
        &self,
        head: &'a Head,
        outline: &Outline,
        out: &'a mut dyn Write,
    ) -> io::Result<Box<dyn Rendering + 'a>>;

    /// The media type without parameters, as links and autodiscovery give it.
    fn link_type(&self) -> &'static str {
        self.media_type().split(';').next().unwrap_or_default()
    }

    /// Whether a feed reader can subscribe to it.
    fn is_feed(&self) -> bool {
        true
    }

    /// The address of a document of the feed in this format.
    fn address(&self, feed: &Head) -> String {
        match &feed.place {
            Place::Archived { name, .. } => feed.history_url(name, self.extension()),
            Place::Alone | Place::Complete | Place::Newest { .. } => feed.url_of(self.file_name()),
        }
    }

    /// The address of the document in this format that holds the next older entries (RFC 5005 section 4).
    fn older(&self, feed: &Head) -> Option<String> {
        feed.place.older().map(|name| feed.history_url(name, self.extension()))
    }

    /// The address of the document in this format that holds the next newer entries, where both are of history.
    fn newer(&self, feed: &Head) -> Option<String> {
        feed.place.newer().map(|name| feed.history_url(name, self.extension()))
    }
}

/// The namespace of feed history (RFC 5005 section 1.1).
const HISTORY: &str = "http://purl.org/syndication/history/1.0";

/// A document in the making. One that is not finished is not whole.
pub trait Rendering {
    /// Writes the next entry.
    fn entry(&mut self, entry: &Entry) -> io::Result<()>;
    /// Writes what stands behind the last entry, and everything that is still in a buffer.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// Writes a document of these entries, which are those of `outline`, in the order in which they come.
pub fn write<E: Borrow<Entry>>(
    format: &dyn Renderer,
    head: &Head,
    outline: &Outline,
    entries: impl IntoIterator<Item = E>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut document = format.begin(head, outline, out)?;
    for entry in entries {
        document.entry(entry.borrow())?;
    }
    document.finish()
}

/// Writes a feed that is held whole.
pub fn render(format: &dyn Renderer, feed: &Feed, out: &mut dyn Write) -> io::Result<()> {
    write(format, &feed.head, &Outline::of(&feed.entries), &feed.entries, out)
}

/// Every output format. Help, checks, links between formats and documentation derive from this table.
pub static RENDERERS: &[&dyn Renderer] = &[&atom::Atom, &rss::Rss, &json::Json, &html::Html];

/// The renderer of that name.
pub fn by_name(name: &str) -> Option<&'static dyn Renderer> {
    RENDERERS.iter().copied().find(|renderer| renderer.name() == name)
}
