//! Writing HTML.

use std::io::{self, BufWriter, Write};

use feedmill_markup::write::{BUFFER, write_attribute, write_text};

/// Writes HTML; every string that is not a literal of this file goes through an escape, but for the text of
/// articles, which is sanitised HTML.
pub(crate) struct HtmlWriter<'a> {
    out: BufWriter<&'a mut dyn Write>,
}

impl<'a> HtmlWriter<'a> {
    pub(crate) fn new(out: &'a mut dyn Write) -> Self {
        HtmlWriter { out: BufWriter::with_capacity(BUFFER, out) }
    }

    /// Passes on what is still in the buffer.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Markup that is a literal of the page.
    pub(crate) fn raw(&mut self, html: &str) -> io::Result<()> {
        self.out.write_all(html.as_bytes())
    }

    /// Plain text.
    pub(crate) fn text(&mut self, text: &str) -> io::Result<()> {
        write_text(&mut self.out, text)
    }

    /// An attribute of the tag that is open.
    pub(crate) fn attribute(&mut self, name: &str, value: &str) -> io::Result<()> {
        self.raw(" ")?;
        self.raw(name)?;
        self.raw("=\"")?;
        write_attribute(&mut self.out, value)?;
        self.raw("\"")
    }

    /// An element that has no end tag.
    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.raw("<")?;
        self.raw(name)?;
        for (key, value) in attributes {
            self.attribute(key, value)?;
        }
        self.raw(">\n")
    }

    /// An element that holds text.
    pub(crate) fn element(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.raw("<")?;
        self.raw(name)?;
        for (key, value) in attributes {
            self.attribute(key, value)?;
        }
        self.raw(">")?;
        self.text(text)?;
        self.raw("</")?;
        self.raw(name)?;
        self.raw(">\n")
    }

    /// A link.
    pub(crate) fn link(&mut self, address: &str, text: &str) -> io::Result<()> {
        self.raw("<a")?;
        self.attribute("href", address)?;
        self.raw(">")?;
        self.text(text)?;
        self.raw("</a>")
    }

    /// The text of an article, sanitised HTML.
    pub(crate) fn text_of_article(&mut self, html: &str) -> io::Result<()> {
        self.raw("<div class=\"text\" dir=\"auto\">\n")?;
        self.raw(html)?;
        self.raw("\n</div>\n")
    }
}
