//! The records as they lie in their directories, with what a look at a file tells without reading it.

use std::path::Path;

use chrono::{DateTime, Utc};
use rayon::prelude::*;

use super::layout;
use crate::disk;
use crate::error::{Error, Result};

/// A file in the directory of a day.
pub(super) struct Found {
    pub path: String,
    pub size: u64,
    pub modified: i64,
}

/// What could not be looked at: the beginning of the paths that stand there, and why. Of those nobody knows whether they
/// are still there.
pub(super) type Unseen = (String, Error);

/// The months that have a directory, as `2023/07/`, in order.
///
/// # Errors
/// The archive itself cannot be listed.
pub(super) fn months(root: &Path, unseen: &mut Vec<Unseen>) -> Result<Vec<String>> {
    let mut months = Vec::new();
    for year in names(root, is_number::<4>)? {
        match names(&root.join(&year), is_number::<2>) {
            Ok(found) => months.extend(found.iter().map(|month| format!("{year}/{month}/"))),
            Err(err) => unseen.push((format!("{year}/"), err)),
        }
    }
    Ok(months)
}

/// The records of a month (`2023/07/`), in the order of their paths.
pub(super) fn records(root: &Path, month: &str, unseen: &mut Vec<Unseen>) -> Vec<Found> {
    let days = names(&root.join(month), is_number::<2>).unwrap_or_else(|err| {
        unseen.push((month.to_owned(), err));
        Vec::new()
    });
    let days: Vec<(Vec<Found>, Vec<Unseen>)> =
        days.par_iter().map(|day| files_of(root, &format!("{month}{day}"))).collect();
    let mut all = Vec::new();
    for (found, hidden) in days {
        all.extend(found);
        unseen.extend(hidden);
    }
    all
}

/// The records of a day, and nothing else that may lie there; in order. Temporary files of the dead are swept.
fn files_of(root: &Path, day: &str) -> (Vec<Found>, Vec<Unseen>) {
    let (mut found, mut unseen) = (Vec::new(), Vec::new());
    if let Err(err) = list_day(root, day, &mut found, &mut unseen) {
        unseen.push((format!("{day}/"), err));
    }
    found.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    (found, unseen)
}

fn list_day(root: &Path, day: &str, found: &mut Vec<Found>, unseen: &mut Vec<Unseen>) -> Result<()> {
    let dir = root.join(day);
    let entries = match std::fs::read_dir(&dir) {
        Ok(entries) => entries,
        Err(err) if err.kind() == std::io::ErrorKind::NotADirectory => return Ok(()),
        Err(err) => return Err(Error::io("read the directory", &dir, err)),
    };
    let mut is_swept = false;
    for entry in entries {
        let entry = entry.map_err(|err| Error::io("read the directory", &dir, err))?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if disk::is_temp(name) && !is_swept {
            disk::sweep(&entry.path());
            is_swept = true;
        }
        if !layout::is_record_name(name) {
            continue;
        }
        let meta = match entry.metadata() {
            Ok(meta) if meta.is_file() => meta,
            Ok(_) => continue,
            Err(err) if err.kind() == std::io::ErrorKind::NotFound => continue,
            Err(err) => {
                unseen.push((format!("{day}/{name}"), Error::io("look at", entry.path(), err)));
                continue;
            }
        };
        let modified = meta.modified().map(DateTime::<Utc>::from).unwrap_or_default();
        found.push(Found {
            path: format!("{day}/{name}"),
            size: meta.len(),
            modified: modified.timestamp_nanos_opt().unwrap_or(0),
        });
    }
    Ok(())
}

/// The names in a directory that are wanted, in order.
fn names(dir: &Path, wanted: fn(&str) -> bool) -> Result<Vec<String>> {
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(err) if matches!(err.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(err) => return Err(Error::io("read the directory", dir, err)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|err| Error::io("read the directory", dir, err))?;
        names.extend(entry.file_name().to_str().filter(|name| wanted(name)).map(str::to_owned));
    }
    names.sort_unstable();
    Ok(names)
}

fn is_number<const DIGITS: usize>(name: &str) -> bool {
    name.len() == DIGITS && name.bytes().all(|b| b.is_ascii_digit())
}
