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
mod expiry;
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
mod mark;
mod mint;
mod months;
mod moved;
mod onlooker;
mod pending;
mod put;
mod remote;
mod rescan;
mod retract;
mod schema;
mod seal;
mod select;
mod similar;
mod sources;
mod terms;
mod walk;
mod whole;

pub use adopt::{Adopted, Adoption, Fate, read_adopted};
pub use adopted::{Farewell, Held, OpenAdopted, SeenMonths};
pub(crate) use attachments::{is_own_name as is_attachment_name, path_of as attachment_path, url_of as attachment_url};
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
use seal::Verdict;

/// An open archive.
pub struct Archive {
    layout: Layout,
    uuid: Uuid,
    index: Index,
    /// Held for as long as the archive is open for writing.
    lock: Option<Lock>,
    pending: pending::Pending,
    minted: mint::Cache,
    /// Whether the seal of the index was broken and is to be set again.
    is_unsealed: bool,
    was_damaged: bool,
    /// What was found to have been changed by hand when it was opened, for whoever asks next.
    recovered: Vec<Change>,
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
        let was_damaged = examine(&layout, &mut lock)?;
        let usable = |found: &Option<Index>| match found {
            Some(index) => Ok(index.is_complete()? && !(access == Access::Write && layout.writing().exists())),
            None => Ok(false),
        };
        let mut found = if was_damaged { None } else { Index::open(&layout.index())? };
        // One with credentials in it is made anew from the records, which loses no more than when to ask their sources.
        if lock.is_some() && found.as_ref().map_or(Ok(false), Index::has_logins)? {
            found = None;
        }
        let mut complete = usable(&found)?;
        if !complete && lock.is_none() {
            // Whoever held the lock may just have finished the index.
            lock = Some(lock::take(&layout.lock())?);
            found = Index::open(&layout.index())?;
            complete = usable(&found)?;
        }
        let index = match found {
            Some(index) => index,
            None => anew(&layout)?,
        };
        let mut archive = Archive::with(layout, uuid, index, lock);
        archive.was_damaged = was_damaged;
        if !complete {
            archive.begin()?;
            archive.load_adopted()?;
            archive.recover(now)?;
        } else if archive.is_ledger_other().or_else(|err| if access == Access::Read { Ok(false) } else { Err(err) })? {
            archive.follow(now)?;
        }
        if access == Access::Read {
            archive.seal();
            archive.lock = None;
        }
        Ok(archive)
    }

    fn with(layout: Layout, uuid: Uuid, index: Index, lock: Option<Lock>) -> Archive {
        Archive {
            layout,
            uuid,
            index,
            lock,
            pending: pending::Pending::default(),
            minted: mint::Cache::default(),
            is_unsealed: false,
            was_damaged: false,
            recovered: Vec::new(),
        }
    }

    /// Takes up a ledger that is another than the index knows, with the records that have come and gone beside it. Whoever
    /// only reads does without where somebody else is writing, who has it in hand, or where nothing can be written.
    fn follow(&mut self, now: DateTime<Utc>) -> Result<()> {
        if self.lock.is_none() {
            match lock::take(&self.layout.lock()) {
                Ok(lock) => self.lock = Some(lock),
                Err(_) => return Ok(()),
            }
        }
        self.recover(now)
    }

    /// Whether the index was found to be damaged when the archive was opened, and was made anew from the records.
    pub fn was_damaged(&self) -> bool {
        self.was_damaged
    }

    /// Looks at every byte of the index when it is opened next, even if its file looks as it was left.
    ///
    /// # Errors
    /// The disk refuses, or another process writes to the archive.
    pub fn distrust(dir: &Path) -> Result<()> {
        let layout = Layout::new(dir);
        let _lock = lock::take(&layout.lock())?;
        match seal::verify(&layout, true) {
            // An index of no version is made anew by whoever opens it.
            seal::Verdict::Damaged => disk::write(&layout.index(), b"", None),
            _ => Ok(()),
        }
    }

    /// Seals the index, if it was written to and nothing is under way.
    fn seal(&mut self) {
        if !self.is_unsealed || self.lock.is_none() || self.pending.is_open() || self.layout.writing().exists() {
            return;
        }
        // What cannot be sealed is looked at more closely by whoever opens it next.
        if self.index.move_into_file().unwrap_or(false) && seal::set(&self.layout).is_ok() {
            self.is_unsealed = false;
        }
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

    /// Throws away the index and everything else that is derived from the records, and makes the index anew.
    pub fn rebuild(dir: &Path, now: DateTime<Utc>, each: &mut dyn FnMut(Change)) -> Result<Changes> {
        let layout = Layout::new(dir);
        let uuid = identity::read(&layout)?;
        let lock = Some(lock::take(&layout.lock())?);
        let index = anew(&layout)?;
        let mut archive = Archive::with(layout, uuid, index, lock);
        archive.begin()?;
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

    /// The size of a file and its first bytes, `most` of them; `None` where there is no such file.
    ///
    /// # Errors
    /// The disk does not say.
    pub fn look(&self, path: &str, most: usize) -> Result<Option<(u64, Vec<u8>)>> {
        let path = self.file(path);
        let read = || -> std::io::Result<Option<(u64, Vec<u8>)>> {
            // Opening anything but a file may wait for ever.
            let meta = std::fs::metadata(&path)?;
            if !meta.is_file() {
                return Ok(None);
            }
            let file = std::fs::File::open(&path)?;
            let mut head = Vec::with_capacity(most);
            file.take(most as u64).read_to_end(&mut head)?;
            Ok(Some((meta.len(), head)))
        };
        match read() {
            Err(err) if err.kind() == std::io::ErrorKind::NotFound => Ok(None),
            read => read.map_err(|err| Error::io("read", &path, err)),
        }
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
        Ok(Some(Archive::with(self.layout.clone(), self.uuid, index, None)))
    }

    /// Whether this process may write.
    fn writable(&self) -> Result<()> {
        match self.lock {
            Some(_) => Ok(()),
            None => Err(Error::archive(self.layout.root(), "the archive is open for reading only")),
        }
    }
}

impl Drop for Archive {
    fn drop(&mut self) {
        // A transaction that was given up leaves the mark behind.
        self.seal();
    }
}

/// Whether the index is damaged. It is looked at closely where its file is not as it was left, by whoever can get the
/// lock: somebody who is writing has done so.
fn examine(layout: &Layout, held: &mut Option<Lock>) -> Result<bool> {
    if !layout.index().exists() || !seal::is_doubtful(layout) {
        return Ok(false);
    }
    let _lock = match held {
        Some(_) => None,
        None => match lock::take(&layout.lock()) {
            Ok(lock) => Some(lock),
            Err(_) => return Ok(false),
        },
    };
    // What a writer has left behind when it was killed is in no seal.
    let verdict = if layout.writing().exists() { Verdict::Unsealed } else { seal::verify(layout, false) };
    let is_damaged = match verdict {
        Verdict::Sound => return Ok(false),
        Verdict::Damaged => true,
        Verdict::Moved => false,
        Verdict::Unsealed => !Index::is_in_order(&layout.index())?,
    };
    if is_damaged {
        // Nobody is to believe it, whatever becomes of this process.
        disk::write(&layout.index(), b"", None)?;
    } else if !layout.writing().exists() {
        // On a disk that cannot be written to it is looked at every time.
        let _ = seal::set(layout);
    }
    Ok(is_damaged)
}

/// A new, empty index; all else that was derived from the former one is thrown away with it.
fn anew(layout: &Layout) -> Result<Index> {
    mark::set(layout)?;
    seal::break_up(layout)?;
    for derived in [layout.generated(), layout.catalogue()] {
        index::remove(&derived)?;
    }
    Index::create(&layout.index())
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
