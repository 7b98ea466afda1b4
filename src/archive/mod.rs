//! The archive: a directory of readable records, an index that can be thrown away, and one writer at a time.
//!
//! The records are the truth. [`Archive::put`] takes an article in, [`Archive::commit`] makes what was put durable,
//! [`Archive::rescan`] learns of what people have changed by hand, [`Archive::select`] chooses by what the index
//! knows. What leaves is written down in a ledger, so that feeds can tell their readers.

mod adopt;
mod adopted;
mod attachments;
mod catalogue;
mod check;
mod departed;
mod find;
mod generated;
mod hash;
mod headings;
mod identity;
mod incoming;
mod index;
pub mod layout;
mod lock;
pub mod manifest;
mod mint;
mod months;
mod moved;
mod onlooker;
mod pending;
mod put;
mod remote;
mod rescan;
mod retract;
mod select;
mod similar;
mod sources;
mod terms;
mod walk;

pub use adopt::{Adopted, Adoption, Fate, read_adopted};
pub use adopted::{Farewell, Held, OpenAdopted, SeenMonths};
pub(crate) use attachments::path_of as attachment_path;
pub use catalogue::{Catalogue, Cataloguer, Count, Found, Label, LabelKind, Order, Progress, Question};
pub use check::Finding;
pub use find::Stats;
pub use generated::{Generated, Kept, Look};
pub use hash::Hash;
pub use headings::{Filed, Heading, Standing, Under};
pub use incoming::{Duplicates, Incoming};
pub use layout::Month;
pub use months::{PublicMonth, PublicRecord};
pub use moved::{Around, Beside};
pub use onlooker::{Onlooker, Position, Start};
pub use put::{Intake, Outcome, Put};
pub use remote::{OpenRemotes, RemotePage};
pub use rescan::{Change, Changes};
pub use retract::{Place, Retracted};
pub use select::{Row, Selection};
pub use sources::{KnownFile, OpenSources};

use std::io::Read;
use std::path::Path;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::article::Record;
use crate::article::record;
use crate::disk;
use crate::error::{Error, Result};
use index::Index;
use layout::Layout;
pub use lock::Lock;

/// An open archive.
pub struct Archive {
    layout: Layout,
    uuid: Uuid,
    index: Index,
    /// Held for as long as the archive is open for writing.
    lock: Option<Lock>,
    pending: pending::Pending,
    minted: mint::Cache,
}

/// What an archive is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reading; beside a writer, unless the index must be made first.
    Read,
    /// Reading and writing; there is one writer at a time.
    Write,
}

impl Archive {
    /// Makes the archive in `dir` if there is none. Its UUID is derived from the address of the site where one is
    /// given, so that it is the same on every machine, and random otherwise.
    pub fn create_if_missing(dir: &Path, site_url: Option<&str>) -> Result<()> {
        identity::create_if_missing(&Layout::new(dir), site_url)
    }

    /// Opens the archive in `dir`.
    ///
    /// An index that is missing, damaged or left behind by a writer that was killed is brought up to date first;
    /// `now` dates what is found to have left since.
    ///
    /// # Errors
    /// There is no archive in `dir`, another process writes to it, or the disk refuses.
    pub fn open(dir: &Path, access: Access, now: DateTime<Utc>) -> Result<Archive> {
        let layout = Layout::new(dir);
        let uuid = identity::read(&layout)?;
        let mut lock = match access {
            Access::Write => Some(lock::take(&layout.lock())?),
            Access::Read => None,
        };
        let usable = |found: &Option<Index>| match found {
            Some(index) => Ok(index.is_complete()? && !(access == Access::Write && layout.writing().exists())),
            None => Ok(false),
        };
        let mut found = Index::open(&layout.index())?;
        let mut complete = usable(&found)?;
        if !complete && lock.is_none() {
            // Whoever held the lock may just have finished the index.
            lock = Some(lock::take(&layout.lock())?);
            found = Index::open(&layout.index())?;
            complete = usable(&found)?;
        }
        let fresh = found.is_none();
        if fresh {
            disk::create_dirs_above(&layout.writing())?;
            disk::write(&layout.writing(), b"", None)?;
        }
        let index = match found {
            Some(index) => index,
            None => Index::create(&layout.index())?,
        };
        let mut archive =
            Archive { layout, uuid, index, lock, pending: pending::Pending::default(), minted: mint::Cache::default() };
        if !complete {
            archive.begin()?;
            if fresh {
                archive.load_departed()?;
            }
            archive.load_adopted()?;
            archive.rescan(now, &mut |_| {})?;
        }
        if access == Access::Read {
            archive.lock = None;
        }
        Ok(archive)
    }

