//! The main text of a page.
//!
//! A page is read into a tree once ([`tree`], [`page`]). What its elements call themselves ([`signs`]) and how much
//! prose and how many links they hold tell the text from what stands around it. There are three ways of reading a
//! page, and the [`arbiter`] chooses page by page:
//!
//! - as an article: one text, everything else goes;
//! - as a thread: what readers wrote is the text;
//! - as a whole: the page of a product, a service, a catalogue, where boxes and links are the content.
//!
//! Where the page holds its text only in its linked data, that is taken. Everything takes time that grows with the
//! length of the page, nothing recurses, and no bytes are a reason to panic.

mod arbiter;
mod elements;
mod kind;
mod names;
mod offers;
mod page;
mod pictures;
mod prune;
mod root;
mod signs;
mod tree;
mod trim;
mod vocabulary;
mod write;

#[cfg(test)]
mod tests;

use url::Url;

use crate::article::Offer;

/// The main text of a page.
#[derive(Debug)]
pub(super) struct Main {
    /// A cleaned fragment with absolute links, lazily loaded pictures in place.
    pub html: String,
    /// Its plain text.
    pub text: String,
    /// What found it: `article`, `thread`, `page`, `json-ld`.
    pub method: &'static str,
    /// What was weighed, the winner first, where that was asked for.
    pub offers: Vec<Offer>,
    /// What the text says that the page is.
    pub kind: PageKind,
}

/// What a page is, as far as its text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageKind {
    /// A page with a text.
    Article,
    /// A page that leads to others.
    Listing,
    /// A page in front of another: a challenge, a consent form, a login.
    Challenge,
    /// A page without text.
    Empty,
}

/// What is known of the article already.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known<'a> {
    /// Its title.
    pub title: &'a str,
    /// The text that the linked data hold.
    pub json_ld_body: Option<&'a str>,
    /// Whether the page declares itself an article.
    pub is_declared_article: bool,
}

/// The main text of a page. `base` is what relative links are resolved against; `weigh` asks for the offers.
pub(super) fn main_text(html: &str, known: &Known, base: Option<&Url>, weigh: bool) -> Main {
    arbiter::choose(html, known, base, weigh)
}
