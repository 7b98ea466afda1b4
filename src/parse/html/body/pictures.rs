//! Where the address of a lazily loaded picture is.
//!
//! The cleaning resolves the usual attributes (`data-src`, `data-srcset` and their kin). This is about what it cannot
//! see from one tag: rarer attributes beside a placeholder, the sources of a `picture` whose `img` has none, the
//! copy in a `noscript`, and pictures that only count visitors.

use super::page::Page;
use super::tree::Tree;

/// Where the address of a picture stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Address<'t> {
    /// In the attributes that the cleaning reads.
    InPlace,
    /// In them, but for `src`, which only keeps the place.
    InPlaceOfSource,
    /// Here: an address or a `srcset`.
    Elsewhere(&'t str),
}

/// Attributes that the cleaning reads, where lazy loaders keep the address.
const USUAL: [&str; 8] = [
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-actualsrc",
    "data-hi-res-src",
    "data-srcset",
    "data-lazy-srcset",
    "data-original-set",
];
/// Attributes that hold the address as seldom as something else.
const RARE: [&str; 6] =
    ["data-lazy", "data-img-src", "data-image-src", "data-orig-file", "data-url", "data-lazy-srcset"];

/// Words in the names of pictures that stand in until a script runs.
const PLACEHOLDERS: [&str; 8] =
    ["placeholder", "blank.", "spacer", "transparent.", "pixel.", "loading.", "lazyload", "1x1"];

/// Where the address of the picture is; `None` for one that shows nothing.
pub(super) fn address(tree: &Tree, at: usize) -> Option<Address<'_>> {
    let is_point = |name| tree.attribute(at, name).is_some_and(|size| matches!(size.trim(), "0" | "1" | "0px" | "1px"));
    if is_point("width") && is_point("height") {
        return None;
    }
    let has_address = |name: &&str| tree.attribute(at, name).is_some_and(is_address);
    if tree.attribute(at, "src").is_some_and(|src| is_address(src) && !is_placeholder(src)) {
        return Some(Address::InPlace);
    }
    if USUAL.iter().chain(&["srcset"]).any(has_address) {
        return Some(Address::InPlaceOfSource);
    }
    let rare = RARE.iter().find_map(|name| tree.attribute(at, name).filter(|value| is_address(value)));
    if let Some(value) = rare.or_else(|| of_sources(tree, at)) {
        return Some(Address::Elsewhere(value));
    }
    // A picture inside the page, or text in place of one: as it stands, unless it only keeps a place.
    let src = tree.attribute(at, "src").unwrap_or_default();
    let is_embedded = src.len() > MIN_EMBEDDED && src.starts_with("data:image/");
    (is_embedded && !src.starts_with("data:image/svg")).then_some(Address::InPlace)
}

/// A picture inside the page of fewer bytes is a point or a blur.
const MIN_EMBEDDED: usize = 2000;

/// A picture has fewer; each `img` in it costs a look at them.
const MAX_SOURCES: usize = 32;

/// The first source of the `picture` around an `img`.
fn of_sources(tree: &Tree, at: usize) -> Option<&str> {
    let picture = tree.ancestors(at).take(3).find(|around| tree.name(*around) == "picture")?;
    let mut sources = tree.children(picture).take(MAX_SOURCES).filter(|child| tree.name(*child) == "source");
    sources.find_map(|source| {
        let values = ["data-srcset", "srcset", "data-lazy-srcset"].map(|name| tree.attribute(source, name));
        values.into_iter().flatten().find(|value| is_address(value))
    })
}

/// Drops each `noscript` whose picture was shown just before it, and keeps one whose picture is the only one.
pub(super) fn drop_copies(page: &mut Page, root: usize) {
    let mut shown = None;
    page.drop_where(root, |page, at| match page.tree.name(at) {
        "img" | "amp-img" => {
            shown = address(&page.tree, at).map(|_| at);
            false
        }
        "noscript" => {
            let is_copy = shown.is_some_and(|before| at - before <= MAX_DISTANCE);
            is_copy || !(at..page.tree.end(at)).any(|inside| page.tree.name(inside) == "img")
        }
        _ => false,
    });
}

/// A `noscript` that repeats a picture stands next to it, or next to the element that it stands in.
const MAX_DISTANCE: usize = 4;

fn is_address(value: &str) -> bool {
    let value = value.trim();
    !value.is_empty()
        && !value.starts_with(['{', '[', '#'])
        && !value.starts_with("data:")
        && value.contains(['/', '.'])
}

fn is_placeholder(src: &str) -> bool {
    let name = src.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    PLACEHOLDERS.iter().any(|word| name.len() >= word.len() && name.to_ascii_lowercase().contains(word))
}
