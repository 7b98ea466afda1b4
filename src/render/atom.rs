//! Atom (RFC 4287).

use std::io::{self, Write};

use chrono::{DateTime, FixedOffset};

use super::{GENERATOR, HISTORY, Renderer, Rendering, media};
use crate::article::Person;
use crate::feed::{Entry, Head, Instants, Origin, Outline, Place, Tombstone, media_type};
use feedmill_dates::write::rfc3339;
use feedmill_markup::write::{Value, XmlWriter};

/// Atom.
pub(super) struct Atom;

impl Renderer for Atom {
    fn name(&self) -> &'static str {
        "atom"
    }

    fn label(&self) -> &'static str {
        "Atom"
    }

    fn about(&self) -> &'static str {
        "Atom (RFC 4287), the most exact format"
    }

    fn file_name(&self) -> &'static str {
        "atom.xml"
    }

    fn extension(&self) -> &'static str {
        "atom"
    }

    fn media_type(&self) -> &'static str {
        "application/atom+xml; charset=utf-8"
    }

    fn begin<'a>(
        &self,
        head: &'a Head,
        outline: &Outline,
        out: &'a mut dyn Write,
    ) -> io::Result<Box<dyn Rendering + 'a>> {
        let mut xml = XmlWriter::new(out)?;
        let mut attributes = vec![("xmlns", "http://www.w3.org/2005/Atom")];
        if !head.tombstones.is_empty() {
            attributes.push(("xmlns:at", "http://purl.org/atompub/tombstones/1.0"));
        }
        attributes.extend(outline.has_pictures.then_some(media::NAMESPACE));
        if matches!(head.place, Place::Complete | Place::Archived { .. }) {
            attributes.push(("xmlns:fh", HISTORY));
        }
        attributes.extend(head.language.as_deref().map(|language| ("xml:lang", language)));
        xml.open("feed", &attributes)?;
        write_head(&mut xml, head, outline)?;
        for tombstone in &head.tombstones {
            write_tombstone(&mut xml, head, tombstone)?;
        }
        Ok(Box::new(Document { xml, head, instants: Instants::default() }))
    }
}

struct Document<'a> {
    xml: XmlWriter<'a>,
    head: &'a Head,
    instants: Instants,
}

impl Rendering for Document<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let updated = self.instants.next(entry);
        write_entry(&mut self.xml, self.head, entry, &updated)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.xml.close("feed")?;
        self.xml.finish()
    }
}

/// Everything that comes before the first entry, since readers stream.
fn write_head(xml: &mut XmlWriter<'_>, feed: &Head, outline: &Outline) -> io::Result<()> {
    // Of equal instants the feed's own stays, which is in UTC.
    let updated = outline.latest.as_ref().filter(|latest| **latest > feed.updated).unwrap_or(&feed.updated);
    xml.leaf("id", &[], Value::Text(&feed.id))?;
    write_text_construct(xml, "title", &feed.title)?;
    write_text_construct(xml, "subtitle", &feed.description)?;
    xml.leaf("updated", &[], Value::Text(&rfc3339(updated)))?;
    xml.empty("link", &[("rel", "self"), ("type", Atom.link_type()), ("href", &Atom.address(feed))])?;
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &feed.home_url)])?;
    // A hub tells of what is new, and the past is not.
    if let Some(hub) = feed.hub.as_ref().filter(|_| !feed.place.is_archived()) {
        xml.empty("link", &[("rel", "hub"), ("href", hub)])?;
    }
    write_history(xml, feed)?;
    for author in &feed.authors {
        write_person(xml, author)?;
    }
    // An entry without an author takes the feed's, so that one has to stand somewhere (section 4.1.1).
    if feed.authors.is_empty() && !outline.is_signed {
        write_person(xml, &Person { name: feed.publisher.clone(), email: None, uri: None })?;
    }
    if let Some(rights) = &feed.rights {
        write_text_construct(xml, "rights", rights)?;
    }
    if let Some(image) = &feed.image {
        xml.leaf("logo", &[], Value::Text(image))?;
    }
    xml.leaf("generator", &[], Value::Text(GENERATOR))
}

/// A deleted entry (RFC 6721 section 3), before the entries, so that readers that stop at one they know have read it.
fn write_tombstone(xml: &mut XmlWriter<'_>, feed: &Head, tombstone: &Tombstone) -> io::Result<()> {
    let (iri, when) = (tombstone.iri(&feed.namespace), rfc3339(&tombstone.at));
    let attributes = [("ref", &*iri), ("when", &*when)];
    let Some(reason) = &tombstone.reason else { return xml.empty("at:deleted-entry", &attributes) };
    xml.open("at:deleted-entry", &attributes)?;
    write_text_construct(xml, "at:comment", reason)?;
    xml.close("at:deleted-entry")
}

