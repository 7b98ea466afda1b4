//! Copies of records, and of the files that came with them, where others can fetch them.

use std::collections::HashSet;
use std::path::Path;

use rayon::prelude::*;

use crate::archive::manifest::{self, File, LARGEST_FILE, Listing};
use crate::archive::{Hash, PublicRecord, attachment_path};
use crate::article::record;
use crate::disk::{self, Written};
use crate::error::{Error, Result};

/// From where to where.
pub(super) struct Copies<'a> {
    /// The directory of the archive.
    pub from: &'a Path,
    /// The directory of the copies.
    pub to: &'a Path,
    /// What is there for certain.
    pub former: Option<&'a Listing>,
}

/// What became of records.
#[derive(Default)]
pub(super) struct Copied {
    /// All that is there now, in no order; what two records name is there twice.
    pub files: Vec<File>,
    /// How many files were written.
    pub copied: usize,
    /// What could not be read, and is left out.
    pub unreadable: Vec<Error>,
}

/// Copies the records of a month, and what they name, unless it is there.
pub(super) fn records(copies: &Copies<'_>, records: &[PublicRecord]) -> Result<Copied> {
    let is_new = |record: &&PublicRecord| !copies.has(record);
    let days: HashSet<&str> = records.iter().filter(is_new).filter_map(|record| parent(&record.path)).collect();
    for day in days {
        // What a run that was killed has begun to write, and nobody would look at again.
        disk::sweep(&copies.to.join(day).join("any"));
        disk::sweep(&copies.to.join(day).join("files/any"));
    }
    let all: Result<Vec<Copied>> = records.par_iter().with_min_len(16).map(|record| copies.record(record)).collect();
    let mut sum = Copied::default();
    for one in all? {
        sum.files.extend(one.files);
        sum.copied += one.copied;
        sum.unreadable.extend(one.unreadable);
    }
    Ok(sum)
}

/// The paths that copying would write to and that the former list does not name. What cannot be read is not among
/// them.
pub(super) fn plan(copies: &Copies<'_>, records: &[PublicRecord]) -> Vec<String> {
    let planned = |record: &PublicRecord| {
        let mut paths = vec![record.path.clone()];
        if record.has_files {
            let named = copies.bytes_of(record).and_then(|bytes| copies.names(&record.path, &bytes));
            paths.extend(named.unwrap_or_default());
        }
        paths
    };
    let new: Vec<&PublicRecord> = records.iter().filter(|record| !copies.has(record)).collect();
    new.par_iter().with_min_len(16).flat_map_iter(|record| planned(record)).collect()
}

impl Copies<'_> {
    fn has(&self, record: &PublicRecord) -> bool {
        self.former.and_then(|former| former.file(&record.path)).is_some_and(|file| file.hash == record.hash)
    }

    fn record(&self, public: &PublicRecord) -> Result<Copied> {
        let mut done = Copied::default();
        let PublicRecord { path, size, hash, has_files } = public;
        let file = File { path: path.clone(), size: *size, hash: *hash };
        let is_there = self.has(public);
        if is_there && !has_files {
            done.files.push(file);
            return Ok(done);
        }
        let bytes = match self.bytes_of(public) {
            Ok(bytes) => bytes,
            Err(err) => {
                done.unreadable.push(err);
                return Ok(done);
            }
        };
        if !is_there {
            let written = disk::write_unswept(&self.to.join(path), &bytes)?;
            done.copied += usize::from(written != Written::Same);
        }
        done.files.push(file);
        let named = if *has_files { self.names(path, &bytes) } else { Ok(Vec::new()) };
        match named {
            Ok(named) => {
                for path in named {
                    self.file(&path, &mut done)?;
                }
            }
            Err(err) => done.unreadable.push(err),
        }
        Ok(done)
    }

    /// The bytes of a record, if they are those that the index knows.
    fn bytes_of(&self, public: &PublicRecord) -> Result<Vec<u8>> {
        let file = self.from.join(&public.path);
        if !manifest::is_file(&public.path) {
            return Err(Error::record(file, "has a name that cannot be published")
                .hint("rename it without control characters and backslashes, in at most 255 bytes"));
        }
        bounded(&file, public.size)?;
        let bytes = std::fs::read(&file).map_err(|err| Error::io("read", &file, err))?;
        if Hash::of(&bytes) != public.hash {
            return Err(Error::record(file, "was edited since the index saw it").hint("run `feedmill index`"));
        }
        Ok(bytes)
    }

    /// The paths of the files that a record names beside it.
    fn names(&self, path: &str, bytes: &[u8]) -> Result<Vec<String>> {
        let name = self.from.join(path).display().to_string();
        let text = std::str::from_utf8(bytes).map_err(|_| Error::input(&name, "UTF-8", "other bytes"))?;
        let enclosures = record::read(&name, text)?.article.enclosures;
        Ok(enclosures.iter().filter_map(|enclosure| attachment_path(path, &enclosure.url)).collect())
    }

    fn file(&self, path: &str, done: &mut Copied) -> Result<()> {
        let known = self.former.and_then(|former| former.file(path));
        let bytes = match self.bytes_unless(path, known) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => {
                done.files.extend(known.cloned());
                return Ok(());
            }
            Err(err) => {
                done.unreadable.push(err);
                return Ok(());
            }
        };
        let written = disk::write_unswept(&self.to.join(path), &bytes)?;
        done.copied += usize::from(written != Written::Same);
        done.files.push(File { path: path.to_owned(), size: bytes.len() as u64, hash: Hash::of(&bytes) });
        Ok(())
    }

    /// The bytes of a file beside a record; `None` where `known` is the same. The name begins with the hash of the
    /// content, so one of that name and size is.
    fn bytes_unless(&self, path: &str, known: Option<&File>) -> Result<Option<Vec<u8>>> {
        let file = self.from.join(path);
        let size = std::fs::metadata(&file).map_err(|err| Error::io("read", &file, err))?.len();
        bounded(&file, size)?;
        let name = path.rsplit('/').next().unwrap_or_default();
        if known.is_some_and(|known| known.size == size && name.starts_with(&known.hash.to_string()[..16])) {
            return Ok(None);
        }
        std::fs::read(&file).map(Some).map_err(|err| Error::io("read", &file, err))
    }
}

/// What is larger is held in memory by nobody, so nobody could fetch it.
fn bounded(file: &Path, size: u64) -> Result<()> {
    match size {
        ..=LARGEST_FILE => Ok(()),
        _ => Err(Error::record(file, format!("has {size} bytes, and at most {LARGEST_FILE} can be published"))),
    }
}

fn parent(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(day, _)| day)
}
