//! Where bytes come from: a file, a directory tree, standard input. Every source yields [`Document`]s.

pub mod http;
mod links;
mod mbox;
mod names;
mod neighbourhood;
pub mod tree;
mod unpack;
pub mod warc;

pub use names::is_about_the_files;
pub use neighbourhood::{Neighbour, Neighbourhood};
pub use unpack::{is_container, unpack};

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// The largest document that is read whole; a larger one is no article, and formats of many articles stream.
pub const MAX_WHOLE: u64 = 64 << 20;

/// How many bytes [`Document::head`] shows.
pub const HEAD: usize = 16 << 10;

/// What takes the documents of a container, one after the other, and may break off. A damaged document is passed on
/// as an error, and the ones after it follow.
pub type Each<'e> = &'e mut dyn FnMut(Result<Document<'_>>) -> ControlFlow<()>;

/// Bytes with what is known of them before parsing.
pub struct Document<'a> {
    /// The path or URL, as the user would write it to find the document again.
    pub origin: String,
    /// The path below the root of the source, with `/` between segments: what dates and slugs are looked for in.
    pub name: String,
    /// The media type that a server declared.
    pub media_type: Option<String>,
    /// The character encoding that a server declared.
    pub charset: Option<String>,
    /// When the file was last modified: a bound, never a publication date by itself.
    pub modified: Option<DateTime<Utc>>,
    /// When it was fetched, as whoever fetched it wrote down: what it says of itself is not later.
    pub fetched: Option<DateTime<Utc>>,
    /// A file of metadata that stands beside this one (`post.meta` beside `post.md`).
    pub sidecar: Option<Sidecar>,
    /// The address that the bytes were fetched from: the base of relative links, and where a date and the canonical
    /// address are looked for when the document names none.
    pub url: Option<String>,
    /// What its container or a server said of it (`warc: {…}`), kept with each of its articles.
    pub about: Map<String, Value>,
    /// For tables: fields of an article (`date`, `text`, …) and the names of the columns that hold them, where the user
    /// has said so.
    pub columns: BTreeMap<String, String>,
    /// For the export of a site: the kinds of posts that are articles, where the user has said so.
    pub post_types: Vec<String>,
    /// What its parser has to say of the document as a whole, although it could read it.
    pub remarks: Vec<String>,
    /// Whether a text is one article although it holds several dated ones.
    pub whole: bool,
    /// Whether parsers shall keep what they weighed (see [`Weighed`](crate::article::Weighed)), for explanations.
    pub weigh: bool,
    head: Vec<u8>,
    rest: Option<Box<dyn BufRead + 'a>>,
    file: Option<PathBuf>,
    root: Option<Arc<Path>>,
}

/// A document with all its bytes at hand; see [`Document::hold`].
pub struct Held {
    origin: String,
    name: String,
    media_type: Option<String>,
    charset: Option<String>,
    modified: Option<DateTime<Utc>>,
    fetched: Option<DateTime<Utc>>,
    sidecar: Option<Sidecar>,
    url: Option<String>,
    about: Map<String, Value>,
    weigh: bool,
    file: Option<PathBuf>,
    root: Option<Arc<Path>>,
    bytes: Vec<u8>,
}

impl Held {
    /// How many bytes it has.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }
}

impl From<Held> for Document<'static> {
    fn from(held: Held) -> Self {
        Document {
            origin: held.origin,
            name: held.name,
            media_type: held.media_type,
            charset: held.charset,
            modified: held.modified,
            fetched: held.fetched,
            sidecar: held.sidecar,
            url: held.url,
            about: held.about,
            columns: BTreeMap::new(),
            post_types: Vec::new(),
            remarks: Vec::new(),
            whole: false,
            weigh: held.weigh,
            head: held.bytes,
            rest: None,
            file: held.file,
            root: held.root,
        }
    }
}

/// A file of metadata beside a document.
#[derive(Clone, Debug)]
pub struct Sidecar {
    /// Its path.
    pub origin: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl<'a> Document<'a> {
    /// A document whose bytes are at hand.
    pub fn from_bytes(origin: impl Into<String>, name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self::with(origin.into(), name.into(), bytes, None)
    }

    /// A document that is read as far as its parser wants.
    pub fn from_reader(origin: impl Into<String>, name: impl Into<String>, reader: impl Read + 'a) -> Result<Self> {
        let origin = origin.into();
        let mut head = Vec::with_capacity(HEAD);
        let mut reader = BufReader::new(reader);
        (&mut reader).take(HEAD as u64).read_to_end(&mut head).map_err(|err| Error::io("read", &origin, err))?;
        let rest: Option<Box<dyn BufRead + 'a>> = if head.len() < HEAD { None } else { Some(Box::new(reader)) };
        Ok(Self::with(origin, name.into(), head, rest))
    }

    /// A document that stands in a file under another name.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn open(origin: &str, name: &str, path: &Path) -> Result<Document<'static>> {
        let file = std::fs::File::open(path).map_err(|err| Error::io("read", path, err))?;
        let mut doc = Document::from_reader(origin, name, file)?;
        doc.file = Some(path.to_owned());
        Ok(doc)
    }

