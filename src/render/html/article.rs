//! The page of one article, which stands nowhere else on the web: its whole text, its files, and the way to the feed.

use std::io::{self, Write};

use super::{HtmlWriter, Page, formats, is_english};
use crate::feed::{Entry, Head};

/// Writes the page of an entry of the feed that `head` is of.
pub fn write(head: &Head, entry: &Entry, out: &mut dyn Write) -> io::Result<()> {
    let english = is_english(entry.language.as_deref().or(head.language.as_deref()));
    let page = Page { feed: head, english, address: entry.url.clone(), newest: head.url_of("index.html") };
    let mut out = HtmlWriter::new(out);
    let description = entry.summary.as_deref().unwrap_or(&head.description);
    page.write_head(&mut out, &entry.title, description)?;
    out.raw("<body>\n<header>\n<p class=\"site\" dir=\"auto\">")?;
    out.link(&page.newest, &head.title)?;
    out.raw("</p>\n</header>\n<main>\n<article")?;
    out.attribute("id", &entry.anchor)?;
    if let Some(language) = entry.language.as_deref() {
        out.attribute("lang", language)?;
    }
    out.raw(">\n<h1 dir=\"auto\">")?;
    out.text(&entry.title)?;
    out.raw("</h1>\n")?;
    page.write_meta(&mut out, entry)?;
    match (&entry.content, &entry.summary) {
        (Some(content), _) => out.text_of_article(content)?,
        (None, Some(summary)) => out.element("p", &[("class", "summary"), ("dir", "auto")], summary)?,
        (None, None) => {}
    }
    page.write_files(&mut out, &entry.enclosures)?;
    out.raw("</article>\n</main>\n<footer>\n")?;
    if let Some(rights) = &head.rights {
        out.element("p", &[("dir", "auto")], rights)?;
    }
    out.raw("<p")?;
    page.own_words(&mut out)?;
    out.raw(">Subscribe:")?;
    for format in formats() {
        out.raw(" ")?;
        out.link(&head.url_of(format.file_name()), format.label())?;
    }
    out.raw("</p>\n</footer>\n</body>\n</html>\n")?;
    out.finish()
}
