//! Showing a feed: one file = one output format.

mod atom;
mod html;
mod json;
mod rss;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use crate::feed::Feed;

/// The name under which documents say what made them. Without a version: a newer program that writes the same feed
/// leaves every file, and every reader's cache, alone.
pub const GENERATOR: &str = "feedmill";

/// One way of showing a feed. Infallible but for the writer: a [`Feed`] that exists can be rendered.
pub trait Renderer: Sync {
    /// The name that configurations use.
    fn name(&self) -> &'static str;
    /// The name that readers of web pages know.
    fn label(&self) -> &'static str;
    /// One line for help and documentation.
    fn about(&self) -> &'static str;
    /// The file that the format is written to, in the feed's directory.
    fn file_name(&self) -> &'static str;
    /// The media type with its charset parameter.
    fn media_type(&self) -> &'static str;
    /// Writes the document.
    fn render(&self, feed: &Feed, out: &mut dyn Write) -> io::Result<()>;

    /// The media type without parameters, as links and autodiscovery give it.
    fn link_type(&self) -> &'static str {
        self.media_type().split(';').next().unwrap_or_default()
    }

    /// Whether a feed reader can subscribe to it.
    fn is_feed(&self) -> bool {
        true
    }
}

/// Every output format. Help, checks, links between formats and documentation derive from this table.
pub static RENDERERS: &[&dyn Renderer] = &[&atom::Atom, &rss::Rss, &json::Json, &html::Html];

/// The renderer of that name.
pub fn by_name(name: &str) -> Option<&'static dyn Renderer> {
    RENDERERS.iter().copied().find(|renderer| renderer.name() == name)
}
