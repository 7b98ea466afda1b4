//! The documents that hold the history of a feed.
//!
//! Which there are is asked of the index; a document is made again only where something that goes into it is another,
//! or its file is not as it was left. Where nothing is other that was published before the newest of them ended, not even
//! the index is asked.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, Utc};
use sha2::{Digest, Sha256};

use super::memory::Common;
use super::{FileReport, Quarantined, Renderer, publish_all, write as write_formats};
use crate::archive::{Archive, Generated, Hash, Kept, Look};
use crate::disk::{self, Written};
use crate::error::{Error, Result};
use crate::feed::history::{self, DIRECTORY, Leaf, Plan};
use crate::feed::{self, FeedSpec, Place, Selected, Shortened, Site};
use crate::render::RENDERERS;
use feedmill_lint::Finding;

/// What became of the documents that hold the history of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryReport {
    /// How many finished documents there are, in each format.
    pub documents: usize,
    /// How many files were made or changed.
    pub written: usize,
    /// How many files were removed, since nothing links them any more.
    pub removed: usize,
    /// When the next document will be finished.
    pub next: Option<DateTime<Utc>>,
}

impl HistoryReport {
    /// Whether no file was touched.
    pub fn is_unchanged(&self) -> bool {
        self.written == 0 && self.removed == 0
    }
}

/// Whose history is to be written, and where.
pub(super) struct Task<'a> {
    pub archive: &'a Archive,
    pub spec: &'a FeedSpec,
    pub site: &'a Site,
    pub as_of: DateTime<Utc>,
    /// What all that is written has in common.
    pub common: &'a Common,
    /// The output directory.
    pub out: &'a Path,
    /// That of the feed.
    pub directory: &'a Path,
}

/// What was found on the way.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub quarantined: Vec<Quarantined>,
    pub errors: Vec<(PathBuf, Finding)>,
    pub shortened: Vec<Shortened>,
    pub unreadable: Vec<Error>,
    pub attached: usize,
}

/// History that is written, and not yet rid of what it no longer has.
pub(super) struct Past {
    pub found: Found,
    report: HistoryReport,
    /// The files that belong there; `None` where nothing was looked at, since nothing has changed.
    files: Option<HashSet<String>>,
    fingerprint: Hash,
}

/// Writes what is finished of the history of a feed, oldest first, so that each document is there before it is linked.
pub(super) fn write(task: &Task<'_>, selected: &Selected, generated: &mut Generated) -> Result<Past> {
    let fingerprint = fingerprint_of_all(task, selected)?;
    let mut past = Past {
        found: Found::default(),
        report: HistoryReport { next: selected.next_document, ..HistoryReport::default() },
        files: None,
        fingerprint,
    };
    let key = task.key("");
    if let Some(kept) = generated.get(&key)? {
        let is_same = kept.fingerprint == fingerprint && kept.file == Look::at(&task.history());
        if let Some(documents) = kept.note.parse().ok().filter(|_| is_same) {
            past.report.documents = documents;
            return Ok(past);
        }
    }
    let plan = match selected.feed.head.place {
        Place::Newest { .. } => history::plan(task.archive, task.spec, task.site, task.as_of)?,
        _ => Plan::default(),
    };
    past.report.documents = plan.documents.len();
    let known = generated.below(&key)?;
    let mut files = HashSet::new();
    for leaf in plan.leaves() {
        leaf_files(task, &leaf, &known, generated, &mut past)?;
        files.extend(RENDERERS.iter().map(|format| file_name(leaf.name, *format)));
    }
    for gone in known.keys().filter(|path| path.strip_prefix(&key).is_some_and(|name| !files.contains(name))) {
        generated.forget(gone)?;
    }
    past.files = Some(files);
    Ok(past)
}

impl Past {
    /// Removes what is no longer part of the history, once nothing links it.
    pub(super) fn finish(
        &self,
        task: &Task<'_>,
        selected: &Selected,
        generated: &mut Generated,
    ) -> Result<HistoryReport> {
        let mut report = self.report.clone();
        let Some(files) = &self.files else { return Ok(report) };
        report.removed = sweep(&task.history(), files)?;
        let key = task.key("");
        // What could not be read may be readable the next time.
        let is_whole = self.found.unreadable.is_empty() && selected.unreadable.is_empty();
        if is_whole {
            let file = Look::at(&task.history());
            generated.put(&key, Kept { fingerprint: self.fingerprint, file, note: report.documents.to_string() })?;
        } else {
            generated.forget(&key)?;
        }
        Ok(report)
    }
}

impl Task<'_> {
    fn history(&self) -> PathBuf {
        self.directory.join(DIRECTORY)
    }

    /// What a document is remembered by.
    fn key(&self, file: &str) -> String {
        match self.spec.name.as_str() {
            "" => format!("{DIRECTORY}/{file}"),
            name => format!("{name}/{DIRECTORY}/{file}"),
        }
    }
}

