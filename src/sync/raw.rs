//! Answers as they came, kept as WARC beside the archive: what was extracted wrongly can be extracted again.
//!
//! A file holds the answers of a run up to a certain size. It is written whole, before the archive commits what was
//! read from them.

use std::path::PathBuf;

use chrono::{DateTime, Utc};

use crate::disk;
use crate::error::Result;
use crate::source::warc::write;

/// A file is written when it holds so many bytes: few enough to be held in memory.
const FULL: usize = 16 << 20;

/// The WARC files of a run.
pub(super) struct Raw {
    dir: PathBuf,
    begun: DateTime<Utc>,
    serial: u32,
    held: Vec<u8>,
}

impl Raw {
    pub fn new(dir: PathBuf, begun: DateTime<Utc>) -> Raw {
        Raw { dir, begun, serial: 0, held: Vec::new() }
    }

    /// Takes the record of an answer.
    pub fn add(&mut self, record: &[u8]) -> Result<()> {
        self.held.extend_from_slice(record);
        if self.held.len() >= FULL { self.flush() } else { Ok(()) }
    }

    /// Writes what is held. Files of one run follow each other; those of two runs have different names.
    pub fn flush(&mut self) -> Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        let mut path;
        loop {
            self.serial += 1;
            let name = format!("feedmill-{}-{:05}.warc.gz", self.begun.format("%Y%m%dT%H%M%SZ"), self.serial);
            path = self.dir.join(self.begun.format("%Y").to_string()).join(&name);
            if !path.exists() {
                break;
            }
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut bytes = write::warcinfo_record(&name, concat!("feedmill/", env!("CARGO_PKG_VERSION")), self.begun);
        bytes.append(&mut self.held);
        disk::write_if_changed(&path, &bytes).map(drop)
    }
}
