//! The first half of ingest, on a thread of its own: walks the sources, leaves out what has not changed, reads and
//! parses the rest on all cores, and passes it on in order.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use chrono_tz::Tz;
use rayon::prelude::*;

use super::problem::kept_problems;
use super::{Options, Source, read_all};
use crate::archive::{Incoming, KnownFile, OpenSources};
use crate::article::record;
use crate::error::{Error, Result};
use crate::source::Document;
use crate::source::tree::{self, Entry, Listing};

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
    /// Files that were read.
    Read(Vec<ReadFile>),
    /// The source ends.
    End,
}

/// A file that was read.
pub struct ReadFile {
    /// Its directory, as an origin.
    pub dir: String,
    /// The file.
    pub entry: Entry,
    /// What it holds.
    pub content: Content,
}

/// What a file holds.
pub enum Content {
    /// Everything, parsed.
    Whole { format: &'static str, sha256: String, articles: Vec<Result<Incoming>>, failure: Option<Error> },
    /// It is too large to be held.
    Large,
}

/// So many files, or …
const CHUNK_FILES: usize = 256;
/// … so many bytes are read and parsed at once. A few chunks are under way at the same time.
const CHUNK_BYTES: u64 = 4 << 20;
/// Chunks that wait for the second half.
const WAITING: usize = 3;
/// Files above this size are streamed by the second half; nothing of them is held.
const STREAM: u64 = 8 << 20;

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
        let files = chunk.into_par_iter().map(|(dir, entry)| read(dir, entry, source)).collect();
        self.send(What::Read(files))
    }
}

fn is_same(entry: &Entry, known: &KnownFile, fingerprint: i64) -> bool {
    entry.file_name == known.name
        && entry.size == known.size
        && entry.modified.timestamp_nanos_opt().unwrap_or(0) == known.modified
        && known.reading == fingerprint
}

/// Reads and parses a file, or opens it where it is large.
pub fn read(dir: String, entry: Entry, source: &Source) -> ReadFile {
    let content = match tree::open(&entry) {
        _ if entry.size > STREAM => Content::Large,
        Ok(doc) => whole(doc, &source.reading),
        Err(err) => failed(err),
    };
    ReadFile { dir, entry, content }
}

fn whole(mut doc: Document, reading: &Options) -> Content {
    let sha256 = match doc.bytes() {
        Ok(bytes) => record::sha256_hex(bytes),
        Err(err) => return failed(err),
    };
    let (format, articles, failure) = read_all(&mut doc, reading);
    let articles = articles.into_iter().map(|article| article.map(Incoming::from)).collect();
    Content::Whole { format, sha256, articles, failure }
}

fn failed(err: Error) -> Content {
    Content::Whole { format: "", sha256: String::new(), articles: Vec::new(), failure: Some(err) }
}
