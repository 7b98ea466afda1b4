//! HTML from elsewhere: safe, whole, with absolute links; and HTML as plain text.
//!
//! [`clean`] works in two passes. The first reads tokens, so that hostile nesting costs nothing, and writes a
//! well-nested fragment of allow-listed elements: links made absolute, lazily loaded pictures given their real
//! address, embedded pages turned into links, depth bounded. The second is a sanitiser of its own ([`ammonia`]) that
//! builds the tree a browser would build and lets only the same allow-list through: what a browser sees is what was
//! checked, whatever the first pass misunderstood.

mod allow;
mod attributes;
mod embed;
mod entities;
mod fragment;
mod plain;
mod sanitize;
mod skip;
mod srcset;
pub mod tokens;

#[cfg(test)]
mod tests;

pub use entities::entity;
pub use plain::to_text;

use url::Url;

use crate::xml::legal;

/// The HTML, a fragment or a whole document, as a fragment that is safe to publish.
///
/// - Only allow-listed elements and attributes remain. Scripts, styles, drawings (`svg`), and controls go with their
///   content; unknown elements go and leave their content; `center`, `strike` and the like become what replaced them.
/// - Links (`href`, `src`, `srcset`, `poster`, `cite`) are absolute and percent-encoded, resolved against the first
///   `<base href>` of the content, else against `base`. What cannot be resolved, or has a scheme outside the list of
///   [`link::absolute`](super::link::absolute), loses the attribute; an image without a source leaves its `alt` text.
///   Raster images in `data:` URLs stay, in `img src` only.
/// - `iframe`, `embed` and `object` become a link to what they show; `data-src` and its kin become `src`.
/// - `id` (but those of footnotes), `class` (but `language-…` of code), `style` (but `text-align` in cells), `rel` and event handlers go.
/// - Elements are well nested, at most 200 deep; text that stands between table rows moves into a cell.
///
/// The result is XML-legal, the same on every machine, and cleaning it again changes nothing. Time grows with the
/// length of the input only.
pub fn clean(html: &str, base: Option<&Url>) -> String {
    // What no document may hold goes first: parsers differ in what a NUL means in which place.
    sanitize::sanitize(&fragment::rewrite(&legal(unwrap_cdata(html)), base))
}

/// Content that was wrapped for XML and never unwrapped.
fn unwrap_cdata(html: &str) -> &str {
    let inner = html.trim().strip_prefix("<![CDATA[").and_then(|rest| rest.strip_suffix("]]>"));
    inner.unwrap_or(html)
}

fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}
