//! The allow-list: which elements and attributes a published fragment may hold.

/// An element that may be published.
#[derive(Debug)]
pub(super) struct Element {
    /// Its name.
    pub(super) name: &'static str,
    /// How it nests.
    pub(super) kind: Kind,
    /// The attributes that it may have beside [`GLOBAL_ATTRIBUTES`].
    pub(super) attributes: &'static [&'static str],
}

/// How an element nests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Stands in a line of text.
    Inline,
    /// Stands in a line of text and has no content.
    InlineVoid,
    /// Ends a paragraph.
    Block,
    /// Ends a paragraph and has no content.
    BlockVoid,
    /// A table or a cell: tags inside do not reach outside.
    Wall,
    /// A part of a table that holds only other parts.
    TablePart,
    /// A part of a table that has no content.
    TableVoid,
}

/// What becomes of an element.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fate {
    /// It stays.
    Keep(&'static Element),
    /// Its tags go, its content stays.
    Unwrap,
    /// It goes with its content.
    Drop,
    /// It becomes a link to what it shows.
    Embed,
}

/// The attributes that every element may have: language, direction, explanation.
pub(super) const GLOBAL_ATTRIBUTES: &[&str] = &["dir", "lang", "title"];

/// Every element that may be published, sorted by name.
pub(super) static ELEMENTS: &[Element] = {
    use Kind::*;
    const NONE: &[&str] = &[];
    const MEDIA: &[&str] = &["controls", "height", "loop", "muted", "poster", "src", "width"];
    const CELL: &[&str] = &["align", "colspan", "headers", "rowspan", "scope"];
    const fn element(name: &'static str, kind: Kind, attributes: &'static [&'static str]) -> Element {
        Element { name, kind, attributes }
    }
    &[
        element("a", Inline, &["href", "hreflang"]),
        element("abbr", Inline, NONE),
        element("address", Block, NONE),
        element("article", Block, NONE),
        element("aside", Block, NONE),
        element("audio", Inline, MEDIA),
        element("b", Inline, NONE),
        element("bdi", Inline, NONE),
        element("bdo", Inline, NONE),
        element("blockquote", Block, &["cite"]),
        element("br", InlineVoid, NONE),
        element("caption", Wall, NONE),
        element("cite", Inline, NONE),
        element("code", Inline, &["class"]),
        element("col", TableVoid, &["span"]),
        element("colgroup", TablePart, &["span"]),
        element("data", Inline, &["value"]),
        element("dd", Block, NONE),
        element("del", Inline, &["cite", "datetime"]),
        element("details", Block, &["open"]),
        element("dfn", Inline, NONE),
        element("div", Block, &["id"]),
        element("dl", Block, NONE),
        element("dt", Block, NONE),
        element("em", Inline, NONE),
        element("figcaption", Block, NONE),
        element("figure", Block, NONE),
        element("footer", Block, NONE),
        element("h1", Block, NONE),
        element("h2", Block, NONE),
        element("h3", Block, NONE),
        element("h4", Block, NONE),
        element("h5", Block, NONE),
        element("h6", Block, NONE),
        element("header", Block, NONE),
        element("hgroup", Block, NONE),
        element("hr", BlockVoid, NONE),
        element("i", Inline, NONE),
        element("img", InlineVoid, &["alt", "height", "sizes", "src", "srcset", "width"]),
        element("ins", Inline, &["cite", "datetime"]),
        element("kbd", Inline, NONE),
        element("li", Block, &["value"]),
        element("mark", Inline, NONE),
        element("nav", Block, NONE),
        element("ol", Block, &["reversed", "start", "type"]),
        element("p", Block, NONE),
        element("picture", Inline, NONE),
        element("pre", Block, NONE),
        element("q", Inline, &["cite"]),
        element("rp", Inline, NONE),
        element("rt", Inline, NONE),
        element("ruby", Inline, NONE),
        element("s", Inline, NONE),
        element("samp", Inline, NONE),
        element("section", Block, NONE),
        element("small", Inline, NONE),
        element("source", InlineVoid, &["height", "media", "sizes", "src", "srcset", "type", "width"]),
        element("span", Inline, NONE),
        element("strong", Inline, NONE),
        element("sub", Inline, NONE),
        element("summary", Block, NONE),
        element("sup", Inline, &["id"]),
        element("table", Wall, NONE),
        element("tbody", TablePart, NONE),
        element("td", Wall, CELL),
        element("tfoot", TablePart, NONE),
        element("th", Wall, CELL),
        element("thead", TablePart, NONE),
        element("time", Inline, &["datetime"]),
        element("tr", TablePart, NONE),
        element("track", InlineVoid, &["default", "kind", "label", "src", "srclang"]),
        element("u", Inline, NONE),
        element("ul", Block, NONE),
        element("var", Inline, NONE),
        element("video", Inline, MEDIA),
        element("wbr", InlineVoid, NONE),
    ]
};

/// The element of that name, if it may be published.
pub(super) fn element(name: &str) -> Option<&'static Element> {
    ELEMENTS.binary_search_by(|element| element.name.cmp(name)).ok().map(|at| &ELEMENTS[at])
}

/// What becomes of the element of that name.
pub(super) fn fate(name: &str) -> Fate {
    if let Some(element) = element(modern_name(name)) {
        return Fate::Keep(element);
    }
    match name {
        // Code, drawings, and what only works with a form behind it. A `form` itself goes without its content: some
        // site builders put the whole page into one.
        "script" | "style" | "title" | "svg" | "template" | "button" | "select" | "textarea" | "datalist"
        | "noembed" | "noframes" | "annotation" | "annotation-xml" => Fate::Drop,
        "iframe" | "embed" | "object" | "amp-iframe" => Fate::Embed,
        _ => Fate::Unwrap,
    }
}

/// The name of the element that does today what this one did: obsolete elements (HTML Living Standard section 16.2),
/// containers whose only lasting sense is to end a line, and AMP components.
pub(super) fn modern_name(name: &str) -> &str {
    match name {
        "acronym" => "abbr",
        "strike" => "s",
        "tt" => "code",
        "listing" | "xmp" => "pre",
        "dir" | "menu" => "ul",
        "image" | "amp-img" | "amp-anim" => "img",
        "amp-video" => "video",
        "amp-audio" => "audio",
        "center" | "form" | "fieldset" | "legend" | "dialog" | "main" | "search" | "body" | "marquee" => "div",
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_for_the_search() {
        assert!(ELEMENTS.is_sorted_by(|a, b| a.name < b.name));
        assert!(ELEMENTS.iter().all(|e| element(e.name).is_some_and(|found| found.name == e.name)));
    }

    #[test]
    fn nothing_that_runs_or_embeds_is_allowed() {
        for name in
            ["script", "iframe", "object", "embed", "form", "style", "svg", "math", "base", "meta", "link", "input"]
        {
            assert!(element(name).is_none(), "{name}");
        }
        let mut attributes = ELEMENTS.iter().flat_map(|e| e.attributes).chain(GLOBAL_ATTRIBUTES);
        assert!(attributes.all(|name| !name.starts_with("on") && !["style", "srcdoc", "rel"].contains(name)));
        // Ids are those of our own footnotes: any other could be one that the page around it has.
        let cleaned = super::super::clean("<div id=\"top\">a</div><p>b<sup id=\"fn-1\">c</sup></p>", None);
        assert!(!cleaned.contains("id="), "{cleaned}");
    }
}
