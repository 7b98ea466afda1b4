//! Files that came with articles, and that no article names any more: it was retracted, is a draft again, was removed, or
//! came with other files the next time. What a feed once linked stays where it is while its record names it, as readers
//! show it long after.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, Utc};

use super::ATTACHED;
use crate::archive::{Archive, Generated, Hash, Kept, is_attachment_name};
use crate::disk;
use crate::error::{Error, Result};

/// Removes the files below `out` that articles have brought and no public article names; how many there were.
pub(super) fn remove_files(
    archive: &Archive,
    memory: &mut Generated,
    as_of: DateTime<Utc>,
    out: &Path,
) -> Result<usize> {
    let mut unnamed: BTreeSet<String> = archive.unnamed_files(as_of)?.into_iter().collect();
    // A new index does not know what was named once, and what is remembered of feeds goes with the former one.
    let is_swept = memory.get(ATTACHED)?.is_some();
    if !is_swept {
        for name in published(out)? {
            if !archive.is_named(&name, as_of)? {
                unnamed.insert(name);
            }
        }
    }
    let gone: Vec<_> = unnamed.iter().map(|name| out.join(name)).filter(|file| file.exists()).collect();
    gone.iter().try_for_each(|file| disk::remove(file))?;
    if !is_swept {
        memory.put(ATTACHED, Kept { fingerprint: Hash::of(b""), file: None, note: String::new() })?;
    }
    Ok(gone.len())
}

/// The files below `out` whose names are of our making, as records name them.
fn published(out: &Path) -> Result<Vec<String>> {
    let dir = out.join(ATTACHED);
    let failed = |err| Error::io("read the directory", &dir, err);
    let entries = match std::fs::read_dir(&dir) {
        Ok(entries) => entries,
        Err(err) if err.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(err) => return Err(failed(err)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(failed)?.file_name();
        names.extend(name.to_str().filter(|name| is_attachment_name(name)).map(|name| format!("{ATTACHED}/{name}")));
    }
    Ok(names)
}
