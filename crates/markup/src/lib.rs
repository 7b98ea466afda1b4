//! Text and markup: XML-legal strings, HTML that is safe and whole, text and Markdown as HTML.
//!
//! Everything here is a pure function of its arguments, takes any input without a panic, and needs time that grows
//! with the length of the input, not with its square.

#![warn(missing_docs)]

/// The examples of the front page are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct FrontPage;

pub mod html;
pub mod link;
pub mod markdown;
pub mod opml;
pub mod text;
pub mod words;
pub mod write;

mod detect;
mod email;
mod encoding;
mod excerpt;
mod footnote;
mod language;
mod sentence;
mod xml;

pub use detect::detect_language;
pub use email::is_email;
pub use encoding::{decode, encoding_name};
pub use excerpt::excerpt;
pub use language::{is_language_tag, language_tag};
pub use sentence::first_sentence;
pub use xml::{escape, legal, one_line};

use url::Url;

/// What a body of text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BodyMarkup {
    /// Plain text with paragraphs; see [`text`].
    Text,
    /// Markdown; see [`markdown`].
    Markdown,
    /// HTML, a fragment or a document; see [`html`].
    Html,
}

/// A body as an HTML fragment that is safe to publish: allow-listed markup, absolute links, XML-legal characters.
///
/// `base` is the article's own address, against which relative links are resolved; without it they lose their
/// target and keep their text.
pub fn body_html(kind: BodyMarkup, text: &str, base: Option<&Url>) -> String {
    match kind {
        // Escaped by construction and free of relative links, so that no sanitiser has to read it again.
        BodyMarkup::Text => text::to_html(text),
        BodyMarkup::Markdown => html::clean(&markdown::to_html(text), base),
        BodyMarkup::Html => html::clean(text, base),
    }
}
