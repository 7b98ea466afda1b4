//! What has been put and not yet written. Files are written in batches, in the order of their directories, while the
//! next batch is put together, and synced once, before the index commits: after a crash the records may be newer than
//! the index, never older.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::thread::JoinHandle;

use chrono::{DateTime, Utc};
use rayon::prelude::*;

use super::departed::Departure;
use super::layout::{self, Layout, Month};
use super::{Archive, mark, seal};
use crate::article::fields::Fingerprints;
use crate::disk;
use crate::error::Result;

/// A batch is written when it holds so many files …
const BATCH_FILES: usize = 2048;
/// … or so many bytes: few enough to bound memory, enough to sort by directory and to share among threads.
const BATCH_BYTES: usize = 8 << 20;
/// The index commits, after a sync, when so many files have been written. A sync of few files costs nearly as much
/// as one of many; a crash means that so many files are looked at again.
const COMMIT_FILES: usize = 65_536;

/// Files to write and to remove, by their path below the archive.
#[derive(Default)]
struct Batch {
    files: BTreeMap<String, File>,
    gone: Vec<String>,
    bytes: usize,
    /// How many files have come.
    came: usize,
}

/// What is under way between [`Archive::put`] and [`Archive::commit`].
#[derive(Default)]
pub(super) struct Pending {
    batch: Batch,
    /// The batch before, and the thread that writes it.
    in_flight: Option<(Arc<Batch>, JoinHandle<Result<()>>)>,
    /// Lines for the ledger of departures.
    departures: Vec<String>,
    /// Departures that stand in the ledger, and of which the index did not know.
    pub(super) foretold: Vec<Departure>,
    /// Months in which something has changed that is remembered of records of other archives.
    pub(super) adopted: BTreeSet<Month>,
    /// Months of which it was read from the files, and not yet held against the records.
    pub(super) adopted_loaded: BTreeSet<Month>,
    /// Whether the index holds a transaction that is not committed.
    open: bool,
    /// Files handed to be written since the last commit.
    written: usize,
}

/// A file to write. It carries its modification time from the moment on in which it is visible, so that the index
/// can know it beforehand.
struct File {
    bytes: Vec<u8>,
    modified: DateTime<Utc>,
    /// What ingest wrote into the fields, of a record.
    fields: Option<Fingerprints>,
    /// Its place in the order in which the files of the batch came.
    order: usize,
}

impl Pending {
    /// Whether a transaction is open.
    pub(super) fn is_open(&self) -> bool {
        self.open
    }
}

impl Archive {
    /// Begins a transaction of the index, and marks the archive as being written to.
    pub(super) fn begin(&mut self) -> Result<()> {
        if self.pending.open {
            return Ok(());
        }
        self.writable()?;
        mark::set(&self.layout)?;
        seal::break_up(&self.layout)?;
        self.is_unsealed = true;
        self.index.run("BEGIN IMMEDIATE")?;
        self.pending.open = true;
        Ok(())
    }

    /// Whether a transaction is open.
    pub(super) fn is_pending(&self) -> bool {
        self.pending.open
    }

    /// Queues the bytes of a record, or of a file beside one; `fields` are fingerprints of what ingest wrote into it.
    pub(super) fn queue(
        &mut self,
        path: &str,
        bytes: Vec<u8>,
        fields: Option<Fingerprints>,
        modified: DateTime<Utc>,
    ) -> Result<()> {
        let batch = &mut self.pending.batch;
        batch.gone.retain(|gone| gone != path);
        batch.bytes += bytes.len();
        let order = batch.came;
        batch.came += 1;
        if let Some(former) = batch.files.insert(path.to_owned(), File { bytes, modified, fields, order }) {
            batch.bytes -= former.bytes.len();
        }
        if batch.files.len() >= BATCH_FILES || batch.bytes >= BATCH_BYTES {
            self.flush()?;
        }
        if self.pending.written >= COMMIT_FILES {
            self.commit()?;
        }
        Ok(())
    }

    /// Queues the removal of a file that a record no longer has.
    pub(super) fn queue_removal(&mut self, path: &str) {
        self.pending.batch.files.remove(path);
        self.pending.batch.gone.push(path.to_owned());
    }

    /// The bytes of a record that is queued.
    pub(super) fn queued(&self, path: &str) -> Option<&[u8]> {
        let in_flight = self.pending.in_flight.as_ref().and_then(|(batch, _)| batch.files.get(path));
        self.pending.batch.files.get(path).or(in_flight).map(|file| file.bytes.as_slice())
    }

    /// The lines that wait for being added to the ledger.
    pub(super) fn pending_departures(&mut self) -> &mut Vec<String> {
        &mut self.pending.departures
    }

    /// Hands the batch to a thread that writes it; at most one is under way.
    pub(super) fn flush(&mut self) -> Result<()> {
        self.settle()?;
        self.write_adopted()?;
        let batch = Arc::new(std::mem::take(&mut self.pending.batch));
        self.pending.written += batch.files.len();
        let (layout, handed) = (self.layout.clone(), Arc::clone(&batch));
        let thread = std::thread::spawn(move || write(&layout, &handed));
        self.pending.in_flight = Some((batch, thread));
        Ok(())
    }

    /// Waits until the batch that was handed over is written.
    pub(super) fn settle(&mut self) -> Result<()> {
        match self.pending.in_flight.take() {
            Some((_, thread)) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            None => Ok(()),
        }
    }

    /// Writes and syncs everything that was put, and then commits the index. Without it, what was put since the
    /// last commit may be found again by the next run, but nothing is torn.
    pub fn commit(&mut self) -> Result<()> {
        if !self.pending.open {
            return Ok(());
        }
        self.flush()?;
        self.settle()?;
        self.write_departures()?;
        if self.pending.written > 0 {
            disk::sync(self.layout.root())?;
        }
        self.index.write_tallies()?;
        self.index.write_filing()?;
        self.index.run("COMMIT")?;
        self.pending.open = false;
        self.pending.written = 0;
        disk::remove(&self.layout.writing())
    }
}

fn write(layout: &Layout, batch: &Batch) -> Result<()> {
    // Attachments are known by their names.
    let records = batch.files.iter().filter(|(path, _)| layout::day_of(path).is_some());
    mark::announce(layout, records.map(|(path, file)| (path, &file.bytes[..], file.fields)), &batch.gone)?;
    let mut days: BTreeMap<&str, Vec<(&String, &File)>> = BTreeMap::new();
    for (path, file) in &batch.files {
        let dir = path.rsplit_once('/').map_or("", |(dir, _)| dir);
        days.entry(dir).or_default().push((path, file));
    }
    days.keys().try_for_each(|dir| disk::create_dirs(&layout.record(dir)))?;
    // What a record names is there before the record is, and the records of a day come in the order in which they were
    // minted: whoever goes on after a crash mints the others as they would have been.
    let (records, beside): (Vec<_>, Vec<_>) =
        days.into_values().partition(|files| files.iter().all(|(path, _)| layout::day_of(path).is_some()));
    for kind in [beside, records] {
        kind.into_par_iter().try_for_each(|mut files| {
            files.sort_unstable_by_key(|(_, file)| file.order);
            let write = |(path, file): (&String, &File)| {
                disk::write(&layout.record(path), &file.bytes, Some(file.modified.into()))
            };
            files.into_iter().try_for_each(write)
        })?;
    }
    batch.gone.iter().try_for_each(|path| disk::remove(&layout.record(path)))
}
