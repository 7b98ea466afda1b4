//! Elements that go with their content, and where such an element ends when its end tag was forgotten.

use super::tokens::Tag;

/// An element that is being passed over.
#[derive(Debug)]
pub(super) struct Skip {
    name: String,
    /// How many elements of that name are open.
    depth: usize,
    /// How many elements are open in which HTML is at home (`foreignObject` in a drawing).
    html_depth: usize,
}

impl Skip {
    /// Begins with this start tag; `None` for `<svg/>`, which has no content.
    pub(super) fn from(tag: &Tag) -> Option<Skip> {
        (!tag.self_closing).then(|| Skip { name: tag.name.clone().into_owned(), depth: 1, html_depth: 0 })
    }

    /// Whether elements such as `style` are elements like others here, and not read as raw text.
    pub(super) fn is_foreign(&self) -> bool {
        matches!(&*self.name, "svg" | "math")
    }

    /// Whether any element may stand in it, so that none shows that it is over.
    fn is_document(&self) -> bool {
        self.name == "template"
    }

    /// Takes a start tag; false when it shows that the element is over, so that the tag itself counts.
    pub(super) fn covers_start(&mut self, tag: &Tag) -> bool {
        let name = &*tag.name;
        if self.html_depth == 0 && !self.is_document() && is_breakout(name) {
            return false;
        }
        if !tag.self_closing {
            self.depth += usize::from(self.name == name);
            self.html_depth += usize::from(is_html_island(name));
        }
        true
    }

    /// Takes an end tag. `is_open` tells whether an element of that name was open when this one began.
    pub(super) fn covers_end(&mut self, name: &str, is_open: impl Fn(&str) -> bool) -> Covers {
        if self.name == name {
            self.depth -= 1;
            return if self.depth == 0 { Covers::Last } else { Covers::More };
        }
        if is_html_island(name) {
            self.html_depth = self.html_depth.saturating_sub(1);
        }
        let ends_parent =
            self.html_depth == 0 && !self.is_document() && (is_breakout(name) || name == "ruby") && is_open(name);
        if ends_parent { Covers::Nothing } else { Covers::More }
    }
}

/// What an end tag means for an element that is being passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Covers {
    /// It belongs to the element, which goes on.
    More,
    /// It ends the element.
    Last,
    /// It ends an element around this one, which is over too.
    Nothing,
}

/// Elements of foreign content that hold HTML.
fn is_html_island(name: &str) -> bool {
    matches!(name, "foreignobject" | "annotation-xml" | "desc")
}

/// Blocks that never stand in a button, a drawing or a formula: where one begins, an end tag was forgotten.
fn is_breakout(name: &str) -> bool {
    let blocks = ["p", "div", "blockquote", "ul", "ol", "li", "dl", "table", "tr", "td", "pre", "section", "article"];
    blocks.contains(&name) || super::is_heading(name)
}
