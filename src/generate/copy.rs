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

/// What is to be there.
#[derive(Default)]
pub(super) struct Planned {
    /// Every record and file, in the order of paths.
    pub files: Vec<File>,
    /// What could not be read, and is left out.
    pub unreadable: Vec<Error>,
}

/// What became of it.
pub(super) struct Copied {
    /// Whether it is there.
    pub there: Result<File>,
    /// Whether it was written.
    pub is_new: bool,
}

/// What the records of a month come to, with the files that they name. Nothing is written yet.
pub(super) fn plan(copies: &Copies<'_>, records: &[PublicRecord]) -> Planned {
    let all: Vec<Planned> = records.par_iter().with_min_len(16).map(|record| copies.plan(record)).collect();
    let mut sum = Planned::default();
    for one in all {
        sum.files.extend(one.files);
        sum.unreadable.extend(one.unreadable);
    }
    sum.files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    // Several records of a day may name one file.
    sum.files.dedup_by(|a, b| a.path == b.path);
    sum
}

/// Copies what is not there for certain. What cannot be read any more as it was planned is told, and is not there.
pub(super) fn copy(copies: &Copies<'_>, files: Vec<File>) -> Result<Vec<Copied>> {
    let days: HashSet<&str> =
        files.iter().filter(|file| !copies.is_there(file)).filter_map(|file| parent(&file.path)).collect();
    for day in days {
        // What a run that was killed has begun to write, and nobody would look at again.
        disk::sweep(&copies.to.join(day).join("any"));
    }
    files.into_par_iter().with_min_len(16).map(|file| copies.copy(file)).collect()
}

impl Copies<'_> {
    /// Whether a file is there for certain.
    pub fn is_there(&self, file: &File) -> bool {
        self.former.and_then(|former| former.file(&file.path)) == Some(file)
    }

    fn copy(&self, file: File) -> Result<Copied> {
        if self.is_there(&file) {
            return Ok(Copied { there: Ok(file), is_new: false });
        }
        let from = self.from.join(&file.path);
        let bytes = match std::fs::read(&from) {
            Ok(bytes) if Hash::of(&bytes) == file.hash => bytes,
            Ok(_) => {
                let err = Error::record(from, "was changed while it was copied").hint("the next run copies it");
                return Ok(Copied { there: Err(err), is_new: false });
            }
            Err(err) => return Ok(Copied { there: Err(Error::io("read", &from, err)), is_new: false }),
        };
        let written = disk::write_unswept(&self.to.join(&file.path), &bytes)?;
        Ok(Copied { there: Ok(file), is_new: written != Written::Same })
    }

    fn plan(&self, public: &PublicRecord) -> Planned {
        let mut planned = Planned::default();
        let PublicRecord { path, size, hash, has_files } = public;
        let file = File { path: path.clone(), size: *size, hash: *hash };
        let is_there = self.is_there(&file);
        let names = match (is_there, has_files) {
            (true, false) => Ok(Vec::new()),
            _ => self.bytes_of(public).and_then(|bytes| {
                planned.files.push(file.clone());
                if *has_files { self.names(path, &bytes) } else { Ok(Vec::new()) }
            }),
        };
        if is_there && planned.files.is_empty() {
            // What cannot be read now was copied before, and the index knows no other.
            planned.files.push(file);
        }
        match names {
            Ok(names) => {
                for path in names {
                    match self.file(&path) {
                        Ok(file) => planned.files.push(file),
                        Err(err) => planned.unreadable.push(err),
                    }
                }
            }
            Err(err) => {
                // What it named stays as well, since nobody knows what that was.
                if err.is_of_disk() {
                    let dir = format!("{}/files/", parent(path).unwrap_or_default());
                    let beside = self.former.into_iter().flat_map(|former| &former.files);
                    planned.files.extend(beside.filter(|file| file.path.starts_with(&dir)).cloned());
                }
                planned.unreadable.push(err);
            }
        }
        planned
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

    /// A file beside a record. The name begins with the hash of the content, so one of that name and size is the same.
    fn file(&self, path: &str) -> Result<File> {
        let file = self.from.join(path);
        let size = std::fs::metadata(&file).map_err(|err| Error::io("read", &file, err))?.len();
        bounded(&file, size)?;
        let name = path.rsplit('/').next().unwrap_or_default();
        let known = self.former.and_then(|former| former.file(path));
        let is_same = |known: &&File| known.size == size && name.starts_with(&known.hash.to_string()[..16]);
        if let Some(known) = known.filter(is_same) {
            return Ok(known.clone());
        }
        let bytes = std::fs::read(&file).map_err(|err| Error::io("read", &file, err))?;
        Ok(File { path: path.to_owned(), size: bytes.len() as u64, hash: Hash::of(&bytes) })
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