    fn with(origin: String, name: String, head: Vec<u8>, rest: Option<Box<dyn BufRead + 'a>>) -> Self {
        Document {
            origin,
            name,
            media_type: None,
            charset: None,
            modified: None,
            fetched: None,
            sidecar: None,
            url: None,
            about: Map::new(),
            columns: BTreeMap::new(),
            post_types: Vec::new(),
            remarks: Vec::new(),
            whole: false,
            weigh: false,
            head,
            rest,
            file: None,
            root: None,
        }
    }

    /// A document inside this one, a container, whose bytes are at hand. Its origin is that of the container with the
    /// name behind a `/`; `name` is its path in there.
    pub fn inside(&self, name: &str, bytes: Vec<u8>) -> Document<'static> {
        let mut inside = Document::from_bytes(format!("{}/{name}", self.origin), name, bytes);
        inside.weigh = self.weigh;
        inside.columns.clone_from(&self.columns);
        inside.post_types.clone_from(&self.post_types);
        inside.whole = self.whole;
        inside
    }

    /// A document inside this one that is read as far as its parser wants; see [`Document::inside`].
    pub fn inside_stream<'b>(&self, name: &str, reader: impl Read + 'b) -> Result<Document<'b>> {
        let mut inside = Document::from_reader(format!("{}/{name}", self.origin), name, reader)?;
        inside.weigh = self.weigh;
        Ok(inside)
    }

    /// The file that it is, where it stands on the disk as it is and may be read in any order.
    fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Where files beside it are looked for.
    pub fn neighbourhood(&self) -> Neighbourhood {
        // What was fetched lies in a directory of ours, and its neighbours elsewhere.
        let file = self.file.as_deref().filter(|_| self.url.is_none());
        Neighbourhood::new(file.and_then(Path::parent), self.root.as_deref())
    }

    /// The document without its stream, if not more than `most` bytes are left of it: it can go to another thread
    /// then. Else the document, with that much of it at hand.
    pub fn hold(mut self, most: usize) -> Result<Result<Held, Document<'a>>> {
        if let Some(rest) = &mut self.rest {
            let room = most.saturating_sub(self.head.len()) as u64 + 1;
            rest.take(room).read_to_end(&mut self.head).map_err(|err| Error::io("read", &self.origin, err))?;
            if self.head.len() > most {
                return Ok(Err(self));
            }
            self.rest = None;
        }
        Ok(Ok(Held {
            origin: self.origin,
            name: self.name,
            media_type: self.media_type,
            charset: self.charset,
            modified: self.modified,
            fetched: self.fetched,
            sidecar: self.sidecar,
            url: self.url,
            about: self.about,
            weigh: self.weigh,
            file: self.file,
            root: self.root,
            bytes: self.head,
        }))
    }

    /// The first [`HEAD`] bytes, or all where there are fewer.
    pub fn head(&self) -> &[u8] {
        &self.head[..self.head.len().min(HEAD)]
    }

    /// The lower-case extension of the name, without its dot.
    pub fn extension(&self) -> Option<String> {
        let file = self.name.rsplit('/').next()?;
        let (stem, extension) = file.rsplit_once('.')?;
        (!stem.is_empty()).then(|| extension.to_ascii_lowercase())
    }

    /// All bytes; an error when there are more than [`MAX_WHOLE`].
    pub fn bytes(&mut self) -> Result<&[u8]> {
        if let Some(rest) = &mut self.rest {
            let room = MAX_WHOLE.saturating_sub(self.head.len() as u64) + 1;
            rest.take(room).read_to_end(&mut self.head).map_err(|err| Error::io("read", &self.origin, err))?;
            if self.head.len() as u64 > MAX_WHOLE {
                return Err(Error::not_text(&self.origin, format!("more than {} MiB", MAX_WHOLE >> 20))
                    .hint("split the file, or name its format if it holds many articles"));
            }
            self.rest = None;
        }
        Ok(&self.head)
    }

    /// All bytes as a stream, from the beginning. It can be taken once; what was taken is gone.
    pub fn stream(&mut self) -> Box<dyn BufRead + 'a> {
        let head = std::io::Cursor::new(std::mem::take(&mut self.head));
        match self.rest.take() {
            Some(rest) => Box::new(head.chain(rest)),
            None => Box::new(head),
        }
    }
}