    /// The right to keep the archive up to date by a schedule, until it is dropped; one process has it. Others may write
    /// beside it, each in its turn.
    ///
    /// # Errors
    /// Another process has it ([`Error::is_locked`]).
    pub fn keep_alone(dir: &Path) -> Result<Lock> {
        lock::take(&Layout::new(dir).keeping())
            .map_err(|err| if err.is_locked() { err.hint("`feedmill run` keeps it up to date already") } else { err })
    }

    /// Throws the index away and makes it anew from the records.
    pub fn rebuild(dir: &Path, now: DateTime<Utc>, each: &mut dyn FnMut(Change)) -> Result<Changes> {
        let layout = Layout::new(dir);
        let uuid = identity::read(&layout)?;
        let lock = Some(lock::take(&layout.lock())?);
        disk::write(&layout.writing(), b"", None)?;
        let index = Index::create(&layout.index())?;
        let mut archive =
            Archive { layout, uuid, index, lock, pending: pending::Pending::default(), minted: mint::Cache::default() };
        archive.begin()?;
        archive.load_departed()?;
        archive.load_adopted()?;
        archive.rescan(now, each)
    }

    /// The archive's own UUID, minted once.
    pub fn uuid(&self) -> Uuid {
        self.uuid
    }

    /// The directory that the archive stands in.
    pub fn dir(&self) -> &Path {
        self.layout.root()
    }

    /// Where downloads are kept until they are whole.
    pub fn downloads(&self) -> std::path::PathBuf {
        self.layout.downloads()
    }

    /// Where a file of the archive stands.
    pub fn file(&self, path: &str) -> std::path::PathBuf {
        self.layout.root().join(path)
    }

    /// The size of a file and its first bytes, `most` of them; `None` where it cannot be read.
    pub fn look(&self, path: &str, most: usize) -> Option<(u64, Vec<u8>)> {
        let path = self.file(path);
        // Opening anything but a file may wait for ever.
        let length = std::fs::metadata(&path).ok().filter(std::fs::Metadata::is_file)?.len();
        let file = std::fs::File::open(&path).ok()?;
        let mut head = Vec::with_capacity(most);
        file.take(most as u64).read_to_end(&mut head).ok()?;
        Some((length, head))
    }

    /// Reads the record at a path that a [`Row`] named.
    pub fn read(&self, path: &str) -> Result<Record> {
        let file = self.layout.record(path);
        let bytes = std::fs::read(&file).map_err(|err| Error::io("read", &file, err))?;
        record_from(&file, bytes)
    }

    /// A second handle on the archive, for another thread that reads; `None` while this one holds what is not committed
    /// yet, which no other handle sees.
    pub(crate) fn beside(&self) -> Result<Option<Archive>> {
        if self.is_pending() {
            return Ok(None);
        }
        let Some(index) = Index::open(&self.layout.index())? else { return Ok(None) };
        Ok(Some(Archive {
            layout: self.layout.clone(),
            uuid: self.uuid,
            index,
            lock: None,
            pending: pending::Pending::default(),
            minted: mint::Cache::default(),
        }))
    }

    /// Whether this process may write.
    fn writable(&self) -> Result<()> {
        match self.lock {
            Some(_) => Ok(()),
            None => Err(Error::archive(self.layout.root(), "the archive is open for reading only")),
        }
    }
}

/// Reads a record from the bytes of its file.
fn record_from(file: &Path, bytes: Vec<u8>) -> Result<Record> {
    let name = file.display().to_string();
    let text = String::from_utf8(bytes)
        .map_err(|err| Error::input(&name, "UTF-8", format!("other bytes at {}", err.utf8_error().valid_up_to())))?;
    record::read(&name, &text)
}

#[cfg(test)]
mod tests;
