//! Containers: compressed files, archives of files, crawls and mailboxes become the documents in them.
//!
//! Everything streams, so that a container of any size takes no more memory than a small one. What it unpacks to is
//! held against what was read of it, so that a few kilobytes cannot become a flood.

mod budget;
mod coding;
mod members;
mod tar;
mod zip;

use std::io::{BufRead, Read, Seek};
use std::ops::ControlFlow;

use budget::Budget;
use coding::Coding;

use super::{Document, Each, mbox, warc};
use crate::error::{Error, Result};

/// Archives of files in archives of files: a backup of exports, and no deeper.
const MOST_ARCHIVES: usize = 2;
/// Compressed data that are compressed once more, in all layers together.
const MOST_CODINGS: usize = 4;

/// Passes on every document that `doc` holds: itself, unless it is compressed, an archive of files, a crawl or a mailbox.
///
/// The origin of a document in an archive is that of the archive with the path in there behind a `/`, its name is
/// that path: a date in the name of the archive says when it was packed. Names are never used as paths. What a
/// compressed file holds keeps its origin, and its name without the extension of the compression.
///
/// What cannot be read is passed on as an error, after what came before it; the answer is what `each` last said.
pub fn unpack(doc: Document<'_>, each: Each<'_>) -> ControlFlow<()> {
    Unpacker { budget: Budget::default() }.open(doc, Layers::default(), each)
}

/// Whether the document is compressed or holds others.
pub fn is_container(doc: &Document) -> bool {
    let head = doc.head();
    Coding::of(head).is_some() || warc::is_warc(head) || mbox::is_mbox(head) || Archive::of(doc).is_some()
}

/// How deep a document lies in others.
#[derive(Clone, Copy, Default)]
struct Layers {
    archives: usize,
    codings: usize,
}

/// An archive of documents.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Archive {
    Tar,
    Zip,
}

impl Archive {
    fn of(doc: &Document) -> Option<Archive> {
        let head = doc.head();
        if zip::is_zip(head) && !zip::is_office_document(doc) {
            return Some(Archive::Zip);
        }
        tar::is_tar(head).then_some(Archive::Tar)
    }
}

struct Unpacker {
    budget: Budget,
}

impl Unpacker {
    fn open(&self, mut doc: Document<'_>, layers: Layers, each: Each<'_>) -> ControlFlow<()> {
        if let Some(coding) = Coding::of(doc.head()) {
            if layers.codings == MOST_CODINGS {
                return each(Err(too_deep(&doc, "data that are compressed at most four times")));
            }
            let inside = Layers { codings: layers.codings + 1, ..layers };
            return match self.decode(&mut doc, coding, layers) {
                Ok(inner) => self.open(inner, inside, each),
                Err(err) => each(Err(err)),
            };
        }
        if warc::is_warc(doc.head()) {
            return warc::responses(&mut doc, each).unwrap_or_else(|err| each(Err(err)));
        }
        if mbox::is_mbox(doc.head()) {
            return mbox::messages(&mut doc, each).unwrap_or_else(|err| each(Err(err)));
        }
        let Some(archive) = Archive::of(&doc) else { return each(Ok(doc)) };
        if layers.archives == MOST_ARCHIVES {
            return each(Err(too_deep(&doc, "archives of files nested at most twice")));
        }
        let inside = Layers { archives: layers.archives + 1, ..layers };
        let mut member = |member: Result<Document<'_>>| match member {
            Ok(doc) => self.open(doc, inside, each),
            Err(err) => each(Err(err)),
        };
        let opened = match archive {
            Archive::Tar => tar::members(self, &mut doc, layers, &mut member),
            Archive::Zip => zip::members(self, &mut doc, &mut member),
        };
        opened.unwrap_or_else(|err| each(Err(err)))
    }

    /// What a compressed document holds.
    fn decode<'a>(&self, doc: &mut Document<'a>, coding: Coding, layers: Layers) -> Result<Document<'a>> {
        let packed = self.raw(doc.stream(), layers);
        let origin = doc.origin.clone();
        let decoder = coding.decoder(packed).map_err(|err| Error::io("unpack", &origin, err))?;
        let name = coding.name_inside(&doc.name);
        let mut inner = Document::from_reader(origin, name, self.budget.unpacking(decoder))?;
        inner.modified = doc.modified;
        inner.fetched = doc.fetched;
        inner.sidecar = doc.sidecar.take();
        inner.url = doc.url.take();
        inner.about = std::mem::take(&mut doc.about);
        inner.weigh = doc.weigh;
        // A declared type is that of the data, where the server compressed them, or else that of the compression.
        inner.media_type = doc.media_type.take().filter(|declared| !coding::is_coding(declared));
        inner.charset = doc.charset.take();
        Ok(inner)
    }

    /// The bytes of a document, counted where it is the outermost.
    fn raw<'a>(&self, input: Box<dyn BufRead + 'a>, layers: Layers) -> Box<dyn BufRead + 'a> {
        match layers.archives + layers.codings {
            0 => self.budget.reading(input),
            _ => input,
        }
    }
}

fn too_deep(doc: &Document, expected: &str) -> Error {
    Error::input(&doc.origin, expected, "more").hint("unpack it yourself, and take the outcome in")
}

/// What an archive is read from.
trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

#[cfg(test)]
mod tests;
