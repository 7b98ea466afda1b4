//! The elements and attributes that this pass knows.

use super::names::{pack, pack_all};

/// The name of an element that HTML does not know: a component of the page's own.
pub(super) const OTHER: &str = "other";
/// The attribute that holds the name of such an element.
pub(super) const COMPONENT: &str = "component";

/// Elements that say nothing to a reader, and go as they are read.
pub(super) const PASSED: [&str; 16] = [
    "script", "style", "template", "svg", "math", "title", "canvas", "select", "datalist", "textarea", "noembed",
    "noframes", "audio", "map", "object", "applet",
];

/// Attributes that are kept, sorted for the search. The second column says whether the cleaning is to see them; the
/// others are only for this pass.
static ATTRIBUTES: [(&str, bool); 48] = [
    ("align", true),
    ("alt", true),
    ("aria-hidden", false),
    ("aria-label", true),
    ("cite", true),
    ("class", true),
    ("colspan", true),
    ("data-actualsrc", true),
    ("data-component", false),
    ("data-hi-res-src", true),
    ("data-image-src", true),
    ("data-img-src", true),
    ("data-lazy", true),
    ("data-lazy-src", true),
    ("data-lazy-srcset", true),
    ("data-orig-file", true),
    ("data-original", true),
    ("data-src", true),
    ("data-srcset", true),
    ("data-testid", false),
    ("data-url", true),
    ("datetime", true),
    ("dir", true),
    ("headers", true),
    ("height", true),
    ("hidden", false),
    ("href", true),
    ("hreflang", true),
    ("id", false),
    ("itemprop", false),
    ("itemtype", false),
    ("lang", true),
    ("media", true),
    ("open", true),
    ("poster", true),
    ("rel", false),
    ("reversed", true),
    ("role", false),
    ("rowspan", true),
    ("scope", true),
    ("sizes", true),
    ("src", true),
    ("srcset", true),
    ("start", true),
    ("style", false),
    ("title", true),
    ("type", true),
    ("width", true),
];

static ATTRIBUTE_NUMBERS: [u128; ATTRIBUTES.len()] = {
    let mut names = [""; ATTRIBUTES.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = ATTRIBUTES[at].0;
        at += 1;
    }
    pack_all(names)
};

/// The attribute of that name, and whether the cleaning is to see it.
pub(super) fn attribute(name: &str) -> Option<(&'static str, bool)> {
    ATTRIBUTE_NUMBERS.binary_search(&pack(name)).ok().map(|at| ATTRIBUTES[at])
}

static ELEMENTS: [(&str, bool); 92] = [
    ("a", true),
    ("abbr", true),
    ("acronym", true),
    ("address", false),
    ("amp-img", true),
    ("area", true),
    ("article", false),
    ("aside", false),
    ("b", true),
    ("bdi", true),
    ("bdo", true),
    ("big", true),
    ("blockquote", false),
    ("body", false),
    ("br", true),
    ("button", true),
    ("caption", false),
    ("center", false),
    ("cite", true),
    ("code", true),
    ("data", true),
    ("dd", false),
    ("del", true),
    ("details", false),
    ("dfn", true),
    ("dialog", false),
    ("div", false),
    ("dl", false),
    ("dt", false),
    ("em", true),
    ("embed", true),
    ("fieldset", false),
    ("figcaption", false),
    ("figure", false),
    ("font", true),
    ("footer", false),
    ("form", false),
    ("h1", false),
    ("h2", false),
    ("h3", false),
    ("h4", false),
    ("h5", false),
    ("h6", false),
    ("header", false),
    ("hgroup", false),
    ("hr", false),
    ("html", false),
    ("i", true),
    ("iframe", true),
    ("img", true),
    ("input", true),
    ("ins", true),
    ("kbd", true),
    ("label", true),
    ("legend", false),
    ("li", false),
    ("main", false),
    ("mark", true),
    ("menu", false),
    ("nav", false),
    ("noscript", true),
    ("ol", false),
    ("p", false),
    ("picture", true),
    ("pre", false),
    ("q", true),
    ("rp", true),
    ("rt", true),
    ("ruby", true),
    ("s", true),
    ("samp", true),
    ("section", false),
    ("small", true),
    ("source", true),
    ("span", true),
    ("strike", true),
    ("strong", true),
    ("sub", true),
    ("summary", false),
    ("sup", true),
    ("table", false),
    ("tbody", false),
    ("td", false),
    ("tfoot", false),
    ("th", false),
    ("thead", false),
    ("time", true),
    ("tr", false),
    ("u", true),
    ("ul", false),
    ("video", true),
    ("wbr", true),
];

pub(super) const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

static ELEMENT_NUMBERS: [u128; ELEMENTS.len()] = {
    let mut names = [""; ELEMENTS.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = ELEMENTS[at].0;
        at += 1;
    }
    pack_all(names)
};

/// The name of the element in the table, and whether it begins a line of its own. Components do.
pub(super) fn element(name: &str) -> (&'static str, bool) {
    match ELEMENT_NUMBERS.binary_search(&pack(name)) {
        Ok(at) => (ELEMENTS[at].0, !ELEMENTS[at].1),
        Err(_) => (OTHER, true),
    }
}

pub(super) fn is_heading(name: &str) -> bool {
    HEADINGS.contains(&name)
}

/// Whether an element has no content.
pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr" | "img" | "input" | "source" | "wbr" | "embed" | "track" | "area")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_for_the_search() {
        assert!(ELEMENT_NUMBERS.is_sorted_by(|a, b| a < b));
        assert!(ATTRIBUTE_NUMBERS.is_sorted_by(|a, b| a < b));
        assert!(HEADINGS.iter().all(|name| element(name) == (*name, true)));
    }
}
