//! Archives of files that `zip` writes.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use chrono::{NaiveDate, NaiveDateTime};

use super::{Budget, Unpacker, members};
use crate::error::{Error, Result};
use crate::source::{Document, Each};

pub(super) fn is_zip(head: &[u8]) -> bool {
    // The second is that of an archive without files, the third that of one in several volumes.
    [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"].iter().any(|magic| head.starts_with(*magic))
}

/// Whether the files in the archive are the parts of one document of another kind.
pub(super) fn is_office_document(doc: &Document) -> bool {
    const KINDS: &[&str] = &[
        "docx", "docm", "dotx", "xlsx", "xlsm", "pptx", "odt", "ods", "odp", "odg", "epub", "jar", "apk", "whl", "xpi",
        "crx", "kmz", "pages", "numbers", "key", "wacz",
    ];
    doc.extension().is_some_and(|extension| KINDS.contains(&extension.as_str()))
}

/// Passes on the files in the archive.
///
/// # Errors
/// The archive has no directory of its files, or one that cannot be read.
pub(super) fn members(unpacker: &Unpacker, doc: &mut Document<'_>, each: Each<'_>) -> Result<ControlFlow<()>> {
    let counted = |input| Counted { input, budget: unpacker.budget.clone() };
    // The directory of the files stands at the end.
    let input: Box<dyn super::ReadSeek> = match doc.file() {
        Some(path) => {
            let file = File::open(path).map_err(|err| Error::io("read", &doc.origin, err))?;
            Box::new(BufReader::new(file))
        }
        None => {
            let bytes = doc.bytes().map_err(|err| {
                err.hint("a ZIP archive in another, or from standard input, must fit into memory: unpack the outer one")
            })?;
            Box::new(Cursor::new(bytes.to_vec()))
        }
    };
    let damaged = |err: &dyn std::fmt::Display| {
        Error::input(&doc.origin, "a ZIP archive", err).hint("repair it with `zip -FF`, or unpack it yourself")
    };
    let mut archive = ::zip::ZipArchive::new(counted(input)).map_err(|err| damaged(&err).caused_by(err))?;
    for at in 0..archive.len() {
        if unpacker.budget.is_exceeded() {
            return Err(damaged(&Budget::exceeded()));
        }
        let name = archive.name_for_index(at).and_then(|name| members::path(&name.ok()?));
        let member = match archive.by_index(at) {
            Ok(member) => member,
            Err(err) => {
                let name = name.unwrap_or_else(|| format!("file {}", at + 1));
                let found =
                    Error::input(format!("{}/{name}", doc.origin), "a file that can be unpacked", &err).caused_by(err);
                if each(Err(found)).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                continue;
            }
        };
        if !member.is_file() {
            continue;
        }
        let Some(path) = name_of(&member).and_then(|name| members::path(&name)) else { continue };
        // In the zone of whoever packed it, which nobody knows; good enough for a bound.
        let modified = member.last_modified().and_then(time).map(|at| at.and_utc());
        let opened = doc.inside_stream(&path, unpacker.budget.unpacking(member)).map(|mut inner| {
            inner.modified = modified.or(doc.modified);
            inner
        });
        if each(opened).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// The name of a member, whatever encoding its program wrote it in.
fn name_of<R: Read>(member: &::zip::read::ZipFile<'_, R>) -> Option<String> {
    match member.name() {
        Ok(name) => Some(name.into_owned()),
        Err(_) => Some(String::from_utf8_lossy(member.name_raw()).into_owned()),
    }
}

fn time(at: ::zip::DateTime) -> Option<NaiveDateTime> {
    NaiveDate::from_ymd_opt(at.year().into(), at.month().into(), at.day().into())?.and_hms_opt(
        at.hour().into(),
        at.minute().into(),
        at.second().into(),
    )
}

/// Counts what is read, each time that it is read: members may share their bytes.
struct Counted<R> {
    input: R,
    budget: Budget,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let taken = self.input.read(buffer)?;
        self.budget.has_read(taken as u64);
        Ok(taken)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.input.seek(to)
    }
}