pub(super) fn file_name(name: &str, format: &dyn Renderer) -> String {
    format!("{name}.{}", format.extension())
}

/// Makes one document in every format, unless it is as it would be.
fn leaf_files(
    task: &Task<'_>,
    leaf: &Leaf<'_>,
    known: &HashMap<String, Kept>,
    generated: &mut Generated,
    past: &mut Past,
) -> Result<()> {
    let fingerprint = fingerprint_of(task, leaf);
    let path = |format: &dyn Renderer| task.history().join(file_name(leaf.name, format));
    let is_same = RENDERERS.iter().all(|format| {
        let kept = known.get(&task.key(&file_name(leaf.name, *format)));
        kept.is_some_and(|kept| kept.fingerprint == fingerprint && kept.file == Look::at(&path(*format)))
    });
    if is_same {
        return Ok(());
    }
    let mut selected = feed::archived(task.archive, task.spec, task.site, task.as_of, leaf)?;
    past.found.attached += publish_all(task.archive, &mut selected, task.out);
    let written = write_formats(&mut selected.feed, &path)?;
    past.report.written += written.files.iter().filter(|file| file.written != Written::Same).count();
    let is_whole = selected.unreadable.is_empty();
    for FileReport { path, .. } in written.files {
        let key = task.key(&path.file_name().unwrap_or_default().to_string_lossy());
        match Look::at(&path).filter(|_| is_whole) {
            Some(file) => generated.put(&key, Kept { fingerprint, file: Some(file), note: String::new() })?,
            None => generated.forget(&key)?,
        }
    }
    past.found.quarantined.extend(written.quarantined);
    past.found.errors.extend(written.errors);
    past.found.shortened.extend(selected.shortened);
    past.found.unreadable.extend(selected.unreadable);
    Ok(())
}

/// Removes the files of documents that the history does not have. Others are not ours, and stay.
fn sweep(directory: &Path, files: &HashSet<String>) -> Result<usize> {
    let failed = |err| Error::io("read the directory", directory, err);
    let entries = match std::fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(err) if err.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        Err(err) => return Err(failed(err)),
    };
    disk::sweep(&directory.join("any"));
    let mut removed = 0;
    for entry in entries {
        let name = entry.map_err(failed)?.file_name();
        let Some(name) = name.to_str() else { continue };
        if is_document(name) && !files.contains(name) {
            disk::remove(&directory.join(name))?;
            removed += 1;
        }
    }
    if files.is_empty() {
        disk::remove_if_empty(directory);
    }
    Ok(removed)
}

/// Whether a file is named as history documents are: numbers with hyphens between them, and the extension of a format.
fn is_document(file: &str) -> bool {
    let Some((name, extension)) = file.rsplit_once('.') else { return false };
    let numbers = || name.split('-');
    RENDERERS.iter().any(|format| format.extension() == extension)
        && numbers().count() <= 4
        && numbers().next().is_some_and(|year| year.len() == 4)
        && numbers().all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A fingerprint of all that the history is made of.
fn fingerprint_of_all(task: &Task<'_>, selected: &Selected) -> Result<Hash> {
    let settled = match selected.owed_since {
        Some(since) => task.archive.settled(since, task.as_of)?,
        None => [0; 16],
    };
    // Gateways appear when a month is over, even where nothing else has changed.
    let now = task.as_of.with_timezone(&task.site.zone) - history::LATE;
    let month = (i64::from(now.year()) * 12 + i64::from(now.month0())).to_be_bytes();
    let older = selected.feed.head.place.older().unwrap_or_default();
    Ok(print(&[settings(task).as_bytes(), &settled, older.as_bytes(), &month]))
}

/// A fingerprint of all that a document is made of.
fn fingerprint_of(task: &Task<'_>, leaf: &Leaf<'_>) -> Hash {
    let (entries, state) = leaf.document.map_or((0, 0), |document| (document.entries, document.state));
    let place = format!("{:?}", leaf.place);
    let numbers = [&(entries as u64).to_be_bytes()[..], &state.to_be_bytes()[..], &leaf.last.to_be_bytes()[..]];
    print(&[settings(task).as_bytes(), place.as_bytes(), &numbers.concat()])
}

/// All that the documents of a feed have in common.
fn settings(task: &Task<'_>) -> String {
    task.common.with(&format!("history {:?}", task.spec)).to_string()
}

fn print(parts: &[&[u8]]) -> Hash {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let digest: [u8; 32] = hash.finalize().into();
    Hash::from(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_like_a_document_is_one() {
        for name in ["2023.atom", "2023-07.rss", "2023-07-09.json", "2023-07-09-12.html", "0987-01.atom"] {
            assert!(is_document(name), "{name}");
        }
        for name in
            ["index.html", "2023", "23-07.rss", "2023-07.xml", "2023-.rss", "2023-7-9-1-1.rss", "-2023.rss", ".rss"]
        {
            assert!(!is_document(name), "{name}");
        }
    }
}
