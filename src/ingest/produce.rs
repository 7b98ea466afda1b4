//! The first half of ingest, on a thread of its own: walks the sources, leaves out what has not changed, reads and
//! parses the rest on all cores, and passes it on in order.
//!
//! Small files are read and parsed together. A large one, or a container of many documents, is streamed: its
//! documents are read one after the other and parsed together, and one that is large itself is parsed as it is read.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use rayon::prelude::*;

use super::problem::kept_problems;
use super::{Options, Source, parse_each, read_all};
use crate::archive::{Incoming, KnownFile, OpenSources};
use crate::article::{Article, record};
use crate::error::{Error, Result};
use crate::source::tree::{self, Entry, Listing};
use crate::source::{self, Document, Held};

/// A piece of work for the second half.
pub struct Work {
    /// The position of the source.
    pub source: usize,
    /// What it is.
    pub what: What,
}

/// What the first half passes on.
pub enum What {
    /// So many files that have not changed, so many that hold no articles, and the problems that stay.
    Unread { files: u64, passed_over: u64, problems: Vec<Error> },
    /// A directory that could not be listed.
    Unlisted(Error),
    /// Files of a directory that are no longer there.
    Gone { dir: String, names: Vec<String> },
    /// Small files that were read.
    Read(Vec<ReadFile>),
    /// A file that comes in pieces begins: its directory and itself.
    Opened(String, Entry),
    /// Documents, or pieces of one, of the file that was opened.
    Parts(Vec<Part>),
    /// The file that was opened ends.
    Closed,
    /// The source ends.
    End,
}

/// A small file that was read.
pub struct ReadFile {
    /// Its directory, as an origin.
    pub dir: String,
    /// The file.
    pub entry: Entry,
    /// The documents in it.
    pub parts: Vec<Part>,
}

/// A document, or a piece of a large one, that was parsed.
pub struct Part {
    /// Where it stands.
    pub origin: String,
    /// Where a date was looked for.
    pub name: String,
    /// The parser that read it; empty where none did.
    pub format: &'static str,
    /// SHA-256 of its bytes; `None` for a piece of a document.
    pub sha256: Option<String>,
    /// When the document was last modified.
    pub modified: Option<DateTime<Utc>>,
    /// Its articles, and what is wrong with those that could not be read.
    pub articles: Vec<Result<Incoming>>,
    /// What is wrong with the document as a whole.
    pub failure: Option<Error>,
}

/// So many files, or …
const CHUNK_FILES: usize = 256;
/// … so many bytes are read and parsed at once. A few chunks are under way at the same time.
const CHUNK_BYTES: u64 = 4 << 20;
/// Chunks that wait for the second half.
const WAITING: usize = 3;
/// Documents above this size are streamed; nothing of them is held.
const STREAM: usize = 8 << 20;
/// So many articles of a streamed document, or …
const PART_ARTICLES: usize = 512;
/// … so many bytes of their texts are passed on at once.
const PART_BYTES: usize = 4 << 20;

/// Runs the first half over all sources, and `consume` with what it yields.
pub fn with(
    known: OpenSources,
    sources: &[Source],
    zone: Tz,
    consume: impl FnOnce(Receiver<Work>) -> Result<()>,
) -> Result<()> {
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(WAITING);
        let producer = scope.spawn(move || produce(&known, sources, zone, &sender));
        // When the consumer stops early, the receiver is dropped, and the producer stops at its next piece of work.
        let consumed = consume(receiver);
        let produced = producer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        consumed.and(produced)
    })
}

fn produce(known: &OpenSources, sources: &[Source], zone: Tz, sender: &SyncSender<Work>) -> Result<()> {
    let mut failed = Ok(());
    for (at, source) in sources.iter().enumerate() {
        let mut out = Out { at, source, sender, chunk: Vec::new(), bytes: 0 };
        let fingerprint = source.reading.fingerprint(zone);
        source.tree.walk(&mut |listing| {
            let step = match listing {
                Ok(listing) => out.listing(listing, known, fingerprint),
                Err(err) => Ok(out.send(What::Unlisted(err))),
            };
            step.unwrap_or_else(|err| {
                failed = Err(err);
                ControlFlow::Break(())
            })
        });
        if failed.is_err() || out.flush().is_break() || out.send(What::End).is_break() {
            break;
        }
    }
    failed
}

