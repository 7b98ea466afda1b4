//! A page as a tree in one array, in the order of the source.
//!
//! A tree of our own, and not that of a browser engine, for what it does not do: it never recurses, so that nesting
//! costs no stack; its depth and its size are bounded; and it takes time that grows with the length of the page only.
//! Since a node stands before all that it holds, what is in an element is a slice, sums over elements are one walk
//! from the end to the beginning, and no walk needs a stack deeper than the tree.

use std::ops::Range;

use super::elements::{COMPONENT, HEADINGS, OTHER, PASSED, attribute, element, is_heading, is_void};
use feedmill_markup::html::tokens::{self, Listener, Tag};

/// Real pages stay below 100, their texts below 60. Every tag costs a look through the open elements, so that the bound
/// is what keeps the time linear; the tags beyond it go, their text stays.
const MAX_DEPTH: usize = 250;
/// The largest pages of the web have some 100,000 elements. Beyond the bound tags go and text stays, so that a
/// document of tags alone costs no more than 40 MB here.
const MAX_ELEMENTS: usize = 200_000;
/// Beyond the bound attributes go.
const MAX_ATTRIBUTES: usize = 4 * MAX_ELEMENTS;

/// A page.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    /// All texts and values of attributes, one after the other.
    text: String,
}

/// An element or a piece of text.
#[derive(Debug)]
pub(super) struct Node {
    /// The name of an element; empty for text.
    pub(super) name: &'static str,
    /// Whether it begins a line of its own.
    is_block: bool,
    /// The element that it stands in; the root is its own.
    pub(super) parent: u32,
    /// The first node that does not stand in it.
    pub(super) end: u32,
    /// Where the attributes of an element stand, or the characters of a text.
    range: Range<u32>,
}

#[derive(Debug)]
struct Attribute {
    name: &'static str,
    value: Range<u32>,
}

impl Tree {
    /// Reads a page or a part of one.
    pub(super) fn read(html: &str) -> Tree {
        let mut builder = Builder::default();
        builder.open(("html", true), None);
        tokens::read(html, &mut builder);
        builder.close_to(0);
        builder.tree
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn name(&self, at: usize) -> &'static str {
        self.nodes[at].name
    }

    pub(super) fn parent(&self, at: usize) -> usize {
        self.nodes[at].parent as usize
    }

    pub(super) fn end(&self, at: usize) -> usize {
        self.nodes[at].end as usize
    }

    /// Whether an element begins a line of its own; text does not.
    pub(super) fn is_block(&self, at: usize) -> bool {
        self.nodes[at].is_block
    }

    pub(super) fn is_text(&self, at: usize) -> bool {
        self.nodes[at].name.is_empty()
    }

    /// The characters of a text; nothing for an element.
    pub(super) fn text(&self, at: usize) -> &str {
        if self.is_text(at) { self.slice(&self.nodes[at].range) } else { "" }
    }

    /// The value of an attribute of an element.
    pub(super) fn attribute(&self, at: usize, name: &str) -> Option<&str> {
        self.attributes(at).find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// The attributes of an element that this pass or the cleaning behind it reads.
    pub(super) fn attributes(&self, at: usize) -> impl Iterator<Item = (&'static str, &str)> {
        let node = &self.nodes[at];
        let range = if node.name.is_empty() { 0..0 } else { node.range.start as usize..node.range.end as usize };
        self.attributes[range].iter().map(|attribute| (attribute.name, self.slice(&attribute.value)))
    }

    /// The nodes directly in an element.
    pub(super) fn children(&self, at: usize) -> impl Iterator<Item = usize> {
        let end = self.end(at);
        let mut next = at + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then_some(next)?;
            next = self.end(child);
            Some(child)
        })
    }

    /// The elements around a node, from the inside.
    pub(super) fn ancestors(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors((at > 0).then(|| self.parent(at)), |at| (*at > 0).then(|| self.parent(*at)))
    }

    fn slice(&self, range: &Range<u32>) -> &str {
        &self.text[range.start as usize..range.end as usize]
    }
}

#[derive(Default)]
struct Builder {
    tree: Tree,
    open: Vec<u32>,
    elements: usize,
    /// The element without a place in the tree that is being passed over, and how many of its name are open.
    passing: Option<(String, usize)>,
}

impl Listener for Builder {
    fn start(&mut self, tag: &Tag, is_raw: bool) -> bool {
        if let Some((name, depth)) = &mut self.passing {
            *depth += usize::from(*name == tag.name && !tag.self_closing);
            // In a drawing, `style` and `title` are elements like others.
            return name != "svg" && name != "math";
        }
        let name = &*tag.name;
        match name {
            "html" | "head" | "body" => {
                // Seen twice, and inside other things, on pages that were glued together.
                if name == "body" && self.open.len() == 1 {
                    self.open(("body", true), Some(tag));
                }
                return true;
            }
            "base" | "meta" | "link" | "param" | "col" | "colgroup" => return true,
            _ if PASSED.contains(&name) => {
                if !tag.self_closing {
                    self.passing = Some((name.to_owned(), 1));
                }
                return true;
            }
            _ => {}
        }
        let (name, is_block) = element(name);
        self.close_before(name, is_block);
        let is_void = is_void(name);
        if self.elements >= MAX_ELEMENTS || (!is_void && self.open.len() >= MAX_DEPTH) {
            return true;
        }
        self.open((name, is_block), Some(tag));
        if is_void || (name == OTHER && tag.self_closing) {
            self.close_to(self.open.len() - 1);
        }
        // What stands in an `iframe` is for browsers that know no frames.
        if is_raw && name == "iframe" {
            self.close_to(self.open.len() - 1);
            self.passing = Some(("iframe".to_owned(), 1));
        }
        true
    }

