//! A page with what its elements say about themselves and how much text of which kind is in them.

use super::signs::{self, Signs};
use super::tree::Tree;

/// Fewer words outside links do not make a sentence.
pub(super) const SENTENCE: u32 = 8;

/// How much there is in an element that was not dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mass {
    /// Words.
    pub(super) words: u32,
    /// Words in links.
    pub(super) linked: u32,
    /// Words outside links in lines that read like sentences.
    pub(super) prose: u32,
    /// Lines of text: what a browser would begin on a new line.
    pub(super) lines: u32,
    pub(super) links: u32,
    /// Links to places on the page itself.
    pub(super) anchors: u32,
    pub(super) tables: u32,
    /// `h1` elements.
    pub(super) titles: u32,
}

impl Mass {
    /// Whether more than that share of the words is in links.
    pub(super) fn is_linked(&self, share: f32) -> bool {
        self.words > 0 && self.linked as f32 > share * self.words as f32
    }

    fn add(&mut self, other: Mass) {
        self.words += other.words;
        self.linked += other.linked;
        self.prose += other.prose;
        self.lines += other.lines;
        self.links += other.links;
        self.anchors += other.anchors;
        self.tables += other.tables;
        self.titles += other.titles;
    }

    /// A line of text, by itself.
    fn of_line(words: u32, linked: u32) -> Mass {
        let plain = words - linked;
        let is_prose = plain >= SENTENCE && linked <= plain;
        Mass { words, linked, prose: if is_prose { plain } else { 0 }, lines: 1, ..Mass::default() }
    }
}

/// A page, and what of it was dropped.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) tree: Tree,
    signs: Vec<Signs>,
    /// The words of each text.
    words: Vec<u32>,
    /// Whether a node stands in a link.
    linked: Vec<bool>,
    /// The nearest element around a node that begins a line, itself included.
    block: Vec<u32>,
    pub(super) dropped: Vec<bool>,
    mass: Vec<Mass>,
}

impl Page {
    pub(super) fn read(html: &str) -> Page {
        let tree = Tree::read(html);
        let nodes = tree.len();
        let mut page = Page {
            signs: Vec::with_capacity(nodes),
            words: Vec::with_capacity(nodes),
            linked: Vec::with_capacity(nodes),
            block: Vec::with_capacity(nodes),
            dropped: vec![false; nodes],
            mass: Vec::new(),
            tree,
        };
        for at in 0..nodes {
            let tree = &page.tree;
            let parent = tree.parent(at);
            let is_text = tree.is_text(at);
            page.signs.push(if is_text { Signs::default() } else { signs::signs(tree, at) });
            page.words.push(count_words(tree.text(at)));
            let is_link = tree.name(at) == "a" && tree.attribute(at, "href").is_some();
            page.linked.push(is_link || (at > 0 && page.linked[parent]));
            page.block.push(if at == 0 || tree.is_block(at) { at as u32 } else { page.block[parent] });
        }
        page.weigh();
        page
    }

    pub(super) fn signs(&self, at: usize) -> Signs {
        self.signs[at]
    }

    pub(super) fn mass(&self, at: usize) -> Mass {
        self.mass[at]
    }

    /// The words of a text, or in an element.
    pub(super) fn words(&self, at: usize) -> u32 {
        if self.tree.is_text(at) { self.words[at] } else { self.mass[at].words }
    }

    /// Puts back what was dropped, and returns what that was.
    pub(super) fn restore(&mut self) -> Vec<bool> {
        let dropped = std::mem::replace(&mut self.dropped, vec![false; self.tree.len()]);
        self.weigh();
        dropped
    }

    /// Calls back with the elements inside `root` that are still there, each before what it holds; what it answers
    /// with true is dropped. Then everything is weighed again.
    pub(super) fn drop_where(&mut self, root: usize, mut is_unwanted: impl FnMut(&Page, usize) -> bool) {
        let mut at = root + 1;
        while at < self.tree.end(root) {
            if !self.dropped[at] && !self.tree.is_text(at) && is_unwanted(self, at) {
                self.dropped[at] = true;
            }
            at = if self.dropped[at] { self.tree.end(at) } else { at + 1 };
        }
        self.weigh();
    }

    /// Adds up what is in each element.
    pub(super) fn weigh(&mut self) {
        let tree = &self.tree;
        self.mass.clear();
        self.mass.resize(tree.len(), Mass::default());
        // The line that is being read: the block that it stands in, its words, and those in links.
        let (mut block, mut words, mut linked) = (0, 0, 0);
        let mut at = 0;
        while at < tree.len() {
            if self.dropped[at] {
                at = tree.end(at);
                continue;
            }
            if self.block[at] != block || (tree.is_block(at)) {
                if words > 0 {
                    self.mass[block as usize].add(Mass::of_line(words, linked));
                }
                (block, words, linked) = (self.block[at], 0, 0);
            }
            words += self.words[at];
            if self.linked[at] {
                linked += self.words[at];
            }
            let own = &mut self.mass[at];
            match tree.name(at) {
                "table" => own.tables += 1,
                "h1" => own.titles += 1,
                "a" => {
                    if let Some(href) = tree.attribute(at, "href") {
                        own.links += 1;
                        own.anchors += u32::from(href.starts_with('#'));
                    }
                }
                _ => {}
            }
            at += 1;
        }
        if words > 0 {
            self.mass[block as usize].add(Mass::of_line(words, linked));
        }
        for at in (1..tree.len()).rev() {
            let own = self.mass[at];
            self.mass[tree.parent(at)].add(own);
        }
    }

    /// The text of an element on one line, up to `most` characters, roughly.
    pub(super) fn line(&self, at: usize, most: usize) -> String {
        let mut line = String::new();
        let mut node = at;
        while node < self.tree.end(at) && line.len() < most {
            if self.dropped[node] {
                node = self.tree.end(node);
                continue;
            }
            for word in self.tree.text(node).split_whitespace() {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
                if line.len() >= most {
                    break;
                }
            }
            node += 1;
        }
        line
    }
}

/// The number of words: runs of letters and digits.
pub(super) fn count_words(text: &str) -> u32 {
    let mut words = 0;
    let mut is_inside = false;
    for ch in text.chars() {
        let is_word = ch.is_alphanumeric() || ch == '_';
        words += u32::from(is_word && !is_inside);
        is_inside = is_word;
    }
    words
}