struct Out<'a> {
    at: usize,
    source: &'a Source,
    sender: &'a SyncSender<Work>,
    chunk: Vec<(String, Entry)>,
    bytes: u64,
}

impl Out<'_> {
    fn send(&self, what: What) -> ControlFlow<()> {
        match self.sender.send(Work { source: self.at, what }) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    /// Leaves out what has not changed and reads the rest.
    fn listing(&mut self, listing: Listing, known: &OpenSources, fingerprint: i64) -> Result<ControlFlow<()>> {
        let mut changed: Vec<bool> = vec![true; listing.files.len()];
        let (mut unread, mut problems) = (0, Vec::new());
        for err in listing.troubles {
            if self.send(What::Unlisted(err)).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        // Both are in the order of names.
        let mut at = 0;
        let mut gone = Vec::new();
        known.in_dir(&listing.dir, &mut |file| {
            while at < listing.files.len() && listing.files[at].file_name < file.name {
                at += 1;
            }
            if listing.files.get(at).is_none_or(|entry| entry.file_name != file.name) {
                // It may only be out of the reach of this source's globs.
                if !listing.path.join(&file.name).exists() {
                    gone.push(file.name);
                }
            } else if is_same(&listing.files[at], &file, fingerprint) {
                changed[at] = false;
                unread += 1;
                problems.extend(file.problem.as_deref().map(kept_problems).unwrap_or_default());
            }
        })?;
        if !gone.is_empty() && self.send(What::Gone { dir: listing.dir.clone(), names: gone }).is_break() {
            return Ok(ControlFlow::Break(()));
        }
        if (unread > 0 || listing.passed_over > 0)
            && self.send(What::Unread { files: unread, passed_over: listing.passed_over, problems }).is_break()
        {
            return Ok(ControlFlow::Break(()));
        }
        for (entry, changed) in listing.files.into_iter().zip(changed) {
            if !changed {
                continue;
            }
            self.bytes += entry.size;
            self.chunk.push((listing.dir.clone(), entry));
            if (self.chunk.len() >= CHUNK_FILES || self.bytes >= CHUNK_BYTES) && self.flush().is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn flush(&mut self) -> ControlFlow<()> {
        if self.chunk.is_empty() {
            return ControlFlow::Continue(());
        }
        self.bytes = 0;
        let source = self.source;
        let chunk = std::mem::take(&mut self.chunk);
        let files: Vec<Result<ReadFile, Large>> =
            chunk.into_par_iter().map(|(dir, entry)| read(dir, entry, source)).collect();
        let mut small = Vec::new();
        for file in files {
            match file {
                Ok(file) => small.push(file),
                Err(large) => {
                    let (dir, entry) = *large;
                    self.send(What::Read(std::mem::take(&mut small)))?;
                    self.stream(dir, entry)?;
                }
            }
        }
        self.send(What::Read(small))
    }

    /// Passes on a large file or container piece by piece.
    fn stream(&self, dir: String, entry: Entry) -> ControlFlow<()> {
        let doc = tree::open(&entry);
        self.send(What::Opened(dir, entry))?;
        match doc {
            Ok(doc) => stream(doc, &self.source.reading, &mut |parts| self.send(What::Parts(parts)))?,
            Err(err) => {
                let origin = err.subject().to_owned();
                self.send(What::Parts(vec![Part::failed(origin, err)]))?;
            }
        }
        self.send(What::Closed)
    }
}

fn is_same(entry: &Entry, known: &KnownFile, fingerprint: i64) -> bool {
    entry.file_name == known.name
        && entry.size == known.size
        && entry.modified.timestamp_nanos_opt().unwrap_or(0) == known.modified
        && known.reading == fingerprint
}

/// The directory of a file that is large, or unpacks to much, and the file.
type Large = Box<(String, Entry)>;

/// Reads and parses a file; gives it back where it, or what it unpacks to, is large.
pub fn read(dir: String, entry: Entry, source: &Source) -> Result<ReadFile, Large> {
    if entry.size > STREAM as u64 {
        return Err(Box::new((dir, entry)));
    }
    let parts = match tree::open(&entry) {
        Ok(doc) => small(doc, &source.reading),
        Err(err) => Some(vec![Part::failed(entry.origin.clone(), err)]),
    };
    match parts {
        Some(parts) => Ok(ReadFile { dir, entry, parts }),
        None => Err(Box::new((dir, entry))),
    }
}

/// The documents in a small one; `None` where they come to more than is held at once.
fn small(doc: Document<'_>, reading: &Options) -> Option<Vec<Part>> {
    let (mut parts, mut bytes) = (Vec::new(), 0);
    let flow = source::unpack(doc, &mut |inner| {
        match inner.and_then(|inner| inner.hold(STREAM)) {
            Ok(Ok(held)) => {
                bytes += held.size() as u64;
                if parts.len() >= CHUNK_FILES || (bytes > CHUNK_BYTES && !parts.is_empty()) {
                    return ControlFlow::Break(());
                }
                parts.push(whole(held, reading));
            }
            Ok(Err(_)) => return ControlFlow::Break(()),
            Err(err) => parts.push(Part::failed(err.subject().to_owned(), err)),
        }
        ControlFlow::Continue(())
    });
    flow.is_continue().then_some(parts)
}

/// Passes on a document of any size, and whatever it contains, piece by piece.
pub fn stream(
    doc: Document<'_>,
    reading: &Options,
    send: &mut dyn FnMut(Vec<Part>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let (mut batch, mut bytes): (Vec<Result<Held>>, usize) = (Vec::new(), 0);
    source::unpack(doc, &mut |inner| {
        match inner.and_then(|inner| inner.hold(STREAM)) {
            Ok(Ok(held)) => {
                bytes += held.size();
                batch.push(Ok(held));
            }
            Ok(Err(large)) => {
                send(parse(std::mem::take(&mut batch), reading))?;
                bytes = 0;
                return pieces(large, reading, send);
            }
            Err(err) => batch.push(Err(err)),
        }
        if batch.len() < CHUNK_FILES && (bytes as u64) < CHUNK_BYTES {
            return ControlFlow::Continue(());
        }
        bytes = 0;
        send(parse(std::mem::take(&mut batch), reading))
    })?;
    send(parse(batch, reading))
}

fn parse(batch: Vec<Result<Held>>, reading: &Options) -> Vec<Part> {
    let parts = batch.into_par_iter().map(|held| match held {
        Ok(held) => whole(held, reading),
        Err(err) => Part::failed(err.subject().to_owned(), err),
    });
    parts.collect()
}

/// Parses a large document, and passes its articles on as they come.
fn pieces(
    mut doc: Document<'_>,
    reading: &Options,
    send: &mut dyn FnMut(Vec<Part>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    doc.columns.clone_from(&reading.columns);
    doc.whole = reading.whole;
    let mut piece = Part::of(&doc);
    let format = super::format_of(&doc, reading);
    let (mut bytes, mut flow) = (0, ControlFlow::Continue(()));
    let (_, done) = parse_each(&mut doc, reading, &mut |article| {
        // A parser cannot be stopped; what it still says goes nowhere.
        if flow.is_break() {
            return;
        }
        bytes += article.as_ref().map_or(0, |article| article.body.text.len());
        piece.articles.push(article.map(|article| reading.incoming(article)));
        if piece.articles.len() >= PART_ARTICLES || bytes >= PART_BYTES {
            bytes = 0;
            let articles = std::mem::take(&mut piece.articles);
            let (origin, name) = (piece.origin.clone(), piece.name.clone());
            flow = send(vec![Part { origin, name, articles, format, sha256: None, failure: None, ..piece }]);
        }
    });
    flow?;
    send(vec![Part { failure: done.err(), format, ..piece }])
}

fn whole(held: Held, reading: &Options) -> Part {
    let mut doc = Document::from(held);
    let mut part = Part::of(&doc);
    part.sha256 = doc.bytes().ok().map(record::sha256_hex);
    let articles: Vec<Result<Article>>;
    (part.format, articles, part.failure) = read_all(&mut doc, reading);
    part.articles = articles.into_iter().map(|article| article.map(|article| reading.incoming(article))).collect();
    part
}

impl Part {
    fn of(doc: &Document) -> Part {
        Part {
            origin: doc.origin.clone(),
            name: doc.name.clone(),
            format: "",
            sha256: None,
            modified: doc.modified,
            articles: Vec::new(),
            failure: None,
        }
    }

    /// A document that could not be read.
    pub fn failed(origin: String, err: Error) -> Part {
        Part {
            origin,
            name: String::new(),
            format: "",
            sha256: None,
            modified: None,
            articles: Vec::new(),
            failure: Some(err),
        }
    }
}