/// The place of the document in the history of the feed (RFC 5005 sections 2 and 4).
fn write_history(xml: &mut XmlWriter<'_>, feed: &Head) -> io::Result<()> {
    let mut link =
        |rel: &str, address: &str| xml.empty("link", &[("rel", rel), ("type", Atom.link_type()), ("href", address)]);
    if feed.place.is_archived() {
        link("current", &feed.url_of(Atom.file_name()))?;
    }
    if let Some(older) = Atom.older(feed) {
        link("prev-archive", &older)?;
    }
    if let Some(newer) = Atom.newer(feed) {
        link("next-archive", &newer)?;
    }
    match feed.place {
        Place::Complete => xml.empty("fh:complete", &[]),
        Place::Archived { .. } => xml.empty("fh:archive", &[]),
        Place::Alone | Place::Newest { .. } => Ok(()),
    }
}

fn write_entry(xml: &mut XmlWriter<'_>, feed: &Head, entry: &Entry, updated: &DateTime<FixedOffset>) -> io::Result<()> {
    match entry.language.as_deref().filter(|language| feed.language.as_deref() != Some(*language)) {
        Some(language) => xml.open("entry", &[("xml:lang", language)])?,
        None => xml.open("entry", &[])?,
    }
    xml.leaf("id", &[], Value::Text(&entry.iri(&feed.namespace)))?;
    write_text_construct(xml, "title", &entry.title)?;
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &entry.url)])?;
    let published = rfc3339(&entry.published);
    xml.leaf("published", &[], Value::Text(&published))?;
    if *updated == entry.published && updated.offset() == entry.published.offset() {
        xml.leaf("updated", &[], Value::Text(&published))?;
    } else {
        xml.leaf("updated", &[], Value::Text(&rfc3339(updated)))?;
    }
    for author in &entry.authors {
        write_person(xml, author)?;
    }
    for tag in &entry.tags {
        xml.empty("category", &[("term", tag)])?;
    }
    for enclosure in &entry.enclosures {
        let length = enclosure.length.map(|length| length.to_string());
        let mut attributes = vec![("rel", "enclosure"), ("type", media_type(enclosure))];
        attributes.extend(length.as_deref().map(|length| ("length", length)));
        attributes.push(("href", &enclosure.url));
        xml.empty("link", &attributes)?;
    }
    if let Some(summary) = &entry.summary {
        write_text_construct(xml, "summary", summary)?;
    }
    if let Some(content) = &entry.content {
        xml.leaf("content", &[("type", "html")], Value::Html(content))?;
    }
    // Behind the texts: readers that leave namespaces and depth out of account take the first of each name.
    if let Some(picture) = &entry.picture {
        media::write_picture(xml, picture)?;
    }
    if let Some(origin) = &entry.origin {
        write_source(xml, origin, &published)?;
    }
    xml.close("entry")
}

/// The feed that an entry was copied from (section 4.2.11). When that feed last changed is not known but for this: not
/// before it published the entry.
fn write_source(xml: &mut XmlWriter<'_>, origin: &Origin, published: &str) -> io::Result<()> {
    xml.open("source", &[])?;
    xml.leaf("id", &[], Value::Text(&origin.id))?;
    write_text_construct(xml, "title", &origin.title)?;
    xml.leaf("updated", &[], Value::Text(published))?;
    if let Some(address) = &origin.feed {
        xml.empty("link", &[("rel", "self"), ("href", address)])?;
    }
    if let Some(address) = &origin.page {
        xml.empty("link", &[("rel", "alternate"), ("href", address)])?;
    }
    xml.close("source")
}

/// A person construct (section 3.2).
fn write_person(xml: &mut XmlWriter<'_>, person: &Person) -> io::Result<()> {
    xml.open("author", &[])?;
    let name = [Some(&person.name), person.email.as_ref(), person.uri.as_ref()];
    let name = name.into_iter().flatten().find(|name| !name.is_empty());
    xml.leaf("name", &[], Value::Text(name.map_or("", String::as_str)))?;
    if let Some(uri) = &person.uri {
        xml.leaf("uri", &[], Value::Text(uri))?;
    }
    if let Some(email) = &person.email {
        xml.leaf("email", &[], Value::Text(email))?;
    }
    xml.close("author")
}

/// A text construct (section 3.1). Plain text is written as such, unless it looks like markup: readers that take
/// every title for HTML would lose a part of it.
fn write_text_construct(xml: &mut XmlWriter<'_>, name: &str, text: &str) -> io::Result<()> {
    if looks_like_markup(text) {
        xml.leaf(name, &[("type", "html")], Value::Escaped(text))
    } else {
        xml.leaf(name, &[], Value::Text(text))
    }
}

/// Whether an HTML parser would see a tag, a comment or a character reference.
fn looks_like_markup(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'<', b'&', bytes).any(|at| {
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        match bytes[at] {
            b'<' => next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?'),
            _ => is_reference(&bytes[at + 1..]),
        }
    })
}

/// Whether a character reference follows the ampersand. One without its semicolon is none: `R&D` and `Q&A` are frequent,
/// and readers that pass over the declared type would show the ampersand of an escaped title as `&amp;`.
fn is_reference(after: &[u8]) -> bool {
    let name = after.strip_prefix(b"#").unwrap_or(after);
    let end = name.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(name.len());
    end > 0 && name.get(end) == Some(&b';')
}

#[cfg(test)]
mod tests;
