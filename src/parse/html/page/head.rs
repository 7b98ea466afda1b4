//! What stands in the head of a page: metadata and links.

use super::attributes::{Attributes, has_word};
use super::{Link, Page, cut};
use feedmill_markup::html::tokens::Tag;

/// More metadata than any page has, and longer than any value that says something, in bytes.
const MOST_METAS: usize = 600;
const LONGEST: usize = 4096;
/// More links than tell anything.
const MOST_LINKS: usize = 200;

/// Takes a `<meta>` under every key that it has.
pub fn meta(page: &mut Page, tag: &Tag, content: &str) {
    for name in ["property", "name", "itemprop", "http-equiv"] {
        let Some(key) = tag.attribute(name).map(str::trim) else { continue };
        if key.is_empty() || key.len() >= 100 || page.metas.len() >= MOST_METAS {
            continue;
        }
        let key = key.to_lowercase();
        if page.metas.last().is_none_or(|(last, known)| *last != key || known != content) {
            page.metas.push((key, cut(content, LONGEST)));
        }
    }
}

/// Takes a `<link>` that says something about the page.
pub fn link(page: &mut Page, attributes: &Attributes) {
    const WANTED: [&str; 5] = ["canonical", "shortlink", "amphtml", "author", "image_src"];
    let Some(href) = attributes.href.map(str::trim).filter(|href| !href.is_empty() && href.len() <= LONGEST) else {
        return;
    };
    if let Some(rel) = WANTED.iter().find(|rel| has_word(attributes.rel, rel))
        && page.links.len() < MOST_LINKS
    {
        page.links.push(Link { rel, href: href.to_owned() });
    }
}

/// Takes a `<base>`; the first counts.
pub fn base(page: &mut Page, attributes: &Attributes) {
    if page.base.is_none() {
        page.base = attributes.href.map(str::trim).filter(|href| !href.is_empty()).map(|href| cut(href, LONGEST));
    }
}

/// Takes the language of the root element.
pub fn language(page: &mut Page, tag: &Tag) {
    let value = ["lang", "xml:lang"].iter().find_map(|name| tag.attribute(name)).map(str::trim);
    if page.language.is_none() {
        page.language = value.filter(|value| !value.is_empty()).map(|value| cut(value, LONGEST));
    }
}
