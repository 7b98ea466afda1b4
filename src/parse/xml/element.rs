//! One element, as much of it as somebody wants.

use std::rc::Rc;

use url::Url;

use super::Vocabulary;
use super::decode::Trouble;
use super::walk::{Step, Tag, Walk, local};
use feedmill_markup as markup;

/// What is wanted of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::parse) enum Want {
    /// Nothing.
    Nothing,
    /// The text in it and in its descendants.
    Text,
    /// The text, and as HTML what stands in it where it has elements.
    Markup,
    /// The text, and the elements in it.
    Tree,
}

/// An element that was read.
#[derive(Debug)]
pub(in crate::parse) struct Element {
    /// What the name belongs to.
    pub vocabulary: Vocabulary,
    /// The name without its prefix, in lower case.
    pub name: String,
    /// The attributes: names without prefix in lower case, values without blanks around them.
    pub attributes: Vec<(String, String)>,
    /// The text. In a tree its own, otherwise that of its descendants too.
    pub text: String,
    /// What stands in it as HTML, where it has elements.
    pub markup: Option<String>,
    /// The elements in it.
    pub children: Vec<Element>,
    /// What relative links are resolved against.
    pub base: Option<Rc<Url>>,
    /// Whether the document itself states that base.
    pub states_base: bool,
    /// The language that is declared for it.
    pub language: Option<Rc<str>>,
}

/// The deepest element of a tree that is kept, and …
const DEEPEST: usize = 4;
/// … the most elements of one tree. What lies beyond has no meaning here.
const MOST: usize = 500;

impl Element {
    /// Reads the element that has just begun, to its end; `None` where the document is cut inside of it.
    pub fn read(walk: &mut Walk, tag: &Tag, want: Want) -> Result<Option<Element>, Trouble> {
        let mut reading =
            Reading { want, open: vec![Element::of(walk, tag)], html: Html::default(), count: 0, below: 0 };
        if want == Want::Nothing {
            return Ok(skip(walk)?.then(|| reading.open.remove(0)));
        }
        loop {
            match walk.step()? {
                Step::Start(tag) => reading.start(walk, &tag),
                Step::Text(text) => reading.text(&text),
                Step::End => {
                    if let Some(mut element) = reading.end() {
                        element.markup = reading.html.finish();
                        // The ends of a document that was cut come all at once.
                        return Ok((!walk.was_cut()).then_some(element));
                    }
                }
                Step::Over => return Ok(None),
            }
        }
    }

    fn of(walk: &Walk, tag: &Tag) -> Element {
        let attributes = tag.attributes().filter(|(key, _)| !key.starts_with("xml"));
        let attributes = attributes.map(|(key, value)| (local(&key).to_ascii_lowercase(), value.trim().to_owned()));
        let (base, states_base) = walk.base();
        Element {
            vocabulary: tag.vocabulary,
            name: tag.name.clone(),
            attributes: attributes.collect(),
            text: String::new(),
            markup: None,
            children: Vec::new(),
            base,
            states_base,
            language: walk.language(),
        }
    }

    /// The value of an attribute that says something.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The first element in it of that name, in its own vocabulary or in none.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| {
            child.name == name && (child.vocabulary == self.vocabulary || child.vocabulary == Vocabulary::Plain)
        })
    }

    /// The text without blanks around it, where there is any.
    pub fn trimmed(&self) -> Option<&str> {
        Some(self.text.trim()).filter(|text| !text.is_empty())
    }

    /// The link, absolute where its base is known.
    pub fn resolve(&self, link: &str) -> String {
        let link = link.trim();
        markup::link::absolute(link, self.base.as_deref()).unwrap_or_else(|| link.to_owned())
    }
}

/// Goes to the end of the element that has just begun; false where the document is cut inside of it.
pub(in crate::parse) fn skip(walk: &mut Walk) -> Result<bool, Trouble> {
    let depth = walk.depth();
    while walk.depth() >= depth {
        if let Step::Over = walk.step()? {
            return Ok(false);
        }
    }
    Ok(!walk.was_cut())
}

struct Reading {
    want: Want,
    open: Vec<Element>,
    html: Html,
    count: usize,
    /// Elements that are open and not kept.
    below: usize,
}

