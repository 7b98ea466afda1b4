//! What the names of elements say, looked up once a tag.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::classes::Fnv;
use super::place::Place;

/// What the name of an element says.
#[derive(Clone, Copy, Debug, Default)]
pub struct Element {
    /// The places that it opens.
    pub place: Place,
    /// Whether it stands on lines of its own.
    pub is_block: bool,
    /// Whether it has neither content nor end.
    pub is_void: bool,
    /// Whether words in it are parted from those before and behind it, though it stands in the same line.
    pub is_part: bool,
    /// The level of a heading.
    pub level: u8,
}

/// What that name says.
pub fn of(name: &str) -> Element {
    ELEMENTS.get(name).copied().unwrap_or_default()
}

const BLOCKS: &str = "p div br hr li ul ol dl dt dd h1 h2 h3 h4 h5 h6 section article header footer main nav aside table \
    tr td th thead tbody blockquote figure figcaption address form fieldset body head html pre details summary center \
    caption label option";
const VOID: &str = "area base br col embed hr img input link meta param source track wbr";
const PARTS: &str = "span a time img i svg button";
const PLACES: &[(Place, &str)] = &[
    (Place::ARTICLE, "article"),
    (Place::MAIN, "main"),
    (Place::HEADER, "header"),
    (Place::NAV, "nav menu"),
    (Place::ASIDE, "aside"),
    (Place::FOOTER, "footer"),
    (Place::LINK, "a"),
    (Place::ITEM, "li"),
    (Place::HEADING, "h1 h2 h3 h4 h5 h6"),
    (Place::MUTE, "svg select template iframe object textarea video audio math script style dialog"),
];

static ELEMENTS: LazyLock<HashMap<&'static str, Element, BuildHasherDefault<Fnv>>> = LazyLock::new(|| {
    let mut elements: HashMap<&str, Element, _> = HashMap::default();
    BLOCKS.split_whitespace().for_each(|name| elements.entry(name).or_default().is_block = true);
    VOID.split_whitespace().for_each(|name| elements.entry(name).or_default().is_void = true);
    PARTS.split_whitespace().for_each(|name| elements.entry(name).or_default().is_part = true);
    for (place, names) in PLACES {
        names.split_whitespace().for_each(|name| elements.entry(name).or_default().place = *place);
    }
    for (name, level) in ["h1", "h2", "h3", "h4", "h5", "h6"].into_iter().zip(1..) {
        elements.entry(name).or_default().level = level;
    }
    elements
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_known_by_name() {
        assert!(of("br").is_block && of("br").is_void && !of("br").is_part);
        assert!(of("h3").level == 3 && of("h3").is_block && of("h3").place == Place::HEADING);
        assert!(of("a").is_part && of("a").place == Place::LINK && !of("custom-element").is_block);
    }
}