    fn end(&mut self, name: &str) {
        if let Some((passed, depth)) = &mut self.passing {
            *depth -= usize::from(passed == name);
            // A drawing that is never closed does not swallow the page.
            let is_over = *depth == 0 || matches!(name, "body" | "html" | "article" | "main");
            if is_over {
                self.passing = None;
            }
            return;
        }
        if matches!(name, "html" | "head" | "body") {
            return;
        }
        if name == "br" {
            self.open(("br", false), None);
            return self.close_to(self.open.len() - 1);
        }
        self.close_element(element(name));
    }

    fn text(&mut self, text: &str) {
        if self.passing.is_some() || text.is_empty() {
            return;
        }
        let range = self.store(text);
        let tree = &mut self.tree;
        // Neighbours grow together, so that a page of single characters costs no more than its length. Since each
        // element parts two texts at most, the bound on elements bounds the texts.
        if let Some(last) = tree.nodes.last_mut()
            && last.name.is_empty()
            && last.parent == self.open.last().copied().unwrap_or(0)
            && last.range.end == range.start
        {
            last.range.end = range.end;
            return;
        }
        let (at, parent) = (tree.nodes.len() as u32, self.open.last().copied().unwrap_or(0));
        tree.nodes.push(Node { name: "", is_block: false, parent, end: at + 1, range });
    }
}

impl Builder {
    fn store(&mut self, text: &str) -> Range<u32> {
        let start = self.tree.text.len() as u32;
        self.tree.text.push_str(text);
        start..self.tree.text.len() as u32
    }

    fn open(&mut self, (name, is_block): (&'static str, bool), tag: Option<&Tag>) {
        let first = self.tree.attributes.len() as u32;
        if let Some(tag) = tag {
            for (key, value) in &tag.attributes {
                if self.tree.attributes.len() >= MAX_ATTRIBUTES {
                    break;
                }
                if let Some((name, _)) = attribute(key) {
                    let value = self.store(value);
                    self.tree.attributes.push(Attribute { name, value });
                }
            }
            if name == OTHER {
                // The names of components say what they hold.
                let value = self.store(&tag.name);
                self.tree.attributes.push(Attribute { name: COMPONENT, value });
            }
        }
        self.elements += 1;
        let range = first..self.tree.attributes.len() as u32;
        let (at, parent) = (self.tree.nodes.len() as u32, self.open.last().copied().unwrap_or(0));
        self.tree.nodes.push(Node { name, is_block, parent, end: at + 1, range });
        self.open.push(at);
    }

    fn close_to(&mut self, depth: usize) {
        let end = self.tree.nodes.len() as u32;
        for at in self.open.drain(depth..) {
            self.tree.nodes[at as usize].end = end;
        }
    }

    fn open_name(&self, depth: usize) -> &'static str {
        self.tree.nodes[self.open[depth] as usize].name
    }

    /// Ends the elements that a start tag ends by itself.
    fn close_before(&mut self, name: &str, is_block: bool) {
        match name {
            "li" => self.close_until(&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => self.close_until(&["dt", "dd"], &["dl"]),
            "td" | "th" => self.close_until(&["td", "th"], &["table"]),
            "tr" => self.close_until(&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => self.close_until(&["tbody", "thead", "tfoot"], &["table"]),
            "a" => self.close_until(&["a"], &["td", "th", "table", "li", "div", "p", "section", "article"]),
            _ if is_heading(name) => self.close_until(&HEADINGS, &["td", "th", "table", "div", "section", "article"]),
            _ => {}
        }
        if is_block && name != OTHER {
            self.close_until(&["p"], &["td", "th", "table", "div", "section", "article", "li", "button"]);
        }
    }

    /// Ends the nearest of these elements, unless a wall stands between.
    fn close_until(&mut self, names: &[&str], walls: &[&str]) {
        for depth in (1..self.open.len()).rev() {
            let name = self.open_name(depth);
            if names.contains(&name) {
                return self.close_to(depth);
            }
            if walls.contains(&name) {
                return;
            }
        }
    }

    fn close_element(&mut self, (name, is_block): (&str, bool)) {
        let is_table_part = matches!(name, "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th");
        for depth in (1..self.open.len()).rev() {
            let open = self.open_name(depth);
            if open == name || (is_heading(open) && is_heading(name)) {
                return self.close_to(depth);
            }
            let is_wall = match open {
                "table" => true,
                "td" | "th" => !is_table_part,
                // An inline element that ends inside a block that it does not hold the start of ends with it.
                _ => !is_block && self.tree.is_block(self.open[depth] as usize),
            };
            if is_wall {
                return;
            }
        }
    }
}