impl Reading {
    fn start(&mut self, walk: &Walk, tag: &Tag) {
        self.count += 1;
        if self.want == Want::Markup {
            self.html.start(walk, tag, &self.open[0].text);
        }
        if self.want == Want::Tree && self.below == 0 && self.open.len() < DEEPEST && self.count <= MOST {
            self.open.push(Element::of(walk, tag));
        } else {
            self.below += 1;
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(innermost) = self.open.last_mut() {
            innermost.text.push_str(text);
        }
        self.html.text(text);
    }

    /// The whole element, when this was its end.
    fn end(&mut self) -> Option<Element> {
        if self.below > 0 {
            self.below -= 1;
            self.html.end();
            return None;
        }
        let element = self.open.pop()?;
        match self.open.last_mut() {
            Some(outer) => outer.children.push(element),
            None => return Some(element),
        }
        None
    }
}

/// The content of an element as HTML.
#[derive(Default)]
struct Html {
    out: String,
    /// The names of the elements that are open.
    open: Vec<String>,
    began: bool,
    /// Elements at the top, and whether anything but white space stands beside them.
    top: usize,
    mixed: bool,
    /// Where the content of the only `div` at the top begins and ends.
    inner: (usize, usize),
}

/// Elements without an end.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Attributes that are links.
const LINKS: &[&str] = &["href", "src", "cite", "poster"];

impl Html {
    fn start(&mut self, walk: &Walk, tag: &Tag, before: &str) {
        if !self.began {
            self.began = true;
            self.out.push_str(&markup::escape(before));
            self.mixed = !before.trim().is_empty();
        }
        if self.open.is_empty() {
            self.top += 1;
        }
        let (base, is_stated) = walk.base();
        self.out.push('<');
        self.out.push_str(&tag.name);
        for (key, value) in tag.attributes().filter(|(key, _)| !key.starts_with("xmlns")) {
            let value = match base.as_deref().filter(|_| is_stated && LINKS.contains(&&*key)) {
                Some(base) => markup::link::absolute(&value, Some(base)).unwrap_or(value),
                None => value,
            };
            self.out.push_str(&format!(" {}=\"{}\"", local(&key), markup::escape(&value)));
        }
        self.out.push('>');
        if self.open.is_empty() && tag.name == "div" {
            self.inner.0 = self.out.len();
        }
        self.open.push(tag.name.clone());
    }

    fn text(&mut self, text: &str) {
        if self.began {
            self.mixed |= self.open.is_empty() && !text.trim().is_empty();
            self.out.push_str(&markup::escape(text));
        }
    }

    fn end(&mut self) {
        let Some(name) = self.open.pop() else { return };
        if self.open.is_empty() && name == "div" {
            self.inner.1 = self.out.len();
        }
        if !VOID.contains(&name.as_str()) {
            self.out.push_str(&format!("</{name}>"));
        }
    }

    fn finish(&mut self) -> Option<String> {
        if !self.began {
            return None;
        }
        // The `div` around XHTML is no part of it (RFC 4287 section 3.1.1.3).
        let (start, end) = self.inner;
        Some(match self.top == 1 && !self.mixed && start > 0 && start <= end {
            true => self.out[start..end].trim().to_owned(),
            false => self.out.trim().to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::xml::well_formed;

    fn read(text: &str, want: Want) -> Option<Element> {
        let text = well_formed(text.to_owned()).unwrap();
        let mut walk = Walk::new(&text, None);
        let Step::Start(tag) = walk.step().unwrap() else { panic!("no element") };
        Element::read(&mut walk, &tag, want).unwrap()
    }

    #[test]
    fn markup_is_written_as_html() {
        for (text, html) in [
            ("<a>x &lt; y</a>", None),
            ("<a> x <b>y &lt; z</b> <br/></a>", Some("x <b>y &lt; z</b> <br>")),
            (
                "<a xmlns:h='http://www.w3.org/1999/xhtml'><h:div>\n<h:P h:k='1'>x</h:P></h:div> </a>",
                Some("<p k=\"1\">x</p>"),
            ),
            ("<a><div>x</div>y</a>", Some("<div>x</div>y")),
            ("<a><div>x</div><div>y</div></a>", Some("<div>x</div><div>y</div>")),
            ("<a><p/><img src='a.png' alt='\"'/></a>", Some("<p></p><img src=\"a.png\" alt=\"&quot;\">")),
            (
                "<a xml:base='http://x.example/b/'><p><i href='c'>d</i></p></a>",
                Some("<p><i href=\"http://x.example/b/c\">d</i></p>"),
            ),
        ] {
            assert_eq!(read(text, Want::Markup).unwrap().markup.as_deref(), html, "{text}");
        }
    }

    #[test]
    fn trees_are_bounded() {
        let tree = read("<a k=' v '>x<b><c>y</c></b>z</a>", Want::Tree).unwrap();
        assert_eq!((tree.text.as_str(), tree.attribute("k")), ("xz", Some("v")));
        assert_eq!(tree.child("b").unwrap().child("c").unwrap().text, "y");
        let wide = format!("<a>{}<z/></a>", "<b/>".repeat(5000));
        assert_eq!(read(&wide, Want::Tree).unwrap().children.len(), MOST);
        let deep = format!("<a>{}x{}</a>", "<b>".repeat(100), "</b>".repeat(100));
        assert!(read(&deep, Want::Tree).is_some());
        assert!(read("<a><b>cut", Want::Tree).is_none() && read("<a>cut", Want::Nothing).is_none());
        assert_eq!(read("<a><b>x</b>y</a>", Want::Text).unwrap().text, "xy");
    }
}
